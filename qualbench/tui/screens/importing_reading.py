"""Reading files beside the screen: in a thread of its own, with words of progress, and Escape leaves nothing behind."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from pathlib import Path
from typing import Any, Generic, TypeVar

from textual.timer import Timer

from qualbench.errors import QualbenchError
from qualbench.model import SegmentRule
from qualbench.project.candidates import Candidate, load, look
from qualbench.project.intake import Incoming, incoming
from qualbench.steps.ingest import Answers
from qualbench.steps.ingest.profiles import Profile
from qualbench.text import shown
from qualbench.tui.screens.importing_answers import Answering

Result = TypeVar("Result")
Tell = Callable[[str], None]
"""Hears what is being done; what it raises stops the work."""

AT_ONCE = 0.2
"""Seconds in which most files are read: the screen waits so long, and keys typed ahead find what they are meant for."""
_LOOKS = 0.05


class Dropped(Exception):
    """Nobody waits for this work any more."""


class Errand(Generic[Result]):
    """Work in a thread of its own that touches no study; the program does not wait for it when it ends."""

    def __init__(self, words: str, work: Callable[[Tell], Result]) -> None:
        self.words = words
        self._dropped = False
        self._future: Future[Result] = Future()
        threading.Thread(target=self._run, args=(work,), daemon=True).start()

    def _run(self, work: Callable[[Tell], Result]) -> None:
        try:
            self._future.set_result(work(self._tell))
        except BaseException as error:  # noqa: BLE001 - the screen raises it again, in its own thread
            self._future.set_exception(error)

    def _tell(self, words: str) -> None:
        if self._dropped:
            raise Dropped
        self.words = words

    def drop(self) -> None:
        """Wait for it no longer."""
        self._dropped = True

    def is_done(self, patience: float = 0.0) -> bool:
        """Whether there is a result, or a fault, after so many seconds."""
        try:
            self._future.exception(patience)
        except NotYet:
            return False
        return True

    @property
    def result(self) -> Result:
        """What it gave, or the fault it raised."""
        return self._future.result()


class Reading(Answering):
    """An import screen that stays alive while it reads."""

    def __init__(self, rule: SegmentRule) -> None:
        super().__init__(rule)
        self._errand: Errand[Any] | None = None
        self._then: Callable[[Any], None] = lambda _: None
        self._clock: Timer | None = None

    def tell_progress(self, words: str) -> None:
        """Show what is being done."""
        raise NotImplementedError  # the screen knows where

    def _send(self, words: str, work: Callable[[Tell], Result], then: Callable[[Result], None]) -> None:
        """Do long work, and go on with its result."""
        self._errand, self._then = Errand(words, work), then
        if self._errand.is_done(AT_ONCE):
            self._come_back()
            return
        self.read_again()
        self.tell_progress(words)
        self._clock = self.set_interval(_LOOKS, self._look_for_it)

    def _look_for_it(self) -> None:
        if self._errand is None:
            return
        if self._errand.is_done():
            self._come_back()
        else:
            self.tell_progress(self._errand.words)

    def _come_back(self) -> None:
        errand, then = self._errand, self._then
        self._forget()
        if errand is None:
            return
        try:
            found = errand.result
        except QualbenchError as error:
            self.read_again()
            self.say(f"{error.message} {error.hint}".strip(), warning=True)
        else:
            then(found)

    def _forget(self) -> None:
        if self._clock is not None:
            self._clock.stop()
        self._errand = self._clock = None

    def stop_reading(self) -> bool:
        """Stop what is being done; whether there was anything."""
        if self._errand is None:
            return False
        self._errand.drop()
        self._forget()
        return True

    def on_unmount(self) -> None:
        """Whoever leaves the screen waits for nothing."""
        self.stop_reading()

    # --- what is read ------------------------------------------------------------------------------------------

    def read_file(self, path: Path, answers: Answers, then: Callable[[Candidate], None]) -> None:
        """Read a file by some answers."""
        profile = self._profile
        self._send(f"Reading {shown(path.name)}.", lambda _: looked(path, answers, profile), then)

    def look_again(self, answers: Answers) -> None:
        """Read the file by other answers, and show it."""
        now, profile = self._now, self._profile
        if now is not None:
            words = f"Reading {shown(now.name)} by these answers."
            self._send(words, lambda _: look(now.name, now.data, answers, profile), self.show_file)

    def show_file(self, found: Candidate) -> None:
        """Show a file that was read."""
        raise NotImplementedError  # likewise

    def cut_file(self, now: Candidate, then: Callable[[Sequence[Incoming]], None]) -> None:
        """Cut what a file makes into units."""
        made, rule = now.made, self._rule
        assert made is not None
        words = f"Cutting {shown(now.name)} by {rule}."
        self._send(words, lambda _: incoming(made, now.data, rule), then)

    def read_on(
        self, now: Candidate, rest: Sequence[Path], profile: Profile,
        then: Callable[[tuple[list[Sequence[Incoming]], Candidate | None]], None],
    ) -> None:  # fmt: skip
        """Read all that follow, up to one that is not as the profile expects; that one comes as the second."""
        rule, total = self._rule, len(rest) + 1

        def work(tell: Tell) -> tuple[list[Sequence[Incoming]], Candidate | None]:
            assert now.made is not None
            ready: list[Sequence[Incoming]] = [incoming(now.made, now.data, rule)]
            for number, path in enumerate(rest, start=2):
                tell(f"{number}/{total} read: {shown(path.name)}.")
                found = looked(path, profile.answers, profile)
                if found.made is None or found.departures:
                    return ready, found
                ready.append(incoming(found.made, found.data, rule))
            tell(f"{total}/{total} read.")
            return ready, None

        self._send(f"1/{total} read: {shown(now.name)}.", work, then)


def looked(path: Path, answers: Answers, profile: Profile | None) -> Candidate:
    """A file as it is read by some answers; one that can not be read says why."""
    try:
        name, data = load(path)
    except QualbenchError as error:
        return Candidate(path.name.encode("utf-8", "replace").decode(), b"", answers, error=error)
    return look(name, data, answers, profile)
