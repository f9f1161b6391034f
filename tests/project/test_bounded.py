"""Lists of work: what an index query found is all that a round asks about, and stays apart from the index coding."""

from __future__ import annotations

import pytest

from qualbench.errors import BadDecision, QualbenchError
from qualbench.model import PassState, Scope, SegmentRule
from qualbench.project import Project
from qualbench.steps.coding import OutsideTheList
from tests.conftest import add_interview, code, spans
from tests.project.conftest import plan

BOOK = """
format: qualbench-codebook/1
title: An index and an analysis
version: "1.0"
codes:
  - {id: BEGIN, label: The beginning, kind: index, definition: d, exclude: e, examples: [x]}
  - {id: AFTER, label: Afterwards, kind: index, definition: d, exclude: e, examples: [x]}
  - {id: TRUST, label: Trust, kind: analytic, definition: d, exclude: e, examples: [x]}
  - {id: HOPE, label: Hope, kind: analytic, definition: d, exclude: e, examples: [x]}
"""
INDEX = ["BEGIN", "BEGIN", "AFTER", ""]
TALK = "I: How did it begin?\nP1: One.\nI: So?\nP1: Two.\nI: And then?\nP1: Three.\nI: Thanks.\nP1: Four.\n"


@pytest.fixture
def indexed(study: Project) -> Project:
    """Two interviews that ana alone has indexed, and a saved query for their beginnings."""
    study.release_codebook("book.yaml", BOOK.replace('"1.0"', '"2.0"'))
    for name in ("one", "two"):
        add_interview(study, f"{name}.txt", TALK + f"I: {name}\n")
    plan(study, "Index", {"one": "ana", "two": "ana"})
    for name in ("one", "two"):
        code(study, "ana", INDEX, name)
    study.save_query("Beginnings", "BEGIN")
    return study


def begin(project: Project, coders: tuple[str, ...] = ("ana", "ben")) -> None:
    draw = project.draw_bound("Beginnings", coders, share=1.0, each=len(coders), seed=1)
    project.plan_bound("Trust", "Beginnings", draw, seed=1)


def decide(project: Project, coder: str, codes: list[str], name: str = "one", *, submit: bool = True) -> None:
    """Let a coder decide the first segments of a transcript, which are its list of work."""
    project.viewer = coder
    pass_ = project.open_pass(name)
    for (start, end), here in zip(spans(project, name), codes, strict=False):
        if here:
            project.apply_code(pass_.id, here, start, end)
        else:
            project.mark_nothing(pass_.id, start, end)
    if submit:
        project.submit([name])


def test_a_round_asks_only_for_what_its_query_found(indexed: Project) -> None:
    begin(indexed)
    round_ = indexed.round("Trust")
    one = indexed.transcript("one")
    assert round_.bound == "Beginnings"
    assert [place[1:] for place in indexed.work_list("Trust") if place[0] == one.id] == spans(indexed, "one")[:2]
    assert indexed.may_begin(one), "that its index is opened takes nothing away"
    decide(indexed, "ben", ["TRUST"], submit=False)
    held = indexed.own_pass(one.id)
    assert held is not None
    assert held.round == round_.id
    assert not held.late
    assert [(s.start, s.end) for s in indexed.undecided(one)] == spans(indexed, "one")[1:2]
    (told,) = [row for row in indexed.progress() if row.transcript == one.id]
    assert (told.decided, told.total) == (1, 2)
    indexed.mark_nothing(held.id, *spans(indexed, "one")[1])
    indexed.submit(["one"])
    assert indexed.own_pass(one.id).state is PassState.SUBMITTED  # type: ignore[union-attr]  # it is there


def test_nothing_is_decided_outside_the_list(indexed: Project) -> None:
    begin(indexed)
    indexed.viewer = "ben"
    pass_ = indexed.open_pass("one")
    inside, outside = spans(indexed, "one")[1:3]
    for act in (
        lambda span: indexed.apply_code(pass_.id, "TRUST", *span),
        lambda span: indexed.mark_nothing(pass_.id, *span),
        lambda span: indexed.propose_code(pass_.id, "New", *span),
    ):
        with pytest.raises(OutsideTheList, match="not on the list of work of the round 'Trust'"):
            act(outside)
        with pytest.raises(OutsideTheList):
            act((inside[0], outside[1]))
    assert indexed.write_memo(pass_.id, *outside, "A thought.")
    assert indexed.apply_code(pass_.id, "TRUST", *inside)


def test_a_table_for_a_list_says_nothing_of_the_rest(indexed: Project) -> None:
    from qualbench.steps.interchange.codings_csv import Line

    begin(indexed)
    first, second, third, _ = spans(indexed, "one")
    indexed.import_codings("t.csv", [Line("one", *first, "TRUST", "ben")])
    indexed.viewer = "ben"
    held = indexed.own_pass(indexed.transcript("one").id)
    assert held is not None
    assert indexed.decided_spans(held) == [first, second], "read with nothing that applies, as far as it was asked"
    with pytest.raises(OutsideTheList):
        indexed.import_codings("t.csv", [Line("one", *third, "TRUST", "ben")])


