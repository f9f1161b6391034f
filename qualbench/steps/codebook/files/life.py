"""The life of a code as a document: what it means now, and all that happened to it, in order (methods.md 1.6)."""

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from qualbench.errors import UsageError
from qualbench.model import Code
from qualbench.steps.codebook.biography import Entry as Event
from qualbench.steps.codebook.biography import Moment
from qualbench.steps.codebook.files.appendix import Entry
from qualbench.steps.codebook.files.docx import as_docx
from qualbench.steps.codebook.files.markdown import as_markdown

ENDINGS = (".md", ".docx")
_SAID = (Moment.PROPERTY, Moment.QUESTION)
"""Moments whose sentence says all that was written."""


def write_life(code: Code, life: Sequence[Event], name: str) -> bytes:
    """The bytes of a file; the ending of its name says which kind."""
    ending = PurePath(name).suffix.lower()
    known(ending)
    told = [*_told(code, life)]
    return as_markdown(told) if ending == ".md" else as_docx(told, code.label, life[-1].at if life else "")


def known(ending: str) -> None:
    """Refuse an ending that no writer has, before anything is gathered."""
    if ending.lower() not in ENDINGS:
        raise UsageError(
            f"The life of a code can not be written to a file that ends in '{ending}'.",
            f"Known endings are: {', '.join(ENDINGS)}",
        )


def _told(code: Code, life: Sequence[Event]) -> Iterator[Entry]:
    yield Entry("title", f"The life of {code.label}")
    yield Entry("subtitle", f"Code {code.id}, {code.status}")
    if words := code.definition_short or code.definition:
        yield Entry("field", words, called="Now")
    for title, kind in (("Properties", Moment.PROPERTY), ("Open questions", Moment.QUESTION)):
        if found := [one for one in life if one.kind is kind]:
            yield Entry("heading", title)
            for one in found:
                yield Entry("bullet", f"{one.words} ({one.actor}, {one.at[:10]})")
    yield Entry("heading", "What happened")
    for one in life:
        yield Entry("field", one.sentence, called=one.at[:10])
        if one.words and one.kind not in _SAID:
            yield Entry("quote", one.words)
    if not life:
        yield Entry("field", "Nothing yet: it is in the draft only.")
