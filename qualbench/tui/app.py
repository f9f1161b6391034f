"""The app: opens a study, knows the screens, and keeps typing safe and quick."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
import threading
from collections.abc import Mapping
from functools import partial
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

os.environ.setdefault("TEXTUAL_FPS", "120")  # a status line that follows a key is drawn with it, not a tick later

from textual import events
from textual.message import Message
from textual.screen import Screen
from textual.signal import Signal
from textual.timer import Timer

from qualbench.errors import QualbenchError
from qualbench.model import Changes, PassState
from qualbench.project import Project
from qualbench.project.courier import Courier, News
from qualbench.text import counted
from qualbench.tui.commands import remapped
from qualbench.tui.dialogs.dialog import Dialog
from qualbench.tui.screens.home import Home
from qualbench.tui.screens.step import Workplace
from qualbench.tui.widgets.palette import route

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.traceback import Traceback

    from qualbench.model import SegmentRule
    from qualbench.steps.ingest import Answers
    from qualbench.tui.screens.deidentify_looking import NamedFiles
    from qualbench.tui.screens.importing import Import

SCREENS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "agreement": ("Agreement", ()), "consensus": ("Consensus", ("code", "item")), "themes": ("Themes", ()),
    "corrections": ("Corrections", ()), "participants": ("Participants", ()), "find": ("Find", ("query",)),
    "codebook": ("Codebook", ()), "segments": ("Segments", ("transcript",)), "memos": ("Memos", ("on", "about")),
    "extracts": ("Extracts", ("code", "place")), "matrices": ("Matrices", ()),
    "checklists": ("Checklists", ("checklist",)), "checks": ("Checks", ()),
    "method": ("Method", ()), "cycle": ("Cycle", ()), "differences": ("Differences", ()),
    "types": ("Types", ()), "cqr": ("Cqr", ()),
    "cqr_case": ("CqrCase", ("case",)), "cqr_cross": ("CqrCross", ("domain",)),
    "cqr_table": ("CqrTable", ()), "cqr_comments": ("CqrComments", ()),
    "trail": ("Trail", ("theme", "about")), "packages": ("Packages", ()), "hub": ("Hub", ()),
}  # fmt: skip
"""Screens are imported when they are wanted: the class in the module of that name, and what it is given."""

SOON = ("coding", "agreement", "consensus", "themes")
"""Screens that are imported in the background as soon as home is there."""


class Workbench(Workplace):
    """One study on the screen of one person."""

    TITLE = "Qualbench"
    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self, project: Project, *, screen: str = "home", transcript: str = "", files: NamedFiles | None = None,
        incoming: Callable[[], Import] | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self.project = project
        self._incoming = incoming
        self._named_files = files
        self.changed = Signal[Changes](self, "changed")
        self.hub_told = Signal[News](self, "hub told")
        self._is_leaving = False
        self._first, self._first_transcript = screen, transcript
        self._rest: Timer | None = None
        self._depth = 0

    def on_mount(self) -> None:
        """Home first, and the screen that was asked for on top of it."""
        keymap, problems = remapped(_own_keys())
        self.set_keymap(keymap)
        self.push_screen(Home())
        if self._first != "home":
            self.show_step(self._first, transcript=self._first_transcript)
        warning = self.project.place_warning()
        cares = [*problems, *([f"This folder is a risky place: {warning}."] if warning else [])]
        if cares:
            self.call_after_refresh(self.tell, " ".join(cares), warning=True)
        if self.project.writable:
            for begin in (partial(self.set_timer, 1), partial(self.set_interval, 3600)):  # not before the first frame
                begin(lambda: self.run_worker(self._keep_a_copy, thread=True, group="backup"))
        for ending in (signal.SIGHUP, signal.SIGTERM):  # a closed terminal would leave the program spinning
            asyncio.get_running_loop().add_signal_handler(ending, self._leave)
        if self.project.writable and self.project.on_hub:
            self.call_after_refresh(self._keep_in_touch)
        self.call_after_refresh(_calm_collector)
        self.call_after_refresh(self.run_worker, _import_soon, thread=True, group="imports")

    # --- the hub -----------------------------------------------------------------------------------------------

    class HubTold(Message):
        """The courier has news of the hub."""

        def __init__(self, news: News) -> None:
            super().__init__()
            self.news = news

    def _keep_in_touch(self) -> None:
        self.courier = Courier(self.project, self._tell_of_hub)
        self.changed.subscribe(self, self.courier.wrote)
        self.courier.start()

    def _tell_of_hub(self, news: News) -> None:
        self.post_message(self.HubTold(news))

    def on_workbench_hub_told(self, message: HubTold) -> None:
        """Show what came, and how the study stands to its hub."""
        news, synced = message.news, message.news.synced
        if synced is not None and synced.changes:
            self.project.look_again()
            self.changed.publish(synced.changes)
        self.hub_news = news
        self.hub_told.publish(news)

    def end_touch(self) -> str:
        """Meet the hub once more before the study is left; what is to be said of it."""
        if self.courier is None:
            return ""
        self.courier.stop(1 if self._is_leaving else 10)
        try:
            waiting = self.project.hub_status().waiting
        except QualbenchError as error:
            return f"{error.message} {error.hint}".strip()
        return f"{counted(waiting, 'fact')} waiting for the hub." if waiting else "Everything is on the hub."

    def _leave(self) -> None:
        """The terminal is going away: leave, and do not wait for ever on a terminal that no longer answers."""
        last_resort = threading.Timer(10.0, os._exit, (1,))  # nothing is lost: decisions were committed as taken
        last_resort.daemon = True
        last_resort.start()
        self._is_leaving = True
        self.exit()

    def _fatal_error(self) -> None:
        """A fault of the program: say so without the values it held, which may be a participant's words."""
        from rich.text import Text

        self.bell()
        sorry = "Qualbench met a fault of its own and had to stop. Every decision before it is on disk.\n"
        self._exit_renderables.append(Text(sorry))
        self._exit_renderables.append(_where_it_failed())
        self._close_messages_no_wait()

    def _keep_a_copy(self) -> None:
        try:
            self.project.back_up("on-open", only_when_due=True)
        except QualbenchError as error:
            self.call_from_thread(self.tell, f"No backup could be made: {error.message}", warning=True)

    def show_step(self, name: str, **what: str) -> None:
        """Put the screen of a step on top of home."""
        if name == "agreement" and not self.project.profile().measures:
            name = "differences"
        try:
            if name == "coding":
                from qualbench.tui.screens.coding import Coding

                self.push_screen(Coding(what.get("transcript") or self._begin_at(), int(what.get("at", -1))))
            elif name == "import":
                self.push_screen(self._import(asks=bool(what.get("asks"))))
            elif name == "deidentify":
                from qualbench.tui.screens.deidentify import Deidentify

                self.push_screen(Deidentify(self._named_files))
            else:
                self.push_screen(_made(name, what))
        except QualbenchError as error:
            self.tell(f"{error.message} {error.hint}".strip(), warning=True)

    def _import(self, *, asks: bool) -> Import:
        """The files that the program was started with, or whichever a person names now."""
        from qualbench.tui.screens.importing import Import

        made = self._incoming() if self._incoming else Import(asks=asks)
        self._incoming = None
        return made

    def _begin_at(self) -> str:
        """The transcript to code first: one that is begun, else one that is not, else the first."""
        project = self.project
        rows = project.transcripts(with_counts=False)
        project.codebook()
        own = project.own_passes()
        begun = (one for one in own if one.state is PassState.OPEN)
        unfinished = next((p for p in begun if project.decided_in(p) < project.units_in(p.transcript)), None)
        mine = {one.transcript for one in own}
        fresh = [row.id for row in rows if row.id not in mine and not row.opened]
        choice = [*([unfinished.transcript] if unfinished else []), *fresh, *(row.id for row in rows)]
        if not choice:
            raise QualbenchError("There is no transcript to code yet.", "Import one: qualbench import FOLDER FILES")
        return choice[0]

    # --- keys typed ahead --------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """A key that nothing took: it may belong to a palette or a dialog that opened meanwhile."""
        self._collect_later()
        if not route(self, event) and isinstance(self.screen, Dialog) and not self.screen.has_met(event):
            self.screen.feed(event)

    def on_dialog_caught_up(self, message: Dialog.CaughtUp) -> None:
        """All keys typed before a dialog was on top have come by."""
        message.dialog.catch_up()

    def on_paste(self, event: events.Paste) -> None:
        """Pasted words that nothing took."""
        if not route(self, event) and isinstance(self.screen, Dialog) and not self.screen.has_met(event):
            self.screen.feed(event)

    # --- pauses of the garbage collector and of the disk belong into pauses of the person --------------------------

    def _collect_later(self) -> None:
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(0.5, self._collect)

    def _collect(self) -> None:
        """A screen that was left is garbage among what was put aside, so all of that is looked at then."""
        depth = len(self.screen_stack)
        if depth < self._depth:
            gc.unfreeze()
        self._depth = depth
        _collect()
        self.project.rest()


