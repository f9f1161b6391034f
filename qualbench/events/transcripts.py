"""What can happen to a transcript."""

from dataclasses import dataclass

from qualbench.events.fact import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptImported(Event):
    KIND, AREA = "transcript_imported", "transcript"
    transcript: str
    name: str
    source: str
    original: str
    """The file's bytes, sealed."""
    text: str
    """The canonical text, sealed."""
    layout: str
    """Turns and speaker labels, sealed."""
    reader: str
    encoding: str
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Deidentified(Event):
    """Names and details were replaced before the transcript was sealed; which ones, the study never learns."""

    KIND, AREA = "deidentified", "transcript"
    transcript: str
    reviewers: int
    """How many people read the text as it was sealed."""
    replaced: int
    """How many places were replaced."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerSet(Event):
    """Who a speaker label is: a role and, for participants, which one."""

    KIND, AREA = "speaker_set", "transcript"
    transcript: str
    speaker: int
    role: str
    participant: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Segmented(Event):
    """The transcript was cut into units; their borders are kept, because a rule's answer may change."""

    KIND, AREA = "segmented", "transcript"
    transcript: str
    rule: str
    segments: list[list[int]]
    """start, end and turn of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptCorrected(Event):
    """A new version of a sealed text; the one before stays where it is."""

    KIND, AREA = "transcript_corrected", "transcript"
    transcript: str
    version: int
    text: str
    """The new canonical text, sealed."""
    layout: str
    """Its turns, sealed; speakers stay who they are."""
    segments: list[list[int]]
    """start, end and turn of each."""
    words: int
    reason: str
    """Why it was corrected, sealed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsErased(Event):
    """Words of a transcript were destroyed because whoever said them withdrew; this stands in their place."""

    KIND, AREA = "words_erased", "transcript"
    transcript: str
    hashes: list[str]
    """SHA-256 of what was destroyed."""
    reason: str
    """Why, sealed."""
