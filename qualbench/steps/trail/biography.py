"""Where a theme comes from: the themes before it, its codes, and the lives of these as lines of the trail."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from qualbench.model import Action, Thing, TrailClass, TrailEntry

_CLASSES = {
    "used": TrailClass.REDUCTION, "uses": TrailClass.REDUCTION, "proposed": TrailClass.REDUCTION,
    "memo": TrailClass.INTENTIONS,
}  # fmt: skip


def moments(code: Thing, entries: Iterable[tuple[str, str, str, str]]) -> Iterator[TrailEntry]:
    """Entries of a code's biography (when, who, kind, sentence) as lines.

    Numbers of uses are no moments, and decisions stand in the trail themselves. What was written about a code in the
    codebook counts from the release on, so it stands there.
    """
    for at, who, kind, sentence in entries:
        if kind in ("uses", "settled"):
            continue
        said = sentence.rstrip(".")
        version, colon, rest = said.removeprefix("Version ").partition(": ")
        what = said.removeprefix(f"{who} ")
        if colon and said.startswith("Version "):
            what = f"released version {version} of the codebook; {code.label}: {rest}"
        else:
            what = re.sub(r"\bit\b", lambda _: code.label, what, count=1)
        yield TrailEntry(at, who, what, "", (code,), _CLASSES.get(kind, TrailClass.INSTRUMENTS))


def family(theme: str, actions: Sequence[Action]) -> tuple[frozenset[str], tuple[str, ...]]:
    """A theme with those that were merged into it or split for it, and every code ever gathered there, in order.

    The actions are those of the theme board, the newest first.
    """
    found = {theme}
    for kind, fact in _counting(actions):  # a theme is merged or split after it was made
        if kind == "themes_merged" and fact.get("into") in found:
            found |= set(fact.get("themes", ()))
        if kind == "theme_split" and found & set(fact.get("into", ())):
            found.add(str(fact.get("theme", "")))
    gathered = [
        str(fact.get("code", ""))
        for kind, fact in _counting(reversed(actions))
        if kind == "code_gathered" and fact.get("theme") in found
    ]
    return frozenset(found), tuple(dict.fromkeys(gathered))


def _counting(actions: Iterable[Action]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The facts that were not undone, with their kinds."""
    for action in actions:
        if not action.undone:
            yield from ((one.kind, fact) for one in action.stated for fact in one.facts)
