"""The gates between coders on a hub: sealing what is finished, opening it for all, and how everything stands."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from qualbench import events
from qualbench.errors import QualbenchError
from qualbench.model import Pass, PassState
from qualbench.project.hubbed import Hubbed, OnlyTheLead
from qualbench.project.synced import Synced
from qualbench.store import database, syncing
from qualbench.store.queries import codings, people
from qualbench.text import counted

if TYPE_CHECKING:
    from qualbench.hub import Link

Place = tuple[str, str]
"""A transcript and a round, by their ids; no round is empty."""
ENOUGH = 1000
"""So many waiting entries are looked at before sealing; they were given a moment ago, so there are hardly any."""


def moment(stamp: str) -> str:
    """A time stamp as the clock on the wall shows it, with the day where it is not today's."""
    at = datetime.fromisoformat(stamp).astimezone()
    is_today = at.date() == datetime.now().astimezone().date()
    return at.strftime("%H:%M" if is_today else "%Y-%m-%d %H:%M")


class NotSubmitted(QualbenchError):
    def __init__(self, person: str) -> None:
        super().__init__(
            f"{person} has submitted nothing that is not sealed already.",
            "Finish a transcript and submit it first: qualbench submit FOLDER",
        )


class NotThereYet(QualbenchError):
    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            f"Not all of your work on {', '.join(names)} is on the hub yet, so nothing was sealed.",
            "Sync once more; if it stays so, the lead must sync first: you lack a key.",
        )


@dataclass(frozen=True, slots=True)
class HubStatus:
    """How a study stands to its hub, without asking the hub."""

    address: str
    login: str
    person: str
    is_lead: bool
    waiting: int
    """Facts that the hub does not have."""
    synced: str
    """When everything was given and taken last; empty before the first time."""
    late: int
    """Passes that came after their transcript was opened."""
    refused: tuple[tuple[str, str], ...]
    unsealed: tuple[str, ...]
    """Transcripts that are submitted and not sealed."""

    def waits(self) -> str:
        """How much waits."""
        return f"{counted(self.waiting, 'fact')} waiting" if self.waiting else "nothing waiting"

    def last(self) -> str:
        """When everything was given and taken last."""
        return f"synced {moment(self.synced)}" if self.synced else "never synced"

    def words(self) -> str:
        """All of it in one line."""
        said = [self.waits(), self.last()]
        if self.late:
            said.append(f"{self.late} late")
        if self.unsealed:
            said.append(f"{len(self.unsealed)} submitted and not sealed")
        if self.refused:
            said.append(f"{len(self.refused)} refused: {self.refused[0][0]}: {self.refused[0][1]}")
        return ", ".join(said)


class GateState(StrEnum):
    """How far a transcript is on its way through a gate, as one coder may know it."""

    NOT_ASKED = "not asked of you"
    NOT_BEGUN = "not begun"
    CODING = "coding"
    SUBMITTED = "submitted, not sealed"
    SEALED = "sealed"
    OPENED = "opened"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Gate:
    """A transcript in a round: it is opened as one."""

    transcript: str
    name: str
    """The transcript's name."""
    round: str
    round_name: str
    state: GateState
    coders: tuple[str, ...]
    """Who is asked to code it; nobody where there is no round."""
    late: tuple[str, ...]
    """Whose passes came after it was opened."""


