"""How far coders agree and where they differ, on submitted passes only."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from qualbench import __version__, events, model
from qualbench.errors import NoCoefficients, OneCoder, StillBlind, UnknownCoder, UsageError
from qualbench.model import Changes, Pass, Recipe, Round, Scope, Unit
from qualbench.project.progress import Counts
from qualbench.steps import codebook as codebooks
from qualbench.store.queries import results, transcripts
from qualbench.store.queries import study as studies

if TYPE_CHECKING:
    from qualbench.steps.agreement import SpanAgreement

AGAIN = "{} again"
"""What a coder is called who coded a second time, beside the first."""


class Agreement(Counts):
    """Comparing what coders did apart."""

    # --- the figures -------------------------------------------------------------------------------------------

    def choose_benchmark(self, benchmark: model.Benchmark) -> Changes:
        """Hold coefficients against these limits from now on."""
        self.__dict__.pop("study", None)
        return self._record([events.BenchmarkChosen(benchmark=str(benchmark))])

    def agreement(self, scope: Scope | None = None) -> model.Agreement:
        """How far the coders agree, on submitted passes and before any consensus."""
        self._must_measure()
        scope = scope or Scope()
        return self._once("agreement", scope, lambda: self._agreement(scope))

    def _must_measure(self) -> None:
        """Refuse a coefficient where the method has none."""
        if not self.profile().measures:
            raise NoCoefficients

    def _agreement(self, scope: Scope) -> model.Agreement:
        from qualbench.steps import agreement

        units = self.scoped(scope)
        if not units:
            raise StillBlind
        coders = {pass_.coder for pass_ in self._compared(scope.round)}
        if len(coders) < 2:
            raise OneCoder(*coders)
        passes = self._compared_by(scope)
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
        read = {pass_.transcript for pass_ in passes}
        return Recipe(
            software=f"qualbench {__version__}",
            round=self.round(scope.round).name if scope.round else "",
            passes=tuple(pass_.id for pass_ in passes),
            codebooks=tuple(self._versions(passes)),
            texts=tuple(
                f"{name}, version {version}"
                for id_, (name, version) in transcripts.corrected(self._db).items()
                if id_ in read
            ),
            segmentation=agreement.borders(one for one in units if len(one.readings) > 1),
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
        return tuple((at, by, _run(body)) for at, by, body in results.runs(self._db))

    def kept_agreement(self) -> tuple[str, model.Agreement] | None:
        """The run kept last, and when."""
        kept = results.runs(self._db)[-1:]
        return (kept[0][0], _run(kept[0][2])) if kept else None

    # --- other ways to look at it ------------------------------------------------------------------------------

    def agreement_by_transcript(self, scope: Scope | None = None) -> dict[str, model.Agreement]:
        """The figures of each transcript by itself, by its id."""
        scope = scope or Scope()
        compared = {one.transcript for one in self.scoped(scope) if len(one.readings) > 1}
        return {
            row.id: self.agreement(replace(scope, transcripts=(row.id,)))
            for row in self.transcripts()
            if row.id in compared
        }

    def agreement_by_pair(self, scope: Scope | None = None) -> dict[tuple[str, str], model.Agreement]:
        """The figures of every two coders who read the same units."""
        scope = scope or Scope()
        pairs = {
            (a, b) for one in self.scoped(scope) for a in one.readings for b in one.readings if a < b
        }  # fmt: skip
        return {pair: self.agreement(replace(scope, pair=pair)) for pair in sorted(pairs)}

    def trend(self, scope: Scope | None = None) -> tuple[tuple[Round, model.Agreement, tuple[str, ...]], ...]:
        """Round by round: its figures, and what changed in the codebook since the round before."""
        found: list[tuple[Round, model.Agreement, tuple[str, ...]]] = []
        for one in self.rounds():
            try:
                run = self.agreement(replace(scope or Scope(), round=one.name))
            except (OneCoder, StillBlind, UnknownCoder):  # the round has nothing of what is asked for
                continue
            if not one.recode:
                before = self.codebook(found[-1][0].codebook) if found else self.codebook(one.codebook)
                found.append((one, run, codebooks.changes(before, self.codebook(one.codebook))))
        return tuple(found)

    def steadiness(self, round_: str) -> dict[str, model.Agreement]:
        """How far each coder agrees with what the same coder said before, in a round of coding again."""
        from qualbench.steps import agreement

        self._must_measure()
        if not self.round(round_).recode:
            raise UsageError(f"In the round '{self.round(round_).name}' nobody codes again what they coded before.")
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

        scope = scope or Scope()
        every = replace(scope, codes=())  # a cause is seen from all codes of a segment
        found = self._once("differences", every, lambda: agreement.differences(self.scoped(every), self.parents()))
        return tuple(one for one in found if one.code in (scope.codes or {one.code}))

    def confusions(self, scope: Scope | None = None) -> tuple[model.Confusion, ...]:
        """Which codes are given in place of which, the most frequent first."""
        from qualbench.steps import agreement

        return agreement.confusions(self.scoped(scope or Scope()), self._order())

    def confusion_matrix(self, codes: Sequence[str], scope: Scope | None = None) -> tuple[tuple[int, ...], ...]:
        """Codes by codes, and "nothing instead" last: how often one coder gave the row's and another the column's."""
        from qualbench.steps import agreement

        scope = scope or Scope()
        return self._once(f"matrix of {codes}", scope, lambda: agreement.matrix(self.scoped(scope), codes))

    def _order(self) -> list[str]:
        return [code.id for code in self.codebook().codes] if self.has_codebook() else []

    def span_agreement(self, scope: Scope | None = None) -> SpanAgreement:
        """How far coders agree on the stretches they marked, whatever the segments are."""
        from qualbench.steps import agreement

        self._must_measure()
        scope = scope or Scope()
        passes, texts = self._drawn_in(scope)
        return agreement.span_agreement(
            [(text, self._readings(text.id, passes)) for text in texts], self._compared_codes(passes, scope)
        )

    def _drawn_in(self, scope: Scope) -> tuple[list[Pass], list[model.Transcript]]:
        """The passes of a scope (a pair's, when it names one) and the transcripts they are on."""
        passes = self._passes_of(scope)
        if not passes:
            raise StillBlind
        return passes, [self.transcript(id_) for id_ in dict.fromkeys(pass_.transcript for pass_ in passes)]

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
        self._must_measure()
        passes, texts = self._drawn_in(scope)
        pair = scope.pair or tuple(sorted({pass_.coder for pass_ in passes})[:2])
        if len(pair) < 2:
            raise OneCoder(*pair)
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


def _run(body: str) -> model.Agreement:
    from qualbench.steps import agreement

    return agreement.from_data(json.loads(body))
