"""What lies on the codebook's desk: the draft beside the version in force, and what is different between them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from qualbench.model import Change, Code, Codebook, Proposal
from qualbench.steps import codebook as codebooks
from qualbench.steps.codebook.differences import CodeDifference, Kind
from qualbench.steps.codebook.lifecycle import CLOSED
from qualbench.text import counted

Place = tuple[str, str]
"""A parent (empty at the top) and the sister behind which a code stands (empty for the first place)."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The draft, the version in force, and what the viewer may know beside them."""

    newest: Codebook | None
    draft: Codebook
    next_version: str
    uses: Mapping[str, int] = field(default_factory=dict)
    """How often the viewer used each code."""
    proposals: tuple[Proposal, ...] = ()
    """The codes that coders made and the draft has not taken up, as far as the viewer may see them."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Transcripts by id."""
    differences: tuple[CodeDifference, ...] = ()
    kinds: Mapping[str, Change | None] = field(default_factory=dict)
    """What probably became of each code that changed; None where a person must say."""
    changes: tuple[str, ...] = ()
    """The differences in sentences."""

    @property
    def state(self) -> str:
        """What is in force, and what is only a draft."""
        if self.newest is None:
            return f"draft of {self.next_version}, {counted(len(self.draft.codes), 'code')}; nothing is released yet"
        if not self.changes:
            return f"{self.newest.version} is in force; nothing is drafted"
        return (
            f"draft of {self.next_version}, {counted(len(self.changes), 'change')}; {self.newest.version} is in force"
        )

    def sign(self, code: str) -> str:
        """Whether a code is new (+) or changed (~) since the version in force."""
        if self.newest is None:
            return " "
        if self.newest.get(code) is None:
            return "+"
        return "~" if code in self.kinds else " "

    def of_code(self, code: str) -> tuple[CodeDifference, ...]:
        """What is different about one code."""
        return tuple(one for one in self.differences if one.code == code and one.kind is not Kind.ORDER)


def laid_out(
    releases: Sequence[Codebook], draft: Codebook, uses: Mapping[str, int], proposals: Iterable[Proposal],
    names: Mapping[str, str],
) -> Desk:  # fmt: skip
    """The desk with everything that follows from the releases, oldest first, and the draft."""
    newest = releases[-1] if releases else None
    kinds = codebooks.propose(newest, draft)
    return Desk(
        newest, draft, version_of(releases, draft, kinds.values()), uses,
        tuple(one for one in proposals if draft.get(one.code) is None), names,
        codebooks.compare(newest, draft) if newest else (), kinds,
        codebooks.changes(newest, draft) if newest else (),
    )  # fmt: skip


def version_of(releases: Sequence[Codebook], draft: Codebook, kinds: Iterable[Change | None]) -> str:
    """The version that these kinds of change call for."""
    if not releases:
        return codebooks.next_version("", kinds)
    moved = codebooks.tree_changed(releases[-1], draft)
    return codebooks.next_version(releases[-1].version, kinds, moved=moved, known=[book.version for book in releases])


def in_use(book: Codebook) -> frozenset[str]:
    """The codes that are not out of use, and those above them."""
    found: set[str] = set()
    for code in book.codes:
        above: Code | None = code if code.status not in CLOSED else None
        while above is not None and above.id not in found:
            found.add(above.id)
            above = book.get(above.parent)
    return frozenset(found)


# --- moving --------------------------------------------------------------------------------------------------------


def moved(book: Codebook, code_id: str, way: str, seen: Collection[str]) -> Place | None:
    """Where a code stands after a move up, down, under the sister before it or out; None where it can not go.

    Only the codes that are seen count as a step.
    """
    code = book.get(code_id)
    if code is None:
        return None
    if way == "out":
        home = book.get(code.parent)
        return (home.parent, home.id) if home else None
    sisters = [one for one in book.codes if one.parent == code.parent]
    at = sisters.index(code)
    before = [one for one in sisters[:at] if one.id in seen]
    if way == "under":
        homes = [one for one in before if one.status not in CLOSED]
        return (homes[-1].id, last_under(book, homes[-1].id)) if homes else None
    if way == "down":
        after = [one for one in sisters[at + 1 :] if one.id in seen]
        return (code.parent, after[0].id) if after else None
    if not before:
        return None
    number = sisters.index(before[-1])
    return code.parent, sisters[number - 1].id if number else ""


def last_under(book: Codebook, parent: str, apart_from: str = "") -> str:
    """The last code under a parent (at the top without one); empty when there is none."""
    return next((one.id for one in reversed(book.codes) if one.parent == parent and one.id != apart_from), "")
