"""What facts about consensus and themes do to the ordinary tables."""

from __future__ import annotations

import json

from qualbench import events as e
from qualbench.store.database import Connection
from qualbench.store.rules.carrying import carry
from qualbench.store.rules.entry import Entry


def item_decided(db: Connection, entry: Entry, event: e.ItemDecided) -> str:
    db.execute(
        'insert or ignore into decision(id, transcript, start, "end", readings, outcome, codes, reason, note,'
        " yielded, actor, at, seq) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            event.decision, event.transcript, event.start, event.end, json.dumps(event.readings), event.outcome,
            json.dumps(event.codes), event.reason, event.note, event.yielded, entry.actor, entry.at, entry.seq,
        ),
    )  # fmt: skip
    return ""


def decisions_carried(db: Connection, _: Entry, event: e.DecisionsCarried) -> str:
    carry(db, "decision", event)
    return ""


def quotes_carried(db: Connection, _: Entry, event: e.QuotesCarried) -> str:
    carry(db, "quote", event)
    return ""


def theme_created(db: Connection, entry: Entry, event: e.ThemeCreated) -> str:
    db.execute(
        "insert or ignore into theme(id, name, idea, seq) values (?, ?, '', ?)",
        (event.theme, event.name, entry.seq),
    )
    return ""


def theme_renamed(db: Connection, _: Entry, event: e.ThemeRenamed) -> str:
    done = db.execute("update theme set name = ? where id = ?", (event.name, event.theme))
    return "" if done.rowcount else "A theme was renamed that is not there."


def theme_described(db: Connection, _: Entry, event: e.ThemeDescribed) -> str:
    done = db.execute("update theme set idea = ? where id = ?", (event.idea, event.theme))
    return "" if done.rowcount else "A theme was described that is not there."


def theme_dropped(db: Connection, _: Entry, event: e.ThemeDropped) -> str:
    db.execute("delete from theme where id = ?", (event.theme,))
    db.execute("delete from gathered where theme = ?", (event.theme,))
    db.execute("delete from quote where theme = ?", (event.theme,))
    return ""


def _has_theme(db: Connection, theme: str) -> bool:
    return db.execute("select 1 from theme where id = ?", (theme,)).fetchone() is not None


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
        'insert or ignore into quote(id, theme, transcript, start, "end", words, seq) values (?, ?, ?, ?, ?, ?, ?)',
        (event.quote, event.theme, event.transcript, event.start, event.end, event.words, entry.seq),
    )
    return ""


def quote_dropped(db: Connection, _: Entry, event: e.QuoteDropped) -> str:
    db.execute("delete from quote where id = ?", (event.quote,))
    return ""
