"""Files into transcripts: bytes in, a draft out, nothing stored.

A draft is shown before it is sealed: what was taken for speakers, what was left out and why. Each format has one
reader; the table below is the only place that knows them all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import PurePath

from qualbench.errors import Problem, UnreadableFile
from qualbench.model import Role, Speaker, Turn
from qualbench.steps.ingest.captions import read_captions
from qualbench.steps.ingest.docx import read_docx
from qualbench.steps.ingest.elan import read_elan
from qualbench.steps.ingest.html import read_html
from qualbench.steps.ingest.odt import read_odt
from qualbench.steps.ingest.otranscribe import read_otranscribe
from qualbench.steps.ingest.pdf import read_pdf
from qualbench.steps.ingest.plain import read_markdown, read_text
from qualbench.steps.ingest.reading import File, Reader, Reading
from qualbench.steps.ingest.recognised import read_recognised
from qualbench.steps.ingest.refusals import refuse
from qualbench.steps.ingest.roles import with_roles
from qualbench.steps.ingest.rtf import read_rtf
from qualbench.steps.ingest.speech_table import read_table
from qualbench.steps.ingest.spelling import similar
from qualbench.steps.ingest.survey import Plan, drafts_of

_READERS: Mapping[str, Reader] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".docx": read_docx,
    ".vtt": read_captions,
    ".srt": read_captions,
    ".odt": read_odt,
    ".rtf": read_rtf,
    ".html": read_html,
    ".htm": read_html,
    ".otr": read_otranscribe,
    ".json": read_recognised,
    ".eaf": read_elan,
    ".pdf": read_pdf,
    ".csv": read_table,
    ".tsv": read_table,
    ".xlsx": read_table,
}
SUFFIXES = tuple(_READERS)
"""The suffixes of files that can be read, in lower case."""
TABLES = (".csv", ".tsv", ".xlsx")
"""The suffixes of files that may be surveys."""


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


def read(
    source: str,
    data: bytes,
    *,
    encoding: str | None = None,
    one_speaker: bool = False,
    tiers: tuple[str, ...] = (),
) -> Draft:
    """The draft of a transcript that a file would make; raises UnreadableFile with what to do about it.

    `tiers` are the ids of the tiers that are speech, in a file that has tiers; none given, they are guessed.
    """
    path = PurePath(source)
    suffix = path.suffix.lower()
    refuse(path.name, suffix, data, SUFFIXES)
    reading = _READERS[suffix](File(path.name, data, encoding, one_speaker, tiers))
    speakers = with_roles(reading.labels, reading.text, reading.turns)
    draft = _draft(path, path.stem, reading, speakers, sha256(data).hexdigest())
    draft = replace(draft, similar_labels=similar(reading.labels, reading.possible))
    if not draft.words:
        raise UnreadableFile(path.name, "nobody says anything in it.", "Check that it is the right file.")
    return draft


def read_survey(source: str, data: bytes, plan: Plan, *, encoding: str | None = None) -> Survey:
    """The drafts that a survey (.csv, .tsv, .xlsx) makes by a plan; raises UnreadableFile with what to do about it.

    Every respondent is a participant. A document's `original` is the SHA-256 of the file's SHA-256, the sheet and the
    row or column it comes from, so that each has its own and the same one again when the file is read again.
    """
    path = PurePath(source)
    suffix = path.suffix.lower()
    refuse(path.name, suffix, data, TABLES)
    found, warnings = drafts_of(File(path.name, data, encoding), plan)
    whole = sha256(data).hexdigest()
    documents = []
    for one in found:
        original = sha256("\n".join([whole, plan.per, one.place]).encode()).hexdigest()
        speakers = tuple(Speaker(label, Role.PARTICIPANT) for label in one.reading.labels)
        documents.append(SurveyDraft(_draft(path, one.name, one.reading, speakers, original), one.attributes))
    return Survey(tuple(documents), warnings)


def _draft(path: PurePath, name: str, reading: Reading, speakers: tuple[Speaker, ...], original: str) -> Draft:
    return Draft(
        name=name,
        source=path.name,
        text=reading.text,
        turns=reading.turns,
        speakers=speakers,
        original=original,
        encoding=reading.encoding,
        reader=reading.reader,
        family=reading.family,
        coverage=reading.coverage,
        warnings=reading.warnings,
        possible_speakers=reading.possible,
        similar_labels=(),
        words=sum(len(reading.text[turn.body : turn.end].split()) for turn in reading.turns),
    )
