"""Turns and segments over the old text carried over to the new one: every one keeps its number and its speaker.

Words added between two turns or segments belong to the one before, unless they stand on the line with which the next
one begins. What lost all its words stays as an empty span at its place.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter

from qualbench.model import Segment, Turn
from qualbench.steps.correction.carrying import new_place, piece_at
from qualbench.steps.correction.comparing import Comparison, Piece
from qualbench.steps.correction.words import after_blanks, before_blanks, word_around

_WORDS = re.compile(r"\S")
_OLD_START = attrgetter("old_start")
_TURN = attrgetter("turn")


def layout(comparison: Comparison, turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """The turns of the old text as turns of the new one, in order and apart from one another."""
    carried: list[Turn] = []
    for index, turn in enumerate(turns):
        after = turns[index + 1].start if index + 1 < len(turns) else len(comparison.old)
        start = max(_beginning(comparison, turn.start), carried[-1].end if carried else 0)
        end = max(start, _ending(comparison, turn.start, turn.end, after))
        body = start if turn.body == turn.start else _body(comparison, turn.body)
        if not comparison.old[turn.body : turn.body + 1].isspace():
            body = after_blanks(comparison.new, body, end)
        carried.append(Turn(start, min(max(start, body), end), end, turn.speaker, turn.seconds))
    return tuple(carried)


def segments(comparison: Comparison, old: Sequence[Segment], turns: Sequence[Turn]) -> tuple[Segment, ...]:
    """The segments of the old text, with its turns, as segments of the new one, inside the new turns.

    A turn that had no segment because it had no words gets one when it has words now.
    """
    if any(one.start < turns[one.turn].body or one.end > turns[one.turn].end for one in old):
        return _across(comparison, old)
    places = layout(comparison, turns)
    of_turn = {number: list(group) for number, group in groupby(sorted(old, key=_TURN), key=_TURN)}
    carried: list[Segment] = []
    for number, (turn, place) in enumerate(zip(turns, places, strict=True)):
        if number in of_turn:
            carried += _inside(comparison, of_turn[number], turn, place)
        elif place.body < place.end and not comparison.old[turn.body : turn.end].strip():
            carried.append(Segment(after_blanks(comparison.new, place.body, place.end), place.end, number))
    return tuple(carried)


def _across(comparison: Comparison, old: Sequence[Segment]) -> tuple[Segment, ...]:
    """Segments of several turns, such as a question with its answers: their borders follow their words."""
    carried: list[Segment] = []
    for index, segment in enumerate(old):
        after = old[index + 1].start if index + 1 < len(old) else len(comparison.old)
        floor = carried[-1].end if carried else 0
        start = max(floor, _beginning(comparison, segment.start))
        start = after_blanks(comparison.new, start, len(comparison.new))
        end = before_blanks(comparison.new, max(start, _ending(comparison, segment.start, segment.end, after)), start)
        carried.append(Segment(start, end, segment.turn))
    return tuple(carried)


def _inside(comparison: Comparison, old: Sequence[Segment], turn: Turn, place: Turn) -> list[Segment]:
    """The segments of one turn: the first begins with its words and the last ends with them, as they did before."""
    carried: list[Segment] = []
    floor = place.body
    for index, segment in enumerate(old):
        after = old[index + 1].start if index + 1 < len(old) else turn.end
        opens = index == 0 and not comparison.old[turn.body : segment.start].strip()
        start = place.body if opens else max(floor, _beginning(comparison, segment.start))
        closes = index + 1 == len(old) and not comparison.old[segment.end : turn.end].strip()
        end = place.end if closes else _ending(comparison, segment.start, segment.end, after)
        start = min(after_blanks(comparison.new, start, len(comparison.new)), place.end)
        end = before_blanks(comparison.new, max(start, min(end, place.end)), start)
        carried.append(Segment(start, end, segment.turn))
        floor = end
    return carried


# --- borders ---------------------------------------------------------------------------------------------------


def _beginning(comparison: Comparison, place: int) -> int:
    """Where in the new text begins what begins at a place of the old one; it cuts no word that was not cut before."""
    if place >= len(comparison.old):
        return len(comparison.new)
    found = new_place(comparison, place)
    if place == 0 or comparison.old[place - 1] == "\n":
        piece = _inserted_at(comparison, place) or piece_at(comparison, place)
        found = found if piece.same else _line_of(comparison, piece, place)
    whole = word_around(comparison.old, place)[0] == place
    return word_around(comparison.new, found)[0] if whole else found


def _line_of(comparison: Comparison, piece: Piece, place: int) -> int:
    """Which line of a changed piece stands for the line that began at a place of the old text.

    Lines are counted from the end of the piece, so that whole lines that were added come before it.
    """
    lines = comparison.new[piece.new_start : piece.new_end].split("\n")
    below = comparison.old.count("\n", place, piece.old_end)
    if below >= len(lines):
        return piece.new_start
    return piece.new_end + 1 - sum(len(line) + 1 for line in lines[len(lines) - below - 1 :])


def _ending(comparison: Comparison, start: int, end: int, after: int) -> int:
    """Where in the new text ends what ends at a place of the old one; `after` is where the next one began."""
    word = _WORDS.search(comparison.old, end, after)
    limit = _beginning(comparison, word.start() if word else after)
    reach = before_blanks(comparison.new, limit, 0)
    if start < end and piece_at(comparison, end - 1).same:
        return max(reach, min(limit, new_place(comparison, end, ends=True)))
    return reach


def _body(comparison: Comparison, place: int) -> int:
    """Where in the new text the words of a turn begin: what was put in behind the label belongs to them."""
    piece = _inserted_at(comparison, place)
    return piece.new_start if piece else new_place(comparison, place)


def _inserted_at(comparison: Comparison, place: int) -> Piece | None:
    """The piece that was put in exactly at a place of the old text, if any was."""
    index = bisect_left(comparison.pieces, place, key=_OLD_START)
    if index < len(comparison.pieces):
        piece = comparison.pieces[index]
        if piece.old_start == piece.old_end == place:
            return piece
    return None
