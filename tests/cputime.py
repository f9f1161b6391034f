"""Seconds of the processor: a limit on them speaks of the program, and not of what else the machine does."""

from __future__ import annotations

import resource
import time


def cpu_seconds() -> float:
    """Seconds of the processor that this process and its ended children have taken so far."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime
