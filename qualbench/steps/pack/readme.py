"""What lies beside the files: a page that says what each is, and their check sums."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from qualbench.steps.pack.blocks import File
from qualbench.text import one_line, printable

README, SUMS = "README.txt", "SHA256SUMS"


def readme(title: str, date: str, files: Sequence[File], notes: Iterable[str] = ()) -> File:
    """A plain text of what is in a folder, and what is not."""
    lines = [one_line(title), f"State of {date[:10]}." if date else "", ""]
    for file in files:
        lines += [file.path, f"    {one_line(file.told)}"]
    told = [one_line(note) for note in notes]
    lines += ["", *(["What to know", *(f"- {note}" for note in told), ""] if told else [])]
    lines.append(f"{SUMS} holds the check sum of every file; look at them with: sha256sum -c {SUMS}")
    return File(README, "what each file is", (printable("\n".join(lines)) + "\n").encode())


def sums(files: Iterable[File]) -> File:
    """The SHA-256 of every file, as `sha256sum -c` reads it."""
    lines = (f"{hashlib.sha256(file.body).hexdigest()}  {file.path}\n" for file in files)
    return File(SUMS, "the check sum of every file", "".join(lines).encode())


def listed(sums: str) -> Mapping[str, str]:
    """The paths of a list of check sums with their sums; a line that is none is left out.

    >>> list(listed("0" * 64 + "  tidy/codes.csv\\nhello\\n"))
    ['tidy/codes.csv']
    """
    found = {}
    for line in sums.splitlines():
        digest, space, path = line.partition("  ")
        if len(digest) == 64 and space and path:
            found[path] = digest
    return found
