"""The program in a real terminal: keys in, frames out, each with the moment it was complete.

A frame is complete at the end of its synchronised update. Textual draws on stderr and needs a controlling terminal:
without one an app whose reader is gone spins for ever.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

END = b"\x1b[?2026l"
ASKS_SYNC, HAS_SYNC = b"\x1b[?2026$p", b"\x1b[?2026;2$y"


class Pressed(NamedTuple):
    """What a key cost, in milliseconds."""

    first: float
    """Until the first frame after it was complete."""
    settled: float
    """Until the last one was."""
    waited: float
    """How long the threads that draw stood in the run queue meanwhile: the other programs' share."""

    @property
    def clean(self) -> float:
        """Until the first frame, on a machine of one's own."""
        return max(0.0, self.first - self.waited)


DRAWING = 3
"""The oldest threads of an app: the app itself, the reader of its keys and the writer of its frames."""


class Terminal:
    """A terminal of 120 by 40 with one program in it; use it as a context manager.

    Meanwhile this program goes before others, where it may: a frame must not wait for whoever takes its time.
    """

    def __init__(self, *words: str | Path, columns: int = 120, lines: int = 40) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        environment = dict(os.environ, TERM="xterm-256color", COLORTERM="truecolor")
        self._drawn = b""
        self._frames: list[float] = []
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            [str(word) for word in words],
            stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True,
            preexec_fn=_begin_as_any_other,
        )  # fmt: skip
        os.close(slave)

    def __enter__(self) -> Self:
        self._nice = os.getpriority(os.PRIO_PROCESS, 0)
        _be_nice(-15)
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        _be_nice(self._nice)
        self.process.kill()
        self.process.wait()
        os.close(self._master)

    def _pump(self, patience: float) -> bool:
        """Take in what was drawn; False when nothing came."""
        if not select.select([self._master], [], [], patience)[0]:
            return False
        try:
            data = os.read(self._master, 1 << 16)
        except OSError as error:
            raise RuntimeError(f"the program ended: {self.last_words()}") from error
        now = time.perf_counter()
        if ASKS_SYNC in data:
            os.write(self._master, HAS_SYNC)
        before = len(self._drawn)
        self._drawn += data
        self._frames += [now] * self._drawn.count(END, max(0, before - len(END) + 1))
        return True

    def until(self, words: str, patience: float) -> float | None:
        """The moment at which the first frame with these words was complete; None when it did not come in time."""
        wanted = re.compile(words.encode() + b".*?" + re.escape(END), re.DOTALL)
        end = time.perf_counter() + patience
        while time.perf_counter() < end:
            if self._pump(0.2) and wanted.search(self._drawn):
                return self._frames[-1]
        return None

    def quiet(self, gap: float, patience: float = 30) -> None:
        """Wait until nothing was drawn for `gap` seconds."""
        end = time.perf_counter() + patience
        while time.perf_counter() < end and self._pump(gap):
            pass

    def send(self, keys: str) -> float:
        """Type; answers with the moment. What was drawn before is forgotten."""
        self._drawn = b""
        self._frames.clear()
        now = time.perf_counter()
        os.write(self._master, keys.encode())
        return now

    def press(self, key: str, patience: float = 60) -> Pressed:
        """Press one key and wait for its frames."""
        waited = self._waited()
        return self._frames_after(self.send(key), waited, patience)

    def _frames_after(self, start: float, waited: float, patience: float) -> Pressed:
        while not self._frames:
            self._pump(0.5)
            if time.perf_counter() - start > patience:
                raise RuntimeError(f"no frame within {patience:.0f} s of a key")
        first = (self._frames[0] - start) * 1e3
        waited = self._waited() - waited
        self.quiet(0.04)
        return Pressed(first, (self._frames[-1] - start) * 1e3, waited)

    def resize(self, columns: int, lines: int) -> Pressed:
        """Make the window another size and wait for the frames that follow."""
        waited, start = self._waited(), self.send("")
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        return self._frames_after(start, waited, 5)

    def _waited(self) -> float:
        """Milliseconds the threads that draw waited for a processor so far; 0 where the system does not say."""
        total = 0
        with suppress(OSError):
            tasks = sorted(Path(f"/proc/{self.process.pid}/task").iterdir(), key=lambda task: int(task.name))
            for task in tasks[:DRAWING]:
                with suppress(OSError):
                    total += int((task / "schedstat").read_text().split()[1])
        return total / 1e6

    def peak_megabytes(self) -> float | None:
        """The program's peak of memory so far; None where the system does not say."""
        with suppress(OSError):
            for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
                if line.startswith("VmHWM"):
                    return int(line.split()[1]) * 1024 / 1e6
        return None

    def last_words(self) -> str:
        """The end of what was drawn, as text."""
        plain = re.sub(rb"\x1b\[[0-9;?<>=]*[ -/]*[@-~]|\x1b.", b" ", self._drawn).decode(errors="replace")
        return " ".join(plain.split())[-300:]


def _begin_as_any_other() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    _be_nice(0)


def _be_nice(nice: int) -> None:
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, 0, nice)


def turn_about(screens: Sequence[Terminal], key: str, before: str, times: int) -> list[list[Pressed]]:
    """The same key on several screens, turn about, so that the machine's moods fall on all of them alike."""
    pressed: list[list[Pressed]] = [[] for _ in screens]
    for _ in range(times):
        for screen, series in zip(screens, pressed, strict=True):
            if before:
                screen.press(before)
            series.append(screen.press(key))
    return pressed
