"""Which family of labels a text uses, who its speakers are, and the turns that follow.

One family per file: its label lines begin turns, every other line goes on with the turn above it. What comes before
the first label (title page, keywords) and after a transcriber's last line is nobody's speech.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from qualbench.model import Turn
from qualbench.steps.ingest.answers import AS_FOUND, Answers
from qualbench.steps.ingest.labels import (
    BRACKETED,
    FAMILIES,
    NAME_COLON,
    PATTERN,
    STAMPED,
    Mark,
    fold,
    is_bare_stamp,
    is_title_field,
    leading_stamp,
    marks_of,
)
from qualbench.steps.ingest.patterns import labels_by
from qualbench.steps.ingest.reading import line_starts, words_between
from qualbench.steps.ingest.roles import known_role
from qualbench.steps.ingest.spelling import pattern_of

_TAIL = re.compile(
    r"\W*(?:transcribed|transcript|subtitles|captions) (?:created |made )?by .{0,40}https?://",
    re.IGNORECASE,
)
_HEADING = re.compile(r"#{1,6}\s")
_NUMBERED = re.compile(r"(?:unknown )?speaker[ _-]?\w{0,2}")
_QUESTION_MARKS = re.compile(r"\s*(?:\*\*)?[QA][:：]")

_SHARE = 0.20
"""Least share of the non-blank lines that begin with a label; from 284 public files."""
_SHARE_KNOWN = 0.02
"""The same where every label says a role or is numbered: long answers with hard line ends have few label lines."""
_USES = 4
_REPEATED = 0.6
_SHORT = 12
_SHARE_SHORT = 0.5
_HEADER_WORDS = 6


@dataclass(frozen=True, slots=True)
class Dialogue:
    """The family found, its label lines in order, and the speakers in order of appearance."""

    family: str
    coverage: float
    marks: tuple[Mark, ...]
    speakers: Mapping[str, int]
    """Folded label to index."""
    labels: tuple[str, ...]
    possible: tuple[str, ...]

    def speaker_of(self, mark: Mark) -> int:
        """The index of the speaker whom a label line names."""
        return self.speakers[fold(mark.name)]


def find(lines: Sequence[str], bold: Mapping[int, int] | None = None, answers: Answers = AS_FOUND) -> Dialogue | None:
    """The dialogue that the lines hold; None when they hold none. `bold` gives the bold characters that open a line.

    What a person answers about families, patterns, names and front matter comes before what the lines look like.
    """
    runs, lines = bold or {}, answers.outside(lines)
    names = frozenset(map(fold, answers.speakers))
    candidates: dict[str, list[Mark]] = {family: [] for family in _families(answers)}
    first = 0 if answers.pattern else header_end(lines)
    spoken = [(i, line) for i, line in enumerate(lines) if i >= first and line and not line.isspace()]
    bare = 0
    for index, line in () if answers.pattern else spoken:
        found = marks_of(index, line, runs.get(index, 0), names)
        for family in found.keys() & candidates.keys():
            candidates[family].append(found[family])
        bare += not found and is_bare_stamp(line)
    if answers.pattern:
        candidates[PATTERN] = labels_by(answers.pattern, spoken)
    return choose(candidates, len(spoken), bare, answers=answers)


def _families(answers: Answers) -> tuple[str, ...]:
    """The families that come into question."""
    if answers.pattern:
        return (PATTERN,)
    return (answers.family,) if answers.family else FAMILIES


def choose(
    candidates: Mapping[str, Sequence[Mark]],
    filled: int,
    bare: int = 0,
    once: Callable[[str], bool] = lambda _: False,
    answers: Answers = AS_FOUND,
) -> Dialogue | None:
    """The family that explains most of the `filled` lines, if one is a dialogue; brackets only when nothing else is.

    `bare` lines go on after a time alone; `once` says which names are a speaker's even when used a single time.
    """
    judge = _Judge(filled, bare, once, frozenset(map(fold, answers.speakers)), bool(answers.family or answers.pattern))
    found = [judge.dialogue(family, marks) for family, marks in candidates.items() if marks]
    dialogues = [dialogue for dialogue in found if dialogue is not None]
    if not dialogues:
        return None
    return max(dialogues, key=lambda dialogue: (dialogue.family != BRACKETED, dialogue.coverage))


@dataclass(frozen=True, slots=True)
class _Judge:
    """By what the marks of a family are judged."""

    filled: int
    bare: int
    once: Callable[[str], bool]
    names: frozenset[str]
    """Folded labels that a person takes for speakers."""
    asked: bool
    """Whether a person says that there is a dialogue of this family."""

    def dialogue(self, family: str, marks: Sequence[Mark]) -> Dialogue | None:
        """The dialogue that the marks of one family make; None when they make none."""
        goes_on = self.bare if family == NAME_COLON else 0
        spelling = _spellings(marks)
        taken = self._taken(family, Counter(fold(mark.name) for mark in marks), spelling, goes_on)
        if not taken:
            return None
        kept = tuple(mark for mark in marks if fold(mark.name) in taken)
        speakers = {label: index for index, label in enumerate(dict.fromkeys(fold(mark.name) for mark in kept))}
        return Dialogue(
            family=family,
            coverage=min(1.0, (len(kept) + goes_on) / self.filled),
            marks=kept,
            speakers=speakers,
            labels=tuple(spelling[label] for label in speakers),
            possible=tuple(label for folded, label in spelling.items() if folded not in taken),
        )

    def _taken(self, family: str, uses: Counter[str], spelling: Mapping[str, str], goes_on: int) -> set[str]:
        """The folded labels that are speakers; none when this is no dialogue."""
        if family == PATTERN:
            return set(uses)
        repeated = {label for label, count in uses.items() if count > 1}
        named = self.names & uses.keys()
        share = (sum(uses[label] for label in repeated) + goes_on) / self.filled
        if _is_long_dialogue(uses, repeated, share):
            sure = {label for label in uses if _sure(label, family, repeated) or self.once(spelling[label])}
            return repeated | sure | named
        if _is_short_dialogue(uses, repeated, (uses.total() + goes_on) / self.filled):
            return set(uses)
        if self.asked:
            return repeated | {label for label in uses if _sure(label, family, repeated)} | named or set(uses)
        return set(named)


def _is_long_dialogue(uses: Counter[str], repeated: set[str], share: float) -> bool:
    """At least two labels that repeat, often, and on enough of the lines."""
    if len(repeated) < 2:
        return False
    total = sum(uses[label] for label in repeated)
    often = total >= _USES * len(repeated) and total >= _REPEATED * uses.total()
    known = all(known_role(label) is not None or _NUMBERED.fullmatch(label) for label in repeated)
    return often and share >= (_SHARE_KNOWN if known else _SHARE)


def _is_short_dialogue(uses: Counter[str], repeated: set[str], share: float) -> bool:
    """A handful of lines, most of them with a label."""
    if len(uses) < 2 or uses.total() >= _SHORT or share < _SHARE_SHORT:
        return False
    return len(uses) == 2 or bool(repeated) or any(known_role(label) for label in uses)


def _sure(label: str, family: str, repeated: set[str]) -> bool:
    """Whether a label that is used once is a speaker all the same, as a focus group's moderator often is."""
    if family in STAMPED or known_role(label) is not None:
        return True
    pattern = pattern_of(label)
    return "#" in pattern and any(pattern == pattern_of(other) for other in repeated)


