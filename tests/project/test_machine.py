"""Any order of coding, undoing, handing in and opening again: the study shows what a dictionary would.

The model is each coder's pass as plain sets; undo goes back to the sets before the coder's own last step.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from qualbench.errors import NothingToUndo, PassSubmitted, SegmentHasCodes, UnknownCode
from qualbench.model import PassState
from qualbench.project import Project
from tests.conftest import BOOK, INTERVIEW, add_interview, spans

Span = tuple[int, int]
CODERS = ("ana", "ben")
CODES = ("TRUST", "HOPE", "FEAR")
_PLACE = tempfile.TemporaryDirectory(prefix="qualbench-machine-")  # goes when the tests end
TEMPLATE = Path(_PLACE.name)


@dataclass(frozen=True)
class State:
    """What one coder has decided."""

    codings: frozenset[tuple[str, int, int]] = frozenset()
    nothings: frozenset[Span] = frozenset()
    memos: frozenset[tuple[int, int, str]] = frozenset()


@dataclass
class Model:
    """One coder's pass: what stands, what undo and redo go back to, and whether it is handed in."""

    now: State = field(default_factory=State)
    before: list[State] = field(default_factory=list)
    undone: list[State] = field(default_factory=list)
    submitted: bool = False

    def step(self, after: State) -> None:
        if after != self.now:
            self.before.append(self.now)
            self.undone.clear()
            self.now = after


