"""A bundle as a REFI-QDA project (.qdpx): valid against the schema, and the same bytes for the same study.

The order of elements is the schema's. What the choices are for: programs stop at a project without origin, at notes
without time and at inline text; they lose codings whose user is not on the selection as well, and memos that are not
the selection's description as well.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualbench.steps.interchange.refi import archive
from qualbench.steps.interchange.refi.bundle import Bundle, Code, On
from qualbench.steps.interchange.refi.guids import derived
from qualbench.steps.interchange.refi.losses import Beyond, Losses, Target
from qualbench.steps.interchange.refi.making import Making
from qualbench.steps.interchange.refi.preparing import prepared
from qualbench.steps.interchange.refi.texts import add_notes, add_sources
from qualbench.steps.interchange.refi.xml import NAMESPACE

if TYPE_CHECKING:
    from lxml.etree import _Element

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
    from lxml import etree

    losses = Losses()
    making = Making(prepared(bundle, target, losses), target, losses)
    root = _project(making)
    qde = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    data = archive.packed({**making.files, "project.qde": qde}, making.bundle.created)
    return Written(data, losses.sentences(target, beyond))


def _project(making: Making) -> "_Element":
    from lxml import etree

    bundle = making.bundle
    root = etree.Element(f"{{{NAMESPACE}}}Project", nsmap={None: NAMESPACE})
    root.set("name", making.legal(bundle.name))
    root.set("origin", ORIGIN)
    root.set("creationDateTime", bundle.created)
    _users(making, root)
    _codes(making, root)
    _variables(making, root)
    _cases(making, root)
    add_sources(making, root)
    add_notes(making, root)
    _links(making, root)
    _sets(making, root)
    making.describe(root, bundle.description)
    making.refer(root, On.STUDY, "")
    return root


def _users(making: Making, root: "_Element") -> None:
    if making.bundle.users:
        users = making.add(root, "Users")
        for user in making.bundle.users:
            making.add(users, "User", guid=making.guids.of("user", user.id), name=user.name)


def _codes(making: Making, root: "_Element") -> None:
    """The tree of codes, children in their order; what has codings is codable, as some programs lose them otherwise."""
    if not making.bundle.codes:
        return
    below: dict[str, list[Code]] = {}
    for code in making.bundle.codes:
        below.setdefault(code.parent, []).append(code)
    coded = {coding.code for coding in making.bundle.codings}
    top = making.add(making.add(root, "CodeBook"), "Codes")
    waiting = [(top, code) for code in reversed(below[""])]
    while waiting:
        parent, code = waiting.pop()
        codable = "true" if code.codable or code.id in coded else "false"
        guid = making.guids.of("code", code.id)
        colour = {"color": code.colour} if code.colour else {}
        element = making.add(parent, "Code", guid=guid, name=code.name, isCodable=codable, **colour)
        making.describe(element, code.definition)
        making.refer(element, On.CODE, code.id)
        waiting += [(element, child) for child in reversed(below.get(code.id, []))]


def _variables(making: Making, root: "_Element") -> None:
    if making.bundle.variables:
        variables = making.add(root, "Variables")
        for one in making.bundle.variables:
            guid = derived("variable", one.name)
            element = making.add(variables, "Variable", guid=guid, name=one.name, typeOfVariable=one.kind.value)
            making.describe(element, one.description)


def _cases(making: Making, root: "_Element") -> None:
    if not making.bundle.cases:
        return
    cases = making.add(root, "Cases")
    for case in making.bundle.cases:
        element = making.add(cases, "Case", guid=making.guids.of("case", case.id), name=case.name)
        making.describe(element, case.description, On.CASE, case.id)
        making.add_values(element, case)
        for source in case.sources:
            making.add(element, "SourceRef", targetGUID=making.guids.of("source", source))


def _links(making: Making, root: "_Element") -> None:
    """Notes on cases are tied to them by links, as the standard has no other place for them."""
    notes = [note for note in making.bundle.notes if note.on is On.CASE]
    if notes:
        links = making.add(root, "Links")
        for note in notes:
            guid = making.guids.of("note", note.id)
            case = making.guids.of("case", note.about)
            making.add(links, "Link", guid=derived("link", guid), direction="OneWay", originGUID=guid, targetGUID=case)


def _sets(making: Making, root: "_Element") -> None:
    if not making.bundle.sets:
        return
    sets = making.add(root, "Sets")
    for one in making.bundle.sets:
        element = making.add(sets, "Set", guid=making.guids.of("set", one.id), name=one.name)
        making.describe(element, one.description)
        members = (("MemberCode", "code", one.codes), ("MemberSource", "source", one.sources))
        for member, kind, ids in (*members, ("MemberNote", "note", one.notes)):
            for id_ in ids:
                making.add(element, member, targetGUID=making.guids.of(kind, id_))
