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
from pathlib import Path


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

    def wait_for(self, words: str, limit: float = 20) -> None:
        """Wait until the program has drawn these words."""
        end = time.monotonic() + limit
        while words.encode() not in self.seen:
            assert time.monotonic() < end, f"'{words}' never came; the end of what did: {self.seen[-2000:]!r}"
            assert self.process.poll() is None, f"the program ended: {self.seen[-3000:]!r}"
            self.read()

    def settle(self, quiet: float = 0.4, limit: float = 10) -> None:
        """Wait until nothing is drawn any more."""
        end = time.monotonic() + limit
        while time.monotonic() < end:
            before = len(self.seen)
            self.read(quiet)
            if len(self.seen) == before:
                return

    def hang_up(self) -> None:
        """Close the terminal's window."""
        os.close(self.master)

    def close(self) -> None:
        """End the program whatever it does."""
        self.process.kill()
        self.process.wait()
        with contextlib.suppress(OSError):
            os.close(self.master)
