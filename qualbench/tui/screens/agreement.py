"""Agreement: how far the coders agree, how sure that is, and where they differ; every figure explains itself."""

from __future__ import annotations

from pathlib import Path

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static

from qualbench.errors import QualbenchError
from qualbench.model import Agreement as Run
from qualbench.model import Benchmark, CodeAgreement, Codebook, Item, Scope, item_id
from qualbench.text import counted, shown
from qualbench.tui.commands import Command
from qualbench.tui.dialogs.choice import Choose
from qualbench.tui.dialogs.page import Page
from qualbench.tui.screens import agreement_views as views
from qualbench.tui.screens.files import ask_file
from qualbench.tui.screens.step import StepScreen
from qualbench.tui.widgets.lines import Lines

VIEWS = ("codes", "bars", "causes", "confusion", "trend", "transcripts")


class Agreement(StepScreen):
    """One view at a time over the same figures; what the line under the bar says stands below."""

    STEP = "agreement"
    TITLE_WORDS = "Agreement"
    DEFAULT_CSS = """
    Agreement #summary { height: auto; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    Agreement #summary.-none { text-wrap: wrap; }
    Agreement #columns { height: 1; margin-top: 1; text-style: dim; text-wrap: nowrap; text-overflow: ellipsis; }
    Agreement #meaning { height: 4; padding: 0 1; margin-bottom: 1; background: $surface; text-wrap: nowrap;
        text-overflow: ellipsis; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._figures: Run | None = None
        self._book = Codebook("", "", ())
        self._looking = "codes"
        self._round = ""
        self._chosen = "alpha"

    def parts(self) -> ComposeResult:
        """The sums, the lines of a view, the meaning of one line."""
        yield Static(id="summary", markup=False)
        yield Static(id="columns", markup=False)
        yield Lines()
        yield Static(id="meaning", markup=False)

    def begin(self) -> None:
        """The lines have the keys."""
        self.query_one(Lines).focus()

    @property
    def _scope(self) -> Scope:
        return Scope(round=self._round)

    # --- what it shows -----------------------------------------------------------------------------------------

    def read_again(self) -> None:
        """Compute the figures from the submitted passes."""
        self._figures, why_not = self._compute()
        self.head(self.project.study.name, self._round, "submitted passes only, before any consensus")
        summary = self.query_one("#summary", Static)
        summary.set_class(self._figures is None, "-none")
        summary.update(self._summary(self._figures) if self._figures else why_not)
        self._show()
        super().read_again()

    def _compute(self) -> tuple[Run | None, str]:
        try:
            self._book = self.project.codebook()
            return self.project.agreement(self._scope), ""
        except QualbenchError as error:
            return None, f"{error.message} {error.hint}".strip()

    def _summary(self, run: Run) -> Content:
        from qualbench.steps.agreement import SOURCES, verdict

        over, whole, benchmark = run.set_alpha, run.overall, self.project.study.benchmark
        value = "undefined" if over.value is None else f"{over.value:.3f}"
        sure = f" ({over.interval.low:.2f} to {over.interval.high:.2f})" if over.interval else ""
        judged = verdict(over, benchmark)
        word = f": {judged.word} on the {judged.on}" if judged.word else ""
        codes = f"{counted(whole.defined, 'code')}: mean {whole.mean:.3f}" if whole.mean is not None else ""
        lowest = f", lowest {whole.minimum:.3f}; " if whole.minimum is not None else ""
        blind = self.project.blind()
        left_out = f"; {counted(blind, 'transcript')} still blind, left out" if blind else ""
        lines = [
            Content.assemble("alpha over sets (MASI) ", (value, "bold"), sure, word, over.why and f" {over.why}"),
            Content(f"{codes}{lowest}{run.units} units by {run.unit} in {counted(len(run.transcripts), 'transcript')}"),
            Content(shown(f"A {run.coders[0]}, B {', '.join(run.coders[1:2])}; codebook {run.codebook}{left_out}")),
        ]
        if SOURCES[benchmark]:
            lines.append(Content.styled(f"judged after {SOURCES[benchmark]}", "dim"))
        if late := self.project.told_late(self._round):
            lines.append(Content.styled(shown(late), "dim"))
        if use := self.project.beside_agreement(self._round):
            lines.append(Content.styled(use, "dim"))
        return Content("\n").join(lines)

    def _show(self) -> None:
        """Show the view that is looked at."""
        head, lines = self._view()
        self.query_one("#columns", Static).update(head)
        self.query_one(Lines).show_lines(lines)
        self._meaning()

    def _view(self) -> views.Shown:
        run, book, width, project = self._figures, self._book, self.size.width - 2, self.project
        if run is None:
            return "", []
        if self._looking == "causes":
            return views.causes(project.differences(self._scope), book, width)
        if self._looking == "confusion":
            listed = [code.id for code in project.applicable_codes()]
            return views.confusion(project.confusion_matrix(listed, self._scope), listed, book, width)
        if self._looking == "bars":
            return views.bars(run, book, width)
        if self._looking == "trend":
            rounds = project.trend()
            return views.trend(rounds, book, width) if rounds else ("No round is planned yet.", [])
        if self._looking == "transcripts":
            names = {row.id: row.name for row in project.transcripts()}
            return views.transcripts(project.agreement_by_transcript(self._scope), names, width)
        return views.codes(run, book, width, self._chosen, project.study.benchmark)

    def on_resize(self) -> None:
        """Fit the columns again."""
        self._show()

    def on_option_list_option_highlighted(self) -> None:
        """Say what the line under the bar means."""
        self._meaning()

    def _meaning(self) -> None:
        box, one, run = self.query_one("#meaning", Static), self._one, self._figures
        if one is None or run is None:
            box.update("")
            return
        first, second = run.coders[:2]
        share_a, share_b = (f"{100 * share:.1f} %" if share is not None else "-" for share in one.prevalence)
        sure = "no limits" if one.interval is None else f"{one.interval.low:.3f} to {one.interval.high:.3f}"
        lines = [
            f"{first} {share_a} of units, {second} {share_b}.  Both {one.both}, only {first} {one.only_a}, "
            f"only {second} {one.only_b}, neither {one.neither}.",
            f"alpha{views.figure(one.alpha)}, 95 % limits {sure}; kappa{views.figure(one.kappa)}, "
            f"pi{views.figure(one.pi)}, AC1{views.figure(one.ac1)}",
            one.why or one.no_interval or "; ".join(one.interval.warnings if one.interval else ()),
        ]
        title = Content.styled(shown(self._book.label(one.code)), "bold")
        box.update(Content("\n").join([title, *(Content(shown(line)) for line in lines if line)]), layout=False)

    @property
    def _code(self) -> str:
        """The code under the bar, in whatever view."""
        at = self.query_one(Lines).at
        return at.rpartition(":")[2] if self._looking == "causes" else "" if self._looking == "transcripts" else at

    @property
    def _one(self) -> CodeAgreement | None:
        run = self._figures
        return next((one for one in run.codes if one.code == self._code), None) if run else None

    # --- commands ----------------------------------------------------------------------------------------------

    def allows(self, command: Command) -> bool:
        """Without figures there is nothing to look at and nothing to keep."""
        if command.id.startswith("agreement.") and self._figures is None:
            return False
        return super().allows(command)

    def action_do_view(self, name: str) -> None:
        self._looking = name
        self._show()

    def action_do_turn(self) -> None:
        self.action_do_view(VIEWS[(VIEWS.index(self._looking) + 1) % len(VIEWS)])

    def action_do_right(self) -> None:
        self._choose(1)

    def action_do_left(self) -> None:
        self._choose(-1)

    def _choose(self, step: int) -> None:
        kept = views.columns(self.size.width - 2)
        at = kept.index(self._chosen) if self._chosen in kept else 0
        self._chosen = kept[(at + step) % len(kept)]
        self._show()

    def action_do_explain(self) -> None:
        from qualbench.steps.agreement import EXPLANATIONS

        wanted = {"bars": ("interval", "bootstrap"), "transcripts": ("masi", "mean"), "trend": ("alpha", "masi")}
        told = [EXPLANATIONS[name] for name in wanted.get(self._looking, (self._chosen,))]
        pieces = [
            Content.assemble(
                (f"{one.name}\n", "bold"), f"{one.what}\n", ("how  ", "bold"), f"{one.formula}\n",
                ("misleads  ", "bold"), f"{one.misleads}\n", ("source  ", "bold"), one.source,
            )
            for one in told
        ]  # fmt: skip
        self.app.push_screen(Page("What the figure says", Content("\n\n").join(pieces)))

    def action_do_definition(self) -> None:
        code = self._book.get(self._code)
        if code is None:
            return
        fields = (
            ("", code.definition or code.definition_short), ("use  ", code.include), ("not  ", code.exclude),
            ("for instance  ", " | ".join(code.examples)), ("looks like it, is not  ", code.near_miss),
        )  # fmt: skip
        body = Content("\n").join(
            Content.assemble((name, "bold"), Content(shown(words))) for name, words in fields if words
        )
        self.app.push_screen(Page(code.label, body if len(body) else Content("It has no definition.")))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter, or a click, shows the disagreements in the text."""
        event.stop()
        self.action_do_open()

    def action_do_open(self) -> None:
        at = self.query_one(Lines).at
        if not at:
            return
        if self._looking == "transcripts":
            held: list[Item] = [item for item in self.project.items() if item.transcript == at]
            if held:
                self.workplace.show_step("consensus", item=held[0].id)
            else:
                self.workplace.tell("The coders do not differ in this transcript.")
        elif self._looking == "causes":
            transcript, start, code = at.split(":", 2)
            self.workplace.show_step("consensus", code=code, item=item_id(transcript, int(start)))
        elif self._one is not None and self._one.only_a + self._one.only_b == 0:
            self.workplace.tell("The coders do not differ on this code.")
        else:
            self.workplace.show_step("consensus", code=at)

    def action_do_round(self) -> None:
        rounds = [one.name for one in self.project.rounds() if not one.recode]
        answers = [("", "Everything that is opened"), *((name, name) for name in rounds)]
        self.app.push_screen(Choose("Look at which round?", answers), self._go_to_round)

    def _go_to_round(self, name: str | None) -> None:
        if name is not None:
            self._round = name
            self.read_again()

    def action_do_benchmark(self) -> None:
        every = list(Benchmark)
        after = every[(every.index(self.project.study.benchmark) + 1) % len(every)]
        self.write(lambda: self.project.choose_benchmark(after))

    def action_do_keep(self) -> None:
        if self.write(lambda: self.project.keep_agreement(self._scope)):
            self.workplace.tell("Kept, checked, with its recipe.")

    def action_do_write(self) -> None:
        suggestion = self.project.folder / "exports" / "agreement.docx"
        ask_file(self, "Write the agreement report to (.docx .md .xlsx .csv .json)", suggestion, self._write_report)

    def _write_report(self, target: Path) -> str:
        return self.project.write_agreement(target, self._scope, force=True)
