"""What a figure needs beside its numbers: no more rows than can be read, a table of the data, and words for it."""

from __future__ import annotations

from dataclasses import replace

from qualbench.steps.matrices.matrix import Matrix
from qualbench.steps.matrices.orders import Band
from qualbench.steps.matrices.prevalence import Prevalences, ranked
from qualbench.steps.matrices.saturation import Grid, Saturation

MOST = 30
"""Rows that can be read in one figure."""

Table = tuple[tuple[str, ...], ...]
"""Rows of text, the first of them the header."""


def trimmed(matrix: Matrix, counts: Matrix | None = None, most: int = MOST) -> Matrix:
    """The matrix with its fullest rows only, in their order, and a sentence that says so; square ones stay square.

    Rows are ranked by `counts` where the cells are coefficients.
    """
    import numpy as np

    if len(matrix.rows) <= most:
        return matrix
    square = matrix.rows == matrix.columns
    cells = (counts or matrix).cells
    sizes = np.diagonal(cells) if square else np.nansum(cells, axis=1)
    kept = np.sort(np.argsort(-np.nan_to_num(sizes), kind="stable")[:most])
    columns = kept if square else np.arange(len(matrix.columns))
    return replace(
        matrix,
        rows=tuple(matrix.rows[at] for at in kept.tolist()),
        columns=tuple(matrix.columns[at] for at in columns.tolist()),
        cells=matrix.cells[np.ix_(kept, columns)],
        denominator=f"{matrix.denominator} The {len(kept)} fullest of {len(matrix.rows)} rows are shown.",
        behind=matrix.behind.kept(kept, columns),
    )


def table(matrix: Matrix) -> Table:
    """The data behind a heat map; an empty cell has no value."""
    lines = (
        (head.label, *(_cell(cell) for cell in cells))
        for head, cells in zip(matrix.rows, matrix.cells.tolist(), strict=True)
    )
    return (("", *(head.label for head in matrix.columns)), *lines)


def described(matrix: Matrix) -> str:
    """A heat map in words, for those who can not see it."""
    import numpy as np

    size = f"{matrix.what}: {len(matrix.rows)} rows, {len(matrix.columns)} columns."
    cells = np.nan_to_num(matrix.cells.astype(float))
    looked_at = (
        ~np.eye(len(cells), dtype=np.bool_) if matrix.rows == matrix.columns else np.ones_like(cells, dtype=bool)
    )
    cells = np.where(looked_at, cells, 0)  # that a code stands with itself says nothing
    if not cells.any():
        return f"{size} Every cell is 0. {matrix.denominator}"
    row, column = np.unravel_index(int(cells.argmax()), cells.shape)
    where = f"{matrix.rows[row].label} with {matrix.columns[column].label}"
    share = f"{int((cells[looked_at] == 0).sum())} of {int(looked_at.sum())} cells are 0"
    return f"{size} The highest is {_cell(cells[row, column])}, {where}; {share}. {matrix.denominator}"


def bars(found: Prevalences, most: int = MOST) -> Table:
    """The data behind a bar chart of participants, the widest first."""
    head = ("", "participants", "of", "segments", "transcripts")
    rows = ranked(found.rows, most)
    return (head, *((r.label, *map(str, (r.participants, r.of, r.segments, r.transcripts))) for r in rows))


def curve(of: Grid, found: Saturation, drawn: Band | None = None) -> Table:
    """The data behind a saturation curve, one line an interview in its order."""
    head = ("number", "interview", "new", "cumulative", "ratio of the run after it")
    ratios = {one.after: one.ratio for one in found.steps}
    lines = [
        (str(at + 1), source.name, str(new), str(total), _cell(ratios.get(at + 1)))
        for at, (source, new, total) in enumerate(zip(of.interviews, found.new, found.cumulative, strict=True))
    ]
    if drawn is None:
        return (head, *lines)
    limits = zip(drawn.low, drawn.middle, drawn.high, strict=True)
    more = ("low of random orders", "median of random orders", "high of random orders")
    return (head + more, *(line + tuple(map(_cell, limit)) for line, limit in zip(lines, limits, strict=True)))


def first_uses(of: Grid) -> Table:
    """The data behind the grid of codes by interviews: 'first' where a code is new, 'again' where it comes back."""
    lines = []
    for idea, first, used in zip(of.ideas, of.first, of.used.tolist(), strict=True):
        lines.append((idea.label, *(("first" if at == first else "again") if u else "" for at, u in enumerate(used))))
    return (("", *(source.name for source in of.interviews)), *lines)


def _cell(value: float | None) -> str:
    if value is None or value != value:
        return ""
    return str(int(value)) if value == int(value) else f"{value:.3f}"
