"""Consensus: each disagreement with both readings side by side and the text around it; one key for the outcome."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from qualbench.model import OUTCOME_NAMES, Codebook, Item, Outcome, Reason, Transcript, item_id
from qualbench.text import excerpt, shown
from qualbench.tui.commands import Command
from qualbench.tui.dialogs.reason import AskReason
from qualbench.tui.screens.rows import rows
from qualbench.tui.screens.step import StepScreen
from qualbench.tui.widgets.palette import CodePalette, Entry, entries_of
from qualbench.tui.widgets.transcript import TranscriptView

DONE = "done:"
"""The line that ends a new set; no code's id has a colon."""


class Consensus(StepScreen):
    """The text with its disagreements, the readings of one, and what was decided about it."""

    STEP = "consensus"
    TITLE_WORDS = "Consensus"
    DEFAULT_CSS = """
    Consensus #readings { dock: bottom; height: 9; margin-bottom: 1; background: $surface; }
    Consensus #readings Static { width: 1fr; height: 100%; padding: 0 1; }
    Consensus #second { border-left: vkey $accent; }
    Consensus #decided { border-left: vkey $accent; }
    """

    def __init__(self, code: str = "", item: str = "") -> None:
        super().__init__()
        self._code = code
        self._item_asked = item
        self._items: list[Item] = []
        self._at = -1
        self._text: Transcript | None = None
        self._book = Codebook("", "", ())
        self._new_set: list[str] = []

    def parts(self) -> ComposeResult:
        """The text, and below it both readings and the decision."""
        yield TranscriptView()
        with Horizontal(id="readings"):
            yield Static(id="first", markup=False)
            yield Static(id="second", markup=False)
            yield Static(id="decided", markup=False)

    @property
    def _view(self) -> TranscriptView:
        return self.query_one(TranscriptView)

    @property
    def _item(self) -> Item | None:
        return self._items[self._at] if 0 <= self._at < len(self._items) else None

    def begin(self) -> None:
        """Begin at the first disagreement that is not decided."""
        self._view.focus()
        asked = [number for number, item in enumerate(self._items) if item.id == self._item_asked]
        if asked:
            self._at = asked[0]
            self._show_item()
        elif self._item is not None and self._item.state == "decided":
            self._go_open()

    # --- what it shows -----------------------------------------------------------------------------------------

    def read_again(self) -> None:
        """Read the disagreements and the one that is looked at."""
        here = self._item.id if self._item else ""
        if self.project.has_codebook():
            self._book = self.project.codebook()
        self._items = [item for item in self.project.items() if self._is_about(item)]
        ids = [item.id for item in self._items]
        self._at = ids.index(here) if here in ids else min(max(0, self._at), len(ids) - 1)
        self._text = None
        self._show_item()
        super().read_again()

    def _is_about(self, item: Item) -> bool:
        """Whether the coders differ on the code that is looked into."""
        if not self._code:
            return True
        return len({self._code in codes for codes in item.readings.values()}) > 1

    def _show_item(self) -> None:
        item = self._item
        if item is None:
            self._show_nothing()
            return
        if self._text is None or self._text.id != item.transcript:
            self._text = self.project.transcript(item.transcript)
            differing = {one.start for one in self._items if one.transcript == item.transcript}
            self._view.load(rows(self._text, self._book, differing=differing))
        self._view.cursor = [segment.start for segment in self._text.segments].index(item.start)
        decided = sum(one.state == "decided" for one in self._items)
        about = f"only on {self._book.label(self._code)}" if self._code else ""
        place = f"{self._at + 1} of {len(self._items)}"
        self.head(item.name, place, f"{decided} decided", about)
        self._show_readings(item)

    def _show_nothing(self) -> None:
        if not self.project.opened():
            sentence = "Nothing to settle yet: a transcript opens when every coder's pass on it is submitted."
        else:
            sentence = "The coders do not differ anywhere on what is opened."
        self.head(sentence)
        self._view.load([])
        for name in ("first", "second", "decided"):
            self.query_one(f"#{name}", Static).update("")

    def _show_readings(self, item: Item) -> None:
        coders = list(item.readings.items())
        for name, letter, (coder, codes) in zip(("first", "second"), "AB", coders, strict=False):
            others = {code for other, held in coders if other != coder for code in held}
            lines = [Content.styled(f"{letter}  {shown(coder)}", "bold")]
            lines += [
                Content.assemble("  " if code in others else ("≠ ", "bold"), shown(self._book.label(code)))
                for code in codes
            ] or [Content.styled("  nothing applies", "dim")]
            lines += self._memos(item, coder)
            self.query_one(f"#{name}", Static).update(Content("\n").join(lines))
        self.query_one("#decided", Static).update(self._decided(item, coders[2:]))

    def _memos(self, item: Item, coder: str) -> list[Content]:
        return [
            Content.styled(f"  ✎ {excerpt(memo.body, 120)}", "italic")
            for memo in self.project.memos(item.transcript, coder)
            if memo.start < item.end and memo.end > item.start
        ]

    def _decided(self, item: Item, others: list[tuple[str, tuple[str, ...]]]) -> Content:
        lines = [Content.styled(item.state.capitalize(), "bold")]
        decision = item.decision
        if decision is not None:
            settled = ", ".join(self._book.label(code) for code in decision.codes) or "no codes"
            lines += [
                Content(f"{OUTCOME_NAMES[decision.outcome]}: {shown(settled)}"),
                Content(
                    f"because: {decision.reason}" + (f"; {shown(decision.yielded)} gave way" * bool(decision.yielded))
                ),
                Content.styled(excerpt(decision.note, 200), "italic"),
            ]
        else:
            lines.append(Content("a A's, b B's, o both, w new set, n nothing, d defer, p kept apart"))
        for coder, codes in others:
            named = ", ".join(self._book.label(code) for code in codes) or "nothing applies"
            lines.append(Content(f"{shown(coder)}: {shown(named)}"))
        return Content("\n").join(lines)

    # --- what can be done --------------------------------------------------------------------------------------

    def allows(self, command: Command) -> bool:
        """Deciding needs a disagreement, and the second reading a second coder."""
        if command.id.startswith("consensus.") and self._item is None:
            return False
        if command.id == "consensus.all":
            return bool(self._code)
        return super().allows(command)

    def action_do_outcome(self, outcome: str) -> None:
        if outcome == Outcome.NEW:
            self._new_set = []
            self._pick_more()
        else:
            self._ask(Outcome(outcome))

    def _pick_more(self) -> None:
        """One code after the other; once there is one, Enter on an empty query ends the set."""
        allowed = {code.id for code in self.project.applicable_codes()}
        entries = [entry for entry in entries_of(self._book) if entry.id in allowed]
        title = "New set, first code:"
        if self._new_set:
            chosen = ", ".join(self._book.label(code) for code in self._new_set)
            entries.insert(0, Entry(DONE, "Done: this is the set", chosen))
            title = f"New set of {len(self._new_set)}, next code or Enter:"
        palette = self.query_one(CodePalette)
        palette.open(entries, (DONE,) if self._new_set else (), self._new_set, then=self._picked, title=title)

    def _picked(self, code: str) -> None:
        if code == DONE:
            self._ask(Outcome.NEW)
            return
        if code not in self._new_set:
            self._new_set.append(code)
        self._pick_more()

    def _ask(self, outcome: Outcome) -> None:
        item, codes = self._item, tuple(self._new_set) if outcome is Outcome.NEW else ()
        if item is None:
            return
        words = f"Decide: {OUTCOME_NAMES[outcome]}"
        if codes:
            words += f" ({', '.join(self._book.label(code) for code in codes)})"
        self.app.push_screen(
            AskReason(f"{words}. Why did the readings differ?"), self._decide_with(item, outcome, codes)
        )

    def _decide_with(
        self, item: Item, outcome: Outcome, codes: tuple[str, ...]
    ) -> Callable[[tuple[Reason, str] | None], None]:
        def decide(answer: tuple[Reason, str] | None) -> None:
            self._new_set = []
            if answer is None:
                return
            reason, note = answer
            if self.write(lambda: self.project.decide(item, outcome, reason=reason, note=note, codes=codes)):
                self._go_open()

        return decide

    def action_do_undo(self) -> None:
        self._switch(undo=True)

    def action_do_redo(self) -> None:
        self._switch(undo=False)

    def _switch(self, *, undo: bool) -> None:
        """Undo or redo the newest own decision wherever it was, go there, and say so."""
        facts = self.project.newest_step("", "consensus", undo=undo)
        which = self.project.undo if undo else self.project.redo
        if self.write(lambda: which("", "consensus")):
            places = {item_id(fact.subject, getattr(fact, "start", -1)) for fact in facts}
            index = next((n for n, item in enumerate(self._items) if item.id in places), self._at)
            self._go(index)
            self.say("Undone: the decision on this disagreement." if undo else "Done again: this decision.")

    # --- moving ------------------------------------------------------------------------------------------------

    def _go(self, index: int) -> None:
        if 0 <= index < len(self._items):
            self._at = index
            self._show_item()

    def _go_open(self) -> None:
        order = [*range(self._at + 1, len(self._items)), *range(self._at + 1)]
        for index in order:
            if self._items[index].state == "open":
                self._go(index)
                return

    def action_do_next(self) -> None:
        self._go(self._at + 1)

    def action_do_previous(self) -> None:
        self._go(self._at - 1)

    def action_do_undecided(self) -> None:
        if all(item.state != "open" for item in self._items):
            self.workplace.tell("Every disagreement here has its decision.")
        self._go_open()

    def action_do_page_down(self) -> None:
        self._view.page(1)

    def action_do_page_up(self) -> None:
        self._view.page(-1)

    def action_do_all(self) -> None:
        self._code = ""
        self.read_again()
