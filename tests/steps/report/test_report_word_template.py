"""A team's own Word template: its styles, page and headers stay; what it lacks is made up for and said."""

import io
import zipfile
from collections.abc import Callable

import pytest
from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Length, Mm, Pt, RGBColor

from qualbench.steps.report import Look, Report, WordTemplate, missing_styles, render
from qualbench.steps.report.docx_styles import NoTemplate

Maker = Callable[..., Report]
RED = RGBColor(0xAA, 0x11, 0x22)


def saved(document: Word) -> WordTemplate:
    out = io.BytesIO()
    document.save(out)
    return WordTemplate("house.docx", out.getvalue())


@pytest.fixture
def house() -> Word:
    """A letter page with a header, a red heading, an own style for quotes, and some text that is not to stay."""
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height, page.left_margin = Mm(216), Mm(279), Mm(33)
    page.header.paragraphs[0].text = "Institute of Example"
    page.footer.paragraphs[0].text = "Draft"
    document.styles["Heading 1"].font.color.rgb = RED
    quotes = document.styles.add_style("Interviewzitat", WD_STYLE_TYPE.PARAGRAPH)
    quotes.font.size = Pt(13)
    document.add_paragraph("Text of the template")
    return document


def millimetres(*lengths: Length | None) -> list[int]:
    """Lengths without the rounding to twentieths of a point that Word does."""
    return [round(length.mm) for length in lengths if length]


def written(report: Report, template: WordTemplate, **styles: str) -> Word:
    return Document(io.BytesIO(render(report, ".docx", Look(template=template, styles=styles))))


def test_the_page_the_header_and_the_styles_are_the_templates(make: Maker, house: Word) -> None:
    made = written(make(), saved(house))
    first, last = made.sections[0], made.sections[-1]
    assert millimetres(first.page_width, first.page_height, first.left_margin) == [216, 279, 33]
    assert last.orientation == WD_ORIENT.LANDSCAPE
    assert millimetres(last.page_width, last.page_height) == [279, 216]
    assert (first.header.paragraphs[0].text, first.footer.paragraphs[0].text) == ("Institute of Example", "Draft")
    assert last.header.paragraphs[0].text == "Institute of Example"
    assert made.styles["Heading 1"].font.color.rgb == RED
    assert made.paragraphs[0].text == "Ways to care: themes"
    assert not any(one.text == "Text of the template" for one in made.paragraphs)
    assert made.core_properties.author == ""


def test_a_role_may_have_another_name(make: Maker, house: Word) -> None:
    made = written(make(), saved(house), Quote="Interviewzitat")
    quotes = [one.text for one in made.paragraphs if one.style is not None and one.style.name == "Interviewzitat"]
    assert quotes[:2] == ["The bus never came.", "(P01, service user; 01-clinic, line 2)"]


def test_what_the_template_lacks_is_said_and_made_up_for(make: Maker, house: Word) -> None:
    for name in ("Quote", "Table Grid", "List Bullet"):
        house.styles[name].delete()
    template = saved(house)
    assert missing_styles(Look(template=template)) == (
        "house.docx has no style 'List Bullet'; its plain paragraph is used in its place.",
        "house.docx has no style 'Quote'; one like Word's own is used in its place.",
        "house.docx has no style 'Table Grid'; one like Word's own is used in its place.",
    )
    made = written(make(), template)
    [words] = [one for one in made.paragraphs if one.text == "The bus never came."]
    assert words.style is not None
    assert words.style.font.italic
    assert any(one.text == "• Participants (N): 3" for one in made.paragraphs)
    assert all(one.style is not None and one.style.name == "Table Grid" for one in made.tables)


def test_a_name_that_the_template_does_not_have_is_said(make: Maker, house: Word) -> None:
    """The style that everybody calls Quote is there, so that one is taken."""
    look = Look(template=saved(house), styles={"Quote": "Block text"})
    assert missing_styles(look) == ("house.docx has no style 'Block text'; its style 'Quote' is used in its place.",)
    made = written(make(), saved(house), Quote="Block text")
    assert sum(style.name == "Quote" for style in made.styles) == 1


def test_a_template_with_every_style_has_nothing_to_say(house: Word) -> None:
    assert missing_styles(Look(template=saved(house))) == ()
    assert missing_styles(Look()) == ()


def test_word_keeps_names_in_its_own_way(make: Maker, house: Word) -> None:
    """Word writes 'heading 1' for what every menu calls Heading 1, whatever its language."""
    house.styles["Heading 1"].element.name_val = "heading 1"
    made = written(make(), saved(house))
    assert made.paragraphs[2].text == "About the study"
    assert made.paragraphs[2].style is not None
    assert made.paragraphs[2].style.font.color.rgb == RED


def test_a_dotx_is_taken_like_a_docx(make: Maker, house: Word) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(house).body)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            body = before.read(name)
            after.writestr(name, body.replace(b"document.main+xml", b"template.main+xml") if "Types" in name else body)
    made = written(make(), WordTemplate("house.dotx", out.getvalue()))
    assert made.styles["Heading 1"].font.color.rgb == RED


@pytest.mark.parametrize("body", [b"", b"not a zip", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_word_document_is_refused(make: Maker, body: bytes) -> None:
    with pytest.raises(NoTemplate, match=r"house\.docx can not be the template of a report"):
        written(make(), WordTemplate("house.docx", body))


def test_macros_are_refused(make: Maker, house: Word) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(house).body)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            body = before.read(name)
            changed = body.replace(
                b"vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                b"vnd.ms-word.document.macroEnabled.main+xml",
            )
            after.writestr(name, changed if "Types" in name else body)
    with pytest.raises(NoTemplate, match="macros"):
        written(make(), WordTemplate("house.docm", out.getvalue()))


def test_the_same_template_gives_the_same_bytes(make: Maker, house: Word) -> None:
    look = Look(template=saved(house))
    assert render(make(), ".docx", look) == render(make(), ".docx", look)
