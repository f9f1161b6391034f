"""The screens as they were looked at and found good: golden pictures in plain text.

`make snapshots` writes them anew; a change of a picture is read in review like any other change.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from qualbench.project import Project
from qualbench.steps.deidentify import language
from tests.tui.conftest import Person, press, screen_text
from tests.tui.pictured import MOMENTS

GOLDEN = Path(__file__).parent / "golden"
PLACES: dict[str, tuple[str, tuple[str, ...]]] = {
    "home": ("home", ()),
    "coding": ("coding", ()),
    "coding-coded": ("coding", ("g", "j", "j", "j")),
    "coding-palette": ("coding", ("c", "r", "e", "a", "d", "i")),
    "coding-memo": ("coding", ("m",)),
    "coding-submit": ("coding", ("s",)),
    "coding-help": ("coding", ("question_mark",)),
    "agreement": ("agreement", ("j", "j")),
    "agreement-limits": ("agreement", ("2",)),
    "agreement-causes": ("agreement", ("3",)),
    "agreement-confusion": ("agreement", ("4",)),
    "agreement-trend": ("agreement", ("5",)),
    "agreement-explained": ("agreement", ("e",)),
    "consensus": ("consensus", ()),
    "consensus-decided": ("consensus", ("k", "k")),
    "consensus-reason": ("consensus", ("a", "2")),
    "themes": ("themes", ("j",)),
    "themes-gather": ("themes", ("j", "g")),
    "consensus-agenda": ("consensus", ("l",)),
    "consensus-outcomes": ("consensus", ("y",)),
    "method": ("method", ()),
    "cycle": ("cycle", ()),
    "cqr": ("cqr", ()),
    "types": ("types", ()),
    "checks": ("checks", ()),
    "trail": ("trail", ()),
}


@pytest.mark.parametrize("size", [(80, 24), (140, 45)], ids=["80x24", "140x45"])
@pytest.mark.parametrize("picture", PLACES)
async def test_the_screen_is_as_it_was_looked_at(
    demo: Project, person: Person, picture: str, size: tuple[int, int]
) -> None:
    screen, keys = PLACES[picture]
    async with person(demo, screen=screen, size=size) as pilot:
        await press(pilot, *keys)
        text = _steady(screen_text(pilot))
    _hold_against(picture, size, text)


@pytest.mark.parametrize("size", [(80, 24), (140, 45)], ids=["80x24", "140x45"])
@pytest.mark.parametrize("picture", MOMENTS)
async def test_the_moment_is_as_it_was_looked_at(
    demo: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, picture: str, size: tuple[int, int]
) -> None:
    def missing(model: str) -> None:
        raise language.NoLanguageModel(model)

    monkeypatch.setattr(language, "_pipeline", missing)
    start, keys = MOMENTS[picture]
    app = start(demo, tmp_path)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await press(pilot, *keys)
        await app.workers.wait_for_complete([worker for worker in app.workers if worker.group == "names"])
        await pilot.pause()
        text = _steady(screen_text(pilot))
    _hold_against(picture, size, text)


def _hold_against(picture: str, size: tuple[int, int], text: str) -> None:
    golden = GOLDEN / f"{picture}-{size[0]}x{size[1]}.txt"
    if os.environ.get("QUALBENCH_ACCEPT"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text + "\n")
    assert text + "\n" == golden.read_text()


def _steady(text: str) -> str:
    """Without the scrollbar's cells and trailing blanks, which say nothing."""
    return "\n".join(re.sub(r"[▁▂▃▄▅▆▇█ ]+$", "", line) for line in text.split("\n"))
