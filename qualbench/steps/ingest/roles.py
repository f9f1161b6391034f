"""What a speaker probably is: interviewer or participant. A guess for the preview, never the last word."""

import re
from collections.abc import Mapping, Sequence

from qualbench.model import Role, Speaker, Turn
from qualbench.steps.ingest.labels import fold
from qualbench.text import folded

_INTERVIEWER = re.compile(
    r"(i|int|iv|interviewer|interviewerin|moderator|moderatorin|mod|facilitator|co-?facilitator|f|"
    r"entrevistador|entrevistadora|enqueteur|enquetrice)[ _-]?\d*"
)
_PARTICIPANT = re.compile(
    r"(p|r|b|ip|participant|interviewee|respondent)[ _-]?\d*|(participants|interviewees|respondents)"
)
_PLAIN = re.compile(r" ?\([^)]*\)$")
_ENOUGH = 3
"""Turns that end in a question which make an asker; and nobody else may end in more than half as many."""


def known_role(label: str) -> Role | None:
    """The role that a label says by itself (I, MOD, Interviewer 2, P07, Respondent), if it does.

    >>> known_role("Enquêteur")
    <Role.INTERVIEWER: 'interviewer'>
    """
    word = _PLAIN.sub("", folded(label))
    if _INTERVIEWER.fullmatch(word):
        return Role.INTERVIEWER
    return Role.PARTICIPANT if _PARTICIPANT.fullmatch(word) else None


def with_roles(
    labels: Sequence[str], text: str, turns: Sequence[Turn], said: Mapping[str, Role]
) -> tuple[Speaker, ...]:
    """The speakers with a role each: as a person said of a folded label, by the label, else by who asks."""
    known = [said.get(fold(label)) or known_role(label) for label in labels]
    asking = -1 if Role.INTERVIEWER in known else asker(labels, text, turns)
    return tuple(
        Speaker(label, role or (Role.INTERVIEWER if index == asking else Role.PARTICIPANT))
        for index, (label, role) in enumerate(zip(labels, known, strict=True))
    )


def asker(labels: Sequence[str], text: str, turns: Sequence[Turn]) -> int:
    """The index of the speaker who asks by far the most and whose label says no role; -1 when it is not clear."""
    asked = [0] * len(labels)
    for turn in turns:
        if turn.speaker >= 0:
            asked[turn.speaker] += "?" in text[max(turn.body, turn.end - 2) : turn.end]
    order = sorted(range(len(labels)), key=lambda index: -asked[index])
    if len(order) < 2 or known_role(labels[order[0]]) is not None:
        return -1
    first, second = order[0], order[1]
    clear = asked[first] >= _ENOUGH and asked[first] >= 2 * asked[second]
    return first if clear else -1
