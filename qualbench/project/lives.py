"""Codes over time: their properties and open questions, their lives as documents, and kept saturation runs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from qualbench import events
from qualbench.model import OUTCOME_NAMES, REASON_NAMES, Changes, Decision, Note, Outcome
from qualbench.project.asked import Asked
from qualbench.project.base import write_file
from qualbench.project.cqr import Cqr
from qualbench.store.queries import results, transcripts, typologies

if TYPE_CHECKING:
    from qualbench.steps import matrices
    from qualbench.steps.codebook.biography import Against, Entry, Settled
    from qualbench.steps.comparing import Property
    from qualbench.steps.matrices.kept import KeptRun


class Lives(Cqr):
    """What constant comparison asks of a code (Glaser 1965), and when nothing new comes."""

    # --- properties and questions ----------------------------------------------------------------------------------

    def properties(self, code: str) -> tuple[Property, ...]:
        """The properties of a code with their dimensions that the viewer may read, the oldest first."""
        from qualbench.steps.comparing import property_of

        return tuple(property_of(note.body) for note in self.notes("code", code) if note.kind == "property")

    def questions(self, code: str = "") -> tuple[Note, ...]:
        """What is open, for the next interviews: about one code, or about every code and the study."""
        found = self.notes("code", code) if code else self.notes()
        return tuple(note for note in found if note.kind == "question")

    # --- the life of a code ----------------------------------------------------------------------------------------

    def biography(
        self, code: str, settled: Iterable[Settled] = (), against: Iterable[Against] = ()
    ) -> tuple[Entry, ...]:  # fmt: skip
        """Everything that happened to a code, decisions of the team and negative cases too."""
        from qualbench.steps.codebook.biography import Against

        labels = {one.id: one.label for one in self.participants()}
        cases = [
            Against(at, actor, labels.get(who, who), reason)
            for _, who, reason, actor, at in typologies.negative_cases(self._db, self.viewer, code)
        ]
        return super().biography(code, [*settled, *self._settled_about(code)], [*against, *cases])

    def _settled_about(self, code: str) -> list[Settled]:
        """The decisions on segments to which somebody gave a code, or on which the team put it."""
        from qualbench.steps.codebook.biography import Settled

        names = transcripts.names(self._db)
        readable = self.opened()
        found = []
        texts: dict[str, str] = {}
        for one in results.decisions(self._db, superseded=True):
            had = tuple(coder for coder, codes in one.readings.items() if code in codes)
            if one.transcript not in readable or not (had or code in _codes_of(one)):
                continue
            if one.transcript not in texts:
                texts[one.transcript] = self.transcript(one.transcript).text
            line = texts[one.transcript].count("\n", 0, one.start) + 1
            is_open = one.outcome in (Outcome.DEFERRED, Outcome.APART)
            stands = None if is_open else code in _codes_of(one)
            told = f"{OUTCOME_NAMES[one.outcome]}; {REASON_NAMES[one.reason]}"
            found.append(Settled(one.at, one.actor, names[one.transcript], line, had, stands, told))
        return found

    def write_biography(self, name: str, target: Path, *, force: bool = False) -> str:
        """Write the life of a code as a document; the ending of the file says which kind."""
        from qualbench.steps.codebook.files import life

        life.known(target.suffix)
        code = self.code_named(name)
        write_file(target, life.write_life(code, self.biography(code.id), target.name), force=force)
        return f"The life of {code.label} is in {target}."

    # --- saturation ------------------------------------------------------------------------------------------------

    def keep_saturation(
        self, rule: matrices.Rule | None = None, order: str = "import", asked: Asked | None = None, *,
        orders: int = 0, seed: int = 1,
    ) -> Changes:  # fmt: skip
        """Keep a saturation run with everything it was made from: it can be made again, and repeated in a report."""
        from qualbench.steps import matrices
        from qualbench.steps.matrices import kept

        asked = asked or Asked()
        grid, found = self.saturation(rule, order, asked)
        band = matrices.band(grid, found.rule, orders=orders, seed=seed) if orders and grid.interviews else None
        scope = "; ".join(filter(None, (asked.layer, asked.where)))
        data = kept.to_data(grid, found, band, codebook=self.codebook().version, scope=scope)
        body = json.dumps(data, ensure_ascii=False)
        return self._record([events.RunKept(run=events.new_id(), what=kept.SATURATION, result=events.seal(body))])

    def kept_saturation(self) -> tuple[KeptRun, ...]:
        """The saturation runs that were kept, the oldest first."""
        from qualbench.steps.matrices import kept

        return tuple(kept.kept_run(*run) for run in typologies.runs(self._db, kept.SATURATION))


def _codes_of(one: Decision) -> set[str]:
    """Every code that a decision put somewhere."""
    return {*one.codes, *(code for _, _, codes in one.parts for code in codes)}