def _spellings(marks: Sequence[Mark]) -> dict[str, str]:
    """For each folded label the spelling that is used most, the first one on a tie."""
    counts = Counter(mark.name for mark in marks)
    best: dict[str, str] = {}
    for name, count in counts.items():
        label = fold(name)
        if label not in best or count > counts[best[label]]:
            best[label] = name
    return best


# --- what is not speech ----------------------------------------------------------------------------------------


def header_end(lines: Sequence[str]) -> int:
    """The first line after a title page (Title: ..., Date: ..., or a block between ---); 0 when there is none."""
    if lines and lines[0].rstrip() == "---":
        closing = next((i for i, line in enumerate(lines[1:200], 1) if line.rstrip() == "---"), 0)
        return closing + 1 if closing else 0
    end = _last_field(lines) + 1
    while 0 < end < len(lines) and _is_entry(lines[end]) and not _comes_back(lines, end):
        end += 1
    return end


def _last_field(lines: Sequence[str]) -> int:
    """The last line of a title page that names a field; -1 when the text begins with something else."""
    last, seen = -1, set()
    for index, line in enumerate(lines[:60]):
        name, colon, value = line[:200].partition(":")
        if len(line) > 200 or len(value.split()) > 2 * _HEADER_WORDS or (colon and fold(name) in seen):
            break
        if colon:
            seen.add(fold(name))
            last = index if is_title_field(name.strip("*_# ")) else last
    return last


