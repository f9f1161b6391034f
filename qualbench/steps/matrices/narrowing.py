"""A matrix with some of its rows only; what lies behind its cells goes with them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from qualbench.steps.matrices.matrix import Matrix


def only(matrix: Matrix, rows: Collection[str]) -> Matrix:
    """The matrix with these rows (by id), in their order; one with the same rows and columns stays so."""
    import numpy as np

    kept = np.array([at for at, head in enumerate(matrix.rows) if head.id in rows], dtype=np.int64)
    if len(kept) == len(matrix.rows):
        return matrix
    square = matrix.rows == matrix.columns
    columns = kept if square else np.arange(len(matrix.columns))
    return replace(
        matrix,
        rows=tuple(matrix.rows[at] for at in kept.tolist()),
        columns=tuple(matrix.columns[at] for at in columns.tolist()),
        cells=matrix.cells[np.ix_(kept, columns)],
        behind=matrix.behind.kept(kept, columns),
    )
