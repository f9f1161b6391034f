"""Where the check with each participant stands, what may come next, and how many answered (Birt et al. 2016)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from qualbench import events
from qualbench.errors import BadDecision
from qualbench.events import Event
from qualbench.model import CHECK_KIND_NAMES, CheckKind, CheckState, CheckTurn, MemberCheck, Participant, Reply

CAUTION = (
    "A check with participants is no test of truth: in reflexive analysis what they say is more data, not a verdict. "
    "Think of who has power here, and of what reading costs them (Motulsky 2021)."
)
STATE_WORDS: Mapping[CheckState, str] = {
    CheckState.NOT_PLANNED: "not planned",
    CheckState.PREPARED: "prepared",
    CheckState.SENT: "sent",
    CheckState.REPLIED: "replied",
    CheckState.NO_REPLY: "no reply",
    CheckState.APPLIED: "applied",
    CheckState.CLOSED: "closed",
}
REPLY_WORDS: Mapping[Reply, str] = {
    Reply.NO_CHANGE: "no change",
    Reply.CORRECTIONS: "corrections",
    Reply.ADDITIONS: "additions",
    Reply.WITHDRAWAL: "withdrawal",
}
_TO_APPLY = frozenset({Reply.CORRECTIONS, Reply.ADDITIONS})
_BEGINS = frozenset({CheckState.PREPARED, CheckState.NOT_PLANNED})
_OF_REPLIES = frozenset({CheckState.REPLIED, CheckState.APPLIED})
"""States that come from replies and from what became of them, not by being said."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One fact about the check with a participant: a state, a reply, or a reply applied."""

    participant: str
    at: str
    actor: str
    state: CheckState
    kind: CheckKind | None = None
    reply: Reply | None = None
    words: str = ""
    channel: str = ""
    due: str = ""
    applied: str = ""
    """What a reply was applied to, in words."""


@dataclass(frozen=True, slots=True)
class Response:
    """How many participants were asked in one way, and how many answered."""

    kind: CheckKind
    sent: int
    replied: int
    replies: Mapping[Reply, int]
    no_reply: int

    @property
    def rate(self) -> float | None:
        """Share of those asked who answered, 0 to 1; None when nobody was asked."""
        return self.replied / self.sent if self.sent else None


def checks(participants: Sequence[Participant], moments: Iterable[Moment]) -> tuple[MemberCheck, ...]:
    """The check with every participant, in their order; `moments` are in the order in which they were recorded."""
    by: dict[str, list[Moment]] = {}
    for moment in moments:
        by.setdefault(moment.participant, []).append(moment)
    return tuple(_check(one, by.get(one.id, [])) for one in participants)


def _check(participant: Participant, moments: Sequence[Moment]) -> MemberCheck:
    now = _newest_round(moments)
    sent = next((one for one in reversed(now) if one.state is CheckState.SENT), None)
    return MemberCheck(
        participant=participant.id,
        label=participant.label,
        kind=next((one.kind for one in reversed(now) if one.kind), None),
        state=now[-1].state if now else CheckState.NOT_PLANNED,
        replies=tuple(one.reply for one in now if one.reply),
        channel=sent.channel if sent else "",
        due=sent.due if sent else "",
        turns=tuple(CheckTurn(o.at, o.actor, _what(o), o.words, o.channel, o.due) for o in moments),
    )


def _newest_round(moments: Sequence[Moment]) -> list[Moment]:
    """What happened since a packet was prepared last: a participant may be asked several times."""
    found: list[Moment] = []
    for one in moments:
        again = one.state in _BEGINS or (
            one.state is CheckState.SENT and found and found[-1].state is CheckState.CLOSED
        )
        found = [one] if again else [*found, one]
    return found


def _what(moment: Moment) -> str:
    if moment.reply:
        return f"replied: {REPLY_WORDS[moment.reply]}"
    if moment.applied:
        return f"applied: {moment.applied}"
    kind = f" ({CHECK_KIND_NAMES[moment.kind]})" if moment.kind else ""
    return f"{STATE_WORDS[moment.state]}{kind}"


# --- what may come next ----------------------------------------------------------------------------------------


def state(
    check: MemberCheck, to: CheckState, *, kind: CheckKind | None = None, channel: str = "", due: str = "",
    note: str = "", withdrew: str = "",
) -> list[Event]:  # fmt: skip
    """The check with a participant came to a state; a state that can not be is refused with a sentence."""
    _still_here(check, withdrew)
    what = kind or check.kind or CheckKind.TRANSCRIPT
    if to in _OF_REPLIES:
        raise BadDecision(
            f"'{STATE_WORDS[to]}' follows from what {check.label} says.", "Record the reply, or apply it."
        )
    if to is CheckState.NO_REPLY and check.state is not CheckState.SENT:
        raise BadDecision(f"Nothing waits for an answer of {check.label}.", "First say that something was sent.")
    if to is CheckState.CLOSED:
        _may_close(check, note)
    if due:
        _day(due)
    return [
        events.CheckStated(
            participant=check.participant, kind=str(what), state=str(to), channel=channel.strip(), due=due,
            note=events.seal(note.strip()),
        )
    ]  # fmt: skip


