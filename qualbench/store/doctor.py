"""The check that keeps the study honest: replays all history beside it, compares, and says what it found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from itertools import zip_longest
from pathlib import Path

from qualbench.errors import DamagedStudy, DiskTrouble, QualbenchError
from qualbench.store import backups, erasing, journal, projections
from qualbench.store.database import Connection, Error, attach, connect, is_encrypted
from qualbench.store.migrations import VERSION, migrate
from qualbench.text import counted, shown

Finding = tuple[bool, str]
"""Whether it is well, and a plain sentence."""


def examine(path: Path) -> list[Finding]:
    """Every check on one study, in order, however damaged it is; nothing is changed and nothing is repaired."""
    try:
        db = connect(path, readonly=True)
    except (DamagedStudy, DiskTrouble) as error:
        return [(False, error.message)]
    findings = []
    for what, check in _CHECKS.items():
        try:
            findings.append(check(db))
        except (Error, ArithmeticError, AttributeError, LookupError, TypeError, ValueError, QualbenchError) as error:
            findings.append((False, f"{what} can not be checked, it is too damaged: {_plainly(error)}."))
    with suppress(Error):
        db.close()
    return findings


def _plainly(error: Exception) -> str:
    """What was met, without the words it was met in: they may be a participant's."""
    return shown(str(error)) if isinstance(error, Error) else "what is written there makes no sense"


def is_sound(path: Path) -> bool:
    """Whether a copy can be gone back to: every check finds it well, as far as its release knows them."""
    if not backups.is_whole(path):
        return False
    with closing(connect(path, readonly=True)) as db:
        (version,) = db.execute("pragma user_version").fetchone()
    return 0 < version < VERSION or all(well for well, _ in examine(path))


def last_good(folder: Path) -> backups.Copy | None:
    """The newest copy of a study that is sound, found by opening them."""
    found = next((path for path in reversed(backups.copies(folder)) if is_sound(path)), None)
    return backups.look_into(found) if found else None


def _database(db: Connection) -> Finding:
    if is_encrypted(db) and (broken := [row[0] for row in db.execute("pragma cipher_integrity_check")]):
        return (
            False,
            f"The database file is damaged in {counted(len(broken), 'encrypted page')}: {'; '.join(broken[:5])}.",
        )
    rows = [row[0] for row in db.execute("pragma integrity_check(5)")]
    if rows == ["ok"]:
        return True, "The database file is whole."
    return False, f"The database file is damaged: {'; '.join(rows)}."


def _tables(db: Connection) -> Finding:
    scratch = connect(":memory:")
    migrate(scratch)
    here, there = (set(one.execute(_MADE)) for one in (db, scratch))
    scratch.close()
    if other := sorted({name for _, name, _ in here ^ there}):
        return False, f"The study's tables are not as this release makes them: {', '.join(map(shown, other[:5]))}."
    return True, "The study's tables are as this release makes them."


_MADE = "select type, name, sql from sqlite_master where name not like 'sqlite_%'"


def _chains(db: Connection) -> Finding:
    heads: dict[tuple[str, str, str], str] = {}
    rows = db.execute(
        "select id, device, step, subject, actor, at, kind, data, prev, hash, lane, seq from journal order by seq"
    )
    for number, (*body, prev, digest, lane, seq) in enumerate(rows, start=1):
        chain = (body[1], body[3], lane or "")
        whole = body if lane is None else [*body, lane, str(seq)]
        if prev != heads.get(chain, "") or journal.chain_hash(prev, whole) != digest:
            return False, f"The journal was changed or is not complete at entry {number}."
        heads[chain] = digest
    return True, "The journal's entries are linked without a gap."


def _contents(db: Connection) -> Finding:
    sound = {key: _fits(key, body) for key, body in db.execute("select hash, body from content")}
    bad = [key for key, fits in sound.items() if not fits]
    if bad:
        return False, f"{len(bad)} stored texts differ from what was sealed."
    if back := erasing.destroyed(db) & sound.keys():
        return False, f"{len(back)} texts that were withdrawn are here again: withdraw the participant once more."
    missing = set(_named(db)) - sound.keys() - _withdrawn(db)
    if missing:
        return False, f"{len(missing)} texts that the journal names are not there."
    return True, "Every stored text is as it was sealed."


