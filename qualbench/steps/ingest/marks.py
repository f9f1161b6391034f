"""Marks that transcribers put into the words: times, sounds, unclear places, redactions, Jefferson's symbols.

A mark is a span over the text, dimmed on screen and left out of a quote when somebody wants that; the text stays as it
is. What may be somebody's words is no mark: plain brackets are, only when they hold nothing but words for a sound.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import islice


class Kind(StrEnum):
    """What a mark is about."""

    TIME = "time"
    SOUND = "sound"
    UNCLEAR = "unclear"
    REDACTED = "redacted"
    SYMBOL = "symbol"
    """Of Jefferson's notation: pauses, overlaps, stretched and soft sounds, pitch and pace."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark; code points, half-open."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Quote:
    """Words without chosen marks; `cuts` are the spans of the transcript that were left out."""

    text: str
    cuts: tuple[tuple[int, int], ...]


_TIME = r"\d{1,3}:\d\d(?::\d\d)?(?:[.,\-]\d{1,3})?"
_CLOCK = re.compile(rf"{_TIME}(?![\d:])")
_PAIRS = {"[": "]", "(": ")", "#": "#", "<": ">"}
_BRACKETS = re.compile(r"\[([^\[\]()\n]{1,60})\]|\(\(?([^\[\]()\n]{1,60})\)\)?")
_CROSSED = re.compile(r"X{3,}(?!\w)|[█■]{2,}")

# --- the words in brackets -------------------------------------------------------------------------------------

_SOUNDS = (
    r"laugh(?:s|ing|ter|ed)?|chuckl(?:es?|ing)|giggl(?:es?|ing)|snort(?:s|ing)?|scoff(?:s|ing)?|smil(?:es?|ing)|"
    r"sigh(?:s|ing)?|cough(?:s|ing)?|sneez(?:es?|ing)|sniff(?:s|ing|les|ling)?|yawn(?:s|ing)?|gasp(?:s|ing)?|"
    r"cr(?:y|ies|ying)|sob(?:s|bing)?|weep(?:s|ing)?|tear(?:s|ful|fully)|whisper(?:s|ing)?|hum(?:s|ming)?|"
    r"groan(?:s|ing)?|exhal(?:es?|ing)|inhal(?:es?|ing)|breath(?:es?|ing|s)?|clears? throat|clearing throat|"
    r"paus(?:es?|ing)|silence|silent|crosstalk|cross-talk|cross talk|overlapping|overlap|applause|claps?|clapping|"
    r"music|"
    r"nod(?:s|ding)?|shrug(?:s|ging)?|shak(?:es?|ing) head|points?|gestures?|knock(?:s|ing)?|beep(?:s|ing)?|noise|"
    r"(?:tele)?phone (?:rings?|ringing)|door (?:opens?|closes?|slams?|bell)|doorbell|"
    r"baby (?:cries|crying)|dog bark(?:s|ing)|"
    r"lach(?:t|en)|lächelt|seufz(?:t|en)|wein(?:t|en)|hust(?:et|en)|räuspert(?: sich)?|schweig(?:t|en)|stille|zögert|"
    r"nickt|flüstert|schmunzelt|kichert|stöhnt|atmet|pausen?|"
    r"rires?|rit|rient|soupirs?|soupire|silences?|pleure|tousse|hésite|"
    r"ris(?:a|as)|ríen?|suspira|suspiro|llora|llanto|pausa|silencio|tose|asiente"
)
_HOW = (
    r"long|longer|short|brief|slight|slightly|soft|softly|loud|loudly|nervous|nervously|quietly|heavily|deep|deeply|"
    r"awkward|both|all|everyone|together|group|general|background|in background|in the background|in unison|sec|secs|"
    r"second|seconds|min|mins|minute|minutes|s|approx|and|a little|interviewer|participant|respondent|moderator|"
    r"kurz|kurze|kurzer|lange|langer|lang|laut|leise|beide|sekunden|sek|longue|courte|larga|corta|segundos|secondes|"
    r"(?-i:[A-Z]{1,3}\d{1,2})|\d{1,3}(?:[.,]\d)?s?"
)
_SOUND = re.compile(
    rf"(?:(?:{_HOW})[ ,/&-]+){{0,4}}(?:{_SOUNDS})(?:[ ,/&;-]+(?:{_SOUNDS}|{_HOW})){{0,4}}[.!]?", re.IGNORECASE
)
_UNCLEAR = re.compile(
    r"(?:inaudible|unintelligible|indistinct|indecipherable|unclear|incomprehensible|mumbl(?:es?|ing)|"
    r"unverst(?:ändlich)?|"
    r"unv|inintelligible|incompréhensible|ininteligible|no se entiende)\b\.?"
    r"(?:[ ,:;@~-]{0,3}(?:at |words?|speech|section|audio|name|phrase|sentence|few|one|two|three|\d{1,2} ?|"
    rf"{_TIME}))"
    r"{0,4}[.?]?|\?{1,3}|\.{2,3}|…",
    re.IGNORECASE,
)
_NAMES = (
    r"name|first name|last name|surname|place name|participant name|city name|location|address|phone number|"
    r"identifier|identifying information|personal information"
)
_THINGS = (
    r"person|place|city|town|village|county|state|country|street|school|university|college|hospital|clinic|employer|"
    r"company|business|organi[sz]ation|agency|church|date|date of birth|age|phone|e-?mail|participant"
)
_TAKEN_OUT = r"redacted|removed|withheld|omitted|deleted|anonymi[sz]ed|de-?identified|masked|blinded|confidential"
_NUMBER = r"(?:[ _#-]?\d{1,3}|[ _-][A-Z])?"
_REDACTED = re.compile(
    rf"(?:(?:{_NAMES}|{_THINGS}) )?(?:{_TAKEN_OUT})(?: (?:{_NAMES}|{_THINGS}))?|(?:{_NAMES}){_NUMBER}|"
    rf"(?-i:(?:{_THINGS.upper()}){_NUMBER})|(?:P|ID|R)[ _-]?\d{{1,4}}|X{{2,}}|name of .{{1,40}}",
    re.IGNORECASE,
)
"""A thing such as a city is a placeholder only in capitals; in small letters an editor may have explained a word."""

