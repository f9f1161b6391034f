"""What a coder's actions mean, one by one and many at once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench import events as e
from qualbench.errors import AlreadyOpened, PassSubmitted, SegmentHasCodes, Undecided, UnknownCode, UsageError
from qualbench.model import (
    Coding,
    Memo,
    Nothing,
    Pass,
    PassState,
    Role,
    Segment,
    SegmentRule,
    Speaker,
    Transcript,
    Turn,
)
from qualbench.steps import coding
from qualbench.steps.coding import BadSpan, Place

Span = tuple[int, int]

OPEN = Pass("p", "t", "ana", "1.0", SegmentRule.TURN, PassState.OPEN)
CLOSED = Pass("p", "t", "ana", "1.0", SegmentRule.TURN, PassState.SUBMITTED)
TEXT = "abcdefghijklmnopqrstuvwxyzäöü🙂"
CODES = ("A", "B")


def transcript(cuts: Sequence[Span] = ((0, 10), (10, 20), (20, 30)), asked: Sequence[int] = ()) -> Transcript:
    """A text of thirty characters in these segments; the interviewer's are told by number."""
    turns = tuple(Turn(start, start, end, 1 if n in asked else 0) for n, (start, end) in enumerate(cuts))
    speakers = (Speaker("P", Role.PARTICIPANT), Speaker("I", Role.INTERVIEWER))
    segments = tuple(Segment(start, end, n) for n, (start, end) in enumerate(cuts))
    return Transcript("t", "talk", TEXT, turns, speakers, segments, SegmentRule.TURN)


def coded(code: str, start: int, end: int, id_: str = "") -> Coding:
    return Coding(id_ or f"{code}{start}", "p", "t", "ana", code, start, end)


def marked(start: int, end: int) -> Nothing:
    return Nothing("p", "t", "ana", start, end)


def place(start: int, end: int, pass_: Pass = OPEN, **here: tuple[object, ...]) -> Place:
    return Place(pass_, "talk", start, end, TEXT, **here)  # type: ignore[arg-type] # codings, nothings and memos


def meet(one: Span, other: Span) -> bool:
    """Whether two spans share a character, said in the plainest way."""
    return bool(set(range(*one)) & set(range(*other)))


@dataclass
class Board:
    """What stands in a pass, brought up to date by the facts alone."""

    codings: dict[str, Coding] = field(default_factory=dict)
    nothings: set[Span] = field(default_factory=set)
    memos: dict[str, Memo] = field(default_factory=dict)

    def take(self, facts: Sequence[e.Event]) -> None:
        for fact in facts:
            match fact:
                case e.CodeApplied():
                    assert fact.quote == hashlib.sha256(TEXT[fact.start : fact.end].encode()).hexdigest()
                    self.codings[fact.coding] = coded(fact.code, fact.start, fact.end, fact.coding)
                case e.CodeRemoved():
                    del self.codings[fact.coding]
                case e.NothingMarked():
                    assert (fact.start, fact.end) not in self.nothings
                    self.nothings.add((fact.start, fact.end))
                case e.NothingCleared():
                    self.nothings.remove((fact.start, fact.end))
                case e.MemoWritten():
                    body = fact.body.body.decode()  # type: ignore[attr-defined] # the words are sealed
                    self.memos[fact.memo] = Memo(fact.memo, "p", "t", "ana", fact.start, fact.end, body)
                case e.MemoRemoved():
                    del self.memos[fact.memo]

    def at(self, start: int, end: int) -> Place:
        here = (start, end)
        return place(
            start, end,
            codings=tuple(one for one in self.codings.values() if meet((one.start, one.end), here)),
            nothings=tuple(marked(*span) for span in sorted(self.nothings) if meet(span, here)),
            memos=tuple(one for one in self.memos.values() if meet((one.start, one.end), here)),
        )  # fmt: skip

    def shown(self) -> tuple[object, ...]:
        return (
            sorted((one.code, one.start, one.end) for one in self.codings.values()),
            sorted(self.nothings),
            sorted((one.start, one.end, one.body) for one in self.memos.values()),
        )


