"""Positions as programs count them, turned into code points of the canonical text.

Programs differ in whether a Windows line end counts one or two, whether a byte-order mark counts, and whether a
character outside of the basic plane counts one (a code point) or two (a UTF-16 unit).
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import product

_BOM = "\ufeff"
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_CRLF = re.compile("\r\n")


@dataclass(frozen=True, slots=True, order=True)
class Convention:
    """One way of counting; the default is the standard's own: code points of the text as it is in its file."""

    line_end: int = 2
    """What a carriage return with its line feed counts: 2, or 1."""
    utf16: bool = False
    """Characters outside of the basic plane count 2."""
    bom: bool = False
    """A byte-order mark counts 1."""

    @property
    def spelled(self) -> str:
        """The convention in a word, to be given back by a person.

        >>> Convention().spelled, Convention(1, True, True).spelled
        ('crlf-2', 'crlf-1+utf-16+bom')
        """
        return "+".join([f"crlf-{self.line_end}", *["utf-16"] * self.utf16, *["bom"] * self.bom])

    def __str__(self) -> str:
        parts = [f"a Windows line end counts {self.line_end}"]
        parts.append(
            "a character beyond the basic plane counts 2 (UTF-16)" if self.utf16 else "every character counts 1"
        )
        parts.append("the byte-order mark counts" if self.bom else "a byte-order mark does not count")
        return ", ".join(parts)


EVERY = tuple(sorted(Convention(*ways) for ways in product((2, 1), (False, True), (False, True))))
"""All ways of counting that are known."""


def spelt(word: str) -> Convention | None:
    """The convention that a person gave; None when there is none of this spelling.

    >>> spelt("crlf-1+utf-16") == Convention(1, True)
    True
    """
    parts = sorted(word.casefold().replace(" ", "").split("+"))
    return next((one for one in EVERY if sorted(one.spelled.split("+")) == parts), None)


@dataclass(slots=True)
class Words:
    """One text of a file, as it was and as it is sealed, with its positions."""

    raw: str
    """As in the file, decoded, with its byte-order mark if it has one."""
    keep_bom: bool = False
    """A mark at the beginning belongs to the words, as nobody puts a mark there in this file."""
    text: str = field(init=False)
    """The canonical text."""
    ambiguous: tuple[bool, bool, bool] = field(init=False)
    """Whether it matters here how line ends, wide characters and a byte-order mark are counted."""
    _body: str = field(init=False)
    _marks: int = field(init=False)
    _returns: list[int] = field(default_factory=list)
    _wide: dict[int, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._body = self.raw if self.keep_bom else self.raw.lstrip(_BOM)
        self._marks = len(self.raw) - len(self._body)
        self.text = self._body.replace("\r\n", "\n").replace("\r", "\n") if "\r" in self._body else self._body
        self._returns = [match.start() for match in _CRLF.finditer(self._body)] if "\r" in self._body else []
        self.ambiguous = bool(self._returns), _ASTRAL.search(self._body) is not None, self._marks > 0

    def place(self, position: int, way: Convention) -> int:
        """A position of the file as a position of the text; one beyond the end stays beyond it."""
        if way.bom:
            position = max(0, position - self._marks)
        if way.utf16:
            position -= bisect_right(self._wide_at(way.line_end), position)
        if way.line_end == 2 and self._returns:
            position -= bisect_left(self._returns, position)
        return position

    def _wide_at(self, line_end: int) -> list[int]:
        """Where the second units of wide characters are, in UTF-16 units of the text in which line ends count so."""
        if line_end not in self._wide:
            counted = self._body if line_end == 2 else self.text
            self._wide[line_end] = [match.start() + n + 1 for n, match in enumerate(_ASTRAL.finditer(counted))]
        return self._wide[line_end]
