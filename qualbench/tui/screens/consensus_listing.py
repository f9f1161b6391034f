"""The agenda on the screen: a list beside the text where there is room, else in its place."""

from __future__ import annotations

from textual.widgets import OptionList

from qualbench.model import AgendaSort
from qualbench.tui.screens import consensus_agenda as agenda
from qualbench.tui.screens.consensus_looking import WIDE, Looking
from qualbench.tui.widgets.lines import Lines


class Listing(Looking):
    """The part of the consensus screen that lists what there is to settle."""

    def __init__(self, code: str = "", item: str = "") -> None:
        super().__init__(code, item)
        self._turned: set[str] = set()
        self._only_open = False
        self._has_agenda = False
        """Whether the agenda has the keys; the focus follows a moment later."""

    @property
    def _agenda(self) -> Lines:
        return self.query_one("#agenda", Lines)

    def read_again(self) -> None:
        """Read the items, and list them anew."""
        super().read_again()
        self._show_agenda()

    def _show_agenda(self) -> None:
        if not self.has_class("-agenda"):
            return
        width = self.size.width if self.size.width < WIDE else self.size.width * 38 // 100 - 1
        settled = [] if self._code else self.project.folded(self._sitting)
        self._agenda.show_lines(
            agenda.lines(
                self._items, self._order, self._book, self._session, turned=self._turned, only_open=self._only_open,
                settled=settled, width=width - 4,
            )
        )  # fmt: skip

    def action_do_agenda(self) -> None:
        if self._has_agenda:
            self._leave_agenda()
            return
        self.add_class("-agenda")
        self._show_agenda()
        if self._item is not None:
            self._agenda.go_to(agenda.ITEM + self._item.id)
        self._agenda.focus()
        self._has_agenda = True
        self.refresh_footer()

    def _leave_agenda(self, *, shows: bool = False) -> None:
        """The text has the keys again; where there is room the agenda may stay beside it."""
        self._view.focus()
        self._has_agenda = False
        self.set_class(shows and self.size.width >= WIDE, "-agenda")
        self.refresh_footer()

    def action_do_open(self) -> None:
        self._agenda.action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter goes to an item, and folds or unfolds a heading."""
        event.stop()
        id_ = event.option.id or ""
        if id_.startswith(agenda.ITEM):
            ids = [item.id for item in self._items]
            self._leave_agenda(shows=True)
            self._go(ids.index(id_.removeprefix(agenda.ITEM)))
        elif id_:
            self._turned ^= {id_}
            self._show_agenda()

    def action_do_only_open(self) -> None:
        self._only_open = not self._only_open
        self._show_agenda()
        self.say("Only what is to be settled." if self._only_open else "All items.")

    def action_do_sort(self) -> None:
        every = list(AgendaSort)
        self._sort = every[(every.index(self._order) + 1) % len(every)]
        self._turned -= {id_ for id_ in self._turned if id_ != agenda.SETTLED}
        self.read_again()
        self.say(f"In order {agenda.SORT_NAMES[self._sort]}.")

    def on_resize(self) -> None:
        """Fit the agenda again."""
        if self.is_mounted:
            self._show_agenda()

    # --- moving ------------------------------------------------------------------------------------------------

    def _go(self, index: int) -> None:
        super()._go(index)
        if self.has_class("-agenda") and not self._has_agenda and self._item is not None:
            self._show_agenda()
            self._agenda.go_to(agenda.ITEM + self._item.id)

    def action_do_next(self) -> None:
        if self._has_agenda:
            self._agenda.action_cursor_down()
        else:
            super().action_do_next()

    def action_do_previous(self) -> None:
        if self._has_agenda:
            self._agenda.action_cursor_up()
        else:
            super().action_do_previous()

    def action_do_back(self) -> None:
        """Escape leaves the agenda first, then the screen."""
        if self._has_agenda:
            self._leave_agenda()
        else:
            super().action_do_back()
