"""The table of categories, the grid of cases and the auditor's log as files: .csv, .md, .docx."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from qualbench.errors import UsageError
from qualbench.model import Comment
from qualbench.steps.cqr.frequency import Row, Table
from qualbench.text import defused, many, printable

PARTS: Mapping[str, str] = {
    "": "The table, the grid of cases and the auditor's log are",
    "table": "The table of categories is",
    "grid": "The grid of cases is",
    "log": "The auditor's log is",
}
"""What can be written, and how a sentence about it begins."""
_ACTING = re.compile(r"[\\`*_{}\[\]#|~^$<>&]")


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything that the files print."""

    study: str
    date: str
    table: Table
    comments: tuple[Comment, ...]
    names: Mapping[str, Mapping[str, str]]
    """What comments can be on, by kind and id, in words."""
    case_rule: str
    case_reason: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a file."""

    title: str
    note: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def chosen(suffix: str, part: str) -> str:
    """The part that is written; an ending or a part that is not known is refused, and a .csv holds one part."""
    if part not in PARTS:
        raise UsageError(f"There is no part called '{part}'.", f"Known are: {', '.join(one for one in PARTS if one)}")
    if suffix.lower() not in ENDINGS:
        what = f"as a file that ends in '{suffix}'" if suffix else "to a file without an ending"
        raise UsageError(f"The table can not be written {what}.", f"Known endings are: {', '.join(ENDINGS)}")
    return part or ("table" if suffix.lower() == ".csv" else "")


def render(contents: Contents, suffix: str, part: str = "") -> bytes:
    """The file's bytes: one part, or all of them."""
    makers = {"table": categories, "grid": grid, "log": log}
    wanted = [part] if part else list(makers)
    return ENDINGS[suffix.lower()](contents, [makers[one](contents) for one in wanted])


# --- what is printed -----------------------------------------------------------------------------------------------


def categories(contents: Contents) -> Sheet:
    """Domain, category, label, cases, and an example core idea; single cases are left out."""
    rows = contents.table.reported
    return Sheet(
        "Categories", _counted(contents),
        ("domain", "category", "label", "cases", "of", "example core idea", "case"),
        tuple(
            (
                row.domain_label, _indented(row), str(row.label), str(len(row.cases)), str(row.of), row.example,
                row.example_case,
            )
            for row in rows
        ),
    )  # fmt: skip


def _counted(contents: Contents) -> str:
    """The rule with its numbers, what one case is, and who is not counted."""
    table = contents.table
    reason = f": {contents.case_reason}" if contents.case_reason else ""
    told = [table.rule, f"One case is one {contents.case_rule}{reason}{'' if reason.endswith('.') else '.'}"]
    single = len(table.rows) - len(table.reported)
    if single:
        told.append(f"Left out, because a single case or none has them: {single}.")
    if table.waiting:
        told.append(f"Not counted, because nothing is agreed for them yet: {', '.join(table.waiting)}.")
    return " ".join(told)


def _indented(row: Row) -> str:
    return "– " * row.depth + row.name


def grid(contents: Contents) -> Sheet:
    """Every category by every case: 1 where the case has it; single cases too, for the team's own eyes."""
    cases = contents.table.cases
    rows = tuple(
        (row.domain_label, _indented(row), *("1" if id_ in row.cases else "" for id_, _ in cases))
        for row in contents.table.rows
    )
    return Sheet(
        "Cases", f"{many(len(cases), 'case')}; sub-categories count for their category too.",
        ("domain", "category", *(label for _, label in cases)), rows,
    )  # fmt: skip


def log(contents: Contents) -> Sheet:
    """Every comment of an auditor and everything that was answered, in order."""
    rows: list[tuple[str, ...]] = []
    for one in contents.comments:
        about = contents.names.get(one.on, {}).get(one.about, "no longer there")
        rows.append((one.at[:10], one.on, about, "comment", one.author, one.words, one.state))
        rows += [(turn.at[:10], one.on, about, turn.state, turn.actor, turn.words, "") for turn in one.turns]
    unanswered = sum(one.state in ("open", "raised-again") for one in contents.comments)
    told = f"{many(len(contents.comments), 'comment')}, {unanswered} without an answer."
    return Sheet("Auditor's log", told, ("date", "on", "what", "step", "by", "words", "stands at"), tuple(rows))


# --- as files --------------------------------------------------------------------------------------------------------


def _csv(_: Contents, sheets: Sequence[Sheet]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for sheet in sheets:
        writer.writerows([defused(cell) for cell in row] for row in (sheet.header, *sheet.rows))
    return out.getvalue().encode()


def _markdown(contents: Contents, sheets: Sequence[Sheet]) -> bytes:
    parts = [f"# {_safe(_title(contents))}", ""]
    for sheet in sheets:
        parts += [f"## {sheet.title}", "", _safe(sheet.note), ""]
        if sheet.rows:
            heads = [_safe(cell) for cell in sheet.header]
            parts += [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
            parts += [f"| {' | '.join(_safe(cell) for cell in row)} |" for row in sheet.rows]
            parts.append("")
    return printable("\n".join(parts)).encode()


def _title(contents: Contents) -> str:
    return f"{contents.study}: consensual qualitative research, {contents.date}"


def _safe(words: str) -> str:
    """Words on one line that no Markdown or HTML acts on."""
    entities = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
    return _ACTING.sub(lambda match: entities.get(match[0], "\\" + match[0]), " ".join(words.split()))


def _docx(contents: Contents, sheets: Sequence[Sheet]) -> bytes:
    from docx import Document

    document = Document()
    document.add_heading(printable(_title(contents)), 0)
    for sheet in sheets:
        document.add_heading(sheet.title, 1)
        document.add_paragraph(printable(sheet.note))
        if sheet.rows:
            table = document.add_table(rows=0, cols=len(sheet.header), style="Table Grid")
            for row in (sheet.header, *sheet.rows):
                for cell, words in zip(table.add_row().cells, row, strict=True):
                    cell.text = printable(words)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


ENDINGS: Mapping[str, Callable[[Contents, Sequence[Sheet]], bytes]] = {".csv": _csv, ".md": _markdown, ".docx": _docx}
"""What can be written, by the ending of the file."""
