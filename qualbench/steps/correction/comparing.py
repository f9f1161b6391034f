"""Two versions of a text side by side: which stretches are the same, exactly, and which were changed.

Lines are aligned first, then the words of changed lines, then the characters of changed words. Nothing is
normalised: an accent that is written in another way is a change.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qualbench.errors import QualbenchError
from qualbench.steps.correction.alignment import Aligner, Run, align, align_unique, common_head, ends
from qualbench.steps.correction.words import TOKEN, WORD, word_around

LEAST_SHARED = 0.5
"""Share of the words of the longer text, 0 to 1, that must be kept; below it the new text is no correction."""

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_FARTHEST = 400
"""How far a change may slide to where a reader would put it, in code points."""
_SENTENCE_END = ".?!…。"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of both texts; where it is not `same`, one side may be empty."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int
    same: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts with the pieces that cover both without gaps, the same and the changed ones in turn."""

    old: str
    new: str
    pieces: tuple[Piece, ...]


class NothingChanged(QualbenchError):
    def __init__(self) -> None:
        super().__init__("The new text is the same as the old one, so there is nothing to correct.")


class AnotherTranscript(QualbenchError):
    def __init__(self, shared: int, old: int, new: int) -> None:
        super().__init__(
            f"Of the {old} words of the old text and the {new} of the new one, {shared} are the same: "
            "this is another transcript, not a correction.",
            "Import it as a transcript of its own, or check that it is the right file.",
        )


def compare(old: str, new: str) -> Comparison:
    """How two canonical texts differ; comparing them the other way round gives the same pieces the other way round."""
    if (len(old), old) > (len(new), new):
        return inverse(compare(new, old))
    runs = _slid(old, new, _joined(_kept(old, new), (len(old), len(new))))
    return Comparison(old, new, tuple(_pieces(runs)))


def inverse(comparison: Comparison) -> Comparison:
    """The same comparison, from the new text to the old one."""
    pieces = (Piece(p.new_start, p.new_end, p.old_start, p.old_end, p.same) for p in comparison.pieces)
    return Comparison(comparison.new, comparison.old, tuple(pieces))


def refuse(comparison: Comparison) -> None:
    """Raise NothingChanged or AnotherTranscript where the new text is no correction of the old one."""
    if comparison.old == comparison.new:
        raise NothingChanged
    old, new = (sum(1 for _ in WORD.finditer(text)) for text in (comparison.old, comparison.new))
    changed = sum(len(WORD.findall(comparison.old, zone.old_start, zone.old_end)) for zone in zones(comparison))
    if old - changed < LEAST_SHARED * max(old, new):
        raise AnotherTranscript(old - changed, old, new)


# --- whole words -----------------------------------------------------------------------------------------------


def zones(comparison: Comparison, *, blanks: bool = False) -> list[Piece]:
    """The changed pieces widened to whole words and joined where they share one; mere `blanks` only on demand."""
    found: list[Piece] = []
    last = len(comparison.pieces) - 1
    for index, piece in enumerate(comparison.pieces):
        if piece.same:
            continue
        left = _length(comparison.pieces[index - 1]) if index > 0 else 0
        right = _length(comparison.pieces[index + 1]) if index < last else 0
        zone = _widened(comparison, piece, left, right)
        if not blanks and zone == piece and not _text(comparison, piece).strip():
            continue
        if found and zone.old_start < found[-1].old_end and zone.new_start < found[-1].new_end:
            first = found.pop()
            zone = Piece(first.old_start, zone.old_end, first.new_start, zone.new_end, same=False)
        found.append(zone)
    return found


def _widened(comparison: Comparison, piece: Piece, left: int, right: int) -> Piece:
    """The piece with the rest of the words that it cuts in either text, at most so many characters more."""
    before = max(
        piece.old_start - word_around(comparison.old, piece.old_start)[0],
        piece.new_start - word_around(comparison.new, piece.new_start)[0],
    )
    after = max(
        word_around(comparison.old, piece.old_end)[1] - piece.old_end,
        word_around(comparison.new, piece.new_end)[1] - piece.new_end,
    )
    left, right = min(left, before), min(right, after)
    return Piece(
        piece.old_start - left, piece.old_end + right, piece.new_start - left, piece.new_end + right, same=False
    )


def _length(piece: Piece) -> int:
    return piece.old_end - piece.old_start


def _text(comparison: Comparison, piece: Piece) -> str:
    """Both texts of a piece, one after the other."""
    return comparison.old[piece.old_start : piece.old_end] + comparison.new[piece.new_start : piece.new_end]


# --- lines, words, characters ----------------------------------------------------------------------------------


