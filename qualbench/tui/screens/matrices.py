"""Matrices: codes and themes against everything else, prevalence, queries, saturation; every number has its words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from textual.content import Content
from textual.widgets import OptionList

from qualbench import events
from qualbench.model import frequency
from qualbench.project.asked import Asked, Passage
from qualbench.text import excerpt, shown
from qualbench.tui.commands import Command
from qualbench.tui.dialogs.choice import Choose
from qualbench.tui.dialogs.page import Page
from qualbench.tui.screens import matrices_choosing as choosing
from qualbench.tui.screens.files import ask_file
from qualbench.tui.screens.matrices_looking import VIEWS, Looking
from qualbench.tui.screens.passages import Passages, ask_query, show_answer
from qualbench.tui.widgets.grid import Grid
from qualbench.tui.widgets.lines import Lines, cells

RANDOM_ORDERS = 500
"""So many are drawn, with the seed 1."""

_OF_VIEWS = {
    "kind": ("matrix",), "cells": ("matrix",), "write": ("matrix",), "filled": ("matrix",),
    "rows": ("matrix", "prevalence"), "roll": ("matrix", "prevalence"), "drop": ("queries",), "change": ("queries",),
    "order": ("saturation",), "rule": ("saturation",), "random": ("saturation",), "keep": ("saturation",),
    "layer": ("matrix", "prevalence", "saturation"),
    "where": ("matrix", "prevalence", "saturation"), "explain": ("matrix", "prevalence", "saturation"),
}  # fmt: skip
"""The views in which a command means something; the others mean something in all."""


class Matrices(Looking):
    """One view at a time over the same coding; what is under the bar is told below in a sentence."""

    STEP = "matrices"
    TITLE_WORDS = "Matrices"

    def allows(self, command: Command) -> bool:
        """Some commands are of one view; without numbers a cell holds no other."""
        name = command.id.removeprefix("matrices.")
        if self._looking not in _OF_VIEWS.get(name, VIEWS):
            return False
        if (name == "cells" and not self._counts) or (name in ("random", "keep") and self._curve is None):
            return False
        if name in ("drop", "change"):
            return super().allows(command) and bool(self._kept)
        return super().allows(command)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter, or a click, on a line opens what is behind it."""
        event.stop()
        self.action_do_open()

    def on_grid_chosen(self) -> None:
        """A click on the cell under the bar opens what is behind it."""
        self.action_do_open()

    def action_do_random(self) -> None:
        """The curve over random orders, as a band beside the one that is shown."""
        from qualbench.steps import matrices

        if self._curve is None or not self._curve[0].interviews:
            self.say("There is no interview to put into another order yet.")
            return
        grid, found = self._curve
        band = matrices.band(grid, found.rule, orders=RANDOM_ORDERS)
        curve = zip(grid.interviews, found.cumulative, band.low, band.middle, band.high, strict=True)
        lines = [f"{cells('interview', 30)}  sum  2.5 %  half  97.5 %"]
        lines += [
            f"{cells(one.name, 30)} {total:4} {low:6.1f} {middle:5.1f} {high:7.1f}"
            for one, total, low, middle, high in curve
        ]
        body = Content.assemble(shown(found.told), "\n", shown(band.told), "\n\n", "\n".join(lines))
        self.app.push_screen(Page("Saturation over random orders", body))

    def action_do_keep(self) -> None:
        from qualbench.steps.matrices import Rule

        rule, order, asked = Rule(*self._rule), self._order, self._asked_for
        if self.write(lambda: self.project.keep_saturation(rule, order, asked, orders=RANDOM_ORDERS)):
            self.say("Kept with its inputs and its seed: qualbench saturation FOLDER --kept lists such runs.")

    def action_do_open(self) -> None:
        told, at = self._sentences()[0], self.query_one(Lines).at
        if self._looking == "queries":
            kept = next((one for one in self._kept if one.name == at), None)
            if kept:
                show_answer(self, kept.words)
        elif passages := self._behind(at):
            self.app.push_screen(Passages(told, passages))
        elif not self._why_not:
            self.say("There is nothing behind it.")

    def _behind(self, at: str) -> tuple[Passage, ...]:
        """The words behind the cell or the line under the bar."""
        if self._made:
            row, column = self.query_one(Grid).at
            if not (self._made.rows and self._made.columns):
                return ()
            return self.project.behind_cell(self._made, self._made.rows[row].id, self._made.columns[column].id)
        if self._counted and at:
            return self.project.behind_prevalence(at, self._asked_for)
        return self.project.first_used(self._curve[0], at, self._asked_for) if self._curve and at else ()

    def action_do_view(self, name: str) -> None:
        self._looking = name
        self.read_again()

    def action_do_turn(self) -> None:
        self.action_do_view(VIEWS[(VIEWS.index(self._looking) + 1) % len(VIEWS)])

    def _ask(self, asked: Asked) -> None:
        self._asked_for = asked
        self.read_again()

    def action_do_kind(self) -> None:
        choosing.ask_kind(self, self._asked_for, self._ask)

    def action_do_cells(self) -> None:
        choosing.ask_cells(self, self._asked_for, self._ask)

    def action_do_layer(self) -> None:
        choosing.ask_layer(self, self._asked_for, self._ask)

    def action_do_where(self) -> None:
        choosing.ask_where(self, self._asked_for, self._ask)

    def action_do_rows(self) -> None:
        self._ask(replace(self._asked_for, rows="codes" if self._asked_for.rows == "themes" else "themes"))

    def action_do_roll(self) -> None:
        self._ask(replace(self._asked_for, rolled_up=not self._asked_for.rolled_up))

    def action_do_filled(self) -> None:
        self._filled = not self._filled
        self.read_again()

    def action_do_order(self) -> None:
        def chosen(order: str) -> None:
            self._order = order
            self.read_again()

        choosing.ask_order(self, chosen)

    def action_do_rule(self) -> None:
        def chosen(base: int, run: int, threshold: float) -> None:
            self._rule = (base, run, threshold)
            self.read_again()

        base, run, threshold = self._rule
        choosing.ask_rule(self, f"{base} {run} {100 * threshold:g}", chosen)

    def action_do_explain(self) -> None:
        first, rest = self._sentences()
        pieces = [words for words in (first, rest, self.project.counts_nothing(), self._rule_told()) if words]
        body = Content("\n\n").join([Content(shown(words)) for words in dict.fromkeys(pieces)])
        self.app.push_screen(Page(self._title(), body))

    def _rule_told(self) -> str:
        return frequency.told_rule(self._counted.of) if self._counted and any(self._labels()) else ""

    def action_do_write(self) -> None:
        asked = self._asked_for
        suggestion = self.project.folder / "exports" / f"matrix-{asked.kind}.xlsx"

        def write(target: Path) -> str:
            return self.project.write_matrix(target, asked, force=True)

        ask_file(self, "Write the matrix to (.xlsx .csv)", suggestion, write)

    # --- queries -----------------------------------------------------------------------------------------------

    def action_do_ask(self) -> None:
        ask_query(self)

    def action_do_change(self) -> None:
        at = self.query_one(Lines).at
        ask_query(self, next((one.words for one in self._kept if one.name == at), ""))

    def action_do_drop(self) -> None:
        name = self.query_one(Lines).at
        if not name:
            return
        answers = [("yes", "Drop it"), ("no", "Keep it")]

        def answered(answer: str | None) -> None:
            if answer == "yes":
                self.write(lambda: self.project.drop_query(name))

        self.app.push_screen(Choose(f"Drop the query '{excerpt(name, 40)}'?", answers), answered)

    def action_do_undo(self) -> None:
        self._switch(undo=True)

    def action_do_redo(self) -> None:
        self._switch(undo=False)

    def _switch(self, *, undo: bool) -> None:
        """Undo or redo what was done to a query; what was done on the theme board is undone there."""
        facts = self.project.newest_step("themes", "themes", undo=undo)
        if facts and not all(isinstance(fact, events.QuerySaved | events.QueryDropped) for fact in facts):
            self.say("Your newest step was on the theme board: go there (t on the first screen) to take it back.")
            return
        switch = self.project.undo if undo else self.project.redo
        self.write(lambda: switch("themes", "themes"))

    # --- moving --------------------------------------------------------------------------------------------------

    def _move(self, rows: int, columns: int = 0) -> None:
        if self._looking == "matrix":
            self.query_one(Grid).move(rows, columns)
        elif rows:
            lines = self.query_one(Lines)
            (lines.action_cursor_down if rows > 0 else lines.action_cursor_up)()

    def action_do_down(self) -> None:
        self._move(1)

    def action_do_up(self) -> None:
        self._move(-1)

    def action_do_right(self) -> None:
        self._move(0, 1)

    def action_do_left(self) -> None:
        self._move(0, -1)

    def action_do_page_down(self) -> None:
        self.query_one(Grid).page(1)

    def action_do_page_up(self) -> None:
        self.query_one(Grid).page(-1)

    def action_do_first(self) -> None:
        self.query_one(Grid).go_to(0, 0)

    def action_do_last(self) -> None:
        self.query_one(Grid).go_to(10**9, 10**9)
