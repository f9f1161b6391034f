"""The first words of a selection, by which many programs call it: the proof that a position is right."""

from qualbench.text import printable

_LENGTH = 60
_LEAST = 4
"""Shorter names prove nothing."""


def quoted(words: str) -> str:
    """The beginning of a selection on one line, as its name in a file.

    >>> quoted("She trusted\\nme.")
    'She trusted me.'
    """
    line = " ".join(printable(words[: 4 * _LENGTH]).split())
    return line if len(words) <= 4 * _LENGTH and len(line) <= _LENGTH else line[:_LENGTH].rstrip() + "..."


def tells(name: str) -> bool:
    """Whether the name of a selection is long enough to prove anything."""
    return len(_bare(name)) >= _LEAST


def agrees(name: str, words: str) -> bool:
    """Whether the words of a selection begin as its name says; a name too short to tell says nothing.

    >>> agrees("She  trusted...", "She trusted me."), agrees("line:12", "She trusted me."), agrees("S", "She")
    (True, False, False)
    """
    quote = _bare(name)
    return len(quote) >= _LEAST and " ".join(printable(words[: 4 * max(len(quote), _LENGTH)]).split()).startswith(quote)


def _bare(name: str) -> str:
    return " ".join(name.split()).removesuffix("...").removesuffix("…").rstrip()
