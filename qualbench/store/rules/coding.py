"""What facts about passes and what coders do in them do to the ordinary tables."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TypeAlias

from qualbench import events as e
from qualbench.store.database import Connection
from qualbench.store.rules.carrying import carry
from qualbench.store.rules.entry import Entry
from qualbench.store.rules.people import person_of

_InPass: TypeAlias = (
    e.CodeApplied
    | e.CodeRemoved
    | e.NothingMarked
    | e.RestMarked
    | e.NothingCleared
    | e.MemoWritten
    | e.MemoRemoved
    | e.CodeProposed
    | e.SuggestionAnswered
    | e.ExtractStarred
    | e.ExtractUnstarred
    | e.PassSubmitted
)


_READ_ALREADY = (
    "select 1 from opened where transcript = ?1"
    " and (round = ?2 or not exists (select 1 from work_list where round = ?2))"
)
"""Whoever begins now could read the others first; a list of work asks anew, so there only its own round counts."""


def pass_opened(db: Connection, entry: Entry, event: e.PassOpened) -> str:
    coder = person_of(db, entry.device, event.coder)
    if not db.execute("select 1 from transcript where id = ?", (event.transcript,)).fetchone():
        return f"{coder} opened a pass on a transcript that is not there."
    assigned = db.execute(
        "select r.recode from assignment a join round r on r.id = a.round"
        " where a.round = ? and a.transcript = ? and a.coder = ?",
        (event.round, event.transcript, coder),
    ).fetchone()
    if event.round and assigned is None:
        return f"{coder} opened a pass in a round that does not ask for it."
    again = assigned is not None and assigned[0]
    late = not again and db.execute(_READ_ALREADY, (event.transcript, event.round)).fetchone()
    done = db.execute(
        "insert or ignore into pass(id, transcript, coder, codebook, rule, round, state, opened, device, late,"
        " on_version) values (?, ?, ?, ?, ?, ?, 'open', ?, ?, ?,"
        " coalesce(nullif(?, 0), (select max(n) from version where transcript = ? and seq < ?)))",
        (
            event.pass_id, event.transcript, coder, event.codebook, event.rule, event.round, entry.at, entry.device,
            late is not None and bool(late), event.version, event.transcript, entry.seq,
        ),
    )  # fmt: skip
    if not done.rowcount:
        return _joined(db, entry, event, coder)
    _goes_on(db, entry, event)
    return ""


def _joined(db: Connection, entry: Entry, event: e.PassOpened, coder: str) -> str:
    """One person began the same transcript on two machines: what they do in the second pass is done in the first."""
    held = db.execute(
        "select id, device from pass where transcript = ? and coder = ? and round = ?",
        (event.transcript, coder, event.round),
    ).fetchone()
    if held is None or held[1] == entry.device:
        return f"{coder} opened a second pass on one transcript; the first one stands."
    db.execute(
        "insert or ignore into joined_pass(id, transcript, into_pass) values (?, ?, ?)",
        (event.pass_id, event.transcript, held[0]),
    )
    return ""


def transcript_opened(db: Connection, entry: Entry, event: e.TranscriptOpened) -> str:
    db.execute(
        "update pass set late = id not in (select value from json_each(?)) where transcript = ? and round = ?",
        (json.dumps(event.passes), event.transcript, event.round),
    )
    db.execute(
        "insert or ignore into opening(transcript, round, passes, reason, actor, at, seq) values (?, ?, ?, ?, ?, ?, ?)",
        (event.transcript, event.round, json.dumps(event.passes), event.reason, entry.actor, entry.at, entry.seq),
    )
    return ""


def opening_taken_back(db: Connection, _: Entry, event: e.OpeningTakenBack) -> str:
    place = (event.transcript, event.round)
    done = db.execute("delete from opening where transcript = ? and round = ?", place)
    db.execute("update pass set late = 0 where transcript = ? and round = ?", place)
    return "" if done.rowcount else "An opening was taken back that is not there."


def _goes_on(db: Connection, entry: Entry, event: e.PassOpened | e.PassUpdated) -> None:
    """From this entry on, what is decided in the pass is decided under this version of the codebook."""
    db.execute(
        "insert into pass_version(n, pass, transcript, codebook) values (?, ?, ?, ?)",
        (entry.seq, event.pass_id, event.transcript, event.codebook),
    )


def in_its_pass(db: Connection, event: e.InPass) -> e.InPass:
    """The fact, in the pass that its own was joined with."""
    row = db.execute("select into_pass from joined_pass where id = ?", (event.pass_id,)).fetchone()
    return replace(event, pass_id=row[0]) if row and not isinstance(event, e.PassOpened) else event


_FROM_OPEN = "from pass where id = ? and transcript = ? and state = 'open'"


def _open_coder(db: Connection, event: _InPass) -> str | None:
    row = db.execute(f"select coder {_FROM_OPEN}", (event.pass_id, event.transcript)).fetchone()
    return row[0] if row else None


def code_applied(db: Connection, entry: Entry, event: e.CodeApplied) -> str:
    done = db.execute(  # one statement, for most entries of a study are of this kind
        'insert or ignore into coding(n, id, pass, transcript, coder, start, "end", code, quote)'
        f" select ?, ?, id, transcript, coder, ?, ?, ?, ? {_FROM_OPEN}",
        (
            entry.seq, event.coding, event.start, event.end, event.code, event.quote, event.pass_id, event.transcript,
        ),
    )  # fmt: skip
    if not done.rowcount and _open_coder(db, event) is None:
        return "A code was applied in a pass that is not open."
    return ""


def code_removed(db: Connection, entry: Entry, event: e.CodeRemoved) -> str:
    if _open_coder(db, event) is None:
        return "A code was removed in a pass that is not open."
    _take_away(db, entry, "coding", "id = ? and pass = ?", (event.coding, event.pass_id))
    return ""


def nothing_marked(db: Connection, entry: Entry, event: e.NothingMarked) -> str:
    coder = _open_coder(db, event)
    if coder is None:
        return "'Nothing applies' was marked in a pass that is not open."
    db.execute(
        'insert or ignore into nothing_applies(n, pass, transcript, coder, start, "end") values (?, ?, ?, ?, ?, ?)',
        (entry.seq, event.pass_id, event.transcript, coder, event.start, event.end),
    )
    return ""


def rest_marked(db: Connection, entry: Entry, event: e.RestMarked) -> str:
    coder = _open_coder(db, event)
    if coder is None:
        return "'Nothing applies' was marked in a pass that is not open."
    db.executemany(
        'insert or ignore into nothing_applies(n, pass, transcript, coder, start, "end") values (?, ?, ?, ?, ?, ?)',
        [(entry.seq, event.pass_id, event.transcript, coder, start, end) for start, end in event.spans],
    )
    return ""


def nothing_cleared(db: Connection, entry: Entry, event: e.NothingCleared) -> str:
    if _open_coder(db, event) is None:
        return "'Nothing applies' was cleared in a pass that is not open."
    place = (event.pass_id, event.start, event.end)
    _take_away(db, entry, "nothing_applies", 'pass = ? and start = ? and "end" = ?', place)
    return ""


def memo_written(db: Connection, entry: Entry, event: e.MemoWritten) -> str:
    coder = _open_coder(db, event)
    if coder is None:
        return "A memo was written in a pass that is not open."
    _take_away(db, entry, "memo", "id = ?", (event.memo,))
    db.execute(
        'insert into memo(n, id, pass, transcript, coder, start, "end", body, kind) values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
        (
            entry.seq, event.memo, event.pass_id, event.transcript, coder, event.start, event.end, event.body,
            event.kind,
        ),
    )  # fmt: skip
    return ""


def memo_removed(db: Connection, entry: Entry, event: e.MemoRemoved) -> str:
    if _open_coder(db, event) is None:
        return "A memo was removed in a pass that is not open."
    _take_away(db, entry, "memo", "id = ? and pass = ?", (event.memo, event.pass_id))
    return ""


def code_proposed(db: Connection, entry: Entry, event: e.CodeProposed) -> str:
    coder = _open_coder(db, event)
    if coder is None:
        return "A code was proposed in a pass that is not open."
    done = db.execute(
        'insert or ignore into proposal(n, code, pass, transcript, coder, start, "end", label)'
        " values (?, ?, ?, ?, ?, ?, ?, ?)",
        (entry.seq, event.code, event.pass_id, event.transcript, coder, event.start, event.end, event.label),
    )
    return "" if done.rowcount else "A code was proposed twice; the first proposal stands."


def pass_updated(db: Connection, entry: Entry, event: e.PassUpdated) -> str:
    done = db.execute("update pass set codebook = ? where id = ? and state = 'open'", (event.codebook, event.pass_id))
    if not done.rowcount:
        return "A pass that is not open went on with another version of the codebook; it stands."
    _goes_on(db, entry, event)
    return ""


def rechecked(db: Connection, entry: Entry, event: e.Rechecked) -> str:
    """A pass that is handed in stays as it is; what its coder says now lies beside it."""
    row = db.execute("select coder from pass where id = ? and transcript = ?", (event.pass_id, event.transcript))
    if (coder := row.fetchone()) is None:
        return "A segment was looked at again in a pass that is not there."
    db.execute(
        'insert into recheck(n, pass, transcript, coder, start, "end", code, version, codes)'
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            entry.seq, event.pass_id, event.transcript, coder[0], event.start, event.end, event.code, event.version,
            json.dumps(event.codes),
        ),
    )  # fmt: skip
    return ""


def suggestion_answered(db: Connection, entry: Entry, event: e.SuggestionAnswered) -> str:
    coder = _open_coder(db, event)
    if coder is None:
        return "A suggestion was answered in a pass that is not open."
    db.execute(
        'insert into answered(n, pass, transcript, coder, start, "end", code, accepted)'
        " values (?, ?, ?, ?, ?, ?, ?, ?)",
        (entry.seq, event.pass_id, event.transcript, coder, event.start, event.end, event.code, event.accepted),
    )
    return ""


def extract_starred(db: Connection, entry: Entry, event: e.ExtractStarred) -> str:
    coder = _open_coder(db, event)
    if coder is None:
        return "An extract was starred in a pass that is not open."
    db.execute(
        'insert or ignore into star(n, id, pass, transcript, coder, start, "end", note)'
        " values (?, ?, ?, ?, ?, ?, ?, ?)",
        (entry.seq, event.star, event.pass_id, event.transcript, coder, event.start, event.end, event.note),
    )
    return ""


def extract_unstarred(db: Connection, entry: Entry, event: e.ExtractUnstarred) -> str:
    if _open_coder(db, event) is None:
        return "A star was taken off in a pass that is not open."
    _take_away(db, entry, "star", "id = ? and pass = ?", (event.star, event.pass_id))
    return ""


# --- taking back -----------------------------------------------------------------------------------------------


def _take_away(db: Connection, entry: Entry, table: str, where: str, values: tuple[object, ...]) -> None:
    """Rows leave a table and stay in `gone_...`, so that the entry that took them away can be taken back."""
    columns = _columns(db, table)
    db.execute(
        f'insert into gone_{table}(n, {columns}, "by") select n, {columns}, ? from {table} where {where}',
        (entry.seq, *values),
    )
    db.execute(f"delete from {table} where {where}", values)


def take_back(db: Connection, seq: int) -> None:
    """Undo what one entry did to the tables: what it put there goes, what it took away comes back.

    That is right as long as nothing that counts was stated in the same pass after it.
    """
    for table in ("coding", "nothing_applies", "memo", "star", "proposal", "recheck", "answered"):
        db.execute(f"delete from {table} where n = ?", (seq,))
    for table in ("coding", "nothing_applies", "memo", "star"):
        columns = _columns(db, table)
        db.execute(f'insert into {table}(n, {columns}) select n, {columns} from gone_{table} where "by" = ?', (seq,))
        db.execute(f'delete from gone_{table} where "by" = ?', (seq,))


def _columns(db: Connection, table: str) -> str:
    """The columns of a table apart from its number, quoted."""
    return ", ".join(f'"{row[1]}"' for row in db.execute(f"pragma table_info({table})") if row[1] != "n")


# --- handing in, corrections -----------------------------------------------------------------------------------


def pass_submitted(db: Connection, entry: Entry, event: e.PassSubmitted) -> str:
    if _open_coder(db, event) is None:
        return "A pass was submitted that is not open."
    db.execute(
        "update pass set state = 'submitted', submitted = ?, on_version = coalesce(nullif(?, 0), on_version)"
        " where id = ?",
        (entry.at, event.version, event.pass_id),
    )
    db.executemany(
        'insert or ignore into skipped(pass, transcript, start, "end") values (?, ?, ?, ?)',
        [(event.pass_id, event.transcript, start, end) for start, end in event.skipped],
    )
    return ""


def codings_carried(db: Connection, _: Entry, event: e.CodingsCarried) -> str:
    """A pass that stands on this version of the text already, or on a later one, is not moved again."""
    if event.passes:
        there = "select id from pass where transcript = ? and id in (select value from json_each(?)) and on_version < ?"
        behind = db.execute(there, (event.transcript, json.dumps(event.passes), event.version)).fetchall()
        event = replace(event, passes=[id_ for (id_,) in behind])
        if not event.passes:
            return ""
        db.executemany("update pass set on_version = ? where id = ?", [(event.version, id_) for (id_,) in behind])
    for table in ("coding", "nothing_applies"):
        carry(db, table, event)
    for table in ("memo", "star", "skipped", "proposal", "recheck", "answered"):
        carry(db, table, event, doubts=False)
    only = " and pass in (select value from json_each(?))" if event.passes else ""
    whose = [json.dumps(event.passes)] if event.passes else []
    db.executemany(
        f'update coding set quote = ? where transcript = ? and start = ? and "end" = ?{only}',
        [(quote, event.transcript, s[2], s[3], *whose) for s, quote in zip(event.spans, event.quotes, strict=True)],
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
