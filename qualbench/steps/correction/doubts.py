"""What a person should look at in the turns of a corrected text, in sentences."""

import re
from collections.abc import Iterator, Sequence

from qualbench.model import Turn
from qualbench.steps.correction.comparing import Comparison, Piece
from qualbench.steps.correction.layout import layout
from qualbench.text import counted, excerpt

_NAME = re.compile(r"[ \t]*(?P<name>[^\W\d_][^:：\n.?!,;]{0,39})[:：](?!\d|//)")
_NAME_WORDS = 4
_STAMP = re.compile(r"[\[(#<]?\d{1,3}(?::\d\d){1,2}(?:[.,\-]\d{1,3})?[\])#>]?")
_WIDTH = 40
_HEAD = 160
"""Code points of a line that are looked at; a label is at its beginning."""


def problems(comparison: Comparison, turns: Sequence[Turn]) -> tuple[str, ...]:
    """What is doubtful in the layout: turns without words, labels that changed, lines that may be new turns."""
    places = layout(comparison, turns)
    return (
        *_lost(comparison, turns, places),
        *_relabelled(comparison, turns, places),
        *_new_turns(comparison, turns, places),
    )


def _lost(comparison: Comparison, turns: Sequence[Turn], places: Sequence[Turn]) -> Iterator[str]:
    for number, (turn, place) in enumerate(zip(turns, places, strict=True), 1):
        had = comparison.old[turn.body : turn.end].strip()
        if had and not comparison.new[place.body : place.end].strip():
            line = comparison.old.count("\n", 0, turn.start) + 1
            said = excerpt(comparison.old[turn.start : turn.end], _WIDTH)
            yield (
                f"Turn {number} (line {line} of the old text, '{said}') has lost all its words; "
                "it stays as an empty turn, so that the others keep their numbers."
            )


def _relabelled(comparison: Comparison, turns: Sequence[Turn], places: Sequence[Turn]) -> Iterator[str]:
    """One sentence for each way in which a label was changed, however often."""
    found: dict[tuple[str, str], list[int]] = {}
    for index, (turn, place) in enumerate(zip(turns, places, strict=True)):
        before = _label(comparison.old, turn)
        now = _label(comparison.new, place)
        if before != now and place.start < place.end:
            found.setdefault((before, now), []).append(index)
    for (before, now), indexes in found.items():
        line = comparison.new.count("\n", 0, places[indexes[0]].start) + 1
        where = f"in {counted(len(indexes), 'turn')}, first in turn {indexes[0] + 1} (line {line} of the new text)"
        what = f"reads '{now}' now" if now else "is gone"
        start = f"The label '{before}' {what}" if before else f"The label '{now}' is new"
        yield f"{start} {where}; the speaker stays who it was."


def _label(text: str, turn: Turn) -> str:
    """A turn's label without its time."""
    return excerpt(_STAMP.sub("", text[turn.start : turn.body]), _WIDTH)


def _new_turns(comparison: Comparison, turns: Sequence[Turn], places: Sequence[Turn]) -> Iterator[str]:
    labels = {_label(comparison.old, turn) for turn in turns}
    known = tuple(label for label in labels if label and not label[-1].isalnum())
    begun = {comparison.new.rfind("\n", 0, place.start) + 1 for place in places if place.start < place.end}
    for start, line in _changed_lines(comparison, known):
        if start in begun:
            continue
        number = comparison.new.count("\n", 0, start) + 1
        turn = next((index for index, place in enumerate(places, 1) if place.start <= start < place.end), 0)
        stays = f"it stays in turn {turn}" if turn else "it belongs to no turn"
        yield f"Line {number} of the new text, '{excerpt(line, _WIDTH)}', looks like a new turn; {stays}."


def _changed_lines(comparison: Comparison, known: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """The lines of the new text whose beginning is new and reads like a label, with their places."""
    seen = -1
    for piece in comparison.pieces:
        if piece.same or piece.new_start == piece.new_end:
            continue
        for start, line in _lines(comparison.new, piece):
            label = _label_end(line, known)
            if start > seen and label and piece.new_start < start + label and piece.new_end >= start:
                seen = start
                yield start, line


def _lines(text: str, piece: Piece) -> Iterator[tuple[int, str]]:
    """The beginnings of the lines that a piece of the new text touches, with their places."""
    start = text.rfind("\n", 0, piece.new_start) + 1
    while start <= piece.new_end and start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield start, text[start : min(end, start + _HEAD)]
        start = end + 1


def _label_end(line: str, known: tuple[str, ...]) -> int:
    """Where a line's label ends; 0 when it begins with none."""
    match = _NAME.match(line)
    if match and len(match["name"].split()) <= _NAME_WORDS:
        return match.end()
    bare = line.lstrip()
    return next((len(line) - len(bare) + len(label) for label in known if bare.startswith(label)), 0)
