"""The screen of de-identification: names first, one key for each string, the texts read through, then the import."""

from __future__ import annotations

import json
import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from qualbench.model import SegmentRule
from qualbench.project import Project
from qualbench.project.deidentify.review import Review
from qualbench.project.deidentify.sealing import Ending, Prepared
from qualbench.project.deidentify.vault_file import VaultFile
from qualbench.project.intake import Tell
from qualbench.steps import ingest
from qualbench.steps.deidentify import Action, Entity, language
from qualbench.tui.app import Workbench
from qualbench.tui.screens import deidentify_looking, deidentify_sealing
from qualbench.tui.screens.deidentify import Deidentify
from qualbench.tui.screens.deidentify_looking import NamedFiles
from tests.tui.conftest import SIZES, press, screen_text, type_words, until

TALK = """Interviewer: Where do you live?
Mirela: In Brumleby, since 3 March 2019. I am 34 years old.
Interviewer: With whom?
Mirela: With Okonjo, and call it okonjohaus.
"""
OTHER = "Interviewer: Who came?\nP2: Okonjo did.\n"
HOSTILE = "Interviewer: [/x] \x1b]52;c;eA==\x07?\nP2: \x9b31m [@click=app.exit] Okonjo " + "x" * 10_000 + "\n"


@pytest.fixture(autouse=True)
def without_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(model: str) -> None:
        raise language.NoLanguageModel(model)

    monkeypatch.setattr(language, "_pipeline", missing)


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return tmp_path / "apart" / "vault.json"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "study", viewer="ana") as made:
        yield made


def files(vault: Path, *texts: str, to: Path | None = None, reviewer: str = "ana") -> NamedFiles:
    drafts = [ingest.read(f"talk-{n}.txt", text.encode()) for n, text in enumerate(texts, start=1)]
    review = Review(drafts, VaultFile(vault), own=["Brumleby"], reviewer=reviewer)
    return NamedFiles(review, Ending(SegmentRule.TURN, to))


@asynccontextmanager
async def at_work(
    project: Project, named: NamedFiles, size: tuple[int, int] = (80, 24), names: Sequence[str] = ("Okonjo",)
) -> AsyncIterator[Pilot[None]]:
    """Somebody who has typed the names they know and waits for the queue."""
    app = Workbench(project, screen="deidentify", files=named)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for number, name in enumerate(names):
            await press(pilot, *(["enter"] if number else []))
            await type_words(pilot, name)
        await press(pilot, "ctrl+s" if names else "escape")
        await app.workers.wait_for_complete([w for w in app.workers if w.group == "names"])
        await pilot.pause()
        yield pilot


def entry(named: NamedFiles, string: str) -> tuple[Action, str] | None:
    """What the screen decided for a string."""
    asked = named.review.find(string)
    decision = named.review.decision(asked) if asked else None
    return (decision.action, decision.replacement) if decision else None


async def sealed(pilot: Pilot[None]) -> None:
    """Wait until the texts are ready and in."""
    await until(pilot, lambda: all(w.is_finished for w in pilot.app.workers if w.group == "sealing"))
    await pilot.pause()


async def take_all(pilot: Pilot[None], named: NamedFiles) -> None:
    while named.review.undecided:
        await press(pilot, "y")


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_queue_begins_with_known_names(project: Project, vault: Path, size: tuple[int, int]) -> None:
    named = files(vault, TALK, OTHER)
    async with at_work(project, named, size) as pilot:
        lines = screen_text(pilot).splitlines()
    bare = [line.lstrip("▸ ") for line in lines]
    rows = [line.split() for line in bare if line.startswith(("Okonjo", "Mirela", "Brumleby"))]
    assert rows[0][:4] == ["Mirela", "person", "2", "1"], "a speaker's label is a known name"
    assert rows[1][:4] == ["Okonjo", "person", "2", "2"]
    assert any("5 strings" in line and "5 to decide" in line for line in lines)
    assert any("›Mirela‹" in line for line in lines), "a place with its context"
    assert not vault.exists(), "nothing was answered, nothing is kept"


async def test_without_a_pipeline_it_says_so_and_goes_on(project: Project, vault: Path) -> None:
    async with at_work(project, files(vault, TALK)) as pilot:
        assert "is not installed" in screen_text(pilot)