# --- one by one ------------------------------------------------------------------------------------------------


def test_a_code_is_put_on_a_span_with_the_hash_of_its_words() -> None:
    (fact,) = coding.apply(place(2, 5), "A", CODES)
    assert isinstance(fact, e.CodeApplied)
    assert (fact.code, fact.start, fact.end) == ("A", 2, 5)
    assert fact.quote == hashlib.sha256(b"cde").hexdigest()


@pytest.mark.parametrize(
    ("there", "wanted", "after"),
    [
        ([(2, 5)], (2, 5), [(2, 5)]),  # there already
        ([(0, 9)], (2, 5), [(0, 9)]),  # inside what is there
        ([(2, 5)], (0, 9), [(0, 9)]),  # around it
        ([(0, 4)], (2, 9), [(0, 9)]),  # over its end
        ([(5, 9)], (2, 6), [(2, 9)]),  # over its beginning
        ([(0, 3), (6, 9)], (2, 7), [(0, 9)]),  # over two, which become one
        ([(0, 3)], (3, 6), [(0, 3), (3, 6)]),  # beside it: two codings
    ],
)
def test_one_code_on_overlapping_spans_is_one_coding(there: list[Span], wanted: Span, after: list[Span]) -> None:
    board = Board({f"A{start}": coded("A", start, end) for start, end in there})
    board.take(coding.apply(board.at(*wanted), "A", CODES))
    assert board.shown()[0] == [("A", *span) for span in after]


def test_two_codes_stand_on_one_span() -> None:
    board = Board({"A0": coded("A", 0, 9)})
    board.take(coding.apply(board.at(0, 9), "B", CODES))
    assert board.shown()[0] == [("A", 0, 9), ("B", 0, 9)]


def test_a_code_takes_back_that_nothing_applies() -> None:
    board = Board(nothings={(0, 9), (20, 25)})
    board.take(coding.apply(board.at(5, 12), "A", CODES))
    assert board.shown()[:2] == ([("A", 5, 12)], [(20, 25)])


def test_a_code_that_the_codebook_lacks_is_refused() -> None:
    with pytest.raises(UnknownCode):
        coding.apply(place(0, 5), "C", CODES)


def test_removing_takes_the_code_off_and_leaves_the_others() -> None:
    board = Board({"A0": coded("A", 0, 9), "B0": coded("B", 0, 9), "A20": coded("A", 20, 25)})
    board.take(coding.remove(board.at(3, 4), "A"))
    assert board.shown()[0] == [("A", 20, 25), ("B", 0, 9)]
    with pytest.raises(UnknownCode):
        coding.remove(board.at(3, 4), "A")


def test_nothing_applies_is_a_switch_and_contradicts_codes() -> None:
    board = Board({"A0": coded("A", 0, 9)})
    with pytest.raises(SegmentHasCodes):
        coding.mark_nothing(board.at(5, 12))
    for after in ([(10, 20)], []):
        board.take(coding.mark_nothing(board.at(10, 20)))
        assert board.shown()[1] == after


def test_a_memo_is_written_written_anew_and_removed() -> None:
    board = Board()
    for body, after in (
        ("Why?", "Why?"),
        ("Because.", "Because."),
        ("Because.", "Because."),
        (" \n", None),
        ("", None),
    ):
        board.take(coding.write_memo(board.at(0, 9), body))
        assert board.shown()[2] == ([(0, 9, after)] if after else [])


def test_a_memo_belongs_to_its_span() -> None:
    board = Board()
    board.take(coding.write_memo(board.at(0, 9), "On the whole."))
    board.take(coding.write_memo(board.at(2, 4), "On a part."))
    assert len(board.memos) == 2


ACTS: list[Callable[[Place], object]] = [
    lambda here: coding.apply(here, "A", CODES),
    lambda here: coding.remove(here, "A"),
    coding.mark_nothing,
    lambda here: coding.write_memo(here, "Words."),
]


