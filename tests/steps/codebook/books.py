"""Small codebooks for the tests of this folder."""

from __future__ import annotations

from qualbench.model import Change, Code, Codebook, CodeChange


def book(*codes: Code, version: str = "1.0", **said: Change) -> Codebook:
    """A version of these codes; changes are said by code."""
    return Codebook(version, "Little", codes, changes=tuple(CodeChange(code, kind) for code, kind in said.items()))


def ids(codebook: Codebook) -> list[str]:
    return [code.id for code in codebook.codes]


def tree(codebook: Codebook) -> list[str]:
    """Each code with as many dots in front as there are codes above it."""
    return ["." * (len(codebook.path(code.id)) - 1) + code.id for code in codebook.codes]


FAMILY = book(
    Code("T", "Trust", kind="theme"),
    Code("A", "Credibility", parent="T", exclude="Not for talk."),
    Code("B", "Time", parent="T"),
    Code("U", "Hope", kind="theme"),
    Code("C", "Role model", parent="U"),
    Code("D", "Future", parent="U"),
)
