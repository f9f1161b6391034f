"""What the theme board shows, as lines: themes and codes, extracts, quotes, overlap, stars, what was given up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from textual.content import Content

from qualbench.model import (
    FIELD_NAMES,
    STATE_NAMES,
    Codebook,
    Extract,
    PastTheme,
    Quote,
    QuoteUse,
    Star,
    Theme,
    ThemeState,
    ThemeStep,
)
from qualbench.steps.themes import Overlap, Warned, depth
from qualbench.text import counted, excerpt, percent, shown, shown_lines
from qualbench.tui.widgets.lines import cells

Line = tuple[str, Content]
NO_HOME, STARRED, GIVEN_UP = "no-home", "starred", "given-up"
"""Ids of the boxes below the themes."""

_USES: Mapping[QuoteUse, str] = {
    QuoteUse.UNSAID: "       ", QuoteUse.ILLUSTRATE: "shows  ", QuoteUse.ARGUE: "argues ",
}  # fmt: skip


def board(
    themes: Sequence[Theme], book: Codebook, homeless: Iterable[str], stars: int, past: int,
    negative: Mapping[str, int] | None = None,
) -> list[Line]:  # fmt: skip
    """Themes with sub-themes and codes, then the boxes; `negative` has how many interviews speak against each theme."""
    lines: list[Line] = []
    for theme in themes:
        inset = "  " * depth(themes, theme)
        quotes = f"  {counted(len(theme.quotes), 'quote')}" if theme.quotes else ""
        if against := (negative or {}).get(theme.id, 0):
            quotes += f"  {counted(against, 'negative case')}"
        state = f"  {theme.state}" if theme.state is not ThemeState.CANDIDATE else ""
        lines.append((theme.id, Content.assemble(inset, (shown(theme.name), "bold"), quotes, (state, "italic"))))
        lines += [(f"{theme.id} {code}", Content(f"{inset}  {shown(book.label(code))}")) for code in theme.codes]
    lines.append((NO_HOME, Content.styled("No home yet", "bold")))
    lines += [(f"{NO_HOME} {code}", Content(f"  {shown(book.label(code))}")) for code in homeless]
    if stars:
        lines.append((STARRED, Content.assemble(("Starred while coding", "bold"), f"  {stars} waiting")))
    if past:
        lines.append((GIVEN_UP, Content.assemble(("Given up", "bold"), f"  {counted(past, 'theme')}")))
    return lines


# --- the other pane --------------------------------------------------------------------------------------------


def extract(one: Extract, words: str, quoted: bool, width: int) -> Content:
    """A settled segment, with a star when a quote is from there."""
    who = cells(one.participant, 6)
    return Content.assemble(("★ " if quoted else "  ", "bold"), (who, "bold"), " ", excerpt(words, max(10, width - 12)))


def quote(one: Quote, words: str, width: int) -> Content:
    """A quote in its place: what it is for, who said it, with its cuts and insertions."""
    who = cells(one.participant, 6)
    return Content.assemble(_USES[one.use], (who, "bold"), " ", excerpt(words, max(10, width - 17)))


def star(one: Star, name: str, words: str, width: int) -> Content:
    """A starred extract: where it is, by whom, what for."""
    note = f" ({one.note})" if one.note else ""
    said = excerpt(f"{words}{note}", max(10, width - 28))
    return Content.assemble(("★ ", "bold"), cells(name, 15), " ", cells(one.coder, 6), " ", said)


def past(one: PastTheme, names: Mapping[str, str], width: int) -> Content:
    """A theme that was given up, and why."""
    into = f" into {', '.join(names.get(id_, '?') for id_ in one.into)}" if one.into else ""
    said = f"{one.theme.name}, {one.how}{into}: {one.reason or 'no reason given'}"
    return Content(excerpt(said, max(20, width - 4)))


def overlap(one: Overlap, theme: str, names: Mapping[str, str], width: int, *, counts: bool) -> Content:
    """Another theme and how far this one overlaps with it; only that it does where the method does not count."""
    other = names[one.second if theme == one.first else one.first]
    if not counts:
        return Content(excerpt(other, max(10, width - 4)))
    said = f"  {percent(one.share(theme))} of its segments ({one.both}), c {one.c:.2f}"
    room = max(10, width - len(said) - 3)
    return Content.assemble((cells(other, min(room, 40)), "bold"), said)


def met(one: Overlap, book: Codebook, *, counts: bool) -> Content:
    """Which codes of two themes meet."""
    lines = [
        f"{shown(book.label(a))}  +  {shown(book.label(b))}" + f"   {counted(n, 'segment')}" * counts
        for a, b, n in one.codes
    ]
    if counts:
        of_both = f"{one.both} / ({one.of_first} + {one.of_second} - {one.both})"
        lines += ["", f"c = n12 / (n1 + n2 - n12) = {of_both} = {one.c:.2f}"]
    return Content("\n".join(lines))


# --- one theme -------------------------------------------------------------------------------------------------


def summary(theme: Theme, extracts: Sequence[Extract], warned: Sequence[Warned], *, counts: bool) -> Content:
    """How much stands under a theme, what it says, and what to look at."""
    people, texts = len({one.participant for one in extracts}), len({one.transcript for one in extracts})
    count = (
        f"{counted(len(extracts), 'settled segment')}, {counted(people, 'participant')}, "
        f"{counted(texts, 'transcript')}; {STATE_NAMES[theme.state]}"
        if counts
        else STATE_NAMES[theme.state].capitalize()
    )
    idea = shown(" ".join(theme.idea.split())) or "What this theme says is not written yet (press e)."
    look = f"! {shown(warned[0].sentence)}" if warned else ""
    more = f" And {len(warned) - 1} more (press i)." if len(warned) > 1 else ""
    lines = [Content.styled(count, "dim"), *([Content.styled(look + more, "bold")] if look else []), Content(idea)]
    return Content("\n").join(lines)


def about(theme: Theme, warned: Sequence[Warned], steps: Sequence[ThemeStep], labels: Sequence[str]) -> Content:
    """Everything that is written about a theme, how it came to its state, and what to look at."""
    parts = [Content(shown_lines(theme.idea) or "What it says is not written yet.")]
    parts += [
        Content.assemble((f"{title}\n", "bold"), shown_lines(theme.written(field)) or "not written yet")
        for field, title in FIELD_NAMES.items()
    ]
    parts.append(Content.assemble(("Codes\n", "bold"), ", ".join(map(shown, labels)) or "none"))
    if steps:
        told = [_step(step) for step in steps]
        parts.append(Content.assemble(("How it came here\n", "bold"), "\n".join(told)))
    if warned:
        told = [f"! {shown(one.sentence)} (point {one.point})" for one in warned]
        source = "Points of Braun & Clarke's checklist for a good thematic analysis (2006, table 2)."
        parts.append(Content.assemble(("Look at\n", "bold"), "\n".join(told), "\n", (source, "dim")))
    return Content("\n\n").join(parts)


def _step(step: ThemeStep) -> str:
    why = f": {shown(step.reason)}" if step.reason else ""
    return f"{step.at[:10]}  {STATE_NAMES[step.state]} ({shown(step.actor)}){why}"


def ended(one: PastTheme, names: Mapping[str, str], labels: Sequence[str]) -> Content:
    """A theme that was given up, whole."""
    into = f" into {', '.join(shown(names.get(id_, '?')) for id_ in one.into)}" if one.into else ""
    head = (
        f"{one.how.capitalize()}{into} by {shown(one.actor)} on {one.at[:10]}: {shown(one.reason) or 'no reason given'}"
    )
    quotes = "\n".join(f"“{shown_lines(quote.words)}” ({shown(quote.participant)})" for quote in one.theme.quotes)
    body = about(one.theme, (), (), labels)
    return Content("\n\n").join([Content.styled(head, "bold"), body, *([Content(quotes)] if quotes else [])])
