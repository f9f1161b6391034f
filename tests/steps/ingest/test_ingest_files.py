"""Any file at all: encodings, files that are something else, and bytes that no program wrote."""

import time
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualbench.errors import UnreadableFile
from qualbench.steps.ingest import Answers, Draft, read
from tests.steps.ingest.book_files import xlsx
from tests.steps.ingest.word_files import b, document, docx, p, packed, table

TALK = "I: Ça va, Zoë?\r\nP1: Très bien \U0001f600.\r\nI: Why?\r\nP1: e\u0301 stays two.\r\n"
CLEAN = TALK.replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TALK.encode(), "utf-8"),
        (TALK.encode("utf-8-sig"), "utf-8 with BOM"),
        (TALK.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + TALK.encode("utf-16-be"), "utf-16"),
        (TALK.encode("utf-32"), "utf-32"),
        (TALK.replace("\r\n", "\r").encode(), "utf-8"),
    ],
)
def test_text_is_sealed_with_line_feeds_and_otherwise_untouched(data: bytes, encoding: str) -> None:
    draft = read("folder/p 01.v2.txt", data)
    assert (draft.text, draft.encoding) == (CLEAN, encoding)
    assert (draft.name, draft.source, draft.reader) == ("p 01.v2", "p 01.v2.txt", "txt")
    assert draft.original == sha256(data).hexdigest()


def test_an_encoding_is_asked_for_and_never_guessed() -> None:
    data = "I: Hello\nP1: déjà vu\n".encode("cp1252")
    with pytest.raises(UnreadableFile, match=r"line 2, byte 6 \(0xe9\) is not UTF-8.*--encoding cp1252"):
        read("a.txt", data)
    draft = read("a.txt", data, Answers(encoding="cp1252"))
    assert (draft.text, draft.encoding) == ("I: Hello\nP1: déjà vu\n", "cp1252")


@pytest.mark.parametrize("encoding", ["no-such", "rot13", "ascii", "utf-32", "idna"])
def test_an_encoding_that_does_not_fit_is_refused(encoding: str) -> None:
    with pytest.raises(UnreadableFile, match="--encoding"):
        read("a.txt", "déjà vu\n".encode(), Answers(encoding=encoding))


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \r\n\t", "empty"),
        ("a.txt", b"I: \nP1: \nI:\nP1:\n", "nobody says anything"),
        ("a.vtt", b"WEBVTT\n\nNOTE x\n", "nobody says anything"),
        ("a.txt", docx(p("x")), "is a Word document.* .docx"),
        ("a.docx", xlsx({"S": [["x"]]}), "is an Excel workbook.* .xlsx"),
        ("a.xlsx", docx(p("x")), "is a Word document.* .docx"),
        ("a.txt", b"PK\x03\x04 something", "zip"),
        ("a.md", b"%PDF-1.7 ...", "PDF"),
        ("a.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1xx", "old Word"),
        ("a.txt", b"{\\rtf1 x}", "RTF"),
        ("a.srt", bytes(range(32)) * 9, "not text"),
        ("a.txt", "Hello you".encode("utf-16-le"), "--encoding utf-16-le"),
        ("a.doc", b"x", ".docx"),
        ("a.pdf", b"x", "PDF"),
        ("a.mp3", b"x", "Transcribe it first"),
        ("a.JPG", b"x", "picture"),
        ("a.xyz", b"x", "Readable are .txt, .md, .docx, .vtt, .srt"),
        ("a", b"x", "can not be read"),
    ],
)
def test_a_file_that_is_something_else_is_refused_with_advice(name: str, data: bytes, why: str) -> None:
    with pytest.raises(UnreadableFile, match=why) as refused:
        read(name, data)
    assert "\n" not in str(refused.value)


def test_half_characters_are_refused() -> None:
    with pytest.raises(UnreadableFile, match="half characters"):
        read("a.txt", b"I: hello +2AA- you", Answers(encoding="utf-7"))


def test_control_characters_are_kept_and_reported() -> None:
    text = "I: A question which is long enough?\nP1: An\x00 answer \x1b[31m which is long enough too\n"
    draft = read("a.txt", text.encode())
    assert draft.text == text
    assert [(problem.line, problem.message[:20]) for problem in draft.warnings] == [(2, "2 control characters")]


