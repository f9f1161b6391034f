"""Checks with participants: who was given what, what they said, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from qualbench.errors import QualbenchError
from qualbench.model import CHECK_KIND_NAMES, Changes, CheckKind, CheckState, MemberCheck, Reply
from qualbench.steps.members import REPLY_WORDS
from qualbench.text import shown
from qualbench.tui.commands import Command
from qualbench.tui.dialogs.choice import Choose
from qualbench.tui.dialogs.words import AskWords
from qualbench.tui.screens import checks_views as views
from qualbench.tui.screens.caring import with_care
from qualbench.tui.screens.files import ask_file
from qualbench.tui.screens.step import StepScreen
from qualbench.tui.widgets.lines import Lines

_NEEDS_ONE = frozenset({"checks.prepare", "checks.send", "checks.reply", "checks.apply", "checks.close"})


class Checks(StepScreen):
    """The participants, and below them everything that happened with the one under the bar."""

    STEP = "checks"
    TITLE_WORDS = "Checks with participants"
    DEFAULT_CSS = """
    Checks #columns { height: 1; padding: 0; text-style: dim; text-wrap: nowrap; text-overflow: ellipsis; }
    Checks Lines { height: 3fr; }
    Checks VerticalScroll { height: 2fr; padding: 0 1; margin-bottom: 1; border-top: hkey $accent; }
    Checks VerticalScroll Static { height: auto; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._checks: dict[str, MemberCheck] = {}
        self._withdrew: dict[str, str] = {}

    def parts(self) -> ComposeResult:
        """The participants, and what happened with one."""
        yield Static(id="columns", markup=False)
        yield Lines()
        with VerticalScroll(can_focus=False):
            yield Static(id="history", markup=False)

    def begin(self) -> None:
        """The list has the keys."""
        self.query_one(Lines).focus()

    # --- what it shows -----------------------------------------------------------------------------------------

    def read_again(self) -> None:
        """Read where every check stands."""
        checks = self.project.checks()
        self._checks = {one.participant: one for one in checks}
        self._withdrew = {one.participant: one.at for one in self.project.withdrawn()}
        self.head(*views.head(checks, self.project.response_rate(), self.project.today()))
        self._draw()
        super().read_again()

    def _draw(self) -> None:
        today, width = self.project.today(), self.size.width
        self.query_one("#columns", Static).update(views.heading(width))
        rows = [(id_, views.line(one, today, self._withdrew.get(id_, ""), width)) for id_, one in self._checks.items()]
        nothing = [("", Content("No participant speaks in any transcript yet."))]
        self.query_one(Lines).show_lines(rows or nothing)
        self._show_history()

    def on_resize(self) -> None:
        """Fit the columns again."""
        self._draw()

    def on_option_list_option_highlighted(self) -> None:
        """Tell of the participant that the bar came to."""
        self._show_history()
        self.refresh_footer()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter, or a click, only reads."""
        event.stop()

    def _show_history(self) -> None:
        self.query_one("#history", Static).update(views.about(self._at))
        self.query_one(VerticalScroll).scroll_home(animate=False)

    @property
    def _at(self) -> MemberCheck | None:
        return self._checks.get(self.query_one(Lines).at)

    def allows(self, command: Command) -> bool:
        """Every step needs a participant under the bar who is still here; withdrawing again finishes what was cut."""
        if not self.is_mounted or not super().allows(command):
            return False
        at = self._at
        if command.id in _NEEDS_ONE:
            return at is not None and at.participant not in self._withdrew
        return command.id != "checks.withdraw" or at is not None

    # --- giving and asking -------------------------------------------------------------------------------------

    def _with_one(self, act: Callable[[MemberCheck], object]) -> None:
        if (at := self._at) is not None:
            act(at)

    def action_do_prepare(self) -> None:
        kinds = [(str(kind), name) for kind, name in CHECK_KIND_NAMES.items()]
        self._with_one(
            lambda one: self.app.push_screen(
                Choose(f"What is {one.label} given?", kinds), lambda kind: self._prepare(one, kind)
            )
        )

    def _prepare(self, one: MemberCheck, said: str | None) -> None:
        if not said:
            return
        kind = CheckKind(said)
        suggestion = self.project.folder / "exports" / f"{one.participant}-{kind}.docx"

        def write(target: Path) -> str:
            told = self.project.write_packet(one.participant, kind, target, force=True)
            self.write(lambda: self.project.state_check(one.participant, CheckState.PREPARED, kind=kind))
            return told

        try:
            words = [(f"The packet for {one.label}", self.project.packet_text(one.participant, kind))]
        except QualbenchError as error:
            self.say(f"{error.message} {error.hint}".strip(), warning=True)
            return
        question = "Write the packet to (.docx .md)"
        with_care(self, "check", lambda: ask_file(self, question, suggestion, write), words=words)

    def action_do_send(self) -> None:
        def asked(one: MemberCheck, channel: str, due: str | None) -> None:
            if due is not None:
                self.write(
                    lambda: self.project.state_check(one.participant, CheckState.SENT, channel=channel, due=due.strip())
                )

        def sent(one: MemberCheck, channel: str | None) -> None:
            if channel is not None:
                title = "By when is an answer asked for? (such as 2026-03-31; nothing when by no day)"
                self.app.push_screen(AskWords(title, one_line=True), lambda due: asked(one, channel, due))

        title = "How was it sent? (post, mail, in person)"
        self._with_one(
            lambda one: self.app.push_screen(AskWords(title, one_line=True), lambda channel: sent(one, channel))
        )

    def action_do_reply(self) -> None:
        answers = [*((str(one), words) for one, words in REPLY_WORDS.items()), ("none", "no reply came")]
        self._with_one(
            lambda one: self.app.push_screen(
                Choose(f"What did {one.label} answer?", answers), lambda said: self._reply(one, said)
            )
        )

    def _reply(self, one: MemberCheck, said: str | None) -> None:
        if said == "none":
            self.write(lambda: self.project.state_check(one.participant, CheckState.NO_REPLY))
        elif said:

            def keep(words: str | None) -> None:
                if words is not None:
                    self.write(lambda: self.project.reply(one.participant, Reply(said), words))

            self.app.push_screen(AskWords(f"What {one.label} said", hint="In their words or yours."), keep)

    # --- what becomes of it ------------------------------------------------------------------------------------

    def action_do_apply(self) -> None:
        def chosen(one: MemberCheck, what: str | None) -> None:
            if what:
                self._apply(one, "" if what == "+" else what)

        def ask(one: MemberCheck) -> None:
            speakers = self.project.speakers()
            names = {row.id: row.name for row in self.project.transcripts(with_counts=False)}
            theirs = [id_ for id_, those in speakers.items() if one.participant in {o.participant for o in those}]
            ways = [(id_, f"Corrections in {names[id_]}") for id_ in theirs] + [("+", "An addition: a new document")]
            self.app.push_screen(Choose("What is taken in?", ways), lambda what: chosen(one, what))

        self._with_one(ask)

    def _apply(self, one: MemberCheck, transcript: str) -> None:
        hint = "Nothing: its newest version has them already." if transcript else ""
        title = "The file with the corrected text" if transcript else "The file with what they added"

        def take(name: str | None) -> None:
            if name is not None and (name.strip() or transcript):
                self.write(lambda: self._taken_in(one, transcript, name.strip()))

        self.app.push_screen(AskWords(title, one_line=True, hint=hint), take)

    def _taken_in(self, one: MemberCheck, transcript: str, name: str) -> Changes:
        if not name:
            return self.project.apply_reply(one.participant, transcript)
        try:
            data = Path(name).expanduser().read_bytes()
            text = data.decode("utf-8-sig") if transcript else ""
        except (OSError, RuntimeError, ValueError) as error:
            raise QualbenchError(f"'{name}' can not be read as a file of text.") from error
        if transcript:
            return self.project.apply_reply(one.participant, transcript, text)
        made = self.project.add_reply(one.participant, Path(name).name, data)
        self.say(f"What {shown(one.label)} added is the document '{made}'.")
        return Changes(frozenset({"study"}), frozenset({"transcript_imported"}))

    def action_do_close(self) -> None:
        def close(one: MemberCheck, note: str | None) -> None:
            if note is not None:
                self.write(lambda: self.project.state_check(one.participant, CheckState.CLOSED, note=note))

        title = "What is to be remembered? (it may stay empty)"
        self._with_one(lambda one: self.app.push_screen(AskWords(title, one_line=True), lambda note: close(one, note)))

    def action_do_withdraw(self) -> None:
        def go(one: MemberCheck, reason: str | None) -> None:
            if reason is not None and self.write(lambda: self.project.withdraw(one.participant, reason)):
                self.workplace.tell(f"{one.label} withdrew. Their words are destroyed.")

        def answered(one: MemberCheck, answer: str | None) -> None:
            if answer == "yes":
                self.app.push_screen(AskWords("Why, if they said", one_line=True), lambda why: go(one, why))

        def ask(one: MemberCheck) -> None:
            told = "\n".join(self.project.withdrawal(one.participant).sentences())
            question = f"Destroy the words of {one.label} for good?\n{told}"
            ways = [("yes", "Destroy them"), ("no", "Leave everything as it is")]
            self.app.push_screen(Choose(question, ways), lambda answer: answered(one, answer))

        self._with_one(ask)

    # --- moving ------------------------------------------------------------------------------------------------

    def action_do_undo(self) -> None:
        if self.write(lambda: self.project.undo("members", "members")):
            self.say("Undone: your newest step of a check.")

    def action_do_redo(self) -> None:
        if self.write(lambda: self.project.redo("members", "members")):
            self.say("Done again.")

    def action_do_page_on(self) -> None:
        self.query_one(VerticalScroll).scroll_page_down(animate=False)

    def action_do_page_back(self) -> None:
        self.query_one(VerticalScroll).scroll_page_up(animate=False)
