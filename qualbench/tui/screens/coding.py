"""Coding: one coder's pass on one transcript, a key for every decision, each on disk before it is on the screen."""

from __future__ import annotations

from textual.content import Content

from qualbench.model import MEMO_KINDS, Changes, Debt
from qualbench.steps.coding import told
from qualbench.text import counted, excerpt, shown, shown_lines
from qualbench.tui.commands import Command
from qualbench.tui.dialogs.choice import Choose
from qualbench.tui.dialogs.page import Page
from qualbench.tui.dialogs.words import AskWords
from qualbench.tui.screens import coding_filter as filters
from qualbench.tui.screens.coding_codes import Codes
from qualbench.tui.screens.coding_view import of_codes
from qualbench.tui.screens.correcting import correct_turn, turn_at
from qualbench.tui.screens.find import ask_query
from qualbench.tui.widgets.palette import CodePalette, Entry

NEEDS_WORDS = frozenset({
    "coding.code", "coding.index", "coding.recent", "coding.repeat", "coding.nothing", "coding.memo", "coding.new",
    "coding.in-vivo", "coding.correct", "coding.remove", "coding.change", "coding.respan", "coding.extracts",
    "coding.take", "coding.refuse", "coding.star",
})  # fmt: skip
"""Commands about the words at the cursor."""
PERSONAL = frozenset({"coding.pin", "coding.suggest"})
"""What a coder sets for themselves, whatever became of the pass."""
MOST_ANSWERS = 9
"""So many transcripts have a key each; more are found by their names."""


class Coding(Codes):
    """The transcript, what stands on the segment under the cursor, and the palette."""

    STEP = "coding"
    TITLE_WORDS = "Coding"

    def allows(self, command: Command) -> bool:
        """Deciding needs an open pass and something to decide."""
        if not super().allows(command):
            return False
        name = command.id.removesuffix(f"-{command.argument}" if command.argument else "")
        if name in NEEDS_WORDS and not self._has_words:
            return False
        if command.id == "coding.correct":
            return True
        if command.id == "coding.recheck":
            return bool(self._owed)
        if command.id in ("coding.new", "coding.in-vivo") and self.project.profile().has_fixed_codebook:
            return False
        if command.id == "coding.update":
            newer = self._pass is not None and self._pass.codebook != self.project.codebook().version
            return newer and self._is_open
        return self._is_open or not command.writes or command.id in PERSONAL

    # --- other decisions ---------------------------------------------------------------------------------------

    def action_do_nothing(self) -> None:
        if self._reach > 1:
            self.workplace.tell("That nothing applies is said of one segment at a time: Escape drops the selection.")
            return
        pass_, segment = self._begun(), self._segment
        if pass_ is not None:
            self.write(lambda: self.project.mark_nothing(pass_.id, segment.start, segment.end))

    def action_do_star(self) -> None:
        """These words as a quote to come, or no longer; the theme board has the stars."""
        pass_, span = self._begun(), self._span
        if pass_ is None:
            return
        changes = self.write(lambda: self.project.star(pass_.id, *span))
        if changes:
            starred = "extract_starred" in changes.kinds
            self._view.select_clear()
            self.say("Starred: it waits on the theme board." if starred else "The star is taken back.")

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
        self._owed = len(debts)
        self._head()
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
            self._only_suggested()
        elif answer == "again":
            spans = [(debt.start, debt.end) for debt in project.debts(text.id)]
            self._show_only(filters.touching(spans, "to look at again"))
        else:
            self._show_only(filters.UNDECIDED if answer == "undecided" else filters.EVERYTHING)

    def _only_with(self, code: str) -> None:
        own = self.project.stated(self._pass)[0] if self._pass else ()
        spans = [(one.start, one.end) for one in own if one.code == code]
        self._show_only(filters.touching(spans, f"with {self._book.label(code)}"))

    def _only_suggested(self) -> None:
        if self.why_no_suggestions:
            self.workplace.tell(self.why_no_suggestions)
        else:
            self._show_only(filters.touching(self.suggested_places(), "with a suggestion"))

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
        elif answer and self._text is not None and self._begun() is not None:
            rest, name = "" if answer == "now" else answer, self._text.id

            def hand_in() -> Changes:
                self.project.submit([name], rest)
                return Changes(frozenset({name}), frozenset({"pass_submitted"}))

            if self.write(hand_in):
                on_hub = self.project.on_hub
                then = (
                    "Seal it: v on the first screen, then e." if on_hub else "It opens when every coder's pass is in."
                )
                self.workplace.tell(f"Submitted. {then}")

    def action_do_transcript(self) -> None:
        rows = self.project.transcripts()
        if len(rows) <= MOST_ANSWERS:
            answers = [(one.id, one.name) for one in rows]
            self.app.push_screen(Choose("Go to which transcript?", answers), self._open_transcript)
        else:
            entries = [Entry(one.id, one.name) for one in rows]
            self.query_one(CodePalette).open(entries, then=self._open_transcript, title="Transcript")

    def action_do_correct(self) -> None:
        text = self._text
        turn = turn_at(text, self._segment.start) if text else None
        if text is not None and turn is not None:
            correct_turn(self, text, turn)

    def action_do_find(self) -> None:
        ask_query(self)
