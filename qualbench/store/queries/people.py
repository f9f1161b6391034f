"""Reads of who is who: devices, keys, and whom the packages of coders are sealed to."""

from __future__ import annotations

from dataclasses import dataclass

from qualbench.store.database import Connection


@dataclass(frozen=True, slots=True)
class Known:
    """A key that something in the study was written with."""

    key: str
    recipient: str
    names: tuple[str, ...]
    """What its owner is called on their devices."""
    person: str
    """Whom the team says it belongs to; empty while nobody has said."""
    devices: tuple[str, ...]


def known(db: Connection) -> tuple[Known, ...]:
    """Every key, in the order in which they came."""
    found = db.execute("select key, recipient, name, device, seq from device").fetchall()
    said = db.execute("select key, recipient, person, seq from known").fetchall()
    persons = {key: (person, recipient) for key, recipient, person, _ in said}
    keys = dict.fromkeys(row[0] for row in sorted((*found, *said), key=lambda row: row[-1]))
    return tuple(_known(key, [row for row in found if row[0] == key], *persons.get(key, ("", ""))) for key in keys)


def _known(key: str, devices: list[tuple[str, str, str, str, int]], person: str, recipient: str) -> Known:
    names = tuple(dict.fromkeys(row[2] for row in devices)) or (person,)
    opens_with = devices[0][1] if devices else recipient
    return Known(key, opens_with, names, person, tuple(dict.fromkeys(row[3] for row in devices)))


def person(db: Connection, key: str) -> str:
    """Whom the team says a key belongs to; empty while nobody has said."""
    row = db.execute("select person from known where key = ?", (key,)).fetchone()
    return row[0] if row else ""


def keepers(db: Connection) -> tuple[tuple[str, str], ...]:
    """The keys and recipients of everybody who was ever keeper, the newest last."""
    return tuple(db.execute("select key, recipient from keeper order by seq").fetchall())


def founder(db: Connection) -> str:
    """The key of the device on which the study was made; empty while that is not known."""
    row = db.execute(
        "select d.key from device d join journal j on j.device = d.device where j.kind = 'study_created' limit 1"
    ).fetchone()
    return row[0] if row else ""


def leads(db: Connection) -> frozenset[str]:
    """The keys of whoever made the study and of everybody who was ever keeper: what only a lead says is theirs."""
    return frozenset({founder(db), *(key for key, _ in keepers(db))})


def handed_in(db: Connection) -> tuple[tuple[str, str, str, str], ...]:
    """Transcript, round, coder and pass of everything that is submitted in time."""
    return tuple(
        db.execute("select transcript, round, coder, id from pass where state = 'submitted' and not late").fetchall()
    )


def assigned(db: Connection) -> dict[tuple[str, str], list[str]]:
    """Who codes which transcript in which round."""
    found: dict[tuple[str, str], list[str]] = {}
    for transcript, round_, coder in db.execute("select transcript, round, coder from assignment"):
        found.setdefault((transcript, round_), []).append(coder)
    return found


def openings(db: Connection) -> dict[tuple[str, str], tuple[str, str]]:
    """Transcript and round of what a keeper opened: when, and the hash of the reason if somebody was missing."""
    found = db.execute("select transcript, round, at, reason from opening")
    return {(transcript, round_): (at, reason) for transcript, round_, at, reason in found}


def behind(db: Connection) -> tuple[tuple[str, str, int], ...]:
    """Passes that stand on an earlier version of their text: transcript, pass and version."""
    return tuple(
        db.execute(
            "select p.transcript, p.id, p.on_version from pass p join transcript t on t.id = p.transcript"
            " where p.on_version < t.version order by p.transcript, p.id"
        ).fetchall()
    )
