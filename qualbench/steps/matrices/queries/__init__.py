"""Boolean and proximity queries over codes: as values, as text that researchers read and write, and their places."""

from qualbench.steps.matrices.queries.finding import find
from qualbench.steps.matrices.queries.language import Both, Coded, Either, Expression, Followed, Near, Query
from qualbench.steps.matrices.queries.reading import parse
from qualbench.steps.matrices.queries.resolving import AmbiguousCode
from qualbench.steps.matrices.queries.tokens import BadQuery
from qualbench.steps.matrices.queries.writing import text, told, with_ids, with_labels

__all__ = [
    "AmbiguousCode",
    "BadQuery",
    "Both",
    "Coded",
    "Either",
    "Expression",
    "Followed",
    "Near",
    "Query",
    "find",
    "parse",
    "text",
    "told",
    "with_ids",
    "with_labels",
]
