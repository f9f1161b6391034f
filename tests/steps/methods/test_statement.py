"""The method statement: every change with its date and reason, and no word that the method refuses."""

from __future__ import annotations

import pytest

from qualbench.errors import BadDecision
from qualbench.events import MethodChanged
from qualbench.model import Method, Study
from qualbench.steps.methods import MethodTurn, PhaseTurn, change, statement

STUDY = Study("s", "Rain", Method.REFLEXIVE, 2, "2026-01-05T09:00:00Z")


def test_a_study_that_was_never_changed_says_since_when() -> None:
    said = statement(STUDY, (), ())
    assert said[0] == "The study follows reflexive thematic analysis, as it did from its beginning on 2026-01-05."
    assert "Consensus: not sought." in said
    assert not any("reliab" in one.casefold() for one in said)


def test_every_change_stands_there_with_its_reason() -> None:
    changes = (
        MethodTurn(Method.CODEBOOK, Method.CQR, "We are\na team of four", "ana", "2026-02-01T09:00:00Z"),
        MethodTurn(Method.CQR, Method.REFLEXIVE, "Two left!", "", "2026-03-01T09:00:00Z"),
    )
    said = statement(STUDY, changes, ())
    assert said[0].endswith("It was begun on 2026-01-05 as codebook thematic analysis.")
    assert said[1].startswith("On 2026-02-01 ana changed the method from codebook thematic analysis to consensual")
    assert said[1].endswith("The reason: We are a team of four.")
    assert "somebody changed" in said[2]
    assert said[2].endswith("The reason: Two left!")


def test_going_back_to_a_phase_is_said() -> None:
    turns = [PhaseTurn(one, "", "ana", f"2026-0{n}-01") for n, one in enumerate(("coding", "reviewing", "coding"), 2)]
    last = statement(STUDY, (), turns)[-1]
    assert "phase 2 (coding) from 2026-02-01, phase 4 (developing and reviewing themes) from 2026-03-01" in last
    assert last.endswith("some were gone back to.")
    assert statement(STUDY, (), [PhaseTurn("domains", "", "ana", "2026-02-01")]) == statement(STUDY, (), ())


def test_a_change_needs_another_method_and_a_reason() -> None:
    (fact,) = change(STUDY, Method.CQR, " four judges ")
    assert isinstance(fact, MethodChanged)
    assert fact.method == "cqr"
    assert [one.body for one in fact.sealed()] == [b"four judges"]
    with pytest.raises(BadDecision, match="already"):
        change(STUDY, Method.REFLEXIVE, "why not")
    with pytest.raises(BadDecision, match="reason"):
        change(STUDY, Method.CQR, " \n ")
