"""Corrections: the places that a corrected text made doubtful, each with its words now and before, to work off."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from qualbench.errors import QualbenchError
from qualbench.model import Codebook, Doubt
from qualbench.text import counted, excerpt, shown, shown_lines
from qualbench.tui.commands import Command
from qualbench.tui.dialogs.words import AskWords
from qualbench.tui.screens.correcting import correct_turn, turn_at
from qualbench.tui.screens.step import StepScreen
from qualbench.tui.widgets.lines import Lines, cells

LEAD, REST = 100, 300
"""How much of the text is shown before and after the words, in code points; before them no more than their line."""
MOST = 4_000


class Corrections(StepScreen):
    """The doubtful places above; under them the words of one in the new text, and those it stood on before."""

    STEP = "corrections"
    TITLE_WORDS = "Corrections"
    DEFAULT_CSS = """
    Corrections #columns { height: 1; text-style: dim; text-wrap: nowrap; text-overflow: ellipsis; }
    Corrections Lines { height: auto; max-height: 35%; }
    Corrections #texts { layout: horizontal; height: 1fr; border-top: hkey $accent; margin-bottom: 1; }
    Corrections VerticalScroll { width: 1fr; padding: 0 1; }
    Corrections Static { height: auto; }
    Corrections.-narrow #texts { layout: vertical; }
    Corrections.-narrow VerticalScroll { width: 100%; height: 1fr; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - the name and shape are Textual's

    def __init__(self) -> None:
        super().__init__()
        self._doubts: dict[str, Doubt] = {}
        self._book = Codebook("", "", ())

    def parts(self) -> ComposeResult:
        """The places, and the texts of the one under the bar."""
        yield Static(id="columns", markup=False)
        yield Lines()
        with Container(id="texts"):
            with VerticalScroll(can_focus=False):
                yield Static(id="now", markup=False)
            with VerticalScroll(can_focus=False):
                yield Static(id="before", markup=False)

    def begin(self) -> None:
        """The list has the keys."""
        self.query_one(Lines).focus()

    # --- what it shows -----------------------------------------------------------------------------------------

    def read_again(self) -> None:
        """Read the doubtful places that the viewer may see."""
        self._doubts = {f"{d.transcript}:{d.pass_id}:{d.start}:{d.end}": d for d in self.project.doubts()}
        if self.project.has_codebook():
            self._book = self.project.codebook()
        corrected = sum(row.version > 1 for row in self.project.transcripts())
        self.head(
            self.project.study.name,
            counted(len(self._doubts), "doubtful place"),
            f"{counted(corrected, 'transcript')} corrected",
        )
        self._draw()
        super().read_again()

    def _draw(self) -> None:
        width = max(8, (self.size.width - 12) // 3)
        head = cells("transcript", width) + " " + cells("coder", 10) + " " + cells("codes", width) + " words"
        self.query_one("#columns", Static).update(head if self._doubts else "")
        self.query_one(Lines).show_lines([(id_, self._line(one, width)) for id_, one in self._doubts.items()])
        self._show_texts()

    def _line(self, one: Doubt, width: int) -> Content:
        codes = self._codes(one)
        words = excerpt(one.words, width) or "(its words are gone)"
        return Content(f"{cells(one.name, width)} {cells(one.coder, 10)} {cells(codes, width)} {words}")

    def _codes(self, one: Doubt) -> str:
        return ", ".join(self._book.label(code) for code in one.codes) or "nothing applies"

    def on_resize(self) -> None:
        """Fit the columns again."""
        self._draw()

    def on_option_list_option_highlighted(self) -> None:
        """Show the words of the place under the bar."""
        self._show_texts()

    @property
    def _doubt(self) -> Doubt | None:
        return self._doubts.get(self.query_one(Lines).at)

    def _show_texts(self) -> None:
        now, before, one = self.query_one("#now", Static), self.query_one("#before", Static), self._doubt
        if one is None:
            now.update("Nothing is doubtful: every code you may see stands on the words it was put on.")
            before.update("")
            return
        text = self.project.transcript(one.transcript).text
        was, words = "\n".join(self.project.words_before(one))[:MOST], text[one.start : one.end][:MOST]
        old, new = _changed(was, words)
        low = max(one.start - LEAD, text.rfind("\n", 0, one.start) + 1)
        high = min(len(text), one.end + REST)
        lead, rest = (
            Content.styled(shown_lines(piece), "dim") for piece in (text[low : one.start], text[one.end : high])
        )
        title = Content.styled(shown(f"Now: {self._codes(one)}"), "bold")
        now.update(Content.assemble(title, "\n", lead, "›", new, "‹", rest, "…" if high < len(text) else ""))
        title = Content.styled("Before the correction", "bold")
        before.update(Content.assemble(title, "\n", old if was else "not known"))
        for side in self.query(VerticalScroll):
            side.scroll_home(animate=False)

    # --- commands ----------------------------------------------------------------------------------------------

    def allows(self, command: Command) -> bool:
        """Every command of the list is about the place under the bar."""
        if command.id.startswith("corrections."):
            return super().allows(command) and self._doubt is not None
        return super().allows(command)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter, or a click, says that it still fits."""
        event.stop()
        self.action_do_fits()

    def action_do_fits(self) -> None:
        one = self._doubt
        if one is not None and self.write(lambda: self.project.settle_doubt(one)):
            self.say("It stands." if one.words else "Its words are gone: it counts nowhere.")

    def action_do_select(self) -> None:
        one = self._doubt
        if one is None:
            return
        hint = "Exactly as the new text has them, near this place."
        self.app.push_screen(AskWords("On which words does it stand now?", one.words, hint=hint), self._stands_on)

    def _stands_on(self, words: str | None) -> None:
        one = self._doubt
        if one is None or words is None:
            return
        try:
            start, end = self.project.place_of(one, words)
        except QualbenchError as error:
            self.say(f"{error.message} {error.hint}".strip(), warning=True)
            return
        if self.write(lambda: self.project.settle_doubt(one, start, end)):
            self.say(f"It stands on '{excerpt(words, 50)}'.")

    def action_do_transcript(self) -> None:
        one = self._doubt
        if one is not None:
            self.workplace.show_step("coding", transcript=one.transcript, at=str(one.start))

    def action_do_page_down(self) -> None:
        for side in self.query(VerticalScroll):
            side.scroll_page_down(animate=False)

    def action_do_page_up(self) -> None:
        for side in self.query(VerticalScroll):
            side.scroll_page_up(animate=False)

    def action_do_edit(self) -> None:
        one = self._doubt
        if one is None:
            return
        transcript = self.project.transcript(one.transcript)
        turn = turn_at(transcript, one.start)
        if turn is not None:
            correct_turn(self, transcript, turn)


def _changed(was: str, now: str) -> tuple[Content, Content]:
    """The words before and now, with those reversed that only one of the two has."""
    from qualbench.steps.correction import compare
    from qualbench.steps.correction.comparing import zones

    places = [] if was == now else list(zones(compare(was, now)))
    old = _reversed(was, [(one.old_start, one.old_end) for one in places])
    return old, _reversed(now, [(one.new_start, one.new_end) for one in places])


def _reversed(words: str, spans: Sequence[tuple[int, int]]) -> Content:
    pieces: list[Content | tuple[str, str]] = []
    at = 0
    for start, end in spans:
        pieces += [Content(shown_lines(words[at:start])), (shown_lines(words[start:end]), "reverse")]
        at = end
    return Content.assemble(*pieces, Content(shown_lines(words[at:])))
