"""What can happen on the theme board."""

from dataclasses import dataclass

from qualbench.events.fact import Event


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


@dataclass(frozen=True, slots=True, kw_only=True)
class NegativeCaseMarked(Event):
    """A participant's interview speaks against a theme, a code or a type, or is found not to."""

    KIND, AREA, UNDOABLE = "negative_case_marked", "themes", True
    against: str
    participant: str
    marked: bool
    reason: str
    """How, sealed."""
