"""The mapping of a table of participants: what each column is, one key each, what it would bring, and its faults."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static

from qualbench.errors import QualbenchError
from qualbench.model import Changes
from qualbench.text import counted, shown
from qualbench.tui.commands import Command
from qualbench.tui.dialogs.page import Page
from qualbench.tui.screens.step import StepScreen
from qualbench.tui.widgets.lines import Lines, cells

if TYPE_CHECKING:
    from qualbench.steps.ingest.tables import Table
    from qualbench.steps.participants import Column, Intake


def read_table(path: Path) -> Table:
    """The table in a file."""
    from qualbench.steps.ingest.reading import File
    from qualbench.steps.ingest.tables import table_of

    return table_of(File(path.name.encode("utf-8", "replace").decode(), path.read_bytes()))


class Mapping(StepScreen):
    """A line for each column: its name, what it is, and some of its values; below, what the table would bring."""

    STEP = "mapping"
    TITLE_WORDS = "Table"
    DEFAULT_CSS = """
    Mapping #columns { height: 1; margin-top: 1; text-style: dim; text-wrap: nowrap; text-overflow: ellipsis; }
    Mapping #brings { height: 5; padding: 0 1; margin-bottom: 1; background: $surface; text-wrap: nowrap;
        text-overflow: ellipsis; }
    """

    def __init__(self, source: str, table: Table) -> None:
        super().__init__()
        self._source, self._table = source, table
        self._cells = [(row.number, row.cells) for row in table.rows]
        self._columns: tuple[Column, ...] = ()
        self._intake: Intake | None = None
        self._adds = False

    def parts(self) -> ComposeResult:
        """The columns, and what they bring."""
        yield Static(id="columns", markup=False)
        yield Lines()
        yield Static(id="brings", markup=False)

    def begin(self) -> None:
        """The columns have the keys."""
        self.query_one(Lines).focus()

    # --- what it shows -----------------------------------------------------------------------------------------

    def read_again(self) -> None:
        """Suggest a mapping the first time, and see what it brings."""
        from qualbench.steps import participants

        project, names = self.project, self._table.names
        if not self._columns:
            mapping = participants.suggested(names, self._cells, project.known())
            self._columns = participants.columns_of(mapping, names)
        mapping = participants.mapping_of(self._columns)
        self._intake = project.participants_in(names, self._cells, mapping, self._source, add=self._adds)
        self.head(self._source, counted(len(self._cells), "row"), "nothing is taken in yet")
        self._draw()
        super().read_again()

    def _draw(self) -> None:
        from qualbench.steps.participants import shown_values

        values = shown_values(self._table.names, self._cells)
        width = max(16, (self.size.width - 4) // 4)
        head = f"{cells('column', width)} {cells('is', width)} for instance"
        self.query_one("#columns", Static).update(head)
        self.query_one(Lines).show_lines(
            [
                (str(n), Content(f"{cells(one.name, width)} {cells(_said(one), width)} {shown(values[one.name])}"))
                for n, one in enumerate(self._columns)
            ]
        )
        self.query_one("#brings", Static).update(self._brings())

    def _brings(self) -> Content:
        found = self._intake
        if found is None:
            return Content("")
        problems = [str(one) for one in (*found.problems, *self._table.warnings, *found.notes)]
        added = " New people come in with any row (a)." if self._adds else ""
        brings = (
            (len(found.new_participants), "new participant"), (len(found.new_attributes), "new attribute"),
            (len(found.changes), "value"), (len(found.assignments), "speaker"),
        )  # fmt: skip
        told = ", ".join(counted(number, what) for number, what in brings if number) or "nothing that is new"
        told = f"It brings {told}.{added}"
        faults = f"{counted(len(found.problems), 'fault')}: nothing can be taken in yet (f reads all)."
        lines = [Content.styled(told, "bold")]
        lines += [Content.styled(faults, "bold")] if found.problems else []
        return Content("\n").join([*lines, *(Content(shown(problem)) for problem in problems[:3])])

    def on_resize(self) -> None:
        """Fit the columns again."""
        if self._columns:
            self._draw()

    # --- commands ----------------------------------------------------------------------------------------------

    def allows(self, command: Command) -> bool:
        """A table with faults can not be taken in."""
        if command.id == "mapping.take" and (self._intake is None or self._intake.problems):
            return False
        return super().allows(command)

    def action_do_column(self, what: str) -> None:
        from qualbench.steps.participants import AttributeKind, Column, Target, chosen

        at = self.query_one(Lines).at
        if not at:
            return
        name = self._columns[int(at)].name
        if what in set(Target):
            self._columns = chosen(self._columns, name, Target(what))
        else:
            known = self.project.known().attribute(name)
            own = known.name if known else name
            new = Column(name, None, own, AttributeKind(what)) if what in set(AttributeKind) else Column(name)
            self._columns = tuple(new if one.name == name else one for one in self._columns)
        self.read_again()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter takes nothing in by accident: w does."""
        event.stop()

    def action_do_add(self) -> None:
        self._adds = not self._adds
        self.read_again()

    def action_do_problems(self) -> None:
        found = self._intake
        told = [str(one) for one in (*found.problems, *self._table.warnings, *found.notes)] if found else []
        body = Content("\n").join(Content(shown(one)) for one in told) if told else Content("The table has no faults.")
        self.app.push_screen(Page(f"Faults of {self._source}", body))

    def action_do_take(self) -> None:
        found = self._intake
        if found is None:
            return
        if not (found.new_participants or found.new_attributes or found.changes or found.assignments):
            self.say("The study says all of this already.")
            return
        before = self.project.speakers()
        try:
            changes: Changes = self.project.take_in_participants(found)
        except QualbenchError as error:
            self.say(f"{error.message} {error.hint}".strip(), warning=True)
            return
        self.app.pop_screen()
        self.workplace.changed.publish(changes)
        taken = f"{self._source} is taken in: {counted(len(found.changes), 'value')}."
        self.workplace.tell(f"{taken} {self.project.kept_exchanges(before)}".strip())


def _said(column: Column) -> str:
    if column.target:
        return str(column.target)
    if not column.attribute:
        return "left out"
    return f"{'attribute' if column.attribute == column.name else column.attribute} ({column.kind})"
