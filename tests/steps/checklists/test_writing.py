"""Checklists as files: everything is in each of them, nothing in them acts, and the same gives the same bytes."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest

from qualbench.errors import UsageError
from qualbench.steps.checklists import Answer, Filled, Log, checklist, fill, render
from tests.steps.checklists.test_filling import FULL

UGLY = "=cmd() | [x](javascript:1) <b> *no* \x1b[31m"


def coreq(log: Log = FULL, words: str = UGLY) -> Filled:
    said = Answer("coreq", "14", words, "ana", "2026-03-01T10:00:00Z")
    return fill(checklist("coreq"), log, [said], "A | study", "2026-03-09")


def test_the_table_has_every_item_with_facts_and_answers() -> None:
    rows = list(csv.DictReader(io.StringIO(render(coreq(), ".csv").decode())))
    assert [row["item"] for row in rows] == [str(n) for n in range(1, 33)]
    assert rows[23]["state"] == "shown by the log"
    assert "(passes of 2026-02-01 to 2026-02-20)" in rows[23]["what the log shows"]
    assert rows[13]["state"] == "answered"
    assert rows[13]["answer"].startswith("'=cmd()")
    assert (rows[13]["answered by"], rows[13]["answered on"]) == ("ana", "2026-03-01")


def test_markdown_has_a_table_for_each_section_and_no_word_of_anybody_acts() -> None:
    page = render(coreq(), ".md").decode()
    assert page.count("| item | what is asked | state | facts and answers |") == 3
    rows = [line for line in page.splitlines() if line.startswith("| ") and line[2].isdigit()]
    assert len(rows) == 32
    assert all(line.replace("\\|", "").count("|") == 5 for line in rows)
    assert "\\[x\\](javascript:1) &lt;b&gt; \\*no\\*" in page
    assert "\x1b" not in page
    assert "# COREQ: A \\| study" in page


def test_only_gaps_are_written_when_only_gaps_are_wanted() -> None:
    rows = list(csv.DictReader(io.StringIO(render(coreq(), ".csv", gaps=True).decode())))
    assert {row["state"] for row in rows} == {"to be answered once", "only the authors"}
    assert "14" not in {row["item"] for row in rows}


def test_word_has_the_same_and_the_same_bytes_every_time() -> None:
    from docx import Document

    first = render(coreq(), ".docx")
    assert first == render(coreq(), ".docx")
    document = Document(io.BytesIO(first))
    assert [len(table.rows) - 1 for table in document.tables] == [8, 15, 9]
    assert document.tables[1].rows[6].cells[2].text == "answered"
    assert document.core_properties.author == ""
    assert document.core_properties.created.year == 2026
    heads = zipfile.ZipFile(io.BytesIO(first)).read("word/document.xml").count(b"w:tblHeader")
    assert heads == 3


def test_another_ending_is_refused() -> None:
    with pytest.raises(UsageError, match=r"ends in '.pdf'"):
        render(coreq(), ".pdf")
    with pytest.raises(UsageError, match="without an ending"):
        render(coreq(), "")
