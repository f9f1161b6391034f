"""A sheet to draw on and the files it becomes: the same fonts, marks and bytes every time."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING

from qualbench.errors import QualbenchError
from qualbench.text import excerpt, printable

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Sheet

BLUE, ORANGE, GREY = "#0072B2", "#D55E00", "#595959"
"""Blue and vermilion of Okabe & Ito 2008, told apart by every eye; marks, lines and hatches differ too."""


def drawn(size: tuple[float, float], draw: Callable[[Sheet], None], *, title: str, alt: str) -> tuple[bytes, bytes]:
    """SVG and 300-dpi PNG of a sheet of this size in inches, without a screen and without the user's own settings."""
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
        mpl.rc("hatch", linewidth=0.6)
        sheet = Sheet(figsize=size, layout="constrained")
        FigureCanvasAgg(sheet)
        draw(sheet)
        svg, png = io.BytesIO(), io.BytesIO()
        said = {"Date": None, "Creator": None, "Title": printable(title), "Description": printable(alt)}
        sheet.savefig(svg, format="svg", bbox_inches="tight", metadata=said)
        sheet.savefig(png, format="png", bbox_inches="tight", dpi=300, metadata={"Software": None})
    return svg.getvalue(), png.getvalue()


def axis_label(text: str, width: int = 42) -> str:
    """A label on one line, short enough for an axis, with nothing in it that acts; data beside it has all."""
    return printable(excerpt(text, width))
