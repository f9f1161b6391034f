"""Finding a code by a few letters: `barsup` finds "Barrier / support", whatever the case and the accents.

Each candidate is looked at once per key and in one direction, so no query can make it slow. Words found whole rank
over letters that begin words, and these over letters scattered; then what was used lately; then book order.
"""

import unicodedata
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_WHOLE, _WORD_START, _INSIDE, _ABBREVIATION, _SCATTERED = range(5)

_Rank = tuple[int, int, int, int]
"""Tier; how far from the code's own name, or how many letters are scattered; two finer measures. Small is good."""


@dataclass(frozen=True, slots=True)
class Found:
    """A code that fits; `positions` are the code points of its label that were found."""

    id: str
    label: str
    positions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Entry:
    id: str
    label: str
    folded_id: str
    folded: str
    origins: tuple[int, ...]
    """For each folded character the code point of the label it came from."""
    starts: Mapping[str, Sequence[int]]
    """Where words begin in the folded label, by their first letter."""
    leaf: int
    """Where the last part of the path begins in the folded label."""
    letters: int


class CodeFinder:
    """Searches codes given as (id, path label), in book order."""

    def __init__(self, entries: Sequence[tuple[str, str]]) -> None:
        self._entries = [_prepared(code_id, label) for code_id, label in entries]

    def search(self, query: str, limit: int = 50, recent: Sequence[str] = ()) -> list[Found]:
        """The codes that fit, best first; with nothing asked, the recent ones first and then book order."""
        wanted = " ".join(_folded(query)[0].split())
        age = {code_id: rank for rank, code_id in reversed(list(enumerate(recent)))}
        letters = _mask(wanted)
        ranked: list[tuple[tuple[int, ...], _Entry, tuple[int, ...]]] = []
        for order, entry in enumerate(self._entries):
            if letters & ~entry.letters:
                continue
            match = _match(entry, wanted)
            if match is not None:
                (tier, away, *rest), places = match
                ranked.append(((tier, away, age.get(entry.id, len(age)), *rest, order), entry, places))
        ranked.sort(key=lambda row: row[0])
        return [Found(entry.id, entry.label, _origins(entry, places)) for _, entry, places in ranked[:limit]]


def _prepared(code_id: str, label: str) -> _Entry:
    folded, origins = _folded(label)
    folded_id = _folded(code_id)[0]
    starts: dict[str, list[int]] = {}
    for place, char in enumerate(folded):
        if char.isalnum() and (place == 0 or not folded[place - 1].isalnum()):
            starts.setdefault(char, []).append(place)
    leaf = folded.rfind(" / ")
    return _Entry(
        code_id,
        label,
        folded_id,
        folded,
        origins,
        starts,
        leaf + 3 if leaf >= 0 else 0,
        _mask(folded + folded_id),
    )


def _folded(text: str) -> tuple[str, tuple[int, ...]]:
    """The text without case and accents, and for each of its characters where it came from."""
    if text.isascii():
        return text.lower(), tuple(range(len(text)))
    chars: list[str] = []
    origins: list[int] = []
    for place, char in enumerate(text):
        plain = "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c)).casefold()
        chars.append(plain)
        origins.extend([place] * len(plain))
    return "".join(chars), tuple(origins)


def _mask(folded: str) -> int:
    """Which letters occur, as bits: a candidate that lacks one of the query's is passed over at once."""
    mask = 0
    for char in set(folded):
        if not char.isspace():
            mask |= 1 << (ord(char) & 63)
    return mask


def _match(entry: _Entry, wanted: str) -> tuple[_Rank, tuple[int, ...]] | None:
    """How well an entry fits (smaller is better) and where; None when it does not."""
    if not wanted:
        return (0, 0, 0, 0), ()
    best = min((found for found in (_in_label(entry, wanted), _in_id(entry, wanted)) if found), default=None)
    return best or _by_letters(entry, wanted.replace(" ", ""))


def _in_label(entry: _Entry, wanted: str) -> tuple[_Rank, tuple[int, ...]] | None:
    if wanted not in entry.folded:
        return None
    starts = [place for place in entry.starts.get(wanted[0], ()) if entry.folded.startswith(wanted, place)]
    if starts:
        place = next((start for start in starts if start >= entry.leaf), starts[0])
    else:
        place = entry.folded.find(wanted, entry.leaf)
        place = place if place >= 0 else entry.folded.find(wanted)
    above = place < entry.leaf
    whole = place == entry.leaf and place + len(wanted) == len(entry.folded)
    tier = _WHOLE if whole else _WORD_START if starts else _INSIDE
    rank = (tier, above, place if above else place - entry.leaf, len(entry.folded))
    return rank, tuple(range(place, place + len(wanted)))


def _in_id(entry: _Entry, wanted: str) -> tuple[_Rank, tuple[int, ...]] | None:
    place = entry.folded_id.find(wanted)
    if place < 0:
        return None
    tier = _WHOLE if entry.folded_id == wanted else _INSIDE if place else _WORD_START
    return (tier, 1, place, len(entry.folded)), ()


def _by_letters(entry: _Entry, wanted: str) -> tuple[_Rank, tuple[int, ...]] | None:
    """The letters of the query in their order: going on where it stands, else at a word's start, else anywhere."""
    latest = _latest(entry.folded, wanted)
    if latest is None:
        return None
    places: list[int] = []
    runs = scattered = 0
    for letter, last in zip(wanted, latest, strict=True):
        following = places[-1] + 1 if places else 0
        place = following if places and entry.folded.startswith(letter, following) else -1
        if place < 0 or place > last:
            place = _start_with(entry, letter, following, last)
            runs += 1
            scattered += place not in entry.starts.get(letter, ())
        places.append(place)
    tier = _SCATTERED if scattered else _ABBREVIATION
    return (tier, scattered, runs, len(entry.folded)), tuple(places)


def _latest(text: str, wanted: str) -> list[int] | None:
    """The last place where each letter may stand so that the rest still fits behind it."""
    places: list[int] = []
    end = len(text)
    for letter in reversed(wanted):
        end = text.rfind(letter, 0, end)
        if end < 0:
            return None
        places.append(end)
    return places[::-1]


def _start_with(entry: _Entry, letter: str, low: int, last: int) -> int:
    """The next place of a letter between two others, at the beginning of a word if there is such a one."""
    starts = entry.starts.get(letter, ())
    next_start = bisect_left(starts, low)
    if next_start < len(starts) and starts[next_start] <= last:
        return starts[next_start]
    return entry.folded.find(letter, low, last + 1)


def _origins(entry: _Entry, places: Sequence[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(entry.origins[place] for place in places))
