"""A study's folder: opening and closing it, and the one way anything is written."""

from __future__ import annotations

import os
import shutil
import socket
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from qualbench import model
from qualbench.errors import FileExists, NotAStudy, QualbenchError, ReadOnlyStudy, StudyExists, StudyInUse
from qualbench.events import Event
from qualbench.model import Changes
from qualbench.steps import study
from qualbench.store import backups, database, journal, migrations, unlocking
from qualbench.store.database import Connection
from qualbench.store.keys import NewKey
from qualbench.store.lock import WriteLock, unsafe_place
from qualbench.store.queries import study as studies
from qualbench.store.rules.people import person_of

DATABASE = "study.db"
SETTINGS = "qualbench.toml"


def _now() -> datetime:
    return datetime.now(UTC)


class Folder:
    """One study on disk, seen by one viewer; use it as a context manager."""

    def __init__(
        self, folder: Path, viewer: str = "", *, write: bool = False, clock: Callable[[], datetime] = _now,
        database_name: str = DATABASE,
    ) -> None:  # fmt: skip
        self.folder = folder
        self.viewer = viewer
        self.clock = clock
        self.readonly_because = "" if write else "it was opened to look only"
        self._lock = WriteLock(folder)
        self._db: Connection = database.connect(folder / database_name, readonly=not write)

    # --- opening and closing -----------------------------------------------------------------------------------

    @classmethod
    def create(
        cls, folder: Path, *, name: str = "", method: str = "codebook-ta", coders: int = 2, viewer: str = "",
        clock: Callable[[], datetime] = _now, key: NewKey | None = None,
    ) -> Self:  # fmt: skip
        """A new study in a folder that is new or empty, encrypted with a key; it is there whole or not at all."""
        facts = study.create(name or folder.name, study.method(method), coders)
        with made_whole(folder, key) as part, closing(database.connect(part)) as db:
            migrations.migrate(db)
            journal.record(db, journal.Writer(device(), viewer, _stamp(clock())), facts)
        return cls.open(folder, viewer, write=True, clock=clock)

    @classmethod
    def open(
        cls, folder: Path, viewer: str = "", *, write: bool = False, patience: float = 5.0,
        clock: Callable[[], datetime] = _now,
    ) -> Self:  # fmt: skip
        """A study that is there; to write, it must not be open for writing elsewhere."""
        if not (folder / DATABASE).is_file():
            raise NotAStudy(folder)
        unlocking.unlock(folder / DATABASE)
        lock = WriteLock(folder)
        if write and not lock.acquire(patience):
            raise StudyInUse(lock.holder())
        with ExitStack() as unless_opened:
            unless_opened.callback(lock.release)
            project = cls(folder, viewer, write=write, clock=clock)
            unless_opened.callback(project._db.close)
            project._lock = lock
            project._bring_up_to_date(write)
            project.viewer = person_of(project._db, project._device, viewer)
            unless_opened.pop_all()
        return project

    @classmethod
    def open_or_look(cls, folder: Path, viewer: str = "", *, clock: Callable[[], datetime] = _now) -> Self:
        """A study to write to or, when somebody else holds it or the disk can not be written, to look at."""
        try:
            return cls.open(folder, viewer, write=True, patience=0, clock=clock)
        except (StudyInUse, OSError) as error:
            project = cls.open(folder, viewer, clock=clock)
            holder = (
                f"{error.holder} writes to it" if isinstance(error, StudyInUse) else "its folder can not be written"
            )
            project.readonly_because = holder
            return project

    def _bring_up_to_date(self, write: bool) -> None:
        if not migrations.pending(self._db, self.folder):
            return
        if not write:
            raise ReadOnlyStudy("it must be brought up to date first; open it for writing once")
        backups.back_up(self._db, self.folder, "before-migration", self.clock())
        migrations.migrate(self._db)

    def rest(self) -> None:
        """Put in order what was written, in a pause of whoever writes; it is on disk already."""
        if self.writable:
            database.rest(self._db)

    def close(self) -> None:
        """Leave the study; what was acknowledged is on disk already."""
        self._db.close()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    @property
    def writable(self) -> bool:
        """Whether this process may write."""
        return not self.readonly_because

    def _record(self, facts: Sequence[Event]) -> Changes:
        if not self.writable:
            raise ReadOnlyStudy(self.readonly_because)
        return journal.record(self._db, self._writer, facts)

    @property
    def _writer(self) -> journal.Writer:
        return journal.Writer(self._device, self.viewer, _stamp(self.clock()))

    @cached_property
    def _device(self) -> str:
        return device()

    # --- the study itself --------------------------------------------------------------------------------------

    @cached_property
    def study(self) -> model.Study:
        """What this study is."""
        found = studies.study(self._db)
        if found is None:
            raise NotAStudy(self.folder)
        return found

    def profile(self) -> model.Profile:
        """What the study's method asks for."""
        return model.PROFILES[self.study.method]

    def place_warning(self) -> str:
        """Why the folder is a risky place for a study; empty when it is not."""
        return unsafe_place(self.folder)

    def attention(self) -> tuple[str, ...]:
        """Facts that did not fit, in sentences."""
        return studies.attention(self._db)

    def examine(self) -> list[tuple[bool, str]]:
        """Every check on the study: whether it is well, and a sentence."""
        from qualbench.store import doctor

        return doctor.examine(self.folder / DATABASE)

    def back_up(self, why: str, *, only_when_due: bool = False) -> Path | None:
        """Keep a whole copy in `backups/`, unless nothing changed since the last one."""
        if only_when_due and not backups.is_due(self.folder, self.clock()):
            return None
        database.in_place(self._db)
        db = database.connect(self.folder / DATABASE)
        try:
            return backups.back_up(db, self.folder, why, self.clock())
        finally:
            db.close()