def _still_here(check: MemberCheck, withdrew: str) -> None:
    if withdrew:
        raise BadDecision(f"{check.label} withdrew on {withdrew[:10]}, so nothing is asked of them any more.")


def _may_close(check: MemberCheck, note: str) -> None:
    if check.state is CheckState.NOT_PLANNED:
        raise BadDecision(f"There is no check with {check.label} to close.")
    if check.state is CheckState.CLOSED:
        raise BadDecision(f"The check with {check.label} is closed already.")
    if check.state is CheckState.REPLIED and _TO_APPLY & set(check.replies) and not note.strip():
        raise BadDecision(
            f"What {check.label} said is not applied yet.", "Apply it, or close with a note that says why it is not."
        )


def _day(due: str) -> None:
    try:
        if date.fromisoformat(due).isoformat() != due:
            raise ValueError
    except ValueError:
        raise BadDecision(f"'{due}' is no day.", "Write it as 2026-03-31.") from None


def reply(check: MemberCheck, said: Reply, words: str = "", *, withdrew: str = "") -> list[Event]:
    """What a participant answered; somebody may withdraw at any time, the rest answers something that was sent."""
    _still_here(check, withdrew)
    waits = check.state in (CheckState.SENT, CheckState.NO_REPLY, CheckState.REPLIED, CheckState.APPLIED)
    if said is not Reply.WITHDRAWAL and not waits:
        raise BadDecision(
            f"Nothing was sent to {check.label} that could be answered.", "First say how and when it was sent."
        )
    if said in _TO_APPLY and not words.strip():
        raise BadDecision(f"Say what {check.label} said.", "Write it down in their words or yours.")
    return [events.ReplyReceived(participant=check.participant, reply=str(said), words=events.seal(words.strip()))]


def apply(check: MemberCheck, transcript: str, version: int, *, withdrew: str = "") -> list[Event]:
    """What became of a reply: a version of a transcript, or a new document with what was added."""
    _still_here(check, withdrew)
    if not check.replies:
        raise BadDecision(f"{check.label} has not answered, so there is nothing to apply.", "First record the reply.")
    if not _TO_APPLY & set(check.replies):
        said = REPLY_WORDS[check.replies[-1]]
        raise BadDecision(f"{check.label} answered '{said}': there is nothing to apply.", "Close the check.")
    return [events.ReplyApplied(participant=check.participant, transcript=transcript, version=version)]


# --- in words and figures --------------------------------------------------------------------------------------


def is_overdue(check: MemberCheck, today: str) -> bool:
    """Whether an answer was asked for by a day that is over, an ISO day."""
    return check.state is CheckState.SENT and bool(check.due) and check.due < today[:10]


def told(check: MemberCheck, today: str) -> str:
    """Where a check stands, in words."""
    words = STATE_WORDS[check.state]
    if is_overdue(check, today):
        days = (date.fromisoformat(today[:10]) - date.fromisoformat(check.due)).days
        return f"{words}, overdue by {days} day{'s' * (days != 1)}"
    if check.state is CheckState.SENT and check.due:
        return f"{words}, answer asked for by {check.due}"
    if check.state is CheckState.REPLIED and check.replies:
        return f"{words}: {', '.join(REPLY_WORDS[one] for one in check.replies)}"
    return words


def responses(moments: Iterable[Moment]) -> tuple[Response, ...]:
    """For each kind that was sent to anybody: how many participants were asked, and what they answered.

    COREQ 23 asks it of transcripts, COREQ 28 of findings (Tong, Sainsbury & Craig 2007). A participant who was asked
    twice in the same way counts once.
    """
    asked: dict[CheckKind, set[str]] = {}
    said: dict[CheckKind, dict[str, set[Reply]]] = {}
    silent: dict[CheckKind, set[str]] = {}
    now: dict[str, CheckKind] = {}
    for one in moments:
        if one.state is CheckState.SENT and one.kind:
            now[one.participant] = one.kind
            asked.setdefault(one.kind, set()).add(one.participant)
        elif one.participant in now and one.reply:
            said.setdefault(now[one.participant], {}).setdefault(one.participant, set()).add(one.reply)
        elif one.participant in now and one.state is CheckState.NO_REPLY:
            silent.setdefault(now[one.participant], set()).add(one.participant)
    return tuple(
        Response(
            kind, len(asked[kind]), len(said.get(kind, {})),
            {one: n for one in Reply if (n := sum(one in r for r in said.get(kind, {}).values()))},
            len(silent.get(kind, set()) - said.get(kind, {}).keys()),
        )
        for kind in CheckKind
        if kind in asked
    )  # fmt: skip
