"""Codebooks written for people and other programs; whatever can be read is read back."""

import csv
import io
import zipfile
from dataclasses import replace

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from qualbench.errors import UsageError
from qualbench.model import Change, Code, Codebook, CodeChange
from qualbench.steps.codebook.files import formats, read_file, target_of, write
from qualbench.text import one_line, printable
from tests.steps.codebook.opened import OPENS
from tests.steps.ingest.book_files import xlsx

BULLETS = tuple("•●○▪‣*–-")
BOOK = Codebook(
    "1.10",
    "Peer support *pilot*",
    (
        Code("TRUST", "Trust", kind="theme", definition="Gathers trust."),
        Code("TIME", "no", parent="TRUST", definition_short="Slowly.", definition="Trust takes\n# time.",
             include="=1+1", exclude="Not at once (HOPE).", examples=("12:30", "- two\nlines"), near_miss="Nearly.",
             origin="deductive: study design", notes="- remember", group="Mood", colour="#aa0000", owner="Ana",
             questions=("Always?", "1.10")),
        Code("HOPE", "<b>Hope</b>", parent="TRUST", group="Mood", colour="red", status="trial"),
        Code("OLD", "Old", status="merged", into=("TIME", "HOPE")),
    ),
    date="2026-02-01",
    changelog=("1.10: HOPE added",),
    changes=(CodeChange("HOPE", Change.NEW, "pilot"),),
)  # fmt: skip


def cells(data: bytes) -> dict[str, tuple[tuple[str, ...], ...]]:
    return {grid.name: grid.rows for grid in OPENS.grids("book.xlsx", data)}


# --- one door --------------------------------------------------------------------------------------------------


def test_every_format_that_is_written_is_written_the_same_every_time() -> None:
    for one in formats():
        if one.writes:
            assert write(BOOK, one.target)[0] == write(BOOK, one.target)[0] != b""


@pytest.mark.parametrize("target", ["yaml", "csv", "xlsx", "qdc"])
def test_what_holds_all_fields_comes_back_with_all_fields(target: str) -> None:
    suffix = next(one.suffixes[0] for one in formats() if one.target == target)
    book, _ = read_file(f"book{suffix}", write(BOOK, target)[0], opens=OPENS)
    assert book.codes == BOOK.codes


def test_yaml_keeps_the_head_too_and_mends_the_text_it_came_from() -> None:
    data, warnings = write(BOOK, "yaml")
    assert (read_file("book.yaml", data, opens=OPENS)[0], warnings) == (BOOK, ())
    text = "# ours\n" + data.decode()
    changed = replace(BOOK, version="1.11")
    assert write(changed, "yaml", text)[0].decode() == text.replace('version: "1.10"', 'version: "1.11"')


prose = st.text(max_size=20).map(printable).map(str.strip)
lists = st.lists(prose.filter(bool).filter(lambda text: not text.startswith(BULLETS)), unique=True).map(tuple)
labels = st.text("aA1 >:.'=-", min_size=1, max_size=8).map(one_line).filter(bool)


@given(st.lists(st.builds(Code, st.just(""), labels, definition=prose, notes=prose, examples=lists, include=prose)))
@settings(max_examples=80, deadline=None)
def test_any_texts_come_back_out_of_csv(codes: list[Code]) -> None:
    named = tuple(replace(code, id=f"C{n}", parent="C0" if n % 3 else "") for n, code in enumerate(codes, 1))
    book = Codebook("1", "T", (Code("C0", "Top", kind="theme"), *(code for code in named if code.parent),
                               *(code for code in named if not code.parent)))  # fmt: skip
    assert read_file("book.csv", write(book, "csv")[0], opens=OPENS)[0].codes == book.codes


def test_what_a_file_is_written_as_by_its_ending() -> None:
    assert [target_of(name) for name in ("a.yml", "a.CSV", "a.xlsx", "a.qdc", "a.md", "a.docx")] == [
        "yaml", "csv", "xlsx", "qdc", "markdown", "docx"
    ]  # fmt: skip
    with pytest.raises(UsageError, match=r"can not be written as 'a\.pdf'"):
        target_of("a.pdf")
    with pytest.raises(UsageError, match="can not be written as 'nvivo'"):
        write(BOOK, "nvivo")


# --- CSV and XLSX ----------------------------------------------------------------------------------------------


def test_csv_computes_nothing_and_says_what_it_leaves_behind() -> None:
    data, warnings = write(BOOK, "csv")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert data.startswith(b"\xef\xbb\xbf")
    assert [row["id"] for row in rows] == ["TRUST", "TIME", "HOPE", "OLD"]
    assert rows[1]["include"] == "'=1+1"
    assert rows[1]["notes"] == "'- remember"
    assert rows[1]["questions"] == "• Always?\n• 1.10"
    assert rows[3]["into"] == "TIME, HOPE"
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    assert warnings == ("A CSV file keeps the codes only, not the version, date, changelog of the codebook.",)


def test_a_workbook_has_a_sheet_of_codes_and_one_of_changes() -> None:
    sheets = cells(write(BOOK, "xlsx")[0])
    assert list(sheets) == ["codes", "changelog"]
    assert sheets["codes"][2][:4] == ("TIME", "no", "TRUST", "code")
    assert sheets["changelog"] == (
        ("version", "what"), ("1.10", "1.10: HOPE added"), ("1.10", "HOPE new pilot")
    )  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(write(BOOK, "xlsx")[0])) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"<autoFilter" in sheet
    assert b'state="frozen"' in sheet


