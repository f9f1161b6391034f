"""Who speaks where, and which settled segments count: participants' speech, one case for each participant."""

from collections.abc import Mapping
from typing import TypeAlias

from qualbench.model import Role, Speaker, Transcript
from qualbench.steps.report.settling import Settled

Case: TypeAlias = tuple[str, str]
"""Who is counted: ('', participant's label), or (transcript id, speaker's label) while nobody is assigned."""

Counted: TypeAlias = list[tuple[Case, str, frozenset[str]]]
"""Settled units that count: whose words, in which transcript, with which codes."""


def case_of(transcript: Transcript, speaker: Speaker | None) -> Case | None:
    """Who is counted for this speaker; None when the speech does not belong to the denominators."""
    if speaker is None:
        return transcript.id, ""
    if speaker.role is not Role.PARTICIPANT:
        return None
    return ("", speaker.participant) if speaker.participant else (transcript.id, speaker.label)


def all_cases(texts: Mapping[str, Transcript]) -> set[Case]:
    """Everybody with at least one segment that counts: the N of a report."""
    speaking = (
        case_of(text, text.speaker_of(turn))
        for text in texts.values()
        for turn in {segment.turn for segment in text.segments}
    )
    return {case for case in speaking if case is not None}


def counted_units(coding: Settled, texts: Mapping[str, Transcript]) -> Counted:
    """The settled units with a code, of participants' speech, in these transcripts."""
    counted: Counted = []
    for (transcript, start, _), codes in coding.codes.items():
        text = texts.get(transcript)
        case = case_of(text, text.speaker_at(start)) if text and codes else None
        if case is not None:
            counted.append((case, transcript, codes))
    return counted
