"""De-identification: names that are known, then each string by one key, then the texts read straight through."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static

from qualbench.project.deidentify.queue import Asked
from qualbench.steps.deidentify import Kind
from qualbench.text import counted, shown
from qualbench.tui.commands import Command
from qualbench.tui.screens import deidentify_views as views
from qualbench.tui.screens.deidentify_looking import NamedFiles
from qualbench.tui.screens.deidentify_sealing import SealsTexts
from qualbench.tui.widgets.lines import Lines
from qualbench.tui.widgets.transcript import TranscriptView

NO_FILES = "No files were named. Begin with: qualbench deidentify FOLDER FILES"
_STAGES = {
    "deidentify.next": ("reading",),
    "deidentify.import": ("end",),
    "deidentify.undo": ("queue", "reading", "end"),
    "deidentify.add": ("queue", "reading", "end"),
    "deidentify.change": ("queue", "reading", "end"),
}
_ANSWERS = frozenset(f"deidentify.{name}" for name in ("take", "keep", "redact", "write", "generalise", "skip"))


class Deidentify(SealsTexts):
    """First the queue, then the reading, then the end; each goes by itself when nothing is left in it."""

    STEP = "deidentify"
    TITLE_WORDS = "Names"
    DEFAULT_CSS = """
    Deidentify #told { height: auto; max-height: 4; padding: 0 1; margin: 0 0 1 0; }
    Deidentify #columns { height: 1; text-style: dim; }
    Deidentify #queue { height: 1fr; }
    Deidentify #places { height: 6; padding: 0 1; margin: 0 0 1 0; border-top: hkey $accent; }
    Deidentify TranscriptView { height: 1fr; margin-bottom: 1; }
    """

    def __init__(self, files: NamedFiles | None = None) -> None:
        super().__init__()
        self._named_files = files
        self._stage = "none" if files is None else "looking"
        self._file = 0
        self._read_to = -1
        self._left: tuple[Asked, ...] = ()

    def parts(self) -> ComposeResult:
        """What is asked, the queue with its places, the text."""
        yield Static(id="told", markup=False)
        yield Static(id="columns", markup=False)
        queue = Lines(id="queue")
        queue.can_focus = False  # every key is the screen's: one typed ahead must find the string that it is for
        yield queue
        yield Static(id="places", markup=False)
        text = TranscriptView(id="text")
        text.can_focus = False
        yield text

    @property
    def _queue(self) -> Lines:
        return self.query_one("#queue", Lines)

    @property
    def _text(self) -> TranscriptView:
        return self.query_one(TranscriptView)

    def action_do_back(self) -> None:
        if self._stop_making():
            self.read_again()
            self.say(f"Stopped; nothing was {self._result}.")
            return
        if self._search is not None and self._stage == "looking":
            self._search.cancel()
        super().action_do_back()
        if self._stage in ("queue", "reading", "end"):
            self.workplace.tell("Nothing was imported. The answers so far are in the vault; name the files again.")

    # --- what it shows -----------------------------------------------------------------------------------------

    def go_on(self) -> None:
        """To the first thing that waits: a string, a text that was not read as it is now, or the end."""
        review = self._review
        if review.undecided:
            self._stage = "queue"
        else:
            if self._stage != "reading" or review.has_read(self._file):
                unread = (n for n in range(len(review.drafts)) if not review.has_read(n))
                self._file, self._read_to = next(unread, -1), -1
            self._stage = "reading" if self._file >= 0 else "end"
        self.read_again()
        if self._stage == "queue":
            self._to_next_string()

    def read_again(self) -> None:
        """Show what the stage asks for."""
        in_queue, in_text = self._stage == "queue", self._stage == "reading"
        for name, is_there in (("#columns", in_queue), ("#queue", in_queue), ("#places", in_queue), ("#text", in_text)):
            self.query_one(name).display = is_there
        told = self.query_one("#told", Static)
        if self._named_files is None:
            self.head()
            told.update(Content(NO_FILES))
        else:
            texts = counted(len(self._review.drafts), "text")
            self.head(texts, f"reviewed by {self._review.reviewer}", f"vault {self._review.vault_path}")
            draw = {"queue": self._show_queue, "reading": self._show_text, "end": self._show_end}.get(self._stage)
            told.update(draw() if draw else Content("Names that are known come first."))
        super().read_again()

    def on_resize(self) -> None:
        """Fit again."""
        if self.is_mounted and self._stage == "queue":
            self.read_again()

    def _show_queue(self) -> Content:
        review, width = self._review, self.size.width - 2
        self.query_one("#columns", Static).update(Content(views.heading(width)))
        self._queue.show_lines([(str(n), views.line(review, one, width)) for n, one in enumerate(review.queue)])
        self._show_places()
        waiting = len(review.undecided)
        return Content(f"{counted(len(review.queue), 'string')} that may identify somebody, {waiting} to decide.")

    def _show_places(self) -> None:
        asked = self._asked
        words = views.question(self._review, asked, self.size.width - 2) if asked else Content("")
        self.query_one("#places", Static).update(words)

    def _show_text(self) -> Content:
        review = self._review
        self._left = review.left(self._file)
        text = review.after(self._file).draft
        places = sorted(place.start for one in self._left for place in one.places)
        later = [start for start in places if start > self._read_to]
        rows = views.rows(text.text, self._left)
        self._text.load(rows, views.row_at(rows, later[0]) if later else self._text.cursor)
        which = f"Text {self._file + 1} of {len(review.drafts)}, as '{shown(text.name)}'. "
        strange = " ".join(review.strange_in_name(self._file))
        which += f"Should '{shown(strange)}' be in its name? a adds it. " if strange else ""
        asked = self._asked
        if asked is None:
            return Content(f"{which}Read it; n goes on when you have read to its end.")
        suggestion = views.becomes(review.suggestion(asked))
        return Content.assemble(
            f"{which}{counted(len(later), 'place')} to look at again here: ", (shown(asked.text), "bold"),
            f" ({asked.candidate.why[0]}). Enter makes it {shown(suggestion)}, k keeps it, n leaves it.",
        )  # fmt: skip

    def _show_end(self) -> Content:
        verb = "import" if self._named_files and self._named_files.ending.to is None else "write"
        count = counted(len(self._review.drafts), "text")
        return Content.assemble(self._review.statement(), "\n\n", (f"Press i to {verb} {count}.", "bold"))

    @property
    def _asked(self) -> Asked | None:
        """The string under the bar, or the one to look at again in the text."""
        if self._stage == "queue" and self._queue.at:
            return self._review.queue[int(self._queue.at)]
        if self._stage == "reading":
            later = [(place.start, n) for n, one in enumerate(self._left) for place in one.places]
            at = min((one for one in later if one[0] > self._read_to), default=None)
            return self._left[at[1]] if at else None
        return None

    def _to_next_string(self) -> None:
        """The bar on the next string that is not decided, from where it is and round."""
        queue, at = self._review.queue, int(self._queue.at or 0)
        order = [*range(at, len(queue)), *range(at)]
        waiting = next((n for n in order if self._review.decision(queue[n]) is None), at)
        self._queue.go_to(str(waiting))
        self._show_places()
        self.refresh_footer()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another string: show its places."""
        event.stop()
        if self.is_mounted and self._stage == "queue":
            self._show_places()
            self.refresh_footer()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click only goes there; keys answer."""
        event.stop()

    # --- what is allowed ---------------------------------------------------------------------------------------

    def allows(self, command: Command) -> bool:
        """Answers need a string, going on needs a text, and importing needs everything done."""
        if not self.is_mounted:
            return False
        if self._making is not None:
            return command.id.startswith("app.")
        asked = self._asked if self._named_files else None
        if command.id in _ANSWERS and asked is None:
            return False
        if command.id == "deidentify.generalise" and asked and asked.candidate.kind not in (Kind.DATE, Kind.AGE):
            return False
        if command.id in _STAGES and self._stage not in _STAGES[command.id]:
            return False
        if command.id == "deidentify.import" and self._named_files and self._named_files.ending.to is not None:
            return True
        return super().allows(command)

    # --- going through -----------------------------------------------------------------------------------------

    def action_do_skip(self) -> None:
        if self._stage == "reading":
            self.action_do_next()
            return
        self._move(1)
        self._to_next_string()

    def _add(self, words: str | None) -> None:
        if not words or not words.strip():
            return
        self._review.add(words)
        asked = self._review.find(words)
        if asked is None:
            self.say("That stands in none of the texts.", warning=True)
            return
        self._stage = "queue"
        self.read_again()
        self._queue.go_to(str(self._review.queue.index(asked)))
        self._show_places()
        self.refresh_footer()

    def action_do_next(self) -> None:
        """The next place to look at; after the last one this text has been read."""
        starts = sorted(place.start for one in self._left for place in one.places)
        later = [start for start in starts if start > self._read_to]
        if later:
            self._read_to = later[0]
            self.read_again()
        else:
            self._review.mark_read(self._file, self._review.reviewer)
            self.go_on()

    def action_do_change(self) -> None:
        """Back to the strings to change an answer, or to the text again."""
        if self._stage == "queue":
            self.go_on()
        else:
            self._stage = "queue"
            self.read_again()

    def action_do_down(self) -> None:
        self._move(1)

    def action_do_up(self) -> None:
        self._move(-1)

    def _move(self, steps: int) -> None:
        if self._stage == "reading":
            self._text.move(steps)
        elif self._stage == "queue":
            at = int(self._queue.at or 0) + steps
            self._queue.highlighted = max(0, min(at, len(self._review.queue) - 1))

    def action_do_page_down(self) -> None:
        self._page(1)

    def action_do_page_up(self) -> None:
        self._page(-1)

    def _page(self, pages: int) -> None:
        if self._stage == "reading":
            self._text.page(pages)
        else:
            self._move(pages * max(1, self._queue.size.height - 1))
