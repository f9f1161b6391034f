"""Whatever the speed of the typing, the palette applies the code that was meant and never another one."""

import asyncio
import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from qualbench.model import Code, Codebook
from qualbench.tui.widgets.palette import CodePalette, Entry, entries_of, route
from qualbench.tui.widgets.transcript import Row, TranscriptView

CODES = {
    "Access / Transport": "transp",
    "Access / Waiting times": "waitt",
    "Care / Family": "family",
    "Care / Neighbours": "neigh",
    "Challenges and risks / Readiness": "readi",
    "Challenges and risks / Trade-offs": "tradeoff",
    "Emotions / Fear [of loss]": "fear [",
    "Emotions / Joy": "joy",
    "Housing / Barrier": "housbar",
    "Housing / Support": "support",
    "Identity / Language": "idlang",
    "Money / Debt": "debt",
    "School / Teachers": "teach",
    "Work / Night shift": "night s",
}
"""Each code with the letters that a coder would type for it."""
TYPED = list(CODES.values())
BOOK = tuple(
    Entry(f"C{n:02}", label, f"brief {n}", f"use {n}", f"not {n}", f"near {n}") for n, label in enumerate(CODES)
)


class Bench(App[None]):
    """A coding screen in small: the view, the palette over it, and commands that would do harm if keys strayed."""

    CSS = "Screen { layers: base palette; }"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "code"),
        Binding("j,down", "go(1)"),
        Binding("n", "harm"),
        Binding("s", "harm"),
        Binding("escape", "harm"),
        Binding("enter", "harm"),
        Binding("g", "first"),
    ]

    def __init__(self, out: str = "") -> None:
        super().__init__()
        self.out = out
        self.applied: list[tuple[int, str]] = []
        self.picked: list[str] = []
        self.harm = self.closed = 0
        self.recent: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        yield TranscriptView()
        yield CodePalette()

    def on_mount(self) -> None:
        view = self.query_one(TranscriptView)
        view.load([Row(0, 0, f"Segment {n}", "P07", True, True) for n in range(100)])
        view.focus()
        if self.out:
            self.call_after_refresh(self.say, "ready")

    def say(self, line: str) -> None:
        with open(self.out, "a") as file:
            file.write(line + "\n")

    def on_key(self, event: events.Key) -> None:
        route(self, event)

    def on_paste(self, event: events.Paste) -> None:
        route(self, event)

    def action_go(self, steps: int) -> None:
        self.query_one(TranscriptView).move(steps)

    def action_first(self) -> None:
        self.query_one(TranscriptView).to_first()

    def action_harm(self) -> None:
        self.harm += 1
        if self.out:
            self.say("harm")

    def action_code(self) -> None:
        self.query_one(CodePalette).open(BOOK, self.recent, ["C03"], then=self.apply)

    def apply(self, code_id: str) -> None:
        segment = self.query_one(TranscriptView).cursor
        self.applied.append((segment, code_id))
        if self.out:
            self.say(f"{segment} {code_id}")

    def on_code_palette_picked(self, message: CodePalette.Picked) -> None:
        self.picked.append(message.code_id)

    def on_code_palette_closed(self) -> None:
        self.closed += 1


def screen_text(app: App[None]) -> str:
    return "\n".join("".join(piece.text for piece in line) for line in app.screen._compositor.render_strips())


# --- through a real terminal --------------------------------------------------------------------------------------


