"""Who is speaking, as a line of text says it: the families of speaker labels found in real transcripts.

A label is a short name before a colon, beside a time, in brackets or in bold. Lines are looked at one by one and
only their first characters matter, so a line of ten million characters costs no more than a short one.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

NAME_COLON = "Name: text"
NAME_STAMP = "Name  00:13"
STAMP_NAME = "00:13 Name"
BRACKETED = "[Name] text"
BOLD = "bold Name"
FAMILIES = (NAME_COLON, NAME_STAMP, STAMP_NAME, BRACKETED, BOLD)
PATTERN = "a pattern of your own"
STAMPED = (NAME_STAMP, STAMP_NAME)

_HEAD = 140
_STAMP = r"\\?[\[(#<]?\s?(?P<{}>\d{{1,3}}:\d\d(?::\d\d)?(?:[.,\-]\d{{1,3}})?)\s?\\?[\])#>]?"
_LETTER = r"[^\W\d_]"
_PAREN = r"\((?!\d)[^):：\n]{1,30}\)"
_BARE = rf"{_LETTER}(?:[^\n:：\[(]|\((?!\d)){{0,50}}?"

_A = re.compile(
    rf"\s*(?:(?:>>|[-•*]\s)\s*)?(?:{_STAMP.format('before')}[\s\-–—]*)?[#@]?(?P<bold>\*{{1,3}}|__)?[#@]?"
    rf"(?P<name>{_LETTER}[^:：\[(\n*]{{0,60}}(?:{_PAREN}\s*)?)"
    rf"(?:{_STAMP.format('inside')}\s*)?(?:(?P=bold))?\s*[:：](?!\d|//)(?:(?P=bold))?"
    rf"\s*(?:{_STAMP.format('after')})?"
)
_A_BARE = re.compile(rf"\s*[\[(]{_STAMP.format('bare')}\s*:")
_B = re.compile(rf"\s*[*_]{{0,3}}(?P<name>{_BARE})[*_]{{0,3}}\s+[*_]{{0,3}}{_STAMP.format('after')}[*_]{{0,3}}\s*$")
_C = re.compile(
    rf"\s*[*_]{{0,3}}{_STAMP.format('before')}[*_]{{0,3}}[\s\-–—]+[*_]{{0,3}}(?P<name>{_BARE})[*_]{{0,3}}\s*$"
)
_D = re.compile(
    rf"\s*(?:\[(?P<name>{_LETTER}[^\[\]\n:]{{0,50}})\]|\{{(?P<curly>{_LETTER}[^{{}}\n:]{{0,50}})\}}):?(?=\s|$)"
)
_E = re.compile(rf"\s*\*\*(?P<name>{_LETTER}[^*\n:]{{0,50}})\*\*(?=\s|$)")
_BOLD_RUN = re.compile(rf"\s*(?P<name>{_LETTER}[^\n:：]{{0,50}}?)[\s:：]*$")
_LEADING_STAMP = re.compile(rf"\s*{_STAMP.format('before')}(?=\s|:|$):?")

_TITLE_WORDS = (
    "title date location place venue time duration length recorded transcript transcription transcribed transcriber "
    "interview subject topic file filename source url link email tel phone copyright version keywords summary abstract "
    "language kind project study site speakers attendees"
)
_TITLE_FIELDS = frozenset(_TITLE_WORDS.split()) | {
    "summary keywords",
    "audio file",
    "transcribed by",
    "interview date",
    "file name",
    "start time",
    "end time",
}
_THINGS = (
    "note notes figure table break jingle music intro outro chapter section part recording http https www page example "
    "warning todo audio video image photo caption q a question answer re cc ps nb"
)
_STOP = _TITLE_FIELDS | frozenset(_THINGS.split())
_NOISE = re.compile(
    r"laugh|crosstalk|cross talk|inaudible|unintelligible|unclear|pause|silence|music|applause|sigh|cough|cries|crying|"
    r"overlap|redacted|noise|background|end of|start of|lacht|lachen|rires|risas|foreign|phone ring|recording"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A label on a line; `start` and `body` are code points inside the line."""

    line: int
    start: int
    body: int
    """Where the label and its stamp end."""
    name: str
    seconds: float | None = None


