"""Checklists: every item of the sources is there once, and none is done where the log shows nothing."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.steps.checklists import (
    CHECKLISTS,
    Answer,
    Asked,
    Board,
    Book,
    Checklist,
    Coding,
    Fill,
    Filled,
    Log,
    People,
    Run,
    Settling,
    State,
    Transcripts,
    UnknownChecklist,
    UnknownItem,
    checklist,
    fill,
)

FULL = Log(
    method="negotiated agreement",
    needs_agreement=True,
    software="Qualbench 9",
    transcripts=Transcripts(
        12, 96_000, "2026-01-05", "2026-01-20", (31.0, 64.4), 2, 12, 2, 340, ("turn",), 3,
    ),
    people=People(20, 0, 4, (("age", 20), ("site", 18), ("income", 0)), 1),
    coding=Coding(
        ("ana", "ben"), 20, 10, "2026-02-01", "2026-02-20", ("1.0", "1.1"), 1_000, 1_200, 400, 990,
        "No coder had suggestions of codes on.", (("First", "2026-02-01", "Drawn at random."),),
    ),
    book=Book((("1.0", "2026-01-25"), ("1.1", "2026-02-10")), 24, 2, 15, 7, 24),
    runs=(
        Run("r1", "2026-02-21", ("ana", "ben"), 400, 24, 22, 0.61, 0.94, "95 %, by transcript", "the round First"),
    ),
    benchmark="Krippendorff 2004: .800",
    settling=Settling(40, 2, 1, 0, (("a slip", 30), ("definition unclear", 12)), "2026-02-22", "2026-02-23"),
    board=Board(5, 3, "2026-03-01", "2026-03-09", 8, 6, 7, 8, 350, 24, 14, 0, 2_000, 1_100, (), 8, 1),
    asked=(
        Asked("transcript returned", False, 12, 9, (("no change", 7), ("corrections", 2))),
        Asked("findings returned", True, 12, 0, ()),
    ),
    memos={"bias": 4, "reflexive": 9, "": 30},
    saturation="Saturation is reached at 6+2 interviews.",
)  # fmt: skip
"""A study that did everything."""

NUMBERS = {
    "coreq": [str(n) for n in range(1, 33)],
    "srqr": [f"S{n}" for n in range(1, 22)],
    "jars": [f"J{n}" for n in range(1, 25)],
    "oconnor-joffe": [f"O{n}" for n in range(1, 15)],
    "braun-clarke": [str(n) for n in range(1, 16)],
}
"""COREQ has 32 items, SRQR 21, Braun & Clarke's table 15 points; the others are numbered here."""


def filled(of: Checklist, log: Log, *answers: Answer) -> Filled:
    return fill(of, log, answers, "A study", "2026-03-09")


def states(of: str, log: Log, *answers: Answer) -> dict[str, State]:
    return {line.item.number: line.state for line in filled(checklist(of), log, *answers).lines}


@pytest.mark.parametrize("of", CHECKLISTS, ids=lambda one: one.id)
def test_every_item_is_there_once_with_its_number_and_the_source_is_named(of: Checklist) -> None:
    assert [one.number for one in of.items] == NUMBERS[of.id]
    assert any(year in of.source for year in ("2006", "2007", "2014", "2018", "2020"))
    assert all(one.asks.endswith(".") and one.section for one in of.items)
    assert len({one.asks for one in of.items}) == len(of.items)


@pytest.mark.parametrize("of", CHECKLISTS, ids=lambda one: one.id)
def test_an_empty_log_shows_nothing(of: Checklist) -> None:
    empty = filled(of, Log())
    assert [line.item.number for line in empty.lines if not line.is_gap] == []
    assert [fact for line in empty.lines for fact in line.shown] == []
    assert empty.gaps == empty.lines


@pytest.mark.parametrize("of", CHECKLISTS, ids=lambda one: one.id)
def test_a_study_that_did_everything_shows_every_item_that_a_log_can_fill(of: Checklist) -> None:
    for line in filled(of, FULL).lines:
        wanted = {Fill.LOG: State.SHOWN, Fill.ASKED: State.ASKED, Fill.AUTHORS: State.AUTHORS}[line.item.fill]
        assert line.state is wanted, line.item.number
        assert all(fact.words.endswith((".", ".800")) and fact.where for fact in line.shown)


PARTS = [name.name for name in fields(Log) if is_dataclass(getattr(FULL, name.name)) or name.name in ("runs", "memos")]


@given(st.sets(st.sampled_from([*PARTS, "benchmark", "saturation", "software", "method"])))
def test_nothing_is_done_without_a_fact_whatever_a_log_lacks(kept: set[str]) -> None:
    """Any part of the log may be missing: a shown item always has facts, and all of them speak for it."""
    log = replace(Log(), **{name: getattr(FULL, name) for name in kept})
    for of in CHECKLISTS:
        for line in filled(of, log).lines:
            if line.state is State.SHOWN:
                assert line.item.fill is Fill.LOG
                assert line.shown
                assert all(fact.holds for fact in line.shown)
            assert line.state is not State.ANSWERED


