"""Agreement over many units, beside what other programs need for the same data and what they come to.

`krippendorff` is measured in this process, in which the program uses it too; the others are slower and have their own
environment, and both sides are measured on a size at which they finish. Values are compared, not only times.
"""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from statistics import median

from qualbench.model import Unit
from qualbench.steps import agreement
from qualbench.steps.agreement.alpha import Estimate, estimates
from qualbench.steps.agreement.drawn.continua import Marked, Spans
from qualbench.steps.agreement.drawn.gamma import observed_disorder
from qualbench.steps.agreement.drawn.spans import family
from qualbench.steps.agreement.rated import ratings, spreadsheet
from qualbench.steps.agreement.tally import Tally, sums, tally
from tests.bench.rows import Bench, Row, timed
from tests.bench.studies import CODES

PEERS = Path(__file__).parents[2] / ".venv-peers" / "bin" / "python"
MISSING = "the peer is not there: make .venv-peers/.ready"
CODERS = ("ana", "ben")
TIMES = 50
"""How many times as fast as the package's loop the figures of all codes must be."""
NLTK, PYGAMMA = 2_500, 300
"""Units, and units a coder, at which the peers finish within some seconds."""


def measure(bench: Bench) -> Iterator[Row]:
    """Codes one by one, code sets, drawn spans, a plain table."""
    units = readings(bench.sizes.units)
    yield from _codes(units)
    yield from _sets(bench, units)
    yield from _spans(bench)
    yield _table(bench)


def readings(count: int, seed: int = 5, transcripts: int = 50) -> list[Unit]:
    """Units with three of 60 codes on average by each of two coders, who agree on most of them; some have none."""
    choose = random.Random(seed)
    found = []
    for number in range(count):
        first = frozenset(choose.sample(CODES, choose.choice((0, 2, 3, 3, 3, 3, 4, 4, 5))))
        second = set(first)
        if choose.random() < 0.4:
            second ^= {choose.choice(CODES)}
        said = dict(zip(CODERS, (first, frozenset(second)), strict=True))
        found.append(Unit(f"talk-{number * transcripts // count:02}", number * 100, number * 100 + 90, said))
    return found


# --- code by code ----------------------------------------------------------------------------------------------


def _codes(units: Sequence[Unit]) -> Iterator[Row]:
    """From the units, and from a tally in memory beside the package's loop over matrices in memory."""

    def from_tally(counted: Tally) -> list[Estimate]:
        return list(estimates(sums(counted), seed=1, draws=1000))

    found = from_tally(tally(units, CODES))  # the first call imports numpy
    whole = median(timed(lambda: from_tally(tally(units, CODES)))[0] for _ in range(5))
    counted = tally(units, CODES)
    ours = median(timed(lambda: from_tally(counted))[0] for _ in range(5))
    loop, theirs = _package_loop(units)
    size = f"{len(CODES)} codes x {len(units):,} segments x 2 coders"
    note = "median of 5; from Unit values, tables built, linearised and bootstrap (1,000 draws) limits included"
    yield Row(f"alpha and limits of every code, {size}", whole, "s", 1, note=note)
    note = (
        f"the package's loop takes {loop / ours:.0f} times as long without any limits ({TIMES} are asked for), its "
        f"matrices built beforehand; {_same([one.alpha for one in found], theirs)}"
    )
    name = "the same from a tally in memory"
    peer = "krippendorff.alpha in a loop"
    yield Row(name, ours * 1e3, "ms", loop / TIMES * 1e3, peer, loop * 1e3, note)


def _package_loop(units: Sequence[Unit]) -> tuple[float, list[float]]:
    """Seconds of the package's calls alone for all codes, on coders x units matrices, and its alphas."""
    import krippendorff
    import numpy as np

    seconds, found = 0.0, []
    for code in CODES:
        matrix = np.array([[float(code in unit.readings[coder]) for unit in units] for coder in CODERS])
        took, value = timed(partial(krippendorff.alpha, reliability_data=matrix, level_of_measurement="nominal"))
        seconds += took
        found.append(float(value))
    return seconds, found


# --- code sets -------------------------------------------------------------------------------------------------


def _sets(bench: Bench, units: Sequence[Unit]) -> Iterator[Row]:
    agreement.set_alpha(units[:100])
    seconds = median(timed(lambda: agreement.set_alpha(units))[0] for _ in range(3))
    different = len({codes for unit in units for codes in unit.readings.values()})
    note = f"median of 3, limits included; {different:,} different sets"
    yield Row(f"alpha over code sets (MASI), {len(units):,} segments x 2 coders", seconds, "s", 6, note=note)
    few = [unit for unit in units if all(unit.readings.values())][:NLTK]
    ours, found = timed(lambda: agreement.set_alpha(few))
    peer = ask(bench, "masi", [{who: sorted(codes) for who, codes in unit.readings.items()} for unit in few])
    note = "of units that nobody left empty, where nltk divides by zero"
    yield _beside(f"the same, {len(few):,} segments", ours, "nltk", peer, {"alpha": found.value}, note)


