"""The life of one code, in order: where it came from, how it was changed and used, who did it and when.

Sentences name people, versions and places. What participants said is never in them, unless a caller who may show it
gives it as an extract.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from qualbench.model import Change, Code, Codebook, Note, Proposal
from qualbench.steps.codebook.differences import FIELDS, Kind, compare
from qualbench.steps.codebook.lifecycle import MERGED, listed, origin_of
from qualbench.text import many, one_line


class Moment(StrEnum):
    """What an entry of a biography is about."""

    PROPOSED = "proposed"
    ADDED = "added"
    EDITED = "edited"
    MOVED = "moved"
    STATE = "state"
    MERGED = "merged"
    SPLIT = "split"
    REMOVED = "removed"
    USED = "used"
    """The first use by a coder."""
    USES = "uses"
    """How often it was used under a version."""
    MEMO = "memo"
    PROPERTY = "property"
    """A property of it, with its dimension."""
    QUESTION = "question"
    """What is open about it, for the next interviews."""
    SETTLED = "settled"
    """What the team decided where coders differed about it."""
    NEGATIVE = "negative"
    """An interview that speaks against it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happened to a code."""

    at: str
    actor: str
    kind: Moment
    sentence: str
    words: str = ""
    """What was written then, in full: a memo, a property, a question."""


@dataclass(frozen=True, slots=True)
class Released:
    """A version with who released it and when; `uses` counts the codings of the code made under it."""

    book: Codebook
    at: str
    actor: str
    uses: int | None = None
    """None where the viewer may not know."""


@dataclass(frozen=True, slots=True)
class Use:
    """A coder's first use of the code."""

    at: str
    coder: str
    name: str
    """The transcript's name."""
    extract: str = ""
    """The words, where they may be shown."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """When a coder proposed the code, and in which transcript."""

    proposal: Proposal
    at: str
    name: str
    """The transcript's name."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A decision about a segment to which somebody gave the code."""

    at: str
    actor: str
    name: str
    """The transcript's name."""
    line: int
    had: tuple[str, ...]
    """Who had given it the code."""
    stands: bool | None
    """Whether it stands there now; None where that is deferred or readings are kept apart."""
    told: str
    """The outcome and the reason, in words."""


@dataclass(frozen=True, slots=True)
class Against:
    """A participant whose interview speaks against the code."""

    at: str
    actor: str
    label: str
    """The participant's."""
    reason: str


def biography(
    code: str,
    releases: Sequence[Released],
    uses: Iterable[Use] = (),
    notes: Iterable[Note] = (),
    proposed: Proposed | None = None,
    settled: Iterable[Settled] = (),
    against: Iterable[Against] = (),
) -> tuple[Entry, ...]:
    """Everything that happened to a code, oldest first; releases are given oldest first, the rest in any order.

    The caller gives only first uses, memos, decisions and negative cases that the viewer may see.
    """
    found = [
        *([_proposed(proposed)] if proposed and proposed.proposal.code == code else []),
        *_versions(code, releases),
        *(_used(use) for use in uses),
        *(_memo(note) for note in notes if note.about == code and note.on in ("code", "comparison")),
        *map(_settled, settled),
        *map(_against, against),
    ]
    return tuple(sorted(found, key=lambda entry: entry.at))


def _proposed(one: Proposed) -> Entry:
    coder, label = one.proposal.coder, one.proposal.label
    return Entry(one.at, coder, Moment.PROPOSED, f"{coder} proposed it as '{label}', coding '{one.name}'.")


def _used(use: Use) -> Entry:
    words = f": {use.extract}" if use.extract else "."
    return Entry(use.at, use.coder, Moment.USED, f"{use.coder} used it for the first time, in '{use.name}'{words}")


