"""Correcting a sealed transcript: a new version of its text, with everything that points into the old one carried over.

Both versions stay. What can be carried without doubt is exact or moved; the rest is a list for a person to work off.
"""

from qualbench.steps.correction.carrying import Carried, Carry, carry, carry_all
from qualbench.steps.correction.comparing import (
    LEAST_SHARED,
    AnotherTranscript,
    Comparison,
    NothingChanged,
    Piece,
    compare,
    inverse,
    refuse,
)
from qualbench.steps.correction.doubts import problems
from qualbench.steps.correction.layout import layout, segments
from qualbench.steps.correction.summary import Change, summary

__all__ = [
    "LEAST_SHARED",
    "AnotherTranscript",
    "Carried",
    "Carry",
    "Change",
    "Comparison",
    "NothingChanged",
    "Piece",
    "carry",
    "carry_all",
    "compare",
    "inverse",
    "layout",
    "problems",
    "refuse",
    "segments",
    "summary",
]
