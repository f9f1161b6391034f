"""Cross-analysis: the core ideas of all cases in one domain, and categories: alone first, then the team's."""

from __future__ import annotations

from qualbench.model import Category, Changes, CoreIdea, Judging
from qualbench.steps.cqr import only_audits
from qualbench.text import counted, excerpt
from qualbench.tui.commands import Command
from qualbench.tui.dialogs.choice import KEYS, Choose
from qualbench.tui.dialogs.page import Page
from qualbench.tui.screens import cqr_asking as asking
from qualbench.tui.screens import cqr_case_views, cqr_table_views
from qualbench.tui.screens import cqr_cross_views as views
from qualbench.tui.screens.cqr_panes import DomainPanes
from qualbench.tui.widgets.lines import Lines


class CqrCross(DomainPanes):
    """The team's core ideas in the first pane, categories in the second."""

    STEP = "cqr_cross"
    TITLE_WORDS = "Cross-analysis"

    def __init__(self, domain: str = "") -> None:
        super().__init__()
        self._begins_at = domain
        self._cases: dict[str, str] = {}
        self._ideas: tuple[CoreIdea, ...] = ()
        self._alone: tuple[Category, ...] = ()
        """The judges' categories of the domain, as far as the viewer may see them."""
        self._agreed: tuple[Category, ...] = ()
        self._labels: dict[str, str] = {}
        self._judging: Judging | None = None
        self._comments: dict[str, int] = {}
        self._audits = False

    def begin(self) -> None:
        """At the domain that was asked for."""
        super().begin()
        self._list.go_to(self._begins_at)

    # --- reading -----------------------------------------------------------------------------------------------

    def read_again(self) -> None:
        """Read the core ideas, and the categories of the domain under the bar."""
        project = self.project
        self._domains = project.domains()
        self._cases = dict(project.case_labels())
        self._ideas = project.core_ideas(agreed=True)
        self._comments = cqr_case_views.unsettled(project.comments())
        self._labels = cqr_table_views.labels(project.frequencies())
        self._list.show_lines(views.domains(self._domains, self._ideas, self._list_width))
        self._shown_domain = self._domain
        self.show_domain()
        super().read_again()

    def show_domain(self) -> None:
        """The core ideas and the categories of the domain."""
        project, domain = self.project, self._domain
        self._judging = project.judging(domain) if domain else None
        self._audits = project.is_auditor(domain)
        self._alone = project.categories(domain) if domain else ()
        self._agreed = project.categories(domain, agreed=True) if domain else ()
        told = {one.id: self._told(one) for one in self._agreed}
        self._second.show_lines(views.categories(self._alone, self._agreed, told, self._marked, opened=self._opened))
        self._show_ideas()
        self.caption("second", "categories")
        self._tell_head()

    def _told(self, one: Category) -> str:
        """The label of a category, and how many comments on it are not settled."""
        label = self._labels.get(one.id, counted(len(one.ideas), "core idea"))
        return label + cqr_case_views.told_comments(one.id, self._comments)

    def _show_ideas(self) -> None:
        here = [one for one in self._ideas if one.domain == self._domain]
        every = (*self._alone, *self._agreed)
        self._first.show_lines(views.ideas(here, self._cases, self._category, every))
        cases = len({one.case for one in here})
        told = f"{self._label}: {counted(len(here), 'core idea')} of {counted(cases, 'case')}"
        at = self._category
        self.caption("first", f"{told}; ● in '{at.name}'" if at else told)

    def _tell_head(self) -> None:
        auditor = "you are an auditor" if self._audits else ""
        said = "all have handed in" if self._opened else cqr_case_views.waited(self._judging)
        on_domain = cqr_case_views.told_comments(self._domain, self._comments).strip()
        self.head(self._label, auditor, said, counted(len(self._cases), "case"), on_domain)

    def on_option_list_option_highlighted(self, event: Lines.OptionHighlighted) -> None:
        """Another category shows which core ideas stand in it."""
        super().on_option_list_option_highlighted(event)
        if event.option_list.id == "second":
            self._show_ideas()

    @property
    def _opened(self) -> bool:
        return bool(self._judging and self._judging.opened)

    # --- what is under the bar ---------------------------------------------------------------------------------

    @property
    def _category(self) -> Category | None:
        return next((one for one in (*self._alone, *self._agreed) if one.id == self._second.at), None)

    @property
    def _idea(self) -> CoreIdea | None:
        return next((one for one in self._ideas if one.id == self._first.at), None)

    @property
    def _chosen(self) -> tuple[Category, ...]:
        """The judges' categories that are marked, else the one under the bar."""
        marked = tuple(one for one in self._alone if one.id in self._marked)
        return marked or tuple(one for one in self._alone if one.id == self._second.at)

    @property
    def _judges(self) -> bool:
        """Whether the viewer judges this domain, and has not handed in."""
        judging, viewer = self._judging, self.project.viewer
        return bool(judging and viewer in judging.judges and viewer not in judging.handed_in)

    @property
    def _only_audits(self) -> bool:
        """Whether the viewer is an outside auditor; one from inside the team judges other domains."""
        return only_audits(self.project.roles(self.project.viewer))

    @property
    def _may_change(self) -> bool:
        """Whether the category under the bar is the team's, or the viewer's while they work alone."""
        one = self._category
        if one is None or self._audits:
            return False
        return not one.judge or (one.judge == self.project.viewer and self._judges)

    # --- commands ----------------------------------------------------------------------------------------------

    def allows(self, command: Command) -> bool:
        """Judges propose while they are alone, the team agrees when all have handed in, auditors comment."""
        if not self.is_mounted or not super().allows(command):
            return False
        at, works, in_categories = self._category, not self._audits, self._second.has_focus
        wants = {
            "propose": works and self._judges, "submit": works and self._judges,
            "put": bool(self._chosen) and self._opened if in_categories else self._may_change and bool(self._idea),
            "agree": works and self._opened,
            "rename": self._may_change, "remove": self._may_change,
            "under": self._may_change and at is not None and not at.judge,
            "comment": self._audits and bool(self._domain),
            "judges": bool(self._domain) and not self._only_audits, "open": bool(self._pane.at),
        }  # fmt: skip
        return wants.get(command.id.split(".")[1], True)

    def action_do_propose(self) -> None:
        domain = self._domain
        title, act = f"{self._label}: name of the category", self.project.propose_category
        asking.ask_words(self, title, "", lambda name: act(domain, name), line=True)

    def action_do_put(self) -> None:
        at, idea = self._category, self._idea
        if self._second.has_focus:
            if at is not None and at.judge:
                self.turn_mark(at.id)
        elif at is not None and idea is not None:
            self._turn_place(at, idea.id)

    def _turn_place(self, at: Category, idea: str) -> None:
        """Put a core idea in the category under the bar, or take it out."""
        is_in = idea in at.ideas
        if at.judge:
            ideas = tuple(one for one in at.ideas if one != idea) if is_in else (*at.ideas, idea)
            self.write(lambda: self.project.propose_category(at.domain, at.name, ideas, at.id))
        else:
            self.write(lambda: self.project.place_idea(idea, at.id, not is_in))

    def action_do_agree(self) -> None:
        domain, chosen = self._domain, self._chosen

        def agree(name: str) -> Changes:
            ideas, sources = views.gathered(chosen), tuple(one.id for one in chosen)
            changes = self.project.agree_category(domain, name, ideas, sources=sources)
            self._marked.clear()
            return changes

        hint = f"Out of {', '.join(one.name for one in chosen)}." if chosen else ""
        before = chosen[0].name if chosen else ""
        asking.ask_words(self, f"{self._label}: the team's category", before, agree, hint=hint, line=True)

    def action_do_rename(self) -> None:
        one = self._category
        if one is None:
            return

        def rename(name: str) -> Changes:
            if one.judge:
                return self.project.propose_category(one.domain, name, one.ideas, one.id)
            return self.project.agree_category(
                one.domain, name, one.ideas, parent=one.parent, sources=one.sources, category=one.id
            )

        asking.ask_words(self, "Name of the category", one.name, rename, line=True)

    def action_do_remove(self) -> None:
        one = self._category
        if one is None:
            return
        if one.judge:
            self.write(lambda: self.project.withdraw_category(one.id))
        else:
            title = f"Drop '{excerpt(one.name, 40)}': why?"
            asking.ask_words(self, title, "", lambda reason: self.project.drop_category(one.id, reason), line=True)

    def action_do_under(self) -> None:
        one = self._category
        if one is None:
            return
        tops = [each for each in self._agreed if not each.parent and each.id != one.id]
        answers = [("nothing", "no other: a category of its own"), *((each.id, each.name) for each in tops)]

        def chosen(parent: str | None) -> None:
            if parent is not None:
                self._put_under(one, "" if parent == "nothing" else parent)

        self.app.push_screen(Choose(f"'{excerpt(one.name, 40)}' is part of", answers[: len(KEYS)]), chosen)

    def _put_under(self, one: Category, parent: str) -> None:
        act = self.project.agree_category
        self.write(
            lambda: act(one.domain, one.name, one.ideas, parent=parent, sources=one.sources, category=one.id)
        )  # fmt: skip

    def action_do_submit(self) -> None:
        domain = self._domain
        question = f"Hand in your categories of {self._label}? Nothing of yours changes after that."
        none = not any(one.judge == self.project.viewer for one in self._alone)
        if none:
            question += " You have proposed none."
        asking.ask_submit(self, question, lambda: self.project.submit_categories(domain, nothing=none))

    def action_do_comment(self) -> None:
        one = self._category
        if self._second.has_focus and one is not None and not one.judge:
            asking.ask_comment(self, "category", one.id, one.name)
        else:
            asking.ask_comment(self, "domain", self._domain, self._label)

    def action_do_judges(self) -> None:
        asking.ask_judges(self, self._domain, self._label, self._judging)

    def action_do_table(self) -> None:
        self.workplace.show_step("cqr_table")

    def action_do_open(self) -> None:
        category, idea = self._category, self._idea
        if self._second.has_focus and category is not None:
            page = views.whole(category, self._labels.get(category.id, ""), self._ideas, self._cases)
            self.app.push_screen(Page(category.name, page))
        elif not self._second.has_focus and idea is not None:
            passages = self.project.raw(idea.case, idea.domain)
            title = self._cases.get(idea.case, idea.case)
            self.app.push_screen(Page(title, cqr_case_views.whole(idea, passages)))