@pytest.mark.parametrize("act", ACTS)
def test_a_submitted_pass_never_changes(act: Callable[[Place], object]) -> None:
    with pytest.raises(PassSubmitted):
        act(place(0, 5, CLOSED))


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("span", [(-1, 5), (5, 5), (6, 5), (0, len(TEXT) + 1)])
def test_a_span_outside_the_text_is_refused(act: Callable[[Place], object], span: Span) -> None:
    with pytest.raises(BadSpan, match="is not a place in 'talk', which has 30 characters"):
        act(place(*span))


# --- changing, re-spanning, new codes, suggestions -------------------------------------------------------------


def board(*codings: Coding) -> Board:
    return Board({one.id: one for one in codings})


def test_another_code_stands_where_the_old_one_stood() -> None:
    held = board(coded("A", 0, 10))
    held.take(coding.change(held.at(2, 4), "A", "B", CODES))
    assert held.shown()[0] == [("B", 0, 10)]


def test_a_change_to_a_code_that_reaches_into_the_place_gives_one_coding() -> None:
    """The same code on overlapping spans is one coding, however it came there."""
    held = board(coded("A", 0, 10), coded("B", 6, 20))
    held.take(coding.change(held.at(0, 10), "A", "B", CODES))
    assert held.shown()[0] == [("B", 0, 20)]


def test_a_change_to_a_code_that_stands_there_already_only_takes_the_old_one_off() -> None:
    held = board(coded("A", 2, 8), coded("B", 0, 10))
    held.take(coding.change(held.at(0, 10), "A", "B", CODES))
    assert held.shown()[0] == [("B", 0, 10)]


@pytest.mark.parametrize(("old", "new"), [("B", "A"), ("A", "C")])
def test_only_a_code_that_stands_there_is_changed_and_only_into_one_that_is_known(old: str, new: str) -> None:
    with pytest.raises(UnknownCode):
        coding.change(board(coded("A", 0, 10)).at(0, 10), old, new, CODES)


@pytest.mark.parametrize("span", [(3, 5), (0, 12), (8, 14)])
def test_a_code_is_put_on_other_words(span: Span) -> None:
    held = board(coded("A", 2, 10), coded("B", 2, 10))
    held.take(coding.respan(held.at(*span), "A"))
    assert held.shown()[0] == [("A", *span), ("B", 2, 10)]


def test_a_code_that_stands_there_already_is_not_put_there_again() -> None:
    assert coding.respan(board(coded("A", 2, 10)).at(2, 10), "A") == []


def test_a_code_on_more_words_takes_nothing_applies_away() -> None:
    held = Board({"a": coded("A", 0, 10, "a")}, {(10, 20)})
    held.take(coding.respan(held.at(0, 20), "A"))
    assert held.shown()[:2] == ([("A", 0, 20)], [])


def test_a_code_that_does_not_stand_there_has_no_words_to_change() -> None:
    with pytest.raises(UnknownCode):
        coding.respan(board(coded("A", 2, 10)).at(10, 20), "A")


def test_a_new_code_is_on_the_words_at_once() -> None:
    facts, code = coding.propose(place(3, 7, nothings=(marked(0, 10),)), "  d to\ng ", ["Trust"])
    held = Board({}, {(0, 10)})
    held.take(facts)
    assert held.shown()[:2] == ([(code, 3, 7)], [])
    (proposed,) = [fact for fact in facts if isinstance(fact, e.CodeProposed)]
    assert (proposed.code, proposed.label.body) == (code, b"d to g")  # type: ignore[attr-defined] # sealed


def test_the_id_of_a_new_code_says_nothing_of_its_words() -> None:
    one, other = (coding.propose(place(3, 7), "Shame", [])[1] for _ in range(2))
    assert one != other
    assert "SHAME" not in one.upper()


@pytest.mark.parametrize("label", ["", "  \n", "trust", "TRÚST"])
def test_a_new_code_needs_a_name_of_its_own(label: str) -> None:
    with pytest.raises(UsageError):
        coding.propose(place(3, 7), label, ["Trust"])


