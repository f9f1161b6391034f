"""The decisions of consensus sessions as lines of a report, both readings kept and codes by their labels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qualbench.model import Codebook, Decision, Item, Outcome, Reason, Transcript


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """One decision of a consensus session, with both readings kept."""

    transcript: str
    line: int
    """1-based line of the transcript; 0 when the transcript is not in the report."""
    start: int
    readings: tuple[tuple[str, tuple[str, ...]], ...]
    """Coder and code labels; no labels is 'nothing applies'."""
    outcome: Outcome
    codes: tuple[str, ...]
    reason: Reason
    note: str
    yielded: str
    actor: str
    date: str
    stands: str = ""
    """Whose reading stands, when it is one of more than two."""
    parts: tuple[tuple[str, ...], ...] = ()
    """The codes of each part of a segment that was split."""
    superseded: bool = False
    """A later decision on the same disagreement replaced it; it is listed and not counted."""


def line_of(transcript: Transcript, position: int) -> int:
    """The 1-based line of a position in a transcript."""
    return transcript.text.count("\n", 0, position) + 1


def labels(codebook: Codebook | None, codes: Sequence[str]) -> tuple[str, ...]:
    """What people call these codes."""
    return tuple(codebook.label(code) if codebook else code for code in codes)


def decided(
    items: Sequence[Item],
    decisions: Sequence[Decision],
    codebook: Codebook | None,
    texts: Mapping[str, Transcript],
) -> tuple[DecisionLine, ...]:
    """The log of decisions in the order they were taken; without it those in force, as the items hold them."""
    by_id = {item.id: item for item in items}
    taken = list(decisions) or [item.decision for item in items if item.decision]
    in_force = {decision.item: decision.id for decision in taken}
    return tuple(
        _decision(
            decision,
            by_id.get(decision.item),
            codebook,
            texts.get(decision.transcript),
            superseded=in_force[decision.item] != decision.id,
        )
        for decision in taken
    )


def _decision(
    decision: Decision,
    item: Item | None,
    codebook: Codebook | None,
    transcript: Transcript | None,
    *,
    superseded: bool,
) -> DecisionLine:
    readings = (decision.readings or (item.readings if item else {})).items()
    name = item.name if item else decision.transcript
    return DecisionLine(
        transcript=transcript.name if transcript else name,
        line=line_of(transcript, decision.start) if transcript else 0,
        start=decision.start,
        readings=tuple((coder, labels(codebook, codes)) for coder, codes in readings),
        outcome=decision.outcome,
        codes=labels(codebook, decision.codes),
        reason=decision.reason,
        note=decision.note,
        yielded=decision.yielded,
        actor=decision.actor,
        date=decision.at[:10],
        stands=decision.stands,
        parts=tuple(labels(codebook, codes) for _, _, codes in decision.parts),
        superseded=superseded,
    )
