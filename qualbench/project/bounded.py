"""Lists of work: what a saved query finds becomes all that the passes of a round ask about."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING

from qualbench import events
from qualbench.errors import BadDecision, UsageError
from qualbench.events import Event, Span
from qualbench.model import Changes, Coding, Nothing, PassState
from qualbench.project.asked import Passage
from qualbench.project.lives import Lives
from qualbench.steps import coding
from qualbench.store.queries import typologies
from qualbench.text import counted, excerpt

if TYPE_CHECKING:
    from qualbench.steps.agreement import Draw


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far a round is with its list of work, as far as the viewer may know."""

    listed: int
    """Segments on the list, in every transcript of the round."""
    looked_at: int
    """Those of them that the viewer's own pass, or an opened one, decided."""
    coded: int
    """Those that got a code there."""


class Bounded(Lives):
    """Analytic codes, put only where an index query found something (Deterding & Waters 2021, stage 2)."""

    def work_list(self, round_: str) -> tuple[tuple[str, int, int], ...]:
        """What a round asks about: transcripts with start and end of segments; none where it asks about everything."""
        return typologies.work_list(self._db, self.round(round_).id)

    def bind_round(self, round_: str, query: str) -> Changes:
        """From now on a round in which nobody codes yet asks only about what a saved query finds now."""
        held = self.round(round_)
        if any(pass_.round == held.id for pass_ in self.passes()):
            raise BadDecision(
                f"Somebody codes in the round '{held.name}' already, so its list of work stays what it is.",
                "Plan another round for another list.",
            )
        return self._record([self._listing(held.id, query, held.assignments)])

    def draw_bound(
        self, query: str, coders: Sequence[str], *, share: float, each: int, seed: int, attribute: str = ""
    ) -> Draw:
        """Draw who looks at which transcripts that a saved query finds something in; nothing is planned yet."""
        from qualbench.steps import agreement

        if attribute and not any(attribute in dict(one.attributes) for one in self.participants()):
            raise UsageError(f"No participant has an attribute called '{attribute}'.")
        unfinished = self._unfinished()
        candidates = [
            agreement.Candidate(id_, len(spans), self._stratum(id_, attribute))
            for id_, spans in self.found_segments(query).items()
            if id_ not in unfinished
        ]
        if not candidates:
            raise _nothing_found(query)
        if len(set(coders)) == 1:
            told = f"All {counted(len(candidates), 'transcript')} in which the query finds something, for one coder."
            return agreement.Draw({one.transcript: tuple(set(coders)) for one in candidates}, 0.0, told)
        return agreement.draw(candidates, coders, share=share, coders_each=each, strata=attribute, seed=seed)

    def plan_bound(self, name: str, query: str, draw: Draw, *, seed: int) -> Changes:
        """Record a round as it was drawn, bound to what the query finds in its transcripts."""
        from qualbench.steps import agreement

        if taken := self._unfinished() & {*draw.assignments}:
            raise BadDecision(f"'{self.transcript(min(taken)).name}' waits for another round to be handed in.")
        planned = agreement.plan(name, draw, self.rounds(), self.codebook().version, seed=seed, recode=False)
        round_ = next(one.round for one in planned if isinstance(one, events.RoundPlanned))
        asked = (coder for coders in draw.assignments.values() for coder in coders)
        listing = self._listing(round_, query, draw.assignments)
        return self._record([*self._joining(asked), *planned, listing])

    def _listing(self, round_: str, query: str, transcripts: Collection[str]) -> Event:
        found = {id_: spans for id_, spans in self.found_segments(query).items() if id_ in transcripts}
        if not found:
            raise _nothing_found(query)
        spans = {id_: [list(span) for span in spans] for id_, spans in found.items()}
        return events.WorkListSet(round=round_, query=self.saved_query(query).name, spans=spans)

    def found_segments(self, query: str) -> dict[str, list[Span]]:
        """The segments that count and in which a saved query finds something, by transcript."""
        places: dict[str, list[Span]] = {}
        for one in self.ask(self.saved_query(query).words).passages:
            places.setdefault(one.transcript, []).append((one.start, one.end))
        found = {}
        for id_, spans in places.items():
            transcript = self._bare(id_)
            wanted = compress(transcript.segments, coding.asked(transcript, spans))
            found[id_] = [(one.start, one.end) for one in wanted]
        return {id_: spans for id_, spans in found.items() if spans}

    def _unfinished(self) -> set[str]:
        """Transcripts that somebody has still to hand in, for a round or without one."""
        done = {(p.round, p.transcript, p.coder) for p in self.passes() if p.state is PassState.SUBMITTED}
        asked = {(one.id, id_, coder) for one in self.rounds() for id_, who in one.assignments.items() for coder in who}
        begun = {(p.round, p.transcript, p.coder) for p in self.passes()}
        return {transcript for _, transcript, _ in (asked | begun) - done}

    # --- how far a list is worked off ----------------------------------------------------------------------------

    def list_coverage(self, round_: str) -> Coverage:
        """How many segments of a round's list of work were looked at, and how many got a code."""
        held = self.round(round_)
        listed = {place[:2] for place in self.work_list(round_)}
        looked = {(p.transcript, p.start) for p in self._listed_passages(held.id)}
        coded = looked - {(p.transcript, p.start) for p in self.uncoded(round_)}
        return Coverage(len(listed), len(looked), len(coded))

    def uncoded(self, round_: str) -> tuple[Passage, ...]:
        """What is on the list and got no code from anybody: because the list is bounded, it can be read once more.

        As far as the viewer may know: from passes of the round that are opened, and from their own.
        """
        held = self.round(round_).id
        passes = {one.id for one in self.passes() if one.round == held}
        spans: dict[str, list[Span]] = {}
        for one in self.codings():
            if one.pass_id in passes:
                spans.setdefault(one.transcript, []).append((one.start, one.end))
        found = []
        for passage in self._listed_passages(held):
            here = spans.get(passage.transcript, ())
            if not any(start < passage.end and end > passage.start for start, end in here):
                found.append(passage)
        return tuple(found)

    def _listed_passages(self, round_: str) -> list[Passage]:
        """The segments of a list that were decided in a pass which the viewer may read."""
        passes = {one.id for one in self.passes() if one.round == round_}
        decided: dict[str, list[Span]] = {}
        said: list[Coding | Nothing] = [*self.codings(), *self.nothings()]
        for one in said:
            if one.pass_id in passes:
                decided.setdefault(one.transcript, []).append((one.start, one.end))
        found: list[Passage] = []
        for id_, spans in decided.items():
            listed = [place[1:] for place in typologies.work_list(self._db, round_, id_)]
            flags = coding.touches(listed, sorted(spans))
            found += self._passages_on(id_, [*compress(listed, flags)])
        return found

    def _passages_on(self, id_: str, spans: Sequence[Span]) -> list[Passage]:
        transcript = self.transcript(id_)
        found = []
        for start, end in spans:
            speaker = transcript.speaker_at(start)
            who = (speaker.participant or str(speaker.role)) if speaker else "nobody known"
            line = transcript.text.count("\n", 0, start) + 1
            found.append(Passage(id_, transcript.name, line, start, end, transcript.text[start:end], who, (), ""))
        return found


def _nothing_found(query: str) -> BadDecision:
    return BadDecision(
        f"The query '{excerpt(query, 60)}' finds nothing in transcripts that could be coded now.",
        "It finds what is settled in opened transcripts; other rounds on them must be handed in.",
    )
