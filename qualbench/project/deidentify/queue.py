"""The strings of several drafts as one queue: what may identify somebody, with all its places in all files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from qualbench.project.deidentify.drafts import spaced
from qualbench.project.deidentify.known_names import names_of_labels
from qualbench.steps.deidentify import Candidate, Entity, Kind, KnownName, Why, candidates
from qualbench.steps.deidentify.language import entities
from qualbench.steps.deidentify.matching import key, plain
from qualbench.steps.deidentify.names import GIVEN_NAMES
from qualbench.steps.ingest import Draft

if TYPE_CHECKING:
    from qualbench.project import Project


Attributes = Mapping[str, Mapping[str, str]]
"""What a survey says of its respondents, by label."""


class Where(StrEnum):
    """In what of a draft a string stands."""

    TEXT = "text"
    NAME = "name"
    """The file's own name."""
    BESIDE = "beside"
    """Labels that the text does not have, and what is known of respondents."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a string stands: in a file's text, in its name, or in what is sealed beside it."""

    file: int
    start: int
    end: int
    where: Where = Where.TEXT


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


def words_beside(draft: Draft, attributes: Attributes) -> str:
    """What is sealed with a text and does not stand in it, a line each: labels, and what is known of respondents."""
    labels = [one.label for one in draft.speakers if one.label not in draft.text]
    return "\n".join([*labels, *(value for known in attributes.values() for value in known.values())])


def asked_in(
    drafts: Sequence[Draft], beside: Sequence[str], known: Sequence[KnownName], own: Sequence[str],
    seen: Sequence[Sequence[Entity]],
) -> tuple[Asked, ...]:  # fmt: skip
    """Every string for one answer, in the texts and in what is sealed with them: known names, persons, the others.

    `beside` are the words beside each text, and `seen` the names that a pipeline saw in it. Speakers' labels count
    as known names.
    """
    labels = [label for draft in drafts for label in (*(one.label for one in draft.speakers), *draft.possible_speakers)]
    everybody = (*known, *_new_names(names_of_labels(labels), known))
    groups: dict[tuple[object, ...], Asked] = {}
    for file, draft in enumerate(drafts):
        for where, text, entities_ in _texts_of(draft, beside[file], seen[file]):
            for one in candidates(text, known=everybody, own=own, entities=entities_):
                places = tuple(Place(file, start, end, where) for start, end in one.places)
                asked = Asked(replace(one, places=()), places)
                before = groups.get(key(one.text))
                groups[key(one.text)] = _joined(before, asked) if before else asked
    return tuple(sorted(groups.values(), key=_in_queue))


def _texts_of(
    draft: Draft, beside: str, seen: Sequence[Entity]
) -> Iterator[tuple[Where, str, Sequence[Entity]]]:  # fmt: skip
    yield Where.TEXT, draft.text, seen
    yield Where.NAME, spaced(draft.name), ()
    if beside:
        yield Where.BESIDE, beside, ()


def look(drafts: Sequence[Draft], told: Callable[[int], None]) -> list[tuple[Entity, ...]]:
    """The names and dates that a pipeline sees in each draft; `told` hears the number of the file, often.

    What `told` raises ends the work; raises NoLanguageModel where there is none.
    """
    found = []
    for number, draft in enumerate(drafts):
        told(number)
        found.append(tuple(entities(draft.text, progress=lambda *_, number=number: told(number))))
    return found


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
