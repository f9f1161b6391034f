"""The desk of consensual qualitative research: every case, how far it is, who judges it; and the way to the rest."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static

from qualbench.errors import QualbenchError
from qualbench.steps.cqr import Case, only_audits
from qualbench.tui.commands import Command
from qualbench.tui.dialogs.choice import Choose
from qualbench.tui.dialogs.page import Page
from qualbench.tui.dialogs.words import AskWords
from qualbench.tui.screens import cqr_asking as asking
from qualbench.tui.screens import cqr_table_views as tables
from qualbench.tui.screens import cqr_views as views
from qualbench.tui.screens.step import StepScreen
from qualbench.tui.widgets.lines import Lines

_OF_A_CASE = frozenset({"cqr.open", "cqr.state", "cqr.judges", "cqr.history"})
_TEAMS = frozenset({"cqr.state", "cqr.judges", "cqr.count"})
"""What an auditor does not do."""


class Cqr(StepScreen):
    """A line for each case, and the one under the bar in sentences."""

    STEP = "cqr"
    TITLE_WORDS = "CQR"
    DEFAULT_CSS = """
    Cqr #columns { height: 1; text-style: dim; text-wrap: nowrap; text-overflow: ellipsis; margin-top: 1; }
    Cqr #told { height: auto; max-height: 6; padding: 0 1; margin: 1 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._cases: tuple[Case, ...] = ()
        self._work: dict[str, views.Work] = {}
        self._names: dict[str, str] = {}
        self._audits = False

    def parts(self) -> ComposeResult:
        """The cases, and the one under the bar."""
        yield Static(id="columns", markup=False)
        yield Lines()
        yield Static(id="told", markup=False)

    def begin(self) -> None:
        """The list has the keys."""
        self.query_one(Lines).focus()

    # --- what it shows -----------------------------------------------------------------------------------------

    def read_again(self) -> None:
        """Read the cases and what was done on them, as far as the viewer may know."""
        project = self.project
        self._cases, self._audits = project.cases(), only_audits(project.roles(project.viewer))
        self._names = {row.id: row.name for row in project.transcripts(with_counts=False)}
        own, agreed = project.core_ideas(), project.core_ideas(agreed=True)
        self._work = views.works(self._cases, project.viewer, own, agreed, project.comments())
        auditor = f"you are {project.viewer}{', an auditor' if project.is_auditor() else ''}"
        self.head(auditor, project.study.name, views.sums(self._cases, project.case_rule()))
        self._draw()
        super().read_again()

    def _draw(self) -> None:
        width = self.size.width
        self.query_one("#columns", Static).update(Content(views.head(width)) if self._cases else "")
        lines = [(case.id, views.line(case, self._work[case.id], width)) for case in self._cases]
        self.query_one(Lines).show_lines(lines)
        self._tell()

    def _tell(self) -> None:
        case, box = self._case, self.query_one("#told", Static)
        if case is None:
            box.update(views.empty(bool(self._names)))
        else:
            box.update(views.about(case, self._work[case.id], self._names, self.project.viewer))

    def on_resize(self) -> None:
        """Fit the columns again."""
        self._draw()

    def on_option_list_option_highlighted(self) -> None:
        """Tell of the case under the bar."""
        self._tell()

    @property
    def _case(self) -> Case | None:
        at = self.query_one(Lines).at
        return next((case for case in self._cases if case.id == at), None)

    # --- commands ----------------------------------------------------------------------------------------------

    def allows(self, command: Command) -> bool:
        """What is done to a case needs one; auditors look and comment."""
        if not self.is_mounted or not super().allows(command):
            return False
        if command.id in _TEAMS and self._audits:
            return False
        return command.id not in _OF_A_CASE or self._case is not None

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter, or a click, opens the case."""
        event.stop()
        self.action_do_open()

    def action_do_open(self) -> None:
        if case := self._case:
            self.workplace.show_step("cqr_case", case=case.id)

    def action_do_cross(self) -> None:
        self.workplace.show_step("cqr_cross")

    def action_do_table(self) -> None:
        self.workplace.show_step("cqr_table")

    def action_do_comments(self) -> None:
        self.workplace.show_step("cqr_comments")

    def action_do_state(self) -> None:
        if case := self._case:
            asking.ask_state(self, case)

    def action_do_judges(self) -> None:
        if case := self._case:
            asking.ask_judges(self, case.id, case.label, case.judging)

    def action_do_count(self) -> None:
        asking.ask_count(self, self.project.case_rule())

    def action_do_roles(self) -> None:
        asking.ask_roles(self)

    def action_do_history(self) -> None:
        if case := self._case:
            self.app.push_screen(Page(case.label, views.history(self.project.case_history(case.id))))

    def action_do_biases(self) -> None:
        asking.show_biases(self)

    def action_do_bias(self) -> None:
        asking.ask_words(
            self, "What do you lean to, what do you expect to find?", "",
            lambda words: self.project.write_note(words, on="study", kind="bias"),
            said="Kept: a memo of yours on biases and expectations.",
        )  # fmt: skip

    # --- stability ---------------------------------------------------------------------------------------------

    def action_do_stability(self) -> None:
        labels = ", ".join(case.label for case in self._cases[:2])
        hint = f"Two cases, such as {labels or 'P01, P02'}; or a number that draws two."
        self.app.push_screen(
            AskWords("Leave out which two cases?", "1", one_line=True, hint=hint), self._check_stability
        )

    def _check_stability(self, words: str | None) -> None:
        if not words or not words.strip():
            return
        leave_out, seed = views.left_out(words, self._cases)
        try:
            found = self.project.stability(leave_out, seed)
        except QualbenchError as error:
            self.say(f"{error.message} {error.hint}".strip(), warning=True)
            return

        def keep(answer: str | None) -> None:
            if answer and self.write(lambda: self.project.keep_stability(leave_out, seed)):
                self.say("Kept, with the cases left out and everything it was worked out of.")

        def ask(_: str | None) -> None:
            if self.project.writable:
                self.app.push_screen(Choose("Keep this check for the report?", [("yes", "Keep it")]), keep)

        self.app.push_screen(Page("Stability check", tables.stability(found)), ask)
