"""The pictures of the docs, made from the real screens of the demo study: run by `make docs`.

Same study, same size, same theme, so that a picture changes only when a screen does.
"""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from collections.abc import Sequence
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
            drawn = asyncio.run(_drawn(study, screen, keys))
            (FOLDER / f"{name}.svg").write_text(FONTS.sub("", drawn), encoding="utf-8")


def _own_home(place: Path) -> None:
    """Neither a person's own keys nor their terminal's wishes show in a picture."""
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
        os.environ[name] = str(place)
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    for name in ("NO_COLOR", "TEXTUAL_THEME"):
        os.environ.pop(name, None)


async def _drawn(study: Path, screen: str, keys: Sequence[str]) -> str:
    from qualbench.project import Project
    from qualbench.tui.app import Workbench

    with Project.open(study, "ana", write=True) as project:
        app = Workbench(project, screen=screen)
        async with app.run_test(size=SIZE) as pilot:
            app.theme = THEME
            await app.workers.wait_for_complete()
            await pilot.press(*keys)
            await pilot.pause()
            return app.export_screenshot(title=f"Qualbench: {screen}", simplify=True)


if __name__ == "__main__":
    main()