def test_a_text_longer_than_a_cell_is_cut_and_that_is_said() -> None:
    book = Codebook("1", "T", (Code("A", "A", definition="👩" * 20_000),))
    data, warnings = write(book, "xlsx")
    assert len(cells(data)["codes"][1][10]) == 32_766 // 2 + 1
    assert warnings == ("Row 2 holds a text of over 32,767 characters, the most a cell can: it was cut.",)


# --- MAXQDA and ATLAS.ti ---------------------------------------------------------------------------------------


def test_maxqda_gets_paths_and_memos() -> None:
    data, warnings = write(BOOK, "maxqda")
    assert cells(data)["codes"] == (
        ("Code", "Memo"),
        ("Trust", "Gathers trust."),
        (
            "Trust > no",
            "In short: Slowly.\n\nDefinition: Trust takes\n# time.\n\nUse when: =1+1\n\nDo not use when: Not at once "
            "(HOPE).\n\nExample: 12:30\n\nExample: - two\nlines\n\nNear miss: Nearly.\n\nOrigin: deductive: study "
            "design\n\nOpen question: Always?\n\nOpen question: 1.10\n\nNotes: - remember",
        ),
        ("Trust > <b>Hope</b>", ""),
        ("Old", ""),
    )
    assert warnings == ("MAXQDA takes > and \\ in a name for a path: '<b>Hope</b>'.",)


def test_maxqda_cuts_names_at_63_characters_and_that_is_said_before() -> None:
    book = Codebook("1", "T", (Code("A", "x" * 63), Code("B", "y" * 64)))
    assert write(book, "maxqda")[1] == (
        f"MAXQDA cuts names at 63 characters, and 1 name will be cut: '{'y' * 29}…'.",
    )  # fmt: skip


def test_a_list_for_maxqda_is_read_back_as_the_same_tree() -> None:
    book = replace(BOOK, codes=tuple(replace(code, label=code.id.title()) for code in BOOK.codes))
    found, _ = read_file("book.xlsx", write(book, "maxqda")[0], opens=OPENS)
    assert [(code.label, code.parent) for code in found.codes] == [
        ("Trust", ""), ("Time", "TRUST"), ("Hope", "TRUST"), ("Old", "")
    ]  # fmt: skip


def test_atlas_ti_gets_name_comment_and_group() -> None:
    data, warnings = write(BOOK, "atlasti")
    rows = cells(data)["codes"]
    assert rows[0] == ("Code", "Comment", "Code Group 1")
    assert [(row[0], row[2]) for row in rows[1:]] == [
        ("Trust", ""), ("Trust: no", "Mood"), ("Trust: <b>Hope</b>", "Mood"), ("Old", "")
    ]  # fmt: skip
    assert warnings == ()
    assert write(Codebook("1", "T", (Code("A", "Age: old"),)), "atlasti")[1] == (
        "ATLAS.ti takes a colon in a name for a path: 'Age: old'.",
    )


# --- appendix --------------------------------------------------------------------------------------------------


def test_the_appendix_in_markdown() -> None:
    assert (
        write(BOOK, "markdown")[0].decode()
        == """\
# Peer support \\*pilot\\*

Codebook, version 1.10, 2026-02-01, 3 codes

## Trust (TRUST)

**Definition:** Gathers trust.

### no (TIME)

**In short:** Slowly.

**Definition:** Trust takes{two blanks}
\\# time.

**Use when:** \\=1+1

**Do not use when:** Not at once (HOPE).

> **Example:** 12:30

> **Example:** \\- two{two blanks}
> lines

> **Near miss:** Nearly.

**Origin:** deductive: study design

**Open question:** Always?

**Open question:** 1.10

**Notes:** \\- remember

**Not together with:** &lt;b&gt;Hope&lt;/b&gt;

### &lt;b&gt;Hope&lt;/b&gt; (HOPE, on trial)

**Not together with:** no

## Old (OLD, merged into no and &lt;b&gt;Hope&lt;/b&gt;)

## Changes

- 1.10: HOPE added
""".replace("{two blanks}", "  ")
    )


def test_the_appendix_in_word_has_real_headings_and_no_author() -> None:
    document = Document(io.BytesIO(write(BOOK, "docx")[0]))
    said = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs if paragraph.style is not None]
    assert said[:4] == [
        ("Title", "Peer support *pilot*"),
        ("Subtitle", "Codebook, version 1.10, 2026-02-01, 3 codes"),
        ("Heading 1", "Trust (TRUST)"),
        ("Normal", "Definition: Gathers trust."),
    ]
    assert ("Heading 2", "no (TIME)") in said
    assert ("Quote", "Example: 12:30") in said
    assert said[-1] == ("List Bullet", "1.10: HOPE added")
    assert document.core_properties.author == ""
    assert document.core_properties.created.date().isoformat() == "2026-02-01"


def test_the_codebook_that_nvivo_exports_to_word_is_a_table() -> None:
    document = Document()
    document.add_heading("Codebook")
    table = document.add_table(3, 4)
    rows = [("Name", "Description", "Files", "References"), ("Trust", "They rely.", "4", "12"), ("Hope", "", "1", "2")]
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    book, said = read_file("nvivo.docx", out.getvalue(), opens=OPENS)
    assert book.codes == (Code("TRUST", "Trust", definition="They rely."), Code("HOPE", "Hope"))
    assert str(said[0]) == (
        "nvivo.docx, line 1: counts are no part of a codebook and are left out: 'Files', 'References'"
    )


def test_the_workbook_of_another_is_no_worse_for_a_cell_that_looks_like_a_formula() -> None:
    book, _ = read_file("b.xlsx", xlsx({"S": [["Code", "Definition"], ["A", "=1+1"]]}), opens=OPENS)
    assert book.codes[0].definition == "=1+1"
