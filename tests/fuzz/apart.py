"""Inputs by their numbers, read in a process of its own that may take only so much memory and time.

python -m tests.fuzz.apart READER SEED FIRST COUNT reads so many damaged files; with SEED "hostile" the hostile ones.
It writes one JSON line for each fault. The number it is at stands in the file that FUZZ_AT names, for when it dies.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.fuzz.damage import damaged, drawn
from tests.fuzz.judged import CORPUS, MEMORY, fault, folder_of
from tests.fuzz.readers import READERS, Reader

HOSTILE = "hostile"
PATIENCE = 20
"""Seconds of the clock after which an input that does not end is ended, with its process."""
BY_NAME: Mapping[str, Reader] = {one.name: one for one in READERS}


def _whom_it_names(data: bytes) -> object:
    name, _, body = data.partition(b"\0")
    return BY_NAME[name.decode()].read(body)


EVERY = Reader(
    "every reader", _whom_it_names,
    lambda: [one.name.encode() + b"\0" + data for one in READERS for data in one.seeds()],
    hostile=lambda: (one.name.encode() + b"\0" + data for one in READERS for data in one.hostile()),
)  # fmt: skip
"""All of them in one process, which takes long to begin: the hostile files, each with its reader's name before it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """An input that a reader took badly."""

    reader: str
    seed: str
    number: int
    why: str


def damaged_one(reader: Reader, seed: str, number: int) -> bytes:
    """The damaged file of that number: the same one every time, on every machine."""
    chance = random.Random(f"{reader.name} {seed} {number}")
    return damaged(chance.choice(_seeds_of(reader)), drawn(chance))


_SEEDS: dict[str, list[bytes]] = {}


def _seeds_of(reader: Reader) -> list[bytes]:
    if reader.name not in _SEEDS:
        _SEEDS[reader.name] = list(reader.seeds())
    return _SEEDS[reader.name]


def inputs(reader: Reader, seed: str, first: int, count: int) -> Iterator[bytes]:
    """The inputs from a number on."""
    if seed == HOSTILE:
        yield from islice(reader.hostile(), first, first + count)
    else:
        yield from (damaged_one(reader, seed, number) for number in range(first, first + count))


def run_apart(reader: str, seed: str, first: int, count: int) -> list[Fault]:
    """What a reader takes badly of so many inputs; one that ends the process is told too, and the rest go on."""
    found: list[Fault] = []
    with TemporaryDirectory() as folder:
        place = Path(folder) / "at"
        while count > 0:
            done = subprocess.run(
                [sys.executable, "-m", "tests.fuzz.apart", reader, seed, str(first), str(count)],
                capture_output=True, text=True, env={**os.environ, "FUZZ_AT": str(place)}, check=False,
            )  # fmt: skip
            found += [Fault(reader, seed, *json.loads(line)) for line in done.stdout.splitlines()]
            if not done.returncode:
                break
            at = int(place.read_bytes() or b"-1") if place.exists() else -1
            if at < first:
                raise RuntimeError(f"{reader} could not begin: {done.stderr[-2_000:]}")
            found.append(Fault(reader, seed, at, f"the process ended with {done.returncode}: {done.stderr[-300:]}"))
            count, first = first + count - at - 1, at + 1
    return found


def kept(one: Fault) -> Path:
    """The corpus's file with the input of a fault, so that from now on every run of the tests tries it."""
    place = CORPUS / folder_of(one.reader) / f"{one.seed}-{one.number}.bin"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(next(inputs(BY_NAME[one.reader], one.seed, one.number, 1)))
    return place


# --- the process ---------------------------------------------------------------------------------------------------


def main(name: str, seed: str, first: str, count: str) -> None:
    reader = EVERY if name == EVERY.name else BY_NAME[name]
    for one in _seeds_of(reader):
        fault(reader.read, one)  # what is imported late belongs to the program and not to an input
    limit = _size() + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    at = os.open(os.environ["FUZZ_AT"], os.O_WRONLY | os.O_CREAT)
    for number, data in enumerate(inputs(reader, seed, int(first), int(count)), int(first)):
        os.pwrite(at, str(number).encode(), 0)
        signal.alarm(PATIENCE)
        why = fault(reader.read, data)
        if why:
            sys.stdout.write(json.dumps([number, why]) + "\n")
            sys.stdout.flush()
    signal.alarm(0)


def _size() -> int:
    """Bytes of address space that this process has now."""
    with contextlib.suppress(OSError):
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    return MEMORY


if __name__ == "__main__":
    main(*sys.argv[1:])
