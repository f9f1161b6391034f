"""Web pages and oTranscribe files: noScribe's, tables, bold names, exact times, and pages made to do harm."""

import json
import time

import pytest

from qualbench.errors import UnreadableFile
from qualbench.steps.ingest import Draft, read

NOSCRIBE = """<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.0//EN" "http://www.w3.org/TR/REC-html40/strict.dtd">
<html><head><meta charset="UTF-8" /><style type="text/css">
    p, li {white-space: pre-wrap;} a > b {}
</style><meta name="audio_source" content="/talks/Maria.mp3"></head>
<body style="font-weight: 400"><div class="WordSection1">
<p style="font-weight:600;">talk 7</p>
<p style="color: #909090" >Transcribed with noScribe<br />Audio source: /talks/Maria.mp3</span></p>
<p><a name="ts_0_4250_S00" >S00: How&#x27;s the <i>new</i> house?</a></p>
<p><a name="ts_4250_9000_S01" >S01: [00:00:04] Small &amp; cold, &lt;5 rooms.</a></p>
<p><a name="ts_9000_9900_S00" >S00: I see.</a></p>
<p><a name="ts_61500_70000_S01" >S01: (1 minute pause)&nbsp;Yes.</a></p>
</div></body></html>
"""


def page(body: str) -> Draft:
    return read("talk.html", f"<html><body>{body}</body></html>".encode())


def warnings(draft: Draft) -> list[str]:
    return [problem.message for problem in draft.warnings]


def said(draft: Draft) -> list[tuple[str, str]]:
    return [
        (draft.speakers[turn.speaker].label if turn.speaker >= 0 else "", draft.text[turn.body : turn.end])
        for turn in draft.turns
    ]


@pytest.mark.parametrize("name", ["talk.html", "talk.HTM"])
def test_noscribes_page_has_its_speakers_and_exact_times(name: str) -> None:
    draft = read(name, NOSCRIBE.encode())
    assert said(draft) == [
        ("S00", "How's the new house?"),
        ("S01", "Small & cold, <5 rooms."),
        ("S00", "I see."),
        ("S01", "(1 minute pause)\xa0Yes."),
    ]
    assert [turn.seconds for turn in draft.turns] == [0.0, 4.25, 9.0, 61.5]
    assert draft.text.startswith("talk 7\nTranscribed with noScribe\nAudio source: /talks/Maria.mp3\nS00: How's")
    assert [(problem.line, problem.message) for problem in draft.warnings] == [
        (3, "names a media file; kept in the text")
    ]
    assert (draft.reader, draft.encoding) == ("html", "utf-8")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>one\n  <em>two</em></p><div>three</div>", "one two\nthree"),
        ("<p>one<p>two<br>three<br><br>four", "one\ntwo\nthree\n\nfour"),
        ("<ul><li>one<li>two</ul>three", "one\ntwo\nthree"),
        ("<h1>Talk</h1><pre>a  b\n c</pre>d  e", "Talk\na  b\n c\nd e"),
        ("one<script>if (a < b) { '</p>' }</script> two<style>p {}</style><noscript>no</noscript>", "one two"),
        ("one <!-- not <b>this</b> --> two <!doctype x> <?php no ?>three", "one two three"),
        ("it was <5 years & more &lt;b&gt; &eacute; &#233; &#x27; < or > &nosuch;", None),
        ("<p></p><p> </p><p>one</p>", "one"),
        ("<svg><text>axis</text></svg>one<audio>no sound</audio>", "one"),
    ],
)
def test_the_words_are_those_that_a_browser_shows(body: str, text: str | None) -> None:
    expected = "it was <5 years & more <b> é é ' < or > &nosuch;" if text is None else text
    draft = page(body)
    assert (draft.text, warnings(draft)) == (expected, [])


def test_bold_names_are_labels_when_bold_is_the_only_sign() -> None:
    one = "<p><b>Maria</b> How so?<p><span style='font-weight: 600'>Sam Ode</span> Well. <strong>Never</strong></p>"
    draft = page(one * 5)
    assert draft.family == "bold Name"
    assert said(draft)[:2] == [("Maria", "How so?"), ("Sam Ode", "Well. Never")]


def test_a_table_of_speakers_reads_as_labelled_lines_and_any_other_keeps_tabs() -> None:
    inner = "<table><tr><td>So</td><td>so</td></tr></table>"
    rows = [
        ("Time", "Speaker", "Text"),
        ("00:01", "MOD", "Who?"),
        ("00:05", "A1", "Me.<br>I did."),
        ("00:09", "MOD", "Ok"),
        ("00:12", "A1", inner),
    ]
    spoken = "<table>" + "".join("<tr>" + "".join(f"<td>{cell}" for cell in row) for row in rows) + "</table>"
    draft = page(f"<table><tr><td>age</td><td>41</td></tr></table>{spoken}<p>end")
    assert draft.text == "age\t41\n00:01 MOD: Who?\n00:05 A1: Me.\nI did.\n00:09 MOD: Ok\n00:12 A1: So\nso\nend"
    assert [turn.seconds for turn in draft.turns] == [1.0, 5.0, 9.0, 12.0]
    assert [message.split(":")[0] for message in warnings(draft)] == ["1 table", "1 table"]


