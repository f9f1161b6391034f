"""Any history of decisions: the passes stay as they were handed in, and no decision is lost or incomplete.

Invariants 2 and 5 of what methods demand: a submitted pass never changes, the consensus layer is apart and points to
it; every decision names its readings, outcome, reason and session, and a later one supersedes it.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from qualbench.errors import NothingToUndo, QualbenchError
from qualbench.model import CodebookAction, Item, Outcome, Reason, SessionState
from qualbench.project import Project
from tests.conftest import BOOK, INTERVIEW, add_interview, code

SAID = {
    "ana": ["TRUST", "HOPE+FEAR", "", "TRUST"],
    "ben": ["HOPE", "HOPE", "FEAR", "TRUST"],
    "dora": ["", "HOPE", "FEAR", "TRUST"],
}
_PLACE = tempfile.TemporaryDirectory(prefix="qualbench-sessions-")  # goes when the tests end
TEMPLATE = Path(_PLACE.name)


@pytest.fixture(scope="module", autouse=True)
def _template() -> None:
    """The study that every history starts from: three coders who differ on three of four segments."""
    with Project.create(TEMPLATE / "study", viewer="ana", coders=3) as project:
        project.release_codebook("book.yaml", BOOK)
        add_interview(project, "talk.txt", INTERVIEW)
        for who, said in SAID.items():
            code(project, who, said)


@dataclass
class Taken:
    """What was said when a decision was taken."""

    item: str
    outcome: Outcome
    codes: frozenset[str] | None
    """What is settled then; None when nothing is."""
    session: str
    step: int


@dataclass
class Model:
    taken: list[Taken] = field(default_factory=list)
    undone: list[list[Taken]] = field(default_factory=list)
    steps: int = 0


class Deciding(RuleBasedStateMachine):
    """A team that decides, decides anew, undoes, pauses and closes the study in between."""

    @initialize()
    def begin(self) -> None:
        self.place = tempfile.TemporaryDirectory(dir=TEMPLATE)
        shutil.copytree(TEMPLATE / "study", Path(self.place.name) / "study")
        self.project = Project.open(Path(self.place.name) / "study", "cleo", write=True)
        self.model = Model()
        self.passes = self._passes()
        self.units = self.project.units()
        self.figures = self.project.agreement()

    def _passes(self) -> Any:
        return self.project.passes(), self.project.codings("talk"), self.project.nothings("talk")

    @property
    def session(self) -> str:
        held = self.project.sitting()
        return held.id if held is not None and held.state is SessionState.OPEN else ""

    @rule(at=st.integers(0, 2), outcome=st.sampled_from(Outcome), reason=st.sampled_from(Reason),
          action=st.sampled_from(CodebookAction), who=st.sampled_from(sorted(SAID)), cut=st.integers(1, 9))  # fmt: skip
    def decide(self, at: int, outcome: Outcome, reason: Reason, action: CodebookAction, who: str, cut: int) -> None:
        item = self.project.agenda()[at]
        more: dict[str, Any] = {
            Outcome.NEW: {"codes": ["FEAR"]},
            Outcome.ONE: {"stands": who},
            Outcome.SPLIT: {
                "parts": [(item.start, item.start + cut, ["TRUST"]), (item.start + cut, item.end, ["HOPE"])]
            },
        }.get(outcome, {})
        session = self.session
        self.project.decide(item, outcome, reason=reason, action=action, session=session, **more)
        self._note([item], outcome, who, session)

    @rule(outcome=st.sampled_from([Outcome.FIRST, Outcome.BOTH, Outcome.DEFERRED, Outcome.APART]))
    def decide_together(self, outcome: Outcome) -> None:
        items = self.project.agenda()[:2]
        session = self.session
        self.project.decide_together(items, outcome, reason=Reason.OVERLAP, session=session)
        self._note(items, outcome, "", session)

    def _note(self, items: Any, outcome: Outcome, who: str, session: str) -> None:
        self.model.steps += 1
        self.model.undone.clear()
        for item in items:
            settled = self._settles(item, outcome, who)
            self.model.taken.append(Taken(item.id, outcome, settled, session, self.model.steps))

    def _settles(self, item: Item, outcome: Outcome, who: str) -> frozenset[str] | None:
        readings = [frozenset(codes) for codes in item.readings.values()]
        settled: dict[Outcome, frozenset[str]] = {
            Outcome.FIRST: readings[0], Outcome.SECOND: readings[1], Outcome.BOTH: frozenset().union(*readings),
            Outcome.NEW: frozenset({"FEAR"}), Outcome.NOTHING: frozenset({"X"}),
            Outcome.ONE: frozenset(item.readings.get(who, ())), Outcome.SPLIT: frozenset({"TRUST", "HOPE"}),
        }  # fmt: skip
        return settled.get(outcome)

    @rule()
    def undo(self) -> None:
        if not self.model.taken:
            with pytest.raises(NothingToUndo):
                self.project.undo("", "consensus")
            return
        self.project.undo("", "consensus")
        last = self.model.taken[-1].step
        self.model.undone.append([one for one in self.model.taken if one.step == last])
        self.model.taken = [one for one in self.model.taken if one.step != last]

    @rule()
    def redo(self) -> None:
        if self.model.undone:
            self.project.redo("", "consensus")
            self.model.taken += self.model.undone.pop()

    @rule(
        people=st.sets(st.sampled_from(["ana", "ben", "dora", "guest"]), min_size=1), to=st.sampled_from(SessionState)
    )
    def sit(self, people: set[str], to: SessionState) -> None:
        held = self.project.sitting()
        try:
            if held is None:
                self.project.open_session(people=sorted(people), sample=1)
            else:
                self.project.state_session(held, to, people=sorted(people) if to is SessionState.OPEN else None)
        except QualbenchError:
            pass  # what can not be said of a session changes nothing

    @rule()
    def leave_and_come_back(self) -> None:
        self.project.close()
        self.project = Project.open(self.project.folder, "cleo", write=True)

    @invariant()
    def the_passes_and_their_figures_are_as_they_were_handed_in(self) -> None:
        assert self._passes() == self.passes
        assert self.project.units() == self.units
        assert self.project.agreement() == self.figures

    @invariant()
    def every_decision_is_there_and_whole(self) -> None:
        found = self.project.decisions(superseded=True)
        assert [(one.item, one.outcome, one.session) for one in found] == [
            (one.item, one.outcome, one.session) for one in self.model.taken
        ]
        readings = {item.id: item.readings for item in self.project.items()}
        sessions = {one.id for one in self.project.sessions()} | {""}
        for one in found:
            assert one.readings == readings[one.item]
            assert one.reason in Reason
            assert one.session in sessions

    @invariant()
    def the_last_word_on_each_item_is_what_is_settled(self) -> None:
        last = {one.item: one for one in self.model.taken}
        assert {one.item for one in self.project.decisions()} == set(last)
        settled = self.project.settled()
        for item in self.project.items():
            here = [codes for (_, start, end), codes in settled.codes.items() if item.start <= start < item.end]
            said = last[item.id].codes if item.id in last else None
            if said is None:
                assert here == []
            else:
                assert frozenset().union(*here) == said
                assert len(here) == (2 if last[item.id].outcome is Outcome.SPLIT else 1)
        assert sum(settled.gaps.values()) == sum(
            item.id not in last or last[item.id].codes is None for item in self.project.items()
        )

    def teardown(self) -> None:
        if hasattr(self, "project"):
            assert all(well for well, _ in self.project.examine())
            self.project.close()
            self.place.cleanup()


TestDeciding2 = Deciding.TestCase
TestDeciding2.settings = settings(max_examples=12, stateful_step_count=15)
