"""A consensus decision in a big study, and what it costs to see the agreement again: in the program, and on screen."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from functools import partial
from statistics import median

from qualbench.model import Item, Outcome, Reason
from qualbench.project import Project
from qualbench.tui.app import Workbench
from qualbench.tui.screens.agreement import Agreement
from tests.bench.rows import Row, timed

TIMES = 3


def measure(project: Project) -> Iterator[Row]:
    """The figures for the first time, then decisions with the figures after them, then the screen after them."""
    first, run = timed(project.agreement)
    items = project.items()
    size = f"{run.units:,} segments x 2 coders"
    yield Row(f"agreement of a study just opened, {size}", first, "s", note="Project.agreement, all units read")
    spent = [timed(partial(_decided, project, item))[0] * 1e3 for item in items[:TIMES]]
    note = f"Project.decide and Project.agreement, {TIMES} times, slowest {max(spent):.0f} ms"
    yield Row(f"agreement after one decision, {size}", median(spent), "ms", 50, note=note)
    shown = asyncio.run(_on_screen(project, items[TIMES : 2 * TIMES]))
    note = f"the screen read again and laid out, in its own process, {TIMES} times, slowest {max(shown):.0f} ms"
    yield Row(f"dashboard after one decision, {size}", median(shown), "ms", 50, note=note)


def _decided(project: Project, item: Item) -> None:
    project.decide(item, Outcome.FIRST, reason=Reason.SLIP)
    project.agreement()


async def _on_screen(project: Project, items: Sequence[Item]) -> list[float]:
    """Milliseconds in which the agreement screen shows itself again, after a decision on each item."""
    app = Workbench(project, screen="agreement")
    spent = []
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, Agreement)
        for item in items:
            project.decide(item, Outcome.FIRST, reason=Reason.SLIP)
            spent.append(timed(screen.read_again)[0] * 1e3)
            await pilot.pause()
    return spent
