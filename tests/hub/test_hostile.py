"""A member who sends whatever can be sent: it is refused in order or taken, and all others can take it."""

from __future__ import annotations

import hashlib
import json
import random
import struct
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

import psycopg
import pytest
from psycopg.pq import ConnStatus, ExecStatus

from qualbench import events
from qualbench.store import database, merging, migrations, syncing
from tests.fuzz.damage import VALUES, damaged, drawn
from tests.hub.attacks import CODERS, KEY, World
from tests.hub.servers import Server

TEXTS, IDS, BYTES = 1009, 2951, 1001
"""Numbers by which PostgreSQL calls arrays of texts, of ids, and of bytes."""
IN_ORDER = ("22", "23", "42", "54", "55", "08P01")
"""What a refusal begins with: of data, of a rule, of a right, of a limit, of a moment, of a message that is none."""
SOME = 500
Parts = Sequence[bytes | None]


def packed(parts: Parts, of: int = 25, deep: int = 1) -> bytes:
    """An array as it travels, of one dimension or of more."""
    dimensions = struct.pack(">ii", 1, 1) * (deep - 1) + struct.pack(">ii", len(parts), 1)
    body = b"".join(struct.pack(">i", -1) if one is None else struct.pack(">i", len(one)) + one for one in parts)
    return struct.pack(">iii", deep, any(one is None for one in parts), of) + dimensions + body


class Stranger:
    """Somebody who may log in as ana."""

    def __init__(self, world: World, chance: random.Random) -> None:
        self.world, self.chance = world, chance
        self.writer = world.writer["ana"]
        self.line = world.line["ana"].pgconn
        self.seen: list[str] = []
        """How each message ended: a code of PostgreSQL, or nothing where it was taken."""

    def send(self) -> None:
        """One message; it must end as a message may."""
        kinds = (self.entries, self.entries, self.entries, self.spoilt, self.words, self.calls)
        self.chance.choice(kinds)()

    def ask(self, query: str, values: Sequence[bytes | None], types: Sequence[int]) -> bool:
        told = self.line.exec_params(query.encode(), values, types, [1] * len(values))
        state = (told.error_field(psycopg.pq.DiagnosticField.SQLSTATE) or b"").decode()
        self.seen.append(state)
        assert self.line.status == ConnStatus.OK, self.line.get_error_message()
        assert told.status == ExecStatus.TUPLES_OK or state.startswith(IN_ORDER), (state, told.error_message)
        return told.status == ExecStatus.TUPLES_OK

    def push(self, *columns: bytes | None) -> bool:
        return self.ask("select hub.push($1, $2, $3)", columns, [TEXTS] * 3)

    # --- messages ------------------------------------------------------------------------------------------------

    def entries(self) -> None:
        """Entries that are whole, of anything about anything, some of them spoilt, with hashes that fit."""
        came = [self._entry() for _ in range(self.chance.choice((1, 1, 2, 5)))]
        bodies, prevs, hashes = ([one[at] for one in came] for at in range(3))
        if self.push(packed(bodies), packed(prevs), packed(hashes)):
            for body, _, digest in came:
                told = json.loads(body)
                self.writer.heads[told[3], told[8]] = digest.decode()

    def _entry(self) -> tuple[bytes, bytes, bytes]:
        pick, world = self.chance.choice, self.world
        doc = pick(world.docs)
        own = world.passes.get(("ana", doc), str(uuid.uuid4()))
        lane = pick((own, own, "", world.passes.get(("ben", doc), "x"), str(uuid.uuid4()), "ana/case", "ben/case", "N"))
        subject = pick((doc, doc, "study", "notes", "cqr", "people", "x" * pick((1, 300, 9000))))
        kind = pick(("code_applied", "pass_opened", "note_written", "step_undone", "core_idea_written", *KINDS))
        if pick((True, False)):
            memo = pick(("n1", "n2"))
            kind, subject, lane = pick((
                ("code_applied", doc, own), ("person_added", "study", ""), ("note_written", "notes", memo),
                ("core_idea_written", "cqr", "ana/case"),
            ))  # fmt: skip
        data: dict[str, Any] = {"pass_id": lane, "transcript": doc, "coder": "ana", "round": pick(("R", "", "S")),
                "note": lane, "judge": "ana", "about": "case", "target": "step-ben"}  # fmt: skip
        if pick((True, False)):
            data[pick(list(data))] = pick(VALUES)
        said = {"id": str(uuid.uuid4()), "hash": ""}
        if self.chance.random() < 0.2:
            said |= {
                pick(("actor", "device", "step", "id")): pick(("ben", "", "\ud83d", "a\0b", "x" * 5000, "step-ben"))
            }
        body, prev, _ = self.writer.entry(kind, subject, data, lane, **said)
        spoilt = body.encode("utf-8", "surrogatepass")
        if self.chance.random() < 0.3:
            spoilt = damaged(spoilt, drawn(self.chance, 2))
        link = prev.encode() if self.chance.random() < 0.9 else pick((b"", b"f" * 64, b"\xff", b"\0"))
        return spoilt, link, hashlib.sha256(link + spoilt).hexdigest().encode()

    def spoilt(self) -> None:
        """Columns that are none: too long, of nothing, in many dimensions, or lying about their size."""
        pick = self.chance.choice
        body, prev, digest = self._entry()
        columns: list[bytes | None] = [packed([body]), packed([prev]), packed([digest])]
        columns[self.chance.randrange(3)] = pick((
            None, packed([]), packed([None]), packed([body, None]), packed([body] * 2), packed([body], deep=6),
            packed([b"[" * 20_000]), packed([b"x"] * 5001), packed([body], of=17), packed([body])[:-3], b"",
            b"\xff" * 20,
            damaged(packed([body]), drawn(self.chance, 2)),
        ))  # fmt: skip
        self.push(*columns)

    def words(self) -> None:
        """Words of anybody, for anything."""
        pick, world = self.chance.choice, self.world
        lane = pick(("", world.passes["ana", world.docs[0]], world.passes["ben", world.docs[0]], "x", "\0", "é" * 3000))
        texts: list[Parts] = [[lane.encode()], [pick((b"h", b"\xff", b"", b"h" * 9000))], [pick((b"study", b"", b"x"))]]
        cipher = pick((b"", b"x", self.chance.randbytes(40), None))
        columns = [packed(one) for one in texts]
        key = pick((uuid.UUID(KEY).bytes, b"", b"x" * 16, None))
        values = [*columns, packed([key], 2950), packed([cipher], 17)]
        if pick((True, False, False)):
            at = self.chance.randrange(5)
            values[at] = pick(
                (packed([]), packed([None] * 3), packed([b"x"], deep=3), damaged(values[at], drawn(self.chance)))
            )
        self.ask("select hub.put_words($1, $2, $3, $4, $5)", values, [TEXTS, TEXTS, TEXTS, IDS, BYTES])

    def calls(self) -> None:
        """What is not hers to say, or of nothing that there is."""
        pick, world = self.chance.choice, self.world
        things = [one.encode() for one in (*world.docs, "R", "", "N", world.passes["ben", world.docs[0]], "é" * 9000)]
        a, b, c = (pick((*things, None, b"\xff", b"\0", b"x" * 100_000)) for _ in range(3))
        if pick((True, False)):
            query = pick(("select hub.seal($1, $2)", "select hub.open_consensus($1, $2)"))
            self.ask(query, [a, b], [25, 25])
        elif pick((True, False)):
            self.ask(
                "select hub.publish($1)",
                [pick((None, packed([a, b]), packed([c] * 900), packed([a], deep=4)))],
                [TEXTS],
            )
        else:
            one = packed([a])
            keys = [one, packed([b]), packed([uuid.UUID(KEY).bytes], 2950), one, packed([b"x"], 17)]
            self.ask("select hub.put_keys($1, $2, $3, $4, $5)", keys, [TEXTS, TEXTS, IDS, TEXTS, BYTES])


