"""The coding screen as it moves: from segment to segment and to what is undecided, selecting, undoing, redoing."""

from __future__ import annotations

from collections.abc import Callable

from qualbench.model import Changes
from qualbench.steps.coding import told
from qualbench.text import shown
from qualbench.tui.screens.coding_filter import EVERYTHING
from qualbench.tui.screens.coding_view import MINUTE, SMALL, CodingView


class Moves(CodingView):
    """The part of the coding screen that goes to another place, by itself or with undo."""

    def begin(self) -> None:
        """Begin or take up the pass, at the first segment that is not decided or where somebody wants to look."""
        self.set_interval(MINUTE, self._read_pace)
        self._view.focus()
        if self._begin_at < 0:
            self._go_undecided(1, from_here=False, quiet=True)
        elif self._rows is not None:
            self._go_to_place(self._begin_at)

    # --- undo, redo --------------------------------------------------------------------------------------------

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
        words = told(facts, self._book)
        done = self.write(lambda: which(text.id, "coding"))
        places = [*self._places, *self.project.spans_of(self._switching)]
        self._switching = []
        if done:
            if places:
                self._go_to_place(min(places)[0])
            self._show_here()
            self.say(f"{'Undone' if undo else 'Done again'}: {words}.")

    # --- moving ------------------------------------------------------------------------------------------------

    def _go_undecided(self, step: int, *, from_here: bool = True, quiet: bool = False) -> None:
        found = -1
        if self._rows is not None:
            found = self._rows.next_undecided(self._segment_number() + step if from_here else 0, step)
        if found >= 0:
            self._go_to_segment(found)
        elif not quiet:
            self.workplace.tell("Every segment is decided." if step > 0 else "Nothing undecided before this.")

    def action_do_undecided(self) -> None:
        self._go_undecided(1)

    def action_do_undecided_before(self) -> None:
        self._go_undecided(-1)

    def _open_transcript(self, transcript: str | None) -> None:
        if transcript:
            self._asked, self._filter = transcript, EVERYTHING
            self._chosen = None
            self._view.cursor = 0
            self.read_again()
            self._go_undecided(1, from_here=False, quiet=True)

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

    def action_do_select(self, how: str) -> None:
        """Grow or shrink the selection, or move its beginning: by words, characters, sentences or segments."""
        unit, direction = how.split("-")
        step = 1 if direction == "on" else -1
        if unit == "segment":
            self._view.select_rows(step)
        elif unit == "beginning":
            self._view.select_anchor("word", step)
        elif unit == "sentence":
            self._view.select_extend("sentence", step)
        else:
            self._view.select_extend("word" if unit == "word" else "character", step)
        self._keep_whole()

    def on_mouse_up(self) -> None:
        """What the mouse selected is looked at as what keys select."""
        self._keep_whole()

    def _keep_whole(self) -> None:
        """Nothing is selected across segments that a filter hides: no code goes where its coder does not look."""
        selection, shows = self._view.selection, self._chosen
        if selection is None or shows is None:
            return
        first, last = selection[0][0], selection[1][0]
        if shows.indexes[last] - shows.indexes[first] != last - first:
            self._drop_selection()
            self.workplace.tell("Segments that are hidden lie between. Escape shows everything; then select again.")

    def action_do_show_code(self) -> None:
        """One code after the other stands out in the text; after the last one, none."""
        keys = list(dict.fromkeys(mark.code for row in self._view.in_window() for mark in row.marks))
        if self._view.shown_code in keys:
            keys = keys[keys.index(self._view.shown_code) + 1 :]
        self._view.show_code(keys[0] if keys else None)
        self.say(f"Standing out: {shown(self._book.label(keys[0]))}." if keys else "No code stands out.")

    def action_do_back(self) -> None:
        if self._view.selection:
            self._drop_selection()
        elif self._chosen is not None:
            self._show_only(EVERYTHING)
        else:
            super().action_do_back()
