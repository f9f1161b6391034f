"""How a team wants its report to look and speak: language, decimals, quote labels, a Word template, own templates."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from qualbench.steps.report.words import Language, Words


class Decimal(StrEnum):
    """What stands before decimals in text and tables; never in csv."""

    OF_LANGUAGE = "language"
    """A point in English, a comma in the other languages."""
    POINT = "point"
    COMMA = "comma"


ROLES: Mapping[str, str] = {
    "Title": "Title",
    "Subtitle": "Subtitle",
    "Heading 1": "Heading 1",
    "Heading 2": "Heading 2",
    "Heading 3": "Heading 3",
    "Normal": "Normal",
    "List Bullet": "List Bullet",
    "Quote": "Quote",
    "Caption": "Caption",
    "Table Grid": "Table Grid",
    "Table Text": "Table Text",
}
"""The named styles a document uses; a look may give each another name of its template."""


@dataclass(frozen=True, slots=True)
class WordTemplate:
    """A Word document or template whose styles, page and headers a report takes."""

    name: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Look:
    """A team's choices; without any, the report is in English and looks as the program makes it."""

    language: Language = Language.ENGLISH
    decimal: Decimal = Decimal.OF_LANGUAGE
    quote_label: str = ""
    """A pattern such as '({label}, {gender}, {age})'; empty for the label, chosen attributes and the place."""
    attributes: tuple[str, ...] = ()
    """What is told of participants beside the label."""
    yielded: bool = False
    """Whether the decision log says who gave way."""
    styles: Mapping[str, str] = field(default_factory=dict)
    """Own names for the named styles of a document."""
    template_name: str = ""
    """The Word template's path in the study's folder."""
    template: WordTemplate | None = None
    files: Mapping[str, str] = field(default_factory=dict)
    """Own templates by name, for instance 'report.html', in place of the built-in ones."""

    @property
    def words(self) -> Words:
        """How the report speaks."""
        comma = self.decimal is Decimal.COMMA or (
            self.decimal is Decimal.OF_LANGUAGE and self.language is not Language.ENGLISH
        )
        return Words(self.language, comma)
