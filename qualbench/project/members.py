"""Withdrawal: a participant's words are destroyed everywhere, and a dated tombstone stays in their place."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from qualbench import events
from qualbench.errors import ReadOnlyStudy
from qualbench.events import Event
from qualbench.model import Changes, Role, Segment, Transcript
from qualbench.project.checking import Checking
from qualbench.project.theirs import Taken, Theirs, Withdrawal, repeated
from qualbench.steps import members as steps
from qualbench.steps.care import withdraw
from qualbench.store import backups, erasing
from qualbench.store.queries import members

if TYPE_CHECKING:
    from qualbench.steps.members import Removal


class Members(Checking):
    """What goes back to participants, and what leaves with them."""

    def withdrawal(self, participant: str) -> Withdrawal:
        """What a withdrawal would destroy and what it can not reach; nothing is done."""
        check = self.check(participant)
        taken = self._spoken_by(check.participant)
        hashes = {key for keys in Theirs(self._db, check.participant, taken).hashes().values() for key in keys}
        holding, unreadable = erasing.copies_with(self.folder, hashes | erasing.destroyed(self._db))
        said = "\n".join(one.transcript.text[a:b] for one in taken for a, b in one.removal.gone)
        exports = self.folder / "exports"
        return Withdrawal(
            check.participant,
            check.label,
            tuple(one.transcript.name for one in taken if one.removal.whole),
            tuple(one.transcript.name for one in taken if not one.removal.whole),
            tuple(holding),
            tuple(unreadable),
            tuple(str(path.relative_to(exports)) for path in sorted(exports.rglob("*")) if path.is_file()),
            repeated(said, members.board_words(self._db)),
            tuple(f"{one.what}, {one.at[:10]}" for one in self.allowed_exports()),
        )

    def withdraw(self, participant: str, reason: str = "") -> Changes:
        """A participant's words are destroyed, in the study and in its copies; a dated tombstone stays.

        Doing it once more finishes what was interrupted.
        """
        if not self.writable:
            raise ReadOnlyStudy(self.readonly_because)
        check = self.check(participant)
        facts: list[Event] = []
        if not self.withdrew(check.participant):
            facts += withdraw(check.participant, reason, [check.participant], [])
        facts += self._erasure(check.participant, reason)
        erasing.overwrite(self._db)
        changes = self._record(facts)
        self.look_again()
        self.finish_erasing()
        return changes

    def finish_erasing(self) -> bool:
        """Destroy on the disk what the log says is destroyed; whether nobody who reads the study stood in the way."""
        gone = erasing.destroyed(self._db)
        alone = erasing.scrub(self._db, gone)
        holding, _ = erasing.copies_with(self.folder, gone)
        for path in holding:
            erasing.destroy(path)
        backups.back_up(self._db, self.folder, "after-withdrawal", self.clock())
        return alone

    def _spoken_by(self, participant: str) -> list[Taken]:
        ids = [id_ for id_, those in self.speakers().items() if participant in {one.participant for one in those}]
        texts = [self.transcript(id_) for id_ in ids]
        return [Taken(text, removal) for text in texts if (removal := steps.remove(text, participant))]

    def _erasure(self, participant: str, reason: str) -> Iterator[Event]:
        """New versions without the words, everything on them carried to no place, and the words themselves gone."""
        taken = self._spoken_by(participant)
        theirs = Theirs(self._db, participant, taken)
        facts = [fact for one in taken for fact in self._left_of(one)]
        lists = [fact for fact in facts if isinstance(fact, events.WorkListSet)]
        kept = {key for fact in facts for key in fact.sealed()}
        yield from (fact for fact in facts if not isinstance(fact, events.WorkListSet))
        versions = (fact for fact in facts if isinstance(fact, events.TranscriptCorrected))
        yield from _lists(lists, {one.transcript: {(a, b) for a, b, _ in one.segments} for one in versions})
        quotes, ideas = members.standing(self._db)
        yield from (events.QuoteDropped(quote=id_) for id_ in sorted(theirs.quotes & quotes))
        why = events.seal("withdrawn")
        yield from (events.CoreIdeaDropped(agreed=id_, reason=why) for id_ in sorted(theirs.ideas & ideas))
        for transcript, hashes in theirs.hashes(kept).items():
            if hashes:
                yield events.WordsErased(transcript=transcript, hashes=hashes, reason=events.seal(reason.strip()))

    def _left_of(self, one: Taken) -> Iterator[Event]:
        """The version of a transcript that is left, and where everything on the old one stands in it."""
        from qualbench.steps import correction

        old, removal = one.transcript, one.removal
        pieces = tuple(correction.Piece(*piece) for piece in removal.pieces)
        found = correction.Comparison(old.text, removal.text, pieces)
        cut = () if removal.whole else correction.segments(found, old.segments, old.turns)
        yield _corrected(old, removal, steps.segments_left(old, removal, cut))
        for number in removal.speakers:
            yield events.SpeakerSet(transcript=old.id, speaker=number, role=str(Role.OTHER), participant="")
        yield from (_emptied(fact, removal) for fact in self._carried(old, found, cut))


def _emptied(fact: Event, removal: Removal) -> Event:
    """Spans on nothing but words that are gone stand on nothing, and nobody need look at them.

    A span on what others said too is looked at again.
    """
    if not isinstance(fact, events.CodingsCarried | events.DecisionsCarried | events.QuotesCarried):
        return fact
    spans = [
        [start, end, low, low, 0] if removal.holds(start, end) else [start, end, low, high, doubtful]
        for start, end, low, high, doubtful in fact.spans
    ]
    if isinstance(fact, events.CodingsCarried):
        quotes = [str(events.seal(removal.text[row[2] : row[3]])) for row in spans]
        return replace(fact, spans=spans, quotes=quotes)
    return replace(fact, spans=spans)


def _lists(
    facts: Iterable[events.WorkListSet], left: Mapping[str, Container[tuple[int, int]]]
) -> Iterator[Event]:  # fmt: skip
    """Each list of work once; of the transcripts in `left` it keeps the segments that are left there."""
    lists: dict[str, events.WorkListSet] = {}
    for fact in facts:
        held = lists.setdefault(fact.round, fact)
        # every one of these facts has moved the places of one transcript, and has those of the others as they were
        moved = {id_: rows for id_, rows in fact.spans.items() if rows != held.spans.get(id_)}
        lists[fact.round] = replace(held, spans={**held.spans, **moved})
    for one in lists.values():
        spans = {
            id_: [row for row in rows if id_ not in left or (row[0], row[1]) in left[id_]]
            for id_, rows in one.spans.items()
        }
        yield replace(one, spans=spans)


def _corrected(old: Transcript, removal: Removal, cut: tuple[Segment, ...]) -> Event:
    speakers = [[label, str(one.role)] for label, one in zip(removal.labels, old.speakers, strict=True)]
    turns = [[turn.start, turn.body, turn.end, turn.speaker, turn.seconds] for turn in removal.turns]
    left = [turn for turn in removal.turns if removal.text[turn.body : turn.end] != steps.TAKEN_OUT]
    return events.TranscriptCorrected(
        transcript=old.id,
        version=old.version + 1,
        text=events.seal(removal.text),
        layout=events.seal(json.dumps({"speakers": speakers, "turns": turns}, ensure_ascii=False)),
        segments=[[one.start, one.end, one.turn] for one in cut],
        words=sum(len(removal.text[turn.body : turn.end].split()) for turn in left),
        reason=events.seal("A participant withdrew."),
    )
