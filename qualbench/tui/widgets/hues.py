"""The colours of codes: a palette that colour-blind people tell apart, made readable on any background.

A colour is only ever on a stripe or a key, never on words, and never the only sign of a code.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from textual.color import Color, ColorParseError

HUES: Mapping[str, str] = {
    "orange": "#e69f00",
    "sky": "#56b4e9",
    "green": "#009e73",
    "yellow": "#f0e442",
    "blue": "#0072b2",
    "vermillion": "#d55e00",
    "purple": "#cc79a7",
}
"""Okabe and Ito's palette without black (Color Universal Design, 2008), by the names people choose from."""

CONTRAST = 4.5
"""The least contrast of text on its background (WCAG 2.2, criterion 1.4.3)."""

Channels = tuple[int, int, int]


def hue_of(number: int) -> str:
    """The name of the colour for the code with this number in its codebook, when it has none of its own."""
    return list(HUES)[number % len(HUES)]


def is_colour(colour: str) -> bool:
    """Whether these words name a colour: one of the palette, one of the web, or #rrggbb.

    >>> is_colour("orange"), is_colour("#0072b2"), is_colour("like the sea")
    (True, True, False)
    """
    return _channels(colour) is not None


@lru_cache(maxsize=1024)
def readable(colour: str, background: str) -> str:
    """The colour as #rrggbb, lightened or darkened as little as gives it enough contrast on a background.

    >>> readable("yellow", "#000000"), readable("yellow", "#ffffff")
    ('#f0e442', '#7f7923')
    """
    behind = _channels(background) or (0, 0, 0)
    wanted = _channels(colour) or (128, 128, 128)
    end = max(((255, 255, 255), (0, 0, 0)), key=lambda extreme: contrast(extreme, behind))
    for step in range(101):
        mixed = _mixed(wanted, end, step / 100)
        if contrast(mixed, behind) >= CONTRAST:
            break
    return "#{:02x}{:02x}{:02x}".format(*mixed)


def contrast(one: Channels, other: Channels) -> float:
    """How well two colours stand apart, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(channels: Channels) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in (channel / 255 for channel in channels)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mixed(one: Channels, other: Channels, share: float) -> Channels:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _channels(colour: str) -> Channels | None:
    if not colour.strip():
        return None  # the parser would look through all names of colours for one that is near
    try:
        parsed = Color.parse(HUES.get(colour.strip().lower(), colour.strip().lower()))
    except ColorParseError:
        return None
    return (parsed.r, parsed.g, parsed.b) if parsed.a == 1 and parsed.ansi is None else None
