"""Projects of other programs, by what their files are: each read by its reader, all of them arriving in one way."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from qualbench.errors import UnreadableFile
from qualbench.model import SegmentRule
from qualbench.project.arriving import Arrival, arrival
from qualbench.steps.interchange import qualcoder, refi, rqda, taguette
from qualbench.steps.interchange.rows import Found, Rows
from qualbench.store import foreign

_SQLITE = b"SQLite format 3\x00"

_READERS: Mapping[str, tuple[Callable[[str, Rows, refi.Convention | None], Found], Mapping[str, tuple[str, ...]]]] = {
    "highlights": (taguette.read, taguette.TABLES),
    "code_text": (qualcoder.read, qualcoder.TABLES),
    "freecode": (rqda.read, rqda.TABLES),
}
"""By a table that no other program has: its reader, and the tables and columns that this one wants."""


def arrival_of(
    name: str, data: bytes, convention: refi.Convention | None = None, rule: SegmentRule = SegmentRule.TURN
) -> Arrival:
    """What a project becomes as a study; raises UnreadableFile, and UnclearPositions when a convention is needed."""
    if data.startswith(_SQLITE):
        found = _database(name, data, convention)
        return arrival(found.bundle, name, found.lines, rule=rule)
    read = refi.read(name, data, convention)
    ours = read.report.origin == refi.ORIGIN
    return arrival(read.bundle, name, read.report.lines(), ours=ours, rule=rule)


def _database(name: str, data: bytes, convention: refi.Convention | None) -> Found:
    with foreign.opened(name, data) as tables:
        for table, (read, wanted) in _READERS.items():
            if table in tables.names():
                return read(name, tables.rows(wanted), convention)
    raise UnreadableFile(
        name, "it is a database, and not one of Taguette, QualCoder or RQDA.", "Export it as .qdpx and try again."
    )
