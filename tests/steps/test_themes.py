"""The theme board: names, ideas, codes with one home, and quotes that are what the transcript says."""

from __future__ import annotations

import pytest

from qualbench import events as e
from qualbench.errors import BadDecision, QuoteDiffers, ThemeNameTaken, UnknownCode, UnknownTheme
from qualbench.model import Quote, Role, Segment, SegmentRule, Speaker, Theme, Transcript, Turn
from qualbench.steps import themes

COATS = Theme("th1", "Lent and kept", "What is lent.", ("HELP",), (Quote("q1", "th1", "t", 4, 8, "Rain", "P01"),))
RAIN = Theme("th2", "Été", "", ())
TEXT = "Ana: Rain all day. \nBo: Mm. ? "
TALK = Transcript(
    "t", "talk", TEXT, (Turn(0, 5, 18, 0), Turn(20, 24, 27, 1)),
    (Speaker("Ana", Role.PARTICIPANT, "P01"), Speaker("Bo", Role.PARTICIPANT)), (Segment(5, 18, 0),), SegmentRule.TURN,
)  # fmt: skip


def test_a_theme_is_found_by_its_id_and_by_its_name_however_it_is_typed() -> None:
    for name in ("th2", "Été", "ete", "  ÉTÉ "):
        assert themes.find([COATS, RAIN], name) is RAIN
    with pytest.raises(UnknownTheme):
        themes.find([COATS, RAIN], "Sun")


def test_a_new_theme_has_a_name_of_its_own() -> None:
    (fact,) = themes.create("  Sun  ", [COATS, RAIN])
    assert isinstance(fact, e.ThemeCreated)
    assert fact.name == "Sun"
    for taken in ("Lent and kept", "lent  AND kept", "ete"):
        with pytest.raises(ThemeNameTaken):
            themes.create(taken, [COATS, RAIN])
    for empty in ("", " \n"):
        with pytest.raises(BadDecision, match="needs a name"):
            themes.create(empty, [])


def test_a_theme_may_take_its_own_name_in_other_letters() -> None:
    (fact,) = themes.rename(COATS, "LENT and kept", [COATS, RAIN])
    assert fact == e.ThemeRenamed(theme="th1", name="LENT and kept")
    assert themes.rename(COATS, "Lent and kept ", [COATS, RAIN]) == []
    with pytest.raises(ThemeNameTaken):
        themes.rename(COATS, "été", [COATS, RAIN])


def test_an_idea_is_sealed_and_the_same_one_is_no_news() -> None:
    (fact,) = themes.describe(COATS, "What is kept.")
    assert fact == e.ThemeDescribed(theme="th1", idea=e.seal("What is kept."))
    assert themes.describe(COATS, "What is lent.") == []
    assert len(themes.describe(COATS, "")) == 1


def test_a_theme_is_dropped_with_its_reason() -> None:
    (dropped,) = themes.drop(RAIN, "No code.")
    assert dropped == e.ThemeDropped(theme="th2", reason=e.seal("No code."))
    assert [sealed.body for sealed in dropped.sealed()] == [b"No code."]


def test_a_code_is_gathered_once_and_released_where_it_is() -> None:
    assert themes.gather(RAIN, "HELP", {"HELP"}) == [e.CodeGathered(theme="th2", code="HELP")]
    assert themes.gather(COATS, "HELP", {"HELP"}) == []
    assert themes.release(COATS, "HELP") == [e.CodeReleased(theme="th1", code="HELP")]
    with pytest.raises(UnknownCode):
        themes.gather(COATS, "HOPE", {"HELP"})
    with pytest.raises(UnknownCode):
        themes.release(RAIN, "HELP")


def test_a_quote_is_what_the_transcript_says_at_its_place() -> None:
    for given in (None, "Rain all day."):
        (fact,) = themes.pick(COATS, TALK, 5, 18, given)
        assert isinstance(fact, e.QuotePicked)
        assert (fact.start, fact.end, fact.words) == (5, 18, e.seal("Rain all day."))


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [(5, 18, "Rain all day"), (5, 18, ""), (5, 5, None), (9, 5, None), (-4, 18, None), (5, 99, None), (18, 20, None)],
)
def test_a_quote_that_differs_or_is_no_place_is_refused(start: int, end: int, words: str | None) -> None:
    with pytest.raises(QuoteDiffers, match="is not what 'talk' says"):
        themes.pick(COATS, TALK, start, end, words)


def test_a_place_is_picked_once_for_a_theme() -> None:
    assert themes.pick(COATS, TALK, 4, 8) == []
    assert len(themes.pick(RAIN, TALK, 4, 8)) == 1


def test_a_quote_is_dropped_from_the_theme_it_is_in() -> None:
    assert themes.unpick(COATS, "q1") == [e.QuoteDropped(quote="q1")]
    with pytest.raises(BadDecision):
        themes.unpick(RAIN, "q1")


def test_an_extract_says_who_spoke() -> None:
    assert themes.extract(TALK, 5, 9, ["A"]).participant == "P01"
    assert themes.extract(TALK, 24, 27, ["A", "B"]).participant == "Bo"  # nobody was assigned yet
    found = themes.extract(TALK, 5, 18, ["A"])
    assert (found.transcript, found.name, found.text, found.codes) == ("t", "talk", "Rain all day.", ("A",))
