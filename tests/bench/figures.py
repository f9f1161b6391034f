"""What is computed in memory: agreement over many units beside the plain package, and the code palette."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from functools import partial
from statistics import median

from qualbench.model import Unit
from qualbench.steps import agreement
from qualbench.tui.widgets.matcher import CodeFinder
from tests.bench.rows import Bench, Row, percentile, timed
from tests.bench.studies import CODES

COMPARED = 6
"""Codes for which the package's own loop is measured; the others take as long each."""


NOUNS = re.findall(
    r"\S+",
    "barrier support identity trust belonging money housing health school waiting stigma family language work shift "
    "training hope fear anger coping routine access transport policy power voice silence care burden age faith "
    "community neighbour volunteer migration status paper digital phone résumé",
)
MANNERS = re.findall(r"\S+", "early late lost shared hidden formal informal daily chronic sudden first public mutual")


def measure(bench: Bench) -> Iterator[Row]:
    """Both alphas over the same units, then the palette."""
    units = readings(bench.sizes.units)
    yield from _alphas(units)
    yield _palette()


def readings(count: int, seed: int = 5) -> list[Unit]:
    """Units with none to four of 60 codes by each of two coders, who agree on most of them."""
    choose = random.Random(seed)
    found = []
    for number in range(count):
        first = frozenset(choose.sample(CODES, choose.choice((0, 0, 1, 1, 2, 2, 3, 4))))
        second = set(first)
        if choose.random() < 0.4:
            second ^= {choose.choice(CODES)}
        found.append(Unit("talk", number * 100, number * 100 + 90, {"ana": first, "ben": frozenset(second)}))
    return found


def _alphas(units: Sequence[Unit]) -> Iterator[Row]:
    def run() -> float:
        return timed(lambda: agreement.run(units, codes=CODES, unit="turn", codebook="1.0"))[0]

    def over_sets() -> float:
        return timed(lambda: agreement.set_alpha(units))[0]

    run(), over_sets()  # the first call imports numpy and the package
    whole, sets = median(run() for _ in range(3)), median(over_sets() for _ in range(3))
    loop = _package_loop(units)
    size = f"{len(CODES)} codes x {len(units):,} segments x 2 coders"
    note = (
        f"steps.agreement.run ({whole:.2f} s) less the set alpha below, so with tables and kappa; no interval yet; the "
        f"peer's loop was measured on {COMPARED} codes and scaled to {len(CODES)}: {loop / (whole - sets):.0f} times "
        "as long (50 are asked for)"
    )
    yield Row(f"figures of every code, {size}", whole - sets, "s", 1, "krippendorff.alpha in a loop", loop, note)
    yield Row(f"alpha over code sets (MASI), {size}", sets, "s", 6, note="median of 3; no interval yet")


def _package_loop(units: Sequence[Unit]) -> float:
    """Seconds for all codes of what somebody would write by hand: a matrix for each code, and one call."""
    import krippendorff
    import numpy as np

    def loop() -> list[float]:
        found = []
        for code in CODES[:COMPARED]:
            matrix = np.array([[float(code in unit.readings[coder]) for unit in units] for coder in ("ana", "ben")])
            found.append(float(krippendorff.alpha(reliability_data=matrix, level_of_measurement="nominal")))
        return found

    return timed(loop)[0] * len(CODES) / COMPARED


def _palette() -> Row:
    finder = CodeFinder(_five_hundred())
    queries = ("barsup", "eeeeeeee", "family support money", "zzz", "identity / shared", "dailychronicsudden", "c12")
    slowest: dict[str, float] = {}
    for query in queries:
        for length in range(1, len(query) + 1):
            typed = query[:length]
            slowest[typed] = median(timed(partial(finder.search, typed))[0] for _ in range(7)) * 1e3
    worst = max(slowest, key=lambda typed: slowest[typed])
    middle = percentile(slowest.values(), 0.5)
    note = f"{len(slowest)} keys, median of 7 each; worst after '{worst}', p50 {middle:.2f} ms; matching only"
    return Row("code palette, 500 codes, worst key", slowest[worst], "ms", 8, note=note)


def _five_hundred() -> list[tuple[str, str]]:
    choose = random.Random(3)
    paths = [
        f"{choose.choice(NOUNS).title()} / {choose.choice(MANNERS)} {choose.choice(NOUNS)} / "
        f"{choose.choice(MANNERS)} {choose.choice(NOUNS)} {choose.choice(NOUNS)}"
        for _ in range(499)
    ]
    return [(f"c{number}", path) for number, path in enumerate([*paths, "every green street sees the refugee " * 4])]
