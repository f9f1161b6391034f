"""Members of a zip file, read as if a stranger had made it: by name, bounded, never unpacked to disk."""

import io
import re
import zipfile
import zlib
from collections import Counter

from qualbench.errors import UnreadableFile

LARGEST = 50_000_000
"""Bytes of one member, unpacked."""
LARGEST_IN_ALL = 100_000_000
"""Bytes of several members, unpacked."""
RATIO = 200
"""Unpacked to packed size that is still believed, for members over a million bytes."""
ENTRIES = 5_000
_SMALL = 1_000_000
_ENCRYPTED = 0x1
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError, KeyError)


def member(source: str, data: bytes, wanted: re.Pattern[str]) -> bytes | None:
    """The bytes of the first member whose whole name matches; None if there is none; raises UnreadableFile."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_names(source, entries)
            found = next((entry for entry in entries if wanted.fullmatch(entry.filename)), None)
            return None if found is None else _bounded(source, archive, found)
    except _BROKEN:
        raise UnreadableFile(source, "it is damaged: it can not be unpacked.", "Save it anew and try again.") from None


def members(source: str, data: bytes, wanted: re.Pattern[str]) -> dict[str, bytes]:
    """The bytes of every member whose whole name matches, by name; raises UnreadableFile, also for too much in all."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_names(source, entries)
            found = [entry for entry in entries if wanted.fullmatch(entry.filename)]
            total = sum(entry.file_size for entry in found)
            if total > LARGEST_IN_ALL:
                raise UnreadableFile(source, f"its parts would unpack to {total:,} bytes; refused.")
            return {entry.filename: _bounded(source, archive, entry) for entry in found}
    except _BROKEN:
        raise UnreadableFile(source, "it is damaged: it can not be unpacked.", "Save it anew and try again.") from None


def _check_names(source: str, entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > ENTRIES:
        raise UnreadableFile(source, f"it holds {len(entries)} parts, more than a document has.")
    name, count = Counter(entry.filename for entry in entries).most_common(1)[0] if entries else ("", 0)
    if count > 1:
        raise UnreadableFile(source, f"its part '{name}' is there {count} times, so it is not clear which one counts.")


def _bounded(source: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The member's bytes, when its declared and its real size are those of a document."""
    if entry.flag_bits & _ENCRYPTED:
        raise UnreadableFile(source, "it is protected by a password.", "Save it without one and try again.")
    too_dense = entry.file_size > _SMALL and entry.file_size > RATIO * max(1, entry.compress_size)
    if entry.file_size > LARGEST or too_dense:
        raise UnreadableFile(source, f"its part '{entry.filename}' would unpack to {entry.file_size:,} bytes; refused.")
    with archive.open(entry) as stream:
        content = stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise UnreadableFile(source, f"its part '{entry.filename}' is larger than it says; refused.")
    return content
