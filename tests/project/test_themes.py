"""The theme board of a study: overlap, splitting, stars that wait, edited quotes in the report."""

from __future__ import annotations

import pytest

from qualbench.errors import PassSubmitted, StillBlind
from qualbench.model import QuoteUse, ThemeState
from qualbench.project import Project
from tests.conftest import add_interview, code, spans

WORDS = "I trusted her at once. She had been there."


@pytest.fixture
def board(study: Project) -> Project:
    """Two coders who agree: trust with hope, hope, fear, nothing; 'Ties' holds trust and fear, 'Light' hope."""
    for coder in ("ana", "ben"):
        code(study, coder, ["TRUST+HOPE", "HOPE", "FEAR", ""])
    study.viewer = "ana"
    study.create_theme("Ties")
    study.create_theme("Light")
    study.gather_codes(study.theme("Ties"), ["TRUST", "FEAR"])
    study.gather_codes(study.theme("Light"), ["HOPE"])
    return study


def pick(study: Project, theme: str = "Ties", segment: int = 0) -> str:
    study.pick_quote(study.theme(theme), "talk", *spans(study)[segment])
    return study.theme(theme).quotes[-1].id


def report(study: Project) -> str:
    target = study.folder / "exports" / "themes.md"
    study.write_report(target, force=True)
    return target.read_text("utf-8")


def sound(study: Project) -> None:
    assert [sentence for well, sentence in study.examine() if not well] == []


def test_themes_overlap_where_coders_settled_codes_of_both(board: Project) -> None:
    """By hand: Ties on segments 1 and 3, Light on 1 and 2, both on 1: c = 1 / (2 + 2 - 1)."""
    (one,) = board.theme_overlaps()
    assert (one.both, one.of_first, one.of_second, round(one.c, 3)) == (1, 2, 2, 0.333)
    assert one.codes == (("TRUST", "HOPE", 1),)


def test_what_to_look_at_is_said_in_the_words_of_the_checklist(board: Project) -> None:
    assert [(one.point, one.sentence) for one in board.theme_checks(board.theme("Ties"))] == [
        (3, "It rests on 1 transcript only: talk."), (6, "50% of its segments stand under 'Light' too."),
    ]  # fmt: skip


def test_a_sub_theme_counts_for_the_theme_over_it(board: Project) -> None:
    board.place_theme(board.theme("Light"), board.theme("Ties"))
    assert [theme.name for theme in board.themes()] == ["Ties", "Light"]
    assert board.theme_overlaps() == ()
    text = report(board)
    assert "Ties › Light" in text
    assert "The counts of a theme include its sub-themes." in text
    assert "3 segments" in text.split("### Ties\n")[1].split("###")[0]


def test_a_split_hands_quotes_on_with_their_codes(board: Project) -> None:
    first, second = pick(board, segment=0), pick(board, segment=2)
    board.split_theme(board.theme("Ties"), {"Dread": ["FEAR"], "Faith": ["TRUST"]}, "Two ideas.")
    held = {theme.name: [quote.id for quote in theme.quotes] for theme in board.themes()}
    assert held == {"Dread": [second], "Faith": [first], "Light": []}
    assert [(one.theme.name, one.reason) for one in board.past_themes()] == [("Ties", "Two ideas.")]
    board.undo("themes", "themes")
    assert [theme.name for theme in board.themes()] == ["Ties", "Light"]
    sound(board)


def test_merging_keeps_what_the_theme_was(board: Project) -> None:
    board.describe_theme(board.theme("Light"), "It gets better.")
    board.state_theme(board.theme("Light"), ThemeState.EXTRACTS)
    board.merge_themes([board.theme("Light")], board.theme("Ties"), "One story.")
    assert board.theme("Ties").codes == ("TRUST", "FEAR", "HOPE")
    (past,) = board.past_themes()
    assert (past.theme.idea, past.into, past.actor) == ("It gets better.", (board.theme("Ties").id,), "ana")
    sound(board)


# --- quotes ----------------------------------------------------------------------------------------------------


def test_an_edited_quote_is_printed_with_its_brackets(board: Project) -> None:
    quote = board.quote(pick(board))
    assert quote.text == WORDS
    board.edit_quote(quote, "I trusted [the nurse] at once. […] been there.")
    board.use_quote(quote, QuoteUse.ARGUE)
    again = board.quote(quote.id)
    assert [WORDS[a - again.start : b - again.start] for a, b in again.cuts] == ["her", "She had"]
    for suffix in (".md", ".html", ".csv", ".docx"):
        board.write_report(board.folder / "exports" / f"out{suffix}")
    assert "I trusted [the nurse] at once. […] been there." in (board.folder / "exports/out.csv").read_text("utf-8")
    sound(board)


