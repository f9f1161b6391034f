"""Before the names: files are looked at and answered as for a plain import, surveys too, and then de-identified."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from qualbench.model import Role, SegmentRule
from qualbench.project import Project
from qualbench.project.candidates import Candidate
from qualbench.project.deidentify.files import review_of
from qualbench.project.deidentify.sealing import Ending
from qualbench.project.deidentify.vault_file import VaultFile
from qualbench.steps.deidentify import language
from qualbench.steps.ingest import AS_FOUND
from qualbench.steps.ingest.profiles import Profile
from qualbench.tui.app import Workbench
from qualbench.tui.screens.deidentify import Deidentify
from qualbench.tui.screens.deidentify_files import COMMANDS, ReadsFiles
from qualbench.tui.screens.deidentify_looking import NamedFiles
from qualbench.tui.screens.home import Home
from tests.tui.conftest import SIZES, press, screen_text

TALK = "Interviewer: Where?\nMirela: In Brumleby.\nInterviewer: And?\nMirela: With Okonjo.\n"
SURVEY = """id,age,Where do you live?
Mirela,34,In Brumleby with Okonjo since then.
R_2kXy81aZqPq,35,Nowhere in particular now.
"""


@pytest.fixture(autouse=True)
def without_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(model: str) -> None:
        raise language.NoLanguageModel(model)

    monkeypatch.setattr(language, "_pipeline", missing)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "study", viewer="ana") as made:
        yield made


@pytest.fixture
def put(tmp_path: Path) -> Callable[..., list[Path]]:
    """Files by their names; the last part of a name is its suffix."""

    def written(**texts: str | bytes) -> list[Path]:
        paths = []
        for name, text in texts.items():
            path = tmp_path / name.replace("_", ".")
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
            paths.append(path)
        return paths

    return written


@asynccontextmanager
async def reading(
    project: Project, files: Sequence[Path], *, size: tuple[int, int] = (80, 24), profile: Profile | None = None
) -> AsyncIterator[Pilot[None]]:
    """Somebody who looks at the files of the command line."""

    def named(ready: Sequence[Candidate], rule: SegmentRule) -> NamedFiles:
        vault = VaultFile(project.folder.parent / "apart" / "vault.json", [project.folder])
        return NamedFiles(review_of(project, ready, vault, reviewer="ana"), Ending(rule))

    answers = profile.answers if profile else AS_FOUND
    screen = ReadsFiles(files, answers, SegmentRule.TURN, named, profile=profile)
    app = Workbench(project, screen="import", incoming=lambda: screen)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield pilot


async def to_the_names(pilot: Pilot[None]) -> Deidentify:
    """No name is known beforehand, and what was found is there."""
    await press(pilot, "escape")
    await pilot.app.workers.wait_for_complete([w for w in pilot.app.workers if w.group == "names"])
    await pilot.pause()
    assert isinstance(pilot.app.screen, Deidentify)
    return pilot.app.screen


async def to_the_end(pilot: Pilot[None], screen: Deidentify) -> None:
    """Every suggestion is taken, every text is read, and all goes in."""
    while screen._review.undecided:
        await press(pilot, "y")
    while not all(screen._review.has_read(n) for n in range(len(screen._review.drafts))):
        await press(pilot, "n")
    await press(pilot, "i")
    await pilot.app.workers.wait_for_complete([w for w in pilot.app.workers if w.group == "sealing"])
    await pilot.pause()


def test_nothing_here_writes_to_the_study() -> None:
    """A profile would keep speakers' labels, which are names."""
    assert not any(command.writes for command in COMMANDS)
    assert "import.save" not in {command.id for command in COMMANDS}


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_a_role_that_is_said_here_is_the_role_in_the_study(
    project: Project, put: Callable[..., list[Path]], size: tuple[int, int]
) -> None:
    async with reading(project, put(talk_txt=TALK), size=size) as pilot:
        page = screen_text(pilot)
        assert "1 of 1: talk.txt" in page
        assert "Take" in page
        assert "Seal" not in page
        await press(pilot, "down", "r", "s", "enter")
        assert project.transcripts() == ()
        screen = await to_the_names(pilot)
        await to_the_end(pilot, screen)
    (row,) = project.transcripts()
    roles = [one.role for one in project.transcript(row.id).speakers]
    assert roles == [Role.INTERVIEWER, tuple(Role)[(tuple(Role).index(Role.PARTICIPANT) + 1) % len(Role)]]


