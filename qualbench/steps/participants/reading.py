"""The rows of a participants table one by one: each becomes a line, or says what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from qualbench.model import Role, Speaker
from qualbench.steps.participants.attributes import UNKNOWN, Attribute, BadValue, alike, checked
from qualbench.steps.participants.mapping import ColumnMapping, Known
from qualbench.steps.participants.resolving import Labels, Misfit, role_said, said, speaker_named, transcript_named
from qualbench.text import excerpt


@dataclass(frozen=True, slots=True)
class Line:
    """A row that fits: who somebody is, where they speak, and what is known of them."""

    row: int
    """As a spreadsheet shows it."""
    participant: str
    """Empty for somebody who is none, such as an interviewer."""
    attributes: tuple[tuple[str, str], ...] = ()
    """Name and kept value; what the row does not say is left out, and stays as it was."""
    transcript: str = ""
    """Its id; empty where a row is about a participant alone."""
    speaker: str = ""
    role: str = ""


@dataclass(slots=True)
class Reading:
    """The rows that were read so far: a later one may neither repeat nor contradict them."""

    mapping: ColumnMapping
    columns: Sequence[str]
    known: Known
    attributes: Mapping[str, Attribute]
    """By the column that fills it."""
    add: bool
    """Whether a row about a participant alone may bring a new one."""
    lines: list[Line] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)
    _labels: Labels = field(init=False)
    _seen: dict[tuple[str, str, str], int] = field(default_factory=dict)
    _speaking: dict[tuple[str, str], Line] = field(default_factory=dict)
    _said: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._labels = Labels(self.known.participants)

    def take(self, row: int, cells: Sequence[str]) -> None:
        """Read one more row."""
        values, wrong = self._values(cells)
        try:
            line = self._line(row, cells, values)
            wrong += self._contradictions(line)
        except Misfit as misfit:
            wrong.insert(0, str(misfit))
        if wrong:
            self.problems += [(row, message) for message in wrong]
            return
        self._keep(line)
        if values and not line.participant:
            names = ", ".join(name for name, _ in values)
            self.notes.append((row, f"is not about a participant, so this is left out: {names}"))

    def _line(self, row: int, cells: Sequence[str], values: tuple[tuple[str, str], ...]) -> Line:
        transcript, speaker = self._speaker(cells)
        who = self._cell(cells, self.mapping.participant)
        role = role_said(self._cell(cells, self.mapping.role), speaker, bool(who)) if speaker else Role.PARTICIPANT
        if speaker and not self.mapping.participant and role is Role.PARTICIPANT:
            who = speaker.participant
        if bool(who) != (role is Role.PARTICIPANT):
            raise Misfit(f"{said(who)} can not be {role} and participant" if who else "does not say the participant")
        who = self._labels.resolved(who, may_be_new=self.add or speaker is not None) if who else ""
        if speaker is None:
            return Line(row, who, values)
        return Line(row, who, values if who else (), transcript, speaker.label, str(role))

    def _speaker(self, cells: Sequence[str]) -> tuple[str, Speaker | None]:
        """The transcript's id and who speaks in it, where the row is about a transcript."""
        name, label = self._cell(cells, self.mapping.transcript), self._cell(cells, self.mapping.speaker)
        if name:
            transcript = transcript_named(name, self.known.transcripts)
            return transcript, speaker_named(label, name, self.known.speakers.get(transcript, ()))
        if label or not self.mapping.participant:
            raise Misfit("does not say the transcript")
        return "", None

    def _cell(self, cells: Sequence[str], column: str) -> str:
        at = self.columns.index(column) if column else len(cells)
        return cells[at].strip() if at < len(cells) else ""

    def _values(self, cells: Sequence[str]) -> tuple[tuple[tuple[str, str], ...], list[str]]:
        """What the row says of the attributes, and what it can not say of them."""
        kept = [
            (attribute, checked(attribute, self._cell(cells, column))) for column, attribute in self.attributes.items()
        ]
        wrong = [str(value) for _, value in kept if isinstance(value, BadValue)]
        values = [(attribute.name, value) for attribute, value in kept if isinstance(value, str) and value != UNKNOWN]
        return tuple(values), wrong

    def _contradictions(self, line: Line) -> list[str]:
        """Where a line repeats or contradicts one above it."""
        if above := self._seen.get((line.participant, line.transcript, line.speaker)):
            return [f"{said(line.participant or line.speaker)} stands in row {above} already"]
        if line.speaker and (other := self._speaking.get((line.transcript, line.speaker))):
            return [f"the speaker {said(line.speaker)} is {said(other.participant or other.role)} in row {other.row}"]
        typed = {attribute.name: attribute for attribute in self.attributes.values()}
        return [
            f"{excerpt(name, 60)} of {said(line.participant)} is {said(before)} in row {above}, and {said(value)} here"
            for name, value in line.attributes
            for above, before in [self._said.get((line.participant, name), (line.row, value))]
            if not alike(typed[name], before, value)
        ]

    def _keep(self, line: Line) -> None:
        self.lines.append(line)
        if line.participant:
            self._labels.keep(line.participant)
        self._seen[line.participant, line.transcript, line.speaker] = line.row
        self._speaking[line.transcript, line.speaker] = line
        for name, value in line.attributes:
            self._said.setdefault((line.participant, name), (line.row, value))
