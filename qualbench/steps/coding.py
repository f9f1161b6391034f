"""What a coder's actions mean: codes on spans, "nothing applies", memos, and handing a pass in."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from qualbench import events
from qualbench.errors import (
    AlreadyOpened,
    NotAssigned,
    PassSubmitted,
    QualbenchError,
    SegmentHasCodes,
    Undecided,
    UnknownCode,
    UsageError,
)
from qualbench.events import Event
from qualbench.model import Codebook, Coding, Memo, Nothing, Pass, PassState, Round, Segment, Transcript

Span = tuple[int, int]


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


def round_for(rounds: Iterable[Round], transcript: str, coder: str) -> Round | None:
    """The round planned last in which this coder codes this transcript."""
    return next((one for one in reversed([*rounds]) if coder in one.assignments.get(transcript, ())), None)


def open_pass(
    transcript: Transcript, coder: str, codebook: str, passes: Sequence[Pass], opened: bool,
    rounds: Sequence[Round] = (),
) -> list[Event]:  # fmt: skip
    """A coder's pass on a transcript, in the round that asks for it; nothing when it is there already.

    A transcript that is opened takes no new pass, because whoever began now could read the others first; coding it
    again for steadiness is a round of its own.
    """
    round_ = round_for(rounds, transcript.id, coder)
    if any(p.coder == coder and p.round == (round_.id if round_ else "") for p in passes):
        return []
    for one in rounds:
        if round_ is None and transcript.id in one.assignments:
            raise NotAssigned(coder, transcript.name, one.name)
    if opened and not (round_ and round_.recode):
        raise AlreadyOpened(transcript.name)
    return [
        events.PassOpened(
            transcript=transcript.id,
            pass_id=events.new_id(),
            coder=coder,
            codebook=round_.codebook if round_ else codebook,
            rule=str(transcript.rule),
            round=round_.id if round_ else "",
        )
    ]


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
        *(_cleared(place.pass_, nothing.start, nothing.end) for nothing in place.nothings),
        *(_removed(place.pass_, coding.id) for coding in same),
        _applied(place.pass_, code, start, end, place.text),
    ]


def remove(place: Place, code: str) -> list[Event]:
    """Take a code off the span."""
    _writable(place)
    same = [coding for coding in place.codings if coding.code == code]
    if not same:
        raise UnknownCode(code)
    return [_removed(place.pass_, coding.id) for coding in same]


def mark_nothing(place: Place) -> list[Event]:
    """Decide that nothing applies to the span, or take that decision back when it stands there."""
    _writable(place)
    if place.codings:
        raise SegmentHasCodes
    if place.nothings:
        return [_cleared(place.pass_, nothing.start, nothing.end) for nothing in place.nothings]
    return [_nothing(place.pass_, place.start, place.end)]


def write_memo(place: Place, body: str) -> list[Event]:
    """The memo on the span becomes these words; empty words remove it."""
    _writable(place)
    here = [memo for memo in place.memos if (memo.start, memo.end) == (place.start, place.end)]
    if not body.strip():
        return [
            events.MemoRemoved(transcript=place.pass_.transcript, pass_id=place.pass_.id, memo=memo.id) for memo in here
        ]
    if here and here[0].body == body:
        return []
    return [
        events.MemoWritten(
            transcript=place.pass_.transcript,
            pass_id=place.pass_.id,
            memo=here[0].id if here else events.new_id(),
            start=place.start,
            end=place.end,
            body=events.seal(body),
        )
    ]


def submit(pass_: Pass, name: str, undecided: Sequence[Segment], rest: str = "") -> list[Event]:
    """Hand a pass in for good; what is undecided must be said to be nothing, or skipped (missing data).

    `rest` is "" (refuse when anything is undecided), "nothing" or "skipped".
    """
    if pass_.state is PassState.SUBMITTED:
        raise PassSubmitted(pass_.coder, name)
    if rest not in ("", "nothing", "skipped"):
        raise UsageError(f"'{rest}' is not a way to treat undecided segments.", "Say nothing or skipped.")
    if undecided and not rest:
        raise Undecided(pass_.coder, len(undecided), [name])
    marked = [_nothing(pass_, s.start, s.end) for s in undecided] if rest == "nothing" else []
    skipped = [[s.start, s.end] for s in undecided] if rest == "skipped" else []
    return [*marked, events.PassSubmitted(transcript=pass_.transcript, pass_id=pass_.id, skipped=skipped)]


def take_in(
    pass_: Pass,
    transcript: Transcript,
    *,
    codes: Iterable[tuple[str, int, int]],
    nothings: Iterable[Span] = (),
    memos: Iterable[tuple[int, int, str]] = (),
    present: Sequence[Coding] = (),
    marked: Sequence[Nothing] = (),
    noted: Sequence[Memo] = (),
    complete: bool = False,
) -> list[Event]:
    """Many codes, decisions and memos at once, as they would have been put one by one.

    When they are `complete`, every counted segment that is left without a code is one to which nothing applies.
    """
    spans = _merged([*codes, *((c.code, c.start, c.end) for c in present)])
    coded = sorted((start, end) for _, start, end in spans)
    wanted = [span for span, hit in _touching(set(nothings), coded) if not hit]
    standing = _touching({(n.start, n.end) for n in marked}, coded)
    kept = {span for span, hit in standing if not hit}
    if complete:
        decided = sorted([*coded, *wanted, *kept])
        counted = [(s.start, s.end) for s in transcript.segments if transcript.counts(s)]
        wanted += [span for span, hit in _touching(counted, decided) if not hit]
    return [
        *(_cleared(pass_, *span) for span, hit in standing if hit),
        *_changed_codings(pass_, transcript, spans, present),
        *(_nothing(pass_, start, end) for start, end in wanted if (start, end) not in kept),
        *_memos(pass_, transcript, memos, noted),
    ]


def _merged(spans: Iterable[tuple[str, int, int]]) -> set[tuple[str, int, int]]:
    """Overlapping spans of one code become one."""
    by_code: dict[str, list[Span]] = {}
    for code, start, end in spans:
        by_code.setdefault(code, []).append((start, end))
    return {(code, *span) for code, found in by_code.items() for span in _joined(found)}


def _changed_codings(
    pass_: Pass, transcript: Transcript, spans: set[tuple[str, int, int]], present: Sequence[Coding]
) -> list[Event]:
    held = {(coding.code, coding.start, coding.end): coding.id for coding in present}
    gone = [_removed(pass_, id_) for key, id_ in held.items() if key not in spans]
    new = sorted(spans - held.keys(), key=lambda one: (one[1], one[2], one[0]))
    return [*gone, *(_applied(pass_, code, start, end, transcript.text) for code, start, end in new)]


def _memos(
    pass_: Pass, transcript: Transcript, memos: Iterable[tuple[int, int, str]], noted: Sequence[Memo]
) -> list[Event]:
    """One memo for each place; different words for one place stand in it one below the other."""
    words: dict[Span, list[str]] = {}
    for start, end, body in memos:
        words.setdefault((start, end), []).append(body)
    return [
        fact
        for (start, end), bodies in words.items()
        for fact in write_memo(
            Place(pass_, transcript.name, start, end, transcript.text, memos=tuple(noted)),
            "\n\n".join(dict.fromkeys(bodies)),
        )
    ]


def _touching(segments: Iterable[Span], spans: Sequence[Span]) -> list[tuple[Span, bool]]:
    in_order = sorted(segments, key=lambda span: (span[1], span[0]))
    return list(zip(in_order, touches(in_order, spans), strict=True))


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def undecided(
    transcript: Transcript, codings: Iterable[Coding], nothings: Iterable[Nothing], *, counted: bool = True
) -> list[Segment]:
    """The segments on which a coder has neither put a code nor said that nothing applies.

    Interviewers' speech need not be decided, unless `counted` is False.
    """
    spans = sorted([(c.start, c.end) for c in codings] + [(n.start, n.end) for n in nothings])
    segments = [s for s in transcript.segments if not counted or transcript.counts(s)]
    touched = touches([(s.start, s.end) for s in segments], spans)
    return [segment for segment, is_touched in zip(segments, touched, strict=True) if not is_touched]


def touches(segments: Sequence[Span], spans: Sequence[Span]) -> list[bool]:
    """For each segment (ordered by its end) whether any of the sorted spans shares a character with it."""
    touched = []
    at, reach = 0, -1
    for start, end in segments:
        while at < len(spans) and spans[at][0] < end:
            reach = max(reach, spans[at][1])
            at += 1
        touched.append(reach > start)
    return touched


def told(facts: Sequence[Event], book: Codebook) -> str:
    """A step in words, for whoever undoes it.

    >>> told([], Codebook("1.0", "", ()))
    'a step'
    """
    applied = [book.label(fact.code) for fact in facts if isinstance(fact, events.CodeApplied)]
    if applied:
        return f"{', '.join(applied)} applied"
    for kind, words in _WORDS.items():
        if any(isinstance(fact, kind) for fact in facts):
            return words
    return "a step"


_WORDS: dict[type[Event], str] = {
    events.CodeRemoved: "a code removed",
    events.NothingMarked: "'nothing applies' marked",
    events.NothingCleared: "'nothing applies' taken back",
    events.MemoWritten: "a memo written",
    events.MemoRemoved: "a memo removed",
}


def _writable(place: Place) -> None:
    if place.pass_.state is PassState.SUBMITTED:
        raise PassSubmitted(place.pass_.coder, place.name)
    if not 0 <= place.start < place.end <= len(place.text):
        raise BadSpan(place.name, place.start, place.end, len(place.text))


def _applied(pass_: Pass, code: str, start: int, end: int, text: str) -> Event:
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


def _removed(pass_: Pass, coding: str) -> Event:
    return events.CodeRemoved(transcript=pass_.transcript, pass_id=pass_.id, coding=coding)


def _nothing(pass_: Pass, start: int, end: int) -> Event:
    return events.NothingMarked(transcript=pass_.transcript, pass_id=pass_.id, start=start, end=end)


def _cleared(pass_: Pass, start: int, end: int) -> Event:
    return events.NothingCleared(transcript=pass_.transcript, pass_id=pass_.id, start=start, end=end)
