"""What facts about people and their devices do to the ordinary tables."""

from __future__ import annotations

import json
from collections.abc import Collection

from qualbench import events as e
from qualbench.store.database import Connection
from qualbench.store.rules.entry import Entry


def device_introduced(db: Connection, entry: Entry, event: e.DeviceIntroduced) -> str:
    """A device belongs to the key that it was introduced with first; its owner may have several names on it."""
    held = db.execute("select key from device where device = ?", (event.device,)).fetchone()
    if held and held[0] != event.key:
        return "A device was introduced with another key; the first one stands."
    db.execute(
        "insert or ignore into device(device, key, recipient, name, at, seq) values (?, ?, ?, ?, ?, ?)",
        (event.device, event.key, event.recipient, event.name, entry.at, entry.seq),
    )
    return ""


def person_recognised(db: Connection, entry: Entry, event: e.PersonRecognised) -> str:
    db.execute(
        "insert into known(key, person, recipient, reason, actor, at, seq) values (?, ?, ?, ?, ?, ?, ?)"
        " on conflict(key) do update set person = excluded.person, reason = excluded.reason,"
        " recipient = coalesce(nullif(excluded.recipient, ''), recipient)",
        (event.key, event.person, event.recipient, event.reason, entry.actor, entry.at, entry.seq),
    )
    return ""


def keeper_named(db: Connection, entry: Entry, event: e.KeeperNamed) -> str:
    db.execute(
        "insert into keeper(key, recipient, actor, at, seq) values (?, ?, ?, ?, ?)",
        (event.key, event.recipient, entry.actor, entry.at, entry.seq),
    )
    return ""


def person_of(db: Connection, device: str, name: str) -> str:
    """What the team calls whoever is called so on a device; the name itself where nobody has said."""
    row = db.execute(
        "select person from device d join known using (key) where device = ? and d.name = ?", (device, name)
    ).fetchone()
    return row[0] if row else name


def names(db: Connection) -> dict[tuple[str, str], str]:
    """What the team calls everybody it knows, by device and what they are called on it."""
    found = db.execute("select device, d.name, person from device d join known using (key)")
    return {(device, name): person for device, name, person in found}


def devices(db: Connection, keys: Collection[str]) -> set[str]:
    """The devices that were introduced with one of these keys."""
    found = db.execute(
        "select device from device where key in (select value from json_each(?))", (json.dumps([*keys]),)
    )
    return {device for (device,) in found}
