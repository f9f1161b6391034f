"""What a measurement is, and the few ways of taking one: a call, a command, many runs."""

from __future__ import annotations

import gc
import json
import math
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeVar

BIN = Path(sys.executable).parent
QUALBENCH = str(BIN / "qualbench")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row:
    """One figure; `value` is None where it could not be measured, and `note` says why."""

    name: str
    value: float | None
    unit: str
    limit: float | None = None
    peer: str = ""
    peer_value: float | None = None
    note: str = ""

    @property
    def verdict(self) -> str:
        """ok or MISSED against the limit; a limit that could not be measured is missed."""
        if self.limit is None:
            return ""
        return "ok" if self.value is not None and self.value <= self.limit else "MISSED"


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is built; the smaller ones are only for trying the program of measuring itself."""

    quick: bool
    middle: int
    """Segments of the middle transcript."""
    big: int
    """Segments of the biggest transcript."""
    talks: int
    """Transcripts of a thousand segments beside them."""
    codings: int
    """Codings in the big study."""
    imports: int
    """Transcripts of 8,000 words."""
    stored: int
    """Codings of two coders that agreement reads and tables write."""
    units: int
    """Segments of the alphas that are computed in memory."""
    repeats: int
    """Times each key is pressed."""


FULL = Sizes(False, 5_000, 100_000, 95, 1_000_000, 200, 40_000, 100_000, 100)
QUICK = Sizes(True, 500, 2_000, 4, 20_000, 10, 4_000, 5_000, 10)


@dataclass(frozen=True, slots=True)
class Bench:
    """Where a run works, how much it builds, and until when it may start long series."""

    folder: Path
    sizes: Sizes
    until: float

    @property
    def time_left(self) -> float:
        """Seconds until the run should come to its end."""
        return self.until - time.perf_counter()


def percentile(values: Iterable[float], share: float) -> float:
    """The smallest value that at least this share of the values does not exceed (nearest rank).

    >>> percentile([3.0, 1.0, 2.0], 0.5), percentile([3.0, 1.0, 2.0], 0.99)
    (2.0, 3.0)
    """
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def timed(act: Callable[[], T]) -> tuple[float, T]:
    """Seconds that a call took, with the collector's earlier work done before, and its answer."""
    gc.collect()
    start = time.perf_counter()
    result = act()
    return time.perf_counter() - start, result


class Ran(NamedTuple):
    """What a command cost: seconds from start to end, and its peak of memory."""

    seconds: float
    megabytes: float


# a child's peak never reads lower than its parent's, so a small process of its own starts and measures the command
_LAUNCHER = """
import json, resource, subprocess, sys, time
start = time.perf_counter()
done = subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
seconds = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / (1 if sys.platform == "darwin" else 1 / 1024) / 1e6
print(json.dumps([done.returncode, seconds, peak, done.stderr.decode(errors="replace")[-300:]]))
"""


def command(*words: str | Path) -> Ran:
    """Run a command to its end; one that fails is an error, for its time would mean nothing."""
    done = subprocess.run(
        [sys.executable, "-S", "-c", _LAUNCHER, *map(str, words)], capture_output=True, text=True, check=True
    )
    code, seconds, megabytes, said = json.loads(done.stdout)
    if code:
        raise RuntimeError(f"{' '.join(map(str, words))} ended with {code}: {said.strip()}")
    return Ran(seconds, megabytes)


@contextmanager
def own_home(folder: Path) -> Iterator[None]:
    """The person's settings and state are neither read nor written."""
    before = dict(os.environ)
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        os.environ[name] = str(folder)
    os.environ["QUALBENCH_AS"] = "ana"
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def table(rows: Sequence[Row]) -> str:
    """The rows for a person."""
    lines = [("what", "measured", "limit", "", "peer")]
    for row in rows:
        peer = f"{row.peer} {_figure(row.peer_value, row.unit)}".strip() if row.peer else ""
        limit = "" if row.limit is None else _figure(row.limit, row.unit)
        lines.append((row.name, _figure(row.value, row.unit), limit, row.verdict, peer))
    widths = [max(len(line[n]) for line in lines) for n in range(5)]
    notes = ["", *(row.note for row in rows)]
    shown = []
    for line, note in zip(lines, notes, strict=True):
        cells = (line[0].ljust(widths[0]), line[1].rjust(widths[1]), line[2].rjust(widths[2]), line[3].ljust(widths[3]))
        shown.append("  ".join((*cells, line[4])).rstrip() + (f"\n      {note}" if note else ""))
    return "\n".join(shown) + "\n"


def _figure(value: float | None, unit: str) -> str:
    if value is None:
        return "-"
    return f"{value:,.{0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2}f} {unit}"
