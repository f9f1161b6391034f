"""A person's own pattern for speaker labels: a regular expression that can not keep the program busy for ever.

Python's expressions try every way to match, so two things bound the work: nothing variable is repeated inside a
repeat, and a line is tried on ever longer beginnings, as long as each was quick.
"""

import re
import time
import warnings
from collections.abc import Iterable

from qualbench.errors import UsageError
from qualbench.steps.ingest.labels import Mark, seconds

LONGEST = 200
"""Characters of a pattern, and of a line's beginning that it is matched with."""
_PARTS = 20
"""Variable parts (`*`, `+`, `?`, `{1,3}`, `|`) of a pattern; the work grows with the line's length to this power."""
_FEW = 5
"""How often something variable may be repeated at most."""
_FIRST = 8
_SLOW = 0.05
"""Seconds of computing for one beginning of one line."""
_ALL = 4.0
"""Seconds of computing for a whole file."""

_TOKEN = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?i\)|(?P<open>\((?:\?(?:P<\w+>|<?[=!]|i?:|>))?)|(?P<close>\))|(?P<or>\|)"
    r"|(?P<times>[*+?]|\{(?:\d+,?\d*|,\d*)\})[?+]?|.",
    re.DOTALL,
)
_STAMP = re.compile(r"\d{1,3}:\d\d(?::\d\d)?(?:[.,\-]\d{1,3})?")


class BadPattern(UsageError):
    """A pattern that can not be used."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"The pattern for speakers {why}.",
            r"A pattern that works: (?P<name>[A-Z]\w*)\s*[:>] with (?P<time>[\d:]+) where there is a time.",
        )


def checked(pattern: str) -> re.Pattern[str]:
    """The pattern, compiled; raises BadPattern when it names nobody or could take for ever."""
    if len(pattern) > LONGEST:
        raise BadPattern(f"has {len(pattern)} characters; {LONGEST} are the most")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # of a bracket inside brackets, which means itself here
            compiled = re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise BadPattern(f"is no regular expression ({error})") from None
    if "name" not in compiled.groupindex:
        raise BadPattern("has no group called 'name', as in (?P<name>\\w+)")
    if _variable_parts(pattern) > _PARTS:
        raise BadPattern(f"has more than {_PARTS} parts that can match in several ways")
    return compiled


def _variable_parts(pattern: str) -> int:
    """How many parts can match in several ways, those that are repeated counted each time; raises BadPattern."""
    open_groups, last = [0], 0
    for token in _TOKEN.finditer(pattern):
        kind, word = token.lastgroup, token[0]
        if kind == "open":
            if pattern.startswith("(?", token.start()) and word == "(":
                raise BadPattern("uses a kind of group that is not allowed")
            open_groups.append(0)
        elif kind == "close":
            last = open_groups.pop()
            open_groups[-1] += last
        elif kind == "times":
            open_groups[-1] += _more_parts(token["times"], last)
            last = 0
        elif kind == "or":
            open_groups[-1] += 1
        else:
            if word[0] == "\\" and word[1] in "123456789":
                raise BadPattern("refers back to what it matched, which is not allowed")
            last = 0
    return open_groups[0]


def _more_parts(times: str, inside: int) -> int:
    """How many variable parts a quantifier adds to the `inside` ones of what it repeats; raises BadPattern."""
    fewest, most = {"?": (0, 1), "*": (0, LONGEST), "+": (1, LONGEST)}.get(times) or _bounds(times)
    if inside and most > _FEW:
        raise BadPattern("repeats something that is repeated or has choices itself, which could take for ever")
    return inside * max(0, most - 1) + (fewest != most)


def _bounds(braces: str) -> tuple[int, int]:
    """The fewest and the most times that `{2}`, `{1,3}`, `{,3}` or `{2,}` say."""
    fewest, comma, most = braces.strip("{}").partition(",")
    return int(fewest or 0), int(most or LONGEST) if comma else int(fewest)


# --- matching --------------------------------------------------------------------------------------------------


def labels_by(pattern: str, lines: Iterable[tuple[int, str]]) -> list[Mark]:
    """The numbered lines that begin with a label, by a person's pattern; raises BadPattern when that takes too long."""
    compiled, marks, spent = checked(pattern), list[Mark](), 0.0
    for index, line in lines:
        match, took = _match(compiled, line[:LONGEST], index)
        spent += took
        if spent > _ALL:
            raise BadPattern(f"takes too long; stopped at line {index + 1}")
        name = " ".join((match["name"] or "").split()) if match else ""
        if match and name:
            start = len(line) - len(line.lstrip())
            time_ = match["time"] if "time" in compiled.groupindex else None
            stamp = _STAMP.search(time_) if time_ else None
            marks.append(Mark(index, start, max(start, match.end()), name, seconds(stamp[0] if stamp else None)))
    return marks


def _match(pattern: re.Pattern[str], head: str, index: int) -> tuple[re.Match[str] | None, float]:
    """The match with the beginning of a line, and how many seconds of computing it took."""
    length, spent = _FIRST, 0.0
    while length < len(head):
        took = _seconds_for(pattern, head, length)
        if took > _SLOW and _seconds_for(pattern, head, length) > _SLOW:
            raise BadPattern(f"takes too long on line {index + 1}")
        spent += took
        length = max(length + 1, int(length * (_SLOW / max(took, 1e-7)) ** (1 / _PARTS)))
    began = time.thread_time()
    return pattern.match(head), spent + time.thread_time() - began


def _seconds_for(pattern: re.Pattern[str], head: str, length: int) -> float:
    """Seconds of this thread's computing for the first characters: what else the machine does is not counted."""
    began = time.thread_time()
    pattern.match(head, 0, length)
    return time.thread_time() - began