def _made(name: str, what: Mapping[str, str]) -> Screen[None]:
    """A screen of `SCREENS`, given what was said."""
    title, given = SCREENS[name]
    made: Screen[None] = vars(_module(name))[title](*(what.get(one, "") for one in given))
    return made


def _module(name: str) -> ModuleType:
    return import_module(f"qualbench.tui.screens.{name}")


def _import_soon() -> None:
    for name in SOON:
        _module(name)


def _calm_collector() -> None:
    """Full collections took 60-160 ms in the middle of a key; now only the youngest objects are looked at."""
    _collect()
    gc.set_threshold(700, 10**6, 10**6)
    gc.enable()


def _collect() -> None:
    gc.collect()
    gc.freeze()


def _where_it_failed() -> Traceback:
    """The fault that is being handled: its kind and its lines, without its message, which may quote what it met."""
    from rich.traceback import Traceback

    kind, fault, frames = sys.exc_info()
    if kind is None or fault is None:
        return Traceback(Traceback.extract(RuntimeError, RuntimeError(), None))
    trace = Traceback.extract(kind, fault, frames, show_locals=False)
    for stack in trace.stacks:
        stack.exc_value, stack.syntax_error, stack.notes = "", None, []
    return Traceback(trace, show_locals=False, max_frames=8)


