"""Entries of other devices: which may travel, whether what arrives is whole and its authors' own, and taking it in.

Everything goes by the ids and hashes of entries, never by names. What is here already changes nothing, and whatever
order packages come in, the same entries give the same study: they stand in one order of all devices.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qualbench.errors import QualbenchError
from qualbench.events import (
    KINDS,
    DeviceIntroduced,
    Event,
    PersonRecognised,
    RoundPlanned,
    RoundWithdrawn,
    StepUndone,
)
from qualbench.store import erasing, projections
from qualbench.store.database import Connection
from qualbench.store.journal import chain_hash, head
from qualbench.store.queries.codings import VISIBLE
from qualbench.store.queries.notes import READABLE
from qualbench.store.rules import Entry, people

Row = tuple[Any, ...]
"""seq, id, device, step, subject, actor, at, kind, data, prev, hash, lane."""
Chain = tuple[str, str, str]
"""Device, subject, lane."""

COLUMNS = "seq, id, device, step, subject, actor, at, kind, data, prev, hash, lane"


def parts(row: Row) -> list[str]:
    """The part of an entry that is hashed; entries of earlier releases have no lane, and their place is not in it."""
    return [*row[1:9]] if row[11] is None else [*row[1:9], row[11], str(row[0])]


class NotWhole(QualbenchError):
    """What arrived does not fit what is here, or is not its author's own; nothing was taken in."""

    def __init__(self, what: str, hint: str = "Nothing was changed.") -> None:
        super().__init__(what, hint)


# --- what may travel -------------------------------------------------------------------------------------------


def chains(db: Connection) -> dict[Chain, str]:
    """Every chain of entries there is with its newest hash; what came in a package that was taken back stays out."""
    found = db.execute(
        f"select device, subject, coalesce(lane, ''), hash, max(seq) from journal where {projections.COUNTS}"
        " group by device, subject, coalesce(lane, '')"
    )
    return {(device, subject, lane): digest for device, subject, lane, digest, _ in found}


def open_to(db: Connection, viewer: str, wanted: Iterable[Chain]) -> list[Chain]:
    """The chains that may travel to somebody: what all may know, what is opened, and what is their own."""
    lanes = _lanes(db, viewer)
    return [chain for chain in wanted if chain[2] in lanes]


def _lanes(db: Connection, viewer: str) -> set[str]:
    who = {"viewer": viewer}
    found = {""}
    rule = VISIBLE.replace("pass in", "id in")
    found |= {row[0] for row in db.execute(f"select id from pass where {rule}", who)}
    found |= {id_ for id_, into in db.execute("select id, into_pass from joined_pass") if into in found}
    found |= {row[0] for row in db.execute(f"select id from note where {READABLE}", who)}
    judged = "select judge || '/' || about from judged"
    seen = "where judge = :viewer or about in (select about from judged_openly)"
    return found | {row[0] for row in db.execute(f"{judged} {seen}", who)}


def mixed(db: Connection, viewer: str) -> list[str]:
    """Transcripts on which an earlier release wrote private and shared entries in one chain, and that are blind."""
    passes = "select subject, json_extract(data, '$.pass_id') from journal where lane is null and kind = 'pass_opened'"
    lanes = _lanes(db, viewer)
    return sorted({subject for subject, pass_ in db.execute(passes) if pass_ not in lanes})


def rows(db: Connection, wanted: Mapping[Chain, str]) -> list[Row]:
    """The entries of these chains, each up to the hash that is named, in order."""
    found: list[Row] = []
    for (device, subject, lane), last in wanted.items():
        found += db.execute(
            f"select {COLUMNS} from journal where device = ? and subject = ? and coalesce(lane, '') = ?"
            " and seq <= (select seq from journal where device = ? and subject = ? and coalesce(lane, '') = ?"
            " and hash = ?)",
            (device, subject, lane, device, subject, lane, last),
        ).fetchall()
    return sorted(found)


