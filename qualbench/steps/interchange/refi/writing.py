"""A bundle as a REFI-QDA project (.qdpx): valid against the schema, and the same bytes for the same study.

The order of elements is the schema's. What the choices are for: programs stop at a project without origin, at notes
without time and at inline text; they lose codings whose user is not on the selection as well, and memos that are not
the selection's description as well.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qualbench.steps.interchange.refi import archive
from qualbench.steps.interchange.refi.bundle import Bundle, Case, Code, On, Set, User, Variable
from qualbench.steps.interchange.refi.guids import derived
from qualbench.steps.interchange.refi.losses import Beyond, Losses, Target
from qualbench.steps.interchange.refi.making import Making
from qualbench.steps.interchange.refi.preparing import prepared
from qualbench.steps.interchange.refi.texts import notes, sources
from qualbench.steps.interchange.refi.xml import NAMESPACE

ORIGIN = "Qualbench"
"""The program's name in every file: without a version, so that the bytes stay the same."""
_NOTHING_MORE = Beyond()


@dataclass(frozen=True, slots=True)
class Written:
    """A file, and what is not in it."""

    data: bytes
    losses: tuple[str, ...]
    """The loss report: sentences, those that hold for every file first."""


def write(bundle: Bundle, target: Target = Target.GENERIC, beyond: Beyond = _NOTHING_MORE) -> Written:
    """The project as the bytes of a .qdpx for a program, with its loss report; `beyond` is what the study has more."""
    losses = Losses()
    making = Making(prepared(bundle, target, losses), target, losses)
    project = b"\n".join(part.encode() for part in _project(making) if part)
    data = archive.packed({**making.files, "project.qde": project}, making.bundle.created)
    return Written(data, losses.sentences(target, beyond))


def _project(making: Making) -> Iterator[str]:
    """The XML in pieces, so that never all of it is there twice."""
    bundle = making.bundle
    attributes = {"xmlns": NAMESPACE, "name": bundle.name, "origin": ORIGIN, "creationDateTime": bundle.created}
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield making.element("Project", attributes).removesuffix("/>") + ">"
    yield from _group("Users", (_user(making, one) for one in bundle.users))
    yield from _group("CodeBook", _group("Codes", _codes(making)))
    yield from _group("Variables", (_variable(making, one) for one in bundle.variables))
    yield from _group("Cases", (_case(making, one) for one in bundle.cases))
    yield from _group("Sources", sources(making))
    yield from _group("Notes", notes(making))
    yield from _group("Links", _links(making))
    yield from _group("Sets", (_set(making, one) for one in bundle.sets))
    yield making.description(bundle.description)
    yield from making.note_refs(On.STUDY, "")
    yield "</Project>\n"


def _group(name: str, inside: Iterable[str]) -> Iterator[str]:
    """An element around others; nothing around nothing, as the schema wants."""
    started = False
    for one in inside:
        if not started:
            yield f"<{name}>"
            started = True
        yield one
    if started:
        yield f"</{name}>"


def _user(making: Making, user: User) -> str:
    return making.element("User", {"guid": making.guids.of("user", user.id), "name": user.name})


def _codes(making: Making) -> list[str]:
    """The tree of codes, children in their order; what has codings is codable, as some programs lose them otherwise."""
    coded = {coding.code for coding in making.bundle.codings}
    below: dict[str, list[str]] = {}
    for code in reversed(list(_parents_first(making.bundle.codes))):
        children = below.pop(code.id, [])[::-1]
        below.setdefault(code.parent, []).append(_code(making, code, code.codable or code.id in coded, children))
    return below.get("", [])[::-1]


def _parents_first(codes: tuple[Code, ...]) -> Iterator[Code]:
    """The codes with every child behind its parent."""
    below: dict[str, list[Code]] = {}
    for code in codes:
        below.setdefault(code.parent, []).append(code)
    waiting = below.get("", [])[::-1]
    while waiting:
        code = waiting.pop()
        yield code
        waiting += below.get(code.id, [])[::-1]


def _code(making: Making, code: Code, codable: bool, children: list[str]) -> str:
    attributes = {"guid": making.guids.of("code", code.id), "name": code.name, "isCodable": str(codable).lower()}
    colour = {"color": code.colour} if code.colour else {}
    inside = (making.description(code.definition), *making.note_refs(On.CODE, code.id), *children)
    return making.element("Code", {**attributes, **colour}, inside)


def _variable(making: Making, variable: Variable) -> str:
    attributes = {"guid": derived("variable", variable.name), "name": variable.name}
    described = [making.description(variable.description)]
    return making.element("Variable", {**attributes, "typeOfVariable": variable.kind.value}, described)


def _case(making: Making, case: Case) -> str:
    inside = (
        making.description(case.description, On.CASE, case.id),
        *making.values(case),
        *(making.ref("SourceRef", "source", source) for source in case.sources),
    )
    return making.element("Case", {"guid": making.guids.of("case", case.id), "name": case.name}, inside)


def _links(making: Making) -> Iterator[str]:
    """Notes on cases are tied to them by links, as the standard has no other place for them."""
    for note in making.bundle.notes:
        if note.on is On.CASE:
            guid, case = making.guids.of("note", note.id), making.guids.of("case", note.about)
            ends = {"direction": "OneWay", "originGUID": guid, "targetGUID": case}
            yield making.element("Link", {"guid": derived("link", guid), **ends})


def _set(making: Making, one: Set) -> str:
    inside = (
        making.description(one.description),
        *(making.ref("MemberCode", "code", id_) for id_ in one.codes),
        *(making.ref("MemberSource", "source", id_) for id_ in one.sources),
        *(making.ref("MemberNote", "note", id_) for id_ in one.notes),
    )
    return making.element("Set", {"guid": making.guids.of("set", one.id), "name": one.name}, inside)
