"""Every screen of a study one after the other in one program, for tests that look at the bytes a terminal gets.

python -m tests.tui.visiting FOLDER PERSON LIST opens each screen, presses some keys on it, and writes into a file by
its name that it was there.
"""

from __future__ import annotations

import sys
from pathlib import Path

from textual.worker import Worker

from qualbench.project import Project
from qualbench.tui.app import SCREENS, Workbench
from tests.tui.resting import wait_by_rest

EVERY = ("coding", *SCREENS, "import", "deidentify")
KEYS = ("j", "tab", "j", "pagedown", "question_mark", "escape")
_GIVEN = {"code": "HOPE", "case": "P1", "query": "word", "on": "", "about": "", "domain": "HOPE", "checklist": "coreq"}


class Visit(Workbench):
    """The program with a person who goes everywhere."""

    visited: Path

    def on_mount(self) -> None:
        super().on_mount()
        self.call_after_refresh(self._begin)

    def _begin(self) -> Worker[None]:
        return self.run_worker(self._go_everywhere(), exit_on_error=True)

    async def _go_everywhere(self) -> None:
        from textual.pilot import Pilot

        pilot = Pilot(self)
        for name in EVERY:
            self.show_step(name, **_given(name))
            await pilot.pause()
            if len(self.screen_stack) > 2:
                with self.visited.open("a") as listed:
                    listed.write(f"{name}\n")
            for key in KEYS:
                await pilot.press(key)
                await pilot.pause()
            while len(self.screen_stack) > 2:
                self.pop_screen()
            await pilot.pause()
        self.exit()


def _given(name: str) -> dict[str, str]:
    wanted = SCREENS[name][1] if name in SCREENS else ()
    return {one: _GIVEN[one] for one in wanted if one in _GIVEN}


if __name__ == "__main__":
    wait_by_rest()
    with Project.open(Path(sys.argv[1]), sys.argv[2], write=True) as project:
        visit = Visit(project)
        visit.visited = Path(sys.argv[3])
        visit.run()
