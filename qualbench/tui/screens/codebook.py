"""The codebook as an instrument: its tree and fields in the draft, its versions, their differences, what they ask."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import OptionList

from qualbench.model import Changes
from qualbench.steps import codebook as codebooks
from qualbench.steps.codebook.differences import Kind
from qualbench.text import excerpt, shown
from qualbench.tui.commands import Command
from qualbench.tui.dialogs.page import Page
from qualbench.tui.screens import codebook_editing as editing
from qualbench.tui.screens import codebook_views as views
from qualbench.tui.screens.codebook_desk import in_use, last_under, moved
from qualbench.tui.screens.codebook_panes import CodebookPanes
from qualbench.tui.screens.codebook_release import Release
from qualbench.tui.screens.codebook_release_views import Answers
from qualbench.tui.screens.codebook_table import ask_codebook, ask_target
from qualbench.tui.widgets.palette import Entry, entries_of

_OF_A_CODE = frozenset({
    "codebook.edit", "codebook.under", "codebook.label", "codebook.colour", "codebook.group", "codebook.move",
    "codebook.put", "codebook.merge", "codebook.split", "codebook.state", "codebook.drop",
})  # fmt: skip
_OF_THE_TREE = _OF_A_CODE | {"codebook.new", "codebook.find", "codebook.adopt", "codebook.unused"}


class Codebook(CodebookPanes):
    """One view at a time: the tree, the versions, their differences, what is to be looked at again."""

    STEP = "codebook"
    TITLE_WORDS = "Codebook"

    def __init__(self) -> None:
        super().__init__()
        self._answers = Answers()

    # --- what makes sense now ----------------------------------------------------------------------------------

    def allows(self, command: Command) -> bool:
        """Each command needs its view, and what it works on under the bar."""
        if not self.is_mounted or not super().allows(command):
            return False
        name = command.id.removesuffix(f"-{command.argument}" if command.argument else "")
        if name in _OF_THE_TREE and self._looking != "tree":
            return False
        if name in _OF_A_CODE and self._code is None:
            return False
        wants = {
            "codebook.state": self._may_become(command.argument), "codebook.adopt": bool(self._desk.proposals),
            "codebook.drop": self._may_drop(), "codebook.open": self._looking != "tree" and bool(self._lines.at),
            "codebook.life": self._looking in ("tree", "again"),
            "codebook.split": self._may_become("split"), "codebook.merge": self._may_become("merged"),
        }  # fmt: skip
        return wants.get(name, True)

    def _may_become(self, state: str) -> bool:
        return self._code is not None and state in codebooks.next_states(self._code.status)

    def _may_drop(self) -> bool:
        return self._code is not None and (self._desk.newest is None or self._desk.newest.get(self._code.id) is None)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter, or a click: write a field of the code, adopt a proposal, or open what the line is about."""
        event.stop()
        if self._looking != "tree":
            self.action_do_open()
        elif self.project.writable:
            (self.action_do_edit if self._code else self.action_do_adopt)()

    # --- a code ------------------------------------------------------------------------------------------------

    def action_do_edit(self) -> None:
        if self._code:
            editing.ask_field(self, self._code)

    def action_do_label(self) -> None:
        if self._code:
            editing.write_field(self, self._code, "label")

    def action_do_colour(self) -> None:
        if self._code:
            editing.ask_colour(self, self._code)

    def action_do_group(self) -> None:
        if self._code:
            editing.ask_group(self, self._desk, self._code)

    def action_do_new(self) -> None:
        code = self._code
        where = f"beside {excerpt(code.label, 30)}" if code else "at the top"
        parent, after = (code.parent, code.id) if code else ("", "")
        editing.ask_new(self, parent, after, where, self._go_to)

    def action_do_under(self) -> None:
        code = self._code
        if code:
            after = last_under(self._desk.draft, code.id)
            editing.ask_new(self, code.id, after, f"under {excerpt(code.label, 30)}", self._go_to)

    def _go_to(self, code: str) -> None:
        if self._hides and self._desk.draft.get(code) and code not in in_use(self._desk.draft):
            self._hides = False
            self._show()
        self._lines.go_to(code)

    def action_do_state(self, state: str) -> None:
        code = self._code
        if code and self.write(lambda: self.project.set_code_status(code.id, state)):
            self._go_to(code.id)
            later = " Each use is decided again once this is released." if state == "retired" else ""
            self.say(f"{code.label} is {codebooks.called(state)} in the draft.{later}")

    def action_do_merge(self) -> None:
        if self._code:
            editing.ask_merge(self, self._desk, self._code, self._go_to)

    def action_do_split(self) -> None:
        if self._code:
            editing.ask_split(self, self._code, self._desk.uses.get(self._code.id, 0))

    def action_do_take(self) -> None:
        ask_codebook(self)

    def action_do_write(self) -> None:
        ask_target(self, self.project.draft() if self.project.has_draft() else self.project.codebook())

    def action_do_drop(self) -> None:
        code = self._code
        if code and self.write(lambda: self.project.drop_code(code.id)):
            self.say(f"{code.label} is dropped: it was never released. u takes that back.")

    def action_do_adopt(self) -> None:
        if self._desk.proposals:
            at = self._lines.at.removeprefix(views.PROPOSAL)
            editing.ask_adopt(self, self._desk, at, self._go_to)

    # --- its place ---------------------------------------------------------------------------------------------

    def action_do_move(self, way: str) -> None:
        code, draft = self._code, self._desk.draft
        if code is None:
            return
        seen = in_use(draft) if self._hides else {one.id for one in draft.codes}
        place = moved(draft, code.id, way, seen)
        if place is None:
            self.say(_NO_WAY[way])
        else:
            self.write(lambda: self.project.place_code(code.id, *place))

    def action_do_put(self) -> None:
        if self._code:
            editing.ask_place(self, self._desk, self._code)

    def action_do_find(self) -> None:
        seen = in_use(self._desk.draft) if self._hides else None
        entries = [one for one in entries_of(self._desk.draft) if seen is None or one.id in seen]
        editing.ask_code(self, "Go to", entries, self._lines.go_to)

    # --- undo and redo -----------------------------------------------------------------------------------------

    def action_do_undo(self) -> None:
        self._switch(undo=True)

    def action_do_redo(self) -> None:
        self._switch(undo=False)

    def _switch(self, *, undo: bool) -> None:
        before, facts = self._desk.draft, self.project.newest_step("codebook", "codebook", undo=undo)
        act = self.project.undo if undo else self.project.redo
        if self.write(lambda: act("codebook", "codebook")):
            code, words = editing.undone(before, self._desk.draft, facts)
            self._go_to(code)
            self.say(f"{'Undone' if undo else 'Done again'}: {words}.")

    # --- versions ----------------------------------------------------------------------------------------------

    def action_do_open(self) -> None:
        """What a version changed; the code that differs; the first segment to look at again."""
        at = self._lines.at
        if self._looking == "versions" and at:
            names = [*(book.version for book in self._releases), views.DRAFT]
            number = len(self._releases) if at == views.DRAFT else int(at)
            self._compare(names[number - 1] if number else "", names[number])
        elif self._looking == "differences" and self._desk.draft.get(at):
            self.look_at("tree")
            self._go_to(at)
        elif self._looking == "again" and at:
            first = [*self._owed.values()][int(at)][0]
            self.workplace.show_step("coding", transcript=first.transcript, at=str(first.start))

    def _compare(self, old: str, new: str) -> None:
        if not old:
            self.say("It is the first version: there is none before it.")
            return
        self._between = (old, new)
        self.look_at("differences")

    def action_do_compare(self) -> None:
        names = [views.DRAFT, *(book.version for book in reversed(self._releases))]
        if len(names) < 2:
            self.say("There is only the draft: nothing is released yet.")
            return
        entries = [Entry(name, name, _told(*self._dates.get(name, ("", "")))) for name in names]
        before = names[min(2, len(names) - 1)] if not self._desk.changes else names[1]

        def from_(old: str) -> None:
            after = [one for one in entries if one.id != old]
            editing.ask_code(self, f"From {old} to", after, lambda new: self._compare(old, new), [after[0].id])

        editing.ask_code(self, "Compare from version", entries, from_, [before])

    def action_do_release(self) -> None:
        desk = self._desk
        if desk.newest is not None and not desk.kinds and not desk.changes:
            self.say(f"Nothing has changed since version {desk.newest.version}, so there is nothing to release.")
        elif not desk.draft.codes:
            self.say("The draft has no codes, so there is nothing to release.")
        else:
            self.app.push_screen(Release(desk, self._answers, self._released))

    def _released(self, version: str, warnings: tuple[str, ...]) -> None:
        """A version is out: everybody hears of it, and what it asks is said."""
        self._answers = Answers()
        self.workplace.changed.publish(Changes(frozenset({"codebook"}), frozenset({"codebook_released"})))
        self.read_again()
        debts = len(self._debts)
        asks = f" You have {debts} segments to look at again (4)." if debts else ""
        self.say(" ".join([f"Version {version} is released.{asks}", *warnings]))

    # --- the life of a code ------------------------------------------------------------------------------------

    def action_do_life(self) -> None:
        at = self._lines.at
        if self._looking == "again" and at:
            at = [*self._owed][int(at)][0]
        code = at.removeprefix(views.PROPOSAL)
        if not code:
            return
        lines = [
            Content.assemble((shown(f"{one.at[:16].replace('T', ' ')}  "), "bold"), shown(one.sentence))
            for one in self.project.biography(code)
        ]
        drafted = [one for one in self._desk.of_code(code) if one.kind is not Kind.ORDER]
        lines += [Content.assemble(("in the draft      ", "bold"), shown(one.sentence)) for one in drafted]
        label = self._desk.draft.label(code)
        body = Content("\n").join(lines) if lines else Content("Nothing is released of it yet, and nobody used it.")
        self.app.push_screen(Page(f"The life of {excerpt(label, 60)}", body))


_NO_WAY = {
    "up": "It is the first one here.", "down": "It is the last one here.", "out": "It stands at the top already.",
    "under": "There is no code in use before it that it could stand under.",
}  # fmt: skip


def _told(at: str, actor: str) -> str:
    return f"Released {at[:10]} by {actor}." if at else "Not released yet."
