"""How a survey becomes documents: what a person says, because nobody can tell it from the file."""

from dataclasses import dataclass
from typing import Literal

PER = Literal["respondent", "question"]
"""What becomes one document each."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a survey becomes documents; columns by name (or by letter, as a spreadsheet shows them)."""

    per: PER
    text_columns: tuple[str, ...]
    id_column: str = ""
    """Who answers; empty when the row's number is all there is."""
    attribute_columns: tuple[str, ...] = ()
    sheet: str = ""
    """Of a workbook; empty for the first sheet with rows."""
