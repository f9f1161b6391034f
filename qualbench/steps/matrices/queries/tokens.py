"""The words of a query as it is typed, and the sentence for one that can not be read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qualbench.errors import UsageError
from qualbench.text import excerpt

KEYWORDS = frozenset(
    ("and", "or", "not", "but", "any", "within", "turn", "turns", "of", "followed", "by", "where")
)  # fmt: skip
"""Words of the language; a code or a value that is called so is put into quotes."""

_TOKEN = re.compile(
    r'\s*(?:(?P<sign>[(),=])|"(?P<quoted>(?:[^"\\]|\\.)*)"|“(?P<curly>[^”]*)”|(?P<word>[^\s"“”(),=]+))', re.S
)
_PLAIN = re.compile(r'[^\s"“”(),=]+')


@dataclass(frozen=True, slots=True)
class Token:
    """One word, quoted name or sign, and where it begins (0-based)."""

    text: str
    at: int
    quoted: bool = False

    def says(self, *words: str) -> bool:
        """Whether it is one of these words or signs, in any case."""
        return not self.quoted and self.text.casefold() in words

    @property
    def is_name(self) -> bool:
        """Whether it can name a code or a value."""
        return self.quoted or (self.text not in ("(", ")", ",", "=", "") and self.text.casefold() not in KEYWORDS)


class BadQuery(UsageError):
    """A query that can not be read, with where and what was expected instead."""

    def __init__(self, query: str, token: Token, expected: str) -> None:
        self.at = token.at
        """0-based position in the query."""
        self.expected = expected
        there = f"at '{excerpt(token.text, 40)}'" if token.text or token.quoted else "at its end"
        super().__init__(
            f"The query can not be read {there} (character {token.at + 1}): expected {expected}.",
            f"Read so far: {excerpt(query[: token.at], 200) or 'nothing'}",
        )


def tokens(query: str) -> list[Token]:
    """The words of a query, with an empty one at the end."""
    found: list[Token] = []
    at, end = 0, len(query.rstrip())
    while at < end:
        match = _TOKEN.match(query, at)
        if match is None:
            at += len(query[at:]) - len(query[at:].lstrip())
            raise BadQuery(query, Token(query[at:], at), "a closing quote")
        found.append(_token(match))
        at = match.end()
    return [*found, Token("", end)]


def _token(match: re.Match[str]) -> Token:
    kind = match.lastgroup or ""
    at = match.start(kind)
    if kind == "quoted":
        return Token(re.sub(r"\\(.)", r"\1", match[kind], flags=re.S), at - 1, quoted=True)
    return Token(match[kind], at - (kind == "curly"), quoted=kind == "curly")


def quoted(name: str, reserved: Sequence[str] = ()) -> str:
    """A name as it is typed: as it stands if it is one plain word, else in quotes."""
    if _PLAIN.fullmatch(name) and name.casefold() not in KEYWORDS and name.casefold() not in reserved:
        return name
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