KINDS = (*sorted(events.KINDS), "", "nonsense", "x" * 300, "é\u202e")


@pytest.fixture
def world(server: Server) -> Iterator[World]:
    made = World(server)
    yield made
    made.close()


def everything_stands(world: World) -> None:
    """Positions without a hole, nobody else's rows to be read, and whatever was taken can be taken on by all."""
    with psycopg.connect(world.url) as db:
        tight = db.execute(
            "select bool_and(n = head and m = head) from hub.head"
            " join (select audience, count(*) n, max(pos) m from hub.event group by 1) e using (audience)"
        ).fetchone()
        assert tight == (True,)
        assert db.execute("select count(*) from hub.member").fetchone() == (4,)
        assert db.execute("select count(*) from hub.gate where state = 'open'").fetchone() == (0,)
        assert db.execute("select count(*) from hub.sealed where login <> 'ana'").fetchone() == (0,)
    for login in (*CODERS, "lena"):
        foreign = "select count(*) from hub.{} where audience not in ('*', session_user::text)"
        assert [world.one(login, foreign.format(table)) for table in ("event", "word", "head")] == [0, 0, 0]
        takes_it_all(world, login)


def takes_it_all(world: World, login: str) -> None:
    """A member with a study of their own reads everything there is for them; it is chained, and nothing is twice."""
    db = database.connect(":memory:")
    migrations.migrate(db)
    rows = world.line[login].execute(
        "select body, seq, prev, hash from hub.event order by audience = '*', pos"
    ).fetchall()  # fmt: skip
    fresh = merging.continuing(db, [syncing.row_of(*row) for row in rows])
    with database.transaction(db):
        merging.put_in(db, fresh, {}, "hub")
        merging.bring_up(db, fresh, 0)
    db.close()


def sends(world: World, seed: int, times: int) -> list[str]:
    stranger = Stranger(world, random.Random(seed))
    for _ in range(times):
        stranger.send()
    everything_stands(world)
    return stranger.seen


def test_whatever_a_member_sends_is_refused_in_order_or_taken_rightly(world: World) -> None:
    seen = sends(world, 1, SOME)
    assert seen.count("") > SOME // 20, "some of it must be taken, or the rest is not looked at"
    assert len(set(seen)) > 6


@pytest.mark.soak
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", range(4))
def test_twenty_thousand_messages(world: World, seed: int) -> None:
    sends(world, seed, 5_000)


def test_there_is_a_most_of_everything(world: World) -> None:
    """No member fills the server or another's memory with one message."""
    writer, line = world.writer["ana"], world.line["ana"]
    many = [writer.entry("person_added", "study", {}) for _ in range(5_001)]
    large = [writer.entry("person_added", "study", {"name": "x" * 2**24})]
    for came in (many, large):
        with pytest.raises(psycopg.errors.DataException, match="Too many entries"):
            world.push("ana", *came)
    words = ([""], ["h"], ["study"], [KEY], [bytes(2**26 + 1)])
    with pytest.raises(psycopg.errors.DataException, match="Too many words"):
        line.execute("select hub.put_words(%b, %b, %b, %b::text[]::uuid[], %b)", words)
    everything_stands(world)
