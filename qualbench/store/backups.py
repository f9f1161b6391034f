"""Copies of a study that are whole: made by SQLite itself, opened to be sure, kept in rotation."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock

from qualbench.errors import DiskTrouble, QualbenchError
from qualbench.store.database import Connection, Error, connect
from qualbench.store.unlocking import put_beside_copies

KEEP = 12
"""How many copies are kept; older ones go."""
_STAMP = "%Y%m%dT%H%M%S"
_NAME = re.compile(r"\d{8}T\d{6}-(.+)-\d{9}\.db")
"""How a copy is called: when it was made, why, and how many entries it holds."""
_ONE_AT_A_TIME = Lock()
"""A copy clears away what others have left unfinished, so none may be at work meanwhile in another thread."""


def back_up(db: Connection, folder: Path, why: str, now: datetime) -> Path | None:
    """Write a copy into `backups/` and check it by opening it; None when nothing changed since the newest one."""
    seq: int = db.execute("select count(*) from journal").fetchone()[0]
    place = folder / "backups"
    newest = _newest_entry(db)
    if any(path.name.endswith(f"-{seq:09d}.db") and _ends_with(path, newest) for path in copies(folder)):
        return None
    try:
        with _ONE_AT_A_TIME:
            place.mkdir(exist_ok=True)
            put_beside_copies(folder)
            target = _copy(db, place, f"{_moment(folder, now):{_STAMP}}-{why}-{seq:09d}")
    except (Error, OSError) as error:
        raise DiskTrouble(f"no copy could be made in {place} ({error})") from error
    for old in _surplus(copies(folder)):
        old.unlink(missing_ok=True)
    return target


def _newest_entry(db: Connection) -> str:
    row = db.execute("select id from journal order by seq desc limit 1").fetchone()
    return str(row[0]) if row else ""


def _ends_with(path: Path, newest: str) -> bool:
    """Whether a copy has the same history: after going back to an older one there may be another of that length."""
    try:
        with closing(connect(path, readonly=True)) as db:
            return _newest_entry(db) == newest
    except (Error, QualbenchError):
        return False


def _moment(folder: Path, now: datetime) -> datetime:
    """When a copy is made, in UTC, and after all others: a clock that was set back must not make it the oldest."""
    stamps = [path.name[:15] for path in copies(folder) if _NAME.fullmatch(path.name)]
    newest = datetime.strptime(max(stamps), _STAMP).replace(tzinfo=UTC) if stamps else datetime.min.replace(tzinfo=UTC)
    return max(now.astimezone(UTC), newest + timedelta(seconds=1))


def _copy(db: Connection, place: Path, name: str) -> Path:
    _clear(place)
    part, target = place / f"{name}.part", place / f"{name}.db"
    try:
        db.execute("vacuum into ?", (str(part),))
        if not is_whole(part):
            raise DiskTrouble("the copy that was made is not whole")
        _sync(part)
        os.replace(part, target)
    finally:
        _clear(place)
    _sync(place)
    return target


def _surplus(kept: list[Path]) -> list[Path]:
    """What may go: not the newest twelve, and never the newest of its kind (before a migration, an import ...)."""
    own = [(path, name[1]) for path in kept if (name := _NAME.fullmatch(path.name))]
    newest_of_kind = {kind: path for path, kind in own}
    return [path for path, kind in own[:-KEEP] if newest_of_kind[kind] != path]


def _clear(place: Path) -> None:
    """Take away what a copy that was cut short has left behind."""
    for part in place.glob("*.part*"):
        part.unlink(missing_ok=True)


def copies(folder: Path) -> list[Path]:
    """The copies there are, oldest first."""
    return sorted((folder / "backups").glob("*.db"))


def is_due(folder: Path, now: datetime) -> bool:
    """Whether the newest copy is more than an hour old."""
    newest = copies(folder)
    if not newest:
        return True
    made = datetime.fromtimestamp(newest[-1].stat().st_mtime, UTC)
    age = now.astimezone(UTC) - made
    return age > timedelta(hours=1) or age < timedelta(minutes=-1)  # the clock was set back: who knows how old it is


@dataclass(frozen=True, slots=True)
class Copy:
    """What a copy holds."""

    path: Path
    entries: int
    until: str
    """When the newest of them was written, in UTC."""


def look_into(path: Path) -> Copy:
    """What a copy holds."""
    with closing(connect(path, readonly=True)) as db:
        (entries,) = db.execute("select count(*) from journal").fetchone()
        row = db.execute("select at from journal order by seq desc limit 1").fetchone()
    return Copy(path, entries, row[0] if row else "")


# --- going back ------------------------------------------------------------------------------------------------

ASIDE = "set-aside"


def go_back(database: Path, copy: Path, now: datetime) -> Path | None:
    """Put a copy in the place of a study; what was there is set aside whole. Answers with where, if anything was.

    Wherever this is cut short, the study is either as it was or as the copy is, and what is set aside is whole.
    """
    part = database.with_name(f"{database.name}.restored")
    try:
        shutil.copyfile(copy, part)
        if not is_whole(part):
            raise DiskTrouble(f"{copy.name} could not be copied whole")
        _sync(part)
        aside = _set_aside(database, now)
        for extra in _EXTRAS:  # they belong to what is set aside, and would be read into the copy
            database.with_name(database.name + extra).unlink(missing_ok=True)
        _sync(database.parent)
        os.replace(part, database)
        _sync(database.parent)
    except OSError as error:
        raise DiskTrouble(f"the study could not be brought back ({error})") from error
    finally:
        part.unlink(missing_ok=True)
    return aside


_EXTRAS = ("-wal", "-shm", "-journal")


def _set_aside(database: Path, now: datetime) -> Path | None:
    """A second name, or where disks know no second names a second copy, of everything that SQLite keeps there."""
    there = [path for end in ("", *_EXTRAS) if (path := database.with_name(database.name + end)).is_file()]
    if not there:
        return None
    moment = f"{ASIDE}-{now.astimezone(UTC):{_STAMP}}"
    places = (database.parent / f"{moment}{more}" for more in ("", *(f"-{number}" for number in range(2, 1000))))
    aside = next(place for place in places if not place.exists())
    aside.mkdir()
    for path in there:
        try:
            os.link(path, aside / path.name)
        except OSError:
            shutil.copyfile(path, aside / path.name)
        _sync(aside / path.name)
    _sync(aside)
    return aside


# --- whether it is whole ---------------------------------------------------------------------------------------


def is_whole(path: Path) -> bool:
    """Whether a copy opens and SQLite finds nothing wrong with it."""
    try:
        db = connect(path, readonly=True)
        result: str = db.execute("pragma quick_check").fetchone()[0]
        db.close()
    except (Error, QualbenchError):
        return False
    for extra in _EXTRAS:
        path.with_name(path.name + extra).unlink(missing_ok=True)
    return result == "ok"


def _sync(path: Path) -> None:
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