def _memo(note: Note) -> Entry:
    if note.kind in _NOTED and note.on == "code":
        moment, what = _NOTED[note.kind]
        return Entry(note.at, note.author, moment, f"{note.author} {what}: {one_line(note.body)}", note.body)
    kind = f" ({note.kind})" if note.kind else ""
    what = "compared two extracts of it in a memo" if note.on == "comparison" else f"wrote a memo about it{kind}"
    return Entry(note.at, note.author, Moment.MEMO, f"{note.author} {what}.", note.body)


_NOTED: Mapping[str, tuple[Moment, str]] = {
    "property": (Moment.PROPERTY, "found a property of it"),
    "question": (Moment.QUESTION, "asked about it"),
}
"""Memos that are a line in the life of a code by themselves."""


def _settled(one: Settled) -> Entry:
    who = f"{listed(one.had)} had given it" if one.had else "nobody had given it"
    stands = {True: "it stands there", False: "it does not stand there", None: "whether it stands there is open"}
    words = f"The team decided on '{one.name}', line {one.line}, where {who}: {stands[one.stands]} ({one.told})."
    return Entry(one.at, one.actor, Moment.SETTLED, words)


def _against(one: Against) -> Entry:
    return Entry(one.at, one.actor, Moment.NEGATIVE, f"{one.actor} marked {one.label} as a negative case.", one.reason)


# --- what the versions say -----------------------------------------------------------------------------------------


def _versions(code: str, releases: Sequence[Released]) -> Iterator[Entry]:
    before = Codebook("", "", ())
    for one in releases:
        for kind, sentence in (*_own(code, before, one.book), *_others(code, before, one.book)):
            yield Entry(one.at, one.actor, kind, f"Version {one.book.version}: {sentence}")
        if one.uses is not None and one.book.get(code) is not None:
            words = f"It was used {many(one.uses, 'time')} under version {one.book.version}."
            yield Entry(one.at, one.actor, Moment.USES, words)
        before = one.book


_MOMENTS: Mapping[Kind, Moment] = {
    Kind.REMOVED: Moment.REMOVED,
    Kind.MOVED: Moment.MOVED,
    Kind.STATE: Moment.STATE,
    Kind.MERGED: Moment.MERGED,
    Kind.SPLIT: Moment.SPLIT,
}


def _own(code: str, old: Codebook, new: Codebook) -> Iterator[tuple[Moment, str]]:
    """What a version did to the code itself, and what whoever released it said of that."""
    found = [one for one in compare(old, new) if one.code == code and one.kind is not Kind.ORDER]
    for one in found:
        now = new.get(code)
        if one.kind is Kind.ADDED and now is not None:
            yield Moment.ADDED, _origin(now)
        elif one.kind is not Kind.FIELD:
            yield _MOMENTS.get(one.kind, Moment.EDITED), one.sentence
    if fields := [FIELDS[one.field] for one in found if one.kind is Kind.FIELD]:
        yield Moment.EDITED, f"{new.label(code)}: {', '.join(fields)} changed."
    for change in new.changes:
        words = _CHANGED.get(change.change, "")
        if change.code == code and (words or change.note):
            yield Moment.EDITED, ": ".join(filter(None, (words, change.note))) + "." * (not change.note)


_CHANGED: Mapping[Change, str] = {
    Change.WORDING: "Only its wording changed",
    Change.NARROWED: "It was narrowed",
    Change.WIDENED: "It was widened",
}
"""What is not said by the differences themselves."""


def _origin(code: Code) -> str:
    kind, source = origin_of(code)
    words = f", {kind}" if kind else ""
    return f"{code.label} was added{words}{f' ({source})' if source else ''}."


def _others(code: str, old: Codebook, new: Codebook) -> Iterator[tuple[Moment, str]]:
    """Other codes that went into this one."""
    for one in new.codes:
        was = old.get(one.id)
        if code in one.into and one.id != code and (was is None or was.into != one.into):
            kind = Moment.MERGED if one.status == MERGED else Moment.SPLIT
            yield kind, f"{one.label} was {one.status} into {listed(new.label(each) for each in one.into)}."
