"""Verbs that show the theme board: themes, extracts, history, overlap, what to look at, the map."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from qualbench.cli import as_option, output
from qualbench.model import FIELD_NAMES, STATE_NAMES, PastTheme, Quote, Theme
from qualbench.project import Project
from qualbench.text import excerpt, percent


def _theme(theme: Theme) -> dict[str, Any]:
    return {
        "theme": theme.name,
        "id": theme.id,
        "under": theme.parent,
        "state": str(theme.state),
        "idea": theme.idea,
        **{str(field): theme.written(field) for field in FIELD_NAMES},
        "codes": list(theme.codes),
        "quotes": [_quote(quote) for quote in theme.quotes],
    }


def _quote(quote: Quote) -> dict[str, Any]:
    return {
        "quote": quote.id,
        "transcript": quote.transcript,
        "start": quote.start,
        "end": quote.end,
        "participant": quote.participant,
        "text": quote.text,
        "use": str(quote.use),
        "cuts": [list(cut) for cut in quote.cuts],
        "insertions": [list(put) for put in quote.insertions],
        "words": quote.words,
    }


@click.command("list")
@output.json_option
@as_option
@click.pass_obj
def list_themes(folder: Path, as_json: bool, viewer: str) -> None:
    """List the themes with their codes and quotes."""
    from qualbench.steps import themes

    with Project.open(folder, viewer) as project:
        board = project.themes()
    if as_json:
        output.data([_theme(theme) for theme in board])
        return
    output.table(
        ("theme", "state", "codes", "quotes", "what it says"),
        [
            ("  " * themes.depth(board, t) + t.name, t.state, ", ".join(t.codes), len(t.quotes), excerpt(t.idea, 60))
            for t in board
        ],
        right=(3,),
    )


@click.command("show")
@click.argument("name")
@output.json_option
@as_option
@click.pass_obj
def show(folder: Path, name: str, as_json: bool, viewer: str) -> None:
    """Show one theme: all that is written about it, its quotes, and what to look at."""
    with Project.open(folder, viewer) as project:
        theme = project.theme(name)
        warned = project.theme_checks(theme)
        steps = [step for step in project.theme_steps() if step.theme == theme.id]
    if as_json:
        checks = [{"point": one.point, "sentence": one.sentence} for one in warned]
        states = [{"state": str(s.state), "reason": s.reason, "by": s.actor, "at": s.at} for s in steps]
        output.data({**_theme(theme), "states": states, "checks": checks})
        return
    output.text(f"{theme.name}: {STATE_NAMES[theme.state]}")
    output.text(theme.idea or "What it says is not written.")
    for field, title in FIELD_NAMES.items():
        if theme.written(field):
            output.text(f"{title}: {theme.written(field)}")
    for quote in theme.quotes:
        output.text(f"“{quote.words}” ({quote.participant}; {quote.use or 'use not said'}; {quote.id})")
    for one in warned:
        output.text(f"Look at: {one.sentence}")


@click.command("history")
@output.json_option
@as_option
@click.pass_obj
def history(folder: Path, as_json: bool, viewer: str) -> None:
    """List the themes that were dropped, merged or split, with why."""
    with Project.open(folder, viewer) as project:
        past = project.past_themes()
        names = {one.id: one.name for one in (*project.themes(), *(one.theme for one in past))}
    rows = [_past(one, names) for one in past]
    if as_json:
        output.data(rows)
        return
    fields = ("theme", "how", "into", "reason", "by", "at")
    output.table(
        fields, [(r["theme"], r["how"], ", ".join(r["into"]), r["reason"], r["by"], r["at"][:10]) for r in rows]
    )


def _past(one: PastTheme, names: dict[str, str]) -> dict[str, Any]:
    return {
        **_theme(one.theme), "how": str(one.how), "reason": one.reason,
        "into": [names.get(id_, id_) for id_ in one.into], "by": one.actor, "at": one.at,
    }  # fmt: skip


@click.command("extracts")
@click.argument("name")
@output.json_option
@as_option
@click.pass_obj
def extracts(folder: Path, name: str, as_json: bool, viewer: str) -> None:
    """List the settled segments under a theme and its sub-themes."""
    from qualbench.steps import themes

    with Project.open(folder, viewer) as project:
        found = project.extracts(themes.all_codes(project.themes(), project.theme(name)))
    if as_json:
        fields = ("name", "start", "end", "participant", "codes", "text")
        output.data([{"transcript" if f == "name" else f: getattr(one, f) for f in fields} for one in found])
        return
    output.table(
        ("transcript", "place", "participant", "codes", "words"),
        [(e.name, f"{e.start}-{e.end}", e.participant, ", ".join(e.codes), excerpt(e.text, 60)) for e in found],
    )


@click.command("overlap")
@output.json_option
@as_option
@click.pass_obj
def overlap(folder: Path, as_json: bool, viewer: str) -> None:
    """Show which themes share settled segments, how many, and by which codes."""
    with Project.open(folder, viewer) as project:
        names = {theme.id: theme.name for theme in project.themes()}
        found = project.theme_overlaps()
        counts = project.themes_are_counted
    rows: list[dict[str, Any]] = []
    for one in found:
        row: dict[str, Any] = {"first": names[one.first], "second": names[one.second]}
        if counts:
            row |= {"both": one.both, "of_first": one.share(one.first), "of_second": one.share(one.second), "c": one.c}
        rows.append({**row, "codes": [[*pair[:2], *pair[2:] * counts] for pair in one.codes]})
    if as_json:
        output.data(rows)
        return
    if not counts:
        output.say("Reflexive analysis does not count: only what meets is shown.")
    heads = ("first", "second", *(("both", "of first", "of second", "c") if counts else ()), "codes that meet")
    output.table(heads, [_line(row, counts=counts) for row in rows], right=(2, 3, 4, 5) if counts else ())


def _line(row: dict[str, Any], *, counts: bool) -> tuple[object, ...]:
    figures = (row["both"], percent(row["of_first"]), percent(row["of_second"]), output.figure(row["c"], 2)) * counts
    return (row["first"], row["second"], *figures, ", ".join(f"{pair[0]} + {pair[1]}" for pair in row["codes"][:3]))


@click.command("check")
@output.json_option
@as_option
@click.pass_obj
def check(folder: Path, as_json: bool, viewer: str) -> None:
    """Say what to look at before themes stand: points 3, 5 and 6 of Braun & Clarke's checklist (2006)."""
    with Project.open(folder, viewer) as project:
        found = [(theme.name, one) for theme in project.themes() for one in project.theme_checks(theme)]
    if as_json:
        output.data([{"theme": name, "point": one.point, "sentence": one.sentence} for name, one in found])
        return
    output.table(("theme", "point", "what to look at"), [(name, one.point, one.sentence) for name, one in found])
    if not found:
        output.say("Nothing to look at.")


@click.command("map")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), required=True, help=".svg .dot .mmd")
@click.option("--force", is_flag=True, help="Write over a file that exists.")
@as_option
@output.answers
@click.pass_obj
def write_map(folder: Path, target: Path, force: bool, viewer: str) -> None:
    """Write the theme map as SVG, for Graphviz or for Mermaid; the ending says which."""
    with Project.open(folder, viewer) as project:
        project.write_map(target, force=force)
        alt = project.theme_map().alt
    output.say(f"The theme map is in {target}. In words: {alt}")


VERBS = (list_themes, show, history, extracts, overlap, check, write_map)
"""For the group of verbs on themes."""
