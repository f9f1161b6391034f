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
from typing import NamedTuple

from qualbench.project import Project
from tests.bench import deciding, studies
from tests.bench.rows import QUALBENCH, Bench, Row, percentile, timed
from tests.bench.starting import HOME
from tests.bench.terminal import Pressed, Terminal

MEMORY = Path("/dev/shm")
ROOM = 6 << 30
"""Bytes that must be free in memory: the study, its journal and its log."""


class Keys(NamedTuple):
    """One key, pressed many times."""

    label: str
    key: str
    share: float
    """Of the repeats: slower keys are pressed less often."""
    before: str = ""
    """A key that is pressed first, without being measured."""


SERIES = (
    Keys("j", "j", 1.0),
    Keys("PageDown", "\x1b[6~", 0.6),
    Keys("1, a recent code", "1", 0.6, "\t"),
    Keys("n, nothing applies", "n", 0.4, "\t"),
    Keys("u, undo", "u", 0.2),
)


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
        yield from _session(bench, place / "grown", "in memory" if undo else "on the disk, fsync included")
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


# --- through the terminal --------------------------------------------------------------------------------------


def _session(bench: Bench, study: Path, where: str) -> Iterator[Row]:
    sizes = bench.sizes
    opening = f"open a study of {sizes.codings:,} codings, home screen, first frame"
    with Terminal(QUALBENCH, "open", study) as terminal:
        seen = terminal.until(HOME, 200)
        if seen is None:
            yield Row(opening, None, "ms", 300, note="not there after 200 s; keys were not measured")
            return
        yield Row(opening, (seen - terminal.started) * 1e3, "ms", 300, note=f"one run, {where}, files in the cache")
        terminal.quiet(0.5)
        yield _screen(terminal, "\r", sizes.big)
        yield from _keys(bench, terminal, sizes.big, where)
        terminal.press("t")
        yield _screen(terminal, "2", sizes.middle)
        yield from _keys(bench, terminal, sizes.middle, where)
        name = f"memory of the screens, {sizes.codings:,} codings"
        yield Row(name, terminal.peak_megabytes(), "MB", 400, note="peak, after all the keys above")


def _screen(terminal: Terminal, key: str, segments: int) -> Row:
    name = f"coding screen of {segments:,} segments, first frame"
    start = terminal.send(key)
    seen = terminal.until(rf"\d/{segments}  ", 60)
    terminal.quiet(1.5)  # the collector takes its pause half a second after the last key
    value = (seen - start) * 1e3 if seen else None
    return Row(name, value, "ms", 300, note="from the key on the screen before")


def _keys(bench: Bench, terminal: Terminal, segments: int, where: str) -> Iterator[Row]:
    for keys in SERIES:
        name = f"key {keys.label}, {segments:,} segments, p99"
        try:
            pressed = _pressed(bench, terminal, keys)
        except RuntimeError as error:
            yield Row(name, None, "ms", 16, note=str(error))
            return
        if not pressed:
            yield Row(name, None, "ms", 16, note="not measured: the time was used up")
            continue
        clean, wall = [one.clean for one in pressed], [one.first for one in pressed]
        note = (
            f"{where}, {len(pressed)} times, first {clean[0]:.0f} ms; clean p50 {percentile(clean, 0.5):.1f}, "
            f"wall p50 {percentile(wall, 0.5):.1f} p99 {percentile(wall, 0.99):.1f}, "
            f"last frame p99 {percentile([one.settled for one in pressed], 0.99):.1f}"
        )
        yield Row(name, percentile(clean, 0.99), "ms", 16, note=note)


def _pressed(bench: Bench, terminal: Terminal, keys: Keys) -> list[Pressed]:
    """A key has 15 seconds for all its presses; when the run is late, two."""
    pressed: list[Pressed] = []
    start = time.perf_counter()
    for _ in range(max(3, int(bench.sizes.repeats * keys.share))):
        most = 15 if bench.time_left > 0 else 2 if bench.time_left > -60 else 0
        if time.perf_counter() - start > most:
            break
        if keys.before:
            terminal.press(keys.before)
        pressed.append(terminal.press(keys.key))
    return pressed


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
