"""Encrypted studies on the screens: after a walk and a fault no planted word or key is in any file or on any page."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from rich.console import Console

from qualbench.project import Project, encrypting
from qualbench.project.deidentify import vault_locks
from qualbench.project.deidentify.vault_file import Kept, vault_of
from qualbench.steps.deidentify import Action, Decision, Kind, Vault, with_decisions
from qualbench.store import keys, unlocking
from qualbench.store.keys import Cost
from tests.conftest import BOOK, INTERVIEW, add_interview
from tests.tui.conftest import Person, press, screen_text, type_words

WORDS, OF_VAULT = "four words and more", "words of the vault"
PLANTED = ("xylograph", "zymurgy", "quokka", "oubliette", "andersdotter")
"""Words of a text, a definition, a memo, a theme, and a name that was replaced."""


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A guess costs next to nothing, and this process knows no key yet."""
    monkeypatch.setattr(keys, "COST", Cost(memory=32, passes=1, lanes=1))
    monkeypatch.setenv(unlocking.PASSPHRASE, WORDS)
    unlocking.forget()
    yield
    unlocking.forget()


@pytest.fixture
def project(tmp_path: Path, clock: Callable[[], datetime], monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    """An encrypted study with a sealed vault, everything of which lies in one place."""
    for name in ("DATA", "STATE", "CACHE", "CONFIG"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    made = encrypting.new_key(WORDS)
    with Project.create(tmp_path / "study", viewer="ana", clock=clock, key=made) as study:
        study.release_codebook("book.yaml", BOOK.replace("They trust each other.", f"As in {PLANTED[1]}."))
        add_interview(study, "talk.txt", INTERVIEW.replace("at once", PLANTED[0]))
        file = vault_of(study)
        vault_locks.seal(file, encrypting.new_key(OF_VAULT))
        for words in ("Wanda", "Viola"):
            answer = Decision("Andersdotter", Kind.PERSON, Action.REPLACE, words)
            vault_of(study).write(Kept(with_decisions(Vault(), [answer], "ana"), "seed"))
        yield study


def holding(folder: Path) -> set[str]:
    found = set()
    for path in folder.rglob("*"):
        body = path.read_bytes().lower() if path.is_file() else b""
        if any(word.encode(how) in body for word in PLANTED for how in ("utf-8", "utf-16-le")):
            found.add(str(path.relative_to(folder)))
    return found


async def test_after_a_walk_and_a_fault_nothing_can_be_read(
    project: Project, person: Person, tmp_path: Path, caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    caplog.set_level(logging.DEBUG)
    key = unlocking.key_for(project.folder / "study.db")
    assert key is not None
    async with person(project, screen="coding") as pilot:
        assert PLANTED[0] in screen_text(pilot)
        await press(pilot, "m")
        await type_words(pilot, f"like a {PLANTED[2]}")
        await press(pilot, "ctrl+s")
        project.create_theme(PLANTED[3], PLANTED[0])
        project.back_up("by-hand")
        assert [memo.body for memo in project.memos()] == [f"like a {PLANTED[2]}"]
        assert {path.name for path in project.folder.iterdir()} >= {"study.db", "study.db-wal", "lock", "backups"}
        vaults = sorted(path.name for path in (tmp_path / "data" / "qualbench" / "vaults").iterdir())
        assert [name.rpartition(".")[2] for name in vaults] == ["json", "bak"]
        assert holding(tmp_path) == set()
        app, page = pilot.app, io.StringIO()
        try:
            try:
                raise KeyError(f"{PLANTED[0]} {WORDS} {key.hex()}")
            except KeyError as error:
                error.add_note(PLANTED[1])
                raise ValueError(f"no place for {PLANTED[2]} and {OF_VAULT}") from error
        except ValueError:
            app._fatal_error()
        for one in app._exit_renderables:
            Console(file=page, width=100).print(one)
        app._exit_renderables.clear()
    told = page.getvalue()
    assert "fault of its own" in told
    assert "ValueError" in told
    assert "KeyError" in told
    assert "test_encrypted.py" in told, "where it was is told"
    for secret in (*PLANTED, WORDS, OF_VAULT, key.hex()):
        assert secret not in told + caplog.text + "".join(capfd.readouterr())
    assert holding(tmp_path) == set()


def test_outside_any_fault_there_is_still_a_page() -> None:
    from qualbench.tui.app import _where_it_failed

    assert sys.exc_info() == (None, None, None)
    assert _where_it_failed().trace.stacks


async def test_before_words_leave_the_passphrase_of_the_vault_is_asked_for(
    project: Project, person: Person, tmp_path: Path
) -> None:
    project.create_theme("of Andersdotter", "")
    unlocking.forget()
    unlocking.unlock(project.folder / "study.db")
    async with person(project, screen="themes") as pilot:
        await press(pilot, "w")
        assert "The passphrase of the vault of original names" in screen_text(pilot)
        await type_words(pilot, "not these words")
        assert "not these" not in screen_text(pilot)
        await press(pilot, "enter")
        assert "This is not the passphrase of the vault" in screen_text(pilot)
        await press(pilot, "w", "escape")
        assert "Nothing was written" in screen_text(pilot)
        await press(pilot, "w")
        await type_words(pilot, OF_VAULT)
        await press(pilot, "enter")
        shown = screen_text(pilot)
        assert "passphrase" not in shown
        assert "1 finding" in shown, "the name in the theme was looked for, and found"
    assert holding(tmp_path) == set()
