"""Setting a study up: its method, its people, and who the speakers are."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from qualbench import events
from qualbench.errors import BadDecision, NameTooClose, Problem, UnknownMethod
from qualbench.events import Event
from qualbench.model import Method, Role, Speaker
from qualbench.text import folded

NAME = re.compile(r"[^\s\x00-\x1f\x7f](?:[^\x00-\x1f\x7f]{0,58}[^\s\x00-\x1f\x7f])?")


class BadName(BadDecision):
    """A name that can not be a coder's."""

    def __init__(self, name: str) -> None:
        super().__init__(f"'{name}' can not be a name.", "Use 1 to 60 visible characters.")


def method(name: str) -> Method:
    """The method profile with this name.

    >>> method("codebook-ta").name
    'CODEBOOK'
    """
    try:
        return Method(name.strip().casefold())
    except ValueError:
        raise UnknownMethod(name, [str(known) for known in Method]) from None


def create(name: str, method_: Method, coders: int) -> list[Event]:
    """A new study that asks for `coders` independent passes on each transcript."""
    if coders < 1:
        raise BadDecision("A study needs at least one coder for each transcript.")
    return [events.StudyCreated(study=events.new_id(), name=name, method=str(method_), coders=coders)]


def join(name: str, known: Collection[str], role: str = "coder") -> list[Event]:
    """Somebody works here for the first time; nothing when they are known."""
    if name in known:
        return []
    if not NAME.fullmatch(name):
        raise BadName(name)
    for other in known:
        if folded(other) == folded(name):
            raise NameTooClose(name, other)
    return [events.PersonAdded(name=name, roles=[role])]


_IDENTIFIER = re.compile(r"([A-Z]{1,3})(\d{1,3})", re.ASCII)


def name_participants(
    transcript: str,
    speakers: Sequence[Speaker],
    taken: set[str],
    known: Mapping[str, str] | None = None,
    numbers: Iterator[int] | None = None,
) -> list[Event]:
    """Every participant among the speakers gets a label of their own, never their name; `taken` grows by it.

    `known` are speakers, by their label in the file, who are somebody already. `numbers` go on where the last label
    of the same step was found, so that ten thousand are found as fast as one.
    """
    found: list[Event] = []
    own = {speaker.label for speaker in speakers if speaker.role is Role.PARTICIPANT}
    for number, speaker in enumerate(speakers):
        if speaker.role is not Role.PARTICIPANT:
            continue
        label = (known or {}).get(speaker.label, "")
        if not label:
            label = _label(speaker.label, own, taken, numbers or count(1))
            taken.add(label)
            found.append(events.ParticipantAdded(participant=label, label=label))
        found.append(
            events.SpeakerSet(transcript=transcript, speaker=number, role=str(speaker.role), participant=label)
        )
    return found


def _label(label: str, own: Collection[str], used: Collection[str], numbers: Iterator[int]) -> str:
    """A label that is an identifier already (P7, A2) is kept while nobody else has it; all others are numbered on.

    P7 and P07 are never two people, and nobody is numbered by what another label of the same text says.
    """
    identifier = _IDENTIFIER.fullmatch(label)
    if identifier and _is_free(identifier[1], int(identifier[2]), used):
        return label
    free = (n for n in numbers if _is_free("P", n, used) and _is_free("P", n, own))
    return f"P{next(free):02}"


def _is_free(letters: str, number: int, used: Collection[str]) -> bool:
    return not any(f"{letters}{number:0{width}}" in used for width in (1, 2, 3))


@dataclass(frozen=True, slots=True)
class SpeakerLine:
    """One line of a participants table: who a speaker label is, with attributes."""

    transcript: str
    speaker: str
    role: str
    participant: str
    attributes: tuple[tuple[str, str], ...]


SPEAKER_COLUMNS = ("transcript", "speaker", "role", "participant")


def speaker_line(row: Mapping[str, str]) -> SpeakerLine:
    """A row of a participants table; every column beyond the four that are needed is an attribute."""
    attributes = tuple((name, value) for name, value in row.items() if name not in SPEAKER_COLUMNS and value)
    return SpeakerLine(row["transcript"], row["speaker"], row["role"], row["participant"], attributes)


def assign_speakers(
    lines: Sequence[SpeakerLine],
    speakers: Mapping[str, Sequence[Speaker]],
    ids: Mapping[str, str],
    known: Collection[str],
) -> tuple[list[Event], list[Problem]]:
    """Roles, participants and attributes as a table states them; `ids` maps transcript names to ids.

    Lines that fit nothing are problems, by their 1-based line in the table (the header is line 1).
    """
    found: list[Event] = []
    problems: list[Problem] = []
    joined = set(known)
    for number, line in enumerate(lines, start=2):
        transcript = ids.get(line.transcript)
        labels = [speaker.label for speaker in speakers.get(transcript or "", ())]
        if transcript is None:
            problems.append(Problem("participants", number, f"there is no transcript called '{line.transcript}'"))
        elif line.speaker not in labels:
            problems.append(Problem("participants", number, f"'{line.transcript}' has no speaker '{line.speaker}'"))
        elif line.role not in set(Role):
            problems.append(Problem("participants", number, f"'{line.role}' is not a role ({', '.join(Role)})"))
        else:
            found += _assigned(line, transcript, labels.index(line.speaker), joined)
    return found, problems


def _assigned(line: SpeakerLine, transcript: str, speaker: int, joined: set[str]) -> list[Event]:
    found: list[Event] = []
    if line.participant and line.participant not in joined:
        joined.add(line.participant)
        found.append(events.ParticipantAdded(participant=line.participant, label=line.participant))
    found.append(
        events.SpeakerSet(transcript=transcript, speaker=speaker, role=line.role, participant=line.participant)
    )
    found += [
        events.AttributeSet(participant=line.participant, name=name, value=value)
        for name, value in line.attributes
        if line.participant and value
    ]
    return found
