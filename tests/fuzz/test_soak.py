"""A million damaged files, by numbers: QUALBENCH_FUZZ_SEED and QUALBENCH_FUZZ_FROM go on where a run ended."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from tests.fuzz.apart import Fault, kept, run_apart
from tests.fuzz.readers import READERS

IN_ALL = 1_000_000
CHUNK = 5_000
"""Inputs of one process, so that what a reader leaves behind is not for ever."""


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_a_million_damaged_files(capsys: pytest.CaptureFixture[str]) -> None:
    seed = os.environ.get("QUALBENCH_FUZZ_SEED", datetime.now(UTC).date().isoformat())
    start, wanted = (int(os.environ.get(f"QUALBENCH_FUZZ_{what}", number)) for what, number in _GIVEN)
    counts = _shares(wanted)
    chunks = [
        (name, start + first, min(CHUNK, count - first))
        for name, count in counts.items()
        for first in range(0, count, CHUNK)
    ]
    took: Counter[str] = Counter()
    faults: list[Fault] = []

    def run(chunk: tuple[str, int, int]) -> None:
        began = time.monotonic()
        name, first, count = chunk
        faults.extend(run_apart(name, seed, first, count))
        took[name] += round(1000 * (time.monotonic() - began))

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(run, chunks))
    places = [kept(one) for one in faults[:50]]
    with capsys.disabled():
        sys.stdout.write("\n".join(_told(seed, start, counts, took, faults)) + "\n")
    assert places == [], "the inputs are in the corpus now"
    assert sum(counts.values()) >= wanted


def _told(
    seed: str, start: int, counts: Mapping[str, int], took: Mapping[str, int], faults: Sequence[Fault]
) -> Iterator[str]:
    yield f"\nseed {seed}, from {start}; the next begins at {start + max(counts.values())}"
    for name, count in counts.items():
        wrong = sum(one.reader == name for one in faults)
        yield f"  {name:34} {count:9,} inputs {took[name] / 1000:8.1f} s  {wrong} taken badly"
    yield f"  {'in all':34} {sum(counts.values()):9,} inputs {sum(took.values()) / 1000:8.1f} s"
    yield from (f"  {one.reader}, number {one.number}: {one.why}" for one in faults[:50])


_GIVEN = (("FROM", 0), ("INPUTS", IN_ALL))


def _shares(wanted: int) -> dict[str, int]:
    """How many inputs each reader gets, by its pace; in all at least as many as wanted."""
    whole = sum(one.pace for one in READERS)
    return {one.name: -(-wanted * one.pace // whole) for one in READERS}


@pytest.mark.soak
@pytest.mark.timeout(0)
@pytest.mark.parametrize("name", ["transcript .rtf", "codebook .yaml", "query", "package sealed"])
def test_an_engine_that_follows_branches_finds_nothing_either(name: str) -> None:
    """Only where atheris is installed: it has wheels for some versions of Python alone."""
    pytest.importorskip("atheris")
    command = [sys.executable, "-m", "tests.fuzz.branches", name, "-runs=20000", "-max_len=4096", "-timeout=20"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3_000:]
