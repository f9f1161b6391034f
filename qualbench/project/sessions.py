"""Consensus sessions: who sits together over what, what they decide, and what comes of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from qualbench import model
from qualbench.errors import BadDecision, NoCoefficients, OneCoder, StillBlind, UnknownItem
from qualbench.model import (
    AgendaSort,
    Changes,
    CodebookAction,
    Item,
    Outcome,
    Reason,
    Scope,
    Session,
    SessionState,
    SessionTurn,
    Unit,
)
from qualbench.project.reporting import Reporting
from qualbench.steps import consensus
from qualbench.store.queries import results, sessions, transcripts

if TYPE_CHECKING:
    from qualbench.steps.report import Settled


class Sessions(Reporting):
    """What a team decides together."""

    # --- what there is to settle -----------------------------------------------------------------------------------

    def items(self) -> tuple[Item, ...]:
        """The disagreements on opened transcripts, with their decisions."""
        from qualbench.steps import agreement

        differing = agreement.disagreements(self.units_now())
        return consensus.items(differing, self.decisions(), transcripts.names(self._db), self._order())

    def agenda(self, session: Session | None = None) -> tuple[Item, ...]:
        """What a session looks at, in its order, with why the readings differ; without one, every disagreement."""
        from qualbench.steps import agreement

        every = self.units_now()
        units = [one for one in every if self._is_within(session, one.transcript)]
        looked_at = list(agreement.disagreements(units))
        if session is not None and session.sample:
            drawn = frozenset(session.sample)
            agreed = consensus.agreements(units)
            looked_at += [one for one in agreed if model.item_id(one.transcript, one.start) in drawn]
        order = self._order()
        found = consensus.items(
            looked_at, self.decisions(), transcripts.names(self._db), order, self._causes(every)
        )  # fmt: skip
        return consensus.arranged(found, session.sort if session else AgendaSort.TRANSCRIPT, order)

    def _causes(self, units: Sequence[Unit]) -> Mapping[str, str]:
        """Why readings differ, by item; kept until there are other readings."""
        from qualbench.steps import agreement

        state = (tuple(units), self.codebook_versions())
        if self._kept_causes.get("state") != state:
            found = consensus.causes(agreement.differences(units, self.parents()))
            self._kept_causes.update(state=state, causes=found)
        kept: Mapping[str, str] = self._kept_causes["causes"]
        return kept

    @cached_property
    def _kept_causes(self) -> dict[str, Any]:
        return {}

    def _is_within(self, session: Session | None, transcript: str) -> bool:
        return session is None or not session.round or transcript in self.round(session.round).assignments

    def folded(self, session: Session | None = None) -> tuple[str, ...]:
        """The opened transcripts, of a session's round, on which there is nothing to look at."""
        drawn = {id_.rpartition(":")[0] for id_ in session.sample} if session else set()
        names = transcripts.names(self._db)
        return tuple(
            names[id_]
            for id_, starts in self.differing()
            if not len(starts) and id_ not in drawn and self._is_within(session, id_)
        )

    def same_kind(self, item: Item) -> tuple[Item, ...]:
        """The open disagreements of which the coders said what they said of this one, itself included while open."""
        return consensus.same_kind(item, self.items())

    # --- sessions --------------------------------------------------------------------------------------------------

    def sessions(self) -> tuple[Session, ...]:
        """Every session, in the order they were opened."""
        return sessions.sessions(self._db)

    def sitting(self) -> Session | None:
        """The session that is open, else the one that was opened last of those that are paused."""
        every = self.sessions()[::-1]
        opened = (one for one in every if one.state is SessionState.OPEN)
        return next(opened, next((one for one in every if one.state is SessionState.PAUSED), None))

    def session(self, name: str) -> Session:
        """One session, by its id or by its number in the order they were opened, from 1."""
        for number, one in enumerate(self.sessions(), start=1):
            if name in (one.id, str(number)):
                return one
        raise consensus.UnknownSession(name)

    def session_turns(self, name: str) -> tuple[SessionTurn, ...]:
        """When a session was broken off, taken up again and closed."""
        return sessions.turns(self._db, self.session(name).id)

    def open_session(
        self, *, people: Sequence[str], round: str = "", chair: str = "", scribe: str = "", standing: str = "",  # noqa: A002 - the word of the field
        hidden: bool = False, sort: AgendaSort = AgendaSort.TRANSCRIPT, sample: int = 0, seed: int = 0,
    ) -> Changes:  # fmt: skip
        """Sit down over a round, or over everything that is opened; `sample` agreements are drawn with the seed."""
        held = self.round(round) if round else None
        if held and held.recode:
            raise BadDecision(f"In the round '{held.name}' coders code again; sessions rest on what they said first.")
        wanted = set(held.assignments) if held else None
        units = [one for one in self.units_now() if wanted is None or one.transcript in wanted]
        if not units:
            raise StillBlind
        return self._record(
            consensus.open_session(
                people=people,
                known=self._known_people(),
                others=self.sessions(),
                round_=held.id if held else "",
                chair=chair,
                scribe=scribe,
                standing=standing,
                hidden=hidden,
                sort=sort,
                sample=consensus.sample(units, sample, seed),
                codebook=self._version_now(),
            )
        )

    def state_session(
        self, session: Session, state: SessionState, *, people: Sequence[str] | None = None, note: str = ""
    ) -> Changes:
        """Break a session off, take it up again, by other people when they are named, or close it."""
        return self._record(
            consensus.state_session(
                self.session(session.id), state, people=people, known=self._known_people(), others=self.sessions(),
                note=note,
            )
        )  # fmt: skip

    def speaking_order(self, session: Session, item: Item) -> tuple[str, ...]:
        """Who speaks in which order on an item: each begins in turn, but never the person of most standing."""
        return consensus.speaking_order(session.people, session.standing, self._position(session, item))

    def _position(self, session: Session, item: Item) -> int:
        """Where an item stands in a session's agenda by transcript and place, however the agenda is sorted."""
        rank = {id_: number for number, id_ in enumerate(transcripts.names(self._db))}
        places = [(rank[id_], start) for id_, those in self.differing() if self._is_within(session, id_)
                  for start in those]  # fmt: skip
        drawn = (id_.rpartition(":") for id_ in session.sample)
        places += [(rank[id_], int(start)) for id_, _, start in drawn if id_ in rank and start.isdecimal()]
        return bisect_left(sorted(set(places)), (rank[item.transcript], item.start))

    def _known_people(self) -> list[str]:
        return [one.name for one in self.people()]

    def _version_now(self) -> str:
        return self.codebook().version if self.has_codebook() else ""

    # --- deciding --------------------------------------------------------------------------------------------------

    def decisions(self, *, superseded: bool = False) -> tuple[model.Decision, ...]:
        """What was decided; superseded decisions too when asked."""
        return results.decisions(self._db, superseded=superseded)

    def decision_history(self, item: Item | str) -> tuple[model.Decision, ...]:
        """Every decision ever taken on an item, newest last."""
        name = item if isinstance(item, str) else item.id
        transcript, _, start = name.rpartition(":")
        found = results.decisions(self._db, superseded=True, at=(transcript, int(start))) if start.isdecimal() else ()
        if not found and isinstance(item, str):
            consensus.find(self.agenda(self.sitting()), item)  # it is there and nothing was decided, or it is not
        return found

    def decide(
        self, item: Item, outcome: Outcome, *, reason: Reason, note: str = "", codes: Sequence[str] = (),
        yielded: str = "", stands: str = "", parts: Sequence[tuple[int, int, Sequence[str]]] = (), session: str = "",
        seconds: int = 0, action: CodebookAction = CodebookAction.NONE,
    ) -> Changes:  # fmt: skip
        """Record the team's answer to an item; every reading stays beside it."""
        return self._record(
            consensus.decide(
                item, outcome, reason=reason, note=note, codes=codes, yielded=yielded, applicable=self._known_codes(),
                stands=stands, parts=parts, action=action, sitting=self._circumstances([item], session, seconds)[0],
            )
        )  # fmt: skip

    def decide_together(
        self, items: Sequence[Item], outcome: Outcome, *, reason: Reason, note: str = "", codes: Sequence[str] = (),
        yielded: str = "", stands: str = "", session: str = "", seconds: int = 0,
        action: CodebookAction = CodebookAction.NONE,
    ) -> Changes:  # fmt: skip
        """Record one answer to several items in one step, with a record for each; the time is shared out."""
        sittings = self._circumstances(items, session, seconds)
        return self._record(
            consensus.decide_together(
                items, outcome, reason=reason, note=note, codes=codes, yielded=yielded,
                applicable=self._known_codes(), stands=stands, action=action,
                sittings={item.id: sitting for item, sitting in zip(items, sittings, strict=True)},
            )
        )  # fmt: skip

    def _known_codes(self) -> Collection[str]:
        return self._applicable(self.codebook().version)

    def _circumstances(self, items: Sequence[Item], session: str, seconds: int) -> list[consensus.Sitting]:
        """In which session, who spoke in which order, how long, and under which version of the codebook."""
        version = self._version_now()
        held = self.session(session) if session else None
        if held is None:
            return [consensus.Sitting(seconds=seconds, codebook=version) for _ in items]
        if held.state is not SessionState.OPEN:
            again = held.state is SessionState.PAUSED
            hint = "Take it up again: qualbench consensus FOLDER session resume" if again else ""
            raise BadDecision(f"The session is {held.state}, so nothing is decided in it.", hint)
        for item in items:
            if not self._is_within(held, item.transcript):
                raise BadDecision(f"'{item.name}' is not in the round of this session.")
        return [consensus.Sitting(held.id, self.speaking_order(held, item), seconds, version) for item in items]

    def settled(self, units: Sequence[Unit] | None = None) -> Settled:
        """The settled codes of every unit that is settled."""
        from qualbench.steps import report

        return report.settled(self.units_now() if units is None else units, {d.item: d for d in self.decisions()})

    # --- what comes of it ------------------------------------------------------------------------------------------

    def codebook_steps(self) -> tuple[str, ...]:
        """The steps that the codebook's draft consists of, oldest first."""
        return sessions.draft_steps(self._db)

    def link_action(self, decision_id: str, steps: Sequence[str]) -> Changes:
        """Note which changes of the codebook's draft came of a decision."""
        for one in self.decisions(superseded=True):
            if one.id == decision_id:
                return self._record(consensus.link(one.transcript, one.id, steps, self.codebook_steps()))
        raise UnknownItem(decision_id)

    def outcomes(self, session: str = "", round: str = "") -> consensus.Outcomes:  # noqa: A002 - likewise
        """What the decisions in force come to: of a session as it left them, of a round, or all of them."""
        held = self.session(session) if session else None
        of_round = self.round(round).id if round else held.round if held else ""
        within = set(self.round(of_round).assignments) if of_round else None
        taken = {
            one.item: one
            for one in self.decisions(superseded=held is not None)
            if (held is None or one.session == held.id) and (within is None or one.transcript in within)
        }
        if self.study.method is model.Method.REFLEXIVE:
            return consensus.outcomes([*taken.values()])
        return consensus.outcomes([*taken.values()], self.scoped(Scope(round=of_round)), self._alpha(of_round))

    def _alpha(self, round_: str) -> float | None:
        try:
            return self.agreement(Scope(round=round_)).set_alpha.value
        except (NoCoefficients, OneCoder, StillBlind):
            return None
