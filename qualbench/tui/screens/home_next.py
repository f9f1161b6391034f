"""What a person does next, in one sentence: pure over what home has read, beside two looks at rounds and the hub."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from qualbench.model import Pass, PassState, TranscriptRow
from qualbench.text import counted

if TYPE_CHECKING:
    from qualbench.project import Project
    from qualbench.tui.screens.home_counts import Counts

THEN = {True: "Go on with the cases (press r).", False: "Gather the codes under themes (press t)."}
"""What comes after comparing, by whether the method works with cases and labels."""


def not_asked(project: Project) -> frozenset[str]:
    """Transcripts that rounds ask of others and not of the viewer."""
    planned = [one.assignments.items() for one in project.rounds()]
    asked = {id_ for items in planned for id_, coders in items if project.viewer in coders}
    return frozenset(id_ for items in planned for id_, _ in items if id_ not in asked)


def to_seal(project: Project) -> bool:
    """Whether something was handed in and not sealed on the study's hub."""
    from qualbench.project.gates import GateState

    return project.on_hub and any(one.state is GateState.SUBMITTED for one in project.gates())


def sentence(
    project: Project, rows: Sequence[TranscriptRow], mine: Mapping[str, Pass], counts: Counts | None,
    others: frozenset[str], *, seals: bool,
) -> str:  # fmt: skip
    """What comes next for the viewer, of whom the transcripts of `others` are not asked."""
    from qualbench.steps.cqr import only_audits

    if not rows or counts is None:
        return "Import transcripts first (press i)."
    if not project.has_codebook():
        return "Add a codebook (press b; there, i takes a file)."
    if only_audits(project.roles(project.viewer)):
        return "You are an auditor: read what was agreed, and comment (press r)."
    begun = next((one.transcript for one in mine.values() if one.state is PassState.OPEN), "")
    waiting = [row for row in rows if row.id not in mine and row.id not in others and not row.opened]
    if begun:
        return _go_on(next(row.name for row in rows if row.id == begun), begun, counts)
    if waiting and mine:
        return f"Begin your pass on {waiting[0].name}."
    if seals:
        return "Seal what you have submitted (press v, then e)."
    if not counts.is_done:
        return "Disagreements are being counted."
    if counts.open and project.profile().seeks_consensus:
        return f"{counted(counts.open, 'disagreement')} to settle in a consensus session (press c)."
    if waiting:
        return f"Begin your pass on {waiting[0].name}."
    return _after_coding(project, sum(not row.opened for row in rows))


def _after_coding(project: Project, blind: int) -> str:
    if not blind:
        return f"Every transcript is compared. {THEN[project.profile().has_labels]}"
    left = f"{counted(blind, 'transcript')} {'is' if blind == 1 else 'are'} blind until"
    return (
        f"{left} the lead {'opens it' if blind == 1 else 'opens them'} (press v)."
        if project.on_hub
        else f"{left} the other coders are ready."
    )


def _go_on(name: str, transcript: str, counts: Counts) -> str:
    if transcript not in counts.decided:
        return f"Go on with {name}."
    left = counts.units[transcript] - counts.decided[transcript]
    return (
        f"Go on with {name}: {counted(left, 'segment')} to decide." if left else f"{name} is decided: submit your pass."
    )
