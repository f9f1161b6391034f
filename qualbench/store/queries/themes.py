"""Reads of the theme board: the themes and quotes that stand, and those that were given up."""

from __future__ import annotations

import json
from typing import Any

from qualbench.model import PastTheme, Quote, QuoteUse, Theme, ThemeEnd, ThemeState, ThemeStep
from qualbench.store.database import Connection
from qualbench.store.queries.study import content, words

_THEME = "id, name, idea, parent, state, definition, is_not, narrative, question"


def themes(db: Connection) -> tuple[Theme, ...]:
    """The theme board in reading order: each theme before its sub-themes, sisters as they were put."""
    quotes: dict[str, list[Quote]] = {}
    for quote in _quotes(db):
        quotes.setdefault(quote.theme, []).append(quote)
    gathered: dict[str, list[str]] = {}
    for code, theme in db.execute("select code, theme from gathered order by seq"):
        gathered.setdefault(theme, []).append(code)
    found = db.execute(f"select {_THEME} from theme where how = '' order by position, seq").fetchall()
    under: dict[str, list[Theme]] = {}
    for row in found:
        theme = _theme(db, row, tuple(gathered.get(row[0], ())), tuple(quotes.get(row[0], ())))
        under.setdefault(theme.parent, []).append(theme)
    return tuple(_in_order(under, ""))


def _in_order(under: dict[str, list[Theme]], parent: str) -> list[Theme]:
    return [one for theme in under.get(parent, ()) for one in (theme, *_in_order(under, theme.id))]


def _theme(db: Connection, row: Any, codes: tuple[str, ...], quotes: tuple[Quote, ...]) -> Theme:
    id_, name, idea, parent, state, *fields = row
    definition, is_not, narrative, question = (words(db, key) for key in fields)
    return Theme(
        id_, name, words(db, idea), codes, quotes, parent, ThemeState(state), definition, is_not, narrative, question
    )


def past_themes(db: Connection) -> tuple[PastTheme, ...]:
    """The themes that were dropped, merged or split, in that order, with what they were and why they went."""
    quotes: dict[str, list[Quote]] = {}
    for quote in _quotes(db):
        quotes.setdefault(quote.theme, []).append(quote)
    found = db.execute(
        f"select how, reason, went, actor, at, codes, {_THEME} from theme where how <> '' order by ended, seq"
    ).fetchall()
    return tuple(
        PastTheme(
            _theme(db, row, tuple(json.loads(codes)), tuple(quotes.get(row[0], ()))),
            ThemeEnd(how), _reason(db, reason), tuple(json.loads(went)), actor, at,
        )
        for how, reason, went, actor, at, codes, *row in found
    )  # fmt: skip


def _reason(db: Connection, key: str) -> str:
    """Why a theme went; the first reasons were written down as they are."""
    return words(db, key) if len(key) == 64 and content(db, key) is not None else key


def theme_steps(db: Connection) -> tuple[ThemeStep, ...]:
    """Every state that a theme was ever given, in order."""
    found = db.execute("select theme, state, reason, actor, at from theme_state order by seq").fetchall()
    return tuple(
        ThemeStep(theme, ThemeState(state), words(db, reason), actor, at)
        for theme, state, reason, actor, at in found
    )  # fmt: skip


def put_aside(db: Connection) -> frozenset[str]:
    """The stars that wait no longer, by id."""
    return frozenset(row[0] for row in db.execute("select star from star_aside"))


def _quotes(db: Connection) -> list[Quote]:
    found = db.execute(
        'select q.id, q.theme, q.transcript, q.start, q."end", q.words, q."use", q.edits, q.start - q.edited_at,'
        " coalesce(nullif(p.participant, ''), p.label, '') from quote q"
        ' left join turn u on u.transcript = q.transcript and u.body <= q.start and u."end" >= q."end"'
        " left join speaker p on p.transcript = q.transcript and p.n = u.speaker order by q.position, q.seq"
    ).fetchall()
    return [_quote(db, row) for row in found]


def _quote(db: Connection, row: Any) -> Quote:
    id_, theme, transcript, start, end, key, use, edits, moved, participant = row
    made = json.loads(content(db, edits) or b"{}") if edits else {}
    cuts = [(low + moved, high + moved) for low, high in made.get("cuts", ())]
    insertions = [(at + moved, said) for at, said in made.get("insertions", ())]
    return Quote(
        id_, theme, transcript, start, end, words(db, key), participant, QuoteUse(use),
        tuple(cut for cut in cuts if start <= cut[0] < cut[1] <= end),
        tuple(put for put in insertions if start <= put[0] <= end),
    )  # fmt: skip
