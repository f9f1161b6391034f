"""Keeping in touch with the hub while somebody works, in a thread and with a connection to the study of its own.

What everybody may see goes to the hub at once, private work when its author rests, and whatever comes is taken in when
the hub rings. The screens never wait for the hub, and nothing is asked of anybody.
"""

from __future__ import annotations

import os
import select
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from qualbench.errors import QualbenchError
from qualbench.model import Changes
from qualbench.project.base import _stamp
from qualbench.project.synced import Synced

if TYPE_CHECKING:
    from qualbench.hub import Link
    from qualbench.project.gates import Gated

T = TypeVar("T")

RESTS, LONGEST = 1.0, 5.0
"""Seconds without a key after which private work is given, and how long it waits at most."""
LOOKS = 60.0
"""Seconds after which the hub is looked at although it did not ring."""
RETRIES = (5.0, 10.0, 20.0, 40.0, 80.0, 160.0, 300.0)
"""Seconds between attempts to reach a hub that is away."""


class Touch(StrEnum):
    """How a study stands to its hub at this moment."""

    REACHING = "reaching"
    IN_TOUCH = "in touch"
    AWAY = "away"
    ASKS = "asks for a password"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class News:
    """What the courier has to tell."""

    touch: Touch
    why: str = ""
    """Why the hub is away, or why nothing more is given and taken; a sentence."""
    synced: Synced | None = None
    """What a meeting brought."""
    since: str = ""
    """From when on it has stood so, as a time stamp."""

    @property
    def needs(self) -> str:
        """What waits for a person, in a few words; a hub that is away waits for nobody."""
        if self.touch is Touch.ASKS:
            return "the hub asks for your password"
        if self.touch is Touch.STOPPED:
            return "the hub stopped"
        refused = self.synced.refused if self.synced is not None else ()
        return f"the hub refused {len(refused)}" if refused else ""


@dataclass(frozen=True, slots=True)
class _Job:
    """Something that was asked for and needs the hub."""

    act: Callable[[Gated, Link], Any]
    then: Callable[[Any], object]


