"""What the screens of a case and of the cross-analysis share: domains at the left, two panes beside them."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.widgets import OptionList, Static

from qualbench.model import Code
from qualbench.text import shown
from qualbench.tui.screens import cqr_asking as asking
from qualbench.tui.screens.step import StepScreen
from qualbench.tui.widgets.lines import Lines

NARROW, WIDE = 22, 34
"""Cells of the domains on a small and on a large screen."""


class DomainPanes(StepScreen):
    """One domain at a time; the domains never have the keys, Tab goes through them."""

    DEFAULT_CSS = """
    DomainPanes #both { layout: horizontal; height: 1fr; margin-bottom: 1; }
    DomainPanes #domains { width: 22; border-right: vkey $accent; }
    DomainPanes #panes { layout: vertical; width: 1fr; }
    DomainPanes .pane { width: 100%; height: 1fr; text-wrap: wrap; }
    DomainPanes .caption { height: 1; width: 100%; text-style: dim; text-wrap: nowrap; text-overflow: ellipsis; }
    DomainPanes .side { width: 100%; height: 1fr; }
    DomainPanes.-wide #domains { width: 34; }
    DomainPanes.-wide #panes { layout: horizontal; }
    DomainPanes.-wide .side { width: 1fr; height: 100%; padding: 0 1; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - the name and shape are Textual's

    def __init__(self) -> None:
        super().__init__()
        self._domains: tuple[Code, ...] = ()
        self._marked: set[str] = set()
        """What Space marked in either pane of this domain."""
        self._shown_domain = ""

    def parts(self) -> ComposeResult:
        """The domains, and two panes."""
        with Container(id="both"):
            domains = Lines(id="domains")
            domains.can_focus = False
            yield domains
            with Container(id="panes"):
                for name in ("first", "second"):
                    with Container(classes="side"):
                        yield Static(id=f"{name}-caption", classes="caption", markup=False)
                        yield Lines(id=name, classes="pane")

    def begin(self) -> None:
        """The first pane has the keys."""
        self._first.focus()
        self.refresh_footer()

    @property
    def _list(self) -> Lines:
        return self.query_one("#domains", Lines)

    @property
    def _first(self) -> Lines:
        return self.query_one("#first", Lines)

    @property
    def _second(self) -> Lines:
        return self.query_one("#second", Lines)

    @property
    def _pane(self) -> Lines:
        """The pane that has the keys."""
        return self._second if self._second.has_focus else self._first

    @property
    def _domain(self) -> str:
        """The domain that is looked at."""
        return self._list.at

    @property
    def _label(self) -> str:
        return next((code.label for code in self._domains if code.id == self._domain), "no domain")

    @property
    def _list_width(self) -> int:
        return (WIDE if self.size.width >= 110 else NARROW) - 2

    def show_domain(self) -> None:
        """Show what the domain holds; each screen has its own."""
        raise NotImplementedError

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another domain shows its own text, and what was marked in the one before is let go."""
        if event.option_list.id == "domains" and self._domain != self._shown_domain:
            self._come_to_domain()
        self.refresh_footer()

    def _come_to_domain(self) -> None:
        self._shown_domain = self._domain
        self._marked.clear()
        self.show_domain()
        for pane in (self._first, self._second):
            pane.action_first()
            pane.scroll_home(animate=False)

    def on_descendant_focus(self) -> None:
        """Other keys work in the other pane."""
        self.refresh_footer()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter, or a click, opens what is under the bar."""
        event.stop()
        if event.option_list.id != "domains":
            self.action_do_open()

    def on_resize(self) -> None:
        """Fit the columns again."""
        self.read_again()

    def action_do_open(self) -> None:
        """Open what is under the bar; each screen has its own."""
        raise NotImplementedError

    def caption(self, pane: str, words: str) -> None:
        """What stands over a pane."""
        self.query_one(f"#{pane}-caption", Static).update(Content(shown(words)))

    # --- moving ------------------------------------------------------------------------------------------------

    def action_do_pane(self) -> None:
        (self._first if self._second.has_focus else self._second).focus()

    def action_do_next_domain(self) -> None:
        self._list.action_cursor_down()

    def action_do_previous_domain(self) -> None:
        self._list.action_cursor_up()

    def action_do_next(self) -> None:
        self._pane.action_cursor_down()

    def action_do_previous(self) -> None:
        self._pane.action_cursor_up()

    def action_do_page_on(self) -> None:
        self._pane.scroll_page_down(animate=False)

    def action_do_page_back(self) -> None:
        self._pane.scroll_page_up(animate=False)

    # --- marking -----------------------------------------------------------------------------------------------

    def turn_mark(self, id_: str) -> None:
        """Mark what is under the bar, or let it go."""
        if id_:
            self._marked ^= {id_}
            self.show_domain()

    # --- looking elsewhere -------------------------------------------------------------------------------------

    def action_do_comments(self) -> None:
        self.workplace.show_step("cqr_comments")

    def action_do_biases(self) -> None:
        asking.show_biases(self)

    # --- taking back -------------------------------------------------------------------------------------------

    def action_do_undo(self) -> None:
        asking.undo(self)

    def action_do_redo(self) -> None:
        asking.redo(self)
