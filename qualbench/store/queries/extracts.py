"""Reads of extracts for constant comparison: a coder's own places of a code, and the two that a memo ties together."""

from __future__ import annotations

import json
from collections.abc import Sequence

from qualbench.model import Coding
from qualbench.store.database import Connection
from qualbench.store.queries.codings import VISIBLE
from qualbench.store.queries.study import words

_FIELDS = 'coding.id, pass, coding.transcript, coding.coder, code, start, "end"'


def earlier(db: Connection, coder: str, codes: Sequence[str], most: int = -1) -> list[tuple[Coding, str]]:
    """A coder's own codings with any of these codes and when each was made, the newest first; all without a limit."""
    # the numbers come from an index alone, transcript by transcript, so that a few of very many are found at once;
    # a cross join keeps its order, which the planner would turn around and read every coding
    found = db.execute(
        f"select {_FIELDS}, at from coding join journal on seq = n where n in ("
        "select c.n from (select distinct transcript from pass where coder = :coder) p cross join coding c"
        " on c.transcript = p.transcript and c.coder = :coder and c.code in (select value from json_each(:codes))"
        " order by c.n desc limit :most) order by n desc",
        {"coder": coder, "codes": json.dumps(list(codes)), "most": most},
    )
    return [(Coding(*row), at) for *row, at in found]


def by_id(db: Connection, viewer: str, ids: Sequence[str]) -> dict[str, Coding]:
    """These codings by id, as far as they still stand and this viewer may see them."""
    found = db.execute(
        f"select {_FIELDS} from coding where id in (select value from json_each(:ids)) and {VISIBLE}",
        {"viewer": viewer, "ids": json.dumps(list(ids))},
    )
    return {row[0]: Coding(*row) for row in found}


def texts(db: Connection, transcripts: Sequence[str]) -> dict[str, tuple[str, str]]:
    """The name and the text of each of these transcripts, by id."""
    found = db.execute(
        "select id, name, text from transcript where id in (select value from json_each(?))",
        (json.dumps(list(transcripts)),),
    ).fetchall()
    return {id_: (name, words(db, text)) for id_, name, text in found}
