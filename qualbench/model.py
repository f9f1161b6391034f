"""What exists in a study: frozen values in the field's own words, without behaviour that needs a store.

Offsets are Python code points into a transcript's sealed text, 0-based and half-open.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Method(StrEnum):
    """The method profile a study follows; it switches screens, gates and the wording of reports."""

    REFLEXIVE = "reflexive-ta"
    CODEBOOK = "codebook-ta"
    RELIABILITY = "coding-reliability-ta"
    CQR = "cqr"
    FLEXIBLE = "flexible-coding"
    NEGOTIATED = "negotiated-agreement"


METHOD_NAMES: Mapping[Method, str] = {
    Method.REFLEXIVE: "reflexive thematic analysis",
    Method.CODEBOOK: "codebook thematic analysis",
    Method.RELIABILITY: "coding-reliability thematic analysis",
    Method.CQR: "consensual qualitative research",
    Method.FLEXIBLE: "flexible coding",
    Method.NEGOTIATED: "negotiated agreement",
}


class Role(StrEnum):
    """What a speaker is in the interview; only participants' speech is counted."""

    PARTICIPANT = "participant"
    INTERVIEWER = "interviewer"
    OTHER = "other"


class SegmentRule(StrEnum):
    """How a transcript is cut into the units that are coded."""

    TURN = "turn"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"


class PassState(StrEnum):
    """Where one coder's pass stands; a submitted pass never changes."""

    OPEN = "open"
    SUBMITTED = "submitted"


class Outcome(StrEnum):
    """What a consensus session decided about one disagreement."""

    FIRST = "a"
    SECOND = "b"
    BOTH = "both"
    NEW = "new"
    NOTHING = "nothing"
    DEFERRED = "deferred"
    APART = "apart"


OUTCOME_NAMES: Mapping[Outcome, str] = {
    Outcome.FIRST: "the first reading",
    Outcome.SECOND: "the second reading",
    Outcome.BOTH: "both readings",
    Outcome.NEW: "a new set",
    Outcome.NOTHING: "nothing applies",
    Outcome.DEFERRED: "deferred",
    Outcome.APART: "kept apart",
}


class Reason(StrEnum):
    """Why two readings differed."""

    SLIP = "slip"
    DEFINITION = "definition"
    OVERLAP = "overlap"
    MISSING_CODE = "missing-code"
    BOUNDARY = "boundary"
    CONTEXT = "context"
    READING = "reading"


REASON_NAMES: Mapping[Reason, str] = {
    Reason.SLIP: "a slip",
    Reason.DEFINITION: "definition unclear",
    Reason.OVERLAP: "codes overlap",
    Reason.MISSING_CODE: "a code is missing",
    Reason.BOUNDARY: "unit boundary",
    Reason.CONTEXT: "context needed",
    Reason.READING: "true difference of reading",
}


# --- the study and its people ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Study:
    id: str
    name: str
    method: Method
    coders: int
    """How many independent passes a transcript needs before anybody may read them."""
    created: str


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Participant:
    id: str
    label: str
    """What a report calls them, for instance P07."""
    attributes: tuple[tuple[str, str], ...] = ()


# --- transcripts -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Turn:
    """One stretch of speech by one speaker; `start` is where its label begins, `body` where its words do."""

    start: int
    body: int
    end: int
    speaker: int
    """Index into the transcript's speakers; -1 when nobody could be named."""
    seconds: float | None = None
    """Time into the recording, where the file says it."""


@dataclass(frozen=True, slots=True)
class Speaker:
    label: str
    role: Role
    participant: str = ""
    """The participant's label; empty for interviewers and while nobody was assigned."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One unit that is coded: words of one turn."""

    start: int
    end: int
    turn: int


@dataclass(frozen=True, slots=True)
class Transcript:
    """A sealed text and the stand-off layers over it."""

    id: str
    name: str
    text: str
    turns: tuple[Turn, ...]
    speakers: tuple[Speaker, ...]
    segments: tuple[Segment, ...]
    rule: SegmentRule

    def speaker_of(self, turn: int) -> Speaker | None:
        """Who speaks in this turn, if anybody could be named."""
        index = self.turns[turn].speaker
        return self.speakers[index] if index >= 0 else None

    def counts(self, segment: Segment) -> bool:
        """Whether a segment belongs to the denominators: interviewers' speech does not."""
        speaker = self.speaker_of(segment.turn)
        return speaker is None or speaker.role is Role.PARTICIPANT


@dataclass(frozen=True, slots=True)
class TranscriptRow:
    """A transcript as a line of a list."""

    id: str
    name: str
    words: int
    turns: int
    segments: int
    """Segments that count, interviewers' speech left out."""
    rule: SegmentRule
    opened: bool
    """Every pass on it is submitted, so its codings can be read and compared."""


