"""Values of variables in the forms that REFI-QDA (XML Schema) demands of their kinds."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime

from qualbench.steps.interchange.refi.bundle import Kind

_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_ZONE = r"(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9])?"
_DATE = re.compile(rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}{_ZONE}")
_DATETIME = re.compile(rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}T[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}(?:\.[0-9]+)?{_ZONE}")


def fits(kind: Kind, value: str) -> bool:
    """Whether a value may stand in a variable of this kind.

    >>> fits(Kind.INTEGER, "12"), fits(Kind.INTEGER, "1.5"), fits(Kind.FLOAT, "1,5"), fits(Kind.DATE, "2026-02-30")
    (True, False, False, False)
    """
    return _FITS[kind](value)


def _is_day(value: str) -> bool:
    return bool(_DATE.fullmatch(value)) and _parses(date.fromisoformat, value[:10])


def _is_time(value: str) -> bool:
    return bool(_DATETIME.fullmatch(value)) and _parses(datetime.fromisoformat, value)


def _parses(parse: Callable[[str], object], value: str) -> bool:
    try:
        parse(value)
    except ValueError:
        return False
    return True


_FITS: Mapping[Kind, Callable[[str], bool]] = {
    Kind.TEXT: lambda _: True,
    Kind.BOOLEAN: lambda value: value in ("true", "false", "1", "0"),
    Kind.INTEGER: lambda value: bool(_INTEGER.fullmatch(value)),
    Kind.FLOAT: lambda value: bool(_DECIMAL.fullmatch(value)),
    Kind.DATE: _is_day,
    Kind.DATETIME: _is_time,
}
