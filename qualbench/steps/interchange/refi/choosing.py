"""How a file counts its positions: every way is tried, and the words of the texts decide.

Coders select words, so under the right way of counting selections begin and end at the edges of words, and where a
file quotes the words of a selection they are there. Where two ways fit about equally well nothing is guessed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from qualbench.errors import UnreadableFile
from qualbench.steps.interchange.refi import quotes
from qualbench.steps.interchange.refi.positions import EVERY, Convention, Words

OURS = Convention()
"""How Qualbench counts: the standard's way."""
_SHOWN = 3
"""Ways of counting that a sentence names."""
_BETTER = 2
"""How many times more there must be that speaks for one way alone than for another alone."""
_FEW = 0.5
"""A smaller share of ends at edges of words than this is a reason to look."""


@dataclass(frozen=True, slots=True)
class Selection:
    """A selection as the file has it."""

    words: Words
    start: int
    end: int
    quote: str = ""
    """What the file calls it; often the first of its words."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a way of counting fits."""

    convention: Convention
    edges: int
    """Ends of selections that are edges of words."""
    of: int
    """Ends of selections that were looked at: those that the ways of counting place differently."""
    quotes: int
    """Selections that begin with the words by which the file calls them."""

    def __str__(self) -> str:
        quoted = f", {self.quotes:,} quotes found" if self.quotes else ""
        return f"{self.convention.spelled}: {self.edges:,} of {self.of:,} ends at edges of words{quoted}"


@dataclass(frozen=True, slots=True)
class Choice:
    """The way of counting that is taken, and why."""

    convention: Convention
    why: str
    fits: tuple[Fit, ...] = ()
    """Every way that places something differently, best first; empty where there was nothing to choose."""


class UnclearPositions(UnreadableFile):
    """Two ways of counting fit about equally well; `choices` are shown to a person."""

    def __init__(self, name: str, fits: Sequence[Fit]) -> None:
        self.choices = tuple(fits)
        ways = "; ".join(str(fit) for fit in fits[:_SHOWN])
        words = [fit.convention.spelled for fit in fits[:_SHOWN]]
        super().__init__(
            name,
            f"how it counts the positions of its codings can not be told from the words ({ways}).",
            f"Say which it is: {' or '.join(words)}{', or one of the others' if len(fits) > _SHOWN else ''}.",
        )


def choose(source: str, selections: Sequence[Selection]) -> Choice:
    """The way of counting that the words speak for; raises UnclearPositions when they do not."""
    matters = [one.words.ambiguous for one in selections]
    ways = [way for way in EVERY if _differs(way, matters)]
    groups = _alike(selections, ways)
    if len(groups) == 1:
        return Choice(OURS, _certain(selections))
    telling = [n for n in range(len(selections)) if len({group.spans[n] for group in groups}) > 1]
    marks = [_marks(selections, group.spans, telling) for group in groups]
    fits = [
        Fit(group.way, sum(mark.edges), 2 * len(telling), sum(mark.quotes))
        for group, mark in zip(groups, marks, strict=True)
    ]
    order = sorted(range(len(fits)), key=lambda n: (-fits[n].quotes, -fits[n].edges, n))
    ranked = tuple(fits[n] for n in order)
    rivals = [n for n in order[1:] if not _beats(marks[order[0]], marks[n])]
    if rivals:
        raise UnclearPositions(source, [ranked[0], *(fits[n] for n in rivals)])
    told = "; ".join(map(str, ranked[:_SHOWN])) + _doubt(ranked[0].edges, ranked[0].of)
    return Choice(ranked[0].convention, f"the words speak for it ({told})", ranked)


@dataclass(frozen=True, slots=True)
class _Group:
    """The ways that place every selection alike; the first of them stands for all."""

    way: Convention
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Marks:
    """What speaks for a way of counting, selection by selection."""

    edges: list[int]
    quotes: list[bool]


def _differs(way: Convention, matters: Sequence[tuple[bool, bool, bool]]) -> bool:
    """Whether a way needs trying: each of its departures from the standard's way has to matter somewhere."""
    departures = (way.line_end == 1, way.utf16, way.bom)
    return all(not departs or any(row[n] for row in matters) for n, departs in enumerate(departures))


def _alike(selections: Sequence[Selection], ways: Sequence[Convention]) -> list[_Group]:
    standard_first = sorted(ways, key=lambda way: (way.bom, way.utf16, -way.line_end))
    placed = [
        _Group(way, tuple((one.words.place(one.start, way), one.words.place(one.end, way)) for one in selections))
        for way in standard_first
    ]
    firsts: dict[tuple[tuple[int, int], ...], _Group] = {}
    for group in placed:
        firsts.setdefault(group.spans, group)
    return list(firsts.values())


def _marks(selections: Sequence[Selection], spans: Sequence[tuple[int, int]], telling: Sequence[int]) -> _Marks:
    edges = [_edges(selections[n].words.text, *spans[n]) for n in telling]
    quotes = [_quoted(selections[n], *spans[n]) for n in telling]
    return _Marks(edges, quotes)


def _beats(one: _Marks, other: _Marks) -> bool:
    """Whether what speaks for one alone is clearly more than what speaks for the other alone; quotes come first."""
    for mine, theirs in ((one.quotes, other.quotes), (one.edges, other.edges)):
        gained = sum(max(0, a - b) for a, b in zip(mine, theirs, strict=True))
        lost = sum(max(0, b - a) for a, b in zip(mine, theirs, strict=True))
        if gained or lost:
            return gained > _BETTER * lost
    return False


def _edges(text: str, start: int, end: int) -> int:
    """How many ends of a span are edges of words: 0, 1 or 2."""
    if not 0 <= start < end <= len(text):
        return 0
    begins = not text[start].isspace() and not (start and text[start - 1].isalnum())
    ends = not text[end - 1].isspace() and not (end < len(text) and text[end].isalnum())
    return begins + ends


def _quoted(selection: Selection, start: int, end: int) -> bool:
    """Whether a span begins with what the file calls the selection."""
    return start >= 0 and quotes.agrees(selection.quote, selection.words.text[start:end])


def _certain(selections: Sequence[Selection]) -> str:
    """What to say where every way of counting leads to the same places."""
    spans = [(one, one.words.place(one.start, OURS), one.words.place(one.end, OURS)) for one in selections]
    edges = sum(_edges(one.words.text, start, end) for one, start, end in spans)
    told = f"{edges:,} of {2 * len(spans):,} ends at edges of words{_doubt(edges, 2 * len(spans))}"
    return f"every known way of counting leads to the same places ({told})"


def _doubt(edges: int, of: int) -> str:
    return ", which is few: look whether they are shifted" if edges < _FEW * of else ""