def _withdrawn(db: Connection) -> set[str]:
    """The texts that the log says were destroyed because whoever said them withdrew."""
    rows = db.execute("select hashes from erased").fetchall()
    return {key for (hashes,) in rows for key in json.loads(hashes)}


def _fits(key: str, body: object) -> bool:
    return isinstance(body, bytes) and hashlib.sha256(body).hexdigest() == key


SEALED = {
    "agreement_run": ("result",), "profile_saved": ("profile",), "transcript_corrected": ("text", "layout", "reason"),
    "round_withdrawn": ("reason",), "codebook_released": ("codes", "source"),
    "item_decided": ("note",), "memo_written": ("body",), "quote_picked": ("words",), "theme_described": ("idea",),
    "code_drafted": ("fields",), "code_proposed": ("label",), "note_written": ("body",),
    "transcript_imported": ("original", "text", "layout"), "extract_starred": ("note",), "theme_written": ("words",),
    "theme_stated": ("reason",), "themes_merged": ("reason",), "theme_split": ("reason",), "quote_edited": ("edits",),
    "query_saved": ("query",), "checklist_answered": ("words",), "participant_withdrawn": ("reason",),
    "export_allowed": ("findings", "reason"), "method_changed": ("reason",), "phase_entered": ("note",),
    "cases_counted": ("reason",), "run_kept": ("result",), "attribute_reasoned": ("reason",),
    "negative_case_marked": ("reason",), "session_stated": ("note",), "transcript_opened": ("reason",),
    "person_recognised": ("reason",), "core_idea_written": ("words",), "core_idea_agreed": ("words",),
    "core_idea_dropped": ("reason",), "case_stated": ("note",), "category_proposed": ("name",),
    "category_agreed": ("name",), "category_dropped": ("reason",), "comment_made": ("words",),
    "comment_answered": ("reason",), "comment_seen": ("words",), "check_stated": ("note",),
    "reply_received": ("words",), "words_erased": ("reason",),
}  # fmt: skip
"""Which fields of which kinds name words in the content table."""


def _named(db: Connection) -> Iterator[str]:
    for kind, names in SEALED.items():
        for (data,) in db.execute("select data from journal where kind = ?", (kind,)):
            event = projections.decode(kind, data)
            yield from (getattr(event, name) for name in names if event)


def _replay(db: Connection) -> Finding:
    scratch = connect(":memory:")
    migrate(scratch)
    attach(scratch, db.execute("pragma database_list").fetchone()[2], "live")
    scratch.execute("begin")
    for table in ("journal", "content", "arrival"):
        scratch.execute(f"insert into main.{table} select * from live.{table}")
    projections.rebuild(scratch)
    tables = [*(table for area in projections.AREA_TABLES.values() for table in area), "step", "attention"]
    different = [table for table in tables if _differs(scratch, table)]
    scratch.execute("commit")
    different += ["the words for the search"] * _words_differ(scratch)
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


def _words_differ(db: Connection) -> bool:
    """Whether a search would find other words than are written: each word, how often, and where in turns."""
    told = []
    for schema in ("main", "live"):
        db.execute(f"create virtual table temp.{schema}_words using fts5vocab({schema}, turn_words, instance)")
        told.append(db.execute(f'select term, count(*), sum("offset") from temp.{schema}_words group by term'))
    return any(one != other for one, other in zip_longest(*told))


def _quotes(db: Connection) -> Finding:
    wrong = 0
    texts: dict[str, str] = {}
    rows = db.execute(
        'select c.start, c."end", c.quote, t.text from coding c join transcript t on t.id = c.transcript'
        ' union all select q.start, q."end", q.words, t.text from quote q join transcript t on t.id = q.transcript'
        " where coalesce(q.doubtful, 0) = 0"
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


_CHECKS: Mapping[str, Callable[[Connection], Finding]] = {
    "The database file": _database,
    "The study's tables": _tables,
    "The journal": _chains,
    "The stored texts": _contents,
    "What is shown": _replay,
    "The codings and quotes": _quotes,
    "What needs attention": _attention,
}
"""What is checked, in order, by its name in a sentence."""
