"""Words of an agreement report, and the one rule for characters that no file format can hold."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from qualbench.text import shown

_ILLEGAL = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text: str) -> str:
    """The text with each character that XML or UTF-8 can not carry turned into one visible character.

    >>> printable("a\\x1bb")
    'a␛b'
    """
    return _ILLEGAL.sub(_visible, text)


def _visible(match: re.Match[str]) -> str:
    character = match.group()
    visible = shown(character)
    return visible if visible != character else "\ufffd"


def one_line(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


def many(count: int, noun: str) -> str:
    """A number with its noun.

    >>> many(1, "unit"), many(1200, "unit")
    ('1 unit', '1,200 units')
    """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def percent(share: float) -> str:
    """A share (0 to 1) in percent; only none and all are printed as 0% and 100%.

    >>> percent(0.25), percent(0.9999), percent(0.0001)
    ('25%', '>99.9%', '<0.1%')
    """
    text = f"{100 * share:.1f}".removesuffix(".0")
    if text == "0" and share > 0:
        return "<0.1%"
    if text == "100" and share < 1:
        return ">99.9%"
    return f"{text}%"


def listed(words: Sequence[str]) -> str:
    """Words as a phrase.

    >>> listed(["Ada", "Bo", "Cy"]), listed(["Ada"]), listed([])
    ('Ada, Bo and Cy', 'Ada', 'none')
    """
    if len(words) < 2:
        return words[0] if words else "none"
    return f"{', '.join(words[:-1])} and {words[-1]}"


def sentence(text: str) -> str:
    """The text with a capital at its start and a full stop at its end, if it has neither.

    >>> sentence("drawn at random"), sentence("Why?")
    ('Drawn at random.', 'Why?')
    """
    plain = text.strip()
    if not plain:
        return ""
    return plain[0].upper() + plain[1:] + ("" if plain.endswith((".", "!", "?")) else ".")


def letter(place: int) -> str:
    """The letter of a coder, counted from 0; numbers when the letters run out.

    >>> letter(0), letter(26)
    ('A', '27')
    """
    return chr(ord("A") + place) if place < 26 else str(place + 1)


def moment_of(date: str) -> datetime:
    """An ISO date as files carry it: in UTC, without a zone, in whole seconds."""
    moment = datetime.fromisoformat(date)
    return (moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment).replace(microsecond=0)
