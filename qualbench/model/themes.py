"""Themes with what is said of them, their codes and quotes, and the extracts that wait for a theme."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class ThemeState(StrEnum):
    """How far a theme has come (Braun & Clarke, phases 3 to 6); a theme may also go back."""

    CANDIDATE = "candidate"
    EXTRACTS = "extracts"
    DATA = "data"
    DEFINED = "defined"
    REPORTED = "reported"


STATE_NAMES: Mapping[ThemeState, str] = {
    ThemeState.CANDIDATE: "candidate",
    ThemeState.EXTRACTS: "held against its extracts",
    ThemeState.DATA: "held against the whole data",
    ThemeState.DEFINED: "defined",
    ThemeState.REPORTED: "reported",
}


class ThemeEnd(StrEnum):
    """Why a theme is history."""

    DROPPED = "dropped"
    MERGED = "merged"
    SPLIT = "split"


class ThemeField(StrEnum):
    """What is written about a theme beside its central idea."""

    DEFINITION = "definition"
    NOT = "not"
    NARRATIVE = "narrative"
    QUESTION = "question"


FIELD_NAMES: Mapping[ThemeField, str] = {
    ThemeField.DEFINITION: "Definition",
    ThemeField.NOT: "What it is not",
    ThemeField.NARRATIVE: "Narrative",
    ThemeField.QUESTION: "What it says for the question",
}


class QuoteUse(StrEnum):
    """What a quote is for; nobody may have said yet."""

    UNSAID = ""
    ILLUSTRATE = "illustrate"
    ARGUE = "argue"


USE_NAMES: Mapping[QuoteUse, str] = {
    QuoteUse.UNSAID: "not said",
    QuoteUse.ILLUSTRATE: "illustrates",
    QuoteUse.ARGUE: "is argued from",
}

CUT = "[…]"
"""What stands in a quote where words are left out."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a quote: words of the transcript as they are, or a mark of whoever quotes in brackets."""

    start: int
    end: int
    mark: str = ""
    """What is shown in place of the words; empty for the words themselves."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words picked for a report; they equal the transcript at their place."""

    id: str
    theme: str
    transcript: str
    start: int
    end: int
    text: str
    participant: str
    """The participant's label, or the speaker's when nobody was assigned."""
    use: QuoteUse = QuoteUse.UNSAID
    cuts: tuple[tuple[int, int], ...] = ()
    """Places of the transcript that are left out, in order."""
    insertions: tuple[tuple[int, str], ...] = ()
    """Places and the words put in there, in order; one at the start of a cut stands in its place."""

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The quote from its first to its last character, cuts and insertions as marks."""
        marks = [Piece(at, at, f"[{words}]") for at, words in self.insertions]
        for start, end in self.cuts:
            stand_in = next((mark for mark in marks if mark.start == start), None)
            if stand_in:
                marks.remove(stand_in)
            marks.append(Piece(start, end, stand_in.mark if stand_in else CUT))
        found: list[Piece] = []
        at = self.start
        for mark in sorted(marks, key=lambda piece: (piece.start, piece.end)):
            found += [Piece(at, mark.start)] * (mark.start > at) + [mark]
            at = mark.end
        return (*found, *[Piece(at, self.end)] * (self.end > at))

    @property
    def words(self) -> str:
        """The quote as it is printed: cuts as […], insertions in brackets."""
        words = [self.text[piece.start - self.start : piece.end - self.start] for piece in self.pieces]
        return set_off(self.pieces, words)


_OPENS = "([{“‘«„—–-/"


def set_off(pieces: Sequence[Piece], words: Sequence[str]) -> str:
    """The pieces in a row, with a space around a mark where it would stick to a word; `words` stand for the others."""
    whole, after_mark = "", False
    for piece, said in zip(pieces, words, strict=True):
        if piece.mark:
            whole += " " * bool(whole and not whole[-1].isspace() and whole[-1] not in _OPENS) + piece.mark
        else:
            whole += " " * (after_mark and (said[:1].isalnum() or said[:1] in tuple(_OPENS))) + said
        after_mark = bool(piece.mark)
    return whole


@dataclass(frozen=True, slots=True)
class Extract:
    """A coded place, as a theme shows it."""

    transcript: str
    name: str
    start: int
    end: int
    text: str
    participant: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Star:
    """Words that a coder marked while coding, as a quote to come."""

    id: str
    pass_id: str
    transcript: str
    coder: str
    start: int
    end: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme: its name, its central idea, the codes gathered under it and the quotes picked."""

    id: str
    name: str
    idea: str
    codes: tuple[str, ...]
    quotes: tuple[Quote, ...] = ()
    parent: str = ""
    """The theme it is a sub-theme of; empty at the top."""
    state: ThemeState = ThemeState.CANDIDATE
    definition: str = ""
    is_not: str = ""
    narrative: str = ""
    question: str = ""
    """What it says for the question of the study."""

    def written(self, field: ThemeField) -> str:
        """What one of its fields says."""
        return {
            ThemeField.DEFINITION: self.definition,
            ThemeField.NOT: self.is_not,
            ThemeField.NARRATIVE: self.narrative,
            ThemeField.QUESTION: self.question,
        }[field]


@dataclass(frozen=True, slots=True)
class PastTheme:
    """A theme that was given up, with why, and what it was."""

    theme: Theme
    how: ThemeEnd
    reason: str
    into: tuple[str, ...]
    """The themes it went into, by id."""
    actor: str
    at: str


@dataclass(frozen=True, slots=True)
class ThemeStep:
    """A theme came to a state, forwards or back."""

    theme: str
    state: ThemeState
    reason: str
    actor: str
    at: str
