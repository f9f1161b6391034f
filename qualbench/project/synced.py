"""Giving and taking: the study here and its hub come to hold the same, and nobody's work is ever chosen away."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from qualbench import events
from qualbench.errors import QualbenchError, ReadOnlyStudy
from qualbench.events import Event
from qualbench.model import Changes, PassState
from qualbench.project.base import _stamp
from qualbench.project.keyed import Keyed, NoKeyYet
from qualbench.store import database, erasing, journal, merging, projections, syncing
from qualbench.store.merging import Row
from qualbench.store.queries import people

if TYPE_CHECKING:
    from qualbench.hub import Link, Standing
    from qualbench.hub.link import Arrived


class NotOnAHub(QualbenchError):
    def __init__(self) -> None:
        super().__init__("This study is on no hub.", "Put it on one with: qualbench hub FOLDER init ADDRESS")


class AnotherHub(QualbenchError):
    def __init__(self) -> None:
        super().__init__(
            "What answers at this address is the hub of another study, or knows you as somebody else.",
            "Nothing was changed. Look at the address in qualbench.toml.",
        )


class TwoCopies(QualbenchError):
    def __init__(self) -> None:
        super().__init__(
            "Two copies of this study were worked on with one computer account, and each went on in its own way.",
            "Nothing was changed. Keep one of the copies; what was done in the other has to be done again in it.",
        )


@dataclass(frozen=True, slots=True)
class Synced:
    """What one meeting with the hub brought."""

    given: int
    """Facts."""
    taken: int
    refused: tuple[tuple[str, str], ...] = ()
    """What the hub did not take: about what, and why."""
    opened: tuple[str, ...] = ()
    """Transcripts that were opened meanwhile."""
    changes: Changes = field(default_factory=Changes)
    """What is another by what came."""


class Syncing(Keyed):
    """A study and its hub."""

    def _state(self) -> syncing.State:
        found = syncing.state(self._db)
        if found is None:
            raise NotOnAHub
        return found

    def meet(self, link: Link) -> Synced:
        """One meeting, whole; whatever breaks it off, the next one goes on from there."""
        if not self.writable:
            raise ReadOnlyStudy(self.readonly_because)
        life = self._state().generation
        standing = self._reconciled(link)
        before = self._opened_names()
        self._bring_keys(link, standing)
        given = self.give(link)
        if life not in ("", standing.generation):
            self._seal_all_anew(link, standing)
        self._stand_again(link, standing)
        taken = self._pull(link)
        if taken:
            self._bring_keys(link, standing)
        standing = link.standing()
        more, followed = self._follow(link, standing)
        given += more
        taken += self._pull(link)
        if self._state().is_lead:
            self._destroy_keys(link, standing)
        self._as_it_was = {}
        with database.transaction(self._db):
            syncing.keep_state(self._db, replace(self._state(), synced=_stamp(self.clock())))
        return self._brought(before, given, taken, followed)

    def take(self, link: Link) -> Synced:
        """What came since the last meeting on this line, and nothing else: it is on the screen so much sooner."""
        before = self._opened_names()
        return self._brought(before, 0, self._pull(link), Changes())

    def _brought(self, before: set[str], given: int, taken: Sequence[Row], followed: Changes) -> Synced:
        opened, changes = tuple(sorted(self._opened_names() - before)), _changed(taken)
        changes = Changes(changes.subjects | followed.subjects, changes.kinds | followed.kinds)
        return Synced(given, len(taken), self._refusals(), opened, changes)

    def _opened_names(self) -> set[str]:
        return {row.name for row in self.transcripts(with_counts=False) if row.opened}

    def _refusals(self) -> tuple[tuple[str, str], ...]:
        names = {row.id: row.name for row in self.transcripts(with_counts=False)}
        return tuple((names.get(subject, subject), why) for subject, why in syncing.refusals(self._db))

    # --- where both stand ----------------------------------------------------------------------------------------

    def _reconciled(self, link: Link) -> Standing:
        """Compare with the hub, which may be younger than what it gave us: what it lacks is given again."""
        standing, state = link.standing(), self._state()
        if (standing.study, standing.login, standing.person) != (self.study.id, state.login, state.person):
            raise AnotherHub
        for chain, (seq, digest) in standing.chains.items():
            if chain[0] == self._device and syncing.hash_at(self._db, chain, seq) not in (digest, ""):
                raise TwoCopies
        cursors = syncing.cursors(self._db)
        again = state.generation not in ("", standing.generation) or any(
            pos > standing.heads.get(audience, 0) for audience, pos in cursors.items()
        )
        there = {chain: seq for chain, (seq, _) in standing.chains.items()}
        with database.transaction(self._db):
            if again:
                syncing.keep_cursors(self._db, {})
            if state.generation != standing.generation:
                syncing.keep_state(self._db, replace(state, generation=standing.generation))
            if syncing.refusals(self._db) or there != syncing.pushed(self._db):
                syncing.forget_refusals(self._db)
                syncing.forget_pushed(self._db)
                syncing.keep_pushed(self._db, there)
        return standing

    def _bring_keys(self, link: Link, standing: Standing) -> None:
        state = self._state()
        if state.is_lead:
            self._make_keys()
            if not syncing.stale(self._db):
                self._give_keys(link, standing)
        else:
            self._take_keys(link, state.lead_key)

    def _stand_again(self, link: Link, standing: Standing) -> None:
        """What was sealed and opened before, and is not on a hub that was restored, is said again."""
        from qualbench import hub

        for place in syncing.sealed(self._db) - standing.sealed - standing.opened.keys():
            link.seal(*place)
        if not self._state().is_lead:
            return
        for place, (_, reason) in people.openings(self._db).items():
            if place not in standing.opened:
                with suppress(hub.NotAsked):  # whoever sealed it has to come again first
                    link.open(*place, reason if self._words_of(reason) else "")

    def _words_of(self, digest: str) -> str:
        from qualbench.store.queries.study import words

        return words(self._db, digest) if digest else ""

    # --- giving --------------------------------------------------------------------------------------------------

    def give(self, link: Link) -> int:
        """Everything of this computer that the hub lacks, in order; what it refuses waits, and the rest goes on."""
        from qualbench.hub.link import MOST_ROWS, Refused

        given, after, newest = 0, 0, journal.newest(self._db)
        while rows := syncing.to_push(self._db, self._device, after, MOST_ROWS):
            try:
                given += self._push_some(link, rows)
                after = rows[-1][0]
            except NoKeyYet:
                return given
            except Refused as error:
                if error.chain not in {_chain(row) for row in rows}:
                    raise
                with database.transaction(self._db):
                    syncing.refuse(self._db, error.chain, error.message)
        if newest > self._state().given:
            with database.transaction(self._db):
                syncing.keep_given(self._db, newest)
        return given

    def _push_some(self, link: Link, rows: Sequence[Row]) -> int:
        words = self._seal_words(syncing.named(self._db, rows), syncing.keys(self._db))
        texts = [journal.body(merging.parts(row)) for row in rows]
        given = link.push(texts, [row[9] for row in rows], [row[10] for row in rows], words)
        with database.transaction(self._db):  # only now, after the hub's own commit
            syncing.keep_pushed(self._db, {_chain(row): row[0] for row in rows})
        return given

    # --- taking --------------------------------------------------------------------------------------------------

    def _pull(self, link: Link, *, at_first: bool = False) -> list[Row]:
        """Everything that came since; entries and how far we are, in one transaction.

        At first only who is who and which study it is are brought up to them: the rest is understood by its words.
        """
        cursors, keys = syncing.cursors(self._db), syncing.keys(self._db)
        came: list[Row] = []
        words: dict[str, bytes] = {}
        lacking = set(syncing.lacking(self._db))
        for doc in lacking & keys.keys():  # its key came, or another one that it was sealed with anew
            lacking.discard(doc)
            found, without = self._open_words(link.words_of(doc), keys)
            words |= found
            lacking |= without
        for audience in (self._state().login, "*"):  # one's own first: it may begin what everybody's goes on with
            after = cursors.get(audience, 0)
            for page in link.rows(audience, after):
                came += [_row(one) for one in page]
                cursors[audience] = page[-1].pos
            found, without = self._open_words(link.words(audience, after), keys)
            words |= found
            lacking |= without
        return self._take_from_hub(came, words, cursors, lacking, at_first=at_first)

    def _take_from_hub(
        self, came: Sequence[Row], words: dict[str, bytes], cursors: dict[str, int], lacking: set[str], *,
        at_first: bool,
    ) -> list[Row]:  # fmt: skip
        if not came and not words and lacking == syncing.lacking(self._db):
            return []
        if any(row[7] == events.WordsErased.KIND for row in came):  # what is coded on these words has to find its place
            self._as_it_was = {
                (one.transcript, text.number): text.text
                for one in self.passes(coder=self.viewer) for text in self.versions(one.transcript)
            }  # fmt: skip
        with database.transaction(self._db):
            for digest in erasing.destroyed(self._db) & words.keys():
                del words[digest]
            last = journal.newest(self._db)
            fresh = merging.continuing(self._db, came)
            late = syncing.came_late(self._db, words, fresh)
            syncing.put_words(self._db, words)
            merging.put_in(self._db, fresh, {}, "hub")
            if at_first:
                merging.begin(self._db, fresh)
            elif late:
                projections.rebuild(self._db)
            else:
                merging.bring_up(self._db, fresh, last)
            syncing.keep_cursors(self._db, cursors)
            syncing.keep_lacking(self._db, lacking)
        if fresh:
            self.look_again()
        if any(row[7] == events.WordsErased.KIND for row in fresh):
            self.finish_erasing()
        return fresh

    # --- what follows --------------------------------------------------------------------------------------------

    def _follow(self, link: Link, standing: Standing) -> tuple[int, Changes]:
        """Openings are told in the journal, work on earlier texts is carried, memos that may be read are shown.

        Answers with how many facts were given, and with what is another by them.
        """
        facts: list[Event] = list(self._openings_told(standing)) if self._state().is_lead else []
        facts += [self._carried_to_newest(*one) for one in people.behind(self._db) if self._carries(one[1])]
        changes = self._record(facts) if facts else Changes()
        given = self.give(link) if facts else 0
        open_ = merging.open_to(
            self._db, "", [(self._device, subject, lane) for lane, subject in standing.kept.items()]
        )
        if open_:
            link.publish([lane for _, _, lane in open_])
        return given, changes

    def _openings_told(self, standing: Standing) -> list[Event]:
        there = people.openings(self._db)
        return [
            events.TranscriptOpened(
                transcript=place[0], round=place[1], passes=list(passes), reason=events.seal(reason)
            )
            for place, (reason, passes) in sorted(standing.opened.items())
            if place not in there and passes
        ]

    def _carries(self, pass_id: str) -> bool:
        """Everybody carries their own passes to a corrected text; the lead also what is opened."""
        pass_ = next(one for one in self.passes() if one.id == pass_id)
        if pass_.coder == self.viewer:
            return True
        opened = people.openings(self._db).keys()
        return (
            self._state().is_lead and (pass_.transcript, pass_.round) in opened and pass_.state is PassState.SUBMITTED
        )


def _changed(taken: Sequence[Row]) -> Changes:
    """What these entries change; one that says who somebody is, or takes something back, may change anything."""
    kinds = frozenset(row[7] for row in taken)
    anything = kinds & {events.PersonRecognised.KIND, events.StepUndone.KIND, events.StepRedone.KIND}
    return Changes(frozenset(row[4] for row in taken), frozenset(events.KINDS) if anything else kinds)


def _chain(row: Row) -> merging.Chain:
    return row[2], row[4], row[11] or ""


def _row(one: Arrived) -> Row:
    try:
        return syncing.row_of(one.body, one.seq, one.prev, one.hash)
    except (ValueError, RecursionError) as error:
        raise merging.NotWhole("The hub gave something that is no entry of a journal.") from error


__all__ = ["AnotherHub", "NoKeyYet", "NotOnAHub", "Synced", "Syncing", "TwoCopies"]