# --- bytes that no program wrote -------------------------------------------------------------------------------

SEEDS = {
    ".txt": b"Title: x\n\nI: So (00:12): well?\n[00:01] P1: **Yes** [laughs]\n\nP2  00:13\nx\n00:14 P3\n[A] b\n",
    ".md": b"---\na: b\n---\n# H\n**I:** \\[00:01\\] x\n\n**P:** y\n## Z\n**I** z\nTranscribed by https://otter.ai",
    ".vtt": b"WEBVTT\n\nNOTE x\n\n1\n00:01.000 --> 00:02.000\n<v A B>x &amp; <5</v><v C>y\n\n00:03,0 --> 00:04\nz",
    ".srt": b"1\n00:00:01,000 --> 00:00:02,000\n[A] x\n2\n00:00:03,000 --> 00:00:04,000\nB: <i>y</i>\n\nz\n",
    ".docx": document(p(b("I"), " x?") + table(("I", "a"), ("P", "b"), ("I", "c")) + p("00:01 P") + p("P: y")).encode(),
}
SCRAPS = "\n|\r\n| |:|00:01|-->|<v |</v>|&#0;|\0|I: |P1: |[|]|**|\u00a0|\u2028|\ufeff|NOTE|<w:p>|</w:p>|\x1c|#|{"
NOISE = st.sampled_from(SCRAPS.split("|")).map(str.encode)


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, bytes]:
    suffix = draw(st.sampled_from(sorted(SEEDS)))
    data = SEEDS[suffix] * draw(st.integers(1, 3)) if suffix != ".docx" else SEEDS[suffix]
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(data)))
        data = data[:at] + draw(NOISE | st.binary(max_size=3)) + data[at + draw(st.integers(0, 8)) :]
    if suffix == ".docx" and draw(st.booleans()):
        whole = packed(data)
        at = draw(st.integers(0, len(whole)))
        return suffix, whole[:at] + draw(st.binary(max_size=4)) + whole[at + draw(st.integers(0, 4)) :]
    return suffix, packed(data) if suffix == ".docx" else data


def check_spans(draft: Draft) -> None:
    position = 0
    for turn in draft.turns:
        assert position <= turn.start <= turn.body <= turn.end <= len(draft.text)
        assert -1 <= turn.speaker < len(draft.speakers)
        words = draft.text[turn.body : turn.end]
        assert words == words.strip()
        position = turn.end
    assert "\r" not in draft.text
    assert not draft.text.startswith("\ufeff")
    assert 0 <= draft.coverage <= 1


@settings(max_examples=400, deadline=None)
@given(mutated(), st.booleans())
def test_any_bytes_make_a_draft_or_a_sentence(file: tuple[str, bytes], one_speaker: bool) -> None:
    suffix, data = file
    try:
        draft = read(f"a{suffix}", data, Answers(one_speaker=one_speaker))
    except UnreadableFile:
        return
    check_spans(draft)


@pytest.mark.parametrize(
    "piece", ["a", ":", "I: ", "[", "(00:", "<v ", "&", " ", "**", "\\[", "-->", "00:01 --> 00:02 "]
)
@pytest.mark.parametrize("suffix", [".txt", ".vtt"])
def test_a_line_of_megabytes_takes_no_time(piece: str, suffix: str) -> None:
    data = f"x\n00:01.000 --> 00:02.000\n{piece * (2_000_000 // len(piece))}\nI: x".encode()
    began = time.process_time()
    check_spans(read(f"a{suffix}", data))
    assert time.process_time() - began < 2


def test_ten_hours_of_captions_and_many_interviews_take_no_time() -> None:
    words = "word " * 9
    cues = "".join(
        f"{n}\n{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}.000 --> 09:00:00.000\n<v S{n // 9 % 3}>{words}</v>\n\n"
        for n in range(0, 36_000, 3)
    )
    talk = "".join(f"I: {'word ' * 20}?\nP1: {'word ' * 180}.\n" for _ in range(40))
    began = time.process_time()
    assert read("a.vtt", f"WEBVTT\n\n{cues}".encode()).words == 12_000 * 9
    for _ in range(20):
        read("a.txt", talk.encode())
    assert time.process_time() - began < 2
