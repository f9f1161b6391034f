"""What must hold after any history of a study, whatever its method.

The twelve invariants that the methods ask of a program, and where each is tested over random histories or inputs:

     1  nobody reads another's coding before handing in   tests/store/test_blindness, test_machine and
                                                           test_packages_machine; here for the trail
     2  a submitted pass never changes                    test_codebook_machine, test_sessions_machine; here beside
                                                           everything else
     3  nothing is handed in that is not decided          here
     4  agreement takes submitted passes only             here
     5  decisions are whole and are never lost            test_sessions_machine; here in the trail
     6  released versions of the codebook never change    test_codebook_machine
     7  nobody judges and audits the same case            test_cqr
     8  labels follow from cases, placements and rule     tests/steps/cqr/test_frequency
     9  a quote equals the text at its place              test_corrections_machine for codings; here for quotes
    10  withdrawal leaves no words, and a tombstone       test_withdrawal
    11  each number can be computed again from the log    here
    12  a change of method has a reason and is stated     here
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from qualbench.errors import QualbenchError, Undecided
from qualbench.model import Agreement, Coding, Method, Outcome, PassState, Reason
from qualbench.project import Project
from tests.conftest import BOOK, INTERVIEW, add_interview, code, spans

CODES = ("TRUST", "HOPE", "FEAR", "")
TALKS = ("talk", "two")
_PLACE = tempfile.TemporaryDirectory(prefix="qualbench-invariants-")  # goes when the tests end
TEMPLATE = Path(_PLACE.name)
number = st.integers(0, 60)


@pytest.fixture(scope="module", autouse=True)
def _template() -> None:
    """The study that every history starts from: one interview is opened, and nobody has coded the other."""
    with Project.create(TEMPLATE / "study", viewer="ana") as project:
        project.release_codebook("book.yaml", BOOK)
        add_interview(project, "talk.txt", INTERVIEW)
        add_interview(project, "two.txt", f"{INTERVIEW}I: That was two.\n")
        code(project, "ana", ["TRUST", "HOPE", "", "FEAR"])
        code(project, "ben", ["TRUST", "TRUST", "", ""])
        project.viewer = "ana"
        project.create_theme("Theme 0")


class StudyAtWork(RuleBasedStateMachine):
    """Two coders, a board, runs, changes of the method, in any order."""

    @initialize()
    def begin(self) -> None:
        self.place = tempfile.TemporaryDirectory(prefix="qualbench-history-")
        folder = Path(shutil.copytree(TEMPLATE / "study", Path(self.place.name) / "study"))
        self.project = Project.open(folder, "ana", write=True)
        self.project._db.execute("pragma synchronous = off")  # nobody pulls the plug here, and waiting takes minutes
        self.handed_in: dict[str, frozenset[Coding]] = {
            pass_.id: frozenset(one for one in self.project.codings() if one.pass_id == pass_.id)
            for pass_ in self.project.passes()
        }
        self.kept: list[Agreement] = []
        self.methods: list[tuple[Method, str]] = []

    def teardown(self) -> None:
        if hasattr(self, "project"):
            self.project.close()
            self.place.cleanup()

    # --- what people do ----------------------------------------------------------------------------------------

    @rule(
        coder=st.sampled_from(["ana", "ben"]),
        name=st.sampled_from(TALKS),
        codes=st.lists(st.sampled_from(CODES), min_size=3, max_size=5),
    )
    def decide_segments(self, coder: str, name: str, codes: list[str]) -> None:
        """Decide as many segments as there are codes, and try to hand in."""
        self.project.viewer = coder
        with suppress(QualbenchError):
            pass_ = self.project.open_pass(name)
            if pass_.state is PassState.SUBMITTED:
                return
            for (start, end), one in zip(spans(self.project, name), codes, strict=False):
                with suppress(QualbenchError):
                    if one:
                        self.project.apply_code(pass_.id, one, start, end)
                    else:
                        self.project.mark_nothing(pass_.id, start, end)
            self.hand_in(name)

    def hand_in(self, name: str) -> None:
        id_ = self.project.transcript(name).id
        own = self.project.own_pass(id_)
        assert own is not None
        left = set(spans(self.project, name)) - set(self.decided(own.id))
        try:
            self.project.submit([name])
        except Undecided:
            assert left
        else:
            assert not left
            mine = self.project.codings(id_, self.project.viewer)
            self.handed_in[own.id] = frozenset(mine)

    def decided(self, pass_id: str) -> list[tuple[int, int]]:
        coded = [(one.start, one.end) for one in self.project.codings() if one.pass_id == pass_id]
        return coded + [(one.start, one.end) for one in self.project.nothings() if one.pass_id == pass_id]

    @rule(n=number, outcome=st.sampled_from([Outcome.FIRST, Outcome.BOTH, Outcome.DEFERRED]))
    def decide(self, n: int, outcome: Outcome) -> None:
        if items := self.project.items():
            self.project.viewer = "ana"
            self.project.decide(items[n % len(items)], outcome, reason=Reason.READING, note="We talked.")

    @rule(n=number, code=st.sampled_from(CODES[:3]))
    def gather(self, n: int, code: str) -> None:
        with suppress(QualbenchError):
            self.project.create_theme(f"Theme {n % 4}")
        with suppress(QualbenchError):
            self.project.gather_codes(self.project.theme(f"Theme {n % 4}"), [code])

    @rule(n=number, name=st.sampled_from(TALKS), low=number, length=st.integers(1, 40))
    def quote(self, n: int, name: str, low: int, length: int) -> None:
        if themes := self.project.themes():
            with suppress(QualbenchError):
                self.project.pick_quote(themes[n % len(themes)], name, low, low + length)

    @rule(n=number, redo=st.booleans())
    def undo(self, n: int, redo: bool) -> None:
        area = ("themes", "consensus", "coding")[n % 3]
        with suppress(QualbenchError):
            (self.project.redo if redo else self.project.undo)("themes" if area == "themes" else "", area)

    @rule()
    def keep(self) -> None:
        with suppress(QualbenchError):
            self.project.keep_agreement()
            self.kept.append(self.project.kept_runs()[-1][2])

    @rule(method=st.sampled_from(list(Method)), reason=st.sampled_from(["", "  ", "We saw more.", "[/x] \x1b"]))
    def change(self, method: Method, reason: str) -> None:
        before = self.project.study.method
        try:
            self.project.change_method(method, reason)
        except QualbenchError:
            assert method is before or not reason.strip()
        else:
            self.methods.append((method, reason))

    # --- what holds at every moment ----------------------------------------------------------------------------

    @invariant()
    def what_was_handed_in_never_changes(self) -> None:
        for pass_ in self.project.passes():
            self.project.viewer = pass_.coder
            found = frozenset(one for one in self.project.codings() if one.pass_id == pass_.id)
            assert self.handed_in.get(pass_.id, found) == found
            assert (pass_.id in self.handed_in) == (pass_.state is PassState.SUBMITTED)

    @invariant()
    def runs_take_submitted_passes_and_can_be_computed_again(self) -> None:
        """Decisions, undo and changes of the method do not move a figure: settled codes are never in one."""
        runs = [run for _, _, run in self.project.kept_runs()]
        assert runs == self.kept
        for run in runs:
            assert set(run.recipe.passes) <= set(self.handed_in)
            assert run.recipe.codebooks
            assert run.recipe.segmentation
        now = None
        with suppress(QualbenchError):
            now = self.project.agreement()
        if now is not None and runs and runs[-1].recipe.passes == now.recipe.passes:
            assert (runs[-1].codes, runs[-1].set_alpha) == (now.codes, now.set_alpha)

    @invariant()
    def quotes_equal_the_text_at_their_place(self) -> None:
        for theme in self.project.themes():
            for one in theme.quotes:
                assert one.text == self.project.transcript(one.transcript).text[one.start : one.end]

    @invariant()
    def the_method_statement_tells_every_change_with_its_reason(self) -> None:
        assert [(one.method, one.reason) for one in self.project.method_changes()] == [
            (method, reason.strip()) for method, reason in self.methods
        ]
        told = " ".join(self.project.statement())
        assert all(one.reason in told for one in self.project.method_changes())

    @invariant()
    def the_trail_tells_every_step_and_nothing_private(self) -> None:
        journal = self.project._db.execute("select distinct step from journal").fetchall()
        undone = self.project._db.execute("select distinct step from step where undone is not null").fetchall()
        opened = self.project.opened()
        for viewer, other in (("ana", "ben"), ("ben", "ana")):
            self.project.viewer = viewer
            lines = self.project.trail()
            assert len({one.step for one in lines if one.step}) == sum(bool(one.step) for one in lines)
            blind = {row.id for row in self.project.transcripts()} - opened
            theirs = [one for one in lines if one.who == other and {thing.id for thing in one.about} & blind]
            about = {thing.id for one in theirs for thing in one.about}
            told = [one.what.removeprefix("undid: ").removeprefix("did again: ") for one in theirs]
            assert not any(what.startswith(("applied", "marked", "removed", "a step")) for what in told)
            assert not about & set(CODES)
            if not blind:
                assert {one.step for one in lines} == {step for (step,) in journal}
                assert {one.step for one in lines if one.undone} == {step for (step,) in undone}


TestStudyAtWork = StudyAtWork.TestCase
TestStudyAtWork.settings = settings(max_examples=15, stateful_step_count=15, deadline=None)
