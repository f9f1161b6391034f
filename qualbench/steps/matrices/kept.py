"""A saturation run as it is kept: what it was worked out from, how, and what came out, so that it can be made again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qualbench.steps.matrices.orders import Band
from qualbench.steps.matrices.saturation import Grid, Saturation

SATURATION = "saturation"
"""What a kept run is called in the log."""


@dataclass(frozen=True, slots=True)
class KeptRun:
    """A saturation run that was kept."""

    run: str
    """Its id."""
    by: str
    at: str
    told: str
    random: str
    """What the random orders say; empty where none were drawn."""
    codebook: str
    inputs: str
    data: Mapping[str, Any]
    """All of it: inputs, settings, seed, figures."""


def to_data(grid: Grid, found: Saturation, band: Band | None, *, codebook: str, scope: str) -> dict[str, Any]:
    """The run as JSON-ready data; ratios unrounded, null where undefined."""
    rule = found.rule
    return {
        "method": "Guest, Namey & Chen 2020",
        "codebook": codebook,
        "inputs": inputs(grid),
        "scope": scope,
        "order": grid.order,
        "base": rule.base,
        "run": rule.run,
        "threshold": rule.threshold,
        "interviews": [one.id for one in grid.interviews],
        "ideas": [[code.id for code in idea.codes] for idea in grid.ideas],
        "first_used": list(grid.first),
        "new": list(found.new),
        "cumulative": list(found.cumulative),
        "codes_in_base": found.base,
        "ratios": [[step.after, step.new, step.ratio] for step in found.steps],
        "reached": found.reached,
        "told": found.told,
        "random": None if band is None else _random(band),
    }


def _random(band: Band) -> dict[str, Any]:
    return {
        "orders": band.orders, "seed": band.seed, "low": list(band.low), "middle": list(band.middle),
        "high": list(band.high), "reached": [list(one) for one in band.reached], "told": band.told,
    }  # fmt: skip


def inputs(grid: Grid) -> str:
    """A digest of the grid, 16 hex digits: two runs with the same one had the same codes in the same interviews."""
    told = hashlib.sha256()
    for one in grid.interviews:
        told.update(f"{one.id};".encode())
    for idea, row in zip(grid.ideas, grid.used.tolist(), strict=True):
        cells = "".join("1" if used else "0" for used in row)
        told.update(f"{','.join(sorted(code.id for code in idea.codes))}:{cells};".encode())
    return told.hexdigest()[:16]


def kept_run(run: str, by: str, at: str, data: Mapping[str, Any]) -> KeptRun:
    """The run that `to_data` wrote."""
    drawn = data.get("random") or {}
    texts: Sequence[str] = [str(data.get(key, "")) for key in ("told", "codebook", "inputs")]
    return KeptRun(run, by, at, texts[0], str(drawn.get("told", "")), texts[1], texts[2], data)
