"""Rich text: f4's turns and times, what is text and what is not, letters of every kind, and files made to do harm."""

import time
from contextlib import suppress

import pytest

from qualbench.errors import UnreadableFile
from qualbench.model import Role
from qualbench.steps.ingest import Draft, read

FONTS = r"{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\froman\fcharset204{\*\fname Times;}Times CYR;}}"


def rtf(body: str, head: str = r"\ansi\ansicpg1252\deff0") -> bytes:
    return (r"{\rtf1" + head + FONTS + body + "}").encode("latin-1")


def text(body: str, head: str = r"\ansi\ansicpg1252\deff0") -> Draft:
    return read("talk.rtf", rtf(body, head))


def warnings(draft: Draft) -> list[str]:
    return [problem.message for problem in draft.warnings]


def said(draft: Draft) -> list[tuple[str, str]]:
    return [
        (draft.speakers[turn.speaker].label if turn.speaker >= 0 else "", draft.text[turn.body : turn.end])
        for turn in draft.turns
    ]


# --- f4, f5, easytranscript ------------------------------------------------------------------------------------

F4 = (
    r"{\colortbl;\red0\green0\blue0;}{\*\generator f4transkript;}{\info{\author Maria Lopez}}\pard\plain\f0\fs24 "
    r"I: Wie war das f\'fcr Sie? #00:00:05-1#\par\par"
    "\r\n"
    r"B: Schwierig (.) (lacht) @ja@ (3) #00:01:23-4#\par\par I: Warum? #00:01:25-0#\par\par"
    r" B: Weil niemand kam.\par Und weil ich //hm// allein war. #01:02:09-9#\par\par I: Gut.\par"
)


def test_the_time_that_closes_a_turn_stays_and_begins_the_next_one() -> None:
    draft = text(F4)
    assert said(draft) == [
        ("I", "Wie war das für Sie? #00:00:05-1#"),
        ("B", "Schwierig (.) (lacht) @ja@ (3) #00:01:23-4#"),
        ("I", "Warum? #00:01:25-0#"),
        ("B", "Weil niemand kam.\nUnd weil ich //hm// allein war. #01:02:09-9#"),
        ("I", "Gut."),
    ]
    assert [turn.seconds for turn in draft.turns] == [None, 5.1, 83.4, 85.0, 3729.9]
    assert [speaker.role for speaker in draft.speakers] == [Role.INTERVIEWER, Role.PARTICIPANT]
    assert (draft.reader, draft.encoding, draft.warnings) == ("rtf", "", ())
    assert "Maria" not in repr(draft)


def test_a_time_of_its_own_is_not_overwritten_and_one_inside_a_turn_closes_nothing() -> None:
    draft = text(r"I: How? #00:00:05-0#\par B: #00:00:07-0# So #00:00:08-0# so.\par I: Why?\par B: Oh.")
    assert [turn.seconds for turn in draft.turns] == [None, 7.0, None, None]


