"""Suggestions of codes while coding: looked for beside the screen, shown one by one, never applied by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.worker import Worker, WorkerState

from qualbench.text import counted, excerpt, shown
from qualbench.tui.screens.coding_moving import Moves

if TYPE_CHECKING:
    from qualbench.steps.suggesting import How, Phrase, Suggestion


class Suggests(Moves):
    """The part of the coding screen that asks about suggested codes."""

    def __init__(self, transcript: str, start: int = -1) -> None:
        super().__init__(transcript, start)
        self._suggested: dict[str, tuple[Suggestion, ...]] = {}
        """For each transcript that was looked through, what was found in it, by place."""

    def begin(self) -> None:
        """A coder who has suggestions on finds them on."""
        super().begin()
        self._look_for_suggestions()

    def _open_transcript(self, transcript: str | None) -> None:
        super()._open_transcript(transcript)
        self._look_for_suggestions()

    def action_do_suggest(self) -> None:
        """Turn suggestions on or off."""
        on = not self.project.suggesting()
        if self.write(lambda: self.project.switch_suggestions(on=on)):
            self._suggested = {}
            self.workers.cancel_group(self, "suggesting")
            words = "Suggestions are on, and the study records it." if on else "Suggestions are off."
            self.workplace.tell(words)
            self._look_for_suggestions()
            self._show_here()

    def _look_for_suggestions(self) -> None:
        """Look through the transcript beside the screen, once."""
        text = self._text
        if text is None or text.id in self._suggested or not self._is_open or not self.project.suggesting():
            return
        own = self.project.own_words([entry.id for entry in self._entries])
        said = [segment for segment in text.segments if text.counts(segment)]
        texts = [text.text[segment.start : segment.end] for segment in said]
        starts = [segment.start for segment in said]
        self.say("Looking for suggestions beside your work: coding goes on.")
        self.run_worker(
            lambda: _found(self._book_phrases(own), texts, starts), thread=True, exclusive=True, group="suggesting",
            name=text.id, exit_on_error=False,
        )  # fmt: skip

    def _book_phrases(self, own: Sequence[tuple[str, str]]) -> tuple[Phrase, ...]:
        from qualbench.steps import suggesting

        return suggesting.phrases(self._book, own)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """What was found is asked about from now on."""
        if event.worker.group != "suggesting":
            return
        if event.state is WorkerState.ERROR:
            self.say("Suggestions could not be looked for; coding goes on without them.", warning=True)
        elif event.state is WorkerState.SUCCESS and event.worker.result:
            found, how = event.worker.result
            self._suggested[event.worker.name] = found
            self.say(f"{counted(len(found), 'suggestion')} in this transcript. {how.sentence}")
            self._show_here()

    def on_screen_suspend(self) -> None:
        """Nobody waits for suggestions of a screen that was left."""
        super().on_screen_suspend()
        if self._was_left:
            self.workers.cancel_group(self, "suggesting")

    @property
    def why_no_suggestions(self) -> str:
        """Why there is nothing to ask about; empty when the transcript was looked through."""
        if not self.project.suggesting():
            return "Suggestions are off; p turns them on."
        looked = self._text is not None and self._text.id in self._suggested
        return "" if looked or not self._is_open else "Suggestions are still being looked for."

    def suggested_places(self) -> list[tuple[int, int]]:
        """Where codes are suggested that were neither answered nor stand there, in the whole transcript."""
        from qualbench.steps import suggesting

        if self._text is None or not self.project.suggesting():
            return []
        answered = self.project.answered_suggestions(self._pass) if self._pass else ()
        standing = self.project.stated(self._pass)[0] if self._pass else ()
        found = suggesting.open_suggestions(self._suggested.get(self._text.id, ()), answered, standing)
        return [(one.start, one.end) for one in found]

    def _suggestion(self) -> Suggestion | None:
        """What is suggested for the words at the cursor and was neither answered nor coded."""
        from qualbench.steps import suggesting

        found = self._suggested.get(self._text.id, ()) if self._text else ()
        if not found or not self._has_words or not self.project.suggesting():
            return None
        segment = self._segment
        here = [one for one in found if one.start < segment.end and one.end > segment.start]
        if not here:
            return None
        answered = self.project.answered_suggestions(self._pass) if self._pass else ()
        standing = self._stands(segment.start, segment.end).codings
        return next(iter(suggesting.open_suggestions(here, answered, standing)), None)

    def _second_line(self, has_memo: bool) -> str:
        """A suggestion, if there is one; the coder's yes or no is a key."""
        one = self._suggestion()
        if one is None:
            return super()._second_line(has_memo)
        words = excerpt(self._text.text[one.start : one.end], 60) if self._text else ""
        return shown(f"suggested: {self._book.label(one.code)} for '{words}'. y takes it, z refuses it.")

    def action_do_take(self) -> None:
        self._answer(accepted=True)

    def action_do_refuse(self) -> None:
        self._answer(accepted=False)

    def _answer(self, *, accepted: bool) -> None:
        one = self._suggestion()
        pass_ = self._begun() if one else None
        if one is None or pass_ is None:
            self.workplace.tell(self.why_no_suggestions or "Nothing is suggested here.")
            return
        place = (one.start, one.end)
        if self.write(lambda: self.project.answer_suggestion(pass_.id, one.code, *place, accepted=accepted)):
            self._show_spans([place])


def _found(
    phrases: Sequence[Phrase], texts: Sequence[str], starts: Sequence[int]
) -> tuple[tuple[Suggestion, ...], How]:
    """Every suggestion in a transcript, at its place in the whole text; heavy, so it runs beside the screen."""
    from textual.worker import get_current_worker

    from qualbench.steps import suggesting

    worker = get_current_worker()
    seeker = suggesting.Suggester(phrases)
    by_segment = seeker.scan(texts, stop=lambda: worker.is_cancelled)
    found = [one for here, start in zip(by_segment, starts, strict=False) for one in suggesting.placed(here, start)]
    return tuple(found), seeker.how
