"""Who speaks in the transcripts of a report: one case for each participant, and one for whoever nobody assigned."""

from collections.abc import Mapping
from typing import TypeAlias

from qualbench.model import Role, Speaker, Transcript

Case: TypeAlias = tuple[str, str]
"""('', participant's label), or (transcript id, speaker's label) while nobody is assigned."""


def all_cases(texts: Mapping[str, Transcript]) -> set[Case]:
    """Everybody with at least one segment of their own; interviewers are no cases."""
    speaking = (
        _case_of(text, text.speaker_of(turn))
        for text in texts.values()
        for turn in {segment.turn for segment in text.segments}
    )
    return {case for case in speaking if case is not None}


def _case_of(transcript: Transcript, speaker: Speaker | None) -> Case | None:
    if speaker is None:
        return transcript.id, ""
    if speaker.role is not Role.PARTICIPANT:
        return None
    return ("", speaker.participant) if speaker.participant else (transcript.id, speaker.label)
