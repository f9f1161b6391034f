"""What Typst is given: a source in which no word of a participant acts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import pytest

from qualbench.errors import QualbenchError
from qualbench.steps.pack import typst

ACTING = 'say "#read(\\"/etc/passwd\\")" $x$ *b* _i_ @ref <tag> // c /* d [e] `f` \\ = g\nnext'


@dataclass
class Block:
    kind: str
    text: str = ""
    level: int = 3
    source: str = "P1"
    items: tuple[str, ...] = ()
    caption: str = "A table"
    header: tuple[str, ...] = ("a", "b")
    rows: tuple[tuple[str, ...], ...] = ()
    widths: tuple[int, ...] = (1, 2)
    numeric: frozenset[int] = field(default_factory=frozenset)

    @property
    def parts(self) -> tuple[tuple[str, bool], ...]:
        return ((self.text[:3], False), (self.text[3:], True))


@dataclass
class Section:
    title: str
    blocks: tuple[Any, ...]
    wide: bool = False


@dataclass
class Page:
    title: str
    subtitle: str
    sections: tuple[Section, ...]
    language: str = "de"
    contents: str = "Inhalt"


def page() -> Page:
    blocks = (
        Block("heading", ACTING), Block("paragraph", ACTING), Block("bullets", items=(ACTING, "two")),
        Block("quotation", ACTING, source=ACTING), Block("table", rows=((ACTING, "1"),), numeric=frozenset({1})),
    )  # fmt: skip
    return Page(ACTING, "2026", (Section(ACTING, blocks), Section("Wide", (Block("paragraph", "x"),), wide=True)))


def test_outside_of_strings_there_is_nothing_that_anybody_said() -> None:
    source = typst.source(page(), "2026-01-05")
    outside = re.sub(r'"(?:[^"\\\n]|\\.)*"', '""', source)
    for words in ("read", "passwd", "$x$", "@ref", "<tag>", "`f`", "next"):
        assert words not in outside
    assert source.count("passwd") == 9, "once in each of nine places"


def test_a_kind_of_block_that_is_not_known_is_refused_by_name() -> None:
    with pytest.raises(QualbenchError, match="no way to show the diagram"):
        typst.source(Page("t", "s", (Section("x", (Block("diagram"),)),)), "2026-01-05")


def test_the_pdf_says_the_words_and_is_the_same_twice() -> None:
    pytest.importorskip("typst")
    pdfium = pytest.importorskip("pypdfium2")
    body = typst.pdf(page(), "2026-01-05")
    document = pdfium.PdfDocument(body)
    words = document[0].get_textpage().get_text_range()
    assert "$x$ *b* _i_ @ref <tag>" in " ".join(words.split())
    assert document[1].get_width() > document[1].get_height(), "wide sections lie on their side"
    assert document.get_metadata_dict()["CreationDate"].startswith("D:20260105")
    assert typst.pdf(page(), "2026-01-05") == body
