"""The codebook screen: reading, changing the draft key by key, adopting what coders proposed."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from qualbench.project import Project
from qualbench.tui.screens.codebook_fields import between, items_of
from tests.conftest import add_interview, spans
from tests.tui.codebooks import answer, at, coded, drafted, order, words
from tests.tui.conftest import SIZES, Person, press, screen_text
from tests.tui.test_every_screen import CONTROLS, UGLY

__all__ = ["coded"]

# --- the draft -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_draft_and_version_in_force_are_told_apart(coded: Project, person: Person, size: tuple[int, int]) -> None:
    async with person(coded, size=size) as pilot:
        await press(pilot, "b")
        assert "1.0 is in force; nothing is drafted" in screen_text(pilot)
        assert "TRUST · active · at the top · 2 uses of yours" in screen_text(pilot)
        await press(pilot, "e", "d")
        await answer(pilot, "They rely on each other.", line=False)
        page = screen_text(pilot)
        assert "draft of 2.0, 1 change; 1.0 is in force" in page
        assert "▸~ A1   Trust" in page
        assert "Since 1.0: its definition changed." in page
    assert drafted(coded, "TRUST").definition == "They rely on each other."
    assert coded.codebook().codes[0].definition == "They trust each other."


@pytest.mark.parametrize(
    ("key", "said", "field", "kept"),
    [
        ("l", "Reliance", "label", "Reliance"),
        ("s", "They rely", "definition_short", "They rely"),
        ("w", "When said\nor shown", "include", "When said\nor shown"),
        ("n", "Not for luck", "exclude", "Not for luck"),
        ("x", "One\nTwo", "examples", ("One", "Two")),
        ("m", "He hoped", "near_miss", "He hoped"),
        ("g", "feelings", "group", "feelings"),
        ("p", "ana", "owner", "ana"),
        ("q", "Is it mutual\nIs it slow", "questions", ("Is it mutual", "Is it slow")),
        ("t", "See week two", "notes", "See week two"),
    ],
)
async def test_each_field_has_a_key(
    study: Project, person: Person, key: str, said: str, field: str, kept: object
) -> None:
    async with person(study, screen="codebook") as pilot:
        await press(pilot, "enter", key)
        await answer(pilot, said, line=field in ("label", "definition_short", "group", "owner"))
    assert getattr(drafted(study, "TRUST"), field) == kept


async def test_fields_that_are_chosen(study: Project, person: Person) -> None:
    async with person(study, screen="codebook") as pilot:
        await press(pilot, "e", "k", "1")
        await press(pilot, "e", "o", "d")
        await answer(pilot, "Lewis 1985")
        await press(pilot, "c", "6")
        assert drafted(study, "TRUST").kind == "theme"
        assert drafted(study, "TRUST").origin == "deductive: Lewis 1985"
        assert drafted(study, "TRUST").colour == "blue"
        assert "deductive: Lewis 1985" in words(pilot)
        await press(pilot, "e", "o", "i")
        await answer(pilot, "talk 2")
        assert drafted(study, "TRUST").origin == "inductive: talk 2"
        await press(pilot, "e", "o", "n", "c", "b")
        await answer(pilot, "#0072b2")
        assert drafted(study, "TRUST").origin == ""
        await press(pilot, "e", "c", "c")
    assert drafted(study, "TRUST").colour == ""


async def test_codes_of_a_group_say_what_they_exclude(study: Project, person: Person) -> None:
    study.draft_code("TRUST", group="feelings")
    async with person(study, screen="codebook", size=(140, 45)) as pilot:
        await press(pilot, "j", "g", "1")
        assert drafted(study, "HOPE").group == "feelings"
        assert "feelings (excludes Trust on a segment)" in words(pilot)
        await press(pilot, "g", "3")
        assert drafted(study, "HOPE").group == ""
        await press(pilot, "g", "2")
        await answer(pilot, "others")
    assert drafted(study, "HOPE").group == "others"


async def test_a_label_that_a_sister_has_is_refused_in_a_sentence(study: Project, person: Person) -> None:
    async with person(study, screen="codebook") as pilot:
        await press(pilot, "l")
        await answer(pilot, "hope")
        assert "There is a code called 'Hope' at the top already." in words(pilot)
    assert not study.has_draft()


def test_examples_of_several_lines_stay_whole() -> None:
    held = ("One\nline more", "Two")
    assert items_of(between(held).join(held), between(held)) == held
    assert items_of("  a \n\n b \n", "\n") == ("a", "b")


# --- the tree ------------------------------------------------------------------------------------------------------


async def test_codes_are_added_and_moved_by_keys(study: Project, person: Person) -> None:
    async with person(study, screen="codebook") as pilot:
        await press(pilot, "n")
        await answer(pilot, "Doubt")
        assert order(study) == ["TRUST", "DOUBT", "HOPE", "FEAR"]
        assert at(pilot) == "DOUBT"
        await press(pilot, "N")
        await answer(pilot, "Self doubt")
        assert order(study) == ["TRUST", "DOUBT", ".SELF_DOUBT", "HOPE", "FEAR"]
        await press(pilot, "H")
        assert order(study) == ["TRUST", "DOUBT", "SELF_DOUBT", "HOPE", "FEAR"]
        await press(pilot, "shift+up")
        assert order(study) == ["TRUST", "SELF_DOUBT", "DOUBT", "HOPE", "FEAR"]
        await press(pilot, "J", "J")
        assert order(study) == ["TRUST", "DOUBT", "HOPE", "SELF_DOUBT", "FEAR"]
        await press(pilot, "shift+right")
        assert order(study) == ["TRUST", "DOUBT", "HOPE", ".SELF_DOUBT", "FEAR"]
        assert at(pilot) == "SELF_DOUBT"
        await press(pilot, "shift+left", "shift+down", "K", "K", "K", "K")
        assert order(study) == ["SELF_DOUBT", "TRUST", "DOUBT", "HOPE", "FEAR"]
        await press(pilot, "K")
        assert "It is the first one here." in screen_text(pilot)
        await press(pilot, "L")
        assert "no code in use before it" in screen_text(pilot)
        await press(pilot, "H")
        assert "at the top already" in screen_text(pilot)


async def test_a_code_is_put_under_one_found_by_letters(study: Project, person: Person) -> None:
    async with person(study, screen="codebook") as pilot:
        await press(pilot, "slash", *"fear", "enter")
        assert at(pilot) == "FEAR"
        await press(pilot, "p", *"hop", "enter")
        assert order(study) == ["TRUST", "HOPE", ".FEAR"]
        await press(pilot, "p", *"top", "enter")
        assert order(study) == ["TRUST", "HOPE", "FEAR"]


async def test_the_life_of_a_code_has_a_key_for_each_state(study: Project, person: Person) -> None:
    async with person(study, screen="codebook") as pilot:
        await press(pilot, "t")
        assert not study.has_draft(), "what is active goes on no trial"
        await press(pilot, "x")
        assert "Trust (retired)" in screen_text(pilot)
        assert "Each use is decided again" in screen_text(pilot)
        await press(pilot, "f")
        assert "Trust (retired)" not in screen_text(pilot)
        await press(pilot, "f", "home", "y")
        assert drafted(study, "TRUST").status == "active"
        assert not study.has_draft()


async def test_merging_is_undone_and_done_again(study: Project, person: Person) -> None:
    async with person(study, screen="codebook") as pilot:
        await press(pilot, "j", "m", *"tru", "enter")
        assert "Hope went into Trust: once this is released, its uses are read as Trust." in words(pilot)
        assert "Hope (merged -> A1)" in screen_text(pilot)
        assert drafted(study, "HOPE").into == ("TRUST",)
        await press(pilot, "u")
        assert "Undone: the merging of Hope." in screen_text(pilot)
        assert drafted(study, "HOPE").status == "active"
        await press(pilot, "r")
        assert "Done again: the merging of Hope." in screen_text(pilot)
        assert drafted(study, "HOPE").status == "merged"
        await press(pilot, "m", "s", "y", "x")
    assert drafted(study, "HOPE").status == "merged", "that stays for good"


async def test_a_code_is_split_into_new_ones(coded: Project, person: Person) -> None:
    async with person(coded, screen="codebook") as pilot:
        await press(pilot, "s")
        await answer(pilot, "Early trust\nLate trust", line=False)
        assert "each use is decided again, of which you made 2." in words(pilot)
    assert drafted(coded, "TRUST").into == ("EARLY_TRUST", "LATE_TRUST")


async def test_only_what_was_never_released_is_dropped(study: Project, person: Person) -> None:
    async with person(study, screen="codebook") as pilot:
        await press(pilot, "X")
        assert order(study) == ["TRUST", "HOPE", "FEAR"]
        await press(pilot, "n")
        await answer(pilot, "Doubt")
        await press(pilot, "X")
        assert "Doubt is dropped" in screen_text(pilot)
        assert order(study) == ["TRUST", "HOPE", "FEAR"]
        await press(pilot, "u")
        assert "Undone: dropping Doubt." in screen_text(pilot)
        await press(pilot, "u")
        assert "Undone: the new code Doubt." in screen_text(pilot)
    assert not study.has_draft()


async def test_undo_never_reaches_what_was_released(study: Project, person: Person) -> None:
    study.draft_code("TRUST", notes="Better.")
    study.release_draft()
    async with person(study, screen="codebook") as pilot:
        await press(pilot, "u")
        assert "Undone" not in screen_text(pilot)
        assert "There is nothing of yours to undo here." in screen_text(pilot)


# --- proposals -----------------------------------------------------------------------------------------------------


async def test_only_proposals_that_one_may_see_are_offered(study: Project, person: Person) -> None:
    """Ana proposed a code on the first answer; Ben, who still codes blind, sees nothing of it, and later adopts it."""
    study.viewer = "ana"
    study.propose_code(study.open_pass("talk").id, "In at once", *spans(study)[0])
    study.viewer = "ben"
    async with person(study, screen="codebook") as pilot:
        assert "proposed" not in screen_text(pilot)
        await press(pilot, "a")
        assert study.draft().codes == study.codebook().codes
    study.viewer = "ana"
    async with person(study, screen="codebook") as pilot:
        assert "? In at once (by ana)" in words(pilot)
        await press(pilot, "end")
        assert "a adopts it" in words(pilot)
        await press(pilot, "enter", "enter")
        assert order(study) == ["TRUST", "HOPE", "FEAR", study.proposals()[0].code]
    adopted = study.draft().codes[-1]
    assert (adopted.label, adopted.status) == ("In at once", "trial")
    assert adopted.origin.startswith("inductive: talk, ")


async def test_a_proposal_is_found_by_letters_and_goes_under_a_code(study: Project, person: Person) -> None:
    study.propose_code(study.open_pass("talk").id, "In at once", *spans(study)[0])
    async with person(study, screen="codebook") as pilot:
        await press(pilot, "a", *"once", "enter", *"trus", "enter")
        made = study.proposals()[0].code
        assert order(study) == ["TRUST", f".{made}", "HOPE", "FEAR"]
        assert "(on trial)" in screen_text(pilot)
        await press(pilot, "y")
    assert drafted(study, made).status == "active"


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_hostile_words_are_only_words(coded: Project, person: Person, size: tuple[int, int]) -> None:
    coded.draft_code("TRUST", label=UGLY, definition=UGLY, exclude="", examples=[UGLY], group=UGLY, owner=UGLY)
    coded.add_code(f"under {UGLY}", "TRUST", exclude=UGLY)
    coded.write_note(UGLY, on="code", about="TRUST")
    coded.split_code("HOPE", [f"one {UGLY}", f"two {UGLY}"])
    pictures = []
    async with person(coded, screen="codebook", size=size) as pilot:
        keys = ("b", "escape", "e", "escape", "l", "escape", "n", "escape", "N", "escape", "g", "escape", "m", "escape")
        release = ("R", "w", "o", "escape", "R", "n", "down", "down", "end", "escape")
        for key in (
            *keys,
            "c",
            "escape",
            "p",
            "escape",
            "s",
            "escape",
            "tab",
            "tab",
            "2",
            "3",
            "j",
            "j",
            "1",
            *release,
        ):
            await press(pilot, key)
            pictures.append(screen_text(pilot))
    for picture in pictures:
        assert not CONTROLS.findall(picture.replace("\n", ""))
        assert max(map(cell_len, picture.split("\n"))) <= size[0]


async def test_a_change_elsewhere_is_shown(study: Project, person: Person) -> None:
    """What is coded meanwhile is counted when one comes back."""
    add_interview(study, "more.txt", "I: So?\nP1: I trust them.\n")
    async with person(study, screen="codebook") as pilot:
        assert "0 uses of yours" in words(pilot)
        pilot.app.show_step("coding", transcript="more")  # type: ignore[attr-defined]  # a Workplace
        await pilot.pause()
        await press(pilot, "c", *"trust", "enter", "escape")
        assert "1 use of yours" in words(pilot)
