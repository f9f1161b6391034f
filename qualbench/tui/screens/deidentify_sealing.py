"""The end of de-identifying on the screen: texts are made ready in a thread, and go in as one step or not at all."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static
from textual.worker import Worker, get_current_worker

from qualbench.errors import QualbenchError
from qualbench.events import Deidentified
from qualbench.model import Changes
from qualbench.project.deidentify.sealing import Prepared, done, finish, prepare
from qualbench.text import counted
from qualbench.tui.screens.deidentify_answers import AnswersStrings
from qualbench.tui.screens.deidentify_looking import Dropped


class SealsTexts(AnswersStrings):
    """A screen that seals what was read, or writes it."""

    def __init__(self) -> None:
        super().__init__()
        self._making: Worker[None] | None = None

    @property
    def _result(self) -> str:
        """What becomes of the texts, in a word."""
        return "imported" if self._named_files is None or self._named_files.ending.to is None else "written"

    def action_do_import(self) -> None:
        if self._named_files is not None and self._making is None:
            self._tell_made(0)
            self._making = self.run_worker(self._make, thread=True, exclusive=True, group="sealing")
            self.refresh_footer()

    def _make(self) -> None:
        """In a thread, and nothing but thinking: the study and the vault are not touched."""
        worker, task = get_current_worker(), self._named_files
        assert task is not None

        def hear(number: int, _: str) -> None:
            if worker.is_cancelled:
                raise Dropped
            self.app.call_from_thread(self._tell_made, number)

        try:
            made = prepare(task.review, task.ending, tell=hear)
        except Dropped:
            return
        except QualbenchError as error:
            self.app.call_from_thread(self._not_made, str(error))
            return
        if not worker.is_cancelled:
            self.app.call_from_thread(self._made, made)

    def _tell_made(self, number: int) -> None:
        total = counted(len(self._review.made), "file")
        words = f"Names are taken out: {number} of {total}. Escape stops it; nothing is {self._result} then."
        self.query_one("#told", Static).update(Content(words))

    def _not_made(self, words: str) -> None:
        self._making = None
        self.read_again()
        self.say(words, warning=True)

    def _made(self, made: Prepared) -> None:
        """All texts are ready: now they go in, all or none."""
        task = self._named_files
        if self._making is None or task is None:
            return
        try:
            names = finish(made, self.project, task.ending)
        except QualbenchError as error:
            self._not_made(str(error))
            return
        self._making = None
        self._named_files = None
        self.app.pop_screen()
        self.workplace.changed.publish(Changes(kinds=frozenset({Deidentified.KIND})))
        self.workplace.tell(f"{done(names, task.ending.to)} {task.review.statement()}")

    def _stop_making(self) -> bool:
        """Stop before anything is sealed; whether there was anything to stop."""
        if self._making is None:
            return False
        self._making.cancel()
        self._making = None
        return True
