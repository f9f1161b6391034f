"""The audit trail: what was done, the newest first, and how a theme came about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from textual.app import ComposeResult
from textual.widgets import OptionList, Static

from qualbench.model import TRAIL_CLASS_NAMES, Theme, Thing, TrailClass, TrailEntry
from qualbench.project.trail import TrailPage, Wanted
from qualbench.tui.commands import Command
from qualbench.tui.dialogs.choice import Choose
from qualbench.tui.dialogs.page import Page
from qualbench.tui.dialogs.words import AskWords
from qualbench.tui.screens import trail_views as views
from qualbench.tui.screens.files import ask_file
from qualbench.tui.screens.step import StepScreen
from qualbench.tui.widgets.lines import Lines

_NEEDS_LINE = {"trail.open", "trail.go", "trail.about"}
_OF_LINES = {"trail.class", "trail.person", "trail.about", "trail.search", "trail.all", "trail.older", "trail.newer"}
"""What makes no sense in the list of themes."""


class Trail(StepScreen):
    """A line for each action, in pages; or the themes; or how one of them came about."""

    STEP = "trail"
    TITLE_WORDS = "Audit trail"
    DEFAULT_CSS = """
    Trail #columns { height: 1; padding: 0; text-style: dim; text-wrap: nowrap; text-overflow: ellipsis; }
    Trail Lines { margin-bottom: 1; }
    """

    def __init__(self, theme: str = "", about: str = "") -> None:
        super().__init__()
        self._wanted = Wanted(thing=about)
        self._of_theme = theme
        self._listing = False
        self._edges = [0]
        self._found = TrailPage((), 0)

    def parts(self) -> ComposeResult:
        """The columns and the lines."""
        yield Static(id="columns", markup=False)
        yield Lines()

    def begin(self) -> None:
        """The list has the keys."""
        self.query_one(Lines).focus()

    # --- what it shows -----------------------------------------------------------------------------------------

    def read_again(self) -> None:
        """Read the page that is shown."""
        if self._of_theme:
            lines = self.project.trail_of_theme(self._of_theme)
            self._found = TrailPage(tuple(one for one in lines if self._wanted.fits(one)), 0)
        elif not self._listing:
            self._found = self.project.trail_page(self._wanted, self._edges[-1])
        self._draw()
        super().read_again()

    def _draw(self) -> None:
        if self._listing:
            lines = views.theme_lines(self.project.themes(), self.project.past_themes())
            self.head("how a theme came about", "Enter on a theme shows it")
            self.query_one("#columns", Static).update(" theme" if lines else "There is no theme yet.")
        else:
            entries = enumerate(self._found.entries)
            lines = [(str(n), views.line(one, self.size.width)) for n, one in entries]
            self.head(*views.told(self._told(), len(lines), self._found.reached))
            nothing = "Nothing here. Press a for everything, n for what is older."
            self.query_one("#columns", Static).update(views.heading(self.size.width) if lines else nothing)
        self.query_one(Lines).show_lines(lines)

    def _told(self) -> list[str]:
        names = self.project.trail_names()
        theme = f"how '{names.themes.get(self._of_theme, '')}' came about, oldest first" if self._of_theme else ""
        wanted = self._wanted
        thing = names.thing(wanted.thing)
        return [
            theme or "newest first",
            f"only: {TRAIL_CLASS_NAMES[wanted.trail_class]}" if wanted.trail_class else "",
            f"by {wanted.person}" if wanted.person else "",
            f"about {thing.label if thing else wanted.thing}" if wanted.thing else "",
            f"with: {wanted.words}" if wanted.words else "",
        ]

    def on_resize(self) -> None:
        """Fit the columns again."""
        self._draw()

    @property
    def _at(self) -> TrailEntry | None:
        at = self.query_one(Lines).at
        return self._found.entries[int(at)] if at.isdecimal() and not self._listing else None

    def _show(self, wanted: Wanted) -> None:
        self._wanted, self._edges, self._listing = wanted, [0], False
        self.query_one(Lines).highlighted = None
        self.read_again()

    # --- commands ----------------------------------------------------------------------------------------------

    def allows(self, command: Command) -> bool:
        """What is done to a line needs one; pages need more of them."""
        if not self.is_mounted or not super().allows(command):
            return False
        if self._listing and command.id in _OF_LINES:
            return False
        if command.id == "trail.older":
            return bool(self._found.edge)
        if command.id == "trail.newer":
            return len(self._edges) > 1
        return command.id not in _NEEDS_LINE or bool(self.query_one(Lines).at)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter, or a click, opens the line."""
        event.stop()
        self.action_do_open()

    def on_option_list_option_highlighted(self) -> None:
        """Other keys may work on another line."""
        self.refresh_footer()

    def action_do_open(self) -> None:
        at = self.query_one(Lines).at
        if self._listing and at:
            self._of_theme = at
            self._show(Wanted())
        elif one := self._at:
            self.app.push_screen(Page(f"{views.when(one)}, {one.who}", views.page(one)))

    def action_do_go(self) -> None:
        if self._at is not None:
            self._choose_thing("Go to what?", self._at.about, self._go_to)

    def _go_to(self, thing: Thing) -> None:
        if thing.kind == "theme":
            self._of_theme = thing.id
            self._show(Wanted())
        elif thing.kind == "participant":
            self.workplace.show_step("find", query=f'participant:"{thing.label}"')
        elif not self.project.has_codebook():
            self.say("The study has no codebook yet.", warning=True)
        elif thing.kind == "code":
            self.workplace.show_step("extracts", code=thing.id)
        elif thing.kind == "transcript":
            self.workplace.show_step("coding", transcript=thing.id)
        else:
            self.workplace.show_step("consensus" if thing.kind == "session" else "agreement")

    def _choose_thing(self, question: str, things: tuple[Thing, ...], then: Callable[[Thing], None]) -> None:
        """Ask which of several things, not where there is only one."""
        if not things:
            self.say("This line is about the study as a whole.")
            return
        if len(things) == 1:
            then(things[0])
            return
        answers = [(str(n), f"{one.kind} {one.label}") for n, one in enumerate(things)]
        self.app.push_screen(Choose(question, answers), lambda n: then(things[int(n)]) if n else None)

    def action_do_themes(self) -> None:
        self._listing = not (self._listing or self._of_theme)
        self._of_theme = ""
        if self._listing:
            self.query_one(Lines).highlighted = None
            self.read_again()
        else:
            self._show(Wanted())

    def action_do_class(self) -> None:
        every = [("", "every class"), *((str(one), name) for one, name in TRAIL_CLASS_NAMES.items())]

        def chosen(name: str | None) -> None:
            if name is not None:
                self._show(replace(self._wanted, trail_class=TrailClass(name) if name else None))

        self.app.push_screen(Choose("Which class of records?", every), chosen)

    def action_do_person(self) -> None:
        people = dict.fromkeys(one.name for one in self.project.people())
        people |= dict.fromkeys(one.who for one in self._found.entries if one.who)

        def chosen(name: str | None) -> None:
            if name is not None:
                self._show(replace(self._wanted, person=name))

        self.app.push_screen(Choose("Whose?", [("", "everybody's"), *((one, one) for one in people)]), chosen)

    def action_do_about(self) -> None:
        if self._at is not None:
            self._choose_thing(
                "Only what is about which?", self._at.about, lambda one: self._show(replace(self._wanted, thing=one.id))
            )

    def action_do_search(self) -> None:
        def look(words: str | None) -> None:
            if words is not None:
                self._show(replace(self._wanted, words=words.strip()))

        hint = "Lines with all these words; empty shows all."
        self.app.push_screen(AskWords("Search the trail", self._wanted.words, one_line=True, hint=hint), look)

    def action_do_all(self) -> None:
        self._of_theme = ""
        self._show(Wanted())

    def action_do_older(self) -> None:
        if self._found.edge:
            self._edges.append(self._found.edge)
            self.query_one(Lines).highlighted = None
            self.read_again()

    def action_do_newer(self) -> None:
        if len(self._edges) > 1:
            self._edges.pop()
            self.query_one(Lines).highlighted = None
            self.read_again()

    def action_do_write(self) -> None:
        theme, wanted = self._theme(), self._wanted
        name = "theme-trail.html" if theme else "trail.html"

        def write(target: Path) -> str:
            return self.project.write_trail(target, wanted, theme, force=True)

        ask_file(self, "Write the trail to (.html .csv .txt)", self.project.folder / "exports" / name, write)

    def _theme(self) -> Theme | None:
        every = (*self.project.themes(), *(one.theme for one in self.project.past_themes()))
        return next((one for one in every if one.id == self._of_theme), None)
