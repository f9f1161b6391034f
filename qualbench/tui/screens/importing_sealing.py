"""Which files are imported, one after the other, and how they are sealed: one by one, or all that are alike at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qualbench.errors import UnreadableFile
from qualbench.model import Changes, SegmentRule
from qualbench.project.candidates import Candidate, files_at, passed_over
from qualbench.project.intake import Incoming
from qualbench.steps.ingest import Answers
from qualbench.steps.ingest.profiles import profile_of
from qualbench.text import counted
from qualbench.tui.dialogs.words import AskWords
from qualbench.tui.screens import importing_views as views
from qualbench.tui.screens.importing_reading import Reading


class Stopped(UnreadableFile):
    """Somebody did not wait for a file."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "it was not read to its end. Enter reads it again, n leaves it out.")


class Sealing(Reading):
    """The files, the one that is looked at, and what became of those before."""

    def __init__(self, files: Sequence[Path], answers: Answers, rule: SegmentRule) -> None:
        super().__init__(rule)
        self._files = tuple(files)
        self._at = 0
        self._first_answers = answers
        self._sealed = self._skipped = 0
        self._unread = ""
        """What is said of the files that no reader is for."""

    # --- which file --------------------------------------------------------------------------------------------

    def action_do_files(self) -> None:
        hint = "A file, a folder, or a pattern such as ~/interviews/*.docx."
        self.app.push_screen(AskWords("Import which files?", one_line=True, hint=hint), self._named)

    def _named(self, words: str | None) -> None:
        try:
            found, others = files_at(words or ""), passed_over(words or "")
        except (OSError, RuntimeError, ValueError):
            found = others = ()
        self._unread = views.unread(others)
        if found:
            self._files, self._at = found, 0
            self._open()
            if self._unread:
                self.say(self._unread)
        elif words:
            self.say(self._unread or "There is no such file.", warning=True)
        elif not self._files:
            self._leave("")

    def _open(self) -> None:
        """Read the file that is next; after the last one, leave."""
        if self._at >= len(self._files):
            sealed, skipped = counted(self._sealed, "transcript"), counted(self._skipped, "file")
            self._leave(f"{sealed} sealed, {skipped} skipped. {self._unread}".strip())
            return
        self._now = None
        answers = self._profile.answers if self._profile else self._first_answers
        self.read_file(self._files[self._at], answers, self._opened)

    def _opened(self, found: Candidate) -> None:
        self.show_file(found)
        if self._now is not None and self._now.columns and self._answers.survey is None:
            self.action_do_survey()

    def action_do_skip(self) -> None:
        if self._files:
            self._skipped += 1
            self._at += 1
            self._open()

    def _leave(self, words: str) -> None:
        self.app.pop_screen()
        if words:
            self.workplace.tell(words)

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
            self.read_again()

    def _seal(self, files: Sequence[Sequence[Incoming]]) -> bool:
        def act() -> Changes:
            if not self._sealed:
                self.project.back_up("before-import")
            self._sealed += len(self.project.take_in(files))
            return Changes(frozenset({"study"}), frozenset({"transcript_imported"}))

        return bool(self.write(act))

    def action_do_all(self) -> None:
        """Seal this one and all that follow, up to one that is not as the profile expects."""
        now = self._now
        if now is None or now.made is None:
            return
        profile = self._profile or profile_of("the file before", now.drafts[0], now.answers)
        self.read_on(now, self._files[self._at + 1 :], profile, self._read_all)

    def _read_all(self, read: tuple[Sequence[Sequence[Incoming]], Candidate | None]) -> None:
        """All were read that are alike: they are sealed as one step, and the one that is not is shown."""
        ready, stopped = read
        new = self.project.new_among(ready)
        if not self._seal(ready[:new]):
            self.read_again()
            return
        self._at += new
        if stopped is None or new < len(ready):
            self._open()
            return
        self.show_file(stopped)
        self.say(f"{counted(new, 'file')} sealed. This one is not like them: look at it.")
