"""What each column of a table is, one by one, as a person says it: for a verb's options and for the mapping screen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qualbench.errors import UsageError
from qualbench.steps.participants.attributes import AttributeKind
from qualbench.steps.participants.headers import Target
from qualbench.steps.participants.mapping import ColumnMapping, Known
from qualbench.text import excerpt, folded

LEFT_OUT = "-"
"""What a column is called that is not taken in."""
_ATTRIBUTE = "attribute"


class BadMapping(UsageError):
    """A column was called something that no column can be."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column and what it is: a target, an attribute with its kind, or left out."""

    name: str
    target: Target | None = None
    attribute: str = ""
    kind: AttributeKind = AttributeKind.TEXT

    @property
    def said(self) -> str:
        """As a person says it.

        >>> Column("Age", attribute="age", kind=AttributeKind.NUMBER).said
        'attribute:number:age'
        """
        if self.target or not self.attribute:
            return str(self.target or LEFT_OUT)
        own_name = f":{self.attribute}" if self.attribute != self.name else ""
        return f"{_ATTRIBUTE}:{self.kind}{own_name}"


def columns_of(mapping: ColumnMapping, names: Sequence[str]) -> tuple[Column, ...]:
    """A mapping as one column after the other."""
    targets = {
        mapping.participant: Target.PARTICIPANT, mapping.transcript: Target.TRANSCRIPT,
        mapping.speaker: Target.SPEAKER, mapping.role: Target.ROLE,
    }  # fmt: skip
    attributes = {column: (attribute, kind) for column, attribute, kind in mapping.columns}
    found = []
    for name in names:
        attribute, kind = attributes.get(name, ("", AttributeKind.TEXT))
        found.append(Column(name, targets.get(name), attribute, kind))
    return tuple(found)


def mapping_of(columns: Sequence[Column]) -> ColumnMapping:
    """The mapping that columns make together; of two that are the same target the first counts."""
    at: dict[Target, str] = {}
    for column in columns:
        if column.target:
            at.setdefault(column.target, column.name)
    return ColumnMapping(
        participant=at.get(Target.PARTICIPANT, ""),
        columns=tuple((one.name, one.attribute, one.kind) for one in columns if one.attribute and not one.target),
        transcript=at.get(Target.TRANSCRIPT, ""),
        speaker=at.get(Target.SPEAKER, ""),
        role=at.get(Target.ROLE, ""),
    )


def chosen(columns: Sequence[Column], name: str, target: Target) -> tuple[Column, ...]:
    """The columns with one of them as the target; the one that was it before is left out."""
    return tuple(
        Column(one.name, target) if one.name == name else Column(one.name) if one.target is target else one
        for one in columns
    )


def said(words: Sequence[str], names: Sequence[str], known: Known) -> tuple[Column, ...]:
    """What a person says of the columns, such as `Age=attribute:number`; those nobody names are left out."""
    found: dict[str, Column] = {}
    for one in words:
        name, column = _said(one, names, known)
        if name in found:
            raise BadMapping(f"The column '{excerpt(name, 60)}' is named twice.", "Say once what it is.")
        there = [other.name for other in found.values() if column.target and other.target is column.target]
        if there:
            raise BadMapping(f"Two columns are the {column.target}: {excerpt(there[0], 40)} and {excerpt(name, 40)}.")
        found[name] = column
    return tuple(found.get(name, Column(name)) for name in names)


def _said(words: str, names: Sequence[str], known: Known) -> tuple[str, Column]:
    """One column; its own name may hold an equals sign, what it is can not."""
    name, equals, what = words.rpartition("=")
    column = _named(name if equals else words, names)
    first, _, rest = what.strip().partition(":")
    if not equals or first not in (LEFT_OUT, _ATTRIBUTE, *Target):
        raise BadMapping(
            f"'{excerpt(words, 60)}' does not say what the column is.",
            f"Say COLUMN= and one of: {', '.join(Target)}, {LEFT_OUT}, {_ATTRIBUTE}:KIND ({', '.join(AttributeKind)}).",
        )
    if first != _ATTRIBUTE:
        return column, Column(column, None if first == LEFT_OUT else Target(first))
    kind, _, own_name = rest.partition(":")
    there = known.attribute(own_name or column)
    if kind not in ("", *AttributeKind):
        kinds = ", ".join(AttributeKind)
        raise BadMapping(f"'{excerpt(kind, 40)}' is no kind of values.", f"Kinds are: {kinds}.")
    of_study = there.kind if there else AttributeKind.TEXT
    name = there.name if there else own_name or column
    return column, Column(column, None, name, AttributeKind(kind) if kind else of_study)


def _named(wanted: str, names: Sequence[str]) -> str:
    near = [name for name in names if folded(name) == folded(wanted)]
    if wanted in names or len(near) == 1:
        return wanted if wanted in names else near[0]
    known = ", ".join(excerpt(name, 40) for name in names[:20])
    raise BadMapping(f"The table has no column '{excerpt(wanted, 60)}'.", f"Its columns are: {known}.")


def shown_values(columns: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]], most: int = 3) -> Mapping[str, str]:
    """The first few different values of each column, in one line."""
    found: dict[str, str] = {}
    for at, name in enumerate(columns):
        values = dict.fromkeys(cells[at].strip() for _, cells in rows if at < len(cells) and cells[at].strip())
        first = [excerpt(value, 24) for value in list(values)[:most]]
        found[name] = ", ".join(first) + (" …" if len(values) > most else "")
    return found
