"""Putting together what several machines did: what arrives is checked, taken in at its place, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualbench import events
from qualbench.errors import QualbenchError
from qualbench.events import Event
from qualbench.model import Changes
from qualbench.project.base import _stamp
from qualbench.project.corrections import WITHDRAWN
from qualbench.project.identities import identity
from qualbench.project.parcel import THE_LEADS, Parcel
from qualbench.project.trail import Trail
from qualbench.steps.packages import Awaited, Header
from qualbench.store import journal, merging
from qualbench.store.database import transaction
from qualbench.store.queries import codings, people, transcripts
from qualbench.store.queries import study as studies

if TYPE_CHECKING:
    from qualbench.model import Transcript


class NotTheLead(QualbenchError):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"This study came to {name} in a package: its rounds, the versions of its codebook, its method, who is who "
            "and what is opened are said where packages are merged.",
            "Ask the lead to do it there and to send the study again.",
        )


class Differs(QualbenchError):
    exit_code = 3

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            f"Work on {', '.join(names)} was done on another version of the text than the newest one here.",
            "Nothing was changed. Merge with --carry: codings then go to their words in the newest text, and whatever "
            "no longer fits is listed to be looked at.",
        )


@dataclass(frozen=True, slots=True)
class Taken:
    """What one package brought."""

    name: str
    """The file's."""
    person: str
    kind: str
    new: int
    """Entries."""
    known: int
    """Entries that were here already."""
    passes: int
    late: tuple[str, ...] = ()
    """Transcripts whose passes came after they were opened."""


@dataclass(frozen=True, slots=True)
class Merge:
    """What merging did, or would do."""

    taken: tuple[Taken, ...]
    sealed: tuple[Header, ...]
    """The packages that wait."""
    awaited: tuple[Awaited, ...]
    opened: tuple[str, ...] = ()
    """Transcripts that were opened by it."""
    attention: tuple[str, ...] = ()
    """What did not fit, in sentences."""

    @property
    def changes(self) -> Changes:
        """Everything may be another; nothing is, when nothing new came."""
        new = bool(self.opened) or any(one.new for one in self.taken)
        return Changes(frozenset({events.STUDY}), frozenset(events.KINDS)) if new else Changes()


class _OnlyLooked(Exception):
    """Everything was tried, and nothing is to be kept."""


