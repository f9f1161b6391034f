"""The team's work: agreement, consensus, themes and the report, on transcripts that are opened."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qualbench import events, model
from qualbench.errors import NoCoefficients, OneCoder, StillBlind
from qualbench.model import Changes, Item, Outcome, Reason, Theme, Transcript
from qualbench.project.base import write_file
from qualbench.project.coding import Coding
from qualbench.steps import codebook as codebooks
from qualbench.steps import consensus, themes
from qualbench.store.queries import results, transcripts
from qualbench.store.queries import study as studies

if TYPE_CHECKING:
    from qualbench.steps.agreement import PassReadings
    from qualbench.steps.report import Report, Settled


class Results(Coding):
    """Everything the team does together, once passes are submitted."""

    # --- agreement ---------------------------------------------------------------------------------------------

    def units(self, coders: Iterable[str] = ()) -> tuple[model.Unit, ...]:
        """What was said of each segment, on transcripts that are opened; only these can be compared."""
        from qualbench.steps import agreement

        wanted = set(coders)
        found: list[model.Unit] = []
        for row in self.transcripts():
            if row.opened:
                readings = [r for r in self._readings(row.id) if not wanted or r.coder in wanted]
                found += agreement.units(self.transcript(row.id), readings)
        return tuple(found)

    def _readings(self, transcript: str) -> list[PassReadings]:
        from qualbench.steps.agreement import PassReadings

        by_coder: dict[str, tuple[list[model.Coding], list[model.Nothing]]] = {
            pass_.coder: ([], []) for pass_ in self.passes(transcript)
        }
        for one in self.codings(transcript):
            by_coder[one.coder][0].append(one)
        for nothing in self.nothings(transcript):
            by_coder[nothing.coder][1].append(nothing)
        return [PassReadings(coder, tuple(c), tuple(n)) for coder, (c, n) in by_coder.items()]

    def agreement(self, pair: tuple[str, str] | None = None) -> model.Agreement:
        """How far the coders agree, on submitted passes and before any consensus."""
        from qualbench.steps import agreement

        if self.study.method is model.Method.REFLEXIVE:
            raise NoCoefficients
        units = self.units(pair or ())
        if not units:
            raise StillBlind
        compared = [pass_ for pass_ in self.passes() if pass_.transcript in self.opened()]
        coders = {pass_.coder for pass_ in compared}
        if len(coders) < 2:
            raise OneCoder(*coders)
        versions = [version for version in self.codebook_versions() if version in {p.codebook for p in compared}]
        codes = [code.id for version in versions for code in codebooks.applicable(self.codebook(version))]
        rules = sorted({str(pass_.rule) for pass_ in compared})
        return agreement.run(
            units,
            codes=list(dict.fromkeys(codes)),
            unit=" and ".join(rules),
            codebook=" and ".join(versions),
            pair=pair,
        )

    def keep_agreement(self, run: model.Agreement) -> Changes:
        """Store an agreement run for good, with its recipe."""
        from qualbench.steps import agreement

        data = agreement.to_data(run) | {"state": studies.newest(self._db)[0]}
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

    # --- consensus ---------------------------------------------------------------------------------------------

    def items(self) -> tuple[Item, ...]:
        """The disagreements on opened transcripts, with their decisions."""
        from qualbench.steps import agreement

        order = [code.id for code in self.codebook().codes] if self.has_codebook() else []
        return consensus.items(
            agreement.disagreements(self.units()), self.decisions(), transcripts.names(self._db), order
        )

    def decisions(self, *, superseded: bool = False) -> tuple[model.Decision, ...]:
        """What was decided; superseded decisions too when asked."""
        return results.decisions(self._db, superseded=superseded)

    def decide(
        self, item: Item, outcome: Outcome, *, reason: Reason, note: str = "", codes: Sequence[str] = (),
        yielded: str = "",
    ) -> Changes:  # fmt: skip
        """Record the team's answer to a disagreement; both readings stay beside it."""
        known = self._applicable(self.codebook().version)
        return self._record(
            consensus.decide(item, outcome, reason=reason, note=note, codes=codes, yielded=yielded, applicable=known)
        )

    def settled(self, units: Sequence[model.Unit] | None = None) -> Settled:
        """The settled codes of every unit that is settled."""
        from qualbench.steps import report

        return report.settled(self.units() if units is None else units, {d.item: d for d in self.decisions()})

    # --- themes ------------------------------------------------------------------------------------------------

    def themes(self) -> tuple[Theme, ...]:
        """The theme board."""
        return results.themes(self._db)

    def theme(self, name: str) -> Theme:
        """One theme, by name or id."""
        return themes.find(self.themes(), name)

    def create_theme(self, name: str, idea: str = "") -> Changes:
        """A new candidate theme, with what it says if that is known already."""
        return self._record(themes.create(name, self.themes(), idea))

    def rename_theme(self, theme: Theme, name: str) -> Changes:
        """The theme gets another name."""
        return self._record(themes.rename(theme, name, self.themes()))

    def describe_theme(self, theme: Theme, idea: str) -> Changes:
        """What the theme says."""
        return self._record(themes.describe(theme, idea))

    def drop_theme(self, theme: Theme, reason: str) -> Changes:
        """Give a theme up, with the reason."""
        return self._record(themes.drop(theme, reason))

    def gather_codes(self, theme: Theme, codes: Sequence[str]) -> Changes:
        """Put codes under a theme, in one step."""
        known = {entry.id for entry in self.codebook().codes}
        return self._record([fact for code in dict.fromkeys(codes) for fact in themes.gather(theme, code, known)])

    def release_code(self, theme: Theme, code: str) -> Changes:
        """Take a code out of a theme."""
        return self._record(themes.release(theme, code))

    def pick_quote(self, theme: Theme, transcript: str, start: int, end: int, words: str | None = None) -> Changes:
        """Pick a quote for a theme; given words must be what the transcript says there."""
        return self._record(themes.pick(theme, self.transcript(transcript), start, end, words))

    def drop_quote(self, theme: Theme, quote: str) -> Changes:
        """Drop a quote from a theme."""
        return self._record(themes.unpick(theme, quote))

    def extracts(self, codes: Iterable[str]) -> tuple[model.Extract, ...]:
        """The settled places with any of these codes, in the order of the study."""
        wanted = frozenset(codes)
        found: list[model.Extract] = []
        texts: dict[str, Transcript] = {}
        units = self.units()
        settled = self.settled(units).codes
        for unit in units:
            here = settled.get((unit.transcript, unit.start, unit.end), frozenset())
            if here & wanted:
                text = texts.setdefault(unit.transcript, self.transcript(unit.transcript))
                found.append(themes.extract(text, unit.start, unit.end, sorted(here)))
        return tuple(found)

    # --- report ------------------------------------------------------------------------------------------------

    def write_report(self, target: Path, attributes: Sequence[str] = (), *, force: bool = False) -> None:
        """Write the themes report; the ending of the file says how."""
        from qualbench.steps import report

        write_file(target, report.render(self.report(attributes), target.suffix), force=force)

    def _comparable(self) -> model.Agreement | None:
        try:
            return self.agreement()
        except (NoCoefficients, OneCoder, StillBlind):
            return None

    def report(self, attributes: Sequence[str] = ()) -> Report:
        """Everything the themes report prints."""
        from qualbench.steps import report

        seen = self.opened()
        units = self.units()
        return report.build(
            self.study,
            date=studies.newest(self._db)[1][:10],
            rows=self.transcripts(),
            transcripts=[self.transcript(row.id) for row in self.transcripts() if row.id in seen],
            themes=self.themes(),
            coding=self.settled(units),
            coders=self.coders(),
            participants=self.participants(),
            attributes=attributes,
            codebook=self.codebook() if self.has_codebook() else None,
            agreement=self._comparable(),
            items=self.items(),
            decisions=self.decisions(superseded=True),
        )
