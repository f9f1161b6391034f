"""Other programs on the data of a file, in an environment of their own: `python peers.py TASK FILE`, JSON out.

It imports nothing of Qualbench. A task answers with the seconds of the computation alone, imports left out, and the
values it came to.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

Answer = dict[str, float]


def masi(units: list[Mapping[str, list[str]]]) -> Answer:
    """nltk: alpha over code sets with MASI distance; it divides by zero where two sets are empty."""
    from nltk.metrics import masi_distance
    from nltk.metrics.agreement import AnnotationTask

    start = time.perf_counter()
    said = [(who, n, frozenset(codes)) for n, unit in enumerate(units) for who, codes in unit.items()]
    value = AnnotationTask(data=said, distance=masi_distance).alpha()
    return {"seconds": time.perf_counter() - start, "alpha": float(value)}


def coefficients(rows: list[list[str]]) -> Answer:
    """irrCAC: the coefficients of a table of nominal ratings, each with its standard error."""
    import pandas
    from irrCAC.raw import CAC

    start = time.perf_counter()
    table = CAC(pandas.DataFrame(rows), digits=12)
    methods = {"alpha": "krippendorff", "fleiss": "fleiss", "conger": "conger", "bp": "bp", "ac1": "gwet"}
    found = {name: float(getattr(table, method)()["est"]["coefficient_value"]) for name, method in methods.items()}
    return {"seconds": time.perf_counter() - start, **found}


def gamma(coders: Mapping[str, list[tuple[int, int, str]]]) -> Answer:
    """pygamma-agreement: gamma over units that were drawn freely, with its own number of randomised texts (30)."""
    sys.modules["coverage"] = None  # type: ignore[assignment]  # numba fails on the old one that irrCAC asks for
    logging.disable(logging.WARNING)  # which solver it takes, once for every text
    import numpy
    from pyannote.core import Segment
    from pygamma_agreement import CombinedCategoricalDissimilarity, Continuum

    def continuum(most: int) -> Any:
        made = Continuum()
        for who, units in coders.items():
            for begin, end, code in units[:most]:
                made.add(who, Segment(begin, end), code)
        return made

    apart = CombinedCategoricalDissimilarity(alpha=1, beta=1, delta_empty=1)
    continuum(5).compute_gamma(apart, n_samples=2)  # the first call compiles
    numpy.random.seed(1)
    start = time.perf_counter()
    found = continuum(sys.maxsize).compute_gamma(apart, n_samples=30)
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "gamma": float(found.gamma), "disorder": float(found.observed_disorder)}


TASKS: Mapping[str, Callable[[Any], Answer]] = {"masi": masi, "coefficients": coefficients, "gamma": gamma}


def main() -> None:
    """Answer for one task."""
    task, file = sys.argv[1:]
    sys.stdout.write(json.dumps(TASKS[task](json.loads(Path(file).read_text()))) + "\n")


if __name__ == "__main__":
    main()
