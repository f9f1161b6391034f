"""The coders' work: passes, codes on spans, memos, handing in, undo and redo."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from qualbench import events, model
from qualbench.errors import (
    AlreadyOpened,
    BadTable,
    NoCodebook,
    NotAssigned,
    NothingToSubmit,
    NothingToUndo,
    PassSubmitted,
    ReadOnlyStudy,
    Undecided,
    UnknownCode,
    UnknownCoder,
    UnknownRound,
)
from qualbench.events import Event
from qualbench.model import Changes, Pass, PassState, Round, Transcript
from qualbench.project.participants import Participants
from qualbench.steps import codebook as codebooks
from qualbench.steps import coding, study
from qualbench.store import journal
from qualbench.store.queries import codings, transcripts

if TYPE_CHECKING:
    from qualbench.steps.interchange.codings_csv import Asked, Line


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

    def may_begin(self, transcript: Transcript) -> bool:
        """Whether the viewer could begin a pass on a transcript now."""
        try:
            return bool(self._opening(transcript, self.viewer))
        except (AlreadyOpened, NoCodebook, NotAssigned):
            return False

    def _opening(self, transcript: Transcript, coder: str) -> list[Event]:
        """The facts that begin a coder's pass; none when it is there already."""
        passes, opened = self.passes(transcript.id), transcript.id in self.opened()
        return coding.open_pass(transcript, coder, self.codebook().version, passes, opened, self.rounds())

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

    def first_memos(self, coder: str = "") -> int:
        """How many memos the viewer may read in first passes."""
        again = {one.id for one in self.rounds() if one.recode}
        later = {pass_.id for pass_ in self.passes() if pass_.round in again}
        return sum(memo.pass_id not in later for memo in self.memos(coder=coder))

    def recent_codes(self) -> tuple[str, ...]:
        """The viewer's codes, the one used last first."""
        return codings.recent_codes(self._db, self.viewer)

    def _own_passes(self) -> list[Pass]:
        """The viewer's passes, on each transcript that of the newest round; whoever looks without a name has none."""
        newest = {pass_.transcript: pass_ for pass_ in self.passes(coder=self.viewer) if self.viewer}
        return [pass_ for pass_ in newest.values() if pass_ == self.own_pass(pass_.transcript)]

    def progress(self) -> tuple[model.Progress, ...]:
        """How far the viewer is in each of their passes."""
        found = []
        for pass_ in self._own_passes():
            transcript = self.transcript(pass_.transcript)
            total = sum(transcript.counts(segment) for segment in transcript.segments)
            left = 0 if pass_.state is PassState.SUBMITTED else len(self.undecided(transcript, pass_))
            found.append(model.Progress(transcript.id, self.viewer, pass_.state, total - left, total))
        return tuple(found)

    def undecided(self, transcript: Transcript, pass_: Pass | None = None) -> list[model.Segment]:
        """The segments that the viewer still has to decide in a pass of theirs, the newest if none is given."""
        held = pass_ or self.own_pass(transcript.id)
        return coding.undecided(transcript, *(self.stated(held)[:2] if held else ((), ())))

    def stated(self, pass_: Pass) -> tuple[tuple[model.Coding, ...], tuple[model.Nothing, ...], tuple[model.Memo, ...]]:
        """Everything a pass says, as far as the viewer may see it."""
        place = (pass_.transcript, pass_.coder)
        return (
            tuple(one for one in self.codings(*place) if one.pass_id == pass_.id),
            tuple(one for one in self.nothings(*place) if one.pass_id == pass_.id),
            tuple(one for one in self.memos(*place) if one.pass_id == pass_.id),
        )

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

    def _applicable(self, version: str) -> frozenset[str]:
        """The codes of a released version; it never changes, so they are kept while the study is open."""
        if version not in self._codes:
            self._codes[version] = frozenset(code.id for code in codebooks.applicable(self.codebook(version)))
        return self._codes[version]

    @cached_property
    def _codes(self) -> dict[str, frozenset[str]]:
        return {}

    def apply_code(self, pass_id: str, code: str, start: int, end: int) -> Changes:
        """Put a code on a span."""
        place = self.place(pass_id, start, end)
        return self._record(coding.apply(place, code, self._applicable(place.pass_.codebook)))

    def remove_code(self, pass_id: str, code: str, start: int, end: int) -> Changes:
        """Take a code off a span."""
        return self._record(coding.remove(self.place(pass_id, start, end), code))

    def mark_nothing(self, pass_id: str, start: int, end: int) -> Changes:
        """Decide that nothing applies to a span, or take that back."""
        return self._record(coding.mark_nothing(self.place(pass_id, start, end)))

    def write_memo(self, pass_id: str, start: int, end: int, body: str) -> Changes:
        """The memo on a span becomes these words; empty words remove it."""
        return self._record(coding.write_memo(self.place(pass_id, start, end), body))

    def submit(self, names: Sequence[str] = (), rest: str = "") -> list[str]:
        """Hand in the viewer's open passes on these transcripts (on all when none is named), all or none."""
        own = {pass_.transcript: pass_ for pass_ in self._own_passes()}
        for name in names:
            pass_named = own.get(self.transcript(name).id)
            if pass_named is None:
                raise NothingToSubmit(self.viewer, name)
            if pass_named.state is PassState.SUBMITTED:
                raise PassSubmitted(self.viewer, self.transcript(name).name)
        wanted = {self.transcript(name).id for name in names} or set(own)
        still_open = [p for p in own.values() if p.transcript in wanted and p.state is PassState.OPEN]
        if not still_open:
            raise NothingToSubmit(self.viewer)
        facts: list[Event] = []
        undecided: dict[str, int] = {}
        for pass_ in still_open:
            transcript = self.transcript(pass_.transcript)
            left = self.undecided(transcript, pass_)
            if left and not rest:
                undecided[transcript.name] = len(left)
            else:
                facts += coding.submit(pass_, transcript.name, left, rest)
        if undecided:
            raise Undecided(self.viewer, sum(undecided.values()), list(undecided))
        self._record(facts)
        return [self.transcript(pass_.transcript).name for pass_ in still_open]

    def export_codings(self, coder: str = "", round_: str = "") -> list[Line]:
        """The codings this viewer may see, as lines of a table: first passes, or those of one round."""
        from qualbench.steps.interchange.codings_csv import Line

        rounds = self.rounds()
        chosen = {one.id for one in rounds if (round_ in (one.id, one.name) if round_ else one.recode)}
        if round_ and not chosen:
            raise UnknownRound(round_, [one.name for one in rounds])
        wanted = {p.id for p in self.passes() if (p.round in chosen) == bool(round_)}
        names = transcripts.names(self._db)
        memos = {(m.pass_id, m.start, m.end): m.body for m in self.memos(coder=coder)}
        said: list[tuple[model.Coding | model.Nothing, str]] = []
        said += [(one, one.code) for one in sorted(self.codings(coder=coder), key=lambda one: one.code)]
        said += [(nothing, "") for nothing in self.nothings(coder=coder)]
        lines = []
        for one, code in said:
            if one.pass_id in wanted and one.start < one.end:  # what lost its words in a correction stands nowhere
                memo = memos.pop((one.pass_id, one.start, one.end), "")
                lines.append(Line(names[one.transcript], one.start, one.end, code, one.coder, memo))
        order = {name: number for number, name in enumerate(names.values())}
        return sorted(lines, key=lambda line: (order[line.transcript], line.coder, line.start, line.end))

    def import_codings(self, name: str, lines: Sequence[Line], *, partial: bool = False) -> dict[str, int]:
        """Take a table of codings in, all of it or nothing; answers with the number of lines of each coder.

        Unless it is `partial`, the table is all that its coders have to say of the transcripts it names for them:
        segments without a line count as read, with nothing that applies.
        """
        from qualbench.steps.interchange import codings_csv

        if not self.writable:
            raise ReadOnlyStudy(self.readonly_because)
        book = self.codebook()
        known = {name: (id_, len(self._sealed(id_).text)) for name, id_ in self._sorted_names()}
        asked, problems = codings_csv.group(name, lines, known, lambda code: codebooks.find(book, code).id)
        if problems:
            raise BadTable(problems)
        self.back_up("before-import")
        facts: list[Event] = []
        people = [person.name for person in self.people()]
        for (transcript, coder), said in asked.items():
            joining = study.join(coder, people)
            people += [coder] * bool(joining)
            facts += joining + self._taken_in(transcript, coder, said, complete=not partial)
        self._record(facts)
        return dict(Counter(line.coder for line in lines))

    def _sorted_names(self) -> list[tuple[str, str]]:
        return sorted(transcripts.known_as(self._db).items(), key=lambda pair: pair[1])

    def _taken_in(self, transcript_id: str, coder: str, said: Asked, *, complete: bool) -> list[Event]:
        transcript = self.transcript(transcript_id)
        pass_, begun = self._pass_for(transcript, coder)
        known = self._applicable(pass_.codebook)
        for code, *_ in said.codes:
            if code not in known:
                raise UnknownCode(code)
        return begun + coding.take_in(
            pass_,
            transcript,
            codes=said.codes,
            nothings=said.nothings,
            memos=said.memos,
            present=[c for c in codings.codings(self._db, coder, transcript_id, coder) if c.pass_id == pass_.id],
            marked=[n for n in codings.nothings(self._db, coder, transcript_id, coder) if n.pass_id == pass_.id],
            noted=[m for m in codings.memos(self._db, coder, transcript_id, coder) if m.pass_id == pass_.id],
            complete=complete,
        )

    def _pass_for(self, transcript: Transcript, coder: str) -> tuple[Pass, list[Event]]:
        """The coder's open pass, and the facts that begin it when there is none."""
        begun = self._opening(transcript, coder)
        for fact in begun:
            if isinstance(fact, events.PassOpened):
                opened = Pass(
                    fact.pass_id, transcript.id, coder, fact.codebook, transcript.rule, PassState.OPEN, fact.round
                )
                return opened, begun
        held = self.own_pass(transcript.id, coder)
        assert held is not None
        if held.state is PassState.SUBMITTED:
            raise PassSubmitted(coder, transcript.name)
        return held, []

    # --- undo and redo -----------------------------------------------------------------------------------------

    def newest_step(self, subject: str, area: str, *, undo: bool = True) -> list[Event]:
        """What `undo` (or `redo`) would take back (or do again) here; nothing when there is nothing."""
        step = (journal.undoable if undo else journal.redoable)(self._db, self.viewer, subject, area)
        return journal.facts_of(self._db, step) if step else []

    def undo(self, subject: str, area: str) -> Changes:
        """The viewer's newest step on this subject (anywhere in the area without one) counts no longer."""
        return self._switch(subject, area, undo=True)

    def redo(self, subject: str, area: str) -> Changes:
        """The step undone last counts again."""
        return self._switch(subject, area, undo=False)

    def _switch(self, subject: str, area: str, *, undo: bool) -> Changes:
        if not self.writable:
            raise ReadOnlyStudy(self.readonly_because)
        if area == "coding" and subject:
            held = self.own_pass(subject)
            if held is not None and held.state is PassState.SUBMITTED:
                raise PassSubmitted(self.viewer, self.transcript(subject).name)
        choose = journal.undoable if undo else journal.redoable
        step = choose(self._db, self.viewer, subject, area)
        if step is None:
            raise NothingToUndo("undo" if undo else "redo")
        if handed_in := codings.get_pass(self._db, journal.submitted_pass(self._db, step)):
            if subject and (own := self.own_pass(subject)) is not None and own.id != handed_in.id:
                raise NothingToUndo("undo" if undo else "redo")  # all that is left is of a pass before this one
            raise PassSubmitted(handed_in.coder, self.transcript(handed_in.transcript).name)
        return journal.switch(self._db, self._writer, step, undo=undo)