class Merging(Trail):
    """What arrives from other machines."""

    def arrivals(self) -> list[tuple[str, str, str, str, str, str, bool]]:
        """Every package that was merged here."""
        return merging.arrivals(self._db)

    def _take_in(self, parcels: Sequence[Parcel], reason: str, *, carry: bool, dry_run: bool) -> Merge:
        """All packages in one transaction, with the openings and carryings that follow; all or nothing."""
        in_order = sorted(parcels, key=lambda one: (one.header.kind != "study", one.header.made, one.name))
        found: list[Taken] = []
        opened: tuple[str, ...] = ()
        before = set(studies.attention(self._db))
        cares: tuple[str, ...] = ()
        try:
            with transaction(self._db):
                for kind in ("study", "coder"):  # what the lead says comes first: coders' work is understood by it
                    found += self._take_all([one for one in in_order if one.header.kind == kind])
                facts = self._follows(parcels, reason, carry=carry)
                places = {fact.transcript for fact in facts if isinstance(fact, events.TranscriptOpened)}
                opened = tuple(name for id_, name in transcripts.names(self._db).items() if id_ in places)
                if facts:
                    journal.append(self._db, self._writer, facts, events.new_id())
                found = [self._with_late(one, parcel) for one, parcel in zip(found, in_order, strict=True)]
                cares = tuple(one for one in studies.attention(self._db) if one not in before)
                if dry_run:
                    raise _OnlyLooked
        except _OnlyLooked:
            pass
        self.look_again()
        return Merge(tuple(found), (), (), opened, cares)

    def _take_all(self, parcels: Sequence[Parcel]) -> list[Taken]:
        """Packages of one kind, put in one after the other and projected together."""
        last = journal.newest(self._db)
        arrived = [self._put_in(parcel) for parcel in parcels]
        merging.bring_up(self._db, [row for one in arrived for row in one.new], last)
        return [
            Taken(
                parcel.name, people.person(self._db, parcel.header.sender) or parcel.header.name, parcel.header.kind,
                len(arriving.new), arriving.known, len(parcel.header.passes),
            )
            for parcel, arriving in zip(parcels, arrived, strict=True)
        ]  # fmt: skip

    def _put_in(self, parcel: Parcel) -> merging.Arriving:
        header = parcel.header
        arriving = parcel.checked(self._db, self.study.id)
        gone = [one[0] for one in merging.arrivals(self._db) if one[1] == header.sender and one[6]]
        told = (header.sender, header.name, header.kind, header.made)
        if arriving.new or header.id in gone:
            merging.note_arrival(self._db, header.id, told, _stamp(self.clock()))
        merging.bring_back(self._db, gone)
        merging.put_in(self._db, arriving.new, parcel.payload.contents, header.id)
        merging.vouch(self._db, [one for one in parcel.payload.heads if one[0] != self._device])
        return arriving

    def _with_late(self, taken: Taken, parcel: Parcel) -> Taken:
        names = transcripts.names(self._db)
        late = {one.id: one.transcript for one in codings.passes(self._db) if one.late}
        found = [names[late[pass_]] for _, _, pass_ in parcel.header.passes if pass_ in late]
        return replace(taken, late=tuple(found))

    # --- what follows from it ----------------------------------------------------------------------------------

    def _follows(self, parcels: Iterable[Parcel], reason: str, *, carry: bool) -> list[Event]:
        """What is opened by it, and work on earlier versions of a text that is carried to the newest one."""
        behind = people.behind(self._db)
        if behind and not carry:
            names = transcripts.names(self._db)
            raise Differs(list(dict.fromkeys(names[transcript] for transcript, _, _ in behind)))
        facts: list[Event] = [self._carried_to_newest(*one) for one in behind]
        there = people.openings(self._db)
        in_: dict[tuple[str, str], list[str]] = {}
        for transcript, round_, _, pass_ in people.handed_in(self._db):
            in_.setdefault((transcript, round_), []).append(pass_)
        places = {(t, r) for one in parcels if one.header.kind == "coder" for t, r, _ in one.header.passes}
        for place in sorted(places - there.keys()):
            sealed = events.seal(reason.strip())
            facts.append(
                events.TranscriptOpened(
                    transcript=place[0], round=place[1], passes=sorted(in_.get(place, ())), reason=sealed
                )
            )
        return facts

    _as_it_was: Mapping[tuple[str, int], str] = {}
    """Versions of texts (transcript and number) whose words were destroyed a moment ago."""

    def _carried_to_newest(self, name: str, pass_id: str, version: int) -> Event:
        from qualbench.steps import correction

        transcript = self.transcript(name)
        text = self._as_it_was.get((transcript.id, version)) or next(
            one.text for one in self.versions(name) if one.number == version
        )
        if text == WITHDRAWN:
            return self._carried_to_nowhere(transcript, pass_id)
        found = correction.compare(text, transcript.text)
        before, after = self._segments_of(transcript, version), [(one.start, one.end) for one in transcript.segments]
        # what a withdrawal takes out is missing among the segments, and the others are no longer one to one
        whole = dict(zip(before, after, strict=True)) if len(before) == len(after) else {}
        return self._carried_pass(transcript.id, pass_id, found, whole, transcript.version)

    def _carried_to_nowhere(self, transcript: Transcript, pass_id: str) -> Event:
        """What stood on words that are destroyed has no place any more, and its coder looks at it."""
        spans = [[start, end, 0, 0, 1] for start, end in sorted(self._spans_of(transcript.id, "coding", pass_id))]
        quotes = [str(events.seal(""))] * len(spans)
        return events.CodingsCarried(
            transcript=transcript.id, spans=spans, passes=[pass_id], version=transcript.version, quotes=quotes
        )

    def _segments_of(self, transcript: Transcript, version: int) -> list[tuple[int, int]]:
        """Where the segments stood in an earlier version."""
        spans: list[list[int]] = []
        for fact in journal.facts_about(self._db, transcript.id, "transcript"):
            if isinstance(fact, events.Segmented) or (
                isinstance(fact, events.TranscriptCorrected) and fact.version <= version
            ):
                spans = fact.segments
        return [(start, end) for start, end, _ in spans]

    # --- taking it back ----------------------------------------------------------------------------------------

    def take_back(self, package: str) -> Changes:
        """What a package brought counts no longer, and what it opened is closed again; nothing is deleted."""
        told = [one for one in self.arrivals() if one[0].startswith(package) and not one[6]] if package else []
        if len(told) != 1:
            raise QualbenchError(
                f"There is no package '{package}' that was merged here.", "List them with: qualbench merge FOLDER"
            )
        if merging.brought_the_study(self._db, told[0][0]):
            raise QualbenchError("The study came with this package, and without it there would be none.")
        self.back_up("before-take-back")
        places = merging.opened_with(self._db, told[0][0]) if self._leads() else []
        return self._taken_back(told[0][0], places)

    def _leads(self) -> bool:
        """Whether what is said here holds for everybody: who is who, what is opened, which method is followed."""
        return not people.keepers(self._db) or identity().card("").key in people.leads(self._db)

    def _record(self, facts: Sequence[Event]) -> Changes:
        if any(fact.KIND in THE_LEADS for fact in facts) and not self._leads():
            raise NotTheLead(self.viewer)
        return super()._record(facts)

    def _taken_back(self, package: str, places: Iterable[tuple[str, str]]) -> Changes:
        facts = [events.OpeningTakenBack(transcript=transcript, round=round_) for transcript, round_ in places]
        with transaction(self._db):
            if facts:
                journal.append(self._db, self._writer, facts, events.new_id())
            merging.take_back(self._db, package)
        self.look_again()
        return Changes(frozenset({events.STUDY}), frozenset(events.KINDS))
