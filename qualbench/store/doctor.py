"""The check that keeps the study honest: replays all history beside it, compares, and says what it found."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from qualbench.store import journal, projections
from qualbench.store.database import Connection, Error, connect
from qualbench.store.migrations import migrate

Finding = tuple[bool, str]
"""Whether it is well, and a plain sentence."""


def examine(path: Path) -> list[Finding]:
    """Every check on one study, in order; nothing is changed and nothing is repaired."""
    db = connect(path, readonly=True)
    findings = [_database(db)]
    for check in (_chains, _contents, _replay, _quotes, _attention):
        try:
            findings.append(check(db))
        except Error as error:
            findings.append((False, f"A check could not be finished: {error}."))
    db.close()
    return findings


def _database(db: Connection) -> Finding:
    rows = [row[0] for row in db.execute("pragma integrity_check(5)")]
    if rows == ["ok"]:
        return True, "The database file is whole."
    return False, f"The database file is damaged: {'; '.join(rows)}."


def _chains(db: Connection) -> Finding:
    heads: dict[tuple[str, str], str] = {}
    count = 0
    rows = db.execute(
        "select id, device, step, subject, actor, at, kind, data, prev, hash, seq from journal order by seq"
    )
    for *body, prev, digest, seq in rows:
        chain = (body[1], body[3])
        if prev != heads.get(chain, "") or journal.chain_hash(prev, body) != digest:
            return False, f"The journal was changed or is not complete at entry {seq}."
        heads[chain] = digest
        count += 1
    return True, f"The journal's {count} entries are linked without a gap."


def _contents(db: Connection) -> Finding:
    bad = [key for key, body in db.execute("select hash, body from content") if hashlib.sha256(body).hexdigest() != key]
    if bad:
        return False, f"{len(bad)} stored texts differ from what was sealed."
    missing = list(_missing(db))
    if missing:
        return False, f"{len(missing)} texts that the journal names are not there."
    return True, "Every stored text is as it was sealed."


def _missing(db: Connection) -> Iterator[str]:
    held = {row[0] for row in db.execute("select hash from content")}
    fields = (
        ("transcript", "original"), ("transcript", "text"), ("transcript", "layout"), ("memo", "body"),
        ("codebook", "codes"), ("codebook", "source"), ("decision", "note"), ("theme", "idea"), ("quote", "words"),
        ("agreement_run", "result"),
    )  # fmt: skip
    for table, column in fields:
        for (key,) in db.execute(f"select {column} from {table} where {column} <> ''"):
            if key not in held:
                yield key


def _replay(db: Connection) -> Finding:
    path = db.execute("pragma database_list").fetchone()[2]
    scratch = connect(":memory:")
    migrate(scratch)
    scratch.execute("attach database ? as live", (path,))
    scratch.execute("begin")
    for table in ("journal", "content"):
        scratch.execute(f"insert into main.{table} select * from live.{table}")
    projections.rebuild(scratch)
    tables = [table for area in projections.AREA_TABLES.values() for table in area]
    different = [table for table in tables if _differs(scratch, table)]
    scratch.execute("commit")
    scratch.close()
    if different:
        return False, f"What is shown differs from the journal in: {', '.join(different)}."
    return True, "Replaying the journal gives exactly what is shown."


def _differs(db: Connection, table: str) -> bool:
    skip = {"coding": {"n"}, "turn": {"id"}}.get(table, set())
    names = [row[1] for row in db.execute(f"pragma main.table_info({table})") if row[1] not in skip]
    columns = ", ".join(f'"{name}"' for name in names)
    here, live = (f"select {columns} from {schema}.{table}" for schema in ("main", "live"))
    return any(
        db.execute(f"select 1 from ({one} except {other}) limit 1").fetchone()
        for one, other in ((here, live), (live, here))
    )


def _quotes(db: Connection) -> Finding:
    wrong = 0
    texts: dict[str, str] = {}
    rows = db.execute(
        'select c.start, c."end", c.quote, t.text from coding c join transcript t on t.id = c.transcript'
        ' union all select q.start, q."end", q.words, t.text from quote q join transcript t on t.id = q.transcript'
    )
    for start, end, quote, key in rows.fetchall():
        if key not in texts:
            body = db.execute("select body from content where hash = ?", (key,)).fetchone()
            texts[key] = body[0].decode() if body else ""
        wrong += hashlib.sha256(texts[key][start:end].encode()).hexdigest() != quote
    if wrong:
        return False, f"{wrong} codings or quotes no longer fit the text at their place."
    return True, "Every coding and quote fits the text at its place."


def _attention(db: Connection) -> Finding:
    sentences = [row[0] for row in db.execute("select sentence from attention")]
    if sentences:
        return False, f"{len(sentences)} entries need attention: {' '.join(sentences[:5])}"
    return True, "Nothing needs attention."
