"""What can happen to the study: its people, participants, rounds, and what leaves it."""

from dataclasses import dataclass

from qualbench.events.fact import Event


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
class MethodChanged(Event):
    """The study follows another method from now on."""

    KIND, AREA = "method_changed", "study"
    method: str
    reason: str
    """Why, sealed; the method statement repeats it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RolesGiven(Event):
    """What a person is in this study, in place of what they were."""

    KIND, AREA = "roles_given", "study"
    person: str
    roles: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseEntered(Event):
    """The team works in this phase or stage of its method now; it may go back at any time."""

    KIND, AREA = "phase_entered", "study"
    phase: str
    note: str
    """What the team says about it, sealed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesCounted(Event):
    """What one case is: a participant, or a transcript with its group."""

    KIND, AREA = "cases_counted", "study"
    by: str
    reason: str
    """Why, sealed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunKept(Event):
    """Something was computed and is kept with its recipe: a stability check, a saturation run."""

    KIND, AREA = "run_kept", "study"
    run: str
    what: str
    result: str
    """Inputs, settings and figures, sealed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkListSet(Event):
    """The passes of a round are bound to what a saved query found; nothing else is asked of its coders."""

    KIND, AREA = "work_list_set", "study"
    round: str
    query: str
    spans: dict[str, list[list[int]]]
    """By transcript: start and end of each segment found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeReasoned(Event):
    """Why a participant has a value: the rule that gave it, or what somebody thought."""

    KIND, AREA = "attribute_reasoned", "study"
    participant: str
    name: str
    rule: str
    reason: str
    """Why, sealed."""
    value: str = ""
    """The value that this is the reason for."""
