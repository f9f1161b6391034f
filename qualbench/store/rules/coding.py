"""What facts about passes and what coders do in them do to the ordinary tables."""

from __future__ import annotations

from typing import TypeAlias

from qualbench import events as e
from qualbench.store.database import Connection
from qualbench.store.rules.carrying import carry
from qualbench.store.rules.entry import Entry

_InPass: TypeAlias = (
    e.CodeApplied | e.CodeRemoved | e.NothingMarked | e.NothingCleared | e.MemoWritten | e.MemoRemoved | e.PassSubmitted
)


def pass_opened(db: Connection, entry: Entry, event: e.PassOpened) -> str:
    if not db.execute("select 1 from transcript where id = ?", (event.transcript,)).fetchone():
        return f"{event.coder} opened a pass on a transcript that is not there."
    assigned = db.execute(
        "select r.recode from assignment a join round r on r.id = a.round"
        " where a.round = ? and a.transcript = ? and a.coder = ?",
        (event.round, event.transcript, event.coder),
    ).fetchone()
    if event.round and assigned is None:
        return f"{event.coder} opened a pass in a round that does not ask for it."
    again = assigned is not None and assigned[0]
    if not again and db.execute("select 1 from opened where transcript = ?", (event.transcript,)).fetchone():
        return f"{event.coder} opened a pass on a transcript whose passes can be read; it would not be independent."
    done = db.execute(
        "insert or ignore into pass(id, transcript, coder, codebook, rule, round, state, opened)"
        " values (?, ?, ?, ?, ?, ?, 'open', ?)",
        (event.pass_id, event.transcript, event.coder, event.codebook, event.rule, event.round, entry.at),
    )
    return "" if done.rowcount else f"{event.coder} opened a second pass on one transcript; the first one stands."


def _open_coder(db: Connection, event: _InPass) -> str | None:
    row = db.execute(
        "select coder from pass where id = ? and transcript = ? and state = 'open'", (event.pass_id, event.transcript)
    ).fetchone()
    return row[0] if row else None


def code_applied(db: Connection, _: Entry, event: e.CodeApplied) -> str:
    coder = _open_coder(db, event)
    if coder is None:
        return "A code was applied in a pass that is not open."
    db.execute(
        'insert or ignore into coding(id, pass, transcript, coder, start, "end", code, quote)'
        " values (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            event.coding, event.pass_id, event.transcript, coder, event.start, event.end, event.code, event.quote,
        ),
    )  # fmt: skip
    return ""


def code_removed(db: Connection, _: Entry, event: e.CodeRemoved) -> str:
    if _open_coder(db, event) is None:
        return "A code was removed in a pass that is not open."
    db.execute("delete from coding where id = ? and pass = ?", (event.coding, event.pass_id))
    return ""


def nothing_marked(db: Connection, _: Entry, event: e.NothingMarked) -> str:
    coder = _open_coder(db, event)
    if coder is None:
        return "'Nothing applies' was marked in a pass that is not open."
    db.execute(
        'insert or ignore into nothing_applies(pass, transcript, coder, start, "end") values (?, ?, ?, ?, ?)',
        (event.pass_id, event.transcript, coder, event.start, event.end),
    )
    return ""


def nothing_cleared(db: Connection, _: Entry, event: e.NothingCleared) -> str:
    if _open_coder(db, event) is None:
        return "'Nothing applies' was cleared in a pass that is not open."
    db.execute(
        'delete from nothing_applies where pass = ? and start = ? and "end" = ?',
        (event.pass_id, event.start, event.end),
    )
    return ""


def memo_written(db: Connection, _: Entry, event: e.MemoWritten) -> str:
    coder = _open_coder(db, event)
    if coder is None:
        return "A memo was written in a pass that is not open."
    db.execute(
        'insert or replace into memo(id, pass, transcript, coder, start, "end", body) values (?, ?, ?, ?, ?, ?, ?)',
        (event.memo, event.pass_id, event.transcript, coder, event.start, event.end, event.body),
    )
    return ""


def memo_removed(db: Connection, _: Entry, event: e.MemoRemoved) -> str:
    if _open_coder(db, event) is None:
        return "A memo was removed in a pass that is not open."
    db.execute("delete from memo where id = ? and pass = ?", (event.memo, event.pass_id))
    return ""


def pass_submitted(db: Connection, entry: Entry, event: e.PassSubmitted) -> str:
    if _open_coder(db, event) is None:
        return "A pass was submitted that is not open."
    db.execute("update pass set state = 'submitted', submitted = ? where id = ?", (entry.at, event.pass_id))
    db.executemany(
        'insert or ignore into skipped(pass, transcript, start, "end") values (?, ?, ?, ?)',
        [(event.pass_id, event.transcript, start, end) for start, end in event.skipped],
    )
    return ""


def codings_carried(db: Connection, _: Entry, event: e.CodingsCarried) -> str:
    for table in ("coding", "nothing_applies"):
        carry(db, table, event)
    for table in ("memo", "skipped"):
        carry(db, table, event, doubts=False)
    db.executemany(
        'update coding set quote = ? where transcript = ? and start = ? and "end" = ?',
        [(quote, event.transcript, s[2], s[3]) for s, quote in zip(event.spans, event.quotes, strict=True)],
    )
    return ""


def doubt_settled(db: Connection, _: Entry, event: e.DoubtSettled) -> str:
    """Where nothing stands at the place any more, its coder took back what did."""
    if not db.execute("select 1 from pass where id = ?", (event.pass_id,)).fetchone():
        return "A doubt was settled in a pass that is not there."
    for table in ("coding", "nothing_applies"):
        quote = ", quote = :quote" if table == "coding" else ""
        db.execute(
            f'update or replace {table} set start = :new_start, "end" = :new_end, doubtful = 0{quote}'
            ' where pass = :pass_id and start = :start and "end" = :end and doubtful',
            event.data(),
        )
    return ""
