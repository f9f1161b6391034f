"""What withdrawal makes of a text: nothing is left of it, or of a group's text what the others said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qualbench.model import Role, Segment, Transcript, Turn

TAKEN_OUT = "[withdrawn]"
"""What stands where words were."""
Piece = tuple[int, int, int, int, bool]
"""Start and end in the old text, start and end in the new one, and whether the words are the same."""


@dataclass(frozen=True, slots=True)
class Removal:
    """A text without somebody's words."""

    text: str
    turns: tuple[Turn, ...]
    labels: tuple[str, ...]
    """Of its speakers: who withdrew has no label of their own any more."""
    pieces: tuple[Piece, ...]
    gone: tuple[tuple[int, int], ...]
    """Start and end, in the old text, of every stretch that was taken out, labels with it."""
    speakers: tuple[int, ...]
    """Whose words they were, by number."""
    turns_gone: frozenset[int]
    whole: bool
    """Nothing of the text is left."""

    def touches(self, start: int, end: int) -> bool:
        """Whether a span of the old text holds any of the words, or has lost its own among them."""
        return any((start < stop and begin < end) or begin <= start == end <= stop for begin, stop in self.gone)

    def holds(self, start: int, end: int) -> bool:
        """Whether a span of the old text is nothing but such words."""
        return any(begin <= start and end <= stop for begin, stop in self.gone)


def remove(transcript: Transcript, participant: str) -> Removal | None:
    """The text without this participant's turns; None when they do not speak in it.

    Where no other participant says anything, the interviewer's questions go too: they belong to the answers.
    """
    theirs = tuple(n for n, one in enumerate(transcript.speakers) if one.participant == participant)
    if not theirs:
        return None
    speaking = {turn.speaker for turn in transcript.turns} - set(theirs)
    others = any(number < 0 or transcript.speakers[number].role is Role.PARTICIPANT for number in speaking)
    labels = tuple(_labels(transcript, theirs))
    if not others:
        return _nothing_left(transcript, theirs, labels)
    return _others_left(transcript, theirs, labels)


def _labels(transcript: Transcript, theirs: Iterable[int]) -> Iterable[str]:
    """Speakers stay apart: the second one who withdrew is called so."""
    count = sum(one.label.startswith(TAKEN_OUT) for one in transcript.speakers)
    for number, one in enumerate(transcript.speakers):
        count += number in theirs
        again = f" {count}" if count > 1 else ""
        yield f"{TAKEN_OUT}{again}" if number in theirs else one.label


def _nothing_left(transcript: Transcript, theirs: tuple[int, ...], labels: tuple[str, ...]) -> Removal:
    old, new = len(transcript.text), len(TAKEN_OUT)
    return Removal(
        text=TAKEN_OUT,
        turns=(Turn(0, 0, new, -1),),
        labels=labels,
        pieces=((0, old, 0, new, False),),
        gone=((0, old),),
        speakers=theirs,
        turns_gone=frozenset(range(len(transcript.turns))),
        whole=True,
    )


def _others_left(transcript: Transcript, theirs: tuple[int, ...], labels: tuple[str, ...]) -> Removal:
    text, turns, pieces = "", [], []
    gone, at = [], 0
    for turn in transcript.turns:
        if at < turn.start:
            pieces.append((at, turn.start, len(text), len(text) + turn.start - at, True))
            text += transcript.text[at : turn.start]
        start = len(text)
        if turn.speaker in theirs:
            text += TAKEN_OUT
            gone.append((turn.start, turn.end))
            turns.append(Turn(start, start, len(text), turn.speaker))
        else:
            text += transcript.text[turn.start : turn.end]
            turns.append(Turn(start, start + turn.body - turn.start, len(text), turn.speaker, turn.seconds))
        if turn.start < turn.end or start < len(text):
            pieces.append((turn.start, turn.end, start, len(text), turn.speaker not in theirs))
        at = turn.end
    if at < len(transcript.text):
        pieces.append((at, len(transcript.text), len(text), len(text) + len(transcript.text) - at, True))
        text += transcript.text[at:]
    return Removal(
        text=text,
        turns=tuple(turns),
        labels=labels,
        pieces=tuple(_joined(pieces)),
        gone=tuple(gone),
        speakers=theirs,
        turns_gone=frozenset(n for n, turn in enumerate(transcript.turns) if turn.speaker in theirs),
        whole=False,
    )


def _joined(pieces: Iterable[Piece]) -> Iterable[Piece]:
    """The pieces with neighbours that are the same words made one."""
    held: Piece | None = None
    for piece in pieces:
        if held and held[4] and piece[4]:
            held = (held[0], piece[1], held[2], piece[3], True)
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held


def segments_left(old: Transcript, removal: Removal, cut: Iterable[Segment]) -> tuple[Segment, ...]:
    """The segments as they were cut, without those that nobody speaks in any more.

    One of several turns counts as the words of the first participant in it who is left.
    """
    if removal.whole:
        return ()
    left = []
    for before, after in zip(old.segments, cut, strict=False):
        turn = _heard(old, removal, before)
        if turn is not None:
            left.append(Segment(after.start, after.end, turn))
    return tuple(left)


def _heard(old: Transcript, removal: Removal, segment: Segment) -> int | None:
    """In which turn the segment is heard now; None when only words that are gone were counted in it."""
    if segment.turn not in removal.turns_gone:
        return segment.turn
    touched = [n for n, turn in enumerate(old.turns) if turn.start < segment.end and segment.start < turn.end]
    others = [n for n in touched if n not in removal.turns_gone]
    speaking = [n for n in others if (one := old.speaker_of(n)) is None or one.role is Role.PARTICIPANT]
    return next(iter(speaking), None)
