"""The one order of the entries of all devices: whoever has the same entries has them in the same order.

Each device counts on from the highest count it has seen (Lamport 1978), so that whatever was known when an entry was
written comes before it, whatever the clocks on the wall say; between devices that knew nothing of each other, a
number made from the device's name decides.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

BITS = 32
LAST = 2**31 - 1
"""The highest count that fits."""


def place(count: int, device: str) -> int:
    """Where an entry stands: the count in the upper half, the device in the lower; 63 bits."""
    return count << BITS | _number(device)


def count_of(place_: int) -> int:
    """The count in a place."""
    return place_ >> BITS


@lru_cache(maxsize=64)
def _number(device: str) -> int:
    return int.from_bytes(hashlib.sha256(device.encode()).digest()[:4])
