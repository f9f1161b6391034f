"""Agreement: every figure code by code, with what it counts, and the disagreements one key away."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static

from qualbench.errors import QualbenchError
from qualbench.model import Agreement as Run
from qualbench.model import CodeAgreement, Codebook
from qualbench.text import counted
from qualbench.tui.commands import Command
from qualbench.tui.screens.step import StepScreen
from qualbench.tui.widgets.lines import Lines, cells

FIGURES = {"percent": "agree", "positive": "pos.", "negative": "neg.", "kappa": "kappa", "alpha": "alpha"}
"""The figures of a line, with what stands over their columns."""


class Agreement(StepScreen):
    """The table of codes; what the figures of one code mean stands below it."""

    STEP = "agreement"
    TITLE_WORDS = "Agreement"
    DEFAULT_CSS = """
    Agreement #summary { height: auto; padding: 0 1; margin: 1 0 0 0; }
    Agreement #columns { height: 1; margin-top: 1; text-style: dim; }
    Agreement #meaning { height: 6; padding: 0 1; margin-bottom: 1; background: $surface; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._figures: Run | None = None
        self._book = Codebook("", "", ())

    def parts(self) -> ComposeResult:
        """The set alpha, the codes, the meaning of one line."""
        yield Static(id="summary", markup=False)
        yield Static(id="columns", markup=False)
        yield Lines()
        yield Static(id="meaning", markup=False)

    def begin(self) -> None:
        """The table has the keys."""
        self.query_one(Lines).focus()

    def read_again(self) -> None:
        """Compute the figures from the submitted passes."""
        self._figures, why_not = self._compute()
        self.head(self.project.study.name, "submitted passes only, before any consensus")
        summary = self.query_one("#summary", Static)
        if self._figures is None:
            summary.update(why_not)
            self.query_one(Lines).show_lines([])
            self.query_one("#columns", Static).update("")
        else:
            summary.update(self._summary(self._figures))
            self._table(self._figures)
        self._meaning()
        super().read_again()

    def _compute(self) -> tuple[Run | None, str]:
        try:
            self._book = self.project.codebook()
            return self.project.agreement(), ""
        except QualbenchError as error:
            return None, f"{error.message} {error.hint}".strip()

    def _summary(self, run: Run) -> Content:
        over = run.set_alpha
        value = "undefined" if over.value is None else f"{over.value:.3f}"
        blind = sum(not row.opened for row in self.project.transcripts())
        left_out = f"; {counted(blind, 'transcript')} still blind and left out" if blind else ""
        return Content.assemble(
            ("alpha over code sets (MASI): ", ""),
            (value, "bold"),
            (f" {over.why}" if over.why else "", ""),
            f"\n{run.units} units by {run.unit} in {counted(len(run.transcripts), 'transcript')}{left_out}\n",
            f"A {run.coders[0]}, B {', '.join(run.coders[1:2])}; codebook {run.codebook}",
        )

    def _table(self, run: Run) -> None:
        width = max(18, min(44, self.size.width - 58))
        head = (
            cells("code", width)
            + " both   A   B none "
            + "".join(cells(name, 7, right=True) for name in FIGURES.values())
        )
        self.query_one("#columns", Static).update(head)
        self.query_one(Lines).show_lines([(one.code, self._line(one, width)) for one in run.codes])

    def _line(self, one: CodeAgreement, width: int) -> Content:
        counts = f"{one.both:5}{one.only_a:4}{one.only_b:4}{one.neither:5} "
        figures = [getattr(one, name) for name in FIGURES]
        return Content(
            cells(self._book.label(one.code), width)
            + counts
            + "".join(cells("undef" if value is None else f"{value:.3f}", 7, right=True) for value in figures)
        )

    def on_resize(self) -> None:
        """Fit the columns again."""
        if self._figures is not None:
            self._table(self._figures)

    def on_option_list_option_highlighted(self) -> None:
        """Say what the line under the bar means."""
        self._meaning()

    def _meaning(self) -> None:
        one = self._one
        box = self.query_one("#meaning", Static)
        if one is None or self._figures is None:
            box.update("")
            return
        first, second = self._figures.coders[:2]
        share_a, share_b = (f"{100 * share:.1f} %" if share is not None else "-" for share in one.prevalence)
        positive = (
            "undefined: nobody applied it"
            if one.positive is None
            else f"{one.positive:.2f}: when one of them applied it, how far the other did too"
        )
        lines = [
            f"{first} {share_a} of units, {second} {share_b}.  Both {one.both}, only {first} {one.only_a}, "
            f"only {second} {one.only_b}, neither {one.neither}.",
            f"positive agreement {positive}",
            "kappa (Cohen 1960) and alpha (Krippendorff, nominal) correct for chance: 1 is perfect, 0 is chance.",
            one.why,
        ]
        title = Content.styled(cells(self._book.label(one.code), 60).rstrip(), "bold")
        box.update(Content("\n").join([title, *(Content(line) for line in lines if line)]), layout=False)

    @property
    def _one(self) -> CodeAgreement | None:
        at = self.query_one(Lines).at
        return next((one for one in self._figures.codes if one.code == at), None) if self._figures else None

    # --- commands ----------------------------------------------------------------------------------------------

    def allows(self, command: Command) -> bool:
        """Without figures there is nothing to keep or to look into."""
        if command.id.startswith("agreement.") and self._figures is None:
            return False
        return super().allows(command)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter, or a click, shows the disagreements on a code."""
        event.stop()
        self.action_do_disagreements()

    def action_do_disagreements(self) -> None:
        one = self._one
        if one is None:
            return
        if one.only_a + one.only_b == 0:
            self.workplace.tell("The coders do not differ on this code.")
        else:
            self.workplace.show_step("consensus", code=one.code)

    def action_do_keep(self) -> None:
        run = self._figures
        if run is not None and self.write(lambda: self.project.keep_agreement(run)):
            self.workplace.tell("Kept, with its recipe.")

    def action_do_next(self) -> None:
        self.query_one(Lines).action_cursor_down()

    def action_do_previous(self) -> None:
        self.query_one(Lines).action_cursor_up()
