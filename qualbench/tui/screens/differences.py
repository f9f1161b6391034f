"""Differences: the same segment with every reading of it and no number, for methods that measure no agreement."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from qualbench.model import METHOD_NAMES, Codebook, Item
from qualbench.text import shown, shown_lines
from qualbench.tui.commands import Command
from qualbench.tui.dialogs.words import AskWords
from qualbench.tui.screens.step import StepScreen
from qualbench.tui.widgets.lines import Lines, cells

WHY = (
    "No coefficient is computed: coding is interpretation, and two readings that differ are two readings, not an "
    "error of measurement. Look at where they differ, talk about why, and write down what it opens up."
)


class Differences(StepScreen):
    """The segments that were read differently; below them the words of one, with each reading in full."""

    STEP = "differences"
    TITLE_WORDS = "Differences"
    DEFAULT_CSS = """
    Differences #why { height: auto; padding: 0 1; margin-bottom: 1; }
    Differences #columns { height: 1; text-style: dim; text-wrap: nowrap; text-overflow: ellipsis; }
    Differences Lines { height: 3fr; }
    Differences VerticalScroll { height: 2fr; padding: 0 1; margin-bottom: 1; border-top: hkey $accent; }
    Differences VerticalScroll Static { height: auto; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._held: dict[str, Item] = {}
        self._book = Codebook("", "", ())

    def parts(self) -> ComposeResult:
        """Why there is no number, the segments, and the words of one."""
        yield Static(WHY, id="why", markup=False)
        yield Static(id="columns", markup=False)
        yield Lines()
        with VerticalScroll(can_focus=False):
            yield Static(id="words", markup=False)

    def begin(self) -> None:
        """The list has the keys."""
        self.query_one(Lines).focus()

    def read_again(self) -> None:
        """Read where submitted passes differ."""
        project = self.project
        if project.has_codebook():
            self._book = project.own_book()
        self._held = {item.id: item for item in project.items()}
        self.head(project.study.name, METHOD_NAMES[project.study.method], "submitted passes only")
        self._draw()
        super().read_again()

    def _draw(self) -> None:
        width = max(40, self.size.width - 2)
        self.query_one("#columns", Static).update(cells("transcript", width // 3 - 5) + " line  the readings")
        lines = [(item.id, self._line(item, width)) for item in self._held.values()]
        self.query_one(Lines).show_lines(lines)
        self._show_words()

    def _line(self, item: Item, width: int) -> Content:
        readings = "  |  ".join(f"{coder}: {self._reading(codes)}" for coder, codes in item.readings.items())
        place = cells(item.name, width // 3 - 5) + cells(str(self._line_of(item)), 5, right=True)
        return Content(f"{place}  {cells(readings, width - width // 3 - 3)}")

    def _line_of(self, item: Item) -> int:
        return self.project.transcript(item.transcript).text.count("\n", 0, item.start) + 1

    def _reading(self, codes: tuple[str, ...]) -> str:
        return ", ".join(self._book.label(code) for code in codes) or "nothing applies"

    def on_resize(self) -> None:
        """Fit the columns again."""
        self._draw()

    def on_option_list_option_highlighted(self) -> None:
        """Show the words that the bar came to."""
        self._show_words()

    def _show_words(self) -> None:
        item = self._at
        if item is None:
            self.query_one("#words", Static).update("Nothing that is opened was read differently.")
            return
        text = self.project.transcript(item.transcript).text[item.start : item.end]
        parts = [
            Content.assemble((shown(f"{coder}: "), "bold"), shown(self._reading(codes)))
            for coder, codes in item.readings.items()
        ]
        self.query_one("#words", Static).update(Content("\n").join([*parts, Content(shown_lines(text.strip()))]))
        self.query_one(VerticalScroll).scroll_home(animate=False)

    @property
    def _at(self) -> Item | None:
        return self._held.get(self.query_one(Lines).at)

    # --- commands ----------------------------------------------------------------------------------------------

    def allows(self, command: Command) -> bool:
        """A segment is needed for what is done with one."""
        if not self.is_mounted or not super().allows(command):
            return False
        return command.id not in ("differences.open", "differences.memo") or self._at is not None

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter, or a click, shows both readings in the text."""
        event.stop()
        self.action_do_open()

    def action_do_open(self) -> None:
        if item := self._at:
            self.workplace.show_step("consensus", item=item.id)

    def action_do_memo(self) -> None:
        item = self._at
        if item is None:
            return
        place = f"{item.name}, line {self._line_of(item)}"

        def keep(words: str | None) -> None:
            if words and words.strip():
                self.write(
                    lambda: self.project.write_note(
                        f"{place}: {words.strip()}", on="transcript", about=item.transcript, kind="reflexive"
                    )
                )
                self.say("Kept as a reflexive memo on the transcript.")

        self.app.push_screen(AskWords(f"What does the difference at {place} open up?", ""), keep)

    def action_do_page_on(self) -> None:
        self.query_one(VerticalScroll).scroll_page_down(animate=False)

    def action_do_page_back(self) -> None:
        self.query_one(VerticalScroll).scroll_page_up(animate=False)
