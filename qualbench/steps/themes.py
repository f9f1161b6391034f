"""The theme board: codes gathered under themes, what each theme says, and the quotes that show it."""

from collections.abc import Collection, Sequence

from qualbench import events
from qualbench.errors import BadDecision, QuoteDiffers, ThemeNameTaken, UnknownCode, UnknownTheme
from qualbench.events import Event
from qualbench.model import Extract, Theme, Transcript
from qualbench.text import folded


def find(themes: Sequence[Theme], name: str) -> Theme:
    """The theme with this name or id."""
    for theme in themes:
        if theme.id == name or folded(theme.name) == folded(name):
            return theme
    raise UnknownTheme(name)


def create(name: str, themes: Sequence[Theme], idea: str = "") -> list[Event]:
    """A new candidate theme, with what it says if that is known already."""
    created = events.ThemeCreated(theme=events.new_id(), name=_fresh(name, themes))
    return [created, *([events.ThemeDescribed(theme=created.theme, idea=events.seal(idea))] if idea else [])]


def rename(theme: Theme, name: str, themes: Sequence[Theme]) -> list[Event]:
    """The theme gets another name."""
    others = [other for other in themes if other.id != theme.id]
    return [] if name.strip() == theme.name else [events.ThemeRenamed(theme=theme.id, name=_fresh(name, others))]


def _fresh(name: str, themes: Sequence[Theme]) -> str:
    if not name.strip():
        raise BadDecision("A theme needs a name.")
    if any(folded(theme.name) == folded(name) for theme in themes):
        raise ThemeNameTaken(name.strip())
    return name.strip()


def describe(theme: Theme, idea: str) -> list[Event]:
    """What the theme says: its central idea."""
    return [] if idea == theme.idea else [events.ThemeDescribed(theme=theme.id, idea=events.seal(idea))]


def drop(theme: Theme, reason: str) -> list[Event]:
    """The theme is given up; its codes have no home again."""
    return [events.ThemeDropped(theme=theme.id, reason=events.seal(reason))]


def gather(theme: Theme, code: str, known: Collection[str]) -> list[Event]:
    """Put a code under the theme, taking it from another if it was there."""
    if code not in known:
        raise UnknownCode(code)
    return [] if code in theme.codes else [events.CodeGathered(theme=theme.id, code=code)]


def release(theme: Theme, code: str) -> list[Event]:
    """Take a code out of the theme."""
    if code not in theme.codes:
        raise UnknownCode(code)
    return [events.CodeReleased(theme=theme.id, code=code)]


def pick(theme: Theme, transcript: Transcript, start: int, end: int, words: str | None = None) -> list[Event]:
    """Pick a quote; words that are given must be what the transcript says at its place."""
    said = transcript.text[start:end]
    if not said.strip() or not 0 <= start < end <= len(transcript.text) or (words is not None and words != said):
        raise QuoteDiffers(transcript.name)
    if any((q.transcript, q.start, q.end) == (transcript.id, start, end) for q in theme.quotes):
        return []
    return [
        events.QuotePicked(
            quote=events.new_id(),
            theme=theme.id,
            transcript=transcript.id,
            start=start,
            end=end,
            words=events.seal(said),
        )
    ]


def unpick(theme: Theme, quote: str) -> list[Event]:
    """Drop a quote from the theme."""
    if not any(q.id == quote for q in theme.quotes):
        raise BadDecision(f"The theme '{theme.name}' has no such quote.")
    return [events.QuoteDropped(quote=quote)]


def extract(transcript: Transcript, start: int, end: int, codes: Sequence[str]) -> Extract:
    """A settled place with its words and who said them."""
    speaker = transcript.speaker_at(start)
    who = (speaker.participant or speaker.label) if speaker else ""
    return Extract(transcript.id, transcript.name, start, end, transcript.text[start:end], who, tuple(codes))