# --- Jefferson -------------------------------------------------------------------------------------------------

_PAUSE = r"\((?:\.{1,2}|\d{1,3}(?:[.,]\d{1,2})?)\)"
_STRETCH = r"(?<=[^\W\d_]):{1,12}(?=[^\W\d_])|(?<=[^\W\d_]):{2,12}"
_SYMBOL = re.compile(rf"{_PAUSE}|{_STRETCH}|[°↑↓=<>\[\]]|@(?=[^\s@]|\()|(?<=[^\s@])@")
_SURE = (
    ("(.)", re.compile(r"\(\.\)")),
    ("(", re.compile(r"\(\d{1,2}\.\d\)")),
    ("::", re.compile(r"[^\W\d_]::")),
    ("°", re.compile(r"°[^°\n]{1,80}°")),
    ("↑", re.compile(r"↑[^\W\d_]")),
    ("↓", re.compile(r"↓[^\W\d_]")),
    (">", re.compile(r">[^<>\n]{1,80}<")),
    ("=", re.compile(r"=[ \t]{0,8}\n")),
)
_KINDS_NEEDED = 2
_USES_NEEDED = 5
_ENOUGH = 50


def is_jeffersonian(text: str) -> bool:
    """Whether a text is written in Jefferson's notation: two of its signs that nothing else looks like, five times."""
    counts = [_count(pattern, text) for sign, pattern in _SURE if sign in text]
    return sum(1 for count in counts if count) >= _KINDS_NEEDED and sum(counts) >= _USES_NEEDED


def _count(pattern: re.Pattern[str], text: str) -> int:
    """How often the pattern is there, counted up to fifty."""
    return sum(1 for _ in islice(pattern.finditer(text), _ENOUGH))


# --- finding ---------------------------------------------------------------------------------------------------


def marks(text: str) -> tuple[Mark, ...]:
    """Every mark of a text in order; none overlap. Symbols are looked for only in Jefferson's notation."""
    found = [*_times(text), *_bracketed(text), *_crossed(text)]
    if is_jeffersonian(text):
        found += [Mark(match.start(), match.end(), Kind.SYMBOL) for match in _SYMBOL.finditer(text)]
    found.sort(key=lambda mark: (mark.start, mark.kind is Kind.SYMBOL, -mark.end))
    kept: list[Mark] = []
    for mark in found:
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return tuple(kept)


