"""Sitting down together: who is there, in which role, and when a session can be opened, paused and closed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from qualbench import events as e
from qualbench.errors import BadDecision
from qualbench.model import AgendaSort, Session, SessionState
from qualbench.steps import consensus

OPEN = Session(
    "s1", "r1", ("ana", "ben"), "", "", "", False, AgendaSort.TRANSCRIPT, (), "1.0", SessionState.OPEN, "ana", ""
)  # fmt: skip


def opened(*people: str, others: tuple[Session, ...] = (), round_: str = "r1", **more: Any) -> e.SessionOpened:
    (fact,) = consensus.open_session(people=people, known=["ana", "ben"], others=others, round_=round_, **more)
    assert isinstance(fact, e.SessionOpened)
    return fact


def stated(session: Session, state: SessionState, people: Any = None, others: Any = ()) -> e.SessionStated:
    (fact,) = consensus.state_session(session, state, people=people, known=["ana", "ben"], others=others, note=" N ")
    assert isinstance(fact, e.SessionStated)
    return fact


def test_people_are_called_as_the_study_calls_them_and_guests_as_they_are_named() -> None:
    fact = opened("Ana", " ben ", "ana", "Dr.  Vell", chair="BEN", scribe="dr. vell", standing="Dr. Vell")
    assert fact.people == ["ana", "ben", "Dr. Vell"]
    assert (fact.chair, fact.scribe, fact.standing) == ("ben", "Dr. Vell", "Dr. Vell")


def test_a_session_needs_somebody_and_its_roles_are_held_by_those_who_are_there() -> None:
    with pytest.raises(BadDecision, match="at least one person"):
        opened(" ", "")
    with pytest.raises(BadDecision, match="'cleo' is not there, so can not be the chair"):
        opened("ana", chair="cleo")
    with pytest.raises(BadDecision, match="the person of most standing"):
        opened("ana", standing="cleo")


def test_over_one_round_one_session_is_open_at_a_time() -> None:
    with pytest.raises(BadDecision, match="A session of ana, ben is open over this already"):
        opened("ana", others=(OPEN,))
    assert opened("ana", others=(OPEN,), round_="r2").round == "r2"
    assert opened("ana", others=(OPEN,), round_="").round == ""
    for state in (SessionState.PAUSED, SessionState.CLOSED):
        assert opened("ana", others=(replace(OPEN, state=state),)).round == "r1"


def test_it_is_broken_off_and_taken_up_again_by_others() -> None:
    fact = stated(OPEN, SessionState.PAUSED)
    assert (fact.state, fact.people, fact.note) == ("paused", ["ana", "ben"], e.seal("N"))
    paused = replace(OPEN, state=SessionState.PAUSED)
    assert stated(paused, SessionState.OPEN, ["cleo", "Ben"]).people == ["cleo", "ben"]
    assert stated(paused, SessionState.CLOSED).state == "closed"
    assert stated(OPEN, SessionState.OPEN, ["ana"]).people == ["ana"], "somebody leaves while it goes on"


def test_what_can_not_be_said_of_a_session_is_refused() -> None:
    closed, paused = replace(OPEN, state=SessionState.CLOSED), replace(OPEN, state=SessionState.PAUSED)
    with pytest.raises(BadDecision, match="is closed"):
        stated(closed, SessionState.OPEN)
    with pytest.raises(BadDecision, match="open already"):
        stated(OPEN, SessionState.OPEN)
    with pytest.raises(BadDecision, match="paused already"):
        stated(paused, SessionState.PAUSED)
    with pytest.raises(BadDecision, match="at least one person"):
        stated(paused, SessionState.OPEN, [])
    with pytest.raises(BadDecision, match="is open over this already"):
        stated(paused, SessionState.OPEN, others=[paused, replace(OPEN, id="s2")])
    assert stated(paused, SessionState.OPEN, others=[paused]).state == "open"
