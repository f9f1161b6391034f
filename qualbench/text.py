"""Interview text as it may be shown: on a terminal, in a file, and what a reader sees as one character.

Interview text is hostile: an escape character in a transcript would drive the reader's terminal. Every string
that did not come from this program goes through `shown` before it reaches a screen, a prompt or a log.
"""

import re
import unicodedata

_PICTURES = {code: 0x2400 + code for code in range(32)} | {0x09: 0x20, 0x7F: 0x2421}
_C1 = dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
_BIDI = dict.fromkeys(
    [0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A), *range(0xD800, 0xE000)], 0xFFFD
)
_VISIBLE = _PICTURES | _C1 | _BIDI
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_ILLEGAL = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def shown(text: str) -> str:
    """The text with every control character turned into one visible character, so that offsets do not move.

    >>> shown("a\\x1b]52;c;eA\\x07b")
    'a␛]52;c;eA␇b'
    """
    return text.translate(_VISIBLE) if _UNSAFE.search(text) else text


def shown_lines(text: str) -> str:
    """Like `shown`, but line ends stay line ends: for text that is printed as several lines."""
    return "\n".join(shown(line) for line in text.split("\n"))


_FLAGS = "[\U0001f1e6-\U0001f1ff]{2}"
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0900-\u0903\u093a-\u094f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef"
    "\U000e0020-\U000e007f"
)
_CLUSTER = re.compile(f"{_FLAGS}|\r\n|.[{_MARKS}]*(?:\u200d.[{_MARKS}]*)*", re.DOTALL)


def clusters(text: str) -> list[str]:
    """The text cut into what a reader sees as single characters (grapheme clusters); joined they are the text.

    >>> [len(cluster) for cluster in clusters("e\\u0301a")]
    [2, 1]
    """
    return _CLUSTER.findall(text)


def snap(text: str, start: int, end: int) -> tuple[int, int]:
    """The span widened so that it cuts no cluster in two; start and end are code points, half-open."""
    position = 0
    low, high = start, end
    for cluster in clusters(text):
        after = position + len(cluster)
        if position < start < after:
            low = position
        if position < end < after:
            high = after
        position = after
    return low, high


def folded(text: str) -> str:
    """The text folded for finding only: no case, no accents, single spaces.

    >>> folded("  Zoë   SAID ")
    'zoe said'
    """
    plain = unicodedata.normalize("NFKD", text)
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())


def canonical(text: str) -> str:
    """The text as it is sealed: no byte-order mark, line feeds only, every other character untouched.

    >>> canonical("\\ufeff\\ufeffSo.\\r\\n") == canonical(canonical("\\ufeffSo.\\n")) == "So.\\n"
    True
    """
    return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def excerpt(text: str, width: int) -> str:
    """One line of at most `width` characters, safe to show, for lists and previews."""
    line = " ".join(shown(text).split())
    return line if len(line) <= width else line[: max(0, width - 1)].rstrip() + "…"


def counted(number: int, noun: str) -> str:
    """A number with its noun.

    >>> counted(1, "quote"), counted(2, "quote")
    ('1 quote', '2 quotes')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


# --- in files ----------------------------------------------------------------------------------------------------


def printable(text: str) -> str:
    """The text with each character that XML or UTF-8 can not carry turned into one visible character.

    >>> printable("a\\x00b")
    'a␀b'
    """
    return _ILLEGAL.sub(_visible, text)


def _visible(match: re.Match[str]) -> str:
    character = match.group()
    visible = shown(character)
    return visible if visible != character else "\ufffd"


def defused(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula.

    >>> defused("=1+1"), defused("1+1")
    ("'=1+1", '1+1')
    """
    return printable(f"'{text}" if text.startswith(_FORMULA) else text)


def one_line(text: str) -> str:
    """The text with every run of white space as one space, for headings."""
    return " ".join(text.split())


def many(count: int, word: str) -> str:
    """A number with its noun.

    >>> many(1, "segment"), many(1200, "segment")
    ('1 segment', '1,200 segments')
    """
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def percent(share: float) -> str:
    """A proportion (0 to 1) in percent, at most one decimal; only none and all are printed as 0% and 100%.

    >>> percent(0.5), percent(2 / 3), percent(0.9999)
    ('50%', '66.7%', '>99.9%')
    """
    text = f"{100 * share:.1f}".removesuffix(".0")
    if text == "0" and share > 0:
        return "<0.1%"
    if text == "100" and share < 1:
        return ">99.9%"
    return f"{text}%"
