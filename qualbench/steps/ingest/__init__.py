"""Files into transcripts: bytes in, a draft out, nothing stored.

A draft is shown before it is sealed: what was taken for speakers, what was left out and why. Each format has one
reader; the table below is the only place that knows them all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePath

from qualbench.errors import Problem, UnreadableFile
from qualbench.model import Speaker, Turn
from qualbench.steps.ingest.captions import read_captions
from qualbench.steps.ingest.docx import read_docx
from qualbench.steps.ingest.plain import read_markdown, read_text
from qualbench.steps.ingest.reading import File, Reader
from qualbench.steps.ingest.refusals import refuse
from qualbench.steps.ingest.roles import with_roles
from qualbench.steps.ingest.spelling import similar

_READERS: Mapping[str, Reader] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".docx": read_docx,
    ".vtt": read_captions,
    ".srt": read_captions,
}
SUFFIXES = tuple(_READERS)
"""The suffixes of files that can be read, in lower case."""


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


def read(source: str, data: bytes, *, encoding: str | None = None, one_speaker: bool = False) -> Draft:
    """The draft of a transcript that a file would make; raises UnreadableFile with what to do about it."""
    path = PurePath(source)
    suffix = path.suffix.lower()
    refuse(path.name, suffix, data, SUFFIXES)
    reading = _READERS[suffix](File(path.name, data, encoding, one_speaker))
    words = sum(len(reading.text[turn.body : turn.end].split()) for turn in reading.turns)
    if not words:
        raise UnreadableFile(path.name, "nobody says anything in it.", "Check that it is the right file.")
    return Draft(
        name=path.stem,
        source=path.name,
        text=reading.text,
        turns=reading.turns,
        speakers=with_roles(reading.labels, reading.text, reading.turns),
        original=sha256(data).hexdigest(),
        encoding=reading.encoding,
        reader=reading.reader,
        family=reading.family,
        coverage=reading.coverage,
        warnings=reading.warnings,
        possible_speakers=reading.possible,
        similar_labels=similar(reading.labels, reading.possible),
        words=words,
    )
