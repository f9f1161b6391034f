"""Files into transcripts: bytes in, a draft out, nothing stored.

A draft is shown before it is sealed: what was taken for speakers, what was left out and why. Each format has one
reader; the table below is the only place that knows them all.
"""

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import PurePath

from qualbench.errors import UnreadableFile
from qualbench.model import Role, Speaker
from qualbench.steps.ingest.answered import answered
from qualbench.steps.ingest.answers import AS_FOUND, Answers, BadAnswer
from qualbench.steps.ingest.captions import read_captions
from qualbench.steps.ingest.decoding import why
from qualbench.steps.ingest.docx import read_docx
from qualbench.steps.ingest.draft import Draft, Survey, SurveyDraft
from qualbench.steps.ingest.elan import read_elan
from qualbench.steps.ingest.encodings import EncodingChoice, UnknownEncoding, encodings
from qualbench.steps.ingest.html import read_html
from qualbench.steps.ingest.labels import FAMILIES, fold
from qualbench.steps.ingest.odt import read_odt
from qualbench.steps.ingest.otranscribe import read_otranscribe
from qualbench.steps.ingest.pdf import read_pdf
from qualbench.steps.ingest.plain import read_markdown, read_text
from qualbench.steps.ingest.plan import Plan
from qualbench.steps.ingest.preview import PreviewTurn, nobodys_lines, preview
from qualbench.steps.ingest.reading import File, Reader, Reading
from qualbench.steps.ingest.recognised import read_recognised
from qualbench.steps.ingest.refusals import refuse
from qualbench.steps.ingest.roles import with_roles
from qualbench.steps.ingest.rtf import read_rtf
from qualbench.steps.ingest.speech_table import read_table
from qualbench.steps.ingest.spelling import similar
from qualbench.steps.ingest.survey import drafts_of

__all__ = [
    "AS_FOUND",
    "FAMILIES",
    "SUFFIXES",
    "TABLES",
    "Answers",
    "BadAnswer",
    "Draft",
    "EncodingChoice",
    "Plan",
    "PreviewTurn",
    "Survey",
    "SurveyDraft",
    "UnknownEncoding",
    "encodings",
    "preview",
    "read",
    "read_survey",
]

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


def read(source: str, data: bytes, answers: Answers = AS_FOUND) -> Draft:
    """The draft of a transcript that a file would make; raises UnreadableFile with what to do about it.

    What a person answers changes turns and speakers. The text changes only where there is none before somebody says
    how the file is to be read: by its encoding, by its tiers, and by the names in captions that have no lines.
    """
    path = PurePath(source)
    suffix = path.suffix.lower()
    refuse(path.name, suffix, data, SUFFIXES)
    if answers.survey is not None:
        raise UnreadableFile(path.name, "the answers are those for a survey.", "Give answers for a transcript.")
    file = File(path.name, data, answers)
    reading = answered(path.name, _READERS[suffix](file), answers)
    roles = {fold(label): role for label, role in answers.roles.items()}
    speakers = with_roles(reading.labels, reading.text, reading.turns, roles)
    draft = _draft(file, path.stem, reading, speakers, sha256(data).hexdigest())
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
    file = File(path.name, data, Answers(encoding=encoding))
    found, warnings = drafts_of(file, plan)
    whole = sha256(data).hexdigest()
    documents = []
    for one in found:
        original = sha256("\n".join([whole, plan.per, one.place]).encode()).hexdigest()
        speakers = tuple(Speaker(label, Role.PARTICIPANT) for label in one.reading.labels)
        documents.append(SurveyDraft(_draft(file, one.name, one.reading, speakers, original), one.attributes))
    return Survey(tuple(documents), warnings)


def _draft(file: File, name: str, reading: Reading, speakers: tuple[Speaker, ...], original: str) -> Draft:
    return Draft(
        name=name,
        source=file.source,
        text=reading.text,
        turns=reading.turns,
        speakers=speakers,
        original=original,
        encoding=reading.encoding,
        encoding_why=why(file, reading.encoding),
        reader=reading.reader,
        family=reading.family,
        coverage=reading.coverage,
        warnings=reading.warnings,
        possible_speakers=reading.possible,
        similar_labels=(),
        words=sum(len(reading.text[turn.body : turn.end].split()) for turn in reading.turns),
        front_matter=nobodys_lines(reading.text, reading.turns),
        unparsed=reading.unparsed,
    )
