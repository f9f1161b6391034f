"""Figures in characters, by hand calculation and by what must hold of every one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.steps.agreement.output.bars import heat, interval_bar, trend_line

VALUES = st.floats(-1, 1)
WIDTHS = st.integers(3, 80)


@pytest.mark.parametrize(
    ("low", "value", "high", "bar"),
    [
        (0.2, 0.5, 0.8, "  ├──●──┤  "),
        (0.0, 0.0, 1.0, "●─────────┤"),
        (0.2, 0.2, 0.2, "  ●        "),
        (None, 1.0, None, "          ●"),
        (-0.4, 0.3, 0.6, "<──●──┤    "),
        (-0.4, -0.1, 0.2, "<─┤        "),
        (-0.9, -0.5, -0.1, "<          "),
        (None, None, None, "           "),
    ],
)
def test_interval_bar(low: float | None, value: float | None, high: float | None, bar: str) -> None:
    """On 11 places each is a tenth."""
    assert interval_bar(low, value, high, 11) == bar


@given(st.lists(VALUES, min_size=3, max_size=3).map(sorted), WIDTHS)
def test_a_bar_is_as_wide_as_asked_and_shows_its_point(limits: list[float], width: int) -> None:
    low, value, high = limits
    bar = interval_bar(low, value, high, width)
    assert len(bar) == width
    assert ("●" in bar) or low < 0
    assert (bar[0] == "<") == (low < 0)


@given(st.lists(st.none() | VALUES, max_size=100), WIDTHS)
def test_a_trend_is_as_wide_as_asked(values: list[float | None], width: int) -> None:
    line = trend_line(values, width)
    assert len(line) == width
    assert line.startswith("…") == (len(values) > width)


@given(st.lists(st.floats(0, 1), min_size=2, max_size=20).map(sorted))
def test_a_rising_series_never_falls(values: list[float]) -> None:
    line = trend_line(values, len(values))
    assert line == "".join(sorted(line))


@given(st.integers(0, 9999), st.integers(0, 9999))
def test_a_cell_prints_its_count_whatever_the_shade(count: int, more: int) -> None:
    largest = count + more
    cell = heat(count, largest)
    assert int(cell[1:]) == count
    assert len(cell) == len(heat(largest, largest))
    assert (cell[0] == " ") == (count == 0)


def test_shades_grow_in_quarters() -> None:
    assert [heat(count, 8)[0] for count in (0, 1, 2, 3, 4, 5, 6, 7, 8)] == list(" ░░▒▒▓▓██")
