"""The numbers that stand before everything else are those that everything else would give."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.errors import QualbenchError
from qualbench.model import Outcome, PassState, Progress, Reason
from qualbench.project import Project
from qualbench.project.progress import Settling
from qualbench.steps.study import speaker_line
from tests.conftest import BOOK, INTERVIEW, add_interview, code

P1_IS_OTHER = {"transcript": "talk", "speaker": "P1", "role": "other", "participant": ""}
SAME, OTHER = ["TRUST", "HOPE", "FEAR", ""], ["TRUST", "HOPE+FEAR", "HOPE", ""]


def told(project: Project) -> list[Settling]:
    """The slow way: every item is made, and counted."""
    items: dict[str, Counter[str]] = {
        row.id: Counter(item.state for item in project.items() if item.transcript == row.id)
        for row in project.transcripts()
        if row.opened
    }
    return [Settling(id_, states["open"], states["deferred"], states["decided"]) for id_, states in items.items()]


def own(project: Project) -> list[Progress]:
    """The slow way: every segment is looked at."""
    found = []
    for pass_ in project.own_passes():
        transcript = project.transcript(pass_.transcript)
        total = sum(transcript.counts(segment) for segment in transcript.segments)
        done = pass_.state is PassState.SUBMITTED
        left = 0 if done else len(project.undecided(transcript, pass_))
        found.append(Progress(transcript.id, project.viewer, pass_.state, total - left, total))
    return found


@pytest.fixture
def compared(study: Project) -> Project:
    """Two of four segments are coded differently."""
    code(study, "ana", SAME)
    code(study, "ben", OTHER)
    return study


def test_a_blind_study_has_no_disagreements_to_count(study: Project) -> None:
    code(study, "ana", SAME)
    code(study, "ben", OTHER, submit=False)
    assert [*study.settling()] == []


def test_disagreements_are_counted_by_where_they_stand(compared: Project) -> None:
    (talk,) = compared.opened()
    assert [*compared.settling()] == [Settling(talk, open=2, deferred=0, decided=0)]
    first, second = compared.items()
    compared.decide(first, Outcome.DEFERRED, reason=Reason.CONTEXT)
    assert [*compared.settling()] == [Settling(talk, open=1, deferred=1, decided=0)]
    compared.decide(first, Outcome.BOTH, reason=Reason.OVERLAP)
    compared.decide(second, Outcome.FIRST, reason=Reason.SLIP)
    assert [*compared.settling()] == [Settling(talk, open=0, deferred=0, decided=2)]
    assert next(compared.settling()).disagreements == 2


def test_what_counts_from_now_on_is_counted_anew(compared: Project) -> None:
    """Nobody's words are left to differ on when the one participant is made somebody aside."""
    assert next(compared.settling()).disagreements == 2
    compared.count_interviewers(True)
    assert [*compared.settling()] == told(compared)
    compared.count_interviewers(False)
    compared.assign_speakers([speaker_line(P1_IS_OTHER)])
    assert [*compared.settling()] == told(compared) == [Settling(next(iter(compared.opened())), 0, 0, 0)]


def test_the_words_need_not_be_read_to_count(study: Project) -> None:
    code(study, "ana", SAME, submit=False)
    (pass_,) = study.own_passes()
    assert (study.decided_in(pass_), study.units_in(pass_.transcript)) == (4, 4)
    (row,) = study.transcripts(with_counts=False)
    assert (row.turns, row.segments, row.words) == (0, 0, study.transcripts()[0].words)


Act = tuple[str, str, int, int, str]
KINDS = ["code", "code", "part", "nothing", "submit", "decide", "undo"]
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["ana", "ben"]), st.sampled_from(KINDS),
        st.integers(0, 7), st.integers(1, 3), st.sampled_from(["TRUST", "HOPE", "FEAR"]),
    ),
    max_size=25,
)  # fmt: skip


@given(acts=ACTS, viewer=st.sampled_from(["ana", "ben", "cleo"]))
def test_the_quick_way_counts_as_the_slow_way(acts: list[Act], viewer: str) -> None:
    with tempfile.TemporaryDirectory() as place, Project.create(Path(place) / "study", viewer="ana") as project:
        project.release_codebook("book.yaml", BOOK)
        add_interview(project, "talk.txt", INTERVIEW)
        for who, act, at, many, code_ in acts:
            project.viewer = who
            _do(project, act, at, many, code_)
            assert [*project.settling()] == told(project)
        project.viewer = viewer
        assert list(project.progress()) == own(project)
        assert [*project.settling()] == told(project)


def _do(project: Project, act: str, at: int, many: int, code_: str) -> None:
    segments = project.transcript("talk").segments
    start, end = segments[at].start, segments[min(at + many, len(segments)) - 1].end
    try:
        if act == "submit":
            project.submit(["talk"], "nothing" if many > 1 else "skipped")
        elif act == "undo":
            project.undo("talk", "coding")
        elif act == "decide":
            items = project.items()
            if items:
                project.decide(items[at % len(items)], [*Outcome][at % 3], reason=Reason.READING)
        else:
            pass_ = project.open_pass("talk")
            if act == "nothing":
                project.mark_nothing(pass_.id, start, end)
            else:
                project.apply_code(pass_.id, code_, start + 1 if act == "part" else start, end)
    except QualbenchError:
        pass  # what is not possible now changes nothing


def test_nobody_learns_how_the_other_coded(study: Project) -> None:
    code(study, "ana", SAME)
    study.viewer = "ben"
    assert study.progress() == ()
    assert study.own_passes() == []
    assert [*study.settling()] == []
    study.open_pass("talk")
    assert [one.decided for one in study.progress()] == [0]