# --- what is text ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inside", "expected", "warning"),
    [
        (r"b\tab c\line d", "a b\tc\ndz", None),
        (r"\'e9 \'93b\'94 \emdash\endash\ldblquote\rdblquote\lquote\rquote\bullet ", "a é “b” —–“”‘’•z", None),
        (r"\u8217? \u8217\'92 {\uc2\u233 xx}b", "a ’ ’ ébz", None),
        (r"\u-10179?\u-8704?", "a \U0001f600z", None),
        (r"{\f1\'ef\'f0\'e8}", "a приz", None),
        (r"no\-break\~by\_hand \{\\\}", "a nobreak\xa0by-hand {\\}z", None),
        (r'{\field{\*\fldinst HYPERLINK "x"}{\fldrslt link}}', "a linkz", None),
        (r"{\*\bkmkstart x}{\*\unknown secret}b", "a bz", None),
        (r"{\v secret {deep}}b\v c\v0 d", "a bdz", "2 stretches of hidden text: left out"),
        (r"{\deleted old }{\revised new }", "a new z", "1 tracked insertion: kept"),
        (r"{\deleted old {\b older} \tab}", "a z", "1 tracked deletion: left out"),
        (r"{\super 1}{\footnote {\super 1} a note}", "a 1z", "1 footnote or endnote: left out"),
        (r"{\*\atnid x}{\*\annotation{\*\atnref 1} why?}", "a z", None),
        (r"{\header page 1}{\footerf x}", "a z", "2 headers or footers"),
        (r"{\pict\pngblip 89504e47{\*\blipuid 00}0d0a}", "a z", "1 picture: left out"),
        (r"{\*\shppict{\pict 89}}{\nonshppict{\pict 89}}", "a z", "1 picture: left out"),
        (r"{\pict\bin5 }}{\'x}", "a z", None),
        (r"{\object\objemb{\*\objdata 00}{\result{\pict 89}}}", "a z", "1 embedded object: left out"),
        (r"{\shp{\*\shpinst{\shptxt boxed\par}}{\shprslt boxed}}", "a z", "1 text box: left out"),
        (r"{\listtext\pard 1.\tab}b", "a bz", "1 numbered paragraph"),
    ],
)  # fmt: skip
def test_what_a_reader_of_the_final_document_sees(inside: str, expected: str, warning: str | None) -> None:
    draft = text("a " + inside + "z")
    assert draft.text == expected
    if warning is not None:
        kinds = {word.rstrip("s") for word in warning.split(":")[0].split()}
        assert any(kinds <= {word.rstrip("s") for word in said.replace(":", " ").replace("and", "or").split()}
                   for said in warnings(draft))  # fmt: skip


@pytest.mark.parametrize(
    ("head", "raw"),
    [
        (r"\ansi\ansicpg1251", "привет".encode("cp1251")),
        (r"\ansi\ansicpg932", "こんにちは".encode("cp932")),
        (r"\ansi\ansicpg65001", "déjà vu".encode()),
        (r"\mac", "déjà vu".encode("mac_roman")),
        (r"\mac\ansicpg10000", "déjà vu".encode("mac_roman")),
        (r"\pc", "déjà vu".encode("cp437")),
    ],
)
def test_letters_by_code_page_written_as_bytes_or_as_hex(head: str, raw: bytes) -> None:
    expected = {"привет", "こんにちは", "déjà vu"}
    plain = read("talk.rtf", rb"{\rtf1" + head.encode() + b" " + raw + b"}")
    hexed = read("talk.rtf", rb"{\rtf1" + head.encode() + b" " + b"".join(b"\\'%02x" % byte for byte in raw) + b"}")
    assert plain.text in expected
    assert (hexed.text, plain.warnings) == (plain.text, ())


def test_letters_that_can_not_be_read_are_counted_with_their_line() -> None:
    draft = text("one\\par two \\'81\\'8d\\par three", r"\ansi\ansicpg1252")
    assert draft.text == "one\ntwo \ufffd\ufffd\nthree"
    assert [(problem.line, problem.message.split(";")[0]) for problem in draft.warnings] == [
        (2, "2 characters not in cp1252")
    ]
    assert "code page 99999 is not known" in warnings(text(r"\'e9", r"\ansi\ansicpg99999"))[0]


def test_bold_names_are_labels_when_bold_is_the_only_sign() -> None:
    one = r"{\b Maria} How so?\par \b Sam \b0{\b Ode }Well. {\b Never}\plain\par "
    draft = text(one * 5)
    assert draft.family == "bold Name"
    assert said(draft)[:2] == [("Maria", "How so?"), ("Sam Ode", "Well. Never")]


def row(*cells: str) -> str:
    return r"\trowd\cellx100" + "".join(rf"\pard\intbl {cell}\cell" for cell in cells) + r"\row "


def test_a_table_of_speakers_reads_as_labelled_lines_and_any_other_keeps_tabs() -> None:
    spoken = (
        row("Speaker", "Text")
        + row("MOD", "Who?")
        + row("{\\b A1}", r"Me.\par I did.")
        + row("MOD", "Ok")
        + row("A1", "So")
    )
    draft = text(r"Group\par " + row("age", "41") + r"\pard and\par " + spoken + r"\pard end\par")
    assert draft.text == "Group\nage\t41\nand\nMOD: Who?\nA1: Me.\nI did.\nMOD: Ok\nA1: So\nend"
    assert [message.split(":")[0] for message in warnings(draft)] == ["1 table", "1 table"]
    assert text(r"one\cell two\row three").text == "one\ttwo\nthree"


