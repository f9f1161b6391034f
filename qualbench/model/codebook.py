"""A released codebook and its codes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Change(StrEnum):
    """What became of a code between two versions; it says which codings have to be looked at again."""

    WORDING = "wording"
    """Said better, meant the same: nothing to look at."""
    NARROWED = "narrowed"
    """Whatever has it may not belong there any more."""
    WIDENED = "widened"
    """Whatever lacks it may belong there now."""
    NEW = "new"
    MERGED = "merged"
    """Read as the code it went into; nothing to look at."""
    SPLIT = "split"
    """Each use is decided again."""
    RETIRED = "retired"
    """Each use is decided again."""


@dataclass(frozen=True, slots=True)
class CodeChange:
    """What kind of change a release made to a code, as whoever released it said."""

    code: str
    change: Change
    note: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """A code with its MacQueen fields; texts may be empty, `id` and `label` never are."""

    id: str
    label: str
    parent: str = ""
    kind: str = "code"
    """theme, category, domain, structural, index, analytic or code."""
    definition_short: str = ""
    definition: str = ""
    include: str = ""
    """When to use it."""
    exclude: str = ""
    """When not to use it, and what to use instead."""
    examples: tuple[str, ...] = ()
    near_miss: str = ""
    """An example that looks like it and is not, with the right code."""
    origin: str = ""
    """deductive or inductive, with its source or first segment behind a colon."""
    status: str = "active"
    """proposed, trial, active, retired, merged or split."""
    notes: str = ""
    group: str = ""
    """Codes of one group exclude each other on a segment."""
    colour: str = ""
    owner: str = ""
    questions: tuple[str, ...] = ()
    """What is still open about it."""
    into: tuple[str, ...] = ()
    """The codes it was merged or split into."""


@dataclass(frozen=True, slots=True)
class Codebook:
    """One released version of a codebook; codes are in reading order, parents before children."""

    version: str
    title: str
    codes: tuple[Code, ...]
    date: str = ""
    changelog: tuple[str, ...] = ()
    changes: tuple[CodeChange, ...] = ()
    """What the release did to each code that it changed; empty where nobody said."""
    _by_id: Mapping[str, Code] = field(init=False, repr=False, compare=False, hash=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {code.id: code for code in self.codes})

    def get(self, code_id: str) -> Code | None:
        """The code with this id, if this version has it."""
        return self._by_id.get(code_id)

    def label(self, code_id: str) -> str:
        """What people call this code; its id when this version does not know it."""
        code = self._by_id.get(code_id)
        return code.label if code else code_id

    def path(self, code_id: str) -> tuple[str, ...]:
        """The labels from the top of the tree down to this code."""
        labels: list[str] = []
        code = self._by_id.get(code_id)
        while code is not None and len(labels) < len(self.codes):
            labels.insert(0, code.label)
            code = self._by_id.get(code.parent)
        return tuple(labels) or (code_id,)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A code that a coder made while coding; others learn of it when the transcript is opened."""

    code: str
    label: str
    pass_id: str
    transcript: str
    coder: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Debt:
    """A segment that a release asks a coder to look at again, for one code."""

    pass_id: str
    transcript: str
    coder: str
    code: str
    change: Change
    version: str
    """The release that asks for it."""
    start: int
    end: int
    has: bool
    """Whether the code stands on the segment."""


@dataclass(frozen=True, slots=True)
class Recheck:
    """What a coder said when they looked at a segment again under a later version."""

    pass_id: str
    transcript: str
    coder: str
    start: int
    end: int
    code: str
    """The code that was asked about."""
    version: str
    codes: tuple[str, ...]
    """What they give the segment in its stead: the code itself when it stays, nothing when it goes."""
