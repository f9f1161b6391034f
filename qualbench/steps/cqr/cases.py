"""Cases: what one is, who judges it, the text it rests on, and how far it has come."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from qualbench import events
from qualbench.errors import BadDecision
from qualbench.events import Event, JudgesNamed
from qualbench.model import CaseState, Comment, Judging, JudgingMode
from qualbench.steps.cqr.comments import UNANSWERED
from qualbench.text import counted

CASE_RULES = ("participant", "transcript")
"""What one case can be: a person, or a transcript with the group that speaks in it."""


@dataclass(frozen=True, slots=True)
class Case:
    """A case with how far it has come; `domains` has the settled passages of each domain by its id."""

    id: str
    label: str
    transcripts: tuple[str, ...]
    """Ids of the transcripts that the case is heard in."""
    state: CaseState | None = None
    judging: Judging | None = None
    domains: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class CaseTurn:
    """A moment at which a case came to a state."""

    state: CaseState
    note: str
    actor: str
    at: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Settled text of a case in a domain."""

    transcript: str
    name: str
    """The transcript's name."""
    start: int
    end: int
    text: str
    speaker: str
    """What the participant is called, or the label in the file."""

    @property
    def place(self) -> str:
        """How a core idea names it."""
        return f"{self.transcript}:{self.start}:{self.end}"


def count(by: str, reason: str, now: str, why: str) -> list[Event]:
    """One case is a participant, or a transcript with its group, for a reason; `now` and `why` are in force."""
    if by not in CASE_RULES:
        raise BadDecision(f"One case can not be a '{by}'.", f"Say one of: {', '.join(CASE_RULES)}")
    if not reason.strip():
        raise BadDecision("What one case is needs a reason.", "A sentence is enough; the report repeats it.")
    return (
        [] if (by, reason.strip()) == (now, why) else [events.CasesCounted(by=by, reason=events.seal(reason.strip()))]
    )


def name_judges(
    about: str, judges: Sequence[str], mode: JudgingMode, held: Judging | None, auditors: Collection[str]
) -> list[JudgesNamed]:
    """Who judges a case or a domain; `held` is who does so now, `auditors` who has commented on it or only audits."""
    named = [one.strip() for one in dict.fromkeys(judges) if one.strip()]
    if not named:
        raise BadDecision("A case needs at least one judge.", "Name those who judge it.")
    both = [one for one in named if one in auditors]
    if both:
        raise BadDecision(
            f"{both[0]} audits this, and nobody is auditor and judge of the same case.", "Name somebody else."
        )
    if held:
        _may_change(held, named, mode)
        if held.judges == tuple(named) and held.mode is mode:
            return []
    return [JudgesNamed(case=about, judges=named, mode=str(mode))]


def _may_change(held: Judging, named: Sequence[str], mode: JudgingMode) -> None:
    left = [one for one in held.handed_in if one in held.judges and one not in named]
    if left:
        raise BadDecision(f"{left[0]} has handed in already, and stays a judge.", "Name the others beside them.")
    if held.handed_in and mode is not held.mode:
        raise BadDecision("Somebody has handed in already, so the way of judging stays as it is.")
    new = [one for one in named if one not in held.judges]
    if held.opened and new:
        raise BadDecision(f"What the judges wrote can be read already, so {new[0]} would not be independent.")


def state(case: Case, to: CaseState, note: str, comments: Iterable[Comment] = ()) -> list[Event]:
    """The case came to a state, in any order; `comments` are those on it and on its core ideas."""
    waiting = [one for one in comments if one.state in UNANSWERED]
    if to is CaseState.CLOSED and waiting:
        raise BadDecision(
            f"{case.label} can not be closed: {counted(len(waiting), 'comment')} of an auditor"
            f" {'has' if len(waiting) == 1 else 'have'} no answer.",
            "Answer every comment first.",
        )
    if to is case.state and not note.strip():
        return []
    return [events.CaseStated(case=case.id, state=str(to), note=events.seal(note.strip()))]


def next_state(now: CaseState | None) -> CaseState | None:
    """The state that usually follows; nothing after the last one. The order is proposed, never forced."""
    order = list(CaseState)
    if now is None:
        return order[0]
    return order[order.index(now) + 1] if now is not order[-1] else None
