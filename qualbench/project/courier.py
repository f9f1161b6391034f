"""Keeping in touch with the hub while somebody works, in a thread and with a connection to the study of its own.

What everybody may see goes to the hub at once, private work when its author rests, and whatever comes is taken in when
the hub rings. The screens never wait for the hub, and nothing is asked of anybody.
"""

from __future__ import annotations

import os
import select
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from qualbench.errors import QualbenchError
from qualbench.model import Changes
from qualbench.project.synced import Synced

if TYPE_CHECKING:
    from qualbench.hub import Link
    from qualbench.project.hubbed import Hubbed

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


class Courier:
    """Gives and takes in the background; `told` is called in its thread."""

    def __init__(self, study: Hubbed, told: Callable[[News], None]) -> None:
        self._study, self._told = study, told
        self._password = ""
        self._bell = _Bell()
        self._due = self._latest = 0.0
        self._at_once = self._asked = self._ending = False
        self._failed, self._met = 0, 0.0
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

    def stop(self, patience: float) -> bool:
        """Meet once more, and end; whether all of it was done within so many seconds."""
        self._ending = True
        self._bell.ring()
        self._thread.join(patience)
        return not self._thread.is_alive()

    # --- the thread ----------------------------------------------------------------------------------------------

    def _run(self) -> None:
        self._told(News(Touch.REACHING))
        while not self._ending:
            news = self._kept_in_touch()
            if not self._ending:
                self._told(news)
                self._failed += 1
                away = news.touch is Touch.AWAY
                self._wait(RETRIES[min(self._failed, len(RETRIES)) - 1] if away else float("inf"))

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

    def _own_study(self) -> Hubbed:
        """The same study once more: the lock is held by whoever works, and a connection belongs to one thread."""
        study = self._study
        return type(study)(study.folder, study.viewer, write=True, clock=study.clock)

    def _serve(self, study: Hubbed, link: Link) -> None:
        link.listen()
        self._meet(study, link)
        while not self._ending:
            rang = link.rest(self._bell.reader, self._next() - time.monotonic())
            self._bell.heard(0)
            if self._at_once:
                self._at_once = False
                study.give(link)
            if rang or self._asked or time.monotonic() >= self._next():
                self._meet(study, link)
        self._meet(study, link)

    def _next(self) -> float:
        """When the hub is met again if nothing else happens."""
        looks = self._met + LOOKS
        return min(self._due, looks) if self._due else looks

    def _meet(self, study: Hubbed, link: Link) -> None:
        self._asked, self._due = False, 0.0
        synced = study.meet(link)
        self._met, self._failed = time.monotonic(), 0
        self._told(News(Touch.IN_TOUCH, synced=synced))


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
