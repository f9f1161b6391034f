"""Rules that say which participants are of a type: codes they have and what is known of them, with and, or, not.

`code:TRUST and not code:"Lost trust" and attribute:role = advocate`. A rule is about a participant as a whole, where a
query is about places: both codes must be in the interview, not on the same words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from qualbench.errors import UsageError
from qualbench.text import excerpt, folded


@dataclass(frozen=True, slots=True)
class Case:
    """A participant as rules see them."""

    id: str
    attributes: Mapping[str, str]
    codes: frozenset[str]
    """The codes settled anywhere in what they say, with all that stand above these."""


@dataclass(frozen=True, slots=True)
class HasCode:
    """The participant has this code, or one under it."""

    code: str


@dataclass(frozen=True, slots=True)
class HasValue:
    """What is known of the participant compares so with a value."""

    attribute: str
    sign: str
    value: str


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite."""

    of: Rule


@dataclass(frozen=True, slots=True)
class All:
    """Every part."""

    parts: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one part."""

    parts: tuple[Rule, ...]


Rule: TypeAlias = HasCode | HasValue | Not | All | Some

SIGNS = ("=", "!=", "<", "<=", ">", ">=")
EXAMPLE = "Write it as in: code:TRUST and not code:FEAR and attribute:role = advocate"


class BadRule(UsageError):
    """A rule that can not be read, or names what is not there."""

    def __init__(self, why: str) -> None:
        super().__init__(f"The rule can not be followed: {why}.", EXAMPLE)


# --- reading -------------------------------------------------------------------------------------------------------

_TOKEN = re.compile(r'\s*(?:([()]|[<>!]=|[=<>])|((?:code|attribute):)?"([^"]*)"|([^\s()=<>!"]+)|(\S))')
_DEEPEST = 50
"""So many brackets and "not" may stand in one another."""


@dataclass(frozen=True, slots=True)
class _Token:
    words: str
    is_sign: bool = False
    is_plain: bool = False
    """Written without quotation marks, so that it may be and, or, not."""


def parse(words: str) -> Rule:
    """The rule that somebody wrote."""
    reader = _Reader(list(_tokens(words)))
    rule = reader.some(0)
    if reader.left:
        raise BadRule(f"'{excerpt(reader.left[0].words, 40)}' is not expected")
    return rule


def _tokens(words: str) -> Iterable[_Token]:
    at = 0
    rest = words.rstrip()
    while at < len(rest):
        match = _TOKEN.match(rest, at)
        if match is None or match[5]:
            raise BadRule(f"'{excerpt(rest[at:].strip(), 40)}' can not be read")
        sign, field, quoted, plain, _ = match.groups()
        if sign:
            yield _Token(sign, is_sign=True)
        else:
            yield _Token(plain or f"{field or ''}{quoted}", is_plain=plain is not None)
        at = match.end()


class _Reader:
    """The tokens that are still to be read, and a method for each kind of part."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.left = tokens

    def some(self, depth: int) -> Rule:
        parts = self._joined("or", lambda: self._all(depth))
        return parts[0] if len(parts) == 1 else Some(parts)

    def _all(self, depth: int) -> Rule:
        parts = self._joined("and", lambda: self._one(depth))
        return parts[0] if len(parts) == 1 else All(parts)

    def _joined(self, word: str, part: Callable[[], Rule]) -> tuple[Rule, ...]:
        parts = [part()]
        while self._is_word(word):
            self.left.pop(0)
            parts.append(part())
        return tuple(parts)

    def _is_word(self, word: str) -> bool:
        return bool(self.left) and self.left[0].is_plain and self.left[0].words.lower() == word

    def _one(self, depth: int) -> Rule:
        if depth > _DEEPEST:
            raise BadRule("too many brackets")
        if self._is_word("not"):
            self.left.pop(0)
            return Not(self._one(depth + 1))
        token = self._next("a code or an attribute")
        if token.words == "(" and token.is_sign:
            inside = self.some(depth + 1)
            if self._next(")").words != ")":
                raise BadRule("a bracket is not closed")
            return inside
        field, colon, name = token.words.partition(":")
        if colon and name and not token.is_sign and field == "code":
            return HasCode(name)
        if colon and name and not token.is_sign and field == "attribute":
            return self._value(name)
        raise BadRule(f"'{excerpt(token.words, 40)}' is neither code:NAME nor attribute:NAME = VALUE")

    def _value(self, name: str) -> Rule:
        sign = self._next("=")
        if not sign.is_sign or sign.words not in SIGNS:
            raise BadRule(f"after attribute:{excerpt(name, 40)} comes one of {' '.join(SIGNS)}")
        value = self._next("a value")
        if value.is_sign:
            raise BadRule(f"after attribute:{excerpt(name, 40)} {sign.words} comes a value")
        return HasValue(name, sign.words, value.words)

    def _next(self, wanted: str) -> _Token:
        if not self.left:
            raise BadRule(f"it ends where {wanted} should come")
        return self.left.pop(0)


