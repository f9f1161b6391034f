"""What is the matter with a study, however damaged it is, and going back to a copy that is whole."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from qualbench.errors import DamagedStudy, DiskTrouble, NotAStudy, QualbenchError, StudyInUse
from qualbench.project.base import DATABASE, Folder, _now
from qualbench.store import backups, doctor, unlocking
from qualbench.store.database import Error, connect, is_encrypted
from qualbench.store.lock import WriteLock


@dataclass(frozen=True, slots=True)
class CheckUp:
    """What the doctor found."""

    findings: tuple[doctor.Finding, ...]
    last_good: backups.Copy | None = None
    """The newest copy that is whole; looked for when something is wrong."""

    @property
    def bad(self) -> int:
        """How many checks found something."""
        return sum(not well for well, _ in self.findings)


class NoSuchCopy(QualbenchError):
    def __init__(self, name: str, folder: Path) -> None:
        super().__init__(f"There is no copy '{name}' in {folder / 'backups'}.", f"See: qualbench doctor {folder}")


class UnsoundCopy(QualbenchError):
    def __init__(self, path: Path, folder: Path) -> None:
        super().__init__(
            f"{path.name} is not whole itself, and nothing was changed.",
            f"Which copy is whole says: qualbench doctor {folder}",
        )


class PlainCopy(QualbenchError):
    def __init__(self, path: Path, folder: Path) -> None:
        super().__init__(
            f"{path.name} was made before the study was encrypted, and would bring its words back unencrypted.",
            f"Encrypt the copies first: qualbench encrypt {folder}",
        )


def check_up(folder: Path) -> CheckUp:
    """Every check on a study, and when one finds something the newest copy that is whole; nothing is changed."""
    findings = tuple(_findings(folder))
    well = all(well for well, _ in findings)
    return CheckUp(findings, None if well else doctor.last_good(folder))


def _findings(folder: Path) -> list[doctor.Finding]:
    if not (folder / DATABASE).is_file():
        if backups.copies(folder):
            return [(False, f"{folder / DATABASE} is not there.")]
        raise NotAStudy(folder)
    try:
        with Folder.open(folder) as study:
            return study.examine()
    except NotAStudy:
        if not backups.copies(folder):
            raise
    except (DamagedStudy, DiskTrouble, Error):
        pass  # too damaged to be opened as a study: what can be said is said below
    return doctor.examine(folder / DATABASE)


@dataclass(frozen=True, slots=True)
class WentBack:
    """A study that is as one of its copies is."""

    copy: backups.Copy
    aside: Path | None
    """Where the file is that was there before; None when there was none."""


def copy_named(folder: Path, name: str) -> backups.Copy:
    """A copy of a study that can be gone back to, by its name in `backups/`; others are refused."""
    path = folder / "backups" / Path(name).name
    if not path.is_file():
        raise NoSuchCopy(name, folder)
    unlocking.unlock(folder / DATABASE)
    if not doctor.is_sound(path):
        raise UnsoundCopy(path, folder)
    if unlocking.key_file(folder / DATABASE) and not _is_encrypted(path):
        raise PlainCopy(path, folder)
    return backups.look_into(path)


def _is_encrypted(path: Path) -> bool:
    with closing(connect(path, readonly=True)) as db:
        return is_encrypted(db)


def go_back(folder: Path, name: str, *, clock: Callable[[], datetime] = _now) -> WentBack:
    """Put a copy in the place of the study; the file that was there is set aside and never deleted."""
    lock = WriteLock(folder)
    if not lock.acquire():
        raise StudyInUse(lock.holder())
    with lock:
        copy = copy_named(folder, name)
        return WentBack(copy, backups.go_back(folder / DATABASE, copy.path, clock()))
