"""The theme board as it is shown: themes and boxes on one side, what stands under the bar on the other."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.widgets import OptionList, Static

from qualbench.model import Codebook, Extract, PastTheme, Quote, Star, Theme, ThemeStep, set_off
from qualbench.steps import themes as steps
from qualbench.text import counted, shown
from qualbench.tui.screens import themes_views as views
from qualbench.tui.screens.step import StepScreen
from qualbench.tui.screens.themes_views import GIVEN_UP, NO_HOME, STARRED
from qualbench.tui.widgets.lines import Lines

VIEWS = ("extracts", "quotes", "overlap")


class ThemesBoard(StepScreen):
    """Reads the board, and shows it with the extracts, quotes or overlaps of the theme under the bar."""

    DEFAULT_CSS = """
    ThemesBoard #panes { layout: horizontal; height: 1fr; margin-bottom: 1; }
    ThemesBoard #board { width: 46; }
    ThemesBoard #side { width: 1fr; padding: 0 1; }
    ThemesBoard #idea { height: auto; max-height: 7; margin-bottom: 1; }
    ThemesBoard #view { height: 1; text-style: dim; text-wrap: nowrap; text-overflow: ellipsis; }
    ThemesBoard.-narrow #panes { layout: vertical; }
    ThemesBoard.-narrow #board { width: 100%; height: 42%; }
    ThemesBoard.-narrow #side { width: 100%; height: 58%; border-top: hkey $accent; }
    ThemesBoard.-narrow #idea { max-height: 3; margin-bottom: 0; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - the name and shape are Textual's

    def __init__(self) -> None:
        super().__init__()
        self._board: tuple[Theme, ...] = ()
        self._book = Codebook("", "", ())
        self._stars: dict[str, Star] = {}
        self._past: dict[str, PastTheme] = {}
        self._overlaps: tuple[steps.Overlap, ...] = ()
        self._states: tuple[ThemeStep, ...] = ()
        self._names: dict[str, str] = {}
        self._extracts: dict[str, Extract] = {}
        self._warned: tuple[steps.Warned, ...] = ()
        self._looking = "extracts"
        self._plain = False
        """Whether the marks of transcribers are left out of the quotes, here and in the report."""

    def parts(self) -> ComposeResult:
        """Board and extracts."""
        with Container(id="panes"):
            yield Lines(id="board")
            with Container(id="side"):
                yield Static(id="idea", markup=False)
                yield Static(id="view", markup=False)
                yield Lines(id="extracts")

    @property
    def _lines(self) -> Lines:
        return self.query_one("#board", Lines)

    @property
    def _side(self) -> Lines:
        return self.query_one("#extracts", Lines)

    def begin(self) -> None:
        """The board has the keys."""
        self._lines.focus()

    # --- what is under the bar ---------------------------------------------------------------------------------

    @property
    def _box(self) -> str:
        """The theme or the box that the line under the bar is of."""
        return self._lines.at.partition(" ")[0]

    @property
    def _theme(self) -> Theme | None:
        """The theme under the bar, or the one whose code is."""
        return next((theme for theme in self._board if theme.id == self._box), None)

    @property
    def _code(self) -> str:
        """The code under the bar; empty on a theme."""
        return self._lines.at.partition(" ")[2]

    @property
    def _shows(self) -> str:
        """What the other pane holds: extracts, quotes, overlap, stars, or themes that were given up."""
        if self._box in (STARRED, GIVEN_UP):
            return self._box
        return self._looking if self._theme and not self._code else "extracts"

    @property
    def _quote(self) -> Quote | None:
        """The quote under the bar of the other pane, or the one that the extract there is quoted by."""
        theme = self._theme
        if theme is None:
            return None
        if self._shows == "quotes":
            return next((quote for quote in theme.quotes if quote.id == self._side.at), None)
        one = self._extracts.get(self._side.at) if self._shows == "extracts" else None
        held = quoted(theme.quotes, one) if one else []
        return held[0] if held else None

    @property
    def _counts(self) -> bool:
        return self.project.themes_are_counted

    # --- reading -----------------------------------------------------------------------------------------------

    def read_again(self) -> None:
        """Read the board and the extracts of what is under the bar."""
        project = self.project
        self._board = project.themes()
        if project.has_codebook():
            self._book = project.codebook()
        self._stars = {star.id: star for star in project.waiting_stars()}
        self._past = {one.theme.id: one for one in project.past_themes()}
        self._overlaps, self._states = project.theme_overlaps(), project.theme_steps()
        every = (*self._board, *(one.theme for one in self._past.values()))
        self._names = {one.id: one.name for one in every}
        quotes = sum(len(theme.quotes) for theme in self._board)
        plain = "quotes without marks" if self._plain else ""
        self.head(plain, project.study.name, counted(len(self._board), "theme"), counted(quotes, "quote"))
        against = project.negative_counts()
        lines = views.board(self._board, self._book, self._homeless(), len(self._stars), len(self._past), against)
        self._lines.show_lines(lines)
        self._show_side()
        super().read_again()

    def _homeless(self) -> list[str]:
        homed = {code for theme in self._board for code in theme.codes}
        if not self.project.has_codebook():
            return []
        return [code.id for code in self.project.applicable_codes() if code.id not in homed]

    # --- the other pane ----------------------------------------------------------------------------------------

    def _show_side(self) -> None:
        theme, code = self._theme, self._code
        codes = (code,) if code else (steps.all_codes(self._board, theme) if theme else ())
        self._extracts = {f"{e.transcript}:{e.start}": e for e in self.project.extracts(codes)} if codes else {}
        places = tuple(self._extracts.values())
        self._warned = ()
        if theme and not code:
            self._warned = steps.checks(
                theme, places, self._overlaps, self._states, self._names, counts=self._counts
            )  # fmt: skip
        self.query_one("#idea", Static).update(self._summary(theme, code))
        self.query_one("#view", Static).update(self._named_views(theme, code))
        width = max(20, self._side.size.width or self.size.width - 4)
        self._side.show_lines(self._side_lines(width))

    def _named_views(self, theme: Theme | None, code: str) -> Content:
        """The three views of a theme, the one that is shown in brackets."""
        if theme is None or code:
            return Content("")
        names = [f"{n} [{name}]" if name == self._looking else f"{n} {name} " for n, name in enumerate(VIEWS, start=1)]
        return Content("  ".join(names))

    def _side_lines(self, width: int) -> list[views.Line]:
        shows, theme = self._shows, self._theme
        if shows == STARRED:
            return [(id_, self._star_line(star, width)) for id_, star in self._stars.items()]
        if shows == GIVEN_UP:
            return [(id_, views.past(one, self._names, width)) for id_, one in self._past.items()]
        if shows == "quotes" and theme:
            return [(quote.id, views.quote(quote, self._said(quote), width)) for quote in theme.quotes]
        if shows == "overlap" and theme:
            close = [
                (f"{one.first} {one.second}", one) for one in self._overlaps if theme.id in (one.first, one.second)
            ]
            return [(id_, views.overlap(one, theme.id, self._names, width, counts=self._counts)) for id_, one in close]
        words, held = self._words(), theme.quotes if theme else ()
        return [
            (id_, views.extract(e, words[id_], bool(quoted(held, e)), width)) for id_, e in self._extracts.items()
        ]  # fmt: skip

    def _star_line(self, star: Star, width: int) -> Content:
        transcript = self.project.transcript(star.transcript)
        return views.star(star, transcript.name, transcript.text[star.start : star.end], width)

    def _words(self) -> dict[str, str]:
        """The words of each extract as a quote of it would have them."""
        if not self._plain:
            return {id_: extract.text for id_, extract in self._extracts.items()}
        places = [(one.transcript, one.start, one.end) for one in self._extracts.values()]
        return dict(zip(self._extracts, self.project.without_marks(places), strict=True))

    def _said(self, quote: Quote) -> str:
        """The words of a quote as the report will have them."""
        if not self._plain:
            return quote.words
        plain = self.project.without_marks([(quote.transcript, one.start, one.end) for one in quote.pieces])
        return set_off(quote.pieces, plain)

    def _summary(self, theme: Theme | None, code: str) -> Content:
        if code:
            people = len({extract.participant for extract in self._extracts.values()})
            count = f"{counted(len(self._extracts), 'settled segment')}, {counted(people, 'participant')}"
            return Content.assemble((shown(self._book.label(code)), "bold"), f"  {count}")
        if theme:
            return views.summary(theme, tuple(self._extracts.values()), self._warned, counts=self._counts)
        return Content(_BOXES.get(self._box, ""))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another theme or code: show its extracts."""
        event.stop()
        if self.is_mounted:
            if event.option_list.id == "board":
                self._show_side()
            self.refresh_footer()

    def on_resize(self) -> None:
        """Fit the extracts again."""
        if self.is_mounted:
            self.call_after_refresh(self._show_side)


_BOXES = {
    NO_HOME: "Codes without a home: put each under a theme with g, or leave it here.",
    STARRED: "Quotes to come, starred while coding: Enter picks one for a theme, x puts it aside.",
    GIVEN_UP: "Themes that were dropped, merged or split; Enter shows what each was.",
}


def quoted(quotes: Iterable[Quote], extract: Extract) -> list[Quote]:
    """The quotes that stand inside an extract."""
    return [
        quote
        for quote in quotes
        if quote.transcript == extract.transcript and extract.start <= quote.start < extract.end
    ]
