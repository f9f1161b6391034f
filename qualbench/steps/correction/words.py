"""What a word is when two versions of a text are compared: in any script, without a dictionary.

A word is a run without blanks and punctuation; an apostrophe, a hyphen or the point of a number inside it belongs to
it, so that can't is not can. Marks and joiners stay with their letter, and every Chinese or Japanese sign is a word.
"""

import re

_PUNCTUATION = (
    r"!-/:-@\[-\^`{-~\u00a1-\u00a9\u00ab\u00ac\u00ae-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u060c\u061b\u061f\u06d4"
    r"\u0964\u0965\u2010-\u2027\u2030-\u205e\u3001-\u3003\u3008-\u3020\u3030\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40"
    r"\uff5b-\uff65"
)
_SIGN = r"\u3040-\u3098\u309b-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LETTER = rf"[^\s{_PUNCTUATION}{_SIGN}]"
_INNER = r"(?:['’\u2010\u2011\-]|(?<=\d)[.,:](?=\d))"
_WORD = rf"{_LETTER}+(?:{_INNER}{_LETTER}+)*|[{_SIGN}][\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef]*"

WORD = re.compile(_WORD)
TOKEN = re.compile(rf"{_WORD}|\S")
"""A word or a mark of punctuation; blanks and line ends only stand between them."""

_REACH = 100
"""How far a word is looked for, in code points: an endless word must not cost its square."""


def word_around(text: str, place: int) -> tuple[int, int]:
    """The word that `place` cuts in two; an empty span at the place when it cuts none.

    >>> word_around("I can't go", 5), word_around("I can't go", 7)
    ((2, 7), (7, 7))
    """
    begin, least = place, max(0, place - _REACH)
    while begin > least and not text[begin - 1].isspace():
        begin -= 1
    for word in WORD.finditer(text, begin, place + _REACH):
        if word.start() >= place:
            break
        if word.end() > place:
            return word.span()
    return place, place


def after_blanks(text: str, place: int, stop: int) -> int:
    """The first place from `place` on, at most `stop`, at which no blank stands."""
    while place < stop and text[place].isspace():
        place += 1
    return place


def before_blanks(text: str, place: int, stop: int) -> int:
    """The last place up to `place`, at least `stop`, before which no blank stands."""
    while place > stop and text[place - 1].isspace():
        place -= 1
    return place
