"""What a file would become, as it is shown to a person before it is sealed; nothing is stored yet."""

from collections.abc import Mapping
from dataclasses import dataclass

from qualbench.errors import Problem
from qualbench.model import Speaker, Turn
from qualbench.steps.ingest.answers import Lines


@dataclass(frozen=True, slots=True)
class Draft:
    """What a file would become; nothing is stored yet."""

    name: str
    """The transcript's name: the file's name without its suffix."""
    source: str
    """The file's name."""
    text: str
    """Canonical text, exactly what is sealed."""
    turns: tuple[Turn, ...]
    speakers: tuple[Speaker, ...]
    """With a guessed role each; nobody is assigned to a participant yet."""
    original: str
    """SHA-256 of the file's bytes, in hex."""
    encoding: str
    """Such as "utf-8" or "utf-16"; empty for formats that say it themselves."""
    encoding_why: str
    """Why it was taken: "BOM", "strict UTF-8", "chosen" or "declared in the file"; empty when there is none."""
    reader: str
    family: str
    """Which family of labels was found, such as "Name: text"; empty when nobody is named."""
    coverage: float
    """Share of the lines that are not blank (of captions: of the cues) which begin with such a label, 0 to 1."""
    warnings: tuple[Problem, ...]
    """What was left out, kept or is doubtful."""
    possible_speakers: tuple[str, ...]
    """Labels used once and not taken as speakers."""
    similar_labels: tuple[tuple[str, str], ...]
    """Labels that may be one speaker spelt in two ways."""
    words: int
    """Words spoken: labels, times and title pages are not counted."""
    front_matter: tuple[Lines, ...]
    """Lines with words that are nobody's speech (title pages, headings, signatures); 1-based, both ends inside."""
    unparsed: int
    """Lines of the file that could not be read as what they should be; each is among the warnings."""


@dataclass(frozen=True, slots=True)
class SurveyDraft:
    """One document of a survey, with the attributes of each respondent in it by speaker label."""

    draft: Draft
    attributes: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Survey:
    """What a survey would become; nothing is stored yet."""

    documents: tuple[SurveyDraft, ...]
    warnings: tuple[Problem, ...]
    """What is doubtful in the file as a whole, said once and not for each document."""
