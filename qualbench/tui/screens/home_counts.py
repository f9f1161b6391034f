"""The numbers on home: in a big study they come one after the other, while the screen is there and takes keys."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from qualbench.model import Pass, PassState, TranscriptRow

if TYPE_CHECKING:
    from qualbench.project import Project
    from qualbench.project.progress import Settling
    from qualbench.steps.methods import Phase

AT_ONCE = 0.03
"""Seconds of work between two looks for keys."""
SMALL = 200_000
"""Words of a study that is counted before its first frame."""


class Counts:
    """How many segments count and are decided, and where disagreements stand, as far as they are counted."""

    def __init__(self, project: Project, rows: Sequence[TranscriptRow], own: Sequence[Pass]) -> None:
        self.units: dict[str, int] = {}
        """Segments that count, by transcript."""
        self.decided: dict[str, int] = {}
        """Of them decided by the viewer, where their pass is open."""
        self.settling: list[Settling] = []
        """Disagreements, by opened transcript."""
        self.phases: Sequence[Phase] = ()
        """The phases of the method, with where the study stands."""
        self.is_done = False
        self._work = self._count(project, rows, own)
        if sum(row.words for row in rows) <= SMALL:
            self.go_on(float("inf"))

    def go_on(self, seconds: float = AT_ONCE) -> None:
        """Count for some time of the processor, whatever else it has to do."""
        end = time.thread_time() + seconds
        for _ in self._work:
            if time.thread_time() > end:
                return
        self.is_done = True

    def _count(self, project: Project, rows: Sequence[TranscriptRow], own: Sequence[Pass]) -> Iterator[None]:
        for pass_ in own:
            if pass_.state is PassState.OPEN:
                self.units[pass_.transcript] = project.units_in(pass_.transcript)
                self.decided[pass_.transcript] = project.decided_in(pass_)
                yield
        for row in rows:
            if row.id not in self.units:
                self.units[row.id] = project.units_in(row.id)
                yield
        for one in project.settling():
            self.settling.append(one)
            yield
        self.phases = project.phases(self.settling)

    @property
    def open(self) -> int:
        """Disagreements that nobody decided, so far."""
        return sum(one.open for one in self.settling)

    @property
    def has_units(self) -> bool:
        """Whether all is counted that stands beside transcripts."""
        return self.is_done or bool(self.settling)
