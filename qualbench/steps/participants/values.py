"""A number or a day as people write it in a table, read only where one reading is possible.

What can be read in two ways (1.500, 03/04/2024) is never guessed: a wrong guess would be wrong by a thousand or months.
"""

import math
import re
from datetime import date
from itertools import permutations

from qualbench.text import excerpt, folded

_MONTHS = {
    1: "january jan januar janner janvier janv enero ene",
    2: "february feb februar fevrier fevr fev febrero",
    3: "march mar marz maerz mrz mars marzo",
    4: "april apr avril avr abril abr",
    5: "may mai mayo",
    6: "june jun juni juin junio",
    7: "july jul juli juillet juil julio",
    8: "august aug aout agosto ago",
    9: "september sep sept septembre septiembre setiembre",
    10: "october oct oktober okt octobre octubre",
    11: "november nov novembre noviembre",
    12: "december dec dezember dez decembre diciembre dic",
}
_MONTH = {word: number for number, words in _MONTHS.items() for word in words.split()}
"""English, German, French and Spanish; no word means two months."""
_SMALL_WORDS = "st nd rd th er of the de del le el den der"
_FILLERS = frozenset(_SMALL_WORDS.split())
_FIGURES = re.compile(r"([0-9]{1,4})([-/.])([0-9]{1,2})\2([0-9]{1,4})")
_TIME = re.compile(r"(?<=[0-9])[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)$")
_IN_WORDS = re.compile(r"[\w\s.,/-]+")
_GROUP_BLANK = re.compile(r"(?<=[0-9])[ \u00a0\u2009\u202f'’](?=[0-9]{3}(?![0-9]))")
_TWO_WAYS = re.compile(r"([+-]?[1-9][0-9]{0,2})[.,]([0-9]{3})")
_COMMA_GROUPS = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_POINT_GROUPS = re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_PLAIN = re.compile(r"[+-]?(?:[0-9]+(?:[.,][0-9]+)?|[.,][0-9]+)(?:[eE][+-]?[0-9]{1,3})?")


class Ambiguous(ValueError):
    """It looks like a number or a day, and could be more than one."""


def number_of(text: str) -> float:
    """The number that a text says, with a decimal point or comma; a ValueError says why it can not be told."""
    bare = _GROUP_BLANK.sub("", text.strip().replace("−", "-"))
    if two := _TWO_WAYS.fullmatch(bare):
        whole, rest = two.groups()
        raise Ambiguous(
            f"{_said(text)} can be {whole}{rest} or {f'{whole}.{rest}'.rstrip('0').rstrip('.')}: write that"
        )
    if _COMMA_GROUPS.fullmatch(bare):
        bare = bare.replace(",", "")
    elif _POINT_GROUPS.fullmatch(bare):
        bare = bare.replace(".", "").replace(",", ".")
    elif _PLAIN.fullmatch(bare):
        bare = bare.replace(",", ".")
    else:
        raise ValueError(f"{_said(text)} is not a number: write figures alone")
    number = float(bare)
    if not math.isfinite(number):
        raise ValueError(f"{_said(text)} is too large a number")
    return number


def day_of(text: str) -> date:
    """The day that a text says, in figures or in words; a ValueError says why it can not be told.

    The year comes first (ISO), or with points the day does, as everywhere where days are written with points; with
    strokes or hyphens the figures have to tell the day from the month.
    """
    bare = text.strip()
    if (time := _TIME.search(bare)) and _FIGURES.fullmatch(bare[: time.start()]):
        if time[1].strip("0:."):
            raise ValueError(f"{_said(text)} has a time, and a date is a day: write it as {bare[: time.start()]}")
        bare = bare[: time.start()]
    if figures := _FIGURES.fullmatch(bare):
        first, mark, second, last = figures.groups()
        return _in_figures(text, first, mark, second, last)
    return _in_words(text)


def _in_figures(text: str, first: str, mark: str, second: str, last: str) -> date:
    if len(first) == 4 and len(last) <= 2:
        return _day(text, int(first), int(second), int(last))
    if len(last) != 4 or len(first) > 2:
        raise Ambiguous(f"{_said(text)} leaves open which figures are the year: write it as YYYY-MM-DD")
    one, two, year = int(first), int(second), int(last)
    if two > 12:
        return _day(text, year, one, two)
    if mark == "." or one > 12 or one == two:
        return _day(text, year, two, one)
    either = " or ".join(f"{year:04}-{month:02}-{day:02}" for month, day in ((two, one), (one, two)))
    raise Ambiguous(f"{_said(text)} can be two days: write it as {either}")


def _in_words(text: str) -> date:
    """A month by its name, a day and a year of four figures, in any order and with nothing else."""
    words = re.findall(r"[^\W\d_]+|[0-9]+", folded(text)) if _IN_WORDS.fullmatch(text) else []
    parts = [word for word in words if word not in _FILLERS]
    if len(parts) == 3:
        for year, month, day in permutations(parts):
            if re.fullmatch(r"[0-9]{4}", year) and month in _MONTH and re.fullmatch(r"[0-9]{1,2}", day):
                return _day(text, int(year), _MONTH[month], int(day))
    raise ValueError(f"{_said(text)} is not a day with its month and year: write it as YYYY-MM-DD")


def _day(text: str, year: int, month: int, day: int) -> date:
    try:
        if year < 1000:
            raise ValueError(year)
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"{_said(text)} is not a day of the calendar: write it as YYYY-MM-DD") from None


def _said(text: str) -> str:
    return f"'{excerpt(text, 40)}'"
