"""What the team hands on: the agreement report and the themes report, on transcripts that are opened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from qualbench import model
from qualbench.errors import FileExists, NoCoefficients, OneCoder, StillBlind
from qualbench.model import Outcome, Scope
from qualbench.project.base import write_file
from qualbench.project.sessions import Sessions
from qualbench.store.queries import members
from qualbench.store.queries import study as studies
from qualbench.store.queries import themes as board
from qualbench.text import counted

if TYPE_CHECKING:
    from qualbench.steps.agreement.output import Contents
    from qualbench.steps.report import Look, Report
    from qualbench.steps.report.content import QuoteLine


class Results(Sessions):
    """The reports of the team's work, once passes are submitted."""

    # --- the agreement report ----------------------------------------------------------------------------------

    def write_agreement(self, target: Path, scope: Scope | None = None, *, force: bool = False) -> str:
        """Write the figures, checked, with everything a reader needs; the ending of the file says how."""
        from qualbench.steps.agreement import output

        output.known(target.suffix)
        contents = self.agreement_contents(scope)
        write_file(target, output.render(contents, target.suffix), force=force)
        return f"The agreement report is in {target}. {contents.agreement.checked}"

    def write_agreement_figures(self, folder: Path, scope: Scope | None = None, *, force: bool = False) -> list[Path]:
        """Write each figure as SVG and PNG, with its data and a description beside it."""
        from qualbench.steps.agreement import output

        files: dict[Path, bytes] = {}
        for figure in output.figures(self.agreement_contents(scope)):
            parts = {".svg": figure.svg, ".png": figure.png, ".csv": figure.csv, ".txt": figure.alt.encode()}
            files |= {folder / f"{figure.name}{suffix}": body for suffix, body in parts.items()}
        for there in (path for path in files if path.exists() and not force):
            raise FileExists(there)  # before any of them is written
        folder.mkdir(parents=True, exist_ok=True)
        for path, body in files.items():
            write_file(path, body, force=force)
        return [path for path in files if path.suffix == ".svg"]

    def agreement_contents(self, scope: Scope | None = None) -> Contents:
        """Everything the agreement report prints."""
        from qualbench.steps import agreement
        from qualbench.steps.agreement import output

        scope = scope or Scope()
        run, units = self.published(scope), self.scoped(scope)
        rows = {row.id: row for row in self.transcripts()}
        double = sum(len(one.readings) > 1 for one in units)
        total = sum(row.segments for row in rows.values())
        states = Counter(item.state if item.decision is None else str(item.decision.outcome) for item in self.items())
        deferred, apart, left = states[str(Outcome.DEFERRED)], states[str(Outcome.APART)], states["open"]
        round_ = self.round(scope.round) if scope.round else None
        return output.Contents(
            study=self.study.name,
            method=model.METHOD_NAMES[self.study.method],
            date=studies.newest(self._db)[1][:10],
            agreement=run,
            codebook=self.codebook(),
            transcripts=tuple(row.name for row in rows.values() if row.id in run.transcripts),
            share=double / total if total else None,
            chosen=round_.drawn if round_ else "Every transcript on which all passes are submitted.",
            causes=agreement.by_cause(self.differences(scope)),
            confusions=self.confusions(scope),
            benchmark=self.study.benchmark,
            trend=tuple(
                output.RoundFigures(one.name, one.planned[:10], one.codebook, of_round, changes)
                for one, of_round, changes in self.trend()
            ),
            settled=output.Settlement(
                decided=sum(states.values()) - deferred - apart - left, deferred=deferred, apart=apart, open=left,
                said="Differences are settled in consensus sessions; every decision is in the study's log with both "
                "readings, the reason and who gave way.",
            ),
            notes=tuple(self._notes(rows.values(), scope.round)),
        )  # fmt: skip

    def _notes(self, rows: Iterable[model.TranscriptRow], round_: str) -> list[str]:
        blind = sum(not row.opened for row in rows)
        left_out = [f"{counted(blind, 'transcript')} still blind and left out."] if blind else []
        late = self.told_late(round_)
        return [*left_out, *([late] if late else []), self.told_suggestions()]

    # --- report ------------------------------------------------------------------------------------------------

    def write_report(
        self, target: Path, attributes: Sequence[str] = (), *, force: bool = False, without_marks: bool = False,
        look: Look | None = None,
    ) -> tuple[str, ...]:  # fmt: skip
        """Write the themes report; the ending of the file says how. What its Word template lacks is said.

        `without_marks` leaves times, sounds and signs of transcribers out of its quotes. `look` stands in place of
        the settings in the study's folder.
        """
        from qualbench.steps import report

        report.known(target.suffix)
        look = look or self.look()
        named = tuple(self.attribute(name).name for name in attributes or look.attributes)
        made = self.report(named)
        if without_marks:
            made = self._without_marks(made)
        write_file(target, report.render(made, target.suffix, replace(look, attributes=named)), force=force)
        return report.missing_styles(look) if target.suffix.lower() == ".docx" else ()

    def _without_marks(self, made: Report) -> Report:
        """The report with plainer quotes. What is unclear or redacted stays marked: there, words are missing."""
        from qualbench.steps.report import saying

        sections = []
        for section in made.themes:
            quotes = [replace(line, text=self._plain(line)) for line in section.quotes]
            sections.append(replace(section, quotes=tuple(quotes)))
        note = saying("note.without_marks")
        return replace(made, themes=tuple(sections), notes=(*made.notes, note))

    def _plain(self, line: QuoteLine) -> str:
        """The words of a quote without marks of transcribers; what its editor left out and put in stays marked."""
        said = [piece for piece in line.pieces if not piece.mark]
        plain = self.without_marks([(line.transcript, piece.start, piece.end) for piece in said])
        words = dict(zip(said, plain, strict=True))
        return model.set_off(line.pieces, [words.get(piece, "") for piece in line.pieces])

    def _comparable(self) -> model.Agreement | None:
        try:
            return self.published()
        except (NoCoefficients, OneCoder, StillBlind):
            return None

    def report(self, attributes: Sequence[str] = ()) -> Report:
        """Everything the themes report prints."""
        from qualbench.steps import report

        seen = self.opened()
        units = self.units_now()
        gone = members.emptied(self._db)
        rows = [row for row in self.transcripts() if row.id not in gone]
        return report.build(
            self.study,
            date=studies.newest(self._db)[1][:10],
            rows=rows,
            transcripts=[self.transcript(row.id) for row in rows if row.id in seen],
            themes=board.themes(self._db),
            reach=self.reach(),
            history=self.history(),
            coding=self.settled(units),
            coders=self.coders(),
            participants=self.participants(),
            attributes=attributes,
            codebook=self.codebook() if self.has_codebook() else None,
            agreement=self._comparable(),
            items=self.items(),
            decisions=self.decisions(superseded=True),
        )