def test_a_suggestion_that_is_taken_puts_the_code_there_and_one_that_is_refused_does_not() -> None:
    taken, refused = (coding.answer(place(3, 7), "A", accepted, CODES) for accepted in (True, False))
    assert [type(fact) for fact in taken] == [e.CodeApplied, e.SuggestionAnswered]
    assert [(type(fact), fact.accepted) for fact in refused] == [(e.SuggestionAnswered, False)]  # type: ignore[attr-defined]


def test_an_open_pass_goes_on_with_a_later_codebook() -> None:
    assert [fact.data()["codebook"] for fact in coding.update(OPEN, "talk", "1.1")] == ["1.1"]
    assert coding.update(OPEN, "talk", "1.0") == []
    with pytest.raises(PassSubmitted):
        coding.update(CLOSED, "talk", "1.1")


@pytest.mark.parametrize(
    "act",
    [
        lambda here: coding.change(here, "A", "B", CODES),
        lambda here: coding.respan(here, "A"),
        lambda here: coding.propose(here, "New", []),
        lambda here: coding.answer(here, "A", False, CODES),
    ],
)
def test_none_of_it_is_done_in_a_pass_that_is_handed_in(act: Callable[[Place], object]) -> None:
    with pytest.raises(PassSubmitted):
        act(place(0, 10, CLOSED, codings=(coded("A", 0, 10),)))


# --- passes ----------------------------------------------------------------------------------------------------


def test_a_pass_is_begun_once() -> None:
    (fact,) = coding.open_pass(transcript(), "ana", "1.0", [], opened=False)
    assert isinstance(fact, e.PassOpened)
    assert (fact.coder, fact.codebook, fact.rule) == ("ana", "1.0", "turn")
    assert coding.open_pass(transcript(), "ana", "1.0", [OPEN], opened=False) == []
    assert len(coding.open_pass(transcript(), "ben", "1.0", [OPEN], opened=False)) == 1


def test_an_opened_transcript_takes_no_new_pass_but_keeps_the_old() -> None:
    with pytest.raises(AlreadyOpened):
        coding.open_pass(transcript(), "dora", "1.0", [CLOSED], opened=True)
    assert coding.open_pass(transcript(), "ana", "1.0", [CLOSED], opened=True) == []


def test_what_is_undecided_must_be_said_when_handing_in() -> None:
    left = [Segment(0, 10, 0), Segment(20, 30, 2)]
    with pytest.raises(Undecided, match="ana has not decided 2 segments in talk"):
        coding.submit(OPEN, "talk", left)
    with pytest.raises(UsageError):
        coding.submit(OPEN, "talk", left, "whatever")
    with pytest.raises(PassSubmitted):
        coding.submit(CLOSED, "talk", [], "nothing")
    rest, handed = coding.submit(OPEN, "talk", left, "nothing")
    assert isinstance(rest, e.RestMarked)
    assert rest.spans == [[0, 10], [20, 30]]
    (skipped,) = coding.submit(OPEN, "talk", left, "skipped")
    assert isinstance(handed, e.PassSubmitted)
    assert isinstance(skipped, e.PassSubmitted)
    assert (handed.skipped, skipped.skipped) == ([], [[0, 10], [20, 30]])


def test_undecided_are_the_counted_segments_that_nothing_touches() -> None:
    text = transcript([(0, 5), (5, 10), (10, 15), (15, 20), (20, 25)], asked=[0, 3])
    left = coding.undecided(text, [coded("A", 9, 11)], [marked(24, 25)])
    assert left == []
    assert [s.start for s in coding.undecided(text, [coded("A", 5, 10)], [])] == [10, 20]
    assert [s.start for s in coding.undecided(text, [], [marked(10, 15)], counted=False)] == [0, 5, 15, 20]


# --- many at once ----------------------------------------------------------------------------------------------

spans_ = st.tuples(st.integers(0, 29), st.integers(1, 8)).map(lambda pair: (pair[0], min(30, sum(pair))))
cuts_ = st.sets(st.integers(1, 29), max_size=6).map(
    lambda at: list(zip([0, *sorted(at)], [*sorted(at), 30], strict=True))
)
codings_ = st.lists(st.tuples(st.sampled_from(CODES), spans_).map(lambda pair: (pair[0], *pair[1])), max_size=8)


