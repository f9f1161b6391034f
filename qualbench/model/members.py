"""Checks with participants: what they are given, and what they say."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class CheckKind(StrEnum):
    """What a participant is given (Birt et al. 2016)."""

    TRANSCRIPT = "transcript"
    INTERVIEW = "interview"
    GROUP = "group"
    FINDINGS = "findings"


CHECK_KIND_NAMES: Mapping[CheckKind, str] = {
    CheckKind.TRANSCRIPT: "transcript returned",
    CheckKind.INTERVIEW: "interview about it",
    CheckKind.GROUP: "group about it",
    CheckKind.FINDINGS: "findings returned",
}


class CheckState(StrEnum):
    """How far the check with one participant has come."""

    NOT_PLANNED = "not-planned"
    PREPARED = "prepared"
    SENT = "sent"
    REPLIED = "replied"
    NO_REPLY = "no-reply"
    APPLIED = "applied"
    CLOSED = "closed"


class Reply(StrEnum):
    """What a participant answered."""

    NO_CHANGE = "no-change"
    CORRECTIONS = "corrections"
    ADDITIONS = "additions"
    WITHDRAWAL = "withdrawal"


@dataclass(frozen=True, slots=True)
class CheckTurn:
    """One moment of a check: a state, a reply, or what became of a reply."""

    at: str
    actor: str
    what: str
    words: str = ""
    channel: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True)
class MemberCheck:
    """The check with one participant: where it stands, and all that happened."""

    participant: str
    label: str
    kind: CheckKind | None
    state: CheckState
    replies: tuple[Reply, ...] = ()
    channel: str = ""
    due: str = ""
    turns: tuple[CheckTurn, ...] = ()
