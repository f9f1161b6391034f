"""Memos: all that the viewer may read, with what each is on; written, changed, searched, and gone to their places."""

from __future__ import annotations

from collections import Counter

from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from qualbench.model import MEMO_KINDS, Changes
from qualbench.project.noted import ON_NAMES, PLACE, Written
from qualbench.text import counted, excerpt, shown, shown_lines
from qualbench.tui.commands import Command
from qualbench.tui.dialogs.choice import Choose
from qualbench.tui.dialogs.page import Page
from qualbench.tui.dialogs.words import AskWords
from qualbench.tui.screens.memos_new import NewMemo
from qualbench.tui.widgets.lines import Lines, cells

MOST = 4_000
"""So many characters of an extract are shown under its memo."""
WIDE = 100
_TOGETHER = {"transcript": {"transcript", PLACE}, "code": {"code", "comparison"}}
"""What belongs to a transcript or a code beside the memos on it."""


class Memos(NewMemo):
    """A line for each memo, and the whole of the one under the bar."""

    STEP = "memos"
    TITLE_WORDS = "Memos"
    DEFAULT_CSS = """
    Memos #columns { height: 1; padding: 0; text-style: dim; text-wrap: nowrap; text-overflow: ellipsis; }
    Memos #both { layout: horizontal; height: 1fr; margin-bottom: 1; }
    Memos Lines { width: 3fr; }
    Memos VerticalScroll { width: 2fr; padding: 0 1; border-left: vkey $accent; }
    Memos VerticalScroll Static { height: auto; }
    Memos.-narrow #both { layout: vertical; }
    Memos.-narrow Lines { width: 100%; height: 1fr; }
    Memos.-narrow VerticalScroll { width: 100%; height: 1fr; border-left: none; border-top: hkey $accent; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - the name and shape are Textual's

    def __init__(self, on: str = "", about: str = "") -> None:
        super().__init__()
        self._on, self._about = on, about
        self._query, self._only = "", ""
        self._here: tuple[Written, ...] = ()
        self._memos: dict[str, Written] = {}

    def parts(self) -> ComposeResult:
        """The memos, and the one under the bar."""
        yield Static(id="columns", markup=False)
        with Container(id="both"):
            yield Lines()
            with VerticalScroll(can_focus=False):
                yield Static(id="whole", markup=False)

    def begin(self) -> None:
        """The list has the keys."""
        self.query_one(Lines).focus()

    # --- what it shows -----------------------------------------------------------------------------------------

    def read_again(self) -> None:
        """Read the memos that the viewer may read."""
        self._here = tuple(one for one in self.project.written(self._query) if self._is_here(one))
        self._memos = {one.id: one for one in self._here if self._fits(one)}
        self.head(*self._told())
        self._draw()
        super().read_again()

    def _is_here(self, one: Written) -> bool:
        if not self._on:
            return True
        return one.on in _TOGETHER.get(self._on, {self._on}) and one.about == self._about

    def _fits(self, one: Written) -> bool:
        what, _, which = self._only.partition(":")
        return not what or (one.kind if what == "kind" else one.on) == which

    def _told(self) -> list[str]:
        """What is shown, in words."""
        what, _, which = self._only.partition(":")
        only = f"only: {MEMO_KINDS[which] if what == 'kind' else ON_NAMES[which]}" if what else ""
        query = f"with: {self._query}" if self._query else ""
        where = f"on {self.subject_of(self._on, self._about)}" if self._on else self.project.study.name
        return [where, counted(len(self._memos), "memo"), only, query]

    def _draw(self) -> None:
        room = self.size.width if self.size.width < WIDE else self.size.width * 3 // 5
        width = max(12, (room - 30) // 2)
        head = " " + cells("kind", 15) + " " + cells("on", width) + " " + cells("author", 8) + " words"
        self.query_one("#columns", Static).update(head if self._memos else "")
        self.query_one(Lines).show_lines([(id_, _line(one, width)) for id_, one in self._memos.items()])
        self._show_whole()

    def on_resize(self) -> None:
        """Fit the columns again."""
        self._draw()

    def on_option_list_option_highlighted(self) -> None:
        """Show the memo under the bar."""
        self._show_whole()
        self.refresh_footer()

    @property
    def _memo(self) -> Written | None:
        return self._memos.get(self.query_one(Lines).at)

    def _show_whole(self) -> None:
        box, one = self.query_one("#whole", Static), self._memo
        self.query_one(VerticalScroll).scroll_home(animate=False)
        if one is None:
            box.update(self._nothing())
        else:
            box.update(whole(one))

    def _nothing(self) -> str:
        if self._query or self._only:
            return "No memo fits. Press / for other words, f for another filter."
        return "No memo yet. Press n to write one: on the study, a transcript, a participant, a code."

    # --- commands ----------------------------------------------------------------------------------------------

    def allows(self, command: Command) -> bool:
        """What is done to a memo needs one; nobody takes away what is another's or handed in."""
        one = self._memo
        if command.id == "memos.remove":
            return super().allows(command) and one is not None and one.own and not one.frozen
        if command.id in ("memos.edit", "memos.go", "memos.page-on", "memos.page-back"):
            return super().allows(command) and one is not None
        return super().allows(command)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter, or a click, opens the memo."""
        event.stop()
        self.action_do_edit()

    def action_do_edit(self) -> None:
        one = self._memo
        if one is None:
            return
        if not one.own or one.frozen or not self.project.writable:
            self.app.push_screen(Page(_title(one), whole(one)))
            return

        def keep(words: str | None) -> None:
            if words is not None and not words.strip():
                self._ask_removal(one)
            elif words is not None:
                self.write(lambda: self.project.rewrite_written(one, words))

        self.app.push_screen(AskWords(_title(one), one.body, hint="Empty removes it."), keep)

    def action_do_remove(self) -> None:
        if self._memo is not None:
            self._ask_removal(self._memo)

    def _ask_removal(self, one: Written) -> None:
        def answered(answer: str | None) -> None:
            if answer and self.write(lambda: self.project.rewrite_written(one, "")):
                self.say("The memo is removed.")

        self.app.push_screen(Choose(f"Remove this memo? {excerpt(one.body, 60)}", [("yes", "Remove it")]), answered)

    def written_down(self, changes: Changes, id_: str) -> None:
        """A new memo is there: it is shown, whatever was filtered or searched."""
        if changes:
            self._query = self._only = ""
            self.read_again()
            self.query_one(Lines).go_to(id_)

    def action_do_search(self) -> None:
        def look(words: str | None) -> None:
            if words is not None:
                self._query = words.strip()
                self.read_again()

        hint = 'Words or "phrases"; empty shows all.'
        self.app.push_screen(AskWords("Search memos", self._query, one_line=True, hint=hint), look)

    def action_do_only(self) -> None:
        kinds = Counter(one.kind for one in self._here)
        places = Counter(one.on for one in self._here)
        answers = [
            ("all", f"every memo ({len(self._here)})"),
            *((f"kind:{kind}", f"{name} ({kinds[kind]})") for kind, name in MEMO_KINDS.items() if kinds[kind]),
            *((f"on:{on}", f"on {name} ({places[on]})") for on, name in ON_NAMES.items() if places[on]),
        ]

        def chosen(only: str | None) -> None:
            if only is not None:
                self._only = "" if only == "all" else only
                self.read_again()

        self.app.push_screen(Choose("Show which memos?", answers), chosen)

    # --- going there -------------------------------------------------------------------------------------------

    def action_do_go(self) -> None:
        one = self._memo
        if one is None:
            return
        if one.on == "study":
            self.say("This memo is on the study as a whole.")
        elif one.on == "case":
            self.workplace.show_step("find", query=f'participant:"{one.subject}"')
        elif one.on == "code" or (one.on == "comparison" and not one.extracts):
            self.workplace.show_step("extracts", code=one.about)
        elif one.on == "comparison":
            self._go_to_either(one)
        elif not self.project.has_codebook():
            self.say("The study has no codebook yet.", warning=True)
        else:
            at = str(one.start) if one.on == PLACE else "-1"
            self.workplace.show_step("coding", transcript=one.about, at=at)

    def _go_to_either(self, one: Written) -> None:
        answers = [(str(n), f"{each.place}: {each.text}") for n, each in enumerate(one.extracts)]

        def chosen(which: str | None) -> None:
            if which is not None:
                extract = one.extracts[int(which)]
                self.workplace.show_step("coding", transcript=extract.transcript, at=str(extract.start))

        self.app.push_screen(Choose("Go to which extract?", answers), chosen)

    def action_do_page_on(self) -> None:
        self.query_one(VerticalScroll).scroll_page_down(animate=False)

    def action_do_page_back(self) -> None:
        self.query_one(VerticalScroll).scroll_page_up(animate=False)


def _line(one: Written, width: int) -> Content:
    """Kind, what it is on, author, and the first words."""
    pieces = (cells(one.kind or "memo", 15), cells(one.subject, width), cells(one.author, 8))
    return Content(f"{' '.join(pieces)} {excerpt(one.body, 80)}")


def _title(one: Written) -> str:
    return f"{one.called.capitalize()}: {one.subject}"


def whole(one: Written) -> Content:
    """A memo with everything that is known of it, and the words it is on."""
    of = [one.author, one.at[:10], "handed in: it never changes" if one.frozen and one.own else ""]
    pieces = [
        Content.styled(shown(_title(one)), "bold"),
        Content.styled(shown(" · ".join(piece for piece in of if piece)), "dim"),
        Content(shown_lines(one.body)),
    ]
    for extract in one.extracts:
        pieces += [Content(""), Content.styled(shown(extract.place), "dim"), Content(shown_lines(extract.text[:MOST]))]
    return Content("\n").join(pieces)
