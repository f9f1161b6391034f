"""Before the queue: the names a team knows are asked for, then a pipeline looks for more, in a thread."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content
from textual.widgets import Static
from textual.worker import Worker, get_current_worker

from qualbench.errors import QualbenchError
from qualbench.project.deidentify.known_names import LINES, known_names, lines_of
from qualbench.project.deidentify.queue import look
from qualbench.project.deidentify.review import Review
from qualbench.project.deidentify.sealing import Ending
from qualbench.steps.deidentify.language import NoLanguageModel
from qualbench.text import counted
from qualbench.tui.dialogs.words import AskWords
from qualbench.tui.screens.step import StepScreen


@dataclass(frozen=True, slots=True)
class NamedFiles:
    """What the screen works on: the review of some files, and what is done with them in the end."""

    review: Review
    ending: Ending


class Dropped(Exception):
    """Nobody waits for this work any more."""


class LooksForNames(StepScreen):
    """A screen that knows every name it can before it shows the first one."""

    STEP = "deidentify"

    def __init__(self) -> None:
        super().__init__()
        self._named_files: NamedFiles | None = None
        self._search: Worker[None] | None = None

    @property
    def _review(self) -> Review:
        assert self._named_files is not None, "no command is allowed without files"
        return self._named_files.review

    def go_on(self) -> None:
        """Show what comes next, now that the names are looked for."""
        raise NotImplementedError  # each screen knows what it shows

    def begin(self) -> None:
        """The team knows its names best: they are asked for first."""
        if self._named_files is None:
            return
        title = "Which names do you know: people, places, agencies? The program can not know them all."
        self.app.push_screen(AskWords(title, lines_of(self._review.known), hint=f"{LINES}."), self._named)

    def _named(self, words: str | None) -> None:
        try:
            if words is not None:
                self._review.name_known(known_names(words))
        except QualbenchError as error:
            self.say(str(error), warning=True)
        self._search = self.run_worker(self._look, thread=True, exclusive=True, group="names")

    def _look(self) -> None:
        """In a thread, and nothing but thinking: the study and the vault are not touched."""
        worker, review, told = get_current_worker(), self._review, -1

        def hear(number: int) -> None:
            nonlocal told
            if worker.is_cancelled:
                raise Dropped
            if number != told:
                told = number
                self.app.call_from_thread(self._tell_progress, number)

        problem = ""
        try:
            review.take_entities(look(review.drafts, hear))
        except NoLanguageModel as error:
            problem = str(error)
        except Dropped:
            return
        ready = (review.queue, review.offered)
        if not worker.is_cancelled and ready:
            self.app.call_from_thread(self._found, problem)

    def _tell_progress(self, number: int) -> None:
        texts = counted(len(self._review.drafts), "text")
        words = f"Looking for names: {number + 1} of {texts}. Escape stops it; nothing is left behind."
        self.query_one("#told", Static).update(Content(words))

    def _found(self, problem: str) -> None:
        self.go_on()
        clashes = ", ".join(self._review.clashes())
        if problem or clashes:
            care = f"Pseudonyms that are words of these texts: {clashes}." if clashes else ""
            self.say(f"{problem} {care}".strip(), warning=bool(clashes))
