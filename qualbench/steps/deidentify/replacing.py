"""A person's answers put into effect: what is kept, replaced by a pseudonym, or redacted with a description."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from qualbench.steps.deidentify.kinds import Candidate, Kind, Span
from qualbench.steps.deidentify.matching import Case, Form, Occurrence, form, key, located
from qualbench.steps.deidentify.names import ORDINARY


class Action(StrEnum):
    """What is done with a string."""

    KEEP = "keep"
    REPLACE = "replace"
    """By a pseudonym."""
    REDACT = "redact"
    """By a description in brackets."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's answer for one string in the whole project."""

    original: str
    kind: Kind
    action: Action
    replacement: str = ""
    """A pseudonym, or a description such as "[town]"; empty for what is kept."""
    forms: tuple[str, ...] = ()
    """All the names of a known person, for which the answer holds too; a form's own decision goes first."""
    cased: bool = False
    """Only where the original has capitals."""

    @property
    def strings(self) -> tuple[str, ...]:
        """Every string it answers for, the original first."""
        return tuple(dict.fromkeys([self.original, *self.forms]))


@dataclass(frozen=True, slots=True)
class Change:
    """A place before and after: what stood in the old span stands in the new one now."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


@dataclass(frozen=True, slots=True)
class Replaced:
    """A text with its names and details replaced, and where."""

    text: str
    changes: tuple[Change, ...]
    """In order of place."""


def decided(candidate: Candidate, action: Action, replacement: str = "") -> Decision:
    """An answer for a candidate; for a known name it is that of the person by every name, unless it is kept."""
    if action is Action.KEEP:
        return Decision(candidate.text, candidate.kind, action, "", (), candidate.cased)
    if action is Action.REDACT and "[" not in replacement:
        replacement = f"[{replacement}]"
    whole = candidate.forms[0] if candidate.text in candidate.forms else candidate.text
    return Decision(whole, candidate.kind, action, replacement, candidate.forms, candidate.cased)


def answer(text: str, decisions: Iterable[Decision]) -> Decision | None:
    """The decision that holds for a string: its own, the latest one; else one that has it among its forms."""
    wanted, own, borrowed = key(text), None, None
    for decision in decisions:
        if key(decision.original) == wanted:
            own = decision
        elif any(key(one) == wanted for one in decision.forms):
            borrowed = decision
    return own or borrowed


def apply(text: str, decisions: Sequence[Decision], kept: Collection[Span] = ()) -> Replaced:
    """The text with every decision put into effect: of overlapping strings the longest, endings and capitals kept.

    Everything is replaced in one walk over the original text, so a pseudonym is never replaced again. A longer string
    that is kept protects what is in it; `kept` are places that stay as they are in this text.
    """
    wanted = _looked_for(text, decisions)
    pieces: list[str] = []
    changes: list[Change] = []
    at = length = 0
    for place, decision in _places(text, wanted, kept):
        new = _shaped(decision.replacement, text[place.start : place.end], place.form.text)
        pieces += [text[at : place.start], new]
        begin = length + place.start - at
        changes.append(Change(place.start, place.end, begin, begin + len(new)))
        at, length = place.end, begin + len(new)
    return Replaced("".join([*pieces, text[at:]]), tuple(changes))


def moved(changes: Sequence[Change], offset: int) -> int:
    """Where an offset of the old text lies in the new one; inside a replaced place, at the new place's end."""
    number = bisect_right(changes, offset, key=lambda change: change.old_start) - 1
    if number < 0:
        return offset
    change = changes[number]
    if offset == change.old_start:
        return change.new_start
    return change.new_end + max(0, offset - change.old_end)


def _looked_for(text: str, decisions: Sequence[Decision]) -> list[tuple[Form, Decision]]:
    """What is looked for, the stronger claim first: originals to be replaced, originals kept, then other forms.

    What is kept is kept as it is spelt, so that a kept "will" does not save the name Will.
    """
    latest = {key(decision.original): decision for decision in decisions}
    own = sorted(latest.values(), key=lambda decision: decision.action is Action.KEEP)
    wanted = [
        (found, decision)
        for decision in own
        if (found := form(decision.original, _case(decision))) and not _is_word_here(text, decision.original)
    ]
    for decision in own:
        for one in decision.forms if decision.action is not Action.KEEP else ():
            found = form(one)
            if found and key(one) not in latest:
                wanted.append((found, decision))
    return wanted


def _is_word_here(text: str, original: str) -> bool:
    """Whether a name decided in small letters, such as "rose", is the ordinary word in a text that has capitals."""
    return original in ORDINARY and bool(re.search(rf"\b{original.capitalize()}\b", text))


def _case(decision: Decision) -> Case | None:
    if decision.action is Action.KEEP:
        return Case.EXACT
    return Case.CAPITALS if decision.cased else None


def _places(
    text: str, wanted: Sequence[tuple[Form, Decision]], kept: Collection[Span]
) -> Iterable[tuple[Occurrence, Decision]]:
    decision_of = {id(found): decision for found, decision in wanted}
    for place in located(text, [found for found, _ in wanted], kept):
        decision = decision_of[id(place.form)]
        if decision.action is not Action.KEEP:
            yield place, decision


def _shaped(replacement: str, original: str, looked_for: str) -> str:
    """The replacement with the capitals of what it replaces: MARIA becomes ELENA; initials and descriptions do not."""
    letters = sum(letter.isalpha() for letter in original)
    is_initials = looked_for.isupper() and (letters <= 3 or "." in looked_for)
    if "[" not in replacement and letters > 1 and original.isupper() and not is_initials:
        return replacement.upper()
    if original[:1].isupper() and replacement[:1].islower():
        return replacement[0].upper() + replacement[1:]
    return replacement
