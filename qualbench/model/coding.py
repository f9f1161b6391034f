"""One coder's work: passes, codes on spans, memos."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from qualbench.model.transcripts import SegmentRule


class PassState(StrEnum):
    """Where one coder's pass stands; a submitted pass never changes."""

    OPEN = "open"
    SUBMITTED = "submitted"


@dataclass(frozen=True, slots=True)
class Pass:
    """One coder's independent coding of one transcript under one codebook version and segmentation."""

    id: str
    transcript: str
    coder: str
    codebook: str
    """Version of the codebook."""
    rule: SegmentRule
    state: PassState
    round: str = ""
    """The id of the round it belongs to; empty for a pass outside of any."""
    late: bool = False
    """It came in after the transcript was opened: kept and shown, and left out of agreement."""


@dataclass(frozen=True, slots=True)
class Coding:
    """A code on a span, as its coder stated it."""

    id: str
    pass_id: str
    transcript: str
    coder: str
    code: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Nothing:
    """The decision that nothing applies to a span: different from not having looked at it."""

    pass_id: str
    transcript: str
    coder: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Memo:
    """A coder's note on a place."""

    id: str
    pass_id: str
    transcript: str
    coder: str
    start: int
    end: int
    body: str
    kind: str = ""
    """One of the kinds of memos; empty for a plain one."""


@dataclass(frozen=True, slots=True)
class SuggestionAnswer:
    """What a coder said to a code that was suggested for a place."""

    code: str
    start: int
    end: int
    accepted: bool


MEMO_KINDS: Mapping[str, str] = {
    "": "memo",
    "familiarisation": "familiarisation memo",
    "respondent": "memo on a respondent",
    "cross-case": "memo across cases",
    "comparison": "comparison memo",
    "reflexive": "reflexive memo",
    "bias": "memo on biases and expectations",
    "method": "memo on method",
    "property": "property of a code",
    "question": "open question",
}
"""The kinds of memos that methods ask for, and what they are called."""


@dataclass(frozen=True, slots=True)
class Note:
    """A memo that is not on a place: on a code, a transcript, a case, the study, or between two extracts."""

    id: str
    kind: str
    on: str
    """code, transcript, case, study or comparison."""
    about: str
    """The id of what it is on; a comparison is about a code."""
    places: tuple[str, ...]
    """The two codings that a comparison ties together."""
    author: str
    at: str
    body: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one coder is in one transcript."""

    transcript: str
    coder: str
    state: PassState
    decided: int
    total: int
