"""A released codebook and its codes."""

from collections.abc import Mapping
from dataclasses import dataclass, field


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
    status: str = "active"
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Codebook:
    """One released version of a codebook; codes are in reading order, parents before children."""

    version: str
    title: str
    codes: tuple[Code, ...]
    date: str = ""
    changelog: tuple[str, ...] = ()
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