class Terminal:
    """A child process with a terminal of its own; what it applied is read from a file."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.out.touch()
        self.seen = 0
        self.master, child = pty.openpty()
        fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, __file__, str(out)],
            stdin=child, stdout=child, stderr=child, start_new_session=True,
            env={**os.environ, "TERM": "xterm-256color", "PYTHONPATH": str(Path(__file__).parents[2])},
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )  # fmt: skip
        os.close(child)

    def write(self, data: bytes) -> None:
        os.write(self.master, data)

    def lines(self, count: int, limit: float = 90) -> list[str]:
        """Wait until so many new lines were written; give back what there is after `limit` seconds."""
        end = time.monotonic() + limit
        while time.monotonic() < end:
            if select.select([self.master], [], [], 0.01)[0]:
                os.read(self.master, 1 << 16)
            lines = self.out.read_text().splitlines()[self.seen :]
            if len(lines) >= count:
                break
        self.seen += len(lines)
        return lines

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.master)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    running = Terminal(tmp_path_factory.mktemp("terminal") / "out")
    assert running.lines(1) == ["ready"]
    yield running
    running.close()


@pytest.fixture
def terminal(running: Terminal) -> Terminal:
    """The running program with its cursor on the first segment."""
    running.write(b"g")
    return running


def test_keys_written_at_once_pick_the_code_that_was_meant(terminal: Terminal) -> None:
    for number, letters in enumerate(TYPED):
        terminal.write(b"c" + letters.encode() + b"\r")
        assert terminal.lines(1) == [f"0 C{number:02}"]


def test_keys_with_short_pauses_pick_the_code_that_was_meant(terminal: Terminal) -> None:
    for number, letters in enumerate(TYPED):
        for key in b"c" + letters.encode() + b"\r":
            terminal.write(bytes([key]))
            time.sleep(0.002)
        assert terminal.lines(1) == [f"0 C{number:02}"]


def test_a_whole_row_of_codings_written_at_once_lands_where_it_was_meant(terminal: Terminal) -> None:
    terminal.write(b"".join(b"c" + letters.encode() + b"\rj" for letters in TYPED))
    assert terminal.lines(len(TYPED)) == [f"{n} C{n:02}" for n in range(len(TYPED))]


def test_a_pasted_name_only_fills_the_query(terminal: Terminal) -> None:
    terminal.write(b"c\x1b[200~night\nshift\n\x1b[201~")
    assert terminal.lines(1, 0.4) == []
    terminal.write(b"\r")
    assert terminal.lines(1) == ["0 C13"]


def test_a_paste_and_enter_in_one_write_pick_the_code_that_was_meant(terminal: Terminal) -> None:
    terminal.write(b"c\x1b[200~debt\x1b[201~\r")
    assert terminal.lines(1) == ["0 C11"]


# --- in one process -----------------------------------------------------------------------------------------------


async def test_letters_go_to_the_query_and_not_to_the_commands() -> None:
    app = Bench()
    async with app.run_test() as pilot:
        palette = app.query_one(CodePalette)
        await pilot.press("c", "n", "s", "j", "space", "x", "backspace")
        assert palette.asked == "nsj "
        await pilot.press("ctrl+w")
        assert (palette.asked, app.harm, app.query_one(TranscriptView).cursor) == ("", 0, 0)


async def test_escape_closes_and_picks_nothing() -> None:
    app = Bench()
    async with app.run_test() as pilot:
        await pilot.press("c", "j", "o", "y", "escape", "j")
        await pilot.pause()
        assert (app.applied, app.picked, app.closed, app.harm) == ([], [], 1, 0)
        assert app.query_one(TranscriptView).cursor == 1
        assert not app.query_one(CodePalette).display


async def test_the_bar_moves_and_enter_picks_the_code_under_it() -> None:
    app = Bench()
    async with app.run_test() as pilot:
        await pilot.press("c", "c", "a", "r", "e", "down", "enter")
        await pilot.pause()
        assert app.applied == [(0, "C03")]
        assert app.picked == ["C03"]


async def test_enter_picks_nothing_when_no_code_fits_and_keeps_the_palette_open() -> None:
    app = Bench()
    async with app.run_test() as pilot:
        await pilot.press("c", "z", "z", "z", "enter")
        assert app.query_one(CodePalette).is_open
        assert "nothing fits" in screen_text(app)
        await pilot.press("ctrl+u", "d", "e", "b", "t", "enter")
        assert app.applied == [(0, "C11")]


async def test_enter_alone_picks_the_code_used_last_or_nothing() -> None:
    app = Bench()
    async with app.run_test() as pilot:
        await pilot.press("c", "enter")
        assert (app.applied, app.query_one(CodePalette).is_open) == ([], True)
        app.recent = ("C09", "C01")
        await pilot.press("escape", "c", "enter")
        assert app.applied == [(0, "C09")]


async def test_the_first_arrow_puts_the_bar_on_the_first_code() -> None:
    app = Bench()
    async with app.run_test() as pilot:
        await pilot.press("c", "down", "enter")
        assert app.applied == [(0, "C00")]


async def test_keys_that_end_the_program_are_not_taken() -> None:
    app = Bench()
    async with app.run_test() as pilot:
        await pilot.press("c")
        palette = app.query_one(CodePalette)
        assert not palette.feed(events.Key("ctrl+q", None))
        assert palette.feed(events.Key("f5", None))
        palette.close()
        assert not palette.feed(events.Key("x", "x"))


async def test_a_click_picks_a_code() -> None:
    app = Bench()
    async with app.run_test() as pilot:
        await pilot.press("c")
        await pilot.pause()
        await pilot.click("#palette-list", offset=(6, 2))
        assert app.applied == [(0, "C02")]


async def test_everything_fits_a_small_terminal() -> None:
    app = Bench()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("c", *"hous")
        await pilot.pause()
        text = screen_text(app)
        for wanted in ("Code hous", "Housing / Barrier", "Housing / Support", "brief 8", "use 8", "not 8", "near 8"):
            assert wanted in text
        assert app.query_one("#palette-list").size.height == 8
        assert app.query_one("#palette-definition").size.height == 5
        assert "Segment 0" in text


async def test_in_a_wide_terminal_the_definition_stands_beside_the_list() -> None:
    app = Bench()
    async with app.run_test(size=(140, 45)) as pilot:
        await pilot.press("c", *"joy")
        await pilot.pause()
        line = next(line for line in screen_text(app).splitlines() if "Emotions / Joy" in line)
        assert "Joy  C07" in line


async def test_a_code_the_segment_has_is_ticked() -> None:
    app = Bench()
    async with app.run_test() as pilot:
        await pilot.press("c")
        await pilot.pause()
        assert "✓ Care / Neighbours" in screen_text(app)


async def test_names_that_look_like_markup_or_drive_a_terminal_are_only_shown() -> None:
    hostile = "[red]Fear[/red] [/x] \x1b]52;c;eA==\x07\x00\x9b31m \u202egnp 👩‍👩‍👧 "
    entries = [Entry("[b]\x1b[2J", hostile * 4, hostile, hostile, hostile, hostile)]
    app = Bench()
    async with app.run_test() as pilot:
        palette = app.query_one(CodePalette)
        palette.open(entries)
        await pilot.press("f", "e", "a", "r")
        palette.feed(events.Paste("\x1b[2J[red]"))
        palette.feed(events.Key("ctrl+u", None))
        await pilot.pause()
        text = screen_text(app)
        assert "[red]Fear[/red]" in text
        assert not [char for line in text.split("\n") for char in line if ord(char) < 32 or 127 <= ord(char) < 160]
        assert "\u202e" not in text


async def test_no_codes_at_all() -> None:
    app = Bench()
    async with app.run_test() as pilot:
        app.query_one(CodePalette).open([])
        await pilot.press("a", "down", "enter", "escape")
        assert (app.applied, app.harm) == ([], 0)


def test_a_codebook_gives_its_entries_in_order_with_their_paths() -> None:
    codes = (
        Code("A", "Care"),
        Code("A1", "Family", parent="A", definition_short="kin", include="when", exclude="not", near_miss="near"),
    )
    assert entries_of(Codebook("1", "Book", codes)) == (
        Entry("A", "Care"),
        Entry("A1", "Care / Family", "kin", "when", "not", "near"),
    )


def test_no_base_class_name_is_shadowed_by_accident() -> None:
    class Bare(Vertical):
        """What Textual itself puts into every subclass."""

    own = {name for name in vars(CodePalette) if not name.startswith("__")} - {"compose", "DEFAULT_CSS"}
    assert not {name for name in own if hasattr(Vertical, name)} - set(vars(Bare))
    base = Vertical()
    assert not (set(vars(CodePalette())) - set(vars(base))) & set(dir(base))


if __name__ == "__main__":
    app = Bench(sys.argv[1])
    asyncio.run(app.run_async())
