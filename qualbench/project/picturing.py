"""The figures of the pack, from the same matrices, prevalence and curves that the screens show."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from qualbench.errors import NoCoefficients, OneCoder, StillBlind
from qualbench.model import frequency
from qualbench.project.asked import Asked, Cells, Kind
from qualbench.project.gathering import Gathering
from qualbench.text import percent

if TYPE_CHECKING:
    from qualbench.steps.matrices import Head, Matrix, Prevalence
    from qualbench.steps.pack.figures import Figure, Heat

MOST_COLUMNS = 40
"""Columns that can be read in one figure."""


class Picturing(Gathering):
    """Pictures of the coding, each with its data and its words."""

    def pictures(self) -> Iterator[Figure]:
        """The figures there is data for, one after the other; none that the study's method has no place for."""
        if not self.opened():
            raise StillBlind
        makers: tuple[Callable[[], Iterator[Figure]], ...] = (
            self._bars, self._case_map, self._together_map, self._agreement_figures, self._curve, self._map_of_themes,
        )  # fmt: skip
        for make in makers:
            yield from make()

    def _bars(self) -> Iterator[Figure]:
        from qualbench.steps import matrices
        from qualbench.steps.pack.figures import Bar, bars

        if self.counts_nothing():
            return
        found = self.prevalence(Asked())
        shown = [row for row in matrices.ranked(found.rows) if row.participants][: matrices.figures.MOST]
        if not shown:
            return
        title = "Participants with each code"
        said = "; ".join(f"{row.label} {row.participants}" for row in shown)
        more = sum(row.participants > 0 for row in found.rows) - len(shown)
        cut = f" {more} more codes only in the data." if more else ""
        alt = f"{title}, of {found.of}, the widest first: {said}.{cut} {found.denominator}"
        made = [Bar(row.label, row.participants, row.of, self._at_the_end(row)) for row in shown]
        data = matrices.bars(found, len(found.rows))
        yield bars("code-by-participants", title, made, data=data, alt=alt)

    def _at_the_end(self, row: Prevalence) -> str:
        """What is printed at the end of a bar: the number with its share, or with the label of the method."""

        if self.profile().has_labels:
            return f"{row.participants} ({frequency.label(row.participants, row.of)})"
        return f"{row.participants} ({percent(row.share or 0)})"

    def _case_map(self) -> Iterator[Figure]:
        from qualbench.steps import matrices

        whole = self.matrix(Asked())
        if whole.cells.any():
            shown = _used(matrices.trimmed(whole))
            title = "Codes by participants"
            yield self._heat_map("case-heat-map", title, whole, shown, _heat(shown, bool(self.counts_nothing())))

    def _together_map(self) -> Iterator[Figure]:
        from qualbench.steps import matrices
        from qualbench.steps.pack.figures import Heat

        counts = self.matrix(Asked(Kind.COOCCURRENCE))
        presence = bool(self.counts_nothing())
        size = len(counts.rows)
        if not any(counts.cells[at][:at].any() for at in range(size)):
            return
        whole = counts if presence else self.matrix(Asked(Kind.COOCCURRENCE, count=Cells.COEFFICIENT))
        shown = matrices.trimmed(whole, counts)
        heat = Heat(
            _labels(shown.rows), _labels(shown.columns), _plain(shown), "c-coefficient",
            is_share=not presence, is_presence=presence, is_square=True,
        )  # fmt: skip
        yield self._heat_map("co-occurrence", "Codes that stand together on a segment", whole, shown, heat)

    def _heat_map(self, name: str, title: str, whole: Matrix, shown: Matrix, heat: Heat) -> Figure:
        """A heat map of what is shown; beside it the data of the whole."""
        from qualbench.steps import matrices
        from qualbench.steps.pack.figures import heat_map

        presence = heat.is_presence
        words = f"{title}: {len(heat.rows)} rows, {len(heat.columns)} columns. {shown.denominator}"
        alt = words if presence else matrices.described(shown)
        return heat_map(name, title, heat, data=matrices.table(whole), alt=alt)

    def _agreement_figures(self) -> Iterator[Figure]:
        from qualbench.steps.agreement import output
        from qualbench.steps.pack.figures import Figure

        try:
            contents = self.agreement_contents()
        except (NoCoefficients, OneCoder, StillBlind):
            return
        titles = {"alpha-by-code": "Agreement by code", "agreement-by-round": "Agreement by round",
                  "code-confusion": "Codes taken for one another"}  # fmt: skip
        for one in output.figures(contents):
            yield Figure(one.name, titles.get(one.name, one.name), one.svg, one.png, one.csv, one.alt)

    def _curve(self) -> Iterator[Figure]:
        from qualbench.steps import matrices
        from qualbench.steps.pack.figures import Curve, curve

        if matrices.why_off(self.study.method):
            return
        grid, found = self.saturation()
        if not grid.ideas:
            return
        names = [one.name for one in grid.interviews]
        said = "; ".join(f"{name} {new}" for name, new in zip(names, found.new, strict=True))
        alt = f"New codes in each interview, {grid.order}: {said}. {found.cumulative[-1]} codes in all. {found.told}"
        made = Curve(names, found.new, found.cumulative, found.reached)
        yield curve("saturation", "New codes and all codes so far", made, data=matrices.curve(grid, found), alt=alt)

    def _map_of_themes(self) -> Iterator[Figure]:
        from qualbench.steps import themes
        from qualbench.steps.pack import tracing
        from qualbench.steps.pack.figures import Figure
        from qualbench.steps.pack.tidy import rows_of

        board = self.theme_map()
        if not board.nodes:
            return
        svg = themes.draw(board, ".svg")
        nodes = {node.id: node for node in board.nodes}
        rows = [("under", nodes[n.parent].name if n.parent else "", n.name, n.note) for n in board.nodes]
        rows += [("overlap", nodes[t.first].name, nodes[t.second].name, t.label) for t in board.ties]
        data = rows_of(("relation", "from", "to", "told"), rows)
        yield Figure("theme-map", board.title, svg, tracing.png(svg), data, board.alt)


def _heat(shown: Matrix, presence: bool) -> Heat:
    from qualbench.steps.pack.figures import Heat

    return Heat(_labels(shown.rows), _labels(shown.columns), _plain(shown), "Segments", is_presence=presence)


def _used(matrix: Matrix) -> Matrix:
    """The matrix with its fullest columns only, in their order, and a sentence that says so."""
    from dataclasses import replace

    if len(matrix.columns) <= MOST_COLUMNS:
        return matrix
    sizes = matrix.cells.sum(axis=0).tolist()
    kept = sorted(sorted(range(len(sizes)), key=lambda at: -sizes[at])[:MOST_COLUMNS])
    return replace(
        matrix,
        columns=tuple(matrix.columns[at] for at in kept),
        cells=matrix.cells[:, kept],
        denominator=f"{matrix.denominator} The {len(kept)} fullest of {len(sizes)} columns are shown.",
    )


def _labels(heads: Sequence[Head]) -> list[str]:
    return [head.label for head in heads]


def _plain(matrix: Matrix) -> list[list[float | None]]:
    return [[None if cell != cell else cell for cell in line] for line in matrix.cells.tolist()]
