"""What codebook files need from whoever opens them: decoding, sheets of a workbook, parts of a package, safe XML.

The steps that read transcripts can do all of this, and steps do not import each other; so the caller hands it in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from qualbench.errors import Problem

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet as text; the row at index 0 is the one a spreadsheet shows as 1."""

    name: str
    """Of the sheet or the table; empty for a file that has only one."""
    rows: tuple[tuple[str, ...], ...]
    problems: tuple[Problem, ...] = ()


class Opens(Protocol):
    """How files of strangers are opened; every method raises UnreadableFile with what to do about it."""

    def text(self, source: str, data: bytes) -> str:
        """The text of a file, in an encoding that is known and never guessed."""

    def grids(self, source: str, data: bytes) -> Sequence[Grid]:
        """Every sheet of a .csv, .tsv or .xlsx file that holds anything."""

    def member(self, source: str, data: bytes, pattern: str) -> bytes | None:
        """The first part of a package whose whole name matches, within bounds."""

    def xml(self, source: str, data: bytes, kind: str) -> "_Element":
        """The root of an XML document without DOCTYPE; `kind` is what it should be, for the refusal."""
