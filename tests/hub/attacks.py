"""A hub with a lead and three coders, and everything that somebody might try to read or write what is not theirs.

`attack` answers with each claim and whether it held; a hub whose rules are broken must let some of them fail.
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import psycopg

from qualbench import hub
from tests.hub.servers import Server

CODERS = ("ana", "ben", "cleo")
SECRET = "SECRET-CODE"
KEY = str(uuid.uuid4())
Entry = tuple[str, str, str]


def number_of(device: str) -> int:
    """The lower half of a device's places."""
    return int.from_bytes(hashlib.sha256(device.encode("utf-8", "replace")).digest()[:4])


@dataclass
class Writer:
    """A person's device, with its chains."""

    person: str
    device: str = field(default_factory=lambda: uuid.uuid4().hex)
    heads: dict[tuple[str, str], str] = field(default_factory=dict)
    count: int = 0

    def entry(self, kind: str, subject: str, data: dict[str, Any], lane: str = "", **said: Any) -> Entry:
        """The next entry of a chain, as the journal writes it; what is said otherwise is forged."""
        self.count += 1
        seq = said.get("seq", self.count << 32 | number_of(said.get("device", self.device)))
        prev = said.get("prev", self.heads.get((subject, lane), ""))
        row = [
            said.get("id", str(uuid.uuid4())),
            said.get("device", self.device),
            said.get("step", f"step-{self.person}"),
            subject,
            said.get("actor", self.person),
            "2026-01-05T09:00:00Z",
            kind,
            json.dumps(data),
            lane,
            str(seq),
        ]
        body = said.get("body", json.dumps(row, ensure_ascii=False, separators=(",", ":")))
        digest = said.get("hash", hashlib.sha256((prev + body).encode("utf-8", "replace")).hexdigest())
        if not said:
            self.heads[subject, lane] = digest
        return body, prev, digest

    def later(self, far: int = 1) -> int:
        """A place far ahead of all that this device wrote."""
        return far << 60 | number_of(self.device)

    def begins(self, transcript: str, round_: str, lane: str) -> Entry:
        data = {"transcript": transcript, "pass_id": lane, "coder": self.person, "round": round_}
        return self.entry("pass_opened", transcript, data, lane)

    def codes(self, transcript: str, lane: str, code: str = "") -> Entry:
        data = {"pass_id": lane, "code": code or f"{SECRET}-{self.person}"}
        return self.entry("code_applied", transcript, data, lane)


PUSH = "select hub.push(%b, %b, %b)"
PUT_KEYS = "select hub.put_keys(%b, %b, %b::text[]::uuid[], %b, %b)"


def arrays(*entries: Entry) -> list[list[str]]:
    return [list(column) for column in zip(*entries, strict=True)]


class World:
    """A lead and three coders on a fresh hub; all have begun to code three transcripts."""

    def __init__(self, server: Server, sql: str = "") -> None:
        self.server, self.url = server, server.database()
        self.name = name = server.made[-1]
        founding = hub.Founding("study", "Study", 3, {}, [], [])
        hub.make(self.url, founding, ("lena", "lena"), sql=sql)
        for coder in CODERS:
            hub.invite(self.url, coder, coder)
        self.address = {one: server.address(name, one) for one in (*CODERS, "lena")}
        self.line = {one: psycopg.connect(self.address[one], autocommit=True) for one in self.address}
        self.writer = {one: Writer(one) for one in self.address}
        self.docs = [str(uuid.uuid4()) for _ in range(4)]
        self.passes = {(coder, doc): str(uuid.uuid4()) for coder in CODERS for doc in self.docs[:3]}
        assigned = {doc: list(CODERS) for doc in self.docs[:3]}
        planned = self.writer["lena"].entry("round_planned", "study", {"round": "R", "assignments": assigned})
        self.push("lena", planned)
        keys = ([self.docs[0]] * 2, ["ana", "ben"], [KEY] * 2, ["x"] * 2, [b"for ana", b"for ben"])
        self.line["lena"].execute(PUT_KEYS, keys)
        for coder in CODERS:
            for doc in self.docs[:3]:
                self._codes(coder, doc)

    def _codes(self, coder: str, doc: str) -> None:
        lane, writer = self.passes[coder, doc], self.writer[coder]
        self.push(coder, writer.begins(doc, "R", lane), *(writer.codes(doc, lane) for _ in range(9)))
        words = ([lane], [f"{coder}-{doc[:8]}"], [doc], [KEY], [b"sealed by " + coder.encode()])
        self.line[coder].execute("select hub.put_words(%b, %b, %b, %b::text[]::uuid[], %b)", words)

    def push(self, who: str, *entries: Entry) -> int:
        found = self.line[who].execute(PUSH, arrays(*entries)).fetchone()
        assert found is not None
        return int(found[0])

    def one(self, who: str, query: str, values: Sequence[object] = ()) -> Any:
        found = self.line[who].execute(query, values or None).fetchone()
        assert found is not None
        return found[0]

    def close(self) -> None:
        for line in self.line.values():
            line.close()
        self.server.drop(self.name)


