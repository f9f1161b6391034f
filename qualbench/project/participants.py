"""Participants: who speaks as whom, what is known of them, who is covered, and finding words by them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from qualbench import model
from qualbench.errors import BadTable, QualbenchError
from qualbench.model import Changes, Role, Speaker
from qualbench.project.intake import Imports
from qualbench.steps import participants
from qualbench.store.queries import study as studies
from qualbench.store.queries import transcripts

if TYPE_CHECKING:
    from qualbench.steps.participants import (
        Attribute,
        ColumnMapping,
        Coverage,
        Group,
        Intake,
        Known,
        Query,
        Suggestion,
    )

    Forms = Mapping[str, frozenset[str]]
    """Words with all their forms."""

FOUND = 200
"""How many places a search shows."""


class UnknownSpeaker(QualbenchError):
    def __init__(self, transcript: str, speaker: str, known: Sequence[str]) -> None:
        super().__init__(f"'{transcript}' has no speaker called '{speaker}'.", f"Known are: {', '.join(known)}")


class Participants(Imports):
    """People in the interviews."""

    def attributes(self) -> tuple[Attribute, ...]:
        """Every attribute of participants with its kind; one that was never defined holds text."""
        defined = {
            name: participants.Attribute(name, participants.AttributeKind(kind), choices)
            for name, kind, choices in studies.attribute_kinds(self._db)
        }
        used = dict.fromkeys(name for one in self.participants() for name, _ in one.attributes)
        return (*defined.values(), *(participants.Attribute(name) for name in used if name not in defined))

    def attribute(self, name: str) -> Attribute:
        """One attribute by its name, or by the only one that differs by case and accents alone."""
        known = self.attributes()
        found = participants.Known(attributes=known).attribute(name)
        if found is None:
            raise participants.UnknownAttribute(name, [one.name for one in known])
        return found

    def define_attribute(self, attribute: Attribute) -> Changes:
        """Say what kind of values an attribute has."""
        return self._record([participants.define(attribute)])

    def set_attribute(self, participant: str, name: str, text: str) -> Changes:
        """One value of one participant, by hand."""
        known = [one.id for one in self.participants()]
        return self._record(participants.set_value(participant, self.attribute(name), text, known))

    def assign_speaker(self, name: str, label: str, role: Role, participant: str = "") -> Changes:
        """Say who one speaker of a transcript is."""
        transcript = self.transcript(name)
        labels = [speaker.label for speaker in transcript.speakers]
        if label not in labels:
            raise UnknownSpeaker(transcript.name, label, labels)
        number = labels.index(label)
        known = [one.id for one in self.participants()]
        return self._record_speakers(participants.assign(transcript.id, number, role, participant, known))

    # --- from a table ------------------------------------------------------------------------------------------

    def known(self) -> Known:
        """What a table of participants is compared with."""
        ids = transcripts.known_as(self._db)
        return participants.Known(self.participants(), self.attributes(), ids, self.speakers())

    def speakers(self) -> dict[str, tuple[Speaker, ...]]:
        """The speakers of each transcript, by its id."""
        return transcripts.speakers(self._db)

    def participants_in(
        self, columns: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]], mapping: ColumnMapping, source: str,
        *, add: bool = False,
    ) -> Intake:  # fmt: skip
        """What a table would bring under a mapping; nothing is recorded."""
        return participants.lines(mapping, columns, rows, self.known(), add=add, source=source)

    def take_in_participants(self, intake: Intake) -> Changes:
        """Record what a table brings, all or nothing."""
        if intake.problems:
            raise BadTable(list(intake.problems))
        return self._record_speakers(participants.take_in(intake, self.known()))

    # --- who is covered ----------------------------------------------------------------------------------------

    def coverage(self, by: Sequence[str], bands: Mapping[str, Sequence[str]] | None = None) -> Coverage:
        """How many participants have each combination of attributes, empty ones shown."""
        names = [self.attribute(name).name for name in by]
        parted = {self.attribute(name): limits for name, limits in (bands or {}).items()}
        cut = {attribute.name: participants.bands(attribute, limits) for attribute, limits in parted.items()}
        return participants.coverage(self.present(), self.attributes(), names, self._speakers_by_name(), cut)

    def _speakers_by_name(self) -> dict[str, tuple[Speaker, ...]]:
        names = transcripts.names(self._db)
        return {names[id_]: speakers for id_, speakers in self.speakers().items()}

    def present(self) -> tuple[model.Participant, ...]:
        """Those who speak somewhere or of whom something is known; a label that nobody has any more is left out."""
        speaking = {speaker.participant for those in self.speakers().values() for speaker in those}
        known = (one for one in self.participants() if one.id in speaking or any(value for _, value in one.attributes))
        return tuple(known)

    def groups(self) -> tuple[Group, ...]:
        """The focus groups with their members."""
        return participants.groups(self._speakers_by_name())

    def same_people(self) -> tuple[Suggestion, ...]:
        """Speakers of several transcripts who may be one person; nothing is assigned by itself."""
        return participants.same_people(self._speakers_by_name())

    # --- finding -----------------------------------------------------------------------------------------------

    def vocabulary(self) -> tuple[str, ...]:
        """Every different word of all transcripts, as the search has them."""
        return transcripts.vocabulary(self._db)

    def query(self, text: str) -> Query:
        """What a person typed, as words, phrases and filters such as speaker:P01 or site:north."""
        return participants.parsed(text, self.attributes())

    def find(self, text: str, *, lemma: bool = False, forms: Forms | None = None) -> tuple[model.Hit, ...]:
        """Turns with all the words and phrases that fit the filters, at most FOUND of them.

        Words are found in any form with `lemma`, or by the table of `forms` where it is at hand already.
        """
        query = self.query(text)
        if not query:
            return ()
        if lemma and query.words and forms is None:
            forms = participants.lemma_table(participants.lemmas(self.vocabulary()))
        values = {one.id: dict(one.attributes) for one in self.participants()}
        found = transcripts.find(self._db, participants.forms(query.words, forms or {}), query.phrases)
        admitted = (hit for hit in found if participants.admits(query, hit, values))
        return tuple(hit for hit, _ in zip(admitted, range(FOUND), strict=False))
