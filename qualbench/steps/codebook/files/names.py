"""Names of codes as other programs write them: with bullets, with their path, with a number; and ids made from them."""

import re
import unicodedata
from collections.abc import Collection
from hashlib import sha256

PATHS = (">", "\\", "->", "/", "::", ":", ".")
"""What can stand between the names of a path, as a person says it."""
CUT = 63
"""Characters to which MAXQDA cuts a name when it takes a list of codes in."""

_SPLIT = {
    ">": re.compile(r"\s*(?<!-)>{1,2}\s*"),
    "\\": re.compile(r"\s*\\+\s*"),
    "->": re.compile(r"\s*(?:->|→)\s*"),
    "/": re.compile(r"\s*/\s*"),
    "::": re.compile(r"\s*::\s*"),
    ":": re.compile(r"\s*:\s+"),
    ".": re.compile(r"\.(?=\S)"),
}
_BULLETS = re.compile(r"^[\s●○•◦▪▫■□‣⁃·*]+(?=\S)")
_NUMBERED = re.compile(r"([A-Za-z]{0,2}\.?\d+(?:\.\d+)*|[A-Z](?:\.\d+)+|[A-Z](?=[.)]))[.):]?\s+(\S.*)", re.DOTALL)
_PLAIN = str.maketrans({"ß": "ss", "ẞ": "SS", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "æ": "ae",
                        "Æ": "AE", "œ": "oe", "Œ": "OE"})  # fmt: skip
_LONGEST_ID = 40


def bare(label: str) -> str:
    """A name on one line, without the bullet that a list of codes puts before it.

    >>> bare("● Trust\\n in peers")
    'Trust in peers'
    """
    return " ".join(_BULLETS.sub("", label).split())


def path_of(label: str, separator: str) -> tuple[str, ...]:
    """The names from the top down that a name with a separator holds; empty ones are left out.

    >>> path_of("Trust > Time", ">"), path_of(r"Trust\\Time", "\\\\"), path_of("Trust > Time", "")
    (('Trust', 'Time'), ('Trust', 'Time'), ('Trust > Time',))
    """
    parts = _SPLIT[separator].split(label) if separator else [label]
    return tuple(part for part in map(bare, parts) if part)


def numbered(label: str) -> tuple[str, str] | None:
    """The number at the beginning of a name and the name without it.

    >>> numbered("A.1. Trust"), numbered("Trust")
    (('A.1', 'Trust'), None)
    """
    found = _NUMBERED.fullmatch(label)
    return (found[1], found[2]) if found else None


def made_id(label: str, parent: str, taken: Collection[str]) -> str:
    """An id of A-Z, 0-9 and _ made from a name; one that is taken gets its parent's id before it, then a number.

    >>> made_id("Größe (Straße)", "", ()), made_id("Time", "TRUST", {"time"})
    ('GROSSE_STRASSE', 'TRUST_TIME')
    """
    stem = _stem(label)
    longer = f"{parent}_{stem}" if parent else stem
    choices = [stem, longer, *(f"{longer}_{number}" for number in range(2, len(taken) + 3))]
    return next(choice for choice in choices if choice.casefold() not in taken)


def _stem(label: str) -> str:
    """The letters of a name that an id can hold; where it has none, the beginning of its SHA-256 in their place."""
    plain = unicodedata.normalize("NFKD", label.translate(_PLAIN)).upper()
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    stem = re.sub(r"[^A-Z0-9]+", "_", letters)[:_LONGEST_ID].strip("_")
    return stem or f"CODE_{sha256(label.encode('utf-8', 'replace')).hexdigest()[:6].upper()}"