class Attacks:
    """Tries one thing after the other and keeps what held."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.held: dict[str, bool] = {}

    def claim(self, name: str, held: bool) -> None:
        assert name not in self.held, name
        self.held[name] = bool(held)

    def denied(self, name: str, who: str, query: Any, values: Sequence[object] = ()) -> None:
        """It is an error, or answers with nothing and touches nothing."""
        try:
            done = self.world.line[who].execute(query, values or None)
            self.claim(name, done.rowcount == 0)
        except psycopg.Error:
            self.claim(name, True)

    def refused(self, name: str, who: str, *entries: Entry) -> None:
        """An entry is not taken."""
        try:
            self.claim(name, self.world.push(who, *entries) < 0)
        except psycopg.Error:
            self.claim(name, True)


def attack(server: Server, sql: str = "") -> dict[str, bool]:
    """Every claim and whether it held; a hub that does not even stand holds nothing."""
    try:
        world = World(server, sql)
    except (psycopg.Error, hub.Refused):
        return {"a hub that can be used": False}
    tries = Attacks(world)
    steps: list[Callable[[Attacks, World], None]] = [
        reading,
        channels,
        roles,
        writing_directly,
        forging,
        standing_in_the_way,
        foreign_lanes,
        opening_early,
        opening,
        late,
        racing,
    ]
    try:
        for step in steps:
            try:
                step(tries, world)
            except psycopg.Error as error:
                tries.claim(f"{step.__name__} goes as it should ({str(error).splitlines()[0]})", False)
    finally:
        world.close()
    return tries.held


def reading(tries: Attacks, world: World) -> None:
    tries.claim(
        "a coder reads all of their own", world.one("ana", "select count(*) from hub.event where lane <> ''") == 30
    )
    tries.denied("another's entries by audience", "ana", "select * from hub.event where audience = 'ben'")
    tries.denied("another's entries by author", "ana", "select * from hub.event where author = 'ben'")
    tries.denied("the lead reads no coding either", "lena", "select * from hub.event where audience <> '*'")
    tries.denied("another's words", "ana", "select * from hub.word where author = 'ben'")
    tries.denied("how much others have, by heads", "ana", "select * from hub.head where audience not in ('*', 'ana')")
    tries.denied("how much others have, by chains", "ana", "select * from hub.chain")
    tries.denied("what others began", "ana", "select * from hub.lane")
    tries.denied("others' seals", "ana", "select * from hub.sealed where login <> 'ana'")
    tries.denied("which transcripts are begun", "ana", "select * from hub.gate")
    tries.denied("others' wrapped keys", "ana", "select * from hub.doc_key where login <> 'ana'")
    tries.denied("who holds which key", "ana", "select * from hub.keys_held()")
    found = world.line["ana"].execute("select lane from hub.own_lanes()").fetchall()
    tries.claim(
        "own lanes are one's own", {row[0] for row in found} == {world.passes["ana", d] for d in world.docs[:3]}
    )


def channels(tries: Attacks, world: World) -> None:
    line = world.line["ana"]
    heard: list[str | None] = []
    line.add_notice_handler(lambda said: heard.append(said.message_primary))
    line.execute(
        "do $$ declare r record; begin for r in select * from hub.event where body like '%SECRET%' loop"
        " raise notice '%', r.author; end loop; end $$"
    )
    tries.claim("a leaky block sees its own rows only", set(heard) <= {"ana"})
    try:
        line.execute("select count(*) from hub.event where 1 / (case when author = 'ben' then 0 else 1 end) = 1")
        tries.claim("errors tell nothing of hidden rows", True)
    except psycopg.errors.DivisionByZero:
        tries.claim("errors tell nothing of hidden rows", False)
    with line.cursor().copy("copy hub.event to stdout") as copy:
        body = b"".join(bytes(part) for part in copy)
    tries.claim("COPY gives one's own rows only", b"SECRET-CODE-ben" not in body and b"SECRET-CODE-ana" in body)
    tries.denied("row security can not be switched off", "ana", "set row_security = off; select * from hub.event")
    line.execute("reset row_security")
    tries.claim("a call to wake up tells nothing of blind work", called(world) == [""])
    tries.denied("statistics of the entries", "ana", "select * from pg_stats where tablename = 'event'")
    tries.denied(
        "a function of one's own with the owner's rights",
        "ana",
        "create function public.f() returns bigint language sql as 'select count(*) from hub.event'",
    )
    tries.denied("no table of one's own to trap functions with", "ana", "create temp table head(a int)")
    tries.denied("no schema of one's own", "ana", "create schema mine")


def called(world: World) -> list[str]:
    """What somebody hears who listens while ben codes and lena plans."""
    world.line["ana"].execute("listen hub")
    ben, doc = world.writer["ben"], world.docs[0]
    world.push("ben", ben.codes(doc, world.passes["ben", doc]))
    world.push("lena", world.writer["lena"].entry("person_added", "study", {}))
    heard = [said.payload for said in world.line["ana"].notifies(timeout=0.05)]
    world.line["ana"].execute("unlisten hub")
    return heard


def roles(tries: Attacks, world: World) -> None:
    tries.denied("become another coder", "ana", "set role ben")
    tries.denied("become the owner", "ana", "set role hub_owner")
    tries.denied("begin as another coder", "ana", "set session authorization ben")
    tries.denied("switch the rules off", "ana", "alter table hub.event disable row level security")
    tries.denied("drop a rule", "ana", "drop policy event_read on hub.event")
    tries.denied("make oneself lead", "ana", "update hub.member set is_lead = true where login = 'ana'")
    tries.denied("let somebody in", "ana", "select hub.add_member('mallory', 'mallory', true)")
    tries.denied("found the hub once more", "ana", "select hub.found('ana', '{}', '{}', '{}', '{}')")
    key = ([world.docs[0]], ["ben"], [KEY], ["x"], [b"x"])
    tries.denied("give keys as a coder", "ana", PUT_KEYS, key)


def writing_directly(tries: Attacks, world: World) -> None:
    tries.denied("insert", "ana", "insert into hub.event select * from hub.event limit 1")
    tries.denied("change", "ana", "update hub.event set body = 'x'")
    tries.denied("delete", "ana", "delete from hub.event")
    tries.denied("empty the table", "ana", "truncate hub.event")
    tries.denied("move a head", "ana", "update hub.head set head = 0")
    tries.denied("change words", "ana", "update hub.word set cipher = 'x'")
    tries.denied("open a gate by hand", "ana", "update hub.gate set state = 'open'")
    tries.denied("seal for another by hand", "ana", "insert into hub.sealed values ('x', 'R', 'ben', 'ben')")
    tries.denied("republish by hand", "ana", "select hub.republish(%s)", ([world.passes["ben", world.docs[0]]],))


def forging(tries: Attacks, world: World) -> None:
    ana, ben, doc = world.writer["ana"], world.writer["ben"], world.docs[0]
    lane = world.passes["ana", doc]
    data = {"code": "X", "pass_id": lane}
    tries.refused("write as somebody else", "ana", ana.entry("code_applied", doc, data, lane, actor="ben"))
    tries.refused(
        "write on another's computer", "ana", ana.entry("code_applied", doc, data, lane, device=ben.device, prev="")
    )
    tries.refused(
        "begin a pass in another's name",
        "ana",
        ana.entry(
            "pass_opened",
            doc,
            {"transcript": doc, "pass_id": "P", "coder": "ben", "round": "R"},
            "P",
            seq=ana.later(1),
            prev="",
        ),
    )
    tries.refused("say what the lead says", "ana", ana.entry("codebook_released", "codebook", {}, seq=ana.later(1)))
    tries.refused(
        "destroy words as a coder",
        "ana",
        ana.entry("words_erased", doc, {"transcript": doc, "hashes": []}, seq=ana.later(1)),
    )
    tries.refused("put private work where all read", "ana", ana.entry("code_applied", doc, data, "", seq=ana.later(1)))
    other = {"code": "X", "pass_id": world.passes["ben", doc]}
    tries.refused(
        "say of another's pass in a lane of one's own", "ana", ana.entry("code_applied", doc, other, lane, id="x")
    )
    undo = {"target": "step-ben", "place": doc, "area": "coding"}
    tries.refused("undo another's step", "ana", ana.entry("step_undone", doc, undo, lane, id="x"))
    tries.refused("code what one is not asked to code", "ana", *_unasked(world))
    tries.refused("a hash that is not the entry's", "ana", ana.entry("code_applied", doc, data, lane, hash="0" * 64))
    tries.refused("another end of the chain", "ana", ana.entry("code_applied", doc, data, lane, prev=""))
    tries.refused("a hole in the chain", "ana", *_holed(ana, doc, lane))
    tries.refused("an entry that is none", "ana", ("{not json", "", "x"))
    tries.refused("an entry without its parts", "ana", ("[1,2]", "", "x"))
    before = world.one("ana", "select count(*) from hub.event")
    again = (
        world.line["ana"]
        .execute("select body, prev, hash from hub.event where audience = 'ana' order by pos")
        .fetchall()
    )
    tries.claim("the same once more changes nothing", world.push("ana", *again) == 0)
    tries.claim("nothing of all this was taken", world.one("ana", "select count(*) from hub.event") == before)


def _unasked(world: World) -> list[Entry]:
    writer = Writer("ana", world.writer["ana"].device, count=1 << 20)
    return [writer.begins(world.docs[3], "R", str(uuid.uuid4()))]


def _holed(ana: Writer, doc: str, lane: str) -> list[Entry]:
    first = ana.entry("code_applied", doc, {"code": "1", "pass_id": lane}, lane, seq=ana.later(1))
    return [
        first,
        ana.entry("code_applied", doc, {"code": "3", "pass_id": lane}, lane, seq=ana.later(3), prev="f" * 64),
    ]


def standing_in_the_way(tries: Attacks, world: World) -> None:
    """What would be one's own and whole, and keep all others from reading on or from going on."""
    ana, ben, doc = world.writer["ana"], world.writer["ben"], world.docs[0]
    lane = world.passes["ana", doc]
    data = {"code": "X", "pass_id": lane}
    body, _, _ = ana.entry("code_applied", doc, data, lane, id=str(uuid.uuid4()))
    for name, other in (
        ("an entry with blanks", json.dumps(json.loads(body), ensure_ascii=False)),
        ("an entry with its letters as numbers", body.replace("code_applied", "code\\u005fapplied")),
        ("a place that is no text", json.dumps([*json.loads(body)[:9], ana.later()], separators=(",", ":"))),
        ("a place with a sign", body.replace(f'"{json.loads(body)[9]}"', f'"+{json.loads(body)[9]}"')),
    ):
        tries.refused(name, "ana", ana.entry("code_applied", doc, data, lane, body=other))
    tries.refused("a place of another's computer", "ana", ana.entry("code_applied", doc, data, lane, seq=ben.later()))
    tries.refused("a place that is taken", "ana", ana.entry("person_added", "study", {}, seq=ana.later(0) | 1 << 32))
    taken = world.one("ana", "select ev_id from hub.event where audience = '*' limit 1")
    tries.refused("an id that is taken", "ana", ana.entry("code_applied", doc, data, lane, id=taken))
    tries.refused("more in another's step", "ana", ana.entry("code_applied", doc, data, lane, step="step-ben"))
    note = ana.entry("note_written", "notes", {"note": "ben/case"}, "ben/case", id=str(uuid.uuid4()))
    tries.refused("a memo where another will judge", "ana", note)


