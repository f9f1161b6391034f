"""Auditors: they comment and do not edit; the team answers every comment, and the auditor settles it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from qualbench import events
from qualbench.errors import BadDecision, QualbenchError
from qualbench.events import Event
from qualbench.model import Comment, Judging

ON = ("case", "idea", "category", "domain")
"""What a comment can be on."""
UNANSWERED = frozenset({"open", "raised-again"})
"""States in which a comment waits for the team."""
AUDITOR = "auditor"
"""The role of whoever comments."""

_TEAMS = frozenset({"coding", "consensus", "sessions", "codebook", "themes", "cqr"})
_AUDITORS = (events.CommentMade, events.CommentSeen)
_STUDY = (events.CasesCounted, events.RolesGiven)


class AuditorsComment(QualbenchError):
    """An auditor was about to edit."""

    def __init__(self, person: str) -> None:
        super().__init__(
            f"{person} is an auditor here, and auditors comment and do not edit.",
            "Write a comment; the team answers it.",
        )


def only_audits(roles: Collection[str]) -> bool:
    """Whether somebody with these roles is an auditor and nothing else."""
    return set(roles) == {AUDITOR}


def edits(fact: Event) -> bool:
    """Whether a fact is the team's work, which no auditor does."""
    return isinstance(fact, _STUDY) or (fact.AREA in _TEAMS and not isinstance(fact, _AUDITORS))


def may_record(person: str, roles: Collection[str], facts: Sequence[Event]) -> None:
    """Refuse facts of the team's work by somebody who is an auditor and nothing else."""
    if only_audits(roles) and any(map(edits, facts)):
        raise AuditorsComment(person)


def may_switch(facts: Iterable[Event], judging: Mapping[str, Judging], states: Mapping[str, str]) -> None:
    """Refuse to undo or redo what a judge handed in, and comments and answers that somebody has replied to."""
    for fact in facts:
        if isinstance(fact, events.ByJudge):
            held = judging.get(fact.about)
            if held and fact.judge in held.handed_in:
                raise BadDecision(f"{fact.judge} has handed this in; it stays as it is.")
        replied = (isinstance(fact, events.CommentMade) and states.get(fact.comment, "open") != "open") or (
            isinstance(fact, events.CommentAnswered) and states.get(fact.comment, "") in ("settled", "raised-again")
        )
        if replied:
            raise BadDecision("Somebody has replied to this already; it stays as it is.")


def make(
    on: str, about: str, words: str, *, person: str, roles: Collection[str], judges: Collection[str], known: bool
) -> list[Event]:
    """A comment on a case, core idea, category or domain; `judges` are those of what it is on."""
    if on not in ON:
        raise BadDecision(f"A comment can not be on '{on}'.", f"Say one of: {', '.join(ON)}")
    if AUDITOR not in roles:
        raise BadDecision(f"Comments are the auditors', and {person or 'nobody'} is none.", "Write a memo.")
    if not known:
        raise BadDecision(f"There is no {_NAMES[on]} of the team called '{about}'.")
    if person in judges:
        raise BadDecision(f"{person} is a judge of this, and nobody is auditor and judge of the same case.")
    if not words.strip():
        raise BadDecision("A comment needs words.")
    return [events.CommentMade(comment=events.new_id(), on=on, about=about, words=events.seal(words.strip()))]


_NAMES = {"case": "case", "idea": "core idea", "category": "category", "domain": "domain"}


def answer(comment: Comment, *, accepted: bool, reason: str, person: str) -> list[Event]:
    """The team takes a comment, or says why not."""
    if person == comment.author:
        raise BadDecision("The team answers a comment, not whoever made it.")
    if comment.state not in UNANSWERED:
        raise BadDecision("This comment is answered already; its auditor says whether that settles it.")
    if not accepted and not reason.strip():
        raise BadDecision("A comment that is not taken needs a reason.", "Say why the team sees it otherwise.")
    return [events.CommentAnswered(comment=comment.id, accepted=accepted, reason=events.seal(reason.strip()))]


def see(comment: Comment, *, settled: bool, words: str, person: str, roles: Collection[str]) -> list[Event]:
    """The auditor who made a comment saw the answer: it is settled, or raised again with what is still missing."""
    if person != comment.author or AUDITOR not in roles:
        raise BadDecision(f"{comment.author} made this comment, and says whether it is settled.")
    if comment.state in UNANSWERED:
        raise BadDecision("The team has not answered this comment yet.")
    if comment.state == "settled":
        raise BadDecision("This comment is settled.", "Make a new one.")
    if not settled and not words.strip():
        raise BadDecision("A comment that is raised again needs words.", "Say what the answer leaves open.")
    return [events.CommentSeen(comment=comment.id, settled=settled, words=events.seal(words.strip()))]


def give_roles(person: str, roles: Sequence[str], now: Collection[str]) -> list[Event]:
    """What a person is in the study, in place of what they were."""
    named = list(dict.fromkeys(one.strip() for one in roles if one.strip()))
    if not person.strip() or not named:
        raise BadDecision("Somebody is given at least one role.", f"Say one of: {', '.join(ROLES)}")
    wrong = [one for one in named if one not in ROLES]
    if wrong:
        raise BadDecision(f"There is no role called '{wrong[0]}'.", f"Known are: {', '.join(ROLES)}")
    return [] if set(named) == set(now) else [events.RolesGiven(person=person.strip(), roles=named)]


ROLES = ("coder", "lead", AUDITOR)
"""What a person can be; an inside auditor is an auditor and something else."""
