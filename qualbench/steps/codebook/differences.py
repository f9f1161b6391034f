"""What is different between two versions of a codebook, code by code: as values, in sentences, word by word.

Codes are known by their ids, so any two versions can be compared, and a draft with the release before it.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from qualbench.model import Change, Code, Codebook
from qualbench.steps.codebook.lifecycle import CLOSED, MERGED, PROPOSED, RETIRED, SPLIT, called, listed

FIELDS: Mapping[str, str] = {
    "kind": "its kind",
    "definition_short": "its short definition",
    "definition": "its definition",
    "include": "when to use it",
    "exclude": "when not to use it",
    "examples": "its examples",
    "near_miss": "its near miss",
    "group": "the group of codes it excludes",
    "origin": "its origin",
    "notes": "its notes",
    "questions": "its open questions",
    "owner": "its owner",
    "colour": "its colour",
}
"""The fields that are compared as texts, as a sentence names them."""

_MEANING = ("kind", "definition_short", "definition", "include", "exclude", "near_miss", "group")
"""Fields whose change may change where a code belongs; only a person can say whether it does."""

_MANY_WORDS = 5000


class Kind(StrEnum):
    """What can be different about a code."""

    ADDED = "added"
    REMOVED = "removed"
    RELABELLED = "relabelled"
    MOVED = "moved"
    STATE = "state"
    MERGED = "merged"
    SPLIT = "split"
    FIELD = "field"
    ORDER = "order"
    """The codes under a parent, which is the code named, stand in another order."""


@dataclass(frozen=True, slots=True)
class CodeDifference:
    """One difference between two versions, with what stood before and what stands after."""

    code: str
    kind: Kind
    sentence: str
    field: str = ""
    before: str = ""
    after: str = ""

    @property
    def words(self) -> tuple[tuple[str, str], ...]:
        """Before and after word by word."""
        return word_differences(self.before, self.after)


def compare(old: Codebook, new: Codebook) -> tuple[CodeDifference, ...]:
    """All differences in the order of the new version; removed codes stand last, and then what changed in order."""
    return (
        *(one for code in new.codes for one in _of_code(old.get(code.id), code, old, new)),
        *(
            CodeDifference(code.id, Kind.REMOVED, f"{code.label} was removed.", before=code.label)
            for code in old.codes
            if new.get(code.id) is None
        ),
        *_reordered(old, new),
    )


def changes(old: Codebook, new: Codebook) -> tuple[str, ...]:
    """The differences in sentences; the fields of a code that changed are in one."""
    sentences: list[str] = []
    found = compare(old, new)
    for one in found:
        if one.kind is not Kind.FIELD:
            sentences.append(one.sentence)
            continue
        fields = [FIELDS[other.field] for other in found if other.kind is Kind.FIELD and other.code == one.code]
        if FIELDS[one.field] == fields[0]:
            sentences.append(f"{new.label(one.code)}: {', '.join(fields)} changed.")
    return tuple(sentences)


def _of_code(before: Code | None, now: Code, old: Codebook, new: Codebook) -> Iterator[CodeDifference]:
    if before is None:
        yield CodeDifference(now.id, Kind.ADDED, f"{now.label} was added.", after=now.label)
        if now.into:
            yield _state(now, "", new)
        return
    if before.label != now.label:
        sentence = f"{before.label} is called {now.label} now."
        yield CodeDifference(now.id, Kind.RELABELLED, sentence, "label", before.label, now.label)
    if before.parent != now.parent:
        here, there = _place(new, now), _place(old, before)
        sentence = f"{now.label} stands {here} now; it stood {there}."
        yield CodeDifference(now.id, Kind.MOVED, sentence, "parent", there, here)
    if (before.status, before.into) != (now.status, now.into):
        yield _state(now, before.status, new)
    for field, words in FIELDS.items():
        texts = _text(before, field), _text(now, field)
        if texts[0] != texts[1]:
            yield CodeDifference(now.id, Kind.FIELD, f"{now.label}: {words} changed.", field, *texts)


def _state(now: Code, before: str, new: Codebook) -> CodeDifference:
    into = listed(new.label(one) for one in now.into)
    kind = {MERGED: Kind.MERGED, SPLIT: Kind.SPLIT}.get(now.status, Kind.STATE) if into else Kind.STATE
    sentence = f"{now.label} is {called(now.status)} now; it was {called(before)}."
    if kind is not Kind.STATE:
        sentence = f"{now.label} was {now.status} into {into}."
    return CodeDifference(now.id, kind, sentence, "status", before, now.status)


def _text(code: Code, field: str) -> str:
    value = getattr(code, field)
    return value if isinstance(value, str) else "\n".join(value)


def _place(book: Codebook, code: Code) -> str:
    return f"under {book.label(code.parent)}" if code.parent else "at the top"


def _reordered(old: Codebook, new: Codebook) -> Iterator[CodeDifference]:
    """Where codes that stayed with their parent stand in another order."""
    stayed = {code.id for code in new.codes if (was := old.get(code.id)) and was.parent == code.parent}
    before, now = (_sisters(book, stayed) for book in (old, new))
    for parent, order in now.items():
        if before[parent] != order:
            where = f"under {new.label(parent)}" if parent else "at the top"
            labels = ["\n".join(new.label(one) for one in each) for each in (before[parent], order)]
            yield CodeDifference(parent, Kind.ORDER, f"The codes {where} stand in another order.", "", *labels)


def _sisters(book: Codebook, wanted: Collection[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code in book.codes:
        if code.id in wanted:
            found.setdefault(code.parent, []).append(code.id)
    return found


# --- word by word ------------------------------------------------------------------------------------------------


def word_differences(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """Stretches of two texts, each with `equal`, `removed` or `added` in front; what is removed stands first.

    >>> word_differences("when said", "when said twice")
    (('equal', 'when '), ('removed', 'said'), ('added', 'said twice'))
    """
    old, new = (re.findall(r"\S+\s*|\s+", text) for text in (before, after))
    if max(len(old), len(new)) > _MANY_WORDS:  # comparing takes the square of that
        old, new = [before], [after]
    found = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(("equal", "".join(old[i:j])))
        else:
            found += [("removed", "".join(old[i:j]))] * (i < j) + [("added", "".join(new[k:m]))] * (k < m)
    return tuple(found)


# --- what kind of change it was ----------------------------------------------------------------------------------


def propose(old: Codebook | None, new: Codebook) -> dict[str, Change | None]:
    """What probably became of each code that changed; None where only a person can say whether its meaning did."""
    before = old or Codebook("", "", ())
    found: dict[str, Change | None] = {}
    for code in new.codes:
        was = before.get(code.id)
        if was != code:
            found[code.id] = _kind_of(was, code)
    return found | {code.id: Change.RETIRED for code in before.codes if new.get(code.id) is None}


_ENDS = {MERGED: Change.MERGED, SPLIT: Change.SPLIT, RETIRED: Change.RETIRED}


def _kind_of(was: Code | None, code: Code) -> Change | None:
    if code.status in _ENDS and (was is None or was.status != code.status):
        return _ENDS[code.status]
    if was is None:
        return Change.NEW
    if was.status in (RETIRED, PROPOSED) and code.status not in (*CLOSED, PROPOSED):
        return Change.NEW  # nobody could use it before
    if code.status not in CLOSED and any(getattr(was, name) != getattr(code, name) for name in _MEANING):
        return None
    return Change.WORDING


_NUMBERED = re.compile(r"(\D*)(\d+)(?:\.(\d+))?(?:\.(\d+))?")


def next_version(
    version: str, kinds: Iterable[Change | None], *, moved: bool = False, known: Sequence[str] = ()
) -> str:
    """The version that a release could have: a new first number where meaning or tree changed, a second for new codes.

    A third number says that wording changed only. `moved` says that the tree changed; `known` versions are taken.

    >>> next_version("1.0", [Change.WORDING]), next_version("1.0", [Change.NEW]), next_version("1.0", [Change.SPLIT])
    ('1.0.1', '1.1', '2.0')
    """
    if not version:
        return "1.0"
    match = _NUMBERED.fullmatch(version)
    if match is None:
        return next(one for n in range(2, len(known) + 3) if (one := f"{version} ({n})") not in known)
    numbers = [int(number or 0) for number in match.groups()[1:]]
    said = set(kinds)
    at = 0 if moved or said - {Change.WORDING, Change.NEW} else 1 if Change.NEW in said else 2
    shown = max(at + 1, 2, sum(number is not None for number in match.groups()[1:]))
    while True:
        numbers = [*numbers[:at], numbers[at] + 1, *[0] * (2 - at)]
        if (one := match[1] + ".".join(map(str, numbers[:shown]))) not in known:
            return one


def tree_changed(old: Codebook, new: Codebook) -> bool:
    """Whether a code of both versions stands under another parent."""
    return any(one.kind is Kind.MOVED for one in compare(old, new))
