"""Reads of the codebook's life: releases, the draft, what coders proposed, looked at again and were suggested."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qualbench.events import KINDS, CodeDrafted, Event, seal
from qualbench.model import Proposal, Recheck, SuggestionAnswer
from qualbench.store.database import Connection
from qualbench.store.queries.codings import VISIBLE
from qualbench.store.queries.study import content, words


@dataclass(frozen=True, slots=True)
class Stated:
    """A fact of the draft, with who stated it and when."""

    fact: Event
    actor: str
    at: str


def releases(db: Connection) -> tuple[tuple[str, str, str], ...]:
    """The released versions, oldest first: version, when, by whom."""
    return tuple(db.execute("select version, released, actor from codebook order by seq").fetchall())


def source(db: Connection, version: str) -> str:
    """The file that a version was read from, as it was; empty when it was made here."""
    row = db.execute("select source from codebook where version = ?", (version,)).fetchone()
    return words(db, row[0]) if row and row[0] else ""


def draft(db: Connection) -> tuple[Stated, ...]:
    """What was stated about codes since the last release, with its words."""
    rows = db.execute("select kind, data, actor, at from draft order by seq").fetchall()
    return tuple(Stated(_fact(db, kind, data), actor, at) for kind, data, actor, at in rows)


def drafted_ever(db: Connection) -> tuple[Stated, ...]:
    """Every fact about codes that still counts, in drafts of all versions."""
    rows = db.execute(
        "select kind, data, journal.actor, at from journal join step on step.step = journal.step"
        " and step.subject = journal.subject and step.area = 'codebook'"
        " where journal.subject = 'codebook' and kind <> 'codebook_released' and undone is null order by journal.seq"
    ).fetchall()
    known = [row for row in rows if row[0] in KINDS and KINDS[row[0]].AREA == "codebook"]
    return tuple(Stated(_fact(db, kind, data), actor, at) for kind, data, actor, at in known)


def _fact(db: Connection, kind: str, data: str) -> Event:
    fact = KINDS[kind].of(json.loads(data))
    return replace(fact, fields=seal(content(db, fact.fields) or b"{}")) if isinstance(fact, CodeDrafted) else fact


def proposals(db: Connection, viewer: str) -> tuple[Proposal, ...]:
    """The codes that coders made while coding, as far as this viewer may see them, oldest first."""
    rows = db.execute(
        f'select code, label, pass, transcript, coder, start, "end" from proposal where {VISIBLE} order by n',
        {"viewer": viewer},
    ).fetchall()
    return tuple(Proposal(code, words(db, label), *rest) for code, label, *rest in rows)


def rechecks(db: Connection, viewer: str, pass_ids: Sequence[str] = ()) -> tuple[Recheck, ...]:
    """What coders said when they looked at segments again, as far as this viewer may see it, oldest first."""
    rows = db.execute(
        f'select pass, transcript, coder, start, "end", code, version, codes from recheck where {VISIBLE}'
        f"{_among(pass_ids)} order by n",
        {"viewer": viewer, "passes": json.dumps(list(pass_ids))},
    ).fetchall()
    return tuple(Recheck(*[*row[:7], tuple(json.loads(row[7]))]) for row in rows)


def answered(db: Connection, viewer: str, pass_id: str) -> tuple[SuggestionAnswer, ...]:
    """What was said to suggestions in a pass, oldest first."""
    rows = db.execute(
        f'select code, start, "end", accepted from answered where pass = :pass and {VISIBLE} order by n',
        {"viewer": viewer, "pass": pass_id},
    )
    return tuple(SuggestionAnswer(code, start, end, bool(taken)) for code, start, end, taken in rows)


def suggested(db: Connection, viewer: str) -> dict[str, tuple[int, int]]:
    """How many suggestions were taken and refused in each pass that this viewer may see."""
    rows = db.execute(
        f"select pass, sum(accepted), sum(1 - accepted) from answered where {VISIBLE} group by pass",
        {"viewer": viewer},
    )
    return {pass_: (taken, refused) for pass_, taken, refused in rows}


def _among(pass_ids: Sequence[str]) -> str:
    return " and pass in (select value from json_each(:passes))" if pass_ids else ""


def favourites(db: Connection, person: str) -> dict[str, str]:
    """The codes a person keeps on keys."""
    return dict(db.execute("select key, code from favourite where person = ? order by key", (person,)).fetchall())


def suggesting(db: Connection) -> tuple[tuple[str, str, bool], ...]:
    """When who turned suggestions on or off, oldest first."""
    rows = db.execute('select person, at, "on" from suggesting order by seq').fetchall()
    return tuple((person, at, bool(on)) for person, at, on in rows)


def versions_in(db: Connection, pass_id: str) -> list[tuple[int, str]]:
    """From which entry on which version was in force in a pass."""
    found = db.execute("select n, codebook from pass_version where pass = ? order by n", (pass_id,))
    return [tuple(row) for row in found]


def decided_under(
    db: Connection, viewer: str, pass_id: str
) -> tuple[list[tuple[int, str]], list[tuple[int, int, int]]]:
    """From which entry on which version was in force in a pass, and the places decided in it with their entries."""
    places = db.execute(
        f'select start, "end", n from coding where pass = :pass and {VISIBLE}'
        f' union all select start, "end", n from nothing_applies where pass = :pass and {VISIBLE} order by 1, 2',
        {"viewer": viewer, "pass": pass_id},
    ).fetchall()
    return versions_in(db, pass_id), [tuple(row) for row in places]


def first_uses(db: Connection, viewer: str, code: str) -> tuple[tuple[str, str, str, int, int], ...]:
    """Each coder's first use of a code, as far as this viewer may see it: when, who, and where."""
    rows = db.execute(
        f'select at, coder, coding.transcript, start, "end" from coding join journal on seq = n'
        f" where code = :code and {VISIBLE} and n in (select min(n) from coding where code = :code and {VISIBLE}"
        " group by coder) order by n",
        {"viewer": viewer, "code": code},
    )
    return tuple(tuple(row) for row in rows)


def proposed_at(db: Connection, viewer: str, code: str) -> str:
    """When a code was proposed; empty when it was not, or when this viewer may not know."""
    row = db.execute(
        f"select at from proposal join journal on seq = n where code = :code and {VISIBLE}",
        {"viewer": viewer, "code": code},
    ).fetchone()
    return row[0] if row else ""


def uses_by_version(db: Connection, viewer: str, code: str) -> dict[str, int]:
    """How often a code stands in passes under each version, as far as this viewer may see it."""
    rows = db.execute(
        "select codebook, count(*) from coding join (select id, codebook from pass) p on p.id = coding.pass"
        f" where code = :code and {VISIBLE} group by codebook",
        {"viewer": viewer, "code": code},
    )
    return dict(rows.fetchall())
