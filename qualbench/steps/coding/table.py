"""A whole table of codings, taken in as if they had been put one by one."""

from collections.abc import Iterable, Sequence
from itertools import compress

from qualbench.events import Event
from qualbench.model import Coding, Memo, Nothing, Pass, Transcript
from qualbench.steps.coding.acts import Place, write_memo
from qualbench.steps.coding.facts import Span, applied, cleared, joined, nothing, removed
from qualbench.steps.coding.passes import asked, touches


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
    listed: Sequence[Span] | None = None,
) -> list[Event]:
    """Many codes, decisions and memos at once, as they would have been put one by one.

    When they are `complete`, every segment that is left without a code is one to which nothing applies, if it counts
    and is on the list of work.
    """
    spans = _merged([*codes, *((c.code, c.start, c.end) for c in present)])
    coded = sorted((start, end) for _, start, end in spans)
    wanted = [span for span, hit in _touching(set(nothings), coded) if not hit]
    standing = _touching({(n.start, n.end) for n in marked}, coded)
    kept = {span for span, hit in standing if not hit}
    if complete:
        decided = sorted([*coded, *wanted, *kept])
        wanted_segments = compress(transcript.segments, asked(transcript, listed))
        spans_asked = [(s.start, s.end) for s in wanted_segments]
        wanted += [span for span, hit in _touching(spans_asked, decided) if not hit]
    return [
        *(cleared(pass_, *span) for span, hit in standing if hit),
        *_changed_codings(pass_, transcript, spans, present),
        *(nothing(pass_, start, end) for start, end in wanted if (start, end) not in kept),
        *_memos(pass_, transcript, memos, noted),
    ]


def _merged(spans: Iterable[tuple[str, int, int]]) -> set[tuple[str, int, int]]:
    """Overlapping spans of one code become one."""
    by_code: dict[str, list[Span]] = {}
    for code, start, end in spans:
        by_code.setdefault(code, []).append((start, end))
    return {(code, *span) for code, found in by_code.items() for span in joined(found)}


def _changed_codings(
    pass_: Pass, transcript: Transcript, spans: set[tuple[str, int, int]], present: Sequence[Coding]
) -> list[Event]:
    held = {(coding.code, coding.start, coding.end): coding.id for coding in present}
    gone = [removed(pass_, id_) for key, id_ in held.items() if key not in spans]
    new = sorted(spans - held.keys(), key=lambda one: (one[1], one[2], one[0]))
    return [*gone, *(applied(pass_, code, start, end, transcript.text) for code, start, end in new)]


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
