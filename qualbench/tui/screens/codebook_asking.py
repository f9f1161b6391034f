"""What a release would ask of coders: how many segments they would look at again, and in which words that is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from qualbench.model import Change, CodeChange, Pass
from qualbench.steps import codebook as codebooks
from qualbench.text import many
from qualbench.tui.screens.codebook_desk import Desk

if TYPE_CHECKING:
    from qualbench.project import Project

HAVING = frozenset({Change.NARROWED, Change.SPLIT, Change.RETIRED})
"""Changes after which those segments are looked at that have the code."""
LACKING = frozenset({Change.WIDENED, Change.NEW})
"""Changes after which those are looked at that lack it."""

Counts = Mapping[tuple[str, bool], Mapping[str, int]]
"""Segments by coder, for a code and whether it stands on them."""


def counts(project: Project, desk: Desk) -> Counts:
    """How many decided segments have and lack each changed code, in the passes that the viewer may read."""
    if desk.newest is None:
        return {}
    named = [CodeChange(code, one) for code, kind in desk.kinds.items() for one in _both(kind)]
    releases = (*project.releases(), replace(desk.draft, changes=tuple(named)))
    found: dict[tuple[str, bool], Counter[str]] = {}
    for pass_ in _readable(project):
        transcript = project.transcript(pass_.transcript)
        left = set(project.undecided(transcript, pass_))
        decided = [one for one in transcript.segments if transcript.counts(one) and one not in left]
        stands = project.stated(pass_)[0]
        for one in codebooks.owed(releases, pass_, decided, stands, (), desk.newest.version):
            found.setdefault((one.code, one.has), Counter())[pass_.coder] += len(one.segments)
    return found


def _both(kind: Change | None) -> tuple[Change, ...]:
    """The changes to count for: where a person must say, or may know better, each that could be said."""
    return (
        (kind,) if kind in HAVING | {Change.MERGED} else (Change.NARROWED, kind if kind in LACKING else Change.WIDENED)
    )


def _readable(project: Project) -> Iterator[Pass]:
    """The passes in force that the viewer may read: their own, and those on opened transcripts."""
    opened = project.opened()
    for pass_ in project.passes():
        may = pass_.transcript in opened or (project.viewer and pass_.coder == project.viewer)
        if may and project.own_pass(pass_.transcript, pass_.coder) == pass_:
            yield pass_


def asks(code: str, change: Change, found: Counts, viewer: str, into: str = "") -> str:
    """What a kind of change will ask coders to do, with the segments that the viewer may know of."""
    if change is Change.WORDING:
        return "Said better, meant the same: nobody has to look at anything again."
    if change is Change.MERGED:
        return f"Its uses are read as {into}'s from then on: nobody has to look at anything again."
    words = {
        Change.NARROWED: "Coders look again at each segment that has it: does it still belong there?",
        Change.WIDENED: "Coders look again at each segment that lacks it: does it belong there now?",
        Change.NEW: "Coders look again at each segment they decided before: does it belong there?",
        Change.SPLIT: f"Coders decide each use again: {into or 'one of its parts'}, or none.",
        Change.RETIRED: "Coders decide each use again: another code, or none.",
    }[change]
    return f"{words} {_told(found.get((code, change in HAVING), {}), viewer)}"


def _told(by_coder: Mapping[str, int], viewer: str) -> str:
    own = by_coder.get(viewer, 0)
    others = [f"{n:,} of {coder}'s" for coder, n in sorted(by_coder.items()) if coder != viewer]
    said = ", ".join([f"{many(own, 'segment')} of yours", *others]) if viewer else ", ".join(others) or "none"
    return f"As far as you may know: {said}."
