"""A sheet to draw on and the files it becomes: the same marks, fonts and bytes every time, readable in grey."""

import io
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualbench.errors import QualbenchError
from qualbench.text import excerpt, printable

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Sheet

BLUE, ORANGE, GREY = "#0072B2", "#D55E00", "#666666"
"""Blue and vermilion of Okabe & Ito 2008, told apart by every eye; shapes differ too."""


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
    try:
        import matplotlib as mpl
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure as Sheet
    except ImportError:
        raise QualbenchError(
            "Figures need matplotlib, which is not installed.", "Install it: pip install 'qualbench-workbench[figures]'"
        ) from None
    with mpl.rc_context(), warnings.catch_warnings():
        # A letter that the font lacks is drawn as a box; the label is whole in the SVG and in the CSV.
        warnings.filterwarnings("ignore", message="Glyph")
        mpl.rcdefaults()
        mpl.rc("axes.spines", right=False, top=False)
        mpl.rc("font", family="DejaVu Sans", size=9)
        mpl.rc("svg", fonttype="none", hashsalt="qualbench")
        mpl.rc("text", parse_math=False)
        sheet = Sheet(figsize=size, layout="constrained")
        FigureCanvasAgg(sheet)
        draw(sheet)
        svg, png = io.BytesIO(), io.BytesIO()
        said = {"Date": None, "Creator": None, "Title": name, "Description": alt}
        sheet.savefig(svg, format="svg", bbox_inches="tight", metadata=said)
        sheet.savefig(png, format="png", bbox_inches="tight", dpi=300, metadata={"Software": None})
    return Figure(name, svg.getvalue(), png.getvalue(), csv, alt)


def axis_label(text: str, width: int = 42) -> str:
    """A label on one line, short enough for an axis, with nothing in it that acts; data beside it has all."""
    return printable(excerpt(text, width))


def benchmark_lines(axes: "Axes", limits: tuple[float, ...], *, upright: bool) -> None:
    """Thin dashed lines where the bands of the benchmark begin."""
    for limit in limits:
        line = axes.axvline if upright else axes.axhline
        line(limit, color=GREY, linewidth=0.8, linestyle=(0, (4, 3)), zorder=0)
