"""The files of the trail: safe in spreadsheets, browsers and terminals, the same every time, written as they come."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import islice

import pytest

from qualbench.errors import QualbenchError
from qualbench.model import Thing, TrailClass, TrailEntry
from qualbench.steps.trail import SUFFIXES, Heading, UnknownEnding, chunks, hashes

EVIL = "=cmd|' /C calc'!A0 <script>alert(1)</script> \x1b[2J \u202e [/x] {{ 7 * 7 }} \x00 \r\n\n next"
HEAD = Heading("Trail of =1+1 <b>", "ana")


def entry(what: str = "did it", n: int = 0) -> TrailEntry:
    things = (Thing("code", "HOPE", what),)
    return TrailEntry(
        "2026-01-05T09:00:00.000000Z", what, what, what, things, TrailClass.RAW, n == 1, "s", f"{n:064x}", n
    )


def file(suffix: str, *entries: TrailEntry) -> bytes:
    return b"".join(chunks(entries, suffix, HEAD))


def test_a_table_holds_every_line_and_no_formula() -> None:
    text = file(".csv", entry(EVIL), entry(n=1)).decode("utf-8-sig")
    head, first, second = csv.reader(io.StringIO(text, newline=""))
    assert head == ["when (UTC)", "who", "class", "what", "why", "about", "undone", "step", "hash"]
    assert first[1].startswith("'=cmd")
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in (*first, *second))
    assert (second[2], second[6], second[8]) == ("raw data", "undone", f"{1:064x}")


class Page(HTMLParser):
    """The tags and the words of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not any(name.startswith("on") or name in ("src", "href") for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.words += data


def test_a_page_runs_nothing_and_asks_for_nothing() -> None:
    text = file(".html", entry(EVIL), entry(n=1)).decode()
    page = Page(text)
    assert not {"script", "link", "img", "iframe"} & set(page.tags)
    assert page.tags.count("tr") == 3
    assert "<script>alert(1)</script>" in page.words
    assert "{{ 7 * 7 }}" in page.words
    assert "default-src 'none'" in text
    assert not set("\x00\x1b") & set(text)


def test_plain_text_can_be_printed() -> None:
    text = file(".txt", entry(EVIL), entry(n=1)).decode()
    assert not [letter for letter in text if letter < " " and letter != "\n"]
    assert "\u202e" not in text
    assert "did it did it. [undone]" in text
    assert f"hash: {1:064x}" in text


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_same_lines_give_the_same_bytes_and_are_never_held_whole(suffix: str) -> None:
    assert file(suffix, entry(), entry(n=1)) == file(suffix, entry(), entry(n=1))
    taken = 0

    def without_end() -> Iterator[TrailEntry]:
        nonlocal taken
        while True:
            taken += 1
            yield entry(n=taken)

    assert len(list(islice(chunks(without_end(), suffix, HEAD), 40))) == 40
    assert 0 < taken <= 40


def test_the_hashes_are_read_back_from_a_table() -> None:
    without = TrailEntry("", "", "", "", (), TrailClass.RAW)
    assert hashes(file(".csv", entry(n=1), without, entry(n=2)).decode()) == (f"{1:064x}", f"{2:064x}")
    with pytest.raises(QualbenchError, match="no column 'hash'"):
        hashes("a,b\n1,2\n")


def test_other_endings_are_refused_in_a_sentence() -> None:
    with pytest.raises(UnknownEnding, match=r"\.csv, \.html, \.txt"):
        chunks([], ".docx", HEAD)
