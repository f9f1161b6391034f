"""Random studies, counted once more the slow way: place by place, with sets."""

import random
import time
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from qualbench.model import Code, Role
from qualbench.steps.matrices import (
    Case,
    Count,
    Evidence,
    Place,
    Rows,
    Source,
    Together,
    View,
    by_attribute,
    by_participant,
    cooccurrence,
    evidence,
    places,
    prevalence,
)
from tests.steps.matrices.studies import CODES, THEMES, drawn

VIEWS = [
    View(),
    View(rolled_up=True),
    View(layer="ana"),
    View(rows=Rows.THEMES),
    View(rows=Rows.THEMES, rolled_up=True),
]
PARENT = {code.id: code.parent for code in CODES}
ABOVE = {theme.id: theme.parent for theme in THEMES}


def speech(study: Evidence, view: View) -> list[Place]:
    """What participants say in the layer, coded or not."""
    return [p for p in study.places if p.layer == view.layer and p.role in (Role.PARTICIPANT, None)]


def belongs(place: Place, row: str, view: View) -> bool:
    codes = {place.code} | ({PARENT.get(place.code, "")} if view.rolled_up else set())
    if view.rows is Rows.CODES:
        return row in codes
    return any(codes & set(theme.codes) and row in (theme.id, ABOVE[theme.id]) for theme in THEMES)


def under(study: Evidence, row: str, view: View) -> list[Place]:
    return [p for p in speech(study, view) if p.code and belongs(p, row, view)]


def spans(found: list[Place]) -> set[tuple[str, int, int]]:
    return {(p.transcript, p.start, p.end) for p in found}


def people(found: list[Place]) -> set[str]:
    return {p.participant for p in found} - {""}


@given(drawn(), st.sampled_from(VIEWS))
def test_participants_by_hand(study: Evidence, view: View) -> None:
    if view.layer not in study.layers:
        return
    made = by_participant(study, view)
    assert {head.id for head in made.columns} == people(speech(study, view))
    for (r, row), (c, column) in product(enumerate(made.rows), enumerate(made.columns)):
        found = [p for p in under(study, row.id, view) if p.participant == column.id]
        assert made.cells[r, c] == len(spans(found))
        assert list(places(made, row.id, column.id)) == found


@given(drawn(), st.sampled_from(VIEWS))
def test_prevalence_and_sites_by_hand(study: Evidence, view: View) -> None:
    if view.layer not in study.layers:
        return
    site = {case.id: dict(case.attributes)["site"] for case in study.cases}
    made, found = by_attribute(study, "site", view, Count.PARTICIPANTS), prevalence(study, view)
    assert found.of == len(people(speech(study, view)))
    for r, row in enumerate(found.rows):
        here = under(study, row.id, view)
        assert row.participants == len(people(here))
        assert row.segments == len(spans(here))
        assert row.transcripts == len({p.transcript for p in here})
        assert row.groups == ("t3" in {p.transcript for p in here})
        for c, column in enumerate(made.columns):
            there = {who for who in people(here) if site[who] == column.id}
            assert made.cells[r, c] == len(there)
            assert column.of == len({who for who in people(speech(study, view)) if site[who] == column.id})


def meets(one: tuple[str, int, int], other: tuple[str, int, int]) -> bool:
    return one[0] == other[0] and max(one[1], other[1]) < min(one[2], other[2])


@given(drawn(), st.sampled_from(VIEWS))
def test_co_occurrence_by_hand(study: Evidence, view: View) -> None:
    if view.layer not in study.layers:
        return
    same, words, turn = (cooccurrence(study, view, one) for one in Together)
    for (r, row), (c, column) in product(enumerate(same.rows), enumerate(same.rows)):
        one, other = under(study, row.id, view), under(study, column.id, view)
        assert same.cells[r, c] == len(spans(one) & spans(other))
        turns = [{(p.transcript, p.turn) for p in found} for found in (one, other)]
        assert turn.cells[r, c] == len(turns[0] & turns[1])
        pairs = [(a, b) for a, b in product(spans(one), spans(other)) if meets(a, b)]
        assert words.cells[r, c] == (len(pairs) if r != c else len(spans(one)))
        met = [(p, q) for p, q in product(one, other) if any(meets(a, b) for a, b in product(spans([p]), spans([q])))]
        assert set(places(words, row.id, column.id)) == {place for pair in met for place in pair}


def test_500_codes_by_1000_participants_in_less_than_a_tenth_of_a_second() -> None:
    chance = random.Random(7)
    codes = [Code(f"c{n}", f"c{n}", f"c{n // 10}" if n > 50 else "") for n in range(500)]
    found = [
        Place("consensus", f"t{n // 40}", n // 5 % 8 * 99, n // 5 % 8 * 99 + 90, f"c{chance.randrange(500)}",
              n // 5 % 8, Role.PARTICIPANT, f"p{n // 40}")
        for n in range(40_000)
    ]  # fmt: skip
    study = evidence(found, codes=codes, cases=[Case(f"p{n}", f"P{n}") for n in range(1000)],
                     transcripts=[Source(f"t{n}", f"T{n}") for n in range(1000)])  # fmt: skip
    view = View(rolled_up=True)
    for make in (lambda: by_participant(study, view), lambda: cooccurrence(study, view, Together.OVERLAP)):
        times = []
        for _ in range(5):
            began = time.process_time()
            made = make()
            times.append(time.process_time() - began)
        assert made.cells.any()
        assert min(times) < 0.1
