"""Tables for the tests: looked at, taken in, and what is said of them."""

from dataclasses import replace

import pytest

from qualbench.errors import BadCodebook
from qualbench.model import Codebook
from qualbench.steps.codebook.files import Sheet, TableMapping, best, look, take
from tests.steps.codebook.opened import OPENS

BARE = ("sentence when not to use it", "without a definition")
"""What is said of every table that lacks whole columns."""


def sheet(data: bytes | str, name: str = "book.csv") -> Sheet:
    return best(look(name, data.encode() if isinstance(data, str) else data, OPENS))


def fields(found: Sheet) -> list[str]:
    return [str(field) for field in found.mapping.fields]


def taken(found: Sheet, mapping: TableMapping | None = None, **changes: object) -> tuple[Codebook, list[str]]:
    book, problems = take(found, replace(mapping or found.mapping, **changes))  # type: ignore[arg-type]
    return book, [str(problem) for problem in problems if not any(words in problem.message for words in BARE)]


def tree(book: Codebook) -> list[tuple[str, str]]:
    return [(code.label, code.parent) for code in book.codes]


def refused(found: Sheet, **changes: object) -> list[str]:
    with pytest.raises(BadCodebook) as caught:
        taken(found, **changes)
    return [str(problem) for problem in caught.value.problems]
