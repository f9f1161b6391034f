"""Readers of what a hub gives: entries, words, keys, its address, and a hub that lies in everything it says."""

from __future__ import annotations

import base64
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any, cast
from unittest.mock import patch

from qualbench.errors import QualbenchError
from qualbench.hub import Link, Standing, Word
from qualbench.hub.link import Arrived
from qualbench.store.database import Connection
from qualbench.store.merging import Row
from tests.fuzz import seeds
from tests.fuzz.typed import text

# --- a study of two coders, made once and kept -----------------------------------------------------------------------


def _filled(db: Connection) -> Connection:
    """The study as ana has it: what all know, and her own pass."""
    from qualbench.store import database, merging, migrations, projections, syncing

    told = seeds.of_a_hub()
    migrations.migrate(db)
    with database.transaction(db):
        merging.put_in(db, [tuple(row) for row in told["here"]], seeds.words_of_a_hub(), "")
        projections.rebuild(db)
        syncing.keep_state(db, syncing.State("ana", "ana", False, seeds.reader_of_packages().card("").key, "life", ""))
        syncing.keep_keys(db, {"study": syncing.Key("k1", seeds.HUB_KEY, 0)})
    return db


@cache
def _in_memory() -> Connection:
    from qualbench.store import database

    return _filled(database.connect(":memory:"))


class _Enough(Exception):
    """What was taken in is taken back, for the next input."""


def _taken(rows: Sequence[Row]) -> None:
    from qualbench.store import database, journal, merging, projections

    db = _in_memory()
    try:
        with database.transaction(db):
            last = journal.newest(db)
            fresh = merging.continuing(db, rows)
            merging.put_in(db, fresh, {}, "hub")
            merging.bring_up(db, fresh, last)
            projections.rebuild(db)
            raise _Enough
    except _Enough:
        pass


def _chained(bodies: Sequence[str]) -> list[Row]:
    """Entries from their texts, with the hashes that such entries have."""
    from qualbench.project.synced import _row
    from qualbench.store import journal, merging

    heads: dict[tuple[str, str, str], str] = {}
    rows = []
    for body in bodies:
        row = _row(Arrived(1, "ben", "shared", 1, body, "", ""))
        chain = (row[2], row[4], row[11] or "")
        prev = heads[chain] if chain in heads else journal.head(_in_memory(), *chain)
        heads[chain] = journal.chain_hash(prev, merging.parts(row))
        rows.append((*row[:9], prev, heads[chain], row[11]))
    return rows


# --- readers -------------------------------------------------------------------------------------------------------


def entries(data: bytes) -> object:
    """Texts of entries, one in a line."""
    return _taken(_chained(text(data).split("\n")))


def facts(data: bytes) -> object:
    """Entries whose facts can be read, so that what is damaged is what they say."""
    try:
        told = json.loads(data)
    except (ValueError, RecursionError):
        return entries(data)
    bodies = []
    for one in told if isinstance(told, list) else []:
        parts = list(one) if isinstance(one, list) else [one]
        bodies.append(json.dumps([json.dumps(part) if isinstance(part, dict) else part for part in parts]))
    return _taken(_chained(bodies))


def words(data: bytes) -> object:
    from qualbench import hub

    digest, _, cipher = data.partition(b"\n")
    return hub.opened(seeds.HUB_KEY, text(digest), cipher)


def key(data: bytes) -> object:
    """What a member takes as a key; and the same words, as if somebody had wrapped just them for this member."""
    return _own_key(data), _own_key(seeds.wrapped(data))


def _own_key(wrap: bytes) -> object:
    from qualbench.project import keyed

    me = seeds.reader_of_packages()
    study = SimpleNamespace(study=SimpleNamespace(id=seeds.of_a_hub()["study"]), _db=_in_memory())
    with patch("qualbench.project.keyed.identity", return_value=me):
        return keyed.Keyed._own_key(cast("keyed.Keyed", study), "study", "k1", wrap, me.card("").key)


def address(data: bytes) -> object:
    """The settings of a study with its hub's address, and what is made of it before anything is reached."""
    from qualbench.hub import link
    from qualbench.project.hubbed import SETTINGS, Hubbed, _member_address, _write_address

    with TemporaryDirectory() as folder:
        (Path(folder) / SETTINGS).write_bytes(data)
        study = SimpleNamespace(folder=Path(folder), on_hub=True)
        url = link.without_password(Hubbed.hub_address(cast("Hubbed", study)))
        link._is_at_home(link._told_by(_member_address(url, "ana")))
        (Path(folder) / SETTINGS).unlink()
        _write_address(Path(folder), url)
        assert Hubbed.hub_address(cast("Hubbed", study)) == url
        return url


# --- a hub that lies -----------------------------------------------------------------------------------------------


