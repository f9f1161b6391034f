"""Rows are made when they are looked at, and say after any change what rows made anew would say."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from qualbench.model import (
    Code,
    Codebook,
    Coding,
    Memo,
    Nothing,
    Role,
    Segment,
    SegmentRule,
    Speaker,
    Transcript,
    Turn,
)
from qualbench.project import Project
from qualbench.tui.screens.rows import BLOCK, SegmentRows, Standing, code_colours, code_keys, rows
from tests.conftest import add_interview, spans

BOOK = Codebook("1", "Some codes", (Code("a", "Trust", colour="#AA0000"), Code("b", "Hope"), Code("c", "Loss", "b")))
WIDE = 10
"""Characters of each segment, with two between them that belong to none."""


def interview(count: int) -> Transcript:
    speakers = (Speaker("I", Role.INTERVIEWER), Speaker("P1", Role.PARTICIPANT, "Maria"))
    places = [(number * (WIDE + 2), number * (WIDE + 2) + WIDE) for number in range(count)]
    turns = tuple(Turn(start, start, end, int(number % 3 > 0)) for number, (start, end) in enumerate(places))
    segments = tuple(Segment(start, end, number) for number, (start, end) in enumerate(places))
    return Transcript("t", "talk", "some words\n\n" * count, turns, speakers, segments, SegmentRule.TURN)


class Said:
    """What one coder said, and whoever asks for it."""

    def __init__(self) -> None:
        self.codings: list[Coding] = []
        self.nothings: list[Nothing] = []
        self.memos: list[Memo] = []
        self.asked: list[tuple[int, int]] = []

    def reads(self, start: int, end: int) -> Standing:
        self.asked.append((start, end))
        return Standing(
            [one for one in self.codings if one.start < end and one.end > start],
            [one for one in self.nothings if one.start < end and one.end > start],
            [one for one in self.memos if one.start < end and one.end > start],
        )

    def code(self, code: str, start: int, end: int) -> None:
        self.codings = sorted(
            [*self.codings, Coding(f"{code}{start}", "p", "t", "ana", code, start, end)], key=lambda one: one.start
        )

    @property
    def decided(self) -> list[tuple[int, int]]:
        every: list[Coding | Nothing] = [*self.codings, *self.nothings]
        return sorted((one.start, one.end) for one in every)

    def rows(self, transcript: Transcript) -> SegmentRows:
        return SegmentRows(transcript, BOOK, self.reads, decided=self.decided)


def test_only_what_is_looked_at_is_read() -> None:
    said, transcript = Said(), interview(10_000)
    made = said.rows(transcript)
    assert (len(made), made.undecided.count(1), made.measures, sum(made.lengths)) == (10_000, 6_666, (5, 2), 100_000)
    assert said.asked == []
    assert made[5_000].text == "some words"
    assert made[5_002].speaker == "Maria"
    assert len(said.asked) == 1
    assert said.asked[0][1] - said.asked[0][0] == BLOCK * (WIDE + 2) - 2


def test_a_code_over_three_segments_goes_on_and_went_on() -> None:
    said = Said()
    said.code("a", 5, 30)
    made = said.rows(interview(5))
    marks = [[(mark.start, mark.end, mark.went_on, mark.goes_on) for mark in row.marks] for row in made]
    assert marks == [[(5, 10, False, True)], [(0, 10, True, True)], [(0, 6, True, False)], [], []]
    assert [row.state for row in made] == ["coded", "coded", "coded", "", ""]
    assert {(mark.key, mark.label, mark.code, mark.colour) for mark in made[1].marks} == {
        ("A1", "Trust", "a", "#aa0000")
    }


def test_keys_and_colours_of_codes() -> None:
    assert code_keys(BOOK) == {"a": "A1", "b": "B", "c": "B1"}
    assert code_colours(BOOK) == {"a": "#aa0000", "b": "sky", "c": "green"}
    bad = replace(BOOK, codes=(Code("a", "Trust", colour="like the sea"),))
    assert code_colours(bad) == {"a": "orange"}


def test_undecided_segments_are_found_around_the_end() -> None:
    said = Said()
    said.code("a", 12, 34)
    said.nothings = [Nothing("p", "t", "ana", 48, 58)]
    made = said.rows(interview(8))
    assert [n for n in range(8) if made.undecided[n]] == [5, 7]
    assert [made.next_undecided(start) for start in (0, 5, 6, 8)] == [5, 5, 7, 5]
    assert [made.next_undecided(start, -1) for start in (7, 6, 4)] == [7, 5, -1]


def test_rows_without_codes_show_where_coders_differ() -> None:
    made = rows(interview(3), BOOK, differing={12})
    assert [row.differs for row in made] == [False, True, False]
    assert [row.counts for row in made] == [False, True, True]


step = st.tuples(st.sampled_from("abn-"), st.integers(0, 400), st.integers(1, 300), st.integers(0, 5_000))


@settings(max_examples=60, deadline=None)
@given(st.lists(step, max_size=8), st.lists(st.integers(0, 79), max_size=3))
def test_after_any_change_rows_are_what_rows_made_anew_are(
    steps: list[tuple[str, int, int, int]], looked_at: list[int]
) -> None:
    transcript, said = interview(80), Said()
    made = said.rows(transcript)
    assert made.undecided
    for kind, start, length, which in steps:
        for index in looked_at:
            assert made[index].end
        place = (start, start + length)
        if kind in "ab":
            said.code(kind, *place)
        elif kind == "n":
            said.nothings = sorted([*said.nothings, Nothing("p", "t", "ana", *place)], key=lambda one: one.start)
        elif said.codings:
            gone = said.codings[which % len(said.codings)]
            made[made.at(gone.start)]  # whoever takes a code away stands on it
            said.codings.remove(gone)
            place = (gone.start, gone.start + 1)
        first, end = made.changed([place], lambda: said.decided)
        anew = said.rows(transcript)
        assert list(made) == list(anew)
        assert made.undecided == anew.undecided
        assert 0 <= first < end <= 80


# --- from the study -----------------------------------------------------------------------------------------------


def test_the_study_tells_what_is_decided_and_what_a_step_was_about(study: Project) -> None:
    transcript = study.transcript("talk")
    pass_ = study.open_pass("talk")
    first, second, third = spans(study)[:3]
    study.apply_code(pass_.id, "TRUST", *first)
    study.apply_code(pass_.id, "HOPE", first[0], first[0] + 3)
    study.mark_nothing(pass_.id, *second)
    study.apply_code(pass_.id, "HOPE", third[0], third[1])
    assert study.decided_spans(pass_) == [first, second, third]
    assert study.spans_of(study.newest_step(transcript.id, "coding")) == [third]
    study.remove_code(pass_.id, "HOPE", *third)
    facts = study.newest_step(transcript.id, "coding")
    assert study.spans_of(facts) == []
    study.undo(transcript.id, "coding")
    assert study.spans_of(facts) == [third]
    study.viewer = "ben"
    assert study.decided_spans(pass_) == []
    assert study.spans_of(facts) == []


def test_one_code_on_a_whole_transcript_hides_nothing_and_is_found_everywhere(study: Project) -> None:
    add_interview(study, "long.txt", "I: Why?\n" + "".join(f"P1: Answer {n}. {'so it was ' * 60}\n" for n in range(40)))
    pass_ = study.open_pass("long")
    places = spans(study, "long")
    study.apply_code(pass_.id, "TRUST", places[0][0], places[-1][1])
    study.apply_code(pass_.id, "HOPE", *places[20])
    for number in (0, 19, 20, 39):
        found = {one.code for one in study.place(pass_.id, *places[number]).codings}
        assert found == ({"TRUST", "HOPE"} if number == 20 else {"TRUST"})
