"""Finding memos by their words."""

import re
from collections.abc import Sequence

from qualbench.text import folded

_ASKED = re.compile(r'"([^"]*)"?|([^\s"]+)')
_STRAIGHT = str.maketrans("’‘“”„", '\'\'"""')


def matching(query: str, bodies: Sequence[str]) -> tuple[int, ...]:
    """The indexes of the memos that hold every word of the query, and every "phrase in quotes", in their order.

    Case, accents and the kind of white space do not matter, and a word may be part of a longer one. A quote that is
    not closed goes to the end. A query without words asks for nothing, so every memo holds it.
    """
    asked = {_plain(phrase or word) for phrase, word in _ASKED.findall(query.translate(_STRAIGHT))} - {""}
    held = (_plain(body) for body in bodies)
    return tuple(index for index, body in enumerate(held) if all(part in body for part in asked))


def _plain(text: str) -> str:
    return folded(text.translate(_STRAIGHT))
