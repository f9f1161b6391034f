"""How codebook files of other programs are opened: with the readers that open transcripts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualbench.steps.codebook.files import Grid

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(frozen=True, slots=True)
class Opening:
    """Opens files of strangers; an encoding other than UTF-8 is only known when a person says it."""

    encoding: str | None = None

    def text(self, source: str, data: bytes) -> str:
        """The text of a file."""
        from qualbench.steps.ingest import Answers
        from qualbench.steps.ingest.decoding import decode
        from qualbench.steps.ingest.reading import File

        return decode(File(source, data, Answers(encoding=self.encoding)))[0]

    def grids(self, source: str, data: bytes) -> Sequence[Grid]:
        """Every sheet of a table or a workbook."""
        from qualbench.steps.ingest.csv_rows import csv_rows
        from qualbench.steps.ingest.workbook import sheet_of

        if not source.lower().endswith(".xlsx"):
            rows, problems = csv_rows(source, self.text(source, data))
            return [Grid("", tuple(map(tuple, rows)), tuple(problems))]
        first = sheet_of(source, data)
        sheets = [first, *(sheet_of(source, data, name) for name in first.others)]
        return [Grid(one.name, tuple(map(tuple, one.rows))) for one in sheets]

    def member(self, source: str, data: bytes, pattern: str) -> bytes | None:
        """The first part of a package whose whole name matches."""
        from qualbench.steps.ingest import archive

        return archive.member(source, data, re.compile(pattern))

    def xml(self, source: str, data: bytes, kind: str) -> _Element:
        """The root of an XML document without DOCTYPE."""
        from qualbench.steps.ingest import safe_xml

        return safe_xml.parse(source, data, kind)