def _kept(old: str, new: str) -> Iterator[Run]:
    """The runs of characters that are in both texts, in order."""
    whole = Piece(0, len(old), 0, len(new), same=False)
    lines = list(_aligned(old, new, whole, _LINE, align_unique))
    for part, line in _gaps(whole, lines):
        words = list(_aligned(old, new, part, TOKEN, align))
        for gap, word in _gaps(part, words):
            yield from _rest(old, new, gap)
            yield word
        yield line


def _rest(old: str, new: str, gap: Piece) -> Iterator[Run]:
    """What changed words share, line by line if they are as many lines: how each begins, how it ends and its end."""
    ours, theirs = old[gap.old_start : gap.old_end], new[gap.new_start : gap.new_end]
    paired = ours.count("\n") == theirs.count("\n")
    i, j = gap.old_start, gap.new_start
    for one, other in zip(ours.split("\n"), theirs.split("\n"), strict=True) if paired else [(ours, theirs)]:
        yield from ((i + at, j + to, length) for at, to, length in ends(one, other))
        i, j = i + len(one) + 1, j + len(other) + 1
        if i <= gap.old_end:
            yield i - 1, j - 1, 1


def _aligned(old: str, new: str, part: Piece, pattern: re.Pattern[str], aligner: Aligner) -> Iterator[Run]:
    """The lines or words of a part that are the same, each as a run of characters."""
    ours = [match.span() for match in pattern.finditer(old, part.old_start, part.old_end)]
    theirs = [match.span() for match in pattern.finditer(new, part.new_start, part.new_end)]
    numbers: dict[str, int] = {}
    left = [numbers.setdefault(old[start:end], len(numbers)) for start, end in ours]
    right = [numbers.setdefault(new[start:end], len(numbers)) for start, end in theirs]
    for i, j, count in aligner(left, right):
        for k in range(count):
            start, end = ours[i + k]
            yield start, theirs[j + k][0], end - start


def _gaps(part: Piece, runs: Iterable[Run]) -> Iterator[tuple[Piece, Run]]:
    """What stands before each run and after the last, with that run; after the last an empty one."""
    i, j = part.old_start, part.new_start
    for at, to, length in [*runs, (part.old_end, part.new_end, 0)]:
        yield Piece(i, at, j, to, same=False), (at, to, length)
        i, j = at + length, to + length


def _joined(runs: Iterable[Run], end: tuple[int, int]) -> list[Run]:
    """The runs with neighbours that touch made one, the first at the beginning and the last at the end of the texts."""
    joined: list[Run] = [(0, 0, 0)]
    for at, to, length in [*runs, (*end, 0)]:
        i, j, before = joined[-1]
        if (i + before, j + before) == (at, to):
            joined[-1] = (i, j, before + length)
        elif length or (at, to) == end:
            joined.append((at, to, length))
    return joined


def _pieces(runs: Iterable[Run]) -> Iterator[Piece]:
    i = j = 0
    for at, to, length in runs:
        if i < at or j < to:
            yield Piece(i, at, j, to, same=False)
        if length:
            yield Piece(at, at + length, to, to + length, same=True)
        i, j = at + length, to + length


# --- where a reader would put it -------------------------------------------------------------------------------


def _slid(old: str, new: str, runs: list[Run]) -> list[Run]:
    """Words that were only added or only deleted, moved to begin with a line or a sentence where the text allows it.

    Deleting `the cat. ` from `the cat. the dog.` leaves what deleting `cat. the ` leaves, but is what was done.
    """
    for index in range(len(runs) - 1):
        (at, to, length), (next_at, next_to, next_length) = runs[index : index + 2]
        if at + length < next_at and to + length < next_to:
            continue
        text, start, end = (old, at + length, next_at) if at + length < next_at else (new, to + length, next_to)
        least = max(0, length - (index > 0))
        most = max(0, next_length - (index + 2 < len(runs)))
        step = _slide(text, start, end, min(least, _FARTHEST), min(most, _FARTHEST))
        runs[index] = (at, to, length + step)
        runs[index + 1] = (next_at + step, next_to + step, next_length - step)
    return runs


def _slide(text: str, start: int, end: int, left: int, right: int) -> int:
    """How far the words from start to end are best moved, where moving them leaves the same text."""
    before, within = text[start - left : start], text[end - left : end]
    back = common_head(before[::-1], within[::-1])
    ahead = common_head(text[start : start + right], text[end : end + right])
    return max(range(-back, ahead + 1), key=lambda step: (_rank(text, start + step), -abs(step)))


def _rank(text: str, place: int) -> int:
    """How well a change begins at a place: 4 with a line, 3 with a sentence, 2 behind one, 1 with a word, 0 inside."""
    if place == 0 or text[place - 1] == "\n":
        return 4
    if text[place - 1] in _SENTENCE_END:
        return 2 if text[place : place + 1].isspace() else 0
    if not text[place - 1].isspace():
        return 0
    return 3 if place > 1 and text[place - 2] in _SENTENCE_END else 1
