"""Files before they are sealed: what each would become by some answers, and what still has to be asked about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from glob import glob
from pathlib import Path, PurePath

from qualbench.errors import AlreadyImported, QualbenchError, UnreadableFile
from qualbench.steps import ingest
from qualbench.steps.ingest import Answers, Draft, EncodingChoice, Plan, Survey, elan, profiles, survey
from qualbench.steps.ingest.elan import Tier
from qualbench.steps.ingest.profiles import Profile
from qualbench.steps.ingest.survey import Column

_PATTERN = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One file as it was read by some answers; either `made` or `error` is there."""

    name: str
    data: bytes
    answers: Answers
    made: Draft | Survey | None = None
    error: QualbenchError | None = None
    columns: tuple[Column, ...] = ()
    """Of a table that is, or may be, a survey."""
    tiers: tuple[Tier, ...] = ()
    """Of a file that has tiers."""
    departures: tuple[str, ...] = ()
    """How it is not as its import profile expects."""

    @property
    def drafts(self) -> tuple[Draft, ...]:
        """What it would become: one transcript, or the documents of a survey."""
        if isinstance(self.made, Survey):
            return tuple(one.draft for one in self.made.documents)
        return (self.made,) if self.made else ()

    @property
    def encodings(self) -> tuple[EncodingChoice, ...]:
        """What can be chosen where nobody knows how the file is encoded."""
        return self.error.choices if isinstance(self.error, ingest.UnknownEncoding) else ()

    @property
    def suggested(self) -> Plan | None:
        """A guess at what the columns of a table are."""
        return survey.suggested(self.columns) if self.columns else None


def load(path: Path) -> tuple[str, bytes]:
    """A file's name and bytes; raises UnreadableFile."""
    name = path.name.encode("utf-8", "replace").decode()  # a file's name need not be text
    try:
        return name, path.read_bytes()
    except OSError as error:
        raise UnreadableFile(name, f"it can not be read ({error.strerror}).") from error


def look(name: str, data: bytes, answers: Answers, profile: Profile | None = None) -> Candidate:
    """What a file would become by these answers, compared with what a profile expects."""
    plan = answers.survey
    found = Candidate(name, data, answers)
    try:
        if plan is not None:
            found = replace(found, made=ingest.read_survey(name, data, plan, encoding=answers.encoding))
        else:
            found = replace(found, made=ingest.read(name, data, answers))
    except UnreadableFile as error:
        found = replace(found, error=error)
    found = replace(found, columns=_columns(found), tiers=_tiers(found))
    return replace(found, departures=_departures(found, profile)) if profile else found


def _columns(found: Candidate) -> tuple[Column, ...]:
    """The columns of a table that is no transcript as it stands."""
    if PurePath(found.name).suffix.lower() not in ingest.TABLES or isinstance(found.made, Draft):
        return ()
    sheet = found.answers.survey.sheet if found.answers.survey else ""
    try:
        return survey.columns(found.name, found.data, encoding=found.answers.encoding, sheet=sheet)
    except UnreadableFile:
        return ()


def _tiers(found: Candidate) -> tuple[Tier, ...]:
    if PurePath(found.name).suffix.lower() != ".eaf":
        return ()
    try:
        return elan.tiers(found.data, found.name)
    except UnreadableFile:
        return ()


def _departures(found: Candidate, profile: Profile) -> tuple[str, ...]:
    """Respondents are others in every survey, so that only its columns are compared, by reading them."""
    if isinstance(found.made, Draft):
        return profiles.departures(found.made, profile)
    kinds = {draft.reader for draft in found.drafts} - {profile.reader}
    return tuple(f"It is read as {kind}, and the profile is of {profile.reader} files." for kind in sorted(kinds))


def check_batch(found: Candidate, before: Sequence[Candidate]) -> None:
    """Refuse a file whose bytes came earlier in the same batch."""
    for one in before:
        if one.data == found.data:
            raise AlreadyImported(found.name, one.name)


def files_at(words: str) -> tuple[Path, ...]:
    """The files that a person means: a file, all readable files of a folder, a pattern, or several of these by line.

    What is not there is among them, so that it is said when it is read.
    """
    found: list[Path] = []
    for path in _places(words):
        if path.is_dir():
            found += [one for one in _inside(path) if one.suffix.lower() in ingest.SUFFIXES]
        elif _PATTERN & set(str(path)) and not path.exists():
            found += sorted(Path(one) for one in glob(str(path)) if Path(one).is_file())
        else:
            found.append(path)
    return tuple(dict.fromkeys(found))


def passed_over(words: str) -> tuple[Path, ...]:
    """The files in the folders that a person means of which no reader knows the ending; hidden ones do not matter."""
    inside = (one for path in _places(words) if path.is_dir() for one in _inside(path))
    return tuple(one for one in inside if one.suffix.lower() not in ingest.SUFFIXES and not one.name.startswith("."))


def _places(words: str) -> list[Path]:
    return [Path(line).expanduser() for line in filter(None, (line.strip() for line in words.split("\n")))]


def _inside(folder: Path) -> list[Path]:
    return sorted(one for one in folder.iterdir() if one.is_file())
