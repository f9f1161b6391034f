"""The zip around a project: written the same way every time, read as if a stranger had made it.

Nothing is unpacked to disk. Members are looked up by name whatever their case, and read only when the project asks for
them, within bounds.
"""

import io
import stat
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from qualbench.errors import UnreadableFile
from qualbench.formats.archive import BROKEN, bounded, check_names

LARGEST = 300_000_000
"""Bytes of one member, unpacked."""
LARGEST_IN_ALL = 600_000_000
"""Bytes of all members that are read, unpacked."""
ENTRIES = 50_000
_DAMAGED = "it is damaged: it can not be unpacked."
_ANEW = "Export it anew and try again."


@dataclass(slots=True)
class Archive:
    """The members of a zip by their names in lower case; `strange` counts those that were left alone."""

    source: str
    archive: zipfile.ZipFile
    entries: Mapping[str, tuple[zipfile.ZipInfo, ...]]
    strange: int
    unpacked: int = 0

    def names(self) -> list[str]:
        """The names of all members, in lower case."""
        return list(self.entries)

    def has(self, name: str) -> bool:
        """Whether there is a member of this name, in any case."""
        return name.casefold() in self.entries

    def read(self, name: str) -> bytes:
        """The bytes of a member; raises UnreadableFile when it is not what it says or there are two."""
        entry, *more = self.entries[name.casefold()]
        if more:
            raise UnreadableFile(
                self.source, f"its part '{name}' is there {1 + len(more)} times, so it is not clear which one counts."
            )
        try:
            content = bounded(self.source, self.archive, entry, LARGEST)
        except BROKEN:
            raise UnreadableFile(self.source, _DAMAGED, _ANEW) from None
        self.unpacked += len(content)
        if self.unpacked > LARGEST_IN_ALL:
            raise UnreadableFile(self.source, f"its parts unpack to more than {LARGEST_IN_ALL:,} bytes; refused.")
        return content


def opened(source: str, data: bytes) -> Archive:
    """The archive, with its table of contents checked; raises UnreadableFile."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        infos = archive.infolist()
    except BROKEN:
        raise UnreadableFile(source, _DAMAGED, _ANEW) from None
    check_names(source, infos, ENTRIES, "a project")
    entries: dict[str, tuple[zipfile.ZipInfo, ...]] = {}
    kept = [info for info in infos if not info.is_dir() and not _strange(info)]
    for info in kept:
        key = info.filename.casefold()
        entries[key] = (*entries.get(key, ()), info)
    return Archive(source, archive, entries, sum(not info.is_dir() for info in infos) - len(kept))


def packed(members: Mapping[str, bytes], time: str) -> bytes:
    """A zip of the members in the order of their names, all of one time (ISO 8601), the same bytes every time."""
    moment = datetime.fromisoformat(time).timetuple()[:6]
    clock = moment if 1980 <= moment[0] < 2108 else (1980, 1, 1, 0, 0, 0)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(members):
            info = zipfile.ZipInfo(name, clock)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3  # so that the bytes do not depend on where they were written
            info.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(info, members[name])
    return out.getvalue()


def _strange(info: zipfile.ZipInfo) -> bool:
    """Whether a name leads out of the archive, or the member is a link to somewhere else."""
    name = info.filename
    parts = name.replace("\\", "/").split("/")
    leads_out = ".." in parts or parts[0] == "" or ":" in parts[0]
    return leads_out or stat.S_ISLNK(info.external_attr >> 16)
