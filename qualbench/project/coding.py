"""The coders' work: passes, codes on spans, memos, handing in, undo and redo."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, timedelta
from functools import cached_property
from itertools import compress

from qualbench import model
from qualbench.errors import (
    AlreadyOpened,
    NoCodebook,
    NotAssigned,
    UnknownCoder,
    UnknownTranscript,
)
from qualbench.events import CodeApplied, CodeRemoved, Event, MemoRemoved, MemoWritten, NothingCleared, NothingMarked
from qualbench.model import Pass, PassState, Round, Transcript, TranscriptRow, layers
from qualbench.project.participants import Participants
from qualbench.steps import codebook as codebooks
from qualbench.steps import coding, study
from qualbench.store.queries import codebook, codings, transcripts, typologies

_PLACED = (CodeApplied, NothingMarked, NothingCleared, MemoWritten)


class Coding(Participants):
    """Everything a coder does, blind to the others."""

    # --- coding ------------------------------------------------------------------------------------------------

    def rounds(self) -> tuple[Round, ...]:
        """The rounds that are planned, in that order."""
        return codings.rounds(self._db)

    def own_pass(self, transcript: str, coder: str = "") -> Pass | None:
        """The pass of the viewer (or of `coder`) on a transcript, in the newest round that asks for one."""
        coder = coder or self.viewer
        round_ = coding.round_for(self.rounds(), transcript, coder)
        wanted = round_.id if round_ else ""
        return next((one for one in self.passes(transcript, coder) if one.round == wanted), None)

    def decided_lately(self, pass_: Pass) -> int:
        """How many decisions the viewer took in one of their passes during the last hour."""
        now = self.clock().astimezone(UTC)
        since, until = ((now - timedelta(hours=hours)).isoformat()[:19] for hours in (1, 0))
        return codings.decided_since(self._db, self.viewer, pass_.id, since, until + "~")

    def may_begin(self, transcript: Transcript) -> bool:
        """Whether the viewer could begin a pass on a transcript now."""
        try:
            return bool(self._opening(transcript, self.viewer))
        except (AlreadyOpened, NoCodebook, NotAssigned):
            return False

    def _opening(self, transcript: Transcript, coder: str) -> list[Event]:
        """The facts that begin a coder's pass; none when it is there already."""
        rounds = self.rounds()
        asks = coding.round_for(rounds, transcript.id, coder)
        opened = transcript.id in codings.opened(self._db, asks.id if asks and asks.bound else "")
        return coding.open_pass(transcript, coder, self.codebook().version, self.passes(transcript.id), opened, rounds)

    def blind(self) -> int:
        """How many transcripts are not opened yet."""
        return len(transcripts.names(self._db)) - len(self.opened())

    def coders(self) -> tuple[str, ...]:
        """Everybody with a pass, by name."""
        return tuple(sorted({pass_.coder for pass_ in self.passes()}))

    def codings(self, transcript: str = "", coder: str = "") -> tuple[model.Coding, ...]:
        """The codings that this viewer may see."""
        return codings.codings(self._db, self.viewer, transcript, coder)

    def nothings(self, transcript: str = "", coder: str = "") -> tuple[model.Nothing, ...]:
        """The decisions that nothing applies which this viewer may see."""
        return codings.nothings(self._db, self.viewer, transcript, coder)

    def memos(self, transcript: str = "", coder: str = "") -> tuple[model.Memo, ...]:
        """The memos that this viewer may read."""
        return codings.memos(self._db, self.viewer, transcript, coder)

    def stars(self, transcript: str = "", coder: str = "") -> tuple[model.Star, ...]:
        """The extracts starred while coding that this viewer may see."""
        return codings.stars(self._db, self.viewer, transcript, coder)

    def first_memos(self, coder: str = "") -> int:
        """How many memos the viewer may read in first passes."""
        again = {one.id for one in self.rounds() if one.recode}
        later = {pass_.id for pass_ in self.passes() if pass_.round in again}
        return sum(memo.pass_id not in later for memo in self.memos(coder=coder))

    def recent_codes(self) -> tuple[str, ...]:
        """The viewer's codes, the one used last first."""
        return codings.recent_codes(self._db, self.viewer)

    def own_passes(self) -> list[Pass]:
        """The viewer's passes, on each transcript that of the newest round; whoever looks without a name has none."""
        newest = {pass_.transcript: pass_ for pass_ in self.passes(coder=self.viewer) if self.viewer}
        rounds = self.rounds()
        wanted = {id_: coding.round_for(rounds, id_, self.viewer) for id_ in newest}
        return [pass_ for id_, pass_ in newest.items() if pass_.round == (round_.id if (round_ := wanted[id_]) else "")]

    def progress(self, rows: Sequence[TranscriptRow] = ()) -> tuple[model.Progress, ...]:
        """How far the viewer is in each of their passes; `rows` are the transcripts, where they were read already."""
        totals = {row.id: row.segments for row in rows or self.transcripts()}
        found = []
        for one in self.own_passes():
            total = totals[one.transcript] if self.listed(one) is None else self.asked_in(one)
            decided = total if one.state is PassState.SUBMITTED else self.decided_in(one)
            found.append(model.Progress(one.transcript, self.viewer, one.state, decided, total))
        return tuple(found)

    def listed(self, pass_: Pass) -> list[tuple[int, int]] | None:
        """The list of work that a pass is bound to, as places of its transcript; None where it asks about everything.

        What is not on the list need not be decided, and can not be: it is missing, as what a coder skips is.
        """
        if not pass_.round or pass_.round not in typologies.bound(self._db):
            return None
        return [(start, end) for _, start, end in typologies.work_list(self._db, pass_.round, pass_.transcript)]

    def listed_in(self, transcript: str) -> list[tuple[int, int]] | None:
        """The list of work that a pass of the viewer's on a transcript would have, were it begun now."""
        asks = coding.round_for(self.rounds(), transcript, self.viewer)
        if asks is None or not asks.bound:
            return None
        return [(start, end) for _, start, end in typologies.work_list(self._db, asks.id, transcript)]

    def asked_in(self, pass_: Pass) -> int:
        """How many segments a pass asks to decide."""
        return coding.asked(self._bare(pass_.transcript), self.listed(pass_)).count(1)

    def _bare(self, transcript: str) -> Transcript:
        """A transcript without its words."""
        found = transcripts.load(self._db, transcript, with_words=False)
        if found is None:
            raise UnknownTranscript(transcript)
        return found

    def decided_in(self, pass_: Pass) -> int:
        """How many of the segments that a pass asks about are decided in it, as far as the viewer may see it."""
        transcript = self._bare(pass_.transcript)
        spans = zip(*(layers.column(transcript.segments, name) for name in ("start", "end")), strict=True)
        wanted = [*compress(spans, coding.asked(transcript, self.listed(pass_)))]
        return sum(coding.touches(wanted, self.decided_spans(pass_)))

    def undecided(self, transcript: Transcript, pass_: Pass | None = None) -> list[model.Segment]:
        """The segments that the viewer still has to decide in a pass of theirs, the newest if none is given."""
        held = pass_ or self.own_pass(transcript.id)
        if held is None:
            return coding.undecided(transcript, (), ())
        return coding.undecided(transcript, *self.stated(held)[:2], listed=self.listed(held))

    def stated(self, pass_: Pass) -> tuple[tuple[model.Coding, ...], tuple[model.Nothing, ...], tuple[model.Memo, ...]]:
        """Everything a pass says, as far as the viewer may see it."""
        place = (pass_.transcript, pass_.coder)
        return (
            tuple(one for one in self.codings(*place) if one.pass_id == pass_.id),
            tuple(one for one in self.nothings(*place) if one.pass_id == pass_.id),
            tuple(one for one in self.memos(*place) if one.pass_id == pass_.id),
        )

    def decided_spans(self, pass_: Pass) -> list[tuple[int, int]]:
        """Where a pass has codes or says that nothing applies, by place; the longest of those that begin together."""
        return codings.decided_spans(self._db, self.viewer, pass_.id)

    def spans_of(self, facts: Sequence[Event]) -> list[tuple[int, int]]:
        """The places that these facts are about; of what they took away, where it stands if it is there (again)."""
        places = [(fact.start, fact.end) for fact in facts if isinstance(fact, _PLACED)]
        ids = [fact.coding for fact in facts if isinstance(fact, CodeRemoved)]
        ids += [fact.memo for fact in facts if isinstance(fact, MemoRemoved)]
        return places + (codings.spans_by_id(self._db, self.viewer, ids) if ids else [])

    def open_pass(self, name: str, coder: str = "") -> Pass:
        """The pass of the viewer (or of `coder`) on a transcript, begun when there is none yet."""
        transcript, coder = self.transcript(name), coder or self.viewer
        begun = self._opening(transcript, coder)
        if begun:
            known = [person.name for person in self.people()]
            self._record([*study.join(coder, known), *begun])
        held = self.own_pass(transcript.id, coder)
        assert held is not None
        return held

    def place(self, pass_id: str, start: int, end: int) -> coding.Place:
        """A span in one of the viewer's passes, with what stands there."""
        pass_ = codings.get_pass(self._db, pass_id)
        if pass_ is None or pass_.coder != self.viewer:
            raise UnknownCoder(self.viewer)
        transcript = self._sealed(pass_.transcript)
        found = codings.at(self._db, self.viewer, pass_id, start, end)
        return coding.Place(pass_, transcript.name, start, end, transcript.text, *found)

    def _sealed(self, id_: str) -> Transcript:
        """The transcript being coded; its text never changes, so it is kept while it is worked on."""
        if self._kept is None or self._kept.id != id_:
            self._kept = self.transcript(id_)
        return self._kept

    def look_again(self) -> None:
        """Forget what was read before: the study was changed beside what this object wrote."""
        vars(self).pop("study", None)  # its method may be another now
        self._kept = None

    def _applicable(self, version: str) -> frozenset[str]:
        """The codes of a released version; it never changes, so they are kept while the study is open."""
        if version not in self._codes:
            self._codes[version] = frozenset(code.id for code in codebooks.applicable(self.codebook(version)))
        return self._codes[version]

    def _own_codes(self, pass_: Pass) -> Collection[str]:
        """The codes that the viewer may apply in a pass: those of its version, and the ones they proposed."""
        return self._applicable(pass_.codebook) | self.own_new_codes()

    def own_new_codes(self) -> set[str]:
        """The codes that the viewer proposed."""
        return {one.code for one in codebook.proposals(self._db, self.viewer) if one.coder == self.viewer}

    def proposals(self) -> tuple[model.Proposal, ...]:
        """The codes that coders made while coding, as far as the viewer may see them."""
        return codebook.proposals(self._db, self.viewer)

    def own_book(self, version: str = "") -> model.Codebook:
        """A version of the codebook together with the proposed codes that the viewer may see."""
        return codebooks.with_proposals(self.codebook(version), self.proposals())

    @cached_property
    def _codes(self) -> dict[str, frozenset[str]]:
        return {}
