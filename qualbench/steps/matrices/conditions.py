"""What a matrix or a query is narrowed down to: a role, a participant, a transcript, a round, an attribute's value.

A condition narrows down which places are looked at at all, so it holds for every code that is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from qualbench.errors import UsageError
from qualbench.model import Role
from qualbench.steps.matrices.evidence import Evidence
from qualbench.text import excerpt, folded

if TYPE_CHECKING:
    from qualbench.steps.matrices.evidence import Mask, Numbers


class Field(StrEnum):
    """What every place has."""

    ROLE = "role"
    PARTICIPANT = "participant"
    TRANSCRIPT = "transcript"
    ROUND = "round"


@dataclass(frozen=True, slots=True)
class Attribute:
    """Something that is known of participants, such as their site."""

    name: str


@dataclass(frozen=True, slots=True)
class Condition:
    """One of these values is asked for; the empty value asks for what is not known."""

    of: Field | Attribute
    values: tuple[str, ...]

    @property
    def name(self) -> str:
        """What stands before the equals sign."""
        return self.of.name if isinstance(self.of, Attribute) else str(self.of)


class UnknownName(UsageError):
    """A name that the study does not have."""

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        names = [excerpt(one, 40) for one in known]
        more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
        listed = ", ".join(names[:_LISTED]) + more or "none yet"
        super().__init__(f"There is no {what} called '{excerpt(name, 60)}' here.", f"Known are: {listed}")


_LISTED = 20


def selected(evidence: Evidence, layer: str, conditions: Sequence[Condition] = ()) -> Mask:
    """Which places stand in a layer and fulfil every condition; interviewers' speech included."""
    mask: Mask = evidence.arrays.layer == layer_index(evidence, layer)
    for condition in conditions:
        mask = mask & _fulfils(evidence, condition)
    return mask


def layer_index(evidence: Evidence, layer: str) -> int:
    """Where a layer stands among those of the study."""
    if layer not in evidence.layers:
        raise UnknownName("layer", layer, evidence.layers)
    return evidence.layers.index(layer)


def told_conditions(conditions: Sequence[Condition]) -> str:
    """The conditions in words, for a caption; empty when there is none."""
    return "; ".join(f"{one.name} {' or '.join(value or 'not known' for value in one.values)}" for one in conditions)


def _fulfils(evidence: Evidence, condition: Condition) -> Mask:
    import numpy as np

    if isinstance(condition.of, Attribute):
        return _has_value(evidence, condition.of.name, condition.values)
    if condition.of is Field.ROLE:
        roles = {_role(value) for value in condition.values}
        held = (one.role in roles for one in evidence.places)
        return np.fromiter(held, dtype=np.bool_, count=len(evidence.places))
    index, names = _named(evidence, condition.of)
    found = [at for value in condition.values for at in _matching(str(condition.of), value, names)]
    mask: Mask = np.isin(index, found)
    return mask | _in_groups(evidence, found) if condition.of is Field.PARTICIPANT else mask


def _in_groups(evidence: Evidence, cases: Sequence[int]) -> Mask:
    """What participants say in the focus groups among these cases."""
    import numpy as np

    groups = {evidence.cases[at].group for at in cases if at >= 0} - {""}
    transcripts = [at for at, one in enumerate(evidence.transcripts) if one.id in groups]
    mask: Mask = np.isin(evidence.arrays.transcript, transcripts) & evidence.arrays.counts
    return mask


def _role(value: str) -> Role | None:
    """A role by its name; the empty value is a speaker whom nobody could name."""
    known = {str(role): role for role in Role} | {"": None}
    if folded(value) not in known:
        raise UnknownName("role", value, [str(role) for role in Role])
    return known[folded(value)]


def _named(evidence: Evidence, field: Field) -> tuple[Numbers, list[tuple[str, str]]]:
    """The places' indexes into what a field lists, and what may be called by which id and name."""
    if field is Field.PARTICIPANT:
        return evidence.arrays.case, [(one.id, one.label) for one in evidence.cases]
    if field is Field.TRANSCRIPT:
        return evidence.arrays.transcript, [(one.id, one.name) for one in evidence.transcripts]
    return evidence.arrays.round, [(one, one) for one in evidence.rounds]


def _matching(what: str, value: str, names: Sequence[tuple[str, str]]) -> list[int]:
    """Where a value is the id or, in any case and without accents, the name; -1 stands for none."""
    if not value:
        return [-1]
    by_id = [at for at, (id_, _) in enumerate(names) if id_ == value]
    found = by_id or [at for at, (_, name) in enumerate(names) if folded(name) == folded(value)]
    if not found:
        raise UnknownName(what, value, [name for _, name in names])
    return found


def _has_value(evidence: Evidence, name: str, values: Sequence[str]) -> Mask:
    import numpy as np

    attribute = attribute_name(evidence, name)
    wanted = {folded(value) for value in values}
    known = {folded(value): value for value in evidence.values[attribute]}
    for value in values:
        if value and folded(value) not in known:
            raise UnknownName(f"value of {attribute}", value, known.values())
    held = [folded(dict(case.attributes).get(attribute, "")) in wanted for case in evidence.cases]
    of_case: Mask = np.array([*held, False])
    return of_case[evidence.arrays.case]


def attribute_name(evidence: Evidence, name: str) -> str:
    """An attribute as the study spells it."""
    spelt = next((one for one in evidence.values if one == name), "") or next(
        (one for one in evidence.values if folded(one) == folded(name)), ""
    )
    if not spelt:
        raise UnknownName("attribute", name, evidence.values)
    return spelt
