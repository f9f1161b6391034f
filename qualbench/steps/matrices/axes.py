"""The rows and columns of matrices: which codes and themes a place belongs to, and which cases, sites or rounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualbench.steps.matrices.conditions import attribute_name
from qualbench.steps.matrices.evidence import Evidence
from qualbench.steps.matrices.matrix import Entries, Head, Rows, View, renumbered

if TYPE_CHECKING:
    from qualbench.steps.matrices.evidence import Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Axis:
    """Heads, and for every place the index of its head, -1 for none."""

    heads: tuple[Head, ...]
    of_place: Numbers


@dataclass(frozen=True, slots=True)
class Bands:
    """The rows, and for every code (by index) the rows it belongs to."""

    heads: tuple[Head, ...]
    of_code: tuple[tuple[int, ...], ...]


# --- rows --------------------------------------------------------------------------------------------------------


def rows(evidence: Evidence, view: View) -> Bands:
    """A row for each code in codebook order, or for each theme in the order of the board."""
    above = lines([(one.id, one.parent) for one in evidence.codes])
    if view.rows is Rows.CODES:
        at = {one.id: index for index, one in enumerate(evidence.codes)}
        heads = tuple(Head(one.id, one.label) for one in evidence.codes)
        wanted = ((above[one.id] if view.rolled_up else (one.id,)) for one in evidence.codes)
        return Bands(heads, tuple(tuple(at[id_] for id_ in ids if id_ in at) for ids in wanted))
    heads = tuple(Head(one.id, one.name) for one in evidence.themes)
    under = _themes_of(evidence)
    reached = ((above[one.id] if view.rolled_up else (one.id,)) for one in evidence.codes)
    return Bands(heads, tuple(tuple(sorted({at for id_ in ids for at in under.get(id_, ())})) for ids in reached))


def _themes_of(evidence: Evidence) -> dict[str, set[int]]:
    """Each code with the themes it is gathered under, those above a sub-theme included."""
    at = {one.id: index for index, one in enumerate(evidence.themes)}
    above = lines([(one.id, one.parent) for one in evidence.themes])
    found: dict[str, set[int]] = {}
    for theme in evidence.themes:
        for code in theme.codes:
            found.setdefault(code, set()).update(at[id_] for id_ in above[theme.id] if id_ in at)
    return found


def lines(pairs: Sequence[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Each id with all that stand above it, itself first; a circle of parents is walked once."""
    parents: Mapping[str, str] = dict(pairs)
    found: dict[str, tuple[str, ...]] = {}
    for id_ in parents:
        line = [id_]
        while (parent := parents.get(line[-1], "")) and parent not in line:
            line.append(parent)
        found[id_] = tuple(line)
    return found


# --- columns -----------------------------------------------------------------------------------------------------


def by_case(evidence: Evidence, among: Numbers) -> Axis:
    """A column for each person whose speech is among these places, in the order of the cases."""
    import numpy as np

    there = np.unique(evidence.arrays.case[among])
    kept = [at for at in there.tolist() if at >= 0 and not evidence.cases[at].group]
    heads = tuple(Head(evidence.cases[at].id, evidence.cases[at].label) for at in kept)
    return Axis(heads, renumbered(np.array(kept, dtype=np.int64), evidence.arrays.case))


def by_group(evidence: Evidence, among: Numbers) -> Axis:
    """A column for each focus group as a whole: whatever its members say in it."""
    import numpy as np

    transcripts = {one.id: at for at, one in enumerate(evidence.transcripts)}
    heard = set(np.unique(evidence.arrays.transcript[among]).tolist())
    kept = [one for one in evidence.cases if one.group and transcripts.get(one.group, -1) in heard]
    at = [transcripts[one.group] for one in kept]
    return Axis(
        tuple(Head(one.id, one.label) for one in kept),
        renumbered(np.array(at, dtype=np.int64), evidence.arrays.transcript),
    )


def by_value(evidence: Evidence, attribute: str) -> Axis:
    """A column for each value of an attribute of the speakers; what is not known comes last."""
    import numpy as np

    name = attribute_name(evidence, attribute)
    values = (*evidence.values[name], "")
    at = {value: index for index, value in enumerate(values)}
    held = [at[dict(case.attributes).get(name, "")] for case in evidence.cases]
    of_case = np.array([*held, -1], dtype=np.int64)
    heads = tuple(Head(value, value or "not known") for value in values)
    return Axis(heads, of_case[evidence.arrays.case])


def by_transcript(evidence: Evidence) -> Axis:
    """A column for each transcript."""
    return Axis(tuple(Head(one.id, one.name) for one in evidence.transcripts), evidence.arrays.transcript)


def by_round(evidence: Evidence) -> Axis:
    """A column for each round."""
    return Axis(tuple(Head(one, one) for one in evidence.rounds), evidence.arrays.round)


def by_layer(evidence: Evidence, layers: Sequence[str]) -> Axis:
    """A column for each of these layers."""
    import numpy as np

    kept = np.array([evidence.layers.index(one) for one in layers], dtype=np.int64)
    return Axis(tuple(Head(one, one) for one in layers), renumbered(kept, evidence.arrays.layer))


# --- where they cross --------------------------------------------------------------------------------------------


def crossed(evidence: Evidence, bands: Bands, axis: Axis, among: Numbers) -> Entries:
    """Every one of these places under each of its rows and its column."""
    import numpy as np

    among = among[(evidence.arrays.code[among] >= 0) & (axis.of_place[among] >= 0)]
    row, place = banded(evidence, bands, among)
    return Entries(row, np.asarray(axis.of_place[place]), place)


def banded(evidence: Evidence, bands: Bands, among: Numbers) -> tuple[Numbers, Numbers]:
    """Rows and places side by side: each of these coded places once for each row it belongs to."""
    import numpy as np

    sizes = np.array([len(ids) for ids in bands.of_code], dtype=np.int64)
    flat = np.array([at for ids in bands.of_code for at in ids], dtype=np.int64)
    first = np.cumsum(sizes) - sizes
    codes = evidence.arrays.code[among]
    times = sizes[codes] if len(codes) else codes
    repeated = np.repeat(np.arange(len(among)), times)
    within = np.arange(len(repeated)) - np.repeat(np.cumsum(times) - times, times)
    return flat[first[codes[repeated]] + within], among[repeated]