def _times(text: str) -> Iterator[Mark]:
    """Times in brackets anywhere; bare ones only where they stand apart from the words of their line."""
    for match in _CLOCK.finditer(text):
        start, end = match.span()
        opening, closing = text[start - 1 : start] if start else "", text[end : end + 1]
        escaped = closing == "\\" and text[end + 1 : end + 2] == "]"
        if opening and (_PAIRS.get(opening) == closing or (escaped and opening == "[")):
            first = start - 1 - (escaped and text[start - 2 : start - 1] == "\\")
            yield Mark(first, end + 1 + escaped, Kind.TIME)
        elif opening in ("", " ", "\t", "\n") and closing in ("", " ", "\t", "\n") and _stands_apart(text, start, end):
            yield Mark(start, end, Kind.TIME)


def _stands_apart(text: str, start: int, end: int) -> bool:
    """Whether a bare time begins or ends its line; one without seconds only alone or two blanks from a name."""
    feeds = "\n" + text[max(0, start - 9) : start] if start < 9 else text[start - 9 : start]
    _, opens, before = feeds.rpartition("\n")
    after, closes, _ = (text[end : end + 9] + "\n" if end + 9 > len(text) else text[end : end + 9]).partition("\n")
    at_start, at_end = bool(opens) and not before.strip(), bool(closes) and not after.strip()
    if text.count(":", start, end) > 1:
        return at_start or at_end
    return at_end and (at_start or before.endswith(("  ", "\t")))


def _bracketed(text: str) -> Iterator[Mark]:
    if "]" not in text and ")" not in text:
        return
    for match in _BRACKETS.finditer(text):
        start, end = match.span()
        square = match[1] is not None
        kind = _kind((match[1] or match[2]).strip("\\ "), square)
        if kind is not None and not (kind is Kind.REDACTED and _opens_line(text, start)):
            yield Mark(start - (square and start > 0 and text[start - 1] == "\\"), end, kind)


@lru_cache(maxsize=4096)
def _kind(words: str, square: bool) -> Kind | None:
    """What the words in a pair of brackets are; None when they may be speech or an editor's addition."""
    if _UNCLEAR.fullmatch(words):
        return Kind.UNCLEAR
    if _SOUND.fullmatch(words):
        return Kind.SOUND
    if square and _REDACTED.fullmatch(words):
        return Kind.REDACTED
    return None


def _opens_line(text: str, start: int) -> bool:
    """Whether only blanks stand before it on its line, where `[P1]` is who speaks."""
    _, feed, before = text[max(0, start - 20) : start].rpartition("\n")
    return not before.strip() and (bool(feed) or start <= 20)


def _crossed(text: str) -> Iterator[Mark]:
    for match in _CROSSED.finditer(text):
        if not match.start() or not text[match.start() - 1].isalnum():
            yield Mark(match.start(), match.end(), Kind.REDACTED)


# --- quoting ---------------------------------------------------------------------------------------------------


def without(text: str, start: int, end: int, kinds: Collection[Kind], found: Sequence[Mark] | None = None) -> Quote:
    """The words between two places without the marks of some kinds that lie wholly inside, and one blank of two.

    `found` are the text's marks, for a caller who quotes often.
    """
    every = marks(text) if found is None else found
    first = bisect_left(every, start, key=lambda mark: mark.start)
    cuts: list[tuple[int, int]] = []
    for index in range(first, len(every)):
        mark = every[index]
        if mark.end > end:
            break
        if mark.kind in kinds:
            begin = max(start, cuts[-1][1]) if cuts else start
            cuts.append(_with_blank(text, mark, begin, end))
    pieces, position = list[str](), start
    for cut in cuts:
        pieces.append(text[position : cut[0]])
        position = cut[1]
    return Quote("".join([*pieces, text[position:end]]), tuple(cuts))


def _with_blank(text: str, mark: Mark, start: int, end: int) -> tuple[int, int]:
    """The mark's span with the blank that would be left over beside it."""
    before = mark.start > start and text[mark.start - 1] == " "
    after = mark.end < end and text[mark.end] == " "
    if before and (after or (mark.kind is not Kind.SYMBOL and (mark.end == end or text[mark.end] in ".,;:?!\n"))):
        return mark.start - 1, mark.end
    if after and (mark.start == start or text[mark.start - 1] == "\n"):
        return mark.start, mark.end + 1
    return mark.start, mark.end
