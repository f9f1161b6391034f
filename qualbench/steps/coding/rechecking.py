"""A coder's answer to a segment that a release of the codebook asks about.

In a submitted pass the answer stands beside what was coded. An open pass goes on, so there the codes themselves
change too, in the same step: as if the coder had removed the one and applied the others.
"""

from collections.abc import Collection, Iterable, Sequence

from qualbench import events
from qualbench.errors import UsageError
from qualbench.events import Event
from qualbench.model import Coding, Debt, Nothing, PassState
from qualbench.steps.coding.acts import Place
from qualbench.steps.coding.facts import Span, applied, cleared, joined, removed


def recheck(
    place: Place, debt: Debt, codes: Iterable[str], applicable: Collection[str], reads: Collection[str] = ()
) -> list[Event]:
    """What the segment has in the code's stead: the code itself when it stays, nothing when it goes.

    The place is the segment that is asked about; `reads` are the codes that are read as the one asked about because
    they were merged into it.
    """
    pass_, given = place.pass_, list(dict.fromkeys(codes))
    if debt.pass_id != pass_.id or not 0 <= debt.start < debt.end <= len(place.text):
        raise UsageError(f"This is no question about {pass_.coder}'s pass on '{place.name}'.", "Read the list again.")
    if unusable := [code for code in given if code not in applicable]:
        raise UsageError(
            f"Under version {debt.version} '{', '.join(unusable)}' can not be applied.",
            "Give codes of that version, or none.",
        )
    said = events.Rechecked(
        transcript=pass_.transcript, pass_id=pass_.id, start=debt.start, end=debt.end, code=debt.code,
        version=debt.version, codes=given,
    )  # fmt: skip
    if pass_.state is PassState.SUBMITTED:
        return [said]
    asked = [one for one in place.codings if one.code in {debt.code, *reads} and _meet(one, (debt.start, debt.end))]
    stays = debt.code in given and asked
    new = [code for code in given if not (stays and code == debt.code)]
    put = [fact for code in new for fact in _put(place, debt, code, asked)]
    freed = [cleared(pass_, one.start, one.end) for one in place.nothings if put and _meet(one, (debt.start, debt.end))]
    gone = [] if stays else [fact for one in asked for fact in _taken_off(place, debt, one)]
    return [*gone, *freed, *put, said]


def _put(place: Place, debt: Debt, code: str, asked: Sequence[Coding]) -> list[Event]:
    """The code on the words that had the one asked about, or on the whole segment; overlapping codings become one."""
    parts = [(max(one.start, debt.start), min(one.end, debt.end)) for one in asked] or [(debt.start, debt.end)]
    same = [one for one in place.codings if one.code == code]
    facts: list[Event] = []
    for span in joined([*parts, *((one.start, one.end) for one in same)]):
        inside = [one for one in same if _meet(one, span)]
        if span not in [(one.start, one.end) for one in inside]:
            facts += [*(removed(place.pass_, one.id) for one in inside), applied(place.pass_, code, *span, place.text)]
    return facts


def _taken_off(place: Place, debt: Debt, coding: Coding) -> list[Event]:
    """The coding without the segment; what it covers before and behind stays coded."""
    rest = [(coding.start, min(coding.end, debt.start)), (max(coding.start, debt.end), coding.end)]
    kept = [_trimmed(place.text, span) for span in rest if span[0] < span[1] and place.text[slice(*span)].strip()]
    return [
        removed(place.pass_, coding.id), *(applied(place.pass_, coding.code, *span, place.text) for span in kept)
    ]  # fmt: skip


def _trimmed(text: str, span: Span) -> Span:
    words = text[span[0] : span[1]]
    start = span[0] + len(words) - len(words.lstrip())
    return start, start + len(words.strip())


def _meet(one: Coding | Nothing, span: Span) -> bool:
    return one.start < span[1] and one.end > span[0]