@contextmanager
def made_whole(folder: Path, key: NewKey | None = None) -> Iterator[Path]:
    """A new folder with everything but the database, which is filled inside; afterwards there is all of it or nothing.

    With a key, the database is encrypted from its first byte. What an earlier attempt left is taken away first.
    """
    check_free(folder)
    with ExitStack() as unless_made:
        if not folder.exists():
            unless_made.callback(_remove_if_empty, folder)
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / _PART
        for left in _UNFINISHED:
            unless_made.callback((folder / left).unlink, missing_ok=True)
        part.touch()
        for inside in ("backups", "exports"):
            (folder / inside).mkdir()
            unless_made.callback(shutil.rmtree, folder / inside, ignore_errors=True)
        (folder / SETTINGS).write_text("# Settings of this study. The study itself is in study.db.\n")
        if key:
            unlocking.keep(key.body, key.key)
            unlocking.put(folder / unlocking.KEY_FILE, key.body)
        yield part
        with closing(database.connect(part)) as db:
            db.execute("pragma wal_checkpoint(truncate)")
        os.replace(part, folder / DATABASE)
        unless_made.pop_all()


def check_free(folder: Path) -> None:
    """Refuse a folder that holds something; what is left of a study that was never finished does not count."""
    _clear_unfinished(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StudyExists(folder)


def _remove_if_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


_PART = f"{DATABASE}.part"
"""There from the first moment that a study is being made until it is whole."""
_UNFINISHED = (
    _PART, f"{_PART}-wal", f"{_PART}-shm", f"{_PART}-journal", SETTINGS, unlocking.KEY_FILE,
    f".{unlocking.KEY_FILE}.part",
)  # fmt: skip
"""The files of a study that is being made, beside the folders `backups` and `exports`."""


def _clear_unfinished(folder: Path) -> None:
    """Take away what the making of a study has left that was cut short; what may be anybody's stays."""
    left = set(folder.iterdir()) if (folder / _PART).is_file() else set()
    empty = {one for one in left if one.name in ("backups", "exports") and one.is_dir() and not any(one.iterdir())}
    files = {folder / name for name in _UNFINISHED} & left
    if left == empty | files:
        for one in empty:
            one.rmdir()
        for one in sorted(files, key=lambda one: one.name == _PART):  # its mark goes last, if this is cut short too
            one.unlink()


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def device() -> str:
    """This machine and user, by an id made at first use; it names a chain of the journal and nothing else."""
    from platformdirs import user_state_path

    path = user_state_path("qualbench") / "device"
    with suppress(OSError):
        return path.read_text().strip()
    made = uuid.uuid4().hex
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made + "\n")
        return made
    return uuid.uuid5(uuid.NAMESPACE_DNS, f"{socket.gethostname()}/{os.getuid()}").hex


def write_file(target: Path, body: bytes, *, force: bool = False) -> None:
    """Write a file whole or not at all; one that exists stays unless `force` is said."""
    if os.path.exists(target) and not force:  # a name that is too long exists nowhere, and is refused below
        raise FileExists(target)
    part = target.with_name(f".{target.name}.part")
    try:
        part.write_bytes(body)
        os.replace(part, target)
    except BaseException as error:
        with suppress(OSError, ValueError):
            part.unlink(missing_ok=True)
        if not isinstance(error, OSError | ValueError):
            raise
        raise QualbenchError(f"{target} can not be written: {getattr(error, 'strerror', '') or error}.") from error
