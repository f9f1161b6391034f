"""Ages by their shape and the decade each belongs to: "34 years old", "aged 34", "when I was fifteen"."""

import re

_ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS = {word: number for number, word in enumerate([*_ONES, *_TEENS], start=1)} | {
    word: 10 * number for number, word in enumerate(_TENS, start=2)
}
_TEEN_OR_ONE = "|".join([*_TEENS, *_ONES])
_NUMBER = rf"(?:1[01]\d|[1-9]?\d|(?:{'|'.join(_TENS)})(?:[ \-](?:{'|'.join(_ONES)}))?|{_TEEN_OR_ONE})"
_OTHER_UNIT = (
    r"(?! ?(?:%|percent|minutes?|mins?|hours?|days?|weeks?|months?|years? (?!old|of age)|miles?|feet|dollars?|people"
    r"|of us|of them|blocks?|o'clock|[ap]\.?m))"
)
AGE = re.compile(
    r"(?=[\daefnostw])(?<![\w.,$€£\-/])(?:"
    rf"{_NUMBER}(?: |-)?(?:years?|yrs?|year's)(?: |-)(?:old|of age)s?(?!\w)"
    rf"|{_NUMBER} ?(?:y/o|yo)(?!\w)"
    rf"|(?:aged?|age of|turned|turning) {_NUMBER}(?![\w/%\-]|[.,:]\d){_OTHER_UNIT}"
    rf"|when (?:i|he|she|they|we|you) (?:was|were|is|am|are) (?:only |just |about |around )?{_NUMBER}"
    rf"(?![\w/%\-]|[.,:]\d){_OTHER_UNIT}"
    r")",
    re.IGNORECASE,
)
_VALUE = re.compile(_NUMBER, re.IGNORECASE)


def banded(text: str) -> str:
    """An age with its number turned into a band of ten years, in brackets.

    >>> banded("34 years old"), banded("aged fifty-two"), banded("when I was 15"), banded("8-year-old")
    ('[30s]', 'aged [50s]', 'when I was [teens]', '[under 10]')
    """
    match = _VALUE.search(text)
    if match is None:
        return "[age]"
    return f"{text[: match.start()]}{_band(_number(match[0]))}"


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    return sum(_WORDS[word] for word in re.split(r"[ \-]", text.lower()))


def _band(age: int) -> str:
    if age < 10:
        return "[under 10]"
    if age < 20:
        return "[teens]"
    return "[90 or over]" if age >= 90 else f"[{age // 10 * 10}s]"
