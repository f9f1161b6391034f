"""What a report is told beside the themes: how far they reach, what the log shows, and the look a team chose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from qualbench import __version__
from qualbench.errors import Problem, QualbenchError
from qualbench.model import Method, frequency
from qualbench.project.asked import CONSENSUS
from qualbench.project.asking import Asking
from qualbench.store.queries import members, method, results
from qualbench.store.queries import themes as board

if TYPE_CHECKING:
    from qualbench.steps.report import History, Look, MethodChange, Reach, RoundFigures, WordTemplate


class Reporting(Asking):
    """The facts of a report that come from all over the study."""

    def reach(self) -> Reach:
        """How far each theme reaches, in the numbers that every screen shows, or in the labels of the method."""
        from qualbench.steps import matrices
        from qualbench.steps.report import Counting, Reach, ThemeReach

        counting = Counting(str(matrices.counts_allowed(self.study.method)))
        if counting is Counting.NONE or not self.opened():
            return Reach(counting)
        evidence = self._opened_evidence(CONSENSUS)
        found = matrices.themes(evidence)
        view = matrices.View(rows=matrices.Rows.THEMES)
        with_labels = counting is Counting.LABELS
        reaches = {
            row.id: ThemeReach(
                row.participants,
                row.segments,
                tuple(dict.fromkeys(place.transcript for place in matrices.behind(evidence, row.id, view))),
                str(frequency.label(row.participants, row.of)) if with_labels else "",
            )
            for row in found.rows
        }
        limits = frequency.spans(found.of) if with_labels else {}
        rule = tuple((str(label), *limit) for label, limit in limits.items())
        return Reach(counting, found.of, self._groups(), reaches, rule)

    def _groups(self) -> int:
        from qualbench.steps.participants import is_focus_group

        opened = self.opened()
        return sum(is_focus_group(those) for id_, those in self.speakers().items() if id_ in opened)

    def history(self) -> History:
        """What the log shows of how the work was done, as far as it is opened."""
        from qualbench.steps.methods import settlement
        from qualbench.steps.report import History, Release

        opened = self.opened()
        rows = [row for row in self.transcripts() if row.id in opened]
        withdrawn = {id_ for id_, _, _ in members.erased(self._db)}  # no version of theirs is a correction
        dates = {version: (at, by) for version, at, by in self.release_dates()}
        return History(
            software=f"Qualbench {__version__}",
            unit=" and ".join(sorted({str(row.rule) for row in rows})),
            segments=sum(row.segments for row in rows),
            all_segments=sum(row.segments for row in self.transcripts()),
            double_coded=sum(len(one.readings) > 1 for one in self.units()),
            groups=self._groups(),
            releases=tuple(
                Release(book, dates[book.version][0][:10], dates[book.version][1]) for book in self.releases()
            ),
            rounds=tuple(self._round_figures()),
            corrected=sum(row.version > 1 for row in rows if row.id not in withdrawn),
            suggestions=self.suggested_to(),
            memos=sum(memo.transcript in opened for memo in self.memos()),
            past_themes=board.past_themes(self._db),
            method_changes=tuple(self._method_changes()),
            late=len(self.late()),
            one_reading=settlement(self.units(), results.outcomes(self._db)).one_reading,
        )

    def _method_changes(self) -> Iterator[MethodChange]:
        from qualbench.steps.report import MethodChange

        for before, after, reason, _, at in method.changes(self._db):
            yield MethodChange(Method(before), Method(after), at[:10], reason)

    def _round_figures(self) -> list[RoundFigures]:
        from qualbench.steps.report import RoundFigures

        if not self.profile().measures:
            of_first = [one for one in self.rounds() if not one.recode]
            return [RoundFigures(one.name, one.planned[:10], one.codebook, drawn=one.drawn) for one in of_first]
        found = []
        for one, run, _ in self.trend():
            limits = run.set_alpha.interval
            span = (limits.low, limits.high) if limits else None
            figures = (run.units, run.set_alpha.value, span)
            found.append(RoundFigures(one.name, one.planned[:10], one.codebook, *figures, drawn=one.drawn))
        return found

    # --- the look ----------------------------------------------------------------------------------------------

    def look(self) -> Look:
        """How the team wants its reports: the settings in the study's folder with the templates that lie there."""
        from qualbench.steps import report

        settings = self.folder / report.SETTINGS
        text = self._text(report.SETTINGS) if settings.is_file() else ""
        made, problems = report.look(text)
        if problems:
            raise report.BadLook(problems)
        own = {name: self._text(f"{report.TEMPLATES}/{name}") for name in self._own_templates()}
        return replace(made, files=own, template=self._word_template(made.template_name))

    def _own_templates(self) -> Sequence[str]:
        from qualbench.steps import report

        folder = self.folder / report.TEMPLATES
        return [name for name in report.built_in_templates() if (folder / name).is_file()]

    def _text(self, name: str) -> str:
        try:
            return (self.folder / name).read_text(encoding="utf-8-sig")
        except (OSError, ValueError) as error:
            raise QualbenchError(f"{name} can not be read: it is not text in UTF-8.") from error

    def _word_template(self, name: str) -> WordTemplate | None:
        from qualbench.steps import report

        if not name:
            return None
        try:
            return report.WordTemplate(name, (self.folder / name).read_bytes())
        except OSError as error:
            missing = Problem(report.SETTINGS, 0, f"the template '{name}' is not in the study's folder")
            raise report.BadLook([missing]) from error
