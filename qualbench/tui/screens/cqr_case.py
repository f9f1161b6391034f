"""One case: its domains, the settled text of one of them, and the core ideas: alone first, then the team's."""

from __future__ import annotations

from collections import Counter

from qualbench.model import CASE_STATE_NAMES, Changes, CoreIdea
from qualbench.steps.cqr import Case, Passage
from qualbench.text import counted, excerpt
from qualbench.tui.commands import Command
from qualbench.tui.dialogs.page import Page
from qualbench.tui.screens import cqr_asking as asking
from qualbench.tui.screens import cqr_case_views as views
from qualbench.tui.screens.cqr_panes import DomainPanes


class CqrCase(DomainPanes):
    """Raw text in the first pane, core ideas in the second."""

    STEP = "cqr_case"
    TITLE_WORDS = "Case"

    def __init__(self, case: str = "") -> None:
        super().__init__()
        self._id = case
        self._case: Case | None = None
        self._passages: tuple[Passage, ...] = ()
        self._alone: tuple[CoreIdea, ...] = ()
        """The judges' core ideas of the whole case, as far as the viewer may see them."""
        self._agreed: tuple[CoreIdea, ...] = ()
        self._comments: dict[str, int] = {}
        self._audits = False

    # --- reading -----------------------------------------------------------------------------------------------

    def read_again(self) -> None:
        """Read the case, and what the domain under the bar holds."""
        project = self.project
        cases = project.cases()
        self._case = next((one for one in cases if self._id in ("", one.id)), None)
        self._domains = project.domains()
        case = self._case
        self._audits = project.is_auditor(case.id if case else "")
        self._alone = project.core_ideas(case.id) if case else ()
        self._agreed = project.core_ideas(case.id, agreed=True) if case else ()
        counts = Counter(one.domain for one in (self._agreed if self._opened else self._alone))
        self._comments = views.unsettled(project.comments())
        passages = dict(case.domains) if case else {}
        self._list.show_lines(views.domains(self._domains, passages, counts, self._list_width))
        self._shown_domain = self._domain
        self.show_domain()
        super().read_again()

    def show_domain(self) -> None:
        """The text and the core ideas of the domain."""
        case, domain = self._case, self._domain
        self._passages = self.project.raw(case.id, domain) if case and domain else ()
        own, agreed = self._here(self._alone), self._here(self._agreed)
        self._first.show_lines(views.raw(self._passages, self._marked))
        lines = views.ideas(own, agreed, self._passages, self._marked, self._comments, opened=self._opened)
        self._second.show_lines(lines)
        self.caption("first", views.caption(self._label, len(self._passages)))
        self.caption("second", "core ideas [the passages they rest on]")
        self._tell_head()

    def _tell_head(self) -> None:
        case = self._case
        if case is None:
            self.head("There is no case here.")
            return
        state = CASE_STATE_NAMES[case.state] if case.state else ""
        auditor = "you are an auditor" if self._audits else ""
        said = "all have handed in" if self._opened else views.waited(case.judging)
        self.head(case.label, auditor, said, state, views.told_comments(case.id, self._comments).strip())

    def _here(self, ideas: tuple[CoreIdea, ...]) -> tuple[CoreIdea, ...]:
        return tuple(one for one in ideas if one.domain == self._domain)

    @property
    def _opened(self) -> bool:
        case = self._case
        return bool(case and case.judging and case.judging.opened)

    # --- what is under the bar ---------------------------------------------------------------------------------

    @property
    def _idea(self) -> CoreIdea | None:
        """The core idea under the bar of the second pane."""
        return next((one for one in (*self._alone, *self._agreed) if one.id == self._second.at), None)

    @property
    def _passage(self) -> Passage | None:
        """The passage under the bar of the first pane."""
        return next((one for one in self._passages if one.place == self._first.at), None)

    @property
    def _places(self) -> tuple[str, ...]:
        """The passages marked, in the order of the text."""
        return tuple(one.place for one in self._passages if one.place in self._marked)

    @property
    def _chosen(self) -> tuple[CoreIdea, ...]:
        """The judges' core ideas that are marked, else the one under the bar."""
        own = views.beside(self._here(self._alone), self._passages)
        marked = tuple(one for one in own if one.id in self._marked)
        return marked or tuple(one for one in own if one.id == self._second.at)

    @property
    def _judges(self) -> bool:
        """Whether the viewer judges this case, and has not handed in."""
        judging = self._case.judging if self._case else None
        viewer = self.project.viewer
        return bool(judging and viewer in judging.judges and viewer not in judging.handed_in)

    # --- commands ----------------------------------------------------------------------------------------------

    def allows(self, command: Command) -> bool:
        """Judges write while they are alone, the team agrees when all have handed in, auditors comment."""
        if not self.is_mounted or not super().allows(command):
            return False
        idea, case, works = self._idea, self._case, not self._audits
        is_team = idea is not None and not idea.judge
        is_own = idea is not None and idea.judge == self.project.viewer and self._judges
        in_ideas = self._second.has_focus
        wants = {
            "write": works and self._judges and bool(self._domain), "submit": works and self._judges,
            "mark": works and bool(self._second.at if in_ideas else self._first.at),
            "agree": works and self._opened and bool(self._domain),
            "edit": works and (is_team or is_own), "remove": works and (is_team or is_own),
            "comment": self._audits and case is not None, "open": bool(self._pane.at),
        }  # fmt: skip
        return wants.get(command.id.split(".")[1], True)

    def action_do_mark(self) -> None:
        at = self._pane.at
        if self._pane is self._second and (self._idea is None or not self._idea.judge or not self._opened):
            self.say("Judges' core ideas are marked when all have handed in, for the team's version.")
        else:
            self.turn_mark(at)

    def action_do_open(self) -> None:
        passage, idea = self._passage, self._idea
        if self._second.has_focus and idea is not None:
            self.app.push_screen(Page(idea.judge or "The team's core idea", views.whole(idea, self._passages)))
        elif not self._second.has_focus and passage is not None:
            self.workplace.show_step("coding", transcript=passage.transcript, at=str(passage.start))

    def action_do_write(self) -> None:
        case, domain = self._case, self._domain
        if case is None:
            return
        at = (self._first.at,) if self._first.at else ()
        places = self._places or at
        rests = f"It rests on {counted(len(places), 'passage')}. " if places else "It rests on no passage. "

        def write(words: str) -> Changes:
            changes = self.project.write_idea(case.id, domain, words, places)
            self._marked.clear()
            return changes

        asking.ask_words(self, f"{case.label}, {self._label}: core idea", "", write, hint=rests, line=True)

    def action_do_edit(self) -> None:
        idea, places = self._idea, self._places
        if idea is None:
            return
        rests = places or idea.places
        hint = "It rests on the passages marked from now on." if places else ""

        def anew(words: str) -> Changes:
            if idea.judge:
                changes = self.project.write_idea(idea.case, idea.domain, words, rests, idea.id)
            else:
                changes = self.project.agree_idea(idea.case, idea.domain, words, rests, idea.sources, idea.id)
            self._marked.clear()
            return changes

        asking.ask_words(self, f"{self._label}: core idea anew", idea.words, anew, hint=hint)

    def action_do_remove(self) -> None:
        idea = self._idea
        if idea is None:
            return
        if idea.judge:
            self.write(lambda: self.project.remove_idea(idea.id))
        else:
            title = f"Drop '{excerpt(idea.words, 40)}': why?"
            asking.ask_words(self, title, "", lambda reason: self.project.drop_idea(idea.id, reason), line=True)

    def action_do_submit(self) -> None:
        case = self._case
        if case is None:
            return
        left = views.missing(self._domains, dict(case.domains), self._alone, self.project.viewer)
        question = f"Hand in your core ideas of {case.label}? Nothing of yours changes after that. {left}"
        none = not any(one.judge == self.project.viewer for one in self._alone)
        asking.ask_submit(self, question.strip(), lambda: self.project.submit_ideas(case.id, nothing=none))

    def action_do_agree(self) -> None:
        case, domain, chosen = self._case, self._domain, self._chosen
        if case is None:
            return
        at = (self._first.at,) if self._first.at and not chosen else ()
        places = views.places_of(chosen, self._places or at)
        sources = tuple(one.id for one in chosen)

        def agree(words: str) -> Changes:
            changes = self.project.agree_idea(case.id, domain, words, places, sources)
            self._marked.clear()
            return changes

        title = f"{case.label}, {self._label}: the team's core idea"
        hint = f"Out of {counted(len(sources), 'idea')}." if sources else "Out of no judge's own."
        asking.ask_words(self, title, views.together(chosen), agree, hint=hint)

    def action_do_comment(self) -> None:
        case, idea = self._case, self._idea
        if case is None:
            return
        if self._second.has_focus and idea is not None and not idea.judge:
            asking.ask_comment(self, "idea", idea.id, idea.words)
        else:
            asking.ask_comment(self, "case", case.id, case.label)
