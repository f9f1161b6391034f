"""The weekly cycle of negotiated agreement: a line for each round with both figures, and the steps of one below."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import OptionList, Static

from qualbench.model import METHOD_NAMES
from qualbench.steps.methods import Week
from qualbench.tui.screens import method_views as views
from qualbench.tui.screens.cycle_planning import ask_round
from qualbench.tui.screens.step import StepScreen
from qualbench.tui.widgets.lines import Lines


class Cycle(StepScreen):
    """Released version, drawn transcripts, passes, agreement before, session, after, next version, what is left."""

    STEP = "cycle"
    TITLE_WORDS = "Weeks"
    DEFAULT_CSS = """
    Cycle #target { height: auto; padding: 0 1; margin-bottom: 1; }
    Cycle #columns { height: 1; text-style: dim; text-wrap: nowrap; text-overflow: ellipsis; }
    Cycle Lines { height: auto; max-height: 40%; }
    Cycle VerticalScroll { height: 1fr; padding: 0 1; margin-bottom: 1; border-top: hkey $accent; }
    Cycle VerticalScroll Static { height: auto; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._weeks: dict[str, Week] = {}

    def parts(self) -> ComposeResult:
        """The target, the weeks, and the steps of one."""
        yield Static(id="target", markup=False)
        yield Static(id="columns", markup=False)
        yield Lines()
        with VerticalScroll(can_focus=False):
            yield Static(id="week", markup=False)

    def begin(self) -> None:
        """The list has the keys, and the bar is on the newest week."""
        lines = self.query_one(Lines)
        lines.focus()
        if self._weeks:
            lines.go_to(list(self._weeks)[-1])

    def read_again(self) -> None:
        """Read the rounds with their figures."""
        project = self.project
        self._weeks = {str(n): week for n, week in enumerate(project.cycle(), start=1)}
        self.head(project.study.name, METHOD_NAMES[project.study.method])
        told = (
            project.target() if self._weeks else "There is no codebook yet: the cycle begins with a released version."
        )
        self.query_one("#target", Static).update(
            f"{told} After negotiation is no coefficient: coders who talked are not independent."
        )
        self._draw()
        super().read_again()

    def _draw(self) -> None:
        width = self.size.width
        self.query_one("#columns", Static).update(views.weeks_heading(max(1, width - 1)))
        self.query_one(Lines).show_lines([(id_, views.week_line(one, width)) for id_, one in self._weeks.items()])
        self._show_week()

    def on_resize(self) -> None:
        """Fit the columns again."""
        self._draw()

    def on_option_list_option_highlighted(self) -> None:
        """Tell of the week that the bar came to."""
        self._show_week()

    def _show_week(self) -> None:
        at = self._weeks.get(self.query_one(Lines).at)
        self.query_one("#week", Static).update(views.week(at) if at else "")
        self.query_one(VerticalScroll).scroll_home(animate=False)

    # --- commands ----------------------------------------------------------------------------------------------

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter, or a click, shows the agreement."""
        event.stop()
        self.action_do_agreement()

    def action_do_agreement(self) -> None:
        self.workplace.show_step("agreement")

    def action_do_session(self) -> None:
        self.workplace.show_step("consensus")

    def action_do_plan(self) -> None:
        ask_round(self)

    def action_do_codebook(self) -> None:
        self.workplace.show_step("codebook")

    def action_do_page_on(self) -> None:
        self.query_one(VerticalScroll).scroll_page_down(animate=False)

    def action_do_page_back(self) -> None:
        self.query_one(VerticalScroll).scroll_page_up(animate=False)
