"""Every fact that can happen in a study, one frozen dataclass each.

A kind never changes its meaning: studies of every release replay for ever. Facts carry ids, offsets and hashes;
words (texts, memos, notes) travel as `Sealed` values, whose bodies are kept apart so that they can be erased.
"""

import hashlib
import os
import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Self, get_args, get_origin

Span = tuple[int, int]

STUDY, CODEBOOK, THEMES, NOTES, PAPERS = "study", "codebook", "themes", "notes", "papers"
"""Subjects that are not a transcript."""


def new_id() -> str:
    """A fresh id that sorts by time (UUID version 7, RFC 9562)."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10), "big")
    value = (milliseconds & (2**48 - 1)) << 80 | 0x7 << 76 | (random >> 68 & 0xFFF) << 64 | 0b10 << 62
    return str(uuid.UUID(int=value | random & (2**62 - 1)))


class Sealed(str):
    """The SHA-256 of some words, with the words beside it until they are stored."""

    body: bytes = b""


def seal(words: str | bytes) -> Sealed:
    """The words as a hash that can stand in a fact."""
    body = words.encode() if isinstance(words, str) else words
    sealed = Sealed(hashlib.sha256(body).hexdigest())
    sealed.body = body
    return sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A fact; `AREA` says which tables it is projected into, `subject` whose history it belongs to."""

    KIND: ClassVar[str] = ""
    AREA: ClassVar[str] = ""
    UNDOABLE: ClassVar[bool] = False

    @property
    def subject(self) -> str:
        """The transcript this is about, or the study, the codebook, the theme board."""
        transcript: str = getattr(self, "transcript", self.AREA)
        return transcript if self.AREA in ("transcript", "coding", "consensus") else self.AREA

    def data(self) -> dict[str, Any]:
        """The fields as they stand in the journal."""
        return {name.name: getattr(self, name.name) for name in fields(self)}

    def sealed(self) -> Iterator[Sealed]:
        """The words this fact refers to."""
        return (value for value in self.data().values() if isinstance(value, Sealed))

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        """The fact as it was recorded; fields of later releases are passed over, a wrong value is a TypeError."""
        known = _TYPES[cls.KIND]
        given = {key: value for key, value in data.items() if key in known}
        wrong = [key for key, value in given.items() if type(value) is not known[key] and not _is_a(value, known[key])]
        if wrong:
            raise TypeError(f"{cls.KIND}: {', '.join(wrong)}")
        return cls(**given)


def _is_a(value: object, kind: Any) -> bool:
    """Whether a value from JSON is of an annotated type, through lists and dicts."""
    if get_origin(kind) is list and isinstance(value, list):
        return all(_is_a(item, get_args(kind)[0]) for item in value)
    if get_origin(kind) is dict and isinstance(value, dict):
        return all(_is_a(item, get_args(kind)[1]) for item in value.values())
    return type(value) is kind


