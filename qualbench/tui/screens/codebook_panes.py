"""The two panes of the codebook screen: a list on one side, a page about the line under the bar on the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from qualbench.model import Changes, Code, Debt
from qualbench.model import Codebook as Book
from qualbench.steps import codebook as codebooks
from qualbench.steps.codebook.differences import CodeDifference
from qualbench.tui.screens import codebook_views as views
from qualbench.tui.screens.codebook_desk import Desk, in_use, laid_out
from qualbench.tui.screens.step import StepScreen
from qualbench.tui.widgets.hues import readable
from qualbench.tui.widgets.lines import Lines

VIEWS = ("tree", "versions", "differences", "again")
EMPTY = Book("", "", ())
_DRAFTING = frozenset({"code_drafted", "code_placed", "codes_merged", "code_split", "code_dropped"})


class CodebookPanes(StepScreen):
    """What the codebook screen shows, and how one moves in it."""

    DEFAULT_CSS = """
    CodebookPanes #panes { layout: horizontal; height: 1fr; margin-bottom: 1; }
    CodebookPanes #left { width: 46%; }
    CodebookPanes #columns { height: 1; padding: 0 0 0 1; text-style: dim; text-wrap: nowrap; }
    CodebookPanes #page { width: 1fr; padding: 0 1; background: $background; }
    CodebookPanes #page:focus { background: $surface; }
    CodebookPanes #about { width: 100%; height: auto; }
    CodebookPanes.-narrow #panes { layout: vertical; }
    CodebookPanes.-narrow #left { width: 100%; height: 50%; }
    CodebookPanes.-narrow #page { width: 100%; height: 50%; border-top: hkey $accent; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - the name and shape are Textual's

    def __init__(self) -> None:
        super().__init__()
        self._looking = "tree"
        self._desk = Desk(None, EMPTY, "")
        self._releases: tuple[Book, ...] = ()
        self._dates: dict[str, tuple[str, str]] = {}
        self._uses: Mapping[str, int] = {}
        self._debts: tuple[Debt, ...] = ()
        self._owed: dict[views.Owed, list[Debt]] = {}
        self._between = ("", "")
        """The two versions that are compared; the draft goes by its own name."""
        self._bars: dict[str, str] = {}
        """Where the bar was in each view."""
        self._found: tuple[CodeDifference, ...] = ()
        self._hides = False
        """Whether codes that are out of use are left out of the tree."""

    def parts(self) -> ComposeResult:
        """List and page."""
        with Container(id="panes"):
            with Container(id="left"):
                yield Static(id="columns", markup=False)
                yield Lines()
            with VerticalScroll(id="page"):
                yield Static(id="about", markup=False)

    def begin(self) -> None:
        """The list has the keys."""
        self._lines.focus()

    @property
    def _lines(self) -> Lines:
        return self.query_one(Lines)

    @property
    def _page(self) -> VerticalScroll:
        return self.query_one("#page", VerticalScroll)

    @property
    def _code(self) -> Code | None:
        """The code of the draft under the bar."""
        return self._desk.draft.get(self._lines.at) if self._looking == "tree" else None

    # --- reading -----------------------------------------------------------------------------------------------

    def read_again(self) -> None:
        """Read releases, uses and debts, and then the draft."""
        project = self.project
        self._releases = project.releases()
        self._dates = {version: (at, actor) for version, at, actor in project.release_dates()}
        self._uses = Counter(one.code for one in project.codings(coder=project.viewer)) if project.viewer else {}
        self._debts = project.debts() if self._releases else ()
        self._owed = views.owed(self._debts)
        self._read_draft()

    def after(self, changes: Changes) -> None:
        """What is only drafted changes neither uses nor debts, and these take long to read."""
        if changes.kinds <= _DRAFTING:
            self._read_draft()
        else:
            self.read_again()

    def _read_draft(self) -> None:
        project = self.project
        names = {row.id: row.name for row in project.transcripts()}
        self._desk = laid_out(self._releases, project.draft(), self._uses, project.proposals(), names)
        again = f"{len(self._debts):,} to look at again (4)" if self._debts else ""
        self.head(self._desk.state, again)
        self._show()
        super().read_again()

    def _book(self, version: str) -> Book:
        """A version, or the draft by its own name."""
        if version == views.DRAFT:
            return self._desk.draft
        return next((book for book in self._releases if book.version == version), EMPTY)

    # --- showing -----------------------------------------------------------------------------------------------

    def _show(self) -> None:
        head, lines = self._view(max(20, self.query_one("#left").size.width - 3))
        self.query_one("#columns", Static).update(Content(head))
        self._lines.show_lines(lines)
        self._show_page()

    def _view(self, width: int) -> tuple[str, list[views.Line]]:
        desk = self._desk
        if self._looking == "versions":
            return views.versions(desk, self._releases, self._dates, width)
        if self._looking == "differences":
            old, new = self._between
            self._found = codebooks.compare(self._book(old), self._book(new)) if old and new else ()
            names = f"from {old or 'nothing'} to {new or 'nothing'}: + added, - removed, ~ changed"
            return names, views.differences(self._found, self._book(new), self._book(old))
        if self._looking == "again":
            return views.debt_lines(self._owed, self._releases[-1] if self._releases else EMPTY, width)
        seen = in_use(desk.draft) if self._hides else {code.id for code in desk.draft.codes}
        behind = self._lines.background_colors[1].hex
        return views.tree(desk, width, seen, lambda colour: readable(colour, behind))

    def _show_page(self) -> None:
        self.query_one("#about", Static).update(self._about())
        self._page.scroll_home(animate=False)
        self.refresh_footer()

    def _about(self) -> Content:
        at, desk = self._lines.at, self._desk
        if self._looking == "versions":
            number = len(self._releases) if at in ("", views.DRAFT) else int(at)
            book = desk.draft if number == len(self._releases) else self._releases[number]
            before = self._releases[number - 1] if number else None
            return views.version_page(before, book, *self._dates.get(book.version, ("", "")))
        if self._looking == "differences":
            return views.difference_page(self._found, at)
        if self._looking == "again":
            return views.debt_page(self._owed, at, self._releases[-1] if self._releases else EMPTY, desk.names)
        return views.code_page(desk, at, *self._compared_in_memos(at))

    def _compared_in_memos(self, code: str) -> tuple[list[str], list[str]]:
        """The properties of a code with their dimensions, and what is open about it, as memos say them."""
        if self._desk.draft.get(code) is not None:
            project = self.project
            properties = [one.told for one in project.properties(code)]
            return properties, [one.body for one in project.questions(code)]
        return [], []

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another line: show its page."""
        event.stop()
        if self.is_mounted:
            self._show_page()

    def on_resize(self) -> None:
        """Fit the columns again."""
        if self.is_mounted:
            self.call_after_refresh(self._show)

    # --- moving ------------------------------------------------------------------------------------------------

    def look_at(self, name: str) -> None:
        """Another view, with the bar where it was there."""
        if name == "differences" and not all(self._between):
            self._between = (self._releases[-1].version if self._releases else "", views.DRAFT)
        self._bars[self._looking] = self._lines.at
        self._looking = name
        self._lines.show_lines([])
        self._lines.focus()
        self._show()
        self._lines.go_to(self._bars.get(name, ""))

    def action_do_view(self, name: str) -> None:
        self.look_at(name)

    def action_do_turn(self) -> None:
        self.look_at(VIEWS[(VIEWS.index(self._looking) + 1) % len(VIEWS)])

    def action_do_pane(self) -> None:
        (self._lines if self._page.has_focus else self._page).focus()

    def action_do_next(self) -> None:
        if self._page.has_focus:
            self._page.scroll_down(animate=False)
        else:
            self._lines.action_cursor_down()

    def action_do_previous(self) -> None:
        if self._page.has_focus:
            self._page.scroll_up(animate=False)
        else:
            self._lines.action_cursor_up()

    def action_do_theme(self) -> None:
        super().action_do_theme()
        self.call_after_refresh(self._show)

    def action_do_unused(self) -> None:
        self._hides = not self._hides
        self._show()
        self.say("Codes that are out of use are hidden." if self._hides else "Every code is shown again.")
