"""A layer kept as columns is in every way the tuple of its rows."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.model import Role, Segment, SegmentRule, Speaker, Transcript, Turn
from qualbench.model.layers import Layer, column, counted
from qualbench.project import Project
from qualbench.store.queries import transcripts
from tests.conftest import add_interview

ROWS = st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99), st.integers(0, 9)), max_size=12)


def layer(rows: list[tuple[int, int, int]]) -> Layer[Segment]:
    columns = {name: array("i", (row[at] for row in rows)) for at, name in enumerate(("start", "end", "turn"))}
    return Layer(Segment, **columns)


@given(rows=ROWS, at=st.integers(-14, 14), end=st.integers(-14, 14), step=st.sampled_from([None, 1, 2, -1]))
def test_it_is_read_as_the_tuple_of_its_rows(
    rows: list[tuple[int, int, int]], at: int, end: int, step: int | None
) -> None:
    kept, plain = layer(rows), tuple(Segment(*row) for row in rows)
    assert kept == plain
    assert plain == kept
    assert hash(kept) == hash(plain)
    assert repr(kept) == repr(plain)
    assert (len(kept), bool(kept), [*kept], [*reversed(kept)]) == (len(plain), bool(plain), [*plain], [*plain[::-1]])
    assert kept[at:end:step] == plain[at:end:step]
    assert isinstance(kept[at:end:step], tuple)
    assert (kept + plain[:1], plain[:1] + kept) == (plain + plain[:1], plain[:1] + plain)
    assert column(kept, "end") == array("i", column(plain, "end"))
    if -len(rows) <= at < len(rows):
        assert kept[at] == plain[at]
        assert kept.index(plain[at]) == plain.index(plain[at])
        assert plain[at] in kept
    else:
        with pytest.raises(IndexError):
            kept[at]


def test_another_layer_is_another() -> None:
    one = layer([(0, 4, 0), (5, 9, 1)])
    assert one != layer([(0, 4, 0), (5, 8, 1)])
    assert one != layer([(0, 4, 0)])
    assert one != (Segment(0, 4, 0), Segment(5, 9, 2))
    assert one != [*one]


def test_its_rows_are_frozen_and_found_by_place() -> None:
    one = layer([(0, 4, 0), (5, 9, 1), (10, 12, 1)])
    with pytest.raises(FrozenInstanceError):
        one[0].start = 7  # type: ignore[misc]  # that it can not be done is what is tested
    assert bisect_left(one, 5, key=lambda segment: segment.start) == 1


def test_what_counts_is_what_the_transcript_says_of_each_segment() -> None:
    speakers = (Speaker("I", Role.INTERVIEWER), Speaker("P", Role.PARTICIPANT), Speaker("M", Role.OTHER))
    turns = tuple(Turn(n * 10, n * 10 + 2, n * 10 + 9, speaker) for n, speaker in enumerate((0, 1, -1, 2, 1)))
    segments = tuple(Segment(turn.body, turn.end, n) for n, turn in enumerate(turns))
    assert list(counted(Transcript("t", "t", "", turns, speakers, segments, SegmentRule.TURN))) == [0, 1, 1, 0, 1]
    every = Transcript("t", "t", "", turns, speakers, segments, SegmentRule.TURN, all_count=True)
    assert list(counted(every)) == [1] * 5 == [every.counts(one) for one in segments]


def test_a_transcript_is_read_with_the_same_layers_as_it_was_sealed_with(study: Project) -> None:
    text = "[00:00:01.5] I: How?\n[00:00:07] P1: Well. It was… so.\nP2: Yes.\n"
    for id_ in (add_interview(study, "timed.txt", text), study.transcript("talk").id):
        found = study.transcript(id_)
        turns = study._db.execute(
            'select start, body, "end", speaker, seconds from turn where transcript = ? order by n', (id_,)
        )
        segments = study._db.execute('select start, "end", turn from segment where transcript = ? order by n', (id_,))
        assert found.turns == tuple(Turn(*row) for row in turns)
        assert found.segments == tuple(Segment(*row) for row in segments)
        bare = transcripts.load(study._db, id_, with_words=False)
        assert bare is not None
        assert (bare.turns, bare.segments, bare.text) == (found.turns, found.segments, "")


@pytest.mark.parametrize("seconds", [0.1, 12.345678901234567, math.pi * 1e6])
def test_times_are_kept_to_the_last_digit(study: Project, seconds: float) -> None:
    talk = study.transcript("talk")
    study._db.execute("update turn set seconds = ? where transcript = ? and n = 1", (seconds, talk.id))
    assert [turn.seconds for turn in study.transcript("talk").turns][:3] == [None, seconds, None]
