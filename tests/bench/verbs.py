"""The verbs that take whole studies: import, agreement, tables and reports."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from qualbench.model import SegmentRule
from tests.bench import studies
from tests.bench.rows import QUALBENCH, Bench, Row, command, timed

QUOTED = "quoted from DESIGN.md 9, not measured here"


def measure(bench: Bench) -> Iterator[Row]:
    """Imports, then one study of two coders from the command line, then the demo's report."""
    yield from _imports(bench)
    yield from _two_coders(bench)
    yield from _reports(bench)


def _imports(bench: Bench) -> Iterator[Row]:
    count = bench.sizes.imports
    texts = [studies.interview(0, seed, words=8_000) for seed in range(count)]
    for rule, limit, peer, quoted in (
        (SegmentRule.TURN, 4, "QualCoder, the bare text", 0.43),
        (SegmentRule.SENTENCE, 15, "", None),
    ):
        with studies.create(bench.folder / f"by-{rule}") as project:

            def take_in(rule: SegmentRule = rule) -> None:
                for number, text in enumerate(texts):
                    studies.add(project, f"talk-{number:03}", text, rule)

            seconds, _ = timed(take_in)
            cut = sum(len(project.transcript(row.id).segments) for row in project.transcripts())
        note = f"read, sealed, indexed, cut into {cut:,} segments; through Project on the disk"
        name = f"import {count} transcripts of 8,000 words by {rule}"
        yield Row(name, seconds, "s", limit, peer, quoted, f"{note}; peer {QUOTED}" if peer else note)


def _two_coders(bench: Bench) -> Iterator[Row]:
    stored = bench.sizes.stored
    folder = bench.folder / "two-coders"
    names = [f"talk-{number:02}" for number in range(20)]
    studies.two_coders(folder, stored, names, max(20, stored // 80)).close()
    runs = [command(QUALBENCH, "agree", folder, "--json") for _ in range(3)]
    note = f"2 coders, 60 codes, 20 transcripts, start included; median of 3; peer {QUOTED}"
    yield Row(
        f"agree --json, {stored:,} stored codings", median(r.seconds for r in runs), "s", 1, "QualCoder", 23, note
    )
    yield Row(f"memory of agree, {stored:,} codings", max(run.megabytes for run in runs), "MB", 250, note="peak")
    written = [
        command(QUALBENCH, "codings", folder, "export", "-o", bench.folder / "out.csv", "--force") for _ in range(3)
    ]
    lines = len((bench.folder / "out.csv").read_text().splitlines()) - 1
    note = f"codings export, {lines:,} lines, start included; median of 3; QualCoder 63 s; both {QUOTED}"
    yield Row(f"csv of {stored:,} coded segments", median(r.seconds for r in written), "s", 1, "qc", 2.5, note)
    yield Row(f"memory of csv, {stored:,} codings", max(run.megabytes for run in written), "MB", 250, note="peak")


def _reports(bench: Bench) -> Iterator[Row]:
    demo = bench.folder / "demo"
    if not (demo / "study.db").is_file():
        command(QUALBENCH, "demo", demo, "--no-open")
    for kind in ("docx", "html"):
        target = bench.folder / f"themes.{kind}"
        runs = [command(QUALBENCH, "export", demo, "themes", "-o", target, "--force") for _ in range(3)]
        note = f"qualbench export, start included; median of 3; {target.stat().st_size:,} bytes"
        yield Row(f"themes report of the demo as {kind}", median(run.seconds for run in runs), "s", note=note)
