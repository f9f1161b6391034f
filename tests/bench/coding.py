"""The coding screen in a study late in its life, through a real terminal: every key, small and wide, dark and light.

A figure is clean when the time that the program stood in the run queue is taken out: other programs' share.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from qualbench.project import Project
from tests.bench.rows import QUALBENCH, Bench, Row, percentile
from tests.bench.starting import HOME
from tests.bench.terminal import Pressed, Terminal

KEY, JUMP, MEMORY = 16, 50, 400
"""Limits: milliseconds of a key, milliseconds of a jump or a resize, megabytes."""

SIZES = ((80, 24), (200, 60))


class Keys(NamedTuple):
    """One key, pressed many times."""

    label: str
    key: str
    share: float
    """Of the repeats: slower keys are pressed less often."""
    before: str = ""
    """A key that is pressed first, without being measured."""
    limit: int = KEY
    back: str = ""
    """A key that is pressed every other time instead, and measured too."""


CODE = Keys("1, a recent code", "1", 0.8, "\t")
SERIES = (
    CODE,
    Keys("n, nothing applies", "n", 0.4, "\t"),
    Keys("u, undo", "u", 0.2),
    Keys("j", "j", 0.8),
    Keys("PageDown", "\x1b[6~", 0.8),
    Keys("Home and End", "\x1b[H", 0.4, limit=JUMP, back="\x1b[F"),
)
FEW = (CODE, Keys("j", "j", 0.6), Keys("PageDown", "\x1b[6~", 0.6))

_BARE = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    def compose(self):
        yield Static("Next: ")
Bare().run()
"""

_ALONE = """
import sys
from pathlib import Path
from textual.screen import Screen
from qualbench.project import Project
from qualbench.tui import app
app.Home = Screen
with Project.open(Path(sys.argv[1]), "ana") as project:
    app.Workbench(project, screen="coding", transcript="big").run()
"""


def measure(bench: Bench, study: Path, where: str) -> Iterator[Row]:
    """Open the study, then both transcripts that are half coded; the big one in every size and theme."""
    sizes = bench.sizes
    opening = f"open a study of {sizes.codings:,} codings, home screen, first frame"
    with Terminal(QUALBENCH, "open", study) as terminal:
        seen = terminal.until(HOME, 200)
        if seen is None:
            yield Row(opening, None, "ms", 300, note="not there after 200 s; keys were not measured")
            return
        yield Row(opening, (seen - terminal.started) * 1e3, "ms", 300, note=f"one run, {where}, files in the cache")
        terminal.quiet(0.5)
        home = f"of it {terminal.peak_megabytes() or 0:.0f} MB before the coding screen was opened"
        yield _screen(terminal, "\r", sizes.big)
        yield from _every_look(bench, terminal, where)
        terminal.press("t")
        yield _screen(terminal, "middle\r", sizes.middle)
        for keys in FEW:
            yield _series(bench, terminal, keys, f"{sizes.middle:,} segments, 200x60 dark", where)
        name = f"memory of the screens, {sizes.codings:,} codings"
        yield Row(name, terminal.peak_megabytes(), "MB", MEMORY, note=f"peak, after all the keys above; {home}")
    yield from _alone(bench, study)
    yield asyncio.run(_pilot(bench, study, sizes.big))


def _screen(terminal: Terminal, key: str, segments: int) -> Row:
    name = f"coding screen of {segments:,} segments, first frame"
    start = terminal.send(key)
    seen = terminal.until(rf"\d/{segments}  ", 60)
    terminal.quiet(1.5)  # the collector takes its pause half a second after the last key
    value = (seen - start) * 1e3 if seen else None
    return Row(name, value, "ms", 300, note="from the key on the screen before")


def _every_look(bench: Bench, terminal: Terminal, where: str) -> Iterator[Row]:
    """Both sizes and both themes, in one session; it ends as it began, dark, but wide."""
    for columns, lines in SIZES:
        terminal.resize(columns, lines)
        terminal.quiet(1.0)
        for theme in ("dark", "light"):
            look = f"{bench.sizes.big:,} segments, {columns}x{lines} {theme}"
            for keys in SERIES:
                yield _series(bench, terminal, keys, look, where)
            if theme == "light":
                yield _resizes(bench, terminal, columns, lines, look)
            terminal.press("\x14")
            terminal.quiet(0.8)


