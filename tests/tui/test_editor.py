"""Writing in one's own editor: the words leave for a private file, come back, and whatever fails is a sentence."""

from __future__ import annotations

import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from qualbench.errors import QualbenchError
from qualbench.project import Project
from qualbench.tui.dialogs.editor import edited, editor
from qualbench.tui.dialogs.words import AskWords
from tests.tui.conftest import Person, press, screen_text, type_words


class Terminal:
    """A terminal that is lent to an editor."""

    def __init__(self) -> None:
        self.lent = 0

    @contextmanager
    def suspended(self) -> Iterator[None]:
        self.lent += 1
        yield


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No editor is set, and files for editors are made where the test can look."""
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    folder = tmp_path / "for editors"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An editor in a folder with a space in its name; what it does is written into it."""
    place = tmp_path / "my tools" / "edit"
    place.parent.mkdir()
    monkeypatch.setenv("EDITOR", f"'{place}' --wait")
    return place


def does(script: Path, *lines: str) -> None:
    """Let the editor do this; the words are in the file "$2"."""
    script.write_text("\n".join(["#!/bin/sh", *lines]) + "\n")
    script.chmod(0o755)


def test_the_words_go_through_the_editor_and_nothing_is_left(script: Path, own_folder: Path, tmp_path: Path) -> None:
    does(script, f'cp "$2" "{tmp_path}/seen"', f'stat -c %a "$2" "$(dirname "$2")" > "{tmp_path}/modes"',
         'printf "Zoë said\\r\\nso.\\n\\n" > "$2"')  # fmt: skip
    terminal = Terminal()
    assert edited("before\x1b [/x]\n", terminal.suspended) == "Zoë said\nso."
    assert (tmp_path / "seen").read_text() == "before\x1b [/x]\n"
    assert (tmp_path / "modes").read_text().split() == ["600", "700"], "for this person's eyes only"
    assert list(own_folder.iterdir()) == []
    assert terminal.lent == 1


def test_words_that_were_not_touched_come_back_as_they_were(script: Path) -> None:
    does(script, "true")
    assert edited("as it was", Terminal().suspended) == "as it was"


def test_visual_goes_before_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "nano")
    assert editor() == ["nano"]
    monkeypatch.setenv("VISUAL", "code --wait 'a b'")
    assert editor() == ["code", "--wait", "a b"]


@pytest.mark.parametrize("said", ["", "  ", "'never closed"])
def test_no_editor_is_a_sentence_and_the_terminal_stays(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", said)
    terminal = Terminal()
    with pytest.raises(QualbenchError, match=r"No editor is set\. Set EDITOR"):
        edited("words", terminal.suspended)
    assert terminal.lent == 0


FAILURES = [
    (("exit 3",), r"ended with 3, so the words stay as they were\."),
    (("kill -9 $$",), r"ended with -9, so the words stay as they were\."),
    (("printf 'Zo\\353' > \"$2\"",), r"can not be read as UTF-8 text\."),
    (('rm "$2"',), r"can not be read as UTF-8 text\."),
    (('rm "$2"', 'mkdir "$2"'), r"can not be read as UTF-8 text\."),
]


@pytest.mark.parametrize(("lines", "sentence"), FAILURES, ids=lambda value: str(value)[:24])
def test_what_goes_wrong_in_the_editor_is_a_sentence(
    lines: tuple[str, ...], sentence: str, script: Path, own_folder: Path
) -> None:
    does(script, *lines)
    with pytest.raises(QualbenchError, match=sentence):
        edited("words", Terminal().suspended)
    assert list(own_folder.iterdir()) == [], "nothing of a memo is left on the disk"


def test_an_editor_that_can_not_be_started_is_a_sentence(script: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(QualbenchError, match=r"can not be started: No such file or directory\."):
        edited("words", Terminal().suspended)
    does(script, "true")
    script.chmod(stat.S_IRUSR)
    with pytest.raises(QualbenchError, match=r"can not be started: Permission denied\."):
        edited("words", Terminal().suspended)


# --- in the screen -----------------------------------------------------------------------------------------------


async def test_the_dialog_writes_outside_and_keeps_what_came_back(
    study: Project, person: Person, script: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    does(script, 'printf " and outside" >> "$2"')
    async with person(study, screen="coding") as pilot:
        monkeypatch.setattr(pilot.app, "suspend", Terminal().suspended)
        await press(pilot, "m")
        await type_words(pilot, "inside")
        await press(pilot, "ctrl+o")
        assert "inside and outside" in screen_text(pilot)
        await press(pilot, "ctrl+s")
    assert [memo.body for memo in study.memos()] == ["inside and outside"]


async def test_what_goes_wrong_is_said_in_the_dialog_and_the_words_stay(
    study: Project, person: Person, script: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with person(study, screen="coding") as pilot:
        await press(pilot, "m")
        await type_words(pilot, "inside")
        await press(pilot, "ctrl+o")
        assert "This terminal can not be left for an editor." in " ".join(screen_text(pilot).split())
        monkeypatch.setattr(pilot.app, "suspend", Terminal().suspended)
        for lines, sentence in (
            (("exit 1",), "ended with 1, so the words stay"),
            (("printf '\\353' > \"$2\"",), "UTF-8"),
        ):
            does(script, *lines)
            await press(pilot, "ctrl+o")
            assert sentence in " ".join(screen_text(pilot).replace("│", " ").split())
        monkeypatch.setenv("EDITOR", "")
        await press(pilot, "ctrl+o")
        assert "No editor is set." in screen_text(pilot)
        assert isinstance(pilot.app.screen, AskWords)
        await press(pilot, "ctrl+s")
    assert [memo.body for memo in study.memos()] == ["inside"]
