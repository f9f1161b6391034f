"""A coder's answer to a segment that a release asks about.

In a submitted pass the answer stands beside what was coded. An open pass goes on, so there the codes themselves
change too, in the same step: as if the coder had removed the one and applied the others.
"""

from collections.abc import Collection, Iterable, Sequence

from qualbench import events
from qualbench.errors import UsageError
from qualbench.events import Event
from qualbench.model import Coding, Debt, Nothing, Pass, PassState

Span = tuple[int, int]


def recheck(
    pass_: Pass,
    name: str,
    text: str,
    debt: Debt,
    codes: Iterable[str],
    applicable: Collection[str],
    standing: Sequence[Coding],
    nothings: Sequence[Nothing] = (),
    reads: Collection[str] = (),
) -> list[Event]:
    """What the segment has in the code's stead: the code itself when it stays, nothing when it goes.

    `name` and `text` are the transcript's. `standing` and `nothings` are what the pass has on the segment, `reads`
    the codes that are read as the one asked about because they were merged into it (see `ancestry.merged_by`).
    """
    given = list(dict.fromkeys(codes))
    if debt.pass_id != pass_.id or not 0 <= debt.start < debt.end <= len(text):
        raise UsageError(f"This is no question about {pass_.coder}'s pass on '{name}'.", "Read the list again.")
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
    asked = [one for one in standing if one.code in {debt.code, *reads} and _meet(one, (debt.start, debt.end))]
    stays = debt.code in given and asked
    new = [code for code in given if not (stays and code == debt.code)]
    applied = [fact for code in new for fact in _applied(pass_, text, debt, code, asked, standing)]
    cleared = [_cleared(one) for one in nothings if applied and _meet(one, (debt.start, debt.end))]
    removed = [] if stays else [fact for one in asked for fact in _taken_off(pass_, text, debt, one)]
    return [*removed, *cleared, *applied, said]


def _applied(
    pass_: Pass, text: str, debt: Debt, code: str, asked: Sequence[Coding], standing: Sequence[Coding]
) -> list[Event]:
    """The code on the words that had the one asked about, or on the whole segment; overlapping codings become one."""
    parts = [(max(one.start, debt.start), min(one.end, debt.end)) for one in asked] or [(debt.start, debt.end)]
    same = [one for one in standing if one.code == code]
    facts: list[Event] = []
    for span in _joined([*parts, *((one.start, one.end) for one in same)]):
        inside = [one for one in same if _meet(one, span)]
        if span not in [(one.start, one.end) for one in inside]:
            facts += [*(_removed(pass_, one) for one in inside), _put(pass_, text, code, span)]
    return facts


def _taken_off(pass_: Pass, text: str, debt: Debt, coding: Coding) -> list[Event]:
    """The coding without the segment; what it covers before and behind stays coded."""
    rest = [(coding.start, min(coding.end, debt.start)), (max(coding.start, debt.end), coding.end)]
    kept = [_trimmed(text, span) for span in rest if span[0] < span[1] and text[span[0] : span[1]].strip()]
    return [_removed(pass_, coding), *(_put(pass_, text, coding.code, span) for span in kept)]


def _trimmed(text: str, span: Span) -> Span:
    words = text[span[0] : span[1]]
    start = span[0] + len(words) - len(words.lstrip())
    return start, start + len(words.strip())


def _joined(spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _meet(one: Coding | Nothing, span: Span) -> bool:
    return one.start < span[1] and one.end > span[0]


def _put(pass_: Pass, text: str, code: str, span: Span) -> Event:
    start, end = span
    return events.CodeApplied(
        transcript=pass_.transcript, pass_id=pass_.id, coding=events.new_id(), code=code, start=start, end=end,
        quote=str(events.seal(text[start:end])),
    )  # fmt: skip


def _removed(pass_: Pass, coding: Coding) -> Event:
    return events.CodeRemoved(transcript=pass_.transcript, pass_id=pass_.id, coding=coding.id)


def _cleared(nothing: Nothing) -> Event:
    return events.NothingCleared(
        transcript=nothing.transcript, pass_id=nothing.pass_id, start=nothing.start, end=nothing.end
    )
