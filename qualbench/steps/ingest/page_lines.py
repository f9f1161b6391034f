"""The lines of a PDF's pages: what is page furniture, what is one paragraph, what is one broken word."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from qualbench.steps.ingest.labels import is_bare_stamp, leading_stamp, marks_of
from qualbench.text import folded

_EDGE = 2
"""Lines at the top and at the foot of a page that may be furniture."""
_PAGES = 3
"""Pages on which a line stands before it can be a running head."""
_DIGITS = re.compile(r"\d+")
_PAGE_OF = re.compile(
    r"\W*(?:page|seite|página|pagina|p\.?)?\s*(\d{1,5})(?:\s*(?:/|of|von|de|di|sur)\s*(\d{1,5}))?\W*", re.IGNORECASE
)
_GAP = re.compile(r"[ \u00a0]*\t[ \t\u00a0]*|[ \u00a0]{2,}")
_BROKEN = re.compile(r"[^\W_]-$")
_HYPHENATED = re.compile(r"[^\W\d_]+-[^\W\d_]+")
_LAST_WORD = re.compile(r"[^\W\d_]+-$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_FULL = 0.75
"""Share of the usual width from which a line is full, so that its paragraph goes on below it."""
_HYPHEN_ENDS = re.compile("\ufffe|\u00ad(?=\n)")
"""What the library writes for a hyphen and the line end after it, and the soft hyphen that some programs leave."""
_NARROW = 40
"""Characters of the narrowest column of text that is still one."""
_HEAD = 200


@dataclass(frozen=True, slots=True)
class Flow:
    """Lines put together to paragraphs, and what was done."""

    lines: list[str]
    joined: int
    """Line ends that became a space."""
    mended: list[str]
    """Words put together that a line end had broken."""
    gaps: int
    """Lines in which TABs or several spaces stood between words."""


def lines_of(page: str) -> list[str]:
    """The lines of a page as they stand on it, blank ones left out."""
    return [line for line in _HYPHEN_ENDS.sub("-\n", page).split("\n") if line.strip()]


# --- furniture -------------------------------------------------------------------------------------------------


def without_furniture(pages: Sequence[Sequence[str]]) -> tuple[list[list[str]], list[str]]:
    """The pages without running heads and page numbers, and an example of each kind taken out."""
    uses = Counter(key for page in pages for key in {_key(page[at]) for at in _edges(page)})
    written = sum(1 for page in pages if page)
    common = {key for key, count in uses.items() if count >= _PAGES and count > written / 2}
    numbered = written > 1 and all(
        any(_numbers(page[at], number, len(pages)) for at in _edges(page))
        for number, page in enumerate(pages, 1)
        if page
    )
    taken: dict[str, str] = {}
    kept = []
    for number, page in enumerate(pages, 1):
        out = [
            at
            for at in _edges(page)
            if _is_running(page[at], common) or (numbered and _numbers(page[at], number, len(pages)))
        ]
        for at in out:
            taken.setdefault(_key(page[at]), page[at].strip())
        kept.append([line for at, line in enumerate(page) if at not in out])
    return kept, [line[:80] for line in taken.values()]


def _edges(page: Sequence[str]) -> list[int]:
    """The indexes of the lines at the top and at the foot."""
    return [*range(min(_EDGE, len(page))), *range(max(_EDGE, len(page) - _EDGE), len(page))]


def _key(line: str) -> str:
    return _DIGITS.sub("#", folded(line[:_HEAD]))


def _is_running(line: str, common: set[str]) -> bool:
    """Whether a line stands on most pages and neither names a speaker nor gives a time."""
    short = len(line) <= _HEAD and _key(line) in common
    return short and not marks_of(0, line) and leading_stamp(line)[1] is None


def _numbers(line: str, number: int, pages: int) -> bool:
    """Whether a line is the number of its page, alone or with how many there are."""
    counts = _PAGE_OF.fullmatch(line.strip()) if len(line) <= _HEAD else None
    return counts is not None and int(counts[1]) == number and int(counts[2] or pages) == pages


# --- paragraphs ------------------------------------------------------------------------------------------------


def flowed(pages: Sequence[Sequence[str]]) -> Flow:
    """The lines of all pages as paragraphs: a full line goes on in the next one unless that begins with a label."""
    raw = [line for page in pages for line in page]
    lines = [_GAP.sub(" ", line).strip() for line in raw]
    gaps = sum(1 for line in raw if _GAP.search(line.strip()))
    lines = [line for line in lines if line]
    width = _usual_width(lines)
    whole = {word.casefold() for line in lines if "-" in line for word in _HYPHENATED.findall(line)}
    parts: list[list[str]] = []
    joined, mended = 0, list[str]()
    for line in lines:
        above = parts[-1][-1] if parts else ""
        if not parts or len(above) < _FULL * width or _begins(line):
            parts.append([line])
            continue
        broken = _broken_word(above, line)
        if broken and broken.casefold() not in whole:
            parts[-1][-1] = above[:-1]
            mended.append(broken.replace("-", ""))
        elif not broken and not _BROKEN.search(above):
            parts[-1].append(" ")
            joined += 1
        parts[-1].append(line)
    return Flow(["".join(part) for part in parts], joined, mended, gaps)


def _usual_width(lines: Sequence[str]) -> int:
    """How long a full line is: the length that one line in ten reaches."""
    lengths = sorted(len(line) for line in lines)
    return max(_NARROW, lengths[len(lengths) * 9 // 10]) if lengths else _NARROW


def _begins(line: str) -> bool:
    """Whether a line begins a turn of its own."""
    return bool(marks_of(0, line)) or is_bare_stamp(line)


def _broken_word(above: str, line: str) -> str:
    """The word that the end of one line and the beginning of the next make, with its hyphen; empty when there is none.

    Only between small letters: a dash, a number or a name keeps its hyphen.
    """
    first, second = _LAST_WORD.search(above[-_HEAD:]), _FIRST_WORD.match(line[:_HEAD])
    if not first or not second or not first[0][-2].islower() or not second[0][0].islower():
        return ""
    return first[0] + second[0]
