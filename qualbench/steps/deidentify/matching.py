"""Finding strings in a transcript: whole words only, whatever their case, accents and invisible characters.

One walk over the words of the text with a look-up for each, so the time grows with the text and not with the
number of strings. What is shown in the queue and what is replaced both come from here.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from qualbench.steps.deidentify.kinds import Span
from qualbench.steps.deidentify.names import ORDINARY

_UNSEEN = "\u00ad\u0300-\u036f\u200b-\u200d\u2060\ufeff"
"""Combining accents, soft hyphens and characters without width: they may stand inside a word."""
WORD = re.compile(rf"[^\W\d_]++(?:[{_UNSEEN}]++[^\W\d_]++)*+[{_UNSEEN}]*+|\d++")
"""A run of letters or a run of digits."""
_DROPPED = re.compile(f"[{_UNSEEN}]")
_STROKED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"})
_SIGNS = str.maketrans(dict.fromkeys("’‘ʼ`´", "'") | dict.fromkeys("‐‑‒–—−", "-"))
_SPACES = re.compile(r"\s+")
_LABEL = re.compile(r"[^\n:]{1,40}:")
_LONGEST_GAP = 8
_SEVERAL = re.compile(r"\b(?:the|those|these|both|two|three|all|other)\s\Z", re.IGNORECASE)
"""What stands before the plural of a name: without it, Roberts is not Robert and Hans is not Han."""


class Case(Enum):
    """How far capitals count in finding a string."""

    ANY = "any"
    CAPITALS = "capitals"
    """Where the string has a capital, the text has one."""
    EXACT = "exact"


@dataclass(frozen=True, slots=True)
class Form:
    """A string as it is looked for: its words folded, and what stands before, between and after them."""

    text: str
    words: tuple[str, ...]
    gaps: tuple[str, ...]
    case: Case


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place where a form stands; `end` is before a possessive or a plural ending."""

    start: int
    end: int
    form: Form


def plain(word: str) -> str:
    """A word folded for comparing: no case, no accents, nothing invisible."""
    return word.lower() if word.isascii() else _plain(word)


@lru_cache(maxsize=20_000)
def _plain(word: str) -> str:
    decomposed = _DROPPED.sub("", unicodedata.normalize("NFKD", word)).casefold()
    return decomposed.translate(_STROKED)


def words_of(text: str) -> frozenset[str]:
    """The folded words of a text."""
    return frozenset(plain(match[0]) for match in WORD.finditer(text))


def capitals_matter(text: str) -> bool:
    """Whether a string is told from ordinary words by its capitals only: Will, Hope, AJ, US."""
    if text.islower() or not any(letter.isalpha() for letter in text):
        return False
    letters = sum(letter.isalpha() for letter in text)
    return plain(text) in ORDINARY or (text.isupper() and letters <= 4)


def form(text: str, case: Case | None = None) -> Form | None:
    """A string ready to be looked for, or nothing when it has neither letters nor digits."""
    found = list(WORD.finditer(text))
    if not found:
        return None
    ends = [0, *(match.end() for match in found)]
    starts = [*(match.start() for match in found), len(text)]
    gaps = [_gap(text[end:start]) for end, start in zip(ends, starts, strict=True)]
    gaps[0], gaps[-1] = gaps[0].lstrip(), gaps[-1].rstrip()
    case = case or (Case.CAPITALS if capitals_matter(text) else Case.ANY)
    return Form(text.strip(), tuple(plain(match[0]) for match in found), tuple(gaps), case)


def key(text: str) -> tuple[object, ...]:
    """What two spellings of one string have in common; Will and will are two strings."""
    found = form(text)
    return (found.words, found.gaps, found.case is Case.CAPITALS) if found else (text,)


def _gap(text: str) -> str:
    return _SPACES.sub(" ", text.translate(_SIGNS))


def occurrences(text: str, forms: Sequence[Form], *, loose: bool = False) -> Iterator[Occurrence]:
    """Every place of every form, overlapping ones too; loose ones may have other signs between their words."""
    index: dict[str, list[Form]] = {}
    for one in forms:
        index.setdefault(one.words[0], []).append(one)
    for word in WORD.finditer(text):
        folded = plain(word[0])
        for wanted in index.get(folded, ()):
            yield from _read(text, word, wanted, loose)
        if folded[-1] == "s":
            yield from _plural(text, word, folded, index)


