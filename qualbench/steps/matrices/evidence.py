"""What is coded where in a study, as one value that every matrix, query and curve is worked out of.

Made once for a study and read many times: the places stand in the order of the study, and beside them the same
facts as arrays of numbers.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias, TypeVar

from qualbench.model import Code, Role

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers: TypeAlias = NDArray[np.int64]
    Mask: TypeAlias = NDArray[np.bool_]

CONSENSUS = "consensus"
"""The layer of settled codes; every other layer is called like the coder whose codings it holds."""


@dataclass(frozen=True, slots=True)
class Place:
    """One code on one stretch of a transcript, in one layer."""

    layer: str
    """consensus, or a coder's name."""
    transcript: str
    start: int
    end: int
    code: str
    """Empty where it was decided that nothing applies."""
    turn: int
    """Number of the turn whose words they count as, the turns of all speakers counted."""
    role: Role | None
    """None where nobody could be named; such speech counts like a participant's."""
    participant: str = ""
    """The case that speaks; empty for interviewers."""
    round: str = ""

    @property
    def counts(self) -> bool:
        """Whether it is a participant's speech; an interviewer's never counts as one."""
        return self.role is None or self.role is Role.PARTICIPANT


@dataclass(frozen=True, slots=True)
class Case:
    """Somebody who is counted: a participant, or a focus group as a whole beside its members."""

    id: str
    label: str
    attributes: tuple[tuple[str, str], ...] = ()
    group: str = ""
    """The transcript of a focus group, when the case is the group; empty for a person."""


@dataclass(frozen=True, slots=True)
class Source:
    """A transcript."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Gathered:
    """A theme with the codes gathered under it."""

    id: str
    name: str
    codes: tuple[str, ...]
    parent: str = ""
    """The theme it is a sub-theme of."""


@dataclass(frozen=True, slots=True, eq=False)
class Arrays:
    """The places as numbers, one entry a place: indexes into the lists of the evidence, -1 for none."""

    layer: Numbers
    transcript: Numbers
    code: Numbers
    case: Numbers
    """Who speaks, a person; -1 for interviewers and where a group's member could not be told apart."""
    round: Numbers
    counts: Mask
    stretch: Numbers
    """Equal for places that begin and end at the same characters."""
    turn: Numbers
    """Number of the turn in its transcript."""
    start: Numbers
    """First character, the transcripts laid end to end."""
    end: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """Everything that is coded in a study, in its order: transcripts, then position, then codebook."""

    places: tuple[Place, ...]
    cases: tuple[Case, ...]
    transcripts: tuple[Source, ...]
    codes: tuple[Code, ...]
    themes: tuple[Gathered, ...]
    layers: tuple[str, ...]
    rounds: tuple[str, ...]
    values: Mapping[str, tuple[str, ...]]
    """Each attribute with its values in the order of tables."""
    arrays: Arrays


def evidence(
    places: Iterable[Place],
    *,
    codes: Sequence[Code] = (),
    cases: Sequence[Case] = (),
    transcripts: Sequence[Source] = (),
    themes: Sequence[Gathered] = (),
    rounds: Sequence[str] = (),
    attributes: Mapping[str, Sequence[str]] | None = None,
) -> Evidence:
    """The evidence of a study; what a place names and no list knows comes last in its list, under its id.

    `codes` and `transcripts` are in reading order; `attributes` may give values in the order of tables.
    """
    found = list(dict.fromkeys(places))
    known = _Lists(
        transcripts=_with(transcripts, (one.transcript for one in found), lambda id_: Source(id_, id_)),
        codes=_with(codes, (one.code for one in found), lambda id_: Code(id_, id_)),
        cases=_with(cases, (one.participant for one in found if one.counts), lambda id_: Case(id_, id_)),
        layers=tuple(dict.fromkeys([CONSENSUS, *sorted({one.layer for one in found})])),
        rounds=tuple(dict.fromkeys([*rounds, *sorted({one.round for one in found if one.round})])),
    )
    order, arrays = _arrays(found, known)
    return Evidence(
        places=tuple(found[at] for at in order),
        cases=known.cases,
        transcripts=known.transcripts,
        codes=known.codes,
        themes=tuple(themes),
        layers=known.layers,
        rounds=known.rounds,
        values=_values(known.cases, attributes or {}),
        arrays=arrays,
    )


@dataclass(frozen=True, slots=True)
class _Lists:
    transcripts: tuple[Source, ...]
    codes: tuple[Code, ...]
    cases: tuple[Case, ...]
    layers: tuple[str, ...]
    rounds: tuple[str, ...]


class _Listed(Protocol):
    @property
    def id(self) -> str: ...


_Entry = TypeVar("_Entry", bound=_Listed)


def _with(known: Sequence[_Entry], used: Iterable[str], make: Callable[[str], _Entry]) -> tuple[_Entry, ...]:
    ids = {one.id for one in known}
    return (*known, *(make(id_) for id_ in dict.fromkeys(used) if id_ and id_ not in ids))


def _values(cases: Sequence[Case], ordered: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Each attribute's values: those in the given order first, others by number or name."""
    found: dict[str, set[str]] = {name: set() for name in ordered}
    for name, value in (pair for case in cases for pair in case.attributes):
        found.setdefault(name, set()).add(value)
    return {
        name: tuple(dict.fromkeys([*ordered.get(name, ()), *sorted(values - {""}, key=_by_number)]))
        for name, values in found.items()
    }


def _by_number(value: str) -> tuple[float, str]:
    try:
        number = float(value)
    except ValueError:
        number = math.inf
    return number if number == number else math.inf, value


def _arrays(found: Sequence[Place], known: _Lists) -> tuple[list[int], Arrays]:
    """The places as numbers, in the order of the study, and that order."""
    import numpy as np

    def numbers(values: Iterable[int]) -> Numbers:
        return np.fromiter(values, dtype=np.int64, count=len(found))

    def places_in(ids: Iterable[str | None], used: Iterable[str]) -> Numbers:
        index = {id_: at for at, id_ in enumerate(ids)}
        return numbers(index.get(id_, -1) for id_ in used)

    transcript = places_in((one.id for one in known.transcripts), (one.transcript for one in found))
    code = places_in((one.id for one in known.codes), (one.code for one in found))
    layer = places_in(known.layers, (one.layer for one in found))
    round_ = places_in(known.rounds, (one.round for one in found))
    start, end = numbers(one.start for one in found), numbers(one.end for one in found)
    people = (None if one.group else one.id for one in known.cases)
    case = places_in(people, (one.participant if one.counts else "" for one in found))
    order = np.lexsort((round_, layer, code, end, start, transcript))
    longest, laid_out = int((end - start).max(initial=0)) + 1, transcript * (int(end.max(initial=0)) + 1)
    start, end = start + laid_out, end + laid_out
    stretch = np.unique(start * longest + (end - start), return_inverse=True)[1]
    return order.tolist(), Arrays(
        layer=layer[order],
        transcript=transcript[order],
        code=code[order],
        case=case[order],
        round=round_[order],
        counts=np.fromiter((one.counts for one in found), dtype=np.bool_, count=len(found))[order],
        stretch=stretch[order],
        turn=numbers(one.turn for one in found)[order],
        start=start[order],
        end=end[order],
    )
