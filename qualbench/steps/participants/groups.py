"""Who speaks in which transcripts: focus groups with their members, and people who may be one and the same.

The person and the group are both kept: a member counts as a participant, and their transcript as one group.
Who is the same person is only ever suggested, because P1 is often another person in every transcript.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from qualbench.model import Role, Speaker
from qualbench.steps.participants.identifiers import identifier, is_name
from qualbench.text import folded

LEAST_MEMBERS = 3
"""More than two participants who speak make a focus group."""


@dataclass(frozen=True, slots=True)
class Group:
    """A focus group and who takes part in it."""

    transcript: str
    members: tuple[str, ...]
    """Participants, in the order of the transcript's speakers."""
    unassigned: tuple[str, ...] = ()
    """Labels of members who are no known participant yet."""

    @property
    def size(self) -> int:
        """How many people take part, the unassigned included."""
        return len(self.members) + len(self.unassigned)


class Why(StrEnum):
    """Why labels in several transcripts may be one person."""

    NAME = "the same name"
    IDENTIFIER = "the same identifier"
    NUMBERED = "the same number, but each transcript counts anew"


@dataclass(frozen=True, slots=True)
class Place:
    """A speaker in a transcript."""

    transcript: str
    speaker: int
    """Index into the transcript's speakers."""
    label: str
    participant: str
    """Who they are at present; empty for nobody."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Speakers of several transcripts who may be one participant: a person has to say so."""

    why: Why
    places: tuple[Place, ...]

    @property
    def participant(self) -> str:
        """Who they would be: the first who is somebody already; empty when none is."""
        return next((place.participant for place in self.places if place.participant), "")


def group_of(transcript: str, speakers: Sequence[Speaker]) -> Group | None:
    """The focus group that a transcript is of; None for an interview with one or two participants."""
    speaking = [speaker for speaker in speakers if speaker.role is Role.PARTICIPANT]
    members = tuple(dict.fromkeys(speaker.participant for speaker in speaking if speaker.participant))
    unassigned = tuple(speaker.label for speaker in speaking if not speaker.participant)
    group = Group(transcript, members, unassigned)
    return group if group.size >= LEAST_MEMBERS else None


def is_focus_group(speakers: Sequence[Speaker]) -> bool:
    """Whether more than two participants speak; two labels of one participant are one."""
    return group_of("", speakers) is not None


def groups(transcripts: Mapping[str, Sequence[Speaker]]) -> tuple[Group, ...]:
    """The focus groups among transcripts, in their order."""
    found = (group_of(transcript, speakers) for transcript, speakers in transcripts.items())
    return tuple(group for group in found if group is not None)


def transcripts_of(transcripts: Mapping[str, Sequence[Speaker]]) -> dict[str, tuple[str, ...]]:
    """Each participant with the transcripts in which they speak, alone or in a group."""
    found: dict[str, dict[str, None]] = {}
    for transcript, speakers in transcripts.items():
        for speaker in speakers:
            if speaker.role is Role.PARTICIPANT and speaker.participant:
                found.setdefault(speaker.participant, {})[transcript] = None
    return {participant: tuple(where) for participant, where in found.items()}


def same_people(transcripts: Mapping[str, Sequence[Speaker]]) -> tuple[Suggestion, ...]:
    """Speakers of several transcripts who may be one participant and are not yet: likelier ones first."""
    alike: dict[tuple[str, int], list[Place]] = {}
    for place in _places(transcripts):
        key = identifier(place.label) or ((folded(place.label), -1) if is_name(place.label) else None)
        if key is not None:
            alike.setdefault(key, []).append(place)
    found = [
        Suggestion(_why(key, places, transcripts), tuple(places))
        for key, places in alike.items()
        if len({place.transcript for place in places}) > 1 and not _is_settled(places)
    ]
    return tuple(sorted(found, key=lambda suggestion: list(Why).index(suggestion.why)))


def _places(transcripts: Mapping[str, Sequence[Speaker]]) -> Iterator[Place]:
    for transcript, speakers in transcripts.items():
        for number, speaker in enumerate(speakers):
            if speaker.role is Role.PARTICIPANT:
                yield Place(transcript, number, speaker.label, speaker.participant)


def _is_settled(places: Sequence[Place]) -> bool:
    """Whether all are the same participant already."""
    return len({place.participant for place in places}) == 1 and bool(places[0].participant)


def _why(key: tuple[str, int], places: Sequence[Place], transcripts: Mapping[str, Sequence[Speaker]]) -> Why:
    letters, number = key
    if number < 0:
        return Why.NAME
    anew = all(_counts_anew(letters, transcripts[place.transcript]) for place in places)
    return Why.NUMBERED if anew else Why.IDENTIFIER


def _counts_anew(letters: str, speakers: Sequence[Speaker]) -> bool:
    """Whether a transcript has its own P1, P2 ... (or S0, S1 ...) without a gap."""
    found = [identifier(speaker.label) for speaker in speakers]
    numbers = {one[1] for one in found if one and one[0] == letters}
    first = min(numbers)
    return first <= 1 and numbers == set(range(first, first + len(numbers)))
