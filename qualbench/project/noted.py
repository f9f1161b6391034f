"""What is shown of memos and earlier extracts: values that say in words what each is on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qualbench.model import MEMO_KINDS

PLACE = "place"
"""What a memo in a pass is on, beside the things that other memos can be on."""

ON_NAMES: Mapping[str, str] = {
    PLACE: "a place",
    "code": "a code",
    "transcript": "a transcript",
    "case": "a participant",
    "study": "the study",
    "comparison": "two extracts",
}
"""What a memo can be on, as it is called on screens and in tables."""


@dataclass(frozen=True, slots=True)
class Extract:
    """Words that have a code, with where they stand and when they got it; `coding` is its id."""

    coding: str
    transcript: str
    name: str
    """The transcript's name."""
    line: int
    start: int
    end: int
    at: str
    text: str

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        return f"{self.name}, line {self.line}"


@dataclass(frozen=True, slots=True)
class Written:
    """A memo with what it is on in words."""

    id: str
    kind: str
    on: str
    """place, code, transcript, case, study or comparison."""
    about: str
    """The id of what it is on; of a memo on a place, its transcript's."""
    subject: str
    """What it is on, in words."""
    author: str
    body: str
    at: str = ""
    """When it was written last; not known of memos on places."""
    pass_id: str = ""
    start: int = 0
    end: int = 0
    extracts: tuple[Extract, ...] = ()
    """The words it is on: those of a place, or the two that it ties together."""
    own: bool = False
    frozen: bool = False
    """It is in a pass that was handed in, so it never changes."""

    @property
    def called(self) -> str:
        """What kind of memo it is."""
        return MEMO_KINDS.get(self.kind, self.kind)


def extract_of(page: tuple[str, str], transcript: str, start: int, end: int, coding: str = "", at: str = "") -> Extract:
    """The words at a place of a transcript, whose name and text are given; its line is counted from 1."""
    name, text = page
    return Extract(coding, transcript, name, text.count("\n", 0, start) + 1, start, end, at, text[start:end])
