"""What is compared: the units of submitted passes, as wide or as narrow as a scope asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any, TypeVar

from qualbench import model
from qualbench.errors import UnknownTranscript
from qualbench.model import Outcome, Pass, PassState, Recheck, Scope, Unit
from qualbench.project.rounds import Rounds
from qualbench.store.queries import codebook, codings, progress, results, transcripts, typologies

if TYPE_CHECKING:
    from qualbench.steps import agreement
    from qualbench.steps.agreement import PassReadings

T = TypeVar("T")

_KEPT = 8
"""Of how many choices of passes the units are kept: everything, and the rounds that are looked at beside it."""


class Compared(Rounds):
    """What coders said apart, side by side."""

    def units(self, coders: Iterable[str] = (), round_: str = "") -> tuple[Unit, ...]:
        """What was said of each segment, on transcripts that are opened; only these can be compared."""
        return _of_pair(self._units(self._compared(round_)), tuple(coders))

    def units_now(self) -> tuple[Unit, ...]:
        """The units of first passes as they are read now: after what coders answered to later releases."""
        from qualbench.steps import codebook as codebooks

        passes = self._compared()
        readable = {pass_.id for pass_ in passes}
        rechecks = [one for one in codebook.rechecks(self._db, self.viewer) if one.pass_id in readable]
        found = codebooks.as_read_now(self.units(), rechecks, self.releases())
        if not self._bound():
            return found
        by_transcript = {id_: tuple(those) for id_, those in groupby(found, lambda unit: unit.transcript)}
        for id_ in by_transcript:
            own = [pass_ for pass_ in passes if pass_.transcript == id_]
            if len(tasks := self._tasks(own)) > 1:
                by_transcript[id_] = self._read_together(id_, tasks, rechecks)
        return tuple(chain.from_iterable(by_transcript.values()))

    def late(self, round_: str = "") -> tuple[Pass, ...]:
        """Submitted passes that came after their transcript was opened: kept and shown, and in no figure."""
        again = {one.id for one in self.rounds() if one.recode}
        held = self.round(round_).id if round_ else ""
        return tuple(
            one
            for one in self.passes()
            if one.late and one.state is PassState.SUBMITTED
            if (one.round == held if round_ else one.round not in again)
        )

    def told_late(self, round_: str = "") -> str:
        """How many passes are left out of agreement since they came late, and whose; empty when there are none."""
        late = self.late(round_)
        by = ", ".join(sorted({one.coder for one in late}))
        passes = "1 pass" if len(late) == 1 else f"{len(late):,} passes"
        return f"Late, kept and left out of agreement: {passes} by {by}." if late else ""

    # --- lists of work beside whole transcripts ----------------------------------------------------------------

    def _bound(self) -> Collection[str]:
        """The rounds that have a list of work, by id."""
        return typologies.bound(self._db).keys()

    def _tasks(self, passes: Sequence[Pass]) -> list[list[Pass]]:
        """Passes by what was asked of their coders: the whole of a transcript, or the list of work of a round."""
        bound = self._bound()
        tasks: dict[str, list[Pass]] = {}
        for pass_ in passes:
            tasks.setdefault(pass_.round if pass_.round in bound else "", []).append(pass_)
        return [*tasks.values()]

    def _read_together(
        self, id_: str, tasks: Sequence[Sequence[Pass]], rechecks: Sequence[Recheck]
    ) -> tuple[Unit, ...]:
        """What the coders of a transcript say in several tasks, as one reading of each."""
        from qualbench.steps import agreement
        from qualbench.steps import codebook as codebooks

        found = []
        for passes in tasks:
            ids = {pass_.id for pass_ in passes}
            own = [one for one in rechecks if one.pass_id in ids]
            units = codebooks.as_read_now(self._gathered(id_, passes), own, self.releases())
            found.append(agreement.Task(frozenset(pass_.coder for pass_ in passes), units))
        return agreement.together(found, self._decided_apart(id_))

    def _decided_apart(self, id_: str) -> dict[int, list[agreement.Decided]]:
        """The readings that decisions on a transcript were about, with what they settled on."""
        found: dict[int, list[agreement.Decided]] = {}
        for one in results.decisions(self._db, superseded=True):
            if one.transcript == id_ and one.outcome not in (Outcome.DEFERRED, Outcome.APART):
                readings = {coder: frozenset(codes) for coder, codes in one.readings.items()}
                found.setdefault(one.start, []).insert(0, (readings, frozenset(one.codes)))
        return found

    def _figured(self, round_: str = "") -> list[Pass]:
        """The passes that figures of agreement are about: those of a round, or else those on whole transcripts.

        Whoever codes a list of work was asked something else, so it has figures of its own, by its round; they are
        the figures of the study where nobody else coded a transcript twice.
        """
        passes = self._compared(round_)
        if round_ or not (bound := self._bound()):
            return passes
        whole = [pass_ for pass_ in passes if pass_.round not in bound]
        times = Counter(pass_.transcript for pass_ in whole)
        return whole if max(times.values(), default=0) > 1 else passes

    def suggested_to(self) -> dict[str, tuple[int, int]]:
        """The coders who had suggestions of codes on in what can be compared: how many they took and refused."""
        answered = codebook.suggested(self._db, self.viewer)
        on = {person for person, _, turned_on in codebook.suggesting(self._db) if turned_on}
        found: dict[str, tuple[int, int]] = {}
        for pass_ in self._compared():
            if pass_.coder in on:
                taken, refused = answered.get(pass_.id, (0, 0))
                before = found.get(pass_.coder, (0, 0))
                found[pass_.coder] = (before[0] + taken, before[1] + refused)
        return found

    def told_suggestions(self) -> str:
        """Who had suggestions of codes on in what can be compared, in a sentence."""
        told = [f"{who} ({taken} taken, {no} refused)" for who, (taken, no) in sorted(self.suggested_to().items())]
        return (
            f"Suggestions of codes were on for {', '.join(told)}." if told else "No coder had suggestions of codes on."
        )

    def _compared(self, round_: str = "") -> list[Pass]:
        """The submitted passes that can be compared: first ones, or those of a round."""
        readable = codings.readable(self._db)
        if round_:
            held = self.round(round_).id
            return [p for p in self.passes() if p.id in readable and p.round == held]
        again = {one.id for one in self.rounds() if one.recode}
        return [p for p in self.passes() if p.id in readable and p.round not in again]

    def _units(self, passes: Sequence[Pass]) -> tuple[Unit, ...]:
        """The units of these passes, kept: submitted passes never change, only what counts and corrected texts do."""
        key = (frozenset(pass_.id for pass_ in passes), transcripts.counted(self._db))
        if key not in self._units_kept:
            found: list[Unit] = []
            wanted = {pass_.transcript for pass_ in passes}
            for id_ in transcripts.names(self._db):
                if id_ in wanted:
                    found += self._gathered(id_, passes)
            while len(self._units_kept) >= _KEPT:
                del self._units_kept[next(iter(self._units_kept))]
            self._units_kept[key] = tuple(found)
        return self._units_kept[key]

    def _gathered(self, id_: str, passes: Sequence[Pass]) -> tuple[Unit, ...]:
        """The units of one transcript in these passes, from the spans of its codings."""
        from qualbench.steps import agreement

        transcript = transcripts.load(self._db, id_, with_words=False)
        if transcript is None:
            raise UnknownTranscript(id_)
        by_pass: dict[str, list[agreement.Said]] = {}
        coders = {pass_.id: pass_.coder for pass_ in passes if pass_.transcript == id_}
        for pass_id, start, end, codes in progress.said(self._db, self.viewer, id_):
            if pass_id in coders:
                by_pass.setdefault(pass_id, []).append((coders[pass_id], start, end, codes))
        return agreement.gathered(transcript, chain.from_iterable(by_pass.get(id_, ()) for id_ in coders))

    @cached_property
    def _units_kept(self) -> dict[object, tuple[Unit, ...]]:
        return {}

    def _once(self, what: str, scope: Scope, work_out: Callable[[], T]) -> T:
        """What is worked out of submitted passes, kept until there are others or something else of them counts."""
        passes = frozenset(pass_.id for pass_ in self._compared(scope.round))
        state = (passes, transcripts.counted(self._db), self.codebook_versions())
        kept = self._worked_out.get((what, scope))
        if kept is None or kept[0] != state:
            kept = self._worked_out[what, scope] = (state, work_out())
        found: T = kept[1]
        return found

    @cached_property
    def _worked_out(self) -> dict[tuple[str, Scope], tuple[object, Any]]:
        return {}

    def _readings(
        self, transcript: str, passes: Sequence[Pass], names: Mapping[str, str] | None = None
    ) -> list[PassReadings]:
        """What these passes say of a transcript, each under its coder's name unless `names` has another for it."""
        from qualbench.steps.agreement import PassReadings

        said: dict[str, tuple[list[model.Coding], list[model.Nothing]]] = {
            pass_.id: ([], []) for pass_ in passes if pass_.transcript == transcript
        }
        for one in self.codings(transcript):
            if one.pass_id in said:
                said[one.pass_id][0].append(one)
        for nothing in self.nothings(transcript):
            if nothing.pass_id in said:
                said[nothing.pass_id][1].append(nothing)
        coders = {pass_.id: pass_.coder for pass_ in passes} | dict(names or {})
        return [PassReadings(coders[id_], tuple(c), tuple(n)) for id_, (c, n) in said.items()]

    def scoped(self, scope: Scope) -> tuple[Unit, ...]:
        """The units that a scope takes in, with no other codes in their readings than it asks for."""
        from qualbench.steps import agreement

        units = _of_pair(self._units(self._figured(scope.round)), scope.pair)
        if scope.transcripts:
            units = tuple(one for one in units if one.transcript in scope.transcripts)
        if scope.parents:
            units = agreement.rolled_up(units, self.parents())
        if scope.codes:
            kept = frozenset(scope.codes)
            units = tuple(
                Unit(u.transcript, u.start, u.end, {c: s & kept for c, s in u.readings.items()}) for u in units
            )
        return units

    def parents(self) -> dict[str, str]:
        """Each code with the one above it, over every version of the codebook."""
        books = [self.codebook(version) for version in self.codebook_versions()]
        return {code.id: code.parent for book in books for code in book.codes if code.parent}

    def _compared_by(self, scope: Scope) -> list[Pass]:
        """The passes of a scope on the transcripts that two coders share; all of them when none is shared."""
        passes = self._passes_of(scope)
        read = Counter(pass_.transcript for pass_ in passes)
        return [pass_ for pass_ in passes if read[pass_.transcript] > 1] or passes

    def _passes_of(self, scope: Scope) -> list[Pass]:
        """The passes of a round, or all that can be compared: on the scope's transcripts, by its two coders."""
        wanted, pair = frozenset(scope.transcripts), frozenset(scope.pair or ())
        return [
            pass_
            for pass_ in self._figured(scope.round)
            if (not wanted or pass_.transcript in wanted) and (not pair or pass_.coder in pair)
        ]


def _of_pair(units: tuple[Unit, ...], coders: Sequence[str] | None) -> tuple[Unit, ...]:
    """The units with the readings of these coders only; of all where none is named."""
    if not coders:
        return units
    return tuple(
        Unit(one.transcript, one.start, one.end, {c: s for c, s in one.readings.items() if c in coders})
        for one in units
    )
