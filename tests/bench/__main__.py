"""Measure everything, print the table, write bench.json. A missed budget is shown; it is no failure of the run."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path

from qualbench.errors import QualbenchError
from tests.bench import (
    agreement,
    encrypting,
    exchanging,
    exporting,
    growing,
    hubbing,
    incoming,
    merging,
    palette,
    reporting,
    starting,
    verbs,
)
from tests.bench.rows import FULL, QUICK, Bench, Row, own_home, table

SECONDS = 360
"""When no more long series are begun."""

GROUPS: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "starting": starting.measure,
    "agreement": agreement.measure,
    "palette": palette.measure,
    "incoming": incoming.measure,
    "verbs": verbs.measure,
    "encrypting": encrypting.measure,
    "exchanging": exchanging.measure,
    "merging": merging.measure,
    "hubbing": hubbing.measure,
    "reporting": reporting.measure,
    "growing": growing.measure,
    "exporting": exporting.measure,
}


def main() -> None:
    """Run the groups that were asked for, all of them otherwise."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, to try the measuring itself")
    parser.add_argument("--only", choices=GROUPS, help="one group")
    parser.add_argument("-o", "--output", type=Path, default=Path("bench.json"))
    asked = parser.parse_args()
    start = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="qualbench-bench-") as folder:
        home = Path(folder) / "home"
        home.mkdir()
        bench = Bench(Path(folder), QUICK if asked.quick else FULL, start + SECONDS)
        with own_home(home), starting.compiled(Path(folder)):
            load = Row("load of the machine before", os.getloadavg()[0], "programs", note="figures are wall time")
            rows = [load] + [row for name in GROUPS if asked.only in (None, name) for row in _group(name, bench)]
    if asked.quick:
        rows = [replace(row, note=f"small sizes; {row.note}") for row in rows]
    asked.output.write_text(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1) + "\n")
    missed = sum(row.verdict == "MISSED" for row in rows)
    sys.stdout.write(
        f"\n{table(rows)}\n{missed} of {sum(row.limit is not None for row in rows)} budgets are missed; "
        f"{time.perf_counter() - start:.0f} s on {platform.platform()}, Python {platform.python_version()}; "
        f"written to {asked.output}.\n"
    )


def _group(name: str, bench: Bench) -> Iterator[Row]:
    """The rows of a group; one that breaks says so in a row, and the others go on."""
    try:
        for row in GROUPS[name](bench):
            sys.stderr.write(f"{row.name} ...\n")
            yield row
    except (QualbenchError, RuntimeError, OSError, ValueError, subprocess.SubprocessError) as error:
        yield Row(f"{name}: the rest", None, "", note=f"could not be measured: {type(error).__name__}: {error}")


if __name__ == "__main__":
    main()
