"""One key for each answer about a string: take it, keep it, put its kind or something else in its place."""

from __future__ import annotations

from collections.abc import Callable

from qualbench.errors import QualbenchError
from qualbench.project.deidentify.answers import give
from qualbench.project.deidentify.queue import Asked
from qualbench.steps.deidentify import generalised
from qualbench.tui.dialogs.choice import Choose
from qualbench.tui.dialogs.words import AskWords
from qualbench.tui.screens.deidentify_looking import LooksForNames


class AnswersStrings(LooksForNames):
    """The keys that answer; which string is asked about, the screen that inherits from this one knows."""

    @property
    def _asked(self) -> Asked | None:
        """The string that the next key answers for."""
        raise NotImplementedError  # each screen knows what it shows

    def _add(self, words: str | None) -> None:
        """Ask about a string that the program did not find."""
        raise NotImplementedError  # likewise

    def _give(self, action: str, replacement: str = "") -> None:
        asked = self._asked
        if asked is not None:
            self._do(lambda: give(self._review, asked, action, replacement))

    def _do(self, act: Callable[[], str]) -> None:
        """Answer; what speaks against it, or what can not be done, is said."""
        try:
            doubt = act()
        except QualbenchError as error:
            self.say(str(error), warning=True)
            return
        self.go_on()
        if doubt:
            self.say(doubt, warning=True)

    def action_do_take(self) -> None:
        self._give("take")

    def action_do_keep(self) -> None:
        self._give("keep")

    def action_do_redact(self) -> None:
        self._give("redact")

    def action_do_write(self) -> None:
        asked = self._asked
        if asked is None:
            return
        before = self._review.suggestion(asked).replacement

        def keep(words: str | None) -> None:
            if words and words.strip():
                self._do(lambda: give(self._review, asked, "replace", words.strip()))

        self.app.push_screen(AskWords(f"What stands for '{asked.text}' from now on?", before, one_line=True), keep)

    def action_do_generalise(self) -> None:
        asked = self._asked
        if asked is None:
            return
        options = generalised(asked.text, asked.candidate.kind)
        if len(options) == 1:
            self._give("generalise", options[0])
            return

        def keep(words: str | None) -> None:
            if words:
                self._do(lambda: give(self._review, asked, "generalise", words))

        self.app.push_screen(Choose(f"How much of '{asked.text}' may stay?", [(one, one) for one in options]), keep)

    def action_do_undo(self) -> None:
        def undo() -> str:
            return "" if self._review.undo() else "There is nothing of this session to undo."

        self._do(undo)

    def action_do_add(self) -> None:
        title = "What else must not stand in the texts? Write it as it stands there."
        self.app.push_screen(AskWords(title, one_line=True), self._add)
