"""Correcting the words of one turn on a screen: the words, what that would change, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualbench.errors import QualbenchError
from qualbench.model import Transcript, Turn
from qualbench.text import counted, excerpt
from qualbench.tui.dialogs.words import AskWords
from qualbench.tui.screens.step import StepScreen

if TYPE_CHECKING:
    from qualbench.steps.correction import Comparison

_OTHER_LINE_ENDS = frozenset("\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
"""Characters that a field for words would turn into line feeds."""


def turn_at(transcript: Transcript, place: int) -> Turn | None:
    """The turn that holds a place, or ends just there."""
    return next((turn for turn in reversed(transcript.turns) if turn.start <= place <= turn.end), None)


def correct_turn(screen: StepScreen, transcript: Transcript, turn: Turn) -> None:
    """Ask for the corrected words of a turn, then for the reason, and seal the new version."""
    before = transcript.text[turn.body : turn.end]
    if not _OTHER_LINE_ENDS.isdisjoint(before):
        screen.say("These words hold rare line ends; correct them in a file: qualbench correct", warning=True)
        return

    def worded(words: str | None) -> None:
        if words is not None and words != before:
            text = transcript.text[: turn.body] + words + transcript.text[turn.end :]
            _ask_reason(screen, transcript, text)

    hint = "Both versions stay, and codes go with their words."
    screen.app.push_screen(AskWords(f"Correct these words in {transcript.name}", before, hint=hint), worded)


def _ask_reason(screen: StepScreen, transcript: Transcript, text: str) -> None:
    """Say what the correction changes, and seal it when there is a reason."""
    project = screen.project
    try:
        found = project.compare(transcript.id, text)
    except QualbenchError as error:
        screen.say(f"{error.message} {error.hint}".strip(), warning=True)
        return

    def reasoned(reason: str | None) -> None:
        if reason is not None and screen.write(lambda: project.correct(transcript.id, text, reason)):
            screen.say(f"Version {project.transcript(transcript.id).version} is sealed. {_doubts(screen)}".strip())

    doubtful = project.doubtful_under(found, transcript.id)
    seen = f"{counted(doubtful, 'coded place')} of those you may see would be doubtful."
    title = f"{_told(found)} {seen} Why is it corrected?"
    screen.app.push_screen(AskWords(title, one_line=True, hint="For instance: typing error."), reasoned)


def _told(found: Comparison) -> str:
    """The first change in words, and how many more there are."""
    from qualbench.steps.correction import summary

    first, *more = summary(found)
    new = f"'{excerpt(first.new, 40)}'" if first.new else "nothing"
    what = f"'{excerpt(first.old, 40)}' becomes {new}" if first.old else f"Where nothing was: {new}"
    return f"{what}, and {counted(len(more), 'more place')}." if more else f"{what}."


def _doubts(screen: StepScreen) -> str:
    count = len(screen.project.doubts())
    return f"{counted(count, 'doubtful place')} to look at: the screen Corrections lists them." if count else ""