def _series(bench: Bench, terminal: Terminal, keys: Keys, look: str, where: str) -> Row:
    name = f"key {keys.label}, {look}, p99"
    try:
        pressed = _pressed(bench, terminal, keys)
    except RuntimeError as error:
        return Row(name, None, "ms", keys.limit, note=str(error))
    if not pressed:
        return Row(name, None, "ms", keys.limit, note="not measured: the time was used up")
    return Row(name, percentile([one.clean for one in pressed], 0.99), "ms", keys.limit, note=_note(pressed, where))


def _note(pressed: Sequence[Pressed], where: str) -> str:
    clean, wall = [one.clean for one in pressed], [one.first for one in pressed]
    return (
        f"{where}, {len(pressed)} times; clean p50 {percentile(clean, 0.5):.1f}, "
        f"wall p50 {percentile(wall, 0.5):.1f} p99 {percentile(wall, 0.99):.1f}, "
        f"last frame p99 {percentile([one.settled for one in pressed], 0.99):.1f}"
    )


def _pressed(bench: Bench, terminal: Terminal, keys: Keys) -> list[Pressed]:
    """A key has 15 seconds for all its presses; when the run is late, two."""
    pressed: list[Pressed] = []
    start = time.perf_counter()
    for number in range(max(3, int(bench.sizes.repeats * keys.share))):
        most = 15 if bench.time_left > 0 else 2 if bench.time_left > -60 else 0
        if time.perf_counter() - start > most:
            break
        if keys.before:
            terminal.press(keys.before)
        pressed.append(terminal.press(keys.back if keys.back and number % 2 else keys.key))
    return pressed


def _resizes(bench: Bench, terminal: Terminal, columns: int, lines: int, look: str) -> Row:
    """Narrower and back again; the same of an app that shows two words is Textual's own part."""
    times = max(4, bench.sizes.repeats // 10)
    pressed = _resized(terminal, columns, lines, times)
    with Terminal(sys.executable, "-c", _BARE, columns=columns, lines=lines) as bare:
        bare.until("Next: ", 30)
        bare.quiet(0.5)
        own = percentile([one.clean for one in _resized(bare, columns, lines, times)], 0.5)
    name = f"resize, {look}, p99"
    value = percentile([one.clean for one in pressed], 0.99)
    return Row(name, value, "ms", JUMP, "Textual alone", own, _note(pressed, "all rows wrapped anew"))


def _resized(terminal: Terminal, columns: int, lines: int, times: int) -> list[Pressed]:
    pressed = []
    for number in range(2 * times):
        pressed.append(terminal.resize(columns - 7 * (number % 2 == 0), lines))
        terminal.quiet(0.2)
    return pressed


def _alone(bench: Bench, study: Path) -> Iterator[Row]:
    """The memory of the coding screen by itself, in a process that showed nothing else."""
    with Terminal(sys.executable, "-c", _ALONE, study, columns=200, lines=60) as terminal:
        seen = terminal.until(rf"\d/{bench.sizes.big}  ", 60)
        if seen is not None:
            terminal.quiet(1.0)
            for keys in ("\x1b[F", "\x1b[H", *["\x1b[6~"] * 30):
                terminal.press(keys)
        value = terminal.peak_megabytes() if seen else None
        name = f"memory of the coding screen alone, {bench.sizes.big:,} segments"
        yield Row(name, value, "MB", MEMORY, note="peak, in a process without the home screen; jumps and 30 pages")


async def _pilot(bench: Bench, study: Path, segments: int) -> Row:
    """The code key without a terminal: processor time from the press until the screen rests, drawing included."""
    from qualbench.tui.app import Workbench

    times = []
    with Project.open(study, "ana", write=True) as project:
        app = Workbench(project, screen="coding", transcript="big")
        async with app.run_test(size=(200, 60)) as pilot:
            await pilot.pause(1.0)
            for _ in range(max(5, bench.sizes.repeats // 2)):
                await pilot.press("tab")
                await pilot.pause()
                start = time.process_time()
                await pilot.press("1")
                times.append((time.process_time() - start) * 1e3)
    note = f"200x60, processor time of all threads; p50 {percentile(times, 0.5):.1f} ms, {len(times)} times"
    return Row(f"code key through Pilot, {segments:,} segments, p99", percentile(times, 0.99), "ms", KEY, note=note)
