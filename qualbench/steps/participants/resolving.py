"""What a cell of a participants table means in this study: a transcript, a speaker, a role, a participant."""

from collections.abc import Iterable, Mapping, Sequence

from qualbench.model import Participant, Role, Speaker
from qualbench.steps.participants.headers import role_of
from qualbench.steps.participants.identifiers import identifier
from qualbench.steps.participants.mapping import bare_name
from qualbench.text import counted, excerpt, folded

_LONGEST = 60


class Misfit(ValueError):
    """A cell that fits nothing in the study, in words that go on after the row's number."""


def said(text: str) -> str:
    """A cell in quotes, short and safe to show."""
    return f"'{excerpt(text, 40)}'"


def transcript_named(name: str, transcripts: Mapping[str, str]) -> str:
    """The id of the transcript that goes by this name, else by it without case and file ending."""
    if name in transcripts:
        return transcripts[name]
    near = {id_ for known, id_ in transcripts.items() if bare_name(known) == bare_name(name)}
    if len(near) != 1:
        raise Misfit(f"{said(name)} can be several transcripts" if near else f"there is no transcript {said(name)}")
    return near.pop()


def speaker_named(label: str, transcript: str, speakers: Sequence[Speaker]) -> Speaker:
    """The speaker with this label, or without one the only participant who speaks."""
    if not label:
        speaking = [speaker for speaker in speakers if speaker.role is Role.PARTICIPANT]
        if len(speaking) != 1:
            raise Misfit(f"{counted(len(speaking), 'participant')} of {said(transcript)} may be meant: say the speaker")
        return speaking[0]
    near = [speaker for speaker in speakers if folded(speaker.label) == folded(label)]
    exact = [speaker for speaker in near if speaker.label == label]
    if not exact and len(near) != 1:
        raise Misfit(f"{said(transcript)} has no speaker {said(label)}")
    return (exact or near)[0]


def role_said(text: str, speaker: Speaker, names_participant: bool) -> Role:
    """The role a row gives a speaker: as its cell says, else participant if it names one, else as it was."""
    if text:
        role = role_of(text)
        if role is None:
            raise Misfit(f"{said(text)} is not a role ({', '.join(Role)})")
        return role
    return Role.PARTICIPANT if names_participant else speaker.role


class Labels:
    """The labels of participants, those of rows that were read included."""

    def __init__(self, known: Iterable[Participant]) -> None:
        self._exact: dict[str, str] = {}
        self._folded: dict[str, set[str]] = {}
        self._identifiers: dict[tuple[str, int] | None, str] = {}
        for participant in known:
            self._add(participant.label, participant.id)
            self._add(participant.id, participant.id)

    def keep(self, label: str) -> None:
        """A label that a row has brought in."""
        if label not in self._exact:
            self._add(label, label)

    def resolved(self, text: str, may_be_new: bool) -> str:
        """The participant's id as the study has it, whatever the case; a new one as it is written."""
        near = {self._exact[text]} if text in self._exact else self._folded.get(folded(text), set())
        if len(near) == 1:
            return next(iter(near))
        key = identifier(text)
        if key and key in self._identifiers:
            raise Misfit(
                f"there is no participant {said(text)}, but {said(self._identifiers[key])}: write it as it was"
            )
        if not may_be_new:
            raise Misfit(f"there is no participant {said(text)} in the study")
        if len(text) > _LONGEST or not text.isprintable():
            raise Misfit(f"{said(text)} can not be a participant's label: use 1 to {_LONGEST} visible characters")
        return text

    def _add(self, label: str, id_: str) -> None:
        self._exact[label] = id_
        self._folded.setdefault(folded(label), set()).add(id_)
        self._identifiers.setdefault(identifier(label), label)
