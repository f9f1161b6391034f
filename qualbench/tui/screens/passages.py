"""The words behind a number, or what a query found: a list, one passage in full, and the way to its place."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from qualbench.errors import QualbenchError
from qualbench.project.asked import CONSENSUS, Passage
from qualbench.text import counted, excerpt, shown, shown_lines
from qualbench.tui.commands import Command
from qualbench.tui.dialogs.words import AskWords
from qualbench.tui.screens.step import StepScreen
from qualbench.tui.widgets.keybar import Says
from qualbench.tui.widgets.lines import Lines, cells

MOST = 2_000
"""So many passages are listed."""
LONGEST = 20_000
"""So much of one passage is shown, in code points."""


class Passages(StepScreen):
    """What they are behind, a line for each, and one in full."""

    STEP = "passages"
    TITLE_WORDS = "Extracts"
    DEFAULT_CSS = """
    Passages #told { height: auto; max-height: 3; padding: 0 1; margin: 1 0; }
    Passages #columns { height: 1; text-style: dim; text-wrap: nowrap; text-overflow: ellipsis; }
    Passages Lines { height: 1fr; }
    Passages VerticalScroll { height: 1fr; padding: 0 1; border-top: hkey $accent; margin-bottom: 1; }
    Passages VerticalScroll Static { height: auto; }
    """

    def __init__(self, told: str, passages: Sequence[Passage], query: str = "") -> None:
        super().__init__()
        self._what, self._query = told, query
        self._every, self._listed = passages, passages[:MOST]

    def parts(self) -> ComposeResult:
        """What was asked, the passages, and one of them."""
        yield Static(id="told", markup=False)
        yield Static(id="columns", markup=False)
        yield Lines()
        with VerticalScroll(can_focus=False):
            yield Static(id="words", markup=False)

    def begin(self) -> None:
        """The list has the keys."""
        self.query_one(Lines).focus()

    # --- what it shows -----------------------------------------------------------------------------------------

    def read_again(self) -> None:
        """Show the passages; they are those of the moment when they were asked for."""
        number = "" if self.project.counts_nothing() else counted(len(self._every), "extract")
        more = f"the first {MOST} are shown" if len(self._every) > MOST else ""
        self.head(self.project.study.name, number, more)
        self.query_one("#told", Static).update(Content(shown(self._what)))
        self._draw()
        super().read_again()

    def _draw(self) -> None:
        width = max(12, self.size.width // 5)
        head = " " + cells("transcript", width) + "   line " + cells("who", 10) + " words"
        self.query_one("#columns", Static).update(head if self._listed else "")
        lines = [(str(n), self._line(one, width)) for n, one in enumerate(self._listed)]
        self.query_one(Lines).show_lines(lines)
        self._show_words()

    def _line(self, one: Passage, width: int) -> Content:
        place = f"{cells(one.name, width)} {cells(str(one.line), 6, right=True)} {cells(one.participant, 10)} "
        return Content(place + excerpt(one.text[:LONGEST], 200))

    def on_resize(self) -> None:
        """Fit the columns again."""
        self._draw()

    def on_option_list_option_highlighted(self) -> None:
        """Show the passage under the bar."""
        self._show_words()

    @property
    def _one(self) -> Passage | None:
        at = self.query_one(Lines).at
        return self._listed[int(at)] if at else None

    def _show_words(self) -> None:
        one, box = self._one, self.query_one("#words", Static)
        if one is None:
            box.update("Nothing stands here.")
            return
        labels = ", ".join(self._labels(one)) or "nothing applies"
        place = Content.styled(shown(f"{one.participant}, {one.place}: {labels}"), "bold")
        box.update(Content("\n").join([place, Content(shown_lines(one.text[:LONGEST]))]))

    def _labels(self, one: Passage) -> list[str]:
        codes = self.project.evidence(coders=one.layer != CONSENSUS).codes
        return [code.label for code in codes if code.id in one.codes]

    # --- commands ----------------------------------------------------------------------------------------------

    def allows(self, command: Command) -> bool:
        """Only what is there can be opened, and only a query can be saved."""
        if command.id == "passages.open":
            return bool(self._listed)
        return super().allows(command) and (command.id != "passages.save" or bool(self._query))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter, or a click, opens the place."""
        event.stop()
        self.action_do_open()

    def action_do_open(self) -> None:
        if one := self._one:
            self.workplace.show_step("coding", transcript=one.transcript, at=str(one.start))

    def action_do_save(self) -> None:
        ask_name(self, self._query)

    def action_do_read_on(self) -> None:
        self.query_one(VerticalScroll).scroll_page_down(animate=False)

    def action_do_read_back(self) -> None:
        self.query_one(VerticalScroll).scroll_page_up(animate=False)


def ask_name(screen: StepScreen, query: str, before: str = "") -> None:
    """Ask for a name, and save a query by it."""

    def named(name: str | None) -> None:
        if name and name.strip() and screen.write(lambda: screen.project.save_query(name, query)):
            screen.say(f"The query '{excerpt(name.strip(), 40)}' is saved.")

    hint = "A name that is there already gets this query."
    screen.app.push_screen(AskWords("Save the query by which name?", before, one_line=True, hint=hint), named)


def ask_query(screen: StepScreen, before: str = "") -> None:
    """Ask for a query, and show what it finds; one that can not be read is asked again."""

    def written(words: str | None) -> None:
        if words and words.strip():
            show_answer(screen, words.strip())

    hint = 'Trust and not Fear · Hope within 2 turns of "Practical help" · any Support where site = north, layer = ana'
    screen.app.push_screen(AskWords("What to find?", before, one_line=True, hint=hint), written)


def show_answer(screen: StepScreen, words: str) -> None:
    """Ask a query, and show what it finds, or why it can not be asked with the query to be changed."""
    try:
        answer = screen.project.ask(words)
    except QualbenchError as error:
        ask_query(screen, words)
        screen.say(f"{error.message} {error.hint}".strip(), warning=True)
        return
    for says in screen.query(Says):
        says.hush()
    screen.app.push_screen(Passages(answer.told, answer.passages, words))