def foreign_lanes(tries: Attacks, world: World) -> None:
    ana, ben, doc = world.writer["ana"], world.writer["ben"], world.docs[0]
    theirs = world.passes["ben", doc]
    tries.refused(
        "write into another's pass", "ana", ana.entry("code_applied", doc, {"pass_id": theirs}, theirs, prev="")
    )
    world.push("ben", ben.entry("note_written", "notes", {"note": "N"}, "N"))
    tries.denied("another's memos", "ana", "select * from hub.event where subject = 'notes'")
    tries.refused("take another's memo away", "ana", ana.entry("note_removed", "notes", {"note": "N"}, "N", prev=""))
    tries.denied("publish another's memo", "ana", "select hub.publish('{N}')")
    tries.denied(
        "publish a pass before its transcript is opened", "ana", "select hub.publish(%s)", ([world.passes["ana", doc]],)
    )
    tries.refused(
        "judge as another judge",
        "ana",
        ana.entry("core_idea_written", "cqr", {"judge": "ben", "about": "case"}, "ben/case", prev=""),
    )
    words = ([theirs], ["h"], [doc], [KEY], [b"x"])
    tries.denied(
        "put words into another's pass", "ana", "select hub.put_words(%b, %b, %b, %b::text[]::uuid[], %b)", words
    )
    world.one("ben", "select hub.publish('{N}')")
    tries.claim(
        "a memo that its author shows is read",
        world.one("ana", "select count(*) from hub.event where subject = 'notes'") == 1,
    )


