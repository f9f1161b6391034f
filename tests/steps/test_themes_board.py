"""Themes and sub-themes: where they stand, what is written of them, how they come to an end."""

from __future__ import annotations

import pytest

from qualbench import events as e
from qualbench.errors import BadDecision, ThemeNameTaken, UnknownCode
from qualbench.model import Extract, Quote, Theme, ThemeField, ThemeState, ThemeStep
from qualbench.steps import themes
from qualbench.steps.themes import Overlap

QUOTES = (Quote("q1", "a", "t", 0, 4, "Rain", "P01"), Quote("q2", "a", "t", 9, 12, "wet", "P02"))
A = Theme("a", "Lent", "", ("HELP", "COAT"), QUOTES)
A1 = Theme("a1", "Kept", "", ("KEEP",), parent="a")
A2 = Theme("a2", "Given back", "", (), parent="a")
B = Theme("b", "Rain", "", ("WET",))
BOARD = (A, A1, A2, B)
"""Lent (Kept, Given back), Rain."""

# --- where themes stand ----------------------------------------------------------------------------------------


def test_a_sub_theme_comes_last_among_its_sisters() -> None:
    created, placed = themes.create("Lost", BOARD, under=A)
    assert isinstance(created, e.ThemeCreated)
    assert placed == e.ThemePlaced(theme=created.theme, parent="a", after="a2")
    assert [type(fact) for fact in themes.create("Sun", BOARD, "It shines.")] == [e.ThemeCreated, e.ThemeDescribed]


def test_a_theme_has_the_codes_of_what_is_under_it() -> None:
    assert themes.all_codes(BOARD, A) == ("HELP", "COAT", "KEEP")
    assert themes.all_codes(BOARD, A1) == ("KEEP",)
    assert [themes.depth(BOARD, theme) for theme in BOARD] == [0, 1, 1, 0]


@pytest.mark.parametrize(
    ("theme", "way", "to"),
    [
        (A2, "up", ("a", "")), (A1, "down", ("a", "a2")), (B, "under", ("a", "a2")), (A1, "out", ("", "a")),
        (B, "up", ("", "")), (A2, "under", ("a1", "")), (A, "down", ("", "b")),
        (A, "up", None), (B, "down", None), (A, "under", None), (A, "out", None), (A2, "down", None),
    ],
)  # fmt: skip
def test_a_theme_moves_by_one_step_where_it_can(theme: Theme, way: str, to: tuple[str, str] | None) -> None:
    wanted = [e.ThemePlaced(theme=theme.id, parent=to[0], after=to[1])] if to else []
    assert themes.moved(BOARD, theme, way) == wanted


def test_a_theme_is_placed_behind_a_sister_and_never_under_itself() -> None:
    assert themes.place(B, A, BOARD) == [e.ThemePlaced(theme="b", parent="a", after="a2")]
    assert themes.place(B, A, BOARD, "a1") == [e.ThemePlaced(theme="b", parent="a", after="a1")]
    assert themes.place(A1, None, BOARD, "") == [e.ThemePlaced(theme="a1", parent="", after="")]
    assert themes.place(A2, A, BOARD) == themes.place(A2, A, BOARD, "a1") == []
    for over in (A, A1):
        with pytest.raises(BadDecision, match="under itself"):
            themes.place(A, over, BOARD)
    with pytest.raises(BadDecision, match="one of its sisters"):
        themes.place(B, A, BOARD, "b")


# --- what is written -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("field", list(ThemeField))
def test_words_about_a_theme_are_sealed_and_the_same_are_no_news(field: ThemeField) -> None:
    (fact,) = themes.write(A, field, "Words.")
    assert fact == e.ThemeWritten(theme="a", field=str(field), words=e.seal("Words."))
    assert themes.write(A, field, "") == []


def test_a_theme_goes_on_freely_and_back_with_a_reason() -> None:
    (fact,) = themes.state(A, ThemeState.DATA)
    assert fact == e.ThemeStated(theme="a", state="data", reason=e.seal(""))
    defined = Theme("a", "Lent", "", (), state=ThemeState.DEFINED)
    with pytest.raises(BadDecision, match="needs a reason"):
        themes.state(defined, ThemeState.CANDIDATE)
    assert len(themes.state(defined, ThemeState.CANDIDATE, "It does not hold.")) == 1
    assert themes.state(defined, ThemeState.DEFINED) == []
    assert len(themes.state(defined, ThemeState.DEFINED, "Held again after interview 9.")) == 1


# --- how themes end --------------------------------------------------------------------------------------------


def test_nothing_ends_without_a_reason() -> None:
    for end in (
        lambda: themes.drop(A, " "),
        lambda: themes.merge([B], A, ""),
        lambda: themes.split(A, {"One": ["HELP"], "Two": ["COAT"]}, BOARD, ""),
    ):
        with pytest.raises(BadDecision, match="needs a reason"):
            end()


def test_themes_go_into_one_that_stays() -> None:
    (fact,) = themes.merge([B, A, A1], A, "One idea.")
    assert fact == e.ThemesMerged(themes=["b", "a1"], into="a", reason=e.seal("One idea."))
    with pytest.raises(BadDecision, match="at least one other"):
        themes.merge([A], A, "One idea.")


