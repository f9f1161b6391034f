"""The pictures of the docs, made from the real screens of the demo study: run by `make docs`.

Same study, same size, same theme, so that a picture changes only when a screen does.
"""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

SIZE = (100, 30)
THEME = "textual-dark"
FOLDER = Path(__file__).parent / "pictures"
SHOTS: Sequence[tuple[str, str, tuple[str, ...]]] = (
    ("home", "home", ()),
    ("coding", "coding", ("k", "k")),
    ("palette", "coding", ("c", "t", "r")),
    ("agreement", "agreement", ("j", "j")),
    ("consensus", "consensus", ()),
    ("themes", "themes", ()),
    ("agenda", "consensus", ("l",)),
    ("outcomes", "consensus", ("y",)),
    ("method", "method", ()),
    ("weeks", "cycle", ()),
    ("cases", "cqr", ()),
    ("types", "types", ()),
    ("checks", "checks", ()),
    ("trail", "trail", ()),
    ("hub", "hub", ("j", "j")),
)
"""The picture, the screen it begins on, and the keys pressed before it is taken."""

FONTS = re.compile(r"\s*@font-face\s*\{[^}]*\}")
"""Blocks that would fetch a font from elsewhere when a picture is looked at."""


def main() -> None:
    """Write every picture."""
    with tempfile.TemporaryDirectory() as place:
        _own_home(Path(place))
        from qualbench.project.demo import build

        study = Path(place) / "demo"
        build(study)
        FOLDER.mkdir(exist_ok=True)
        for name, screen, keys in SHOTS:
            if name == "hub":
                _put_on_hub(study)
            drawn = asyncio.run(_drawn(study, screen, keys))
            (FOLDER / f"{name}.svg").write_text(FONTS.sub("", drawn), encoding="utf-8")


def _own_home(place: Path) -> None:
    """Neither a person's own keys nor their terminal's wishes show in a picture."""
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
        os.environ[name] = str(place)
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    for name in ("NO_COLOR", "TEXTUAL_THEME"):
        os.environ.pop(name, None)


def _put_on_hub(study: Path) -> None:
    """The demo study as a team has it whose lead has opened two transcripts: the last picture is of its hub."""
    from qualbench.events import TranscriptOpened, seal
    from qualbench.project import Project
    from qualbench.store import database, syncing

    at = datetime.now().astimezone().replace(hour=10, minute=31, second=0, microsecond=0).isoformat()
    with Project.open(study, "ana", write=True) as project:
        coded: dict[tuple[str, str], list[str]] = {}
        for one in project.passes():
            coded.setdefault((one.transcript, one.round), []).append(one.id)
        places = [place for place in coded if len(coded[place]) > 1]
        project._record([
            TranscriptOpened(transcript=place[0], round=place[1], passes=coded[place], reason=seal(""))
            for place in places[:2]
        ])  # fmt: skip
        with database.transaction(project._db):
            syncing.keep_state(project._db, syncing.State("ana", "ana", True, "", "", at, given=2**62))
            for place in places[2:4]:
                syncing.keep_sealed(project._db, *place)
    (study / "qualbench.toml").write_text('[hub]\nurl = "postgresql://ana@hub.example.org/shelter"\n', "utf-8")


async def _drawn(study: Path, screen: str, keys: Sequence[str]) -> str:
    from qualbench.project import Project
    from qualbench.project.courier import News, Touch
    from qualbench.tui.app import Workbench

    class Picture(Workbench):
        """The program with a hub that nobody need reach."""

        hub_news = News(Touch.IN_TOUCH)

        def _keep_in_touch(self) -> None:
            """Nobody is out there."""

    with Project.open(study, "ana", write=True) as project:
        app = Picture(project, screen=screen)
        async with app.run_test(size=SIZE) as pilot:
            app.theme = THEME
            await app.workers.wait_for_complete()
            await pilot.press(*keys)
            await pilot.pause()
            return app.export_screenshot(title=f"Qualbench: {screen}", simplify=True)


if __name__ == "__main__":
    main()
