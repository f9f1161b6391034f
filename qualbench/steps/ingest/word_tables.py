"""A table in a Word document as lines: a table of speakers and words becomes `Speaker: words`, any other keeps TABs."""

from collections import Counter
from collections.abc import Sequence

from qualbench.steps.ingest.labels import fold, is_label, leading_stamp
from qualbench.steps.ingest.roles import known_role

_HEAD_WORDS = "speaker name who person time timestamp text words speech transcript utterance content"
_HEADS = frozenset(_HEAD_WORDS.split())
_MOST_COLUMNS = 4


def table_lines(rows: Sequence[Sequence[str]]) -> tuple[list[str], bool]:
    """The table's lines, and whether it was one of speakers and words; the heading row of such a one is left out."""
    head = [list(row) for row in rows[:1] if row and all(fold(cell) in _HEADS or not cell.strip() for cell in row)]
    body = [list(row) for row in rows[len(head) :]]
    who = _speaker_column(body)
    if who < 0:
        return ["\t".join(row) for row in rows], False
    return [_spoken(row, who) for row in body], True


def _speaker_column(rows: Sequence[Sequence[str]]) -> int:
    """The column that names who speaks, where the words stand in the column after it; -1 when there is none."""
    widths = {len(row) for row in rows}
    if len(rows) < 2 or len(widths) != 1 or not 2 <= min(widths) <= _MOST_COLUMNS:
        return -1
    for column in range(min(widths) - 1):
        cells = [row[column].strip() for row in rows]
        beside = all(
            _is_time(row[other]) for row in rows for other in range(len(row)) if other not in (column, len(row) - 1)
        )
        if beside and _names_speakers([cell for cell in cells if cell]):
            return column
    return -1


def _names_speakers(cells: Sequence[str]) -> bool:
    if not cells or not all(is_label(cell.rstrip(": ")) for cell in cells):
        return False
    uses = Counter(fold(cell) for cell in cells)
    known = all(known_role(label) is not None for label in uses)
    return len(uses) > 1 and (known or uses.most_common(1)[0][1] > 1)


def _is_time(cell: str) -> bool:
    end, time = leading_stamp(cell)
    return not cell.strip() or (time is not None and not cell[end:].strip())


def _spoken(row: Sequence[str], who: int) -> str:
    """One row as a reader would say it: the time if there is one, the speaker, a colon and the words."""
    name, words = row[who].strip().rstrip(": "), row[-1].strip()
    times = [cell.strip() for index, cell in enumerate(row[:-1]) if index != who and cell.strip()]
    if not name:
        return " ".join([*times, words])
    return " ".join([*times, f"{name}: {words}"]).rstrip()