@lru_cache(maxsize=4096)
def fold(label: str) -> str:
    """The label as it is compared: no case, single spaces, no bold marks and no colon at its end.

    >>> fold("**Interviewer\\u00a01 :**") == fold("interviewer 1")
    True
    """
    return " ".join(label.strip("*_ \t\u00a0").rstrip(":： \u00a0*_").casefold().split())


@lru_cache(maxsize=4096)
def is_label(name: str) -> bool:
    """Whether a few words can be a speaker's name: short, no sentence end, no field of a title page."""
    if not name or len(name) > 40 or len(name.split()) > 4:
        return False
    if not name[0].isalpha() or name[-1] in ".?!,;":
        return False
    return not is_stop(name) and "www." not in name and "://" not in name


def is_stop(name: str) -> bool:
    """Whether the words name a thing such as Break, Date or Figure 3, not a person."""
    folded = fold(name)
    return folded in _STOP or folded.rstrip("0123456789. ") in _STOP - {"a", "q"}


def is_title_field(name: str) -> bool:
    """Whether the words name a field of a title page, such as Date or Location."""
    return fold(name) in _TITLE_FIELDS


def seconds(stamp: str | None) -> float | None:
    """A stamp such as 00:08:01.12 or 03:40 in seconds; None when there is none."""
    if not stamp:
        return None
    value = 0.0
    for part in re.sub(r"[,\-]", ".", stamp).split(":"):
        value = value * 60 + float(part)
    return round(value, 3)


def leading_stamp(line: str) -> tuple[int, float | None]:
    """Where the words of a line begin that opens with a time, and that time in seconds."""
    match = _LEADING_STAMP.match(line[:_HEAD])
    return (match.end(), seconds(match["before"])) if match else (0, None)


def is_bare_stamp(line: str) -> bool:
    """Whether the line goes on after a time in brackets and a colon, as in `(00:00:29): and then`."""
    return _A_BARE.match(line[:_HEAD]) is not None


def marks_of(index: int, line: str, bold: int = 0, names: Collection[str] = ()) -> dict[str, Mark]:
    """Every way to read a line as one that begins with a label; `bold` is how many of its characters are bold.

    `names` are folded labels that do name somebody, whatever they look like.
    """
    head = line[:_HEAD]
    found: dict[str, Mark] = {}
    colon = ":" in head or "：" in head
    if colon:
        _try(found, NAME_COLON, _A, index, head, names)
    if colon and len(line) <= 100:
        _try(found, NAME_STAMP, _B, index, head, names)
        _try(found, STAMP_NAME, _C, index, head, names)
    if "[" in head or "{" in head:
        _try(found, BRACKETED, _D, index, head, names)
    if bold:
        _try(found, BOLD, _BOLD_RUN, index, head[:bold], names)
    elif "**" in head:
        _try(found, BOLD, _E, index, head, names)
    return found


def _try(
    found: dict[str, Mark], family: str, pattern: re.Pattern[str], index: int, head: str, names: Collection[str]
) -> None:
    match = pattern.match(head)
    if match is None:
        return
    groups = match.groupdict()
    name = " ".join((groups["name"] or groups.get("curly") or "").strip("*_ \t\u00a0").split())
    doubtful = not is_label(name) or (family == BRACKETED and _NOISE.search(name.casefold()))
    if doubtful and fold(name) not in names:
        return
    stamp = groups.get("before") or groups.get("inside") or groups.get("after")
    start = len(head) - len(head.lstrip())
    found[family] = Mark(index, start, match.end(), name, seconds(stamp))
