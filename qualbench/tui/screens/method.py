"""Method: the phases or stages with what shows each, what the method asks for, and how it was changed."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from qualbench.model import METHOD_NAMES
from qualbench.model import Method as Followed
from qualbench.steps.methods import COURSES, Phase
from qualbench.text import shown
from qualbench.tui.commands import Command
from qualbench.tui.dialogs.choice import Choose
from qualbench.tui.dialogs.page import Page
from qualbench.tui.dialogs.words import AskWords
from qualbench.tui.screens import method_views as views
from qualbench.tui.screens.step import StepScreen
from qualbench.tui.widgets.lines import Lines


class Method(StepScreen):
    """The phases in their order, and below them everything known of the one under the bar."""

    STEP = "method"
    TITLE_WORDS = "Method"
    DEFAULT_CSS = """
    Method #next { height: auto; padding: 0 1; margin-bottom: 1; }
    Method #columns { height: 1; text-style: dim; text-wrap: nowrap; text-overflow: ellipsis; }
    Method Lines { height: auto; max-height: 50%; }
    Method VerticalScroll { height: 1fr; padding: 0 1; margin-bottom: 1; border-top: hkey $accent; }
    Method VerticalScroll Static { height: auto; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._phases: dict[str, Phase] = {}

    def parts(self) -> ComposeResult:
        """What is next, the phases, and what is known of one."""
        yield Static(id="next", markup=False)
        yield Static(id="columns", markup=False)
        yield Lines()
        with VerticalScroll(can_focus=False):
            yield Static(id="phase", markup=False)

    def begin(self) -> None:
        """The list has the keys, and the bar is where the study stands."""
        lines = self.query_one(Lines)
        lines.focus()
        lines.go_to(next(one.id for one in self._phases.values() if one.is_here))

    def read_again(self) -> None:
        """Read how far each phase is."""
        from qualbench.steps.methods import next_step

        project = self.project
        found = project.phases()
        self._phases = {one.id: one for one in found}
        self.head(project.study.name, METHOD_NAMES[project.study.method])
        self.query_one("#next", Static).update(Content.assemble(("Next: ", "bold"), next_step(found)))
        self._draw()
        super().read_again()

    def _draw(self) -> None:
        self.query_one("#columns", Static).update(views.heading(self.size.width))
        lines = [(one.id, views.line(one, self.size.width)) for one in self._phases.values()]
        self.query_one(Lines).show_lines(lines)
        self._show_phase()

    def on_resize(self) -> None:
        """Fit the columns again."""
        self._draw()

    def on_option_list_option_highlighted(self) -> None:
        """Tell of the phase that the bar came to."""
        self._show_phase()

    def _show_phase(self) -> None:
        if at := self._phases.get(self.query_one(Lines).at):
            self.query_one("#phase", Static).update(views.about(at))
            self.query_one(VerticalScroll).scroll_home(animate=False)

    # --- commands ----------------------------------------------------------------------------------------------

    def allows(self, command: Command) -> bool:
        """The weekly cycle belongs to methods that go round."""
        if command.id == "method.cycle":
            return COURSES[self.project.study.method].goes_round
        return super().allows(command)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter, or a click, says that the team works in a phase."""
        event.stop()
        if self.project.writable:
            self.action_do_enter()

    def action_do_enter(self) -> None:
        at = self._phases.get(self.query_one(Lines).at)
        if at is None:
            return

        def keep(note: str | None) -> None:
            if note is not None and self.write(lambda: self.project.enter_phase(at.id, note)):
                self.say(f"The team works in {at.word} {at.number} now.")

        hint = "A note, if you like; going back to a phase is as good as going on."
        self.app.push_screen(AskWords(f"Work in {at.word} {at.number}: {at.name}", "", hint=hint, one_line=True), keep)

    def action_do_profile(self) -> None:
        method = self.project.study.method
        self.app.push_screen(Page(f"What {METHOD_NAMES[method]} asks for", views.profile(self.project.profile())))

    def action_do_statement(self) -> None:
        said = Content("\n").join(Content(shown(one)) for one in self.project.statement())
        self.app.push_screen(Page("Method statement", said))

    def action_do_history(self) -> None:
        names = {one.id: one.name for course in COURSES.values() for one in course.stages}
        self.app.push_screen(Page("Phases so far", views.history(self.project.phase_turns(), names)))

    def action_do_change(self) -> None:
        now = self.project.study.method
        answers = [(str(method), name) for method, name in METHOD_NAMES.items() if method is not now]
        self.app.push_screen(Choose(f"Follow which method instead of {METHOD_NAMES[now]}?", answers), self._ask_reason)

    def _ask_reason(self, method: str | None) -> None:
        if not method:
            return

        def keep(reason: str | None) -> None:
            if reason is not None and self.write(lambda: self.project.change_method(method, reason)):
                self.say(f"The study follows {METHOD_NAMES[self.project.study.method]} now.")

        hint = "The method statement and the report repeat it."
        title = f"Why change to {METHOD_NAMES[Followed(method)]}?"
        self.app.push_screen(AskWords(title, "", hint=hint, one_line=True), keep)

    def action_do_cycle(self) -> None:
        self.workplace.show_step("cycle")

    def action_do_page_on(self) -> None:
        self.query_one(VerticalScroll).scroll_page_down(animate=False)

    def action_do_page_back(self) -> None:
        self.query_one(VerticalScroll).scroll_page_up(animate=False)
