"""How the tests open files: with the readers of the steps that read transcripts, as the study does."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from qualbench.steps.codebook.files import Grid
from qualbench.steps.ingest import Answers, archive, safe_xml
from qualbench.steps.ingest.csv_rows import csv_rows
from qualbench.steps.ingest.decoding import decode
from qualbench.steps.ingest.reading import File
from qualbench.steps.ingest.workbook import sheet_of


@dataclass(frozen=True, slots=True)
class Opening:
    """Opens files of strangers; an encoding is only known when a person says it."""

    encoding: str | None = None

    def text(self, source: str, data: bytes) -> str:
        return decode(File(source, data, Answers(encoding=self.encoding)))[0]

    def grids(self, source: str, data: bytes) -> Sequence[Grid]:
        if not source.lower().endswith(".xlsx"):
            rows, problems = csv_rows(source, self.text(source, data))
            return [Grid("", tuple(map(tuple, rows)), tuple(problems))]
        first = sheet_of(source, data)
        sheets = [first, *(sheet_of(source, data, name) for name in first.others)]
        return [Grid(one.name, tuple(map(tuple, one.rows))) for one in sheets]

    def member(self, source: str, data: bytes, pattern: str) -> bytes | None:
        return archive.member(source, data, re.compile(pattern))

    def xml(self, source: str, data: bytes, kind: str) -> Any:
        return safe_xml.parse(source, data, kind)


OPENS = Opening()