# --- the study -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyCreated(Event):
    KIND, AREA = "study_created", "study"
    study: str
    name: str
    method: str
    coders: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAdded(Event):
    KIND, AREA = "person_added", "study"
    name: str
    roles: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantAdded(Event):
    KIND, AREA = "participant_added", "study"
    participant: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeSet(Event):
    KIND, AREA = "attribute_set", "study"
    participant: str
    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementRun(Event):
    """Agreement was computed on submitted passes; the figures and their recipe are kept for ever."""

    KIND, AREA = "agreement_run", "study"
    run: str
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeDefined(Event):
    """What kind of values an attribute of participants has."""

    KIND, AREA = "attribute_defined", "study"
    name: str
    kind: str
    choices: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileSaved(Event):
    """The answers that were given about a file, to be given again for files like it."""

    KIND, AREA = "profile_saved", "study"
    name: str
    profile: str
    """Answers, labels and what else was expected, sealed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechCounted(Event):
    """Whether interviewers' speech counts like participants'."""

    KIND, AREA = "speech_counted", "study"
    interviewers: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchmarkChosen(Event):
    """Whose limits the study holds its coefficients against."""

    KIND, AREA = "benchmark_chosen", "study"
    benchmark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FavouriteSet(Event):
    """A person keeps a code on a key; no code frees the key."""

    KIND, AREA = "favourite_set", "study"
    person: str
    key: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionsSwitched(Event):
    """A coder turned suggestions of codes on or off."""

    KIND, AREA = "suggestions_switched", "study"
    person: str
    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPlanned(Event):
    """A sample of transcripts was drawn, and who codes each."""

    KIND, AREA = "round_planned", "study"
    round: str
    name: str
    codebook: str
    assignments: dict[str, list[str]]
    """Transcript to its coders."""
    recode: bool
    """The same coders code again what they have coded before."""
    drawn: str
    """How it was drawn, in words."""
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundWithdrawn(Event):
    """A round was given up before anybody began to code in it."""

    KIND, AREA = "round_withdrawn", "study"
    round: str
    reason: str
    """Why, sealed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantWithdrawn(Event):
    """A participant no longer takes part; their words must not be quoted."""

    KIND, AREA = "participant_withdrawn", "study"
    participant: str
    reason: str
    """Why, sealed; empty words where they gave none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportAllowed(Event):
    """Something left the study though a check had found something in it; somebody answered for that."""

    KIND, AREA = "export_allowed", "study"
    what: str
    findings: str
    """What was found, as ids and sentences without any name, sealed."""
    reason: str
    """Why it was allowed, sealed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodebookReleased(Event):
    KIND, AREA = "codebook_released", "codebook"
    version: str
    title: str
    codes: str
    """The codes with all their fields, sealed."""
    source: str
    """The file they were read from, sealed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeDrafted(Event):
    """Fields of a code were written in the draft of the next version; the code is new when nobody knows it."""

    KIND, AREA, UNDOABLE = "code_drafted", "codebook", True
    code: str
    fields: str
    """The fields that were written, sealed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodePlaced(Event):
    """A code with what is under it stands somewhere else in the draft."""

    KIND, AREA, UNDOABLE = "code_placed", "codebook", True
    code: str
    parent: str
    after: str
    """The sister that it follows; empty for the first place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodesMerged(Event):
    KIND, AREA, UNDOABLE = "codes_merged", "codebook", True
    codes: list[str]
    into: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeSplit(Event):
    KIND, AREA, UNDOABLE = "code_split", "codebook", True
    code: str
    into: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeDropped(Event):
    """A code that was never released left the draft."""

    KIND, AREA, UNDOABLE = "code_dropped", "codebook", True
    code: str


# --- transcripts -----------------------------------------------------------------------------------------------


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


# --- coding ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PassOpened(Event):
    KIND, AREA = "pass_opened", "coding"
    transcript: str
    pass_id: str
    coder: str
    codebook: str
    rule: str
    round: str = ""
    """The round it belongs to; empty for a pass outside of any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeApplied(Event):
    KIND, AREA, UNDOABLE = "code_applied", "coding", True
    transcript: str
    pass_id: str
    coding: str
    code: str
    start: int
    end: int
    quote: str
    """SHA-256 of the words, to notice a span that no longer fits its text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRemoved(Event):
    KIND, AREA, UNDOABLE = "code_removed", "coding", True
    transcript: str
    pass_id: str
    coding: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NothingMarked(Event):
    KIND, AREA, UNDOABLE = "nothing_marked", "coding", True
    transcript: str
    pass_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NothingCleared(Event):
    KIND, AREA, UNDOABLE = "nothing_cleared", "coding", True
    transcript: str
    pass_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoWritten(Event):
    """A memo was written, or written anew under the same id."""

    KIND, AREA, UNDOABLE = "memo_written", "coding", True
    transcript: str
    pass_id: str
    memo: str
    start: int
    end: int
    body: str
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoRemoved(Event):
    KIND, AREA, UNDOABLE = "memo_removed", "coding", True
    transcript: str
    pass_id: str
    memo: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PassSubmitted(Event):
    KIND, AREA = "pass_submitted", "coding"
    transcript: str
    pass_id: str
    skipped: list[list[int]]
    """Spans the coder did not decide on purpose: missing data, not empty sets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodingsCarried(Event):
    """Where the spans of codings stand in the corrected text."""

    KIND, AREA = "codings_carried", "coding"
    transcript: str
    spans: list[list[int]]
    """Old start and end, new start and end, and 1 where somebody must look whether it still fits."""
    quotes: list[str]
    """SHA-256 of the words at each new place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtSettled(Event):
    """Somebody looked at what a correction had made doubtful, and said where it stands."""

    KIND, AREA = "doubt_settled", "coding"
    transcript: str
    pass_id: str
    start: int
    end: int
    new_start: int
    new_end: int
    quote: str
    """SHA-256 of the words there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeProposed(Event):
    """A coder made a code for what no code of the codebook says."""

    KIND, AREA, UNDOABLE = "code_proposed", "coding", True
    transcript: str
    pass_id: str
    code: str
    label: str
    """What it is called, sealed."""
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PassUpdated(Event):
    """An open pass goes on with a later version of the codebook."""

    KIND, AREA = "pass_updated", "coding"
    transcript: str
    pass_id: str
    codebook: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rechecked(Event):
    """A coder looked at a segment again for a code that a release changed."""

    KIND, AREA, UNDOABLE = "rechecked", "coding", True
    transcript: str
    pass_id: str
    start: int
    end: int
    code: str
    version: str
    codes: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionAnswered(Event):
    """A coder took or refused a code that the program had suggested for a span."""

    KIND, AREA, UNDOABLE = "suggestion_answered", "coding", True
    transcript: str
    pass_id: str
    code: str
    start: int
    end: int
    accepted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractStarred(Event):
    """A coder marked words as a quote to come; it waits on the theme board."""

    KIND, AREA, UNDOABLE = "extract_starred", "coding", True
    transcript: str
    pass_id: str
    star: str
    start: int
    end: int
    note: str
    """What for, sealed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractUnstarred(Event):
    KIND, AREA, UNDOABLE = "extract_unstarred", "coding", True
    transcript: str
    pass_id: str
    star: str


# --- notes -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteWritten(Event):
    """A memo on something that is not a place in a pass, written or written anew."""

    KIND, AREA, UNDOABLE = "note_written", "notes", True
    note: str
    kind: str
    on: str
    about: str
    places: list[str]
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRemoved(Event):
    KIND, AREA, UNDOABLE = "note_removed", "notes", True
    note: str


# --- consensus -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDecided(Event):
    """A disagreement was settled, deferred or kept apart; both readings stay beside the outcome."""

    KIND, AREA, UNDOABLE = "item_decided", "consensus", True
    transcript: str
    decision: str
    start: int
    end: int
    readings: dict[str, list[str]]
    outcome: str
    codes: list[str]
    reason: str
    note: str
    yielded: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionsCarried(Event):
    """Where the segments of decisions stand in the corrected text."""

    KIND, AREA = "decisions_carried", "consensus"
    transcript: str
    spans: list[list[int]]
    """As in CodingsCarried."""


# --- themes ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeCreated(Event):
    KIND, AREA, UNDOABLE = "theme_created", "themes", True
    theme: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeRenamed(Event):
    KIND, AREA, UNDOABLE = "theme_renamed", "themes", True
    theme: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeDescribed(Event):
    """What a theme says: its central idea."""

    KIND, AREA, UNDOABLE = "theme_described", "themes", True
    theme: str
    idea: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeDropped(Event):
    KIND, AREA, UNDOABLE = "theme_dropped", "themes", True
    theme: str
    reason: str
    """Why it was given up, sealed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemePlaced(Event):
    """A theme stands under another one (or under none), after one of its sisters."""

    KIND, AREA, UNDOABLE = "theme_placed", "themes", True
    theme: str
    parent: str
    after: str
    """The sister that it follows; empty for the first place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeWritten(Event):
    """Words about a theme beside its central idea: its definition, what it is not, its narrative, its question."""

    KIND, AREA, UNDOABLE = "theme_written", "themes", True
    theme: str
    field: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeStated(Event):
    """How far a theme has come; it may also go back."""

    KIND, AREA, UNDOABLE = "theme_stated", "themes", True
    theme: str
    state: str
    reason: str
    """Why, sealed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemesMerged(Event):
    """Themes went into one that stays; their codes, quotes and sub-themes go with them."""

    KIND, AREA, UNDOABLE = "themes_merged", "themes", True
    themes: list[str]
    into: str
    reason: str
    """Why, sealed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeSplit(Event):
    """A theme was given up for its parts, which were made before."""

    KIND, AREA, UNDOABLE = "theme_split", "themes", True
    theme: str
    into: list[str]
    reason: str
    """Why, sealed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeGathered(Event):
    """A code was put under a theme; a code has one home."""

    KIND, AREA, UNDOABLE = "code_gathered", "themes", True
    theme: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeReleased(Event):
    """A code was taken out of its theme and has no home."""

    KIND, AREA, UNDOABLE = "code_released", "themes", True
    theme: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotePicked(Event):
    KIND, AREA, UNDOABLE = "quote_picked", "themes", True
    quote: str
    theme: str
    transcript: str
    start: int
    end: int
    words: str
    """SHA-256 of the words picked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteDropped(Event):
    KIND, AREA, UNDOABLE = "quote_dropped", "themes", True
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteUsed(Event):
    """What a quote is for: it illustrates, or the argument rests on it."""

    KIND, AREA, UNDOABLE = "quote_used", "themes", True
    quote: str
    use: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteEdited(Event):
    """What is left out of a quote and what is put in; the words it was picked with stay what they are."""

    KIND, AREA, UNDOABLE = "quote_edited", "themes", True
    quote: str
    edits: str
    """Cuts as places of the transcript and insertions with theirs, sealed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteMoved(Event):
    """A quote stands in a theme after one of its quotes."""

    KIND, AREA, UNDOABLE = "quote_moved", "themes", True
    quote: str
    theme: str
    after: str
    """The quote that it follows; empty for the first place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StarPutAside(Event):
    """An extract that was starred while coding waits no longer for a theme, or waits again."""

    KIND, AREA, UNDOABLE = "star_put_aside", "themes", True
    star: str
    aside: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotesCarried(Event):
    """Where quotes stand in the corrected text of a transcript."""

    KIND, AREA = "quotes_carried", "themes"
    transcript: str
    spans: list[list[int]]
    """As in CodingsCarried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuerySaved(Event):
    """A query over the coding was saved by name, or saved anew under the same name."""

    KIND, AREA, UNDOABLE = "query_saved", "themes", True
    name: str
    query: str
    """Codes by id and conditions, sealed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryDropped(Event):
    KIND, AREA, UNDOABLE = "query_dropped", "themes", True
    name: str


# --- papers ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistAnswered(Event):
    """What the authors say to an item of a reporting checklist; empty words take an answer back."""

    KIND, AREA, UNDOABLE = "checklist_answered", "papers", True
    checklist: str
    item: str
    words: str
    """The answer, sealed."""


# --- history ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class StepUndone(Event):
    """A step counts no longer; nothing of it is deleted."""

    KIND, AREA = "step_undone", "history"
    target: str
    place: str
    """The subject whose history it is."""
    area: str
    reason: str = ""

    @property
    def subject(self) -> str:
        """The same subject as the step's, so that its history is in one chain."""
        return self.place


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRedone(StepUndone):
    """A step that was undone counts again."""

    KIND = "step_redone"


def _all(kind: type[Event]) -> Iterator[type[Event]]:
    for child in kind.__subclasses__():
        yield child
        yield from _all(child)


KINDS: Mapping[str, type[Event]] = {kind.KIND: kind for kind in _all(Event)}
"""Every kind by its name in the journal."""

_TYPES: Mapping[str, Mapping[str, Any]] = {
    name: {one.name: one.type for one in fields(kind)} for name, kind in KINDS.items()
}
