"""The end of de-identifying: the texts without their names go into the study, or into plain files, all or none.

`prepare` is the long part and touches nothing, so that it can run in a thread and be stopped; `finish` is short.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path, PurePath
from shutil import rmtree
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from qualbench.errors import FileExists, NeedsConfirmation, QualbenchError
from qualbench.model import SegmentRule
from qualbench.project.base import write_file
from qualbench.project.deidentify.drafts import Deidentified, neutral_name, without
from qualbench.project.intake import Incoming, Tell, incoming
from qualbench.steps.ingest import Survey, SurveyDraft
from qualbench.text import counted, excerpt

if TYPE_CHECKING:
    from qualbench.project import Project
    from qualbench.project.deidentify.review import Review


class Undecided(NeedsConfirmation):
    """Strings that nobody has answered for; nothing was sealed."""

    def __init__(self, count: int) -> None:
        is_ = "is" if count == 1 else "are"
        super().__init__(
            f"Nothing was sealed: {counted(count, 'string')} that may identify somebody {is_} not decided.",
            "See them with --dry-run --json, and answer with --answers FILE.csv or in a terminal.",
        )


class StillThere(NeedsConfirmation):
    """Originals that can be read after replacing; nothing was sealed."""

    def __init__(self, strings: Sequence[str]) -> None:
        named = ", ".join(f"'{excerpt(one, 30)}'" for one in strings[:8])
        more = f" and {len(strings) - 8} more" if len(strings) > 8 else ""
        super().__init__(
            f"Nothing was sealed: what was replaced can still be read, or looks so: {named}{more}.",
            "Answer for these strings too; keep is an answer.",
        )


class SameTexts(QualbenchError):
    """Two files that can not be told apart any more; nothing was sealed."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(
            f"Nothing was sealed: {one} and {other} are the same text once their names are replaced.",
            "Leave one of them out.",
        )