# --- files made to do harm -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"hello", "not rich text"),
        (b"PK\x03\x04", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Word"),
        (rb"{\rtf1 }", "nobody says anything"),
        (rb"{\rtf1 \u-10179?}", "half characters"),
        (rb"{\rtf1 " + b"{" * 200_000, "nested more deeply"),
        (rb"{\rtf1 " + b"word " * 1_100_000 + b"}", "more than 5,000,000 characters"),
        (rb"{\rtf1 " + b"\\'e9" * 1_300_000 + b"}", "more than 5,000,000 characters"),
    ],
)
def test_a_file_made_to_do_harm_is_refused_in_one_sentence(data: bytes, why: str) -> None:
    began = time.process_time()
    with pytest.raises(UnreadableFile, match=why) as refused:
        read("talk.rtf", data)
    assert "\n" not in str(refused.value)
    assert time.process_time() - began < 8


@pytest.mark.parametrize(
    ("data", "expected", "warning"),
    [
        (rb"{\rtf1 one {\b two", "one two", "ends in the middle of a group"),
        (rb"{\rtf1 one}{two}" + b"\0" * 9, "one", "5 characters after the document's end: left out"),
        (rb"{\rtf1 one\bin99999999 two}", "one", "ends in the middle of a group"),
        (rb"{\rtf1 one\uc\uc-5\u99999999999 \u\u-99999999\f\fs\ansicpg two}", None, "not in cp1252"),
        (rb"{\rtf1 a\u64976?\u64978?b \trowd open}", "a\ufffd\ufffdb  open", "not in cp1252"),
        (b"{\\rtf1 one\0two}", "one\0two", "1 control character is kept"),
        (b"\xef\xbb\xbf \r\n{\\rtf1 one}", "one", None),
        (b"{\\rtf1 one\\", "one", "ends in the middle"),
    ],
)
def test_a_damaged_file_is_read_as_far_as_it_goes_and_that_is_said(
    data: bytes, expected: str | None, warning: str | None
) -> None:
    draft = read("talk.rtf", data)
    assert expected is None or draft.text.replace("\n", " ") == expected
    assert any(warning in message for message in warnings(draft)) if warning else warnings(draft) == []


PIECES = (
    *("a", "{", "{}", ";", "\\", "\0", r"\u1?", r"\cell", r"\trowd", r"\bin1 ", r"\'e9", r"\b1 a\b0 b", r"{\pict 00}"),
    *(r'{\field{\*\fldinst{HYPERLINK "x"}}', r"{\f1\fcharset1 x", r"\trowd a\row"),
)


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("head", ["", r"{\fonttbl", r"{\pict "])
def test_half_a_megabyte_of_one_piece_takes_no_time(piece: str, head: str) -> None:
    data = (r"{\rtf1 x" + head + piece * (500_000 // len(piece))).encode()
    began = time.process_time()
    with suppress(UnreadableFile):
        read("talk.rtf", data)
    assert time.process_time() - began < 5


def test_pictures_of_many_megabytes_are_left_out_at_once() -> None:
    began = time.process_time()
    draft = text(r"one{\pict\pngblip " + "0123456789abcdef\n" * 1_000_000 + "} two")
    assert (draft.text, warnings(draft)) == ("one two", ["1 picture: left out"])
    assert time.process_time() - began < 5


def test_a_hundred_and_eighty_seven_thousand_words_take_no_time() -> None:
    words = " ".join(f"word{n}" for n in range(72))
    turns = "".join(rf"{{\rtlch\fcs1 \af0 \ltrch\fcs0 \insrsid{n} {'IB'[n % 2]}: {words}}}\par " for n in range(2600))
    began = time.process_time()
    assert text(turns).words == 187_200
    assert time.process_time() - began < 5
