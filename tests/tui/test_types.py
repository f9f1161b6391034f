"""The screen of types, and index codes and lists of work on the coding screen, walked by their keys."""

from __future__ import annotations

import pytest

from qualbench.model import SegmentRule
from qualbench.project import Project
from tests.conftest import add_interview, code
from tests.project.conftest import plan
from tests.project.test_bounded import BOOK, INDEX, TALK
from tests.tui.conftest import Person, press, screen_text, type_words


@pytest.fixture
def indexed(study: Project) -> Project:
    """Two interviews that ana has indexed, with participants P1 and P2, a theme, and a saved query."""
    study.release_codebook("book.yaml", BOOK.replace('"1.0"', '"2.0"'))
    for name, who in (("one", "P1"), ("two", "P2")):
        id_ = add_interview(study, f"{name}.txt", TALK.replace("P1", who) + f"I: {name}\n")
        study.assign_speaker(id_, who, study.transcript(id_).speakers[1].role, who)
    plan(study, "Index", {"one": "ana", "two": "ana"})
    for name in ("one", "two"):
        code(study, "ana", INDEX if name == "one" else ["BEGIN", "", "", ""], name)
    study.create_theme("Waiting")
    study.save_query("Beginnings", "BEGIN")
    return study


async def test_types_by_hand_by_rule_and_negative_cases(indexed: Project, person: Person) -> None:
    async with person(indexed) as pilot:
        await press(pilot, "y")
        assert "no typology yet" in screen_text(pilot)
        await press(pilot, "enter")
        await type_words(pilot, "Stance")
        await press(pilot, "enter")
        await type_words(pilot, "early")
        await press(pilot, "enter")
        await type_words(pilot, "says so")
        await press(pilot, "enter")
        text = screen_text(pilot)
        assert "Stance · 1 of 2 participants have a type" in text
        assert "▸P1          early                 says so" in text
        await press(pilot, "r", "2")
        await type_words(pilot, "late")
        await press(pilot, "enter")
        await type_words(pilot, "code")
        await press(pilot, "colon", "B", "E", "G", "I", "N", "enter")
        assert "1 would be late, 1 are of another type and keep it" in screen_text(pilot)
        await press(pilot, "1")
        assert [(one.value, one.rule) for one in indexed.types("Stance")] == [("early", ""), ("late", "code:BEGIN")]
        await press(pilot, "j", "n", "w", "a", "i", "t", "enter")
        await type_words(pilot, "she acts")
        await press(pilot, "enter")
        (case,) = indexed.negative_cases()
        assert (case.participant, case.told, case.reason) == ("P2", "the theme Waiting", "she acts")
        assert "P2 against the theme Waiting: she acts" in screen_text(pilot)
        await press(pilot, "v")
        assert "negative cases · 1 case" in screen_text(pilot)
        await press(pilot, "x", "n", "o", "enter")
        assert indexed.negative_cases() == ()
        await press(pilot, "tab")
        assert "No round has a list of work yet" in screen_text(pilot)
        await press(pilot, "tab", "x", "n", "o", "enter")
        assert [one.value for one in indexed.types("Stance")] == ["", "late"]


async def test_a_list_of_work_on_the_screens(indexed: Project, person: Person) -> None:
    draw = indexed.draw_bound("Beginnings", ["ana"], share=1.0, each=1, seed=1)
    indexed.plan_bound("Analysis", "Beginnings", draw, seed=1)
    async with person(indexed, screen="coding", transcript="one", size=(100, 24)) as pilot:
        assert "0 of 2 of the work list" in screen_text(pilot) or "not begun" in screen_text(pilot)
        await press(pilot, "c", "t", "r", "u", "s", "t", "enter")
        text = screen_text(pilot)
        assert "1 of 2 of the work list" in text
        await press(pilot, "tab", "n", "tab")
        text = screen_text(pilot)
        assert "2 of 2 of the work list" in text
        assert "Every segment is decided." in text
        await press(pilot, "G", "k", "n")
        text = screen_text(pilot)
        assert "not on the list of work" in text
        assert "These words are not on the list of work of the round 'Analysis'." in " ".join(text.split())
        await press(pilot, "s", "1", "escape", "y", "v", "v")
        text = screen_text(pilot)
        assert "Analysis              Beginnings            3         2         1" in text
        await press(pilot, "enter")
        assert "one, line 4, P1  Two." in screen_text(pilot)


async def test_one_key_puts_an_index_code_on_the_whole_turn(study: Project, person: Person) -> None:
    async with person(study, screen="coding") as pilot:
        await press(pilot, "I")
        assert "The codebook has no index codes" in screen_text(pilot)
    study.release_codebook("book.yaml", BOOK.replace('"1.0"', '"2.0"'))
    study.segment("talk", SegmentRule.SENTENCE)
    async with person(study, screen="coding") as pilot:
        await press(pilot, "j", "I")
        text = screen_text(pilot)
        assert "The beginning" in text
        assert "Trust" not in text.split("Index code for the whole turn")[1].split("P1")[0]
        await press(pilot, "a", "f", "t", "enter")
        (put,) = study.codings()
        transcript = study.transcript("talk")
        assert transcript.text[put.start : put.end] == "I trusted her at once. She had been there."
        await press(pilot, "u")
        assert study.codings() == ()
