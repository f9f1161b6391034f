"""Random work on three machines, with packages that go back and forth in any order and more than once.

In the end everybody has the same study, and replaying any machine's journal gives what it shows.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from qualbench.errors import NothingToUndo, PassSubmitted, QualbenchError
from qualbench.model import PassState
from qualbench.project import Project
from qualbench.project.identities import identity
from qualbench.project.packages import NotHandedIn
from tests.conftest import BOOK, INTERVIEW, add_interview, spans
from tests.project.conftest import plan

NAMES = ("one", "two")
CODERS = ("ana", "ben")
HOMES = ("XDG_DATA_HOME", "XDG_STATE_HOME")


class Machines(RuleBasedStateMachine):
    """A lead and two coders, each on a machine of their own."""

    @initialize()
    def begin(self) -> None:
        self.held = tempfile.TemporaryDirectory()
        self.place = Path(self.held.name)
        self.moment = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
        self.parcels: list[Path] = []
        with self.at("lead"), Project.create(self.place / "lead" / "study", viewer="lead", clock=self.clock) as study:
            study.release_codebook("book.yaml", BOOK)
            for name in NAMES:
                add_interview(study, f"{name}.txt", f"{INTERVIEW}I: That was interview {name}.\n")
            plan(study, "First", dict.fromkeys(NAMES, "ana ben"))
        for coder in CODERS:
            with self.at(coder):
                card = identity().card(coder)
            with self.study("lead") as study:
                study.send(card, coder, self.place / f"for-{coder}.qbp")
            with self.at(coder):
                Project.join(self.place / f"for-{coder}.qbp", self.folder(coder), clock=self.clock).close()

    def clock(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment

    def folder(self, who: str) -> Path:
        return self.place / who / "study"

    @contextmanager
    def at(self, who: str) -> Iterator[None]:
        before = {name: os.environ.get(name) for name in HOMES}
        (self.place / who).mkdir(exist_ok=True)
        os.environ.update({name: str(self.place / who / name) for name in HOMES})
        try:
            yield
        finally:
            os.environ.update({name: value for name, value in before.items() if value is not None})

    @contextmanager
    def study(self, who: str) -> Iterator[Project]:
        with self.at(who), Project.open(self.folder(who), who, write=True, clock=self.clock) as project:
            yield project

    # --- what people do --------------------------------------------------------------------------------------------

    @rule(who=st.sampled_from(CODERS), name=st.sampled_from(NAMES), unit=st.integers(0, 3), code=st.sampled_from("THF"))
    def apply(self, who: str, name: str, unit: int, code: str) -> None:
        with self.study(who) as study, suppress(PassSubmitted, QualbenchError):
            pass_ = study.open_pass(name)
            study.apply_code(pass_.id, {"T": "TRUST", "H": "HOPE", "F": "FEAR"}[code], *spans(study, name)[unit])

    @rule(who=st.sampled_from(CODERS), name=st.sampled_from(NAMES), back=st.booleans())
    def undo_or_redo(self, who: str, name: str, back: bool) -> None:
        with self.study(who) as study, suppress(NothingToUndo, PassSubmitted):
            (study.undo if back else study.redo)(study.transcript(name).id, "coding")

    @rule(who=st.sampled_from(CODERS), name=st.sampled_from(NAMES))
    def submit(self, who: str, name: str) -> None:
        with self.study(who) as study, suppress(QualbenchError):
            study.submit([name], "nothing")

    @rule(who=st.sampled_from(CODERS))
    def hand_in(self, who: str) -> None:
        with self.study(who) as study, suppress(NotHandedIn):
            self.parcels.append(study.hand_in(self.place / f"{who}-{len(self.parcels)}.qbp").path)

    @rule(which=st.lists(st.integers(0, 30), max_size=3), reason=st.sampled_from(["", "", "They are ill."]))
    def merge(self, which: list[int], reason: str) -> None:
        with self.study("lead") as study:
            study.merge([self.parcels[n % len(self.parcels)] for n in which] if self.parcels else [], reason=reason)

    @rule()
    def take_back(self) -> None:
        with self.study("lead") as study:
            merged = [one[0] for one in study.arrivals() if not one[6]]
            if merged:
                study.take_back(merged[-1])

    @rule(who=st.sampled_from(CODERS))
    def send_back(self, who: str) -> None:
        """What a coder learns on the way may make their later work late; it never makes it different."""
        with self.at(who):
            card = identity().card(who)
        with self.study("lead") as study:
            study.send(card, who, self.place / f"back-{who}.qbp", force=True)
        with self.study(who) as study:
            study.merge([self.place / f"back-{who}.qbp"])

    # --- what holds --------------------------------------------------------------------------------------------------

    def teardown(self) -> None:
        if not hasattr(self, "place"):
            return
        for who in CODERS:
            with self.study(who) as study:
                for pass_ in study.passes(coder=who):
                    if pass_.state is PassState.OPEN:
                        study.submit([pass_.transcript], "nothing")
            self.hand_in(who)
        with self.study("lead") as study:
            study.merge(self.parcels, reason="The end.")
        for who in CODERS:
            self.send_back(who)
        told = {who: self.shown(who) for who in ("lead", *CODERS)}
        assert told["ana"] == told["lead"]
        assert told["ben"] == told["lead"]
        self.held.cleanup()

    def shown(self, who: str) -> dict[str, object]:
        with self.study(who) as study:
            assert [sentence for well, sentence in study.examine() if not well] == []
            return {
                "passes": sorted((p.coder, p.transcript, str(p.state), p.late) for p in study.passes()),
                "codings": sorted((c.id, c.coder, c.code, c.start, c.end) for c in study.codings()),
                "nothing": sorted((n.coder, n.transcript, n.start, n.end) for n in study.nothings()),
                "opened": study.opened(),
                "items": [(item.id, dict(item.readings)) for item in study.items()],
            }


TestMachines = Machines.TestCase
TestMachines.settings = settings(max_examples=8, stateful_step_count=14, deadline=None)
