"""The states of a code, its origin, and codes that exclude each other."""

from __future__ import annotations

import pytest

from qualbench.model import Code
from qualbench.steps.codebook import lifecycle
from tests.steps.codebook.books import book


def test_a_code_goes_from_proposed_over_trial_to_active_and_ends_once() -> None:
    assert "trial" in lifecycle.next_states("proposed")
    assert "active" in lifecycle.next_states("trial")
    for status in ("trial", "active"):
        assert set(lifecycle.next_states(status)) >= {"retired", "merged", "split"}
    assert lifecycle.next_states("retired") == ("active",)
    assert lifecycle.next_states("merged") == lifecycle.next_states("split") == ()
    assert all("proposed" not in lifecycle.next_states(status) for status in lifecycle.STATES)


def test_a_state_of_an_older_release_counts_as_proposed() -> None:
    assert lifecycle.next_states("draft") == lifecycle.next_states("proposed")


def test_what_a_code_went_into_is_part_of_its_state() -> None:
    small = book(Code("A", "Trust"), Code("B", "Hope"), Code("C", "Fear", status="split", into=("A", "B")))
    assert lifecycle.state_of(small.codes[2], small) == "split into Trust and Hope"
    assert lifecycle.state_of(Code("D", "Rain", status="trial"), small) == "on trial"


@pytest.mark.parametrize(
    ("origin", "kind", "source"),
    [
        ("a priori: interview guide, part 1", "deductive", "interview guide, part 1"),
        ("deductive: Hill 2012", "deductive", "Hill 2012"),
        ("A-priori", "deductive", ""),
        ("emergent", "inductive", ""),
        ("in vivo: she said: go", "inductive", "she said: go"),
        ("Inductive: Interview 3, 10-40", "inductive", "Interview 3, 10-40"),
        ("the team's talk", "", "the team's talk"),
        ("", "", ""),
    ],
)
def test_the_origin_is_deductive_inductive_or_not_said(origin: str, kind: str, source: str) -> None:
    assert lifecycle.origin_of(Code("A", "Trust", origin=origin)) == (kind, source)


def test_codes_of_one_group_exclude_each_other_and_retired_ones_are_left_out() -> None:
    stages = book(
        Code("A", "Early", group="Stage"),
        Code("B", "Late", group=" stage"),
        Code("C", "Never", group="Stage", status="retired"),
        Code("D", "Loud", group="Tone"),
        Code("E", "Free"),
    )
    found = {name: [code.id for code in codes] for name, codes in lifecycle.exclusive(stages).items()}
    assert found == {"Stage": ["A", "B"], "Tone": ["D"]}
    assert lifecycle.clash(stages, ["E", "B", "D", "A"]) == {"Stage": ("A", "B")}
    assert lifecycle.clash(stages, ["A", "C", "D", "E"]) == {}
