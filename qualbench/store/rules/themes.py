"""What facts about the theme board do to the ordinary tables: themes and their order, codes with one home, quotes.

A theme that was given up keeps its row, with how it ended and why; its codes have no home from then on.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from qualbench import events as e
from qualbench.model import ThemeEnd
from qualbench.store.database import Connection
from qualbench.store.rules.carrying import carry
from qualbench.store.rules.entry import Entry

COLUMNS = {"definition": "definition", "not": "is_not", "narrative": "narrative", "question": "question"}
"""The fields that are written about a theme, with their columns."""


def theme_created(db: Connection, entry: Entry, event: e.ThemeCreated) -> str:
    db.execute(
        "insert or ignore into theme(id, name, idea, parent, position, state, how, seq)"
        " values (?, ?, '', '', ?, 'candidate', '', ?)",
        (event.theme, event.name, entry.seq, entry.seq),
    )
    return ""


def theme_renamed(db: Connection, _: Entry, event: e.ThemeRenamed) -> str:
    done = db.execute("update theme set name = ? where id = ? and how = ''", (event.name, event.theme))
    return "" if done.rowcount else "A theme was renamed that is not there."


def theme_described(db: Connection, _: Entry, event: e.ThemeDescribed) -> str:
    done = db.execute("update theme set idea = ? where id = ? and how = ''", (event.idea, event.theme))
    return "" if done.rowcount else "A theme was described that is not there."


def theme_written(db: Connection, _: Entry, event: e.ThemeWritten) -> str:
    done = db.execute(
        f"update theme set {COLUMNS[event.field]} = ? where id = ? and how = ''", (event.words, event.theme)
    )
    return "" if done.rowcount else "Words were written about a theme that is not there."


def theme_stated(db: Connection, entry: Entry, event: e.ThemeStated) -> str:
    if not _has_theme(db, event.theme):
        return "A state was given to a theme that is not there."
    db.execute("update theme set state = ? where id = ?", (event.state, event.theme))
    db.execute(
        "insert into theme_state(seq, theme, state, reason, actor, at) values (?, ?, ?, ?, ?, ?)",
        (entry.seq, event.theme, event.state, event.reason, entry.actor, entry.at),
    )
    return ""


def _has_theme(db: Connection, theme: str) -> bool:
    return db.execute("select 1 from theme where id = ? and how = ''", (theme,)).fetchone() is not None


# --- where themes stand ----------------------------------------------------------------------------------------


def theme_placed(db: Connection, _: Entry, event: e.ThemePlaced) -> str:
    if not _has_theme(db, event.theme) or not (event.parent == "" or _has_theme(db, event.parent)):
        return "A theme was placed, or placed under one, that is not there."
    if event.theme in (event.parent, *_above(db, event.parent)):
        return "A theme was placed under itself; it stays where it was."
    db.execute("update theme set parent = ? where id = ?", (event.parent, event.theme))
    sisters = db.execute(
        "select id from theme where parent = ? and how = '' and id <> ? order by position, seq",
        (event.parent, event.theme),
    )
    _in_order(db, "theme", _put([row[0] for row in sisters], event.theme, event.after))
    return ""


def _above(db: Connection, theme: str) -> list[str]:
    """The themes over a theme, the nearest first."""
    found: list[str] = []
    while row := db.execute("select parent from theme where id = ?", (theme,)).fetchone():
        theme = row[0]
        if not theme or theme in found:
            break
        found.append(theme)
    return found


def _put(others: Sequence[str], one: str, after: str) -> list[str]:
    """The ids with one of them behind another; at the first place when that one is not there."""
    at = list(others).index(after) + 1 if after in others else 0
    return [*others[:at], one, *others[at:]]


def _in_order(db: Connection, table: str, ids: Sequence[str]) -> None:
    # positions of what was not moved yet are numbers of entries: they come after these
    db.executemany(f"update {table} set position = ? where id = ?", [(n - len(ids), id_) for n, id_ in enumerate(ids)])


# --- how themes end --------------------------------------------------------------------------------------------


def theme_dropped(db: Connection, entry: Entry, event: e.ThemeDropped) -> str:
    _end(db, entry, event.theme, ThemeEnd.DROPPED, event.reason)
    return ""


def themes_merged(db: Connection, entry: Entry, event: e.ThemesMerged) -> str:
    gone = [theme for theme in dict.fromkeys(event.themes) if theme != event.into and _has_theme(db, theme)]
    if not gone or not _has_theme(db, event.into):
        return "Themes were merged that are not there."
    for theme in gone:
        if theme in _above(db, event.into):
            db.execute(
                "update theme set parent = (select parent from theme where id = ?) where id = ?", (theme, event.into)
            )
        db.execute("update theme set parent = ? where parent = ? and id <> ?", (event.into, theme, event.into))
        codes = _codes(db, theme)
        db.execute("update gathered set theme = ? where theme = ?", (event.into, theme))
        db.execute(
            "update quote set theme = :into where theme = :theme and not exists (select 1 from quote q where"
            ' q.theme = :into and (q.transcript, q.start, q."end") = (quote.transcript, quote.start, quote."end"))',
            {"into": event.into, "theme": theme},
        )
        _end(db, entry, theme, ThemeEnd.MERGED, event.reason, [event.into], codes)
    return ""


def theme_split(db: Connection, entry: Entry, event: e.ThemeSplit) -> str:
    if not _has_theme(db, event.theme):
        return "A theme was split that is not there."
    _end(db, entry, event.theme, ThemeEnd.SPLIT, event.reason, event.into)
    return ""


def _codes(db: Connection, theme: str) -> list[str]:
    return [row[0] for row in db.execute("select code from gathered where theme = ? order by seq", (theme,))]


def _end(
    db: Connection, entry: Entry, theme: str, how: ThemeEnd, reason: str, into: Sequence[str] = (),
    codes: Sequence[str] = (),
) -> None:  # fmt: skip
    """The theme is history: its sub-themes go to where it stood, its codes have no home."""
    db.execute(
        "update theme set how = ?, reason = ?, went = ?, codes = ?, actor = ?, at = ?, ended = ? where id = ?"
        " and how = ''",
        (
            how, reason, json.dumps(list(into)), json.dumps(list(codes) or _codes(db, theme)), entry.actor, entry.at,
            entry.seq, theme,
        ),
    )  # fmt: skip
    db.execute("update theme set parent = (select parent from theme where id = ?1) where parent = ?1", (theme,))
    db.execute("delete from gathered where theme = ?", (theme,))


# --- codes and quotes ------------------------------------------------------------------------------------------


def code_gathered(db: Connection, entry: Entry, event: e.CodeGathered) -> str:
    if not _has_theme(db, event.theme):
        return "A code was gathered under a theme that is not there."
    db.execute(
        "insert or replace into gathered(code, theme, seq) values (?, ?, ?)",
        (event.code, event.theme, entry.seq),
    )
    return ""


def code_released(db: Connection, _: Entry, event: e.CodeReleased) -> str:
    db.execute("delete from gathered where code = ? and theme = ?", (event.code, event.theme))
    return ""


def quote_picked(db: Connection, entry: Entry, event: e.QuotePicked) -> str:
    if not _has_theme(db, event.theme):
        return "A quote was picked for a theme that is not there."
    db.execute(
        'insert or ignore into quote(id, theme, transcript, start, "end", words, "use", edits, edited_at, position,'
        " seq) values (?, ?, ?, ?, ?, ?, '', '', ?, ?, ?)",
        (
            event.quote, event.theme, event.transcript, event.start, event.end, event.words, event.start, entry.seq,
            entry.seq,
        ),
    )  # fmt: skip
    return ""


def quote_dropped(db: Connection, _: Entry, event: e.QuoteDropped) -> str:
    db.execute("delete from quote where id = ?", (event.quote,))
    return ""


def quote_used(db: Connection, _: Entry, event: e.QuoteUsed) -> str:
    done = db.execute('update quote set "use" = ? where id = ?', (event.use, event.quote))
    return "" if done.rowcount else "The use of a quote was said that is not there."


def quote_edited(db: Connection, _: Entry, event: e.QuoteEdited) -> str:
    """Where the quote begins is kept beside its cuts: a corrected text moves them together."""
    done = db.execute("update quote set edits = ?, edited_at = start where id = ?", (event.edits, event.quote))
    return "" if done.rowcount else "A quote was edited that is not there."


def quote_moved(db: Connection, _: Entry, event: e.QuoteMoved) -> str:
    row = db.execute("select 1 from quote where id = ?", (event.quote,)).fetchone()
    if row is None or not _has_theme(db, event.theme):
        return "A quote was moved, or moved to a theme, that is not there."
    db.execute("update quote set theme = ? where id = ?", (event.theme, event.quote))
    others = db.execute(
        "select id from quote where theme = ? and id <> ? order by position, seq", (event.theme, event.quote)
    )
    _in_order(db, "quote", _put([row[0] for row in others], event.quote, event.after))
    return ""


def quotes_carried(db: Connection, _: Entry, event: e.QuotesCarried) -> str:
    carry(db, "quote", event)
    return ""


def star_put_aside(db: Connection, entry: Entry, event: e.StarPutAside) -> str:
    if event.aside:
        db.execute("insert or ignore into star_aside(star, seq) values (?, ?)", (event.star, entry.seq))
    else:
        db.execute("delete from star_aside where star = ?", (event.star,))
    return ""


def negative_case_marked(db: Connection, entry: Entry, event: e.NegativeCaseMarked) -> str:
    place = (event.against, event.participant)
    db.execute("delete from negative_case where against = ? and participant = ?", place)
    if event.marked:
        db.execute(
            "insert into negative_case(against, participant, reason, actor, at, seq) values (?, ?, ?, ?, ?, ?)",
            (*place, event.reason, entry.actor, entry.at, entry.seq),
        )
    return ""
