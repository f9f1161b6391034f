"""The order of states is proposed and not forced, and an auditor's comment goes its way."""

from __future__ import annotations

import pytest

from qualbench import events
from qualbench.errors import BadDecision
from qualbench.model import CaseState, Comment
from qualbench.steps.cqr import AuditorsComment, next_state
from qualbench.steps.cqr.comments import answer, edits, give_roles, may_record, see


def comment(state: str) -> Comment:
    return Comment("k", "case", "P1", "Thin.", "dora", "2026-01-05", state)


def test_the_next_state_is_proposed() -> None:
    walked = [state := next_state(None)]
    while state is not None:
        walked.append(state := next_state(state))
    assert walked == [*CaseState, None]


@pytest.mark.parametrize("state", ["open", "raised-again"])
def test_a_comment_that_waits_is_answered_and_not_yet_seen(state: str) -> None:
    assert answer(comment(state), accepted=True, reason="", person="ana")
    with pytest.raises(BadDecision, match="not answered this comment yet"):
        see(comment(state), settled=True, words="", person="dora", roles=["auditor"])


@pytest.mark.parametrize("state", ["accepted", "rejected"])
def test_an_answered_comment_is_seen_and_not_answered_again(state: str) -> None:
    assert see(comment(state), settled=True, words="", person="dora", roles=["auditor"])
    with pytest.raises(BadDecision, match="needs words"):
        see(comment(state), settled=False, words=" ", person="dora", roles=["auditor"])
    with pytest.raises(BadDecision, match="answered already"):
        answer(comment(state), accepted=True, reason="", person="ana")


def test_a_settled_comment_stays_settled() -> None:
    with pytest.raises(BadDecision, match="answered already"):
        answer(comment("settled"), accepted=True, reason="", person="ana")
    with pytest.raises(BadDecision, match="is settled"):
        see(comment("settled"), settled=False, words="But.", person="dora", roles=["auditor"])


def test_nobody_answers_their_own_comment() -> None:
    with pytest.raises(BadDecision, match="not whoever made it"):
        answer(comment("open"), accepted=True, reason="", person="dora")


def test_what_an_auditor_may_record() -> None:
    sealed = events.seal("Words")
    said = events.CommentMade(comment="k", on="case", about="P1", words=sealed)
    note = events.NoteWritten(note="n", kind="", on="study", about="", places=[], body=sealed)
    work = events.CoreIdeaRemoved(judge="dora", about="P1", idea="i")
    may_record("dora", ["auditor"], [said, note])
    may_record("dora", ["auditor", "coder"], [work])
    may_record("dora", [], [work])
    with pytest.raises(AuditorsComment):
        may_record("dora", ["auditor"], [note, work])


@pytest.mark.parametrize("kind", [one for one in events.KINDS.values() if one.AREA == "cqr"])
def test_every_other_fact_of_the_judges_is_an_edit(kind: type[events.Event]) -> None:
    empty = kind.__new__(kind)
    assert edits(empty) == (kind not in (events.CommentMade, events.CommentSeen))


def test_roles_are_known_words() -> None:
    assert give_roles("dora", ["auditor", "auditor"], [])[0].data()["roles"] == ["auditor"]
    assert give_roles("dora", ["auditor"], ["auditor"]) == []
    with pytest.raises(BadDecision, match="no role called 'judge'"):
        give_roles("dora", ["judge"], [])
    with pytest.raises(BadDecision, match="at least one role"):
        give_roles("dora", [], [])
