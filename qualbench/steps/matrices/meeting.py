"""Which places share words with which others, in a few sorted look-ups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualbench.steps.matrices.evidence import Arrays

if TYPE_CHECKING:
    from qualbench.steps.matrices.evidence import Mask, Numbers


def meets(arrays: Arrays, places: Numbers, others: Numbers) -> Mask:
    """Which of these places share at least one character with one of the others, which may be itself."""
    import numpy as np

    if not len(others):
        return np.zeros(len(places), dtype=np.bool_)
    others = others[np.argsort(arrays.start[others], kind="stable")]
    furthest = np.maximum.accumulate(arrays.end[others])
    before = np.searchsorted(arrays.start[others], arrays.end[places])  # the others that begin before a place ends
    return np.asarray((before > 0) & (furthest[np.maximum(before, 1) - 1] > arrays.start[places]))
