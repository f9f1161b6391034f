"""A REFI-QDA project (.qdpx) of any program as a bundle, with a report of how it was read and what is not carried."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from qualbench.errors import UnreadableFile
from qualbench.steps.interchange.refi.archive import Archive, opened
from qualbench.steps.interchange.refi.bundle import UNKNOWN_CODER, Bundle, Coding, Note, On, Source, User
from qualbench.steps.interchange.refi.cases import case_guids, checked, read_cases, read_sets
from qualbench.steps.interchange.refi.choosing import OURS, Choice, Selection, choose
from qualbench.steps.interchange.refi.codebook import read_codes, read_users, read_variables
from qualbench.steps.interchange.refi.findings import Finding, Found
from qualbench.steps.interchange.refi.guids import normal
from qualbench.steps.interchange.refi.marks import NOBODY, Marking, read_marks, repeats
from qualbench.steps.interchange.refi.names import unique
from qualbench.steps.interchange.refi.noted import Noting, read_note_words, read_notes
from qualbench.steps.interchange.refi.positions import Convention
from qualbench.steps.interchange.refi.reader import Reader
from qualbench.steps.interchange.refi.refusals import refuse
from qualbench.steps.interchange.refi.sources import Text, read_texts
from qualbench.steps.interchange.refi.times import stamp
from qualbench.steps.interchange.refi.writing import ORIGIN
from qualbench.steps.interchange.refi.xml import children, local, parsed, words
from qualbench.text import shown

_WITHOUT_PROJECT = "it holds no REFI-QDA project."
_JUNK = "__macosx/"
"""What one operating system adds to the zips it makes."""
_AGAIN = "Export it anew as a REFI-QDA project (.qdpx)."


@dataclass(frozen=True, slots=True)
class Report:
    """How a file was read: what wrote it, how it counts positions, and everything that is not carried as it was."""

    name: str
    origin: str
    """The program that wrote it; empty when the file does not say."""
    choice: Choice
    findings: tuple[Finding, ...]

    def count(self, found: Found) -> int:
        """How often something happened."""
        return next((finding.count for finding in self.findings if finding.found is found), 0)

    def lines(self) -> tuple[str, ...]:
        """The report as sentences."""
        return (
            f"Written by {shown(self.origin) or 'a program that does not say its name'}.",
            f"Positions: {self.choice.convention}; {self.choice.why}.",
            *map(str, self.findings),
        )


@dataclass(frozen=True, slots=True)
class Read:
    """What a file holds, and how it was read."""

    bundle: Bundle
    report: Report


def read(name: str, data: bytes, convention: Convention | None = None) -> Read:
    """The project in the bytes of a .qdpx; raises UnreadableFile, and UnclearPositions when a convention is needed."""
    refuse(name, data)
    archive = opened(name, data)
    member = _project(name, archive)
    root = parsed(name, archive.read(member))
    if local(root) != "Project":
        raise UnreadableFile(name, _WITHOUT_PROJECT, _AGAIN)
    reader = Reader(archive, root, root.get("origin") == ORIGIN, member[: member.rfind("/") + 1])
    reader.tally.add(Found.STRANGE_NAME, archive.strange)
    reader.note_words = read_note_words(reader)
    users = read_users(reader)
    reader.users = frozenset(user.id for user in users)
    maker = normal(root.get("creatingUserGUID"))
    reader.tally.add(Found.LOST_REFERENCE, bool(maker) and maker not in reader.users)
    reader.tally.add(Found.GRAPHS, sum(1 for _ in children(reader.section("Graphs"), "Graph")))
    texts = read_texts(reader)
    choice = _choice(name, reader, texts, convention)
    bundle = _bundle(reader, users, texts, choice.convention)
    return Read(bundle, Report(name, (root.get("origin") or "").strip(), choice, reader.tally.findings()))


def _project(name: str, archive: Archive) -> str:
    """The member that holds the project: project.qde, or the only .qde there is."""
    projects = [one for one in archive.names() if one.endswith(".qde") and not one.startswith(_JUNK)]
    if not projects:
        raise UnreadableFile(name, _WITHOUT_PROJECT, _AGAIN)
    if len(projects) > 1 and "project.qde" not in projects:
        raise UnreadableFile(name, f"it holds {len(projects)} projects, and which one counts is not clear.", _AGAIN)
    return "project.qde" if "project.qde" in projects else projects[0]


def _choice(name: str, reader: Reader, texts: Sequence[Text], convention: Convention | None) -> Choice:
    if reader.ours:
        return Choice(OURS, "Qualbench wrote the file")
    if convention is not None:
        return Choice(convention, "it was asked for")
    selections = [
        Selection(text.words, mark.start, mark.end, mark.element.get("name") or "")
        for text in texts
        for mark in text.marks
    ]
    return choose(name, selections)


def _bundle(reader: Reader, users: tuple[User, ...], texts: Sequence[Text], way: Convention) -> Bundle:
    codes, variables = read_codes(reader), read_variables(reader)
    marking = Marking(reader, {code.id: code.codable for code in codes}, case_guids(reader))
    read_marks(marking, texts, way)
    cases = read_cases(reader, texts, marking, variables)
    codings = tuple(marking.codings.values())
    noted = read_notes(reader, Noting({text.id: text for text in texts}, way), codings)
    notes = (*noted, *marking.notes)
    about = _told(notes)
    root = reader.root
    return Bundle(
        name=(root.get("name") or "").strip(),
        origin=(root.get("origin") or "").strip(),
        created=stamp(root.get("creationDateTime") or ""),
        description=words(root, "Description"),
        users=_with_nobody(users, codings),
        codes=codes,
        sources=tuple(_source(reader, text, about) for text in texts),
        codings=codings,
        notes=notes,
        variables=checked(reader, variables, cases),
        cases=tuple(replace(one, description=_own(one.description, about, On.CASE, one.id)) for one in cases),
        sets=read_sets(reader, frozenset(note.id for note in noted)),
    )


_About = Mapping[tuple[On, str], list[str]]


def _told(notes: Sequence[Note]) -> _About:
    """The words of the notes on each thing."""
    told: dict[tuple[On, str], list[str]] = {}
    for note in notes:
        told.setdefault((note.on, note.about), []).append(note.text)
    return told


def _own(description: str, about: _About, on: On, id_: str) -> str:
    """The description of a thing, unless it only repeats the notes on it."""
    return "" if repeats(description, about.get((on, id_), [])) else description


def _with_nobody(users: tuple[User, ...], codings: Sequence[Coding]) -> tuple[User, ...]:
    """The users, with one for the codings that name nobody if there are any."""
    if all(coding.user != NOBODY for coding in codings) or any(user.id == NOBODY for user in users):
        return users
    return (*users, User(NOBODY, unique([*(user.name for user in users), UNKNOWN_CODER])[-1]))


def _source(reader: Reader, text: Text, about: _About) -> Source:
    return Source(
        id=text.id,
        name=text.name,
        text=text.words.text,
        author=reader.author(text.holder),
        at=reader.time(text.holder),
        description=_own(words(text.holder, "Description"), about, On.SOURCE, text.id),
        path=text.element.get("plainTextPath") or "",
    )
