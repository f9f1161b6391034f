"""Members of a zip file, read as if a stranger had made it: by name, bounded, never unpacked to disk."""

import io
import re
import zipfile

from qualbench.errors import UnreadableFile
from qualbench.formats.archive import BROKEN, bounded, check_names

LARGEST = 50_000_000
"""Bytes of one member, unpacked."""
LARGEST_IN_ALL = 100_000_000
"""Bytes of several members, unpacked."""
ENTRIES = 5_000


def member(source: str, data: bytes, wanted: re.Pattern[str]) -> bytes | None:
    """The bytes of the first member whose whole name matches; None if there is none; raises UnreadableFile."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            check_names(source, entries, ENTRIES, "a document")
            found = next((entry for entry in entries if wanted.fullmatch(entry.filename)), None)
            return None if found is None else bounded(source, archive, found, LARGEST)
    except BROKEN:
        raise UnreadableFile(source, "it is damaged: it can not be unpacked.", "Save it anew and try again.") from None


def members(source: str, data: bytes, wanted: re.Pattern[str]) -> dict[str, bytes]:
    """The bytes of every member whose whole name matches, by name; raises UnreadableFile, also for too much in all."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            check_names(source, entries, ENTRIES, "a document")
            found = [entry for entry in entries if wanted.fullmatch(entry.filename)]
            total = sum(entry.file_size for entry in found)
            if total > LARGEST_IN_ALL:
                raise UnreadableFile(source, f"its parts would unpack to {total:,} bytes; refused.")
            return {entry.filename: bounded(source, archive, entry, LARGEST) for entry in found}
    except BROKEN:
        raise UnreadableFile(source, "it is damaged: it can not be unpacked.", "Save it anew and try again.") from None
