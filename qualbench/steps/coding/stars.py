"""Stars: words that a coder marks while coding, as a quote to come."""

from collections.abc import Sequence

from qualbench import events
from qualbench.errors import PassSubmitted
from qualbench.events import Event
from qualbench.model import PassState, Star
from qualbench.steps.coding.acts import BadSpan, Place


def star(place: Place, stars: Sequence[Star], note: str = "") -> list[Event]:
    """A star on the span, or no longer one where exactly this span has it and nothing is noted."""
    if place.pass_.state is PassState.SUBMITTED:
        raise PassSubmitted(place.pass_.coder, place.name)
    if not 0 <= place.start < place.end <= len(place.text):
        raise BadSpan(place.name, place.start, place.end, len(place.text))
    where = {"transcript": place.pass_.transcript, "pass_id": place.pass_.id}
    same = [
        one for one in stars if one.pass_id == place.pass_.id and (one.start, one.end) == (place.start, place.end)
    ]  # fmt: skip
    off: list[Event] = [events.ExtractUnstarred(**where, star=one.id) for one in same]
    if same and not note.strip():
        return off
    if same and note.strip() == same[0].note:
        return []
    made = events.ExtractStarred(
        **where, star=events.new_id(), start=place.start, end=place.end, note=events.seal(note.strip())
    )
    return [*off, made]
