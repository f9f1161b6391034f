"""Coding: one coder's pass on one transcript, a key for every decision, each on disk before it is on the screen."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from qualbench.errors import QualbenchError
from qualbench.events import Event
from qualbench.model import Changes, Codebook, Pass, PassState, Segment, Transcript
from qualbench.steps.coding import Place, told
from qualbench.text import excerpt, shown
from qualbench.tui.commands import Command
from qualbench.tui.dialogs.choice import Choose
from qualbench.tui.dialogs.words import AskWords
from qualbench.tui.screens.correcting import correct_turn, turn_at
from qualbench.tui.screens.find import ask_query
from qualbench.tui.screens.rows import SegmentRows, Standing
from qualbench.tui.screens.step import StepScreen
from qualbench.tui.widgets.palette import CodePalette, Entry, entries_of
from qualbench.tui.widgets.transcript import TranscriptView

SMALL = frozenset(
    {"code_applied", "code_removed", "nothing_marked", "nothing_cleared", "memo_written", "memo_removed"}
)
"""Facts that change nothing but what stands on some words."""


class Coding(StepScreen):
    """The transcript, what stands on the segment under the cursor, and the palette."""

    STEP = "coding"
    TITLE_WORDS = "Coding"
    DEFAULT_CSS = """
    Coding Says { margin-bottom: 3; }
    Coding #here { dock: bottom; height: 2; padding: 0 1; margin-bottom: 1; background: $surface; text-wrap: nowrap;
        text-overflow: ellipsis; }
    """

    def __init__(self, transcript: str, start: int = -1) -> None:
        super().__init__()
        self._asked, self._begin_at = transcript, start
        self._text: Transcript | None = None
        self._pass: Pass | None = None
        self._book = Codebook("", "", ())
        self._rows: SegmentRows | None = None
        self._switching: list[Event] = []
        self._places: list[tuple[int, int]] = []
        self._entries: tuple[Entry, ...] = ()
        self._recent: list[str] = []
        self._left, self._total = 0, 0
        self._may_begin = False

    def parts(self) -> ComposeResult:
        """The transcript, and what stands under the cursor."""
        yield TranscriptView()
        yield Static(id="here", markup=False)

    @property
    def _view(self) -> TranscriptView:
        return self.query_one(TranscriptView)

    def begin(self) -> None:
        """Begin or take up the pass, at the first segment that is not decided or where somebody wants to look."""
        self._view.focus()
        if self._begin_at < 0:
            self._go_undecided(1, from_here=False, quiet=True)
        elif self._text is not None:
            before = [n for n, segment in enumerate(self._text.segments) if segment.start <= self._begin_at]
            self._view.cursor = before[-1] if before else 0

    # --- what it shows -----------------------------------------------------------------------------------------

    def read_again(self) -> None:
        """Read the transcript and the coder's own work on it."""
        project = self.project
        self._text = project.transcript(self._asked)
        self._pass = project.own_pass(self._text.id)
        version = self._pass.codebook if self._pass else ""
        self._book = project.codebook(version)
        applicable = {code.id for code in project.applicable_codes(version)}
        self._entries = tuple(entry for entry in entries_of(self._book) if entry.id in applicable)
        self._may_begin = self._pass is None and project.may_begin(self._text)
        cursor = self._view.cursor
        decided = project.decided_spans(self._pass) if self._pass else ()
        self._rows = SegmentRows(self._text, self._book, self._stands, decided=decided)
        self._view.load(self._rows, cursor)
        self._recent = list(project.recent_codes())
        self._count()
        self._show_here()
        super().read_again()

    def _begun(self) -> Pass | None:
        """The coder's pass, begun now if it was not: looking at a transcript begins nothing."""
        if self._pass is None:
            try:
                self._pass = self.project.open_pass(self._asked)
            except QualbenchError as error:
                self.workplace.tell(f"{error.message} {error.hint}".strip(), warning=True)
        return self._pass

    def after(self, changes: Changes) -> None:
        """Codes and memos changed on some words: only what stands there is read again."""
        if self._pass is None or self._rows is None:
            self.read_again()
        elif self._switching:
            self._show_spans([*self._places, *self.project.spans_of(self._switching)])
        elif changes.kinds <= SMALL:
            self._show_spans([self._span])
        else:
            self.read_again()

    def _show_spans(self, spans: list[tuple[int, int]]) -> None:
        """Show anew what stands on these places."""
        assert self._rows is not None
        pass_ = self._pass
        self._view.redraw(
            *self._rows.changed(spans, lambda: self.project.decided_spans(pass_) if pass_ else ())
        )
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
            state = f"{self._total - self._left} of {self._total} decided"
        self.head(name, self.project.viewer, state)

    @property
    def _segment(self) -> Segment:
        assert self._text is not None
        return self._text.segments[self._view.cursor]

    @property
    def _span(self) -> tuple[int, int]:
        """The selected words, or the whole segment."""
        return self._view.selected_span() or (self._segment.start, self._segment.end)

    def _show_here(self) -> None:
        """What stands on this segment, in words."""
        box = self.query_one("#here", Static)
        if not self._text or not self._text.segments:
            box.update("")
            return
        here = self._view.rows[self._view.cursor]
        if here.marks:
            said = ", ".join(f"{mark.key} {mark.label}" for mark in here.marks)
        elif here.state == "nothing":
            said = "nothing applies"
        else:
            said = "not decided yet" if here.counts else "interviewer: not counted"
        lines = [f"{self._view.cursor + 1}/{len(self._view.rows)}  {shown(said)}"]
        if here.memo and self._pass:
            memos = self.project.place(self._pass.id, here.start, here.end).memos
            lines.append("memo: " + excerpt(" | ".join(memo.body for memo in memos), 400))
        elif self._recent:
            codes = [f"{n} {self._book.label(code)}" for n, code in enumerate(self._recent[:9], start=1)]
            lines.append("recent: " + shown("  ".join(codes)))
        box.update(Content("\n".join(lines)), layout=False)

    def on_transcript_view_moved(self) -> None:
        """Say what stands on the segment the cursor came to."""
        self._show_here()

    # --- what can be done --------------------------------------------------------------------------------------

    def allows(self, command: Command) -> bool:
        """Deciding needs an open pass and something to decide."""
        is_open = self._may_begin if self._pass is None else self._pass.state is PassState.OPEN
        if command.id == "coding.correct":
            return super().allows(command) and bool(self._text and self._text.segments)
        needs_pass = command.id in ("coding.undo", "coding.redo", "coding.submit", "coding.remove")
        if command.writes and (not is_open or (needs_pass and self._pass is None)):
            return False
        if command.id.startswith(("coding.code", "coding.recent", "coding.repeat", "coding.nothing", "coding.memo")):
            return super().allows(command) and bool(self._text and self._text.segments)
        return super().allows(command)

    def _apply(self, code: str) -> None:
        pass_, span = self._begun(), self._span
        if pass_ is None:
            return
        changes = self.write(lambda: self.project.apply_code(pass_.id, code, *span))
        if changes:
            self._recent = [code, *(other for other in self._recent if other != code)]
            self._show_here()
        self._view.select_clear()

    def action_do_code(self) -> None:
        place = self._place()
        already = [coding.code for coding in place.codings] if place else []
        self.query_one(CodePalette).open(self._entries, self._recent, already, then=self._apply)

    def _place(self) -> Place | None:
        """What stands on the words at hand; nothing while the pass is not begun."""
        return self.project.place(self._pass.id, *self._span) if self._pass else None

    def action_do_nothing(self) -> None:
        pass_, segment = self._begun(), self._segment
        if pass_ is not None:
            self.write(lambda: self.project.mark_nothing(pass_.id, segment.start, segment.end))

    def action_do_repeat(self) -> None:
        if self._recent:
            self._apply(self._recent[0])

    def action_do_recent(self, number: str) -> None:
        if int(number) <= len(self._recent):
            self._apply(self._recent[int(number) - 1])

    def action_do_remove(self) -> None:
        place = self._place()
        codes = list(dict.fromkeys(coding.code for coding in place.codings)) if place else []
        if not codes:
            self.workplace.tell("There is no code here to remove.")
        elif len(codes) == 1:
            self._remove(codes[0])
        else:
            answers = [(code, self._book.label(code)) for code in codes]
            self.app.push_screen(Choose("Remove which code?", answers), self._remove)

    def _remove(self, code: str | None) -> None:
        pass_, span = self._pass, self._span
        if code is not None and pass_ is not None:
            self.write(lambda: self.project.remove_code(pass_.id, code, *span))

    def action_do_memo(self) -> None:
        place = self._place()
        held = place.memos if place else ()
        before = next((memo.body for memo in held if (memo.start, memo.end) == self._span), "")
        self.app.push_screen(AskWords("Memo on this place", before, hint="Empty removes it."), self._keep_memo)

    def _keep_memo(self, words: str | None) -> None:
        pass_ = self._begun() if words else self._pass
        if words is not None and pass_ is not None:
            span = self._span
            self.write(lambda: self.project.write_memo(pass_.id, *span, words))

    def action_do_undo(self) -> None:
        self._switch(self.project.undo, undo=True)

    def action_do_redo(self) -> None:
        self._switch(self.project.redo, undo=False)

    def _switch(self, which: Callable[[str, str], Changes], *, undo: bool) -> None:
        """Undo or redo, go to where it was, and say what it was."""
        text = self._text
        if text is None:
            return
        facts = self.project.newest_step(text.id, "coding", undo=undo)
        self._switching = facts if all(fact.KIND in SMALL for fact in facts) else []
        self._places = self.project.spans_of(self._switching)
        done = self.write(lambda: which(text.id, "coding"))
        places = [*self._places, *self.project.spans_of(self._switching)]
        self._switching = []
        if done:
            if places and self._rows is not None:
                self._view.cursor = self._rows.at(min(places)[0])
            self._show_here()
            self.say(f"{'Undone' if undo else 'Done again'}: {told(facts, self._book)}.")

    # --- handing in --------------------------------------------------------------------------------------------

    def action_do_submit(self) -> None:
        name = self._text.name if self._text else ""
        if self._left:
            answers = [
                ("go", f"Go to the next of {self._left} segments that are not decided"),
                ("nothing", "Submit: I read the rest, and nothing applies to it"),
                ("skipped", "Submit: the rest is skipped, and counts as missing"),
            ]
        else:
            answers = [("now", "Submit: every segment is decided")]
        question = f"Hand in your pass on {name}? A submitted pass never changes."
        self.app.push_screen(Choose(question, answers), self._submit)

    def _submit(self, answer: str | None) -> None:
        if answer == "go":
            self.action_do_undecided()
        elif answer and self._text is not None:
            rest, name = "" if answer == "now" else answer, self._text.id

            def hand_in() -> Changes:
                self.project.submit([name], rest)
                return Changes(frozenset({name}), frozenset({"pass_submitted"}))

            if self.write(hand_in):
                self.workplace.tell("Submitted. It opens when every coder's pass is in.")

    # --- moving ------------------------------------------------------------------------------------------------

    def _go_undecided(self, step: int, *, from_here: bool = True, quiet: bool = False) -> None:
        found = -1
        if self._rows is not None:
            found = self._rows.next_undecided(self._view.cursor + step if from_here else 0, step)
        if found >= 0:
            self._view.cursor = found
            return
        if not quiet:
            self.workplace.tell("Every segment is decided." if step > 0 else "Nothing undecided before this.")

    def action_do_undecided(self) -> None:
        self._go_undecided(1)

    def action_do_undecided_before(self) -> None:
        self._go_undecided(-1)

    def action_do_transcript(self) -> None:
        answers = [(one.id, one.name) for one in self.project.transcripts()]
        self.app.push_screen(Choose("Go to which transcript?", answers), self._go_to)

    def _go_to(self, transcript: str | None) -> None:
        if transcript:
            self._asked = transcript
            self._view.cursor = 0
            self.read_again()
            self._go_undecided(1, from_here=False, quiet=True)

    def action_do_correct(self) -> None:
        text = self._text
        turn = turn_at(text, self._segment.start) if text else None
        if text is not None and turn is not None:
            correct_turn(self, text, turn)

    def action_do_find(self) -> None:
        ask_query(self)

    def action_do_next(self) -> None:
        self._view.move(1)

    def action_do_previous(self) -> None:
        self._view.move(-1)

    def action_do_page_down(self) -> None:
        self._view.page(1)

    def action_do_page_up(self) -> None:
        self._view.page(-1)

    def action_do_first(self) -> None:
        self._view.to_first()

    def action_do_last(self) -> None:
        self._view.to_last()

    def action_do_select_on(self) -> None:
        self._view.select_extend("word", 1)

    def action_do_select_back(self) -> None:
        self._view.select_extend("word", -1)

    def action_do_shift_on(self) -> None:
        self._view.select_anchor("word", 1)

    def action_do_shift_back(self) -> None:
        self._view.select_anchor("word", -1)

    def action_do_back(self) -> None:
        if self._view.selection:
            self._view.select_clear()
        else:
            super().action_do_back()
