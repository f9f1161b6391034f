"""Suggestions of codes: off until they are turned on, looked for beside the work, answered one by one."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from qualbench.project import Project
from qualbench.steps import suggesting
from tests.conftest import add_interview, code, spans
from tests.tui.at_coding import FIRST, below, heading, page, stands
from tests.tui.conftest import Person, press, until


async def looked(pilot: Pilot[None]) -> None:
    """Wait until the transcript was looked through."""
    await pilot.app.workers.wait_for_complete([one for one in pilot.app.workers if one.group == "suggesting"])
    await pilot.pause()


def answers(study: Project) -> list[tuple[str, bool]]:
    (held,) = study.passes(coder="ana")
    return [(one.code, one.accepted) for one in study.answered_suggestions(held)]


async def test_nothing_is_suggested_until_a_coder_turns_it_on(study: Project, person: Person) -> None:
    async with person(study, screen="coding") as pilot:
        assert not [one for one in pilot.app.workers if one.group == "suggesting"]
        await press(pilot, "y")
        assert "Suggestions are off; p turns them on." in page(pilot)
        await press(pilot, "z", "f", "7")
        assert "Suggestions are off; p turns them on." in page(pilot)
    assert (study.passes(), study.suggesting()) == ((), False)


async def test_a_suggestion_waits_for_the_coder(study: Project, person: Person) -> None:
    """The example is `I trust her.` and Ana's participant says `I trusted her`; Enter, Tab and n apply nothing."""
    async with person(study, screen="coding") as pilot:
        await press(pilot, "p")
        assert study.suggesting()
        await looked(pilot)
        assert "1 suggestion in this transcript. Words are found in every form" in page(pilot)
        assert below(pilot)[1] == "suggested: Trust for 'I trusted her'. y takes it, z refuses it."
        await press(pilot, "enter", "tab", "shift+tab", "space", "k", "k")
        assert (stands(study), study.passes()) == ([], ())
        await press(pilot, "g", "j", "y")
        assert stands(study) == ["I trusted her = Trust"]
        assert "suggested" not in below(pilot)[1]
        assert "1 of 4 decided" in heading(pilot)
        await press(pilot, "y")
        assert "Nothing is suggested here." in page(pilot)
        assert answers(study) == [("TRUST", True)]
        await press(pilot, "s", "2")
    code(study, "ben", ["TRUST", "", "", ""])
    assert study.told_suggestions() == "Suggestions of codes were on for ana (1 taken, 0 refused)."


async def test_what_was_refused_is_not_asked_again_and_undo_asks_again(study: Project, person: Person) -> None:
    study.switch_suggestions(on=True)
    async with person(study, screen="coding") as pilot:
        await looked(pilot)
        await press(pilot, "z")
        assert "suggested" not in below(pilot)[1]
        assert (stands(study), answers(study)) == ([], [("TRUST", False)])
        await press(pilot, "p", "p")
        await looked(pilot)
        assert "suggested" not in below(pilot)[1]
        await press(pilot, "u")
        assert "Undone: a suggestion refused." in page(pilot)
        assert "suggested: Trust" in below(pilot)[1]
        await press(pilot, "r")
        assert answers(study) == [("TRUST", False)]


async def test_only_what_a_code_is_suggested_for(study: Project, person: Person) -> None:
    study.switch_suggestions(on=True)
    async with person(study, screen="coding") as pilot:
        await looked(pilot)
        await press(pilot, "f", "7")
        assert "only with a suggestion: " in heading(pilot)
        assert FIRST in page(pilot)
        assert "slowly" not in page(pilot)
        await press(pilot, "escape")
        assert "slowly" in page(pilot)


async def test_another_transcript_is_looked_through_when_it_is_opened(study: Project, person: Person) -> None:
    study.switch_suggestions(on=True)
    add_interview(study, "other.txt", "P1: Nobody there.\nP2: She said I trust her more than most.\n")
    async with person(study, screen="coding", transcript="talk") as pilot:
        await looked(pilot)
        await press(pilot, "t", "2")
        await looked(pilot)
        assert "other" in heading(pilot)
        await press(pilot, "j")
        assert "suggested: Trust" in below(pilot)[1]
        await press(pilot, "p")
        assert "suggested" not in below(pilot)[1]


async def test_a_code_that_stands_is_not_suggested(study: Project, person: Person) -> None:
    held = study.open_pass("talk")
    study.apply_code(held.id, "TRUST", *spans(study)[0])
    study.switch_suggestions(on=True)
    async with person(study, screen="coding") as pilot:
        await looked(pilot)
        await press(pilot, "g", "j")
        assert below(pilot)[0] == "2/8  A1 Trust"
        assert "suggested: Trust" not in below(pilot)[1]
    assert study.answered_suggestions(held) == ()


async def test_coding_goes_on_when_suggestions_can_not_be_looked_for(
    study: Project, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken:
        def __init__(self, *_: object) -> None:
            raise OSError("no model")

    monkeypatch.setattr(suggesting, "Suggester", Broken)
    study.switch_suggestions(on=True)
    async with person(study, screen="coding") as pilot:
        await until(pilot, lambda: "Suggestions could not be looked for; coding goes on without them." in page(pilot))
        await press(pilot, "c", *"fear", "enter")
    assert stands(study) == [f"{FIRST} = Fear"]
