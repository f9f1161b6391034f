"""The life of a code: its states and how one leads to another, where it comes from, what it excludes.

proposed -> on trial -> active -> retired, merged or split; what was retired may come back, what was merged or split
may not (MacQueen et al. 1998; the states as in Guest, MacQueen & Namey's team codebooks).
"""

import re
from collections.abc import Iterable, Mapping

from qualbench.model import Code, Codebook
from qualbench.text import folded

PROPOSED, TRIAL, ACTIVE, RETIRED, MERGED, SPLIT = "proposed", "trial", "active", "retired", "merged", "split"
STATES = (PROPOSED, TRIAL, ACTIVE, RETIRED, MERGED, SPLIT)
CLOSED = frozenset({RETIRED, MERGED, SPLIT})
"""The states of a code that is out of use."""

STATE_NAMES: Mapping[str, str] = {TRIAL: "on trial"}
"""What people call a state, where it is not the word itself."""

_NEXT: Mapping[str, tuple[str, ...]] = {
    PROPOSED: (TRIAL, ACTIVE, RETIRED, MERGED, SPLIT),
    TRIAL: (ACTIVE, RETIRED, MERGED, SPLIT),
    ACTIVE: (RETIRED, MERGED, SPLIT),
    RETIRED: (ACTIVE,),
    MERGED: (),
    SPLIT: (),
}
_DEDUCTIVE = frozenset({"deductive", "a priori", "theory", "guide"})
_INDUCTIVE = frozenset({"inductive", "emergent", "in vivo"})


def next_states(status: str) -> tuple[str, ...]:
    """The states that a code in this state can get into; none for one that was merged or split."""
    return _NEXT.get(status, _NEXT[PROPOSED])


def called(status: str) -> str:
    """A state in the words of the screens.

    >>> called("trial"), called("active")
    ('on trial', 'active')
    """
    return STATE_NAMES.get(status, status)


def is_open(book: Codebook, code_id: str) -> bool:
    """Whether a code is there and is, or is to be, in use."""
    code = book.get(code_id)
    return code is not None and code.status not in CLOSED


def state_of(code: Code, book: Codebook) -> str:
    """How it stands with a code, with the codes that it went into."""
    words = called(code.status)
    return f"{words} into {listed(book.label(one) for one in code.into)}" if code.into else words


def listed(names: Iterable[str]) -> str:
    """Names as a sentence lists them.

    >>> listed(["A", "B", "C"])
    'A, B and C'
    """
    *most, last = [*names] or [""]
    return f"{', '.join(most)} and {last}" if most else last


def origin_of(code: Code) -> tuple[str, str]:
    """Whether a code is deductive or inductive (empty where nobody said so), and its source or first segment."""
    head, colon, rest = code.origin.partition(":")
    kind = re.sub(r"[\s_-]+", " ", head.strip().casefold())
    for name, words in (("deductive", _DEDUCTIVE), ("inductive", _INDUCTIVE)):
        if kind in words:
            return name, rest.strip() if colon else ""
    return "", code.origin.strip()


def exclusive(book: Codebook) -> dict[str, tuple[Code, ...]]:
    """The groups of codes that exclude each other on a segment, without codes that are out of use."""
    names: dict[str, str] = {}
    groups: dict[str, list[Code]] = {}
    for code in book.codes:
        if code.status not in CLOSED and (key := folded(code.group)):
            groups.setdefault(names.setdefault(key, code.group.strip()), []).append(code)
    return {name: tuple(codes) for name, codes in groups.items()}


def clash(book: Codebook, codes: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Which of the codes on one segment exclude each other, by group, as ids in the codebook's order."""
    standing = set(codes)
    together = {
        name: tuple(code.id for code in group if code.id in standing) for name, group in exclusive(book).items()
    }
    return {name: found for name, found in together.items() if len(found) > 1}
