"""Segments: where the units that are coded begin and end, split and merged by hand before anybody codes them."""

from __future__ import annotations

from textual.app import ComposeResult

from qualbench.model import Codebook, SegmentRule, Transcript
from qualbench.text import counted
from qualbench.tui.commands import Command
from qualbench.tui.dialogs.choice import Choose
from qualbench.tui.screens.rows import rows
from qualbench.tui.screens.step import StepScreen
from qualbench.tui.widgets.selecting import words
from qualbench.tui.widgets.transcript import TranscriptView

_CUTS = frozenset({"segments.split", "segments.merge", "segments.rule"})


class Segments(StepScreen):
    """The transcript, a row for each segment."""

    STEP = "segments"
    TITLE_WORDS = "Segments"
    DEFAULT_CSS = """
    Segments TranscriptView { height: 1fr; margin-bottom: 1; }
    """

    def __init__(self, transcript: str = "") -> None:
        super().__init__()
        self._asked = transcript
        self._text: Transcript | None = None
        self._is_coded = False

    def parts(self) -> ComposeResult:
        """The transcript."""
        yield TranscriptView()

    @property
    def _view(self) -> TranscriptView:
        return self.query_one(TranscriptView)

    def begin(self) -> None:
        """The transcript has the keys."""
        self._view.focus()

    def read_again(self) -> None:
        """Read the transcript; without one named it is the first."""
        every = self.project.transcripts()
        wanted = self._asked or (every[0].id if every else "")
        if not wanted:
            self.head("no transcript yet")
            super().read_again()
            return
        self._text = text = self.project.transcript(wanted)
        self._is_coded = bool(self.project.passes(text.id))
        self._view.load(rows(text, Codebook("", "", ())), self._view.cursor)
        counted_in = sum(text.counts(segment) for segment in text.segments)
        state = "coding has begun: they stay as they are" if self._is_coded else f"cut by {text.rule}"
        self.head(text.name, f"{counted(len(text.segments), 'segment')}, {counted_in} count", state)
        super().read_again()

    def allows(self, command: Command) -> bool:
        """Segments stay as they are once a pass is open."""
        if command.id in _CUTS and (self._text is None or self._is_coded):
            return False
        return super().allows(command)

    # --- by hand -----------------------------------------------------------------------------------------------

    def action_do_split(self) -> None:
        text, selection = self._text, self._view.selected_span()
        if text is None or not text.segments:
            return
        if selection is None:
            self.say("Go to a word with → first: the second part begins there.", warning=True)
            return
        self.write(lambda: self.project.split_segment(text.id, selection[0]))

    def action_do_merge(self) -> None:
        text, here = self._text, self._view.cursor
        if text is not None:
            self.write(lambda: self.project.merge_segments(text.id, here, here + 1))

    def action_do_rule(self) -> None:
        text = self._text
        if text is None:
            return
        answers = [(str(rule), f"by {rule}") for rule in SegmentRule if rule is not SegmentRule.HAND]

        def cut(rule: str | None) -> None:
            if rule is not None:
                self.write(lambda: self.project.segment(text.id, SegmentRule(rule)))

        self.app.push_screen(Choose("Cut the whole transcript anew?", answers), cut)

    def action_do_count(self) -> None:
        now = self.project.interviewers_counted()
        if self.write(lambda: self.project.count_interviewers(not now)):
            self.say(f"Interviewers' speech {'does not count' if now else 'counts'} from now on, in every transcript.")

    # --- moving ------------------------------------------------------------------------------------------------

    def action_do_word(self, steps: str) -> None:
        """Go to another word, which is where the second part of a split begins; never the first one."""
        text = self._text
        if text is None or not text.segments:
            return
        view = self._view
        spans = words(view.rows[view.cursor].text)
        held = view.selection
        here = next((n for n, (start, _) in enumerate(spans) if held and start >= held[0][1]), 0)
        if len(spans) > 1:
            view.select_span(*spans[max(1, min(here + int(steps), len(spans) - 1))])

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
