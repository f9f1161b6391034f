"""Earlier extracts of a code, the coder's own: constant comparison beside the place that is being coded.

A new incident is compared with those that were given the same code before (Glaser 1965): the newest, the most typical,
and those at its edge. What is seen in that goes into a comparison memo, which ties two extracts together.
"""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.worker import Worker, WorkerState

from qualbench.errors import QualbenchError
from qualbench.model import Code, Note
from qualbench.project.noted import Extract, extract_of
from qualbench.text import counted, shown, shown_lines
from qualbench.tui.commands import Command
from qualbench.tui.dialogs.page import Page
from qualbench.tui.dialogs.words import AskWords
from qualbench.tui.screens.extracts_views import (
    LONGEST,
    ORDERS,
    RANKS,
    around,
    beside,
    definition,
    line,
    place_of,
)
from qualbench.tui.screens.step import StepScreen
from qualbench.tui.widgets.lines import Lines, cells

__all__ = ["Extracts", "beside"]

MOST = 200
"""So many extracts are listed."""
FEW = 300
"""So many extracts are compared in the blink of an eye; more of them beside the screen."""


class Extracts(StepScreen):
    """The earlier extracts of a code; under them one in full, beside the place that one came from."""

    STEP = "extracts"
    TITLE_WORDS = "Earlier extracts"
    DEFAULT_CSS = """
    Extracts #columns { height: 1; text-style: dim; text-wrap: nowrap; text-overflow: ellipsis; }
    Extracts Lines { height: 1fr; }
    Extracts #texts { layout: horizontal; height: 1fr; border-top: hkey $accent; margin-bottom: 1; }
    Extracts VerticalScroll { width: 1fr; padding: 0 1; }
    Extracts VerticalScroll Static { height: auto; }
    """

    def __init__(self, code: str = "", place: str = "") -> None:
        super().__init__()
        self._asked, self._place = code, place_of(place)
        self._code: Code | None = None
        self._every: tuple[Extract, ...] = ()
        self._ranked: dict[str, tuple[Extract, ...]] = {}
        self._order = "newest"
        self._around = False
        self._marked = ""
        self._beside: Extract | None = None
        self._ties: tuple[Note, ...] = ()

    def parts(self) -> ComposeResult:
        """The extracts, the one under the bar, and what it is compared with."""
        yield Static(id="columns", markup=False)
        yield Lines()
        with Container(id="texts"):
            with VerticalScroll(can_focus=False):
                yield Static(id="one", markup=False)
            with VerticalScroll(can_focus=False):
                yield Static(id="other", markup=False)

    def begin(self) -> None:
        """The list has the keys."""
        self.query_one(Lines).focus()

    # --- what it shows -----------------------------------------------------------------------------------------

    def read_again(self) -> None:
        """Read the viewer's own extracts of the code; without one named it is the code used last."""
        self._code = self._found_code()
        self._beside = self._here()
        every = self.project.earlier(self._code.id) if self._code else ()
        if every != self._every:
            self._every, self._ranked = every, {}
        self._ties = self.project.notes("comparison", self._code.id) if self._code else ()
        self._rank()
        super().read_again()

    def _found_code(self) -> Code | None:
        project = self.project
        book = project.own_book() if project.has_codebook() else project.draft()
        wanted = [self._asked] if self._asked else [*project.recent_codes(), *(code.id for code in book.codes)]
        return next((code for id_ in wanted if (code := book.get(id_)) is not None), None)

    def _here(self) -> Extract | None:
        """The place one came from, with its coding if it has one: of this code before any other."""
        if self._place is None:
            return None
        name, start, end = self._place
        try:
            text = self.project.transcript(name)
            pass_ = self.project.own_pass(text.id)
            codings = self.project.place(pass_.id, start, end).codings if pass_ else ()
        except QualbenchError:
            return None
        first = sorted(codings, key=lambda one: self._code is None or one.code != self._code.id)
        span = (first[0].start, first[0].end) if first else (start, end)
        return extract_of((text.name, text.text), text.id, *span, first[0].id if first else "")

    def _rank(self) -> None:
        """Put the extracts in order: at once, or beside the screen where there are very many."""
        order = self._order
        if order in self._ranked:
            self._draw()
            return
        oldest_first = [one for one in reversed(self._every) if not self._is_here(one)]
        if order == "newest" or len(oldest_first) <= FEW:
            self._ranked[order] = RANKS[order](oldest_first, MOST)
            self._draw()
            return
        self._draw()
        self.say(f"Comparing {counted(len(oldest_first), 'extract')} with each other; this takes a moment.")
        self.run_worker(
            lambda: (self._every, RANKS[order](oldest_first, MOST)),
            name=order, thread=True, exclusive=True, exit_on_error=False,
        )  # fmt: skip

    def _is_here(self, one: Extract) -> bool:
        here = self._beside
        return here is not None and one.transcript == here.transcript and one.start < here.end and here.start < one.end

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """The extracts are in their order."""
        if event.state is WorkerState.SUCCESS and event.worker.result is not None:
            every, ranked = event.worker.result
            if every is self._every:
                self._ranked[event.worker.name] = ranked
                self._draw()
        elif event.state is WorkerState.ERROR:
            self.say("The extracts could not be compared.", warning=True)

    @property
    def _listed(self) -> tuple[Extract, ...]:
        return self._ranked.get(self._order, ())

    def _draw(self) -> None:
        label = self._code.label if self._code else "no code yet"
        waits = "" if self._order in self._ranked else "comparing…"
        more = f"{len(self._listed)} shown" if len(self._listed) < len(self._every) - 1 and not waits else ""
        self.head(label, counted(len(self._every), "extract"), more, ORDERS[self._order], waits)
        width = max(10, self.size.width // 4)
        head = "    " + cells("coded", 11) + cells("transcript", width) + "   line words"
        self.query_one("#columns", Static).update(head if self._listed else "")
        tied = {id_ for note in self._ties for id_ in note.places}
        self.query_one(Lines).show_lines(
            [
                (one.coding, line(one, width, marked=one.coding == self._marked, tied=one.coding in tied))
                for one in self._listed
            ]
        )
        self._show_texts()

    def on_resize(self) -> None:
        """Fit the columns again."""
        self._draw()

    def on_option_list_option_highlighted(self) -> None:
        """Show the extract under the bar."""
        self._show_texts()

    @property
    def _one(self) -> Extract | None:
        return self._by_id(self.query_one(Lines).at)

    @property
    def _other(self) -> Extract | None:
        """What the extract under the bar is compared with: the marked one, or the place that one came from."""
        return self._by_id(self._marked) or self._beside

    def _by_id(self, coding: str) -> Extract | None:
        return next((one for one in self._every if one.coding == coding), None) if coding else None

    def _show_texts(self) -> None:
        one, other = self._one, self._other
        self.query_one("#one", Static).update(self._text(one) if one else self._why_none())
        if other is None:
            said: str | Content = "Space marks an extract: it stays here, to be compared with others."
        else:
            said = self._text(other, "✓ " if other is not self._beside else "here: ")
        self.query_one("#other", Static).update(said if one or other else "")

    def _why_none(self) -> str:
        if self._code is None:
            return "The study has no code yet."
        if self._order not in self._ranked:
            return "They are being compared."
        return f"You have coded nothing else with {shown(self._code.label)}."

    def _text(self, one: Extract, sign: str = "") -> Content:
        """An extract with its place, the words around it if they are wanted, and the comparisons it is in."""
        pieces = [Content.styled(shown(f"{sign}{one.place}"), "bold"), self._words(one)]
        for note in self._ties:
            if one.coding in note.places:
                pieces += [Content(""), Content.styled(f"≈ {shown(note.author)}, {note.at[:10]}", "dim")]
                pieces.append(Content(shown_lines(note.body)))
        return Content("\n").join(pieces)

    def _words(self, one: Extract) -> Content:
        words = shown_lines(one.text[:LONGEST])
        if not self._around:
            return Content(words)
        text = self.project.transcript(one.transcript).text
        return around(text, one)

    # --- commands ----------------------------------------------------------------------------------------------

    def allows(self, command: Command) -> bool:
        """Every command but the order is about the extract under the bar, or the code."""
        if command.id in ("extracts.open", "extracts.mark", "extracts.memo", "extracts.words"):
            return super().allows(command) and self._one is not None
        if command.id == "extracts.definition":
            return self._code is not None
        return super().allows(command)

    def action_do_turn(self) -> None:
        orders = list(ORDERS)
        self._order = orders[(orders.index(self._order) + 1) % len(orders)]
        self._rank()
        self.query_one(Lines).action_first()
        self.refresh_footer()

    def action_do_words(self) -> None:
        self._around = not self._around
        self._show_texts()

    def action_do_page_on(self) -> None:
        for pane in self.query(VerticalScroll):
            pane.scroll_page_down(animate=False)

    def action_do_page_back(self) -> None:
        for pane in self.query(VerticalScroll):
            pane.scroll_page_up(animate=False)

    def action_do_mark(self) -> None:
        at = self.query_one(Lines).at
        self._marked = "" if at == self._marked else at
        self._draw()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter, or a click, opens the place."""
        event.stop()
        self.action_do_open()

    def action_do_open(self) -> None:
        if one := self._one:
            self.workplace.show_step("coding", transcript=one.transcript, at=str(one.start))

    def action_do_memo(self) -> None:
        one, other, code = self._one, self._other, self._code
        if one is None or code is None:
            return
        if other is None or other.coding == one.coding:
            self.say("Mark one extract with Space and go to another: the memo ties the two together.", warning=True)
            return
        if not other.coding:
            self.say("The place you came from has no code yet: apply one, or mark an extract with Space.", warning=True)
            return
        pair = (other.coding, one.coding)

        def keep(words: str | None) -> None:
            if words and self.write(
                lambda: self.project.write_note(words, on="comparison", about=code.id, kind="comparison", places=pair)
            ):
                self.say("Kept: the memo ties the two extracts together.")

        title = f"{code.label}: {other.place} and {one.place}"
        self.app.push_screen(AskWords(title, hint="What is alike, what differs?"), keep)

    def action_do_definition(self) -> None:
        code = self._code
        if code is None:
            return
        self.app.push_screen(Page(code.label, definition(code)))
