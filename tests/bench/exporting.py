"""What leaves a study of 40,000 coded segments, each part alone and from the command line, and the whole pack."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.bench import studies
from tests.bench.rows import QUALBENCH, Bench, Row, command

PARTS: tuple[tuple[str, tuple[str, ...], float, str], ...] = (
    ("csv: segments.csv with its descriptor", ("tidy", "--only", "segments"), 1, "tidy"),
    ("csv: all tables, agreement checked", ("tidy",), 4, "tidy-all"),
    ("xlsx: the sheet of segments", ("xlsx", "--only", "segments"), 10, "segments.xlsx"),
    ("xlsx: all tables, agreement checked", ("xlsx",), 10, "tables.xlsx"),
    ("sqlite: all tables, views, search", ("sqlite",), 6, "analysis.sqlite"),
)
"""What is written, how it is asked for, its limit in seconds, and its name."""


def measure(bench: Bench) -> Iterator[Row]:
    """Each part three times, its memory, then the demo's whole pack."""
    stored = bench.sizes.stored
    folder = bench.folder / "leaving"
    names = [f"talk-{number:02}" for number in range(20)]
    studies.two_coders(folder, stored, names, max(20, stored // 80)).close()
    peaks = []
    for what, words, limit, name in PARTS:
        target = bench.folder / name
        runs = [command(QUALBENCH, "export", folder, *words, "-o", target, "--force") for _ in range(3)]
        peaks.append(max(run.megabytes for run in runs))
        quoted = ("QualCoder", 63.0) if "segments" in words else ("", None)
        note = f"{stored:,} codings of 2 coders, start included; median of 3; {_size(target):,} bytes"
        yield Row(f"{what}, {stored:,} coded segments", median(r.seconds for r in runs), "s", limit, *quoted, note)
    yield Row(f"memory of exports, {stored:,} codings", max(peaks), "MB", 300, note="peak of all of them")
    yield _pack(bench)


def _pack(bench: Bench) -> Row:
    demo, target = bench.folder / "demo", bench.folder / "pack"
    if not (demo / "study.db").is_file():
        command(QUALBENCH, "demo", demo, "--no-open")
    ran = command(QUALBENCH, "export", demo, "report", "-o", target, "--allow", "made up")
    note = f"reports, tables, database, figures as SVG and PNG; {_size(target):,} bytes; once"
    return Row("the whole pack of the demo study", ran.seconds, "s", 20, note=note)


def _size(target: Path) -> int:
    files = target.rglob("*") if target.is_dir() else [target]
    return sum(path.stat().st_size for path in files if path.is_file())