async def test_every_answer_has_its_key(project: Project, vault: Path) -> None:
    """In the order of the queue: Mirela, Okonjo, Brumleby, the date, the age."""
    named = files(vault, TALK)
    async with at_work(project, named) as pilot:
        order = [one.text for one in named.review.queue]
        assert order == ["Mirela", "Okonjo", "3 March 2019", "34 years old", "Brumleby"]
        offered = named.review.suggestion(named.review.queue[0]).replacement
        await press(pilot, "enter")
        assert entry(named, "Mirela") == (Action.REPLACE, offered)
        await press(pilot, "r")
        assert entry(named, "Okonjo") == (Action.REDACT, "[person]")
        await press(pilot, "g")
        assert "may stay?" in screen_text(pilot)
        await press(pilot, "2")
        assert entry(named, "3 March 2019") == (Action.REDACT, "[2019]")
        await press(pilot, "s")
        assert entry(named, "34 years old") is None
        await press(pilot, "k")
        assert entry(named, "Brumleby") == (Action.KEEP, "")
        await press(pilot, "e", *["backspace"] * 8)
        await type_words(pilot, "grown up")
        await press(pilot, "enter")
        assert entry(named, "34 years old") == (Action.REPLACE, "grown up")
        assert "Text 1 of 1" in screen_text(pilot), "everything is decided: the reading begins"
    kept = {one["original"] for one in json.loads(vault.read_text())["entries"]}
    assert kept == set(order), "every answer is in the vault, and the study has none"
    assert project.transcripts() == ()


async def test_y_is_enter_and_u_takes_back(project: Project, vault: Path) -> None:
    named = files(vault, TALK)
    async with at_work(project, named) as pilot:
        await press(pilot, "y", "k")
        assert len(named.review.undecided) == 3
        await press(pilot, "u", "u")
        assert len(named.review.undecided) == 5
        await press(pilot, "u")
        assert "nothing of this session to undo" in screen_text(pilot)


async def test_keys_typed_in_one_go_each_answer_for_their_own_string(project: Project, vault: Path) -> None:
    named = files(vault, TALK)
    async with at_work(project, named) as pilot:
        await pilot.press("enter", "k", "r", "enter")
        await pilot.pause()
        made = [entry(named, text) for text in ("Okonjo", "3 March 2019", "34 years old")]
    assert made == [(Action.KEEP, ""), (Action.REDACT, "[date]"), (Action.REDACT, "[30s]")]


async def test_the_arrows_go_to_any_string_and_its_answer_can_be_changed(project: Project, vault: Path) -> None:
    named = files(vault, TALK)
    async with at_work(project, named) as pilot:
        await press(pilot, "k", "down", "pagedown", "pageup", "up", "r")
        assert entry(named, "Mirela") == (Action.REDACT, "[person]")


async def test_what_is_no_date_has_no_less_exact_form(project: Project, vault: Path) -> None:
    named = files(vault, TALK)
    async with at_work(project, named) as pilot:
        await press(pilot, "g")
        assert len(named.review.undecided) == 5


async def test_the_text_is_read_with_what_is_left_and_then_imported(project: Project, vault: Path) -> None:
    named = files(vault, TALK, OTHER)
    async with at_work(project, named) as pilot:
        await take_all(pilot, named)
        page = " ".join(screen_text(pilot).split())
        assert "Text 1 of 2" in page
        assert "okonjohaus" in page
        assert "still there" in page
        await press(pilot, "r")
        assert named.review.still_there() == ()
        assert "okonjohaus" not in screen_text(pilot)
        await press(pilot, "i")
        assert project.transcripts() == (), "not before it is read"
        await press(pilot, "space", "pageup", "down", "up", "n")
        assert "Text 2 of 2" in screen_text(pilot)
        await press(pilot, "n")
        assert "reviewed by one person" in screen_text(pilot)
        await press(pilot, "i")
        await sealed(pilot)
        assert "2 texts imported without names" in screen_text(pilot)
        assert "talk-1" in screen_text(pilot)
    assert [row.reviewers for row in project.transcripts()] == [1, 1]
    text = "".join(project.transcript(row.id).text for row in project.transcripts())
    assert not any(name in text.lower() for name in ("okonjo", "mirela", "brumleby"))


