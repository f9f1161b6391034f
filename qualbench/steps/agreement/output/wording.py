"""Words of an agreement report, and the one rule for characters that no file format can hold."""

from collections.abc import Sequence
from datetime import UTC, datetime


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
