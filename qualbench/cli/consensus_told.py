"""Items, decisions and sessions as the verbs of consensus print them, for people and as data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from qualbench.cli import output
from qualbench.model import (
    CODEBOOK_ACTION_NAMES,
    OUTCOME_NAMES,
    REASON_NAMES,
    CodebookAction,
    Decision,
    Item,
    Memo,
    Session,
    SessionTurn,
)
from qualbench.text import counted, percent

if TYPE_CHECKING:
    from qualbench.steps.consensus import Outcomes


def item(one: Item) -> dict[str, Any]:
    """An item as data."""
    return {
        "item": one.id,
        "transcript": one.name,
        "start": one.start,
        "end": one.end,
        "readings": {coder: list(codes) for coder, codes in one.readings.items()},
        "cause": one.cause or None,
        "agreed": one.agreed,
        "state": one.state,
        "decision": decision(one.decision) if one.decision else None,
    }


def decision(one: Decision) -> dict[str, Any]:
    """A decision as data."""
    return {
        "decision": one.id,
        "item": one.item,
        "readings": {coder: list(codes) for coder, codes in one.readings.items()},
        "outcome": str(one.outcome),
        "stands": one.stands or None,
        "codes": list(one.codes),
        "parts": [{"start": start, "end": end, "codes": list(codes)} for start, end, codes in one.parts],
        "reason": str(one.reason),
        "note": one.note,
        "yielded": one.yielded or None,
        "action": str(one.action),
        "steps": list(one.steps),
        "session": one.session or None,
        "order": list(one.order),
        "seconds": one.seconds or None,
        "codebook": one.codebook or None,
        "together": one.together or None,
        "by": one.actor,
        "at": one.at,
    }


def readings(one: Item, called: dict[str, str] | None = None) -> str:
    """What each coder said, in one line; under other names when they are hidden."""
    names = called or {}
    return " | ".join(f"{names.get(coder, coder)}: {', '.join(codes) or '-'}" for coder, codes in one.readings.items())


def settled(one: Decision) -> str:
    """The codes that were settled on, part by part where the segment was split."""
    parts = "; ".join(f"{start}-{end}: {', '.join(codes) or '-'}" for start, end, codes in one.parts)
    return parts or ", ".join(one.codes) or "-"


def outcome(one: Decision) -> str:
    """What was decided, in words."""
    return OUTCOME_NAMES[one.outcome] + (f" ({one.stands})" if one.stands else "")


def show(one: Item, words: str, memos: Sequence[Memo], called: dict[str, str]) -> None:
    """An item with its words, what was said and noted of it, and what was decided."""
    output.text(f"{one.id}  {one.name}  {one.start}-{one.end}  {one.state}" + (f"  {one.cause}" if one.cause else ""))
    output.text(words)
    for coder, codes in one.readings.items():
        output.text(f"{called[coder]}: {', '.join(codes) or 'nothing applies'}")
        for memo in memos:
            if memo.coder == coder:
                output.text(f"    {memo.body}")
    if one.decision is not None:
        decided(one.decision)


def decided(one: Decision) -> None:
    """A decision in a few lines."""
    output.text(f"{one.at[:16]} {one.actor}: {outcome(one)}, {settled(one)}; {REASON_NAMES[one.reason]}")
    said = [
        one.note,
        f"{one.yielded} gave way" if one.yielded else "",
        f"spoke in this order: {', '.join(one.order)}" if one.order else "",
        f"talked about for {one.seconds} seconds" if one.seconds else "",
        asked(one.action, one.steps),
    ]
    for line in said:
        if line:
            output.text(f"    {line}")


def asked(action: CodebookAction, steps: Sequence[str]) -> str:
    """What is asked of the codebook and whether it was done; empty when nothing is."""
    if action is CodebookAction.NONE and not steps:
        return ""
    done = f"{counted(len(steps), 'change')} of the draft linked" if steps else "no change of the draft linked yet"
    return f"asked of the codebook: {CODEBOOK_ACTION_NAMES[action]}; {done}"


def session(one: Session, round_: str, turns: Sequence[SessionTurn] = (), number: int = 0) -> dict[str, Any]:
    """A session as data."""
    return {
        "session": one.id,
        "number": number,
        "round": round_ or None,
        "state": str(one.state),
        "people": list(one.people),
        "chair": one.chair or None,
        "scribe": one.scribe or None,
        "standing": one.standing or None,
        "hidden": one.hidden,
        "sort": str(one.sort),
        "sample": list(one.sample),
        "codebook": one.codebook or None,
        "by": one.actor,
        "at": one.at,
        "turns": [
            {"state": str(t.state), "people": list(t.people), "note": t.note, "by": t.actor, "at": t.at} for t in turns
        ],
    }


def outcomes(found: Outcomes, *, with_yield: bool) -> dict[str, Any]:
    """What came out, as data; who gave way only when the team asks."""
    told: dict[str, Any] = {
        "decided": found.decided,
        "outcomes": {str(one): number for one, number in found.outcomes.items()},
        "reasons": {code: {str(r): n for r, n in counts.items()} for code, counts in found.reasons.items()},
        "deferred": found.deferred,
        "apart": found.apart,
        "seconds": found.seconds,
        "measured": found.measured,
        "double_read": found.double_read,
        "agreement": found.agreement,
        "alpha": found.alpha,
        "final_codes": found.final_codes,
        "neither_had": found.neither_had,
        "actions": [
            {"decision": a.decision, "item": a.item, "action": str(a.action), "steps": list(a.steps)}
            for a in found.actions
        ],
        "unlinked": [a.decision for a in found.unlinked],
    }
    if with_yield:
        told["yield"] = [
            {"person": g.person, "times": g.times, "of": g.of, "low": g.interval[0], "high": g.interval[1]}
            for g in found.gave_way
        ]
    return told


def tell_outcomes(found: Outcomes, *, with_yield: bool) -> None:
    """The same for people."""
    if not found.decided:
        output.say("Nothing is decided yet.")
        return
    by_outcome = ", ".join(f"{OUTCOME_NAMES[one]} {number}" for one, number in found.outcomes.items())
    lines = [
        f"{counted(found.decided, 'item')} decided: {by_outcome}.",
        f"Deferred {_share(found.deferred)}, kept apart {_share(found.apart)}.",
        f"Time: {_minutes(found.seconds)} in the middle, over {counted(found.measured, 'decision')}."
        if found.seconds is not None
        else "",
        f"Before: all readings alike on {_share(found.agreement)} of {counted(found.double_read, 'segment')}"
        + (f", alpha {output.figure(found.alpha)}." if found.alpha is not None else ".")
        if found.agreement is not None
        else "",
        f"Of {counted(found.final_codes, 'settled code')}, {_share(found.neither_had)} were in no reading.",
    ]
    for line in lines:
        if line:
            output.text(line)
    output.table(
        ("code", "reasons"),
        [
            (code, ", ".join(f"{REASON_NAMES[r]} {n}" for r, n in counts.items()))
            for code, counts in found.reasons.items()
        ],
    )
    for one in found.actions:
        output.text(f"{one.item}  {asked(one.action, one.steps)}")
    if with_yield:
        _tell_yield(found)


def _tell_yield(found: Outcomes) -> None:
    output.table(
        ("person", "gave way", "of", "95 % limits"),
        [(g.person, g.times, g.of, f"{percent(g.interval[0])} to {percent(g.interval[1])}") for g in found.gave_way],
        right=(1, 2),
    )
    output.say("For the team: it names and does not judge. Read it with the reasons.")


def _share(share: float | None) -> str:
    return "-" if share is None else percent(share)


def _minutes(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02} minutes"
