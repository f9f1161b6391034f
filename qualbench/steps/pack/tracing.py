"""A drawing of this program's own (boxes, lines of right angles, words) as a picture of dots at 300 to the inch.

Only what the theme map is made of is understood; it is no renderer of SVG.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from qualbench.formats.drawing import axis_label, drawn

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Sheet

INCH = 96.0
"""Units of SVG in an inch."""
LARGEST = 40.0
"""Inches that a picture is wide or high at most; a larger drawing is made smaller."""
_NAMESPACE = "{http://www.w3.org/2000/svg}"


def png(svg: bytes) -> bytes:
    """The PNG of a drawing."""
    from lxml import etree

    root = etree.fromstring(svg, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    wide, high = (float(root.get(side) or 0) for side in ("width", "height"))
    inches = max(wide, high) / INCH
    small = min(1.0, LARGEST / inches)

    def draw(sheet: Sheet) -> None:
        sheet.set_layout_engine("none")
        axes = sheet.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set_xlim(0, wide)
        axes.set_ylim(high, 0)
        for order, shape in enumerate(root):
            _draw(axes, shape, 72 / INCH * small, order)

    return drawn((wide / INCH * small, high / INCH * small), draw, title="", alt="")[1]


def _draw(axes: Axes, shape: Any, point: float, order: int) -> None:
    """One shape over those before it; `point` is how many points a unit of the drawing is."""
    kind = str(shape.tag).removeprefix(_NAMESPACE)
    if kind == "rect":
        _box(axes, shape, point, order)
    elif kind == "path":
        _line(axes, shape, point, order)
    elif kind == "text":
        size = float(shape.get("font-size", 13)) * point
        weight, ink = shape.get("font-weight", "normal"), shape.get("fill", "black")
        place = (float(shape.get("x")), float(shape.get("y")))
        words = axis_label(shape.text or "", 200)
        axes.text(*place, words, size=size, weight=weight, color=ink, parse_math=False, zorder=order)


def _box(axes: Axes, shape: Any, point: float, order: int) -> None:
    from matplotlib.patches import FancyBboxPatch

    x, y, wide, high = (float(shape.get(name, 0)) for name in ("x", "y", "width", "height"))
    edge = shape.get("stroke", "none")
    box = FancyBboxPatch(
        (x, y), wide, high, boxstyle=f"round,pad=0,rounding_size={float(shape.get('rx', 0))}",
        facecolor=shape.get("fill", "none"), edgecolor=edge, linestyle=_dashes(shape),
        linewidth=float(shape.get("stroke-width", 1)) * point if edge != "none" else 0,
        zorder=order,
    )  # fmt: skip
    axes.add_patch(box)


def _line(axes: Axes, shape: Any, point: float, order: int) -> None:
    x = y = 0.0
    places = []
    for letter, numbers in re.findall(r"([MHV])([^MHV]*)", shape.get("d")):
        values = [float(one) for one in numbers.split()]
        if letter == "M":
            x, y = values
        elif letter == "H":
            x = values[0]
        else:
            y = values[0]
        places.append((x, y))
    thick = float(shape.get("stroke-width", 1)) * point
    axes.plot(
        [x for x, _ in places], [y for _, y in places], color=shape.get("stroke"), linewidth=thick,
        linestyle=_dashes(shape), zorder=order,
    )  # fmt: skip


def _dashes(shape: Any) -> Any:
    lengths = shape.get("stroke-dasharray")
    return (0, tuple(float(one) for one in lengths.split())) if lengths else "-"
