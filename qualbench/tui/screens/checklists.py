"""Checklists: what journals ask, what the log shows of it, what the authors answered, and what is missing."""

from __future__ import annotations

from pathlib import Path

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import OptionList, Static

from qualbench.steps.checklists import CHECKLISTS, Filled, Line
from qualbench.tui.commands import Command
from qualbench.tui.dialogs.choice import Choose
from qualbench.tui.dialogs.words import AskWords
from qualbench.tui.screens import checklists_views as views
from qualbench.tui.screens.files import ask_file
from qualbench.tui.screens.step import StepScreen
from qualbench.tui.widgets.lines import Lines


class Checklists(StepScreen):
    """The items of one checklist, and below them everything known of the item under the bar."""

    STEP = "checklists"
    TITLE_WORDS = "Checklists"
    DEFAULT_CSS = """
    Checklists #columns { height: 1; padding: 0; text-style: dim; text-wrap: nowrap; text-overflow: ellipsis; }
    Checklists Lines { height: 3fr; }
    Checklists VerticalScroll { height: 2fr; padding: 0 1; margin-bottom: 1; border-top: hkey $accent; }
    Checklists VerticalScroll Static { height: auto; }
    """

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self._checklist = name or CHECKLISTS[0].id
        self._gaps = False
        self._filled: Filled | None = None
        self._by_number: dict[str, Line] = {}

    def parts(self) -> ComposeResult:
        """The items, and what is known of one."""
        yield Static(id="columns", markup=False)
        yield Lines()
        with VerticalScroll(can_focus=False):
            yield Static(id="item", markup=False)

    def begin(self) -> None:
        """The list has the keys."""
        self.query_one(Lines).focus()

    # --- what it shows -----------------------------------------------------------------------------------------

    def read_again(self) -> None:
        """Fill the checklist from the log as it is now."""
        self._filled = filled = self.project.checklist(self._checklist)
        lines = filled.gaps if self._gaps else filled.lines
        self._by_number = {line.item.number: line for line in lines}
        self.head(*views.told(filled, gaps=self._gaps))
        self._draw()
        super().read_again()

    def _draw(self) -> None:
        self.query_one("#columns", Static).update(views.heading(self.size.width))
        shown = [(number, views.line(one, self.size.width)) for number, one in self._by_number.items()]
        self.query_one(Lines).show_lines(shown)
        self._show_item()

    def on_resize(self) -> None:
        """Fit the columns again."""
        self._draw()

    def on_option_list_option_highlighted(self) -> None:
        """Tell of the item that the bar came to."""
        self._show_item()
        self.refresh_footer()

    def _show_item(self) -> None:
        at = self._at
        if self._filled is not None:
            nothing = "Nothing is missing." if self._gaps else ""
            self.query_one("#item", Static).update(views.about(at, self._filled.checklist) if at else nothing)
            self.query_one(VerticalScroll).scroll_home(animate=False)

    @property
    def _at(self) -> Line | None:
        return self._by_number.get(self.query_one(Lines).at)

    # --- commands ----------------------------------------------------------------------------------------------

    def allows(self, command: Command) -> bool:
        """An answer needs an item under the bar."""
        if not self.is_mounted or not super().allows(command):
            return False
        return command.id != "checklists.answer" or self._at is not None

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter, or a click, on an item answers it."""
        event.stop()
        if self.project.writable:
            self.action_do_answer()

    def action_do_answer(self) -> None:
        line, name = self._at, self._checklist
        if line is None:
            return
        before = line.answer.words if line.answer and not line.elsewhere else ""
        title = f"{line.item.number}. {line.item.asks}"

        def keep(words: str | None) -> None:
            if words is not None and words.strip() != before:
                self.write(lambda: self.project.answer_item(name, line.item.number, words))

        hint = "Nothing written takes the answer back." if before else ""
        self.app.push_screen(AskWords(title, before, hint=hint), keep)

    def action_do_choose(self) -> None:
        every = [(one.id, f"{one.name}: {one.source}") for one in CHECKLISTS]
        self.app.push_screen(Choose("Which checklist?", every), self._show)

    def action_do_turn(self) -> None:
        ids = [one.id for one in CHECKLISTS]
        self._show(ids[(ids.index(self._checklist) + 1) % len(ids)])

    def _show(self, name: str | None) -> None:
        if name:
            self._checklist = name
            self.query_one(Lines).highlighted = None
            self.read_again()

    def action_do_gaps(self) -> None:
        self._gaps = not self._gaps
        self.read_again()

    def action_do_write(self) -> None:
        name, gaps = self._checklist, self._gaps
        suggestion = self.project.folder / "exports" / f"{name}.docx"

        def write(target: Path) -> str:
            return self.project.write_checklist(name, target, gaps=gaps, force=True)

        ask_file(self, "Write the checklist to (.docx .md .csv)", suggestion, write)

    def action_do_page_on(self) -> None:
        self.query_one(VerticalScroll).scroll_page_down(animate=False)

    def action_do_page_back(self) -> None:
        self.query_one(VerticalScroll).scroll_page_up(animate=False)

    def action_do_undo(self) -> None:
        if self.write(lambda: self.project.undo("papers", "papers")):
            self.say("Undone: your newest answer to a checklist.")

    def action_do_redo(self) -> None:
        if self.write(lambda: self.project.redo("papers", "papers")):
            self.say("Done again.")
