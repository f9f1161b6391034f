"""Themes and where they stand: made, named, described, ordered, merged, split, dropped; codes with one home."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from qualbench import events
from qualbench.errors import BadDecision, ThemeNameTaken, UnknownCode, UnknownTheme
from qualbench.events import Event
from qualbench.model import Extract, Theme, ThemeField, ThemeState, Transcript
from qualbench.text import folded


def find(themes: Sequence[Theme], name: str) -> Theme:
    """The theme with this name or id."""
    for theme in themes:
        if theme.id == name or folded(theme.name) == folded(name):
            return theme
    raise UnknownTheme(name)


def create(name: str, themes: Sequence[Theme], idea: str = "", under: Theme | None = None) -> list[Event]:
    """A new candidate theme, with what it says if that is known already, or a sub-theme, last among its sisters."""
    created = events.ThemeCreated(theme=events.new_id(), name=_fresh(name, themes))
    facts: list[Event] = [created]
    if under:
        facts.append(events.ThemePlaced(theme=created.theme, parent=under.id, after=_last(themes, under.id)))
    return [*facts, *([events.ThemeDescribed(theme=created.theme, idea=events.seal(idea))] if idea else [])]


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


def write(theme: Theme, field: ThemeField, words: str) -> list[Event]:
    """The definition, what the theme is not, its narrative, or what it says for the question."""
    if words == theme.written(field):
        return []
    return [events.ThemeWritten(theme=theme.id, field=field, words=events.seal(words))]


def state(theme: Theme, to: ThemeState, reason: str = "") -> list[Event]:
    """The theme came to a state; going back wants a reason."""
    order = list(ThemeState)
    if order.index(to) < order.index(theme.state):
        _reason(reason, "Going back to an earlier state")
    if to is theme.state and not reason.strip():
        return []
    return [events.ThemeStated(theme=theme.id, state=to, reason=events.seal(reason.strip()))]


def _reason(reason: str, what: str) -> events.Sealed:
    if not reason.strip():
        raise BadDecision(f"{what} needs a reason.", "A sentence is enough; it is kept with the theme.")
    return events.seal(reason.strip())


# --- where themes stand ----------------------------------------------------------------------------------------


def children(themes: Sequence[Theme], parent: str) -> list[Theme]:
    """The sub-themes of a theme (those at the top without one), in order."""
    return [theme for theme in themes if theme.parent == parent]


def below(themes: Sequence[Theme], theme: str) -> list[Theme]:
    """Everything under a theme, in reading order."""
    return [one for child in children(themes, theme) for one in (child, *below(themes, child.id))]


def all_codes(themes: Sequence[Theme], theme: Theme) -> tuple[str, ...]:
    """The codes of a theme and of everything under it."""
    return tuple(code for one in (theme, *below(themes, theme.id)) for code in one.codes)


def depth(themes: Sequence[Theme], theme: Theme) -> int:
    """How many themes stand over a theme."""
    over = next((one for one in themes if one.id == theme.parent), None)
    return 1 + depth(themes, over) if over else 0


def _last(themes: Sequence[Theme], parent: str, apart_from: str = "") -> str:
    return next((one.id for one in reversed(children(themes, parent)) if one.id != apart_from), "")


def place(theme: Theme, parent: Theme | None, themes: Sequence[Theme], after: str | None = None) -> list[Event]:
    """The theme stands under another, or at the top, behind a sister: the last one if none is said."""
    under = parent.id if parent else ""
    if parent and parent.id in {theme.id, *(one.id for one in below(themes, theme.id))}:
        raise BadDecision(f"'{theme.name}' can not stand under itself.")
    sisters = [one.id for one in children(themes, under) if one.id != theme.id]
    behind = _last(themes, under, theme.id) if after is None else after
    if behind and behind not in sisters:
        raise BadDecision("A theme stands behind one of its sisters: a theme under the same one, or at the top.")
    there = [one.id for one in children(themes, under)]
    if theme.id in there and ["", *there][there.index(theme.id)] == behind:
        return []
    return [events.ThemePlaced(theme=theme.id, parent=under, after=behind)]


def moved(themes: Sequence[Theme], theme: Theme, way: str) -> list[Event]:
    """One step up, down, under the sister before it, or out from under its theme; none where it can not go."""
    sisters = [one.id for one in children(themes, theme.parent)]
    at = sisters.index(theme.id)
    over = next((one for one in themes if one.id == theme.parent), None)
    if way == "out":
        to = (over.parent, over.id) if over else None
    elif way == "under":
        to = (sisters[at - 1], _last(themes, sisters[at - 1])) if at else None
    elif way == "up":
        to = (theme.parent, sisters[at - 2] if at > 1 else "") if at else None
    else:
        to = (theme.parent, sisters[at + 1]) if at + 1 < len(sisters) else None
    return [events.ThemePlaced(theme=theme.id, parent=to[0], after=to[1])] if to else []


# --- how themes end --------------------------------------------------------------------------------------------


def drop(theme: Theme, reason: str) -> list[Event]:
    """The theme is given up; its codes have no home again, its sub-themes stand where it stood."""
    return [events.ThemeDropped(theme=theme.id, reason=_reason(reason, "Dropping a theme"))]


def merge(themes: Sequence[Theme], into: Theme, reason: str) -> list[Event]:
    """Themes go into one that stays, with their codes, quotes and sub-themes; what they said stays history."""
    gone = [theme.id for theme in themes if theme.id != into.id]
    if not gone:
        raise BadDecision("Name at least one other theme that goes into it.")
    return [events.ThemesMerged(themes=gone, into=into.id, reason=_reason(reason, "Merging themes"))]


def split(
    theme: Theme, parts: Mapping[str, Collection[str]], themes: Sequence[Theme], reason: str,
    quotes: Mapping[str, str] | None = None,
) -> list[Event]:  # fmt: skip
    """New themes take the place of one: `parts` has the codes of each by its name, `quotes` a part for quotes by id.

    Codes that no part takes have no home; quotes for which no part is said go with the first one.
    """
    sealed = _reason(reason, "Splitting a theme")
    if len(parts) < 2:
        raise BadDecision("A theme is split into two parts or more.", "To give it one other name, rename it.")
    facts = list(_parts(theme, parts, themes))
    made = {fact.name: fact.theme for fact in facts if isinstance(fact, events.ThemeCreated)}
    first = next(iter(made.values()))
    last: dict[str, str] = {}
    for quote in theme.quotes:
        to = made.get((quotes or {}).get(quote.id, "").strip(), first)
        facts.append(events.QuoteMoved(quote=quote.id, theme=to, after=last.get(to, "")))
        last[to] = quote.id
    return [*facts, events.ThemeSplit(theme=theme.id, into=list(made.values()), reason=sealed)]


def _parts(theme: Theme, parts: Mapping[str, Collection[str]], themes: Sequence[Theme]) -> Iterator[Event]:
    taken: set[str] = set()
    named, after = [one for one in themes if one.id != theme.id], theme.id
    for name, codes in parts.items():
        part = events.ThemeCreated(theme=events.new_id(), name=_fresh(name, named))
        yield part
        yield events.ThemePlaced(theme=part.theme, parent=theme.parent, after=after)
        for code in codes:
            if code not in theme.codes or code in taken:
                raise UnknownCode(code)
            yield events.CodeGathered(theme=part.theme, code=code)
        taken |= set(codes)
        named.append(Theme(part.theme, part.name, "", ()))
        after = part.theme


# --- codes -----------------------------------------------------------------------------------------------------


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


def extract(transcript: Transcript, start: int, end: int, codes: Sequence[str]) -> Extract:
    """A settled place with its words and who said them."""
    speaker = transcript.speaker_at(start)
    who = (speaker.participant or speaker.label) if speaker else ""
    return Extract(transcript.id, transcript.name, start, end, transcript.text[start:end], who, tuple(codes))
