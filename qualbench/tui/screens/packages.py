"""Packages between machines: who is who, what came, what waits, and writing and taking in packages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static

from qualbench.errors import QualbenchError
from qualbench.project.merged import Differs, Merge
from qualbench.project.packages import AnotherName, WhoIsThis
from qualbench.steps.packages import Card, read_card
from qualbench.store.queries.people import Known
from qualbench.text import shown
from qualbench.tui.commands import Command
from qualbench.tui.dialogs.choice import Choose
from qualbench.tui.dialogs.page import Page
from qualbench.tui.dialogs.words import AskWords
from qualbench.tui.screens import packages_views as views
from qualbench.tui.screens.files import ask_file
from qualbench.tui.screens.step import StepScreen
from qualbench.tui.widgets.lines import Lines


class Packages(StepScreen):
    """Everything that concerns other machines, without a server."""

    STEP = "packages"
    TITLE_WORDS = "Packages"
    DEFAULT_CSS = """
    Packages Lines { height: 1fr; }
    Packages #waiting { height: auto; max-height: 8; padding: 0 1; margin-bottom: 1; border-top: hkey $accent; }
    """

    def parts(self) -> ComposeResult:
        """Who is who and what came; below, what waits."""
        yield Lines()
        yield Static(id="waiting", markup=False)

    def begin(self) -> None:
        """The list has the keys."""
        self.query_one(Lines).focus()

    def read_again(self) -> None:
        """Read the keys, what came, and what waits."""
        self._people = self.project.known_people()
        self._arrived = self.project.arrivals()
        self._names = {row.id: row.name for row in self.project.transcripts(with_counts=False)}
        self.head(self.project.study.name, f"you are {self.project.viewer}, key {self.project.card().fingerprint}")
        self._draw()
        super().read_again()

    def _draw(self) -> None:
        lines = views.parted(self._people, self._arrived, self.size.width - 2)
        nothing = "Nothing has come from another machine, and nothing was sent to one."
        self.query_one(Lines).show_lines(lines or [("", Content.styled(nothing, "dim"))])
        self.query_one("#waiting", Static).update(self._waits())

    def _waits(self) -> Content:
        try:
            return views.waiting(self.project.waiting(), self._names)
        except QualbenchError as error:
            return Content(shown(f"{error.message} {error.hint}"))

    def on_resize(self) -> None:
        """Fit the columns again."""
        self._draw()

    @property
    def _key(self) -> Known | None:
        at = self.query_one(Lines).at
        return next((one for one in self._people if f"key:{one.key}" == at), None)

    @property
    def _package(self) -> str:
        at = self.query_one(Lines).at
        return at.removeprefix("package:") if at.startswith("package:") else ""

    def allows(self, command: Command) -> bool:
        """Some commands need a key or a package under the bar."""
        if not self.is_mounted or not super().allows(command):
            return False
        needs = {"packages.recognise": self._key is not None, "packages.take-back": bool(self._package)}
        return needs.get(command.id, True)

    def on_option_list_option_highlighted(self) -> None:
        """What can be done depends on the line."""
        self.refresh_footer()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter on a key asks whose it is."""
        event.stop()
        if self._key is not None and self.project.writable:
            self.action_do_recognise()

    # --- taking in -----------------------------------------------------------------------------------------------

    def action_do_merge(self) -> None:
        def named(words: str | None) -> None:
            if words and words.strip():
                self._look([Path(words.strip()).expanduser()])

        hint = "Several packages are taken in one after the other."
        self.app.push_screen(AskWords("Which package? (.qbp)", one_line=True, hint=hint), named)

    def _look(self, files: list[Path], reason: str = "", *, carry: bool = False) -> None:
        """Show what a package would do, and do it after a yes."""
        try:
            made = self.project.merge(files, reason=reason, carry=carry, dry_run=True)
        except WhoIsThis as error:
            self._ask_who(error.card, files)
            return
        except Differs as error:
            answers = [("carry", "Carry that work over to the newest text"), ("", "Take nothing in")]
            self.app.push_screen(
                Choose(error.message, answers), lambda how: self._look(files, reason, carry=True) if how else None
            )
            return
        except QualbenchError as error:
            self.say(f"{error.message} {error.hint}".strip(), warning=True)
            return
        self._confirm(made, files, reason, carry=carry)

    def _confirm(self, made: Merge, files: list[Path], reason: str, *, carry: bool) -> None:
        def go(answer: str | None) -> None:
            if answer == "yes":
                self.write(lambda: self.project.merge(files, reason=reason, carry=carry).changes)
                self.read_again()  # what waits is no fact of the study

        question = views.preview(made, self._names)
        self.app.push_screen(Choose(question, [("yes", "Take it in; a backup is made first"), ("no", "Leave it")]), go)

    def _ask_who(self, card: Card, files: list[Path]) -> None:
        def told(person: str | None) -> None:
            if person and person.strip():
                reason = "Said when the first package with this key came."
                self.write(lambda: self.project.recognise(card.key, person, reason))
                self._look(files)

        title = f"A package comes from '{card.name}', key {card.fingerprint}. Who is that?"
        self.app.push_screen(AskWords(title, card.name, one_line=True, hint="Ask them for their key first."), told)

    def action_do_open(self) -> None:
        def told(reason: str | None) -> None:
            if reason and reason.strip():
                self._look([], reason)

        title = "Why is it opened although somebody has not handed in? Their work will be late."
        self.app.push_screen(AskWords(title, one_line=True), told)

    def action_do_take_back(self) -> None:
        package = self._package

        def go(answer: str | None) -> None:
            if answer == "yes":
                self.write(lambda: self.project.take_back(package))

        question = "What this package brought will count no longer, and what it opened is closed."
        answers = [("yes", "Take it back; nothing of it is deleted"), ("no", "Leave it")]
        self.app.push_screen(Choose(question, answers), go)

    # --- who is who, and what leaves -----------------------------------------------------------------------------

    def action_do_recognise(self) -> None:
        key = self._key
        if key is None:
            return

        def told(person: str | None) -> None:
            if person and person.strip() != key.person:
                self.write(lambda: self.project.recognise(key.key, person))

        title = f"Who is {', '.join(key.names)} (key {Card(key.key, '', '').fingerprint})?"
        hint = "All that this key wrote becomes theirs."
        self.app.push_screen(AskWords(title, key.person or key.names[0], one_line=True, hint=hint), told)

    def action_do_card(self) -> None:
        card = self.project.card()
        words = f"Send this line to the lead of the study:\n\n{card.line()}\n\nYour key: {card.fingerprint}"
        self.app.push_screen(Page("Your card", Content(shown(card.name) and words)))

    def action_do_hand_in(self) -> None:
        def write(path: Path) -> str:
            try:
                return self._hand_in(path)
            except AnotherName as error:
                self._ask_whether_it_was_me(error, path)
                return error.message

        ask_file(self, "Write what you have submitted to", self._file(f"from-{self.project.viewer}"), write)

    def _file(self, name: str) -> Path:
        return self.project.folder / "exports" / f"{name.replace('/', '-')}.qbp"

    def _hand_in(self, path: Path, also: Sequence[str] = ()) -> str:
        sent = self.project.hand_in(path, also=also, force=True)
        return f"{views.passes(sent.transcripts)} in {sent.path}, sealed to the keeper."

    def _ask_whether_it_was_me(self, error: AnotherName, path: Path) -> None:
        me, names = self.project.viewer, ", ".join(error.names)

        def told(answer: str | None) -> None:
            if answer == "yes":
                try:
                    self.workplace.tell(self._hand_in(path, error.names))
                except QualbenchError as refused:
                    self.say(f"{refused.message} {refused.hint}".strip(), warning=True)
                self.read_again()

        answers = [("yes", f"Yes: what {names} did becomes {me}'s"), ("no", "No, that is somebody else")]
        self.app.push_screen(Choose(f"Something was done here as {names} too. Was that you?", answers), told)

    def action_do_send(self) -> None:
        known = [one for one in self._people if one.person and one.person != self.project.viewer]
        answers = [*((one.person, one.person) for one in known), ("", "Somebody else: I have their card")]
        self.app.push_screen(Choose("To whom?", answers), self._send_to)

    def _send_to(self, person: str | None) -> None:
        if person:
            held = next(one for one in self._people if one.person == person)
            self._send(Card(held.key, held.recipient, person), person)
        elif person is not None:
            self.app.push_screen(AskWords("Their card, the whole line", one_line=True), self._with_card)

    def _with_card(self, line: str | None) -> None:
        if not line:
            return
        try:
            card = read_card(line)
        except QualbenchError as error:
            self.say(f"{error.message} {error.hint}", warning=True)
            return
        title = f"Who is this (key {card.fingerprint})? The name that rounds call them by"
        self.app.push_screen(
            AskWords(title, card.name, one_line=True),
            lambda person: self._send(card, person.strip()) if person and person.strip() else None,
        )

    def _send(self, card: Card, person: str) -> None:
        def write(path: Path) -> str:
            sent = self.project.send(card, person, path, force=True)
            self.read_again()
            return f"The study for {person} is in {sent.path}. Nobody else can open it."

        ask_file(self, f"Write the study for {person} to", self._file(f"for-{person}"), write)
