"""What sessions decide."""

from dataclasses import dataclass, field

from qualbench.events.fact import Event


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
    session: str = ""
    """The session it was taken in; empty outside of any."""
    stands: str = ""
    """Whose reading stands, when it is one of more than two."""
    parts: list[list[int]] = field(default_factory=list)
    """Start and end of each part of a segment that was split, with its codes in `part_codes`."""
    part_codes: list[list[str]] = field(default_factory=list)
    order: list[str] = field(default_factory=list)
    """Who spoke in which order."""
    seconds: int = 0
    """How long it was talked about; 0 when nobody measured."""
    codebook: str = ""
    """The version of the codebook then."""
    action: str = ""
    """What the decision asks of the codebook."""
    together: str = ""
    """What several decisions that were taken at once have in common."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionsCarried(Event):
    """Where the segments of decisions stand in the corrected text."""

    KIND, AREA = "decisions_carried", "consensus"
    transcript: str
    spans: list[list[int]]
    """As in CodingsCarried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLinked(Event):
    """What was done to the draft of the codebook because of a decision."""

    KIND, AREA, UNDOABLE = "action_linked", "consensus", True
    transcript: str
    decision: str
    steps: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionOpened(Event):
    """A team sat down over a round."""

    KIND, AREA = "session_opened", "sessions"
    session: str
    round: str
    """Empty for everything that is opened."""
    people: list[str]
    chair: str
    scribe: str
    standing: str
    """The person of most standing, who never speaks first; empty when nobody is."""
    hidden: bool
    """Whose reading is whose is not shown before the decision."""
    sort: str
    sample: list[str]
    """Items on which the coders agree and that are looked at all the same."""
    codebook: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionStated(Event):
    """A session was broken off, taken up again with these people, or closed."""

    KIND, AREA = "session_stated", "sessions"
    session: str
    state: str
    people: list[str]
    note: str
    """What is to be remembered, sealed."""
