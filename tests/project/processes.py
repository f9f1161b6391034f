"""Other processes in tests: forked, told apart by a pipe, and ended by their own id."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


def in_child(work: Callable[[int], None]) -> tuple[int, int]:
    """Start a process that does this work with the writing end of a pipe; answers with its id and the reading end."""
    told, tell = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(told)
        try:
            work(tell)
        finally:
            os._exit(3)  # a child that comes to an end by itself must not go on as pytest
    os.close(tell)
    return pid, told


def kill(pid: int) -> bool:
    """End it as a power cut would; says whether it was still at work."""
    os.kill(pid, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(pid, 0)[1])


def all_of(told: int) -> bytes:
    """Everything that was told before the other end closed."""
    parts = []
    while part := os.read(told, 65536):
        parts.append(part)
    os.close(told)
    return b"".join(parts)


@contextmanager
def at_work(work: Callable[[], object]) -> Iterator[int]:
    """A process that has done this work and holds on to what it opened, until it is killed."""

    def hold(tell: int) -> None:
        kept = work()
        os.write(tell, b"1" if kept else b"0")
        time.sleep(60)

    pid, told = in_child(hold)
    try:
        assert os.read(told, 1) == b"1"
        yield pid
    finally:
        kill(pid)
        os.close(told)
