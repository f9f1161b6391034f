"""Every table of a study's data, by name, each made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from qualbench.errors import UsageError
from qualbench.steps.pack import coded, counts, themed
from qualbench.steps.pack.blocks import Table, linked
from qualbench.steps.pack.coded import Pages
from qualbench.steps.pack.gathered import Gathered
from qualbench.steps.pack.places import page

TABLES: Mapping[str, Callable[[Gathered, Pages], Table]] = {
    "sources": lambda _, pages: coded.sources(pages),
    "cases": lambda of, _: counts.cases(of),
    "codes": lambda of, _: counts.codes(of),
    "turns": lambda _, pages: coded.turns(pages),
    "segments": coded.segments,
    "settled": coded.settled,
    "case_code_matrix": lambda of, _: counts.case_code(of),
    "cooccurrence": lambda of, _: counts.cooccurrence(of),
    "agreement": lambda of, _: counts.agreement(of),
    "decisions": themed.decisions,
    "themes": lambda of, _: themed.themes(of),
    "theme_codes": lambda of, _: themed.theme_codes(of),
    "quotes": themed.quotes,
    "memos": coded.memos,
}
"""Each table, what others link to before what links to it."""


def chosen(names: Sequence[str]) -> tuple[str, ...]:
    """The names of the tables that are asked for, in their order; all of them when nothing is asked."""
    for unknown in (name for name in names if name not in TABLES):
        raise UsageError(f"There is no table called '{unknown}'.", f"Tables are: {', '.join(TABLES)}")
    return tuple(name for name in TABLES if not names or name in names)


def tables(of: Gathered, names: Sequence[str] = ()) -> tuple[Table, ...]:
    """The tables that are asked for, with links among them only; agreement is none where the method measures none."""
    labels = {one.id: one.label for one in of.cases}
    pages: Pages = {one.id: page(one, labels) for one in of.transcripts}
    wanted = [name for name in chosen(names) if name != "agreement" or not of.no_counts]
    made = [TABLES[name](of, pages) for name in wanted]
    links = linked(made)
    return tuple(replace(one, links=links[one.name]) for one in made)
