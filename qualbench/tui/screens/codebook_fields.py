"""The fields of a code as people read and write them: a name, a key, and what belongs there (MacQueen et al. 1998)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from qualbench.model import Code


class Asks(StrEnum):
    """How a field is asked for."""

    LINE = "line"
    WORDS = "words"
    LIST = "list"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a code: where it is kept, its key in the question which one, its name, and what belongs there."""

    name: str
    key: str
    words: str
    hint: str
    asks: Asks = Asks.WORDS


FIELDS = (
    Field("label", "l", "label", "What people call it; its id stays as it is.", Asks.LINE),
    Field("definition_short", "s", "in short", "One line, for the list of codes.", Asks.LINE),
    Field("definition", "d", "definition", "What it means, in full."),
    Field("include", "w", "when to use it", "What must be said for it to apply."),
    Field("exclude", "n", "when not to use it", "And which code instead."),
    Field("examples", "x", "examples", "From the data.", Asks.LIST),
    Field("near_miss", "m", "near miss", "What looks like it and is not, with the right code."),
    Field("origin", "o", "origin", "The theory or guide it is from, or the place it was first seen.", Asks.CHOICE),
    Field("kind", "k", "kind", "", Asks.CHOICE),
    Field("group", "g", "group", "Codes of one group exclude each other on a segment.", Asks.LINE),
    Field("colour", "c", "colour", "", Asks.CHOICE),
    Field("owner", "p", "owner", "Who looks after it.", Asks.LINE),
    Field("questions", "q", "open questions", "What is still to be found out about it.", Asks.LIST),
    Field("notes", "t", "notes", ""),
)


def value(code: Code, field: Field) -> str:
    """A field as one text."""
    held = getattr(code, field.name)
    return held if isinstance(held, str) else between(held).join(held)


def between(items: Sequence[str]) -> str:
    """What stands between the items of a list while it is written: an empty line if one of them has several lines.

    >>> between(["I trust her.", "He came."]), between(["One\\nTwo", "Three"])
    ('\\n', '\\n\\n')
    """
    return "\n\n" if any("\n" in item for item in items) else "\n"


def items_of(words: str, gap: str) -> tuple[str, ...]:
    """The items of a list as they were written, without empty ones."""
    return tuple(item.strip() for item in words.split(gap) if item.strip())
