"""A table that may be a codebook: what each column is, how its names are read, and the codes it would bring."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static

from qualbench.errors import BadCodebook, Problem, QualbenchError
from qualbench.model import Changes, Codebook
from qualbench.steps.codebook.lifecycle import CLOSED
from qualbench.text import counted, excerpt, shown
from qualbench.tui.commands import Command
from qualbench.tui.dialogs.choice import Choose
from qualbench.tui.dialogs.page import Page
from qualbench.tui.dialogs.words import AskWords
from qualbench.tui.screens.files import ask_file
from qualbench.tui.screens.step import StepScreen
from qualbench.tui.widgets.lines import Lines, cells

if TYPE_CHECKING:
    from qualbench.steps.codebook.files import Sheet, TableMapping

FIELD_WORDS = {
    "label": "label: the code's name", "level": "level: a heading above the codes", "parent": "parent: the code above",
    "definition_short": "short definition", "include": "when to use it", "exclude": "when not to use it",
    "near_miss": "near miss", "group": "group of codes that exclude each other", "count": "counts, left out",
    "level_definition": "definition of the heading", "-": "left out",
}  # fmt: skip
"""What fields are called where their own word would not do."""


def ask_codebook(screen: StepScreen) -> None:
    """Ask for a file, and make it the draft: a table after its columns were looked at, any other file at once."""

    def named(name: str | None) -> None:
        if not name or not name.strip():
            return
        try:
            path = Path(name.strip()).expanduser()
            data = path.read_bytes()
        except (OSError, RuntimeError, ValueError) as error:
            screen.say(f"'{name.strip()}' can not be read: {getattr(error, 'strerror', '') or error}.", warning=True)
            return
        try:
            _take(screen, path.name, data)
        except QualbenchError as error:
            screen.say(f"{error.message} {error.hint}".strip(), warning=True)

    hint = "YAML, CSV, Excel, QDC, or a Word table."
    screen.app.push_screen(AskWords("Which file holds the codebook?", one_line=True, hint=hint), named)


def _take(screen: StepScreen, name: str, data: bytes) -> None:
    from qualbench.project.codebook_files import Opening
    from qualbench.steps.codebook import files

    if files.is_table(name):
        screen.app.push_screen(CodebookTable(name, files.look(name, data, Opening())))
        return
    book, doubts = files.read_file(name, data, opens=Opening())
    told = f" {counted(len(doubts), 'doubt')}: {doubts[0]}" if doubts else ""

    def take(*, keeps: bool) -> None:
        if screen.write(lambda: screen.project.take_draft(book, keeps=keeps)):
            screen.say(f"{name} is in the draft.{told}", warning=bool(doubts))

    ask_others(screen, book, take)


def ask_others(screen: StepScreen, book: Codebook, take: Callable[..., None]) -> None:
    """Take a codebook in; what becomes of codes that it lacks is asked first."""
    lacking = [code for code in screen.project.draft().codes if book.get(code.id) is None and code.status not in CLOSED]
    if not lacking:
        take(keeps=True)
        return
    answers = [("keep", "Add to them: they stay"), ("retire", "It is the whole codebook: they are retired")]
    names = excerpt(", ".join(code.label for code in lacking), 60)
    question = f"The file lacks {counted(len(lacking), 'code')} of the draft: {names}"
    screen.app.push_screen(Choose(question, answers), lambda said: take(keeps=said == "keep") if said else None)


def ask_target(screen: StepScreen, book: Codebook) -> None:
    """Ask what the codebook is written as, and where."""
    from qualbench.steps.codebook import files

    formats = [one for one in files.formats() if one.writes]

    def chosen(target: str | None) -> None:
        one = next((one for one in formats if one.target == target), None)
        if one is None:
            return
        folder = screen.project.folder / "exports"

        def write(path: Path) -> str:
            warnings = screen.project.write_codebook(book, path, one.target, force=True)
            return " ".join([f"The codebook is in {path}.", *warnings])

        ask_file(screen, "Write the codebook to which file?", folder / f"codebook{one.suffixes[0]}", write)

    answers = [(one.target, one.name) for one in formats]
    screen.app.push_screen(Choose("Write the codebook as what?", answers), chosen)


class CodebookTable(StepScreen):
    """A line for each column: its heading, what it is, and some of its cells; below, what the table would bring."""

    STEP = "table"
    TITLE_WORDS = "Codebook table"
    DEFAULT_CSS = """
    CodebookTable #columns { height: 1; margin-top: 1; text-style: dim; text-wrap: nowrap; text-overflow: ellipsis; }
    CodebookTable #brings { height: 6; padding: 0 1; margin-bottom: 1; background: $surface; text-wrap: nowrap;
        text-overflow: ellipsis; }
    """

    def __init__(self, name: str, sheets: tuple[Sheet, ...]) -> None:
        from qualbench.steps.codebook import files

        super().__init__()
        self._file, self._sheets = name, sheets
        self._sheet = files.best(sheets)
        self._mapping: TableMapping = self._sheet.mapping
        self._book: Codebook | None = None
        self._problems: list[Problem] = []

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
        """See what the mapping brings as it is now."""
        from qualbench.steps.codebook import files

        self._book, self._problems = None, [*self._sheet.faults]
        if self._sheet.refused:
            self._problems.append(Problem(self._sheet.source, 0, self._sheet.refused))
        else:
            try:
                self._book, doubts = files.take(self._sheet, self._mapping)
                self._problems += doubts
            except BadCodebook as error:
                self._problems += error.problems
            except QualbenchError as error:
                self._problems.append(Problem(self._sheet.source, 0, f"{error.message} {error.hint}".strip()))
        sheet = f"sheet {self._sheet.name}" if len(self._sheets) > 1 else ""
        self.head(self._file, sheet, f"header in row {self._mapping.header}" if self._mapping.header else "no header",
                  "nothing is taken in yet")  # fmt: skip
        self._draw()
        super().read_again()

    def _draw(self) -> None:
        width = max(14, (self.size.width - 4) // 4)
        self.query_one("#columns", Static).update(f"{cells('column', width)} {cells('is', width)} for instance")
        self.query_one(Lines).show_lines(
            [
                (str(n), Content(f"{cells(f'{one.letter} {one.name}', width)} {cells(_called(field), width)} "
                                 f"{shown(' | '.join(one.samples))}"))
                for n, (one, field) in enumerate(zip(self._sheet.columns, self._mapping.fields, strict=True))
            ]
        )  # fmt: skip
        self.query_one("#brings", Static).update(self._brings())

    def _brings(self) -> Content:
        if self._book is None:
            told = "Nothing can be taken in as it is."
        else:
            labels = ", ".join(code.label for code in self._book.codes[:8])
            told = f"It brings {counted(len(self._book.codes), 'code')}: {labels}"
        ways = [
            *(["filled down"] if self._mapping.fill_down else []),
            *([f"paths with {self._mapping.separator}"] if self._mapping.separator else []),
            *(["ids in the names"] if self._mapping.ids_in_labels else []),
        ]
        lines = [
            Content.styled(shown(excerpt(told, 400)), "bold"),
            Content(f"Read as: {', '.join(ways) or 'it stands'}"),
        ]
        if self._problems:
            lines.append(Content.styled(f"{counted(len(self._problems), 'thing')} to know (t reads all):", "bold"))
        return Content("\n").join([*lines, *(Content(shown(str(one))) for one in self._problems[:3])])

    def on_resize(self) -> None:
        """Fit the columns again."""
        if self.is_mounted:
            self._draw()

    # --- commands ----------------------------------------------------------------------------------------------

    def allows(self, command: Command) -> bool:
        """Only what the table offers."""
        offers = {
            "table.take": self._book is not None,
            "table.sheet": len(self._sheets) > 1,
            "table.fill": bool(self._sheet.can_fill_down),
            "table.paths": bool(self._sheet.separators),
            "table.ids": bool(self._sheet.numbered),
        }
        return super().allows(command) and offers.get(command.id, True)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter asks what the column is."""
        event.stop()
        self.action_do_column()

    def action_do_column(self) -> None:
        from qualbench.steps.codebook.files import Field, chosen

        at = self.query_one(Lines).at
        if not at:
            return
        column = self._sheet.columns[int(at)]
        answers = [(str(field), _called(field)) for field in Field]

        def said(field: str | None) -> None:
            if field is not None:
                self._mapping = chosen(self._mapping, int(at), Field(field))
                self.read_again()

        self.app.push_screen(Choose(f"What is the column '{excerpt(column.name, 40)}'?", answers), said)

    def action_do_header(self) -> None:
        from qualbench.steps.codebook.files import with_header

        def said(words: str | None) -> None:
            if words and words.strip().isdecimal():
                self._sheet = with_header(self._sheet, int(words))
                self._mapping = self._sheet.mapping
                self.read_again()

        title = "In which row is the header? 0: there is none"
        self.app.push_screen(AskWords(title, str(self._mapping.header), one_line=True), said)

    def action_do_sheet(self) -> None:
        answers = [(str(n), one.name) for n, one in enumerate(self._sheets)]

        def said(number: str | None) -> None:
            if number is not None:
                self._sheet = self._sheets[int(number)]
                self._mapping = self._sheet.mapping
                self.read_again()

        self.app.push_screen(Choose("Which sheet?", answers), said)

    def action_do_fill(self) -> None:
        self._read_as(fill_down=not self._mapping.fill_down)

    def action_do_paths(self) -> None:
        ways = ("", *self._sheet.separators)
        at = ways.index(self._mapping.separator) if self._mapping.separator in ways else 0
        self._read_as(separator=ways[(at + 1) % len(ways)])

    def action_do_ids(self) -> None:
        self._read_as(ids_in_labels=not self._mapping.ids_in_labels)

    def _read_as(self, **how: bool | str) -> None:
        self._mapping = replace(self._mapping, **how)  # type: ignore[arg-type] # each value fits its own field
        self.read_again()

    def action_do_problems(self) -> None:
        told = [Content(shown(str(one))) for one in self._problems]
        body = Content("\n").join(told) if told else Content("There is nothing odd about it.")
        self.app.push_screen(Page(f"To know about {self._file}", body))

    def action_do_take(self) -> None:
        book = self._book
        if book is None:
            return
        ask_others(self, book, self._take)

    def _take(self, *, keeps: bool) -> None:
        book = self._book
        if book is None:
            return
        try:
            changes = self.project.take_draft(book, keeps=keeps)
        except QualbenchError as error:
            self.say(f"{error.message} {error.hint}".strip(), warning=True)
            return
        words = f"{self._file} is in the draft: {counted(len(book.codes), 'code')}."
        self.app.call_later(self._leave, changes, words if changes else "The draft says all of this already.")

    def _leave(self, changes: Changes, words: str) -> None:
        """Back to the codebook, once the question over this screen is gone."""
        self.app.pop_screen()
        self.workplace.changed.publish(changes)
        self.workplace.tell(words)


def _called(field: str) -> str:
    return FIELD_WORDS.get(str(field), str(field).replace("_", " "))