@given(segments=st.lists(spans_, max_size=8), spans=st.lists(spans_, max_size=8))
def test_touching_is_sharing_a_character(segments: list[Span], spans: list[Span]) -> None:
    ordered = sorted(segments, key=lambda span: (span[1], span[0]))
    assert coding.touches(ordered, sorted(spans)) == [any(meet(one, span) for span in spans) for one in ordered]


def one_by_one(board: Board, text: Transcript, codes: Sequence[tuple[str, int, int]], asked: Sequence[Span]) -> None:
    """The codes first, then 'nothing applies' where no code stands and nobody said so before."""
    for code, start, end in codes:
        board.take(coding.apply(board.at(start, end), code, CODES))
    for span in asked:
        if not board.at(*span).codings and span not in board.nothings:
            board.take(coding.mark_nothing(board.at(*span)))


@given(data=st.data(), cuts=cuts_, before=codings_, codes=codings_, complete=st.booleans())
def test_many_at_once_are_as_many_one_by_one(
    data: st.DataObject, cuts: list[Span], before: list[tuple[str, int, int]], codes: list[tuple[str, int, int]],
    complete: bool,
) -> None:  # fmt: skip
    segments = st.lists(st.sampled_from(cuts), unique=True)
    earlier, asked = data.draw(segments), data.draw(segments)
    interviewer = data.draw(st.sets(st.integers(0, len(cuts) - 1)))
    text = transcript(cuts, sorted(interviewer))
    expected, found = Board(), Board()
    for board in (expected, found):
        one_by_one(board, text, before, earlier)
    one_by_one(expected, text, codes, asked)
    if complete:
        standing = (tuple(expected.codings.values()), tuple(marked(*span) for span in expected.nothings))
        for left in coding.undecided(text, *standing):
            expected.take(coding.mark_nothing(expected.at(left.start, left.end)))
    present, said = list(found.codings.values()), [marked(*span) for span in sorted(found.nothings)]
    found.take(coding.take_in(OPEN, text, codes=codes, nothings=asked, present=present, marked=said, complete=complete))
    assert found.shown() == expected.shown()


@given(cuts=cuts_, codes=codings_)
def test_a_complete_table_marks_exactly_the_counted_segments_it_does_not_touch(
    cuts: list[Span], codes: list[tuple[str, int, int]]
) -> None:
    text = transcript(cuts, asked=[0])
    board = Board()
    board.take(coding.take_in(OPEN, text, codes=codes, complete=True))
    untouched = [cut for cut in cuts[1:] if not any(meet(cut, (start, end)) for _, start, end in codes)]
    assert board.shown()[1] == untouched


def test_a_complete_table_decides_what_a_code_has_left_of_a_longer_nothing() -> None:
    """'Nothing applies' stood on both segments; a code on the first takes it back, so the second is marked anew."""
    board = Board(nothings={(0, 20)})
    board.take(coding.take_in(OPEN, transcript(), codes=[("A", 0, 10)], marked=[marked(0, 20)], complete=True))
    assert board.shown()[1] == [(10, 20), (20, 30)]


def test_memos_come_in_once_for_each_place() -> None:
    board = Board()
    table = [(0, 10, "Why?"), (0, 10, "Why?"), (0, 10, "And how?"), (10, 20, "Hm.")]
    for _ in range(2):
        board.take(coding.take_in(OPEN, transcript(), codes=[], memos=table, noted=list(board.memos.values())))
        assert board.shown()[2] == [(0, 10, "Why?\n\nAnd how?"), (10, 20, "Hm.")]


def test_taking_the_same_in_again_says_nothing_new() -> None:
    present, said = [coded("A", 0, 12)], [marked(20, 30)]
    again = coding.take_in(
        OPEN, transcript(), codes=[("A", 0, 12)], nothings=[(20, 30)], present=present, marked=said, complete=True
    )
    assert again == []
