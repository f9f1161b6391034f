"""What facts about consensus do to the ordinary tables."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise

from qualbench import events as e
from qualbench.store.database import Connection
from qualbench.store.rules.carrying import carry
from qualbench.store.rules.entry import Entry


def item_decided(db: Connection, entry: Entry, event: e.ItemDecided) -> str:
    if any(len(part) != 2 for part in event.parts) or len(event.parts) != len(event.part_codes):
        return "A segment was split into parts that are none; the decision does not count."
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
    to = {(start, end): (new, stop) for start, end, new, stop, _ in event.spans}
    split = db.execute(
        "select id, start, \"end\", parts from decision where transcript = ? and parts <> '[]'", (event.transcript,)
    ).fetchall()
    for id_, start, end, parts in split:
        moved = [to.get((one[0], one[1]), (one[0], one[1])) for one in json.loads(parts)]
        db.execute("update decision set parts = ? where id = ?", (json.dumps(_filling(start, end, moved)), id_))
    return ""


def _filling(start: int, end: int, parts: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Parts that fill a segment after it was moved: each ends where the next begins."""
    borders = [start, *(max(start, min(end, part[0])) for part in parts[1:]), end]
    borders = [max(borders[: at + 1]) for at in range(len(borders))]
    return [list(pair) for pair in pairwise(borders)]