class Courier:
    """Gives and takes in the background; `told` is called in its thread."""

    def __init__(self, study: Gated, told: Callable[[News], None]) -> None:
        self._study, self._told = study, told
        self._password = ""
        self._bell = _Bell()
        self._due = self._latest = 0.0
        self._at_once = self._asked = self._ending = False
        self._failed, self._met = 0, 0.0
        self._jobs: deque[_Job] = deque()
        self._last = News(Touch.REACHING)
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True)

    # --- what the screens say ------------------------------------------------------------------------------------

    def start(self) -> None:
        """Reach the hub, and stay in touch."""
        self._thread.start()

    def wrote(self, changes: Changes) -> None:
        """Something was written here: what is shared goes at once, the rest when nothing more came for a while."""
        from qualbench.hub.rights import PRIVATE

        now = time.monotonic()
        if not changes.kinds <= PRIVATE:
            self._at_once = True
            self._bell.ring()
        elif self._due:
            self._due = min(now + RESTS, self._latest)
        else:
            self._due, self._latest = now + RESTS, now + LONGEST
            self._bell.ring()

    def meet(self, password: str = "") -> None:
        """Give and take now, with this password from now on."""
        self._password = password or self._password
        self._asked = True
        self._bell.ring()

    def ask(self, act: Callable[[Gated, Link], T], then: Callable[[T | QualbenchError], object]) -> None:
        """Have something done on the hub, between two meetings; `then` gets the answer in the courier's thread.

        It is done on the courier's own study. Where the hub is away, or refuses, the answer is the error.
        """
        self._jobs.append(_Job(act, then))
        self._asked = True
        self._bell.ring()

    def stop(self, patience: float) -> bool:
        """Meet once more, and end; whether all of it was done within so many seconds."""
        self._ending = True
        self._bell.ring()
        self._thread.join(patience)
        return not self._thread.is_alive()

    # --- the thread ----------------------------------------------------------------------------------------------

    def _run(self) -> None:
        self._tell(News(Touch.REACHING))
        while not self._ending:
            self._asked = False
            news = self._kept_in_touch()
            while self._jobs:
                self._jobs.popleft().then(QualbenchError(news.why))
            if not self._ending:
                self._tell(news)
                self._failed += 1
                away = news.touch is Touch.AWAY
                self._wait(RETRIES[min(self._failed, len(RETRIES)) - 1] if away else float("inf"))

    def _tell(self, news: News) -> None:
        """Tell how it stands, and since when: an attempt that failed again is not a new absence."""
        is_as_before = news.touch is self._last.touch and self._last.since
        self._last = replace(news, since=self._last.since if is_as_before else _stamp(self._study.clock()))
        self._told(self._last)

    def _wait(self, seconds: float) -> None:
        """Until it is time to try again, or somebody asks for it."""
        until = time.monotonic() + seconds
        while not (self._asked or self._ending) and (left := until - time.monotonic()) > 0:
            self._bell.heard(min(left, threading.TIMEOUT_MAX))

    def _kept_in_touch(self) -> News:
        """Serve until something is in the way; what it was."""
        from qualbench import hub

        try:
            with self._own_study() as study, hub.reach(study.hub_address(), self._password) as link:
                self._serve(study, link)
        except hub.WantsPassword as error:
            return News(Touch.ASKS, error.message)
        except hub.HubAway as error:
            return News(Touch.AWAY, error.message)
        except QualbenchError as error:
            return News(Touch.STOPPED, f"{error.message} {error.hint}".strip())
        except Exception as error:  # noqa: BLE001 - coding goes on whatever is wrong with the hub
            return News(Touch.STOPPED, f"A fault of the program ended it ({type(error).__name__}).")
        return News(Touch.AWAY)

    def _own_study(self) -> Gated:
        """The same study once more: the lock is held by whoever works, and a connection belongs to one thread."""
        study = self._study
        return type(study)(study.folder, study.viewer, write=True, clock=study.clock)

    def _serve(self, study: Gated, link: Link) -> None:
        link.listen()
        self._meet(study, link)
        while not self._ending:
            rang = link.rest(self._bell.reader, self._next() - time.monotonic())
            self._bell.heard(0)
            if self._at_once:
                self._at_once = False
                study.give(link)
            if rang:
                self._tell(News(Touch.IN_TOUCH, synced=study.take(link)))
            if rang or self._asked or time.monotonic() >= self._next():
                self._meet(study, link)
        self._meet(study, link)

    def _next(self) -> float:
        """When the hub is met again if nothing else happens."""
        looks = self._met + LOOKS
        return min(self._due, looks) if self._due else looks

    def _meet(self, study: Gated, link: Link) -> None:
        self._asked, self._due = False, 0.0
        asked = len(self._jobs)  # what is asked for meanwhile waits for the next meeting, which gives its work first
        study.look_again()  # others write to it, beside this object
        synced = study.meet(link)
        self._met, self._failed = time.monotonic(), 0
        self._tell(News(Touch.IN_TOUCH, synced=synced))
        if asked:
            self._do(self._jobs[0], study, link)
            self._meet(study, link)

    def _do(self, job: _Job, study: Gated, link: Link) -> None:
        """What the hub answers; when the line is cut, everybody who waits is told."""
        from qualbench.hub import HubAway

        try:
            answer = job.act(study, link)
        except HubAway:
            raise
        except QualbenchError as error:
            answer = error
        self._jobs.popleft()
        job.then(answer)


class _Bell:
    """Something that a thread can wait for together with a line to the hub."""

    def __init__(self) -> None:
        self.reader, self._writer = os.pipe()
        os.set_blocking(self.reader, False)
        os.set_blocking(self._writer, False)

    def ring(self) -> None:
        with suppress(BlockingIOError):  # it rings already
            os.write(self._writer, b"!")

    def heard(self, seconds: float) -> None:
        """Wait for a ring, so long at most."""
        if select.select([self.reader], [], [], seconds)[0]:
            os.read(self.reader, 4096)

    def __del__(self) -> None:
        os.close(self.reader)
        os.close(self._writer)
