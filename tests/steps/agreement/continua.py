"""Freely drawn units for the tests: the published ones, and small ones drawn at random."""

import json
from pathlib import Path

from hypothesis import strategies as st

from qualbench.steps.agreement.drawn.continua import Spans

FILE = json.loads((Path(__file__).parent / "span_cases.json").read_text("utf-8"))
CASES = FILE["cases"]

GAP = ""
"""What a character has that its coder did not mark."""


def stretched(one, factor):
    units = {c: [(a * factor, b * factor, code) for a, b, code in u] for c, u in one.units.items()}
    return Spans(one.begin * factor, one.end * factor, units)


def published(name, factor=1):
    data = FILE["datasets"][name]["data"]
    return stretched(Spans(data["begin"], data["end"], data["coders"]), factor)


def labels(units, begin, end):
    """The code of every character, GAP where there is none."""
    by_place = {place: code for a, b, code in units for place in range(a, b)}
    return [by_place.get(place, GAP) for place in range(begin, end)]


@st.composite
def texts(draw, longest=12):
    """One continuum with one to four coders; units may touch, and touching ones may have one code."""
    begin, size = draw(st.integers(0, 3)), draw(st.integers(1, longest))
    character = st.tuples(st.sampled_from([GAP, "a", "b", "c"]), st.booleans())
    units = {}
    for coder in draw(st.sampled_from([["ana"], ["ana", "ben"], ["ana", "ben", "cem"], ["ana", "ben", "cem", "dea"]])):
        own = []
        for place, (code, new) in enumerate(draw(st.lists(character, min_size=size, max_size=size)), begin):
            if own and not new and own[-1][1] == place and own[-1][2] == code:
                own[-1] = (own[-1][0], place + 1, code)
            elif code != GAP:
                own.append((place, place + 1, code))
        units[coder] = own
    return Spans(begin, begin + size, units)


CONTINUA = st.lists(texts(), min_size=1, max_size=3)