def _is_entry(line: str) -> bool:
    """Whether a line below a title field is one more of its kind: a name, a colon and a few words."""
    _, colon, value = line[:200].partition(":")
    return bool(colon and value.strip()) and len(value.split()) <= _HEADER_WORDS and line.rstrip()[-1] not in ".?!"


def _comes_back(lines: Sequence[str], index: int) -> bool:
    """Whether the word before a line's colon begins another line soon after, so that it is a speaker."""
    label = fold(lines[index].partition(":")[0])
    return any(fold(line[:60].partition(":")[0]) == label for line in lines[index + 1 : index + 60])


def tail_start(lines: Sequence[str]) -> int:
    """The line of a transcriber's signature at the end; the number of lines when there is none."""
    last = len(lines)
    for index in range(len(lines) - 1, -1, -1):
        if lines[index].strip():
            return index if _TAIL.match(lines[index][:200]) else last
    return last


def questions_and_answers(lines: Sequence[str]) -> int:
    """How many lines begin with Q: or A:, which may be speakers or may be a form."""
    return sum(1 for line in lines if _QUESTION_MARKS.match(line[:20]))


# --- turns -----------------------------------------------------------------------------------------------------


def turns_of(lines: Sequence[str], dialogue: Dialogue) -> tuple[Turn, ...]:
    """One turn for each label line, with the lines below it up to the next label."""
    text, starts, tail = "\n".join(lines), line_starts(lines), tail_start(lines)
    turns = []
    for mark, after in zip(dialogue.marks, [*dialogue.marks[1:], None], strict=True):
        last = _without_headings(lines, mark.line, after.line if after else max(tail, mark.line + 1))
        begin, stop = starts[mark.line], starts[last - 1] + len(lines[last - 1])
        body, end = words_between(text, begin + mark.body, stop)
        turns.append(Turn(begin + mark.start, body, end, dialogue.speaker_of(mark), mark.seconds))
    return tuple(turns)


def _without_headings(lines: Sequence[str], first: int, last: int) -> int:
    """Where a turn's lines end when the section headings that stand before the next label are left out."""
    while last - 1 > first and (not lines[last - 1].strip() or _HEADING.match(lines[last - 1])):
        last -= 1
    return last


def paragraphs_of(lines: Sequence[str], speaker: int) -> tuple[Turn, ...]:
    """One turn for each line that is not blank, for a text that names nobody; a time at its start is not words."""
    turns, tail = [], tail_start(lines)
    first = header_end(lines) if lines and lines[0].rstrip() == "---" else 0
    text, starts = "\n".join(lines), line_starts(lines)
    for index in range(first, tail):
        offset, time = leading_stamp(lines[index])
        begin, stop = starts[index], starts[index] + len(lines[index])
        start, end = words_between(text, begin, stop)
        body = words_between(text, begin + offset, stop)[0] if offset else start
        if body < end:
            turns.append(Turn(start, body, end, speaker, time))
    return tuple(turns)
