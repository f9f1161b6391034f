"""What can happen to the codebook and its draft."""

from dataclasses import dataclass

from qualbench.events.fact import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CodebookReleased(Event):
    KIND, AREA = "codebook_released", "codebook"
    version: str
    title: str
    codes: str
    """The codes with all their fields, sealed."""
    source: str
    """The file they were read from, sealed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeDrafted(Event):
    """Fields of a code were written in the draft of the next version; the code is new when nobody knows it."""

    KIND, AREA, UNDOABLE = "code_drafted", "codebook", True
    code: str
    fields: str
    """The fields that were written, sealed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodePlaced(Event):
    """A code with what is under it stands somewhere else in the draft."""

    KIND, AREA, UNDOABLE = "code_placed", "codebook", True
    code: str
    parent: str
    after: str
    """The sister that it follows; empty for the first place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodesMerged(Event):
    KIND, AREA, UNDOABLE = "codes_merged", "codebook", True
    codes: list[str]
    into: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeSplit(Event):
    KIND, AREA, UNDOABLE = "code_split", "codebook", True
    code: str
    into: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeDropped(Event):
    """A code that was never released left the draft."""

    KIND, AREA, UNDOABLE = "code_dropped", "codebook", True
    code: str
