"""The code palette: matching typed letters against 500 codes, at the worst key."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import partial
from statistics import median

from qualbench.tui.widgets.matcher import CodeFinder
from tests.bench.rows import Bench, Row, percentile, timed

NOUNS = re.findall(
    r"\S+",
    "barrier support identity trust belonging money housing health school waiting stigma family language work shift "
    "training hope fear anger coping routine access transport policy power voice silence care burden age faith "
    "community neighbour volunteer migration status paper digital phone résumé",
)
MANNERS = re.findall(r"\S+", "early late lost shared hidden formal informal daily chronic sudden first public mutual")


def measure(_: Bench) -> Iterator[Row]:
    """Every prefix of some queries, as somebody types them."""
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
    yield Row("code palette, 500 codes, worst key", slowest[worst], "ms", 8, note=note)


def _five_hundred() -> list[tuple[str, str]]:
    choose = random.Random(3)
    paths = [
        f"{choose.choice(NOUNS).title()} / {choose.choice(MANNERS)} {choose.choice(NOUNS)} / "
        f"{choose.choice(MANNERS)} {choose.choice(NOUNS)} {choose.choice(NOUNS)}"
        for _ in range(499)
    ]
    return [(f"c{number}", path) for number, path in enumerate([*paths, "every green street sees the refugee " * 4])]
