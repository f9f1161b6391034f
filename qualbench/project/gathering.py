"""What a study hands over as data, gathered for the tables that are asked for: nothing blind is in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from qualbench.errors import NoCoefficients, OneCoder, StillBlind
from qualbench.model import Code, frequency
from qualbench.project import placed
from qualbench.project.asked import Asked, Kind
from qualbench.project.themes import Themes
from qualbench.store.queries import results, transcripts
from qualbench.store.queries import study as studies
from qualbench.store.queries import themes as board
from qualbench.text import many

if TYPE_CHECKING:
    from qualbench.steps.pack.blocks import Table
    from qualbench.steps.pack.gathered import AttributeLine, CaseLine, Crossed, Gathered, Pairs, Reach, Run

_OF_WORDS = frozenset(("sources", "turns", "segments", "settled", "decisions", "quotes", "memos"))
_OF_MEMOS = frozenset(("segments", "memos"))
_OF_ITEMS = frozenset(("settled", "decisions"))
_OF_SETTLED = frozenset(("settled", "case_code_matrix", "cooccurrence", "themes"))


class Gathering(Themes):
    """The study as tables."""

    def data_tables(self, names: Sequence[str] = ()) -> tuple[Table, ...]:
        """The tables of opened transcripts and submitted passes that are asked for by name; otherwise all."""
        from qualbench.steps.pack import tables

        return tables.tables(self.gathered(frozenset(tables.chosen(names))), names)

    def gathered(self, wanted: frozenset[str]) -> Gathered:
        """What the tables of these names are made of."""
        from qualbench.steps.pack.gathered import Gathered

        runs, no_runs = self._runs() if "agreement" in wanted else ([], "")  # needs most room, so it comes first
        made = Gathered(
            study=self.study,
            date=studies.newest(self._db)[1],
            no_counts=self.counts_nothing(),
            transcripts=[self.transcript(row.id) for row in self.transcripts() if row.opened]
            if wanted & _OF_WORDS
            else (),
            passes=self._compared(),
            rounds={one.id: one.name for one in self.rounds()},
            settled=dict(self._settled_now().codes) if "settled" in wanted else {},
            book=self.codebook() if self.has_codebook() else None,
            attributes=self._attribute_lines(),
            crossed=self._crossed(wanted),
            pairs=self._pairs(wanted),
            runs=runs,
            no_runs=no_runs,
            items=self.items() if wanted & _OF_ITEMS else (),
            decisions=results.decisions(self._db, superseded=True),
            themes=board.themes(self._db),
            reach=self._reach() if "themes" in wanted else {},
        )
        made = self._with_codings(made, wanted)
        return replace(made, codes=self._codes_named(_used(made)), cases=self._cases(made.crossed.cases))

    def _with_codings(self, made: Gathered, wanted: frozenset[str]) -> Gathered:
        """The same with what coders said in passes that count, as far as the viewer may see it."""
        counted = {one.id for one in made.passes}
        if "segments" in wanted:
            codings = [one for one in self.codings() if one.pass_id in counted]
            nothings = [one for one in self.nothings() if one.pass_id in counted]
            made = replace(made, codings=codings, nothings=nothings)
        if wanted & _OF_MEMOS:
            made = replace(made, memos=[one for one in self.memos() if one.pass_id in counted])
        return made

    def left_out_of(self, names: Sequence[str] = ()) -> list[str]:
        """What these tables do not hold, in sentences."""
        first = "Only opened transcripts and submitted passes; passes of coding again are left out."
        if not names or _OF_SETTLED & {*names}:
            rest = self.left_out()
        else:  # nobody asks for what is settled, so it is not worked out
            blind = sum(not row.opened for row in self.transcripts())
            rest = f"{many(blind, 'transcript')} still blind and left out." if blind else ""
        return [one for one in (first, self.told_late(), rest, self.counts_nothing()) if one]

    def _codes_named(self, used: set[str]) -> tuple[Code, ...]:
        """The codebook and every other code that is named somewhere, with the codes above them."""
        books = self.releases()
        parents = {code.id: code.parent for book in books for code in book.codes}
        above = set(used)
        for code in used:
            while (code := parents.get(code, "")) and code not in above:
                above.add(code)
        found = placed.codes_for(self.own_book() if self.has_codebook() else None, books, above)
        known = {code.id for code in found}
        return (*found, *(Code(id_, id_) for id_ in sorted(above - known)))

    def _cases(self, heard: Iterable[str]) -> list[CaseLine]:
        """Participants, stand-ins and groups, each with a label that no other has."""
        from qualbench.steps.pack.gathered import CaseLine

        opened = self.opened()
        speakers = {id_: those for id_, those in self.speakers().items() if id_ in opened}
        every = placed.cases(self.participants(), speakers, transcripts.names(self._db))
        found: dict[str, CaseLine] = {}
        taken: set[str] = set()
        for id_, label, attributes, group in (
            *((one.id, one.label, dict(one.attributes), bool(one.group)) for one in every),
            *((id_, id_, {}, False) for id_ in heard),
        ):
            if id_ not in found:
                name = label if label not in taken else f"{label} ({'group' if group else id_})"
                taken.add(name)
                found[id_] = CaseLine(id_, name, attributes, is_group=group)
        return list(found.values())

    def _attribute_lines(self) -> list[AttributeLine]:
        from qualbench.steps.pack.gathered import AttributeLine
        from qualbench.steps.participants import AttributeKind

        values: dict[str, set[str]] = {}
        for name, value in (pair for one in self.participants() for pair in one.attributes):
            values.setdefault(name, set()).add(value)
        return [
            AttributeLine(one.name, one.kind is AttributeKind.NUMBER and all(map(_is_number, values.get(one.name, ()))))
            for one in self.attributes()
        ]

    # --- what is counted -----------------------------------------------------------------------------------------

    def _crossed(self, wanted: frozenset[str]) -> Crossed:
        from qualbench.steps.pack.gathered import Crossed

        if "case_code_matrix" in wanted and self.opened():
            made = self.matrix(Asked())
            return Crossed([h.id for h in made.rows], [h.id for h in made.columns], made.cells.tolist())
        return Crossed()

    def _pairs(self, wanted: frozenset[str]) -> Pairs:
        from qualbench.steps.pack.gathered import Pairs

        if "cooccurrence" in wanted and self.opened():
            made = self.matrix(Asked(Kind.COOCCURRENCE))
            return Pairs([head.id for head in made.rows], made.cells.tolist())
        return Pairs()

    def _runs(self) -> tuple[list[Run], str]:
        """The checked figures of everything that is opened, then those of each round; or why there are none."""
        from qualbench.steps.pack.gathered import Run

        try:
            found = [Run("", self.published())]
        except (NoCoefficients, OneCoder, StillBlind) as error:
            return [], error.message
        return [*found, *(Run(one.name, run) for one, run, _ in self.trend())], ""

    def _reach(self) -> dict[str, Reach]:
        from qualbench.steps.pack.gathered import Reach

        if self.counts_nothing():
            return {}
        none = Reach(0, 0, 0, 0)
        found = {one.id: none for one in board.themes(self._db)}
        with suppress(StillBlind):
            for row in self.prevalence(Asked(rows="themes")).rows:
                label = ""
                if self.profile().has_labels and row.of:
                    label = str(frequency.label(row.participants, row.of))
                found[row.id] = Reach(row.participants, row.of, row.segments, row.transcripts, label)
        return found


def _used(made: Gathered) -> set[str]:
    """Every code that anything names."""
    return {one.code for one in made.codings}.union(
        *made.settled.values(),
        made.crossed.codes,
        made.pairs.codes,
        *(one.codes for one in made.themes),
        (one.code for run in made.runs for one in run.agreement.codes),
    )


def _is_number(said: str) -> bool:
    try:
        return not said or abs(float(said)) < float("inf")
    except ValueError:
        return False