@dataclass(frozen=True, slots=True)
class Ending:
    """What is done with the texts in the end."""

    rule: SegmentRule = SegmentRule.TURN
    to: Path | None = None
    """A folder for plain files; None to import."""
    force: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything that waits to be sealed or written."""

    files: tuple[tuple[Incoming, ...], ...] = ()
    bodies: Mapping[str, bytes] | None = None
    """Plain files by their names, where nothing is imported."""


def seal(
    review: Review, project: Project, rule: SegmentRule = SegmentRule.TURN, *, tell: Tell | None = None
) -> list[str]:
    """Import every draft without its names, all of them or none; answers with their names in the study."""
    return finish(prepare(review, Ending(rule), tell=tell), project, Ending(rule))


def prepare(review: Review, ending: Ending, *, tell: Tell | None = None) -> Prepared:
    """The texts as they will be; long work that touches nothing, and what `tell` raises stops it."""
    if review.undecided:
        raise Undecided(len(review.undecided))
    if ending.to is not None:
        return Prepared(bodies=_bodies(review, tell))
    files = []
    for number, numbers in enumerate(_by_file(review), start=1):
        if tell is not None:
            tell(number, review.drafts[numbers[0]].source)
        files.append(_file(review, number - 1, numbers, ending.rule))
    _check_apart(review, files)
    return Prepared(tuple(files))


def finish(prepared: Prepared, project: Project, ending: Ending) -> list[str]:
    """Import the texts as one step, or write the files; answers with their names. What fails leaves nothing."""
    if ending.to is not None:
        return _write(prepared.bodies or {}, ending.to, ending.force)
    project.check_batch(prepared.files)
    project.back_up("before-import")
    return project.take_in(prepared.files)


def done(names: Sequence[str], to: Path | None) -> str:
    """What was done, in a sentence."""
    return f"{counted(len(names), 'text')} {'imported' if to is None else f'written to {to}'} without names."


# --- into the study --------------------------------------------------------------------------------------------


def _by_file(review: Review) -> Iterator[range]:
    """The numbers of the drafts that each file made."""
    start = 0
    for made in review.made:
        count = len(made.documents) if isinstance(made, Survey) else 1
        yield range(start, start + count)
        start += count


def _check_apart(review: Review, files: Sequence[Sequence[Incoming]]) -> None:
    sources = [review.drafts[numbers[0]].source for numbers in _by_file(review)]
    first: dict[str, int] = {}
    for number, file in enumerate(files):
        before = first.setdefault(str(file[0].original), number)
        if before != number:
            raise SameTexts(sources[before], sources[number])


def _file(review: Review, number: int, numbers: range, rule: SegmentRule) -> tuple[Incoming, ...]:
    made = review.made[number]
    ready = [review.after(one) for one in numbers]
    if isinstance(made, Survey):
        survey, data = _survey(review, made, ready)
        cut = incoming(survey, data, rule)
    else:
        cut = incoming(ready[0].draft, ready[0].data, rule)
    return tuple(
        replace(one, deidentified=(len(review.readers(at)), len(now.changes)))
        for one, at, now in zip(cut, numbers, ready, strict=True)
    )


def _survey(review: Review, made: Survey, ready: Sequence[Deidentified]) -> tuple[Survey, bytes]:
    """The survey without its names, and the bytes that are sealed for it: all of its new texts one after the other.

    Whoever answers keeps one label in all documents, and two people keep two, whatever stands for them.
    """
    decisions = review.decisions
    labels = _labels(made, review)
    data = "\n\n".join(f"{one.draft.name}\n\n{one.draft.text}" for one in ready).encode("utf-8")
    whole = sha256(data).hexdigest()
    source = f"{neutral_name(PurePath(made.documents[0].draft.source).stem, decisions)}.txt"
    documents = []
    for number, (before, after) in enumerate(zip(made.documents, ready, strict=True), start=1):
        pairs = zip(before.draft.speakers, after.draft.speakers, strict=True)
        draft = replace(
            after.draft,
            source=source,
            # two people who answer the same are two transcripts
            original=sha256(f"{whole}\n{number}".encode()).hexdigest(),
            speakers=tuple(replace(new, label=labels[old.label]) for old, new in pairs),
        )
        known = {
            labels[label]: {without(name, decisions): without(value, decisions) for name, value in values.items()}
            for label, values in before.attributes.items()
        }
        documents.append(SurveyDraft(draft, known))
    return Survey(tuple(documents), ()), data


def _labels(made: Survey, review: Review) -> dict[str, str]:
    """What each respondent is called now; those whom one word stands for are told apart by a number."""
    labels: dict[str, str] = {}
    used: set[str] = set()
    for label in dict.fromkeys(speaker.label for one in made.documents for speaker in one.draft.speakers):
        wanted = new = without(label, review.decisions)
        number = 2
        while new in used:
            new, number = f"{wanted} ({number})", number + 1
        used.add(new)
        labels[label] = new
    return labels


# --- into plain files ------------------------------------------------------------------------------------------


def _bodies(review: Review, tell: Tell | None) -> dict[str, bytes]:
    bodies: dict[str, bytes] = {}
    for number in range(len(review.drafts)):
        if tell is not None:
            tell(number + 1, review.drafts[number].source)
        ready = review.after(number)
        bodies[_free(ready.draft.name, bodies)] = ready.data
    return bodies


def _free(name: str, taken: Mapping[str, bytes]) -> str:
    wanted, number = f"{name}.txt", 2
    while wanted in taken:
        wanted, number = f"{name} ({number}).txt", number + 1
    return wanted


def _write(bodies: Mapping[str, bytes], folder: Path, force: bool) -> list[str]:
    """Write files beside their places first, so that what fails in the middle leaves none of them."""
    for name in bodies:
        if (folder / name).exists() and not force:
            raise FileExists(folder / name)
    part = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part = Path(mkdtemp(prefix=".part-", dir=folder))
        for name, body in bodies.items():
            write_file(part / name, body)
        for name in bodies:
            (part / name).replace(folder / name)
    except OSError as error:
        raise QualbenchError(f"{folder} can not be written: {error.strerror}.") from error
    finally:
        if part is not None:
            rmtree(part, ignore_errors=True)
    return list(bodies)
