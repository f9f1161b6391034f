"""A code's fields as one text under headings, for programs that keep one text for each code; and read back from it."""

import re
from collections.abc import Iterator

from qualbench.model import Code
from qualbench.steps.codebook.reading import KINDS, LISTS, STATUSES

TEXTS = {
    "definition_short": "In short",
    "definition": "Definition",
    "include": "Use when",
    "exclude": "Do not use when",
    "examples": "Example",
    "near_miss": "Near miss",
    "origin": "Origin",
    "questions": "Open question",
    "notes": "Notes",
}
"""What the fields of prose are called, in the order in which they are read."""
_FACTS = {
    "id": "Code id",
    "kind": "Kind",
    "status": "Status",
    "into": "Went into",
    "colour": "Colour",
    "owner": "Owner",
}
_CALLED = TEXTS | _FACTS
_FIELDS = {heading: name for name, heading in _CALLED.items()}
_BEGIN = re.compile(r"(?:\A|\n\n)(" + "|".join(map(re.escape, _FIELDS)) + "): ")
_DEFAULTS = {"kind": "code", "status": "active"}


def composed(code: Code, *, facts: bool = False) -> str:
    """The texts of a code, each under its heading; with `facts` also its id and all else that a name does not say."""
    names = _CALLED if facts else TEXTS
    parts = [(name, text) for name in names for text in values(code, name)]
    if [name for name, _ in parts] == ["definition"]:
        return parts[0][1]
    return "\n\n".join(f"{_CALLED[name]}: {text}" for name, text in parts)


def values(code: Code, name: str) -> Iterator[str]:
    """The texts of a field; none when it says nothing."""
    value = getattr(code, name)
    texts = value if name in LISTS else (value,)
    return (text for text in texts if text and text != _DEFAULTS.get(name))


def decomposed(text: str) -> dict[str, str | tuple[str, ...]]:
    """The fields that `composed` put into a text; what stands under no heading is the definition."""
    first, *rest = _BEGIN.split(text)
    found: dict[str, list[str]] = {"definition": [first]} if first.strip() else {}
    for heading, words in zip(rest[::2], rest[1::2], strict=True):
        found.setdefault(_FIELDS[heading], []).append(words)
    for name, known in (("kind", KINDS), ("status", STATUSES)):
        if found.get(name, [known[0]])[0] not in known:
            del found[name]
    return {name: tuple(texts) if name in LISTS else "\n\n".join(texts) for name, texts in found.items()}
