"""Told to end, by Ctrl-C, by the machine or by a closed terminal: what is under way is taken back, and that is said.

A signal becomes an exception, so that transactions roll back, files that are half written go, and the lock is free.
"""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType

ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Ended(BaseException):
    """The program was told to end."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(number)

    @property
    def exit_code(self) -> int:
        """What a shell calls a program that a signal ended."""
        return 128 + self.number


def listen() -> None:
    """From now on these signals end the program in order; one that is ignored, as by nohup, stays ignored."""
    for number in ENDINGS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end)


def leave_to_the_screens() -> None:
    """The screens end in order by themselves, and Ctrl-C is a key there."""
    if signal.getsignal(signal.SIGINT) is _end:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _end(number: int, _: FrameType | None) -> None:
    for one in ENDINGS:  # a closed terminal says it more than once; Ctrl-C once more does not wait
        signal.signal(one, signal.SIG_DFL if one == signal.SIGINT else signal.SIG_IGN)
    if number == signal.SIGHUP:
        _nobody_reads()
    raise Ended(number)


def _nobody_reads() -> None:
    """The terminal is gone: what would still be said goes nowhere, instead of failing."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())
