"""One disagreement as the screen shows it: its readings, what was decided, the codes' definitions, its history.

Pure functions. While a session hides names, a reading is a number here; which coder it is differs from item to item.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from textual.content import Content

from qualbench.model import (
    CAUSE_NAMES,
    CODEBOOK_ACTION_NAMES,
    OUTCOME_NAMES,
    REASON_NAMES,
    Cause,
    Code,
    Codebook,
    CodebookAction,
    Coding,
    Decision,
    Item,
    Memo,
    Outcome,
    Session,
    SessionState,
)
from qualbench.text import counted, excerpt, shown

MOST_WORDS = 160
"""So many characters of a highlight or memo are shown beside a reading."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One coder's frozen reading of a segment."""

    coder: str
    name: str
    """The coder, or the reading's number while names are hidden."""
    key: str
    codes: tuple[str, ...]
    alone: frozenset[str]
    """Those of its codes that not every other reading has."""
    words: Mapping[str, tuple[str, ...]]
    """By code: the words it stands on, where those are not the whole segment."""
    memos: tuple[str, ...]


# --- whose reading is whose ----------------------------------------------------------------------------------------


def is_hidden(item: Item, session: Session | None) -> bool:
    """Whether the session keeps secret whose reading is whose; a decision lifts it for its item."""
    return (
        session is not None
        and session.hidden
        and session.state is not SessionState.CLOSED
        and state(item) not in ("decided", "apart")
    )


def arranged(item: Item, session: Session | None) -> tuple[str, ...]:
    """The coders in the order of the readings; in a hidden session another order for each item, always the same."""
    coders = tuple(item.readings)
    if session is None or not session.hidden:
        return coders
    return tuple(
        sorted(coders, key=lambda coder: hashlib.sha256(f"{session.id}\n{item.id}\n{coder}".encode()).digest())
    )


def names(item: Item, session: Session | None) -> dict[str, str]:
    """What each coder of an item is called on the screen now."""
    hidden = is_hidden(item, session)
    return {
        coder: f"Reading {number}" if hidden else coder for number, coder in enumerate(arranged(item, session), start=1)
    }


def key_of(number: int, readings: int) -> str:
    """The key that takes this reading: A and B for two, and a number where there are more."""
    return "AB"[number] if readings <= 2 else str(number + 1)


def state(item: Item) -> str:
    """open, deferred, apart or decided."""
    is_apart = item.decision is not None and item.decision.outcome is Outcome.APART
    return "apart" if is_apart else item.state


def differing(item: Item) -> tuple[str, ...]:
    """The codes that not every reading has, in the order they stand in."""
    readings = list(item.readings.values())
    every = dict.fromkeys(code for codes in readings for code in codes)
    return tuple(code for code in every if not all(code in codes for codes in readings))


# --- readings ------------------------------------------------------------------------------------------------------


def readings(
    item: Item, session: Session | None, codings: Iterable[Coding], memos: Iterable[Memo], text: str
) -> tuple[Reading, ...]:
    """Every reading of an item with its highlights and memos, in the order of the screen."""
    called, unequal = names(item, session), set(differing(item))
    stands, noted = [_ for _ in codings if _touches(_, item)], [_ for _ in memos if _touches(_, item)]
    return tuple(
        Reading(
            coder,
            called[coder],
            key_of(number, len(called)),
            item.readings[coder],
            frozenset(unequal & set(item.readings[coder])),
            _words(item, coder, stands, text),
            tuple(memo.body for memo in noted if memo.coder == coder),
        )
        for number, coder in enumerate(called)
    )


def _touches(one: Coding | Memo, item: Item) -> bool:
    return one.start < item.end and one.end > item.start