# --- names ---------------------------------------------------------------------------------------------------------


def resolved(rule: Rule, codes: Mapping[str, str], attributes: Iterable[str]) -> Rule:
    """The rule with codes by their ids (`codes` is id to label) and attributes as the study spells them."""
    by_name = {folded(label): id_ for id_, label in reversed([*codes.items()])} | {folded(id_): id_ for id_ in codes}
    spelt = {folded(name): name for name in attributes}

    def named(part: Rule) -> Rule:
        if isinstance(part, HasCode):
            return HasCode(_known(by_name, part.code, "code"))
        if isinstance(part, HasValue):
            return HasValue(_known(spelt, part.attribute, "attribute"), part.sign, part.value)
        if isinstance(part, Not):
            return Not(named(part.of))
        return type(part)(tuple(map(named, part.parts)))

    return named(rule)


def _known(names: Mapping[str, str], name: str, what: str) -> str:
    if folded(name) not in names:
        raise BadRule(f"there is no {what} called '{excerpt(name, 40)}'")
    return names[folded(name)]


def has_codes(rule: Rule) -> bool:
    """Whether the rule asks for codes, so that somebody has to have coded."""
    if isinstance(rule, Not):
        return has_codes(rule.of)
    return isinstance(rule, HasCode) or (isinstance(rule, All | Some) and any(map(has_codes, rule.parts)))


# --- following it --------------------------------------------------------------------------------------------------


def fits(rule: Rule, case: Case) -> bool:
    """Whether a participant is what the rule asks for; what is not known of them is only unequal."""
    if isinstance(rule, HasCode):
        return rule.code in case.codes
    if isinstance(rule, HasValue):
        return _compares(case.attributes.get(rule.attribute, ""), rule.sign, rule.value)
    if isinstance(rule, Not):
        return not fits(rule.of, case)
    held = (fits(part, case) for part in rule.parts)
    return all(held) if isinstance(rule, All) else any(held)


def _compares(known: str, sign: str, value: str) -> bool:
    same = _same(known, value)
    if sign in ("=", "!="):
        return same == (sign == "=")
    if not known:
        return False
    if same:
        return "=" in sign
    numbers = _number(known), _number(value)
    is_less = numbers[0] < numbers[1] if None not in numbers else folded(known) < folded(value)  # type: ignore[operator]  # neither is None here
    return is_less == (sign[0] == "<")


def _same(known: str, value: str) -> bool:
    number = _number(known)
    return folded(known) == folded(value) or (number is not None and number == _number(value))


def _number(words: str) -> float | None:
    try:
        return float(words)
    except ValueError:
        return None


def text(rule: Rule) -> str:
    """The rule as it is written; `parse` reads it back."""
    if isinstance(rule, HasCode):
        return f"code:{_quoted(rule.code)}"
    if isinstance(rule, HasValue):
        return f"attribute:{_quoted(rule.attribute)} {rule.sign} {_quoted(rule.value)}"
    if isinstance(rule, Not):
        return f"not {_bracketed(rule.of)}"
    return (" and " if isinstance(rule, All) else " or ").join(map(_bracketed, rule.parts))


def _bracketed(rule: Rule) -> str:
    return f"({text(rule)})" if isinstance(rule, All | Some) else text(rule)


def _quoted(name: str) -> str:
    return name if re.fullmatch(r'[^\s()=<>!":]+', name) and name.lower() not in ("and", "or", "not") else f'"{name}"'
