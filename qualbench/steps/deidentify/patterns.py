"""What can be recognised by its shape: mail, web, phone and other numbers, addresses, dates, ages.

Conservative: a year alone, a price, a section number, 24/7 and 9/11 are nobody's. Every expression begins where a
word begins and never takes a step back over more than a few characters, so hostile text takes no longer.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from qualbench.steps.deidentify.ages import AGE
from qualbench.steps.deidentify.dates import DATES
from qualbench.steps.deidentify.kinds import Entity, Kind

_ENDINGS = frozenset(["com", "org", "net", "edu", "gov", "info", "ca", "mx", "eu", "uk"])
_SPOKEN = r"(?:com|org|net|edu|gov|info|ca|mx|uk)\b"
_STREET = (
    "Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Place|Pl|Way|Terrace|Square|Highway|Hwy"
    "|Parkway|Pkwy|Circle"
)
_DIGIT_WORD = r"(?:zero|oh|o|one|two|three|four|five|six|seven|eight|nine|double|triple)"


@dataclass(frozen=True, slots=True)
class _Shape:
    kind: Kind
    expression: re.Pattern[str]
    """What it finds is the string; a group called `it`, if there is one, is."""
    accepts: Callable[[str], bool] = bool


def _digits(text: str) -> int:
    return sum(letter.isdigit() for letter in text)


def _is_domain(text: str) -> bool:
    return text.partition("/")[0].rpartition(".")[2].lower() in _ENDINGS


def _is_number(text: str) -> bool:
    """A string of letters and digits that counts cases rather than things: four digits in a row, letters too."""
    return len(text) <= 30 and bool(re.search(r"\d{4}", text) and re.search(r"[A-Z]", text))


_WEB = [
    _Shape(Kind.WEB, re.compile(r"(?<!\w)(?:https?://|www\.)[^\s<>\"]*[^\s<>\".,;:!?)'\]’”]", re.IGNORECASE)),
    _Shape(
        Kind.WEB,
        re.compile(
            r"(?<![\w@./-])[a-z0-9-]++(?:\.[a-z0-9-]++)++(?![\w@])(?:/[^\s<>\",;)]*[^\s<>\",;).?!]|/)?", re.IGNORECASE
        ),
        _is_domain,
    ),
    _Shape(Kind.WEB, re.compile(r"(?<![\w@/.])@[A-Za-z_]\w{1,28}(?:\.\w{1,28})?(?!\w)")),
]
_MAIL = [
    _Shape(Kind.MAIL, re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)++")),
    _Shape(
        Kind.MAIL,
        re.compile(
            rf"(?<![\w.+-])[\w.+-]++ (?:at|\[at\]|\(at\)) [\w-]++ ?(?:dot|\[dot\]|\(dot\)|\.) ?{_SPOKEN}",
            re.IGNORECASE,
        ),
    ),
]
_PHONE = [
    _Shape(
        Kind.PHONE,
        re.compile(r"(?<![\w+.])\+\d{1,4}(?:[ .\-]{0,2}\(?\d{1,5}\)?){2,6}(?!\w)"),
        lambda text: 8 <= _digits(text) <= 15,
    ),
    _Shape(
        Kind.PHONE,
        re.compile(r"(?<![\w+])(?<!\d[.\-])(?:1[ .\-])?(?:\(\d{3}\) ?|\d{3}[ .\-])\d{3}[ .\-]\d{4}(?!\w)(?![.\-]\d)"),
    ),
    _Shape(
        Kind.PHONE,
        re.compile(r"(?<![\w.])(?<!\d[ \-/])(?<!\) )(?<!\))\d{3}-\d{4}(?!\w)(?!-\d)"),
        lambda text: not text.endswith("00"),  # 500-1000 people
    ),
    _Shape(
        Kind.PHONE,
        re.compile(r"(?<![\w.,:])(?<!\d[ \-/])(?:\(0\d{1,4}\)|0\d{1,4})(?:[ .\-/]\d{2,8}){1,5}(?![\w:])(?![.\-/]\d)"),
        lambda text: 9 <= _digits(text) <= 12,
    ),
    _Shape(
        Kind.PHONE,
        re.compile(
            rf"(?=[defnostz])(?<![\w-]){_DIGIT_WORD}(?:[ ,.\-]{{1,2}}{_DIGIT_WORD}){{6,14}}(?!\w)", re.IGNORECASE
        ),
    ),
]
_NUMBER = [
    _Shape(Kind.NUMBER, re.compile(r"(?<![\w.,\-])\d{3}[ \-]\d{2}[ \-]\d{4}(?!\w)(?![.\-]\d)")),
    _Shape(Kind.NUMBER, re.compile(r"(?<![\w.,\-])\d{4}([ \-])\d{4}\1\d{4}\1\d{4}(?!\w)")),
    _Shape(
        Kind.NUMBER,
        re.compile(r"(?<![\w.,\-/+$€£:])\d{7,}+(?!\w)(?![.,\-/:]\d)"),
        lambda text: not text.endswith("000") and len(text) <= 30,
    ),
    _Shape(Kind.NUMBER, re.compile(r"(?<![\w\-./@])[A-Z0-9]++(?:[\-/][A-Z0-9]++)*+(?![\w\-@])"), _is_number),
    _Shape(
        Kind.NUMBER,
        re.compile(
            r"(?=[abcdfilmprsv])(?<!\w)(?:(?:case|file|claim|client|patient|record|account|policy|reference|licen[cs]e|id|visa|passport)"
            r" ?(?:number|no\.?|nr\.?|num\.?|id|#)|badge|docket|passport|ssn|mrn|social security(?: number)?)"
            r"(?: is| was|:)? ?#?(?P<it>[A-Za-z]{0,3}-?\d[\dA-Za-z\-/]{1,18}\d)(?!\w)",
            re.IGNORECASE,
        ),
        lambda text: _digits(text) >= 3,
    ),
]
_ADDRESS = [
    _Shape(
        Kind.PLACE,
        re.compile(
            r"(?<![\w.,\-$€£#])\d{1,5}[A-Za-z]? (?:(?:[NSEW]|North|South|East|West)\.? )?"
            r"(?:(?:[A-Z][\w'’\-]{0,30}|\d{1,3}(?:st|nd|rd|th))\.? ){1,4}"
            rf"(?:{_STREET})(?!\w)(?:,? (?:Apt|Apartment|Unit|Suite|No)\.? ?#?\w{{1,5}})?"
        ),
    ),
    _Shape(
        Kind.PLACE,
        re.compile(r"(?<!\w)[A-ZÄÖÜ]\w{1,30}(?:straße|strasse|str\.|weg|platz|gasse|allee) \d{1,4}[a-z]?(?!\w)"),
    ),
    _Shape(
        Kind.PLACE,
        re.compile(r"(?<!\w)(?:Calle|Avenida|Carrera|Via|Rua) (?:\w{1,30} ){1,4}(?:#|No\.? ?)?\d{1,5}(?!\w)"),
    ),
    _Shape(
        Kind.PLACE, re.compile(r"(?<![\w.,\-])\d{1,4},? (?:rue|chemin|allée) (?:(?:de|du|des|la) ){0,2}[A-Z]\w{1,30}")
    ),
    _Shape(Kind.PLACE, re.compile(r"(?<!\w)P\.? ?O\.? ?Box \d{1,6}(?!\w)", re.IGNORECASE)),
]
_SHAPES = [
    *_MAIL,
    *_WEB,
    *(_Shape(Kind.DATE, expression) for expression in DATES),
    _Shape(Kind.AGE, AGE),
    *_ADDRESS,
    *_PHONE,
    *_NUMBER,
]


def shaped(text: str) -> Iterator[Entity]:
    """Every place whose shape tells something; they may overlap, and the longest is meant."""
    for shape in _SHAPES:
        group = "it" if "it" in shape.expression.groupindex else 0
        for match in shape.expression.finditer(text):
            if shape.accepts(match[group]):
                yield Entity(match.start(group), match.end(group), shape.kind)
