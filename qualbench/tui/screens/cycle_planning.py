"""Planning a round by keys: what it is called, who codes, how much of it twice; the draw is shown before it is kept."""

from __future__ import annotations

from collections.abc import Sequence

from qualbench.errors import QualbenchError
from qualbench.steps.agreement import Draw
from qualbench.tui.dialogs.choice import Choose
from qualbench.tui.dialogs.words import AskWords
from qualbench.tui.screens.step import StepScreen

SEED = 1
"""The draw can be made again: the same seed, as the verb has it."""


def ask_round(screen: StepScreen) -> None:
    """Ask for a round, show its draw, and plan it after a yes."""
    project = screen.project
    number = len(project.rounds()) + 1
    coders = ", ".join(project.coders() or [one.name for one in project.people()])

    def named(name: str | None) -> None:
        if name and name.strip():
            hint = "Names with commas between them."
            title = f"Who codes in '{name.strip()}'?"
            screen.app.push_screen(
                AskWords(title, coders, one_line=True, hint=hint), lambda who: _with_coders(screen, name.strip(), who)
            )

    screen.app.push_screen(AskWords("What is the round called?", f"Round {number}", one_line=True), named)


def _with_coders(screen: StepScreen, name: str, who: str | None) -> None:
    coders = [one.strip() for one in (who or "").split(",") if one.strip()]
    if not coders:
        return
    shares = [("1", "All segments by two"), ("0.5", "Half of them by two"), ("0.25", "A quarter by two"),
              ("0.1", "A tenth by two")]  # fmt: skip
    question = "How much is coded by two? The rest is shared out among the coders."
    screen.app.push_screen(Choose(question, shares), lambda share: _show_draw(screen, name, coders, share))


def _show_draw(screen: StepScreen, name: str, coders: Sequence[str], share: str | None) -> None:
    if share is None:
        return
    try:
        draw = screen.project.draw(coders, share=float(share), each=min(2, len(coders)), seed=SEED)
    except QualbenchError as error:
        screen.say(f"{error.message} {error.hint}".strip(), warning=True)
        return

    def answered(answer: str | None) -> None:
        if answer == "yes":
            screen.write(lambda: screen.project.plan_round(name, draw, seed=SEED))

    words = f"{draw.drawn}\n{_told(screen, draw)}"
    screen.app.push_screen(Choose(words, [("yes", f"Plan '{name}' so"), ("no", "Plan nothing")]), answered)


def _told(screen: StepScreen, draw: Draw) -> str:
    names = {row.id: row.name for row in screen.project.transcripts(with_counts=False)}
    lines = [f"{names.get(id_, id_)}: {', '.join(who)}" for id_, who in draw.assignments.items()]
    return "\n".join([*lines[:8], *([f"and {len(lines) - 8} more"] if len(lines) > 8 else [])])