def _words(item: Item, coder: str, codings: Sequence[Coding], text: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one in codings:
        start, end = max(one.start, item.start), min(one.end, item.end)
        is_part = text[item.start : start].strip() or text[end : item.end].strip()
        if one.coder == coder and one.code in item.readings[coder] and is_part:
            found[one.code] = (*found.get(one.code, ()), text[start:end])
    return found


def reading(one: Reading, book: Codebook) -> Content:
    """A reading: who, each code with a sign where the others lack it, the words it stands on, and memos."""
    lines = [Content.styled(f"{one.key}  {shown(one.name)}", "bold")]
    for code in one.codes:
        sign: str | tuple[str, str] = ("≠ ", "bold") if code in one.alone else "  "
        lines.append(Content.assemble(sign, shown(book.label(code))))
        lines += [Content(f"    “{excerpt(words, MOST_WORDS)}”") for words in one.words.get(code, ())]
    if not one.codes:
        lines.append(Content.styled("  nothing applies", "dim"))
    lines += [Content.styled(f"  ✎ {excerpt(memo, MOST_WORDS)}", "italic") for memo in one.memos]
    return Content("\n").join(lines)


# --- decisions -----------------------------------------------------------------------------------------------------


def decided(item: Item, book: Codebook, called: Mapping[str, str], *, reopened: bool) -> Content:
    """Where an item stands: what was decided about it, or which keys decide."""
    title = "Looked at though all agree" if item.agreed and item.decision is None else state(item).capitalize()
    cause = f" · {cause_name(item.cause)}" if item.cause else ""
    lines = [Content.assemble((title, "bold"), Content.styled(cause, "dim"))]
    if item.decision is not None:
        lines += settled(item.decision, book, called)
    if reopened:
        lines.append(Content.styled("Opened again: decide anew; what was decided before is kept.", "bold"))
    elif item.decision is None:
        lines.append(Content(_keys(len(item.readings))))
    return Content("\n").join(lines)


def _keys(readings_: int) -> str:
    which = "a A's, b B's" if readings_ <= 2 else f"1-{min(9, readings_)} that reading"
    return f"{which}, o both, w new set, n nothing, i split, d defer, p kept apart"


def settled(decision: Decision, book: Codebook, called: Mapping[str, str]) -> list[Content]:
    """A decision in lines: the codes, the reason, who gave way, the note, what it asks of the codebook."""
    outcome = OUTCOME_NAMES[decision.outcome]
    if decision.stands:
        outcome = f"{called.get(decision.stands, decision.stands)}'s reading"
    lines = [Content(f"{shown(outcome)}: {_labels(decision.codes, book, 'no codes')}")]
    for number, (_, _, codes) in enumerate(decision.parts, start=1):
        lines.append(Content(f"  part {number}: {_labels(codes, book, 'nothing applies')}"))
    gave_way = f"; {shown(called.get(decision.yielded, decision.yielded))} gave way" if decision.yielded else ""
    lines.append(Content(f"because: {REASON_NAMES[decision.reason]}{gave_way}"))
    if decision.note:
        lines.append(Content.styled(excerpt(decision.note, 200), "italic"))
    if decision.action is not CodebookAction.NONE:
        done = counted(len(decision.steps), "step") + " in the draft" if decision.steps else "not done yet"
        lines.append(Content(f"codebook: {CODEBOOK_ACTION_NAMES[decision.action]}, {done}"))
    return lines


def history(decisions: Sequence[Decision], book: Codebook, called: Mapping[str, str]) -> Content:
    """Every decision about an item, newest last, each with the readings it was taken on."""
    pieces = []
    for number, one in enumerate(decisions, start=1):
        tags = [f"by {shown(one.actor)}", "in a session" if one.session else "", _lasted(one.seconds)]
        tags += [f"codebook {shown(one.codebook)}"] if one.codebook else []
        title = f"{number}  {one.at[:16].replace('T', ' ')}  "
        lines = [Content.assemble((title, "bold"), (", ".join(tag for tag in tags if tag), "dim"))]
        said = {called.get(coder, coder): codes for coder, codes in one.readings.items()}
        lines += [Content(f"{shown(who)}: {_labels(said[who], book, 'nothing applies')}") for who in sorted(said)]
        lines += settled(one, book, called)
        lines += [Content(f"spoke: {shown(', then '.join(one.order))}")] if one.order else []
        pieces.append(Content("\n").join(lines))
    return Content("\n\n").join(pieces) if pieces else Content("Nothing was decided about this yet.")


def _lasted(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02} minutes" if seconds else ""


def _labels(codes: Iterable[str], book: Codebook, none: str) -> str:
    return shown(", ".join(book.label(code) for code in codes)) or none


def cause_name(cause: str) -> str:
    """What a cause is called; one that is not known stays as it is."""
    return CAUSE_NAMES[Cause(cause)] if cause in set(Cause) else shown(cause)


# --- definitions ---------------------------------------------------------------------------------------------------


def definitions(item: Item, book: Codebook) -> Content:
    """What every code of every reading means, those first on which the readings differ."""
    every = dict.fromkeys([*differing(item), *(code for codes in item.readings.values() for code in codes)])
    pieces = [_definition(code) for id_ in every if (code := book.get(id_)) is not None]
    return Content("\n\n").join(pieces) if pieces else Content("No code stands in any of the readings.")


def _definition(code: Code) -> Content:
    fields = (
        ("", code.definition or code.definition_short), ("use  ", code.include), ("not  ", code.exclude),
        ("for instance  ", " | ".join(code.examples)), ("looks like it, is not  ", code.near_miss),
    )  # fmt: skip
    lines = [Content.assemble((name, "bold"), shown(words)) for name, words in fields if words]
    return Content("\n").join([Content.styled(shown(code.label), "bold"), *(lines or [Content("no definition")])])
