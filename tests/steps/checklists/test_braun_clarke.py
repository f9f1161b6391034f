"""The fifteen points with what each is shown by: transcript by transcript, theme by theme, day by day."""

from __future__ import annotations

from dataclasses import replace

from qualbench.steps.checklists import Board, Book, Coding, Log, Run, State, checklist, fill

CODING = Coding(
    ("ana", "ben"), 4, 2, "2026-02-01", "2026-02-08", ("1.0",), 30, 30, 30, 27,
    by_transcript=(("one", 20, 20, 2), ("two", 7, 10, 8)),
)  # fmt: skip
BOARD = Board(
    2, 0, "2026-03-01", "2026-03-04", defined=2, held=1, with_extracts=2, spread=1, extracts=11, narrative=300,
    quoted_words=150, quotes=3, quoted=2, written=2, held_extracts=2,
    each=(("Trust", 8, 3, 300, 100), ("Hope", 3, 2, 0, 50)), overlaps=(("Trust", "Hope", 2, 2 / 9),),
)  # fmt: skip
LOG = Log("reflexive thematic analysis", counts=True, coding=CODING, board=BOARD)


def shown(number: str, log: Log = LOG) -> str:
    lines = fill(checklist("braun-clarke"), log, (), "Rain", "2026-03-04").lines
    (line,) = [one for one in lines if one.item.number == number]
    return " ".join(fact.words for fact in line.shown)


def state(number: str, log: Log = LOG) -> State:
    lines = fill(checklist("braun-clarke"), log, (), "Rain", "2026-03-04").lines
    return next(one.state for one in lines if one.item.number == number)


def test_equal_attention_is_shown_transcript_by_transcript() -> None:
    assert "Least in two: 7 of 10 segments (70%)." in shown("2")
    assert "took 2 to 8 days" in shown("2")


def test_extracts_reviews_overlap_and_balance_are_shown_theme_by_theme() -> None:
    """c by hand: 2 / (8 + 3 - 2) = .22; 300 words of narrative to 100 quoted are 3 : 1."""
    assert "Trust: 8 extracts in 3 transcripts; Hope: 3 extracts in 2 transcripts." in shown("4")
    assert "against the whole data: 1 of 2" in shown("5")
    assert "against their extracts: 2 of 2" in shown("5")
    assert "closest are Trust and Hope (2 segments, c = 0.22)" in shown("6")
    assert "Trust 3.0 : 1; Hope 0 : 50" in shown("10")
    apart = replace(LOG, board=replace(BOARD, overlaps=()))
    assert "No two themes share a segment." in shown("6", apart)


def test_a_method_that_does_not_count_gives_no_numbers_of_extracts() -> None:
    quiet = replace(LOG, counts=False)
    assert "8 extracts" not in shown("4", quiet)
    assert "c = " not in shown("6", quiet)


def test_phases_and_familiarisation_stand_with_their_days() -> None:
    log = replace(LOG, phases=(("coding", "2026-02-01"), ("writing up", "2026-03-03")), memos={"familiarisation": 2})
    assert "coding from 2026-02-01; writing up from 2026-03-03." in shown("11", log)
    assert "2 familiarisation memos kept." in shown("11", log)


def test_what_was_done_is_held_against_the_profile() -> None:
    run = Run("r", "2026-02-09", ("ana", "ben"), 30, 3, 3, 0.5, 0.9, "95 %", "everything")
    assert state("13") is State.SHOWN
    assert state("13", replace(LOG, counts=False, runs=(run,))) is State.OTHERWISE
    fixed = replace(LOG, fixed_codebook=True, book=Book((("1.0", "2026-01-20"), ("1.1", "2026-02-05")), 3))
    assert state("13", fixed) is State.OTHERWISE
    assert "1 version came after coding began" in shown("13", fixed)
    changed = replace(LOG, changes=(("from flexible coding to reflexive thematic analysis", "2026-02-20"),))
    assert state("13", changed) is State.SHOWN
    assert "on 2026-02-20." in shown("13", changed)
