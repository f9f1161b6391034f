"""Deciding: an outcome by its key, then what it needs (codes, borders), then why; and what it asks of the codebook."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from time import monotonic

from textual.content import Content

from qualbench.model import Changes, CodebookAction, Item, Outcome
from qualbench.text import counted, excerpt, shown
from qualbench.tui.commands import Command
from qualbench.tui.commands.consensus import OUTCOME_KEYS, OUTCOME_LABELS
from qualbench.tui.dialogs.choice import Choose
from qualbench.tui.dialogs.reason import AskReason, Why
from qualbench.tui.screens import consensus_views as views
from qualbench.tui.screens.consensus_border import AskBorders, parts
from qualbench.tui.screens.consensus_listing import Listing
from qualbench.tui.screens.consensus_looking import MOST_READINGS
from qualbench.tui.screens.consensus_pending import Pending, asked_again, may_have_yielded, overtaken, taking, told
from qualbench.tui.screens.consensus_together import AskTogether
from qualbench.tui.widgets.palette import CodePalette, Entry, entries_of

DONE = "done:"
"""The line that ends a set of codes; no code's id has a colon."""
_WITHOUT_ITEM = ("undo", "redo", "session", "pause", "close")
"""What writes and is not about the item that is looked at."""
_OF_AN_ITEM = ("history", "definitions")