async def test_a_survey_is_asked_about_and_its_documents_go_on(
    project: Project, put: Callable[..., list[Path]]
) -> None:
    async with reading(project, put(talk_txt=TALK, answers_csv=SURVEY)) as pilot:
        await press(pilot, "enter")
        assert "What becomes a transcript?" in screen_text(pilot)
        await press(pilot, "1", "enter")
        screen = await to_the_names(pilot)
        assert "3 texts" in screen_text(pilot)
        await to_the_end(pilot, screen)
        assert "3 texts imported without names." in screen_text(pilot)
    assert len(project.transcripts()) == 3
    body = b"".join(path.read_bytes().lower() for path in project.folder.rglob("*") if path.is_file())
    assert b"mirela" not in body


async def test_an_encoding_is_chosen_here_too(project: Project, put: Callable[..., list[Path]]) -> None:
    async with reading(project, put(talk_txt=TALK.replace("Where", "Où").encode("cp1252"))) as pilot:
        assert "is not UTF-8" in screen_text(pilot)
        await press(pilot, "enter", "enter")
        screen = await to_the_names(pilot)
        assert "Où?" in screen._review.drafts[0].text


async def test_files_that_are_alike_are_taken_at_once_and_one_twice_is_told(
    project: Project, put: Callable[..., list[Path]]
) -> None:
    texts = [TALK, TALK.replace("And?", "So?"), TALK]
    async with reading(project, put(**{f"talk{n}_txt": text for n, text in enumerate(texts)})) as pilot:
        await press(pilot, "A")
        assert "the same file is already" in " ".join(screen_text(pilot).split())
        await press(pilot, "enter")
        assert "can not be read as it is" in screen_text(pilot)
        await press(pilot, "n")
        screen = await to_the_names(pilot)
        assert len(screen._review.drafts) == 2


async def test_by_a_profile_all_go_on_up_to_one_that_is_not_like_it(
    project: Project, put: Callable[..., list[Path]]
) -> None:
    from qualbench.steps import ingest
    from qualbench.steps.ingest.profiles import profile_of

    profile = profile_of("ours", ingest.read("a.txt", TALK.encode()), AS_FOUND)
    texts = [TALK, TALK.replace("And?", "So?"), TALK.replace("Mirela", "Someone")]
    files = put(**{f"talk{n}_txt": text for n, text in enumerate(texts)})
    async with reading(project, files, profile=profile) as pilot:
        page = " ".join(screen_text(pilot).split())
        assert "3 of 3: talk2.txt" in page
        assert "The profile does not know 'Someone'" in page
        assert "2 files taken." in page
        await press(pilot, "enter")
        assert len((await to_the_names(pilot))._review.drafts) == 3


async def test_escape_and_skipping_everything_leave_nothing(project: Project, put: Callable[..., list[Path]]) -> None:
    files = put(talk_txt=TALK, other_txt=TALK.replace("And?", "So?"))
    async with reading(project, files) as pilot:
        await press(pilot, "enter", "escape")
        assert "nothing is kept of the files so far" in " ".join(screen_text(pilot).split())
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, Home)
    async with reading(project, files) as pilot:
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, Home), "nothing was done that could be lost"
    async with reading(project, files) as pilot:
        await press(pilot, "n", "n")
        assert "nothing to de-identify" in screen_text(pilot)
        assert isinstance(pilot.app.screen, Home)
    assert project.transcripts() == ()
    assert not (project.folder.parent / "apart").exists()


async def test_nothing_waits_for_a_file_that_is_not_there(project: Project, tmp_path: Path) -> None:
    async with reading(project, [tmp_path / "none.txt"]) as pilot:
        assert "can not be read" in screen_text(pilot)
        await press(pilot, "enter", "A", "r", "v", "s", "n")
        assert isinstance(pilot.app.screen, Home)
