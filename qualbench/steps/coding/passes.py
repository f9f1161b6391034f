"""A coder's pass from its beginning to the moment it is handed in."""

from collections.abc import Iterable, Sequence
from itertools import compress

from qualbench import events
from qualbench.errors import AlreadyOpened, NotAssigned, PassSubmitted, Undecided, UsageError
from qualbench.events import Event
from qualbench.model import Coding, Nothing, Pass, PassState, Round, Segment, Transcript, layers
from qualbench.steps.coding.facts import Span


def round_for(rounds: Iterable[Round], transcript: str, coder: str) -> Round | None:
    """The round planned last in which this coder codes this transcript."""
    return next((one for one in reversed([*rounds]) if coder in one.assignments.get(transcript, ())), None)


def open_pass(
    transcript: Transcript, coder: str, codebook: str, passes: Sequence[Pass], opened: bool,
    rounds: Sequence[Round] = (),
) -> list[Event]:  # fmt: skip
    """A coder's pass on a transcript, in the round that asks for it; nothing when it is there already.

    A transcript that is `opened` takes no new pass, because whoever began now could read the others first; coding it
    again for steadiness is a round of its own. For a round with a list of work it is opened when that round is.
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
            version=transcript.version,
        )
    ]


def update(pass_: Pass, name: str, version: str) -> list[Event]:
    """An open pass goes on with a later version of the codebook."""
    if pass_.state is PassState.SUBMITTED:
        raise PassSubmitted(pass_.coder, name)
    if pass_.codebook == version:
        return []
    return [events.PassUpdated(transcript=pass_.transcript, pass_id=pass_.id, codebook=version)]


def submit(
    pass_: Pass, name: str, undecided: Sequence[Segment], rest: str = "", version: int = 0
) -> list[Event]:  # fmt: skip
    """Hand a pass in for good; what is undecided must be said to be nothing, or skipped (missing data).

    `rest` is "" (refuse when anything is undecided), "nothing" or "skipped".
    """
    if pass_.state is PassState.SUBMITTED:
        raise PassSubmitted(pass_.coder, name)
    if rest not in ("", "nothing", "skipped"):
        raise UsageError(f"'{rest}' is not a way to treat undecided segments.", "Say nothing or skipped.")
    if undecided and not rest:
        raise Undecided(pass_.coder, len(undecided), [name])
    left = [[s.start, s.end] for s in undecided]
    rest_marked = events.RestMarked(transcript=pass_.transcript, pass_id=pass_.id, spans=left)
    marked = [rest_marked] if left and rest == "nothing" else []
    skipped = left if rest == "skipped" else []
    fact = events.PassSubmitted(transcript=pass_.transcript, pass_id=pass_.id, skipped=skipped, version=version)
    return [*marked, fact]


def asked(transcript: Transcript, listed: Sequence[Span] | None = None) -> bytearray:
    """1 for each segment that a pass asks to decide: those that count and, where there is a list of work, are on it."""
    flags = layers.counted(transcript)
    if listed is None:
        return flags
    spans = zip(*(layers.column(transcript.segments, name) for name in ("start", "end")), strict=True)
    on_list = touches([*spans], sorted(listed))
    return bytearray(counts and is_listed for counts, is_listed in zip(flags, on_list, strict=True))


def undecided(
    transcript: Transcript, codings: Iterable[Coding], nothings: Iterable[Nothing], *, counted: bool = True,
    listed: Sequence[Span] | None = None,
) -> list[Segment]:  # fmt: skip
    """The segments on which a coder has neither put a code nor said that nothing applies.

    Interviewers' speech need not be decided, unless `counted` is False, nor what is not on the list of work.
    """
    spans = sorted([(c.start, c.end) for c in codings] + [(n.start, n.end) for n in nothings])
    segments = [*(compress(transcript.segments, asked(transcript, listed)) if counted else transcript.segments)]
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
