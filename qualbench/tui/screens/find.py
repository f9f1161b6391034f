"""Find: words over all transcripts, narrowed down by who said them; a result opens at its place."""

from __future__ import annotations

import re
from collections.abc import Collection

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.worker import Worker, WorkerState

from qualbench.errors import QualbenchError
from qualbench.model import Hit
from qualbench.project.participants import FOUND
from qualbench.text import counted, folded, shown
from qualbench.tui.commands import Command
from qualbench.tui.dialogs.words import AskWords
from qualbench.tui.screens.step import StepScreen
from qualbench.tui.widgets.lines import Lines, cells

HINT = 'Words, "a phrase", speaker:P01 role:participant transcript:NAME site:north.'
_WORDS = re.compile(r"\w+")
_LONGEST = 20_000
"""How far into a turn the words are looked for that are shown."""


def ask_query(screen: StepScreen, before: str = "") -> None:
    """Ask what to find, and show it on the screen of results."""

    def asked(words: str | None) -> None:
        if not words or not words.strip():
            return
        if isinstance(screen, Find):
            screen.look_for(words.strip())
        else:
            screen.workplace.show_step("find", query=words.strip())

    screen.app.push_screen(AskWords("Find", before, one_line=True, hint=HINT), asked)


def first_place(text: str, words: Collection[str]) -> tuple[int, int]:
    """Where the first of the folded words stands in a text; its beginning when none does.

    >>> first_place("Then it got better.", {"got"})
    (8, 11)
    """
    for match in _WORDS.finditer(text, 0, _LONGEST):
        if folded(match.group()) in words:
            return match.span()
    return 0, 0


class Find(StepScreen):
    """What was asked, and a line for each turn that holds it."""

    STEP = "find"
    TITLE_WORDS = "Find"
    DEFAULT_CSS = """
    Find #asked { height: auto; max-height: 5; padding: 0 1; margin: 1 0; }
    Find #columns { height: 1; text-style: dim; text-wrap: nowrap; text-overflow: ellipsis; }
    Find Lines { margin-bottom: 1; }
    """

    def __init__(self, query: str = "") -> None:
        super().__init__()
        self._asked_words = query
        self._hits: tuple[Hit, ...] = ()
        self._forms: dict[str, frozenset[str]] = {}
        self._every_form = False
        self._why_not = ""

    def parts(self) -> ComposeResult:
        """What was asked, and what was found."""
        yield Static(id="asked", markup=False)
        yield Static(id="columns", markup=False)
        yield Lines()

    def begin(self) -> None:
        """The list has the keys."""
        self.query_one(Lines).focus()

    # --- what it shows -----------------------------------------------------------------------------------------

    def read_again(self) -> None:
        """Look again for what was asked."""
        self._hits, self._why_not = (), ""
        try:
            self._hits = self.project.find(self._asked_words, forms=self._forms if self._every_form else None)
        except QualbenchError as error:
            self._why_not = f"{error.message} {error.hint}".strip()
        how = "every form of a word" if self._every_form else "words as they are written"
        more = " (there may be more)" if len(self._hits) == FOUND else ""
        self.head(self.project.study.name, f"{counted(len(self._hits), 'turn')}{more}", how)
        self._draw()
        super().read_again()

    def _draw(self) -> None:
        asked = self.query_one("#asked", Static)
        if not self._asked_words:
            asked.update(Content(f"Press / and say what to find. {HINT}"))
        elif self._why_not:
            asked.update(Content(shown(self._why_not)))
        else:
            asked.update(Content.assemble(("Find: ", "bold"), shown(self._asked_words)))
        width = max(12, self.size.width // 5)
        head = cells("transcript", width) + "   line " + cells("speaker", 10) + " words"
        self.query_one("#columns", Static).update(head if self._hits else "")
        wanted = self._wanted()
        lines = self._line_numbers()
        room = max(20, self.size.width - width - 20)
        self.query_one(Lines).show_lines(
            [(str(n), _line(hit, lines[n], width, room, wanted)) for n, hit in enumerate(self._hits)]
        )

    def _wanted(self) -> frozenset[str]:
        """The folded words of which one is shown in each line."""
        if not self._hits:
            return frozenset()
        query = self.project.query(self._asked_words)
        words = {folded(word) for part in (*query.words, *query.phrases) for word in _WORDS.findall(part)}
        forms = self._forms if self._every_form else {}
        return frozenset(words).union(*(forms.get(word, frozenset()) for word in words))

    def _line_numbers(self) -> list[int]:
        texts: dict[str, str] = {}
        numbers = []
        for hit in self._hits:
            if hit.transcript not in texts:
                texts = {hit.transcript: self.project.transcript(hit.transcript).text}
            numbers.append(texts[hit.transcript].count("\n", 0, hit.start) + 1)
        return numbers

    def on_resize(self) -> None:
        """Fit the columns again."""
        self._draw()

    # --- commands ----------------------------------------------------------------------------------------------

    def allows(self, command: Command) -> bool:
        """Only what was found can be opened."""
        if command.id == "find.open":
            return bool(self._hits)
        return super().allows(command)

    def look_for(self, words: str) -> None:
        """Show what holds these words."""
        self._asked_words = words
        self.read_again()

    def action_do_ask(self) -> None:
        ask_query(self, self._asked_words)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter, or a click, opens the place."""
        event.stop()
        self.action_do_open()

    def action_do_open(self) -> None:
        at = self.query_one(Lines).at
        if not at:
            return
        if not self.project.has_codebook():
            self.say("The study has no codebook yet.", warning=True)
            return
        hit = self._hits[int(at)]
        start, _ = first_place(hit.text, self._wanted())
        self.workplace.show_step("coding", transcript=hit.transcript, at=str(hit.start + start))

    def action_do_forms(self) -> None:
        if self._every_form or self._forms:
            self._every_form = not self._every_form
            self.read_again()
            return
        from qualbench.steps import participants

        words = self.project.vocabulary()
        self.say("Reading the forms of words; this takes a moment.")
        self.run_worker(
            lambda: participants.lemma_table(participants.lemmas(words)),
            name="forms", thread=True, exclusive=True, exit_on_error=False,
        )  # fmt: skip

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """The forms of words are there, or can not be had."""
        if event.worker.name != "forms":
            return
        if event.state is WorkerState.SUCCESS:
            self._forms = {"": frozenset(), **(event.worker.result or {})}
            self._every_form = True
            self.read_again()
            self.say("Every form of a word is found now.")
        elif event.state is WorkerState.ERROR:
            self.say("The forms of words can not be read: spaCy's English model is missing.", warning=True)


def _line(hit: Hit, number: int, width: int, room: int, wanted: Collection[str]) -> Content:
    """Transcript, line, speaker, and the words with the first that was looked for."""
    start, end = first_place(hit.text, wanted)
    low = max(0, start - room // 3)
    before = ("…" if low else "") + hit.text[low:start]
    after = hit.text[end : end + room] + ("…" if end + room < len(hit.text) else "")
    flat = [shown(piece.replace("\n", " ")) for piece in (before, hit.text[start:end], after)]
    who = hit.participant or hit.speaker or "-"
    place = f"{cells(hit.name, width)} {cells(str(number), 6, right=True)} {cells(who, 10)} "
    return Content.assemble(place, flat[0], (flat[1], "bold underline"), flat[2])