OPEN = "select hub.open_consensus(%s, 'R', %s)"


def opening_early(tries: Attacks, world: World) -> None:
    tries.denied("open what nobody has sealed, with a reason", "lena", OPEN, (world.docs[0], "because"))
    for doc in world.docs[:2]:  # from now on there is something to open
        world.line["ana"].execute("select hub.seal(%s, 'R')", (doc,))
    tries.denied("open as a coder", "ana", OPEN, (world.docs[0], ""))
    tries.denied("open as a coder, with a reason", "ana", OPEN, (world.docs[1], "because"))
    tries.denied("open before all have sealed", "lena", OPEN, (world.docs[0], ""))
    tries.denied("open with an empty reason", "lena", OPEN, (world.docs[0], "  "))
    tries.denied("open what nobody began", "lena", OPEN, (world.docs[3], "because"))
    tries.denied("seal what one did not begin", "lena", "select hub.seal(%s, 'R')", (world.docs[0],))


def opening(tries: Attacks, world: World) -> None:
    doc = world.docs[0]
    for coder in CODERS:
        world.line[coder].execute("select hub.seal(%s, 'R')", (doc,))
    tries.denied("others' seals, once they have sealed", "ana", "select * from hub.sealed where login <> 'ana'")
    ana = world.writer["ana"]
    tries.refused(
        "code what one has sealed",
        "ana",
        ana.entry("code_applied", doc, {"pass_id": world.passes["ana", doc]}, world.passes["ana", doc], id="x"),
    )
    theirs = "select count(distinct ev_id) from hub.event where author in ('ben', 'cleo') and subject = %s"
    before = world.one("ana", theirs, (doc,))
    world.one("lena", OPEN, (doc, ""))
    tries.claim(
        "opening shows others' coding, and nothing did before", (before, world.one("ana", theirs, (doc,))) == (0, 21)
    )
    theirs_ = world.passes["ben", doc]
    tries.refused(
        "code in another's pass that is opened",
        "ana",
        ana.entry("code_applied", doc, {"pass_id": theirs_}, theirs_, id="x"),
    )
    tries.claim(
        "other transcripts stay blind", all(world.one("ana", theirs, (other,)) == 0 for other in world.docs[1:])
    )
    tries.claim(
        "their words come with it", world.one("ana", "select count(*) from hub.word where author <> 'ana'") == 2
    )
    tries.claim("what is shown is chained as it was written", chained(world, doc))
    tries.claim(
        "the gate says who was in time",
        sorted(world.one("ana", "select passes from hub.gate where doc = %s", (doc,)))
        == sorted(world.passes[c, doc] for c in CODERS),
    )


