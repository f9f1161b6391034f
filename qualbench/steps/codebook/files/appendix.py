"""A codebook as an appendix to be read: the same order of headings, fields and examples for Markdown and for Word."""

from collections.abc import Iterator
from dataclasses import dataclass

from qualbench.model import Code, Codebook
from qualbench.steps.codebook.codes import HEADINGS
from qualbench.steps.codebook.files.prose import TEXTS, values
from qualbench.steps.codebook.lifecycle import state_of
from qualbench.text import counted, one_line

_QUOTED = frozenset({"examples", "near_miss"})
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """A paragraph of the appendix."""

    style: str
    """title, subtitle, heading, field, quote or bullet."""
    text: str
    called: str = ""
    """What the text is, to stand before it."""
    level: int = 1
    """Of a heading."""


def entries(book: Codebook) -> Iterator[Entry]:
    """The appendix from its title to the list of changes."""
    applied = [code for code in book.codes if code.kind not in HEADINGS]
    about = ", ".join(filter(None, (f"version {book.version}", book.date, counted(len(applied), "code"))))
    yield Entry("title", one_line(book.title))
    yield Entry("subtitle", f"Codebook, {about}")
    for code in book.codes:
        yield from _code(book, code)
    if book.changelog:
        yield Entry("heading", "Changes")
        yield from (Entry("bullet", line) for line in book.changelog)


def _code(book: Codebook, code: Code) -> Iterator[Entry]:
    depth = min(len(book.path(code.id)), _DEEPEST - 1)
    state = "" if code.status == "active" else f", {state_of(code, book)}"
    yield Entry("heading", f"{one_line(code.label)} ({code.id}{state})", level=depth)
    for name, called in TEXTS.items():
        for text in values(code, name):
            yield Entry("quote" if name in _QUOTED else "field", text, called)
    if code.group:
        others = [other.label for other in book.codes if other.group == code.group and other.id != code.id]
        yield Entry("field", ", ".join(others) or one_line(code.group), "Not together with")
