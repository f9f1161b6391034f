"""Suggestions for what to call people and details: the same for the same person in the whole project.

The choice follows from a seed and the original alone, as far as no name is taken, so it does not depend on the order
in which transcripts are read.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from qualbench.steps.deidentify.ages import banded
from qualbench.steps.deidentify.kinds import Candidate, Kind
from qualbench.steps.deidentify.matching import WORD, plain
from qualbench.steps.deidentify.names import GIVEN_NAMES
from qualbench.steps.deidentify.replacing import Action, Decision, answer, decided

_PLAIN = {
    Kind.DATE: "[date]",
    Kind.MAIL: "[mail]",
    Kind.PHONE: "[phone]",
    Kind.NUMBER: "[number]",
    Kind.OTHER: "[detail]",
}
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_NUMBERED = re.compile(r"\[(.+) (\d{1,6})\]")

Who = tuple[str, ...]
"""The folded words of whom or what a string stands for."""


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """Who is called what in the whole project, and what a new name may be."""

    seed: str
    """Of the project; another one gives other names."""
    decided: tuple[Decision, ...] = ()
    """Every decision so far."""
    words: frozenset[str] = frozenset()
    """The folded words of every transcript: no pseudonym is one of them."""

    def suggest(self, candidates: Sequence[Candidate]) -> tuple[Decision, ...]:
        """A decision to confirm or change for each candidate, in their order; what is decided already stays so.

        Given the same candidates in another order, each has the same suggestion.
        """
        whole = _whole_names(self.decided, candidates)
        standing = {one.text: answer(one.text, self.decided) for one in candidates}
        called = {_who(one.original, one.forms, one.kind, whole): one.replacement for one in self._named()}
        taken = self._taken(candidates)
        new: dict[Who, Candidate] = {}
        for one in sorted(candidates, key=lambda one: (one.text, one.kind)):
            if standing[one.text] is None and _of(one, whole) not in called:
                new.setdefault(_of(one, whole), one)
        for who, one in sorted(new.items(), key=lambda item: _hash(self.seed, *item[0])):
            called[who] = self._new(one, who, called.values(), taken)
            taken.add(plain(called[who]))
        return tuple(standing[one.text] or _decided(one, called[_of(one, whole)]) for one in candidates)

    def clashes(self, words: frozenset[str]) -> tuple[str, ...]:
        """The pseudonyms in use that are words of a text: somebody real may be called so there."""
        used = {one.replacement for one in self.decided if one.action is Action.REPLACE}
        return tuple(sorted(name for name in used if plain(name) in words))

    def _named(self) -> Iterator[Decision]:
        return (one for one in self.decided if one.action is not Action.KEEP)

    def _taken(self, candidates: Iterable[Candidate]) -> set[str]:
        """What no pseudonym may be: a word of a transcript, of a real name, or a pseudonym in use."""
        real = {word for one in candidates for string in (one.text, *one.forms) for word in _words(string)}
        real |= {word for one in self.decided for string in one.strings for word in _words(string)}
        return real | self.words | {plain(one.replacement) for one in self._named()}

    def _new(self, one: Candidate, who: Who, called: Iterable[str], taken: set[str]) -> str:
        if one.kind is Kind.PERSON:
            free = [name for name in GIVEN_NAMES if plain(name) not in taken]
            return min(free, key=lambda name: _hash(self.seed, *who, name)) if free else _numbered("person", called)
        if one.kind in (Kind.PLACE, Kind.ORGANISATION):
            return _numbered(_noun(one), called)
        return generalised(one.text, one.kind)[0]


def generalised(text: str, kind: Kind) -> tuple[str, ...]:
    """Descriptions to choose from for a detail, the one that tells least first, except that an age gives its band."""
    if kind is Kind.AGE:
        return (banded(text), "[age]")
    if kind is Kind.WEB:
        return ("[handle]",) if text.startswith("@") else ("[web page]",)
    year = _YEAR.search(text) if kind is Kind.DATE else None
    plainly = _PLAIN.get(kind, f"[{kind}]")
    return (plainly, f"[{year[0]}]") if year else (plainly,)


def _decided(one: Candidate, replacement: str) -> Decision:
    return decided(one, Action.REDACT if "[" in replacement else Action.REPLACE, replacement)


def _noun(one: Candidate) -> str:
    if one.kind is Kind.ORGANISATION:
        return "organisation"
    return "address" if any(letter.isdigit() for letter in one.text) else "town"


def _numbered(noun: str, called: Iterable[str]) -> str:
    used = [int(match[2]) for name in called if (match := _NUMBERED.fullmatch(name)) and match[1] == noun]
    return f"[{noun} {max(used, default=0) + 1}]"


def _of(one: Candidate, whole: dict[str, Who | None]) -> Who:
    return _who(one.text, one.forms, one.kind, whole)


def _who(text: str, forms: Sequence[str], kind: Kind, whole: dict[str, Who | None]) -> Who:
    """Whom a string stands for: a known name's person, the one person with this name in a longer one, or itself."""
    if forms:
        return _words(forms[0])
    words = _words(text)
    if kind is Kind.PERSON and len(words) == 1:
        return whole.get(words[0]) or words
    return words


def _whole_names(decisions: Iterable[Decision], candidates: Iterable[Candidate]) -> dict[str, Who | None]:
    """For each word of a person's whole name, that name; nothing for a word that two persons share."""
    names = [(one.original, one.forms, one.kind) for one in decisions]
    names += [(one.text, one.forms, one.kind) for one in candidates]
    whole: dict[str, Who | None] = {}
    for text, forms, kind in names:
        words = _who(text, forms, kind, {}) if kind is Kind.PERSON else ()
        for word in words if len(words) > 1 else ():
            whole[word] = words if whole.get(word, words) == words else None
    return whole


def _words(text: str) -> Who:
    return tuple(plain(match[0]) for match in WORD.finditer(text))


def _hash(*parts: str) -> bytes:
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).digest()
