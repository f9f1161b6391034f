"""A study on a hub: putting it there, letting people in, joining, giving and taking."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from qualbench import events
from qualbench.errors import QualbenchError
from qualbench.events import Event
from qualbench.model import Changes
from qualbench.project.base import SETTINGS, _now, made_whole
from qualbench.project.identities import identity
from qualbench.project.keyed import NoKeyYet
from qualbench.project.synced import AnotherHub, NotOnAHub, Synced, Syncing
from qualbench.store import database, merging, migrations, projections, syncing
from qualbench.store.queries import people

if TYPE_CHECKING:
    from qualbench.hub import Founding, Invited, Link
    from qualbench.steps.packages import Card
    from qualbench.store.keys import NewKey


class NotYours(QualbenchError):
    def __init__(self, person: str, viewer: str) -> None:
        super().__init__(
            f"On the hub this computer is {person}'s, so nothing is written on it as {viewer or 'nobody'}.",
            f"Say --as {person}.",
        )


class OnlyTheLead(QualbenchError):
    def __init__(self) -> None:
        super().__init__(
            "On a hub only the lead imports and corrects texts, releases codebooks, plans rounds, and opens.",
            "Ask the lead.",
        )


class Hubbed(Syncing):
    """A study on several machines with a server."""

    def _record(self, facts: Sequence[Event]) -> Changes:
        state = syncing.state(self._db)
        if state is not None and self.viewer != state.person:
            raise NotYours(state.person, self.viewer)
        if state is not None and not state.is_lead:
            from qualbench.hub.rights import LEADS

            if any(fact.KIND in LEADS for fact in facts):
                raise OnlyTheLead
        return super()._record(facts)

    @property
    def on_hub(self) -> bool:
        """Whether the study is on a hub."""
        return syncing.state(self._db) is not None

    def hub_address(self) -> str:
        """Where the hub is, without any password."""
        try:
            told = tomllib.loads((self.folder / SETTINGS).read_text("utf-8")).get("hub", {})
        except (OSError, ValueError, RecursionError):
            told = {}
        url = told.get("url", "") if isinstance(told, dict) else ""
        if not isinstance(url, str) or not url or not self.on_hub:
            raise NotOnAHub
        return url

    # --- putting it there ----------------------------------------------------------------------------------------

    def init_hub(self, admin: str, login: str) -> Invited:
        """Put the study on a hub in an empty database; `admin` is its address for whoever administers it."""
        from qualbench import hub

        if self.on_hub:
            raise QualbenchError("This study is on a hub already.", "See: qualbench hub FOLDER status")
        if left := merging.mixed(self._db, ""):
            names = ", ".join(self.transcript(one).name for one in left)
            raise QualbenchError(f"{names}: coding there was recorded by an earlier release and is still blind.",
                                 "Submit these passes first, on all of them.")  # fmt: skip
        self._lead_known()
        self._make_keys()
        founding = self._founding()
        invited = hub.make(admin, founding, (login, self.viewer))
        address = _member_address(admin, login)
        lead_key = identity().card("").key
        with database.transaction(self._db):
            syncing.keep_state(self._db, syncing.State(login, self.viewer, True, lead_key, "", ""))
            syncing.keep_cursors(self._db, {"*": len(founding.rows)})  # what it began with is here already
        _write_address(self.folder, address)
        return invited

    def _lead_known(self) -> None:
        own = self.card()
        facts = self._introductions()
        if people.person(self._db, own.key) != self.viewer:
            said = {"key": own.key, "recipient": own.recipient, "person": self.viewer}
            facts.append(events.PersonRecognised(**said, reason=events.seal("")))
        if not people.keepers(self._db):
            facts.append(events.KeeperNamed(key=own.key, recipient=own.recipient))
        if facts:
            self._record(facts)

    def _founding(self) -> Founding:
        """Everything that all may know; somebody else's blind work would have no owner there, so there must be none."""
        from qualbench import hub
        from qualbench.store import journal

        chains = list(merging.chains(self._db))
        open_ = merging.open_to(self._db, "", chains)
        strange = (
            {one.coder for one in self.passes() if one.coder != self.viewer} if len(open_) < len(chains) else set()
        )
        kept = {chain[2] for chain in chains} - {chain[2] for chain in open_}
        if others := [one for one in self.passes() if one.id in kept and one.coder in strange]:
            raise QualbenchError(
                f"{others[0].coder}'s coding here is still blind, and a hub can not begin with it.",
                "Open these transcripts first, or begin the hub before anybody codes.",
            )
        rows = syncing.rows_of(self._db, open_)
        words = self._seal_words(syncing.named(self._db, rows), syncing.keys(self._db))
        owners = {device: one.person for one in people.known(self._db) for device in one.devices if one.person}
        study = self.study
        texts = [(journal.body(merging.parts(row)), row[9], row[10], row[0]) for row in rows]
        return hub.Founding(study.id, study.name, study.coders, owners | {self._device: self.viewer}, texts, words)

    def invite(self, admin: str, card: Card, person: str, login: str) -> Invited:
        """Let somebody in under a login of their own, and give them the keys of the study at the next meeting."""
        from qualbench import hub

        if not self._state().is_lead:
            raise OnlyTheLead
        if people.person(self._db, card.key) != person:
            said = {"key": card.key, "recipient": card.recipient, "person": person}
            self._record([events.PersonRecognised(**said, reason=events.seal(""))])
        return hub.invite(admin, login, person)

    # --- joining -------------------------------------------------------------------------------------------------

    @classmethod
    def join_hub(
        cls, url: str, folder: Path, password: str = "", *, clock: Callable[[], datetime] = _now,
        key: NewKey | None = None,
    ) -> Self:  # fmt: skip
        """A new study folder from its hub, encrypted with a key; it is there whole or not at all."""
        from qualbench import hub

        with hub.reach(url, password) as link, made_whole(folder, key) as part:
            standing = link.standing()
            _write_address(folder, hub.without_password(url))
            with closing(database.connect(part)) as db:
                migrations.migrate(db)
                with database.transaction(db):
                    state = syncing.State(
                        standing.login, standing.person, standing.is_lead, "", standing.generation, ""
                    )
                    syncing.keep_state(db, state)
            with cls(folder, standing.person, write=True, clock=clock, database_name=part.name) as study:
                study._first_time(link)
        return cls.open(folder, standing.person, write=True, clock=clock)

    def _first_time(self, link: Link) -> None:
        """Take everything; the lead is whoever made the study, and from now on only their keys are taken."""
        from dataclasses import replace

        standing = link.standing()
        self._pull(link, at_first=True)
        if self.study.id != standing.study:
            raise AnotherHub
        lead = people.founder(self._db) or next(iter(people.keepers(self._db)), ("",))[0]
        with database.transaction(self._db):
            syncing.keep_state(self._db, replace(self._state(), lead_key=lead))
        self._take_keys(link, lead)
        self._pull(link, at_first=True)
        if syncing.lacking(self._db) - syncing.keys(self._db).keys():
            raise NoKeyYet("")
        with database.transaction(self._db):
            projections.rebuild(self._db)
        self.look_again()
        self._record(self._introductions())
        self.meet(link)

    # --- working -------------------------------------------------------------------------------------------------

    def sync(self, password: str = "") -> Synced:
        """Give the hub what it lacks and take what came; the same twice changes nothing."""
        from qualbench import hub

        with hub.reach(self.hub_address(), password) as link:
            return self.meet(link)


def _member_address(admin: str, login: str) -> str:
    """The same place for another login, without a password."""
    split = urlsplit(admin)
    host = split.netloc.rpartition("@")[2]
    return split._replace(netloc=f"{login}@{host}").geturl()


def _write_address(folder: Path, url: str) -> None:
    """The address stands in the study's settings, where whoever moves the server can change it."""
    path = folder / SETTINGS
    before = (
        path.read_text("utf-8") if path.exists() else "# Settings of this study. The study itself is in study.db.\n"
    )
    line = "".join(f"\\u{ord(char):04x}" if char in '"\\' or ord(char) < 32 else char for char in url)
    path.write_text(f'{before.rstrip()}\n\n[hub]\nurl = "{line}"\n', "utf-8")
