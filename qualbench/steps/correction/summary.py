"""What was changed, place by place, as a person reads it before the new version is sealed."""

from collections.abc import Iterator
from dataclasses import dataclass

from qualbench.steps.correction.comparing import Comparison, Piece, zones
from qualbench.steps.correction.words import word_around
from qualbench.text import excerpt, shown

WIDTH = 60
"""The longest excerpt, in code points."""
_CONTEXT = 24


@dataclass(frozen=True, slots=True)
class Change:
    """One changed place; every excerpt is one line of at most 60 characters, safe to show."""

    line: int
    """Of the old text, 1-based."""
    before: str
    """A few words before it that stayed."""
    old: str
    """The words as they were; empty where some were only added."""
    new: str
    """The words as they are now; empty where some were only deleted."""
    after: str
    """A few words after it that stayed."""


def summary(comparison: Comparison) -> tuple[Change, ...]:
    """Every changed place in order, as whole words; neighbours on one line are one change."""
    line, counted = 1, 0
    changes = []
    for place in _merged(comparison):
        line += comparison.old.count("\n", counted, place.old_start)
        counted = place.old_start
        changes.append(_change(comparison, place, line))
    return tuple(changes)


def _merged(comparison: Comparison) -> Iterator[Piece]:
    """The changed words, and the blanks that alone were changed, joined where only blanks of a line part them."""
    last: Piece | None = None
    for place in zones(comparison, blanks=True):
        between = "x" if last is None else comparison.old[last.old_end : place.old_start]
        if last is not None and not between.strip() and "\n" not in between:
            last = Piece(last.old_start, place.old_end, last.new_start, place.new_end, same=False)
            continue
        if last is not None:
            yield last
        last = place
    if last is not None:
        yield last


def _change(comparison: Comparison, place: Piece, line: int) -> Change:
    old = comparison.old[place.old_start : place.old_end]
    new = comparison.new[place.new_start : place.new_end]
    tell = excerpt if (old + new).strip() else _blanks
    return Change(
        line=line,
        before=_before(comparison.old, place.old_start),
        old=tell(old, WIDTH),
        new=tell(new, WIDTH),
        after=_after(comparison.old, place.old_end),
    )


def _before(text: str, place: int) -> str:
    """The words of the line before a place, as many as are short."""
    least = max(0, place - _CONTEXT)
    words = text[word_around(text, least)[1] : place]
    return excerpt(words.rpartition("\n")[2], WIDTH)


def _after(text: str, place: int) -> str:
    """The words of the line after a place, as many as are short."""
    words = text[place : word_around(text, min(len(text), place + _CONTEXT))[0]]
    return excerpt(words.partition("\n")[0], WIDTH)


def _blanks(blanks: str, width: int) -> str:
    """Blanks as signs that can be seen: ␣ for a space, ␊ for a line end."""
    signs = shown(blanks.replace("\t", "␉")).replace(" ", "␣")
    return signs if len(signs) <= width else signs[: width - 1] + "…"
