"""Session notes in which only the interviewer is named: the answers have no label, they are set in by a TAB.

Who answers is nowhere said, so what was taken for answers is always said to the reader of the preview.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from qualbench.model import Role, Turn
from qualbench.steps.ingest.dialogue import header_end, tail_start
from qualbench.steps.ingest.labels import NAME_COLON, Mark, fold, marks_of
from qualbench.steps.ingest.reading import line_starts, words_between
from qualbench.steps.ingest.roles import known_role
from qualbench.text import counted

PARTICIPANT = "Participant"
"""What the person who answers is called when the notes give no name."""
_FEW = 2


@dataclass(frozen=True, slots=True)
class SessionNotes:
    """The turns of such notes, what is doubtful about them, and the share of the lines that have a label."""

    turns: tuple[Turn, ...]
    labels: tuple[str, ...]
    coverage: float
    warning: str


def one_label(lines: Sequence[str]) -> SessionNotes | None:
    """The notes that the lines hold, when one interviewer's label comes back and other lines begin with a TAB."""
    first, tail = header_end(lines), tail_start(lines)
    filled = [index for index in range(first, tail) if lines[index].strip()]
    marks = {index: mark for index in filled if (mark := marks_of(index, lines[index]).get(NAME_COLON)) is not None}
    names = {fold(mark.name) for mark in marks.values()}
    answers = [index for index in filled if index not in marks and lines[index].startswith("\t")]
    if len(names) != 1 or len(marks) < _FEW or len(answers) < _FEW:
        return None
    label = next(iter(marks.values())).name
    if known_role(label) is not Role.INTERVIEWER:
        return None
    others = len(filled) - len(marks) - len(answers)
    return SessionNotes(
        turns=_turns(lines, filled, marks),
        labels=(label, PARTICIPANT),
        coverage=len(marks) / len(filled),
        warning=f"only '{label}' is named: {counted(len(answers), 'line')} that begin with a TAB are taken for what "
        f"'{PARTICIPANT}' answers, {counted(others, 'other line')} for nobody's words; check them",
    )


def _turns(lines: Sequence[str], filled: Sequence[int], marks: dict[int, Mark]) -> tuple[Turn, ...]:
    """One turn for each label line, each stretch of answer lines and each other line."""
    text, starts = "\n".join(lines), line_starts(lines)
    turns: list[Turn] = []
    for index in filled:
        mark = marks.get(index)
        start, end = words_between(text, starts[index], starts[index] + len(lines[index]))
        if mark is not None:
            body, end = words_between(text, starts[index] + mark.body, end)
            turns.append(Turn(start, body, end, 0, mark.seconds))
        elif not lines[index].startswith("\t"):
            turns.append(Turn(start, start, end, -1))
        elif turns and turns[-1].speaker == 1:
            turns[-1] = Turn(turns[-1].start, turns[-1].body, end, 1)
        else:
            turns.append(Turn(start, start, end, 1))
    return tuple(turns)