def contents(db: Connection, entries: Iterable[Row]) -> dict[str, bytes]:
    """The words that these entries name, as far as they are still here."""
    found: dict[str, bytes] = {}
    for row in entries:
        event = projections.decode(row[7], row[8])
        for value in event.data().values() if event is not None else ():
            if isinstance(value, str) and len(value) == 64 and value not in found:
                held = db.execute("select body from content where hash = ?", (value,)).fetchone()
                if held:
                    found[value] = held[0]
    return found


def vouched(db: Connection) -> dict[Chain, tuple[str, str]]:
    """The newest hash that counts of each chain that its own device has signed, and the signature."""
    found = db.execute(
        "select v.device, v.subject, v.lane, v.hash, signature from vouched v join journal j"
        " on j.device = v.device and j.subject = v.subject and coalesce(j.lane, '') = v.lane and j.hash = v.hash"
        f" where {projections.COUNTS} order by seq"
    )
    return {(device, subject, lane): (digest, signature) for device, subject, lane, digest, signature in found}


# --- whose it is -----------------------------------------------------------------------------------------------

_ITS_LANE = "coalesce(lane, json_extract(data, '$.pass_id'))"


def begun_on(db: Connection, passes: Collection[str]) -> set[tuple[str, str]]:
    """These passes as far as they are here, each with the device on which it was begun."""
    asked = f"{_ITS_LANE} in (select value from json_each(?))"
    query = f"select {_ITS_LANE}, device from journal where kind = 'pass_opened' and {asked}"
    return {(pass_, device) for pass_, device in db.execute(query, (json.dumps([*passes]),))}


def taken_on(db: Connection, steps: Collection[str]) -> set[tuple[str, str]]:
    """These steps as far as they are here, each with the device on which it was taken."""
    query = "select distinct step, device from journal where step in (select value from json_each(?))"
    return {(step, device) for step, device in db.execute(query, (json.dumps([*steps]),))}


def submitted(db: Connection) -> set[str]:
    """Every pass that was ever submitted, by id."""
    return {pass_ for (pass_,) in db.execute(f"select {_ITS_LANE} from journal where kind = 'pass_submitted'")}


def brought_the_study(db: Connection, package: str) -> bool:
    """Whether the study itself came in this package."""
    query = "select 1 from journal where kind = 'study_created' and package = ?"
    return db.execute(query, (package,)).fetchone() is not None


# --- whether what arrives is whole -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Arriving:
    """What a package brings, checked."""

    new: tuple[Row, ...]
    known: int
    """How many of its entries are here already."""


def checked(db: Connection, entries: Sequence[Row], heads: Mapping[Chain, str]) -> Arriving:
    """The entries that are new; every chain must be whole, end as was signed, and go on from what is here."""
    by_chain: dict[Chain, list[Row]] = {chain: [] for chain in heads}
    for row in sorted(entries):
        chain = (row[2], row[4], row[11] or "")
        if chain not in by_chain:
            raise NotWhole("A package holds entries that nobody has signed.")
        by_chain[chain].append(row)
    new: list[Row] = []
    for chain, own in by_chain.items():
        new += _fresh(db, chain, own, heads[chain])
    _fresh_ids(db, new)
    return Arriving(tuple(sorted(new)), len(entries) - len(new))


def _fresh(db: Connection, chain: Chain, own: Sequence[Row], last: str) -> Sequence[Row]:
    prev = ""
    for row in own:
        if row[9] != prev or chain_hash(prev, parts(row)) != row[10]:
            raise NotWhole("The entries of a package were changed or some of them are missing.")
        prev = row[10]
    if prev != last:
        raise NotWhole("The entries of a package do not end as they were signed.")
    here = head(db, *chain)
    hashes = [row[10] for row in own]
    if not here:
        return own
    if here in hashes:
        return own[hashes.index(here) + 1 :]
    if _is_here(db, chain, prev):
        return []
    raise _two_ways()


def _two_ways() -> NotWhole:
    return NotWhole(
        "Two copies of the study were worked on with one device, and each went on in its own way.",
        "Nothing was changed. Keep one of the copies; what was done in the other has to be done again in it.",
    )


