"""Types of participants with their reasons, negative cases, and the lists of work of rounds: flexible coding."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from qualbench.errors import QualbenchError
from qualbench.model import Round
from qualbench.project.bounded import Coverage
from qualbench.steps.typologies import NegativeCase, Ruled, Typed
from qualbench.text import counted, excerpt, shown
from qualbench.tui.commands import Command
from qualbench.tui.dialogs.choice import Choose
from qualbench.tui.dialogs.page import Page
from qualbench.tui.dialogs.words import AskWords
from qualbench.tui.screens import types_views as views
from qualbench.tui.screens.step import StepScreen
from qualbench.tui.widgets.lines import Lines
from qualbench.tui.widgets.palette import CodePalette, Entry

VIEWS = ("types", "negative", "lists")
NEW = "+new"


class Types(StepScreen):
    """Participants of one typology, negative cases, or lists of work; below, everything known of one line."""

    STEP = "types"
    TITLE_WORDS = "Types"
    DEFAULT_CSS = """
    Types #columns { height: 1; padding: 0; text-style: dim; text-wrap: nowrap; text-overflow: ellipsis; }
    Types Lines { height: 3fr; }
    Types VerticalScroll { height: 2fr; padding: 0 1; margin-bottom: 1; border-top: hkey $accent; }
    Types VerticalScroll Static { height: auto; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._looking = "types"
        self._typology = ""
        self._typed: dict[str, Typed] = {}
        self._cases: dict[str, NegativeCase] = {}
        self._lists: dict[str, tuple[Round, Coverage]] = {}

    def parts(self) -> ComposeResult:
        """The lines, and what is known of one."""
        yield Static(id="columns", markup=False)
        yield Lines()
        with VerticalScroll(can_focus=False):
            yield Static(id="one", markup=False)

    def begin(self) -> None:
        """The list has the keys."""
        self.query_one(Lines).focus()

    # --- what it shows -----------------------------------------------------------------------------------------

    def read_again(self) -> None:
        """Read the types, the negative cases and the lists as they are now."""
        project = self.project
        known = project.typologies()
        if self._typology not in known and known:
            self._typology = known[0]
        held = {one.participant: one for one in project.types(self._typology)} if self._typology in known else {}
        self._typed = held or {one.id: Typed(one.id, one.label, self._typology, "") for one in project.present()}
        self._cases = {f"{one.against} {one.participant}": one for one in project.negative_cases()}
        self._lists = {one.id: (one, project.list_coverage(one.id)) for one in project.rounds() if one.bound}
        self._draw()
        super().read_again()

    def _draw(self) -> None:
        width = self.size.width
        self.head(*self._told())
        self.query_one("#columns", Static).update(views.heading(self._looking, width))
        if self._looking == "types":
            lines = [(id_, views.typed(one, width)) for id_, one in self._typed.items()]
        elif self._looking == "negative":
            lines = [(id_, views.negative(one, width)) for id_, one in self._cases.items()]
        else:
            lines = [(id_, views.listed(*pair)) for id_, pair in self._lists.items()]
        self.query_one(Lines).show_lines(lines)
        self._show_one()

    def _told(self) -> tuple[str, ...]:
        have = sum(bool(one.value) for one in self._typed.values())
        if self._looking == "negative":
            return ("negative cases", counted(len(self._cases), "case"))
        if self._looking == "lists":
            return ("lists of work", counted(len(self._lists), "round"))
        name = excerpt(self._typology, 30) or "no typology yet"
        return (name, f"{have} of {counted(len(self._typed), 'participant')} have a type")

    def _show_one(self) -> None:
        self.query_one("#one", Static).update(self._about())
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def _about(self) -> Content:
        at = self._at
        if self._looking == "types" and at in self._typed:
            who = next((one for one in self.project.participants() if one.id == at), None)
            return views.person(self._typed[at], who, [one for one in self._cases.values() if one.participant == at])
        if self._looking == "negative" and at in self._cases:
            return views.case(self._cases[at])
        if self._looking == "lists" and at in self._lists:
            return views.coverage(*self._lists[at])
        return Content(_NOTHING[self._looking])

    @property
    def _at(self) -> str:
        return self.query_one(Lines).at

    def on_resize(self) -> None:
        """Fit the columns again."""
        self._draw()

    def on_option_list_option_highlighted(self) -> None:
        """Tell of the line that the bar came to."""
        self._show_one()
        self.refresh_footer()

    # --- commands ----------------------------------------------------------------------------------------------

    def allows(self, command: Command) -> bool:
        """Most commands are about a participant, or the line under the bar."""
        if not self.is_mounted or not super().allows(command):
            return False
        if command.id == "types.open":
            return bool(self._at) and (self._looking == "lists" or (self._looking == "types" and self.project.writable))
        if command.id == "types.away":
            has_type = self._looking == "types" and self._at in self._typed and self._typed[self._at].value
            return bool(has_type) or (self._looking == "negative" and bool(self._at))
        return command.id not in ("types.rule", "types.negative") or bool(self._typed)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter, or a click, on a line."""
        event.stop()
        if self._looking == "lists" or (self._looking == "types" and self.project.writable):
            self.action_do_open()

    def action_do_turn(self) -> None:
        self._looking = VIEWS[(VIEWS.index(self._looking) + 1) % len(VIEWS)]
        self.query_one(Lines).show_lines([])
        self._draw()
        self.refresh_footer()

    def action_do_open(self) -> None:
        at = self._at
        if self._looking == "lists":
            self._show_uncoded(at)
        elif at:
            self._in_typology(lambda name: self._ask_type(name, lambda value: self._ask_reason(at, name, value)))

    def _show_uncoded(self, round_: str) -> None:
        if round_ not in self._lists:
            return
        found = self.project.uncoded(round_)
        lines = [
            Content.assemble((shown(f"{one.place}, {one.participant}  "), "bold"), excerpt(one.text, 400))
            for one in found
        ]
        title = f"On the list of {excerpt(self._lists[round_][0].name, 40)}, without a code"
        self.app.push_screen(Page(title, Content("\n").join(lines) if lines else Content("Nothing is left.")))

    def _in_typology(self, then: Callable[[str], None]) -> None:
        """The typology that is shown, or the name of a first one."""
        if self._typology:
            then(self._typology)
        else:
            self._ask_line("A typology: its name, such as Stance", then)

    def _ask_type(self, name: str, then: Callable[[str], None]) -> None:
        """One of the types, or a new one."""
        try:
            types = self.project.type_names(name)
        except QualbenchError as error:
            self.say(f"{error.message} {error.hint}".strip(), warning=True)
            return
        if not types:
            self._ask_line(f"A type in {excerpt(name, 40)}: its name", then)
            return
        answers = [*((one, one) for one in types[:30]), (NEW, "a new type ...")]

        def chosen(answer: str | None) -> None:
            if answer == NEW:
                self._ask_line(f"A type in {excerpt(name, 40)}: its name", then)
            elif answer:
                then(answer)

        self.app.push_screen(Choose(f"Which type of {excerpt(name, 40)}?", answers), chosen)

    def _ask_line(self, title: str, then: Callable[[str], None]) -> None:
        def answered(words: str | None) -> None:
            if words and words.strip():
                then(words.strip())

        self.app.push_screen(AskWords(title, one_line=True), answered)

    def _ask_reason(self, participant: str, name: str, value: str) -> None:
        label = excerpt(self._typed[participant].label, 30)
        title = f"Why is {label} {excerpt(value, 30)}?" if value else f"Why is {label} of no type any more?"
        self._ask_line(title, lambda why: self._give(participant, name, value, why))

    def _give(self, participant: str, name: str, value: str, why: str) -> None:
        if self.write(lambda: self.project.assign_type(participant, name, value, reason=why)):
            self._typology = name
            self.read_again()

    def action_do_rule(self) -> None:
        self._in_typology(lambda name: self._ask_type(name, lambda value: self._ask_rule(name, value)))

    def _ask_rule(self, name: str, value: str) -> None:
        title = "Which rule? Such as code:TRUST and attribute:role = advocate"
        self._ask_line(title, lambda rule: self._show_rule(name, value, rule))

    def _show_rule(self, name: str, value: str, rule: str) -> None:
        """Whom it fits, before anything is done."""
        try:
            found = self.project.ruled(name, value, rule)
        except QualbenchError as error:
            self.say(f"{error.message} {error.hint}".strip(), warning=True)
            return
        answers = [("give", "Give them the type")] if found.given else []
        answers += [("replace", "Also to those who are of another type")] if found.others else []
        if not answers:
            self.say(_fits(found, value) or "The rule fits nobody.")
            return

        def chosen(answer: str | None) -> None:
            if answer and self.write(lambda: self.project.type_by_rule(name, value, rule, replace=answer == "replace")):
                self._typology = name
                self.read_again()

        self.app.push_screen(Choose(_fits(found, value), answers), chosen)

    def action_do_typology(self) -> None:
        answers = [*((one, one) for one in self.project.typologies()[:30]), (NEW, "a new typology ...")]

        def chosen(answer: str | None) -> None:
            if answer == NEW and self.project.writable:
                self._typology = ""
                self._ask_line(
                    "A typology: its name, such as Stance",
                    lambda name: self._ask_rule_or_hand(name),
                )
            elif answer and answer != NEW:
                self._typology = answer
                self.read_again()

        self.app.push_screen(Choose("Which typology?", answers), chosen)

    def _ask_rule_or_hand(self, name: str) -> None:
        """A new typology is there with its first type."""
        at = self._at if self._looking == "types" else ""
        if at:
            self._ask_type(name, lambda value: self._ask_reason(at, name, value))

    def action_do_negative(self) -> None:
        """Against what, then how; whose interview it is is asked first where no participant is under the bar."""
        if self._looking == "types" and self._at:
            self._ask_against(self._at)
            return
        entries = [Entry(id_, one.label) for id_, one in self._typed.items()]
        self.query_one(CodePalette).open(entries, then=self._ask_against, title="Whose interview")

    def _ask_against(self, participant: str) -> None:
        entries = [Entry(id_, words) for id_, words in self.project.could_be_against()]
        if not entries:
            self.say("There is no theme, type or code yet that an interview could speak against.")
            return

        def chosen(against: str) -> None:
            told = excerpt(self.project.told_against(against), 40)
            self._ask_line(
                f"How does it speak against {told}?",
                lambda how: self._mark(against, participant, how, marked=True),
            )

        self.query_one(CodePalette).open(entries, then=chosen, title="Speaks against")

    def _mark(self, against: str, participant: str, how: str, *, marked: bool) -> None:
        if self.write(lambda: self.project.mark_negative(against, participant, how, marked=marked)):
            self.say("Marked." if marked else "It is no negative case any more.")

    def action_do_away(self) -> None:
        at = self._at
        if self._looking == "types" and at in self._typed:
            self._ask_reason(at, self._typology, "")
        elif at in self._cases:
            one = self._cases[at]
            self._ask_line(
                "Why is it no negative case after all?",
                lambda why: self._mark(one.against, one.participant, why, marked=False),
            )

    def action_do_bind(self) -> None:
        begun = {one.round for one in self.project.passes()}
        rounds = [one for one in self.project.rounds() if one.id not in begun]
        queries = self.project.saved_queries()
        if not rounds or not queries:
            self.say("A round in which nobody codes yet and a saved query are needed: qualbench round FOLDER plan.")
            return

        def bind(round_: str, query: str) -> None:
            if self.write(lambda: self.project.bind_round(round_, query)):
                self._looking = "lists"
                self._draw()

        def of_query(round_: str | None) -> None:
            if round_:
                answers = [(one.name, f"{one.name}: {one.told}") for one in queries]
                self.app.push_screen(
                    Choose("To what which saved query finds?", answers),
                    lambda query: bind(round_, query) if query else None,
                )

        self.app.push_screen(Choose("Bind which round?", [(one.id, one.name) for one in rounds]), of_query)

    def action_do_page_on(self) -> None:
        self.query_one(VerticalScroll).scroll_page_down(animate=False)

    def action_do_page_back(self) -> None:
        self.query_one(VerticalScroll).scroll_page_up(animate=False)


_NOTHING = {
    "types": "There is no participant yet.",
    "negative": "No negative case is marked that you may know of. n marks one.",
    "lists": "No round has a list of work yet: save an index query, then qualbench round FOLDER plan --query, or b.",
}


def _fits(found: Ruled, value: str) -> str:
    """Whom a rule fits, in a question."""
    told = [f"{len(found.given)} would be {excerpt(value, 30)}"] if found.given else []
    told += [f"{len(found.already)} are already"] if found.already else []
    told += [f"{len(found.others)} are of another type and keep it"] if found.others else []
    return f"The rule fits: {', '.join(told)}." if told else ""