def chained(world: World, doc: str) -> bool:
    """Whether every chain that a reader sees of a transcript is whole, by our own reckoning."""
    rows = world.line["ana"].execute(
        "select device, lane, body, prev, hash from hub.event where audience = '*' and subject = %s and lane <> ''"
        " order by device, lane, seq",
        (doc,),
    )
    heads: dict[tuple[str, str], str] = {}
    for device, lane, body, prev, digest in rows.fetchall():
        if prev != heads.get((device, lane), "") or hashlib.sha256((prev + body).encode()).hexdigest() != digest:
            return False
        heads[device, lane] = digest
    return bool(heads)


def late(tries: Attacks, world: World) -> None:
    doc = world.docs[1]
    world.line["ana"].execute("select hub.seal(%s, 'R')", (doc,))
    world.one("lena", OPEN, (doc, "Ben left the team."))
    tries.claim(
        "a forced opening keeps its reason",
        world.one("ana", "select reason from hub.gate where doc = %s", (doc,)) == "Ben left the team.",
    )
    tries.claim(
        "only what was sealed is in time",
        world.one("ana", "select passes from hub.gate where doc = %s", (doc,)) == [world.passes["ana", doc]],
    )
    world.push("ben", world.writer["ben"].codes(doc, world.passes["ben", doc], "afterwards"))
    tries.claim(
        "what comes after it is late",
        world.one("ana", "select phase from hub.event where body like '%%afterwards%%'") == "late",
    )
    tries.denied("seal after it was opened", "ben", "select hub.seal(%s, 'R')", (doc,))


