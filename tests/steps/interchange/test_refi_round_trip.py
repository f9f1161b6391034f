"""A study that goes out and comes in again is the same study, for every program it is written for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualbench.steps.interchange.refi import (
    Bundle,
    Case,
    Code,
    Coding,
    Kind,
    Note,
    On,
    Set,
    Source,
    Target,
    User,
    Variable,
    read,
    write,
)
from qualbench.text import canonical
from tests.steps.interchange.qdpx_files import members

SCHEMA = Path(__file__).parents[4] / "shared/data/refi/Project-mrt2019.xsd"
"""Only on machines that have the standard's schema; it is not part of the repository."""

ODD = [
    "\n",
    "\n\n",
    "\r",
    "🙂🏽",
    "e\u0301",
    "ß",
    "\ufeff",
    "\u2028",
    "\x00",
    "\x1b",
    "𝒜",
    "\u202e",
    "&<>\"'",
    " ",
    "ab",
    ".",
]
letters = st.one_of(st.sampled_from(ODD), st.characters(exclude_categories=["Cs"]))
texts = st.lists(letters, max_size=30).map("".join)
whole_texts = texts.map(canonical)
legal = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
"""Words that XML can carry: names, definitions and values."""
legal_words = legal.filter(lambda text: not any(c in "\ufffe\uffff" or ord(c) & 0xFFFE == 0xFFFE for c in text))
names = legal_words.map(str.strip).filter(bool)
times = st.sampled_from(["2026-01-05T09:00:00Z", "1999-12-31T23:59:59Z", "0999-01-01T00:00:00Z"])
values = {
    Kind.TEXT: names,
    Kind.BOOLEAN: st.sampled_from(["true", "false", "1", "0"]),
    Kind.INTEGER: st.integers().map(str),
    Kind.FLOAT: st.sampled_from(["1.5", "-0.25", "7", "+3.10"]),
    Kind.DATE: st.dates().map(lambda day: day.isoformat()),
    Kind.DATETIME: times,
}


@st.composite
def bundles(draw: st.DrawFn) -> Bundle:
    """Any study: several coders on overlapping spans, nested codes, odd signs everywhere."""
    users = [User(f"u{n}", name) for n, name in enumerate(draw(st.lists(names, min_size=1, max_size=3, unique=True)))]
    codes = draw_codes(draw)
    sources = [
        Source(f"s{n}", name, draw(whole_texts), draw(st.sampled_from(["", users[0].id])), draw(times))
        for n, name in enumerate(draw(st.lists(names, max_size=3, unique=True)))
    ]
    codings = draw_codings(draw, users, codes, sources)
    variables = [Variable(name, draw(st.sampled_from(Kind))) for name in draw(st.lists(names, max_size=3, unique=True))]
    cases = [
        Case(
            f"p{n}",
            name,
            tuple((one.name, draw(values[one.kind])) for one in variables if draw(st.booleans())),
            tuple(draw(st.lists(st.sampled_from([one.id for one in sources]), unique=True))) if sources else (),
        )
        for n, name in enumerate(draw(st.lists(names, max_size=2)))
    ]
    made = Bundle(
        draw(names), "study", "", draw(times), draw(legal_words).strip(), tuple(users), codes, tuple(sources), codings,
        variables=tuple(variables), cases=tuple(cases),
    )  # fmt: skip
    made = replace(made, notes=draw_notes(draw, made))
    picked = tuple(one.id for one in (*codes, *sources) if draw(st.booleans()))
    members_ = Set(
        "g", draw(names), "", tuple(id_ for id_ in picked if id_.startswith("c")),
        tuple(id_ for id_ in picked if id_.startswith("s")), tuple(note.id for note in made.notes[:1]),
    )  # fmt: skip
    return replace(made, sets=(members_,))


def draw_codes(draw: st.DrawFn) -> tuple[Code, ...]:
    codes: list[Code] = []
    for n, name in enumerate(draw(st.lists(names, min_size=1, max_size=5, unique=True))):
        parent = draw(st.sampled_from(["", *(code.id for code in codes)]))
        colour = draw(st.sampled_from(["", "#ff0000", "#AbC"]))
        codes.append(Code(f"c{n}", name, parent, draw(legal_words), colour))
    return tuple(codes)


def draw_codings(
    draw: st.DrawFn, users: Sequence[User], codes: Sequence[Code], sources: Sequence[Source]
) -> tuple[Coding, ...]:
    found = {}
    for source in (one for one in sources if one.text):
        for _ in range(draw(st.integers(0, 4))):
            start = draw(st.integers(0, len(source.text) - 1))
            end = draw(st.integers(start + 1, len(source.text)))
            user, code = draw(st.sampled_from(users)), draw(st.sampled_from(codes))
            found[source.id, user.id, code.id, start, end] = draw(texts.map(canonical)), draw(times)
    return tuple(Coding(f"k{n}", *key, at=at, memo=memo) for n, (key, (memo, at)) in enumerate(found.items()))


