"""Members of a zip file, read as if a stranger had made it: within bounds, and never unpacked to disk."""

from __future__ import annotations

import zipfile
import zlib
from collections import Counter
from collections.abc import Sequence

from qualbench.errors import UnreadableFile

BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError, KeyError)
"""What reading a damaged archive may raise."""
RATIO = 200
"""Unpacked to packed size that is still believed, for members over a million bytes."""
_SMALL = 1_000_000
_ENCRYPTED = 0x1


def check_names(source: str, entries: Sequence[zipfile.ZipInfo], most: int, what: str) -> None:
    """Refuse an archive of more members than `what` has, or with two of one name."""
    if len(entries) > most:
        raise UnreadableFile(source, f"it holds {len(entries):,} parts, more than {what} has.")
    name, count = Counter(entry.filename for entry in entries).most_common(1)[0] if entries else ("", 0)
    if count > 1:
        raise UnreadableFile(source, f"its part '{name}' is there {count} times, so it is not clear which one counts.")


def bounded(source: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, largest: int) -> bytes:
    """The member's bytes, when its declared and its real size are no larger than so many bytes."""
    if entry.flag_bits & _ENCRYPTED:
        raise UnreadableFile(source, "it is protected by a password.", "Save it without one and try again.")
    too_dense = entry.file_size > _SMALL and entry.file_size > RATIO * max(1, entry.compress_size)
    if entry.file_size > largest or too_dense:
        raise UnreadableFile(source, f"its part '{entry.filename}' would unpack to {entry.file_size:,} bytes; refused.")
    with archive.open(entry) as stream:
        content = stream.read(largest + 1)
    if len(content) > largest:
        raise UnreadableFile(source, f"its part '{entry.filename}' is larger than it says; refused.")
    return content
