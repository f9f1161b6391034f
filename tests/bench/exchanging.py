"""A big project on its way to another program and back: QDPX out, QDPX in with everything that is stored."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from tests.bench import studies
from tests.bench.rows import QUALBENCH, Bench, Row, command

QUOTED = "quoted from DESIGN.md 9, not measured here"
WORDS = 8_000


def measure(bench: Bench) -> Iterator[Row]:
    """One study of two coders, out and into a new study, from the command line."""
    count, stored = bench.sizes.imports, bench.sizes.stored
    folder, file = bench.folder / "exchanged", bench.folder / "exchanged.qdpx"
    names = [f"talk-{number:03}" for number in range(count)]
    studies.two_coders(folder, stored, names, max(20, WORDS // 20)).close()
    size = f"{count} transcripts, {stored:,} codings"
    out = [command(QUALBENCH, "export", folder, "qdpx", "-o", file, "--force") for _ in range(3)]
    note = f"qualbench export qdpx, start included; median of 3; {file.stat().st_size:,} bytes; peer {QUOTED}"
    yield Row(f"QDPX out, {size}", median(run.seconds for run in out), "s", 3, "QualCoder", 37, note)
    yield Row(f"memory of QDPX out, {stored:,} codings", max(run.megabytes for run in out), "MB", 250, note="peak")
    back = [command(QUALBENCH, "import", bench.folder / f"back-{n}", file, "--yes") for n in range(3)]
    note = f"qualbench import into a new study on the disk, start included; median of 3; peer {QUOTED}"
    yield Row(f"QDPX in, {size}", median(run.seconds for run in back), "s", 6, "QualCoder", 785, note)
    yield Row(f"memory of QDPX in, {stored:,} codings", max(run.megabytes for run in back), "MB", 400, note="peak")
