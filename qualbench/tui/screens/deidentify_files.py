"""Before the names: each file is looked at and answered as for a plain import, and then goes on to its names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from textual.content import Content
from textual.widgets import Static

from qualbench.errors import QualbenchError
from qualbench.model import SegmentRule
from qualbench.project.candidates import Candidate, check_batch
from qualbench.steps.ingest import Answers
from qualbench.steps.ingest.profiles import Profile, profile_of
from qualbench.text import counted, shown
from qualbench.tui.commands import EVERYWHERE, Command
from qualbench.tui.commands.material import IMPORT
from qualbench.tui.screens.deidentify import Deidentify
from qualbench.tui.screens.deidentify_looking import NamedFiles
from qualbench.tui.screens.importing import Import
from qualbench.tui.screens.importing_reading import Tell, looked
from qualbench.tui.screens.importing_sealing import Stopped

Named = Callable[[Sequence[Candidate], SegmentRule], NamedFiles]
"""Makes the review of the files that were taken."""

_OTHER_WORDS = {
    "import.seal": ("Take", "Take this file as shown, and go to the next one; nothing is sealed yet."),
    "import.all": ("Take all", "Take this file and all that follow like it."),
}
_NOT_HERE = frozenset({"import.save", "import.files"})
"""A profile keeps the labels of speakers, and these may be names that the study must not learn."""


def _commands() -> tuple[Command, ...]:
    kept = [one for one in IMPORT if one.id not in _NOT_HERE]
    words = {one.id: _OTHER_WORDS.get(one.id, (one.label, one.sentence)) for one in kept}
    return tuple(replace(one, label=words[one.id][0], sentence=words[one.id][1], writes=False) for one in kept)


COMMANDS = (*_commands(), *EVERYWHERE)


class ReadsFiles(Import):
    """The screen of import, whose files go on to the names instead of into the study."""

    TITLE_WORDS = "Names"

    def __init__(
        self, files: Sequence[Path], answers: Answers, rule: SegmentRule, named: Named, *,
        profile: Profile | None = None,
    ) -> None:  # fmt: skip
        super().__init__(files, answers, rule)
        self._make_named = named
        self._profile = profile
        self._goes_on = profile is not None
        self._taken: list[Candidate] = []

    @property
    def commands(self) -> Sequence[Command]:
        """Those of import, without what would seal anything."""
        return COMMANDS

    def show_file(self, found: Candidate) -> None:
        """Show a file; one that was taken already says so, and by a profile all are read that fit it."""
        try:
            check_batch(found, self._taken if found.made is not None else ())
        except QualbenchError as error:
            found = Candidate(found.name, found.data, found.answers, error=error)
        super().show_file(found)
        goes_on, self._goes_on = self._goes_on, False
        if goes_on and found.made is not None and not found.departures:
            self.action_do_all()

    # --- taking ------------------------------------------------------------------------------------------------

    def action_do_seal(self) -> None:
        if self._take_encoding():
            return
        now = self._now
        if now is not None and isinstance(now.error, Stopped):
            self._open()
        elif now is None or now.made is None:
            self.say("This can not be read as it is: answer what is asked, or press n to skip it.", warning=True)
        else:
            self._take([now], None)

    def action_do_all(self) -> None:
        """Take this one and all that follow, up to one that is not as the profile expects."""
        now = self._now
        if now is None or now.made is None:
            return
        profile = self._profile or profile_of("the file before", now.drafts[0], now.answers)
        rest, total = self._files[self._at + 1 :], len(self._files)

        def work(tell: Tell) -> tuple[list[Candidate], Candidate | None]:
            alike = [now]
            for number, path in enumerate(rest, start=self._at + 2):
                tell(f"{number}/{total} read: {shown(path.name)}.")
                found = looked(path, profile.answers, profile)
                if found.made is None or found.departures:
                    return alike, found
                alike.append(found)
            tell(f"{total}/{total} read.")
            return alike, None

        self._send(f"{self._at + 1}/{total} read: {shown(now.name)}.", work, lambda read: self._take(*read))

    def _take(self, alike: Sequence[Candidate], stopped: Candidate | None) -> None:
        """These belong to the batch, up to one that stands twice; then comes the one that is not like them."""
        for number, one in enumerate(alike):
            try:
                check_batch(one, self._taken)
                self.project.check_file(one.name, one.data)
            except QualbenchError:
                self._at += number
                self.show_file(one)
                return
            self._taken.append(one)
        self._at += len(alike)
        if stopped is None:
            self._open()
            return
        self.show_file(stopped)
        self.say(f"{counted(len(alike), 'file')} taken. This one is not like them: look at it.")

    def tell_progress(self, words: str) -> None:
        """What is being done stands where the file is summed up."""
        self.query_one("#told", Static).update(Content(f"{words} Escape stops it; nothing is taken then."))

    def _leave_or_ask(self) -> None:
        """What was taken is kept nowhere yet."""
        if (self.has_answers or self._taken) and not self._asks_to_leave:
            self._asks_to_leave = True
            self.say(
                "Escape again leaves, and nothing is kept of the files so far. Enter takes this one.", warning=True
            )
        else:
            self._asks_to_leave = True
            super()._leave_or_ask()

    def _leave(self, words: str) -> None:  # noqa: ARG002 - what was taken counts here, and not what was sealed
        """After the last file the names come, if any file was taken."""
        if not self._taken:
            super()._leave("No file was taken, so there is nothing to de-identify.")
            return
        try:
            named = self._make_named(self._taken, self._rule)
        except QualbenchError as error:
            super()._leave(f"{error.message} {error.hint}".strip())
            return
        self.app.switch_screen(Deidentify(named))
