"""The pack and each part of it: what leaves the program, the same bytes for the same study, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from qualbench.errors import QualbenchError, StillBlind, UsageError
from qualbench.project.base import write_file
from qualbench.project.packed import can_write_statistics, free, spss, stata, write_folder
from qualbench.project.picturing import Picturing
from qualbench.store.queries import study as studies

if TYPE_CHECKING:
    from qualbench.steps.pack.blocks import File, Table
    from qualbench.steps.report import Look, Report


class Part(StrEnum):
    """What can be written."""

    REPORT = "report"
    """The whole pack, a folder."""
    TIDY = "tidy"
    FIGURES = "figures"
    XLSX = "xlsx"
    SQLITE = "sqlite"
    SPSS = "spss"
    STATA = "stata"
    PDF = "pdf"


FOLDERS = frozenset((Part.REPORT, Part.TIDY, Part.FIGURES))
ENDINGS = {
    Part.XLSX: (".xlsx",), Part.SQLITE: (".sqlite", ".db"), Part.SPSS: (".sav",), Part.STATA: (".dta",),
    Part.PDF: (".pdf",),
}  # fmt: skip
REPORTS = {
    "report.docx": "the report: themes with quotes, tables, agreement, codebook, decisions; for Word",
    "report.html": "the same as one page for a browser; it asks the network for nothing",
    "report.md": "the same as Markdown",
}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What may be said of an export."""

    attributes: Sequence[str] = ()
    """Told of each participant beside the label, in the report."""
    without_marks: bool = False
    tables: Sequence[str] = ()
    """Only these tables; all of them otherwise."""
    bom: bool = False
    """CSV files begin with a byte-order mark, for Excel."""


def _nobody(_: str) -> None:
    """Nobody listens."""


