"""What the matrices screen shows: a table that scrolls both ways, or lines, and under them what a number means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from qualbench.errors import QualbenchError
from qualbench.model import Changes, frequency
from qualbench.project.asked import CONSENSUS, Asked, Cells, SavedQuery
from qualbench.text import shown
from qualbench.tui.screens import matrices_views as views
from qualbench.tui.screens.step import StepScreen
from qualbench.tui.widgets.grid import Grid, Table
from qualbench.tui.widgets.lines import Lines

if TYPE_CHECKING:
    from qualbench.steps import matrices

VIEWS = ("matrix", "prevalence", "queries", "saturation")


class Looking(StepScreen):
    """What is asked, what was worked out of the coding, and how it is shown."""

    DEFAULT_CSS = """
    Looking #what { height: auto; max-height: 2; padding: 0 1; text-style: bold; }
    Looking #columns { height: 1; text-style: dim; text-wrap: nowrap; text-overflow: ellipsis; }
    Looking #told { height: 6; padding: 0 1; background: $surface; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._looking = "matrix"
        self._asked_for = Asked()
        self._filled = False
        self._order = "import"
        self._rule = (4, 2, 0.05)
        self._made: matrices.Matrix | None = None
        self._counted: matrices.Prevalences | None = None
        self._curve: tuple[matrices.Grid, matrices.Saturation] | None = None
        self._kept: tuple[SavedQuery, ...] = ()
        self._why_not = self._left_out = ""

    def parts(self) -> ComposeResult:
        """What is looked at, the table or the lines, and what is under the bar."""
        yield Static(id="what", markup=False)
        yield Grid()
        yield Static(id="columns", markup=False)
        yield Lines()
        yield Static(id="told", markup=False)

    # --- what it shows -----------------------------------------------------------------------------------------

    @property
    def _counts(self) -> bool:
        return not self.project.counts_nothing()

    def after(self, changes: Changes) -> None:
        """Queries that are saved change no number."""
        if changes.kinds <= {"query_saved", "query_dropped"} and self._looking != "queries":
            return
        super().after(changes)

    def read_again(self) -> None:
        """Work out what is looked at."""
        self._why_not = ""
        try:
            self._work_out()
        except QualbenchError as error:
            self._why_not = f"{error.message} {error.hint}".strip()
        self._show()
        super().read_again()

    def _work_out(self) -> None:
        project, asked = self.project, self._asked_for
        self._made = self._counted = self._curve = None
        if self._looking == "queries":
            self._kept = project.saved_queries()
        elif self._looking == "prevalence":
            self._counted = project.prevalence(asked)
        elif self._looking == "saturation":
            from qualbench.steps.matrices import Rule

            self._curve = project.saturation(Rule(*self._rule), self._order, asked)
        else:
            self._made = project.matrix(asked)
            if self._filled:
                self._made = _filled(self._made)
        self._left_out = project.left_out()

    def _show(self) -> None:
        """Show the view that is looked at."""
        is_matrix = self._looking == "matrix"
        grid, lines = self.query_one(Grid), self.query_one(Lines)
        grid.display = is_matrix
        lines.display = self.query_one("#columns", Static).display = not is_matrix
        (grid if is_matrix else lines).focus()
        self.head(self.project.study.name, self._looking, self._narrowed())
        self.query_one("#what", Static).update(Content(shown(self._title())))
        if is_matrix:
            marks = not self._counts or self._asked_for.count is Cells.PRESENCE
            grid.show_table(views.table_of(self._made, counts=not marks) if self._made else Table())
        else:
            head, shown_lines = self._listed()
            self.query_one("#columns", Static).update(Content(head))
            lines.show_lines(shown_lines)
        self._tell()
        self.refresh_footer()

    def _narrowed(self) -> str:
        """Whose coding, and what it is narrowed down to."""
        asked = self._asked_for
        layer = "" if asked.layer == CONSENSUS else f"{asked.layer}'s coding"
        pieces = (layer, asked.where and f"only {asked.where}", "rolled up" if asked.rolled_up else "")
        return "" if self._looking == "queries" else ", ".join(piece for piece in pieces if piece)

    def _title(self) -> str:
        if self._made:
            return f"{self._made.what}: {len(self._made.rows)} rows, {len(self._made.columns)} columns"
        if self._curve:
            return self._curve[1].told
        if self._looking == "queries":
            return "Saved queries" if self._kept else "No query is saved yet: n writes one."
        return f"How many participants have each {self._asked_for.rows[:-1]}" if self._counted else self._why_not

    def _listed(self) -> views.Shown:
        width = self.size.width - 2
        if self._counted:
            return views.prevalence(self._counted.rows, self._labels(), self._asked_for.rows[:-1], width)
        if self._curve:
            return views.saturation(*self._curve, width)
        return views.saved(self._kept, width) if self._looking == "queries" else ("", [])

    def _labels(self) -> list[str]:
        """The labels of frequency that the method has; empty where it has none."""
        from qualbench.steps.matrices import Counting, counts_allowed

        rows = self._counted.rows if self._counted else ()
        if counts_allowed(self.project.study.method) is not Counting.LABELS:
            return [""] * len(rows)
        return [str(frequency.label(row.participants, row.of)) for row in rows]

    def on_resize(self) -> None:
        """Fit the columns again."""
        self._show()

    # --- what is under the bar ---------------------------------------------------------------------------------

    def on_grid_moved(self) -> None:
        """Tell the cell under the bar."""
        self._tell()

    def on_option_list_option_highlighted(self) -> None:
        """Tell the line under the bar."""
        self._tell()

    def _tell(self) -> None:
        first, rest = self._sentences()
        words = [Content.styled(shown(first), "bold")] if first else []
        self.query_one("#told", Static).update(Content("\n").join([*words, Content(shown(rest))]), layout=False)

    def _sentences(self) -> tuple[str, str]:
        """What is under the bar, and what it is out of."""
        at, left_out = self.query_one(Lines).at, self._left_out
        if self._why_not:
            return "", self._why_not
        if self._made:
            cell = self.query_one(Grid).at
            there = bool(self._made.rows and self._made.columns)
            told = views.cell_told(self._made, cell, self._asked_for, counts=self._counts) if there else "Nothing here."
            return told, f"{self._made.denominator} {left_out}"
        if self._counted:
            row = next((row for row in self._counted.rows if row.id == at), None)
            return views.prevalence_told(row, self.project.study.method), f"{self._counted.denominator} {left_out}"
        if self._curve:
            return views.first_used(*self._curve, at), left_out
        return "", next((one.told for one in self._kept if one.name == at), "")


def _filled(made: matrices.Matrix) -> matrices.Matrix:
    """The matrix without its empty rows."""
    from qualbench.steps.matrices.narrowing import only

    return only(made, {head.id for head, cells in zip(made.rows, made.cells.tolist(), strict=True) if any(cells)})