def _own_keys() -> dict[str, str]:
    """The person's own keys by command id, from [keys] in their config.toml."""
    import tomllib

    from platformdirs import user_config_path

    try:
        with (user_config_path("qualbench") / "config.toml").open("rb") as file:
            keys = tomllib.load(file).get("keys", {})
    except (OSError, ValueError, RecursionError):
        return {}
    pairs = keys.items() if isinstance(keys, dict) else ()
    return {id_: str(key) for id_, key in pairs if isinstance(key, str | int)}


def open_study(folder: Path, viewer: str, *, screen: str = "home", transcript: str = "") -> int:
    """Open a study in this terminal, and leave it whole however it ends; answers with the exit code."""
    with Project.open_or_look(folder, viewer) as project:
        if transcript:
            project.transcript(transcript)
        app = Workbench(project, screen=screen, transcript=transcript)
        app.run()
        if said := app.end_touch():
            sys.stderr.write(f"{said}\n")
        return app.return_code or 0


def open_deidentify(folder: Path, viewer: str, begin: Callable[[Project], Import]) -> int:
    """Look at some files and go through their names in this terminal; answers with the exit code."""
    with Project.open_or_look(folder, viewer) as project:
        screen = begin(project)
        app = Workbench(project, screen="import", incoming=lambda: screen)
        app.run()
        return app.return_code or 0


def open_import(folder: Path, viewer: str, files: Sequence[Path], answers: Answers, rule: SegmentRule) -> int:
    """Open the import screen on these files; answers with the exit code."""
    from qualbench.tui.screens.importing import Import

    with Project.open(folder, viewer, write=True) as project:
        app = Workbench(project, screen="import", incoming=lambda: Import(files, answers, rule))
        app.run()
        return app.return_code or 0
