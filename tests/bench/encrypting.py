"""What encryption costs while coding: the same key in a plain study and in an encrypted one, turn about."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from qualbench.project import Project, encrypting
from qualbench.store.unlocking import PASSPHRASE
from tests.bench import studies
from tests.bench.rows import QUALBENCH, Bench, Row
from tests.bench.terminal import Terminal, turn_about

LIMIT = 1.2
"""How many times as long as in a plain study a coding key may take."""
WORDS = "four words and more"


def measure(bench: Bench) -> Iterator[Row]:
    """Both medians, their ratio, and what opening costs once."""
    folders = [bench.folder / "coded-plain", bench.folder / "coded-encrypted"]
    for folder in folders:
        _filled(folder, bench.sizes.middle)
    made = encrypting.new_key(WORDS)
    encrypting.encrypt(folders[1], made)
    plain, sealed = _coded(folders, bench.sizes.repeats * 5)
    note = f"a code on one segment, through Project to the disk; turn about, {bench.sizes.repeats * 5} times each"
    yield Row("a code in a plain study", plain * 1000, "ms", note=note)
    yield Row("a code in an encrypted study", sealed * 1000, "ms", note=note)
    yield Row("encrypted to the disk alone, times plain", sealed / plain, "times", LIMIT, note="the two medians")
    plain, sealed = _keys(folders, bench.sizes.repeats)
    note = f"a code key to the end of its frame, clean p50 {plain:.2f} and {sealed:.2f} ms; turn about"
    yield Row("encrypted coding on the screen, times plain", sealed / plain, "times", LIMIT, note=note)
    start = time.perf_counter()
    encrypting.new_key(WORDS)
    yield Row("one passphrase tried", (time.perf_counter() - start) * 1000, "ms", note="argon2id, 64 MiB; once a start")


def _keys(folders: list[Path], times: int) -> list[float]:
    """The median milliseconds of a code key on both screens, without the wait for a processor."""
    os.environ[PASSPHRASE] = WORDS
    try:
        with ExitStack() as both:
            screens = [both.enter_context(Terminal(QUALBENCH, "code", folder, "--coder", "ana")) for folder in folders]
            for screen in screens:
                screen.until(r"\d/\d+  ", 60)
                screen.quiet(1.5)
            pressed = turn_about(screens, "1", "\t", times)
    finally:
        del os.environ[PASSPHRASE]
    return [median(one.clean for one in series) for series in pressed]


def _filled(folder: Path, segments: int) -> None:
    with studies.create(folder) as project:
        studies.add(project, "talk", studies.interview(segments, 1))


def _coded(folders: list[Path], times: int) -> list[float]:
    """The median seconds of a code in each of the studies; the disk's moods fall on all of them alike."""
    opened = [Project.open(folder, "ana", write=True) for folder in folders]
    series: list[list[float]] = [[] for _ in opened]
    passes = [project.open_pass("talk").id for project in opened]
    transcript = opened[0].transcript("talk")
    spans = [(one.start, one.end) for one in transcript.segments if transcript.counts(one)]
    for number in range(times):
        start, end = spans[number % len(spans)]
        code = studies.CODES[number // len(spans) % len(studies.CODES)]
        for project, pass_, taken in zip(opened, passes, series, strict=True):
            begin = time.perf_counter()
            project.apply_code(pass_, code, start, end)
            taken.append(time.perf_counter() - begin)
    for project in opened:
        project.close()
    return [median(taken[times // 10 :]) for taken in series]
