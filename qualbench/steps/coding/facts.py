"""Facts about places in a pass, made in one way wherever a code is put or taken off."""

from qualbench import events
from qualbench.events import Event
from qualbench.model import Pass

Span = tuple[int, int]


def applied(pass_: Pass, code: str, start: int, end: int, text: str) -> Event:
    """The code stands on these characters, with the hash of the words there."""
    quote = str(events.seal(text[start:end]))
    return events.CodeApplied(
        transcript=pass_.transcript,
        pass_id=pass_.id,
        coding=events.new_id(),
        code=code,
        start=start,
        end=end,
        quote=quote,
    )


def removed(pass_: Pass, coding: str) -> Event:
    """A coding is taken off."""
    return events.CodeRemoved(transcript=pass_.transcript, pass_id=pass_.id, coding=coding)


def nothing(pass_: Pass, start: int, end: int) -> Event:
    """Nothing applies to these characters."""
    return events.NothingMarked(transcript=pass_.transcript, pass_id=pass_.id, start=start, end=end)


def cleared(pass_: Pass, start: int, end: int) -> Event:
    """The decision that nothing applies is taken back."""
    return events.NothingCleared(transcript=pass_.transcript, pass_id=pass_.id, start=start, end=end)


def joined(spans: list[Span]) -> list[Span]:
    """Overlapping spans become one; those that only touch stay apart."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
