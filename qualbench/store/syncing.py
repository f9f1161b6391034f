"""What this machine knows of the study's hub: how far it is, its keys, and what waits or was refused.

None of it is projected from the journal. All but the keys can be lost: the next look at the hub brings it back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass

from qualbench import events
from qualbench.store import erasing, projections
from qualbench.store.database import Connection
from qualbench.store.doctor import SEALED
from qualbench.store.merging import COLUMNS, Chain, Row

_HASH = re.compile(r"\b[0-9a-f]{64}\b")
STUDY_KEY = "study"
"""Whose key seals the words that are of no single transcript."""


@dataclass(frozen=True, slots=True)
class State:
    """Whom the hub knows this study's folder as."""

    login: str
    person: str
    is_lead: bool
    lead_key: str
    """The public key that the keys of transcripts must be signed with."""
    generation: str
    """The hub's life: another one after it was restored from a backup."""
    synced: str
    """When everything was given and taken last; empty before the first time."""
    given: int = 0
    """The hub has everything of this device up to this place of the journal."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key that words are sealed with on their way."""

    id: str
    secret: bytes
    since: int
    """The newest place of the journal when it was made; words that were destroyed later need another key."""


def state(db: Connection) -> State | None:
    """How the study stands to its hub; None where it has none."""
    row = db.execute("select login, person, lead, lead_key, generation, synced, given from hub_state").fetchone()
    return State(row[0], row[1], bool(row[2]), *row[3:]) if row else None


def keep_state(db: Connection, new: State) -> None:
    """Remember how the study stands to its hub."""
    db.execute("delete from hub_state")
    db.execute("insert into hub_state values (?, ?, ?, ?, ?, ?, ?)", astuple(new))


def cursors(db: Connection) -> dict[str, int]:
    """How far each audience was read."""
    return dict(db.execute("select audience, pos from hub_cursor").fetchall())


def keep_cursors(db: Connection, new: Mapping[str, int]) -> None:
    """Remember how far each audience was read; none of the others."""
    db.execute("delete from hub_cursor")
    db.executemany("insert into hub_cursor values (?, ?)", new.items())


# --- what is to be given ---------------------------------------------------------------------------------------


def pushed(db: Connection) -> dict[Chain, int]:
    """How far the hub has each chain, as far as it is known here."""
    found = db.execute("select device, subject, lane, seq from hub_chain")
    return {(device, subject, lane): seq for device, subject, lane, seq in found}


def forget_pushed(db: Connection) -> None:
    """Nothing is known of what the hub has."""
    db.execute("delete from hub_chain")
    db.execute("update hub_state set given = 0")


def keep_given(db: Connection, upto: int) -> None:
    """The hub has everything of this device up to a place of the journal, unless it refused some of it."""
    db.execute("update hub_state set given = ? where not exists (select 1 from hub_refused)", (upto,))


def keep_pushed(db: Connection, chains: Mapping[Chain, int]) -> None:
    """Remember how far the hub has each chain."""
    db.executemany(
        "insert into hub_chain values (?, ?, ?, ?) on conflict do update set seq = max(seq, excluded.seq)",
        [(*chain, seq) for chain, seq in chains.items()],
    )


_WAITS = (  # the plus keeps to the order of places: of a device there may be a million entries, and few of them wait
    "from journal j left join hub_chain c on c.device = j.device and c.subject = j.subject"
    " and c.lane = coalesce(j.lane, '') where +j.device = :device and j.seq > coalesce(c.seq, 0)"
    " and j.seq > (select coalesce(max(given), 0) from hub_state)"
)
_TAKEN = (
    " and not exists (select 1 from hub_refused r where r.device = j.device and r.subject = j.subject"
    " and r.lane = coalesce(j.lane, ''))"
)


def waiting(db: Connection, device: str) -> int:
    """How many entries of this device the hub does not have."""
    count: int = db.execute(f"select count(*) {_WAITS}", {"device": device}).fetchone()[0]
    return count


def to_push(db: Connection, device: str, after: int, most: int) -> list[Row]:
    """The next entries of this device that the hub does not have, without those of chains that it refused."""
    columns = ", ".join(f"j.{name}" for name in COLUMNS.split(", "))
    query = f"select {columns} {_WAITS}{_TAKEN} and j.seq > :after order by j.seq limit :most"
    return db.execute(query, {"device": device, "after": after, "most": most}).fetchall()


def hash_at(db: Connection, chain: Chain, seq: int) -> str:
    """The hash of the entry of a chain at a place; empty where there is none."""
    row = db.execute(
        "select hash from journal where device = ? and subject = ? and coalesce(lane, '') = ? and seq = ?",
        (*chain, seq),
    ).fetchone()
    return row[0] if row else ""


def refuse(db: Connection, chain: Chain, why: str) -> None:
    """Remember that the hub did not take a chain, and why."""
    db.execute("insert or replace into hub_refused values (?, ?, ?, ?)", (*chain, why))


def forget_refusals(db: Connection) -> None:
    """What was refused is tried again."""
    db.execute("delete from hub_refused")


def refusals(db: Connection) -> tuple[tuple[str, str], ...]:
    """What the hub did not take: the subject, and why."""
    return tuple(db.execute("select distinct subject, why from hub_refused order by subject, why").fetchall())


