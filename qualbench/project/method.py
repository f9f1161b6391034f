"""The method profile: what it asks for, where the study stands, and the phases it went through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualbench.errors import NoCoefficients, OneCoder, StillBlind
from qualbench.model import METHOD_NAMES, AgreementUse, CaseState, Changes, Method, PassState, Round, Scope
from qualbench.project.exchange import Exchange
from qualbench.steps import methods, study
from qualbench.steps.methods import Facts, MethodTurn, Phase, PhaseTurn, Week
from qualbench.store.queries import method as reads
from qualbench.store.queries import results
from qualbench.text import percent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualbench.model import Agreement
    from qualbench.project.progress import Settling


class Methods(Exchange):
    """The method that the study follows."""

    # --- the method itself -------------------------------------------------------------------------------------

    def change_method(self, method: Method | str, reason: str) -> Changes:
        """Follow another method from now on; the reason stands in the method statement and in the report."""
        facts = methods.change(self.study, study.method(str(method)), reason)
        changes = self._record(facts)
        self.__dict__.pop("study", None)
        return changes

    def method_changes(self) -> tuple[MethodTurn, ...]:
        """Every change of the method, oldest first."""
        return tuple(
            MethodTurn(Method(before), Method(after), reason, by, at)
            for before, after, reason, by, at in reads.changes(self._db)
        )

    def statement(self) -> tuple[str, ...]:
        """The method statement in sentences, with every change of the method and its reason."""
        return methods.statement(self.study, self.method_changes(), self.phase_turns())

    # --- phases ------------------------------------------------------------------------------------------------

    def phases(self, settling: Iterable[Settling] | None = None) -> tuple[Phase, ...]:
        """The phases or stages of the method, each with how far it is and what shows it.

        Where disagreements stand is counted anew unless it is given: in a big study that takes its time.
        """
        return methods.phases(self.study.method, self.method_facts(settling), self._turns_of_method())

    def phase_turns(self) -> tuple[PhaseTurn, ...]:
        """Every phase the team said it works in, oldest first."""
        return tuple(PhaseTurn(*row) for row in reads.phases(self._db))

    def _turns_of_method(self) -> tuple[PhaseTurn, ...]:
        """What was said since the study follows its method: a phase of another method is history."""
        since = max((one.at for one in self.method_changes()), default="")
        return tuple(one for one in self.phase_turns() if one.at >= since)

    def enter_phase(self, phase: str, note: str = "") -> Changes:
        """Say that the team works in this phase now; going back is as good as going on."""
        return self._record(methods.enter(phase, self.study.method, note))

    def next_step(self) -> str:
        """What the method asks for next, in a sentence."""
        return methods.next_step(self.phases())

    def method_facts(self, settling: Iterable[Settling] | None = None) -> Facts:
        """What the phases are seen by; memos and codings count as far as the viewer may read them."""
        themes, gathered, held, held_twice, defined, reported, quotes, narratives = reads.board(self._db)
        participants, described = reads.described(self._db)
        first = [one for one in self.rounds() if not one.recode]
        newest = first[-1] if first else None
        states = list(self.settling() if settling is None else settling)
        passes = self.passes()
        made = self.release_dates()
        return Facts(
            transcripts=len(self.transcripts(with_counts=False)),
            opened=len(self.opened()),
            familiarised=reads.memos(self._db, self.viewer, "familiarisation")[2],
            passes=len(passes),
            submitted=sum(one.state is PassState.SUBMITTED for one in passes),
            again=len(self.rounds()) - len(first),
            versions=len(made),
            codes=len(self.applicable_codes()) if made else 0,
            round=newest.name if newest else "",
            rounds=len(first),
            asked=self._passes_asked(newest),
            handed_in=self._handed_in(newest),
            runs=sum(at >= (newest.planned if newest else "") for at, _, _ in results.runs(self._db)),
            disagreements=sum(one.disagreements for one in states),
            unsettled=sum(one.open + one.deferred for one in states),
            session=next((state for _, state in reversed(reads.sessions(self._db))), ""),
            released_since=bool(newest and self._released_after(newest)),
            themes=themes,
            gathered=gathered,
            held=held,
            held_twice=held_twice,
            defined=defined,
            reported=reported,
            quotes=quotes,
            narratives=narratives,
            participants=participants,
            described=described,
            **self._facts_of_cases(),
            **self._facts_of_types(),
        )

    def _facts_of_cases(self) -> dict[str, int]:
        """What consensual qualitative research looks at; nothing in other methods."""
        if self.study.method is not Method.CQR:
            return {}
        ideas, categories, comments, unanswered = reads.agreed(self._db)
        order = list(CaseState)
        reached = [order.index(state) for state in reads.case_states(self._db)]
        return {
            "people": len(self.people()),
            "biased": reads.memos(self._db, self.viewer, "bias")[1],
            "cases": reads.cases(self._db),
            "cases_divided": sum(at >= order.index(CaseState.DOMAINS_AGREED) for at in reached),
            "cases_told": sum(at >= order.index(CaseState.CONSENSUS) for at in reached),
            "cases_answered": sum(at >= order.index(CaseState.ANSWERED) for at in reached),
            "core_ideas": ideas,
            "categories": categories,
            "comments": comments,
            "unanswered": unanswered,
        }

    def _facts_of_types(self) -> dict[str, int]:
        """What flexible coding looks at; nothing in other methods."""
        if self.study.method is not Method.FLEXIBLE:
            return {}
        codes = self.applicable_codes() if self.has_codebook() else ()
        bound = [one for one in self.rounds() if one.id in reads.work_lists(self._db)]
        typed, negative = reads.typed(self._db)
        return {
            "indexed": reads.coded_with(self._db, self.viewer, [code.id for code in codes if code.kind == "index"]),
            "respondents": reads.memos(self._db, self.viewer, "respondent")[0],
            "across": reads.memos(self._db, self.viewer, "cross-case")[0],
            "work_lists": len(bound),
            "analysed": sum(self._handed_in(one) >= self._passes_asked(one) for one in bound),
            "typed": typed,
            "negative": negative,
        }

    # --- the weekly cycle --------------------------------------------------------------------------------------

    def cycle(self) -> tuple[Week, ...]:
        """The rounds of the cycle, oldest first; where none is planned, everything that is opened as one."""
        rounds = [one for one in self.rounds() if not one.recode]
        if not rounds:
            return (self._week(None, self._run_or_none(Scope())),) if self.has_codebook() else ()
        runs = {one.id: run for one, run, _ in self._trend_or_none()}
        return tuple(self._week(one, runs.get(one.id)) for one in rounds)

    def target(self) -> str:
        """Whether the target was reached in two successive rounds, in a sentence."""
        from qualbench.steps.agreement.benchmarks import BANDS

        if not self.profile().measures:
            return f"{METHOD_NAMES[self.study.method].capitalize()} has no coefficient, so there is no target to reach."
        bands = BANDS[self.study.benchmark]
        return methods.target(self.cycle(), bands[0].word if bands else "")

    def beside_agreement(self, round_: str = "") -> str:
        """What stands beside figures of agreement: what they are for here, and agreement after negotiation."""
        said = self.profile().agreement_said
        if self.profile().agreement is not AgreementUse.BEFORE_AND_AFTER:
            return said
        found = self._settlement(self.round(round_) if round_ else None)
        if found.after is None:
            return said
        of = f"{found.one_reading} of {found.units} segments ({percent(found.after)})"
        return f"Before negotiation; after it one reading of {of}."

    def _trend_or_none(self) -> tuple[tuple[Round, Agreement, tuple[str, ...]], ...]:
        try:
            return self.trend()
        except NoCoefficients:
            return ()

    def _run_or_none(self, scope: Scope) -> Agreement | None:
        try:
            return self.agreement(scope)
        except (NoCoefficients, OneCoder, StillBlind):
            return None

    def _week(self, one: Round | None, run: Agreement | None) -> Week:
        from qualbench.steps.agreement import verdict
        from qualbench.steps.agreement.benchmarks import BANDS

        benchmark = self.study.benchmark
        names = {row.id: row.name for row in self.transcripts(with_counts=False)}
        word = verdict(run.set_alpha, benchmark).word if run else ""
        return Week(
            round=one.name if one else "",
            planned=one.planned[:10] if one else "",
            codebook=one.codebook if one else self.codebook_versions()[-1],
            transcripts=tuple(names[id_] for id_ in (one.assignments if one else names) if id_ in names),
            passes=self._handed_in(one),
            asked=self._passes_asked(one),
            alpha=run.set_alpha.value if run else None,
            judged=word,
            reached=bool(word) and word == BANDS[benchmark][0].word,
            settlement=self._settlement(one),
            session=self._session_of(one),
            next_version=self._released_after(one) if one else "",
            debt=sum(self._owed_in(one)),
        )

    def _settlement(self, one: Round | None) -> methods.Settlement:
        """How the round's segments stand; nothing where the method measures nothing."""
        if not self.profile().measures:
            return methods.Settlement()
        return methods.settlement(self.units(round_=one.name if one else ""), results.outcomes(self._db))

    def _session_of(self, one: Round | None) -> str:
        """How the newest session on a round stands, or on everything."""
        wanted = (one.id, one.name) if one else ("",)
        return next((state for of, state in reversed(reads.sessions(self._db)) if of in wanted), "")

    def _released_after(self, one: Round) -> str:
        """The first version of the codebook that was released after a round was planned."""
        return next((version for version, at, _ in self.release_dates() if at > one.planned), "")

    def _owed_in(self, one: Round | None) -> list[int]:
        """Open questions of later releases in each pass of a round that the viewer may see."""
        readable = {pass_.id for pass_ in self._compared(one.name if one else "")}
        seen = [p for p in self.passes() if p.id in readable or p.coder == self.viewer]
        return [self.owed(pass_) for pass_ in seen if one is None or pass_.round == one.id]

    def _passes_asked(self, one: Round | None) -> int:
        """How many passes a round asks for, or the study where none is planned."""
        if one is None:
            return len(self.transcripts(with_counts=False)) * self.study.coders
        return sum(len(coders) for coders in one.assignments.values())

    def _handed_in(self, one: Round | None) -> int:
        submitted = [p for p in self.passes() if p.state is PassState.SUBMITTED and not p.late]
        if one is None:
            again = {held.id for held in self.rounds() if held.recode}
            return sum(p.round not in again for p in submitted)
        asked = {(id_, coder) for id_, coders in one.assignments.items() for coder in coders}
        return sum(p.round == one.id and (p.transcript, p.coder) in asked for p in submitted)
