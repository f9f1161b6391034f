"""Text that does not say how it is encoded: nothing is guessed, a person sees how it would read and chooses."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.errors import UnreadableFile
from qualbench.steps.ingest import Answers, EncodingChoice, UnknownEncoding, encodings, read

TALK = "I: Wie geht es?\nP1: Schön.\nI: Schön?\nP1: “Ja”, groß.\n"

PAGE = b'<meta charset="iso-8859-1"><p>I: Sch\xf6n?<p>P1: Ja'


def choices(data: bytes) -> dict[str, tuple[str, ...]]:
    return {choice.name: choice.lines for choice in encodings(data)}


def test_a_file_that_is_not_utf_8_comes_with_its_choices() -> None:
    with pytest.raises(UnknownEncoding, match=r"line 2, byte 8 \(0xf6\) is not UTF-8.*--encoding cp1252") as asked:
        read("a.txt", TALK.encode("cp1252"))
    assert isinstance(asked.value, UnreadableFile)
    assert asked.value.choices == encodings(TALK.encode("cp1252"))
    assert asked.value.choices[0] == EncodingChoice("cp1252", ("P1: Schön.", "P1: “Ja”, groß."))


def test_the_same_lines_are_shown_in_every_encoding() -> None:
    shown = choices(TALK.encode("cp1252"))
    assert shown["mac_roman"] == ("P1: Schˆn.", "P1: ìJaî, groﬂ.")
    assert shown["cp1250"] == ("P1: Schön.", "P1: “Ja”, groß.")
    assert shown["latin-1"] == ("P1: Schön.", "P1: \ufffdJa\ufffd, groß.")  # control characters there, made visible
    assert choices("Dvořák".encode("cp1250"))["cp1250"] == ("Dvořák",)
    assert choices("Ça va à Paris".encode("mac_roman"))["mac_roman"] == ("Ça va à Paris",)


def test_a_line_is_shown_only_for_a_letter_that_was_not_there_yet() -> None:
    text = "\n".join(["é", "é again", "è", "plain", "ê é", "ë", "ü", "ö"])
    assert choices(text.encode("cp1252"))["cp1252"] == ("é", "è", "ê é", "ë", "ü")


def test_an_encoding_in_which_the_bytes_are_nothing_is_not_offered() -> None:
    assert "cp1252" not in choices(b"caf\x81")
    assert "mac_roman" in choices(b"caf\x81")
    assert not {"utf-16-le", "utf-16-be"} & choices(b"caf\xe9s").keys()


@pytest.mark.parametrize("text", ["I: Hello you\nP1: Yes\n", TALK])
def test_utf_16_without_its_mark_offers_only_what_it_may_be(text: str) -> None:
    with pytest.raises(UnknownEncoding) as asked:
        read("a.txt", text.encode("utf-16-le"))
    names = [choice.name for choice in asked.value.choices]
    assert "utf-16-le" in names
    assert not {"cp1252", "mac_roman", "cp1250", "latin-1"} & set(names)


def test_a_long_line_is_shown_around_its_letter_and_safe() -> None:
    line = "a" * 5_000 + " \x1b é " + "b" * 5_000
    (shown,) = choices(f"x\n{line}\n".encode("cp1252"))["cp1252"]
    assert "␛ é" in shown
    assert len(shown) <= 102
    assert (shown[0], shown[-1]) == ("…", "…")


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16-le", "utf-16-be"])
def test_a_letter_far_down_in_a_huge_file_is_shown_soon(encoding: str) -> None:
    data = ("plain\n" * 500_000 + "Schön\n" + "é\n" * 500_000).encode(encoding)
    began = time.process_time()
    assert choices(data)[encoding][0] == "Schön"
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    ("name", "data", "answers", "encoding", "why"),
    [
        ("a.txt", TALK.encode(), Answers(), "utf-8", "strict UTF-8"),
        ("a.txt", TALK.encode("utf-8-sig"), Answers(), "utf-8 with BOM", "BOM"),
        ("a.txt", TALK.encode("utf-16"), Answers(), "utf-16", "BOM"),
        ("a.txt", TALK.encode("cp1252"), Answers(encoding="cp1252"), "cp1252", "chosen"),
        ("a.html", PAGE, Answers(), "iso-8859-1", "declared in the file"),
        ("a.rtf", rb"{\rtf1\ansi\ansicpg1252 I: Sch\'f6n?\par P1: Ja\par}", Answers(encoding="cp1250"), "", ""),
    ],
)  # fmt: skip
def test_a_draft_says_why_it_was_read_so(name: str, data: bytes, answers: Answers, encoding: str, why: str) -> None:
    draft = read(name, data, answers)
    assert (draft.encoding, draft.encoding_why) == (encoding, why)
    assert "Schön" in draft.text


def test_a_chosen_encoding_that_does_not_fit_shows_the_choices_again() -> None:
    with pytest.raises(UnknownEncoding, match="is not ASCII") as asked:
        read("a.txt", TALK.encode("cp1252"), Answers(encoding="ascii"))
    assert asked.value.choices[0].name == "cp1252"


@given(st.text(alphabet="aé“ßÿ \n", min_size=1))
def test_the_right_encoding_is_always_among_the_choices_and_can_be_chosen(text: str) -> None:
    data = f"I: {text}\nP1: yes é\n".encode("cp1252")
    assert "cp1252" in choices(data)
    assert "é" in read("a.txt", data, Answers(encoding="cp1252")).text


@given(st.binary(max_size=200))
def test_any_bytes_have_choices_that_read_them(data: bytes) -> None:
    for choice in encodings(data):
        assert data.decode(choice.name)
        assert len(choice.lines) <= 5
