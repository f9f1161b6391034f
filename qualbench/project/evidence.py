"""The coding as evidence: matrices, prevalence and saturation, every number with its places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from qualbench.errors import StillBlind
from qualbench.project import placed
from qualbench.project.agreement import Agreement
from qualbench.project.asked import CONSENSUS, Asked, Cells, Kind, NoCounts, NotHere, Passage, conditions
from qualbench.project.base import write_file
from qualbench.store.queries import extracts, results, transcripts
from qualbench.store.queries import study as studies
from qualbench.store.queries import themes as board
from qualbench.text import counted

if TYPE_CHECKING:
    from qualbench.steps import matrices
    from qualbench.steps.report import Settled

T = TypeVar("T")

ORDERS: Mapping[str, str] = {"import": "the order of import", "coding": "the order of coding"}
"""The orders of transcripts that a study knows by itself, in words; attributes give more."""


class Evidence(Agreement):
    """What is counted over coding on opened transcripts; nothing blind is in any number."""

    # --- what is counted from ------------------------------------------------------------------------------------

    def evidence(self, *, coders: bool = False) -> matrices.Evidence:
        """What is coded where: what is settled, and with `coders` what each coder said as well."""
        return self._until_written(f"evidence {coders}", lambda: self._evidence(coders=coders))

    def _evidence(self, *, coders: bool) -> matrices.Evidence:
        from qualbench.steps import matrices

        names = transcripts.names(self._db)
        who = {id_: placed.heard(self.transcript(id_)) for id_ in {pass_.transcript for pass_ in self._compared()}}
        places = list(placed.settled_places(self._settled_now().codes, who, self._rounds_of()))
        if coders:
            places += placed.coders_places(self.units(), who, self._rounds_of(), self._read_as())
        book = self.own_book() if self.has_codebook() else None
        return matrices.evidence(
            places,
            codes=placed.codes_for(book, self.releases(), {place.code for place in places}),
            cases=placed.cases(self.participants(), self.speakers(), names),
            transcripts=[matrices.Source(id_, name) for id_, name in names.items() if id_ in who],
            themes=[matrices.Gathered(one.id, one.name, one.codes, one.parent) for one in board.themes(self._db)],
            rounds=[one.name for one in self.rounds() if not one.recode],
            attributes={one.name: one.choices for one in self.attributes()},
        )

    def _settled_now(self) -> Settled:
        from qualbench.steps import report

        def settle() -> Settled:
            return report.settled(self.units_now(), {one.item: one for one in results.decisions(self._db)})

        return self._until_written("settled", settle)

    def _rounds_of(self) -> dict[tuple[str, str], str]:
        """The name of the round in which each transcript was coded by each coder, where it was in one."""
        names = {one.id: one.name for one in self.rounds()}
        return {(one.transcript, one.coder): names[one.round] for one in self._compared() if one.round in names}

    def _read_as(self) -> dict[str, tuple[str, ...]]:
        from qualbench.steps import codebook as codebooks

        books = self.releases()
        merged = {code.id for book in books for code in book.codes if code.status == "merged"}
        return {code: codebooks.read_as(books, code) for code in merged}

    def _until_written(self, what: str, work_out: Callable[[], T]) -> T:
        """What is worked out of anything in the study, kept until anything is written to it."""
        state = (studies.newest(self._db), self.viewer)
        kept = self._kept_as_is.get(what)
        if kept is None or kept[0] != state:
            kept = self._kept_as_is[what] = (state, work_out())
        found: T = kept[1]
        return found

    @cached_property
    def _kept_as_is(self) -> dict[str, tuple[object, Any]]:
        return {}

    def left_out(self) -> str:
        """What no number holds, in sentences: segments that are not settled, and transcripts that are blind."""
        apart = sum(self._settled_now().gaps.values())
        blind = sum(not row.opened for row in self.transcripts())
        told = [f"{counted(apart, 'segment')} of opened transcripts not settled and left out."] if apart else []
        told += [f"{counted(blind, 'transcript')} still blind and left out."] if blind else []
        return " ".join(told)

    def counts_nothing(self) -> str:
        """Why the study's method has no counts; empty where it has them."""
        from qualbench.steps import matrices

        return matrices.why_no_counts(self.study.method)

    def _opened_evidence(self, layer: str, *, coders: bool = False) -> matrices.Evidence:
        if not self.opened():
            raise StillBlind
        return self.evidence(coders=coders or layer != CONSENSUS)

    # --- matrices and prevalence -----------------------------------------------------------------------------------

    def matrix(self, asked: Asked) -> matrices.Matrix:
        """Codes or themes against something else; where the method does not count, only where they stand."""
        from qualbench.steps.matrices.narrowing import only

        why = self.counts_nothing()
        if why and asked.count not in (Cells.USUAL, Cells.PRESENCE):
            raise NoCounts(why)
        made = self._matrix(replace(asked, count=Cells.PRESENCE) if why else asked)
        made = only(made, self._listed(made.evidence, asked)) if asked.rows == "codes" else made
        if not why:
            return made
        heads = tuple(replace(head, of=None) for head in made.columns)
        return replace(made, columns=heads, denominator=why)

    def _listed(self, evidence: matrices.Evidence, asked: Asked) -> set[str]:
        """The codes that have a row: headings, which nobody may apply, only where what is under them counts too."""
        from qualbench.steps import codebook as codebooks

        parents = {code.parent for code in evidence.codes}
        used = {evidence.codes[at].id for at in set(evidence.arrays.code.tolist()) if at >= 0}
        return {
            code.id
            for code in evidence.codes
            if asked.rolled_up or code.id in used or code.kind not in codebooks.HEADINGS or code.id not in parents
        }

    def _matrix(self, asked: Asked) -> matrices.Matrix:
        from qualbench.steps import matrices as m

        view = self._view(asked)
        evidence = self._opened_evidence(view.layer, coders=asked.kind is Kind.CODERS)
        if asked.kind is Kind.COOCCURRENCE:
            return _together(m.cooccurrence(evidence, view, _shared(asked.together)), asked.count)
        if asked.count is Cells.COEFFICIENT:
            raise NotHere("Only codes that stand together have a coefficient.", "Ask for the matrix cooccurrence.")
        if asked.kind is Kind.ATTRIBUTE:
            return m.by_attribute(evidence, self.attribute(asked.by).name, view, m.Count(asked.count or "participants"))
        count = m.Count(asked.count or "segments")
        if asked.kind in (Kind.PARTICIPANTS, Kind.GROUPS):
            return m.by_participant(evidence, view, count, groups=asked.kind is Kind.GROUPS)
        makers = {Kind.TRANSCRIPTS: m.by_transcript, Kind.ROUNDS: m.by_round, Kind.CODERS: m.by_coder}
        return makers[asked.kind](evidence, view, count)

    def _view(self, asked: Asked) -> matrices.View:
        from qualbench.steps.matrices import Rows, View

        where, layer = conditions(asked.where)
        if CONSENSUS not in (layer, asked.layer) and layer != asked.layer:
            raise NotHere(f"Two layers are asked for: {asked.layer} and {layer}.", "Name one.")
        layer = asked.layer if layer == CONSENSUS else layer
        return View(layer, Rows(asked.rows), asked.rolled_up, where)

    def write_matrix(self, target: Path, asked: Asked, *, force: bool = False) -> str:
        """Write a matrix as .csv or .xlsx; the ending of the file says which."""
        from qualbench.steps.matrices import files

        files.known(target.suffix)
        date = studies.newest(self._db)[1][:10]
        write_file(target, files.render(self.matrix(asked), target.suffix, date, self.left_out()), force=force)
        return f"The matrix is in {target}."

    def prevalence(self, asked: Asked | None = None) -> matrices.Prevalences:
        """How many participants, segments and transcripts have each code or theme."""
        from qualbench.steps import matrices

        if why := self.counts_nothing():
            raise NoCounts(why)
        asked = asked or Asked()
        view = self._view(asked)
        evidence = self._opened_evidence(view.layer)
        found = matrices.prevalence(evidence, view)
        if asked.rows == "themes":
            return found
        listed = self._listed(evidence, asked)
        return replace(found, rows=tuple(row for row in found.rows if row.id in listed))

    def behind_prevalence(self, row: str, asked: Asked | None = None) -> tuple[Passage, ...]:
        """The words that a code or a theme (by id) is counted from."""
        from qualbench.steps import matrices

        view = self._view(asked or Asked())
        return self.passages(matrices.behind(self._opened_evidence(view.layer), row, view))

    def behind_cell(self, matrix: matrices.Matrix, row: str, column: str) -> tuple[Passage, ...]:
        """The words that a cell (row and column by id) is counted from."""
        from qualbench.steps import matrices

        return self.passages(matrices.places(matrix, row, column))

    def passages(self, places: Iterable[matrices.Place]) -> tuple[Passage, ...]:
        """Places with their words and whoever says them, in the order given; several codes on one stretch are one."""
        held: dict[tuple[str, str, int, int], list[matrices.Place]] = {}
        for place in places:
            held.setdefault((place.layer, place.transcript, place.start, place.end), []).append(place)
        labels = {case.id: case.label for case in self.evidence().cases}
        pages = extracts.texts(self._db, list({transcript for _, transcript, _, _ in held}))
        found = []
        for (layer, transcript, start, end), those in held.items():
            (name, text), first = pages[transcript], those[0]
            who = labels.get(first.participant, "") or str(first.role or "nobody known")
            codes = tuple(place.code for place in those if place.code)
            line = text.count("\n", 0, start) + 1
            found.append(Passage(transcript, name, line, start, end, text[start:end], who, codes, layer))
        return tuple(found)

    # --- saturation ------------------------------------------------------------------------------------------------

    def saturation(
        self, rule: matrices.Rule | None = None, order: str = "import", asked: Asked | None = None
    ) -> tuple[matrices.Grid, matrices.Saturation]:
        """When interviews bring nothing new, in an order of import, of coding, or of an attribute's values."""
        from qualbench.steps import codebook as codebooks
        from qualbench.steps import matrices

        if why := matrices.why_off(self.study.method):
            raise NoCounts(why)
        view = self._view(asked or Asked())
        evidence = self._opened_evidence(view.layer)
        ids, told = self._ordered(order)
        books = self.releases()
        came_from = {code.id: codebooks.ancestry(books, code.id).before for code in evidence.codes}
        grid = matrices.grid(evidence, ids, told, came_from=came_from, view=view)
        return grid, matrices.saturation(grid, rule)

    def first_used(self, grid: matrices.Grid, transcript: str, asked: Asked | None = None) -> tuple[Passage, ...]:
        """The words of a transcript (by id) that have a code which no earlier interview of the grid has."""
        from qualbench.steps import matrices

        view = self._view(asked or Asked())
        number = [one.id for one in grid.interviews].index(transcript)
        new = {code.id for idea, at in zip(grid.ideas, grid.first, strict=True) if at == number for code in idea.codes}
        evidence = self._opened_evidence(view.layer)
        made = matrices.by_transcript(evidence, view)
        heads = [head.id for head in made.rows if head.id in new]
        places = (place for head in heads for place in matrices.places(made, head, transcript))
        return self.passages(sorted(places, key=lambda place: (place.start, place.end)))

    def _ordered(self, order: str) -> tuple[list[str], str]:
        """The opened transcripts in an order, and what it is called."""
        readable = self.opened()
        opened = [id_ for id_ in transcripts.names(self._db) if id_ in readable]
        if order == "coding":
            begun = list(dict.fromkeys(pass_.transcript for pass_ in self.passes()))
            return [id_ for id_ in begun if id_ in readable], ORDERS[order]
        if order == "import":
            return opened, ORDERS[order]
        attribute = self.attribute(order)
        values = {one.id: dict(one.attributes).get(attribute.name, "") for one in self.participants()}
        speakers = self.speakers()
        places = {choice: f"{n}" for n, choice in enumerate(attribute.choices)}  # choices have an order of their own

        def first(id_: str) -> tuple[float, str]:
            """The first value of those who speak in a transcript; what nobody knows comes last."""
            held = (values.get(one.participant, "") for one in speakers[id_])
            return min((_sorted(places.get(value, value)) for value in held if value), default=LAST)

        unknown = sum(first(id_) == LAST for id_ in opened)
        told = f"the order of {attribute.name}" + (f", {unknown} without it last" if unknown else "")
        return sorted(opened, key=first), told


def _shared(together: str) -> matrices.Together:
    from qualbench.steps.matrices import Together

    return Together[together.upper()]


def _together(counts: matrices.Matrix, cells: Cells) -> matrices.Matrix:
    from qualbench.steps import matrices

    if cells is Cells.PARTICIPANTS:
        raise NotHere("Codes stand together on segments; participants are not counted there.", "Ask for segments.")
    if cells is Cells.COEFFICIENT:
        return matrices.coefficients(counts)
    return replace(counts, cells=counts.cells.clip(max=1)) if cells is Cells.PRESENCE else counts


LAST = (float("inf"), chr(0x10FFFF))
"""Behind every value."""


def _sorted(value: str) -> tuple[float, str]:
    """Numbers by size, days and words by their letters."""
    try:
        return float(value), ""
    except ValueError:
        return float("inf"), value
