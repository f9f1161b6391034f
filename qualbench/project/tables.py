"""Codings as a table: everything a viewer may see written out, and whole tables taken in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from qualbench import events, model
from qualbench.errors import BadTable, PassSubmitted, ReadOnlyStudy, UnknownCode, UnknownRound
from qualbench.events import Event
from qualbench.model import Pass, PassState, Transcript
from qualbench.project.deciding import Deciding
from qualbench.steps import codebook as codebooks
from qualbench.steps import coding, study
from qualbench.store.queries import codings, transcripts

if TYPE_CHECKING:
    from qualbench.steps.interchange.codings_csv import Asked, Line


class Tables(Deciding):
    """Codings as lines, out and in."""

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
        listed = self.listed(pass_)
        for start, end in [(start, end) for _, start, end in said.codes] + [*said.nothings]:
            if listed is not None and not coding.is_listed(transcript, start, end, listed):
                raise coding.OutsideTheList(next(one.name for one in self.rounds() if one.id == pass_.round))
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
            listed=listed,
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
