"""How far the team is with what its coders said differently, counted transcript by transcript; no item is held."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from qualbench.model import Outcome, Pass, Recheck
from qualbench.project.compared import Compared
from qualbench.store.queries import codebook, results, transcripts


@dataclass(frozen=True, slots=True)
class Settling:
    """How many disagreements an opened transcript has, and where they stand."""

    transcript: str
    open: int
    deferred: int
    decided: int

    @property
    def disagreements(self) -> int:
        """All of them."""
        return self.open + self.deferred + self.decided


class Counts(Compared):
    """What can be said in numbers before anybody asks for the things themselves."""

    def settling(self) -> Iterator[Settling]:
        """Opened transcripts one by one, in the order of import: the same numbers as those of `items`.

        Each takes a few milliseconds when it is counted for the first time, so that a screen may show itself between.
        """
        taken = results.outcomes(self._db)
        for id_, starts in self.differing():
            yield _settling(id_, starts, taken.get(id_, {}))

    def differing(self) -> Iterator[tuple[str, Sequence[int]]]:
        """Opened transcripts in the order of import, with where the segments begin on which coders differ."""
        passes, taken = self._compared(), results.outcomes(self._db)
        of_all = (transcripts.counted(self._db), self.codebook_versions())
        rechecks = self._rechecks(passes)
        for id_ in transcripts.names(self._db):
            own = [pass_ for pass_ in passes if pass_.transcript == id_]
            if own:
                decided = taken.get(id_, {})
                state = (frozenset(pass_.id for pass_ in own), of_all, tuple(rechecks.get(id_, ())), len(decided))
                yield id_, self._differing(id_, own, rechecks.get(id_, ()), state)

    def _rechecks(self, passes: Sequence[Pass]) -> dict[str, list[Recheck]]:
        """What was answered to later releases in passes that are compared, by transcript."""
        compared = {pass_.id for pass_ in passes}
        found: dict[str, list[Recheck]] = {}
        for one in codebook.rechecks(self._db, self.viewer):
            if one.pass_id in compared:
                found.setdefault(one.transcript, []).append(one)
        return found

    def _differing(self, id_: str, own: Sequence[Pass], rechecks: Sequence[Recheck], state: object) -> Sequence[int]:
        """Where the segments begin on which coders differ, kept until something else of them counts."""
        from qualbench.steps import agreement
        from qualbench.steps import codebook as codebooks

        kept = self._differing_kept.get(id_)
        if kept is None or kept[0] != state:
            tasks = self._tasks(own)
            units = (
                self._read_together(id_, tasks, rechecks)
                if len(tasks) > 1
                else codebooks.as_read_now(self._gathered(id_, own), rechecks, self.releases())
            )
            starts = array("i", (unit.start for unit in agreement.disagreements(units)))
            kept = self._differing_kept[id_] = (state, starts)
        return kept[1]

    @cached_property
    def _differing_kept(self) -> dict[str, tuple[object, Sequence[int]]]:
        return {}


def _settling(transcript: str, differing: Sequence[int], taken: dict[int, Outcome]) -> Settling:
    states = Counter(map(taken.get, differing))
    left, deferred = states[None], states[Outcome.DEFERRED]
    return Settling(transcript, left, deferred, len(differing) - left - deferred)