# --- drawn spans -----------------------------------------------------------------------------------------------


def drawn(units: int, seed: int = 7) -> Spans:
    """One text on which each of two coders marked so many units; ben moves edges and takes another code at times."""
    choose = random.Random(seed)
    first: list[Marked] = []
    at = 0
    for _ in range(units):
        start = at + choose.randrange(5, 60)
        at = start + choose.randrange(20, 200)
        first.append((start, at, choose.choice(CODES)))
    second = [
        (
            start - choose.randrange(3),
            end - choose.randrange(8),
            choose.choice(CODES) if choose.random() < 0.2 else code,
        )
        for start, end, code in first
    ]
    return Spans(0, at + 50, {"ana": first, "ben": second})


def _spans(bench: Bench) -> Iterator[Row]:
    count = bench.sizes.units
    text = drawn(count)
    family([drawn(10)])
    seconds = median(timed(lambda: family([text], CODES))[0] for _ in range(3))
    note = "median of 3; u, |u, cu, and u, (k)u with coverage and boundary similarity of each of 60 codes"
    yield Row(f"u-alpha family, {count:,} units a coder", seconds, "s", 2, note=note)
    few = drawn(PYGAMMA)
    ours, _ = timed(lambda: family([few], CODES))
    peer = ask(bench, "gamma", few.units)
    disorder = observed_disorder(few)
    note = "gamma is another coefficient of the same units; what both programs have is the best alignment's disorder"
    mine = {"disorder": disorder if isinstance(disorder, float) else None}
    yield _beside(f"the same, {PYGAMMA} units a coder", ours, "pygamma-agreement, gamma", peer, mine, note, places=6)


# --- a table ---------------------------------------------------------------------------------------------------


def _table(bench: Bench) -> Row:
    choose = random.Random(11)
    count, rows = bench.sizes.units, []
    for _ in range(count):
        truth = choose.choice("aaabbc")
        rows.append([truth if choose.random() < 0.8 else choose.choice("abcd") for _ in range(3)])
    read = ratings.of("nominal", rows)
    spreadsheet.agreement(ratings.of("nominal", rows[:50]))
    ours, found = timed(lambda: spreadsheet.agreement(read))
    peer = ask(bench, "coefficients", rows)
    mine = {key: value if isinstance(value, float) else None for key, value in found.figures.items()}
    note = "alpha, Fleiss, Conger, Brennan-Prediger, AC1; ours with the interval over rows and the package's check"
    return _beside(f"a table, {count:,} rows x 3 coders x 4 categories", ours, "irrCAC", peer, mine, note)


# --- beside a peer ---------------------------------------------------------------------------------------------


def ask(bench: Bench, task: str, data: object) -> Mapping[str, float] | str:
    """What a peer needed and found, or why it did not answer."""
    if not PEERS.is_file():
        return MISSING
    file = bench.folder / f"{task}.json"
    file.write_text(json.dumps(data))
    script = Path(__file__).with_name("peers.py")
    try:
        done = subprocess.run([PEERS, script, task, file], capture_output=True, text=True, timeout=60, check=True)
    except subprocess.TimeoutExpired:
        return "the peer did not finish within 60 s"
    except subprocess.CalledProcessError as error:
        return f"the peer failed: {str(error.stderr).strip()[-200:]}"
    answer: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return answer


def _beside(
    name: str, ours: float, program: str, peer: Mapping[str, float] | str, mine: Mapping[str, float | None],
    note: str, places: int = 9,
) -> Row:  # fmt: skip
    if isinstance(peer, str):
        return Row(name, ours * 1e3, "ms", note=f"{peer}; {note}")
    shared = [key for key in mine if key in peer]
    said = _same([mine[key] for key in shared], [peer[key] for key in shared], places)
    times = f"the peer takes {peer['seconds'] / ours:,.0f} times as long"
    return Row(name, ours * 1e3, "ms", None, program, peer["seconds"] * 1e3, f"{times}; {said}; {note}")


def _same(ours: Sequence[float | None], theirs: Sequence[float], places: int = 9) -> str:
    """Whether two programs came to the same values; the largest difference when they did not."""
    apart = max(
        abs((mine if mine is not None else float("inf")) - their) for mine, their in zip(ours, theirs, strict=True)
    )
    values = f"{len(theirs)} value{'s' if len(theirs) > 1 else ''}"
    return f"{values} the same to 1e-{places}" if apart <= 10**-places else f"VALUES DIFFER by up to {apart:.2g}"
