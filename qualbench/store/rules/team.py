"""What facts about consensus do to the ordinary tables."""

from __future__ import annotations

import json

from qualbench import events as e
from qualbench.store.database import Connection
from qualbench.store.rules.carrying import carry
from qualbench.store.rules.entry import Entry


def item_decided(db: Connection, entry: Entry, event: e.ItemDecided) -> str:
    db.execute(
        'insert or ignore into decision(id, transcript, start, "end", readings, outcome, codes, reason, note,'
        " yielded, session, stands, parts, part_codes, \"order\", seconds, codebook, action, together, actor, at, seq)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            event.decision, event.transcript, event.start, event.end, json.dumps(event.readings), event.outcome,
            json.dumps(event.codes), event.reason, event.note, event.yielded, event.session, event.stands,
            json.dumps(event.parts), json.dumps(event.part_codes), json.dumps(event.order), event.seconds,
            event.codebook, event.action, event.together, entry.actor, entry.at, entry.seq,
        ),
    )  # fmt: skip
    return ""


def decisions_carried(db: Connection, _: Entry, event: e.DecisionsCarried) -> str:
    carry(db, "decision", event)
    return ""
