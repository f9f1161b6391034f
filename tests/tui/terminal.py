"""The real program in a real pseudo-terminal: what a person types, and every byte the terminal gets."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path

PATIENCE = 90.0
"""Seconds of waiting for something that comes; no test waits so long unless it fails."""


class Terminal:
    """The program on a terminal of its own; `seen` is all it ever wrote."""

    def __init__(self, *arguments: str | Path, columns: int = 80, rows: int = 24, module: str = "qualbench") -> None:
        self.master, child = pty.openpty()
        fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.seen = b""
        self.process = subprocess.Popen(
            [sys.executable, "-m", module, *map(str, arguments)],
            stdin=child, stdout=child, stderr=child, start_new_session=True,
            env={**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "CI": ""},
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )  # fmt: skip
        os.close(child)

    def write(self, keys: str) -> None:
        """Type keys, all in one go."""
        os.write(self.master, keys.encode())

    def read(self, seconds: float = 0.05) -> None:
        """Take what the program draws for so long."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if select.select([self.master], [], [], 0.01)[0]:
                try:
                    data = os.read(self.master, 1 << 16)
                except OSError:
                    return
                if b"\x1b[?2026$p" in data:
                    os.write(self.master, b"\x1b[?2026;2$y")
                self.seen += data

    def wait_for(self, words: str) -> None:
        """Wait until the program has drawn these words."""
        self.wait_until(lambda: words.encode() in self.seen, f"'{words}'")

    def wait_until(self, what: Callable[[], bool], told: str = "what was waited for") -> None:
        """Take what the program draws until something is so."""
        end = time.monotonic() + PATIENCE
        while not what():
            assert time.monotonic() < end, f"{told} never came; the end of what did: {self.seen[-2000:]!r}"
            assert self.process.poll() is None, f"the program ended: {self.seen[-3000:]!r}"
            self.read()

    def settle(self, quiet: float = 0.4) -> None:
        """Wait until nothing is drawn any more, and the program has nothing left to do either."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            before = len(self.seen), self._worked()
            self.read(quiet)
            if (len(self.seen), self._worked()) == before and not self._is_busy():
                return

    def wait_for_end(self) -> int:
        """Take what the program draws until it ends; answers with its exit code."""
        end = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < end:
            self.read()
        self.read()
        return self.process.wait(timeout=0.1)

    def _threads(self) -> list[list[str]]:
        """What Linux tells of each thread, from its state on."""
        told = []
        for path in Path(f"/proc/{self.process.pid}/task").glob("*/stat"):
            with contextlib.suppress(OSError):  # it has just ended
                told.append(path.read_text().rpartition(")")[2].split())
        return told

    def _worked(self) -> int:
        """Time of the processor that it has had, in ticks."""
        return sum(int(one[11]) + int(one[12]) for one in self._threads())

    def _is_busy(self) -> bool:
        """Whether it works, or would if the machine gave it the time."""
        return any(one[0] in "RD" for one in self._threads())

    def hang_up(self) -> None:
        """Close the terminal's window."""
        os.close(self.master)

    def close(self) -> None:
        """End the program whatever it does."""
        self.process.kill()
        self.process.wait()
        with contextlib.suppress(OSError):
            os.close(self.master)