def test_an_item_rests_on_its_first_fact_and_not_on_what_stands_beside_it() -> None:
    """A released codebook alone does not say who coded; nor does it say when agreement was assessed."""
    released = replace(Log(), book=FULL.book)
    assert states("srqr", released)["S14"] is State.NOTHING
    assert states("oconnor-joffe", released)["O8"] is State.NOTHING
    assert states("coreq", released)["25"] is State.SHOWN


def test_what_speaks_against_an_item_does_not_make_it_done() -> None:
    unlabelled = replace(FULL, board=replace(FULL.board, unlabelled=2))
    assert states("coreq", unlabelled)["29"] is State.OTHERWISE
    emerging = replace(FULL, board=replace(FULL.board, emerging=("Trust",)))
    assert states("braun-clarke", emerging)["14"] is State.OTHERWISE
    never_run = replace(FULL, runs=())
    assert states("braun-clarke", never_run)["13"] is State.OTHERWISE
    reflexive = replace(FULL, counts=False, needs_agreement=False)
    assert states("braun-clarke", reflexive)["13"] is State.OTHERWISE


def test_an_answer_fills_an_item_and_one_that_asks_the_same_elsewhere() -> None:
    said = Answer("coreq", "10", "All outreach workers of the county.", "ana", "2026-03-01")
    assert states("coreq", Log(), said)["10"] is State.ANSWERED
    lines = {line.item.number: line for line in filled(checklist("srqr"), Log(), said).lines}
    assert (lines["S8"].state, lines["S8"].elsewhere) == (State.ANSWERED, "COREQ 10")
    assert lines["S7"].state is State.AUTHORS
    own = Answer("srqr", "S8", "Purposively.", "ana", "2026-03-02")
    later = replace(said, at="2026-03-03")
    lines = {line.item.number: line for line in filled(checklist("srqr"), Log(), own, later).lines}
    assert lines["S8"].answer == own
    assert lines["S8"].elsewhere == ""


def test_facts_of_the_log_come_before_an_answer() -> None:
    said = Answer("coreq", "24", "Two.", "ana", "2026-03-01")
    (line,) = (one for one in filled(checklist("coreq"), FULL, said).lines if one.item.number == "24")
    assert line.state is State.SHOWN
    assert line.answer == said
    assert line.shown[0].words == "2 coders (ana, ben) handed in 20 passes on 10 transcripts."
    assert line.shown[0].where == "passes of 2026-02-01 to 2026-02-20"


def test_facts_say_their_figures() -> None:
    """400 of 1,200 segments are 33.3 %; 990 of 1,000 decided leave 1 % skipped."""
    every = {fact.words for of in CHECKLISTS for line in filled(of, FULL).lines for fact in line.shown}
    for wanted in (
        "400 of 1,200 segments of the study (33.3%) have two readings or more.",
        "990 of 1,000 segments of 10 opened transcripts are decided by every coder of theirs; 1% were skipped.",
        "Known of the participants: age (20 of 20), site (18 of 20).",
        "4 participants of 20 speak in more than one transcript.",
        "15 codes set beforehand, 7 from the data; of 2 codes the origin is not written.",
        "The last time stamp stands at 31 to 64 minutes, in 2 of 12 transcripts.",
        "Memos of the team: on biases and expectations 4, on the coder's own part 9.",
        "Krippendorff's alpha of ana and ben on 400 segments, 22 of 24 codes with a value, 0.61 to 0.94.",
        "40 disagreements decided in consensus, both readings kept, 2 kept apart, 1 deferred. "
        "Reasons: a slip 30, definition unclear 12.",
    ):
        assert wanted in every


def test_items_are_found_by_number_in_any_case() -> None:
    srqr = checklist("srqr")
    assert srqr.item("s5") is srqr.item("5") is srqr.item("S5")
    with pytest.raises(UnknownItem, match="SRQR has no item 'S22'"):
        srqr.item("S22")
    with pytest.raises(UnknownChecklist, match="Known are: coreq, srqr"):
        checklist("strobe")


def test_what_went_back_to_participants_is_told_with_how_many_answered() -> None:
    lines = {line.item.number: line for line in filled(checklist("coreq"), FULL).lines}
    assert [fact.words for fact in lines["23"].shown] == [
        "Transcript returned: sent to 12 participants, 9 answered (no change 7, corrections 2)."
    ]
    assert [fact.words for fact in lines["28"].shown] == ["Findings returned: sent to 12 participants, 0 answered."]
