"""Themes: codes gathered under themes, what each theme says, and the extracts to pick quotes from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.widgets import OptionList, Static

from qualbench.model import Changes, Codebook, Extract, Quote, Theme
from qualbench.text import counted, excerpt, shown
from qualbench.tui.commands import Command
from qualbench.tui.dialogs.choice import Choose
from qualbench.tui.dialogs.words import AskWords
from qualbench.tui.screens.files import ask_file
from qualbench.tui.screens.step import StepScreen
from qualbench.tui.widgets.lines import Lines, cells

NO_HOME = "no-home"


class Themes(StepScreen):
    """The board on one side, the extracts of the theme or code under the bar on the other."""

    STEP = "themes"
    TITLE_WORDS = "Themes"
    DEFAULT_CSS = """
    Themes #panes { layout: horizontal; height: 1fr; margin-bottom: 1; }
    Themes #board { width: 42; }
    Themes #side { width: 1fr; padding: 0 1; }
    Themes #idea { height: auto; max-height: 6; margin-bottom: 1; }
    Themes.-narrow #panes { layout: vertical; }
    Themes.-narrow #board { width: 100%; height: 45%; }
    Themes.-narrow #side { width: 100%; height: 55%; border-top: hkey $accent; }
    Themes.-narrow #idea { max-height: 2; margin-bottom: 0; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - the name and shape are Textual's

    def __init__(self) -> None:
        super().__init__()
        self._board: tuple[Theme, ...] = ()
        self._book = Codebook("", "", ())
        self._extracts: dict[str, Extract] = {}
        self._plain = False
        """Whether the marks of transcribers are left out of the quotes, here and in the report."""

    def parts(self) -> ComposeResult:
        """Board and extracts."""
        with Container(id="panes"):
            yield Lines(id="board")
            with Container(id="side"):
                yield Static(id="idea", markup=False)
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

    # --- what it shows -----------------------------------------------------------------------------------------

    def read_again(self) -> None:
        """Read the board and the extracts of what is under the bar."""
        self._board = self.project.themes()
        if self.project.has_codebook():
            self._book = self.project.codebook()
        quotes = sum(len(theme.quotes) for theme in self._board)
        plain = "quotes without marks" if self._plain else ""
        self.head(self.project.study.name, counted(len(self._board), "theme"), counted(quotes, "quote"), plain)
        lines: list[tuple[str, Content]] = []
        for theme in self._board:
            stars = f"  {counted(len(theme.quotes), 'quote')}" if theme.quotes else ""
            lines.append((theme.id, Content.assemble((shown(theme.name), "bold"), stars)))
            lines += [(f"{theme.id} {code}", Content(f"  {shown(self._book.label(code))}")) for code in theme.codes]
        lines.append((NO_HOME, Content.styled("No home yet", "bold")))
        lines += [(f"{NO_HOME} {code}", Content(f"  {shown(self._book.label(code))}")) for code in self._homeless()]
        self._lines.show_lines(lines)
        self._show_side()
        super().read_again()

    def _homeless(self) -> list[str]:
        homed = {code for theme in self._board for code in theme.codes}
        if not self.project.has_codebook():
            return []
        return [code.id for code in self.project.applicable_codes() if code.id not in homed]

    @property
    def _theme(self) -> Theme | None:
        """The theme under the bar, or the one whose code is."""
        id_ = self._lines.at.split(" ")[0]
        return next((theme for theme in self._board if theme.id == id_), None)

    @property
    def _code(self) -> str:
        """The code under the bar; empty on a theme."""
        return self._lines.at.partition(" ")[2]

    def _show_side(self) -> None:
        theme, code = self._theme, self._code
        codes = (code,) if code else (theme.codes if theme else ())
        self._extracts = {f"{e.transcript}:{e.start}": e for e in self.project.extracts(codes)} if codes else {}
        self.query_one("#idea", Static).update(self._idea(theme, code))
        width = max(20, self._side.size.width or self.size.width - 4)
        words = self._words()
        self._side.show_lines(
            [(id_, _extract_line(e, words[id_], bool(_quoted(theme, e)), width)) for id_, e in self._extracts.items()]
        )

    def _words(self) -> dict[str, str]:
        """The words of each extract as a quote of it would have them."""
        if not self._plain:
            return {id_: extract.text for id_, extract in self._extracts.items()}
        places = [(one.transcript, one.start, one.end) for one in self._extracts.values()]
        return dict(zip(self._extracts, self.project.without_marks(places), strict=True))

    def _idea(self, theme: Theme | None, code: str) -> Content:
        people = len({extract.participant for extract in self._extracts.values()})
        count = f"{counted(len(self._extracts), 'settled segment')}, {counted(people, 'participant')}"
        if code:
            return Content.assemble((shown(self._book.label(code)), "bold"), f"  {count}")
        if theme is None:
            return Content("Codes without a home: put each under a theme with g, or leave it here.")
        idea = shown(" ".join(theme.idea.split())) or "What this theme says is not written yet (press e)."
        return Content.assemble((count, "dim"), "\n", idea)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another theme or code: show its extracts."""
        event.stop()
        if event.option_list.id == "board" and self.is_mounted:
            self._show_side()
            self.refresh_footer()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter on an extract makes it a quote, or no longer one; on the board it goes to the extracts."""
        event.stop()
        if event.option_list.id == "extracts":
            self.action_do_quote()
        else:
            self.action_do_pane()

    def on_resize(self) -> None:
        """Fit the extracts again."""
        if self.is_mounted:
            self.call_after_refresh(self._show_side)

    # --- what can be done --------------------------------------------------------------------------------------

    def allows(self, command: Command) -> bool:
        """Each command needs what it works on to be under the bar."""
        if not self.is_mounted:
            return False
        needs_theme = command.id in ("themes.describe", "themes.rename", "themes.remove", "themes.quote", "themes.part")
        if needs_theme and self._theme is None:
            return False
        if command.id == "themes.gather" and not (self._code and self._board):
            return False
        return super().allows(command)

    def action_do_new(self) -> None:
        self.app.push_screen(AskWords("Name of the new theme", one_line=True), self._make)

    def _make(self, name: str | None) -> None:
        if name and self.write(lambda: self.project.create_theme(name)):
            self._lines.go_to(self.project.theme(name).id)

    def action_do_gather(self) -> None:
        code = self._code
        answers = [(theme.id, theme.name) for theme in self._board if code not in theme.codes]
        if not answers:
            self.workplace.tell("Make another theme first (press n).")
            return
        question = f"Put '{self._book.label(code)}' under which theme?"

        def gather(id_: str | None) -> None:
            theme = next((theme for theme in self._board if theme.id == id_), None)
            if theme is not None:
                self.write(lambda: self.project.gather_codes(theme, [code]))

        self.app.push_screen(Choose(question, answers), gather)

    def action_do_describe(self) -> None:
        theme = self._theme
        if theme is not None:
            title = f"What '{theme.name}' says"
            keep = self._keeper(lambda words: self.project.describe_theme(theme, words))
            self.app.push_screen(AskWords(title, theme.idea), keep)

    def action_do_rename(self) -> None:
        theme = self._theme
        if theme is not None:
            keep = self._keeper(lambda words: self.project.rename_theme(theme, words))
            self.app.push_screen(AskWords("Name of the theme", theme.name, one_line=True), keep)

    def _keeper(self, act: Callable[[str], Changes]) -> Callable[[str | None], None]:
        def keep(words: str | None) -> None:
            if words is not None:
                self.write(lambda: act(words))

        return keep

    def action_do_remove(self) -> None:
        theme, code = self._theme, self._code
        if theme is None:
            return
        if code:
            self.write(lambda: self.project.release_code(theme, code))
        else:
            keep = self._keeper(lambda reason: self.project.drop_theme(theme, reason))
            self.app.push_screen(AskWords(f"Drop '{theme.name}': why?", one_line=True), keep)

    def action_do_quote(self) -> None:
        theme, extract = self._theme, self._extracts.get(self._side.at)
        if theme is None or extract is None:
            return
        held = _quoted(theme, extract)
        if held:
            self.write(lambda: self.project.drop_quote(theme, held[0].id))
        else:
            self.write(lambda: self.project.pick_quote(theme, extract.transcript, extract.start, extract.end))

    def action_do_part(self) -> None:
        theme, extract = self._theme, self._extracts.get(self._side.at)
        if theme is None or extract is None:
            return

        def pick(words: str | None) -> None:
            at = extract.text.find(words.strip()) if words and words.strip() else -1
            if words and extract.text.count(words.strip()) > 1:
                self.say("These words stand more than once in the extract; keep a few more around them.", warning=True)
            elif at >= 0 and words is not None:
                start = extract.start + at
                self.write(
                    lambda: self.project.pick_quote(theme, extract.transcript, start, start + len(words.strip()))
                )
            elif words:
                self.say("These words do not stand in the extract like that; a quote is verbatim.", warning=True)

        self.app.push_screen(AskWords("Delete what the quote leaves out at its ends", extract.text), pick)

    def action_do_report(self) -> None:
        suggestion = self.project.folder / "exports" / "themes.docx"
        ask_file(self, "Write the report to (.docx .md .html .csv)", suggestion, self._write_report)

    def _write_report(self, target: Path) -> str:
        self.project.write_report(target, force=True, without_marks=self._plain)
        return f"The report is in {target}{', its quotes without marks' if self._plain else ''}."

    def action_do_marks(self) -> None:
        self._plain = not self._plain
        self.read_again()
        marks = "times, [laughs] and other marks of transcribers"
        if self._plain:
            self.say(f"Quotes are shown and written without {marks}; what is unclear or redacted stays marked.")
        else:
            self.say(f"Quotes are verbatim again, with {marks}.")

    def action_do_undo(self) -> None:
        if self.write(lambda: self.project.undo("themes", "themes")):
            self.say("Undone: your newest step on the theme board.")

    def action_do_redo(self) -> None:
        if self.write(lambda: self.project.redo("themes", "themes")):
            self.say("Done again.")

    # --- moving ------------------------------------------------------------------------------------------------

    @property
    def _active(self) -> Lines:
        return self._side if self._side.has_focus else self._lines

    def action_do_pane(self) -> None:
        (self._lines if self._side.has_focus else self._side).focus()

    def action_do_next(self) -> None:
        self._active.action_cursor_down()

    def action_do_previous(self) -> None:
        self._active.action_cursor_up()


def _quoted(theme: Theme | None, extract: Extract) -> list[Quote]:
    """The theme's quotes that stand inside an extract."""
    return [
        quote
        for quote in (theme.quotes if theme else ())
        if quote.transcript == extract.transcript and extract.start <= quote.start < extract.end
    ]


def _extract_line(extract: Extract, words: str, quoted: bool, width: int) -> Content:
    star = "★ " if quoted else "  "
    who = cells(extract.participant, 6)
    return Content.assemble((star, "bold"), (who, "bold"), " ", excerpt(words, max(10, width - 12)))