# --- codebook --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Code:
    """A code with its MacQueen fields; texts may be empty, `id` and `label` never are."""

    id: str
    label: str
    parent: str = ""
    kind: str = "code"
    """theme, category, domain, structural, index, analytic or code."""
    definition_short: str = ""
    definition: str = ""
    include: str = ""
    """When to use it."""
    exclude: str = ""
    """When not to use it, and what to use instead."""
    examples: tuple[str, ...] = ()
    near_miss: str = ""
    """An example that looks like it and is not, with the right code."""
    origin: str = ""
    status: str = "active"
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Codebook:
    """One released version of a codebook; codes are in reading order, parents before children."""

    version: str
    title: str
    codes: tuple[Code, ...]
    date: str = ""
    changelog: tuple[str, ...] = ()
    _by_id: Mapping[str, Code] = field(init=False, repr=False, compare=False, hash=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {code.id: code for code in self.codes})

    def get(self, code_id: str) -> Code | None:
        """The code with this id, if this version has it."""
        return self._by_id.get(code_id)

    def label(self, code_id: str) -> str:
        """What people call this code; its id when this version does not know it."""
        code = self._by_id.get(code_id)
        return code.label if code else code_id

    def path(self, code_id: str) -> tuple[str, ...]:
        """The labels from the top of the tree down to this code."""
        labels: list[str] = []
        code = self._by_id.get(code_id)
        while code is not None and len(labels) < len(self.codes):
            labels.insert(0, code.label)
            code = self._by_id.get(code.parent)
        return tuple(labels) or (code_id,)


# --- coding ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pass:
    """One coder's independent coding of one transcript under one codebook version and segmentation."""

    id: str
    transcript: str
    coder: str
    codebook: str
    """Version of the codebook."""
    rule: SegmentRule
    state: PassState


@dataclass(frozen=True, slots=True)
class Coding:
    """A code on a span, as its coder stated it."""

    id: str
    pass_id: str
    transcript: str
    coder: str
    code: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Nothing:
    """The decision that nothing applies to a span: different from not having looked at it."""

    pass_id: str
    transcript: str
    coder: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Memo:
    """A coder's note on a place."""

    id: str
    pass_id: str
    transcript: str
    coder: str
    start: int
    end: int
    body: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one coder is in one transcript."""

    transcript: str
    coder: str
    state: PassState
    decided: int
    total: int


# --- agreement and consensus -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Unit:
    """One segment with what each coder said of it; a coder who skipped it is not in `readings`."""

    transcript: str
    start: int
    end: int
    readings: Mapping[str, frozenset[str]]
    """Coder to the set of codes; the empty set is 'nothing applies'."""


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """How far two coders agree on one code; a figure is None where it is undefined, and `why` says why.

    `both`, `only_a`, `only_b`, `neither` count units; figures are proportions or coefficients (at most 1).
    """

    code: str
    both: int
    only_a: int
    only_b: int
    neither: int
    prevalence: tuple[float | None, float | None]
    """Share of units with the code, coder by coder."""
    percent: float | None
    """Observed agreement, 0 to 1."""
    positive: float | None
    negative: float | None
    kappa: float | None
    alpha: float | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class SetAlpha:
    """Krippendorff's alpha over whole code sets, with the distance named."""

    distance: str
    value: float | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """One agreement run: what was compared, and every figure that came out."""

    unit: str
    coders: tuple[str, ...]
    transcripts: tuple[str, ...]
    units: int
    codebook: str
    codes: tuple[CodeAgreement, ...]
    set_alpha: SetAlpha


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about one disagreement; later ones supersede earlier ones, none is deleted."""

    id: str
    item: str
    transcript: str
    start: int
    end: int
    outcome: Outcome
    codes: tuple[str, ...]
    """The settled codes; for `apart` and `deferred` there are none."""
    reason: Reason
    note: str
    yielded: str
    """Who gave way; empty when nobody did."""
    actor: str
    at: str


def item_id(transcript: str, start: int) -> str:
    """The name of a disagreement: its transcript and where its segment starts."""
    return f"{transcript}:{start}"


@dataclass(frozen=True, slots=True)
class Item:
    """One disagreement: a segment on which the coders' sets differ, and the decision if there is one."""

    id: str
    transcript: str
    name: str
    """The transcript's name."""
    start: int
    end: int
    readings: Mapping[str, tuple[str, ...]]
    decision: Decision | None = None

    @property
    def state(self) -> str:
        """open, deferred or decided."""
        if self.decision is None:
            return "open"
        return "deferred" if self.decision.outcome is Outcome.DEFERRED else "decided"


# --- themes ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Quote:
    """Words picked for a report; they equal the transcript at their place."""

    id: str
    theme: str
    transcript: str
    start: int
    end: int
    text: str
    participant: str
    """The participant's label, or the speaker's when nobody was assigned."""


@dataclass(frozen=True, slots=True)
class Extract:
    """A coded place, as a theme shows it."""

    transcript: str
    name: str
    start: int
    end: int
    text: str
    participant: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme: its name, its central idea, the codes gathered under it and the quotes picked."""

    id: str
    name: str
    idea: str
    codes: tuple[str, ...]
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that a search found."""

    transcript: str
    name: str
    start: int
    end: int
    speaker: str
    """The label in the file."""
    role: Role | None
    text: str
    participant: str = ""


# --- what a write reports --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Changes:
    """What a write changed, so that the screens that show it read again."""

    subjects: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.kinds)
