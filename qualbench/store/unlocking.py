"""The key of an encrypted study: it lies, wrapped, beside the database, and is unwrapped once in a process."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from qualbench.errors import NeedsConfirmation, QualbenchError
from qualbench.store import keys, remembering

KEY_FILE = "study.key"
BACKUPS = "backups"
HALFWAY = ".encrypting"
"""The folder inside a study where its encrypted copy and the key are made ready."""
PASSPHRASE = "QUALBENCH_PASSPHRASE"  # noqa: S105 - the name of the variable, not what it holds

_PLAIN = b"SQLite format 3\0"
_PAGE, _ZEROS = 4096, 32
"""Bytes of a page; so many zeros in a row are in every plain database and by chance in no encrypted one."""

_known: dict[str, bytes] = {}


class Locked(NeedsConfirmation):
    def __init__(self, folder: object) -> None:
        super().__init__(
            f"{folder} is encrypted, and nobody is here to give the passphrase.",
            f"Set {PASSPHRASE}, or say: qualbench --passphrase-file FILE ...",
        )


class KeyFileMissing(QualbenchError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is encrypted, and its key file {KEY_FILE} is not beside it.",
            f"Put it back: one is in {BACKUPS}/ too. Without it neither passphrase nor recovery key opens the study.",
        )


def from_environment(folder: Path) -> str:
    """The passphrase that a script has set."""
    if said := os.environ.get(PASSPHRASE):
        return said
    raise Locked(folder)


_asked: Callable[[Path], str] = from_environment


def ask_with(ask: Callable[[Path], str]) -> None:
    """Say who is asked for the passphrase of a study's folder."""
    global _asked
    _asked = ask


def key_file(database: Path | str) -> Path | None:
    """The key file that belongs to a database; None when it is not encrypted. A copy's may be the study's."""
    if str(database) == ":memory:":
        return None
    folder = Path(database).parent
    places = (folder, folder.parent) if folder.name == BACKUPS else (folder,)
    return next((place / KEY_FILE for place in places if (place / KEY_FILE).is_file()), None)


def key_for(database: Path | str) -> bytes | None:
    """The key that a database is opened with; None when it is not encrypted."""
    file = key_file(database)
    if file is None or (Path(database).parent.name == BACKUPS and is_plain(Path(database))):
        return None  # a copy may have been made before its study was encrypted
    found = known(file.read_bytes())
    if found is None:
        raise Locked(file.parent)
    return found


def is_plain(database: Path) -> bool:
    """Whether a file is a database that anybody can read."""
    with suppress(OSError), database.open("rb") as file:
        return file.read(len(_PLAIN)) == _PLAIN
    return False


def looks_encrypted(database: Path) -> bool:
    """Whether a file that is no plain database may be an encrypted one: whole pages, and nothing of order in them."""
    with suppress(OSError), database.open("rb") as file:
        start = file.read(1 << 16)
        return bool(start) and not os.fstat(file.fileno()).st_size % _PAGE and bytes(_ZEROS) not in start
    return False


def unlock(database: Path, *, may_remember: bool = True) -> None:
    """Ask for the passphrase of a database, unless it is not encrypted or its key is known already.

    It is not asked for where the person wished it to be remembered, unless `may_remember` is denied.
    """
    _finish(database)
    file = key_file(database)
    if file is None:
        return
    body = file.read_bytes()
    if known(body) is None:
        found = remembering.key(body) if may_remember else None
        keep(body, found or keys.unlocked(body, _asked(file.parent)))


def keep(body: bytes, key: bytes) -> None:
    """Remember a key until the process ends."""
    _known[keys.id_of(body)] = key


def known(body: bytes) -> bytes | None:
    """The key in a key file, if somebody opened it in this process."""
    return _known.get(keys.id_of(body))


def forget() -> None:
    """Remember no key any more."""
    _known.clear()


def _finish(database: Path) -> None:
    """Where encrypting was cut short after the database was in its place, the key follows it."""
    halfway = database.parent / HALFWAY
    if not halfway.is_dir() or (halfway / database.name).exists():
        return
    with suppress(FileNotFoundError):
        os.replace(halfway / KEY_FILE, database.parent / KEY_FILE)
    with suppress(OSError):
        halfway.rmdir()


def put(path: Path, body: bytes) -> None:
    """Write a key file for its owner's eyes, whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    try:
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    sync(path.parent)


def put_beside_copies(folder: Path) -> None:
    """The key file goes with the copies of a study, so that they open without it, by the passphrase of today."""
    with suppress(FileNotFoundError):
        body = (folder / KEY_FILE).read_bytes()
        there = folder / BACKUPS / KEY_FILE
        if there.parent.is_dir() and not (there.is_file() and there.read_bytes() == body):
            put(there, body)


def sync(path: Path) -> None:
    """Wait until a file, or what a folder lists, is on the disk."""
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
