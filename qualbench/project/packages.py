"""Packages between machines: sending a study, handing in, and putting together what came back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from qualbench import events
from qualbench.errors import QualbenchError, ReadOnlyStudy
from qualbench.model import PassState
from qualbench.project.base import _now, made_whole, write_file
from qualbench.project.identities import identity
from qualbench.project.merged import Merge, NotTheLead
from qualbench.project.parcel import Parcel, head_words, names_used
from qualbench.project.recognised import Recognised
from qualbench.steps import packages
from qualbench.steps.packages import Card, Header, Payload
from qualbench.steps.packages.format import BadPackage
from qualbench.store import database, merging, migrations
from qualbench.store.keys import NewKey
from qualbench.store.queries import people

SUFFIX = ".qbp"
WAITING = "packages"
"""The folder inside a study where packages wait, sealed, until they may be opened."""

Arrived = tuple[str, Header, bytes]
"""A package: what its file is called, its header, and all of it."""


class NotHandedIn(QualbenchError):
    def __init__(self, coder: str) -> None:
        super().__init__(
            f"{coder or 'Nobody'} has submitted no pass here, and there is nothing to hand in.",
            "Finish a transcript and submit it first: qualbench submit FOLDER",
        )


class AnotherName(QualbenchError):
    exit_code = 3

    def __init__(self, coder: str, names: Sequence[str]) -> None:
        self.names = tuple(names)
        told = ", ".join(names)
        super().__init__(
            f"Something was done here as {told} too, and what {coder} hands in is {coder}'s alone.",
            "If that was the same person, say so, and it is theirs: "
            f"qualbench hand-in FOLDER -o FILE --as {coder} --also {names[0]}. "
            "Otherwise each needs a computer account of their own.",
        )


class WhoIsThis(QualbenchError):
    exit_code = 3

    def __init__(self, card: Card) -> None:
        self.card = card
        super().__init__(
            f"A package comes from somebody who is called '{card.name}' and is not known here yet "
            f"(key {card.fingerprint}).",
            "Ask them for the key, then say who they are: qualbench people FOLDER recognise KEY PERSON",
        )


@dataclass(frozen=True, slots=True)
class Sent:
    """What left in a package."""

    path: Path
    entries: int
    transcripts: int
    to: str
    fingerprint: str


class Packages(Recognised):
    """A study on several machines without a server."""

    # --- sending -----------------------------------------------------------------------------------------------

    def send(self, card: Card, person: str, target: Path, *, force: bool = False) -> Sent:
        """Write the study as far as somebody may know it, sealed to them: texts, codebook, rounds, what is opened."""
        if left := merging.mixed(self._db, person):
            names = ", ".join(self.transcript(one).name for one in left)
            raise QualbenchError(
                f"{names}: coding there was recorded by an earlier release in a way that can not be kept back.",
                "Submit these passes first, on all of them, or send the study before anybody codes.",
            )
        if not self._leads():
            raise NotTheLead(self.viewer)
        self._must_be_a_name(person)
        own = self.card()
        facts = self._introductions()
        for one, name in ((own, own.name), (card, person)):
            if people.person(self._db, one.key) != name:
                said = {"key": one.key, "recipient": one.recipient, "person": name}
                facts.append(events.PersonRecognised(**said, reason=events.seal("")))
        if not people.keepers(self._db):
            facts.append(events.KeeperNamed(key=own.key, recipient=own.recipient))
        if facts:
            self._record(facts)
        payload = self._payload(merging.open_to(self._db, person, self._signed()))
        return self._write(target, "study", payload, card, person, force=force)

    def hand_in(self, target: Path, *, also: Sequence[str] = (), force: bool = False) -> Sent:
        """Write what the viewer has submitted, sealed to the keeper, so that nobody can look before all are in.

        `also` are other names under which the viewer worked on this computer; that work is theirs from then on.
        """
        submitted = [one for one in self.passes(coder=self.viewer) if one.state is PassState.SUBMITTED]
        if not submitted:
            raise NotHandedIn(self.viewer)
        keepers = people.keepers(self._db)
        if not keepers:
            raise QualbenchError(
                "Nobody keeps the packages of this study yet.",
                "Packages are for studies on several machines: the lead begins with qualbench send.",
            )
        if facts := [fact for name in ("", *also) for fact in self._introductions(name)]:
            self._record(facts)
        still_open = {one.id for one in self.passes() if one.state is PassState.OPEN}
        chains = [chain for chain in self._signed() if chain[0] == self._device and chain[2] not in still_open]
        payload = self._payload(chains)
        known = {name for one in self.known_people() if self._device in one.devices for name in one.names}
        if strangers := names_used(payload.rows) - known:
            raise AnotherName(self.viewer, sorted(strangers))
        card = Card(*keepers[-1], "")
        handed = tuple((one.transcript, one.round, one.id) for one in submitted)
        return self._write(target, "coder", payload, card, "the keeper", handed, force=force)

    def _signed(self) -> dict[merging.Chain, tuple[str, str]]:
        """The chains that may be shown on: one's own, signed now, and others' as far as their devices signed them."""
        own, here = identity(), merging.chains(self._db)
        found = {chain: told for chain, told in merging.vouched(self._db).items() if chain[0] != self._device}
        introduced = {device for one in self.known_people() for device in one.devices} - {self._device}
        for chain, digest in here.items():
            if chain[0] not in introduced:  # what nobody else answers for, whoever sends it answers for
                found[chain] = (digest, own.sign(head_words(self.study.id, chain, digest)))
        return found

    def _payload(self, chains: Sequence[merging.Chain]) -> Payload:
        signed = self._signed()
        heads = tuple((*chain, *signed[chain]) for chain in chains)
        rows = merging.rows(self._db, {chain: signed[chain][0] for chain in chains})
        return Payload(tuple(rows), merging.contents(self._db, rows), heads)

    def _write(
        self, target: Path, kind: str, payload: Payload, card: Card, to: str,
        handed: tuple[tuple[str, str, str], ...] = (), *, force: bool,
    ) -> Sent:  # fmt: skip
        own = self.card()
        made = self.clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        header = Header(self.study.id, kind, own.key, own.name, card.fingerprint, made, handed)
        write_file(target, packages.packed(header, payload, [card.recipient], identity()), force=force)
        transcripts = {row[4] for row in payload.rows if row[7] == "transcript_imported"}
        return Sent(target, len(payload.rows), len(handed) or len(transcripts), to, card.fingerprint)

    # --- joining -----------------------------------------------------------------------------------------------

    @classmethod
    def join(cls, file: Path, folder: Path, *, clock: Callable[[], datetime] = _now, key: NewKey | None = None) -> Self:
        """A new study folder from a study package, encrypted with a key; it is there whole or not at all."""
        body = _read(file)
        header = packages.header_of(body, file.name)
        if header.kind != "study":
            raise BadPackage(file.name, "is a coder's package", "The lead takes it in with: qualbench merge")
        payload = packages.opened(body, identity(), file.name)
        with made_whole(folder, key) as part, closing(database.connect(part)) as db:
            person = _begun(db, Parcel(file.name, header, payload))
        study = cls.open(folder, person, write=True, clock=clock)
        study._record(study._introductions())
        return study

    # --- merging -----------------------------------------------------------------------------------------------

    def merge(
        self, files: Iterable[Path] = (), *, reason: str = "", carry: bool = False, dry_run: bool = False
    ) -> Merge:
        """Take packages in: a coder's waits sealed until everybody's is in, or until a reason is given.

        What is here already changes nothing. A backup is made first. With `carry`, work on another version of a text
        is carried over to the newest one; without, it is refused.
        """
        if not self.writable and not dry_run:
            raise ReadOnlyStudy(self.readonly_because)
        arrived = self._distinct([(path.name, _read(path)) for path in files])
        ready, sealed, awaited = self._sorted([header for _, header, _ in arrived.values()], reason)
        parcels = [self._unsealed(*arrived[id_]) for id_ in ready]
        if not dry_run:
            self._keep_sealed([arrived[id_] for id_ in sealed])
            if parcels:
                self.back_up("before-merge")
        made = self._take_in(parcels, reason, carry=carry, dry_run=dry_run)
        for id_ in () if dry_run else ready:
            (self.folder / WAITING / _waiting_name(arrived[id_][1])).unlink(missing_ok=True)
        return replace(made, sealed=tuple(arrived[id_][1] for id_ in sealed), awaited=awaited)

    def _distinct(self, files: Iterable[tuple[str, bytes]]) -> dict[str, Arrived]:
        """Packages that come and those that wait, each once, by what is in them."""
        found: dict[str, Arrived] = {}
        for name, body in (*files, *self._waiting()):
            header = self._header(body, name)
            found.setdefault(header.id, (name, header, body))
        return found

    def waiting(self) -> Merge:
        """The packages that wait, sealed, and who is awaited."""
        arrived = self._distinct([])
        _, sealed, awaited = self._sorted([header for _, header, _ in arrived.values()], "")
        return Merge((), tuple(arrived[id_][1] for id_ in sealed), awaited)

    def _header(self, body: bytes, name: str) -> Header:
        header = packages.header_of(body, name)
        if header.study != self.study.id:
            raise BadPackage(name, "belongs to another study", "Nothing was changed. Open the study it belongs to.")
        person = people.person(self._db, header.sender)
        if header.kind == "study":
            if header.sender not in people.leads(self._db):
                raise BadPackage(name, "does not come from the lead of this study", "Nothing was changed.")
        elif not person:
            raise WhoIsThis(Card(header.sender, "", header.name))
        return header

    def _waiting(self) -> list[tuple[str, bytes]]:
        folder = self.folder / WAITING
        found = sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else []
        return [(f"{WAITING}/{path.name}", _read(path)) for path in found]

    def _keep_sealed(self, arrived: Iterable[Arrived]) -> None:
        folder = self.folder / WAITING
        for _, header, body in arrived:
            folder.mkdir(exist_ok=True)
            write_file(folder / _waiting_name(header), body, force=True)

    def _sorted(
        self, headers: Sequence[Header], reason: str
    ) -> tuple[list[str], list[str], tuple[packages.Awaited, ...]]:
        """Which packages (by id) may be opened now, which stay sealed, and who is still awaited."""
        in_: dict[tuple[str, str], set[str]] = {}
        for transcript, round_, coder, _ in people.handed_in(self._db):
            in_.setdefault((transcript, round_), set()).add(coder)
        for header in headers:
            for transcript, round_, _ in header.passes:
                in_.setdefault((transcript, round_), set()).add(people.person(self._db, header.sender))
        opened = {(t, r) for t, r in people.openings(self._db)}
        assigned = people.assigned(self._db)
        ready: list[str] = []
        sealed: list[str] = []
        awaited: set[packages.Awaited] = set()
        for header in headers:
            places = {(t, r) for t, r, _ in header.passes} - opened
            lacking = packages.missing(places, assigned, in_, self.study.coders) if header.kind == "coder" else ()
            (sealed if lacking and not reason.strip() else ready).append(header.id)
            awaited |= set(lacking)
        return ready, sealed, tuple(sorted(awaited, key=lambda one: (one.transcript, one.round)))

    def _unsealed(self, name: str, header: Header, body: bytes) -> Parcel:
        return Parcel(name, header, packages.opened(body, identity(), name))


def _begun(db: database.Connection, parcel: Parcel) -> str:
    """Make a study of what is in a package; answers with whom it was made for."""
    header, payload = parcel.header, parcel.payload
    migrations.migrate(db)
    with database.transaction(db):
        new = parcel.checked(db, header.study)
        merging.note_arrival(db, header.id, _told(header), header.made)
        merging.put_in(db, new.new, payload.contents, header.id)
        merging.bring_up(db, new.new, 0)
        merging.vouch(db, payload.heads)
    return people.person(db, identity().card("").key)


def _told(header: Header) -> tuple[str, str, str, str]:
    return header.sender, header.name, header.kind, header.made


def _waiting_name(header: Header) -> str:
    return f"{header.sender[:8]}-{header.id}{SUFFIX}"


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise QualbenchError(f"{path} can not be read: {error.strerror or error}.") from error
