"""A code as one text under headings and back, exactly: for formats that keep a name and one text for each code."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

from qualbench.model import Code
from qualbench.steps.codebook.files.names import made_id
from qualbench.steps.codebook.files.prose import TEXTS, composed, decomposed
from qualbench.steps.codebook.files.qdc import HEX, NAMED
from qualbench.steps.codebook.reading import ID

_BREAK = "\u200b"
"""A space of no width: it keeps a paragraph that begins like a heading from being taken for one."""
_HEADINGS = "|".join([*map(re.escape, TEXTS.values()), "Code id", "Kind", "Status", "Went into", "Colour", "Owner"])
_HELD = re.compile(rf"(\n\n{_BREAK}*)(?=(?:{_HEADINGS}): )")
_LET_GO = re.compile(rf"(\n\n{_BREAK}*){_BREAK}(?=(?:{_HEADINGS}): )")
_FACTS = frozenset({"id", "label", "parent", "kind", "status", "group"})


def worded(code: Code) -> str:
    """All that is said of a code apart from its name and place, under headings."""
    return composed(_each(code, lambda text: _HELD.sub(rf"\1{_BREAK}", text)), facts=True)


def unworded(words: str, label: str, parent: str, taken: set[str]) -> Code:
    """The code that `worded` put into words; `taken` are the ids that others have, in lower case, and grows by its own.

    An id that can not be one, or that another code has, is made anew.
    """
    said: dict[str, Any] = decomposed(words)
    id_ = str(said.pop("id", ""))
    if not ID.fullmatch(id_) or id_.casefold() in taken:
        id_ = made_id(label, parent, taken)
    taken.add(id_.casefold())
    return _each(replace(Code(id_, label, parent), **said), lambda text: _LET_GO.sub(r"\1", text))


def hexadecimal(colour: str) -> str:
    """A colour as #RRGGBB; empty where it is none."""
    found = NAMED.get(colour, colour)
    return found if HEX.fullmatch(found) else ""


def _each(code: Code, change: Callable[[str], str]) -> Code:
    """The code with every text of it changed."""
    changed: dict[str, Any] = {}
    for one in fields(code):
        value = getattr(code, one.name)
        if one.name not in _FACTS and value:
            changed[one.name] = change(value) if isinstance(value, str) else tuple(map(change, value))
    return replace(code, **changed)