def continuing(db: Connection, entries: Sequence[Row]) -> list[Row]:
    """The entries that are new, from chains that are here already or begin with them; each must go on where it ends."""
    heads: dict[Chain, str] = {}
    seen = _here(db, entries)
    new: list[Row] = []
    for row in entries:
        if (row[1], row[10]) in seen:
            continue
        chain = (row[2], row[4], row[11] or "")
        before = heads[chain] if chain in heads else head(db, *chain)
        if row[9] != before or chain_hash(before, parts(row)) != row[10]:
            raise NotWhole("Entries that came from the hub were changed, or some of them are missing.")
        heads[chain] = row[10]
        seen.add((row[1], row[10]))
        new.append(row)
    _fresh_ids(db, new)
    return sorted(new)


def _here(db: Connection, entries: Sequence[Row]) -> set[tuple[str, str]]:
    """Those of these entries that are here already: id and hash."""
    query = "select id, hash from journal where id in (select value from json_each(?))"
    return set(db.execute(query, (json.dumps([row[1] for row in entries]),)).fetchall())


def _is_here(db: Connection, chain: Chain, digest: str) -> bool:
    held = db.execute(
        "select 1 from journal where device = ? and subject = ? and coalesce(lane, '') = ? and hash = ?",
        (*chain, digest),
    ).fetchone()
    return held is not None


def _fresh_ids(db: Connection, new: Sequence[Row]) -> None:
    """Two entries with one id or in one place can not both be kept: a device counts on and uses no place twice."""
    wanted = json.dumps([[row[0], row[1]] for row in new])
    taken = (
        "select 1 from json_each(?) w join journal j on j.seq = json_extract(w.value, '$[0]')"
        " or j.id = json_extract(w.value, '$[1]') limit 1"
    )
    ids = {row[1] for row in new}
    if len(ids) < len(new) or len({row[0] for row in new}) < len(new) or _any(db, taken, wanted):
        raise _two_ways()


def _any(db: Connection, query: str, value: str) -> bool:
    return db.execute(query, (value,)).fetchone() is not None


# --- taking it in ----------------------------------------------------------------------------------------------

_ALONE = frozenset({
    "coding", "notes", "people", "study", "consensus", "sessions", "cqr", "members", "papers", "themes", "codebook",
})  # fmt: skip
"""Areas that are projected as a whole: their tables depend on nothing that stands in other areas' middle."""


def put_in(db: Connection, new: Sequence[Row], words: Mapping[str, bytes], package: str) -> None:
    """Put new entries at their places; the tables are brought up to them by `bring_up`."""
    gone = erasing.destroyed(db)
    kept = [(digest, body) for digest, body in words.items() if digest not in gone]
    db.executemany("insert or ignore into content(hash, body) values (?, ?)", kept)
    db.executemany(
        f"insert into journal({COLUMNS}, package) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((*row, package) for row in new),
    )


def bring_up(db: Connection, new: Sequence[Row], last: int) -> None:
    """Bring the tables up to entries that were put in; `last` is the last place that was taken before."""
    if _renames(db, new) or (any(row[0] < last for row in new) and _reaches_back(db, new)):
        projections.rebuild(db)
    else:
        _project(db, sorted(new), {(row[4], _area(row)) for row in new} | _understood_by(new))


def begin(db: Connection, new: Sequence[Row]) -> None:
    """Bring only that up which says who is who and which study it is; `projections.rebuild` has to follow."""
    first = sorted(row for row in new if _area(row) in ("people", "study"))
    _project(db, first, {("study", "study")})


def _reaches_back(db: Connection, new: Sequence[Row]) -> bool:
    """Whether something that stands after these entries already may be another by them: then all is projected anew."""
    about = Counter(row[4] for row in new)
    places = {row[4] for row in new if _area(row) not in _ALONE}
    return any(row[7] == RoundWithdrawn.KIND for row in new) or _has_more(db, "subject", places, about)


def _renames(db: Connection, new: Sequence[Row]) -> bool:
    """Whether these entries say whom something belongs to that is here already: a name holds for all of it."""
    said = [projections.decode(row[7], row[8]) for row in new if row[7] in _NAMING]
    keys = {fact.key for fact in said if isinstance(fact, PersonRecognised)}
    devices = people.devices(db, keys) | {
        fact.device for fact in said if isinstance(fact, DeviceIntroduced) and fact.key in keys
    }
    return _has_more(db, "device", devices, Counter(row[2] for row in new))


