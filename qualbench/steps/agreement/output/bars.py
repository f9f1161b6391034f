"""Figures in plain characters for an 80-column screen; shapes carry the meaning, so they read without colour."""

from collections.abc import Sequence

DOT, LINE, LEFT, RIGHT, BELOW = "●", "─", "├", "┤", "<"
_STEPS = "▁▂▃▄▅▆▇█"
_SHADES = " ░▒▓█"


def interval_bar(low: float | None, value: float | None, high: float | None, width: int) -> str:
    """An interval with its point on an axis from 0 to 1, in exactly `width` characters.

    What lies below 0 is cut off with a `<` in the first place; without limits the point stands alone, and without
    a value the bar is empty.

    >>> interval_bar(0.25, 0.5, 0.75, 9), interval_bar(-0.3, 0.25, 0.5, 9), interval_bar(None, -0.2, None, 9)
    ('  ├─●─┤  ', '<─●─┤    ', '<        ')
    """
    cells = [" "] * width
    if value is None or width < 1:
        return "".join(cells)
    if low is not None and high is not None:
        start, end = _place(low, width), _place(high, width)
        cells[start : end + 1] = LINE * (end - start + 1)
        cells[start], cells[end] = LEFT, RIGHT
    cells[_place(value, width)] = DOT
    if value < 0 or (low is not None and low < 0):
        cells[0] = BELOW
    return "".join(cells)


def _place(value: float, width: int) -> int:
    return round(min(1.0, max(0.0, value)) * (width - 1))


def trend_line(values: Sequence[float | None], width: int) -> str:
    """A series from 0 to 1 as one column a value, the oldest first, in exactly `width` characters.

    `·` is undefined and `<` is below 0. Only the newest values are shown, after a `…`, when there is no room for all.

    >>> trend_line([0.0, 0.5, None, 1.0, -0.1], 6), trend_line([0.1, 0.2, 0.6, 1.0], 3)
    ('▁▅·█< ', '…▅█')
    """
    if len(values) <= width:
        return "".join(map(_step, values)).ljust(width)
    return ("…" + "".join(map(_step, values[len(values) - width + 1 :])))[: max(0, width)]


def _step(value: float | None) -> str:
    if value is None:
        return "·"
    if value < 0:
        return BELOW
    return _STEPS[min(len(_STEPS) - 1, int(value * len(_STEPS)))]


def heat(count: int, largest: int) -> str:
    """A cell of a heat map: a shade for the count's share of the largest, and the count itself.

    Cells of one map are equally wide. Nothing is blank; any count has a shade, the largest the fullest.

    >>> heat(12, 12), heat(1, 12), heat(0, 12)
    ('█12', '░ 1', '  0')
    """
    shade = -(-count * (len(_SHADES) - 1) // largest) if largest > 0 else 0
    return f"{_SHADES[min(len(_SHADES) - 1, max(0, shade))]}{count:>{len(str(largest))}}"
