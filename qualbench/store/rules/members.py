"""What facts about checks with participants do to the ordinary tables."""

from __future__ import annotations

from qualbench import events as e
from qualbench.store.database import Connection
from qualbench.store.rules.entry import Entry


def check_stated(db: Connection, entry: Entry, event: e.CheckStated) -> str:
    db.execute(
        "insert into member_check(seq, participant, kind, state, channel, due, note, actor, at)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            entry.seq, event.participant, event.kind, event.state, event.channel, event.due, event.note, entry.actor,
            entry.at,
        ),
    )  # fmt: skip
    return ""


def reply_received(db: Connection, entry: Entry, event: e.ReplyReceived) -> str:
    db.execute(
        "insert into member_reply(seq, participant, reply, words, actor, at) values (?, ?, ?, ?, ?, ?)",
        (entry.seq, event.participant, event.reply, event.words, entry.actor, entry.at),
    )
    return ""


def reply_applied(db: Connection, entry: Entry, event: e.ReplyApplied) -> str:
    db.execute(
        "insert into member_applied(seq, participant, transcript, version, actor, at) values (?, ?, ?, ?, ?, ?)",
        (entry.seq, event.participant, event.transcript, event.version, entry.actor, entry.at),
    )
    return ""
