"""Codes on the coding screen: applied, taken off, changed, put on other words, made anew, kept on keys."""

from __future__ import annotations

from collections.abc import Callable

from qualbench.model import Changes
from qualbench.text import excerpt
from qualbench.tui.dialogs.choice import Choose
from qualbench.tui.dialogs.words import AskWords
from qualbench.tui.screens.coding_suggestions import Suggests
from qualbench.tui.screens.coding_view import DIGITS, of_codes
from qualbench.tui.widgets.palette import CodePalette


class Codes(Suggests):
    """The part of the coding screen that puts codes on words."""

    # --- codes -------------------------------------------------------------------------------------------------

    def _apply(self, code: str) -> None:
        pass_, span = self._begun(), self._span
        if pass_ is None:
            return
        changes = self.write(lambda: self.project.apply_code(pass_.id, code, *span))
        self._drop_selection()
        if changes:
            self._used(code)
            self._warn_of_clash(code, span)

    def _used(self, code: str) -> None:
        """The code that was used last is the first of the recent ones."""
        self._recent = [code, *(other for other in self._recent if other != code)]
        self._show_here()

    def _warn_of_clash(self, code: str, span: tuple[int, int]) -> None:
        """Codes of one group exclude each other on a segment: both may stand, but the coder hears of it."""
        from qualbench.steps.codebook import clash

        rows = self._rows
        if rows is None or not any(one.group for one in self._book.codes):
            return
        for number in range(rows.at(span[0]), rows.at(span[1] - 1) + 1):
            for group, codes in clash(self._book, [mark.code for mark in rows.row(number).marks]).items():
                if code in codes:
                    names = " and ".join(self._book.label(one) for one in codes)
                    self.workplace.tell(f"{names} exclude each other (group {group}).", warning=True)
                    return

    def _ask_code(
        self, then: Callable[[str], None], title: str = "Code", *, already: bool = True, without: str = ""
    ) -> None:
        """The palette, with what each code means and what the coder gave it to before."""
        place = self._place()
        there = [coding.code for coding in place.codings] if place and already else []
        recent = [code for code in self._recent if code != without]
        self.query_one(CodePalette).open(self._entries, recent, there, then=then, title=title, beside=self._before)

    def _before(self, code: str) -> list[str]:
        """What the coder gave a code to before; looked up only in a pause between keys."""
        from qualbench.tui.screens.extracts_views import beside

        return beside(self.project, code)

    def action_do_code(self) -> None:
        self._ask_code(self._apply)

    def action_do_index(self) -> None:
        """An index code for the whole turn: of the palette there are only these, and nothing else is asked."""
        index = {code.id for code in self._book.codes if code.kind == "index"}
        entries = [entry for entry in self._entries if entry.id in index]
        if not entries:
            self.workplace.tell("The codebook has no index codes: these are codes of the kind 'index'.")
            return
        recent = [code for code in self._recent if code in index]
        self.query_one(CodePalette).open(entries, recent, then=self._apply_index, title="Index code for the whole turn")

    def _apply_index(self, code: str) -> None:
        pass_, span = self._begun(), self._span
        if pass_ is not None and self.write(lambda: self.project.apply_index(pass_.id, code, *span)):
            self._drop_selection()
            self._used(code)

    def action_do_repeat(self) -> None:
        if self._recent:
            self._apply(self._recent[0])

    def action_do_recent(self, number: str) -> None:
        code = dict(self._on_keys()).get(number)
        if code:
            self._apply(code)

    def _one_here(self, question: str, then: Callable[[str | None], None]) -> None:
        """One of the codes that stand here; which, is asked when there are several."""
        place = self._place()
        codes = list(dict.fromkeys(coding.code for coding in place.codings)) if place else []
        if not codes:
            self.workplace.tell("There is no code here.")
        elif len(codes) == 1:
            then(codes[0])
        else:
            self.app.push_screen(Choose(question, of_codes(codes, self._book)), then)

    def action_do_remove(self) -> None:
        self._one_here("Remove which code?", self._remove)

    def _remove(self, code: str | None) -> None:
        pass_, span = self._pass, self._span
        if code is not None and pass_ is not None:
            self.write(lambda: self.project.remove_code(pass_.id, code, *span))

    def action_do_change(self) -> None:
        self._one_here("Change which code?", self._ask_other)

    def _ask_other(self, old: str | None) -> None:
        pass_, span = self._pass, self._span
        if old is not None and pass_ is not None:

            def change(new: str) -> None:
                self._changed_code(lambda: self.project.change_code(pass_.id, old, new, *span), new)

            self._ask_code(change, f"Instead of {self._book.label(old)}", without=old)

    def _changed_code(self, act: Callable[[], Changes], code: str) -> None:
        """What stood here may reach further than the words at hand, so all of it is shown anew."""
        place, span = self._place(), self._span
        reach = [(one.start, one.end) for one in place.codings] if place else []
        if self.write(act):
            self._show_spans([span, *reach])
            self._used(code)
            self._warn_of_clash(code, span)

    def action_do_respan(self) -> None:
        if self._view.selected_span() is None:
            self.workplace.tell("Select the words on which the code should stand, then press the key again.")
        else:
            self._one_here("Which code should stand on exactly these words?", self._respan)

    def _respan(self, code: str | None) -> None:
        pass_, span = self._pass, self._span
        if code is not None and pass_ is not None:
            self._changed_code(lambda: self.project.respan_code(pass_.id, code, *span), code)
            self._drop_selection()

    # --- new codes, codes on keys ------------------------------------------------------------------------------

    def action_do_new(self) -> None:
        self.app.push_screen(
            AskWords("A new code: its name", one_line=True, hint="Yours alone for now."), self._propose
        )

    def action_do_in_vivo(self) -> None:
        span = self._view.selected_span()
        if span is None or self._text is None:
            self.workplace.tell("Select the participant's words first (Shift → takes one more word), then press v.")
            return
        words = " ".join(self._text.text[slice(*span)].split())
        hint = "A code in the participant's own words."
        self.app.push_screen(
            AskWords("A new code: its name", excerpt(words, 60), one_line=True, hint=hint), self._propose
        )

    def _propose(self, label: str | None) -> None:
        pass_ = self._begun() if label else None
        if not label or pass_ is None:
            return
        span = self._span

        def make() -> Changes:
            self.project.propose_code(pass_.id, label, *span)
            return Changes(frozenset({pass_.transcript}), frozenset({"code_proposed"}))

        if self.write(make):
            self._drop_selection()
            name = excerpt(label.strip(), 60)
            self.say(f"The new code '{name}' stands here. Others see it once the transcript is opened.")

    def action_do_pin(self) -> None:
        self._ask_code(self._ask_key, "Keep on a key", already=False)

    def _ask_key(self, code: str) -> None:
        labels = {key: self._book.label(kept) for key, kept in self._kept.items()}
        answers = [(key, labels.get(key, "free")) for key in DIGITS]
        free = [("", "on no key any more")] if code in self._kept.values() else []
        question = f"Keep {self._book.label(code)} on which key?"
        self.app.push_screen(Choose(question, [*answers, *free], "1234567890"), lambda key: self._pin(code, key))

    def _pin(self, code: str, key: str | None) -> None:
        if key is None:
            return
        where = key or next(held for held, kept in self._kept.items() if kept == code)
        self.write(lambda: self.project.keep_favourite(where, code if key else ""))
