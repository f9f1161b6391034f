"""The strings of several drafts as one queue: what may identify somebody, with all its places in all files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualbench.errors import AlreadyImported
from qualbench.project.deidentify.drafts import spaced
from qualbench.project.deidentify.known_names import names_of_labels
from qualbench.steps.deidentify import Candidate, Entity, Kind, KnownName, Why, candidates
from qualbench.steps.deidentify.language import entities
from qualbench.steps.deidentify.matching import key, plain
from qualbench.steps.deidentify.names import GIVEN_NAMES
from qualbench.steps.ingest import Draft

if TYPE_CHECKING:
    from qualbench.project import Project


@dataclass(frozen=True, slots=True)
class Place:
    """Where a string stands: in a file's text, or in the file's own name."""

    file: int
    start: int
    end: int
    in_name: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A string with all its places in all files, for one answer."""

    candidate: Candidate
    places: tuple[Place, ...]

    @property
    def text(self) -> str:
        """The string."""
        return self.candidate.text

    @property
    def files(self) -> int:
        """In how many files it stands."""
        return len({place.file for place in self.places})


def asked_in(
    drafts: Sequence[Draft], known: Sequence[KnownName], own: Sequence[str], seen: Sequence[Sequence[Entity]]
) -> tuple[Asked, ...]:
    """Every string for one answer, in the texts and in the files' names: known names, persons, then the others.

    `seen` are the names that a pipeline saw, by file. Speakers' labels count as known names.
    """
    labels = [label for draft in drafts for label in (*(one.label for one in draft.speakers), *draft.possible_speakers)]
    everybody = (*known, *_new_names(names_of_labels(labels), known))
    groups: dict[tuple[object, ...], Asked] = {}
    for file, draft in enumerate(drafts):
        for in_name, text in ((False, draft.text), (True, spaced(draft.name))):
            for one in candidates(text, known=everybody, own=own, entities=() if in_name else seen[file]):
                places = tuple(Place(file, start, end, in_name) for start, end in one.places)
                asked = Asked(replace(one, places=()), places)
                before = groups.get(key(one.text))
                groups[key(one.text)] = _joined(before, asked) if before else asked
    return tuple(sorted(groups.values(), key=_in_queue))


def look(drafts: Sequence[Draft], told: Callable[[int], None]) -> list[tuple[Entity, ...]]:
    """The names and dates that a pipeline sees in each draft; `told` hears the number of the file, often.

    What `told` raises ends the work; raises NoLanguageModel where there is none.
    """
    found = []
    for number, draft in enumerate(drafts):
        told(number)
        found.append(tuple(entities(draft.text, progress=lambda *_, number=number: told(number))))
    return found


def check_originals(project: Project, drafts: Sequence[Draft]) -> None:
    """Refuse a file that was imported with its names, or that stands twice among these."""
    seen: dict[str, str] = {}
    for draft in drafts:
        project.check_new(draft)
        if draft.original in seen:
            raise AlreadyImported(draft.source, seen[draft.original])
        seen[draft.original] = draft.source


def names_in_study(project: Project) -> frozenset[str]:
    """The names among those offered that stand in the study's transcripts; nobody new is to be called so."""
    return frozenset(plain(name) for name in GIVEN_NAMES if project.search(name))


def redaction(asked: Asked) -> str:
    """The kind of a string in brackets.

    >>> redaction(Asked(Candidate("Leeds", Kind.PLACE, (), ()), ()))
    '[place]'
    """
    return "[detail]" if asked.candidate.kind is Kind.OTHER else f"[{asked.candidate.kind}]"


def _new_names(named: Iterable[KnownName], known: Sequence[KnownName]) -> list[KnownName]:
    """Names of labels that no known name is called by already."""
    called = {key(form) for name in known for form in name.forms}
    return [name for name in named if key(name.full) not in called]


def _joined(one: Asked, other: Asked) -> Asked:
    """A string in one file and in another as one question; where it is a word in small letters, it is so in all."""
    first, second = one.candidate, other.candidate
    why = tuple(dict.fromkeys([*first.why, *second.why]))
    kind = first.kind if first.kind is not Kind.OTHER else second.kind
    cased = first.cased or second.cased
    return Asked(replace(first, kind=kind, why=why, cased=cased, forms=first.forms or second.forms),
                 one.places + other.places)  # fmt: skip


def _in_queue(one: Asked) -> tuple[int, int, str]:
    rank = 0 if Why.KNOWN in one.candidate.why else 1 if one.candidate.kind is Kind.PERSON else 2
    return rank, -len(one.places), one.text
