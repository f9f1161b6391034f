"""Suggestions: places that hold a phrase of a code's examples, or of the coder's own earlier codings.

A suggestion is a question to the coder. Nothing here puts a code on a place, and nothing reads another coder's work.
"""

from qualbench.steps.suggesting.language import How
from qualbench.steps.suggesting.matching import Suggester
from qualbench.steps.suggesting.phrases import OWN_PER_CODE, Phrase, Source, phrases
from qualbench.steps.suggesting.suggestions import CodedPlace, Suggestion, open_suggestions, placed

__all__ = [
    "OWN_PER_CODE",
    "CodedPlace",
    "How",
    "Phrase",
    "Source",
    "Suggester",
    "Suggestion",
    "open_suggestions",
    "phrases",
    "placed",
]
