"""Checks with participants: how far each has come, what they are given, and what withdrawal takes out of a text."""

from qualbench.steps.members.checking import (
    CAUTION,
    REPLY_WORDS,
    STATE_WORDS,
    Moment,
    Response,
    apply,
    checks,
    is_overdue,
    reply,
    responses,
    state,
    told,
)
from qualbench.steps.members.packets import ON_FINDINGS, Finding, Packet, Part, findings, interview
from qualbench.steps.members.taking_out import TAKEN_OUT, Removal, remove, segments_left
from qualbench.steps.members.writing import ENDINGS, known, render

__all__ = [
    "CAUTION",
    "ENDINGS",
    "ON_FINDINGS",
    "REPLY_WORDS",
    "STATE_WORDS",
    "TAKEN_OUT",
    "Finding",
    "Moment",
    "Packet",
    "Part",
    "Removal",
    "Response",
    "apply",
    "checks",
    "findings",
    "interview",
    "is_overdue",
    "known",
    "remove",
    "render",
    "reply",
    "responses",
    "segments_left",
    "state",
    "told",
]
