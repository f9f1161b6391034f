"""Themes: codes gathered under themes, what each theme says, and the extracts to pick quotes from."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import OptionList

from qualbench.model import QuoteUse, Star, Theme
from qualbench.steps import themes as steps
from qualbench.text import excerpt
from qualbench.tui.commands import Command
from qualbench.tui.dialogs.page import Page
from qualbench.tui.dialogs.words import AskWords
from qualbench.tui.screens import themes_asking as asking
from qualbench.tui.screens import themes_views as views
from qualbench.tui.screens.caring import with_care
from qualbench.tui.screens.files import ask_file
from qualbench.tui.screens.themes_board import VIEWS, ThemesBoard
from qualbench.tui.screens.themes_quoting import EditQuote
from qualbench.tui.screens.themes_views import GIVEN_UP, STARRED

_OF_A_THEME = frozenset({
    "themes.describe", "themes.define", "themes.state", "themes.rename", "themes.merge", "themes.split", "themes.under",
    "themes.view", "themes.turn", "themes.part",
})  # fmt: skip


class Themes(ThemesBoard):
    """The board on one side, the extracts of the theme or code under the bar on the other."""

    STEP = "themes"
    TITLE_WORDS = "Themes"

    # --- what makes sense now ----------------------------------------------------------------------------------

    def allows(self, command: Command) -> bool:
        """Each command needs what it works on to be under the bar."""
        if not self.is_mounted or not super().allows(command):
            return False
        name = command.id.removesuffix(f"-{command.argument}" if command.argument else "")
        if name in _OF_A_THEME:
            return self._theme is not None
        wants = {
            "themes.gather": bool(self._code and self._board),
            "themes.remove": self._theme is not None or self._box == STARRED,
            "themes.quote": bool(self._theme or self._stars or self._past),
            "themes.edit": self._quote is not None, "themes.use": self._quote is not None,
            "themes.about": self._theme is not None or self._box == GIVEN_UP,
            "themes.move": self._theme is not None,
        }  # fmt: skip
        return wants.get(name, True)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter picks, drops or opens what is under the bar; on the board it goes to the other pane."""
        event.stop()
        if event.option_list.id == "board":
            self.action_do_pane()
        elif self._shows in (GIVEN_UP, "overlap") or self.project.writable:
            self.action_do_quote()

    # --- themes ------------------------------------------------------------------------------------------------

    def action_do_new(self) -> None:
        asking.ask_new(self, None, self._lines.go_to)

    def action_do_under(self) -> None:
        if self._theme:
            asking.ask_new(self, self._theme, self._lines.go_to)

    def action_do_gather(self) -> None:
        code = self._code

        def gather(theme: Theme) -> None:
            self.write(lambda: self.project.gather_codes(theme, [code]))

        homes = [theme for theme in self._board if code not in theme.codes]
        asking.ask_theme(self, f"Put '{self._book.label(code)}' under which theme?", homes, gather)

    def action_do_describe(self) -> None:
        theme = self._theme
        if theme is not None:
            title = f"What '{theme.name}' says"
            asking.ask_words(self, title, theme.idea, lambda words: self.project.describe_theme(theme, words))

    def action_do_define(self) -> None:
        if self._theme:
            asking.ask_field(self, self._theme)

    def action_do_state(self) -> None:
        if self._theme:
            asking.ask_state(self, self._theme)

    def action_do_rename(self) -> None:
        theme = self._theme
        if theme is not None:
            act = self.project.rename_theme
            asking.ask_words(self, "Name of the theme", theme.name, lambda words: act(theme, words), line=True)

    def action_do_merge(self) -> None:
        if self._theme:
            asking.ask_merge(self, self._theme, self._board)

    def action_do_split(self) -> None:
        if self._theme:
            asking.ask_split(self, self._theme, self._book)

    def action_do_remove(self) -> None:
        theme, code = self._theme, self._code
        star = self._stars.get(self._side.at) if self._box == STARRED else None
        if star is not None:
            self.write(lambda: self.project.put_star_aside(star))
        elif theme is not None and code:
            self.write(lambda: self.project.release_code(theme, code))
        elif theme is not None:
            act = self.project.drop_theme
            title = f"Drop '{theme.name}': why?"
            asking.ask_words(self, title, "", lambda reason: act(theme, reason), line=True)

    def action_do_move(self, way: str) -> None:
        theme, quote = self._theme, self._quote
        if theme is None:
            return
        if self._side.has_focus and self._shows == "quotes" and quote:
            self._move_quote(quote.id, way)
        elif not self._code and self.write(lambda: self.project.move_theme(theme, way)):
            self._lines.go_to(theme.id)

    def _move_quote(self, id_: str, way: str) -> None:
        theme = self._theme
        if theme is None or way not in ("up", "down"):
            return
        ids = [quote.id for quote in theme.quotes]
        at = ids.index(id_)
        to = at - 2 if way == "up" else at + 1
        if (way == "up" and at) or (way == "down" and to < len(ids)):
            after = ids[to] if to >= 0 else ""
            self.write(lambda: self.project.move_quote(theme.quotes[at], theme, after))

    # --- quotes and stars --------------------------------------------------------------------------------------

    def action_do_quote(self) -> None:
        shows, theme, extract = self._shows, self._theme, self._extracts.get(self._side.at)
        if shows == STARRED:
            self._pick_star()
        elif shows == GIVEN_UP:
            self.action_do_about()
        elif shows == "overlap":
            self._open_overlap()
        elif shows == "quotes":
            self.action_do_edit()
        elif theme is not None and extract is not None:
            held = self._quote
            if held:
                self.write(lambda: self.project.drop_quote(theme, held.id))
            else:
                self.write(lambda: self.project.pick_quote(theme, extract.transcript, extract.start, extract.end))

    def _pick_star(self) -> None:
        star = self._stars.get(self._side.at)
        if star is not None:
            said = self.project.transcript(star.transcript).text[star.start : star.end]
            question = f"For which theme: “{excerpt(said, 50)}”?"
            asking.ask_theme(self, question, self._board, lambda theme: self._picked(star, theme))

    def _picked(self, star: Star, theme: Theme) -> None:
        if self.write(lambda: self.project.pick_star(theme, star)):
            self.say(f"A quote of '{excerpt(theme.name, 40)}' now.")

    def _open_overlap(self) -> None:
        one = next((one for one in self._overlaps if f"{one.first} {one.second}" == self._side.at), None)
        if one is not None:
            title = f"{excerpt(self._names[one.first], 30)} and {excerpt(self._names[one.second], 30)}: codes that meet"
            self.app.push_screen(Page(title, views.met(one, self._book, counts=self._counts)))

    def action_do_edit(self) -> None:
        quote = self._quote
        if quote is None or not self.project.writable:
            return

        def keep(words: str | None) -> None:
            if words is not None:
                self.write(lambda: self.project.edit_quote(quote, words))

        self.app.push_screen(EditQuote(quote), keep)

    def action_do_use(self) -> None:
        quote = self._quote
        if quote is not None:
            order = list(QuoteUse)
            use = order[(order.index(quote.use) + 1) % len(order)]
            if self.write(lambda: self.project.use_quote(quote, use)):
                self.say(_SAID[use])

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

    # --- looking -----------------------------------------------------------------------------------------------

    def action_do_about(self) -> None:
        theme, past = self._theme, self._past.get(self._side.at) if self._box == GIVEN_UP else None
        if past is not None:
            labels = [self._book.label(code) for code in past.theme.codes]
            self.app.push_screen(Page(past.theme.name, views.ended(past, self._names, labels)))
        elif theme is not None:
            mine = [step for step in self._states if step.theme == theme.id]
            labels = [self._book.label(code) for code in steps.all_codes(self._board, theme)]
            self.app.push_screen(Page(theme.name, views.about(theme, self._warned, mine, labels)))

    def action_do_view(self, name: str) -> None:
        self._looking = name
        self._show_side()
        self.refresh_footer()

    def action_do_turn(self) -> None:
        self.action_do_view(VIEWS[(VIEWS.index(self._looking) + 1) % len(VIEWS)])

    def action_do_report(self) -> None:
        suggestion = self.project.folder / "exports" / "themes.docx"
        question = "Write the report to (.docx .md .html .csv)"
        with_care(self, "themes", lambda: ask_file(self, question, suggestion, self._write_report))

    def _write_report(self, target: Path) -> str:
        self.project.write_report(target, force=True, without_marks=self._plain)
        return f"The report is in {target}{', its quotes without marks' if self._plain else ''}."

    def action_do_map(self) -> None:
        suggestion = self.project.folder / "exports" / "theme-map.svg"
        ask_file(self, "Write the theme map to (.svg .dot .mmd)", suggestion, self._write_map)

    def _write_map(self, target: Path) -> str:
        self.project.write_map(target, force=True)
        return f"The theme map is in {target}."

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

    def action_do_pane(self) -> None:
        (self._lines if self._side.has_focus else self._side).focus()
        self.refresh_footer()

    def action_do_next(self) -> None:
        (self._side if self._side.has_focus else self._lines).action_cursor_down()

    def action_do_previous(self) -> None:
        (self._side if self._side.has_focus else self._lines).action_cursor_up()


_SAID = {
    QuoteUse.UNSAID: "What the quote is for is not said.",
    QuoteUse.ILLUSTRATE: "The quote illustrates what the theme says.",
    QuoteUse.ARGUE: "The argument rests on this quote.",
}