def located(text: str, forms: Sequence[Form], kept: Iterable[Span] = ()) -> list[Occurrence]:
    """The places of forms, in order, none overlapping: the longest first, of equal ones the form named first.

    Nothing that overlaps a kept span is among them.
    """
    rank = {id(one): number for number, one in enumerate(forms)}
    found = sorted(occurrences(text, forms), key=lambda one: (one.start - one.end, rank[id(one.form)], one.start))
    taken = covered(len(text), kept)
    chosen = []
    for one in found:
        if is_free(taken, one.start, one.end):
            cover(taken, one.start, one.end)
            chosen.append(one)
    return sorted(chosen, key=lambda one: one.start)


def covered(length: int, spans: Iterable[Span]) -> bytearray:
    """A map of a text in which some spans are taken."""
    taken = bytearray(length)
    for start, end in spans:
        cover(taken, start, end)
    return taken


def cover(taken: bytearray, start: int, end: int) -> None:
    """Take a span."""
    taken[start:end] = b"\1" * len(taken[start:end])


def is_free(taken: bytearray, start: int, end: int) -> bool:
    """Whether nothing of a span is taken."""
    return taken.find(1, start, end) < 0


def _read(text: str, word: re.Match[str], wanted: Form, loose: bool) -> Iterator[Occurrence]:
    """The form at this word, if the words after it and the signs around it are the form's."""
    start, end = word.span()
    for number in range(1, len(wanted.words)):
        after = WORD.search(text, end, end + _LONGEST_GAP + 1)
        if after is None or not _same_gap(text, end, after.start(), wanted.gaps[number], loose):
            return
        if plain(_whole(text, after)) != wanted.words[number]:
            return
        end = after.start() + len(_whole(text, after))
    if not loose:
        before, behind = wanted.gaps[0], wanted.gaps[-1]
        if _gap(text[max(0, start - len(before)) : start]) != before or _gap(text[end : end + len(behind)]) != behind:
            return
        start, end = start - len(before), end + len(behind)
    if _stands_alone(text, start, end) and _case_fits(text[start:end], wanted):
        yield Occurrence(start, end, wanted)


def _whole(text: str, found: re.Match[str]) -> str:
    """The whole word of a match that a search window may have cut."""
    match = WORD.match(text, found.start())
    return match[0] if match else found[0]


def _same_gap(text: str, start: int, end: int, gap: str, loose: bool) -> bool:
    if end - start > _LONGEST_GAP:
        return False
    between = text[start:end]
    if between.count("\n") > 1 or ("\n" in between and _LABEL.match(text, end)):
        return False
    return loose or _gap(between) == gap


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a place is no part of O'Connor and no part of 1,882."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if len(before) == 2 and before[0].isalpha() and before[1] in "'’" and text[start].isalpha():
        return False
    if text[start].isdigit() and len(before) == 2 and before[0].isdigit() and before[1] in ".,":
        return False
    return not (text[end - 1].isdigit() and len(after) == 2 and after[0] in ".," and after[1].isdigit())


def _case_fits(piece: str, wanted: Form) -> bool:
    if wanted.case is Case.ANY:
        return True
    letters = [letter for letter in piece if letter.isalpha()]
    model = [letter for letter in unicodedata.normalize("NFC", wanted.text) if letter.isalpha()]
    if wanted.case is Case.EXACT:
        return [letter.isupper() for letter in letters] == [letter.isupper() for letter in model]
    return all(have.isupper() for have, want in zip(letters, model, strict=False) if want.isupper())


def _plural(text: str, word: re.Match[str], folded: str, index: dict[str, list[Form]]) -> Iterator[Occurrence]:
    """A family by its name: the Alvarezes; only after a word that speaks of several."""
    for ending in ("s", "es"):
        stem = folded.removesuffix(ending)
        options = index.get(stem, ()) if stem != folded else ()
        if options and _SEVERAL.search(text, max(0, word.start() - 8), word.start()):
            end = word.end() - len(ending)
            for wanted in options:
                if len(wanted.words) == 1 and not any(wanted.gaps) and _case_fits(text[word.start() : end], wanted):
                    yield Occurrence(word.start(), end, wanted)
