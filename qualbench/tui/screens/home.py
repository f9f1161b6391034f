"""Home: what is done, and what is mine to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content
from textual.timer import Timer
from textual.widgets import OptionList, Static

from qualbench.model import METHOD_NAMES, Method, Pass, PassState, TranscriptRow
from qualbench.text import counted
from qualbench.tui.commands import Command
from qualbench.tui.screens import home_next
from qualbench.tui.screens.home_counts import AT_ONCE, Counts
from qualbench.tui.screens.hub_line import HubLine
from qualbench.tui.screens.step import StepScreen
from qualbench.tui.widgets.lines import Lines, cells

if TYPE_CHECKING:
    from qualbench.project.courier import News


class Home(StepScreen):
    """The transcripts with their passes, and one sentence that says what comes next."""

    STEP = "home"
    TITLE_WORDS = "Qualbench"
    TELLS_OF_HUB = True
    DEFAULT_CSS = """
    Home #next { height: auto; padding: 0 1; margin: 1 0; }
    Home #columns { height: 1; text-style: dim; }
    Home #sums { height: auto; padding: 0 1; margin: 1 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[TranscriptRow, ...] = ()
        self._mine: dict[str, Pass] = {}
        self._counts: Counts | None = None
        self._next_moment: Timer | None = None
        self._submitted: Counter[str] = Counter()
        self._late: Counter[str] = Counter()
        self._others: frozenset[str] = frozenset()
        self._seals = False

    def parts(self) -> ComposeResult:
        """What is next, the transcripts, the sums."""
        yield Static(id="next", markup=False)
        yield Static(id="columns", markup=False)
        yield Lines()
        yield HubLine()
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
        self._rows = project.transcripts(with_counts=False)
        own = project.own_passes()
        self._mine = {one.transcript: one for one in own}
        handed_in = [one for one in project.passes() if one.state is PassState.SUBMITTED]
        self._submitted = Counter(id_ for id_, _ in {(one.transcript, one.coder) for one in handed_in if not one.late})
        self._late = Counter(one.transcript for one in handed_in if one.late)
        self._counts = Counts(project, self._rows, own)
        self._others, self._seals = home_next.not_asked(project), home_next.to_seal(project)
        self._draw()
        self.query_one(HubLine).say(self.workplace)
        self.call_after_refresh(self._count_soon)
        super().read_again()

    def after_hub(self, news: News) -> None:  # noqa: ARG002 - the app keeps what was told last
        """Say how the study stands to its hub now."""
        self.query_one(HubLine).say(self.workplace)

    def _count_soon(self) -> None:
        """The next moment of counting comes when there was time for keys; under another screen it waits."""
        if self._next_moment is not None:
            self._next_moment.stop()
        if self._counts is not None and not self._counts.is_done:
            self._next_moment = self.set_timer(AT_ONCE if self.is_current else 0.5, self._count_on)

    def _count_on(self) -> None:
        counts = self._counts
        if counts is not None and not counts.is_done and self.is_current:
            lines_are_due = not counts.has_units
            counts.go_on()
            if lines_are_due:
                self._draw()
            else:
                self._draw_sentences()
        self._count_soon()

    def _draw(self) -> None:
        width = max(16, self.size.width - 58)
        self.query_one("#columns", Static).update(
            cells("transcript", width) + "  words  units  your pass     passes submitted  compare"
        )
        self.query_one(Lines).show_lines([(row.id, self._line(row, width)) for row in self._rows])
        self._draw_sentences()

    def _draw_sentences(self) -> None:
        lines = [self._next(), *self._standing()]
        self.query_one("#next", Static).update(Content("\n").join(lines))
        self.query_one("#sums", Static).update(self._sums())

    def on_resize(self) -> None:
        """Fit the columns again."""
        self._draw()

    def _line(self, row: TranscriptRow, width: int) -> Content:
        units = str(self._counts.units.get(row.id, "…")) if self._counts else "…"
        columns = (
            cells(row.name, width),
            cells(str(row.words), 7, right=True),
            cells(units, 7, right=True),
            "  " + cells(self._told_pass(row.id), 12),
            "  " + cells(self._told_submitted(row), 16),
            "  " + ("opened" if row.opened else "blind"),
        )
        return Content("".join(columns))

    def _told_pass(self, transcript: str) -> str:
        """How far the viewer's pass is."""
        mine, counts = self._mine.get(transcript), self._counts
        if mine is None or counts is None:
            return "not asked" if transcript in self._others else "not begun"
        if mine.state is PassState.SUBMITTED:
            return "late" if mine.late else "submitted"
        decided = counts.decided.get(transcript)
        return "begun" if decided is None else f"{decided} of {counts.units[transcript]}"

    def _told_submitted(self, row: TranscriptRow) -> str:
        """How many have submitted, and how many of them too late to be compared; a hub does not tell it before."""
        if self.project.on_hub and not row.opened:
            return "not told"
        late = self._late[row.id]
        return f"{self._submitted[row.id]} of {self.project.study.coders}" + f", {late} late" * bool(late)

    def _next(self) -> Content:
        """What this person does next, in one sentence."""
        sentence = home_next.sentence(
            self.project, self._rows, self._mine, self._counts, self._others, seals=self._seals
        )  # fmt: skip
        return Content.assemble(("Next: ", "bold"), Content(cells(sentence, max(20, self.size.width - 9)).rstrip()))

    def _standing(self) -> list[Content]:
        """Where the study stands in its method: a line where there is little room, more where there is."""
        wide = self.size.width >= 110 and self.size.height >= 35
        if self._counts is None or not self._counts.phases:
            return [Content("Where the study stands is being read."), *[Content("")] * (2 * wide)]
        from qualbench.steps.methods import next_step
        from qualbench.tui.screens.method_views import standing

        phases = self._counts.phases
        return standing(phases, next_step(phases), max(20, self.size.width - 2), wide=wide)

    def _sums(self) -> Content:
        rows = self._rows
        opened = sum(row.opened for row in rows)
        done = "sealed" if self.project.on_hub else "submitted"
        lines = [f"{counted(len(rows), 'transcript')}, {opened} opened (every pass on them is {done})."]
        if not self.project.profile().measures:
            lines.append("Readings are compared, and no coefficient is computed: the method has none.")
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
        if self._counts is None or not self._counts.is_done:
            return "Disagreements are being counted."
        settling = self._counts.settling
        every, decided = sum(one.disagreements for one in settling), sum(one.decided for one in settling)
        if not self.project.profile().seeks_consensus:
            return f"{counted(every, 'segment')} read differently (press a)."
        return f"{counted(every, 'disagreement')}, {decided} decided."

    # --- commands ----------------------------------------------------------------------------------------------

    @property
    def commands(self) -> Sequence[Command]:
        """Cases have a place in the footer where the method has cases; their key works everywhere."""
        has_cases = self.project.study.method is Method.CQR
        return [replace(one, footer=has_cases) if one.id == "home.cqr" else one for one in super().commands]

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

    def action_do_types(self) -> None:
        self.workplace.show_step("types")

    def action_do_checklists(self) -> None:
        self.workplace.show_step("checklists")

    def action_do_checks(self) -> None:
        self.workplace.show_step("checks")

    def action_do_cqr(self) -> None:
        self.workplace.show_step("cqr")

    def action_do_trail(self) -> None:
        self.workplace.show_step("trail")

    def action_do_method(self) -> None:
        self.workplace.show_step("method")

    def action_do_cycle(self) -> None:
        self.workplace.show_step("cycle")

    def action_do_packages(self) -> None:
        self.workplace.show_step("hub" if self.project.on_hub else "packages")

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
