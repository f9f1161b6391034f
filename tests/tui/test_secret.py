"""A passphrase on the screen: dots for whatever is typed, ahead or pasted, and the words in the answer alone."""

from __future__ import annotations

import logging

import pytest
from textual import events

from qualbench.project import Project
from qualbench.tui.dialogs.dialog import Dialog
from qualbench.tui.dialogs.secret import DOT, AskSecret
from tests.tui.conftest import Person, press, screen_text, type_words


async def test_what_is_typed_shows_as_dots_and_is_the_answer(
    study: Project, person: Person, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    answers: list[str | None] = []
    async with person(study) as pilot:
        pilot.app.push_screen(AskSecret("The passphrase of [/x] \x1b[2J", "It is shown once."), answers.append)
        for key in ("Q", "j", "z"):  # ahead of the dialog
            await pilot.press(key)
        await pilot.pause()
        assert DOT * 3 in screen_text(pilot)
        await press(pilot, "ü", "語", "ﷺ", "q", "?", "slash")
        shown = screen_text(pilot)
        assert DOT * 9 in shown
        assert DOT * 10 not in shown
        assert not {"ü", "語", "ﷺ", "\x1b"} & set(shown)
        assert "[/x]" in shown, "a title is no markup"
        await press(pilot, "backspace")
        await type_words(pilot, "Brumleby\r\n👩‍🚀")
        shown = screen_text(pilot)
        assert "Brumleby" not in shown
        assert DOT * (8 + len("Brumleby ") + 1) in shown
        dialog = pilot.app.screen
        told = repr(dialog) + str(dialog) + str(pilot.app.screen.tree)
        await press(pilot, "enter")
        assert answers == ["Qjzü語ﷺq?Brumleby 👩‍🚀"]
        assert not isinstance(pilot.app.screen, Dialog)
        assert "Brumleby" not in screen_text(pilot) + caplog.text + told + "".join(capfd.readouterr())


async def test_it_can_be_begun_again_and_left_at_once(study: Project, person: Person) -> None:
    answers: list[str | None] = []
    async with person(study) as pilot:
        pilot.app.push_screen(AskSecret("The passphrase of the vault"), answers.append)
        await pilot.pause()
        await type_words(pilot, "wide 語 " * 400)
        assert DOT * 60 in screen_text(pilot), "very long words stay on their line"
        await press(pilot, "ctrl+u", "backspace", "tab", "up", "a", "enter")
        assert answers == ["a"]
        pilot.app.push_screen(AskSecret("Once more"), answers.append)
        await pilot.pause()
        await press(pilot, "b", "escape")
        assert answers == ["a", None], "Escape asks nothing, though words were typed"
        pilot.app.push_screen(AskSecret("Typed and answered in one go"), answers.append)
        assert pilot.app._driver is not None
        for key in ("x", "y", "enter"):
            pilot.app._driver.send_message(events.Key(key, None if key == "enter" else key))
        await pilot.pause()
        await pilot.pause()
        assert answers == ["a", None, "xy"]
