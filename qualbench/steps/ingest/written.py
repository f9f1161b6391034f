"""What every format of written lines has in common once its lines are there: labels found, turns made, doubts said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from qualbench.errors import Problem
from qualbench.model import Turn
from qualbench.steps.ingest.decoding import control_warnings
from qualbench.steps.ingest.dialogue import find, paragraphs_of, turns_of
from qualbench.steps.ingest.labels import NAME_COLON
from qualbench.steps.ingest.one_label import one_label
from qualbench.steps.ingest.plain import form_warnings
from qualbench.steps.ingest.reading import ONE_SPEAKER, File, Reading


@dataclass(slots=True)
class Sheet:
    """The lines of a document."""

    lines: list[str] = field(default_factory=list)
    bold: dict[int, int] = field(default_factory=dict)
    """By line, how many characters at its beginning are bold."""
    first: int = 0
    """The line with which speech begins, where the format says so; those above are nobody's."""

    def add(self, text: str, bold: int = 0) -> None:
        """Put a paragraph at the end; its line breaks are lines, and only its first line can begin in bold."""
        first, *rest = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        if not self.lines:
            bold -= len(first) - len(first.lstrip("\ufeff"))
            first = first.lstrip("\ufeff")
        if bold > 0:
            self.bold[len(self.lines)] = min(bold, len(first))
        self.lines += [first, *rest]


def bold_start(runs: Sequence[tuple[str, bool]]) -> int:
    """How many characters at the beginning are bold; blanks between bold runs count as bold.

    >>> bold_start([("Maria", True), (" ", False), ("Lopez", True), (" how so?", False)])
    11
    """
    length = end = 0
    for words, bold in runs:
        if not bold and words.strip():
            break
        length += len(words)
        end = length if bold else end
    return end


def tallied(source: str, tally: Mapping[str, int], kinds: Mapping[str, tuple[str, str, str]]) -> list[Problem]:
    """One sentence for each kind that was met; `kinds` gives its name for one, for many, and what became of it."""
    return [
        Problem(source, 0, f"{tally[kind]} {many if tally[kind] > 1 else one}: {what}")
        for kind, (one, many, what) in kinds.items()
        if tally.get(kind)
    ]


def reading_of(file: File, reader: str, sheet: Sheet, warnings: Sequence[Problem], encoding: str = "") -> Reading:
    """The transcript that the lines make: as one person's words, as a dialogue, or as paragraphs of nobody."""
    text, lines = "\n".join(sheet.lines), [*[""] * sheet.first, *sheet.lines[sheet.first :]]
    made = partial(Reading, reader, text, encoding=encoding)
    said = [*warnings, *control_warnings(file.source, text)]
    if file.answers.one_speaker:
        return made(_paragraphs(sheet, 0), (ONE_SPEAKER,), warnings=tuple(said))
    dialogue = find(lines, sheet.bold, file.answers)
    if dialogue is not None:
        return made(
            turns_of(sheet.lines, dialogue),
            dialogue.labels,
            family=dialogue.family,
            coverage=dialogue.coverage,
            warnings=tuple(said),
            possible=dialogue.possible,
        )
    notes = None if sheet.first else one_label(lines)
    if notes is not None:
        said.append(Problem(file.source, 0, notes.warning))
        return made(notes.turns, notes.labels, family=NAME_COLON, coverage=notes.coverage, warnings=tuple(said))
    said += form_warnings(file.source, lines)
    return made(_paragraphs(sheet, -1), (), warnings=tuple(said))


def _paragraphs(sheet: Sheet, speaker: int) -> tuple[Turn, ...]:
    """One turn for each line below those that are nobody's."""
    above = sum(len(line) + 1 for line in sheet.lines[: sheet.first])
    return tuple(turn for turn in paragraphs_of(sheet.lines, speaker) if turn.start >= above)