def sealed(db: Connection) -> frozenset[tuple[str, str]]:
    """Transcript and round of what the viewer sealed."""
    return frozenset(db.execute("select transcript, round from hub_sealed").fetchall())


def keep_sealed(db: Connection, transcript: str, round_: str) -> None:
    """Remember that the viewer sealed a transcript."""
    db.execute("insert or ignore into hub_sealed values (?, ?)", (transcript, round_))


# --- words and keys --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Named:
    """Words that an entry names."""

    lane: str
    hash: str
    doc: str
    body: bytes


def named(db: Connection, rows: Iterable[Row]) -> Iterator[Named]:
    """The words that these entries name, as far as they are here, with whose key seals them."""
    for row in rows:
        names = SEALED.get(row[7], ())
        event = projections.decode(row[7], row[8]) if names else _undoing(row)
        for name in names or (("reason",) if event else ()):
            digest = getattr(event, name, "")
            held = db.execute("select body from content where hash = ?", (digest,)).fetchone()
            if event is not None and held:
                yield Named(row[11] or "", digest, _doc(event), held[0])


def _undoing(row: Row) -> events.Event | None:
    return projections.decode(row[7], row[8]) if row[7] in ("step_undone", "step_redone") else None


def _doc(event: events.Event) -> str:
    if isinstance(event, events.NoteWritten) and event.on == "transcript":
        return event.about
    transcript = getattr(event, "transcript", "")
    return transcript if isinstance(transcript, str) and transcript else STUDY_KEY


def naming(db: Connection, doc: str, device: str = "") -> list[Named]:
    """All words that are sealed with one key; only those that one device named, when it is said."""
    kinds = ", ".join(f"'{kind}'" for kind in (*SEALED, "step_undone", "step_redone"))
    rows = db.execute(
        f"select {COLUMNS} from journal where kind in ({kinds}) and (device = ?1 or ?1 = '') order by seq", (device,)
    ).fetchall()
    return [one for one in named(db, rows) if one.doc == doc]


def keys(db: Connection) -> dict[str, Key]:
    """The keys that are here, by transcript."""
    found = db.execute("select doc, id, secret, since from hub_key")
    return {doc: Key(id_, secret, since) for doc, id_, secret, since in found}


def keep_keys(db: Connection, new: Mapping[str, Key]) -> None:
    """Remember keys; the one that was there for a transcript before is gone."""
    db.execute("pragma secure_delete = on")
    db.executemany(
        "insert or replace into hub_key values (?, ?, ?, ?)",
        [(doc, key.id, key.secret, key.since) for doc, key in new.items()],
    )


def docs(db: Connection) -> list[str]:
    """Everything that has a key of its own."""
    return [STUDY_KEY, *(row[0] for row in db.execute("select id from transcript order by id"))]


def stale(db: Connection) -> list[str]:
    """Transcripts of which words were destroyed since their key was made."""
    found = db.execute(
        "select distinct doc from hub_key join erased on erased.transcript = doc and erased.seq > hub_key.since"
    )
    return [row[0] for row in found]


def lacking(db: Connection) -> frozenset[str]:
    """Whose words came and could not be read, because their key is not here yet."""
    return frozenset(row[0] for row in db.execute("select doc from hub_lacking"))


def keep_lacking(db: Connection, docs: Iterable[str]) -> None:
    """Remember whose words could not be read."""
    db.execute("delete from hub_lacking")
    db.executemany("insert into hub_lacking values (?)", [(doc,) for doc in docs])


def wanted(db: Connection, digest: str) -> bool:
    """Whether words are neither here nor destroyed."""
    held = db.execute("select 1 from content where hash = ?", (digest,)).fetchone()
    return held is None and digest not in erasing.destroyed(db)


def put_words(db: Connection, words: Mapping[str, bytes]) -> None:
    """Keep words that came."""
    db.executemany("insert or ignore into content(hash, body) values (?, ?)", words.items())


def came_late(db: Connection, words: Iterable[str], fresh: Iterable[Row]) -> bool:
    """Whether any of these words, by hash, is new and of an entry that came before; the tables were made without it."""
    named_now = {digest for row in fresh for digest in _HASH.findall(row[8])}
    here = "select 1 from content where hash = ?"
    return any(one not in named_now and not db.execute(here, (one,)).fetchone() for one in words)


# --- rows as text ----------------------------------------------------------------------------------------------


def row_of(body: str, seq: int, prev: str, digest: str) -> Row:
    """An entry from the text that was hashed; a ValueError where it is none."""
    told = json.loads(body)
    if not isinstance(told, list) or len(told) not in (8, 10) or not all(isinstance(one, str) for one in told):
        raise ValueError(body[:80])
    "".join(told).encode()  # half a character can not be kept
    if len(told) == 8:
        return (seq, *told, prev, digest, None)
    place = int(told[9])
    if not 0 < place < 2**63:
        raise ValueError(body[:80])
    return (place, *told[:8], prev, digest, told[8])


def rows_of(db: Connection, chains: Sequence[Chain]) -> list[Row]:
    """All entries of these chains, in order."""
    wanted = set(chains)
    rows = db.execute(f"select {COLUMNS} from journal order by seq")
    return [row for row in rows if (row[2], row[4], row[11] or "") in wanted]