class Gated(Hubbed):
    """What is sealed, what is opened, and what waits."""

    # --- sealing -------------------------------------------------------------------------------------------------

    def seal(self, names: Sequence[str] = (), password: str = "") -> tuple[str, ...]:
        """Say that one's coding of transcripts is finished: all that is submitted, or those that are named."""
        from qualbench import hub

        with hub.reach(self.hub_address(), password) as link:
            self.meet(link)
            return self.seal_with(link, names)

    def seal_with(self, link: Link, names: Sequence[str] = ()) -> tuple[str, ...]:
        """Seal over a line that is there, after a meeting; the names of what was sealed."""
        wanted = {self.transcript(name).id for name in names}
        opened = link.standing().opened
        places = [one for one in self._unsealed_places() if (not wanted or one[0] in wanted) and one not in opened]
        if not places:
            raise NotSubmitted(self.viewer)
        self.give(link)  # what is not there when it is sealed comes late
        left = {row[4] for row in syncing.to_push(self._db, self._device, 0, ENOUGH)}
        if missing := [self.transcript(one).name for one, _ in places if one in left]:
            raise NotThereYet(missing)
        for place in places:
            link.seal(*place)
            with database.transaction(self._db):
                syncing.keep_sealed(self._db, *place)
        return tuple(dict.fromkeys(self.transcript(transcript).name for transcript, _ in places))

    def _unsealed_places(self) -> list[Place]:
        own = [one for one in self.passes(coder=self.viewer) if one.state is PassState.SUBMITTED and not one.late]
        done = syncing.sealed(self._db) | people.openings(self._db).keys()
        return [(one.transcript, one.round) for one in own if (one.transcript, one.round) not in done]

    # --- opening -------------------------------------------------------------------------------------------------

    def open_on_hub(self, name: str, reason: str = "", round_: str = "", password: str = "") -> Synced:
        """Let everybody read what was coded, once all have sealed it or for a reason that is kept."""
        from qualbench import hub

        if not self._state().is_lead:
            raise OnlyTheLead
        self.transcript(name)
        with hub.reach(self.hub_address(), password) as link:
            self.meet(link)
            self.open_with(link, name, reason, round_)
            return self.meet(link)

    def open_with(self, link: Link, name: str, reason: str = "", round_: str = "") -> None:
        """Open over a line that is there, after a meeting; the next meeting tells of it in the journal."""
        if not self._state().is_lead:
            raise OnlyTheLead
        transcript, why = self.transcript(name), events.seal(reason.strip())
        with database.transaction(self._db):
            syncing.put_words(self._db, {str(why): why.body})
        link.open(transcript.id, round_, str(why) if why.body else "")  # the hub learns that there is a reason

    def round_of(self, name: str, round_: str = "") -> str:
        """The round (by id) whose passes on a transcript are meant: the one that is named, or the newest with any."""
        transcript = self.transcript(name).id
        if round_:
            return self.round(round_).id
        rounds = [one.id for one in self.rounds() if transcript in one.assignments and not one.recode]
        still = [one for one in rounds if (transcript, one) not in people.openings(self._db)]
        return next(iter(still or rounds[::-1]), "")

    # --- how it stands -------------------------------------------------------------------------------------------

    def hub_status(self) -> HubStatus:
        """How the study stands to its hub, without asking the hub."""
        state = self._state()
        late = sum(one.late for one in codings.passes(self._db))
        waiting = syncing.waiting(self._db, self._device)
        unsealed = tuple(dict.fromkeys(self.transcript(one).name for one, _ in self._unsealed_places()))
        return HubStatus(
            self.hub_address(), state.login, state.person, state.is_lead, waiting, state.synced, late,
            self._refusals(), unsealed,
        )  # fmt: skip

    def gates(self) -> tuple[Gate, ...]:
        """Every transcript in each of its rounds, without asking the hub: what others have sealed is not known here."""
        sealed = syncing.sealed(self._db)
        opened = people.openings(self._db).keys()
        rounds = {one.id: one for one in self.rounds()}
        names = {row.id: row.name for row in self.transcripts(with_counts=False)}
        held: dict[Place, list[Pass]] = {}
        for one in self.passes():
            held.setdefault((one.transcript, one.round), []).append(one)
        found = []
        for transcript, round_ in self._places(held):
            of_it = held.get((transcript, round_), ())
            coders = rounds[round_].assignments.get(transcript, ()) if round_ in rounds else ()
            own = next((one for one in of_it if one.coder == self.viewer), None)
            state = _state(
                own, is_sealed=(transcript, round_) in sealed, is_opened=(transcript, round_) in opened,
                is_asked=not coders or self.viewer in coders,
            )  # fmt: skip
            late = tuple(sorted({one.coder for one in of_it if one.late}))
            called = rounds[round_].name if round_ in rounds else ""
            found.append(Gate(transcript, names[transcript], round_, called, state, coders, late))
        return tuple(found)

    def _places(self, coded: Collection[Place]) -> Iterator[Place]:
        """Transcripts in their order, each with its rounds in theirs; one that is in none stands by itself."""
        rounds = self.rounds()
        for row in self.transcripts(with_counts=False):
            within = [(row.id, one.id) for one in rounds if row.id in one.assignments or (row.id, one.id) in coded]
            if not within or (row.id, "") in coded:
                yield row.id, ""
            yield from within


def _state(own: Pass | None, *, is_sealed: bool, is_opened: bool, is_asked: bool) -> GateState:
    if own is not None and own.late:
        return GateState.LATE
    if is_opened:
        return GateState.OPENED
    if own is None:
        return GateState.NOT_BEGUN if is_asked else GateState.NOT_ASKED
    if own.state is PassState.OPEN:
        return GateState.CODING
    return GateState.SEALED if is_sealed else GateState.SUBMITTED
