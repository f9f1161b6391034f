"""The frequency table: every category with its label and the rule; groups of cases beside each other."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static

from qualbench.errors import QualbenchError
from qualbench.model import FREQUENCY_RULES, CoreIdea
from qualbench.steps.cqr import Comparison, Table
from qualbench.steps.cqr.frequency import ideas_of
from qualbench.text import counted
from qualbench.tui.commands import Command
from qualbench.tui.dialogs.choice import KEYS, Choose
from qualbench.tui.dialogs.page import Page
from qualbench.tui.screens import cqr_table_views as views
from qualbench.tui.screens.caring import with_care
from qualbench.tui.screens.files import ask_file
from qualbench.tui.screens.step import StepScreen
from qualbench.tui.widgets.lines import Lines


class CqrTable(StepScreen):
    """A line for each category; the rule stands below."""

    STEP = "cqr_table"
    TITLE_WORDS = "Frequencies"
    DEFAULT_CSS = """
    CqrTable #columns { height: 1; text-style: dim; text-wrap: nowrap; text-overflow: ellipsis; margin-top: 1; }
    CqrTable #rule { height: auto; max-height: 5; padding: 0 1; margin: 1 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._rule = next(iter(FREQUENCY_RULES))
        self._attribute = ""
        self._table = Table(0, "")
        self._groups: Comparison | None = None

    def parts(self) -> ComposeResult:
        """The table, and the rule."""
        yield Static(id="columns", markup=False)
        yield Lines()
        yield Static(id="rule", markup=False)

    def begin(self) -> None:
        """The list has the keys."""
        self.query_one(Lines).focus()

    # --- what it shows -----------------------------------------------------------------------------------------

    def read_again(self) -> None:
        """Work the labels out anew."""
        project = self.project
        self._table = project.frequencies(self._rule)
        self._groups = project.compare_groups(self._attribute, self._rule) if self._attribute else None
        by = f"by {self._attribute}" if self._attribute else ""
        self.head(project.study.name, counted(self._table.of, "case"), f"rule of {self._rule}", by)
        self._draw()
        super().read_again()

    def _draw(self) -> None:
        width, found = self.size.width, self._groups
        columns, rule = self.query_one("#columns", Static), self.query_one("#rule", Static)
        if not self._table.rows:
            self.query_one(Lines).show_lines([])
            columns.update("")
            rule.update("The team has agreed on no category yet: that is done in the cross-analysis.")
        elif found is not None:
            columns.update(Content(views.head_of_groups(found, width)))
            self.query_one(Lines).show_lines(views.groups(found, width))
            rule.update(views.below_groups(found))
        else:
            columns.update(Content(views.head(width)))
            self.query_one(Lines).show_lines(views.lines(self._table, width))
            rule.update(views.below(self._table))

    def on_resize(self) -> None:
        """Fit the columns again."""
        self._draw()

    # --- commands ----------------------------------------------------------------------------------------------

    def allows(self, command: Command) -> bool:
        """Only a category can be opened, and only a table written."""
        has_rows = bool(self._table.rows)
        return super().allows(command) and (has_rows or command.id not in ("cqr_table.open", "cqr_table.write"))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter, or a click, opens the category."""
        event.stop()
        self.action_do_open()

    def action_do_open(self) -> None:
        at = self.query_one(Lines).at
        if self._groups is not None:
            for compared in self._groups.rows:
                if compared.category == at:
                    self.app.push_screen(Page(compared.name, views.of_compared(compared, self._groups)))
            return
        for row in self._table.rows:
            if row.category == at:
                page = views.of_row(row, dict(self._table.cases), self._ideas_in(at))
                self.app.push_screen(Page(row.name, page))

    def _ideas_in(self, id_: str) -> list[CoreIdea]:
        """The core ideas in a category and its parts."""
        every = self.project.categories(agreed=True)
        held = {idea for one in every if one.id == id_ for idea in ideas_of(one, every)}
        return [one for one in self.project.core_ideas(agreed=True) if one.id in held]

    def action_do_rule(self) -> None:
        now = self._rule
        rules = FREQUENCY_RULES.items()
        answers = [(name, f"{name}: {rule.source}{' (now)' if name == now else ''}") for name, rule in rules]

        def chosen(name: str | None) -> None:
            if name:
                self._rule = name
                self.read_again()

        self.app.push_screen(Choose("By which rule?", answers), chosen)

    def action_do_compare(self) -> None:
        answers = [("", "no groups: all cases together")] if self._attribute else []
        answers += [(one.name, f"by {one.name}") for one in self.project.attributes()]
        if not answers:
            self.say("Participants have no attributes yet: they are given on the participants screen.")
            return

        def chosen(attribute: str | None) -> None:
            if attribute is not None:
                self._compare(attribute)

        self.app.push_screen(Choose("Compare which groups of cases?", answers[: len(KEYS)]), chosen)

    def _compare(self, attribute: str) -> None:
        before, self._attribute = self._attribute, attribute
        try:
            self.read_again()
        except QualbenchError as error:
            self._attribute = before
            self.say(f"{error.message} {error.hint}".strip(), warning=True)

    def action_do_write(self) -> None:
        project, suggestion = self.project, self.project.folder / "exports" / "cqr.docx"
        question = "Write table, grid of cases and comments to (.docx .md), or the table alone to (.csv)"
        written = partial(ask_file, self, question, suggestion, self._write)
        with_care(self, "cqr", written, words=project.cqr_words())

    def _write(self, target: Path) -> str:
        return self.project.write_cqr(target, rule=self._rule, force=True)
