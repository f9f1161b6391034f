"""A study late in its life: opening it, every key of coding in it, its memory, commits, search, and agreement in it.

The screens run on a file system in memory where there is one, because the budget of a key leaves the disk's fsync
out; the commits run on the disk, with fsync and without.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from statistics import median

from qualbench.project import Project
from tests.bench import coding, deciding, studies
from tests.bench.rows import Bench, Row, percentile, timed

MEMORY = Path("/dev/shm")
ROOM = 6 << 30
"""Bytes that must be free in memory: the study, its journal and its log."""


def measure(bench: Bench) -> Iterator[Row]:
    """Build the study once, then look at it from all sides."""
    place, undo = _place(bench)
    try:
        sizes = bench.sizes
        build, project = timed(
            lambda: studies.grown(place / "grown", sizes.middle, sizes.big, sizes.talks, sizes.codings)
        )
        project.close()
        note = f"import, {sizes.codings:,} codings from a table, submit; everything goes through the journal"
        yield Row(f"build a study of {sizes.codings:,} codings", build, "s", note=note)
        yield from coding.measure(bench, place / "grown", "in memory" if undo else "on the disk, fsync included")
        yield from _on_disk(bench, place / "grown")
    finally:
        if undo:
            shutil.rmtree(place, ignore_errors=True)


def _place(bench: Bench) -> tuple[Path, bool]:
    """Where the study is built, and whether that must be cleared away apart from the run's own folder."""
    with suppress(OSError):
        if MEMORY.is_dir() and (bench.sizes.quick or shutil.disk_usage(MEMORY).free > ROOM):
            return Path(tempfile.mkdtemp(prefix="qualbench-bench-", dir=MEMORY)), True
    return bench.folder, False


# --- in the process --------------------------------------------------------------------------------------------


def _on_disk(bench: Bench, built: Path) -> Iterator[Row]:
    """The same study copied to the disk, unless it is there already."""
    study = bench.folder / "grown"
    if study != built:
        study.mkdir()
        shutil.copy(built / "study.db", study / "study.db")
        os.sync()
    with Project.open(study, "ana", write=True) as project:
        yield from _commits(bench, project)
        yield _search(project)
        yield from deciding.measure(project)


def _commits(bench: Bench, project: Project) -> Iterator[Row]:
    pass_id = project.open_pass("big").id
    transcript = project.transcript("big")
    free = iter(project.undecided(transcript))
    repeats = bench.sizes.repeats * 3

    def series(*modes: str) -> list[list[float]]:
        """Milliseconds of each call, by mode; the modes take turns, so that both meet the same noise."""
        times: list[list[float]] = [[] for _ in modes]
        for number, segment in zip(range(repeats * len(modes)), free, strict=False):
            mode = number % len(modes)
            project._db.execute(f"pragma synchronous = {modes[mode]}")
            times[mode].append(timed_apply(project, pass_id, segment.start, segment.end) * 1e3)
        return times

    series("full")  # the first call reads the transcript, the next ones fill the page cache
    durable, quick = series("full", "off")
    for name, values in (("with fsync", durable), ("without fsync (synchronous=off)", quick)):
        note = f"Project.apply_code on the disk, {len(values)} times; p50 {percentile(values, 0.5):.2f} ms"
        yield Row(f"durable commit of a code, {name}, p99", percentile(values, 0.99), "ms", note=note)
    share = percentile(durable, 0.5) - percentile(quick, 0.5)
    yield Row("of it the disk's fsync, p50", share, "ms", note="the difference of the medians above")


def timed_apply(project: Project, pass_id: str, start: int, end: int) -> float:
    """Seconds of one call."""
    begun = time.perf_counter()
    project.apply_code(pass_id, studies.CODES[start % len(studies.CODES)], start, end)
    return time.perf_counter() - begun


def _search(project: Project) -> Row:
    words = sum(row.words for row in project.transcripts())
    times: dict[str, float] = {}
    for query in ("the", "hospital waiting", '"family money"', "baraschool", "absentword"):
        times[query] = median(timed(partial(project.search, query))[0] for _ in range(5)) * 1e3
    worst = max(times, key=lambda query: times[query])
    each = ", ".join(f"{query}: {value:.1f}" for query, value in times.items())
    note = f"{words:,} words (the budget says 20 million); median of 5 each, worst '{worst}'. {each}"
    return Row("search, first hits", times[worst], "ms", 50, note=note)