async def test_n_leaves_a_place_as_it_is(project: Project, vault: Path) -> None:
    named = files(vault, TALK)
    async with at_work(project, named) as pilot:
        await take_all(pilot, named)
        await press(pilot, "n")
        assert "Text 1 of 1" in screen_text(pilot)
        assert "you have read to" in screen_text(pilot)
        await press(pilot, "n")
        assert "Press i to import 1 text." in screen_text(pilot)


async def test_a_reader_adds_what_only_a_reader_sees(project: Project, vault: Path) -> None:
    named = files(vault, TALK)
    async with at_work(project, named) as pilot:
        await take_all(pilot, named)
        await press(pilot, "n", "n", "a")
        await type_words(pilot, "nowhere at all")
        await press(pilot, "enter")
        assert "stands in none of the texts" in screen_text(pilot)
        await press(pilot, "a")
        await type_words(pilot, "call it")
        await press(pilot, "enter")
        assert "›call it‹" in screen_text(pilot)
        await press(pilot, "r")
        assert entry(named, "call it") == (Action.REDACT, "[detail]")
        assert "Text 1 of 1" in screen_text(pilot), "it is another text now, so it is read again"


async def test_tab_goes_to_the_strings_and_back(project: Project, vault: Path) -> None:
    named = files(vault, TALK)
    async with at_work(project, named) as pilot:
        await take_all(pilot, named)
        await press(pilot, "tab")
        assert "0 to decide" in screen_text(pilot)
        await press(pilot, "tab")
        assert "Text 1 of 1" in screen_text(pilot)


async def test_a_second_reader_goes_straight_to_the_text(project: Project, vault: Path) -> None:
    first = files(vault, OTHER)
    async with at_work(project, first) as pilot:
        await take_all(pilot, first)
        await press(pilot, "n", "escape")
        assert "answers so far are in the vault" in screen_text(pilot)
    second = files(vault, OTHER, reviewer="ben")
    async with at_work(project, second, names=()) as pilot:
        assert "Text 1 of 1" in screen_text(pilot)
        await press(pilot, "n", "i")
        await sealed(pilot)
    assert project.transcripts()[0].reviewers == 2


async def test_files_are_written_where_they_are_wanted(project: Project, vault: Path, tmp_path: Path) -> None:
    named = files(vault, OTHER, to=tmp_path / "out")
    async with at_work(project, named) as pilot:
        await take_all(pilot, named)
        await press(pilot, "n")
        assert "Press i to write 1 text." in screen_text(pilot)
        await press(pilot, "i")
        await sealed(pilot)
    assert "Okonjo" not in (tmp_path / "out" / "talk-1.txt").read_text()
    assert project.transcripts() == ()


async def test_a_pseudonym_that_is_a_word_of_the_text_is_doubted(project: Project, vault: Path) -> None:
    named = files(vault, TALK)
    async with at_work(project, named) as pilot:
        await press(pilot, "e", *["backspace"] * 12)
        await type_words(pilot, "With")
        await press(pilot, "enter")
        assert "is a word of these texts" in screen_text(pilot)


async def test_escape_stops_the_looking_and_leaves_nothing(
    project: Project, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, may_go, ended = threading.Event(), threading.Event(), []

    def slow(drafts: Sequence[object], told: object) -> list[tuple[Entity, ...]]:
        assert callable(told)
        told(1)
        begun.set()
        may_go.wait(60)
        try:
            told(2)
        except Exception:
            ended.append("stopped")
            raise
        return [() for _ in drafts]

    monkeypatch.setattr(deidentify_looking, "look", slow)
    app = Workbench(project, screen="deidentify", files=files(vault, TALK, OTHER, HOSTILE))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, "escape")
        while not begun.is_set():
            await pilot.pause(0.01)
        await pilot.pause()
        assert "Looking for names: 2 of 3 texts." in screen_text(pilot)
        await press(pilot, "escape")
        assert not isinstance(app.screen, Deidentify)
        may_go.set()
        await until(pilot, lambda: ended)
    assert ended == ["stopped"]
    assert not vault.exists()
    assert project.transcripts() == ()


