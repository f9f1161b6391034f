"""Coding: one coder's pass on one transcript, a key for every decision, each on disk before it is on the screen."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content

from qualbench.model import FIXED_CODEBOOK, MEMO_KINDS, Changes, Debt, Pass, PassState
from qualbench.steps.coding import told
from qualbench.text import counted, excerpt, shown, shown_lines
from qualbench.tui.commands import Command
from qualbench.tui.dialogs.choice import Choose
from qualbench.tui.dialogs.page import Page
from qualbench.tui.dialogs.words import AskWords
from qualbench.tui.screens import coding_filter as filters
from qualbench.tui.screens.coding_suggestions import Suggests
from qualbench.tui.screens.coding_view import DIGITS, of_codes
from qualbench.tui.screens.correcting import correct_turn, turn_at
from qualbench.tui.screens.find import ask_query
from qualbench.tui.widgets.palette import CodePalette

NEEDS_PASS = frozenset({
    "coding.undo", "coding.redo", "coding.submit", "coding.remove", "coding.change", "coding.respan", "coding.update",
})  # fmt: skip
NEEDS_WORDS = (
    "coding.code", "coding.recent", "coding.repeat", "coding.nothing", "coding.memo", "coding.new", "coding.in-vivo",
    "coding.correct", "coding.change", "coding.respan", "coding.star",
)  # fmt: skip


class Coding(Suggests):
    """The transcript, what stands on the segment under the cursor, and the palette."""

    STEP = "coding"
    TITLE_WORDS = "Coding"

    def allows(self, command: Command) -> bool:
        """Deciding needs an open pass and something to decide."""
        if not super().allows(command):
            return False
        if command.id.startswith(NEEDS_WORDS) and not self._has_words:
            return False
        if command.id == "coding.correct":
            return True
        if command.id == "coding.recheck":
            return bool(self._owed)
        if command.id in ("coding.new", "coding.in-vivo") and self.project.study.method in FIXED_CODEBOOK:
            return False
        if command.id == "coding.update":
            newer = self._pass is not None and self._pass.codebook != self.project.codebook().version
            return newer and self._is_open
        return self._is_open if command.writes and command.id not in ("coding.pin", "coding.suggest") else True

    # --- codes -------------------------------------------------------------------------------------------------

    def _apply(self, code: str) -> None:
        pass_, span = self._begun(), self._span
        if pass_ is None:
            return
        changes = self.write(lambda: self.project.apply_code(pass_.id, code, *span))
        if changes:
            self._recent = [code, *(other for other in self._recent if other != code)]
            self._show_here()
            self._warn_of_clash(pass_, span)
        self._view.select_clear()

    def _warn_of_clash(self, pass_: Pass, span: tuple[int, int]) -> None:
        """Codes of one group exclude each other: both may stand, but the coder hears of it."""
        from qualbench.steps.codebook import clash

        if not any(code.group for code in self._book.codes):
            return
        standing = [one.code for one in self.project.place(pass_.id, *span).codings]
        for group, codes in clash(self._book, standing).items():
            names = " and ".join(self._book.label(code) for code in codes)
            self.workplace.tell(f"{names} exclude each other (group {group}).", warning=True)

    def _ask_code(self, then: Callable[[str], None], title: str = "Code", *, already: bool = True) -> None:
        """The palette, with what each code means and what the coder gave it to before."""
        from qualbench.tui.screens.extracts import beside

        place = self._place()
        there = [coding.code for coding in place.codings] if place and already else []
        self.query_one(CodePalette).open(
            self._entries, self._recent, there, then=then, title=title, beside=lambda code: beside(self.project, code)
        )

    def action_do_code(self) -> None:
        self._ask_code(self._apply)

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
            self._ask_code(
                lambda new: self._changed_code(lambda: self.project.change_code(pass_.id, old, new, *span)),
                f"Instead of {self._book.label(old)}",
            )

    def _changed_code(self, act: Callable[[], Changes]) -> None:
        """What stood here may reach further than the words at hand, so all of it is shown anew."""
        place = self._place()
        reach = [(one.start, one.end) for one in place.codings] if place else []
        if self.write(act):
            self._show_spans([self._span, *reach])

    def action_do_respan(self) -> None:
        if self._view.selected_span() is None:
            self.workplace.tell("Select the words on which the code should stand, then press the key again.")
        else:
            self._one_here("Which code should stand on exactly these words?", self._respan)

    def _respan(self, code: str | None) -> None:
        pass_, span = self._pass, self._span
        if code is not None and pass_ is not None:
            self._changed_code(lambda: self.project.respan_code(pass_.id, code, *span))
            self._view.select_clear()

    # --- new codes, codes on keys ------------------------------------------------------------------------------

    def action_do_new(self) -> None:
        self.app.push_screen(
            AskWords("A new code: its name", one_line=True, hint="Yours alone for now."), self._propose
        )

    def action_do_in_vivo(self) -> None:
        start, end = self._span
        words = " ".join(self._text.text[start:end].split()) if self._text else ""
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
            self._view.select_clear()
            self.say(
                f"{shown(label.strip())} is proposed, and stands here; others see it when the transcript is opened."
            )

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
        if self.write(lambda: self.project.keep_favourite(where, code if key else "")):
            self._kept = self.project.favourites()
            self._show_here()

    # --- other decisions ---------------------------------------------------------------------------------------

    def action_do_nothing(self) -> None:
        pass_, segment = self._begun(), self._segment
        if pass_ is not None:
            self.write(lambda: self.project.mark_nothing(pass_.id, segment.start, segment.end))

    def action_do_memo(self) -> None:
        place = self._place()
        held = [memo for memo in (place.memos if place else ()) if (memo.start, memo.end) == self._span]
        before, kind = (held[0].body, held[0].kind) if held else ("", "")
        title = f"{MEMO_KINDS.get(kind, 'memo').capitalize()} on this place"
        self.app.push_screen(
            AskWords(title, before, hint="Empty removes it."), lambda words: self._keep_memo(words, kind)
        )

    def _keep_memo(self, words: str | None, kind: str) -> None:
        pass_ = self._begun() if words else self._pass
        if words is not None and pass_ is not None:
            span = self._span
            self.write(lambda: self.project.write_memo(pass_.id, *span, words, kind))

    def action_do_memos(self) -> None:
        if self._text is not None:
            self.workplace.show_step("memos", on="transcript", about=self._text.id)

    def action_do_extracts(self) -> None:
        start, end = self._span
        place = f"{self._text.id}:{start}:{end}" if self._text else ""
        self._ask_code(lambda code: self.workplace.show_step("extracts", code=code, place=place), "Earlier extracts of")

    # --- a later version of the codebook -----------------------------------------------------------------------

    def action_do_update(self) -> None:
        version = self.project.codebook().version
        answers = [("yes", f"Go on with version {version}; what it asks about is a list to work off")]
        question = f"Your pass is under version {self._book.version} of the codebook. Go on with {version}?"
        self.app.push_screen(Choose(question, answers), self._update)

    def _update(self, answer: str | None) -> None:
        if answer and self._text is not None:
            name = self._text.name
            self.write(lambda: self.project.update_pass(name))

    def action_do_recheck(self) -> None:
        """Go to the next segment that a release asks about, and ask."""
        if self._text is None:
            return
        debts = self.project.debts(self._text.id)
        here = self._segment.start if self._has_words else 0
        debt = next((one for one in debts if one.start >= here), debts[0] if debts else None)
        if debt is None:
            self.workplace.tell("There is nothing to look at again here.")
            return
        self._go_to_place(debt.start)
        book = self.project.own_book()
        label = book.label(debt.code)
        into = [code for code in (book.get(debt.code) or self._book.codes[0]).into if debt.change == "split"]
        answers = [("keep", f"{label} stands here")] if not into else of_codes(into, book)
        answers += [("none", f"{label} does not stand here"), ("other", "Another code stands here instead")]
        asks = f"Version {debt.version}: {label} was {debt.change}. ({counted(len(debts), 'segment')} to look at again)"
        self.app.push_screen(Choose(asks, answers), lambda answer: self._recheck(debt, answer))

    def _recheck(self, debt: Debt, answer: str | None) -> None:
        if answer == "other":
            self._ask_code(lambda code: self._recheck(debt, code), "Instead")
        elif answer is not None:
            codes = [debt.code] if answer == "keep" else [] if answer == "none" else [answer]
            if self.write(lambda: self.project.recheck(debt, codes)):
                self._owed = self.project.owed(self._pass) if self._pass else 0
                self._show_spans([(debt.start, debt.end)])
                if self._owed:
                    self.action_do_recheck()

    # --- looking -----------------------------------------------------------------------------------------------

    def action_do_filter(self) -> None:
        answers = [
            ("all", "Everything"), ("undecided", "What is not decided yet"), ("code", "What has a code ..."),
            ("memo", "What has a memo"), ("words", "What has some words ..."),
            ("again", "What is to be looked at again"), ("suggested", "What a code is suggested for"),
        ]  # fmt: skip
        self.app.push_screen(Choose("Show only what?", answers), self._filtered)

    def _filtered(self, answer: str | None) -> None:
        text, project = self._text, self.project
        if answer is None or text is None:
            return
        if answer == "code":
            self._ask_code(self._only_with, "Only with", already=False)
        elif answer == "words":
            self.app.push_screen(AskWords("Which words?", one_line=True), self._only_words)
        elif answer == "memo":
            spans = [(memo.start, memo.end) for memo in project.memos(text.id, project.viewer)]
            self._show_only(filters.touching(spans, "with a memo"))
        elif answer == "suggested":
            self._show_only(filters.touching(self.suggested_places(), "with a suggestion"))
        elif answer == "again":
            spans = [(debt.start, debt.end) for debt in project.debts(text.id)]
            self._show_only(filters.touching(spans, "to look at again"))
        else:
            self._show_only(filters.UNDECIDED if answer == "undecided" else filters.EVERYTHING)

    def _only_with(self, code: str) -> None:
        own = self.project.stated(self._pass)[0] if self._pass else ()
        spans = [(one.start, one.end) for one in own if one.code == code]
        self._show_only(filters.touching(spans, f"with {self._book.label(code)}"))

    def _only_words(self, words: str | None) -> None:
        if words and words.strip():
            self._show_only(filters.with_words(words))

    def action_do_legend(self) -> None:
        lines = [
            Content.assemble((f" {shown(key)} ", f"bold {colour}" if colour else "bold"), f" {shown(label)}")
            for key, label, colour in self._view.legend()
        ]
        body = Content("\n").join(lines) if lines else Content("No code stands in this window.")
        self.app.push_screen(Page("The codes in this window", body))

    def action_do_steps(self) -> None:
        """What the coder did here, the newest first."""
        if self._text is None:
            return
        lines = []
        for step in self.project.own_steps(self._text.id):
            undone = "  (undone)" if step.undone else ""
            lines.append(f"{step.at[:16].replace('T', ' ')}  {excerpt(told(step.facts, self._book), 60)}{undone}")
        title = f"Your steps on {self._text.name}"
        self.app.push_screen(Page(title, Content(shown_lines("\n".join(lines)) if lines else "Nothing yet.")))

    def pace(self) -> str:
        """How many segments were decided in the last hour, quietly."""
        if self._pass is None or self._pass.state is not PassState.OPEN:
            return ""
        lately = self.project.decided_lately(self._pass)
        return f"{lately} in the last hour" if lately else ""

    # --- handing in, other places ------------------------------------------------------------------------------

    def action_do_submit(self) -> None:
        name = self._text.name if self._text else ""
        if self._left:
            answers = [
                ("go", f"Go to the next of {self._left} segments that are not decided"),
                ("nothing", "Submit: I read the rest, and nothing applies to it"),
                ("skipped", "Submit: the rest is skipped, and counts as missing"),
            ]
        else:
            answers = [("now", "Submit: every segment is decided")]
        question = f"Hand in your pass on {name}? A submitted pass never changes."
        self.app.push_screen(Choose(question, answers), self._submit)

    def _submit(self, answer: str | None) -> None:
        if answer == "go":
            self.action_do_undecided()
        elif answer and self._text is not None:
            rest, name = "" if answer == "now" else answer, self._text.id

            def hand_in() -> Changes:
                self.project.submit([name], rest)
                return Changes(frozenset({name}), frozenset({"pass_submitted"}))

            if self.write(hand_in):
                self.workplace.tell("Submitted. It opens when every coder's pass is in.")

    def action_do_transcript(self) -> None:
        answers = [(one.id, one.name) for one in self.project.transcripts()]
        self.app.push_screen(Choose("Go to which transcript?", answers), self._open_transcript)

    def action_do_correct(self) -> None:
        text = self._text
        turn = turn_at(text, self._segment.start) if text else None
        if text is not None and turn is not None:
            correct_turn(self, text, turn)

    def action_do_find(self) -> None:
        ask_query(self)
