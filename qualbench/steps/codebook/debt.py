"""What releases ask a coder to look at again, and what a coder answers (methods.md 1.7, re-coding debt).

Nothing coded is rewritten: a submitted pass stays as it was, and an answer stands beside it. An open pass goes on,
so there the answer is also put into the pass.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qualbench.model import Change, Codebook, Coding, Debt, Pass, PassState, Recheck, Segment
from qualbench.steps.codebook.ancestry import merged_by
from qualbench.steps.codebook.codes import applicable

_HAVING = frozenset({Change.NARROWED, Change.SPLIT, Change.RETIRED})
_LACKING = frozenset({Change.WIDENED, Change.NEW})
_GONE = frozenset({Change.SPLIT, Change.RETIRED})


@dataclass(frozen=True, slots=True)
class Owed:
    """What one release asks about one code in one pass: the segments to look at, in order."""

    code: str
    change: Change
    version: str
    has: bool
    """Whether the code stands on these segments."""
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class _Ask:
    code: str
    change: Change
    at: int
    """Which of the releases asks."""

    @property
    def has(self) -> bool:
        return self.change in _HAVING


def owed(
    releases: Sequence[Codebook],
    pass_: Pass,
    segments: Sequence[Segment],
    codings: Iterable[Coding],
    rechecks: Iterable[Recheck],
    begun: str = "",
) -> tuple[Owed, ...]:
    """What the releases after a pass's version ask about each code, as far as it is not answered; linear time.

    `releases` are all of them, oldest first. `segments` are those to be asked about, by place: the counted ones that
    are decided. `begun` is the version under which they were decided, if the pass goes on under a later one.
    """
    order = {book.version: number for number, book in enumerate(releases)}
    if (first := order.get(begun or pass_.codebook)) is None:
        return ()
    asks = _asks(releases, first + 1)
    if not asks:
        return ()
    own = [one for one in rechecks if one.pass_id == pass_.id and one.version in order]
    standing = _Standing(releases, pass_, segments, [one for one in codings if one.pass_id == pass_.id], own)
    answered: dict[str, dict[tuple[int, int], int]] = {}
    for one in own:
        newest = answered.setdefault(one.code, {})
        span = (one.start, one.end)
        newest[span] = max(order[one.version], newest.get(span, -1))
    found = []
    for ask in asks:
        flags, settled, has = standing.of(ask), answered.get(ask.code, {}), ask.has
        due = [one for one, stands in zip(segments, flags, strict=True) if stands == has]
        if settled:
            due = [one for one in due if settled.get((one.start, one.end), -1) < ask.at]
        if due:
            found.append(Owed(ask.code, ask.change, releases[ask.at].version, has, tuple(due)))
    return tuple(found)


def debt(
    releases: Sequence[Codebook],
    pass_: Pass,
    segments: Sequence[Segment],
    codings: Iterable[Coding],
    rechecks: Iterable[Recheck],
    begun: str = "",
) -> tuple[Debt, ...]:
    """Each segment that a coder has to look at again, once for each code, by place; called like `owed`."""
    found = [
        Debt(pass_.id, pass_.transcript, pass_.coder, o.code, o.change, o.version, one.start, one.end, o.has)
        for o in owed(releases, pass_, segments, codings, rechecks, begun)
        for one in o.segments
    ]
    return tuple(sorted(found, key=lambda one: one.start))


def summary(debts: Iterable[Debt]) -> dict[str, int]:
    """How many segments are to be looked at again for each code."""
    return dict(Counter(one.code for one in debts))


def _asks(releases: Sequence[Codebook], first: int) -> list[_Ask]:
    """What the newest release that asks says of each code, once for segments that have it and once for the others.

    Of a code that is out of use now nothing can be missing; of one that is in use again no use is given up.
    """
    usable = {code.id for code in applicable(releases[-1])}
    newest: dict[tuple[str, bool], _Ask] = {}
    for at in range(first, len(releases)):
        parts = _parts(releases[at])
        for one in releases[at].changes:
            if one.change is Change.NEW and one.code in parts:
                continue  # what it is about is asked where the code stands that was split
            moot = (one.change in _LACKING) if one.code not in usable else (one.change in _GONE)
            if one.change in _HAVING | _LACKING and not moot:
                newest[one.code, one.change in _HAVING] = _Ask(one.code, one.change, at)
    rank = {code.id: number for number, code in enumerate(releases[-1].codes)}
    return sorted(newest.values(), key=lambda ask: (rank.get(ask.code, len(rank)), not ask.has))


def _parts(book: Codebook) -> set[str]:
    """The codes that others were split into in this release."""
    split = {one.code for one in book.changes if one.change is Change.SPLIT}
    return {part for code in book.codes if code.id in split for part in code.into}


class _Standing:
    """On which segments a code stands: as it was coded and, in a submitted pass, as it was answered since."""

    def __init__(
        self,
        releases: Sequence[Codebook],
        pass_: Pass,
        segments: Sequence[Segment],
        codings: Iterable[Coding],
        rechecks: Sequence[Recheck],
    ) -> None:
        self._releases = releases
        self._count = len(segments)
        self._spans: dict[str, list[tuple[int, int]]] = {}
        starts = [one.start for one in segments]
        ends = [one.end for one in segments]
        for one in codings:
            low, high = bisect_right(ends, one.start), bisect_left(starts, one.end)
            if one.start < one.end and low < high:
                self._spans.setdefault(one.code, []).append((low, high))
        submitted = pass_.state is PassState.SUBMITTED
        places = {(one.start, one.end): number for number, one in enumerate(segments)} if submitted else {}
        self._answers = [(places[one.start, one.end], one) for one in rechecks if (one.start, one.end) in places]

    def of(self, ask: _Ask) -> bytearray:
        """For each segment whether it has the code that is asked about, or one that is read as it by then."""
        sources = {ask.code, *merged_by(self._releases[: ask.at + 1], ask.code)}
        flags = bytearray(self._count)
        for code in sources:
            for low, high in self._spans.get(code, ()):
                flags[low:high] = b"\x01" * (high - low)
        for number, answer in self._answers:
            if not sources.isdisjoint(answer.codes):
                flags[number] = 1
            elif answer.code in sources:
                flags[number] = 0
        return flags
