"""The Word document and the Markdown, read back."""

import io
import zipfile
from datetime import datetime

from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from qualbench.steps.agreement.output import Contents, render
from tests.steps.agreement.output.written_study import LONG, bare, hostile, made


def word(contents: Contents) -> Word:
    return Document(io.BytesIO(render(contents, ".docx")))


def headings(document: Word) -> list[str]:
    return [one.text for one in document.paragraphs if one.style is not None and one.style.name == "Heading 1"]


def test_the_parts_are_real_headings_in_reading_order() -> None:
    assert headings(word(made())) == [
        "What was measured",
        "Material, units and coders",
        "Agreement by code",
        "Agreement over all codes",
        "Benchmark",
        "Where the coders differ",
        "What happened to the disagreements",
        "Agreement by round",
        "QualCoder's figure",
        "How the figures were computed",
    ]


def test_every_table_repeats_its_header_and_fits_its_page() -> None:
    document = word(made())
    assert len(document.tables) == 12
    for table in document.tables:
        properties = table.rows[0]._tr.trPr
        assert properties is not None
        assert properties.find(qn("w:tblHeader")) is not None
        assert 168 < sum(cell.width.mm for cell in table.rows[0].cells if cell.width) < 258


def test_wide_tables_turn_the_page_and_it_turns_back() -> None:
    turns = [section.orientation for section in word(made()).sections]
    upright, aside = WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE
    assert turns == [upright, aside, upright, aside, upright]


def test_properties_carry_the_study_and_its_date_and_no_author() -> None:
    properties = word(made()).core_properties
    assert properties.title == "Ways to care: agreement before consensus"
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert properties.created is not None
    assert properties.created.replace(tzinfo=None) == datetime(2026, 3, 4, 12, 30)
    with zipfile.ZipFile(io.BytesIO(render(made(), ".docx"))) as package:
        assert {member.date_time for member in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_hostile_words_are_shown_and_do_nothing() -> None:
    document = word(hostile())
    labels = [row.cells[0].text for row in document.tables[0].rows[1:]]
    assert labels == ["=1+1", "<b>", "[/x]", "␛]52;c;eA␇", "$x^2$ \\frac", "a|b_c*d`", "-dash\ufffd\ufffd"]
    assert any(one.text == f"W{LONG[1:].strip()}." for one in document.paragraphs)
    assert document.paragraphs[0].text == "=1+1 $x^2$ ␛[31m: agreement before consensus"


def test_hostile_words_are_no_markup_in_markdown() -> None:
    text = render(hostile(), ".md").decode()
    assert "<b>" not in text
    assert "\x1b" not in text
    assert "| &lt;b&gt; | 4 |" in text
    assert "| a\\|b\\_c\\*d\\` | 4 |" in text
    assert "# \\=1+1 \\$x\\^2\\$" in text


def test_markdown_tables_have_as_many_cells_as_columns() -> None:
    for contents in (made(), hostile(), bare()):
        lines = render(contents, ".md").decode().replace("\\|", "").splitlines()
        widths = [line.count("|") for line in lines if line.startswith("|")]
        rules = [line for line in lines if line.startswith("| -")]
        assert rules
        starts = [place for place, line in enumerate(lines) if line.startswith("| -")]
        for start in starts:
            end = next((place for place in range(start, len(lines)) if not lines[place].startswith("|")), len(lines))
            assert {line.count("|") for line in lines[start - 1 : end]} == {lines[start].count("|")}
        assert widths
