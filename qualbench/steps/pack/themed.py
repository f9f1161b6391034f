"""The tables of what the team made of the coding: decisions, themes, the codes under them, quotes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qualbench.model import OUTCOME_NAMES, REASON_NAMES, STATE_NAMES, USE_NAMES, Decision
from qualbench.steps.pack.blocks import Cell, Column, Kind, Link, Table
from qualbench.steps.pack.coded import Pages
from qualbench.steps.pack.gathered import Gathered

_THEME = Link("theme_id", "themes", "theme_id")


def decisions(of: Gathered, pages: Pages) -> Table:
    """One row for each decision that was ever taken, in order; superseded ones are said to be."""
    columns = (
        Column("decision_id", "The decision"),
        Column("segment_id", "The transcript and the characters it is about"),
        Column("source", "The transcript"),
        Column("start", "First character, counted in code points from 0", Kind.WHOLE),
        Column("end", "The character behind the last one", Kind.WHOLE),
        Column("line", "The line it begins in, counted from 1", Kind.WHOLE),
        Column("readings", "What each coder said before, one a line"),
        Column("outcome", "What was decided"),
        Column("codes", "The codes that were settled on"),
        Column("reason", "Why the readings differed"),
        Column("yielded", "Who gave way; empty when nobody did"),
        Column("note", "What was said about it"),
        Column("by", "Who recorded it"),
        Column("at", "When", Kind.MOMENT),
        Column("in_force", "1, or 0 when a later decision supersedes it", Kind.WHOLE),
        Column("text", "The words it is about"),
    )
    rows = list(_decisions(of, pages))
    links = (Link("source", "sources", "source"),)
    return Table("decisions", "Every decision on a disagreement", columns, rows, ("decision_id",), links, "note")


def _decisions(of: Gathered, pages: Pages) -> Iterator[tuple[Cell, ...]]:
    readings = {item.id: item.readings for item in of.items}
    newest = {one.item: one.id for one in of.decisions}
    for one in (one for one in of.decisions if one.transcript in pages):
        page = pages[one.transcript]
        said = (f"{coder}: {_listed(codes)}" for coder, codes in (one.readings or readings.get(one.item, {})).items())
        yield (
            one.id, page.id(one.start, one.end), page.name, one.start, one.end, page.line(one.start),
            "\n".join(said), _outcome(one), _codes(one), REASON_NAMES[one.reason], one.yielded,
            one.note, one.actor, _moment(one), int(newest[one.item] == one.id), page.words(one.start, one.end),
        )  # fmt: skip


def _outcome(one: Decision) -> str:
    return OUTCOME_NAMES[one.outcome] + (f" ({one.stands})" if one.stands else "")


def _codes(one: Decision) -> str:
    """The codes that were settled on; those of the parts of a segment that was split one part a line."""
    parts = (f"{start}-{end}: {_listed(codes)}" for start, end, codes in one.parts)
    return "\n".join(parts) or ", ".join(one.codes)


def _listed(codes: Sequence[str]) -> str:
    return ", ".join(codes) or "-"


def _moment(one: Decision) -> str:
    return f"{one.at[:19]}Z"


def themes(of: Gathered) -> Table:
    """One row a theme, with how far it reaches where the method counts."""
    columns = [
        Column("theme_id", "The theme"),
        Column("name", "What it is called"),
        Column("parent", "The theme it is under; empty at the top"),
        Column("state", "How far it has come"),
        Column("idea", "Its central idea"),
        Column("definition", "What it is"),
        Column("is_not", "What it is not"),
        Column("narrative", "What is told about it"),
        Column("question", "What it says for the question of the study"),
    ]
    if of.reach:
        columns += [
            Column("participants", "Participants with any code of it or of its sub-themes", Kind.WHOLE),
            Column("of", "Out of so many participants with settled speech", Kind.WHOLE),
            Column("label", "general, typical, variant or rare, in methods that have these words"),
            Column("segments", "Settled segments", Kind.WHOLE),
            Column("transcripts", "Transcripts", Kind.WHOLE),
        ]
    rows = list(_themes(of))
    links = (Link("parent", "themes", "theme_id"),)
    told = "The themes, in the order of the board"
    return Table("themes", told, tuple(columns), rows, ("theme_id",), links, "narrative")


def _themes(of: Gathered) -> Iterator[tuple[Cell, ...]]:
    for one in of.themes:
        said = (one.id, one.name, one.parent, STATE_NAMES[one.state], one.idea)
        written = (one.definition, one.is_not, one.narrative, one.question)
        counts: tuple[Cell, ...] = ()
        if of.reach:
            far = of.reach[one.id]
            counts = (far.participants, far.of, far.label, far.segments, far.transcripts)
        yield *said, *written, *counts


def theme_codes(of: Gathered) -> Table:
    """One row for each code under a theme."""
    columns = (Column("theme_id", "The theme"), Column("code_id", "A code gathered under it"))
    rows: list[tuple[Cell, ...]] = [(one.id, code) for one in of.themes for code in one.codes]
    links = (_THEME, Link("code_id", "codes", "code_id"))
    return Table("theme_codes", "Which codes are under which themes", columns, rows, ("theme_id", "code_id"), links)


def quotes(of: Gathered, pages: Pages) -> Table:
    """One row a quote, with its whole words and as it is printed."""
    columns = (
        Column("quote_id", "The quote"),
        Column("theme_id", "The theme it is for"),
        Column("source", "The transcript"),
        Column("start", "First character, counted in code points from 0", Kind.WHOLE),
        Column("end", "The character behind the last one", Kind.WHOLE),
        Column("line", "The line it begins in, counted from 1", Kind.WHOLE),
        Column("case", "Whose words they are"),
        Column("use", "What the quote is for"),
        Column("text", "The words of the transcript"),
        Column("printed", "The same with cuts as […] and insertions in brackets"),
    )
    rows: list[tuple[Cell, ...]] = []
    for quote in (quote for one in of.themes for quote in one.quotes if quote.transcript in pages):
        page = pages[quote.transcript]
        rows.append((
            quote.id, quote.theme, page.name, quote.start, quote.end, page.line(quote.start),
            page.voice(quote.start).case, USE_NAMES[quote.use], quote.text, quote.words,
        ))  # fmt: skip
    links = (_THEME, Link("source", "sources", "source"), Link("case", "cases", "case"))
    return Table("quotes", "The quotes picked for themes", columns, rows, ("quote_id",), links, "text")
