"""Dates by their shape: a day or a year with its month, in figures or in words; never a year or a month alone."""

import re

_CLEAR = (
    "January|February|April|June|July|August|September|October|November|December"
    "|Jan|Feb|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
)
_MONTH = rf"(?:(?i:{_CLEAR})|March|MARCH|Mar|May|MAY)\.?"
"""In small letters may and march are words of their own."""
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\w.:]*\d)"
_YEAR = r"(?:1[89]|20)\d\d(?!\w)"
_UNITS = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
_ORDINAL = (
    rf"(?i:(?:twenty|thirty)[ \-](?:{_UNITS})|{_UNITS}|(?:ten|eleven|thirteen|fourteen|fifteen|sixteen|seventeen"
    + (r"|eighteen|nineteen)th|twelfth|twentieth|thirtieth)(?!\w)")
)
_D, _M = r"(?:3[01]|[12]\d|0?[1-9])", r"(?:1[0-2]|0?[1-9])"
_BEFORE = r"(?<![\w.,/\-$€£])"
_AFTER = r"(?!\w)(?![./\-]\d)"

DATES = tuple(
    re.compile(expression)
    for expression in (
        rf"(?=[ADFJMNOSadfjnos])(?<!\w){_MONTH},? (?:the )?(?:{_DAY}|{_ORDINAL})(?:,? (?:of )?{_YEAR})?(?!\w)",
        rf"{_BEFORE}{_DAY} (?:of )?{_MONTH}(?:,? (?:of )?{_YEAR})?(?!\w)",
        rf"(?=[EFNSTefnst])(?<!\w){_ORDINAL} (?:of )?{_MONTH}(?:,? (?:of )?{_YEAR})?(?!\w)",
        rf"(?=[ADFJMNOSadfjnos])(?<!\w){_MONTH},? (?:of |in )?{_YEAR}",
        rf"{_BEFORE}{_YEAR[:-6]}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]){_AFTER}",
        rf"{_BEFORE}(?:{_D}([/.\-]){_M}|{_M}([/.\-]){_D})(?:\1|\2)(?:1[89]|20)\d\d{_AFTER}",
        rf"{_BEFORE}(?:{_D}/{_M}|{_M}/{_D})/\d\d{_AFTER}",
    )
)
