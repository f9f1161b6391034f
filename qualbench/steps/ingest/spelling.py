"""Labels that may be one speaker spelt in two ways: shown as a suggestion, never merged here."""

import re
from collections.abc import Sequence

from qualbench.steps.ingest.labels import fold
from qualbench.steps.ingest.roles import known_role

_DIGITS = re.compile(r"\d+")
_MOST = 300
"""Labels that are compared; a file with more names no people, and every pair would be looked at."""


def pattern_of(label: str) -> str:
    """The label with its numbers blanked, so that P1 and P12 look alike.

    >>> pattern_of("Speaker 3")
    'speaker #'
    """
    return _DIGITS.sub("#", fold(label))


def similar(speakers: Sequence[str], others: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Pairs of labels that differ by signs or one or two letters, speakers first; P1 and P2 are different people."""
    every = [*speakers, *others]
    if len(every) > _MOST:
        return ()
    return tuple((one, two) for index, one in enumerate(speakers) for two in every[index + 1 :] if _alike(one, two))


def _alike(one: str, two: str) -> bool:
    a, b = fold(one), fold(two)
    if a == b:
        return False
    if _bare(a) == _bare(b):
        return True
    if abs(len(a) - len(b)) > 2 or max(len(a), len(b)) < 4:
        return False
    if pattern_of(one) == pattern_of(two) or _opposite(one, two):
        return False
    return _distance(a, b) <= (2 if max(len(a), len(b)) >= 6 else 1)


def _bare(label: str) -> str:
    """The letters and digits: P 1, P-1 and P1 are one label."""
    return "".join(filter(str.isalnum, label)) or label


def _opposite(one: str, two: str) -> bool:
    """Interviewer and interviewee differ by one letter, and nobody confuses them."""
    roles = known_role(one), known_role(two)
    return None not in roles and roles[0] != roles[1]


def _distance(a: str, b: str) -> int:
    """Levenshtein's edit distance: the least number of letters put in, left out or changed."""
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        diagonal, row[0] = row[0], i
        for j, other in enumerate(b, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (letter != other))
    return row[-1]
