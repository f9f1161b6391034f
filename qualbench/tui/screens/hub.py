"""The hub: how the study stands to it in words, what is sealed and opened, and syncing, sealing and opening by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from qualbench.errors import QualbenchError
from qualbench.project.courier import News, Touch
from qualbench.project.gates import Gate, GateState, HubStatus, Place
from qualbench.text import counted, shown
from qualbench.tui.commands import Command
from qualbench.tui.dialogs.choice import Choose
from qualbench.tui.dialogs.page import Page
from qualbench.tui.dialogs.secret import AskSecret
from qualbench.tui.dialogs.words import AskWords
from qualbench.tui.screens import hub_views as views
from qualbench.tui.screens.packages_views import listed
from qualbench.tui.screens.step import StepScreen
from qualbench.tui.widgets.lines import Lines

if TYPE_CHECKING:
    from qualbench.hub import Link, NotAsked
    from qualbench.project.gates import Gated


class Hub(StepScreen):
    """What the hub has, lacks and waits for."""

    STEP = "hub"
    TITLE_WORDS = "Hub"
    TELLS_OF_HUB = True
    DEFAULT_CSS = """
    Hub #standing { height: auto; max-height: 50%; padding: 0 1; margin: 1 0; }
    Hub #columns { height: 1; text-style: dim; }
    Hub Lines { height: 1fr; margin-bottom: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._gates: tuple[Gate, ...] = ()
        self._status: HubStatus | None = None
        self._awaited: dict[Place, str] = {}
        self._syncs = False

    def parts(self) -> ComposeResult:
        """How it stands; below, every transcript."""
        yield Static(id="standing", markup=False)
        yield Static(id="columns", markup=False)
        yield Lines()

    def begin(self) -> None:
        """The list has the keys."""
        self.query_one(Lines).focus()

    def read_again(self) -> None:
        """Read how the study stands to its hub, as far as it is known here."""
        self.head(self.project.study.name, f"you are {self.project.viewer}")
        self._draw()
        super().read_again()

    def _draw(self) -> None:
        project, standing = self.project, self.query_one("#standing", Static)
        self._gates, self._status = (), None
        if not project.on_hub:
            standing.update(Content("\n").join(map(Content, views.PLAIN)))
        else:
            self._gates = project.gates()
            try:
                self._status = project.hub_status()
                news = self.workplace.hub_news
                standing.update(views.standing(news, self._status, self._gates, writable=project.writable))
            except QualbenchError as error:
                standing.update(Content(shown(f"{error.message} {error.hint}")))
        width, rounds = self.size.width - 2, views.rounds_of(self._gates)
        self.query_one("#columns", Static).update(views.columns(width, rounds) if self._gates else "")
        self.query_one(Lines).show_lines(
            [
                (f"{one.transcript}:{one.round}", views.gate_line(one, self._awaited, width, rounds))
                for one in self._gates
            ]
        )

    def on_resize(self) -> None:
        """Fit the columns again."""
        self._draw()

    def after_hub(self, news: News) -> None:
        """Show what the meeting brought, and say it to whoever asked for it."""
        self._draw()
        self.refresh_footer()
        if not self._syncs or news.touch is Touch.REACHING:
            return
        self._syncs, synced = False, news.synced
        if synced is None:
            self.say(news.why, warning=True)
        else:
            self.say(f"{counted(synced.given, 'fact')} given, {synced.taken} taken.")

    @property
    def _gate(self) -> Gate | None:
        at = self.query_one(Lines).at
        return next((one for one in self._gates if f"{one.transcript}:{one.round}" == at), None)

    def allows(self, command: Command) -> bool:
        """Most needs a hub; sealing something that is submitted, and opening a lead with something to open."""
        if not self.is_mounted or not super().allows(command):
            return False
        status, gate = self._status, self._gate
        if command.id in ("hub.sync", "hub.password"):
            return status is not None
        if command.id == "hub.seal":
            return status is not None and bool(status.unsealed)
        if command.id == "hub.open":
            is_closed = gate is not None and gate.state not in (GateState.OPENED, GateState.LATE)
            return status is not None and status.is_lead and is_closed
        return True

    def on_option_list_option_highlighted(self) -> None:
        """What can be done depends on the line."""
        self.refresh_footer()

    # --- syncing -------------------------------------------------------------------------------------------------

    def action_do_sync(self) -> None:
        self._meet()

    def action_do_password(self) -> None:
        hint = "It is kept nowhere; ~/.pgpass saves you typing it."
        self.app.push_screen(
            AskSecret("Your password on the hub", hint), lambda word: self._meet(word) if word else None
        )

    def _meet(self, password: str = "") -> None:
        if self.workplace.courier is not None:
            self._syncs = True
            self.say("The hub is being asked.")
            self.workplace.courier.meet(password)

    # --- sealing -------------------------------------------------------------------------------------------------

    def action_do_seal(self) -> None:
        waiting = {one.transcript: one.name for one in self._gates if one.state is GateState.SUBMITTED}
        here = self._gate
        answers = [("", f"Seal {'all of it: ' * (len(waiting) > 1)}{listed(list(waiting.values()))}")]
        if here is not None and here.transcript in waiting and len(waiting) > 1:
            answers.append((here.transcript, f"Seal only {here.name}"))
        question = "Say that you are finished? Your coding of what is sealed does not change any more."
        self.app.push_screen(Choose(question, answers), self._seal)

    def _seal(self, transcript: str | None) -> None:
        if transcript is None:
            return
        names = [transcript] if transcript else []

        def sealed(answer: tuple[str, ...] | QualbenchError) -> None:
            if isinstance(answer, QualbenchError):
                self._say_error(answer)
            else:
                self.workplace.tell(f"Sealed: {listed(answer)}. The lead can open it when all have sealed.")

        self.say("The hub is being asked.")
        self.workplace.ask_hub(lambda study, link: study.seal_with(link, names), sealed)

    # --- opening -------------------------------------------------------------------------------------------------

    def action_do_open(self) -> None:
        if self._gate is not None:
            self._open(self._gate)

    def _open(self, gate: Gate, reason: str = "") -> None:
        def open_(study: Gated, link: Link) -> None:
            study.open_with(link, gate.transcript, reason, gate.round)

        self.say("The hub is being asked.")
        self.workplace.ask_hub(open_, self._opened(gate))

    def _opened(self, gate: Gate) -> Callable[[QualbenchError | None], None]:
        from qualbench.hub import NotAsked

        def opened(answer: QualbenchError | None) -> None:
            if isinstance(answer, NotAsked):
                self._ask_why(gate, answer)
            elif answer is not None:
                self._say_error(answer)
            else:
                self._awaited.pop((gate.transcript, gate.round), None)
                self.workplace.tell(f"{gate.name} is opened: everybody reads what was coded.")

        return opened

    def _ask_why(self, gate: Gate, error: NotAsked) -> None:
        """Somebody has not sealed; a lead may open it all the same, and says why."""
        missing = ", ".join([*error.awaited, *([counted(error.more, "more coder")] if error.more else [])])
        if not missing:
            self._say_error(error)
            return
        if not self.is_current:  # whoever went on meanwhile is not asked
            self.workplace.tell(f"{gate.name} is not opened. Awaited: {missing}.", warning=True)
            return
        self._awaited[gate.transcript, gate.round] = missing
        self._draw()
        title = f"Awaited on {gate.name}: {missing}. Why open it all the same?"
        hint = "Their work will be late. Empty opens nothing."
        self.app.push_screen(
            AskWords(title, one_line=True, hint=hint),
            lambda reason: self._open(gate, reason) if reason and reason.strip() else None,
        )

    def _say_error(self, error: QualbenchError) -> None:
        self.workplace.tell(f"{error.message} {error.hint}".strip(), warning=True)

    # --- other ways ------------------------------------------------------------------------------------------------

    def action_do_card(self) -> None:
        card = self.project.card()
        words = f"Send this line to the lead of the study:\n\n{card.line()}\n\nYour key: {card.fingerprint}"
        self.app.push_screen(Page("Your card", Content(shown(card.name) and words)))

    def action_do_packages(self) -> None:
        self.workplace.show_step("packages")