class Deciding(Listing):
    """The part of the consensus screen that decides."""

    def __init__(self, code: str = "", item: str = "") -> None:
        super().__init__(code, item)
        self._pending: Pending | None = None
        self._visit: tuple[tuple[str, ...], tuple[str, ...]] | None = None

    def allows(self, command: Command) -> bool:
        """Deciding needs an item that has the keys; a reading by its number, more than two of them."""
        item, name = self._item, command.id.removeprefix("consensus.")
        is_about_item = name in _OF_AN_ITEM or (command.writes and name not in _WITHOUT_ITEM)
        if name != command.id and is_about_item:
            if item is None or self._has_agenda:
                return False
            if name.startswith("reading-") and not 2 < len(item.readings) >= int(command.argument):
                return False
            if name == "reopen" and item.state != "decided":
                return False
        return super().allows(command)

    # --- which outcome -----------------------------------------------------------------------------------------

    def action_do_outcome(self, outcome: str) -> None:
        item = self._item
        if item is not None and self._may_decide(item):
            self._take(Outcome(outcome), (item,))

    def action_do_reading(self, number: str) -> None:
        item = self._item
        if item is not None and self._may_decide(item):
            self._ask(taking((item,), views.arranged(item, self._session)[int(number) - 1]))

    def _may_decide(self, item: Item) -> bool:
        """Whatever was decided stays decided until somebody says that it is open again."""
        if item.state == "decided" and self._reopened != item.id:
            self.workplace.tell("This is decided; e opens it again.")
            return False
        return True

    def action_do_reopen(self) -> None:
        item = self._item
        if item is not None:
            self._reopened = item.id
            self._show_readings(item)

    def _take(self, outcome: Outcome, items: tuple[Item, ...]) -> None:
        places = {Outcome.FIRST: 0, Outcome.SECOND: 1}
        if outcome in places:
            coders = views.arranged(items[0], self._session)
            if places[outcome] < len(coders):
                self._ask(taking(items, coders[places[outcome]]))
        elif outcome is Outcome.NEW:
            self._pending = Pending(items, outcome)
            self._pick_more()
        elif outcome is Outcome.SPLIT:
            self._ask_borders(items[0])
        else:
            self._ask(Pending(items, outcome))

    # --- splitting the segment ------------------------------------------------------------------------------------

    def _ask_borders(self, item: Item) -> None:
        text = self._text.text[item.start : item.end] if self._text else ""
        if len(text.split()) < 2:
            self.workplace.tell("A segment of one word can not be split.")
            return

        def go_on(borders: tuple[int, ...] | None) -> None:
            if borders:
                self._pending = Pending((item,), Outcome.SPLIT, stretches=parts(item.start, item.end, borders))
                self._pick_more()

        self.app.push_screen(AskBorders(text), go_on)

    # --- picking codes -----------------------------------------------------------------------------------------

    def _pick_more(self) -> None:
        """One code after the other; Enter on an empty query ends the set, which of a part may be empty."""
        pending = self._pending
        if pending is None:
            return
        allowed = {code.id for code in self.project.applicable_codes()}
        entries = [entry for entry in entries_of(self._book) if entry.id in allowed]
        is_part = bool(pending.stretches)
        may_end = bool(pending.codes) or is_part
        if may_end:
            chosen = ", ".join(self._book.label(code) for code in pending.codes) or "nothing applies to this part"
            entries.insert(0, Entry(DONE, "Done: these are the codes" if pending.codes else "Nothing", chosen))
        self.query_one(CodePalette).open(
            entries, (DONE,) if may_end else (), pending.codes, then=self._picked, title=self._title(pending)
        )

    def _title(self, pending: Pending) -> str:
        if not pending.stretches:
            if not pending.codes:
                return "New set, first code:"
            return f"New set of {len(pending.codes)}, next code or Enter:"
        start, end = pending.stretches[0]
        words = excerpt(self._text.text[start:end], 24) if self._text else ""
        number = len(pending.parts) + 1
        return f"Part {number} “{words}”, {'next' if pending.codes else 'first'} code or Enter:"

    def _picked(self, code: str) -> None:
        pending = self._pending
        if pending is None:
            return
        if code != DONE:
            self._pending = replace(pending, codes=tuple(dict.fromkeys((*pending.codes, code))))
            self._pick_more()
        elif not pending.stretches:
            self._ask(pending)
        else:
            made = (*pending.parts, (*pending.stretches[0], pending.codes))
            self._pending = replace(pending, parts=made, codes=(), stretches=pending.stretches[1:])
            if self._pending.stretches:
                self._pick_more()
            else:
                self._ask(self._pending)

    # --- why, and writing it down ------------------------------------------------------------------------------------

    def _ask(self, pending: Pending) -> None:
        item = pending.items[0]
        called = views.names(item, self._session)
        words = f"Decide: {told(pending, called)}"
        if pending.codes:
            words += f" ({', '.join(self._book.label(code) for code in pending.codes)})"
        if len(pending.items) > 1:
            words = f"{words}, for {counted(len(pending.items), 'item')} at once"
        asked = f"{words}. {'Why?' if item.agreed else 'Why did the readings differ?'}"
        self.app.push_screen(AskReason(asked, may_have_yielded(pending, called)), self._decide_with(pending))

    def _decide_with(self, pending: Pending) -> Callable[[Why | None], None]:
        def decide(why: Why | None) -> None:
            self._pending = None
            if why is None:
                return
            self._tick()
            histories = {item.id: self.project.decision_history(item) for item in pending.items}
            theirs = overtaken(pending, {id_: found[-1] if found else None for id_, found in histories.items()})
            if theirs:
                self.app.push_screen(Choose(*asked_again(pending, theirs)), self._decide_after(pending, why, theirs))
            else:
                self._keep(pending, why)

        return decide

    def _decide_after(
        self, pending: Pending, why: Why, theirs: Collection[str]
    ) -> Callable[[str | None], None]:  # fmt: skip
        """Somebody else decided meanwhile: theirs is superseded only when that is said."""

        def decide(answer: str | None) -> None:
            others = tuple(item for item in pending.items if item.id not in theirs)
            if answer == "mine":
                self._keep(pending, why)
            elif answer == "leave" and others:
                self._keep(replace(pending, items=others), why)

        return decide

    def _keep(self, pending: Pending, why: Why) -> None:
        if self.write(lambda: self._decided(pending, why)):
            self._after_deciding(pending.items, why)

    def _decided(self, pending: Pending, why: Why) -> Changes:
        project, first = self.project, pending.items[0]
        session = self._sitting.id if self._sitting else ""
        seconds = round(self._spent.get(first.id, 0.0))
        if len(pending.items) > 1:
            return project.decide_together(
                pending.items, pending.outcome, reason=why.reason, note=why.note, codes=pending.codes,
                yielded=why.yielded, stands=pending.stands, session=session, seconds=seconds, action=why.action,
            )  # fmt: skip
        return project.decide(
            first, pending.outcome, reason=why.reason, note=why.note, codes=pending.codes, yielded=why.yielded,
            stands=pending.stands, parts=pending.parts, session=session, seconds=seconds, action=why.action,
        )  # fmt: skip

    def _after_deciding(self, items: Sequence[Item], why: Why) -> None:
        ids = {item.id for item in items}
        self._reopened = ""
        for id_ in ids:
            self._spent.pop(id_, None)
        if why.action is not CodebookAction.NONE:
            made = tuple(one.decision.id for one in self._items if one.id in ids and one.decision is not None)
            self._visit_codebook(made)
        self._go_open()

    # --- the codebook, right there ----------------------------------------------------------------------------------

    def _visit_codebook(self, decisions: tuple[str, ...]) -> None:
        """Open the codebook; what is done there until one comes back is linked with these decisions."""
        self._visit = (decisions, self.project.codebook_steps())
        self.workplace.show_step("codebook")

    def on_screen_resume(self) -> None:
        """Coming back from the codebook: link what was done to its draft."""
        if self._visit is None or not self._was_left or not self.is_current:
            return
        (decisions, before), self._visit = self._visit, None
        made = tuple(step for step in self.project.codebook_steps() if step not in before)
        self._last_key = monotonic()
        if not made:
            self.say("The codebook was left as it was: the decision still asks for a change.")
            return
        linked = [decision for decision in decisions if self._linked(decision, made)]
        if linked:
            self.say(f"{counted(len(made), 'change')} of the codebook linked with the decision.")

    def _linked(self, decision: str, made: tuple[str, ...]) -> bool:
        return bool(self.write(lambda: self.project.link_action(decision, made)))

    # --- items of the same kind -----------------------------------------------------------------------------------

    def action_do_together(self) -> None:
        item = self._item
        if item is None or not self._may_decide(item):
            return
        on_agenda = {one.id for one in self._items}
        alike = [one for one in self.project.same_kind(item) if one.id != item.id and one.id in on_agenda]
        if not alike:
            self.workplace.tell("No other open item has the same readings.")
            return
        items = (item, *alike)
        text = self.project.transcript
        listed = [f"{one.name}  {excerpt(text(one.transcript).text[one.start : one.end], 200)}" for one in items]
        called = views.names(item, self._session)
        sides = Content("\n").join(
            Content(
                f"{views.key_of(number, len(called))}  {shown(called[coder])}: "
                + (shown(", ".join(self._book.label(code) for code in item.readings[coder])) or "nothing applies")
            )
            for number, coder in enumerate(called)
        )
        self.app.push_screen(AskTogether(sides, listed, self._for_all(item)), self._take_together(items))

    def _for_all(self, item: Item) -> dict[str, tuple[str, str]]:
        """The outcomes that several items can have at once, by key."""
        keyed = {
            key: (str(outcome), OUTCOME_LABELS[outcome])
            for outcome, key in OUTCOME_KEYS
            if outcome is not Outcome.SPLIT
        }
        if len(item.readings) <= 2:
            return keyed
        del keyed["a"], keyed["b"]
        numbers = range(1, min(MOST_READINGS, len(item.readings)) + 1)
        return {str(number): (str(number), f"Reading {number}") for number in numbers} | keyed

    def _take_together(self, items: tuple[Item, ...]) -> Callable[[str | None], None]:
        def take(answer: str | None) -> None:
            if answer and answer.isdigit():
                self._ask(taking(items, views.arranged(items[0], self._session)[int(answer) - 1]))
            elif answer:
                self._take(Outcome(answer), items)

        return take
