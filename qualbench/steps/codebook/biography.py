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
from qualbench.text import many


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


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happened to a code."""

    at: str
    actor: str
    kind: Moment
    sentence: str


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


def biography(
    code: str,
    releases: Sequence[Released],
    uses: Iterable[Use] = (),
    notes: Iterable[Note] = (),
    proposed: Proposed | None = None,
) -> tuple[Entry, ...]:
    """Everything that happened to a code, oldest first; releases are given oldest first, the rest in any order.

    The caller gives only first uses and memos that the viewer may see.
    """
    found = [
        *([_proposed(proposed)] if proposed and proposed.proposal.code == code else []),
        *_versions(code, releases),
        *(_used(use) for use in uses),
        *(_memo(note) for note in notes if note.about == code and note.on in ("code", "comparison")),
    ]
    return tuple(sorted(found, key=lambda entry: entry.at))


def _proposed(one: Proposed) -> Entry:
    coder, label = one.proposal.coder, one.proposal.label
    return Entry(one.at, coder, Moment.PROPOSED, f"{coder} proposed it as '{label}', coding '{one.name}'.")


def _used(use: Use) -> Entry:
    words = f": {use.extract}" if use.extract else "."
    return Entry(use.at, use.coder, Moment.USED, f"{use.coder} used it for the first time, in '{use.name}'{words}")


def _memo(note: Note) -> Entry:
    kind = f" ({note.kind})" if note.kind else ""
    what = "compared two extracts of it in a memo" if note.on == "comparison" else f"wrote a memo about it{kind}"
    return Entry(note.at, note.author, Moment.MEMO, f"{note.author} {what}.")


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
