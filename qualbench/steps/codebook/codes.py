"""Codes of a codebook: find one, know which a coder may apply, keep them as plain data."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields, replace
from typing import Any

from qualbench.errors import UnknownCode, UsageError
from qualbench.model import Change, Code, Codebook, CodeChange, Proposal
from qualbench.text import folded

HEADINGS = frozenset({"theme", "category", "domain"})
APPLIED = frozenset({"active", "trial"})
"""The states in which a code of a released version may be applied."""

_LISTS = ("examples", "questions", "into")


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
    """The codes a coder may apply, active or on trial, in reading order; a theme or domain with codes is a heading."""
    parents = {code.parent for code in codebook.codes}
    return tuple(
        code for code in codebook.codes if code.status in APPLIED and not (code.kind in HEADINGS and code.id in parents)
    )


def with_proposals(codebook: Codebook, proposals: Iterable[Proposal]) -> Codebook:
    """The codebook with the codes that coders proposed at its end; those that it took up stand in it already."""
    new = [Code(one.code, one.label, status="proposed") for one in proposals if codebook.get(one.code) is None]
    return replace(codebook, codes=(*codebook.codes, *new)) if new else codebook


def to_data(codebook: Codebook) -> dict[str, Any]:
    """The codebook as plain lists, dicts and strings, ready for JSON."""
    return {
        "version": codebook.version,
        "title": codebook.title,
        "date": codebook.date,
        "changelog": list(codebook.changelog),
        "codes": [code_data(code) for code in codebook.codes],
        "changes": [asdict(change) for change in codebook.changes],
    }


def from_data(data: Mapping[str, Any]) -> Codebook:
    """The codebook that `to_data` wrote; keys that this program does not know are left aside."""
    return Codebook(
        version=data["version"],
        title=data["title"],
        codes=tuple(code_from(row) for row in data["codes"]),
        date=data.get("date", ""),
        changelog=tuple(data.get("changelog", ())),
        changes=tuple(CodeChange(one["code"], Change(one["change"]), one["note"]) for one in data.get("changes", ())),
    )


def code_data(code: Code) -> dict[str, Any]:
    """One code as plain lists and strings."""
    return asdict(code) | {name: list(getattr(code, name)) for name in _LISTS}


def code_from(row: Mapping[str, Any]) -> Code:
    """The code that `code_data` wrote."""
    known = {entry.name for entry in fields(Code)}
    given: dict[str, Any] = {key: tuple(row[key]) if key in _LISTS else row[key] for key in row if key in known}
    return Code(**given)
