"""From what an action stated to one line of the trail: a sentence, the reasons, what it is about, its class."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from qualbench.model import (
    FIELD_NAMES,
    METHOD_NAMES,
    OUTCOME_NAMES,
    REASON_NAMES,
    STATE_NAMES,
    Action,
    Hidden,
    Method,
    Names,
    Outcome,
    Reason,
    Stated,
    ThemeField,
    ThemeState,
    Thing,
    TrailClass,
    TrailEntry,
)  # fmt: skip
from qualbench.steps.trail.kinds import LEADS, TELLINGS, Telling
from qualbench.text import counted

MOST = 4
"""So many parts of an action are told one by one, and so many names in a row."""
_UNKNOWN = Telling(TrailClass.PROCESS, "did something that this Qualbench does not know")
_Fact = Mapping[str, Any]


def told(action: Action, names: Names) -> TrailEntry:
    """The line of an action, told with the names that things have now."""
    stated = _loud(action.stated)
    phrases = [*_phrases(stated, names), *(_hidden(one, action.actor, names) for one in action.hidden)]
    secret = [names.thing(one.about) for one in action.hidden]
    about = dict.fromkeys(one for one in (*_about(action.stated, names), *secret) if one)
    return TrailEntry(
        at=action.at,
        who=action.actor,
        what=_few(phrases, ", ", "and more"),
        why="; ".join(dict.fromkeys(_reasons(action.stated))),
        about=tuple(about),
        trail_class=TELLINGS.get(stated[0].kind, _UNKNOWN).trail_class if stated else _class_of(action.hidden),
        undone=action.undone,
        step=action.step,
        hash=action.hash,
        seq=action.seq,
        hidden=bool(action.hidden),
    )


def _class_of(hidden: Sequence[Hidden]) -> TrailClass:
    return TrailClass.REDUCTION if any(one.kind == "coding" for one in hidden) else TrailClass.PROCESS


def _hidden(one: Hidden, actor: str, names: Names) -> str:
    """Private work in words: that there is some, and nothing else."""
    thing = names.thing(one.about)
    where = f" in {thing.label}" if thing else ""
    if one.person != actor:
        return f"took in work of {one.person}{where}"
    return f"coded{where}" if one.kind == "coding" else f"settled disagreements{where}"


# --- sentences -------------------------------------------------------------------------------------------------


def _loud(stated: Sequence[Stated]) -> Sequence[Stated]:
    """Without what follows from the rest of the action, and with what leads it first."""
    loud = [one for one in stated if not TELLINGS.get(one.kind, _UNKNOWN).follows]
    return sorted(loud or stated, key=lambda one: one.kind not in LEADS)


def _phrases(stated: Sequence[Stated], names: Names) -> Iterator[str]:
    by_kind: dict[str, list[Stated]] = {}
    for one in stated:
        by_kind.setdefault(one.kind, []).append(one)
    for kind, those in by_kind.items():
        if kind in ("step_undone", "step_redone"):
            yield from dict.fromkeys(_switch(one, names) for one in those)
        else:
            yield _phrase(TELLINGS.get(kind, _UNKNOWN), those, names)


def _switch(one: Stated, names: Names) -> str:
    before = _few([*_phrases(_loud(one.undone), names)], ", ", "and more")
    return f"{TELLINGS[one.kind].one}: {before or 'a step'}"


def _phrase(telling: Telling, those: Sequence[Stated], names: Names) -> str:
    facts = [fact for one in those for fact in one.facts]
    number = sum(one.number for one in those)
    template = telling.one if number == 1 or not telling.many else telling.many
    places = list(dict.fromkeys(one.subject for one in those))

    def said(match: re.Match[str]) -> str:
        name = match.group(1)
        if name == "n":
            return str(number)
        if name == "where":
            return _where(places, names)
        return _said(name, facts, names)

    return re.sub(r"\{(\w+)\}", said, template)


def _where(subjects: Sequence[str], names: Names) -> str:
    if len(subjects) > 1:
        return counted(len(subjects), "transcript")
    return _label(names, "transcript")(subjects[0]) if subjects else "the study"


def _few(words: Sequence[str], between: str, more: str) -> str:
    return between.join([*words[:MOST], more] if len(words) > MOST else words)


_NO_NAME = {
    "transcript": "a transcript", "participant": "a participant", "code": "a code", "theme": "a theme",
    "round": "a round", "session": "another day",
}  # fmt: skip


def _label(names: Names, *kinds: str) -> Callable[[str], str]:
    def label(id_: str) -> str:
        thing = names.thing(id_, *kinds)
        return thing.label if thing else _NO_NAME.get(kinds[0] if kinds else "", "something")

    return label


def _said(name: str, facts: Sequence[_Fact], names: Names) -> str:
    """What stands for a name in braces; of several facts, each different value once."""
    says = _SAYS.get(name)
    values = [one for fact in facts for one in (says(fact, names) if says else _plain(fact.get(name)))]
    return _few([*dict.fromkeys(filter(None, values))], ", ", "and others") or "nothing"


def _plain(value: object) -> list[str]:
    if isinstance(value, list):
        return [str(one) for one in value]
    return [str(value)] if isinstance(value, str | int) else []


def _place(fact: _Fact, names: Names) -> list[str]:
    return [f"{_label(names, 'transcript')(str(fact.get('transcript', '')))}:{fact.get('start', 0)}"]


def _quote(fact: _Fact, names: Names) -> list[str]:
    _, transcript, start = names.quotes.get(str(fact.get("quote", "")), ("", "", 0))
    return [f"{_label(names, 'transcript')(transcript)}:{start}"]


def _by_id(field: str, *kinds: str) -> Callable[[_Fact, Names], list[str]]:
    return lambda fact, names: [_label(names, *kinds)(one) for one in _plain(fact.get(field))]


def _codes(fact: _Fact, names: Names) -> list[str]:
    return [_label(names, "code")(one) for one in (*_plain(fact.get("codes")), *_plain(fact.get("code")))]


def _themes(fact: _Fact, names: Names) -> list[str]:
    return [_label(names, "theme")(one) for one in (*_plain(fact.get("themes")), *_plain(fact.get("theme")))]


def _case(fact: _Fact, names: Names) -> list[str]:
    return [_label(names, "participant", "transcript", "code")(str(fact.get("case") or fact.get("about") or ""))]


def _member(field: str, words: Mapping[Any, str], kind: Callable[[str], Any]) -> Callable[[_Fact, Names], list[str]]:
    """What a value of an enumeration is called; the value itself where this release does not know it."""

    def called(fact: _Fact, _: Names) -> list[str]:
        value = str(fact.get(field, ""))
        try:
            return [words.get(kind(value), value).lower()]
        except ValueError:
            return [value]

    return called


def _memo(fact: _Fact, names: Names) -> list[str]:
    if fact.get("on") == "study":
        return ["the study"]
    return [_label(names)(str(fact.get("about", "")))]


def _outcome(fact: _Fact, names: Names) -> list[str]:
    (outcome,) = _member("outcome", OUTCOME_NAMES, Outcome)(fact, names)
    codes = ", ".join(_label(names, "code")(one) for one in _plain(fact.get("codes")))
    return [f"{outcome} ({codes})" if codes else outcome]


_SAYS: Mapping[str, Callable[[_Fact, Names], list[str]]] = {
    "transcript": _by_id("transcript", "transcript"),
    "participant": _by_id("participant", "participant"),
    "code": _by_id("code", "code"),
    "codes": _codes,
    "theme": _by_id("theme", "theme"),
    "themes": _themes,
    "into": _by_id("into", "theme", "code"),
    "against": _by_id("against"),
    "round": _by_id("round", "round"),
    "session": _by_id("session", "session"),
    "domain": _by_id("domain", "code"),
    "case": _case,
    "memo": _memo,
    "place": _place,
    "quote": _quote,
    "version": lambda fact, _: _plain(fact.get("version", fact.get("codebook"))),
    "outcome": _outcome,
    "method": _member("method", METHOD_NAMES, Method),
    "field": _member("field", FIELD_NAMES, ThemeField),
    "state": _member("state", STATE_NAMES, ThemeState),
}
"""What stands for a name in braces when it is not the field of this name as it is."""


# --- reasons and things ----------------------------------------------------------------------------------------


def _reasons(stated: Iterable[Stated]) -> Iterator[str]:
    for one in stated:
        if one.kind == "item_decided":
            classes = (str(fact.get("reason", "")) for fact in one.facts)
            yield from (REASON_NAMES[Reason(name)] for name in classes if name in set(Reason))
        yield from one.why


_MENTIONS: Mapping[str, tuple[str, ...]] = {
    "transcript": ("transcript",),
    "participant": ("participant",),
    "code": ("code",),
    "codes": ("code",),
    "theme": ("theme",),
    "themes": ("theme",),
    "into": ("theme", "code"),
    "parent": ("theme", "code"),
    "round": ("round",),
    "session": ("session",),
    "domain": ("code",),
    "case": ("participant", "transcript"),
    "about": ("participant", "transcript", "code"),
    "against": ("theme", "code"),
}
"""The fields that name things, with what they may be."""


def _about(stated: Iterable[Stated], names: Names) -> Iterator[Thing | None]:
    """What the facts name, and the theme and transcript of quotes, which name neither."""
    for one in stated:
        yield from _about(one.undone, names)
        if one.subject in names.transcripts:
            yield names.thing(one.subject, "transcript")
        for fact in one.facts:
            for field, kinds in _MENTIONS.items():
                yield from (names.thing(id_, *kinds) for id_ in _plain(fact.get(field)))
            if quote := names.quotes.get(str(fact.get("quote", ""))):
                yield names.thing(quote[0], "theme")
                yield names.thing(quote[1], "transcript")
