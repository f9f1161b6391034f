"""How soon something is there: the help, the home screen and the coding screen of the demo study."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests.bench.rows import QUALBENCH, Bench, Row, command
from tests.bench.terminal import Terminal

HOME = "Next: "
CODING = r"\d/\d+  "
"""What is on the first whole frame of a screen and on no screen before it."""


class Frame(NamedTuple):
    """What the first whole frame of a screen cost, in milliseconds from starting the program."""

    wall: float
    processor: float
    """Of all processors, this program's own part; 0 where the system does not say."""


@contextmanager
def compiled(folder: Path) -> Iterator[None]:
    """Modules are compiled once and kept, as they are where a program is installed, whatever this shell says."""
    before = dict(os.environ)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def measure(bench: Bench) -> Iterator[Row]:
    """Help against a bare interpreter, then the demo study through a real terminal."""
    runs = 5 if bench.sizes.quick else 15
    command(QUALBENCH, "--help")  # the first run ever compiles the modules
    helps, bare = [], []
    for _ in range(runs):
        helps.append(command(QUALBENCH, "--help").seconds * 1e3)
        bare.append(command(sys.executable, "-c", "pass").seconds * 1e3)
    note = f"median of {runs}, slowest {max(helps):.0f} ms"
    yield Row("qualbench --help", median(helps), "ms", 150, "python -c pass", median(bare), note)

    demo = bench.folder / "demo"
    built = command(QUALBENCH, "demo", demo, "--no-open")
    yield Row("make the demo study", built.seconds, "s", note="qualbench demo DIR --no-open")
    first_frame(demo, "open", demo, screen=HOME)  # the first run ever makes a backup
    textual = median(command(sys.executable, "-c", "import textual.app").seconds * 1e3 for _ in range(7))
    for name, words, screen in (
        ("demo study, home screen, first frame", ("open", demo), HOME),
        ("demo study, coding screen, first frame", ("code", demo, "--coder", "ana"), CODING),
    ):
        frames = [first_frame(demo, *words, screen=screen) for _ in range(2 if bench.sizes.quick else 7)]
        wall = [frame.wall for frame in frames]
        note = (
            f"from exec to the first whole frame with it; median of {len(frames)}, slowest {max(wall):.0f} ms; "
            f"{median(frame.processor for frame in frames):.0f} ms of processor time"
        )
        yield Row(name, median(wall), "ms", 400, "python -c 'import textual.app'", textual, note)


def first_frame(study: Path, *words: str | Path, screen: str, patience: float = 30) -> Frame:
    """What it costs from starting the program to the first complete frame of a screen."""
    with Terminal(QUALBENCH, *words) as terminal:
        seen = terminal.until(screen, patience)
        if seen is None:
            raise RuntimeError(f"{study.name}: nothing within {time.perf_counter() - terminal.started:.0f} s")
        return Frame((seen - terminal.started) * 1e3, _processor(terminal.process.pid))


def _processor(pid: int) -> float:
    """Milliseconds that a program has had of all processors so far."""
    with suppress(OSError):
        told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) * 1e3 / os.sysconf("SC_CLK_TCK")
    return 0.0