async def at_the_end(pilot: Pilot[None], named: NamedFiles) -> None:
    """Everything is answered and read."""
    await take_all(pilot, named)
    while not all(named.review.has_read(n) for n in range(len(named.review.drafts))):
        await press(pilot, "n")


async def test_escape_stops_the_sealing_and_leaves_nothing(
    project: Project, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, may_go = threading.Event(), threading.Event()
    wait = deidentify_sealing.prepare

    def slow(review: Review, ending: Ending, *, tell: Tell | None = None) -> Prepared:
        def told(number: int, name: str) -> None:
            assert tell is not None
            tell(number, name)
            begun.set()
            may_go.wait(60)

        return wait(review, ending, tell=told)

    monkeypatch.setattr(deidentify_sealing, "prepare", slow)
    named = files(vault, OTHER, TALK)
    async with at_work(project, named) as pilot:
        await at_the_end(pilot, named)
        journal = (project.folder / "study.db-wal").read_bytes()
        await press(pilot, "i")
        while not begun.is_set():
            await pilot.pause(0.01)
        await pilot.pause()
        assert "Names are taken out: 1 of 2 files. Escape stops it" in screen_text(pilot)
        await press(pilot, "u", "tab", "i", "escape")
        may_go.set()
        await until(pilot, lambda: "Stopped; nothing was imported." in screen_text(pilot))
        page = screen_text(pilot)
        assert "Press i to import 2 texts." in page
        assert project.transcripts() == ()
        assert (project.folder / "study.db-wal").read_bytes() == journal
        assert not list((project.folder / "backups").glob("*before-import*"))
        await press(pilot, "i")
        await sealed(pilot)
    assert len(project.transcripts()) == 2


async def test_a_batch_that_can_not_go_in_is_told_and_leaves_nothing(project: Project, vault: Path) -> None:
    """Two files become the same text: the second one would be the first one twice."""
    named = files(vault, OTHER, OTHER.replace("Okonjo", "Mirela"))
    async with at_work(project, named, names=("Okonjo, , Mirela",)) as pilot:
        await at_the_end(pilot, named)
        await press(pilot, "i")
        await sealed(pilot)
        assert "talk-1.txt and talk-2.txt are the same text" in " ".join(screen_text(pilot).split())
        assert "Press i to import 2 texts." in screen_text(pilot)
    assert project.transcripts() == ()


async def test_a_name_in_the_name_of_a_text_is_pointed_at(project: Project, vault: Path) -> None:
    review = Review([ingest.read("Interview Zyx 2.txt", OTHER.encode())], VaultFile(vault), reviewer="ana")
    named = NamedFiles(review, Ending())
    async with at_work(project, named) as pilot:
        await take_all(pilot, named)
        assert "Should 'Zyx' be in its name? a adds it." in " ".join(screen_text(pilot).split())
        await press(pilot, "a")
        await type_words(pilot, "Zyx")
        await press(pilot, "enter")
        assert "in the file's name: Interview ›Zyx‹ 2" in screen_text(pilot)
        await press(pilot, "r")
        assert "be in its name" not in screen_text(pilot)
        assert named.review.after(0).draft.name == "Interview [detail] 2"


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_hostile_text_is_only_text(project: Project, vault: Path, size: tuple[int, int]) -> None:
    named = files(vault, HOSTILE)
    async with at_work(project, named, size) as pilot:
        pages = [screen_text(pilot)]
        for key in ("k", "space", "n", "n"):
            await press(pilot, key)
            pages.append(screen_text(pilot))
    for page in pages:
        assert not any(char in page for char in "\x1b\x07\x9b")
        assert len(page.splitlines()) <= size[1]


async def test_nobody_imports_into_a_study_that_is_open_elsewhere(project: Project, vault: Path) -> None:
    named = files(vault, OTHER)
    project.readonly_because = "ben has it open"
    async with at_work(project, named) as pilot:
        await take_all(pilot, named)
        await press(pilot, "n", "i")
        assert project.transcripts() == ()
        assert "reading only" in screen_text(pilot)


async def test_without_files_it_says_how_to_begin(project: Project) -> None:
    app = Workbench(project, screen="deidentify")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, "y", "k", "r", "e", "g", "s", "n", "a", "i", "u", "tab", "down", "pagedown")
        assert "qualbench deidentify FOLDER FILES" in screen_text(pilot)
