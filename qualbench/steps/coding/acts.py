"""What a coder does at a place: codes put, taken off, changed; "nothing applies"; memos; new codes; suggestions."""

from collections.abc import Collection
from dataclasses import dataclass

from qualbench import events
from qualbench.errors import PassSubmitted, QualbenchError, SegmentHasCodes, UnknownCode, UsageError
from qualbench.events import Event
from qualbench.model import Coding, Memo, Nothing, Pass, PassState
from qualbench.steps.coding.facts import applied, cleared, joined, nothing, removed
from qualbench.text import folded

NEW = "NEW_"
"""How the ids of codes begin that are made while coding."""


class BadSpan(QualbenchError):
    """A span that is not inside its transcript."""

    def __init__(self, transcript: str, start: int, end: int, length: int) -> None:
        super().__init__(f"{start} to {end} is not a place in '{transcript}', which has {length} characters.")


@dataclass(frozen=True, slots=True)
class Place:
    """A span of a transcript in one pass, with what stands there already."""

    pass_: Pass
    name: str
    """The transcript's name."""
    start: int
    end: int
    text: str
    """The transcript's whole text."""
    codings: tuple[Coding, ...] = ()
    nothings: tuple[Nothing, ...] = ()
    memos: tuple[Memo, ...] = ()


def apply(place: Place, code: str, applicable: Collection[str]) -> list[Event]:
    """Put a code on the span; the same code on overlapping spans is one coding, and codes clear "nothing applies"."""
    _writable(place)
    if code not in applicable:
        raise UnknownCode(code)
    same = [coding for coding in place.codings if coding.code == code]
    if any(coding.start <= place.start and coding.end >= place.end for coding in same):
        return []
    start = min([place.start, *(coding.start for coding in same)])
    end = max([place.end, *(coding.end for coding in same)])
    return [
        *(cleared(place.pass_, nothing.start, nothing.end) for nothing in place.nothings),
        *(removed(place.pass_, coding.id) for coding in same),
        applied(place.pass_, code, start, end, place.text),
    ]


def remove(place: Place, code: str) -> list[Event]:
    """Take a code off the span."""
    _writable(place)
    same = [coding for coding in place.codings if coding.code == code]
    if not same:
        raise UnknownCode(code)
    return [removed(place.pass_, coding.id) for coding in same]


def change(place: Place, old: str, new: str, applicable: Collection[str]) -> list[Event]:
    """Another code where one stands; the place has to hold the whole of what stands there."""
    _writable(place)
    if new not in applicable:
        raise UnknownCode(new)
    same = [coding for coding in place.codings if coding.code == old]
    if not same:
        raise UnknownCode(old)
    if old == new:
        return []
    there = [coding for coding in place.codings if coding.code == new]
    held = {(coding.start, coding.end) for coding in there}
    spans = joined([(coding.start, coding.end) for coding in [*same, *there]])
    gone = [coding for coding in there if (coding.start, coding.end) not in spans]
    return [
        *(removed(place.pass_, coding.id) for coding in [*same, *gone]),
        *(applied(place.pass_, new, start, end, place.text) for start, end in spans if (start, end) not in held),
    ]


def respan(place: Place, code: str) -> list[Event]:
    """The code that stands on some of the span stands on exactly the span now."""
    _writable(place)
    same = [coding for coding in place.codings if coding.code == code]
    if not same:
        raise UnknownCode(code)
    if [(coding.start, coding.end) for coding in same] == [(place.start, place.end)]:
        return []
    return [
        *(cleared(place.pass_, nothing.start, nothing.end) for nothing in place.nothings),
        *(removed(place.pass_, coding.id) for coding in same),
        applied(place.pass_, code, place.start, place.end, place.text),
    ]


def propose(place: Place, label: str, taken: Collection[str]) -> tuple[list[Event], str]:
    """A new code for the span, which nobody else sees before the transcript is opened; answers with its id too.

    The id says nothing of the words; `taken` are the labels that codes have already.
    """
    _writable(place)
    label = " ".join(label.split())
    if not label:
        raise UsageError("A code needs a name.", "Type one, or select the words that name it.")
    if folded(label) in {folded(one) for one in taken}:
        raise UsageError(f"There is a code '{label}' already.", "Apply that one, or choose another name.")
    code = f"{NEW}{events.new_id()[-12:].upper()}"
    proposed = events.CodeProposed(
        transcript=place.pass_.transcript, pass_id=place.pass_.id, code=code, label=events.seal(label),
        start=place.start, end=place.end,
    )  # fmt: skip
    freed = [cleared(place.pass_, nothing.start, nothing.end) for nothing in place.nothings]
    return [proposed, *freed, applied(place.pass_, code, place.start, place.end, place.text)], code


def answer(place: Place, code: str, accepted: bool, applicable: Collection[str]) -> list[Event]:
    """What a coder says to a suggestion: taken, the code stands on the span; refused, it is not suggested again."""
    _writable(place)
    said = events.SuggestionAnswered(
        transcript=place.pass_.transcript, pass_id=place.pass_.id, code=code, start=place.start, end=place.end,
        accepted=accepted,
    )  # fmt: skip
    return [*(apply(place, code, applicable) if accepted else []), said]


def mark_nothing(place: Place) -> list[Event]:
    """Decide that nothing applies to the span, or take that decision back when it stands there."""
    _writable(place)
    if place.codings:
        raise SegmentHasCodes
    if place.nothings:
        return [cleared(place.pass_, nothing.start, nothing.end) for nothing in place.nothings]
    return [nothing(place.pass_, place.start, place.end)]


def write_memo(place: Place, body: str, kind: str = "") -> list[Event]:
    """The memo on the span becomes these words, of this kind; empty words remove it."""
    _writable(place)
    here = [memo for memo in place.memos if (memo.start, memo.end) == (place.start, place.end)]
    if not body.strip():
        return [
            events.MemoRemoved(transcript=place.pass_.transcript, pass_id=place.pass_.id, memo=memo.id) for memo in here
        ]
    if here and (here[0].body, here[0].kind) == (body, kind):
        return []
    return [
        events.MemoWritten(
            transcript=place.pass_.transcript,
            pass_id=place.pass_.id,
            memo=here[0].id if here else events.new_id(),
            start=place.start,
            end=place.end,
            body=events.seal(body),
            kind=kind,
        )
    ]


def _writable(place: Place) -> None:
    if place.pass_.state is PassState.SUBMITTED:
        raise PassSubmitted(place.pass_.coder, place.name)
    if not 0 <= place.start < place.end <= len(place.text):
        raise BadSpan(place.name, place.start, place.end, len(place.text))
