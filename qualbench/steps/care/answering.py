"""Answers for what was found: what is written into the log, and whether an answer there covers what is found now."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from qualbench import events
from qualbench.errors import BadDecision
from qualbench.events import Event
from qualbench.steps.care.findings import Finding


@dataclass(frozen=True, slots=True)
class Allowed:
    """Somebody answered for findings, and what they were found in left the study."""

    what: str
    findings: tuple[tuple[str, str], ...]
    """Id and sentence of each."""
    reason: str
    by: str
    at: str

    def covers(self, what: str, findings: Sequence[Finding]) -> bool:
        """Whether the answer was for the same, or for more."""
        return what == self.what and {one.id for one in findings} <= {id_ for id_, _ in self.findings}


def allow(what: str, findings: Sequence[Finding], reason: str) -> list[Event]:
    """The answer as a fact; the words that are the risk are not in it."""
    if not reason.strip():
        raise BadDecision("What the check found leaves only with a reason.", "Say why it may: --allow REASON.")
    rows = [[one.id, one.sentence] for one in findings]
    sealed = events.seal(json.dumps(rows, ensure_ascii=False))
    return [events.ExportAllowed(what=what, findings=sealed, reason=events.seal(reason.strip()))]


def allowed(what: str, findings: str, reason: str, by: str, at: str) -> Allowed:
    """An answer as it was written into the log."""
    try:
        rows = [(str(id_), str(sentence)) for id_, sentence in json.loads(findings)]
    except (TypeError, ValueError):  # the words were withdrawn: nothing is covered by what nobody can read
        rows = []
    return Allowed(what, tuple(rows), reason, by, at)


def withdraw(participant: str, reason: str, known: Sequence[str], withdrawn: Sequence[str]) -> list[Event]:
    """A participant no longer takes part."""
    if participant not in known:
        raise BadDecision(f"There is no participant called '{participant}'.", "See: qualbench participants FOLDER")
    if participant in withdrawn:
        raise BadDecision(f"{participant} withdrew before.")
    return [events.ParticipantWithdrawn(participant=participant, reason=events.seal(reason.strip()))]
