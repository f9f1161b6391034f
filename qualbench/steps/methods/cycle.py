"""The weekly cycle of negotiated agreement (Garrison et al. 2006; Campbell et al. 2013), a line for each round.

Agreement before negotiation comes from passes that nobody had talked about; agreement after it says how much the team
settled, and is never a coefficient: coders who have talked are not independent any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from qualbench.model import Outcome, Unit

_NOT_SETTLED = (Outcome.DEFERRED, Outcome.APART)


@dataclass(frozen=True, slots=True)
class Settlement:
    """How the segments of a round that several coders read stand."""

    units: int = 0
    """Segments with two readings or more."""
    alike: int = 0
    """Of them those on which every reading was the same, before anybody talked."""
    settled: int = 0
    """Disagreements that were settled in talk."""
    deferred: int = 0
    apart: int = 0
    """Disagreements whose readings are kept apart."""

    @property
    def left(self) -> int:
        """Disagreements that nobody decided."""
        return self.units - self.alike - self.settled - self.deferred - self.apart

    @property
    def before(self) -> float | None:
        """Percent agreement before negotiation, 0 to 1: the share of segments with the same codes from everybody."""
        return self.alike / self.units if self.units else None

    @property
    def after(self) -> float | None:
        """Agreement after negotiation, 0 to 1: the share on which the team has one reading now."""
        return self.one_reading / self.units if self.units else None

    @property
    def one_reading(self) -> int:
        """Segments on which the team has one reading, from the beginning or by talk."""
        return self.alike + self.settled


def settlement(units: Iterable[Unit], outcomes: Mapping[str, Mapping[int, Outcome]]) -> Settlement:
    """How the double-coded units stand; `outcomes` are those in force, by transcript and start of the segment."""
    double = [unit for unit in units if len(unit.readings) > 1]
    differing = [unit for unit in double if len(set(unit.readings.values())) > 1]
    taken = [outcomes.get(unit.transcript, {}).get(unit.start) for unit in differing]
    return Settlement(
        units=len(double),
        alike=len(double) - len(differing),
        settled=sum(one is not None and one not in _NOT_SETTLED for one in taken),
        deferred=taken.count(Outcome.DEFERRED),
        apart=taken.count(Outcome.APART),
    )


@dataclass(frozen=True, slots=True)
class Week:
    """One round of the cycle, from the released codebook to the debt that its revision left."""

    round: str
    """Empty where no round is planned and everything that is opened is compared."""
    planned: str
    """Day."""
    codebook: str
    """The released version that is coded with."""
    transcripts: tuple[str, ...]
    """Their names."""
    passes: int
    """Passes that are handed in, and so frozen."""
    asked: int
    """Passes that the round asks for."""
    alpha: float | None
    """Alpha over code sets before negotiation; None while it is blind, or where the method has no coefficient."""
    judged: str
    """The word of the benchmark for it."""
    reached: bool
    """Whether the target is reached: the highest band of the benchmark."""
    settlement: Settlement
    session: str
    """How its newest consensus session stands; empty where there was none."""
    next_version: str
    """The version of the codebook that was released after the round was planned; empty while there is none."""
    debt: int
    """Questions of later releases that are open in its passes, as far as whoever asks may see them."""


def stands(week: Week) -> str:
    """What the week waits for, in a sentence."""
    if week.passes < week.asked or not week.settlement.units:
        return f"Passes are coded: {week.passes} of {week.asked} are handed in."
    if left := week.settlement.left + week.settlement.deferred:
        return (
            f"The session has {left} of {week.settlement.units - week.settlement.alike} disagreements left to settle."
        )
    if not week.next_version:
        return "Everything is settled. Release what the session changed, or draw the next transcripts."
    if week.debt:
        return f"Codebook {week.next_version} is released; {week.debt} coded segments are to be looked at again."
    return f"The week is closed: codebook {week.next_version} is released and nothing is to be looked at again."


def target(weeks: Sequence[Week], word: str) -> str:
    """Whether the target (the word of the highest band) was reached in two successive rounds."""
    if not word:
        return "No benchmark is chosen, so there is no target to reach."
    compared = [week for week in weeks if week.alpha is not None]
    for first, second in pairwise(compared):
        if first.reached and second.reached:
            return (
                f"The target ({word}) was reached in two successive rounds, {first.round} and {second.round}: one "
                "knowledgeable coder may finish alone, with blind spot checks for drift (Campbell et al. 2013)."
            )
    if compared and compared[-1].reached:
        return f"The target ({word}) is reached in one round; it counts when the next round reaches it too."
    return f"The target ({word}) is not reached yet; it counts when two successive rounds reach it."
