"""From files to a review: read by the answers a plain import has, checked against the study, and gathered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qualbench.errors import QualbenchError
from qualbench.project.candidates import Candidate, check_batch, files_at, load, look
from qualbench.project.deidentify.queue import names_in_study
from qualbench.project.deidentify.review import Review
from qualbench.project.deidentify.vault_file import VaultFile
from qualbench.steps.deidentify import KnownName

if TYPE_CHECKING:
    from qualbench.project import Project
    from qualbench.project.intake import Tell
    from qualbench.steps.ingest import Answers
    from qualbench.steps.ingest.profiles import Profile


class NothingToRead(QualbenchError):
    """A folder without files that could be transcripts."""

    def __init__(self, folder: object) -> None:
        super().__init__(f"In the folder {folder} there is no file that can be read.", "Name files, or another folder.")


def files_of(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files that are meant; of a folder all that can be read, and a folder without any is refused."""
    found: list[Path] = []
    for path in paths:
        inside = files_at(str(path)) if path.is_dir() else (path,)
        if not inside:
            raise NothingToRead(path)
        found += inside
    return tuple(dict.fromkeys(found))


def read_files(
    project: Project, paths: Sequence[Path], answers: Answers, profile: Profile | None, tell: Tell
) -> list[Candidate]:
    """Each file as it is read by the answers; one that is in the study, or twice in the batch, has an error."""
    found: list[Candidate] = []
    for number, path in enumerate(paths, start=1):
        name = path.name.encode("utf-8", "replace").decode()  # a file's name need not be text
        try:
            name, data = load(path)
            one = look(name, data, answers, profile)
            if one.error is None:
                check_batch(one, [before for before in found if before.made is not None])
                project.check_file(name, data)
        except QualbenchError as error:
            one = Candidate(name, b"", answers, error=error)
        found.append(one)
        tell(number, name)
    return found


def review_of(
    project: Project, ready: Sequence[Candidate], file: VaultFile, *, known: Iterable[KnownName] = (),
    own: Iterable[str] = (), reviewer: str = "",
) -> Review:  # fmt: skip
    """The review of files that were read; no pseudonym will be a name that stands in the study already."""
    made = [one.made for one in ready if one.made is not None]
    return Review(made, file, known=known, own=own, reviewer=reviewer, avoid=names_in_study(project))
