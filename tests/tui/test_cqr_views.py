"""What the CQR screens show, made of values: labels as published, core ideas beside each other, who is waited for."""

from __future__ import annotations

import pytest

from qualbench.model import CaseState, Category, Comment, CommentTurn, CoreIdea, Judging, JudgingMode
from qualbench.steps.cqr import Case, Passage, Sample, table
from qualbench.tui.screens import (
    cqr_case_views,
    cqr_comments_views,
    cqr_cross_views,
    cqr_table_views,
    cqr_views,
)

PASSAGES = (Passage("t1", "talk", 0, 5, "Early.", "P01"), Passage("t1", "talk", 90, 95, "Late.", "P01"))
EARLY, LATE = (one.place for one in PASSAGES)


def idea(id_: str, judge: str, *places: str, sources: tuple[str, ...] = ()) -> CoreIdea:
    return CoreIdea(id_, "P01", "TRUST", f"says {id_}", places, judge, sources)


def plain(lines: list[tuple[str, object]]) -> list[str]:
    return [str(content) for _, content in lines]


def test_ideas_on_the_same_passage_stand_together_in_the_order_of_the_text() -> None:
    ideas = [idea("a", "ana", LATE), idea("b", "ana", EARLY), idea("c", "ben", EARLY), idea("d", "ben", LATE, EARLY)]
    assert [one.id for one in cqr_case_views.beside(ideas, PASSAGES)] == ["b", "c", "d", "a"]


def test_an_idea_tells_the_numbers_of_its_passages_and_which_the_team_took() -> None:
    own = [idea("a", "ana", LATE, EARLY), idea("b", "ben", "t1:7:9"), idea("c", "cleo")]
    team = [idea("t", "", LATE, sources=("a",))]
    lines = cqr_case_views.ideas(own, team, PASSAGES, {"b"}, {"t": 2}, opened=True)
    assert plain(lines) == [
        "every judge's", "· ana: says a [1 2]", "✓ ben: says b [?]", "  cleo: says c [no text]",
        "the team's", "= says t [2] (2 comments)",
    ]  # fmt: skip
    assert [id_ for id_, _ in lines] == ["", "a", "b", "c", "", "t"]


def test_a_judge_alone_is_told_what_is_missing_and_no_more() -> None:
    from qualbench.model import Code

    book = [Code("TRUST", "Trust"), Code("HOPE", "Hope"), Code("FEAR", "Fear")]
    own = [idea("a", "ana", EARLY)]
    assert cqr_case_views.missing(book, {"TRUST": 2, "HOPE": 1}, own, "ana") == (
        "You have no core idea in 1 domain with text: Hope."
    )
    assert cqr_case_views.missing(book, {"TRUST": 2}, own, "ana") == ""


@pytest.mark.parametrize(
    ("k", "of", "said"),
    [
        (5, 6, "general, 5 of 6"), (4, 6, "typical, 4 of 6"), (3, 6, "variant, 3 of 6"),
        (1, 6, "not reported, 1 of 6"), (0, 6, "not reported, 0 of 6"), (11, 12, "general, 11 of 12"),
        (7, 12, "typical, 7 of 12"), (9, 16, "typical, 9 of 16"), (3, 16, "rare, 3 of 16"), (4, 20, "variant, 4 of 20"),
    ],
)  # fmt: skip
def test_labels_are_those_of_the_published_table(k: int, of: int, said: str) -> None:
    """N, k and label as in the table of Hill et al. 2005 for N of 6, 12, 16 and 20."""
    cases = tuple((f"c{n}", f"C{n}") for n in range(of))
    ideas = tuple(CoreIdea(f"i{n}", f"c{n}", "TRUST", "words", ()) for n in range(of))
    category = Category("x", "TRUST", "There", tuple(f"i{n}" for n in range(k)))
    found = table(Sample(cases, (("TRUST", "Trust"),), ideas, (category,)))
    assert cqr_table_views.labels(found) == {"x": said}
    (line,) = plain(cqr_table_views.lines(found, 80))
    assert f"{k} of {of}" in line


def test_a_core_idea_shows_whether_it_is_in_this_category_or_in_another() -> None:
    ideas = [idea("a", ""), idea("b", ""), idea("c", "")]
    first, second = Category("x", "TRUST", "X", ("a",)), Category("y", "TRUST", "Y", ("b",))
    judges = Category("z", "TRUST", "Z", ("c",), "ben")
    lines = cqr_cross_views.ideas(ideas, {"P01": "P01"}, first, [first, second, judges])
    assert plain(lines) == ["● P01: says a", "○ P01: says b", "  P01: says c"]


def test_marked_categories_give_every_core_idea_once() -> None:
    two = [Category("x", "TRUST", "X", ("a", "b"), "ana"), Category("y", "TRUST", "Y", ("b", "c"), "ben")]
    assert cqr_cross_views.gathered(two) == ("a", "b", "c")


def test_who_is_waited_for_is_said_and_what_they_wrote_is_not() -> None:
    half = Judging("P01", ("ana", "ben"), JudgingMode.ALONE, ("ben",))
    assert cqr_views.standing(half, "ana")[1] == "Not handed in yet: ana. You see your own work only."
    assert cqr_views.standing(half, "dora")[1] == "Not handed in yet: ana. Nobody reads it until all have."
    assert cqr_views.who(half) == "ana ben✓"
    assert cqr_case_views.waited(half) == "alone: 1 of 2 handed in"
    assert cqr_views.standing(None, "ana") == ("No judges are named yet (press n).",)


def test_every_line_of_the_desk_fits_80_cells() -> None:
    judging = Judging("P01", ("a-very-long-name", "another-long-name"), JudgingMode.DRAFTED)
    case = Case("P01", "A person with a long label", ("t1",), CaseState.IDEAS, judging, (("TRUST", 2), ("HOPE", 0)))
    line = str(cqr_views.line(case, cqr_views.Work(12, 3, 4), 80))
    assert len(line) <= 79
    assert line.split()[-4:] == ["1", "12", "3", "4"], "a domain without text does not count"
    assert len(cqr_views.head(80)) <= 80


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("7", (None, 7)), ("p01, P02", (("a", "b"), 0)), ("P02", (("b", ""), 0)),
        ("P01, Nobody", (("a", "Nobody"), 0)), (",", (("", ""), 0)),
    ],
)  # fmt: skip
def test_two_cases_are_named_or_a_number_draws_them(words: str, found: object) -> None:
    cases = [Case("a", "P01", ()), Case("b", "P02", ())]
    assert cqr_views.left_out(words, cases) == found


def test_a_comment_tells_its_turns_and_who_is_next() -> None:
    turns = (CommentTurn("rejected", "It is her word.", "ana", "2026-01-05T09"),)
    one = Comment("c", "idea", "gone", "Too far.", "dora", "2026-01-04T09", "rejected", turns)
    page = str(cqr_comments_views.whole(one, {}))
    assert "On the core idea 'a core idea that is gone'" in page
    assert "rejected by ana, 2026-01-05\nIt is her word." in page
    assert page.endswith("dora says next whether that settles it.")
