"""Quotes: picked where the transcript says so, used, put in order, and edited in brackets only.

What an editor left out is written […] (or [...]), what was put in stands in brackets. Whatever is not in brackets
must be what the transcript says, in its order, or it is refused.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from qualbench import events
from qualbench.errors import BadDecision, QuoteDiffers
from qualbench.events import Event
from qualbench.model import Quote, QuoteUse, Star, Theme, Transcript
from qualbench.text import clusters, excerpt


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


def find(themes: Sequence[Theme], quote: str) -> Quote:
    """A quote by its id."""
    for theme in themes:
        for one in theme.quotes:
            if one.id == quote:
                return one
    raise BadDecision("There is no such quote.", "Their ids stand in: qualbench themes FOLDER list --json")


def use(quote: Quote, what: QuoteUse) -> list[Event]:
    """Say what the quote is for."""
    return [] if quote.use is what else [events.QuoteUsed(quote=quote.id, use=what)]


def move(quote: Quote, to: Theme, after: str | None = None) -> list[Event]:
    """The quote stands in a theme behind another of its quotes: the last one if none is said."""
    there = [one.id for one in to.quotes if one.id != quote.id]
    behind = (there[-1] if there else "") if after is None else after
    if behind and behind not in there:
        raise BadDecision(f"The theme '{to.name}' has no such quote to put it behind.")
    if to.id != quote.theme and any(_place(one) == _place(quote) for one in to.quotes):
        raise BadDecision(f"The theme '{to.name}' has these words as a quote already.")
    now = ["", *(one.id for one in to.quotes)]
    if quote.id in now and now[now.index(quote.id) - 1] == behind:
        return []
    return [events.QuoteMoved(quote=quote.id, theme=to.id, after=behind)]


def _place(quote: Quote) -> tuple[str, int, int]:
    return quote.transcript, quote.start, quote.end


# --- stars -----------------------------------------------------------------------------------------------------


def waiting(stars: Iterable[Star], themes: Sequence[Theme], aside: Iterable[str]) -> list[Star]:
    """The starred extracts that no quote was picked from yet and nobody put aside."""
    put_aside = frozenset(aside)
    quotes = [quote for theme in themes for quote in theme.quotes]
    return [
        star
        for star in stars
        if star.id not in put_aside
        and not any(q.transcript == star.transcript and q.start < star.end and star.start < q.end for q in quotes)
    ]


def put_aside(star: Star, aside: Iterable[str], *, back: bool = False) -> list[Event]:
    """The star waits no longer for a theme, or waits again."""
    return [] if (star.id in aside) is not back else [events.StarPutAside(star=star.id, aside=not back)]


# --- cuts and insertions ---------------------------------------------------------------------------------------


def edit(quote: Quote, cuts: Sequence[tuple[int, int]], insertions: Sequence[tuple[int, str]]) -> list[Event]:
    """What is left out of the quote and put in, by places of its transcript; none of either makes it whole again."""
    cuts, insertions = tuple(sorted(cuts)), tuple(sorted(insertions))
    _refuse(quote, cuts, insertions)
    if (cuts, insertions) == (quote.cuts, quote.insertions):
        return []
    body = {"cuts": [list(cut) for cut in cuts], "insertions": [list(put) for put in insertions]}
    return [events.QuoteEdited(quote=quote.id, edits=events.seal(json.dumps(body, ensure_ascii=False)))]


def _refuse(quote: Quote, cuts: Sequence[tuple[int, int]], insertions: Sequence[tuple[int, str]]) -> None:
    borders = _borders(quote)
    before = quote.start
    for start, end in cuts:
        if not before <= start < end <= quote.end or {start, end} - borders:
            raise BadDecision(f"{start} to {end} can not be left out: cuts are inside the quote and do not overlap.")
        before = end
    if quote.text and not "".join(_kept(quote, cuts)).strip():
        raise BadDecision("Nothing would be left of the quote.", "Drop the quote instead.")
    for at, words in insertions:
        if at not in borders or any(start < at < end for start, end in cuts):
            raise BadDecision(f"Nothing can be put in at {at}: it is outside the quote or inside of what is left out.")
        if not words.strip() or re.search(r"[\[\]\n]", words):
            raise BadDecision("What is put in is one line of words without brackets; these are added.")
    if len({at for at, _ in insertions}) < len(insertions):
        raise BadDecision("Two insertions can not stand at one place: make one of them.")


def _borders(quote: Quote) -> set[int]:
    """Every place between what a reader sees as two characters."""
    at, found = quote.start, {quote.start}
    for cluster in clusters(quote.text):
        at += len(cluster)
        found.add(at)
    return found


def _kept(quote: Quote, cuts: Sequence[tuple[int, int]]) -> Iterator[str]:
    edited = replace(quote, cuts=tuple(cuts), insertions=())
    for piece in edited.pieces:
        if not piece.mark:
            yield quote.text[piece.start - quote.start : piece.end - quote.start]


@dataclass(frozen=True, slots=True)
class Edits:
    """What somebody left out and put in, as places of the transcript."""

    cuts: tuple[tuple[int, int], ...] = ()
    insertions: tuple[tuple[int, str], ...] = ()


_BRACKETS = re.compile(r"\[([^\[\]\n]*)\]")
_CUTS = ("…", "...")


def read_edits(quote: Quote, edited: str) -> Edits:
    """What is left out and put in where a quote was written with […] and [words]; refused if the rest differs.

    Brackets that the transcript itself has at their place are its words. Where words could have been left out at
    several places, they are those after the first match.
    """
    if edited.strip() == quote.words.strip():
        return Edits(quote.cuts, quote.insertions)
    marks = list(_BRACKETS.finditer(edited))
    own = [mark for mark in marks if mark.group() in quote.text]
    differs = ""
    for theirs in (own, []):
        found = _aligned(quote, edited, [mark for mark in marks if mark not in theirs])
        if isinstance(found, Edits):
            _refuse(quote, found.cuts, found.insertions)
            return found
        differs = differs or found
    raise _different(quote, differs)


def _different(quote: Quote, piece: str) -> BadDecision:
    """Why what was written is not what was said."""
    rule = "Write […] for what is left out and [words] for what you put in; nothing else may change."
    if not piece.strip():
        return BadDecision("Nothing would be left of the quote.", rule)
    if piece.strip() in quote.text:
        return BadDecision(f"Other words stand around “{excerpt(piece, 40)}” in the transcript.", rule)
    return BadDecision(f"The transcript does not say “{excerpt(piece, 40)}” there, so it is refused.", rule)


def _aligned(quote: Quote, edited: str, marks: Sequence[re.Match[str]]) -> Edits | str:
    """What stands in the gaps between the pieces that are not marks; the piece that does not fit if one does not."""
    begins, ends = [0, *(mark.end() for mark in marks)], [*(mark.start() for mark in marks), len(edited)]
    pieces = [edited[begin:end] for begin, end in zip(begins, ends, strict=True)]
    gaps = _gaps(quote.text, pieces, [mark.group(1).strip() in _CUTS for mark in marks])
    if isinstance(gaps, str):
        return gaps
    cuts: list[tuple[int, int]] = []
    puts: dict[int, list[str]] = {}
    for (low, high), group in gaps:
        said = quote.text[low:high]
        start = low + len(said) - len(said.lstrip())
        end = start + len(said.strip()) if said.strip() else high
        if start < end and said.strip():
            cuts.append((quote.start + start, quote.start + end))
        words = [w for mark in group if (w := marks[mark].group(1).strip()) not in _CUTS]
        if len(words) < len(group) and not said.strip():
            return marks[group[0]].group()  # nothing is left out where it says so
        if words:
            at = start if said.strip() else high
            puts.setdefault(quote.start + at, []).extend(words)
    return Edits(tuple(cuts), tuple((at, ", ".join(words)) for at, words in sorted(puts.items())))


_Gap = tuple[tuple[int, int], list[int]]
"""From where to where words of the quote are not among the pieces, and the marks that stand there, by number."""


def _gaps(text: str, pieces: Sequence[str], is_cut: Sequence[bool]) -> list[_Gap] | str:
    """Where each piece stands; the first begins and the last ends the text. A piece that is not there if one is not."""
    found: list[_Gap] = []
    at = 0
    group: list[int] = []
    for number, piece in enumerate(pieces):
        first, last = number == 0, number == len(pieces) - 1
        if piece.strip():
            left_out = re.compile(r"\s*\S" if any(is_cut[mark] for mark in group) else "").match(text, at)
            here = left_out and _found(text, piece, left_out.end(), first=first, last=last)
            if not here:
                return piece
            if group:
                found.append(((at, here[0]), group))
            at, group = here[1], []
        if not last:
            group = [*group, number]
    if group:
        found.append(((at, len(text)), group))
    return found if group or not text[at:].strip() else pieces[-1]


def _found(text: str, piece: str, at: int, *, first: bool, last: bool) -> tuple[int, int] | None:
    """Where a piece stands from `at` on; blanks at a mark are not compared, but words end where they end there."""
    words = piece.strip()
    before = r"(?<!\w)" if piece[0].isspace() and words[0].isalnum() and not first else ""
    after = r"(?!\w)" if piece[-1].isspace() and words[-1].isalnum() and not last else ""
    if first:
        at = len(text) - len(text.lstrip())
    if last and not first:
        at = max(at, len(text.rstrip()) - len(words))
    pattern = re.compile(before + re.escape(words) + after)
    match = pattern.match(text, at) if first or last else pattern.search(text, at)
    if match is None or (last and text[match.end() :].strip()):
        return None
    return match.span()
