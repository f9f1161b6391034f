"""Numbers and sentences as a report prints them, and the one rule for characters no file format can hold."""

import re
from collections.abc import Mapping

from qualbench.model import METHOD_NAMES, Method, Study
from qualbench.text import shown

_ILLEGAL = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


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


def coefficient(value: float, decimals: int) -> str:
    """A coefficient (at most 1): two decimals in sentences, three in tables; never a minus zero.

    >>> coefficient(-0.0004, 3), coefficient(0.7149, 2)
    ('0.000', '0.71')
    """
    return f"{round(value, decimals) + 0.0:.{decimals}f}"


def share_of(count: int, total: int, word: str) -> str:
    """How many of how many.

    >>> share_of(2, 3, "participant")
    '2 of 3 participants (66.7%)'
    """
    return f"{count} of {many(total, word)}" + (f" ({percent(count / total)})" if total else "")


def tally(counts: Mapping[str, int]) -> str:
    """Counts as one phrase, most frequent first.

    >>> tally({"a slip": 1, "codes overlap": 2})
    'codes overlap 2, a slip 1'
    """
    ordered = sorted(counts.items(), key=lambda pair: -pair[1])
    return ", ".join(f"{name} {count}" for name, count in ordered)


def method_sentence(study: Study) -> str:
    """How the study was coded; in reflexive thematic analysis also why no figures follow (Braun & Clarke)."""
    follows = f"The study follows {METHOD_NAMES[study.method]}."
    if study.method is Method.REFLEXIVE:
        return (
            f"{follows} Coding is interpretation, and a second coder enriches it rather than checks it. "
            "Coefficients of agreement presuppose one right coding, so none are given, "
            "and themes are not weighed by counts."
        )
    if study.coders == 1:
        return f"{follows} Each transcript was coded by one coder."
    return (
        f"{follows} Each transcript was coded by {study.coders} coders independently: "
        "nobody could see another's coding of it before all had submitted theirs."
    )
