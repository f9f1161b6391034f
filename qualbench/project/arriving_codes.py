"""Codes, attributes and the names of people in a project that arrives, as a study has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from qualbench import events
from qualbench.events import Event
from qualbench.model import Code, Codebook
from qualbench.project.code_words import unworded
from qualbench.project.outgoing import EXCLUSIVE
from qualbench.steps.codebook.files.names import made_id
from qualbench.steps.codebook.rows import in_reading_order
from qualbench.steps.interchange import described, refi
from qualbench.steps.interchange.refi import Bundle, Kind, Set
from qualbench.steps.participants import Attribute, AttributeKind, define
from qualbench.steps.study import NAME
from qualbench.text import canonical, folded, one_line, printable, shown

_LONGEST = 60
_KINDS = {Kind.INTEGER: AttributeKind.NUMBER, Kind.FLOAT: AttributeKind.NUMBER, Kind.BOOLEAN: AttributeKind.CHOICE}


@dataclass(frozen=True, slots=True)
class People:
    """What users are called here, by their ids in the file."""

    names: Mapping[str, str]
    lines: tuple[str, ...]


def people_of(users: Iterable[refi.User]) -> People:
    """A name for each user that can be one here, and that is not like another's."""
    names: dict[str, str] = {}
    renamed = []
    taken: set[str] = set()
    for user in users:
        name = _free(user.name, taken)
        taken.add(folded(name))
        names[user.id] = name
        if name != user.name:
            renamed.append(f"'{shown(user.name)}' is '{name}' now")
    said = f"Names of coders that are no names here, or too like another's: {', '.join(renamed)}."
    return People(names, (said,) if renamed else ())


def _free(given: str, taken: set[str]) -> str:
    """The name on one line, not too long, with a number where it is taken."""
    plain = one_line(shown(given))[:_LONGEST].strip()
    plain = plain if NAME.fullmatch(plain) and folded(plain) else "coder"
    name, number = plain, 2
    while folded(name) in taken:
        name, number = f"{plain[: _LONGEST - 8].strip()} ({number})", number + 1
    return name


# --- codes ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Codes:
    """The codebook, and which code each id of the file is."""

    book: Codebook
    ids: Mapping[str, str]
    sets: tuple[Set, ...]
    """The sets that are no groups of codes."""
    lines: tuple[str, ...]


def codes_of(bundle: Bundle, version: str, *, ours: bool) -> Codes:
    """The codes as one version of a codebook; a set that Qualbench wrote is a group again."""
    ids: dict[str, str] = {}
    codes: dict[str, Code] = {}
    taken: set[str] = set()
    above = {code.parent for code in bundle.codes}
    for one in bundle.codes:
        label = one_line(one.name) or "Without a name"
        parent = ids.get(one.parent, "")
        code = unworded(one.definition, label, parent, taken) if ours else _foreign(one, label, parent, taken, above)
        ids[one.id] = code.id
        codes[code.id] = code if code.colour or not one.colour else replace(code, colour=one.colour)
    sets = []
    for group in bundle.sets:
        if ours and group.description == EXCLUSIVE:
            for id_ in group.codes:
                codes[ids[id_]] = replace(codes[ids[id_]], group=group.name)
        else:
            sets.append(group)
    kept = tuple(replace(code, into=tuple(one for one in code.into if one in codes)) for code in codes.values())
    title = one_line(bundle.name) or "Codebook"
    return Codes(Codebook(version, title, in_reading_order(kept)), ids, tuple(sets), _same_names(kept))


def _foreign(one: refi.Code, label: str, parent: str, taken: set[str], above: set[str]) -> Code:
    """A code of another program: its description is its definition; what only groups codes is a heading."""
    id_ = made_id(label, parent, taken)
    taken.add(id_.casefold())
    heading = ("category" if parent else "theme") if not one.codable and one.id in above else "code"
    definition = printable(canonical(one.definition)).strip()
    return Code(id_, label, parent, heading, definition=definition, colour=one.colour)


def _same_names(codes: Sequence[Code]) -> tuple[str, ...]:
    seen: dict[str, list[str]] = {}
    for code in codes:
        seen.setdefault(folded(code.label), []).append(code.id)
    twice = [ids for ids in seen.values() if len(ids) > 1]
    listed = "; ".join(" and ".join(ids) for ids in twice[:10])
    more = f" and {len(twice) - 10} more" if len(twice) > 10 else ""
    return (f"Codes that share a name are told apart by their ids: {listed}{more}.",) if twice else ()


# --- what is known of participants ---------------------------------------------------------------------------------


def attributes_of(
    variables: Iterable[refi.Variable], cases: Iterable[refi.Case], participants: Mapping[str, str], *, ours: bool
) -> list[Event]:
    """The cases as participants (named by their ids in the file), with the kinds of their attributes and values."""
    facts: list[Event] = [define(_attribute(one, ours=ours)) for one in variables]
    for case in cases:
        name = participants[case.id]
        facts.append(events.ParticipantAdded(participant=name, label=name))
        facts += [events.AttributeSet(participant=name, name=key, value=value) for key, value in case.values if value]
    return facts


def _attribute(one: refi.Variable, *, ours: bool) -> Attribute:
    kind, choices = described.attribute_of(one.description) if ours else ("", ())
    if kind in set(AttributeKind):
        return Attribute(one.name, AttributeKind(kind), choices)
    found = _KINDS.get(one.kind, AttributeKind.TEXT)
    return Attribute(one.name, found, ("true", "false", "1", "0") if one.kind is Kind.BOOLEAN else ())
