"""What is the matter with a study, however damaged it is, and going back to a copy that is whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from qualbench.errors import DamagedStudy, DiskTrouble, NotAStudy, QualbenchError, StudyInUse
from qualbench.project.base import DATABASE, Folder, _now
from qualbench.store import backups, doctor, sealing, unlocking
from qualbench.store.database import Error
from qualbench.store.lock import WriteLock
from qualbench.text import counted


@dataclass(frozen=True, slots=True)
class CheckUp:
    """What the doctor found."""

    findings: tuple[doctor.Finding, ...]
    last_good: backups.Copy | None = None
    """The newest copy that is whole; looked for when something is wrong."""
    is_whole: bool = True
    """Whether the study itself is well; what lies beside it may not be."""

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
    return CheckUp((*findings, *_beside(folder)), None if well else doctor.last_good(folder), well)


def _beside(folder: Path) -> list[doctor.Finding]:
    """What is to be said of the copies of an encrypted study: older ones may hold its words for anybody to read."""
    if unlocking.key_file(folder / DATABASE) is None:
        return []
    if plain := len(sealing.plain_copies(folder)):
        is_ = "is" if plain == 1 else "are"
        told = f"{counted(plain, 'backup')} {is_} not encrypted: whoever has the folder can read the study there."
        return [(False, told)]
    return [(True, "Every backup is encrypted.")]


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
    if unlocking.key_file(folder / DATABASE) and unlocking.is_plain(path):
        raise PlainCopy(path, folder)
    return backups.look_into(path)


def go_back(folder: Path, name: str, *, clock: Callable[[], datetime] = _now) -> WentBack:
    """Put a copy in the place of the study; the file that was there is set aside and never deleted."""
    lock = WriteLock(folder)
    if not lock.acquire():
        raise StudyInUse(lock.holder())
    with lock:
        copy = copy_named(folder, name)
        return WentBack(copy, backups.go_back(folder / DATABASE, copy.path, clock()))
