"""Words on their way to a hub and from it: which key seals them, who is given it, and when it is destroyed."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from qualbench.errors import QualbenchError
from qualbench.project.identities import identity
from qualbench.project.packages import Packages
from qualbench.steps.packages.identity import signed_by
from qualbench.store import database, journal, syncing
from qualbench.store.queries import people
from qualbench.store.syncing import Key

if TYPE_CHECKING:
    from qualbench.hub import Link, Standing, Word

SECRET = 32
"""Bytes of a key; its maker's signature follows it."""


class NoKeyYet(QualbenchError):
    def __init__(self, doc: str) -> None:
        self.doc = doc
        super().__init__(
            "The lead has not given this computer the keys of the study yet.",
            "Ask the lead to run once: qualbench hub FOLDER sync",
        )


class Keyed(Packages):
    """The keys of a study that is on a hub."""

    def _recipients(self, person: str) -> list[str]:
        """Everything that somebody's words can be sealed to: one for each of their computers."""
        return sorted({one.recipient for one in people.known(self._db) if one.person == person and one.recipient})

    def _signed_key(self, doc: str, key: Key) -> bytes:
        words = json.dumps([self.study.id, doc, key.id, key.secret.hex()]).encode()
        return key.secret + bytes.fromhex(identity().sign(words))

    def _own_key(self, doc: str, id_: str, wrap: bytes, lead: str) -> Key | None:
        """A key that was wrapped for this computer by the lead and nobody else."""
        from qualbench import hub

        body = hub.unwrapped(wrap, identity().secret) or b""
        secret, signature = body[:SECRET], body[SECRET:].hex()
        words = json.dumps([self.study.id, doc, id_, secret.hex()]).encode()
        return Key(id_, secret, journal.newest(self._db)) if signed_by(lead, signature, words) else None

    # --- the lead's ----------------------------------------------------------------------------------------------

    def _make_keys(self) -> None:
        """A key for everything that has none yet."""
        here, since = syncing.keys(self._db), journal.newest(self._db)
        new = {doc: _fresh(since) for doc in syncing.docs(self._db) if doc not in here}
        if new:
            with database.transaction(self._db):
                syncing.keep_keys(self._db, new)

    def _give_keys(self, link: Link, standing: Standing) -> None:
        """Wrap what members lack for all their computers."""
        from qualbench import hub

        keys, held = syncing.keys(self._db), link.keys_held()
        given = []
        for login, person in standing.members.items():
            to = self._recipients(person)
            for doc, key in keys.items() if to else ():
                if held.get((doc, login)) != (key.id, ",".join(to)):
                    wrap = hub.wrapped(self._signed_key(doc, key), to)
                    given.append((doc, login, key.id, ",".join(to), wrap))
        link.put_keys(given)

    def _destroy_keys(self, link: Link, standing: Standing) -> None:
        """Words were destroyed: their key goes everywhere, and what is left is sealed with another one."""
        stale = syncing.stale(self._db)
        for doc in stale:
            key = _fresh(journal.newest(self._db))
            self._seal_anew(link, doc, key, self._shown(standing))
            with database.transaction(self._db):
                syncing.keep_keys(self._db, {doc: key})
        if stale:
            self._give_keys(link, standing)

    def _seal_all_anew(self, link: Link, standing: Standing) -> None:
        """A hub that was restored has words under keys that were destroyed since, which nobody can read."""
        shown, device = (self._shown(standing), "") if self._state_is_lead() else (frozenset[str](), self._device)
        stale = syncing.stale(self._db)
        for doc, key in syncing.keys(self._db).items():
            if doc not in stale:
                self._seal_anew(link, doc, key, shown, device)

    def _state_is_lead(self) -> bool:
        state = syncing.state(self._db)
        return state is not None and state.is_lead

    def _shown(self, standing: Standing) -> frozenset[str]:
        """The private lanes that everybody reads on the hub."""
        return standing.published | {lane for _, passes in standing.opened.values() for lane in passes}

    def _seal_anew(self, link: Link, doc: str, key: Key, shown: Iterable[str], device: str = "") -> None:
        there = {lane for _, _, lane in syncing.pushed(self._db)}  # what it never got, comes with its entries
        lanes = {"", *shown, *(there if device else filter(self._own, there))}
        words = [one for one in syncing.naming(self._db, doc, device) if one.lane in lanes]
        for part in _parts(self._seal_words(words, {doc: key})):
            link.put_words(part)

    def _own(self, lane: str) -> bool:
        return lane in {one.id for one in self.passes(coder=self.viewer)}

    # --- everybody's ---------------------------------------------------------------------------------------------

    def _take_keys(self, link: Link, lead: str) -> None:
        """The keys that the lead wrapped for this computer; where one is new, one's own words are sealed with it."""
        here = syncing.keys(self._db)
        new: dict[str, Key] = {}
        for doc, id_, wrap in link.own_keys():
            if doc in here and here[doc].id == id_:
                continue
            key = self._own_key(doc, id_, wrap, lead)
            if key is not None:
                if doc in here:
                    self._seal_anew(link, doc, key, (), self._device)
                new[doc] = key
        if new:
            with database.transaction(self._db):
                syncing.keep_keys(self._db, new)

    def _seal_words(self, words: Iterable[syncing.Named], keys: dict[str, Key]) -> list[Word]:
        from qualbench import hub

        found = []
        for one in words:
            key = keys.get(one.doc)
            if key is None:
                raise NoKeyYet(one.doc)
            found.append(hub.Word(one.lane, one.hash, one.doc, key.id, hub.sealed(key.secret, one.hash, one.body)))
        return found

    def _open_words(self, words: Iterable[Word], keys: dict[str, Key]) -> tuple[dict[str, bytes], set[str]]:
        """What can be read of these words, and whose key is lacking for the rest."""
        from qualbench import hub

        found: dict[str, bytes] = {}
        lacking: set[str] = set()
        for one in words:
            key = keys.get(one.doc)
            body = hub.opened(key.secret, one.hash, one.cipher) if key and key.id == one.key else None
            if body is not None:
                found[one.hash] = body
            elif (key is None or key.id != one.key) and syncing.wanted(self._db, one.hash):
                lacking.add(one.doc)
        return found, lacking


def _fresh(since: int) -> Key:
    from qualbench import hub

    return Key(str(uuid.uuid4()), hub.new_key(), since)


def _parts(words: Sequence[Word], most: int = 8 * 2**20) -> list[list[Word]]:
    """Words in parts of some megabytes."""
    parts: list[list[Word]] = []
    size = most
    for one in words:
        if size + len(one.cipher) > most or len(parts[-1]) >= 1000:
            parts.append([])
            size = 0
        parts[-1].append(one)
        size += len(one.cipher)
    return parts
