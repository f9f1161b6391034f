"""Looking at disagreements: the text with its items, the readings of one, and moving among them."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Static

from qualbench.events.fact import CQR, MEMBERS, NOTES, PAPERS, THEMES
from qualbench.model import AgendaSort, Changes, Codebook, Coding, Item, Memo, Session, SessionState, Transcript
from qualbench.tui.screens import consensus_agenda as agenda
from qualbench.tui.screens import consensus_views as views
from qualbench.tui.screens.consensus_pending import newer
from qualbench.tui.screens.rows import rows
from qualbench.tui.screens.step import StepScreen
from qualbench.tui.widgets.lines import Lines
from qualbench.tui.widgets.transcript import TranscriptView

WIDE = 100
"""From this width in cells on, readings stand side by side and the agenda beside them."""
MOST_READINGS = 9
STOPS_AFTER = 600.0
"""Seconds without a key after which nobody is talking about an item any more."""
ELSEWHERE = frozenset({NOTES, PAPERS, THEMES, CQR, MEMBERS})
"""What others change there does not show here."""
CONTEXTS = ("", "-more", "-most")
"""How much room the text has: some, more than the readings, all."""


def talked(before: float, now: float) -> float:
    """Seconds that count as talked about an item between two keys, 0 to 600."""
    return max(0.0, min(now - before, STOPS_AFTER))


class Looking(StepScreen):
    """The part of the consensus screen that shows and moves."""

    STEP = "consensus"
    TITLE_WORDS = "Consensus"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - the name and shape are Textual's
    DEFAULT_CSS = """
    Looking #desk { height: 1fr; margin-bottom: 1; }
    Looking #pages { width: 1fr; height: 100%; }
    Looking TranscriptView { height: 1fr; }
    Looking #agenda { display: none; width: 1fr; }
    Looking.-agenda #agenda { display: block; }
    Looking.-agenda.-narrow #pages { display: none; }
    Looking.-agenda.-wide #agenda { width: 38%; border-right: vkey $accent; }
    Looking #readings { height: 11; background: $surface; }
    Looking #readings Static { height: auto; width: 100%; padding: 0 1; }
    Looking.-wide #readings { layout: horizontal; height: 13; }
    Looking.-wide #readings Static { width: 1fr; height: auto; min-height: 100%; border-left: vkey $accent; }
    Looking.-wide #readings #reading-1 { border-left: none; }
    Looking.-more #readings { height: 5; }
    Looking.-most #readings, Looking.-nothing #readings { display: none; }
    """

    def __init__(self, code: str = "", item: str = "") -> None:
        super().__init__()
        self._code = code
        self._item_asked = item
        self._items: list[Item] = []
        self._at = -1
        self._text: Transcript | None = None
        self._stands: tuple[Sequence[Coding], Sequence[Memo]] = ((), ())
        self._book = Codebook("", "", ())
        self._session: Session | None = None
        self._sort: AgendaSort | None = None
        self._room = 0
        self._reopened = ""
        self._spent: dict[str, float] = {}
        self._last_key = monotonic()

    def parts(self) -> ComposeResult:
        """The agenda, the text, and below it every reading and the decision."""
        with Horizontal(id="desk"):
            yield Lines(id="agenda")
            with Vertical(id="pages"):
                yield TranscriptView()
                with VerticalScroll(id="readings", can_focus=False):
                    for number in range(1, MOST_READINGS + 1):
                        yield Static(id=f"reading-{number}", markup=False)
                    yield Static(id="decided", markup=False)

    @property
    def _view(self) -> TranscriptView:
        return self.query_one(TranscriptView)

    @property
    def _item(self) -> Item | None:
        return self._items[self._at] if 0 <= self._at < len(self._items) else None

    @property
    def _sitting(self) -> Session | None:
        """The session that is open now."""
        session = self._session
        return session if session is not None and session.state is SessionState.OPEN else None

    @property
    def _order(self) -> AgendaSort:
        return self._sort or (self._sitting.sort if self._sitting else AgendaSort.TRANSCRIPT)

    def begin(self) -> None:
        """Begin at the first disagreement that is not decided."""
        self._view.focus()
        asked = [number for number, item in enumerate(self._items) if item.id == self._item_asked]
        if asked:
            self._at = asked[0]
            self._show_item()
        elif self._item is not None and self._item.state == "decided":
            self._go_open()

    # --- how long an item is talked about --------------------------------------------------------------------------

    def on_key(self) -> None:
        """Every key says that somebody is there."""
        self._tick()

    def _tick(self) -> None:
        now = monotonic()
        if self._item is not None:
            self._spent[self._item.id] = self._spent.get(self._item.id, 0.0) + talked(self._last_key, now)
        self._last_key = now

    # --- what it shows -----------------------------------------------------------------------------------------

    def read_again(self) -> None:
        """Read the session, its items and the one that is looked at."""
        here = self._item.id if self._item else ""
        if self.project.has_codebook():
            self._book = self.project.codebook()
        self._session = self.project.sitting()
        found = [item for item in self.project.agenda(self._sitting) if self._is_about(item)]
        self._items = agenda.in_order(found, self._order, self._book)
        ids = [item.id for item in self._items]
        self._at = ids.index(here) if here in ids else min(max(0, self._at), len(ids) - 1)
        self._text = None
        self._show_item()
        super().read_again()

    def after(self, changes: Changes) -> None:
        """What others did is read in place: the same item stays, at the same lines of its text and readings."""
        if changes is self._own:
            super().after(changes)
            return
        if changes.subjects <= ELSEWHERE:
            return
        before, box = self._item, self.query_one("#readings", VerticalScroll)
        line = box.scroll_offset.y
        self._view.in_place(self.read_again)
        box.scroll_to(y=line, animate=False)
        item = self._item
        if (
            self.is_current
            and item is not None
            and before is not None
            and (decision := newer(before, item.decision)) is not None
        ):
            self.say(f"{decision.actor} decided this meanwhile.")

    def _is_about(self, item: Item) -> bool:
        """Whether the coders differ on the code that is looked into."""
        return not self._code or self._code in views.differing(item)

    def _show_item(self) -> None:
        item = self._item
        if item is None:
            self._show_nothing()
            return
        if self._text is None or self._text.id != item.transcript:
            self._text = self.project.transcript(item.transcript)
            self._stands = self.project.codings(item.transcript), self.project.memos(item.transcript)
            places = {one.start for one in self._items if one.transcript == item.transcript}
            self._view.load(rows(self._text, self._book, differing=places))
        self._view.cursor = [segment.start for segment in self._text.segments].index(item.start)
        decided = sum(one.state == "decided" for one in self._items)
        about = f"only on {self._book.label(self._code)}" if self._code else ""
        place = f"{self._at + 1} of {len(self._items)}"
        not_sought = self.project.profile().consensus_said
        self.head(item.name, place, self._told_session(item), f"{decided} decided", about, not_sought)
        self.remove_class("-nothing")
        self._show_readings(item)

    def _told_session(self, item: Item) -> str:
        """Who speaks in which order on this item; of a session that was broken off, only that."""
        session = self._session
        if session is None or session.state is SessionState.CLOSED:
            return ""
        if self._sitting is None:
            return "session paused"
        first, *others = self.project.speaking_order(session, item)
        return f"{first} speaks first" + (f", then {', '.join(others)}" if others else "")

    def _show_nothing(self) -> None:
        if not self.project.opened():
            sentence = (
                "Nothing to settle yet: a transcript opens when every coder's pass on it is submitted,"
                " and on a hub sealed."
            )
        elif self._code:
            sentence = f"Nothing to settle here on {self._book.label(self._code)}; f shows every code."
        elif self._sitting is not None:
            sentence = "This session has nothing to settle."
        else:
            sentence = "The coders do not differ anywhere on what is opened."
        self.head(sentence, self.project.profile().consensus_said)
        self._view.load([])
        self.add_class("-nothing")

    def _show_readings(self, item: Item) -> None:
        session = self._session
        found = views.readings(item, session, *self._stands, self._text.text if self._text else "")
        for number in range(MOST_READINGS):
            box = self.query_one(f"#reading-{number + 1}", Static)
            box.display = number < len(found)
            if number < len(found):
                box.update(views.reading(found[number], self._book))
        called = views.names(item, session)
        is_reopened = self._reopened == item.id
        self.query_one("#decided", Static).update(views.decided(item, self._book, called, reopened=is_reopened))
        self.query_one("#readings", VerticalScroll).scroll_home(animate=False)
        self.refresh_footer()

    # --- moving ------------------------------------------------------------------------------------------------

    def _go(self, index: int) -> None:
        if 0 <= index < len(self._items):
            self._tick()
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

    def action_do_context(self) -> None:
        self._room = (self._room + 1) % len(CONTEXTS)
        for number, name in enumerate(CONTEXTS):
            if name:
                self.set_class(number == self._room, name)

    def action_do_readings_on(self) -> None:
        self.query_one("#readings", VerticalScroll).scroll_relative(y=4, animate=False)

    def action_do_readings_back(self) -> None:
        self.query_one("#readings", VerticalScroll).scroll_relative(y=-4, animate=False)

    def action_do_all(self) -> None:
        self._code = ""
        self.read_again()
