"""What is asked on the screens of consensual qualitative research: words, judges, states, whether to hand in."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qualbench.model import CASE_STATE_NAMES, CaseState, Changes, Judging, JudgingMode
from qualbench.steps.cqr import Case, next_state
from qualbench.text import excerpt
from qualbench.tui.dialogs.choice import Choose
from qualbench.tui.dialogs.page import Page
from qualbench.tui.dialogs.words import AskWords
from qualbench.tui.screens.cqr_views import MODE_NAMES, RULE_NAMES, biases
from qualbench.tui.screens.step import StepScreen


def ask_words(
    screen: StepScreen, title: str, before: str, act: Callable[[str], Changes], *, hint: str = "", line: bool = False,
    said: str = "",
) -> None:  # fmt: skip
    """Ask for words, do something with them when there are any, and say what was done."""

    def keep(words: str | None) -> None:
        if words and words.strip() and screen.write(lambda: act(words.strip())) and said:
            screen.say(said)

    screen.app.push_screen(AskWords(title, before, one_line=line, hint=hint), keep)


def ask_submit(screen: StepScreen, question: str, act: Callable[[], Changes]) -> None:
    """Ask once more before work is handed in for good."""

    def answered(answer: str | None) -> None:
        if answer and screen.write(act):
            screen.say("Handed in. Everybody reads it when every judge has handed in.")

    screen.app.push_screen(Choose(question, [("yes", "Hand in, for good")]), answered)


def ask_comment(screen: StepScreen, on: str, about: str, called: str) -> None:
    """Ask an auditor for a comment."""
    ask_words(
        screen, f"Comment on {excerpt(called, 50)}", "", lambda words: screen.project.comment(on, about, words),
        said="The comment is written down; the team answers it.",
    )  # fmt: skip


def ask_judges(screen: StepScreen, about: str, called: str, judging: Judging | None) -> None:
    """Ask who judges a case or a domain, and then how they work."""
    people = [person.name for person in screen.project.people()]
    before = ", ".join(judging.judges if judging else ())
    hint = f"Names with commas between them. Known: {', '.join(people)}." if people else "Names with commas."

    def named(words: str | None) -> None:
        judges = list(dict.fromkeys(name.strip() for name in (words or "").split(",") if name.strip()))
        if judges:
            _ask_mode(screen, about, judges)

    screen.app.push_screen(AskWords(f"Who judges {excerpt(called, 40)}?", before, one_line=True, hint=hint), named)


def _ask_mode(screen: StepScreen, about: str, judges: Sequence[str]) -> None:
    def chosen(mode: str | None) -> None:
        if mode:
            screen.write(lambda: screen.project.name_judges(about, judges, JudgingMode(mode)))

    answers = [(str(mode), name) for mode, name in MODE_NAMES.items()]
    screen.app.push_screen(Choose("How do they work?", answers), chosen)


def ask_state(screen: StepScreen, case: Case) -> None:
    """Ask how far a case has come, any state, and what is to be said about it."""
    signs = {next_state(case.state): " (usually next)", case.state: " (now)"}
    answers = [(state, f"{name}{signs.get(state, '')}") for state, name in CASE_STATE_NAMES.items()]

    def chosen(name: str | None) -> None:
        if name is not None:
            _ask_note(screen, case, CaseState(name))

    screen.app.push_screen(Choose(f"How far has {excerpt(case.label, 40)} come?", answers), chosen)


def _ask_note(screen: StepScreen, case: Case, state: CaseState) -> None:
    def keep(note: str | None) -> None:
        if note is not None:
            screen.write(lambda: screen.project.state_case(case.id, state, note.strip()))

    title = f"{excerpt(case.label, 30)}: {CASE_STATE_NAMES[state]}"
    screen.app.push_screen(AskWords(title, one_line=True, hint="What is to be said about it, if anything."), keep)


def ask_count(screen: StepScreen, now: str) -> None:
    """Ask what a case is, and why."""

    def chosen(by: str | None) -> None:
        if by:
            title = f"A case is {RULE_NAMES[by]}: why?"
            ask_words(screen, title, "", lambda reason: screen.project.count_cases(by, reason), line=True)

    answers = [(by, f"{name}{' (now)' if by == now else ''}") for by, name in RULE_NAMES.items()]
    screen.app.push_screen(Choose("What is a case?", answers), chosen)


def ask_roles(screen: StepScreen) -> None:
    """Ask who a person is, and what they are in the study."""
    held = "; ".join(f"{one.name}: {', '.join(one.roles)}" for one in screen.project.people())

    def named(person: str | None) -> None:
        if person and person.strip():
            answers = [
                ("auditor", "auditor: comments, and edits nothing"), ("coder", "coder or judge"), ("lead", "lead"),
                ("coder,auditor", "inside auditor: judges some cases and audits others"),
            ]  # fmt: skip
            screen.app.push_screen(
                Choose(f"What is {person.strip()}?", answers), lambda role: _give(screen, person.strip(), role)
            )

    screen.app.push_screen(AskWords("Whose role?", one_line=True, hint=held), named)


def _give(screen: StepScreen, person: str, role: str | None) -> None:
    if role:
        screen.write(lambda: screen.project.give_roles(person, role.split(",")))


def show_biases(screen: StepScreen) -> None:
    """Show what the team wrote about its biases and expectations, as far as the viewer may read it."""
    screen.app.push_screen(Page("Biases and expectations", biases(screen.project.biases())))


def undo(screen: StepScreen) -> None:
    """Undo the person's newest step on cases, categories and comments."""
    if screen.write(lambda: screen.project.undo("cqr", "cqr")):
        screen.say("Undone: your newest step on cases, categories or comments.")


def redo(screen: StepScreen) -> None:
    """Redo the step that was undone last."""
    if screen.write(lambda: screen.project.redo("cqr", "cqr")):
        screen.say("Done again.")
