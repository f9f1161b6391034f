"""Sessions on the screen: a team sits down, breaks off, goes on another day, and closes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from qualbench.model import Session, SessionState
from qualbench.text import counted
from qualbench.tui.commands import Command
from qualbench.tui.dialogs.words import AskWords
from qualbench.tui.screens.consensus_deciding import Deciding
from qualbench.tui.screens.consensus_form import AskSitting, Sitting


class Sits(Deciding):
    """The part of the consensus screen that begins and ends sessions."""

    def allows(self, command: Command) -> bool:
        """A session begins where none is open, and ends where one is."""
        if command.id == "consensus.session":
            return super().allows(command) and self._sitting is None and bool(self.project.opened())
        if command.id in ("consensus.pause", "consensus.close"):
            return super().allows(command) and self._may_end(command.id)
        return super().allows(command)

    def _may_end(self, command: str) -> bool:
        """An open session is broken off or closed; one that was broken off can be closed as well."""
        session = self._session
        if session is None or session.state is SessionState.CLOSED:
            return False
        return session.state is SessionState.OPEN or command == "consensus.close"

    def action_do_session(self) -> None:
        session = self._session
        if session is not None and session.state is SessionState.PAUSED:
            self._ask_who(session)
            return
        rounds = self._rounds()
        newest = self._newest_round(rounds)
        coders = tuple(rounds[newest])
        others = (one.name for one in self.project.people() if one.name not in coders)
        sitting = Sitting((*coders, *others), frozenset(coders), round=newest)
        self.app.push_screen(AskSitting("A session: who is there, and how?", sitting, rounds), self._open)

    def _rounds(self) -> Mapping[str, tuple[str, ...]]:
        """The coders of each round by its name; under no name those of everything that is opened."""
        found = {"": tuple(self.project.coders())}
        for one in self.project.rounds():
            if not one.recode:
                found[one.name] = tuple(sorted({coder for coders in one.assignments.values() for coder in coders}))
        return found

    def _newest_round(self, rounds: Mapping[str, tuple[str, ...]]) -> str:
        """The newest round with something to settle; everything where there is none."""
        left = {item.transcript for item in self._items if item.state == "open"}
        fitting = [one.name for one in self.project.rounds() if one.name in rounds and left & set(one.assignments)]
        return fitting[-1] if fitting else ""

    def _open(self, sitting: Sitting | None) -> None:
        if sitting is None:
            return
        done = self.write(
            lambda: self.project.open_session(
                people=sitting.people, round=sitting.round, chair=sitting.chair, scribe=sitting.scribe,
                standing=sitting.standing, hidden=sitting.hidden, sort=sitting.sort, sample=sitting.sample,
            )
        )  # fmt: skip
        if done:
            self._sort = None
            self.read_again()
            self._begin_agenda()
            self.say(f"The session is open; {counted(len(self._items), 'item')} on the agenda.")

    def _ask_who(self, session: Session) -> None:
        """A session that was broken off asks one thing: who is there now."""
        coders = self.project.coders()
        others = (*coders, *(one.name for one in self.project.people()))
        known = tuple(dict.fromkeys((*session.people, *others)))
        note = next((turn.note for turn in reversed(self.project.session_turns(session.id)) if turn.note), "")
        asked = f"The session goes on. {'Noted: ' + note + '  ' if note else ''}Who is there now?"
        sitting = Sitting(known, frozenset(session.people))
        self.app.push_screen(AskSitting(asked, sitting, {}), self._go_on_with(session))

    def _go_on_with(self, session: Session) -> Callable[[Sitting | None], None]:
        def go_on(sitting: Sitting | None) -> None:
            if sitting is None:
                return
            people = sitting.people
            if self.write(lambda: self.project.state_session(session, SessionState.OPEN, people=people)):
                self._begin_agenda()
                self.say("The session goes on.")

        return go_on

    def _begin_agenda(self) -> None:
        """The first item that is open."""
        self._at = -1 if self._items else self._at
        self._go_open()
        if self._at < 0:
            self._go(0)

    def action_do_pause(self) -> None:
        self._end(SessionState.PAUSED, "Break off: what is to be remembered until next time?", "Broken off: S goes on.")

    def action_do_close(self) -> None:
        self._end(SessionState.CLOSED, "Close the session for good: anything to be noted?", "The session is closed.")

    def _end(self, state: SessionState, asked: str, told: str) -> None:
        session = self._session
        if session is None:
            return

        def end(note: str | None) -> None:
            if note is not None and self.write(lambda: self.project.state_session(session, state, note=note)):
                self.say(told)

        self.app.push_screen(AskWords(asked, one_line=True), end)
