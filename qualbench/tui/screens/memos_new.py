"""Writing a new memo: on what, on which one, of which kind, and then its words."""

from __future__ import annotations

from collections.abc import Sequence

from qualbench.errors import QualbenchError
from qualbench.model import MEMO_KINDS, Changes
from qualbench.tui.dialogs.choice import Choose
from qualbench.tui.dialogs.words import AskWords
from qualbench.tui.screens.step import StepScreen
from qualbench.tui.widgets.palette import CodePalette, Entry, entries_of

SUBJECTS = (
    ("study", "the study as a whole"),
    ("transcript", "a transcript"),
    ("case", "a participant"),
    ("code", "a code"),
    ("comparison", "two extracts of a code"),
)
HINTS = {
    "familiarisation": "What strikes you before you code?",
    "respondent": "Who speaks here, and how?",
    "cross-case": "What do cases share, where do they part?",
    "reflexive": "How did you come to see it so?",
    "bias": "What did you expect to find?",
    "method": "What was decided, and why?",
}


class NewMemo(StepScreen):
    """What the memos screen does to write one."""

    _on, _about = "", ""

    def written_down(self, changes: Changes, id_: str) -> None:
        """What follows when a memo is there."""

    def subject_of(self, on: str, about: str) -> str:
        """What a memo is on, in words."""
        return next((entry.label for entry in self._choices(on) if entry.id == about), about) or "the study"

    def _choices(self, on: str) -> Sequence[Entry]:
        """Everything of a kind that a memo can be on."""
        project = self.project
        if on == "transcript":
            return [Entry(row.id, row.name) for row in project.transcripts()]
        if on == "case":
            told = [
                (one, ", ".join(f"{name}: {value}" for name, value in one.attributes)) for one in project.participants()
            ]
            return [Entry(one.id, one.label, words) for one, words in told]
        if on in ("code", "comparison"):
            return entries_of(project.own_book() if project.has_codebook() else project.draft())
        return []

    def action_do_new(self) -> None:
        """Ask on what it is to be."""
        answers = [(on, name) for on, name in SUBJECTS if on == "study" or self._choices(on)]
        if self._on and self._on != "study":
            answers.insert(0, ("here", f"this: {self.subject_of(self._on, self._about)}"))
        self.app.push_screen(Choose("A memo on what?", answers), self._on_what)

    def _on_what(self, on: str | None) -> None:
        if on == "here":
            self._ask_kind(self._on, self._about)
        elif on == "study":
            self._ask_kind("study", "")
        elif on is not None:
            title = dict(SUBJECTS)[on].capitalize()
            self.query_one(CodePalette).open(self._choices(on), then=lambda id_: self._picked(on, id_), title=title)

    def _picked(self, on: str, about: str) -> None:
        if on == "comparison":
            self.workplace.show_step("extracts", code=about)
        else:
            self._ask_kind(on, about)

    def _ask_kind(self, on: str, about: str) -> None:
        """A comparison is written beside the extracts that it ties together, not here."""
        answers = [(kind or "plain", name) for kind, name in MEMO_KINDS.items() if kind != "comparison"]

        def chosen(kind: str | None) -> None:
            if kind is not None:
                self._ask_words(on, about, "" if kind == "plain" else kind)

        self.app.push_screen(Choose("What kind of memo?", answers), chosen)

    def _ask_words(self, on: str, about: str, kind: str) -> None:
        def keep(words: str | None) -> None:
            if words and words.strip():
                before = {note.id for note in self.project.notes()}
                changes = self.write(lambda: self.project.write_note(words, on=on, about=about, kind=kind))
                new = [note.id for note in self.project.notes() if note.id not in before]
                self.written_down(changes, new[-1] if new else "")

        try:
            title = f"{MEMO_KINDS[kind].capitalize()} on {self.subject_of(on, about)}"
        except QualbenchError as error:
            self.say(f"{error.message} {error.hint}".strip(), warning=True)
            return
        self.app.push_screen(AskWords(title, hint=HINTS.get(kind, "")), keep)
