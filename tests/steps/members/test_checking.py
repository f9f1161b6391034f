"""Where a check stands: any order that can be, none that can not, and how many answered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench import events
from qualbench.errors import BadDecision
from qualbench.model import CheckKind, CheckState, MemberCheck, Participant, Reply
from qualbench.steps.members import Moment, apply, checks, is_overdue, reply, responses, state, told

P1 = Participant("P1", "P1")


def moment(what: CheckState, kind: CheckKind | None = None, said: Reply | None = None, due: str = "") -> Moment:
    return Moment("P1", "2026-03-01T10:00:00Z", "ana", what, kind, said, due=due)


def prepared(kind: CheckKind = CheckKind.TRANSCRIPT) -> Moment:
    return moment(CheckState.PREPARED, kind)


def sent(kind: CheckKind = CheckKind.TRANSCRIPT, due: str = "") -> Moment:
    return moment(CheckState.SENT, kind, due=due)


def said(what: Reply) -> Moment:
    return moment(CheckState.REPLIED, said=what)


def check(*moments: Moment) -> MemberCheck:
    (found,) = checks([P1], moments)
    return found


def test_a_check_goes_from_not_planned_to_closed() -> None:
    steps: list[Moment] = []
    seen = [check().state]
    for one in (prepared(), sent(), said(Reply.CORRECTIONS), moment(CheckState.APPLIED), moment(CheckState.CLOSED)):
        steps.append(one)
        seen.append(check(*steps).state)
    assert [str(one) for one in seen] == ["not-planned", "prepared", "sent", "replied", "applied", "closed"]
    assert check(*steps).kind is CheckKind.TRANSCRIPT
    assert [turn.what for turn in check(*steps).turns] == [
        "prepared (transcript returned)", "sent (transcript returned)", "replied: corrections", "applied", "closed",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("moments", "act", "sentence"),
    [
        ((), lambda c: apply(c, "t", 2), "P1 has not answered, so there is nothing to apply."),
        ((sent(),), lambda c: apply(c, "t", 2), "P1 has not answered"),
        ((sent(), said(Reply.NO_CHANGE)), lambda c: apply(c, "t", 2), "P1 answered 'no change'"),
        ((), lambda c: reply(c, Reply.CORRECTIONS, "x"), "Nothing was sent to P1"),
        ((prepared(),), lambda c: reply(c, Reply.NO_CHANGE), "Nothing was sent to P1"),
        ((sent(),), lambda c: reply(c, Reply.ADDITIONS, " "), "Say what P1 said."),
        ((prepared(),), lambda c: state(c, CheckState.NO_REPLY), "Nothing waits for an answer of P1."),
        ((), lambda c: state(c, CheckState.CLOSED), "There is no check with P1 to close."),
        ((sent(), moment(CheckState.CLOSED)), lambda c: state(c, CheckState.CLOSED), "is closed already"),
        ((sent(), said(Reply.CORRECTIONS)), lambda c: state(c, CheckState.CLOSED), "is not applied yet"),
        ((sent(),), lambda c: state(c, CheckState.REPLIED), "'replied' follows from what P1 says."),
        ((prepared(),), lambda c: state(c, CheckState.SENT, due="soon"), "'soon' is no day."),
        ((prepared(),), lambda c: state(c, CheckState.SENT, due="20260331"), "'20260331' is no day."),
        ((sent(),), lambda c: state(c, CheckState.CLOSED, withdrew="2026-04-02T1"), "P1 withdrew on 2026-04-02"),
    ],
)  # fmt: skip
def test_what_can_not_be_is_refused_with_a_sentence(moments, act, sentence) -> None:  # type: ignore[no-untyped-def]  # three columns of a table
    with pytest.raises(BadDecision, match=sentence.replace("(", r"\(")):
        act(check(*moments))


def test_somebody_may_withdraw_before_anything_was_sent() -> None:
    (fact,) = reply(check(), Reply.WITHDRAWAL)
    assert isinstance(fact, events.ReplyReceived)
    assert fact.reply == "withdrawal"


def test_corrections_that_are_not_applied_close_with_a_note() -> None:
    (fact,) = state(check(sent(), said(Reply.CORRECTIONS)), CheckState.CLOSED, note="she changed her mind")
    assert isinstance(fact, events.CheckStated)
    assert fact.state == "closed"


def test_a_new_round_begins_anew() -> None:
    now = check(sent(), said(Reply.NO_CHANGE), moment(CheckState.CLOSED), prepared(CheckKind.FINDINGS))
    assert (now.kind, now.state, now.replies) == (CheckKind.FINDINGS, CheckState.PREPARED, ())
    assert len(now.turns) == 4


@pytest.mark.parametrize(
    ("today", "words"),
    [
        ("2026-03-30", "sent, answer asked for by 2026-03-31"),
        ("2026-03-31", "sent, answer asked for by 2026-03-31"),
        ("2026-04-01", "sent, overdue by 1 day"),
        ("2026-04-10", "sent, overdue by 10 days"),
    ],
)
def test_overdue_is_said_in_words(today: str, words: str) -> None:
    waits = check(sent(due="2026-03-31"))
    assert told(waits, today) == words
    assert is_overdue(waits, today) == ("overdue" in words)
    assert not is_overdue(check(sent(due="2026-03-31"), said(Reply.NO_CHANGE)), "2026-12-31")


def test_the_response_rate_counts_participants_by_what_they_were_given() -> None:
    """Twelve were sent transcripts, nine answered; five of them findings, two answered: written down by hand."""
    moments = []
    for number in range(12):
        moments.append(Moment(f"P{number}", "", "", CheckState.SENT, CheckKind.TRANSCRIPT))
        if number < 9:
            answer = Reply.CORRECTIONS if number < 2 else Reply.NO_CHANGE
            moments.append(Moment(f"P{number}", "", "", CheckState.REPLIED, reply=answer))
        else:
            moments.append(Moment(f"P{number}", "", "", CheckState.NO_REPLY, CheckKind.TRANSCRIPT))
    for number in range(5):
        moments.append(Moment(f"P{number}", "", "", CheckState.SENT, CheckKind.FINDINGS))
        if number < 2:
            moments.append(Moment(f"P{number}", "", "", CheckState.REPLIED, reply=Reply.ADDITIONS))
    first, second = responses(moments)
    assert (first.kind, first.sent, first.replied, first.no_reply) == (CheckKind.TRANSCRIPT, 12, 9, 3)
    assert first.replies == {Reply.NO_CHANGE: 7, Reply.CORRECTIONS: 2}
    assert first.rate == 0.75
    assert (second.kind, second.sent, second.replied, second.rate) == (CheckKind.FINDINGS, 5, 2, 0.4)


MOMENTS = st.sampled_from(
    [prepared(), sent(), sent(CheckKind.FINDINGS), moment(CheckState.NO_REPLY, CheckKind.TRANSCRIPT),
     moment(CheckState.CLOSED), moment(CheckState.APPLIED), *(said(one) for one in Reply)]
)  # fmt: skip


@given(st.lists(MOMENTS, max_size=12))
def test_whatever_happened_can_be_told_and_nobody_answers_more_often_than_asked(moments: list[Moment]) -> None:
    now = check(*moments)
    assert told(now, "2026-06-01")
    assert len(now.turns) == len(moments)
    assert all(0 <= one.replied <= one.sent <= 1 for one in responses(moments))
