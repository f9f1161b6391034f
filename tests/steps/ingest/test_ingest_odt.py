"""OpenDocument texts: what is text and what is not, notes with one label, and files made to do harm."""

import time
import zipfile

import pytest

from qualbench.errors import UnreadableFile
from qualbench.model import Role
from qualbench.steps.ingest import Answers, Draft, read
from tests.steps.ingest.odf_files import bold, common_styles, content, odt, p, packed, span, table


def text(*paragraphs: str) -> Draft:
    return read("talk.odt", odt("".join(paragraphs)))


def warnings(draft: Draft) -> list[str]:
    return [problem.message for problem in draft.warnings]


@pytest.mark.parametrize(
    ("inside", "expected", "warning"),
    [
        ("b  <!-- x -->\n\t c", "a b cz", None),
        ("<text:s/>b", "a  bz", None),
        ('<text:s text:c="3"/>b', "a    bz", None),
        ("<text:tab/>b<text:line-break/>c", "a \tb\ncz", None),
        (span("b ", "T9"), "a b z", None),
        ("<text:a>link </text:a>", "a link z", None),
        ("<text:date>3 May</text:date>", "a 3 Mayz", None),
        ("<text:ruby><text:ruby-base>b</text:ruby-base><text:ruby-text>c</text:ruby-text></text:ruby>", "a bz", None),
        (f"<text:note><text:note-citation>1</text:note-citation><text:note-body>{p('n')}</text:note-body></text:note>",
         "a z", "1 footnote or endnote: left out"),
        (f"<office:annotation>{p('who?')}</office:annotation>b<office:annotation-end/>", "a bz", "1 comment: left out"),
        (span("secret ", "T2"), "a z", "1 stretch of hidden text: left out"),
        ('<text:hidden-text text:is-hidden="true">secret</text:hidden-text>', "a z", "1 stretch of hidden text"),
        ('<text:hidden-text text:is-hidden="false">open </text:hidden-text>', "a open z", None),
        ("<text:change-start/>new <text:change-end/>", "a new z", None),
        ("<draw:frame><draw:image/><svg:title>alt</svg:title></draw:frame>", "a z", "1 picture: left out"),
        (f"<draw:frame><draw:text-box>{p('boxed')}</draw:text-box></draw:frame>", "a z\nboxed", "1 text box: kept"),
    ],
)  # fmt: skip
def test_what_a_reader_of_the_final_document_sees(inside: str, expected: str, warning: str | None) -> None:
    draft = text(p("a ", inside, "z"))
    assert draft.text == expected
    assert [message.startswith(warning or "") for message in warnings(draft)] == [True] * (warning is not None)


def test_tracked_changes_hold_what_was_deleted_and_are_no_text() -> None:
    deleted = f"<text:changed-region><text:deletion>{p('I: never said')}</text:deletion></text:changed-region>"
    inserted = "<text:changed-region><text:insertion/></text:changed-region>"
    draft = text(f"<text:tracked-changes>{deleted}{inserted}</text:tracked-changes>", p("said"))
    assert draft.text == "said"
    assert [message.split(":")[0] for message in warnings(draft)] == ["1 tracked insertion", "1 tracked deletion"]


def test_lists_headings_and_sections_are_lines_in_their_order() -> None:
    item = (
        f"<text:list-item>{p('one')}<text:list><text:list-item>{p('two')}</text:list-item></text:list></text:list-item>"
    )
    draft = text(
        "<text:sequence-decls><text:sequence-decl/></text:sequence-decls><text:h>Part</text:h>",
        f"<text:list>{item}</text:list><text:section>{p('three')}</text:section>",
        f'<text:section text:display="none">{p("four")}</text:section>',
        p("<text:soft-page-break/>five"),
    )
    assert draft.text == "Part\none\ntwo\nthree\nfive"
    assert [message.split(":")[0] for message in warnings(draft)] == ["1 stretch of hidden text", "2 items of lists"]


def test_headers_and_footers_are_left_out_and_counted() -> None:
    inner = f"<office:master-styles><style:header>{p('Study 7')}</style:header><style:footer/></office:master-styles>"
    draft = read("talk.odt", odt(p("said"), styles=common_styles(inner)))
    assert (draft.text, warnings(draft)) == ("said", ["1 header or footer: left out"])


def test_a_table_of_speakers_reads_as_labelled_lines_and_any_other_keeps_tabs() -> None:
    spoken = table(("Speaker", "Text"), ("MOD", "Who begins?"), ("A1", "Me."), ("MOD", "Ok."), ("A1", "So."))
    draft = text(p("Group"), table(("age", "41")), spoken, p("end"))
    assert draft.text == "Group\nage\t41\nMOD: Who begins?\nA1: Me.\nMOD: Ok.\nA1: So.\nend"
    assert [speaker.label for speaker in draft.speakers] == ["MOD", "A1"]
    assert [message.split(":")[0] for message in warnings(draft)] == ["1 table", "1 table"]


@pytest.mark.parametrize("name", [bold("Maria"), span("Maria", "Strong_20_Emphasis"), bold("Ma") + bold("ria")])
def test_bold_names_are_labels_when_bold_is_the_only_sign(name: str) -> None:
    strong = '<style:style style:name="Strong_20_Emphasis" style:family="text"/>'
    body = (p(name, " How so?") + p(bold("Sam Ode "), "Well. ", bold("Never"))) * 5
    draft = read("talk.odt", odt(body, styles=common_styles(strong)))
    assert draft.family == "bold Name"
    assert [speaker.label for speaker in draft.speakers] == ["Maria", "Sam Ode"]
    assert draft.text[draft.turns[1].body : draft.turns[1].end] == "Well. Never"


