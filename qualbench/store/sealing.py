"""A plain database made into an encrypted one beside it, and put in its place with nothing lost in between."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from qualbench.errors import QualbenchError
from qualbench.store import backups, doctor, keys
from qualbench.store.database import Connection, Error, connect, raw
from qualbench.store.unlocking import HALFWAY, KEY_FILE, is_plain, keep, put, put_beside_copies, sync


class ReadElsewhere(QualbenchError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is open elsewhere, so it was left as it is.", "Close it there, and in other programs, first."
        )


class NotTheSame(QualbenchError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The encrypted copy of {path} is not the same as what was copied, so the study was left as it is.",
            "Look at it with: qualbench doctor FOLDER",
        )


def encrypt(database: Path, made: keys.NewKey) -> None:
    """Encrypt a study that nobody else has open; cut short anywhere, it is the old one whole or the new one whole.

    The order is what keeps it so: the copy, then its key, are made ready in a folder of their own; then the copy goes
    to its place, and the key follows, if need be at the next opening.
    """
    folder, halfway = database.parent, database.parent / HALFWAY
    told = doctor.examine(database)
    _clear(halfway)
    halfway.mkdir()
    ready, key = halfway / database.name, halfway / KEY_FILE
    try:
        with database.open("r+b") as old:
            with _alone(database) as db:
                _export(db, ready, made.key)
                before = _counts(db)
                put(key, made.body)
                keep(made.body, made.key)
                if _told(ready) != (before, told):
                    raise NotTheSame(database)
                for path in (ready, halfway, folder):
                    sync(path)
                os.replace(ready, database)
                sync(folder)
            os.replace(key, folder / KEY_FILE)
            sync(folder)
            overwrite(old.fileno())
    except BaseException:
        if ready.exists() or not key.exists():
            _clear(halfway)
        raise
    with suppress(OSError):
        halfway.rmdir()


def plain_copies(folder: Path) -> list[Path]:
    """The copies in `backups/` that anybody can read who can read the folder."""
    return [path for path in backups.copies(folder) if is_plain(path)]


def encrypt_copy(copy: Path, key: bytes) -> None:
    """Encrypt one copy in `backups/` with the key of its study; it keeps its name and its time."""
    put_beside_copies(copy.parent.parent)
    part, made = copy.with_suffix(".part"), copy.stat()
    part.unlink(missing_ok=True)
    with copy.open("r+b") as old:
        with _alone(copy) as db:
            _export(db, part, key)
        if not backups.is_whole(part):
            raise NotTheSame(copy)
        os.utime(part, ns=(made.st_atime_ns, made.st_mtime_ns))
        sync(part)
        os.replace(part, copy)
        sync(copy.parent)
        overwrite(old.fileno())


@contextmanager
def _alone(path: Path) -> Iterator[Connection]:
    """A database that nobody else has open or can open meanwhile, in one file without a log."""
    db = connect(path)
    try:
        try:
            if db.execute("pragma journal_mode = delete").fetchone() != ("delete",):
                raise ReadElsewhere(path)
            db.execute("pragma locking_mode = exclusive")
            db.execute("begin exclusive")
            db.execute("commit")
        except Error as error:
            raise ReadElsewhere(path) from error
        yield db
    finally:
        db.close()


def _export(db: Connection, target: Path, key: bytes) -> None:
    version: int = db.execute("pragma user_version").fetchone()[0]
    db.execute("attach database ? as sealed key ?", (str(target.resolve()), raw(key)))
    try:
        db.execute("select sqlcipher_export('sealed')").fetchone()
        db.execute(f"pragma sealed.user_version = {version}")
    finally:
        db.execute("detach database sealed")


def _told(database: Path) -> tuple[dict[str, int], list[doctor.Finding]]:
    """What an encrypted copy holds, and what there is to say about it."""
    findings = doctor.examine(database)
    db = connect(database)
    try:
        return _counts(db), findings
    finally:
        db.close()


def _counts(db: Connection) -> dict[str, int]:
    names = [row[0] for row in db.execute("select name from sqlite_master where type = 'table' order by name")]
    return {name: db.execute(f'select count(*) from "{name}"').fetchone()[0] for name in names}


def _clear(halfway: Path) -> None:
    """Take away what an attempt left, the key first: a key without a copy means that the copy is in its place."""
    if halfway.is_dir():
        (halfway / KEY_FILE).unlink(missing_ok=True)
        for path in list(halfway.iterdir()):
            path.unlink()
        halfway.rmdir()


def overwrite(file: int) -> None:
    """Write zeros over a file that is no longer in any folder; what a disk keeps besides is out of reach."""
    size = os.fstat(file).st_size
    for at in range(0, size, 1 << 20):
        os.pwrite(file, bytes(min(1 << 20, size - at)), at)
    os.fsync(file)
