"""How far a long work is, said at a pace that can be read."""

from __future__ import annotations

import time
from collections.abc import Callable

from qualbench.cli import output

PACE = 1.0
"""Seconds between two words about how far a long work is; a short one is not talked about."""


def progress(total: int, done: str) -> Callable[[int, str], None]:
    """Hears of each piece of a long work, its number from 1 and its name, and says it now and then."""
    said = time.monotonic()

    def tell(number: int, name: str) -> None:
        nonlocal said
        if time.monotonic() - said >= PACE:
            said = time.monotonic()
            output.say(f"{number}/{total} {done}: {name}")

    return tell
