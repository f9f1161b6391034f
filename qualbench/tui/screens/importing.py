"""Import: each file as it would become a transcript, answered and sealed one by one, or all that are alike at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from qualbench.errors import QualbenchError
from qualbench.model import SegmentRule
from qualbench.project.candidates import Candidate
from qualbench.steps.ingest import AS_FOUND, Answers, Draft
from qualbench.tui.commands import Command
from qualbench.tui.screens import importing_views as views
from qualbench.tui.screens.importing_sealing import Sealing, Stopped
from qualbench.tui.screens.importing_views import COLUMN, POSSIBLE, SPEAKER, TIER, Line
from qualbench.tui.widgets.lines import Lines

_OF_A_LINE = {
    "import.role": (SPEAKER, TIER, COLUMN),
    "import.merge": (SPEAKER, TIER),
    "import.speaker": (SPEAKER, POSSIBLE, TIER),
}
"""What can be said of a line under the bar."""
_OF_TRANSCRIPTS = frozenset(f"import.{name}" for name in ("family", "pattern", "one", "front"))
_OF_THE_READ = frozenset(f"import.{name}" for name in ("all", "save", "warnings"))

NO_FILES = "No files are named yet: press i and say which."


class Import(Sealing):
    """The table of what can be answered, and below it the first turns."""

    STEP = "import"
    TITLE_WORDS = "Import"
    DEFAULT_CSS = """
    Import #told { height: auto; max-height: 5; padding: 0 1; margin: 1 0 0 0; }
    Import #columns { height: 1; margin: 1 0 0 0; text-style: dim; }
    Import #table { height: auto; max-height: 40%; }
    Import #preview { height: 1fr; padding: 0 1; margin: 1 0; }
    Import #preview Static { height: auto; }
    """

    def __init__(
        self, files: Sequence[Path] = (), answers: Answers = AS_FOUND, rule: SegmentRule = SegmentRule.TURN, *,
        asks: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(files, answers, rule)
        self._asks = asks
        self._asks_to_leave = False
        self._lines: dict[str, Line] = {}

    def parts(self) -> ComposeResult:
        """What the file would become, the table, the first turns."""
        yield Static(id="told", markup=False)
        yield Static(id="columns", markup=False)
        table = Lines(id="table")
        table.can_focus = False  # every key is the screen's: one typed ahead must find the file that it is for
        yield table
        preview = VerticalScroll(Static(id="turns", markup=False), id="preview")
        preview.can_focus = False
        yield preview

    @property
    def _table(self) -> Lines:
        return self.query_one("#table", Lines)

    @property
    def under_bar(self) -> Line | None:
        """The line of the table under the bar."""
        return self._lines.get(self._table.at)

    def begin(self) -> None:
        """Read the first file, or ask which ones."""
        if self._files:
            self._open()
        elif self._asks:
            self.action_do_files()

    # --- what it shows -----------------------------------------------------------------------------------------

    def show_file(self, found: Candidate) -> None:
        """Show a file that was read; one that is in the study already says so."""
        try:
            if found.made is not None:
                self.project.check_file(found.name, found.data)
        except QualbenchError as error:
            found = Candidate(found.name, found.data, found.answers, error=error)
        if self._now is None or self._now.data is not found.data:
            self._table.highlighted = None
            self._answered = []
        if self._answered[-1:] != [(found.answers, self._profile)]:
            self._answered.append((found.answers, self._profile))
        self._now, self._asks_to_leave = found, False
        self._draw()

    def read_again(self) -> None:
        """Show the file anew."""
        self._draw()

    def on_resize(self) -> None:
        """Fit the lines again."""
        if self.is_mounted:
            self._draw()

    def _draw(self) -> None:
        now = self._now
        if now is None:
            self._draw_none()
            return
        self._head(now.name)
        width = max(20, self.size.width - 4)  # a table that is too long has a scrollbar
        labels = self.project.participants_to_be([now.drafts])[0] if now.made is not None else ()
        heading, lines = views.lines_of(now, labels, width)
        self.query_one("#told", Static).update(views.summary(now))
        self.query_one("#columns", Static).update(heading)
        self._lines = {line.name: line for line in lines if line.kind}
        self._table.show_lines(
            [(line.name if line is self._lines.get(line.name) else "", line.content) for line in lines]
        )
        self.query_one("#turns", Static).update(views.first_turns(now, width))
        self.refresh_footer()

    def _head(self, name: str) -> None:
        profile = f"profile {self._profile.name}" if self._profile else ""
        self.head(f"{self._at + 1} of {len(self._files)}: {name}", profile, f"units by {self._rule}")

    def _draw_none(self) -> None:
        """No file is named, or the one that is next is still being read."""
        if self._files:
            self._head(self._files[self._at].name)
        else:
            self.head("no file yet")
        for id_, words in (("#told", "" if self._files else NO_FILES), ("#columns", ""), ("#turns", "")):
            self.query_one(id_, Static).update(words)
        self._table.show_lines([])
        self.refresh_footer()

    def allows(self, command: Command) -> bool:
        """Keys that would do nothing now are not there."""
        if not command.id.startswith("import."):
            return super().allows(command)
        if command.id == "import.files":
            return self._now is None and self._errand is None
        if self._now is None or self._errand is not None:
            return False
        return self._makes_sense(command.id) and super().allows(command)

    def _makes_sense(self, id_: str) -> bool:
        now = self._now
        assert now is not None
        if id_ in _OF_TRANSCRIPTS:
            # what no family or pattern fits can be answered otherwise
            return isinstance(now.made, Draft) or now.answers.finds or now.answers.one_speaker
        if id_ == "import.survey":
            return bool(now.columns)
        if id_ == "import.encoding":
            return bool(now.encodings) or any(draft.encoding for draft in now.drafts[:1])
        if id_ in _OF_A_LINE:
            line = self.under_bar
            return line is not None and line.kind in _OF_A_LINE[id_]
        if id_ == "import.undo":
            return len(self._answered) > 1
        return now.made is not None or id_ not in _OF_THE_READ

    # --- leaving ----------------------------------------------------------------------------------------------------

    def tell_progress(self, words: str) -> None:
        """What is being done stands where the file is summed up."""
        self.query_one("#told", Static).update(Content(f"{words} Escape stops it; nothing is sealed then."))

    def action_do_back(self) -> None:
        if not self.stop_reading():
            self._leave_or_ask()
            return
        if self._now is None:
            name = self._files[self._at].name.encode("utf-8", "replace").decode()
            self.show_file(Candidate(name, b"", self._first_answers, error=Stopped(name)))
        else:
            self._draw()
        self.say("Stopped; nothing was sealed.")

    def _leave_or_ask(self) -> None:
        """Answers are kept only in what is sealed, or in a profile."""
        if self.has_answers and not self._asks_to_leave:
            self._asks_to_leave = True
            self.say("Escape again leaves; your answers to this file are lost then. Enter seals it.", warning=True)
        else:
            super().action_do_back()

    # --- moving ------------------------------------------------------------------------------------------------

    def action_do_next(self) -> None:
        self._table.action_cursor_down()

    def action_do_previous(self) -> None:
        self._table.action_cursor_up()

    def action_do_page_down(self) -> None:
        self.query_one("#preview", VerticalScroll).scroll_page_down(animate=False)

    def action_do_page_up(self) -> None:
        self.query_one("#preview", VerticalScroll).scroll_page_up(animate=False)