def test_a_bold_paragraph_may_hold_words_that_are_not() -> None:
    body = p("Maria ", span("asks why", "T3"), style="P1") + p("Sam ", span("does not know", "T3"), style="P1")
    assert [speaker.label for speaker in text(body * 5).speakers] == ["Maria", "Sam"]


# --- session notes: the answers have no label ------------------------------------------------------------------

NOTES = (
    p("1. Where do you live now?"),
    p("<text:tab/>With my sister, for a year."),
    p("<text:tab/>It is small."),
    p("MODERATOR: And before that?"),
    p("<text:tab/>In the old house."),
    p("2. Who helped you?"),
    p("MODERATOR: Anybody at all?"),
    p("<text:tab/>Nobody did."),
)


def test_answers_set_in_by_a_tab_are_the_participants_and_that_is_said() -> None:
    draft = text(*NOTES)
    said = [(turn.speaker, draft.text[turn.body : turn.end]) for turn in draft.turns]
    assert said == [
        (-1, "1. Where do you live now?"),
        (1, "With my sister, for a year.\n\tIt is small."),
        (0, "And before that?"),
        (1, "In the old house."),
        (-1, "2. Who helped you?"),
        (0, "Anybody at all?"),
        (1, "Nobody did."),
    ]
    assert [(speaker.label, speaker.role) for speaker in draft.speakers] == [
        ("MODERATOR", Role.INTERVIEWER),
        ("Participant", Role.PARTICIPANT),
    ]
    assert warnings(draft) == [
        "only 'MODERATOR' is named: 4 lines that begin with a TAB are taken for what 'Participant' answers, "
        "2 other lines for nobody's words; check them"
    ]


@pytest.mark.parametrize(
    "lines",
    [
        [line.replace("MODERATOR", "Maria") for line in NOTES],
        [line.replace("<text:tab/>", "") for line in NOTES],
        NOTES[:4],
        [*NOTES, p("ANN: Hello?")],
    ],
)
def test_without_an_interviewers_label_that_comes_back_and_tabs_nobody_is_named(lines: list[str]) -> None:
    draft = text(*lines)
    assert draft.speakers == ()
    assert {turn.speaker for turn in draft.turns} == {-1}


def test_one_speaker_in_notes() -> None:
    draft = read("talk.odt", odt("".join(NOTES)), Answers(one_speaker=True))
    assert [speaker.label for speaker in draft.speakers] == ["Speaker"]
    assert len(draft.turns) == 8


# --- files made to do harm -------------------------------------------------------------------------------------

BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
MANIFEST = (
    b"<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>"
)


def with_doctype(encoding: str) -> bytes:
    xml = content(p("&b;")).replace('encoding="UTF-8"?>', f'encoding="{encoding}"?>{BOMB}')
    return packed({"content.xml": xml.encode(encoding)})


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"hello", "not an OpenDocument text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "password"),
        (odt(p("x")), None),
        (odt(p("x"))[:-30], "damaged"),
        (packed({"content.xml": "<office:document"}), "damaged"),
        (packed({"content.xml": content("<text:p>" * 300 + "</text:p>" * 300)}), "damaged"),
        (packed({"content.xml": content(p("x")).replace("office:text", "office:spreadsheet")}), "no text document"),
        (packed({"word/other.xml": "x"}), "holds no text"),
        (packed({"word/document.xml": "x"}), "is a Word document"),
        (with_doctype("UTF-8"), "DOCTYPE"),
        (with_doctype("UTF-16"), "DOCTYPE"),
        (packed({"content.xml": content(p("x")), "styles.xml": BOMB + "<x/>"}), "DOCTYPE"),
        (packed({"content.xml": b" " * 20_000_000}), "would unpack to 20,000,000 bytes"),
        (packed({"content.xml": content(p("x"))} | {f"{n}": "" for n in range(5_001)}), "5,002 parts"),
        (packed({"content.xml": b"\x07encrypted", "META-INF/manifest.xml": MANIFEST}), "protected by a password"),
        (packed({"encrypted-package": b"x"}), "protected by a password"),
        (odt(p("\ufeff ")), "nobody says anything"),
    ],
)
def test_a_file_made_to_do_harm_is_refused_in_one_sentence(data: bytes, why: str | None) -> None:
    if why is None:
        assert read("talk.odt", data).text == "x"
        return
    with pytest.raises(UnreadableFile, match=why) as refused:
        read("talk.odt", data)
    assert "\n" not in str(refused.value)


def test_a_document_can_not_ask_for_a_million_blanks() -> None:
    draft = text(p("a", '<text:s text:c="999999999"/>' * 3, "b", '<text:s text:c="-1"/><text:s text:c="x"/>', "c"))
    assert draft.text == "a" + " " * 3_000 + "b  c"


def test_two_parts_of_one_name_are_refused() -> None:
    data = odt(p("one"), zontent=content(p("two")).encode()).replace(b"zontent.xml", b"content.xml")
    assert zipfile.is_zipfile(__import__("io").BytesIO(data))
    with pytest.raises(UnreadableFile, match="there 2 times"):
        read("talk.odt", data)


def test_three_hundred_pages_take_no_time() -> None:
    words = " ".join(f"word{n}" for n in range(144))
    data = odt((p(f"I: {words}?") + p(f"P1: {words}.")) * 650)
    began = time.process_time()
    assert read("talk.odt", data).words == 187_200
    assert time.process_time() - began < 1
