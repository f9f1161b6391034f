"""What all screens share: their commands, the study, one way to write, and the footer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.css.query import NoMatches
from textual.screen import Screen
from textual.signal import Signal
from textual.widgets import Static

from qualbench.errors import QualbenchError
from qualbench.model import Changes
from qualbench.text import shown
from qualbench.tui.commands import EVERYWHERE, SCREENS, Command
from qualbench.tui.dialogs.dialog import Dialog
from qualbench.tui.dialogs.help import Help
from qualbench.tui.widgets.keybar import KeyBar, Says
from qualbench.tui.widgets.lines import Lines
from qualbench.tui.widgets.palette import CodePalette, Entry

if TYPE_CHECKING:
    from qualbench.hub import Link
    from qualbench.project import Project
    from qualbench.project.courier import Courier, News
    from qualbench.project.gates import Gated

T = TypeVar("T")


class Workplace(App[None]):
    """The app as its screens know it: a study, and news of what changed in it."""

    project: Project
    changed: Signal[Changes]
    hub_told: Signal[News]
    courier: Courier | None = None
    """Keeps in touch with the study's hub, where it has one and is open for writing."""
    hub_news: News | None = None
    """What the courier told last."""

    def show_step(self, name: str, **what: str) -> None:
        """Go to the screen of a step."""
        raise NotImplementedError  # the app knows the screens; they do not know each other

    def ask_hub(self, act: Callable[[Gated, Link], T], then: Callable[[T | QualbenchError], None]) -> None:
        """Have something done on the hub while the screens go on; `then` gets the answer, or what is in the way."""
        if self.courier is None:
            self.tell("The hub is not asked while the study is open for reading only.", warning=True)
        else:
            self.courier.ask(act, partial(self.call_later, then))

    def tell(self, words: str, *, warning: bool = False) -> None:
        """A sentence above the footer."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, StepScreen):
                screen.say(words, warning=warning)
                return


class StepScreen(Screen[None]):
    """A screen of one step; `STEP` names its commands in `commands.SCREENS`."""

    STEP: ClassVar[str] = ""
    TITLE_WORDS: ClassVar[str] = ""
    TELLS_OF_HUB: ClassVar[bool] = False
    """Whether the screen says how the study stands to its hub, so that its heading need not."""
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    StepScreen { layers: base palette; background: $background; }
    StepScreen > #columns { padding: 0 0 0 1; }
    StepScreen > #heading { dock: top; height: 1; background: $panel; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def __init_subclass__(cls, **_: object) -> None:
        """The screen's keys come from its commands."""
        bindings: list[BindingType] = [command.binding for command in (*SCREENS.get(cls.STEP, ()), *EVERYWHERE)]
        cls.BINDINGS = bindings
        super().__init_subclass__()

    @property
    def workplace(self) -> Workplace:
        """The app, as screens know it."""
        return cast("Workplace", self.app)

    @property
    def project(self) -> Project:
        """The study."""
        return self.workplace.project

    @property
    def commands(self) -> Sequence[Command]:
        """Every command of this screen."""
        return (*SCREENS.get(self.STEP, ()), *EVERYWHERE)

    # --- building ----------------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Heading, the step's own parts, footer, palette."""
        yield Static(id="heading", markup=False)
        yield from self.parts()
        yield Says()
        yield KeyBar()
        yield CodePalette()

    def parts(self) -> ComposeResult:
        """The step's own widgets."""
        yield from ()

    def on_mount(self) -> None:
        """Read, and read again whenever something changes."""
        self._hear_news()
        self.read_again()
        self.begin()
        self.call_after_refresh(self.refresh_footer)  # some keys are allowed only once the screen is mounted

    def on_unmount(self) -> None:
        """No news for a screen that was left: whoever is told of them is held, with all the words on it."""
        self._hear_nothing()

    def _hear_news(self) -> None:
        self.workplace.changed.subscribe(self, self._news)
        self.workplace.hub_told.subscribe(self, self._news_of_hub)

    def _hear_nothing(self) -> None:
        self.workplace.changed.unsubscribe(self)
        self.workplace.hub_told.unsubscribe(self)

    def begin(self) -> None:
        """What a screen does once, after it was read the first time."""

    def on_screen_resume(self) -> None:
        """Something may have changed meanwhile."""
        if self._was_left:
            self._hear_news()
            self.read_again()

    def on_screen_suspend(self) -> None:
        """From now on, coming back means reading again; dialogs over the screen do not count.

        Until then it hears no news: a screen behind another that has anything to do has both drawn as a whole.
        """
        self._was_left = not isinstance(self.app.screen, Dialog)
        if self._was_left:
            self._hear_nothing()

    _was_left = False

    @property
    def _is_on_top(self) -> bool:
        """Whether this is the screen that somebody works on, be it under a dialog."""
        return next(screen for screen in reversed(self.app.screen_stack) if isinstance(screen, StepScreen)) is self

    def _news(self, changes: Changes) -> None:
        if changes is not self._own and self._is_on_top:
            self.after(changes)

    def _news_of_hub(self, news: News) -> None:
        if self._is_on_top:
            self.after_hub(news)

    _own: Changes | None = None
    """What this screen wrote last: it was shown at once, before the next key was looked at."""

    def after(self, changes: Changes) -> None:  # noqa: ARG002 - screens that can show less look at it
        """Show what changed; screens that can show less than everything do."""
        self.read_again()

    def after_hub(self, news: News) -> None:
        """Show how the study stands to its hub, where that waits for a person."""
        if not self.TELLS_OF_HUB and self._needs_told != news.needs:
            self.head(*self._head_pieces)

    def read_again(self) -> None:
        """Read what the screen shows."""
        self.refresh_footer()

    _head_pieces: tuple[str, ...] = ()
    _needs_told = ""

    def head(self, *pieces: str) -> None:
        """What stands on the first line; before it, what waits for a person anywhere."""
        reading = "" if self.project.writable else f"reading only: {self.project.readonly_because}"
        news, self._head_pieces = self.workplace.hub_news, pieces
        self._needs_told = news.needs if news is not None and not self.TELLS_OF_HUB else ""
        words = shown(" · ".join(piece for piece in (reading, self._needs_told, *pieces) if piece))
        self.query_one("#heading", Static).update(
            Content.assemble((f" {self.TITLE_WORDS} ", "bold reverse"), f" {words}"), layout=False
        )

    def refresh_footer(self) -> None:
        """Show the keys that work now."""
        shown_now = [command for command in self.commands if command.footer and self.allows(command)]
        try:
            bar = self.query_one(KeyBar)
        except NoMatches:
            return
        in_order = sorted(shown_now, key=lambda command: command.id == "app.help")
        keymap = self.app._keymap
        bar.show_keys([(_key(command, keymap), command.label) for command in in_order])

    def say(self, words: str, *, warning: bool = False) -> None:
        """Say something above the footer; it goes by itself."""
        for says in self.query(Says):
            says.say(words, warning=warning)

    # --- commands ----------------------------------------------------------------------------------------------

    def allows(self, command: Command) -> bool:
        """Whether a command makes sense now."""
        return self.project.writable or not command.writes

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key works when its command is allowed, and while the palette is open none does."""
        if not action.startswith("do_"):
            return super().check_action(action, parameters)
        palette = self.query(CodePalette)
        if not self.is_current or (palette and palette.first().is_open):
            return False
        return any(
            self.allows(command)
            for command in self.commands
            if command.action == action and command.argument in ("", *parameters)
        )

    def write(self, act: Callable[[], Changes]) -> Changes:
        """Do something to the study; what can not be done is said, and everybody hears of what was."""
        try:
            changes = act()
        except QualbenchError as error:
            self.workplace.tell(f"{error.message} {error.hint}".strip(), warning=True)
            return Changes()
        for says in self.query(Says):
            says.hush()
        if changes:
            self._own = changes
            self.after(changes)
            self.workplace.changed.publish(changes)
        return changes

    def action_do_help(self) -> None:
        self.app.push_screen(Help(self.TITLE_WORDS, self.commands))

    def action_do_commands(self) -> None:
        entries = [
            Entry(command.id, command.label, command.sentence, f"press {command.key_name}")
            for command in self.commands
            if self.allows(command) and command.id != "app.commands"
        ]
        self.query_one(CodePalette).open(entries, then=self._obey, title="Command")

    def _obey(self, id_: str) -> None:
        command = next(command for command in self.commands if command.id == id_)
        self.call_later(self.run_action, command.call)

    def action_do_theme(self) -> None:
        self.app.theme = "textual-light" if self.app.current_theme.dark else "textual-dark"

    def action_do_next(self) -> None:
        self.query_one(Lines).action_cursor_down()

    def action_do_previous(self) -> None:
        self.query_one(Lines).action_cursor_up()

    def action_do_back(self) -> None:
        if len(self.app.screen_stack) > 2:
            self.app.pop_screen()


def _key(command: Command, keymap: object) -> str:
    own = keymap.get(command.id) if isinstance(keymap, dict) else None
    return replace(command, key=(own or command.key).split(",")[0]).key_name
