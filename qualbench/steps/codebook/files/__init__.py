"""Codebooks in files, in and out: bytes in, a codebook and what is doubtful out; a codebook in, bytes out.

This is the one door. A table is looked at first (`look`), a person confirms or changes what is proposed (`said`,
`chosen`, `with_header`), and then it is taken (`take`). Files of strangers are opened by what the caller hands in.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from qualbench.errors import Problem, UnreadableFile, UsageError
from qualbench.model import Codebook
from qualbench.steps.codebook.files.fields import Field
from qualbench.steps.codebook.files.looking import Column, Sheet, TableMapping, looked_at
from qualbench.steps.codebook.files.mapping import chosen, said
from qualbench.steps.codebook.files.names import PATHS
from qualbench.steps.codebook.files.opening import Grid, Opens
from qualbench.steps.codebook.files.qdc import guid_of, write_qdc
from qualbench.steps.codebook.files.qdc_reading import read_qdc
from qualbench.steps.codebook.files.sheets import write_atlasti, write_csv, write_maxqda, write_xlsx
from qualbench.steps.codebook.files.taking import take
from qualbench.steps.codebook.files.word import tables_of
from qualbench.steps.codebook.files.yaml_mending import write_yaml
from qualbench.steps.codebook.reading import read
from qualbench.text import excerpt

__all__ = [
    "PATHS",
    "Column",
    "Field",
    "Format",
    "Grid",
    "Opens",
    "Sheet",
    "TableMapping",
    "best",
    "chosen",
    "formats",
    "guid_of",
    "is_table",
    "look",
    "read_file",
    "said",
    "take",
    "target_of",
    "with_header",
    "write",
    "write_yaml",
]


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file that a codebook can come from or go to."""

    target: str
    """What it is called when something is written."""
    name: str
    suffixes: tuple[str, ...]
    """The first one is what a written file gets."""
    reads: bool
    writes: bool
    table: bool = False
    """Whether it is read with a mapping."""


_FORMATS = (
    Format("yaml", "Qualbench codebook (YAML)", (".yaml", ".yml"), reads=True, writes=True),
    Format("csv", "Table of all fields (CSV)", (".csv", ".tsv"), reads=True, writes=True, table=True),
    Format("xlsx", "Workbook of all fields (Excel)", (".xlsx",), reads=True, writes=True, table=True),
    Format("qdc", "REFI-QDA codebook", (".qdc",), reads=True, writes=True),
    Format("maxqda", "List of codes for MAXQDA (Excel)", (".xlsx",), reads=True, writes=True, table=True),
    Format("atlasti", "Codebook for ATLAS.ti (Excel)", (".xlsx",), reads=True, writes=True, table=True),
    Format("markdown", "Appendix (Markdown)", (".md",), reads=False, writes=True),
    Format("docx", "Appendix (Word); read from the tables of one", (".docx",), reads=True, writes=True, table=True),
)


def formats() -> tuple[Format, ...]:
    """Every kind of file that can be read or written."""
    return _FORMATS


def is_table(name: str) -> bool:
    """Whether a file, by its ending, is looked at and mapped before it is taken."""
    suffix = PurePath(name).suffix.lower()
    return any(one.table and one.reads and suffix in one.suffixes for one in _FORMATS)


def target_of(name: str) -> str:
    """What a file with this name is written as: by its ending the first that fits; raises UsageError for none."""
    suffix = PurePath(name).suffix.lower()
    for one in _FORMATS:
        if one.writes and suffix in one.suffixes:
            return one.target
    known = ", ".join(dict.fromkeys(suffix for one in _FORMATS if one.writes for suffix in one.suffixes))
    raise UsageError(f"A codebook can not be written as '{excerpt(name, 60)}'.", f"Endings are: {known}.")


# --- in --------------------------------------------------------------------------------------------------------


def look(name: str, data: bytes, opens: Opens) -> tuple[Sheet, ...]:
    """The sheets of a table (.csv, .tsv, .xlsx, or the tables of a .docx) with what is proposed for each."""
    is_word = PurePath(name).suffix.lower() == ".docx"
    grids = tables_of(name, data, opens) if is_word else opens.grids(name, data)
    found = tuple(looked_at(name, grid) for grid in grids if any(any(row) for row in grid.rows))
    if not found:
        raise UnreadableFile(name, "there is nothing in it.", "Check that it is the right file.")
    return found


def with_header(sheet: Sheet, row: int) -> Sheet:
    """The sheet looked at with another row as its header, 0 for none; what is proposed follows from it."""
    return looked_at(sheet.file, Grid(sheet.name, sheet.rows), row)


def best(sheets: Sequence[Sheet]) -> Sheet:
    """The sheet that most likely is the codebook: not refused, and most of its columns known."""
    return max(sheets, key=lambda sheet: (not sheet.refused, sheet.known))


def read_file(
    name: str, data: bytes, mapping: TableMapping | None = None, *, opens: Opens, sheet: str = ""
) -> tuple[Codebook, list[Problem]]:
    """The codebook of a file, and what is doubtful; raises UnreadableFile or BadCodebook with what to do.

    A table without a mapping is taken as proposed, and of several sheets the likeliest, so ask a person first.
    """
    suffix = PurePath(name).suffix.lower()
    if not any(one.reads and suffix in one.suffixes for one in _FORMATS):
        known = ", ".join(dict.fromkeys(suffix for one in _FORMATS if one.reads for suffix in one.suffixes))
        raise UnreadableFile(name, f"files ending in '{suffix}' are no codebooks.", f"Readable are {known}.")
    if suffix == ".qdc":
        return read_qdc(name, data, opens)
    if not is_table(name):
        return read(name, opens.text(name, data))
    sheets = look(name, data, opens)
    found = next((one for one in sheets if one.name == sheet), None) if sheet else best(sheets)
    if found is None:
        names = ", ".join(f"'{one.name}'" for one in sheets)
        raise UnreadableFile(name, f"it has no sheet '{sheet}'.", f"Its sheets are: {names}.")
    book, problems = take(found, mapping or found.mapping)
    return book, [*found.faults, *problems]


# --- out -------------------------------------------------------------------------------------------------------

_Writer = Callable[[Codebook], tuple[bytes, list[str]]]


def write(book: Codebook, target: str, before: str = "") -> tuple[bytes, tuple[str, ...]]:
    """The bytes of a file, and sentences on what it can not hold; `before` is the YAML text that YAML is put into."""
    from qualbench.steps.codebook.files.docx import write_docx
    from qualbench.steps.codebook.files.markdown import write_markdown

    if target == "yaml":
        return write_yaml(book, before).encode(), ()
    writers: Mapping[str, _Writer] = {
        "csv": write_csv,
        "xlsx": write_xlsx,
        "qdc": write_qdc,
        "maxqda": write_maxqda,
        "atlasti": write_atlasti,
        "markdown": write_markdown,
        "docx": write_docx,
    }
    if target not in writers:
        raise UsageError(
            f"A codebook can not be written as '{excerpt(target, 40)}'.", f"Use: yaml, {', '.join(writers)}."
        )
    data, warnings = writers[target](book)
    return data, tuple(warnings)
