"""Import: each file as it would become a transcript, answered and sealed one by one, or all that are alike at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from qualbench.errors import QualbenchError, UnreadableFile
from qualbench.model import Changes, SegmentRule
from qualbench.project.candidates import Candidate, files_at
from qualbench.project.intake import Incoming
from qualbench.steps.ingest import AS_FOUND, Answers, Draft
from qualbench.steps.ingest.profiles import profile_of
from qualbench.text import counted
from qualbench.tui.commands import Command
from qualbench.tui.dialogs.words import AskWords
from qualbench.tui.screens import importing_views as views
from qualbench.tui.screens.importing_reading import Reading
from qualbench.tui.screens.importing_views import Line
from qualbench.tui.widgets.lines import Lines

_OF_TRANSCRIPTS = frozenset(f"import.{name}" for name in ("family", "pattern", "one", "front"))
_OF_THE_READ = frozenset(f"import.{name}" for name in ("all", "save", "merge", "speaker", "warnings"))


NO_FILES = "No files are named yet: press i and say which."


class Stopped(UnreadableFile):
    """Somebody did not wait for a file."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "it was not read to its end. Enter reads it again, n leaves it out.")


class Import(Reading):
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
        super().__init__(rule)
        self._asks = asks
        self._files = tuple(files)
        self._at = 0
        self._first_answers = answers
        self._sealed = self._skipped = 0
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

    # --- which file --------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Read the first file, or ask which ones."""
        if self._files:
            self._open()
        elif self._asks:
            self.action_do_files()

    def action_do_files(self) -> None:
        hint = "A file, a folder, or a pattern such as ~/interviews/*.docx."
        self.app.push_screen(AskWords("Import which files?", one_line=True, hint=hint), self._named)

    def _named(self, words: str | None) -> None:
        try:
            found = files_at(words or "")
        except (OSError, RuntimeError, ValueError):
            found = ()
        if found:
            self._files, self._at = found, 0
            self._open()
        elif words:
            self.say("There is no such file.", warning=True)
        elif not self._files:
            self._leave("")

    def _open(self) -> None:
        """Read the file that is next; after the last one, leave."""
        if self._at >= len(self._files):
            self._leave(f"{counted(self._sealed, 'transcript')} sealed, {counted(self._skipped, 'file')} skipped.")
            return
        self._now = None
        answers = self._profile.answers if self._profile else self._first_answers
        self.read_file(self._files[self._at], answers, self._opened)

    def _opened(self, found: Candidate) -> None:
        self.show_file(found)
        if self._now is not None and self._now.columns and self._answers.survey is None:
            self.action_do_survey()

    def _leave(self, words: str) -> None:
        self.app.pop_screen()
        if words:
            self.workplace.tell(words)

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
        self._now = found
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
        if id_ == "import.role":
            return bool(now.columns or now.drafts)
        return now.made is not None or id_ not in _OF_THE_READ

    # --- sealing -----------------------------------------------------------------------------------------------

    def action_do_seal(self) -> None:
        if self._take_encoding():
            return
        now = self._now
        if now is not None and isinstance(now.error, Stopped):
            self._open()
        elif now is None or now.made is None:
            self.say("This can not be sealed as it is: answer what is asked, or press n to skip it.", warning=True)
        else:
            self.cut_file(now, self._seal_one)

    def _seal_one(self, file: Sequence[Incoming]) -> None:
        if self._seal([file]):
            self._at += 1
            self._open()
        else:
            self._draw()

    def _seal(self, files: Sequence[Sequence[Incoming]]) -> bool:
        def act() -> Changes:
            if not self._sealed:
                self.project.back_up("before-import")
            self._sealed += len(self.project.take_in(files))
            return Changes(frozenset({"study"}), frozenset({"transcript_imported"}))

        return bool(self.write(act))

    def action_do_skip(self) -> None:
        if self._files:
            self._skipped += 1
            self._at += 1
            self._open()

    def action_do_all(self) -> None:
        """Seal this one and all that follow, up to one that is not as the profile expects."""
        now = self._now
        if now is None or now.made is None:
            return
        profile = self._profile or profile_of("the file before", now.drafts[0], now.answers)
        self.read_on(now, self._files[self._at + 1 :], profile, self._read_all)

    def tell_progress(self, words: str) -> None:
        """What is being done stands where the file is summed up."""
        self.query_one("#told", Static).update(Content(f"{words} Escape stops it; nothing is sealed then."))

    def _read_all(self, read: tuple[Sequence[Sequence[Incoming]], Candidate | None]) -> None:
        """All were read that are alike: they are sealed as one step, and the one that is not is shown."""
        ready, stopped = read
        new = self.project.new_among(ready)
        if not self._seal(ready[:new]):
            self._draw()
            return
        self._at += new
        if stopped is None or new < len(ready):
            self._open()
            return
        self.show_file(stopped)
        self.say(f"{counted(new, 'file')} sealed. This one is not like them: look at it.")

    def action_do_back(self) -> None:
        if not self.stop_reading():
            super().action_do_back()
            return
        if self._now is None:
            name = self._files[self._at].name.encode("utf-8", "replace").decode()
            self.show_file(Candidate(name, b"", self._first_answers, error=Stopped(name)))
        else:
            self._draw()
        self.say("Stopped; nothing was sealed.")

    # --- moving ------------------------------------------------------------------------------------------------

    def action_do_next(self) -> None:
        self._table.action_cursor_down()

    def action_do_previous(self) -> None:
        self._table.action_cursor_up()

    def action_do_page_down(self) -> None:
        self.query_one("#preview", VerticalScroll).scroll_page_down(animate=False)

    def action_do_page_up(self) -> None:
        self.query_one("#preview", VerticalScroll).scroll_page_up(animate=False)
