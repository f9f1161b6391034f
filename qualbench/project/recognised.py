"""Who is who between machines: the card of whoever works here, and whose each key is."""

from __future__ import annotations

from qualbench import events
from qualbench.errors import QualbenchError
from qualbench.events import Event
from qualbench.model import Changes
from qualbench.project.identities import identity
from qualbench.project.merged import Merging
from qualbench.steps import study
from qualbench.steps.packages import Card
from qualbench.store.queries import people


class Recognised(Merging):
    """Keys, and the people they belong to."""

    def card(self) -> Card:
        """The card of whoever works here, to be given to the lead."""
        return identity().card(self.viewer)

    def known_people(self) -> tuple[people.Known, ...]:
        """Every key that something here was written with, and whose it is."""
        return people.known(self._db)

    def recognise(self, key: str, person: str, reason: str = "") -> Changes:
        """Say which person of the study a key belongs to; from then on all that it wrote is theirs."""
        found = [one for one in self.known_people() if key in (one.key, Card(one.key, "", "").fingerprint)]
        card_key = found[0].key if found else key
        if not found and not _is_key(key):
            raise QualbenchError(f"There is no key '{key}' here.", "List them with: qualbench people FOLDER")
        self._must_be_a_name(person.strip())
        fact = events.PersonRecognised(key=card_key, person=person.strip(), reason=events.seal(reason))
        return self._record([fact])

    def _must_be_a_name(self, person: str) -> None:
        """Refuse what is no name, or nearly that of somebody else."""
        study.join(person, {*(one.name for one in self.people()), *(one.person for one in self.known_people())} - {""})

    def _introductions(self, name: str = "") -> list[Event]:
        """What must be said of this device before anything leaves it: whose it is, and what they are called on it."""
        own, name = self.card(), name or self.viewer
        held = [one for one in self.known_people() if one.key == own.key]
        if any(self._device in one.devices and name in one.names for one in held):
            return []
        said = {"device": self._device, "key": own.key, "recipient": own.recipient, "name": name}
        return [events.DeviceIntroduced(**said)]


def _is_key(words: str) -> bool:
    try:
        return len(bytes.fromhex(words)) == 32
    except ValueError:
        return False
