"""The draft of the next version: the released codebook with what was written, placed, merged, split and dropped.

The draft is not stored; it is what its facts say, in their order. A fact that does not fit (any more: a step before
it may have been undone) changes nothing, so every sequence of facts gives a tree.

The words of a `CodeDrafted` are sealed; whoever reads facts from a journal opens them first with `unsealed`. The
facts that the functions of `editing` give are open already.
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from qualbench import events
from qualbench.events import Event, Sealed
from qualbench.model import Code, Codebook
from qualbench.steps.codebook.lifecycle import CLOSED, MERGED, SPLIT, STATES, is_open

DRAFT = "draft"
"""What stands for the version of a draft."""

TEXTS = frozenset({
    "label", "kind", "definition_short", "definition", "include", "exclude", "near_miss", "origin", "status", "notes",
    "group", "colour", "owner",
})  # fmt: skip
LISTS = frozenset({"examples", "questions"})
"""The fields that can be written; a code's place and what it went into have facts of their own."""


_SAID = frozenset(STATES) - {MERGED, SPLIT}
"""The states that a fact can simply say; merging and splitting are facts of their own."""


def unsealed(fact: events.CodeDrafted, words: str | bytes) -> events.CodeDrafted:
    """A fact of the journal together with the words that its seal stands for."""
    return replace(fact, fields=events.seal(words))


def drafted(released: Codebook | None, facts: Iterable[Event]) -> Codebook:
    """The draft after these facts, which are those since the release; codes stand in reading order."""
    start = released or Codebook("", "", ())
    known = frozenset(code.id for code in start.codes)
    book = replace(start, version=DRAFT, date="", changes=(), codes=in_reading_order(start.codes))
    for fact in facts:
        book = after(book, fact, known)
    return book


def after(draft: Codebook, fact: Event, released: Collection[str] = ()) -> Codebook:
    """The draft after one more fact; a code whose id is among the released ones is never dropped."""
    rule = _RULES.get(type(fact))
    if isinstance(fact, events.CodeDropped) and fact.code in released:
        return draft
    codes = rule(draft, fact) if rule else None
    return draft if codes is None else replace(draft, codes=tuple(codes))


def in_reading_order(codes: Iterable[Code]) -> tuple[Code, ...]:
    """Parents before their children and sisters as they stand; a code whose parent is not there stands at the top."""
    by_id = {code.id: code for code in codes}
    below: dict[str, list[Code]] = {}
    for code in by_id.values():
        below.setdefault(code.parent if code.parent in by_id else "", []).append(code)
    ordered: dict[str, Code] = {}
    _walk(below, below.get("", []), ordered)
    for code in by_id.values():  # what is left goes round in a circle, which no walk from the top reaches
        if code.id not in ordered:
            _walk(below, [code], ordered)
    return tuple(ordered.values())


def _walk(below: Mapping[str, Sequence[Code]], tops: Sequence[Code], ordered: dict[str, Code]) -> None:
    waiting = [replace(code, parent="") if code.parent else code for code in reversed(tops)]
    while waiting:
        code = waiting.pop()
        if code.id not in ordered:
            ordered[code.id] = code
            waiting.extend(reversed(below.get(code.id, [])))


# --- one rule for each kind of fact; None where it does not fit --------------------------------------------------

_Codes = Iterable[Code] | None


def _written(draft: Codebook, fact: events.CodeDrafted) -> _Codes:
    fields = _fields(fact.fields)
    before = draft.get(fact.code)
    if before is None:
        return [*draft.codes, Code(id=fact.code, **fields)] if fact.code and fields.get("label") else None
    if before.status in (MERGED, SPLIT):
        fields.pop("status", None)
    return [replace(code, **fields) if code.id == fact.code else code for code in draft.codes]


def _fields(sealed: str) -> dict[str, Any]:
    """What was written, as far as it can be a field of a code; nothing where the words are not there."""
    try:
        data = json.loads(sealed.body) if isinstance(sealed, Sealed) else {}
    except (ValueError, RecursionError):
        return {}
    given = data if isinstance(data, dict) else {}
    texts = {key: value for key, value in given.items() if key in TEXTS and isinstance(value, str)}
    lists = {key: tuple(value) for key, value in given.items() if key in LISTS and _are_texts(value)}
    if not texts.get("label"):
        texts.pop("label", None)
    if texts.get("status") not in _SAID:
        texts.pop("status", None)
    return texts | lists


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _placed(draft: Codebook, fact: events.CodePlaced) -> _Codes:
    code = draft.get(fact.code)
    if code is None or (fact.parent and draft.get(fact.parent) is None) or fact.code in above(draft, fact.parent):
        return None
    moved = replace(code, parent=fact.parent)
    others = [one for one in draft.codes if one.id != fact.code]
    if not fact.after:
        return in_reading_order([moved, *others])
    sisters = [one.id for one in others if one.parent == fact.parent]
    if fact.after not in sisters:
        return in_reading_order([*others, moved])
    at = next(n for n, one in enumerate(others) if one.id == fact.after) + 1
    return in_reading_order([*others[:at], moved, *others[at:]])


def above(book: Codebook, code_id: str) -> tuple[str, ...]:
    """The ids from a code up to the top of the tree, itself first; nothing for no code."""
    found: dict[str, None] = {}
    while code_id and code_id not in found:
        found[code_id] = None
        code = book.get(code_id)
        code_id = code.parent if code else ""
    return tuple(found)


def _merged(draft: Codebook, fact: events.CodesMerged) -> _Codes:
    book = draft
    for code_id in fact.codes:
        code, target = book.get(code_id), book.get(fact.into)
        if code and target and code is not target and is_open(book, code.id) and is_open(book, target.id):
            book = replace(book, codes=in_reading_order(_taken_up(book, code, target)))
    return book.codes


def _taken_up(book: Codebook, code: Code, target: Code) -> list[Code]:
    """The code is merged, and its children stand last under the target, which first leaves the code's own subtree."""
    codes = [*book.codes]
    if code.id in above(book, target.id):
        target = replace(target, parent=code.parent)
        codes = [one for one in codes if one.id != target.id]
        codes.insert(codes.index(code) + 1, target)
    gone = replace(code, status=MERGED, into=(target.id,))
    children = [replace(one, parent=target.id) for one in codes if one.parent == code.id]
    stay = [gone if one.id == code.id else one for one in codes if one.parent != code.id]
    return [*stay, *children]


def _split(draft: Codebook, fact: events.CodeSplit) -> _Codes:
    code = draft.get(fact.code)
    into = tuple(dict.fromkeys(fact.into))
    fits = into and fact.code not in into and all(is_open(draft, one) for one in into)
    if code is None or code.status in CLOSED or not fits:
        return None
    gone = replace(code, status=SPLIT, into=into)
    return [gone if one.id == code.id else one for one in draft.codes]


def _dropped(draft: Codebook, fact: events.CodeDropped) -> _Codes:
    if draft.get(fact.code) is None or any(fact.code in (one.parent, *one.into) for one in draft.codes):
        return None
    return [one for one in draft.codes if one.id != fact.code]


_RULES: Mapping[type[Event], Callable[[Codebook, Any], _Codes]] = {
    events.CodeDrafted: _written,
    events.CodePlaced: _placed,
    events.CodesMerged: _merged,
    events.CodeSplit: _split,
    events.CodeDropped: _dropped,
}