def draw_notes(draw: st.DrawFn, bundle: Bundle) -> tuple[Note, ...]:
    spots: list[tuple[On, str, int, int]] = [(On.STUDY, "", 0, 0)]
    spots += [(On.CODE, one.id, 0, 0) for one in bundle.codes] + [(On.CASE, one.id, 0, 0) for one in bundle.cases]
    spots += [(On.SOURCE, one.id, 0, 0) for one in bundle.sources]
    spots += [(On.PLACE, one.id, 0, len(one.text)) for one in bundle.sources if one.text]
    spots += [(On.CODING, one.id, 0, 0) for one in bundle.codings]
    chosen = draw(st.lists(st.tuples(st.sampled_from(spots), texts.map(canonical)), max_size=4))
    return tuple(
        Note(f"n{n}", text, *spot, bundle.users[0].id, "2026-01-05T09:00:00Z") for n, (spot, text) in enumerate(chosen)
    )


def said(bundle: Bundle) -> dict[str, object]:
    """What a study says, free of ids: things by their names, which are all different here."""
    users = {one.id: one.name for one in bundle.users} | {"": ""}
    codes = {one.id: one.name for one in bundle.codes} | {"": ""}
    texts_ = {one.id: one.name for one in bundle.sources}
    at = {one.id: (texts_[one.source], users[one.user], codes[one.code], one.start, one.end) for one in bundle.codings}
    things = {On.STUDY: {"": ""}, On.SOURCE: texts_, On.PLACE: texts_, On.CODE: codes, On.CODING: at}
    things[On.CASE] = {one.id: (one.name, one.values) for one in bundle.cases}
    notes = {one.id: (one.text, one.on, things[one.on][one.about], one.start, one.end) for one in bundle.notes}
    return {
        "name": bundle.name,
        "description": bundle.description,
        "texts": [(one.name, one.text, users[one.author], one.at) for one in bundle.sources],
        "codes": sorted((one.name, codes[one.parent], one.definition, one.colour) for one in bundle.codes),
        "codings": sorted((at[one.id], one.memo, one.at) for one in bundle.codings),
        "notes": sorted(repr((notes[one.id], users[one.author], one.at)) for one in bundle.notes),
        "variables": {one.name: one.kind for one in bundle.variables},
        "cases": [(one.name, dict(one.values), sorted(texts_[id_] for id_ in one.sources)) for one in bundle.cases],
        "sets": [
            (one.name, [codes[i] for i in one.codes], [texts_[i] for i in one.sources], [notes[i] for i in one.notes])
            for one in bundle.sets
        ],
    }


@settings(max_examples=60)
@given(bundles(), st.sampled_from(Target))
def test_a_study_comes_back_as_it_went_out(bundle: Bundle, target: Target) -> None:
    written = write(bundle, target)
    back = read("study.qdpx", written.data)
    assert said(back.bundle) == said(bundle)
    assert [finding.found for finding in back.report.findings] == []


@settings(max_examples=40)
@given(bundles(), st.sampled_from(Target))
def test_what_came_in_goes_out_as_the_same_bytes(bundle: Bundle, target: Target) -> None:
    first = write(bundle, target).data
    assert write(bundle, target).data == first
    assert write(read("study.qdpx", first).bundle, target).data == first


@pytest.mark.skipif(not SCHEMA.exists(), reason="the standard's schema is not on this machine")
@settings(max_examples=40)
@given(bundles(), st.sampled_from(Target))
def test_every_file_is_valid_against_the_schema(bundle: Bundle, target: Target) -> None:
    from lxml import etree

    schema = etree.XMLSchema(etree.parse(str(SCHEMA)))
    schema.assertValid(etree.fromstring(members(write(bundle, target).data)["project.qde"]))


@settings(max_examples=60)
@given(bundles())
def test_positions_are_places_in_the_files_whatever_the_line_ends(bundle: Bundle) -> None:
    """An oracle that knows nothing of the reader: each selection, cut out of its file, has the words of its coding."""
    from lxml import etree

    expected = sorted(
        next(one.text for one in bundle.sources if one.id == coding.source)[coding.start : coding.end]
        for coding in bundle.codings
    )
    for target in Target:
        files = members(write(bundle, target).data)
        root = etree.fromstring(files["project.qde"])
        cut = []
        for text in root.iter("{*}TextSource"):
            words = files["sources/" + text.get("plainTextPath").removeprefix("internal://")].decode("utf-8")
            cut += [
                words[int(one.get("startPosition")) : int(one.get("endPosition"))]
                for one in text.iterchildren("{*}PlainTextSelection")
                if one.find("{*}Coding") is not None
            ]
        assert sorted(words.replace("\r\n", "\n") for words in cut) == expected
