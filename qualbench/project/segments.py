"""Tables of coded segments from other programs, with a place in the transcripts for each line that surely has one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualbench.errors import Problem, UnreadableFile
from qualbench.project.codebook_files import Opening
from qualbench.steps import codebook as codebooks
from qualbench.steps.interchange import segments_table
from qualbench.steps.interchange.codings_csv import Line

if TYPE_CHECKING:
    from qualbench.project import Project


@dataclass(frozen=True, slots=True)
class Placed:
    """Lines that can be taken in, and what stands against the others."""

    lines: Sequence[Line]
    problems: Sequence[Problem]


def placed(project: Project, name: str, data: bytes, coder: str = "") -> Placed:
    """The lines of a table (.xlsx, .csv) by their words; `coder` is whose they are where the table does not say."""
    grids = Opening().grids(name, data)
    found = [(grid, segments_table.columns(grid.rows)) for grid in grids]
    grid, where = next(((grid, where) for grid, where in found if where is not None), (None, None))
    if grid is None or where is None:
        raise UnreadableFile(
            name, "it is no table of coded segments: it needs columns for the document, the code and the words.",
            "Export the quotations (ATLAS.ti), the retrieved segments (MAXQDA) or the highlights (Taguette) again.",
        )  # fmt: skip
    lines = segments_table.segments(grid.rows, where)
    texts = {}
    for row in project.transcripts():
        texts[row.name] = segments_table.Text(row.name, project.transcript(row.id).text)
    names = {**{known: texts[called] for known, called in project.names_known().items()}, **texts}
    book = project.codebook()
    return Placed(*segments_table.place(name, lines, names, lambda code: codebooks.find(book, code).id, coder))