class Pack(Picturing):
    """Everything that leaves the study as files."""

    def write_part(
        self, part: Part, target: Path, wishes: Wishes | None = None, *, force: bool = False,
        told: Callable[[str], None] = _nobody,
    ) -> tuple[str, ...]:  # fmt: skip
        """Write the pack or one part of it; answers with what is to be said.

        `told` hears what is being made, and what it raises calls everything off.
        """
        from qualbench.steps.pack import tables

        wishes = wishes or Wishes()
        tables.chosen(wishes.tables)
        if part in FOLDERS:
            free(target, force=force)
            makers = {Part.REPORT: self._pack, Part.TIDY: self._tidy, Part.FIGURES: self._figures}
            written = write_folder(target, self._with_sums(part, makers[part](wishes, told), wishes), force=force)
            return (*self._lacking(part), f"{len(written)} files are in {target}.")
        if target.suffix.lower() not in ENDINGS[part]:
            raise UsageError(f"{target} is no name for {part}.", f"Name it with the ending {ENDINGS[part][0]}.")
        told(f"{target.name} ...")
        write_file(target, self._body(part, wishes), force=force)
        return (f"{target} is written.",)

    def _body(self, part: Part, wishes: Wishes) -> bytes:
        if part in (Part.XLSX, Part.SQLITE):
            made = self.data_tables(wishes.tables)
            return self._workbook(made, wishes) if part is Part.XLSX else self._database(made, wishes)
        return self._pdf(*self._made(wishes)) if part is Part.PDF else self._statistics(part)

    # --- the pack --------------------------------------------------------------------------------------------------

    def _with_sums(self, part: Part, files: Iterator[File], wishes: Wishes) -> Iterator[File]:
        """The files, then what each is, then their check sums."""
        from qualbench.steps.pack.readme import readme, sums

        made = []
        for file in files:
            made.append(file)
            yield file
        page = readme(self._title, self._date, made, [*self.left_out_of(wishes.tables), *self._without(part)])
        yield page
        yield sums([*made, page])

    def _pack(self, wishes: Wishes, told: Callable[[str], None]) -> Iterator[File]:
        from qualbench.steps import report
        from qualbench.steps.pack.blocks import File

        made, look = self._made(wishes)
        for name, words in REPORTS.items():
            told(f"{name} ...")
            yield File(name, words, report.render(made, Path(name).suffix, look))
        if not self._missing(Part.PDF):
            told("report.pdf ...")
            yield File("report.pdf", "the same as PDF", self._pdf(made, look))
        yield from self._data(wishes, told)
        if not self._missing(Part.FIGURES) and self.opened():
            for file in self._figures(wishes, told):
                yield _inside("figures", file)
        for why in self._without(Part.REPORT):
            told(why)

    def _data(self, wishes: Wishes, told: Callable[[str], None]) -> Iterator[File]:
        from qualbench.steps.pack.blocks import File

        told("tidy/ ...")
        made = self.data_tables(wishes.tables)
        for file in self._csv(made, wishes):
            yield _inside("tidy", file)
        told("tables.xlsx ...")
        yield File("tables.xlsx", "the same tables as a workbook, a sheet for each", self._workbook(made, wishes))
        told("analysis.sqlite ...")
        told_of = "the same tables as a database with views; opens in Datasette"
        yield File("analysis.sqlite", told_of, self._database(made, wishes))
        for part, name in ((Part.SPSS, "cases.sav"), (Part.STATA, "cases.dta")):
            if not self._missing(part) and self.opened():
                told(f"{name} ...")
                yield File(
                    name, f"one row a case, a column for each code; for {_PROGRAMS[part]}", self._statistics(part)
                )

    def _without(self, part: Part) -> list[str]:
        """What the pack does without because a library is not there; a part alone would be refused instead."""
        needed = (Part.PDF, Part.FIGURES, Part.SPSS) if part is Part.REPORT else ()
        return [f"Left out: {why}" for why in map(self._missing, needed) if why]

    def _missing(self, part: Part) -> str:
        """Why a part can not be made on this machine; empty when it can."""
        from importlib.util import find_spec

        from qualbench.steps.pack import columns, typst

        if part in (Part.SPSS, Part.STATA):
            return "" if can_write_statistics() else f"{columns.MISSING} {columns.INSTALL}"
        if part is Part.PDF:
            return "" if find_spec("typst") else f"{typst.MISSING} {typst.INSTALL}"
        return "" if find_spec("matplotlib") else "Figures need matplotlib, which is not installed."

    # --- its parts -------------------------------------------------------------------------------------------------

    @property
    def _title(self) -> str:
        return self.study.name

    @property
    def _date(self) -> str:
        return studies.newest(self._db)[1]

    def _made(self, wishes: Wishes) -> tuple[Report, Look]:
        """The report, and how the team wants it to look."""
        look = self.look()
        named = tuple(self.attribute(name).name for name in wishes.attributes or look.attributes)
        made = self.report(named)
        return self._without_marks(made) if wishes.without_marks else made, replace(look, attributes=named)

    def _lacking(self, part: Part) -> tuple[str, ...]:
        """What the team's template for Word lacks."""
        from qualbench.steps import report

        return tuple(report.missing_styles(self.look())) if part is Part.REPORT else ()

    def _pdf(self, made: Report, look: Look) -> bytes:
        from qualbench.steps.pack import typst
        from qualbench.steps.report.outline import outline

        return typst.pdf(outline(made, look), self._date)

    def _tidy(self, wishes: Wishes, told: Callable[[str], None]) -> Iterator[File]:
        told("tables ...")
        yield from self._csv(self.data_tables(wishes.tables), wishes)

    def _csv(self, tables: Sequence[Table], wishes: Wishes) -> list[File]:
        from qualbench.steps.pack import tidy

        return tidy.files(
            tables, title=self._title, date=self._date, notes=self.left_out_of(wishes.tables), bom=wishes.bom
        )

    def _workbook(self, tables: Sequence[Table], wishes: Wishes) -> bytes:
        from qualbench.steps.pack import xlsx

        return xlsx.render(tables, title=self._title, date=self._date, notes=self.left_out_of(wishes.tables))

    def _database(self, tables: Sequence[Table], wishes: Wishes) -> bytes:
        from qualbench.store import analysis

        about = [
            ("study", self._title),
            ("state of", self._date[:10]),
            *(("note", one) for one in self.left_out_of(wishes.tables)),
        ]
        return analysis.database(tables, about=about)

    def _figures(self, wishes: Wishes, told: Callable[[str], None]) -> Iterator[File]:  # noqa: ARG002 - as its sisters
        from qualbench.steps.pack.blocks import File

        if why := self._missing(Part.FIGURES):
            raise QualbenchError(why, "Install it: pip install 'qualbench-workbench[figures]'")
        told("figures ...")
        for one in self.pictures():
            told(f"{one.name} ...")
            yield File(f"{one.name}.svg", f"{one.title}, as drawing", one.svg)
            yield File(f"{one.name}.png", f"{one.title}, 300 dots to the inch", one.png)
            yield File(f"{one.name}.csv", f"{one.title}: the data", one.csv)
            yield File(f"{one.name}.txt", f"{one.title} in words, for those who can not see it", _text(one.alt))

    def _statistics(self, part: Part) -> bytes:
        from qualbench.steps.pack import columns

        if self._missing(part):
            raise QualbenchError(columns.MISSING, columns.INSTALL)
        if not self.opened():
            raise StillBlind
        longest = columns.SPSS_NAME if part is Part.SPSS else columns.STATA_NAME
        made = columns.variables(self.gathered(frozenset(("cases", "case_code_matrix"))), longest=longest)
        with TemporaryDirectory() as place:
            write = spss if part is Part.SPSS else stata
            return write(made, self._title, self._date, Path(place))


_PROGRAMS = {Part.SPSS: "SPSS", Part.STATA: "Stata"}


def _inside(folder: str, file: File) -> File:
    return replace(file, path=f"{folder}/{file.path}")


def _text(words: str) -> bytes:
    from qualbench.text import printable

    return f"{printable(words)}\n".encode()
