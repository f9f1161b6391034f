"""Reads of how far coding is, by spans instead of codings: what comes before a screen must not hold a million objects.

They stand under the one rule of `codings`: what others said is read when the transcript is opened, and not before.
"""

from __future__ import annotations

from qualbench.store.database import Connection
from qualbench.store.queries.codings import VISIBLE

Said = tuple[str, int, int, frozenset[str]]
"""A pass, a span, and the codes it has there; none where nothing applies."""


def said(db: Connection, viewer: str, transcript: str) -> list[Said]:
    """Everything that passes say of a transcript, as far as this viewer may see it, a row for each span of a pass."""
    rows = db.execute(
        'select pass, start, "end", group_concat(code, char(10)) from coding'
        f' where transcript = :transcript and {VISIBLE} group by pass, start, "end"'
        ' union all select pass, start, "end", null from nothing_applies'
        f" where pass in (select id from pass where transcript = :transcript) and {VISIBLE}",
        {"viewer": viewer, "transcript": transcript},
    )
    kept: dict[frozenset[str], frozenset[str]] = {}  # few sets stand on many spans: each is held once
    found = []
    for pass_, start, end, codes in rows:
        here = frozenset(codes.split("\n") if codes is not None else ())
        found.append((pass_, start, end, kept.setdefault(here, here)))
    return found


def doubtful(db: Connection, viewer: str) -> int:
    """How many places in corrected texts there are that codings of the viewer, or opened ones, may no longer fit."""
    corrected = "pass in (select id from pass where transcript in (select id from transcript where version > 1))"
    places = f'select transcript, pass, coder, start, "end" from {{}} where doubtful and {corrected} and {VISIBLE}'
    found: int = db.execute(
        f"select count(*) from ({places.format('coding')} union {places.format('nothing_applies')})",
        {"viewer": viewer},
    ).fetchone()[0]
    return found
