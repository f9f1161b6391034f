"""Any order of coding, drafting, merging, splitting, releasing, answering and undoing loses nothing that was stated.

What is shown must be what a replay of the journal gives, released versions and submitted passes must stay what they
were, and the journal only grows.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from qualbench.errors import QualbenchError
from qualbench.model import Change, Codebook
from qualbench.project import Project
from tests.conftest import BOOK, INTERVIEW, add_interview, code, spans

_PLACE = tempfile.TemporaryDirectory(prefix="qualbench-codebook-")
TEMPLATE = Path(_PLACE.name)


def template() -> Path:
    """Ana and Ben handed in 'talk'; Ana has begun 'two'."""
    folder = TEMPLATE / "study"
    if not folder.exists():
        with Project.create(folder, viewer="ana") as project:
            project.release_codebook("book.yaml", BOOK)
            add_interview(project, "talk.txt", INTERVIEW)
            add_interview(project, "two.txt", INTERVIEW + "I: Well.\n")
            code(project, "ana", ["TRUST", "HOPE+FEAR", "FEAR", ""])
            code(project, "ben", ["TRUST", "", "FEAR", ""])
            project.viewer = "ana"
            project.open_pass("two")
    return folder


number = st.integers(0, 9)


class CodebookAtWork(RuleBasedStateMachine):
    """One coder at an open pass, with a codebook that changes under their hands."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(dir=TEMPLATE)) / "study"
        shutil.copytree(template(), self.folder)
        self.project = Project.open(self.folder, "ana", write=True)
        self.places = spans(self.project, "two")
        self.two = self.project.transcript("two").id
        self.books: dict[str, Codebook] = {}
        self.history: list[object] = []
        self.handed_in = [one for one in self.project.codings() if one.transcript != self.two]

    def teardown(self) -> None:
        if hasattr(self, "project"):
            self.project.close()
            with Project.open(self.folder, "ana") as project:
                assert [sentence for well, sentence in project.examine() if not well] == []
                assert project.attention() == ()
            shutil.rmtree(self.folder.parent)

    def held(self) -> str:
        found = self.project.own_pass(self.two)
        assert found is not None
        return found.id

    def some_code(self, n: int, *, draft: bool = False) -> str:
        codes = (self.project.draft() if draft else self.project.own_book()).codes
        return codes[n % len(codes)].id

    # what is refused with a sentence is a right answer here; anything else that is raised is a fault

    @rule(n=number, place=number)
    def apply(self, n: int, place: int) -> None:
        with suppress(QualbenchError):
            self.project.apply_code(self.held(), self.some_code(n), *self.places[place % len(self.places)])

    @rule(n=number, place=number)
    def remove(self, n: int, place: int) -> None:
        with suppress(QualbenchError):
            self.project.remove_code(self.held(), self.some_code(n), *self.places[place % len(self.places)])

    @rule(n=number, place=number, cut=st.integers(1, 5))
    def respan(self, n: int, place: int, cut: int) -> None:
        start, end = self.places[place % len(self.places)]
        with suppress(QualbenchError):
            self.project.respan_code(self.held(), self.some_code(n), start + cut, end)

    @rule(n=number, place=number)
    def propose(self, n: int, place: int) -> None:
        with suppress(QualbenchError):
            self.project.propose_code(self.held(), f"New {n}", *self.places[place % len(self.places)])

    @rule(undo=st.booleans(), area=st.sampled_from(["coding", "codebook"]))
    def switch(self, undo: bool, area: str) -> None:
        with suppress(QualbenchError):
            (self.project.undo if undo else self.project.redo)(self.two if area == "coding" else "codebook", area)

    @rule(n=number, words=st.sampled_from(["Narrower.", "Wider.", ""]))
    def write(self, n: int, words: str) -> None:
        with suppress(QualbenchError):
            self.project.draft_code(self.some_code(n, draft=True), definition=words)

    @rule(n=number, under=number)
    def add(self, n: int, under: int) -> None:
        with suppress(QualbenchError):
            self.project.add_code(f"Code {n}", self.some_code(under, draft=True))

    @rule(n=number, under=number)
    def move(self, n: int, under: int) -> None:
        with suppress(QualbenchError):
            self.project.place_code(self.some_code(n, draft=True), self.some_code(under, draft=True))

    @rule(n=number, into=number)
    def merge(self, n: int, into: int) -> None:
        with suppress(QualbenchError):
            self.project.merge_codes([self.some_code(n, draft=True)], self.some_code(into, draft=True))

    @rule(n=number)
    def split(self, n: int) -> None:
        with suppress(QualbenchError):
            self.project.split_code(self.some_code(n, draft=True), [f"Half {n}", f"Other half {n}"])

    @rule(n=number, status=st.sampled_from(["trial", "active", "retired"]))
    def state(self, n: int, status: str) -> None:
        with suppress(QualbenchError):
            self.project.set_code_status(self.some_code(n, draft=True), status)

    @rule(kind=st.sampled_from([Change.WORDING, Change.NARROWED, Change.WIDENED]))
    def release(self, kind: Change) -> None:
        unsaid = [code for code, probably in self.project.proposed_changes().items() if probably is None]
        with suppress(QualbenchError):
            self.project.release_draft(changes=dict.fromkeys(unsaid, kind), incomplete=True)

    @rule()
    def go_on(self) -> None:
        self.project.update_pass("two")

    @rule(n=number, to=number)
    def answer(self, n: int, to: int) -> None:
        debts = self.project.debts()
        if debts:
            debt = debts[n % len(debts)]
            with suppress(QualbenchError):
                self.project.recheck(debt, [self.some_code(to)] if to else [])
                assert debt not in self.project.debts()

    # --- what holds at every moment ----------------------------------------------------------------------------

    @invariant()
    def a_released_version_never_changes(self) -> None:
        for book in self.project.releases():
            assert self.books.setdefault(book.version, book) == book

    @invariant()
    def what_was_handed_in_never_changes(self) -> None:
        assert [one for one in self.project.codings() if one.transcript != self.two] == self.handed_in

    @invariant()
    def the_journal_only_grows(self) -> None:
        rows = self.project._db.execute("select * from journal order by seq").fetchall()
        assert rows[: len(self.history)] == self.history
        self.history = rows

    @invariant()
    def a_code_stands_once_on_a_word(self) -> None:
        found = sorted((one.code, one.start, one.end) for one in self.project.codings(self.two))
        for (code_, _, end), (other, start, _) in pairwise(found):
            assert code_ != other or end <= start


TestCodebookAtWork = CodebookAtWork.TestCase
TestCodebookAtWork.settings = settings(max_examples=15, stateful_step_count=40, deadline=None)
