"""How far coders agree and where they differ, on submitted passes only."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from qualbench import __version__, events, model
from qualbench.errors import NoCoefficients, OneCoder, StillBlind
from qualbench.model import Changes, Pass, Recipe, Round, Scope, Unit
from qualbench.project.rounds import Rounds
from qualbench.steps import codebook as codebooks
from qualbench.store.queries import codings, results
from qualbench.store.queries import study as studies

if TYPE_CHECKING:
    from qualbench.steps.agreement import PassReadings, SpanAgreement

AGAIN = "{} again"
"""What a coder is called who coded a second time, beside the first."""


class Agreement(Rounds):
    """Comparing what coders did apart."""

    # --- what is compared --------------------------------------------------------------------------------------

    def units(self, coders: Iterable[str] = (), round_: str = "") -> tuple[Unit, ...]:
        """What was said of each segment, on transcripts that are opened; only these can be compared."""
        wanted = set(coders)
        every = self._units(self._compared(round_))
        if not wanted:
            return every
        return tuple(
            Unit(one.transcript, one.start, one.end, {c: s for c, s in one.readings.items() if c in wanted})
            for one in every
        )

    def _compared(self, round_: str = "") -> list[Pass]:
        """The submitted passes that can be compared: first ones, or those of a round."""
        if not round_:
            again = {one.id for one in self.rounds() if one.recode}
            opened = self.opened()
            return [p for p in self.passes() if p.transcript in opened and p.round not in again]
        held = self.round(round_)
        opened = codings.opened_in(self._db, held.id)
        return [p for p in self.passes() if p.round == held.id and p.transcript in opened]

    def _units(self, passes: Sequence[Pass]) -> tuple[Unit, ...]:
        """The units of these passes; submitted passes never change, so the last ones asked for are kept."""
        from qualbench.steps import agreement

        key = frozenset(pass_.id for pass_ in passes)
        if self._units_kept is None or self._units_kept[0] != key:
            found: list[Unit] = []
            for id_ in dict.fromkeys(
                row.id for row in self.transcripts() if any(p.transcript == row.id for p in passes)
            ):
                found += agreement.units(self.transcript(id_), self._readings(id_, passes))
            self._units_kept = (key, tuple(found))
        return self._units_kept[1]

    _units_kept: tuple[frozenset[str], tuple[Unit, ...]] | None = None

    def _readings(
        self, transcript: str, passes: Sequence[Pass], names: Mapping[str, str] | None = None
    ) -> list[PassReadings]:
        """What these passes say of a transcript, each under its coder's name unless `names` has another for it."""
        from qualbench.steps.agreement import PassReadings

        said: dict[str, tuple[list[model.Coding], list[model.Nothing]]] = {
            pass_.id: ([], []) for pass_ in passes if pass_.transcript == transcript
        }
        for one in self.codings(transcript):
            if one.pass_id in said:
                said[one.pass_id][0].append(one)
        for nothing in self.nothings(transcript):
            if nothing.pass_id in said:
                said[nothing.pass_id][1].append(nothing)
        coders = {pass_.id: pass_.coder for pass_ in passes} | dict(names or {})
        return [PassReadings(coders[id_], tuple(c), tuple(n)) for id_, (c, n) in said.items()]

    def scoped(self, scope: Scope) -> tuple[Unit, ...]:
        """The units that a scope takes in, with no other codes in their readings than it asks for."""
        from qualbench.steps import agreement

        units = self.units(scope.pair or (), scope.round)
        if scope.transcripts:
            units = tuple(one for one in units if one.transcript in scope.transcripts)
        if scope.parents:
            units = agreement.rolled_up(units, self.parents())
        if scope.codes:
            kept = frozenset(scope.codes)
            units = tuple(
                Unit(u.transcript, u.start, u.end, {c: s & kept for c, s in u.readings.items()}) for u in units
            )
        return units

    def parents(self) -> dict[str, str]:
        """Each code with the one above it, over every version of the codebook."""
        books = [self.codebook(version) for version in self.codebook_versions()]
        return {code.id: code.parent for book in books for code in book.codes if code.parent}

    # --- the figures -------------------------------------------------------------------------------------------

    def choose_benchmark(self, benchmark: model.Benchmark) -> Changes:
        """Hold coefficients against these limits from now on."""
        self.__dict__.pop("study", None)
        return self._record([events.BenchmarkChosen(benchmark=str(benchmark))])

    def agreement(self, scope: Scope | None = None) -> model.Agreement:
        """How far the coders agree, on submitted passes and before any consensus."""
        from qualbench.steps import agreement

        scope = scope or Scope()
        if self.study.method is model.Method.REFLEXIVE:
            raise NoCoefficients
        passes = self._compared(scope.round)
        units = self.scoped(scope)
        if not units:
            raise StillBlind
        coders = {pass_.coder for pass_ in passes}
        if len(coders) < 2:
            raise OneCoder(*coders)
        return agreement.run(
            units,
            codes=self._compared_codes(passes, scope),
            unit=" and ".join(sorted({str(pass_.rule) for pass_ in passes})),
            codebook=" and ".join(self._versions(passes)),
            pair=scope.pair,
            recipe=self._recipe(passes, units, scope),
        )

    def _versions(self, passes: Sequence[Pass]) -> list[str]:
        used = {pass_.codebook for pass_ in passes}
        return [version for version in self.codebook_versions() if version in used]

    def _compared_codes(self, passes: Sequence[Pass], scope: Scope) -> list[str]:
        if scope.codes:
            return list(scope.codes)
        books = [self.codebook(version) for version in self._versions(passes)]
        if scope.parents:
            return list(dict.fromkeys(code.id for book in books for code in book.codes if not code.parent))
        return list(dict.fromkeys(code.id for book in books for code in codebooks.applicable(book)))

    def _recipe(self, passes: Sequence[Pass], units: Sequence[Unit], scope: Scope) -> Recipe:
        from qualbench.steps import agreement

        chosen = [f"transcript {self.transcript(id_).name}" for id_ in scope.transcripts]
        chosen += [f"code {code}" for code in scope.codes]
        chosen += [f"coders {' and '.join(scope.pair)}"] if scope.pair else []
        return Recipe(
            software=f"qualbench {__version__}",
            round=self.round(scope.round).name if scope.round else "",
            passes=tuple(pass_.id for pass_ in passes),
            codebooks=tuple(self._versions(passes)),
            segmentation=agreement.borders(units),
            level="parents" if scope.parents else "codes",
            scope=tuple(chosen),
        )

    def published(self, scope: Scope | None = None) -> model.Agreement:
        """The same figures, each checked by another program; they are refused when one does not match."""
        from qualbench.steps import agreement

        scope = scope or Scope()
        return agreement.publish(self.agreement(scope), self.scoped(scope))

    def keep_agreement(self, scope: Scope | None = None) -> Changes:
        """Store an agreement run for good, checked, with its recipe."""
        from qualbench.steps import agreement

        data = agreement.to_data(self.published(scope)) | {"state": studies.newest(self._db)[0]}
        body = json.dumps(data, ensure_ascii=False, sort_keys=True)
        return self._record([events.AgreementRun(run=events.new_id(), result=events.seal(body))])

    def kept_runs(self) -> tuple[tuple[str, str, model.Agreement], ...]:
        """Every run that was ever kept: when, by whom, and its figures."""
        from qualbench.steps import agreement

        return tuple((at, by, agreement.from_data(json.loads(body))) for at, by, body in results.runs(self._db))

    def kept_agreement(self) -> tuple[str, model.Agreement] | None:
        """The run kept last, and when."""
        kept = self.kept_runs()
        return (kept[-1][0], kept[-1][2]) if kept else None

    # --- other ways to look at it ------------------------------------------------------------------------------

    def agreement_by_transcript(self, scope: Scope | None = None) -> dict[str, model.Agreement]:
        """The figures of each transcript by itself, by its id."""
        scope = scope or Scope()
        compared = {one.transcript for one in self.scoped(scope) if len(one.readings) > 1}
        return {
            row.id: self.agreement(_within(scope, transcripts=(row.id,)))
            for row in self.transcripts()
            if row.id in compared
        }

    def agreement_by_pair(self, scope: Scope | None = None) -> dict[tuple[str, str], model.Agreement]:
        """The figures of every two coders who read the same units."""
        scope = scope or Scope()
        pairs = {
            (a, b) for one in self.scoped(scope) for a in one.readings for b in one.readings if a < b
        }  # fmt: skip
        return {pair: self.agreement(_within(scope, pair=pair)) for pair in sorted(pairs)}

    def trend(self, scope: Scope | None = None) -> tuple[tuple[Round, model.Agreement, tuple[str, ...]], ...]:
        """Round by round: its figures, and what changed in the codebook since the round before."""
        found: list[tuple[Round, model.Agreement, tuple[str, ...]]] = []
        for one in self.rounds():
            try:
                run = self.agreement(_within(scope or Scope(), round=one.name))
            except (OneCoder, StillBlind):
                continue
            if not one.recode:
                before = self.codebook(found[-1][0].codebook) if found else self.codebook(one.codebook)
                found.append((one, run, codebooks.changes(before, self.codebook(one.codebook))))
        return tuple(found)

    def steadiness(self, round_: str) -> dict[str, model.Agreement]:
        """How far each coder agrees with what the same coder said before, in a round of coding again."""
        from qualbench.steps import agreement

        if self.study.method is model.Method.REFLEXIVE:
            raise NoCoefficients
        later, first = self._compared(round_), self._compared()
        found: dict[str, model.Agreement] = {}
        for coder in dict.fromkeys(pass_.coder for pass_ in later):
            again = [pass_ for pass_ in later if pass_.coder == coder]
            before = [p for p in first if p.coder == coder and p.transcript in {a.transcript for a in again}]
            units: list[Unit] = []
            for pass_ in again:
                names = {pass_.id: AGAIN.format(coder)}
                units += agreement.units(
                    self.transcript(pass_.transcript), self._readings(pass_.transcript, [*before, pass_], names)
                )
            found[coder] = agreement.run(
                units,
                codes=self._compared_codes([*before, *again], Scope()),
                unit=" and ".join(sorted({str(pass_.rule) for pass_ in again})),
                codebook=" and ".join(self._versions([*before, *again])),
                recipe=self._recipe([*before, *again], units, Scope(round=round_)),
            )
        if not found:
            raise StillBlind
        return found

    def differences(self, scope: Scope | None = None) -> tuple[model.Difference, ...]:
        """Every code on which coders differ, with its cause as far as the coding shows it."""
        from qualbench.steps import agreement

        return agreement.differences(self.scoped(scope or Scope()), self.parents())

    def confusions(self, scope: Scope | None = None) -> tuple[model.Confusion, ...]:
        """Which codes are given in place of which, the most frequent first."""
        from qualbench.steps import agreement

        return agreement.confusions(self.scoped(scope or Scope()), self._order())

    def confusion_matrix(self, codes: Sequence[str], scope: Scope | None = None) -> tuple[tuple[int, ...], ...]:
        """Codes by codes, and "nothing instead" last: how often one coder gave the row's and another the column's."""
        from qualbench.steps import agreement

        return agreement.matrix(self.scoped(scope or Scope()), codes)

    def _order(self) -> list[str]:
        return [code.id for code in self.codebook().codes] if self.has_codebook() else []

    def span_agreement(self, scope: Scope | None = None) -> SpanAgreement:
        """How far coders agree on the stretches they marked, whatever the segments are."""
        from qualbench.steps import agreement

        if self.study.method is model.Method.REFLEXIVE:
            raise NoCoefficients
        scope = scope or Scope()
        passes, texts = self._drawn_in(scope)
        return agreement.span_agreement(
            [(text, self._readings(text.id, passes)) for text in texts], self._compared_codes(passes, scope)
        )

    def _drawn_in(self, scope: Scope) -> tuple[list[Pass], list[model.Transcript]]:
        """The passes of a scope (a pair's, when it names one) and the transcripts they are on."""
        passes = [p for p in self._compared(scope.round) if p.coder in (scope.pair or {p.coder})]
        wanted = dict.fromkeys(p.transcript for p in passes if p.transcript in (scope.transcripts or {p.transcript}))
        if not wanted:
            raise StillBlind
        return passes, [self.transcript(id_) for id_ in wanted]

    def older_figures(self, scope: Scope | None = None) -> dict[str, dict[str, Any]]:
        """The chance-corrected overlaps of sets that older studies print, each with its value or why there is none."""
        from qualbench.steps import agreement

        scope = scope or Scope()
        run, units = self.agreement(scope), self.scoped(scope)
        pair = (run.coders[0], run.coders[1])
        found = {
            "Kupper & Hafner 1989": agreement.kupper_hafner(units, len(run.codes), pair),
            "Mezzich et al. 1981": agreement.mezzich(units),
        }
        return {
            name: {"value": value, "why": ""} if isinstance(value, float) else {"value": None, "why": value.why}
            for name, value in found.items()
        }

    def qualcoder_figures(self, scope: Scope | None = None) -> dict[str, float | None]:
        """What QualCoder would print as kappa of each code for two coders, over the transcripts laid end to end."""
        from qualbench.steps import agreement

        scope = scope or Scope()
        passes, texts = self._drawn_in(scope)
        pair = scope.pair or tuple(sorted({pass_.coder for pass_ in passes})[:2])
        spans: dict[tuple[str, str], list[tuple[int, int]]] = {}
        begin = 0
        for text in texts:
            for reading in self._readings(text.id, passes):
                for one in reading.codings:
                    spans.setdefault((reading.coder, one.code), []).append((begin + one.start, begin + one.end))
            begin += len(text.text)
        found = {
            code: agreement.qualcoder_kappa(*(spans.get((coder, code), []) for coder in pair))
            for code in self._compared_codes(passes, scope)
        }
        return {code: value if isinstance(value, float) else None for code, value in found.items()}


def _within(scope: Scope, **narrower: object) -> Scope:
    """The same scope with something narrower in it."""
    from dataclasses import replace

    return replace(scope, **narrower)  # type: ignore[arg-type]  # each is a field of Scope
