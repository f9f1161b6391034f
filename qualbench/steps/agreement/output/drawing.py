"""A figure of agreement and the files it becomes, with the lines of its benchmark."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualbench.formats.drawing import GREY
from qualbench.formats.drawing import drawn as sheet_drawn

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Sheet


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in two formats, the data it shows, and what it shows in words."""

    name: str
    """How its files begin, without an ending."""
    svg: bytes
    png: bytes
    csv: bytes
    alt: str
    """A sentence or two for who can not see it."""


def drawn(name: str, size: tuple[float, float], draw: Callable[["Sheet"], None], *, csv: bytes, alt: str) -> Figure:
    """A figure of this size in inches, drawn without a screen and without the user's own settings."""
    svg, png = sheet_drawn(size, draw, title=name, alt=alt)
    return Figure(name, svg, png, csv, alt)


def benchmark_lines(axes: "Axes", limits: tuple[float, ...], *, upright: bool) -> None:
    """Thin dashed lines where the bands of the benchmark begin."""
    for limit in limits:
        line = axes.axvline if upright else axes.axhline
        line(limit, color=GREY, linewidth=0.8, linestyle=(0, (4, 3)), zorder=0)
