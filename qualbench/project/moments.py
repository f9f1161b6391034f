"""The facts about checks with participants as values, in the order in which they were recorded."""

from __future__ import annotations

from qualbench.model import CheckKind, CheckState, Reply
from qualbench.steps.members import Moment
from qualbench.store.database import Connection
from qualbench.store.queries import members


def moments(db: Connection) -> list[Moment]:
    """Every state, reply and reply applied."""
    return [_moment(*row) for row in members.moments(db)]


def _moment(participant: str, at: str, actor: str, told: dict[str, str]) -> Moment:
    words = told["words"]
    if "state" in told:
        kind = CheckKind(told["kind"])
        due, channel = told["due"], told["channel"]
        return Moment(participant, at, actor, CheckState(told["state"]), kind, None, words, channel, due)
    if "reply" in told:
        return Moment(participant, at, actor, CheckState.REPLIED, reply=Reply(told["reply"]), words=words)
    applied = f"{told['name']}, version {told['version']}"
    return Moment(participant, at, actor, CheckState.APPLIED, applied=applied)
