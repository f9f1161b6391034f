"""What comes out of sessions: reasons by code, who gave way how often, what is left open, how long it took."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from statistics import NormalDist, median

from qualbench.model import CodebookAction, Decision, Outcome, Reason, Unit
from qualbench.steps.consensus.agenda import agreements


@dataclass(frozen=True, slots=True)
class GaveWay:
    """How often a person gave way. It names and does not judge: read it with the reasons."""

    person: str
    times: int
    of: int
    """Decisions in which somebody gave way and this person had a reading."""
    interval: tuple[float, float]
    """95 % limits of the share, 0 to 1 (Wilson 1927)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a decision asks of the codebook, and the changes of the draft that came of it."""

    decision: str
    item: str
    action: CodebookAction
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What decisions come to; shares are 0 to 1, and None where there is nothing to take a share of."""

    decided: int = 0
    """Items with a decision, whatever it is."""
    outcomes: Mapping[Outcome, int] = field(default_factory=dict)
    reasons: Mapping[str, Mapping[Reason, int]] = field(default_factory=dict)
    """By code on which readings differed: how often for which reason. An item counts once for each of its codes."""
    deferred: float | None = None
    apart: float | None = None
    gave_way: tuple[GaveWay, ...] = ()
    seconds: float | None = None
    """Median time of the decisions whose time was measured."""
    measured: int = 0
    double_read: int = 0
    """Units that two coders or more have read."""
    agreement: float | None = None
    """Share of these on which all first readings were alike, before any decision."""
    alpha: float | None = None
    """Krippendorff's alpha of the study or the round over whole sets, before any decision."""
    final_codes: int = 0
    """Codes of settled segments, a code once for each segment."""
    neither_had: float | None = None
    """Share of these that no coder had given there."""
    actions: tuple[Asked, ...] = ()

    @property
    def unlinked(self) -> tuple[Asked, ...]:
        """What was asked of the codebook and has no change of the draft beside it yet."""
        return tuple(one for one in self.actions if not one.steps)


def outcomes(decisions: Sequence[Decision], units: Iterable[Unit] = (), alpha: float | None = None) -> Outcomes:
    """What these decisions come to, one in force for each item; `units` are the first readings they rest on."""
    counts = Counter(one.outcome for one in decisions)
    timed = [one.seconds for one in decisions if one.seconds > 0]
    final = [code in _given(one) for one in decisions for code in one.codes]
    units = tuple(units)
    double = sum(len(one.readings) > 1 for one in units)
    return Outcomes(
        decided=len(decisions),
        outcomes={outcome: counts[outcome] for outcome in Outcome if counts[outcome]},
        reasons=reasons_by_code(decisions),
        deferred=_share(counts[Outcome.DEFERRED], len(decisions)),
        apart=_share(counts[Outcome.APART], len(decisions)),
        gave_way=yield_balance(decisions),
        seconds=median(timed) if timed else None,
        measured=len(timed),
        double_read=double,
        agreement=_share(len(agreements(units)), double),
        alpha=alpha,
        final_codes=len(final),
        neither_had=_share(final.count(False), len(final)),
        actions=tuple(
            Asked(one.id, one.item, one.action, one.steps)
            for one in decisions
            if one.action is not CodebookAction.NONE or one.steps
        ),
    )


def reasons_by_code(decisions: Iterable[Decision]) -> dict[str, dict[Reason, int]]:
    """For each code on which readings differed, how often for which reason; the code with most comes first."""
    counts: dict[str, Counter[Reason]] = {}
    for one in decisions:
        readings = [frozenset(codes) for codes in one.readings.values()]
        shared = frozenset.intersection(*readings) if readings else frozenset()
        for code in _given(one) - shared:
            counts.setdefault(code, Counter())[one.reason] += 1
    order = sorted(counts, key=lambda code: (-counts[code].total(), code))
    return {code: {reason: counts[code][reason] for reason in Reason if counts[code][reason]} for code in order}


def yield_balance(decisions: Iterable[Decision]) -> tuple[GaveWay, ...]:
    """Who gave way how often, of the decisions in which somebody did and in which they had a reading."""
    gave: Counter[str] = Counter()
    could: Counter[str] = Counter()
    for one in decisions:
        if one.yielded:
            gave[one.yielded] += 1
            could.update({*one.readings, one.yielded})
    return tuple(GaveWay(who, gave[who], could[who], wilson(gave[who], could[who])) for who in sorted(could))


def wilson(times: int, of: int, level: float = 0.95) -> tuple[float, float]:
    """The limits of a share `times / of`, 0 to 1, by the score interval of Wilson 1927 (JASA 22:209)."""
    if of == 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + level) / 2)
    share = times / of
    middle = share + z * z / (2 * of)
    half = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    below = 1 + z * z / of
    low, high = (middle - half) / below, (middle + half) / below
    return (0.0 if times == 0 else low), (1.0 if times == of else high)


def _given(one: Decision) -> frozenset[str]:
    return frozenset(code for codes in one.readings.values() for code in codes)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
