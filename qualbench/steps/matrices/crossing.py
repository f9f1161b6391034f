"""Codes or themes against participants, attributes, transcripts, rounds and coders.

Participants' speech only: whatever interviewers say is never counted as a participant's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qualbench.steps.matrices import axes
from qualbench.steps.matrices.axes import Axis
from qualbench.steps.matrices.conditions import attribute_name, selected
from qualbench.steps.matrices.evidence import CONSENSUS, Evidence
from qualbench.steps.matrices.matrix import Count, Entries, Matrix, View, said

if TYPE_CHECKING:
    from qualbench.steps.matrices.evidence import Numbers

_COUNTED = {
    Count.PRESENCE: "Presence (1) or absence (0)",
    Count.SEGMENTS: "Segments",
    Count.PARTICIPANTS: "Participants",
}


def by_participant(
    evidence: Evidence, view: View | None = None, count: Count = Count.SEGMENTS, *, groups: bool = False
) -> Matrix:
    """Rows by participants, everybody whose speech is decided; with `groups`, by focus groups as a whole instead.

    A member of a focus group is a case of its own and the group is another, so the two are never in one table.
    """
    view = view or View()
    among = counted(evidence, view)
    axis = (axes.by_group if groups else axes.by_case)(evidence, among)
    made = _matrix(evidence, view, axis, among, count, "focus group" if groups else "participant")
    note = " A column holds what all members of a group say in it." if groups else _members(evidence)
    heads = made.columns if groups else tuple(replace(head, of=None) for head in made.columns)
    return replace(made, columns=heads, denominator=made.denominator + note)


def by_attribute(
    evidence: Evidence, attribute: str, view: View | None = None, count: Count = Count.PARTICIPANTS
) -> Matrix:
    """Rows by the values of an attribute of participants; a column's own number of participants is in its head."""
    view = view or View()
    axis, among = axes.by_value(evidence, attribute), counted(evidence, view)
    if not (axis.of_place[among] == len(axis.heads) - 1).any():
        axis = replace(axis, heads=axis.heads[:-1])  # everybody's value is known
    return _matrix(evidence, view, axis, among, count, attribute_name(evidence, attribute))


def by_transcript(evidence: Evidence, view: View | None = None, count: Count = Count.SEGMENTS) -> Matrix:
    """Rows by transcripts, all of the study's."""
    view = view or View()
    return _matrix(evidence, view, axes.by_transcript(evidence), counted(evidence, view), count, "transcript")


def by_round(evidence: Evidence, view: View | None = None, count: Count = Count.SEGMENTS) -> Matrix:
    """Rows by rounds of coding; what belongs to no round is left out."""
    view = view or View()
    return _matrix(evidence, view, axes.by_round(evidence), counted(evidence, view), count, "round")


def by_coder(evidence: Evidence, view: View | None = None, count: Count = Count.SEGMENTS) -> Matrix:
    """Rows by coders, each coder's own coding; the view's layer does not matter."""
    view = view or View()
    coders = [layer for layer in evidence.layers if layer != CONSENSUS]
    axis = axes.by_layer(evidence, coders)
    of_coders = [counted(evidence, replace(view, layer=layer)) for layer in coders]
    return _matrix(evidence, view, axis, _joined(of_coders), count, "coder", layer="any coder's coding")


def counted(evidence: Evidence, view: View) -> Numbers:
    """The places of participants' speech that a view looks at, 'nothing applies' included."""
    import numpy as np

    return np.flatnonzero(selected(evidence, view.layer, view.where) & evidence.arrays.counts)


def people(evidence: Evidence, among: Numbers) -> int:
    """How many participants speak in these places."""
    import numpy as np

    there = np.unique(evidence.arrays.case[among])
    return int((there >= 0).sum())


def nobody_known(evidence: Evidence, among: Numbers) -> bool:
    """Whether some of these places are the speech of nobody known."""
    return bool((evidence.arrays.case[among] < 0).any())


def _joined(parts: list[Numbers]) -> Numbers:
    import numpy as np

    return np.sort(np.concatenate(parts)) if parts else np.zeros(0, dtype=np.int64)


def _matrix(
    evidence: Evidence, view: View, axis: Axis, among: Numbers, count: Count, by: str, layer: str = ""
) -> Matrix:
    bands = axes.rows(evidence, view)
    entries = axes.crossed(evidence, bands, axis, among)
    shape = (len(bands.heads), len(axis.heads))
    return Matrix(
        what=f"{_COUNTED[count]} of each {str(view.rows)[:-1]}, by {by}",
        rows=bands.heads,
        columns=tuple(
            replace(head, of=number) for head, number in zip(axis.heads, _numbers(evidence, axis, among), strict=True)
        ),
        cells=_cells(evidence, entries, count, shape),
        denominator=said(view, people(evidence, among), layer=layer, nobody=nobody_known(evidence, among)),
        evidence=evidence,
        behind=entries,
    )


def _cells(evidence: Evidence, entries: Entries, count: Count, shape: tuple[int, int]) -> Numbers:
    """How many different stretches, or participants, stand in each cell."""
    thing = evidence.arrays.case if count is Count.PARTICIPANTS else evidence.arrays.stretch
    cells = distinct(entries.row * shape[1] + entries.column, thing[entries.place], shape[0] * shape[1])
    table = cells.reshape(shape)
    return table.clip(max=1) if count is Count.PRESENCE else table


def _numbers(evidence: Evidence, axis: Axis, among: Numbers) -> list[int]:
    """How many participants speak in the places of each column."""
    among = among[axis.of_place[among] >= 0]
    found: list[int] = distinct(axis.of_place[among], evidence.arrays.case[among], len(axis.heads)).tolist()
    return found


def distinct(cell: Numbers, thing: Numbers, size: int) -> Numbers:
    """How many different things there are in each cell; a thing below 0 is none."""
    import numpy as np

    real = thing >= 0
    cell, thing = cell[real], thing[real]
    wide = int(thing.max(initial=0)) + 1
    return np.bincount(np.unique(cell * wide + thing) // wide, minlength=size)


def _members(evidence: Evidence) -> str:
    heard = {one.group for one in evidence.cases if one.group}
    return " A member of a focus group is a case of its own." if heard else ""