def waits(world: World, doc: str) -> bool:
    """Whether the lead can not open while a push is under way."""
    with world.line["ana"].transaction():
        world.push("ana", world.writer["ana"].codes(doc, world.passes["ana", doc]))
        try:
            world.line["lena"].execute("set statement_timeout = 60")
            world.one("lena", OPEN, (doc, "to see"))
        except psycopg.errors.QueryCanceled:
            return True
        finally:
            world.line["lena"].execute("set statement_timeout = 0")
    return False


def racing(tries: Attacks, world: World) -> None:
    """Coders push while the lead opens: nothing may be born independent after that."""
    doc, stop = world.docs[2], threading.Event()
    faults: list[str] = []
    sealed, *others = reversed(CODERS)
    world.line[sealed].execute("select hub.seal(%s, 'R')", (doc,))  # or there were nothing to open
    tries.claim("opening waits for what is on its way", waits(world, doc))

    def codes(coder: str) -> None:
        try:
            while not stop.is_set():
                world.push(coder, *(world.writer[coder].codes(doc, world.passes[coder, doc], "race") for _ in range(3)))
        except psycopg.Error as error:
            faults.append(str(error))

    threads = [threading.Thread(target=codes, args=(coder,)) for coder in others]
    for thread in threads:
        thread.start()
    time.sleep(0.15)
    world.one("lena", OPEN, (doc, "to race"))
    time.sleep(0.1)
    stop.set()
    for thread in threads:
        thread.join()
    with psycopg.connect(world.url) as admin:
        count = "select count(*) from hub.event where subject = %s and audience "
        own = admin.execute(count + "<> '*'", (doc,)).fetchone()
        shown = admin.execute(count + "= '*' and phase = 'independent'", (doc,)).fetchone()
        after = admin.execute(count + "= '*' and phase = 'late'", (doc,)).fetchone()
        tight = admin.execute(
            "select bool_and(n = head and m = head) from hub.head"
            " join (select audience, count(*) n, max(pos) m from hub.event group by 1) e using (audience)"
        ).fetchone()
    tries.claim("no push fails in the race", not faults)
    tries.claim(
        "all that was independent is shown, and the rest is late", own == shown and after is not None and after[0] > 0
    )
    tries.claim("positions have no hole", tight == (True,))
    tries.claim("chains are whole after the race", chained(world, doc))
