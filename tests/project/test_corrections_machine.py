"""Any order of coding, undoing and correcting: a code that is not doubtful stands on the very words it was put on.

The oracle is the words themselves: each code is kept with the words that its coder chose, without blanks.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from qualbench.errors import NothingToUndo, QualbenchError
from qualbench.project import Project
from tests.conftest import BOOK, INTERVIEW, add_interview

CODES = ("TRUST", "HOPE", "FEAR")
EDITS = ("", "x", " so ", "her", "\n", "P1: ", "slowly, slowly", "é", "I: Why?\n")
_PLACE = tempfile.TemporaryDirectory(prefix="qualbench-corrections-")  # goes when the tests end
TEMPLATE = Path(_PLACE.name)


def template() -> Path:
    folder = TEMPLATE / "study"
    if not folder.exists():
        with Project.create(folder, viewer="ana") as project:
            project.release_codebook("book.yaml", BOOK)
            add_interview(project, "talk.txt", INTERVIEW)
            project.open_pass("talk", "ana")
    return folder


def bare(words: str) -> str:
    return re.sub(r"\s+", "", words)


class Correcting(RuleBasedStateMachine):
    """One coder at a text that somebody goes on correcting."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(dir=TEMPLATE)) / "study"
        shutil.copytree(template(), self.folder)
        self.project = Project.open(self.folder, "ana", write=True)
        self.project.back_up = lambda *_, **__: None  # type: ignore[method-assign]  # a copy of each step is slow
        self.talk = self.project.transcript("talk").id
        self.own = self.project.passes()[0].id
        self.words: dict[str, str] = {}

    def teardown(self) -> None:
        if hasattr(self, "project"):
            self.project.close()
            with Project.open(self.folder, "ana") as project:
                assert [sentence for well, sentence in project.examine() if not well] == []
            shutil.rmtree(self.folder.parent)

    @rule(code=st.sampled_from(CODES), at=st.integers(0, 300), length=st.integers(1, 60))
    def apply(self, code: str, at: int, length: int) -> None:
        text = self.project.transcript("talk").text
        start, end = min(at, len(text) - 1), min(at + length, len(text))
        if text[start:end].strip():
            self.project.apply_code(self.own, code, start, end)
            self.remember()

    @rule(place=st.integers(0, 300), gone=st.integers(0, 12), new=st.sampled_from(EDITS))
    def correct(self, place: int, gone: int, new: str) -> None:
        text = self.project.transcript("talk").text
        try:
            self.project.correct("talk", text[:place] + new + text[place + gone :], "why not")
        except QualbenchError:
            assert self.project.transcript("talk").text == text

    @rule(name=st.sampled_from(["her", "less", "Thank", "P1"]), new=st.sampled_from(["Mara", "him", ""]))
    def replace(self, name: str, new: str) -> None:
        text = self.project.transcript("talk").text
        if name in text and name != new:
            self.project.correct("talk", text.replace(name, new), "a name")

    @rule(redo=st.booleans())
    def undo(self, redo: bool) -> None:
        try:
            (self.project.redo if redo else self.project.undo)(self.talk, "coding")
        except NothingToUndo:
            return
        self.remember()

    @rule(number=st.integers(0, 3))
    def settle(self, number: int) -> None:
        doubts = self.project.doubts()
        if doubts:
            self.project.settle_doubt(doubts[number % len(doubts)])
            self.remember()

    def remember(self) -> None:
        """New codes, and those somebody just looked at, stand on the words that are there now."""
        text = self.project.transcript("talk").text
        doubtful = {(doubt.start, doubt.end) for doubt in self.project.doubts()}
        for one in self.project.codings():
            if (one.start, one.end) not in doubtful:
                self.words.setdefault(one.id, bare(text[one.start : one.end]))

    @invariant()
    def a_code_without_a_doubt_stands_on_its_words(self) -> None:
        if not hasattr(self, "project"):
            return
        text = self.project.transcript("talk").text
        doubtful = {(doubt.start, doubt.end) for doubt in self.project.doubts()}
        for one in self.project.codings():
            if (one.start, one.end) in doubtful:
                self.words.pop(one.id, None)
            else:
                assert bare(text[one.start : one.end]) == self.words.setdefault(one.id, bare(text[one.start : one.end]))

    @invariant()
    def every_doubt_says_what_it_stood_on(self) -> None:
        for doubt in self.project.doubts() if hasattr(self, "project") else ():
            assert self.project.words_before(doubt)


TestCorrecting = Correcting.TestCase
TestCorrecting.settings = settings(max_examples=12, stateful_step_count=12, deadline=None)
