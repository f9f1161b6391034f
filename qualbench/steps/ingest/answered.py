"""What a person's answers make of a reading: other turns and speakers over the same text."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from qualbench.errors import UnreadableFile
from qualbench.model import Turn
from qualbench.steps.ingest.answers import Answers, Lines
from qualbench.steps.ingest.labels import PATTERN, fold
from qualbench.steps.ingest.reading import Reading, line_starts, words_between

_MOST_SPEAKERS = 200


def answered(source: str, reading: Reading, answers: Answers) -> Reading:
    """The reading as a person wants it; raises UnreadableFile when the answers do not fit the file."""
    _refuse_misfit(source, reading, answers)
    turns = reading.turns
    if answers.not_speakers:
        turns = _without_labels(reading.text, turns, _indexes(reading.labels, answers.not_speakers))
    if answers.front_matter:
        turns = tuple(_outside(reading.text, turns, _spans(reading.text, answers.front_matter)))
    if turns is reading.turns and not answers.merge:
        return reading
    return _merged(replace(reading, turns=turns), answers.merged())


def _refuse_misfit(source: str, reading: Reading, answers: Answers) -> None:
    wanted = PATTERN if answers.pattern else answers.family
    if not wanted or answers.one_speaker:
        return
    if reading.family != wanted:
        like = "as the pattern says" if answers.pattern else f"like '{wanted}'"
        found = f"its speakers are found by: {reading.family}" if reading.family else "it names nobody otherwise"
        raise UnreadableFile(source, f"nothing in it begins {like}; {found}.", "Choose another family of labels.")
    if len(reading.labels) > _MOST_SPEAKERS:
        raise UnreadableFile(
            source,
            f"it would have {len(reading.labels)} speakers, more than a conversation has.",
            "Choose another family of labels, or a pattern that takes less for a name.",
        )


def _indexes(labels: Sequence[str], wanted: Sequence[str]) -> set[int]:
    folded = {fold(label) for label in wanted}
    return {index for index, label in enumerate(labels) if fold(label) in folded}


def _without_labels(text: str, turns: Sequence[Turn], gone: set[int]) -> tuple[Turn, ...]:
    """The turns without those labels: each such turn goes on with the one above, the first one is nobody's."""
    kept: list[Turn] = []
    for turn in turns:
        if turn.speaker not in gone:
            kept.append(turn)
        elif kept:
            body, end = words_between(text, kept[-1].body, turn.end)
            kept[-1] = replace(kept[-1], body=body, end=end)
        else:
            start, end = words_between(text, turn.start, turn.end)
            kept.append(Turn(start, start, end, -1, turn.seconds))
    return tuple(kept)


def _spans(text: str, ranges: Sequence[Lines]) -> list[tuple[int, int]]:
    """Where ranges of lines begin and end in the text, in order, each with the line feed at its end."""
    starts = [*line_starts(text.split("\n")), len(text) + 1]
    lines = len(starts) - 1
    found = [(starts[first - 1], starts[min(last, lines)]) for first, last in sorted(ranges) if first <= lines]
    apart: list[tuple[int, int]] = []
    for start, end in found:
        if apart and start <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(apart[-1][1], end))
        else:
            apart.append((start, end))
    return apart


def _outside(text: str, turns: Sequence[Turn], spans: Sequence[tuple[int, int]]) -> Iterator[Turn]:
    """The turns without what lies in the spans; what is left of one after a span is a turn of the same speaker."""
    next_ = 0
    for turn in turns:
        while next_ < len(spans) and spans[next_][1] <= turn.start:
            next_ += 1
        inside = [span for span in spans[next_:] if span[0] < max(turn.end, turn.start + 1)]
        if not inside:
            yield turn
            continue
        for start, end in _between(turn, inside):
            opens = start == turn.start
            body, last = words_between(text, max(start, turn.body), end)
            if body < last:
                yield Turn(start if opens else body, body, last, turn.speaker, turn.seconds if opens else None)


def _between(turn: Turn, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What of a turn lies before, between and after the spans."""
    start = turn.start
    for low, high in spans:
        if start < low:
            yield start, low
        start = max(start, high)
    if start < turn.end:
        yield start, turn.end


def _merged(reading: Reading, becomes: Mapping[str, str]) -> Reading:
    """The reading with labels merged, and without the speakers who have no turn left."""
    spelt = {fold(label): label for label in reversed(reading.labels)}
    numbers: dict[str, int] = {}
    turns = []
    for turn in reading.turns:
        if turn.speaker >= 0:
            label = reading.labels[turn.speaker]
            target = becomes.get(fold(label))
            label = spelt.get(fold(target), target) if target else label
            turns.append(replace(turn, speaker=numbers.setdefault(label, len(numbers))))
        else:
            turns.append(turn)
    return replace(reading, turns=tuple(turns), labels=tuple(numbers))