def test_pictures_are_counted_and_an_element_that_never_closes_is_said() -> None:
    draft = page("<img src='data:image/png;base64," + "A" * 200_000 + "'>one<template>two")
    assert draft.text == "one"
    assert warnings(draft) == ["1 picture: left out", "'template' is never closed; what comes after it is left out"]


def test_a_page_says_its_encoding_itself() -> None:
    declared = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252"><p>déjà vu'
    draft = read("talk.html", declared.encode("cp1252"))
    assert (draft.text, draft.encoding) == ("déjà vu", "windows-1252")
    with pytest.raises(UnreadableFile, match=r"is not UTF-8.*--encoding"):
        read("talk.html", "<p>déjà vu".encode("cp1252"))
    with pytest.raises(UnreadableFile, match="--encoding"):
        read("talk.html", '<meta charset="no-such"><p>déjà vu'.encode("cp1252"))


# --- oTranscribe -----------------------------------------------------------------------------------------------


def otr(text: object, **more: object) -> bytes:
    return json.dumps({"text": text, "media": "Maria Lopez, home.mp3", "media-time": 31.5, **more}).encode()


def stamp(seconds: str, shown: str) -> str:
    return f'<span class="timestamp" contenteditable="false" data-timestamp="{seconds}">{shown}</span>'


TALK = (
    f"<p>{stamp('12.11', '00:12')}<b>Josh</b>: How did you <i>find</i> it?</p>"
    f"<p>{stamp('15.987654', '00:15')} <b>Ana</b>: Through a friend.<br />{stamp('20', '00:20')}&nbsp;And luck.</p>"
    f"<p>{stamp('3725.5', '1:02:05')}<b>Josh</b>: I see.</p><p><b>Ana</b>: Yes{stamp('x', '1:02:09')}yes.</p>"
)


def test_otranscribe_keeps_its_times_in_the_text_and_exact_ones_for_the_turns() -> None:
    draft = read("talk.otr", otr(TALK))
    assert draft.text == (
        "00:12 Josh: How did you find it?\n00:15 Ana: Through a friend.\n00:20\xa0And luck.\n"
        "1:02:05 Josh: I see.\nAna: Yes 1:02:09 yes."
    )
    assert [turn.seconds for turn in draft.turns] == [12.11, 15.988, 3725.5, None]
    assert said(draft)[1] == ("Ana", "Through a friend.\n00:20\xa0And luck.")
    assert draft.reader == "otr"


def test_the_recordings_name_is_nowhere() -> None:
    assert "Maria" not in repr(read("talk.otr", otr(TALK)))


def test_times_of_paragraphs_that_name_nobody() -> None:
    draft = read("talk.otr", otr(f"<p>{stamp('1.5', '00:01')} one</p><p>two {stamp('9.5', '00:09')} three</p>"))
    assert [(turn.speaker, turn.seconds) for turn in draft.turns] == [(-1, 1.5), (-1, None)]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"{}", "no 'text'"),
        (b"[1]", "no 'text'"),
        (otr(5), "no 'text'"),
        (otr("<p></p>"), "nobody says anything"),
        (b'{"text": "<p>a \\ud800</p>"}', "half characters"),
        (b'{"text": ' + b"[" * 200_000, "nested more deeply"),
        (b'{"text": "one', r"line 1, character 10: this is not JSON"),
        (b"<p>one</p>", "not JSON"),
    ],
)
def test_an_otr_that_is_none_is_refused_in_one_sentence(data: bytes, why: str) -> None:
    with pytest.raises(UnreadableFile, match=why) as refused:
        read("talk.otr", data)
    assert "\n" not in str(refused.value)


# --- pages made to do harm -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "<",
        "<a ",
        "<b>",
        "</a",
        "<!--",
        "<![",
        "<?",
        "&",
        "&#",
        "&#x",
        "<a b='",
        "<script>",
        '<b a="',
        "<td>",
        "<table>",
    ],
)
def test_megabytes_of_one_piece_are_read_or_refused_at_once(piece: str) -> None:
    data = f"<p>x {piece * (10_000_000 // len(piece))}".encode()
    began = time.process_time()
    if data.count(b"<") > 500_000:
        with pytest.raises(UnreadableFile, match="more than 500,000 tags"):
            read("talk.html", data)
    else:
        assert read("talk.html", data).text.startswith("x")
    assert time.process_time() - began < 4


@pytest.mark.parametrize("piece", ["<b>", "<div>", "<table><tr><td>", "<p><span style='font-weight:bold'>", "<pre>"])
def test_deep_nesting_is_flat(piece: str) -> None:
    assert page(piece * 50_000 + "deep").text.strip("\t\n") == "deep"


def test_nul_and_half_characters_in_a_page() -> None:
    draft = page("<p>one\0two &#xD800; &#0;")
    assert draft.text == "one\0two \ufffd \ufffd"
    assert warnings(draft)[0].startswith("1 control character is kept")