def test_a_split_makes_its_parts_first_and_hands_on_codes_and_quotes() -> None:
    facts = themes.split(A, {"Coats": ["COAT"], "Hands": ["HELP"]}, BOARD, "Two ideas.", {"q2": "Hands"})
    coats, hands = (fact for fact in facts if isinstance(fact, e.ThemeCreated))
    assert (coats.name, hands.name) == ("Coats", "Hands")
    assert facts == [
        coats, e.ThemePlaced(theme=coats.theme, parent="", after="a"), e.CodeGathered(theme=coats.theme, code="COAT"),
        hands, e.ThemePlaced(theme=hands.theme, parent="", after=coats.theme),
        e.CodeGathered(theme=hands.theme, code="HELP"),
        e.QuoteMoved(quote="q1", theme=coats.theme, after=""), e.QuoteMoved(quote="q2", theme=hands.theme, after=""),
        e.ThemeSplit(theme="a", into=[coats.theme, hands.theme], reason=e.seal("Two ideas.")),
    ]  # fmt: skip


def test_a_part_may_take_the_name_of_what_is_split_and_no_other() -> None:
    assert themes.split(A, {"Lent": ["COAT"], "Hands": []}, BOARD, "Two ideas.")
    with pytest.raises(ThemeNameTaken):
        themes.split(A, {"Rain": ["COAT"], "Hands": []}, BOARD, "Two ideas.")


def test_a_code_goes_to_one_part_and_must_be_of_the_theme() -> None:
    for parts in ({"One": ["HELP"], "Two": ["HELP"]}, {"One": ["WET"], "Two": ["HELP"]}):
        with pytest.raises(UnknownCode):
            themes.split(A, parts, BOARD, "Two ideas.")
    with pytest.raises(BadDecision, match="two parts or more"):
        themes.split(A, {"One": ["HELP"]}, BOARD, "Two ideas.")


# --- overlap ---------------------------------------------------------------------------------------------------

SEGMENTS = [frozenset(codes.split()) for codes in ("HELP WET", "HELP KEEP WET", "HELP", "WET", "KEEP", "OTHER", "")]


def test_overlap_is_what_both_hold_of_what_either_holds() -> None:
    """By hand: Lent with Kept stands on segments 1, 2, 3 and 5, Rain on 1, 2 and 4; both on 1 and 2.

    c = 2 / (4 + 3 - 2) = 0.4. Kept alone stands on 2 and 5, with Rain on 2: c = 1 / (2 + 3 - 1) = 0.25.
    """
    first, second = themes.overlaps(BOARD, SEGMENTS)
    assert (first.first, first.second, first.both, first.of_first, first.of_second, first.c) == ("a", "b", 2, 4, 3, 0.4)
    assert (first.share("a"), first.share("b")) == (0.5, 2 / 3)
    assert first.codes == (("HELP", "WET", 2), ("KEEP", "WET", 1))
    assert (second.first, second.second, second.both, second.c) == ("a1", "b", 1, 0.25)


def test_a_theme_does_not_overlap_with_its_own_sub_themes() -> None:
    assert themes.overlaps([A, A1], SEGMENTS) == ()
    assert themes.overlaps([], SEGMENTS) == themes.overlaps(BOARD, []) == ()


# --- what to look at -------------------------------------------------------------------------------------------


def places(*transcripts: str) -> list[Extract]:
    return [Extract(name, name, n, n + 1, "x", "P01", ("HELP",)) for n, name in enumerate(transcripts)]


def said(theme: Theme, extracts: list[Extract], overlaps: tuple[Overlap, ...] = (), *steps: ThemeStep) -> list[str]:
    names = {"a": "Lent", "b": "Rain"}
    return [f"{one.point} {one.sentence}" for one in themes.checks(theme, extracts, overlaps, steps, names)]


def test_a_theme_that_rests_on_little_is_named() -> None:
    """Braun & Clarke 2006, table 2, point 3: not from a few vivid examples."""
    assert said(A, []) == ["3 No settled segment stands under it yet."]
    assert said(A, places("02", "01", "01")) == ["3 It rests on 2 transcripts only: 01, 02."]
    assert said(A, places("01", "01", "01", "02", "03")) == ["3 60% of its segments are from one transcript: 01."]
    assert said(A, places("01", "01", "02", "03")) == []  # half is not more than half


def test_a_defined_theme_was_held_against_extracts_and_data() -> None:
    """Points 5 and 6."""
    defined = Theme("a", "Lent", "Lending.", (), state=ThemeState.DEFINED, definition="What is lent.", is_not="Gifts.")
    held = ThemeStep("a", ThemeState.EXTRACTS, "", "ana", "2026-01-05")
    assert said(defined, places("01", "02", "03"), (), held) == [
        "5 It is defined, but was never marked as held against the whole data."
    ]
    also = ThemeStep("a", ThemeState.DATA, "", "ana", "2026-01-06")
    assert said(defined, places("01", "02", "03"), (), held, also) == []
    bare = Theme("a", "Lent", "", (), state=ThemeState.DEFINED)
    assert [one[:1] for one in said(bare, places("01", "02", "03"), (), held, also)] == ["6", "6", "6"]


def test_a_theme_of_which_another_holds_half_is_not_distinct() -> None:
    close = Overlap("a", "b", 2, 4, 9, ())
    assert said(A, places("01", "02", "03"), (close,)) == ["6 50% of its segments stand under 'Rain' too."]
    assert said(Theme("b", "Rain", "", ()), places("01", "02", "03"), (close,)) == []
    uncounted = themes.checks(A, places("01", "01", "01", "02", "03"), (close,), (), {"b": "Rain"}, counts=False)
    assert not any(char.isdigit() for one in uncounted for char in one.sentence.replace("01", ""))
