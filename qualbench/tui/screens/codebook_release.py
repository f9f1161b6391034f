"""Releasing the draft: every change, what kind each was, what that will ask of coders, and then for good or not."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import OptionList, Static

from qualbench.errors import QualbenchError
from qualbench.model import Change
from qualbench.text import counted, excerpt, one_line
from qualbench.tui.commands import Command
from qualbench.tui.dialogs.choice import Choose
from qualbench.tui.dialogs.words import AskWords
from qualbench.tui.screens import codebook_release_views as views
from qualbench.tui.screens.codebook_asking import Counts, counts
from qualbench.tui.screens.codebook_desk import Desk
from qualbench.tui.screens.codebook_release_views import Answers
from qualbench.tui.screens.step import StepScreen
from qualbench.tui.widgets.lines import Lines

Then = Callable[[str, tuple[str, ...]], None]
"""What happens with the version that was released and what is doubtful in it."""


class Release(StepScreen):
    """A line for each changed code; below, what each answer would ask of coders, and the change word by word."""

    STEP = "release"
    TITLE_WORDS = "Release"
    DEFAULT_CSS = """
    Release #columns { height: 1; text-style: dim; text-wrap: nowrap; }
    Release Lines { height: 40%; }
    Release #page { height: 1fr; padding: 0 1; margin-bottom: 1; border-top: hkey $accent; background: $background; }
    Release #about { width: 100%; height: auto; }
    """

    def __init__(self, desk: Desk, answers: Answers, released: Then) -> None:
        super().__init__()
        self._desk, self._answers, self._then = desk, answers, released
        self._counts: Counts = {}

    def parts(self) -> ComposeResult:
        """The changes, and the one under the bar."""
        yield Static(id="columns", markup=False)
        yield Lines()
        with VerticalScroll(id="page"):
            yield Static(id="about", markup=False)

    @property
    def _lines(self) -> Lines:
        return self.query_one(Lines)

    @property
    def _page(self) -> VerticalScroll:
        return self.query_one("#page", VerticalScroll)

    def begin(self) -> None:
        """The changes have the keys, at the first that a person must name."""
        self._lines.focus()
        self._go_unsaid()

    # --- what it shows -----------------------------------------------------------------------------------------

    def read_again(self) -> None:
        """Count what is to be looked at again, and show the changes."""
        self._counts = counts(self.project, self._desk)
        self._draw()
        super().read_again()

    @property
    def _next(self) -> str:
        return views.version_for(self._desk, self._answers, self.project.releases())

    def _draw(self) -> None:
        desk, left = self._desk, views.unsaid(self._desk, self._answers)
        ready = f"{counted(len(left), 'change')} to be named" if left else "R releases it"
        force = f"{desk.newest.version} is in force" if desk.newest else "the first version"
        self.head(f"the draft as {self._next}", force, ready)
        head, lines = views.lines(desk, self._answers, max(30, self.size.width - 4))
        self.query_one("#columns", Static).update(head)
        self._lines.show_lines(lines)
        self._show_change()

    def _show_change(self) -> None:
        about = views.page(self._desk, self._answers, self._counts, self.project.viewer, self._lines.at)
        self.query_one("#about", Static).update(about)
        self._page.scroll_home(animate=False)
        self.refresh_footer()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another change: show it."""
        event.stop()
        if self.is_mounted:
            self._show_change()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter releases nothing by accident: R does."""
        event.stop()

    def on_resize(self) -> None:
        """Fit the columns again."""
        if self.is_mounted:
            self._draw()

    # --- commands ----------------------------------------------------------------------------------------------

    def allows(self, command: Command) -> bool:
        """A kind is said of changes that a person can tell apart; a note is about a code."""
        if not self.is_mounted:
            return False
        if command.id.startswith("release.kind") and not views.may_say(self._desk, self._lines.at):
            return False
        if command.id == "release.note" and self._desk.draft.get(self._lines.at) is None:
            return False
        return super().allows(command)

    def action_do_kind(self, kind: str) -> None:
        held = self._desk.draft.get(self._lines.at)
        if held is not None:
            self._answers.kinds[held] = Change(kind)
            self._draw()
            self._go_unsaid()

    def _go_unsaid(self) -> None:
        """Put the bar on the next change that is not named yet, if there is one."""
        left = views.unsaid(self._desk, self._answers)
        order = [*self._desk.kinds]
        here = order.index(self._lines.at) if self._lines.at in order else 0
        ahead = [code for code in left if order.index(code) > here]
        if left and self._lines.at not in left:
            self._lines.go_to((ahead or left)[0])

    def action_do_note(self) -> None:
        held = self._desk.draft.get(self._lines.at)
        if held is None:
            return

        def keep(words: str | None) -> None:
            if words is not None:
                self._answers.notes[held] = one_line(words)
                self._draw()

        before = self._answers.notes.get(held, "")
        self.app.push_screen(
            AskWords(f"A note on the change of {excerpt(held.label, 40)}", before, one_line=True), keep
        )

    def action_do_version(self) -> None:
        def keep(words: str | None) -> None:
            if words is not None:
                self._answers.version = one_line(words)
                self._draw()

        hint = "Empty for the one that is proposed."
        self.app.push_screen(AskWords("Release it as which version?", self._next, one_line=True, hint=hint), keep)

    def action_do_release(self) -> None:
        left = views.unsaid(self._desk, self._answers)
        if left:
            self._lines.go_to(left[0])
            self.say(f"Say first what kind of change it was: {counted(len(left), 'code')} left.", warning=True)
            return
        question = views.question(self._desk, self._next, self._counts)
        incomplete = bool(views.without_exclusion(self._desk))
        yes = "Release it as incomplete" if incomplete else "Release it"
        answers = [("yes", f"{yes}: it never changes after that"), ("no", "Not yet")]
        self.app.push_screen(
            Choose(question, answers, "yn"), lambda answer: self._release(incomplete) if answer == "yes" else None
        )

    def _release(self, incomplete: bool) -> None:
        desk, said = self._desk, self._answers
        kinds = {one.id: kind for one, kind in said.kinds.items() if desk.draft.get(one.id) == one}
        notes = {one.id: note for one, note in said.notes.items() if note}
        try:
            made = self.project.release_draft(
                self._next,
                {code: kind for code, kind in kinds.items() if code in desk.kinds},
                {code: note for code, note in notes.items() if code in desk.kinds},
                incomplete=incomplete,
            )
        except QualbenchError as error:
            self.say(f"{error.message} {error.hint}".strip(), warning=True)
            return
        self.app.pop_screen()
        self._then(made.book.version, made.warnings)

    # --- moving ------------------------------------------------------------------------------------------------

    def action_do_pane(self) -> None:
        (self._lines if self._page.has_focus else self._page).focus()

    def action_do_next(self) -> None:
        if self._page.has_focus:
            self._page.scroll_down(animate=False)
        else:
            self._lines.action_cursor_down()

    def action_do_previous(self) -> None:
        if self._page.has_focus:
            self._page.scroll_up(animate=False)
        else:
            self._lines.action_cursor_up()