class Liar:
    """Says of everything what it was told to, in the types that PostgreSQL gives."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        self.told = told

    def standing(self) -> Standing:
        said = _dict(self.told.get("standing"))
        return Standing(
            *(_text(said.get(name)) for name in ("study", "name", "generation", "login", "person")),
            bool(said.get("is_lead")),
            _dict(said.get("members"), _text),
            _dict(said.get("heads"), _number),
            {_three(one[:3]): (_number(one[3]), _text(one[4])) for one in _lists(said.get("chains"), 5)},
            frozenset(map(_text, _list(said.get("published")))),
            _dict(said.get("kept"), _text),
            frozenset((_text(a), _text(b)) for a, b in _lists(said.get("sealed"), 2)),
            {(_text(a), _text(b)): (_text(why), tuple(map(_text, _list(those))))
             for a, b, why, those in _lists(said.get("opened"), 4)},
        )  # fmt: skip

    def rows(self, audience: str, after: int) -> Iterator[list[Arrived]]:
        found = _lists(_dict(self.told.get("rows")).get(audience), 4)[max(0, after) :]
        if found:
            yield [
                Arrived(after + n, "ben", "shared", _number(seq), _text(body), _text(prev), _text(digest))
                for n, (body, seq, prev, digest) in enumerate(found, 1)
            ]

    def words(self, audience: str, after: int) -> list[Word]:
        return [
            Word(_text(lane), _text(digest), _text(doc), _text(key), seeds.sealed_words(_text(digest), _bytes(body)))
            for lane, digest, doc, key, body in _lists(self.told.get("words"), 5)
        ]

    def words_of(self, doc: str) -> list[Word]:
        return [one for one in self.words("*", 0) if one.doc == doc]

    def own_keys(self) -> list[tuple[str, str, bytes]]:
        return [(_text(doc), _text(id_), _bytes(body)) for doc, id_, body in _lists(self.told.get("keys"), 3)]

    def keys_held(self) -> dict[tuple[str, str], tuple[str, str]]:
        return {(_text(a), _text(b)): (_text(c), _text(d)) for a, b, c, d in _lists(self.told.get("held"), 4)}

    def push(self, bodies: Sequence[str], *_: object) -> int:
        from qualbench.hub import Refused

        why = _list(self.told.get("refuses"))
        if why and len(bodies) > 1:
            raise Refused("because", _three(why) if len(why) == 3 else None)
        return len(bodies)

    def __getattr__(self, name: str) -> object:
        """Everything else that can be said to a hub, it hears and does nothing."""
        if name.startswith("_") or not hasattr(Link, name):
            raise AttributeError(name)
        return lambda *_: None


def _text(value: object) -> str:
    return str(value).encode("utf-8", "replace").decode()


def _dict(value: object, kind: Any = None) -> dict[str, Any]:
    found = value if isinstance(value, dict) else {}
    return {_text(key): kind(one) if kind else one for key, one in found.items()}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _lists(value: object, size: int) -> list[list[Any]]:
    return [one for one in _list(value) if isinstance(one, list) and len(one) == size]


def _number(value: object) -> int:
    found = int(value) if isinstance(value, int) else 0
    return max(-(2**63), min(2**63 - 1, found))


def _three(value: Sequence[object]) -> tuple[str, str, str]:
    first, second, third = map(_text, value)
    return first, second, third


def _bytes(value: object) -> bytes:
    try:
        return base64.b64decode(str(value))
    except ValueError:
        return b""


@cache
def _home() -> TemporaryDirectory[str]:
    """A computer of ana's with her keys and her study."""
    from qualbench.store import database

    place = TemporaryDirectory(prefix="qbfuzz")
    own = Path(place.name) / "qualbench"
    own.mkdir()
    (own / "device").write_text(seeds.of_a_hub()["devices"]["ana"])
    (own / "identity").write_text(seeds.reader_of_packages().written())
    db = _filled(database.connect(own / "study.db"))
    db.execute("pragma wal_checkpoint(truncate)")
    db.close()
    return place


@contextmanager
def _at_home() -> Iterator[Path]:
    home = {"XDG_STATE_HOME": _home().name, "XDG_DATA_HOME": _home().name}
    with patch.dict(os.environ, home), TemporaryDirectory() as folder:
        shutil.copy(Path(_home().name) / "qualbench" / "study.db", folder)
        (Path(folder) / "backups").mkdir()
        yield Path(folder)


WITHHELD = "texts that the journal names are not there."
"""What a hub that gives entries without their words can not be kept from."""


def liar(data: bytes) -> object:
    """A meeting with it: a sentence or a whole study, and nothing of one's own is lost or changed."""
    from qualbench.project import Project

    try:
        told = json.loads(data)
    except (ValueError, RecursionError):
        told = {}
    refused: QualbenchError | None = None
    with _at_home() as folder, Project.open(folder, "ana", write=True) as study:
        query = "select seq, id, hash, data from journal where device = ? and seq <= ? order by seq"
        mine = (study._device, study._db.execute("select max(seq) from journal").fetchone()[0])
        before = study._db.execute(query, mine).fetchall()
        try:
            study.meet(cast("Link", Liar(told if isinstance(told, dict) else {})))
        except QualbenchError as error:
            refused = error
        assert study._db.execute(query, mine).fetchall() == before, "one's own work is another one"
        wrong = [said for well, said in study.examine() if not well and not said.endswith(WITHHELD)]
        assert wrong == [], wrong
    if refused is not None:
        raise refused
    return None
