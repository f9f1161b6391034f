"""The coding screen as it shows: the transcript, the heading, what stands at the cursor, and a filter."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from qualbench.errors import QualbenchError
from qualbench.events import Event
from qualbench.model import Changes, Codebook, Pass, PassState, Segment, Transcript
from qualbench.steps.coding import Place
from qualbench.text import excerpt, shown
from qualbench.tui.screens.coding_filter import EVERYTHING, Chosen, Filter, chosen
from qualbench.tui.screens.coding_news import concerns
from qualbench.tui.screens.rows import SegmentRows, Standing
from qualbench.tui.screens.step import StepScreen
from qualbench.tui.widgets.palette import Entry, entries_of
from qualbench.tui.widgets.transcript import TranscriptView

SMALL = frozenset({
    "code_applied", "code_removed", "nothing_marked", "nothing_cleared", "memo_written", "memo_removed",
    "suggestion_answered", "rechecked", "extract_starred", "extract_unstarred",
})  # fmt: skip
"""Facts that change nothing but what stands on some words."""

OWN = frozenset({"favourite_set", "suggestions_switched"})
"""Facts that change nothing in the text."""

DIGITS = "123456789"
MINUTE = 60.0
"""Seconds after which the pace is read anew; between that it is counted up."""


class CodingView(StepScreen):
    """The transcript of one pass, at the segment where its coder is."""

    DEFAULT_CSS = """
    CodingView Says { margin-bottom: 3; }
    CodingView #here { dock: bottom; height: 2; padding: 0 1; margin-bottom: 1; background: $surface;
        text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def __init__(self, transcript: str, start: int = -1) -> None:
        super().__init__()
        self._asked, self._begin_at = transcript, start
        self._text: Transcript | None = None
        self._pass: Pass | None = None
        self._book = Codebook("", "", ())
        self._rows: SegmentRows | None = None
        self._filter: Filter = EVERYTHING
        self._chosen: Chosen | None = None
        self._switching: list[Event] = []
        self._places: list[tuple[int, int]] = []
        self._entries: tuple[Entry, ...] = ()
        self._recent: list[str] = []
        self._kept: dict[str, str] = {}
        self._owed = 0
        self._left, self._total = 0, 0
        self._pace, self._left_then = 0, 0
        self._may_begin = False
        self._listed: list[tuple[int, int]] | None = None
        """The list of work of the round; None where it asks about everything."""

    def parts(self) -> ComposeResult:
        """The transcript, and what stands under the cursor."""
        yield TranscriptView()
        yield Static(id="here", markup=False)

    @property
    def _view(self) -> TranscriptView:
        return self.query_one(TranscriptView)

    # --- what it shows -----------------------------------------------------------------------------------------

    def read_again(self) -> None:
        """Read the transcript and the coder's own work on it."""
        project, here = self.project, self._segment_number()
        self._text = project.transcript(self._asked)
        self._pass = project.own_pass(self._text.id)
        version = self._pass.codebook if self._pass else ""
        self._book = project.own_book(version)
        applicable = {code.id for code in project.applicable_codes(version)} | project.own_new_codes()
        self._entries = tuple(entry for entry in entries_of(self._book) if entry.id in applicable)
        self._may_begin = self._pass is None and project.may_begin(self._text)
        decided = project.decided_spans(self._pass) if self._pass else ()
        self._listed = project.listed(self._pass) if self._pass else project.listed_in(self._text.id)
        self._rows = SegmentRows(self._text, self._book, self._stands, decided=decided, listed=self._listed)
        self._load(here)
        self._recent = [code for code in project.recent_codes() if code in applicable]
        self._kept = project.favourites()
        self._owed = project.owed(self._pass) if self._pass else 0
        self._count()
        self._read_pace()
        self._show_here()
        super().read_again()

    def _load(self, segment: int) -> None:
        """Show every segment, or those that the filter lets through, at this segment or the one behind it.

        A filter that lets nothing through any more is lifted.
        """
        assert self._rows is not None
        self._chosen = chosen(self._rows, self._filter)
        if self._chosen is not None and not len(self._chosen):
            self._filter, self._chosen = EVERYTHING, None
        if self._chosen is None:
            self._view.load(self._rows, segment)
        else:
            self._view.load(self._chosen, self._chosen.row_of(segment))

    def after(self, changes: Changes) -> None:
        """Codes and memos changed on some words: only what stands there is read again; news of others move nobody."""
        if changes is not self._own:
            if self._text is None or concerns(changes, self._text.id):
                self._view.in_place(self.read_again)
        elif changes.kinds <= OWN:
            self._kept = self.project.favourites()
            self._show_here()
        elif self._pass is None or self._rows is None:
            self.read_again()
        elif self._switching:
            if "rechecked" in changes.kinds:
                self._owed = self.project.owed(self._pass)
            self._show_spans([*self._places, *self.project.spans_of(self._switching)])
        elif changes.kinds <= SMALL:
            self._show_spans([self._span])
        else:
            self.read_again()

    def _show_spans(self, spans: list[tuple[int, int]]) -> None:
        """Show anew what stands on these places."""
        assert self._rows is not None
        pass_ = self._pass
        first, end = self._rows.changed(spans, lambda: self.project.decided_spans(pass_) if pass_ else ())
        if self._chosen is not None:
            first, end = self._chosen.rows_of(first, end)
        self._view.redraw(first, end)
        self._count()
        self._show_here()

    def _stands(self, start: int, end: int) -> Standing:
        """What the coder said of a span."""
        if self._pass is None:
            return Standing()
        place = self.project.place(self._pass.id, start, end)
        return Standing(place.codings, place.nothings, place.memos)

    def _count(self) -> None:
        if self._rows is not None:
            self._total, self._left = self._rows.counted.count(1), self._rows.undecided.count(1)
        self._head()

    def _head(self) -> None:
        name = self._text.name if self._text else ""
        if self._pass is None:
            state = "not begun" if self._may_begin else "opened: for reading"
        elif self._pass.state is PassState.SUBMITTED:
            state = "submitted: it never changes"
        else:
            of = "decided" if self._listed is None else "of the work list"
            state = f"{self._total - self._left} of {self._total} {of}"
        shows = f"only {self._filter.words}: {len(self._view.rows)}" if self._chosen is not None else ""
        self.head(name, self.project.viewer, state, shows, self._told_debt(), self._told_pace())

    def _read_pace(self) -> None:
        """How many places were decided in the last hour; it means going through the journal, so it is read seldom."""
        self._pace = self.project.decided_lately(self._pass) if self._pass and self._is_open else 0
        self._left_then = self._left
        self._head()

    def _told_pace(self) -> str:
        """How quickly it goes: what was read, and what was decided since."""
        lately = self._pace + self._left_then - self._left
        return f"{lately} in the last hour" if self._pass and self._is_open and lately > 0 else ""

    def _told_debt(self) -> str:
        if self._pass is None or not self._owed:
            return ""
        return f"{self._owed} to look at again (d)"

    @property
    def _is_open(self) -> bool:
        """Whether something may be decided here."""
        return self._may_begin if self._pass is None else self._pass.state is PassState.OPEN

    def _begun(self) -> Pass | None:
        """The coder's pass, begun now if it was not: looking at a transcript begins nothing."""
        if self._pass is None:
            try:
                self._pass = self.project.open_pass(self._asked)
            except QualbenchError as error:
                self.workplace.tell(f"{error.message} {error.hint}".strip(), warning=True)
        return self._pass

    # --- where the coder is ------------------------------------------------------------------------------------

    def _segment_number(self) -> int:
        """Which segment of the transcript is under the cursor."""
        cursor = self._view.cursor
        return self._chosen.indexes[cursor] if self._chosen is not None else cursor

    @property
    def _has_words(self) -> bool:
        """Whether there is anything under the cursor."""
        return self._text is not None and len(self._view.rows) > 0

    @property
    def _segment(self) -> Segment:
        assert self._text is not None
        return self._text.segments[self._segment_number()]

    @property
    def _span(self) -> tuple[int, int]:
        """The selected words, or the whole segment."""
        return self._view.selected_span() or (self._segment.start, self._segment.end)

    @property
    def _reach(self) -> int:
        """How many segments the selection reaches into; without one, it is the one under the cursor."""
        selection = self._view.selection
        return abs(selection[1][0] - selection[0][0]) + 1 if selection else 1

    def _place(self) -> Place | None:
        """What stands on the words at hand; nothing while the pass is not begun."""
        return self.project.place(self._pass.id, *self._span) if self._pass and self._has_words else None

    def _go_to_segment(self, number: int) -> None:
        """The cursor to a segment; a filter that hides it is lifted."""
        if self._chosen is not None and not self._chosen.has(number):
            self._show_only(EVERYTHING)
        self._view.cursor = self._chosen.row_of(number) if self._chosen is not None else number

    def _go_to_place(self, offset: int) -> None:
        """The cursor to the segment that has this offset of the text."""
        if self._rows is not None:
            self._go_to_segment(self._rows.at(offset))

    def _show_only(self, what: Filter) -> None:
        """Let through what a filter lets through, and stay near where the coder is."""
        here = self._segment_number()
        self._filter = what
        if self._rows is not None:
            self._load(here)
            if self._filter is not what:
                self.workplace.tell(f"Nothing to show: no segment {what.words}.")
        self._head()
        self._show_here()

    def _show_here(self) -> None:
        """What stands on this segment, in words."""
        box = self.query_one("#here", Static)
        if not self._text or not self._has_words:
            box.update("")
            return
        here = self._view.rows[self._view.cursor]
        if here.marks:
            said = ", ".join(f"{mark.key} {mark.label}" for mark in here.marks)
        elif here.state == "nothing":
            said = "nothing applies"
        else:
            said = "not decided yet" if here.counts else self._not_asked()
        many = f" ({self._reach} segments selected)" if self._reach > 1 else ""
        place = f"{self._segment_number() + 1}/{len(self._text.segments)}{many}"
        lines = [f"{place}  {shown(said)}", self._second_line(here.memo)]
        box.update(Content("\n".join(lines)), layout=False)

    def _not_asked(self) -> str:
        """Why the segment under the cursor need not be decided."""
        if self._listed is not None and self._text is not None and self._text.counts(self._segment):
            return "not on the list of work"
        return "interviewer: not counted"

    def _second_line(self, has_memo: bool) -> str:
        """A memo that stands here, or else the codes on keys while they can be applied."""
        if has_memo and self._pass:
            memos = self.project.place(self._pass.id, self._segment.start, self._segment.end).memos
            return "memo: " + excerpt(" | ".join(memo.body for memo in memos), 400)
        if not (self._is_open and self.project.writable):
            return ""
        codes = [f"{key}{'*' * (key in self._kept)} {self._book.label(code)}" for key, code in self._on_keys()]
        return "codes: " + shown("  ".join(codes)) if codes else ""

    def _on_keys(self) -> list[tuple[str, str]]:
        """The codes on 1 to 9: those that are kept there, and recent ones on the keys between."""
        recent = iter([code for code in self._recent if code not in self._kept.values()])
        found = [(key, self._kept.get(key) or next(recent, "")) for key in DIGITS]
        return [(key, code) for key, code in found if code]

    def _drop_selection(self) -> None:
        """From now on keys are about the whole segment under the cursor."""
        self._view.select_clear()
        self._show_here()

    def on_transcript_view_moved(self) -> None:
        """Say what stands on the segment the cursor came to."""
        self._show_here()


def of_codes(codes: Iterable[str], book: Codebook) -> list[tuple[str, str]]:
    """Codes as answers to a question."""
    return [(code, book.label(code)) for code in dict.fromkeys(codes)]