def meet(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return one[-2] < other[-1] and other[-2] < one[-1]


def melted(spans: list[tuple[int, ...]]) -> set[Span]:
    """Spans in which every run of characters that overlapping spans share is one: worked out character by character."""
    joints = {n for start, end in spans for n in range(start, end - 1)}
    taken = {n for start, end in spans for n in range(start, end)}
    starts = {n for n in taken if n - 1 not in joints}
    return {(n, next(m + 1 for m in range(n, max(taken) + 1) if m in taken and m not in joints)) for n in starts}


def template() -> Path:
    folder = TEMPLATE / "study"
    if not folder.exists():
        with Project.create(folder, viewer="ana") as project:
            project.release_codebook("book.yaml", BOOK)
            add_interview(project, "talk.txt", INTERVIEW)
            for coder in CODERS:
                project.open_pass("talk", coder)
    return folder


coders, codes, places = st.sampled_from(CODERS), st.sampled_from(CODES), st.integers(0, 8)


class Coding(RuleBasedStateMachine):
    """Two coders at one interview."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(dir=TEMPLATE)) / "study"
        shutil.copytree(template(), self.folder)
        self.project = Project.open(self.folder, "ana", write=True)
        whole = spans(self.project)
        self.segments = whole
        self.places = [
            *whole, (whole[0][0], whole[0][0] + 7), (whole[0][0] + 5, whole[0][1]), (whole[0][1] - 3, whole[1][0] + 4),
            (whole[1][0], whole[2][1]), (whole[3][0] + 1, whole[3][0] + 2),
        ]  # fmt: skip
        self.passes = {coder: self.project.passes(coder=coder)[0].id for coder in CODERS}
        self.talk = self.project.transcript("talk").id
        self.model = {coder: Model() for coder in CODERS}

    def teardown(self) -> None:
        if hasattr(self, "project"):
            self.project.close()
            with Project.open(self.folder, "ana") as project:
                assert [sentence for well, sentence in project.examine() if not well] == []
            shutil.rmtree(self.folder.parent)

    def as_(self, coder: str) -> Model:
        self.project.viewer = coder
        return self.model[coder]

    @rule(coder=coders, code=codes, n=places)
    def apply(self, coder: str, code: str, n: int) -> None:
        mine, span = self.as_(coder), self.places[n]
        if mine.submitted:
            with pytest.raises(PassSubmitted):
                self.project.apply_code(self.passes[coder], code, *span)
            return
        self.project.apply_code(self.passes[coder], code, *span)
        same = [one for one in mine.now.codings if one[0] == code and meet(one, span)]
        if any(start <= span[0] and end >= span[1] for _, start, end in same):
            return
        merged = (code, min(span[0], *(s for _, s, _ in same), span[0]), max(span[1], *(e for *_, e in same), span[1]))
        kept = frozenset(one for one in mine.now.nothings if not meet(one, span))
        mine.step(replace(mine.now, codings=(mine.now.codings - set(same)) | {merged}, nothings=kept))

    @rule(coder=coders, code=codes, n=places)
    def remove(self, coder: str, code: str, n: int) -> None:
        mine, span = self.as_(coder), self.places[n]
        same = {one for one in mine.now.codings if one[0] == code and meet(one, span)}
        if mine.submitted or not same:
            with pytest.raises(PassSubmitted if mine.submitted else UnknownCode):
                self.project.remove_code(self.passes[coder], code, *span)
            return
        self.project.remove_code(self.passes[coder], code, *span)
        mine.step(replace(mine.now, codings=mine.now.codings - same))

    @rule(coder=coders, n=places)
    def nothing(self, coder: str, n: int) -> None:
        mine, span = self.as_(coder), self.places[n]
        coded = any(meet(one, span) for one in mine.now.codings)
        if mine.submitted or coded:
            with pytest.raises(PassSubmitted if mine.submitted else SegmentHasCodes):
                self.project.mark_nothing(self.passes[coder], *span)
            return
        self.project.mark_nothing(self.passes[coder], *span)
        here = {one for one in mine.now.nothings if meet(one, span)}
        mine.step(replace(mine.now, nothings=mine.now.nothings - here if here else mine.now.nothings | {span}))

    @rule(coder=coders, n=places, body=st.sampled_from(["", "  ", "Why?", "[laughs] [/x]", "Because."]))
    def memo(self, coder: str, n: int, body: str) -> None:
        mine, span = self.as_(coder), self.places[n]
        if mine.submitted:
            with pytest.raises(PassSubmitted):
                self.project.write_memo(self.passes[coder], *span, body)
            return
        self.project.write_memo(self.passes[coder], *span, body)
        others = {one for one in mine.now.memos if one[:2] != span}
        mine.step(replace(mine.now, memos=frozenset(others | ({(*span, body)} if body.strip() else set()))))

    @rule(coder=coders, old=codes, new=codes, n=places)
    def change(self, coder: str, old: str, new: str, n: int) -> None:
        mine, span = self.as_(coder), self.places[n]
        here = {one for one in mine.now.codings if one[0] == old and meet(one, span)}
        if mine.submitted or not here:
            with pytest.raises(PassSubmitted if mine.submitted else UnknownCode):
                self.project.change_code(self.passes[coder], old, new, *span)
            return
        self.project.change_code(self.passes[coder], old, new, *span)
        if old == new:
            return
        reach = (min(one[1] for one in here), max(one[2] for one in here))
        gone = {one for one in mine.now.codings if one[0] == old and meet(one, reach)}
        there = {one for one in mine.now.codings if one[0] == new and meet(one, reach)}
        one_by_one = {(new, *span) for span in melted([one[1:] for one in gone | there])}
        mine.step(replace(mine.now, codings=(mine.now.codings - gone - there) | one_by_one))

    @rule(coder=coders, code=codes, n=places)
    def respan(self, coder: str, code: str, n: int) -> None:
        mine, span = self.as_(coder), self.places[n]
        same = {one for one in mine.now.codings if one[0] == code and meet(one, span)}
        if mine.submitted or not same:
            with pytest.raises(PassSubmitted if mine.submitted else UnknownCode):
                self.project.respan_code(self.passes[coder], code, *span)
            return
        self.project.respan_code(self.passes[coder], code, *span)
        if same != {(code, *span)}:
            kept = frozenset(one for one in mine.now.nothings if not meet(one, span))
            mine.step(replace(mine.now, codings=(mine.now.codings - same) | {(code, *span)}, nothings=kept))

    @rule(coder=coders, redo=st.booleans())
    def undo(self, coder: str, redo: bool) -> None:
        mine = self.as_(coder)
        switch, here, there = self.project.undo, mine.before, mine.undone
        if redo:
            switch, here, there = self.project.redo, mine.undone, mine.before
        if mine.submitted or not here:
            with pytest.raises(PassSubmitted if mine.submitted else NothingToUndo):
                switch(self.talk, "coding")
            return
        switch(self.talk, "coding")
        there.append(mine.now)
        mine.now = here.pop()

    @precondition(lambda self: any(len(one.before) > 5 for one in self.model.values()))
    @rule(coder=coders, rest=st.sampled_from(["nothing", "skipped"]))
    def submit(self, coder: str, rest: str) -> None:
        mine = self.as_(coder)
        if mine.submitted:
            with pytest.raises(PassSubmitted):
                self.project.submit(["talk"], rest)
            return
        self.project.submit(["talk"], rest)
        decided = [*mine.now.codings, *mine.now.nothings]
        left = {one for one in self.segments if not any(meet(one, span) for span in decided)}
        if rest == "nothing":
            mine.now = replace(mine.now, nothings=mine.now.nothings | left)
        mine.submitted = True

    @rule(coder=coders)
    def open_again(self, coder: str) -> None:
        self.project.close()
        self.project = Project.open(self.folder, coder, write=True)

    # --- what holds at every moment ----------------------------------------------------------------------------

    def shown(self, viewer: str, coder: str) -> State:
        """What this viewer is shown of that coder."""
        self.project.viewer = viewer
        return State(
            frozenset((one.code, one.start, one.end) for one in self.project.codings(coder=coder)),
            frozenset((one.start, one.end) for one in self.project.nothings(coder=coder)),
            frozenset((one.start, one.end, one.body) for one in self.project.memos(coder=coder)),
        )

    @invariant()
    def everybody_sees_their_own_work_as_they_left_it(self) -> None:
        for coder in CODERS:
            assert self.shown(coder, coder) == self.model[coder].now

    @invariant()
    def nobody_sees_the_other_before_both_are_in(self) -> None:
        both = all(one.submitted for one in self.model.values())
        for viewer, other in ("ana", "ben"), ("ben", "ana"), ("cleo", "ana"), ("cleo", "ben"):
            assert self.shown(viewer, other) == (self.model[other].now if both else State())

    @invariant()
    def a_pass_is_open_until_it_is_handed_in(self) -> None:
        states = {one.coder: one.state is PassState.SUBMITTED for one in self.project.passes()}
        assert states == {coder: one.submitted for coder, one in self.model.items()}


TestCoding = Coding.TestCase
TestCoding.settings = settings(max_examples=30, stateful_step_count=40, deadline=None)
