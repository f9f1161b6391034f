"""Numbers and sentences as a report prints them, and the one rule for characters no file format can hold."""

from collections import Counter
from collections.abc import Mapping, Sequence

from qualbench.model import METHOD_NAMES, Method, Study, TranscriptRow
from qualbench.text import many, percent

_FEW = ("", "", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def coefficient(value: float, decimals: int) -> str:
    """A coefficient (at most 1): two decimals in sentences, three in tables; never a minus zero.

    >>> coefficient(-0.0004, 3), coefficient(0.7149, 2)
    ('0.000', '0.71')
    """
    return f"{round(value, decimals) + 0.0:.{decimals}f}"


def share_of(count: int, total: int, word: str) -> str:
    """How many of how many.

    >>> share_of(2, 3, "participant")
    '2 of 3 participants (66.7%)'
    """
    return f"{count} of {many(total, word)}" + (f" ({percent(count / total)})" if total else "")


def tally(counts: Mapping[str, int]) -> str:
    """Counts as one phrase, most frequent first.

    >>> tally({"a slip": 1, "codes overlap": 2})
    'codes overlap 2, a slip 1'
    """
    ordered = sorted(counts.items(), key=lambda pair: -pair[1])
    return ", ".join(f"{name} {count}" for name, count in ordered)


def method_sentence(study: Study) -> str:
    """How the study was coded; in reflexive thematic analysis also why no figures follow (Braun & Clarke)."""
    follows = f"The study follows {METHOD_NAMES[study.method]}."
    if study.method is Method.REFLEXIVE:
        return (
            f"{follows} Coding is interpretation, and a second coder enriches it rather than checks it. "
            "Coefficients of agreement presuppose one right coding, so none are given, "
            "and themes are not weighed by counts."
        )
    if study.coders == 1:
        return f"{follows} Each transcript was coded by one coder."
    return (
        f"{follows} Each transcript was coded by {study.coders} coders independently: "
        "nobody could see another's coding of it before all had submitted theirs."
    )


def deidentified_sentence(rows: Sequence[TranscriptRow]) -> str:
    """In how many transcripts names were replaced before they were sealed, and how many people reviewed each.

    Empty when it was done in none. It says what was done and no more: who knows a case may still recognise it.
    """
    done = [row.reviewers for row in rows if row.reviewers is not None]
    if not done:
        return ""
    before = "before it was sealed" if len(done) == 1 else "before they were sealed"
    place = "in the transcript" if len(rows) == 1 else f"in {len(done)} of {many(len(rows), 'transcript')}"
    counts = Counter(done)
    if len(counts) == 1:
        each = "it was" if len(done) == 1 else "each was"
        return f"Names and details were replaced {place} {before}; {each} reviewed by {_people(done[0])}."
    most, *others = sorted(counts, reverse=True)
    were = "was" if counts[most] == 1 else "were"
    shares = [f"{counts[most]} of these {were} reviewed by {_people(most)}"]
    shares += [f"{counts[people]} by {_people(people)}" for people in others]
    return f"Names and details were replaced {place} {before}; {', '.join(shares)}."


def _people(number: int) -> str:
    if number < 2:
        return "one person" if number else "nobody"
    return f"{_FEW[number] if number < len(_FEW) else number} people"
