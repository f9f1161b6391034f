"""What a coder decides in a pass: codes on spans, that nothing applies, memos, stars, and handing it in."""

from __future__ import annotations

from collections.abc import Sequence

from qualbench import model
from qualbench.errors import FixedCodebook, NothingToSubmit, PassSubmitted, Undecided
from qualbench.events import Event
from qualbench.model import Changes, PassState
from qualbench.project.coding import Coding
from qualbench.steps import coding, notes
from qualbench.steps.coding.stars import star


class Deciding(Coding):
    """Every decision of a coder, each on disk before it is on the screen."""

    def _asked(self, pass_id: str, start: int, end: int) -> coding.Place:
        """A span on which something is to be decided: in a round with a list of work, only what is on it."""
        place = self.place(pass_id, start, end)
        listed = self.listed(place.pass_)
        if listed is not None and not coding.is_listed(self._sealed(place.pass_.transcript), start, end, listed):
            raise coding.OutsideTheList(next(one.name for one in self.rounds() if one.id == place.pass_.round))
        return place

    def apply_code(self, pass_id: str, code: str, start: int, end: int) -> Changes:
        """Put a code on a span."""
        place = self._asked(pass_id, start, end)
        return self._record(coding.apply(place, code, self._own_codes(place.pass_)))

    def apply_index(self, pass_id: str, code: str, start: int, end: int) -> Changes:
        """Put an index code on all of the turns that a span touches."""
        transcript = self._sealed(self.place(pass_id, start, end).pass_.transcript)
        return self.apply_code(pass_id, code, *coding.whole_turns(transcript, start, end))

    def remove_code(self, pass_id: str, code: str, start: int, end: int) -> Changes:
        """Take a code off a span."""
        return self._record(coding.remove(self.place(pass_id, start, end), code))

    def change_code(self, pass_id: str, old: str, new: str, start: int, end: int) -> Changes:
        """Another code instead of one that stands on a span, where that one stands."""
        place = self._asked(pass_id, start, end)
        reach = [(one.start, one.end) for one in place.codings if one.code == old]
        if reach:
            place = self.place(pass_id, min(start for start, _ in reach), max(end for _, end in reach))
        return self._record(coding.change(place, old, new, self._own_codes(place.pass_)))

    def respan_code(self, pass_id: str, code: str, start: int, end: int) -> Changes:
        """A code that stands on some of a span stands on exactly the span now."""
        return self._record(coding.respan(self._asked(pass_id, start, end), code))

    def propose_code(self, pass_id: str, label: str, start: int, end: int) -> str:
        """A new code on a span, for this coder alone until the transcript is opened; answers with its id."""
        if self.profile().has_fixed_codebook:
            raise FixedCodebook(model.METHOD_NAMES[self.study.method])
        place = self._asked(pass_id, start, end)
        labels = [code.label for code in self.own_book(place.pass_.codebook).codes]
        facts, code = coding.propose(place, label, labels)
        self._record(facts)
        return code

    def answer_suggestion(self, pass_id: str, code: str, start: int, end: int, *, accepted: bool) -> Changes:
        """Take a suggested code for a span, or refuse it for good."""
        place = self._asked(pass_id, start, end)
        return self._record(coding.answer(place, code, accepted, self._own_codes(place.pass_)))

    def mark_nothing(self, pass_id: str, start: int, end: int) -> Changes:
        """Decide that nothing applies to a span, or take that back."""
        return self._record(coding.mark_nothing(self._asked(pass_id, start, end)))

    def star(self, pass_id: str, start: int, end: int, note: str = "") -> Changes:
        """A star on a span, as a quote to come, or no longer one; it waits on the theme board."""
        place = self.place(pass_id, start, end)
        return self._record(star(place, self.stars(place.pass_.transcript, self.viewer), note))

    def write_memo(self, pass_id: str, start: int, end: int, body: str, kind: str = "") -> Changes:
        """The memo on a span becomes these words; empty words remove it."""
        return self._record(coding.write_memo(self.place(pass_id, start, end), body, notes.known_kind(kind)))

    def submit(self, names: Sequence[str] = (), rest: str = "") -> list[str]:
        """Hand in the viewer's open passes on these transcripts (on all when none is named), all or none."""
        own = {pass_.transcript: pass_ for pass_ in self.own_passes()}
        for name in names:
            pass_named = own.get(self.transcript(name).id)
            if pass_named is None:
                raise NothingToSubmit(self.viewer, name)
            if pass_named.state is PassState.SUBMITTED:
                raise PassSubmitted(self.viewer, self.transcript(name).name)
        wanted = {self.transcript(name).id for name in names} or set(own)
        still_open = [p for p in own.values() if p.transcript in wanted and p.state is PassState.OPEN]
        if not still_open:
            raise NothingToSubmit(self.viewer)
        facts: list[Event] = []
        undecided: dict[str, int] = {}
        for pass_ in still_open:
            transcript = self.transcript(pass_.transcript)
            left = self.undecided(transcript, pass_)
            if left and not rest:
                undecided[transcript.name] = len(left)
            else:
                facts += coding.submit(pass_, transcript.name, left, rest, transcript.version)
        if undecided:
            raise Undecided(self.viewer, sum(undecided.values()), list(undecided))
        self._record(facts)
        return [self.transcript(pass_.transcript).name for pass_ in still_open]
