"""The auditor's comments: what each is on, the team's answers, and what the auditor says to them."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from qualbench.model import Changes, Comment
from qualbench.steps.cqr import UNANSWERED, only_audits
from qualbench.text import counted, excerpt
from qualbench.tui.commands import Command
from qualbench.tui.dialogs.choice import Choose
from qualbench.tui.dialogs.words import AskWords
from qualbench.tui.screens import cqr_asking as asking
from qualbench.tui.screens import cqr_comments_views as views
from qualbench.tui.screens.step import StepScreen
from qualbench.tui.widgets.lines import Lines


class CqrComments(StepScreen):
    """A line for each comment, and the one under the bar with all that was said to it."""

    STEP = "cqr_comments"
    TITLE_WORDS = "Comments"
    DEFAULT_CSS = """
    CqrComments #columns { height: 1; text-style: dim; text-wrap: nowrap; text-overflow: ellipsis; margin-top: 1; }
    CqrComments Lines { height: 1fr; }
    CqrComments VerticalScroll { height: 1fr; padding: 0 1; border-top: hkey $accent; margin-bottom: 1; }
    CqrComments VerticalScroll Static { height: auto; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._every: tuple[Comment, ...] = ()
        self._names: dict[str, str] = {}
        self._domains_of: dict[str, str] = {}
        self._cases_of: dict[str, str] = {}
        self._only = ""
        self._audits = False

    def parts(self) -> ComposeResult:
        """The comments, and one of them."""
        yield Static(id="columns", markup=False)
        yield Lines()
        with VerticalScroll(can_focus=False):
            yield Static(id="whole", markup=False)

    def begin(self) -> None:
        """The list has the keys."""
        self.query_one(Lines).focus()

    # --- what it shows -----------------------------------------------------------------------------------------

    def read_again(self) -> None:
        """Read the comments, and what they are on."""
        project = self.project
        ideas, categories = project.core_ideas(agreed=True), project.categories(agreed=True)
        self._every, self._audits = project.comments(), only_audits(project.roles(project.viewer))
        self._names = views.subjects(dict(project.case_labels()), project.domains(), ideas, categories)
        self._cases_of = {one.id: one.case for one in ideas}
        self._domains_of = {one.id: one.domain for one in categories}
        waiting = sum(one.state in UNANSWERED for one in self._every)
        only = f"only: {views.STATE_NAMES[self._only]}" if self._only else ""
        self.head(project.study.name, counted(len(self._every), "comment"), f"{waiting} without an answer", only)
        self._draw()
        super().read_again()

    @property
    def _listed(self) -> list[Comment]:
        return [one for one in self._every if self._only in ("", one.state)]

    def _draw(self) -> None:
        listed, width = self._listed, self.size.width
        self.query_one("#columns", Static).update(Content(views.head(width)) if listed else "")
        self.query_one(Lines).show_lines([views.line(one, self._names, width) for one in listed])
        self._show_whole()

    def _show_whole(self) -> None:
        one, box = self._comment, self.query_one("#whole", Static)
        self.query_one(VerticalScroll).scroll_home(animate=False)
        if one is not None:
            box.update(views.whole(one, self._names))
        else:
            none = "No comment is in this state. Press f for the others." if self._only else views.NO_COMMENTS
            box.update(none)

    def on_resize(self) -> None:
        """Fit the columns again."""
        self._draw()

    def on_option_list_option_highlighted(self) -> None:
        """Show the comment under the bar."""
        self._show_whole()
        self.refresh_footer()

    @property
    def _comment(self) -> Comment | None:
        at = self.query_one(Lines).at
        return next((one for one in self._every if one.id == at), None)

    # --- commands ----------------------------------------------------------------------------------------------

    def allows(self, command: Command) -> bool:
        """The team answers what is open; the auditor who made a comment says whether the answer settles it."""
        if not self.is_mounted or not super().allows(command):
            return False
        one, viewer = self._comment, self.project.viewer
        answers = one is not None and one.state in UNANSWERED and one.author != viewer and not self._audits
        sees = one is not None and one.state in ("accepted", "rejected") and one.author == viewer
        wants = {"accept": answers, "reject": answers, "settle": sees, "raise": sees, "open": one is not None}
        return wants.get(command.id.split(".")[1], True)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter, or a click, goes to what the comment is on."""
        event.stop()
        self.action_do_open()

    def action_do_open(self) -> None:
        one = self._comment
        if one is None:
            return
        if one.on in ("case", "idea") and (
            case := self._cases_of.get(one.about, one.about if one.on == "case" else "")
        ):
            self.workplace.show_step("cqr_case", case=case)
        elif one.on in ("category", "domain"):
            self.workplace.show_step("cqr_cross", domain=self._domains_of.get(one.about, one.about))

    def action_do_only(self) -> None:
        states = {one.state for one in self._every}
        answers = [("all", "every comment"), *((id_, name) for id_, name in views.STATE_NAMES.items() if id_ in states)]

        def chosen(state: str | None) -> None:
            if state is not None:
                self._only = "" if state == "all" else state
                self.read_again()

        self.app.push_screen(Choose("Show which comments?", answers), chosen)

    def action_do_accept(self) -> None:
        self._ask("Accepted: what was done?", lambda id_, words: self.project.answer_comment(id_, True, words))

    def action_do_reject(self) -> None:
        self._ask("Rejected: why?", lambda id_, words: self.project.answer_comment(id_, False, words))

    def action_do_settle(self) -> None:
        self._ask("Settled: is there anything to say?", lambda id_, words: self.project.see_comment(id_, True, words))

    def action_do_raise(self) -> None:
        self._ask("Raised again: what is still open?", lambda id_, words: self.project.see_comment(id_, False, words))

    def _ask(self, title: str, act: Callable[[str, str], Changes]) -> None:
        """Ask for words, which the study may do without, and say them to the comment under the bar."""
        one = self._comment
        if one is None:
            return

        def keep(words: str | None) -> None:
            if words is not None:
                self.write(lambda: act(one.id, words.strip()))

        hint = excerpt(one.words, 100)
        self.app.push_screen(AskWords(title, one_line=True, hint=hint), keep)

    def action_do_page_on(self) -> None:
        self.query_one(VerticalScroll).scroll_page_down(animate=False)

    def action_do_page_back(self) -> None:
        self.query_one(VerticalScroll).scroll_page_up(animate=False)

    def action_do_undo(self) -> None:
        asking.undo(self)

    def action_do_redo(self) -> None:
        asking.redo(self)
