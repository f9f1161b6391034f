"""The coding screen puts the code that was meant on the words that were meant, and tells everything else."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualbench.project import Project
from qualbench.tui.widgets import palette
from tests.conftest import BOOK, INTERVIEW, add_interview, spans
from tests.tui.at_coding import ASKING_BOOK, FIRST, FOURTH, SECOND, THIRD, below, heading, nothings, page, pick, stands
from tests.tui.conftest import Person, press, screen_text, type_words, until

# --- codes by letters, by keys --------------------------------------------------------------------------------------


async def test_a_code_is_found_by_a_few_letters_of_it(study: Project, person: Person) -> None:
    async with person(study, screen="coding") as pilot:
        await press(pilot, "c", *"hp")
        assert "Hope HOPE They hope. Not when: Not for trust." in page(pilot)
        await press(pilot, "enter")
        assert below(pilot) == ["2/8  B1 Hope", "codes: 1 Hope"]
        assert heading(pilot) == " Coding  talk · ana · 1 of 4 decided · 1 in the last hour"
    assert stands(study) == [f"{FIRST} = Hope"]


async def test_a_pick_without_letters_is_the_code_used_last(study: Project, person: Person) -> None:
    """Recent codes stand first; as long as there is none, Enter on an empty question does nothing."""
    async with person(study, screen="coding") as pilot:
        await press(pilot, "c", "enter")
        assert stands(study) == []
        await pick(pilot, "fear")
        await press(pilot, "tab", "c", *"trust", "enter", "tab", "c")
        lines = [line for line in screen_text(pilot).split("\n") if line.startswith("│ ")]
        assert [line.strip("│▸ ") for line in lines[1:4]] == ["Trust", "Fear", "Hope"]
        await press(pilot, "enter")
    assert stands(study) == [f"{FIRST} = Fear", f"{SECOND} = Trust", f"{THIRD} = Trust"]


async def test_the_palette_shows_what_a_code_was_given_to_before(
    study: Project, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = study.open_pass("talk")
    for place in spans(study)[:2]:
        study.apply_code(held.id, "HOPE", *place)
    async with person(study, screen="coding") as pilot:
        await press(pilot, "c", *"hope")
        assert "Before:" not in page(pilot)
        monkeypatch.setattr(palette, "PAUSE", 0.01)
        await press(pilot, "backspace", "e")
        await until(pilot, lambda: "Before:" in page(pilot))
        assert "Before: talk, line 4: Then it got better, slowly." in page(pilot)
        assert "Before: talk, line 2: I trusted her at once. She had been there." in page(pilot)
        await press(pilot, "backspace", "backspace", "backspace", "backspace", *"fear")
        assert "Before:" not in page(pilot)


async def test_recent_and_kept_codes_have_a_key_each(study: Project, person: Person) -> None:
    """1 is the last code and . repeats it; a kept code (*) stays on its key, and recent ones fill the others."""
    async with person(study, screen="coding") as pilot:
        await press(pilot, "c", *"fear", "enter", "tab", "c", *"trust", "enter", "tab")
        assert below(pilot)[1] == "codes: 1 Trust  2 Fear"
        await press(pilot, "asterisk", *"hope", "enter")
        assert "Keep Hope on which key?" in page(pilot)
        assert "on no key any more" not in page(pilot)
        await press(pilot, "1")
        assert below(pilot)[1] == "codes: 1* Hope  2 Trust  3 Fear"
        assert study.favourites() == {"1": "HOPE"}
        await press(pilot, "1", "tab", "full_stop")
        await press(pilot, "2")
        assert below(pilot) == ["8/8  B1 Hope, A1 Trust",
                                "codes: 1* Hope  2 Trust  3 Fear"]  # fmt: skip
        await press(pilot, "9")
        await press(pilot, "asterisk", *"hope", "enter", "0")
        assert below(pilot)[1] == "codes: 1 Trust  2 Hope  3 Fear"
        assert study.favourites() == {}
    assert stands(study) == [
        f"{FIRST} = Fear", f"{SECOND} = Trust", f"{THIRD} = Hope", f"{FOURTH} = Hope", f"{FOURTH} = Trust",
    ]  # fmt: skip


async def test_a_key_kept_in_the_middle_of_a_selection_leaves_the_selection(study: Project, person: Person) -> None:
    async with person(study, screen="coding") as pilot:
        await press(pilot, "shift+right", "shift+right", "asterisk", *"fear", "enter", "3", "3")
    assert stands(study) == ["I trusted = Fear"]


# --- taken off, changed, on other words ------------------------------------------------------------------------------


async def test_a_code_is_taken_off_and_which_one_is_asked(study: Project, person: Person) -> None:
    async with person(study, screen="coding") as pilot:
        await press(pilot, "x")
        assert "There is no code here." in page(pilot)
        await press(pilot, "c", *"hope", "enter", "c", *"fear", "enter", "x")
        assert "Remove which code? 1 Hope 2 Fear" in page(pilot)
        await press(pilot, "1")
        assert stands(study) == [f"{FIRST} = Fear"]
        await press(pilot, "x")
        assert stands(study) == []
        assert "0 of 4 decided" in heading(pilot)
        await press(pilot, "u")
        assert "Undone: a code removed." in page(pilot)
        assert stands(study) == [f"{FIRST} = Fear"]
        await press(pilot, "r")
        assert "Done again: a code removed." in page(pilot)
        assert stands(study) == []


async def test_another_code_where_one_stands(study: Project, person: Person) -> None:
    """C changes a code where it stands, all of it: also the words beyond the segment under the cursor."""
    async with person(study, screen="coding") as pilot:
        await press(pilot, "C")
        assert "There is no code here." in page(pilot)
        await press(pilot, "shift+down", "c", *"hope", "enter", "k", "C")
        assert "Instead of Hope" in page(pilot)
        await press(pilot, *"fear", "enter")
        assert below(pilot)[1] == "codes: 1 Fear  2 Hope"
        assert [line for line in stands(study) if line.endswith("Hope")] == []
        assert len(stands(study)) == 1
        assert stands(study)[0].startswith(FIRST)
        await press(pilot, "c", *"trust", "enter", "C")
        assert "Change which code? 1 Fear 2 Trust" in page(pilot)
        await press(pilot, "2", "enter")
        assert len(stands(study)) == 1
        await press(pilot, "u", "u", "u")
        assert stands(study)[0].endswith("= Hope")


async def test_a_code_stands_on_exactly_the_selected_words(study: Project, person: Person) -> None:
    async with person(study, screen="coding") as pilot:
        await press(pilot, "c", *"trust", "enter", "w")
        assert "Select the words on which the code should stand" in page(pilot)
        await press(pilot, "shift+right", "shift+right", "shift+right", "ctrl+shift+right", "w")
        assert stands(study) == ["trusted her = Trust"]
        await press(pilot, "tab", "shift+right", "w")
        assert "There is no code here." in page(pilot)
        await press(pilot, "u")
    assert stands(study) == [f"{FIRST} = Trust"]


# --- selecting -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (["shift+right"], "I"),
        (["shift+right"] * 3 + ["shift+left"], "I trusted"),
        (["ctrl+right"] * 4, "I tr"),
        (["ctrl+right"] * 4 + ["ctrl+left"], "I t"),
        (["alt+right"], "I trusted her at once."),
        (["alt+right"] * 2 + ["alt+left"], "I trusted her at once."),
        (["shift+right"] * 3 + ["ctrl+shift+right"] * 2 + ["ctrl+shift+left"], "trusted her"),
        (["shift+right"] * 2 + ["escape"], FIRST),
        (["shift+down", "shift+down"], f"{FIRST}\nI: And then?\nP1: {SECOND}"),
        (["shift+down", "shift+down", "shift+up"], f"{FIRST}\nI: And then?"),
    ],
)
async def test_a_code_stands_on_what_was_selected(study: Project, person: Person, keys: list[str], words: str) -> None:
    async with person(study, screen="coding") as pilot:
        await press(pilot, *keys, "c", *"fear", "enter")
        assert pilot.app.screen.query_one("TranscriptView").selection is None  # type: ignore[attr-defined]
    assert stands(study) == [f"{words} = Fear"]


async def test_a_selection_over_several_segments_says_so(study: Project, person: Person) -> None:
    async with person(study, screen="coding") as pilot:
        await press(pilot, "shift+down", "shift+down")
        assert "(3 segments selected)" in below(pilot)[0]
        await press(pilot, "escape")
        assert below(pilot)[0] == "4/8  not decided yet"
        await press(pilot, "g", "j", "shift+down", "shift+down", "c", *"fear", "enter")
        assert below(pilot)[0] == "4/8  C1 Fear"
        await press(pilot, "u", "g", "j", "shift+down", "shift+down")
        await press(pilot, "n")
        assert "That nothing applies is said of one segment at a time" in page(pilot)
        await press(pilot, "escape", "n")
        assert "(3 segments" not in page(pilot)
    assert nothings(study) == [SECOND]
    assert stands(study) == []


async def test_the_same_code_on_words_that_overlap_is_one_coding(study: Project, person: Person) -> None:
    async with person(study, screen="coding") as pilot:
        await press(pilot, "shift+right", "shift+right", "c", *"trust", "enter")
        await press(pilot, "shift+right", "shift+right", "shift+right", "1")
    assert stands(study) == ["I trusted her = Trust"]


# --- new codes -------------------------------------------------------------------------------------------------------


async def test_a_missing_code_is_made_and_stands_there(study: Project, person: Person) -> None:
    async with person(study, screen="coding") as pilot:
        await press(pilot, "a")
        await type_words(pilot, "At once")
        await press(pilot, "enter")
        assert "The new code 'At once' stands here. Others see it once the transcript is opened." in page(pilot)
        assert stands(study) == [f"{FIRST} = At once"]
        await press(pilot, "tab", "c", *"onc", "enter")
        assert stands(study) == [f"{FIRST} = At once", f"{SECOND} = At once"]
        await press(pilot, "u", "u")
        assert stands(study) == []
        assert "codes:" not in page(pilot)
        await press(pilot, "h")
        assert page(pilot).count("a new code applied (undone)") == 2
        assert "NEW_" not in page(pilot)
    assert study.proposals() == ()
    study.viewer = "ben"
    assert study.proposals() == ()


@pytest.mark.parametrize("name", ["Hope", "  hope ", "   "])
async def test_a_name_that_exists_or_is_none_makes_no_code(study: Project, person: Person, name: str) -> None:
    async with person(study, screen="coding") as pilot:
        await press(pilot, "a")
        await type_words(pilot, name)
        await press(pilot, "enter")
        said = "There is a code 'hope' already. Apply that one" if name.strip() else "A code needs a name."
        assert said.lower() in page(pilot).lower()
    assert (stands(study), study.proposals()) == ([], ())


async def test_a_code_in_the_participants_words(study: Project, person: Person) -> None:
    async with person(study, screen="coding") as pilot:
        await press(pilot, "v")
        assert "Select the participant's words first" in page(pilot)
        await press(pilot, *["shift+right"] * 5, *["ctrl+shift+right"] * 3, "v")
        assert "at once" in page(pilot)
        await press(pilot, "enter")
        assert stands(study) == ["at once = at once"]
        await press(pilot, "shift+right", "v", "escape")
        assert len(study.proposals()) == 1


async def test_a_fixed_codebook_makes_no_codes_while_coding(tmp_path: Path, person: Person) -> None:
    with Project.create(tmp_path / "fixed", viewer="ana", method="coding-reliability-ta") as study:
        study.release_codebook("book.yaml", BOOK)
        add_interview(study, "talk.txt", INTERVIEW)
        async with person(study, screen="coding", size=(140, 60)) as pilot:
            await press(pilot, "a", "A", "shift+right", "v")
            assert "its name" not in page(pilot)
            await press(pilot, "ctrl+p", *"new", "space", *"code")
            assert "Make a code that is missing" not in page(pilot)
            await press(pilot, "escape", "escape")
            assert (study.proposals(), study.passes()) == ((), ())
            pilot.app.screen._propose("A name")  # type: ignore[attr-defined]  # the coding screen, past its keys
            await pilot.pause()
            assert "the codebook is fixed before the coding" in page(pilot)
        assert study.proposals() == ()


async def test_codes_that_exclude_each_other_may_both_stand_but_it_is_told(tmp_path: Path, person: Person) -> None:
    """On one segment, though not on the same words; not on two segments."""
    with Project.create(tmp_path / "study", viewer="ana") as study:
        study.release_codebook("book.yaml", ASKING_BOOK)
        add_interview(study, "talk.txt", INTERVIEW)
        async with person(study, screen="coding") as pilot:
            await press(pilot, "shift+right", "c", *"trust", "enter", "tab", "c", *"hope", "enter")
            assert "exclude each other" not in page(pilot)
            await press(pilot, "k", "k", "ctrl+shift+right", "shift+left", "escape")
            await press(pilot, "alt+right", "alt+right", *["ctrl+shift+right"] * 5, "c", *"hope", "enter")
            assert "! Trust and Hope exclude each other (group feeling)." in page(pilot)
            assert len(stands(study)) == 3
            await press(pilot, "j", "c", *"fear", "enter")
            assert "exclude each other" not in page(pilot)