def test_marks_of_transcribers_go_and_those_of_the_editor_stay(study: Project) -> None:
    turns = ("I was [laughs] cold and very tired and wet.", "So.", "No.", "Yes.")
    name = "".join(f"I: And?\nP1: {turn}\n" for turn in turns)
    add_interview(study, "wet.txt", name)
    for coder in ("ana", "ben"):
        code(study, coder, ["FEAR", "", "", ""], "wet")
    study.create_theme("Cold", "")
    study.pick_quote(study.theme("Cold"), "wet", *spans(study, "wet")[0])
    study.edit_quote(study.theme("Cold").quotes[0], "[Once] I was [laughs] cold […] and wet.")
    target = study.folder / "plain.md"
    study.write_report(target, without_marks=True)
    text = target.read_text("utf-8").replace("\\", "")
    assert "[Once] I was cold […] and wet." in text


def test_an_edited_quote_goes_with_a_correction_elsewhere(board: Project) -> None:
    quote = board.quote(pick(board, segment=2))
    board.edit_quote(quote, "Every day. […] less and less.")
    before = board.quote(quote.id)
    text = board.transcript("talk").text
    board.correct("talk", text.replace("And then?", "And what then?"), "a word was missing")
    after = board.quote(quote.id)
    assert after.words == before.words == "Every day. […] less and less."
    assert after.start == before.start + len("what ")
    assert "less and less" in report(board)
    sound(board)


# --- stars -----------------------------------------------------------------------------------------------------


def test_a_star_waits_on_the_board_until_its_transcript_is_opened(study: Project) -> None:
    study.create_theme("Ties")
    study.viewer = "ana"
    pass_ = study.open_pass("talk")
    place = spans(study)[0]
    study.star(pass_.id, *place, note="The beginning.")
    (star,) = study.waiting_stars()
    with pytest.raises(StillBlind):
        study.pick_star(study.theme("Ties"), star)
    for coder in ("ana", "ben"):
        study.viewer = coder
        code(study, coder, ["TRUST", "", "", ""])
    assert [one.note for one in study.waiting_stars()] == ["The beginning."]
    study.pick_star(study.theme("Ties"), star)
    assert (study.waiting_stars(), study.theme("Ties").quotes[0].text) == ((), WORDS)
    study.undo("themes", "themes")
    assert study.waiting_stars() == (star,)
    sound(study)


def test_nobody_sees_the_star_of_a_blind_coder(study: Project) -> None:
    study.viewer = "ana"
    study.star(study.open_pass("talk").id, *spans(study)[0])
    for other in ("ben", "cleo", ""):
        study.viewer = other
        assert study.stars() == study.waiting_stars() == study.stars_aside() == ()


def test_a_star_goes_on_and_off_and_a_note_changes(study: Project) -> None:
    study.viewer = "ana"
    pass_, place = study.open_pass("talk"), spans(study)[0]
    study.star(pass_.id, *place)
    study.star(pass_.id, *place, note="Strong.")
    assert [one.note for one in study.stars()] == ["Strong."]
    assert not study.star(pass_.id, *place, note="Strong.")
    study.star(pass_.id, *place)
    assert study.stars() == ()
    study.undo(study.transcript("talk").id, "coding")
    assert [one.note for one in study.stars()] == ["Strong."]


def test_a_handed_in_pass_takes_no_star(board: Project) -> None:
    board.viewer = "ana"
    with pytest.raises(PassSubmitted):
        board.star(board.own_pass(board.transcript("talk").id).id, *spans(board)[0])  # type: ignore[union-attr]  # it is there


def test_a_star_is_put_aside_and_comes_back(study: Project) -> None:
    study.viewer = "ana"
    study.star(study.open_pass("talk").id, *spans(study)[0])
    (star,) = study.waiting_stars()
    study.put_star_aside(star)
    assert (study.waiting_stars(), study.stars_aside()) == ((), (star,))
    study.put_star_aside(star, back=True)
    assert (study.waiting_stars(), study.stars_aside()) == ((star,), ())
