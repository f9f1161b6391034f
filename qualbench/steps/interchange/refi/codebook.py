"""Users, codes and variables of a project that is read."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualbench.steps.interchange.refi.bundle import Code, Kind, On, User, Variable
from qualbench.steps.interchange.refi.findings import Found
from qualbench.steps.interchange.refi.guids import normal
from qualbench.steps.interchange.refi.names import unique
from qualbench.steps.interchange.refi.reader import Reader, Spot
from qualbench.steps.interchange.refi.xml import child, children, words

if TYPE_CHECKING:
    from lxml.etree import _Element

_COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})")
_SHORT = 8


def read_users(reader: Reader) -> tuple[User, ...]:
    """The users, each with a name of their own."""
    users = []
    for element in children(reader.section("Users"), "User"):
        id_ = reader.id_of("user", element)
        name = (element.get("name") or element.get("id") or "").strip()
        reader.tally.add(Found.NAMELESS_USER, not name)
        users.append(User(id_, name or f"coder {id_[:_SHORT]}"))
    names = unique([user.name for user in users])
    reader.tally.add(Found.SAME_USER, sum(user.name != name for user, name in zip(users, names, strict=True)))
    return tuple(User(user.id, name) for user, name in zip(users, names, strict=True))


@dataclass(frozen=True, slots=True)
class _Place:
    """A code's element with the id of the code above."""

    element: "_Element"
    parent: str


def read_codes(reader: Reader) -> tuple[Code, ...]:
    """The codes, parents before their children."""
    top = child(reader.section("CodeBook"), "Codes")
    waiting = [_Place(element, "") for element in children(top, "Code")][::-1]
    codes = []
    while waiting:
        place = waiting.pop()
        code = _code(reader, place)
        codes.append(code)
        waiting += [_Place(element, code.id) for element in children(place.element, "Code")][::-1]
    often = Counter(code.name for code in codes)
    reader.tally.add(Found.SAME_CODE, sum(often[code.name] > 1 for code in codes))
    return tuple(codes)


def _code(reader: Reader, place: _Place) -> Code:
    element = place.element
    id_ = reader.id_of("code", element)
    reader.spots.setdefault(id_, Spot(On.CODE, id_))
    reader.note_refs(element, Spot(On.CODE, id_))
    name, colour = element.get("name") or "", (element.get("color") or "").strip()
    reader.tally.add(Found.NAMELESS_CODE, not name.strip())
    return Code(
        id=id_,
        name=name if name.strip() else f"code {id_[:_SHORT]}",
        parent=place.parent,
        definition=words(element, "Description"),
        colour=colour if _COLOUR.fullmatch(colour) else "",
        codable=(element.get("isCodable") or "true").strip().casefold() not in ("false", "0"),
    )


def read_variables(reader: Reader) -> dict[str, Variable]:
    """The variables by GUID; those of one name are one."""
    found: dict[str, Variable] = {}
    by_name: dict[str, Variable] = {}
    for number, element in enumerate(children(reader.section("Variables"), "Variable"), 1):
        name = (element.get("name") or "").strip() or f"variable {number}"
        reader.tally.add(Found.SAME_VARIABLE, name in by_name)
        variable = Variable(name, _kind(element.get("typeOfVariable") or ""), words(element, "Description"))
        found[normal(element.get("guid"))] = by_name.setdefault(name, variable)
    return found


def _kind(given: str) -> Kind:
    return next((kind for kind in Kind if kind.value.casefold() == given.strip().casefold()), Kind.TEXT)
