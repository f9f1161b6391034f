"""Word documents: what is text and what is not, tables and bold names, and files made to do harm."""

import io
import zipfile

import pytest

from qualbench.errors import UnreadableFile
from qualbench.steps.ingest import Draft, read
from tests.steps.ingest.word_files import b, document, docx, p, packed, r, table


def word(*paragraphs: str) -> Draft:
    return read("talk.docx", docx("".join(paragraphs)))


def warnings(draft: Draft) -> list[str]:
    return [problem.message for problem in draft.warnings]


INS, DEL = '<w:ins w:id="1">{}</w:ins>', '<w:del w:id="2">{}</w:del>'


@pytest.mark.parametrize(
    ("inside", "text", "warning"),
    [
        (INS.format(r("new ")), "a new z", "1 tracked insertion: kept"),
        (DEL.format("<w:r><w:delText>old </w:delText></w:r>"), "a z", "1 tracked deletion: left out"),
        (DEL.format(r("old ")), "a z", "1 tracked deletion: left out"),
        (f"<w:moveTo>{r('moved ')}</w:moveTo>", "a moved z", "1 mark of moved text"),
        (f"<w:moveFrom>{r('moved ')}</w:moveFrom>", "a z", "1 mark of moved text"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{r('control ')}</w:sdtContent></w:sdt>", "a control z", None),
        (f"<w:smartTag>{r('Paris ')}</w:smartTag>", "a Paris z", None),
        (f"<w:hyperlink>{r('link ')}</w:hyperlink>", "a link z", None),
        (f"<w:fldSimple>{r('field ')}</w:fldSimple>", "a field z", None),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r>", "a z", None),
        (r("secret ", "<w:vanish/>"), "a z", "1 stretch of hidden text: left out"),
        (r("open ", '<w:vanish w:val="0"/>'), "a open z", None),
        ("<w:r><w:tab/><w:br/><w:cr/><w:noBreakHyphen/></w:r>", "a \t\n\n-z", None),
        ("<w:r><w:footnoteReference/></w:r>", "a z", "1 footnote or endnote: left out"),
        ("<w:r><w:commentReference/></w:r>", "a z", "1 comment: left out"),
        (
            f"<mc:AlternateContent><mc:Choice>{r('one ')}</mc:Choice>"
            f"<mc:Fallback>{r('one ')}</mc:Fallback></mc:AlternateContent>",
            "a one z",
            None,
        ),
    ],
)
def test_what_a_reader_of_the_final_document_sees(inside: str, text: str, warning: str | None) -> None:
    draft = word(p(r("a "), inside, r("z")))
    assert draft.text == text
    assert [message.startswith(warning or "") for message in warnings(draft)] == [True] * (warning is not None)


def test_a_block_control_a_text_box_and_numbers() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{p('boxed')}</w:txbxContent></w:pict></w:r>"
    draft = word(
        f"<w:sdt><w:sdtContent>{p('inside')}</w:sdtContent></w:sdt>",
        p(r("host"), box),
        p("after", properties="<w:numPr/>"),
        "<w:sectPr><w:headerReference/></w:sectPr>",
    )
    assert draft.text == "inside\nhost\nboxed\nafter"
    assert [message.split(":")[0] for message in warnings(draft)] == [
        "1 text box",
        "1 numbered paragraph",
        "1 header or footer",
    ]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    draft = word(p("one ", properties="<w:rPr><w:del/></w:rPr>"), p("two"), p("three"))
    assert draft.text == "one two\nthree"


def test_a_table_of_speakers_reads_as_labelled_lines() -> None:
    rows = [
        ("Time", "Speaker", "Text"),
        ("00:01", "MOD", "Who begins?"),
        ("00:05", "A1", "Me."),
        ("", "", "I did."),
        ("00:09", "MOD", "Ok."),
        ("00:12", "A1", "So."),
    ]
    draft = word(p("Focus group"), table(*rows))
    assert draft.text == "Focus group\n00:01 MOD: Who begins?\n00:05 A1: Me.\nI did.\n00:09 MOD: Ok.\n00:12 A1: So."
    assert [turn.seconds for turn in draft.turns] == [1.0, 5.0, 9.0, 12.0]
    assert draft.text[draft.turns[1].body : draft.turns[1].end] == "Me.\nI did."
    assert "1 table: with speakers and words" in warnings(draft)[0]


def test_any_other_table_keeps_its_cells_apart_by_tabs_in_place() -> None:
    draft = word(p("before"), table(("age", "41"), ("site", "north end")), p("after"))
    assert draft.text == "before\nage\t41\nsite\tnorth end\nafter"


def test_bold_names_are_labels_when_bold_is_the_only_sign() -> None:
    draft = word(*[p(b("Maria"), " How so?") + p(b("Sam Ode "), r("Well. "), b("Never")) for _ in range(5)])
    assert draft.family == "bold Name"
    assert [speaker.label for speaker in draft.speakers] == ["Maria", "Sam Ode"]
    assert draft.text[draft.turns[1].body : draft.turns[1].end] == "Well. Never"


def test_words_own_transcribe_repeats_the_speaker_and_the_turn_is_one() -> None:
    parts = [p("Audio file"), p("talk.mp3"), p("Transcript")]
    for n in range(4):
        parts += [
            p(r(f"00:0{n}:04"), r(" Samat")),
            p("one"),
            p(f"00:0{n}:09 Samat"),
            p("two"),
            p(f"00:0{n}:20 Li"),
            p("three"),
        ]
    draft = word(*parts)
    assert [draft.text[turn.body : turn.end] for turn in draft.turns] == ["one\ntwo", "three"] * 4
    assert draft.turns[0].seconds == 4.0
    assert draft.text.startswith("Audio file\ntalk.mp3\nTranscript\n00:00:04 Samat\none\ntwo\n00:00:20 Li\nthree")
    assert "4 lines that name the same speaker once more" in warnings(draft)[0]


# --- files made to do harm -------------------------------------------------------------------------------------

BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'


def with_doctype(encoding: str) -> bytes:
    text = document(p("&b;")).replace('<?xml version="1.0"?>', f'<?xml version="1.0" encoding="{encoding}"?>{BOMB}')
    return packed(text.encode(encoding))


def duplicated() -> bytes:
    with pytest.warns(UserWarning, match="Duplicate"):
        return packed(document(p("one")), **{"word/document.xml": document(p("two")).encode()})


def encrypted() -> bytes:
    data = bytearray(docx(p("x")))
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"hello", "not a Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "password"),
        (docx(p("x"))[:-30], "damaged"),
        (packed(b"<w:document"), "damaged"),
        (packed(document("<w:p>" * 300 + "</w:p>" * 300)), "damaged"),
        (with_doctype("UTF-8"), "DOCTYPE"),
        (with_doctype("UTF-16"), "DOCTYPE"),
        (packed(b" " * 20_000_000), "would unpack to 20,000,000 bytes"),
        (packed(document(p("x")), **{f"{n}": b"" for n in range(5_001)}), "5,002 parts"),
        (packed(document("")), "nobody says anything"),
    ],
)
def test_a_file_made_to_do_harm_is_refused_in_one_sentence(data: bytes, why: str) -> None:
    with pytest.raises(UnreadableFile, match=why):
        read("talk.docx", data)


def test_two_parts_of_one_name_are_refused() -> None:
    with pytest.raises(UnreadableFile, match="there 2 times"):
        read("talk.docx", duplicated())


def test_an_encrypted_part_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="password"):
        read("talk.docx", encrypted())


def test_a_zip_without_word_text_is_refused() -> None:
    data = docx(p("x")).replace(b"word/document.xml", b"word/xocument.xml")
    assert zipfile.is_zipfile(io.BytesIO(data))
    with pytest.raises(UnreadableFile, match="no Word text"):
        read("talk.docx", data)