def test_nobody_reads_another_before_the_list_is_handed_in(indexed: Project) -> None:
    begin(indexed)
    decide(indexed, "ana", ["TRUST", ""])
    one = indexed.transcript("one").id
    for viewer in ("ben", "lead", ""):
        indexed.viewer = viewer
        assert {c.code for c in indexed.codings(one)} == {"BEGIN", "AFTER"}, "the index is opened, the list is not"
        assert not [c for c in indexed.ask("TRUST").passages if c.transcript == one]
        assert indexed.list_coverage("Trust").looked_at == 0
        assert indexed.uncoded("Trust") == ()
    decide(indexed, "ben", ["", ""])
    indexed.viewer = "lead"
    assert "TRUST" in {c.code for c in indexed.codings(one)}
    assert indexed.list_coverage("Trust").looked_at == 2


def test_a_coder_of_the_list_differs_only_about_what_both_were_asked(indexed: Project) -> None:
    """Ben never indexed: he takes the index as it is, and disagrees about trust alone."""
    begin(indexed)
    decide(indexed, "ana", ["TRUST", ""])
    decide(indexed, "ben", ["", ""])
    (item,) = indexed.items()
    assert item.readings == {"ana": ("BEGIN", "TRUST"), "ben": ("BEGIN",)}
    one = indexed.transcript("one").id
    first, second, third, fourth = ((one, *span) for span in spans(indexed, "one"))
    settled = indexed.settled().codes
    assert first not in settled, "it waits for the team"
    assert (settled[second], settled[third], settled[fourth]) == ({"BEGIN"}, {"AFTER"}, frozenset())
    assert [one.open for one in indexed.settling()][:1] == [1], "counted as it is listed"
    figures = indexed.agreement(Scope(round="Trust"))
    trust = next(one for one in figures.codes if one.code == "TRUST")
    assert (trust.both, trust.only_a, trust.only_b, trust.neither) == (0, 1, 0, 1), "two segments, not four"


def test_what_the_team_decided_about_the_index_stays_decided(study: Project) -> None:
    from qualbench.model import Outcome, Reason

    study.release_codebook("book.yaml", BOOK.replace('"1.0"', '"2.0"'))
    code(study, "ana", ["BEGIN", "BEGIN", "", ""])
    code(study, "ben", ["AFTER", "BEGIN", "", ""])
    (item,) = study.items()
    study.decide(item, Outcome.FIRST, reason=Reason.SLIP)
    study.save_query("Beginnings", "BEGIN")
    begin(study)
    for coder in ("ana", "ben"):
        decide(study, coder, ["TRUST", ""], "talk")
    place = (study.transcript("talk").id, *spans(study)[0])
    assert study.settled().codes[place] == {"BEGIN", "TRUST"}
    assert study.items() == (), "nobody differs about trust"


def test_what_was_left_uncoded_can_be_read_once_more(indexed: Project) -> None:
    begin(indexed)
    for coder in ("ana", "ben"):
        decide(indexed, coder, ["TRUST", ""])
    (left,) = indexed.uncoded("Trust")
    assert (left.name, left.line, left.text) == ("one", 4, "Two.")
    told = indexed.list_coverage("Trust")
    assert (told.listed, told.looked_at, told.coded) == (4, 2, 1)


def test_what_can_not_be_bound(indexed: Project) -> None:
    with pytest.raises(QualbenchError, match="no saved query called 'Endings'"):
        indexed.draw_bound("Endings", ["ana"], share=1.0, each=1, seed=1)
    indexed.save_query("Nothing", "HOPE")
    with pytest.raises(BadDecision, match="finds nothing"):
        indexed.draw_bound("Nothing", ["ana"], share=1.0, each=1, seed=1)
    begin(indexed)
    with pytest.raises(BadDecision, match="finds nothing in transcripts that could be coded now"):
        indexed.draw_bound("Beginnings", ["ana"], share=1.0, each=1, seed=1)
    indexed.save_query("Ends", "AFTER")
    indexed.bind_round("Trust", "Ends")
    assert {place[1:] for place in indexed.work_list("Trust")} == {spans(indexed, "one")[2]}
    decide(indexed, "ben", [], submit=False)
    with pytest.raises(BadDecision, match="Somebody codes in the round 'Trust' already"):
        indexed.bind_round("Trust", "Beginnings")


def test_a_corrected_text_takes_its_list_along(indexed: Project) -> None:
    begin(indexed)
    one = indexed.transcript("one")
    indexed.correct("one", one.text.replace("One.", "One, twice."), "typing")
    assert [place[1:] for place in indexed.work_list("Trust") if place[0] == one.id] == spans(indexed, "one")[:2]
    decide(indexed, "ben", ["TRUST", "HOPE"])
    assert all(is_well for is_well, _ in indexed.examine())


def test_index_codes_go_on_whole_turns(study: Project) -> None:
    study.release_codebook("book.yaml", BOOK.replace('"1.0"', '"2.0"'))
    study.segment("talk", SegmentRule.SENTENCE)
    transcript = study.transcript("talk")
    first = next(turn for turn in transcript.turns if "trusted" in transcript.text[turn.start : turn.end])
    pass_ = study.open_pass("talk")
    start = transcript.text.index("She had")
    study.apply_index(pass_.id, "BEGIN", start, start + 3)
    (put,) = study.codings()
    assert transcript.text[put.start : put.end] == "I trusted her at once. She had been there."
    assert (put.start, put.end) == (first.body, first.end)
