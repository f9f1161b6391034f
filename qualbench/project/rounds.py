"""Rounds: which transcripts are coded next, by whom, and how they were drawn."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from typing import TYPE_CHECKING

from qualbench.errors import BadDecision, UnknownRound, UsageError
from qualbench.events import Event
from qualbench.model import Changes, PassState, Round
from qualbench.project.corrections import Corrections
from qualbench.steps import study

if TYPE_CHECKING:
    from qualbench.steps.agreement import Draw


class Rounds(Corrections):
    """Planning who codes what."""

    def round(self, name: str) -> Round:
        """One round, by name or id."""
        for one in self.rounds():
            if name in (one.id, one.name):
                return one
        raise UnknownRound(name, [one.name for one in self.rounds()])

    def draw(
        self, coders: Sequence[str], *, share: float, each: int, seed: int, attribute: str = "", recode: bool = False,
        only: Sequence[str] = (),
    ) -> Draw:  # fmt: skip
        """Draw who codes which transcripts, and plan nothing yet: what a round would be."""
        from qualbench.steps import agreement

        if attribute and not any(attribute in dict(one.attributes) for one in self.participants()):
            raise UsageError(f"No participant has an attribute called '{attribute}'.")
        free = self._free_to_draw(coders, recode=recode)
        named = [self.transcript(name) for name in only]
        self._must_be_free({one.id for one in named}, free, recode=recode)
        wanted = {one.id for one in named} or set(free)
        candidates = [
            agreement.Candidate(row.id, row.segments, self._stratum(row.id, attribute))
            for row in self.transcripts()
            if row.id in free and row.id in wanted
        ]
        if recode:
            return agreement.draw_again(candidates, coders, share=share, strata=attribute, seed=seed)
        return agreement.draw(candidates, coders, share=share, coders_each=each, strata=attribute, seed=seed)

    def _free_to_draw(self, coders: Sequence[str], *, recode: bool) -> set[str]:
        """Transcripts nobody has begun and no round has; to code again, those that all these coders have coded."""
        if recode:
            opened = self.opened()
            first = {(p.transcript, p.coder) for p in self.passes() if p.transcript in opened}
            done = first - self._to_be_coded_again()
            return {row.id for row in self.transcripts() if all((row.id, coder) in done for coder in coders)}
        taken = {pass_.transcript for pass_ in self.passes()} | {id_ for r in self.rounds() for id_ in r.assignments}
        return {row.id for row in self.transcripts()} - taken

    def _to_be_coded_again(self) -> set[tuple[str, str]]:
        """Transcripts and coders of rounds of coding again that are not handed in yet."""
        asked = {(one.id, id_, coder) for one in self.rounds() if one.recode for id_, c in one.assignments.items()
                 for coder in c}  # fmt: skip
        done = {(p.round, p.transcript, p.coder) for p in self.passes() if p.state is PassState.SUBMITTED}
        return {(transcript, coder) for _, transcript, coder in asked - done}

    def _must_be_free(self, wanted: Iterable[str], free: Container[str], *, recode: bool) -> None:
        """Refuse a round with transcripts that can not be in it: what somebody has begun is not planned any more."""
        taken = sorted(self.transcript(id_).name for id_ in wanted if id_ not in free)
        if taken and recode:
            raise BadDecision(
                f"Not all of these coders can code '{taken[0]}' again.",
                "They must all have coded it, it must be opened, and no round may wait for it.",
            )
        if taken:
            raise BadDecision(f"'{taken[0]}' can not be planned: it is begun, or another round has it already.")

    def _stratum(self, transcript: str, attribute: str) -> str:
        """What a transcript's participants are by one attribute, when it is asked for."""
        if not attribute:
            return ""
        labels = {speaker.participant for speaker in self.transcript(transcript).speakers if speaker.participant}
        told = {dict(one.attributes).get(attribute, "") for one in self.participants() if one.label in labels}
        return " and ".join(sorted(told))

    def plan_round(self, name: str, draw: Draw, *, seed: int, recode: bool = False) -> Changes:
        """Record a round as it was drawn; from now on each transcript in it is coded by those it names."""
        from qualbench.steps import agreement

        asked = dict.fromkeys(coder for coders in draw.assignments.values() for coder in coders)
        self._must_be_free(draw.assignments, self._free_to_draw([*asked], recode=recode), recode=recode)
        planned = agreement.plan(name, draw, self.rounds(), self.codebook().version, seed=seed, recode=recode)
        return self._record([*self._joining(asked), *planned])

    def _joining(self, coders: Iterable[str]) -> list[Event]:
        """The facts that make people of those coders who are not yet."""
        people = [person.name for person in self.people()]
        joining: list[Event] = []
        for coder in dict.fromkeys(coders):
            joining += study.join(coder, people)
            people.append(coder)
        return joining

    def withdraw_round(self, name: str, reason: str) -> Changes:
        """Give a round up in which nobody has begun to code."""
        from qualbench.steps import agreement

        return self._record(agreement.withdraw(self.round(name), self.passes(), reason))
