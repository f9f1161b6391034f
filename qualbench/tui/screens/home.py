"""Home: what is done, and what is mine to do next."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static

from qualbench.model import METHOD_NAMES, Method, PassState, Progress, TranscriptRow
from qualbench.text import counted
from qualbench.tui.commands import Command
from qualbench.tui.screens.step import StepScreen
from qualbench.tui.widgets.lines import Lines, cells

if TYPE_CHECKING:
    from qualbench.project.progress import Settling

AT_ONCE = 0.03
"""Seconds of counting in one go; what is left is counted between the keys."""


class Home(StepScreen):
    """The transcripts with their passes, and one sentence that says what comes next."""

    STEP = "home"
    TITLE_WORDS = "Qualbench"
    DEFAULT_CSS = """
    Home #next { height: auto; padding: 0 1; margin: 1 0; }
    Home #columns { height: 1; text-style: dim; }
    Home #sums { height: auto; padding: 0 1; margin: 1 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[TranscriptRow, ...] = ()
        self._mine: dict[str, Progress] = {}
        self._settling: list[Settling] = []
        self._uncounted: Iterator[Settling] | None = None
        self._submitted: Counter[str] = Counter()

    def parts(self) -> ComposeResult:
        """What is next, the transcripts, the sums."""
        yield Static(id="next", markup=False)
        yield Static(id="columns", markup=False)
        yield Lines()
        yield Static(id="sums", markup=False)

    def begin(self) -> None:
        """The list has the keys."""
        self.query_one(Lines).focus()

    def read_again(self) -> None:
        """Read the study's state; under a screen that was asked for first, when this one is seen."""
        if next(one for one in reversed(self.app.screen_stack) if isinstance(one, StepScreen)) is not self:
            self._was_left = True
            return
        project = self.project
        study = project.study
        book = f"codebook {project.codebook_versions()[-1]}" if project.has_codebook() else "no codebook yet"
        self.head(f"you are {project.viewer}", study.name, METHOD_NAMES[study.method], book)
        self._rows = project.transcripts()
        self._mine = {one.transcript: one for one in project.progress(self._rows)}
        handed_in = (one.transcript for one in project.passes() if one.state is PassState.SUBMITTED)
        self._submitted = Counter(handed_in)
        self._settling, self._uncounted = [], project.settling() if project.opened() else None
        self._count()
        self._draw()
        super().read_again()

    def _count(self) -> None:
        """Count disagreements for a moment, and go on when the screen had time for keys."""
        begun = 0.0
        for one in self._uncounted or ():
            self._settling.append(one)
            begun = begun or time.thread_time()  # not before the first one, which imports what it needs
            if time.thread_time() - begun > AT_ONCE:
                self.set_timer(AT_ONCE, self._count_on)
                return
        self._uncounted = None

    def _count_on(self) -> None:
        """The next moment of counting; not under another screen, whose keys would wait for it."""
        if self._uncounted is None:
            return
        if not self.is_current:
            self.set_timer(0.5, self._count_on)
            return
        self._count()
        self.query_one("#next", Static).update(self._next())
        self.query_one("#sums", Static).update(self._sums())

    def _draw(self) -> None:
        width = max(16, self.size.width - 58)
        self.query_one("#columns", Static).update(
            cells("transcript", width) + "  words  units  your pass     passes submitted  compare"
        )
        self.query_one(Lines).show_lines([(row.id, self._line(row, width)) for row in self._rows])
        self.query_one("#next", Static).update(self._next())
        self.query_one("#sums", Static).update(self._sums())

    def on_resize(self) -> None:
        """Fit the columns again."""
        self._draw()

    def _line(self, row: TranscriptRow, width: int) -> Content:
        mine = self._mine.get(row.id)
        if mine is None:
            own = "not begun"
        elif mine.state is PassState.SUBMITTED:
            own = "submitted"
        else:
            own = f"{mine.decided} of {mine.total}"
        columns = (
            cells(row.name, width),
            cells(str(row.words), 7, right=True),
            cells(str(row.segments), 7, right=True),
            "  " + cells(own, 12),
            "  " + cells(f"{self._submitted[row.id]} of {self.project.study.coders}", 16),
            "  " + ("opened" if row.opened else "blind"),
        )
        return Content("".join(columns))

    def _next(self) -> Content:
        """What this person does next, in one sentence."""
        rows, mine = self._rows, self._mine
        if not rows:
            sentence = "Import transcripts first (press i)."
        elif not self.project.has_codebook():
            sentence = "Add a codebook: qualbench codebook FOLDER FILE.yaml"
        else:
            names = {row.id: row.name for row in rows}
            begun = [p for p in mine.values() if p.state is PassState.OPEN]
            waiting = [row for row in rows if row.id not in mine and not row.opened]
            open_items = sum(one.open for one in self._settling)
            if begun:
                left = begun[0].total - begun[0].decided
                name = names[begun[0].transcript]
                sentence = (
                    f"Go on with {name}: {counted(left, 'segment')} to decide."
                    if left
                    else f"{name} is decided: submit your pass."
                )
            elif waiting and mine:
                sentence = f"Begin your pass on {waiting[0].name}."
            elif self._uncounted is not None:
                sentence = "Disagreements are being counted."
            elif open_items:
                sentence = f"{counted(open_items, 'disagreement')} to settle in a consensus session (press c)."
            elif waiting:
                sentence = f"Begin your pass on {waiting[0].name}."
            else:
                sentence = "Every transcript is compared. Gather the codes under themes (press t)."
        return Content.assemble(("Next: ", "bold"), Content(cells(sentence, max(20, self.size.width - 9)).rstrip()))

    def _sums(self) -> Content:
        rows = self._rows
        opened = sum(row.opened for row in rows)
        lines = [f"{counted(len(rows), 'transcript')}, {opened} opened (every pass on them is submitted)."]
        if self.project.study.method is Method.REFLEXIVE:
            lines.append("Reflexive analysis: readings are compared, and no coefficient is computed.")
        elif kept := self.project.kept_agreement():
            at, run = kept
            value = "undefined" if run.set_alpha.value is None else f"{run.set_alpha.value:.2f}"
            lines.append(f"Agreement kept on {at[:10]}: alpha over code sets {value} on {run.units} units.")
        if opened:
            board = counted(len(self.project.themes()), "theme")
            lines.append(f"{self._told_disagreements()} {board}.")
        if doubtful := self.project.doubtful():
            lines.append(f"{counted(doubtful, 'doubtful place')} after a correction (press e).")
        attention = self.project.attention()
        if attention:
            lines.append(f"{len(attention)} entries of the journal need attention: run qualbench doctor.")
        return Content("\n".join(lines))

    def _told_disagreements(self) -> str:
        if self._uncounted is not None:
            return f"Disagreements are being counted: {len(self._settling)} transcripts so far."
        every, decided = (sum(getattr(one, what) for one in self._settling) for what in ("disagreements", "decided"))
        return f"{counted(every, 'disagreement')}, {decided} decided."

    # --- commands ----------------------------------------------------------------------------------------------

    def allows(self, command: Command) -> bool:
        """Results need something that is opened."""
        if command.id == "app.back":
            return False
        return super().allows(command)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter, or a click, codes a transcript."""
        event.stop()
        self.action_do_open()

    def action_do_open(self) -> None:
        at = self.query_one(Lines).at
        if not self.project.has_codebook():
            self.workplace.tell("The study has no codebook yet.", warning=True)
        elif at:
            self.workplace.show_step("coding", transcript=at)

    def action_do_agreement(self) -> None:
        self.workplace.show_step("agreement")

    def action_do_consensus(self) -> None:
        self.workplace.show_step("consensus")

    def action_do_themes(self) -> None:
        self.workplace.show_step("themes")

    def action_do_participants(self) -> None:
        self.workplace.show_step("participants")

    def action_do_codebook(self) -> None:
        self.workplace.show_step("codebook")

    def action_do_corrections(self) -> None:
        self.workplace.show_step("corrections")

    def action_do_memos(self) -> None:
        self.workplace.show_step("memos")

    def action_do_matrices(self) -> None:
        self.workplace.show_step("matrices")

    def action_do_find(self) -> None:
        from qualbench.tui.screens.find import ask_query

        ask_query(self)

    def action_do_import(self) -> None:
        self.workplace.show_step("import", asks="yes")

    def action_do_segments(self) -> None:
        if at := self.query_one(Lines).at:
            self.workplace.show_step("segments", transcript=at)

    def action_do_quit(self) -> None:
        self.app.exit()
