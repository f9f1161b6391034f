"""Cases with what is known of them, and sets, of a project that is read."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from qualbench.steps.interchange.refi.bundle import Case, Kind, On, Set, Variable
from qualbench.steps.interchange.refi.findings import Found
from qualbench.steps.interchange.refi.guids import derived, normal
from qualbench.steps.interchange.refi.marks import Marking
from qualbench.steps.interchange.refi.names import unique
from qualbench.steps.interchange.refi.reader import Reader, Spot
from qualbench.steps.interchange.refi.sources import Text
from qualbench.steps.interchange.refi.values import fits
from qualbench.steps.interchange.refi.xml import child, children, local, words

if TYPE_CHECKING:
    from lxml.etree import _Element


def case_guids(reader: Reader) -> frozenset[str]:
    """The GUIDs of all cases, which some programs use where codes belong."""
    return frozenset(normal(element.get("guid")) for element in children(reader.section("Cases"), "Case"))


@dataclass(slots=True)
class _Made:
    """A case being put together."""

    case: Case
    sources: list[str] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)


def read_cases(
    reader: Reader, texts: Sequence[Text], marking: Marking, variables: Mapping[str, Variable]
) -> tuple[Case, ...]:
    """The cases with their values and texts, wherever the file says them."""
    on_texts: dict[str, list[str]] = {}
    for coding in marking.codings.values():
        on_texts.setdefault(coding.code, []).append(coding.source)
    made = [_case(reader, number, element, marking, variables) for number, element in enumerate(_elements(reader), 1)]
    for one, element in zip(made, _elements(reader), strict=True):
        one.sources += marking.case_texts.get(normal(element.get("guid")), [])
        one.sources += _coded_as(reader, element, on_texts)
    made += _of_texts(reader, made, texts, variables)
    return tuple(
        replace(one.case, values=tuple(one.values.items()), sources=tuple(dict.fromkeys(one.sources))) for one in made
    )


def _elements(reader: Reader) -> "Iterator[_Element]":
    return children(reader.section("Cases"), "Case")


def _case(
    reader: Reader, number: int, element: "_Element", marking: Marking, variables: Mapping[str, Variable]
) -> _Made:
    id_ = reader.id_of("case", element)
    name = (element.get("name") or "").strip()
    reader.tally.add(Found.NAMELESS_CASE, not name)
    reader.spots.setdefault(normal(element.get("guid")), Spot(On.CASE, id_))
    made = _Made(Case(id_, name or f"case {number}", description=words(element, "Description")))
    made.values = _values(reader, element, variables)
    for reference in children(element, "SourceRef"):
        made.sources += _source(reader, reference)
    for reference in children(element, "SelectionRef"):
        found = marking.selections.get(normal(reference.get("targetGUID")))
        if found:
            reader.tally.add(Found.CASE_PLACE)
            made.sources.append(found)
        else:
            _dangling(reader, reference)
    return made


def _coded_as(reader: Reader, element: "_Element", on_texts: Mapping[str, Sequence[str]]) -> list[str]:
    """The texts of a case that is a code as well: those that the code is on."""
    wanted = [normal(element.get("guid")), *(normal(one.get("targetGUID")) for one in children(element, "CodeRef"))]
    found = [source for code in wanted for source in on_texts.get(code, ())]
    reader.tally.add(Found.CODE_IS_CASE, bool(found))
    return found


def _source(reader: Reader, reference: "_Element") -> list[str]:
    """The text that a reference means, as far as it is carried."""
    spot = reader.spots.get(normal(reference.get("targetGUID")))
    if spot is not None and spot.on is On.SOURCE:
        return [spot.about]
    _dangling(reader, reference)
    return []


def _dangling(reader: Reader, reference: "_Element") -> None:
    lost = normal(reference.get("targetGUID")) in reader.lost
    reader.tally.add(Found.MEMBER_WITH_TEXT if lost else Found.LOST_REFERENCE)


def _values(reader: Reader, element: "_Element", variables: Mapping[str, Variable]) -> dict[str, str]:
    """The values of a case or text by the names of their variables; what is not given is left out."""
    found: dict[str, str] = {}
    for holder in children(element, "VariableValue"):
        reference = child(holder, "VariableRef")
        variable = variables.get(normal(reference.get("targetGUID")) if reference is not None else "")
        value = next((one.text or "" for one in holder if local(one).endswith("Value")), "")
        if variable is None:
            reader.tally.add(Found.NO_VARIABLE)
        elif value.strip() or (value and variable.kind is Kind.TEXT):
            found.setdefault(variable.name, value if variable.kind is Kind.TEXT else value.strip())
    return found


def _of_texts(
    reader: Reader, cases: Sequence[_Made], texts: Sequence[Text], variables: Mapping[str, Variable]
) -> list[_Made]:
    """Values that texts carry themselves go to the one case of the text, or make a case of their own."""
    made = []
    for text in texts:
        values = _values(reader, text.holder, variables)
        owners = [one for one in cases if text.id in one.sources]
        if values and len(owners) == 1:
            missing = {name: value for name, value in values.items() if name not in owners[0].values}
            reader.tally.add(Found.SOURCE_VALUES, bool(missing))
            owners[0].values.update(missing)
        elif values:
            reader.tally.add(Found.SOURCE_CASE)
            made.append(_Made(Case(derived("case of text", text.id), text.name), [text.id], values))
    names = unique([*(one.case.name for one in cases), *(one.case.name for one in made)])[len(cases) :]
    for one, name in zip(made, names, strict=True):
        one.case = replace(one.case, name=name)
    return made


def checked(reader: Reader, variables: Mapping[str, Variable], cases: Sequence[Case]) -> tuple[Variable, ...]:
    """The variables, those with values that do not fit turned to text."""
    distinct = {variable.name: variable for variable in variables.values()}
    bad = Counter(name for case in cases for name, value in case.values if not fits(distinct[name].kind, value))
    reader.tally.add(Found.BAD_VALUE, len(bad))
    return tuple(replace(one, kind=Kind.TEXT) if one.name in bad else one for one in distinct.values())


def read_sets(reader: Reader, notes: frozenset[str]) -> tuple[Set, ...]:
    """The sets with those members that are carried."""
    sets = []
    for number, element in enumerate(children(reader.section("Sets"), "Set"), 1):
        id_ = reader.id_of("set", element)
        name = element.get("name") or f"set {number}"
        sources = [id_ for one in children(element, "MemberSource") for id_ in _source(reader, one)]
        codes = [code for one in children(element, "MemberCode") for code in _code(reader, one)]
        kept = []
        for one in children(element, "MemberNote"):
            if normal(one.get("targetGUID")) in notes:
                kept.append(normal(one.get("targetGUID")))
            else:
                _dangling(reader, one)
        sets.append(Set(id_, name, words(element, "Description"), tuple(codes), tuple(sources), tuple(kept)))
    return tuple(sets)


def _code(reader: Reader, reference: "_Element") -> list[str]:
    spot = reader.spots.get(normal(reference.get("targetGUID")))
    if spot is not None and spot.on is On.CODE:
        return [spot.about]
    _dangling(reader, reference)
    return []
