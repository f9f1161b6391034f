"""Packets: a participant's own words with the numbers of their lines, and nobody else's."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.errors import UsageError
from qualbench.model import CheckKind, Quote, Role, SegmentRule, Speaker, Theme, Transcript, Turn
from qualbench.steps.members import Packet, findings, interview, render

SAID = (
    ("M", "Who begins?"), ("Ann", "I do.\nI was there."), ("Bea", "SECRET of Bea"), ("M", "And then?"),
    ("Ann", "We met."), ("X", "nobody knows who"),
)  # fmt: skip


def group() -> Transcript:
    text, turns = "", []
    names = ["M", "Ann", "Bea"]
    for who, words in SAID:
        start = len(text)
        text += f"{who}: "
        turns.append(Turn(start, len(text), len(text) + len(words), names.index(who) if who in names else -1))
        text += f"{words}\n"
    speakers = (
        Speaker("M", Role.INTERVIEWER), Speaker("Ann", Role.PARTICIPANT, "P1"), Speaker("Bea", Role.PARTICIPANT, "P2"),
    )  # fmt: skip
    return Transcript("t", "group", text, tuple(turns), speakers, (), SegmentRule.TURN, 2)


def test_own_words_have_the_numbers_of_their_lines_and_others_are_only_named_as_others() -> None:
    part = interview(group(), "P1")
    assert [(line.number, line.who, line.words) for line in part.lines] == [
        (1, "question", "Who begins?"),
        (2, "own", "I do."),
        (3, "own", "I was there."),
        (4, "other", "[another participant]"),
        (5, "question", "And then?"),
        (6, "own", "We met."),
        (7, "other", "[somebody else]"),
    ]
    assert (part.name, part.version) == ("group", 2)


def test_questions_can_be_left_out_and_the_numbers_stay() -> None:
    part = interview(group(), "P1", questions=False)
    assert [line.number for line in part.lines if line.who == "own"] == [2, 3, 6]
    assert "question" not in {line.who for line in part.lines}


def quote(words: str, *, text: str = "") -> Quote:
    start = group().text.index(words)
    return Quote(words, "theme", "t", start, start + len(words), text or words, "P1")


def test_findings_have_own_quotes_only_and_only_as_the_transcript_has_them() -> None:
    across = "We met.\nX: nobody"
    quotes = tuple(quote(one) for one in ("I was there.", "SECRET of Bea", across, "Who begins?"))
    stale = quote("We met.", text="We have met.")
    themes = [
        Theme("theme", "Meeting", "They meet.", (), (*quotes, stale)),
        Theme("under", "Gates", "", (), (), parent="theme"),
    ]
    found = findings(themes, {"t": group()}, "P1")
    assert [(one.name, one.depth, one.quotes) for one in found] == [
        ("Meeting", 0, (("group", 3, "I was there."),)), ("Gates", 1, ()),
    ]  # fmt: skip


@pytest.mark.parametrize("suffix", [".md", ".docx"])
def test_a_packet_has_the_same_bytes_every_time_and_no_word_of_anybody_else(suffix: str) -> None:
    packet = Packet("P1", CheckKind.TRANSCRIPT, "2026-03-01", (interview(group(), "P1"),))
    made = render(packet, suffix)
    assert made == render(packet, suffix)
    text = made.decode() if suffix == ".md" else _document(made)
    assert "I was there." in text
    assert "another participant" in text
    assert "SECRET" not in text
    assert "Bea" not in text
    assert "nobody knows" not in text
    assert "Who begins?" in text


def _document(made: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        return file.read("word/document.xml").decode()


def test_an_ending_that_no_packet_has_is_refused() -> None:
    with pytest.raises(UsageError, match=r"ends in '.pdf'"):
        render(Packet("P1", CheckKind.TRANSCRIPT, "2026-03-01"), ".pdf")


@given(
    st.lists(st.tuples(st.sampled_from(["Ann", "Bea", "M"]), st.text("abc \n", min_size=1, max_size=12)), max_size=8)
)
def test_no_letter_of_another_participant_gets_in(said: list[tuple[str, str]]) -> None:
    """Whatever is said in whatever order: Bea's words are capitals, and the packet for Ann has none."""
    text, turns = "", []
    for who, words in said:
        start, here = len(text), words.upper() if who == "Bea" else words
        turns.append(Turn(start, start, start + len(here), ["M", "Ann", "Bea"].index(who)))
        text += f"{here}\n"
    whole = Transcript("t", "t", text, tuple(turns), group().speakers, (), SegmentRule.TURN)
    lines = interview(whole, "P1").lines
    assert not any(char.isupper() for line in lines for char in line.words)
    for line in lines:
        if line.who != "other":
            assert text.split("\n")[line.number - 1].strip() == line.words
