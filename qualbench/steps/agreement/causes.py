"""Why coders differ, code by code and segment by segment, as far as the coding itself shows.

The rules look only at who gave which code where; what was meant is for the coders to say.

A *stretch* is a code given by one coder to units next to one another. Two coders mean the same passage when the
one's stretch shares a unit with the other's, or reaches the unit directly before or after the one in question; of
several stretches the nearest on each side counts. Each difference has the first cause that fits:

    parent or child     the others have an ancestor or descendant of the code instead. First, because the
                        difference is gone when codes are rolled up: the level is in question, not the place.
    boundary only       the others have the same code on the same passage, as long or one unit longer or shorter.
    longer or shorter   the same, but two or more units longer or shorter, or in pieces: the coders cut differently.
                        Both come before another code, because a code the others use next door is known to them
                        and was not overlooked; the code they have here is a difference of its own and says so.
    another code        the others have a code here that no one who gave this one has.
    missed              the others have nothing here, or only codes that are shared: nothing stands in its place.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from qualbench.model import Cause, Difference, Unit

_Stretch = tuple[int, int]
"""The first unit of a stretch and the one after its last, by their number in the transcript."""

_Stretches = Mapping[tuple[str, str], Sequence[_Stretch]]
"""(coder, code) to the stretches of one transcript, in the order of the text."""


def differences(units: Sequence[Unit], parents: Mapping[str, str] = {}) -> tuple[Difference, ...]:
    """Every code that some coders gave a unit and others, who read it, did not, each with its one cause.

    In the order of transcript, text and code. `parents` says for each code of the codebook which it stands under.
    """
    transcripts: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        transcripts[unit.transcript].append(unit)
    above = {code: _above(code, parents) for code in parents}
    return tuple(
        chain.from_iterable(
            _in_transcript(sorted(own, key=lambda unit: unit.start), above) for own in transcripts.values()
        )
    )


def by_cause(found: Sequence[Difference]) -> Mapping[Cause, int]:
    """How many differences have each cause, in the order of `Cause`; 0 for a cause that none has."""
    counts = Counter(one.cause for one in found)
    return {cause: counts[cause] for cause in Cause}


def _in_transcript(units: Sequence[Unit], above: Mapping[str, frozenset[str]]) -> Iterator[Difference]:
    stretches = _stretches(units)
    for number, unit in enumerate(units):
        readings = unit.readings
        if len(set(readings.values())) < 2:  # one reading, or all the same
            continue
        shared = frozenset.intersection(*readings.values())
        for code in sorted(frozenset().union(*readings.values()) - shared):
            by = tuple(sorted(coder for coder, codes in readings.items() if code in codes))
            without = tuple(sorted(coder for coder, codes in readings.items() if code not in codes))
            instead = _all(readings, without) - _all(readings, by)
            yield Difference(
                transcript=unit.transcript,
                start=unit.start,
                end=unit.end,
                code=code,
                by=by,
                without=without,
                instead=tuple(sorted(instead)),
                cause=(
                    _related(code, instead, above)
                    or _same_passage(code, number, by, without, stretches)
                    or (Cause.OTHER_CODE if instead else Cause.MISSED)
                ),
            )


def _all(readings: Mapping[str, frozenset[str]], coders: Sequence[str]) -> frozenset[str]:
    return frozenset().union(*(readings[coder] for coder in coders))


# --- parent or child -------------------------------------------------------------------------------------------


def _above(code: str, parents: Mapping[str, str]) -> frozenset[str]:
    """The codes that a code stands under, however far up; a circle ends where it closes."""
    found: set[str] = set()
    while (code := parents.get(code, "")) and code not in found:
        found.add(code)
    return frozenset(found)


def _related(code: str, instead: frozenset[str], above: Mapping[str, frozenset[str]]) -> Cause | None:
    over = above.get(code, frozenset())
    kin = any(other in over or code in above.get(other, frozenset()) for other in instead)
    return Cause.RELATED if kin else None


# --- the same passage ------------------------------------------------------------------------------------------


def _stretches(units: Sequence[Unit]) -> _Stretches:
    found: dict[tuple[str, str], list[_Stretch]] = defaultdict(list)
    for number, unit in enumerate(units):
        for coder, codes in unit.readings.items():
            for code in codes:
                own = found[coder, code]
                if own and own[-1][1] == number:
                    own[-1] = (own[-1][0], number + 1)
                else:
                    own.append((number, number + 1))
    return found


def _same_passage(
    code: str, number: int, by: Sequence[str], without: Sequence[str], stretches: _Stretches
) -> Cause | None:
    """Boundary or granularity when someone without the code has it on the passage; the nearest in length counts."""
    apart = [
        abs(_length(here) - _length(other))
        for here in (_holding(stretches[coder, code], number) for coder in by)
        for coder in without
        for other in _meeting(stretches.get((coder, code), ()), here, number)
    ]
    if not apart:
        return None
    return Cause.BOUNDARY if min(apart) <= 1 else Cause.GRANULARITY


def _length(stretch: _Stretch) -> int:
    return stretch[1] - stretch[0]


def _holding(own: Sequence[_Stretch], number: int) -> _Stretch:
    """The stretch that the unit is part of."""
    return own[bisect_left(own, (number + 1,)) - 1]


def _meeting(others: Sequence[_Stretch], here: _Stretch, number: int) -> Iterator[_Stretch]:
    """Of another coder's stretches, none of which has the unit, the nearest on each side if it is of the passage."""
    place = bisect_left(others, (number,))
    if place and (others[place - 1][1] > here[0] or others[place - 1][1] == number):
        yield others[place - 1]
    if place < len(others) and (others[place][0] < here[1] or others[place][0] == number + 1):
        yield others[place]