_NAMING = (PersonRecognised.KIND, DeviceIntroduced.KIND)


def _has_more(db: Connection, column: str, values: Iterable[str], new: Mapping[str, int]) -> bool:
    """Whether the journal has more with one of these values than what is new."""
    query = f"select count(*) from (select 1 from journal where {column} = ? limit ?)"
    return any(db.execute(query, (one, new.get(one, 0) + 1)).fetchone()[0] > new.get(one, 0) for one in values)


def _understood_by(new: Sequence[Row]) -> set[tuple[str, str]]:
    """The passes that are understood by the rounds among these entries."""
    said = [projections.decode(row[7], row[8]) for row in new if row[7] == RoundPlanned.KIND]
    return {(one, "coding") for fact in said if isinstance(fact, RoundPlanned) for one in fact.assignments}


def _project(db: Connection, new: Sequence[Row], touched: Collection[tuple[str, str]]) -> None:
    first = [row for row in new if _area(row) == "people"]
    projections.each(db, (row[:9] for row in first), _take_up, say_names=True)
    projections.reproject(db, "people", "people")  # names come first: they hold for all entries
    projections.each(db, (row[:9] for row in new if _area(row) != "people"), _take_up)
    for subject, area in sorted(touched, key=lambda one: (one[1] != "study", one)):
        if area in _ALONE and area != "people":
            projections.reproject(db, subject, area)


def _take_up(db: Connection, entry: Entry, event: Event | None) -> None:
    """Put an entry into the list of steps, and project it unless its area is projected as a whole."""
    if event is None:
        projections.note_unknown(db, entry.id, entry.kind)
    elif projections.note_step(db, entry, event) and event.AREA not in (*_ALONE, "history"):
        projections.project(db, entry, event)


def _area(row: Row) -> str:
    """The area of an entry; a step that was undone or redone is of the area that it was taken in."""
    kind = KINDS.get(row[7])
    if kind is None:
        return ""
    return kind.AREA if not issubclass(kind, StepUndone) else getattr(projections.decode(row[7], row[8]), "area", "")


def arrivals(db: Connection) -> list[tuple[str, str, str, str, str, str, bool]]:
    """Every package that was merged, the newest last: id, sender, name, kind, when it was made and merged, gone."""
    found = db.execute("select id, sender, name, kind, made, at, taken_back from arrival order by at, id")
    return [(*row[:-1], bool(row[-1])) for row in found]


def note_arrival(db: Connection, package: str, told: Collection[str], at: str) -> None:
    """Remember a package: its sender, what they are called, its kind and when it was made."""
    db.execute(
        "insert into arrival(id, sender, name, kind, made, at, taken_back) values (?, ?, ?, ?, ?, ?, 0)"
        " on conflict(id) do update set taken_back = 0, at = excluded.at",
        (package, *told, at),
    )


def vouch(db: Connection, heads: Iterable[tuple[str, str, str, str, str]]) -> None:
    """Remember what other devices signed, so that it can be shown on."""
    db.executemany(
        "insert or replace into vouched(device, subject, lane, hash, signature) values (?, ?, ?, ?, ?)", heads
    )


def opened_with(db: Connection, package: str) -> list[tuple[str, str]]:
    """Transcript and round of what was opened with a pass that this package brought."""
    found = db.execute(
        "select transcript, round from opening o where exists (select 1 from json_each(o.passes) p join journal j"
        " on j.kind = 'pass_opened' and j.lane = p.value and j.package = ?)",
        (package,),
    )
    return [(transcript, round_) for transcript, round_ in found]


def bring_back(db: Connection, packages: Collection[str]) -> None:
    """What these packages brought counts again."""
    if packages:
        db.executemany("update arrival set taken_back = 0 where id = ?", [(one,) for one in packages])
        projections.rebuild(db)


def take_back(db: Connection, package: str) -> None:
    """What a package brought counts no longer; nothing of it is deleted."""
    db.execute("update arrival set taken_back = 1 where id = ?", (package,))
    projections.rebuild(db)
