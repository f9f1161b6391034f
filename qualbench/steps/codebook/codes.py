"""Codes of a codebook: find one, know which a coder may apply, keep them as plain data."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from qualbench.errors import UnknownCode, UsageError
from qualbench.model import Code, Codebook
from qualbench.text import folded

HEADINGS = frozenset({"theme", "category", "domain"})


def find(codebook: Codebook, name: str) -> Code:
    """The code with this id or, when no id fits, this label; case and accents may differ if it is clear."""
    codes = codebook.codes
    found = (
        [code for code in codes if code.id == name]
        or [code for code in codes if code.id.casefold() == name.strip().casefold()]
        or [code for code in codes if code.label == name]
        or [code for code in codes if folded(code.label) == folded(name)]
    )
    if not found:
        raise UnknownCode(name)
    if len(found) > 1:
        ids = ", ".join(code.id for code in found)
        raise UsageError(f"Several codes are called '{name}'.", f"Say which one by its id: {ids}")
    return found[0]


def applicable(codebook: Codebook) -> tuple[Code, ...]:
    """The active codes a coder may apply, in reading order; a theme or domain with codes is a heading."""
    parents = {code.parent for code in codebook.codes}
    return tuple(
        code
        for code in codebook.codes
        if code.status == "active" and not (code.kind in HEADINGS and code.id in parents)
    )


def to_data(codebook: Codebook) -> dict[str, Any]:
    """The codebook as plain lists, dicts and strings, ready for JSON."""
    return {
        "version": codebook.version,
        "title": codebook.title,
        "date": codebook.date,
        "changelog": list(codebook.changelog),
        "codes": [asdict(code) | {"examples": list(code.examples)} for code in codebook.codes],
    }


def from_data(data: Mapping[str, Any]) -> Codebook:
    """The codebook that `to_data` wrote; keys that this program does not know are left aside."""
    return Codebook(
        version=data["version"],
        title=data["title"],
        codes=tuple(_code_from(row) for row in data["codes"]),
        date=data.get("date", ""),
        changelog=tuple(data.get("changelog", ())),
    )


def _code_from(row: Mapping[str, Any]) -> Code:
    known = {entry.name for entry in fields(Code)} - {"examples"}
    return Code(**{key: row[key] for key in row if key in known}, examples=tuple(row.get("examples", ())))
