"""The line to a hub: what a member may ask of it, each in one transaction, and what it answers when it refuses."""

from __future__ import annotations

import json
import logging
import select
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from qualbench.errors import QualbenchError
from qualbench.hub.words import Word

if TYPE_CHECKING:
    from psycopg import Connection

Chain = tuple[str, str, str]
"""Device, subject, lane."""
ALL = "*"
"""The audience of what everybody may read."""
MOST_ROWS, MOST_BYTES = 1000, 8 * 2**20
PAGE = 5000


class HubAway(QualbenchError):
    """The hub can not be reached; work goes on without it."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"The hub can not be reached: {why.strip().rstrip('.')}.",
            "Nothing is lost: what is done here travels when the hub is there again.",
        )


class WantsPassword(HubAway):
    """The hub asks for a password that is not there, or for another one."""

    def __init__(self, why: str) -> None:
        QualbenchError.__init__(
            self,
            f"The hub does not let you in: {why.strip().rstrip('.')}.",
            "Type it when you are asked, or put it into ~/.pgpass. What is done here is not touched.",
        )


class NoAddress(QualbenchError):
    """What was given is no address of a hub; it is not repeated, for a password may stand in it."""

    def __init__(self) -> None:
        super().__init__(
            "This is no address of a hub.",
            "It looks like postgresql://LOGIN@SERVER/DATABASE; ask whoever runs the server.",
        )


class NotAsked(QualbenchError):
    """Something can not be opened yet, because somebody has not sealed."""

    def __init__(self, why: str, awaited: Sequence[str]) -> None:
        self.awaited = tuple(one for one in awaited if one != "?")
        self.more = len(awaited) - len(self.awaited)
        super().__init__(why)


class Refused(QualbenchError):
    """The hub did not take something; where it was one chain of entries, it is named."""

    def __init__(self, why: str, chain: Chain | None = None) -> None:
        self.chain = chain
        super().__init__(f"The hub did not take it: {why.rstrip('.')}.")


@dataclass(frozen=True, slots=True)
class Standing:
    """How a hub stands to one member, as far as they may know."""

    study: str
    name: str
    generation: str
    login: str
    person: str
    is_lead: bool
    members: Mapping[str, str]
    """Login to person."""
    heads: Mapping[str, int]
    """The newest position of each audience."""
    chains: Mapping[Chain, tuple[int, str]]
    """Place and hash of the newest entry of each chain of one's own devices."""
    published: frozenset[str]
    """One's own memos and judgements that everybody reads."""
    kept: Mapping[str, str]
    """Those that nobody else reads yet: lane to subject."""
    sealed: frozenset[tuple[str, str]]
    """Transcript and round."""
    opened: Mapping[tuple[str, str], tuple[str, tuple[str, ...]]]
    """Transcript and round to the reason and the passes that were in time."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """An entry as the hub hands it out."""

    pos: int
    author: str
    phase: str
    seq: int
    body: str
    prev: str
    hash: str


def without_password(url: str) -> str:
    """An address as it may be kept in a file."""
    _told_by(url)
    split = urlsplit(url)
    kept = [one for one in split.query.split("&") if unquote(one.partition("=")[0]) not in _SECRETS]
    query = "&".join(kept)
    if split.password is None and query == split.query:
        return url
    user, at, host = split.netloc.rpartition("@")
    return split._replace(netloc=f"{user.partition(':')[0]}{at}{host}", query=query).geturl()


_SECRETS = frozenset({"password", "sslpassword"})
_AT_HOME = frozenset({"", "localhost", "127.0.0.1", "::1"})


def _told_by(url: str) -> dict[str, Any]:
    """What an address says, as PostgreSQL reads it."""
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    try:
        if urlsplit(url).scheme not in ("postgresql", "postgres"):
            raise NoAddress
        told = dict(conninfo_to_dict(url))
        for port in str(told.get("port") or 5432).split(","):
            int(port)  # where a password has a slash in it, a part of it stands here
        return told
    except (psycopg.Error, ValueError) as error:
        raise NoAddress from error


def _is_at_home(told: Mapping[str, Any]) -> bool:
    """Whether nothing leaves this machine."""
    places = [one for name in ("host", "hostaddr") for one in str(told.get(name) or "").split(",")]
    return all(one in _AT_HOME or one.startswith("/") for one in places)


@contextmanager
def reach(url: str, password: str = "") -> Iterator[Link]:
    """A line to the hub, closed when it is left; the password comes from ~/.pgpass or PGPASSWORD unless it is given."""
    with closing(_connected(url, password)) as db, _told():
        yield Link(db)


def _connected(url: str, password: str = "") -> Connection[Any]:
    import psycopg

    given: dict[str, Any] = {"password": password} if password else {}
    given |= {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3, "tcp_user_timeout": 30_000}
    logging.getLogger("psycopg").addHandler(logging.NullHandler())  # what it has to say, we say
    told = _told_by(url)
    if not _is_at_home(told) and "sslmode" not in told:
        given |= {"sslmode": "verify-full", "sslrootcert": told.get("sslrootcert", "system")}
    with _told():
        return psycopg.connect(url, autocommit=True, connect_timeout=10, **given)


@contextmanager
def _told() -> Iterator[None]:
    """What PostgreSQL says, as a sentence."""
    import psycopg

    try:
        yield
    except psycopg.OperationalError as error:
        why = _why(str(error))
        raise (WantsPassword if "password" in why else HubAway)(why) from error
    except UnicodeDecodeError as error:
        raise Refused("what it says can not be read.") from error
    except psycopg.Error as error:
        raise Refused(error.diag.message_primary or str(error), _chain(error.diag.message_detail)) from error


@contextmanager
def _cut_when_ended(db: Connection[Any]) -> Iterator[None]:
    """Whoever is told to end in the middle of a pipeline would wait for its answers on leaving it."""
    try:
        yield
    except Exception:
        raise
    except BaseException:
        db.close()
        raise


def _why(words: str) -> str:
    for sign, sentence in (
        ("no password supplied", "it asks for a password, and there is none in ~/.pgpass or PGPASSWORD"),
        ("password authentication failed", "the password is wrong"),
        ("certificate", "its certificate is not to be trusted"),
        ("SSL error", "its certificate is not to be trusted"),
        ("does not support SSL", "it does not encrypt what is said to it"),
        ("permission denied for database", "this login may not use it"),
        ("server closed the connection", "the line was cut"),
        ("terminating connection", "the line was cut"),
        ("Is the server running", "the server does not answer"),
        ("timeout expired", "the server does not answer"),
        ("translate host name", "its name is not known; is this computer on a network?"),
        ("does not exist", "there is no such database or login"),
    ):
        if sign in words:
            return sentence
    return words.strip().splitlines()[-1] if words.strip() else "the line was cut"


def _chain(detail: str | None) -> Chain | None:
    try:
        device, subject, lane = json.loads(detail or "")
    except (TypeError, ValueError):
        return None
    return str(device), str(subject), str(lane)


_STANDING = (
    "select study, name, generation::text from hub.study",
    "select login, person, is_lead, login = session_user from hub.member",
    "select audience, head from hub.head",
    "select device, subject, lane, seq, hash from hub.own_chains()",
    "select lane, subject, published from hub.own_lanes() where subject in ('notes', 'cqr')",
    "select doc, round from hub.sealed",
    "select doc, round, reason, passes from hub.gate",
)


class Link:
    """A member's line to the hub."""

    def __init__(self, db: Connection[Any]) -> None:
        self.db = db

    def standing(self) -> Standing:
        """Where everything stands, read in one moment and on one way to the hub and back."""
        with _told(), self.db.pipeline(), _cut_when_ended(self.db):
            self.db.execute("begin isolation level repeatable read read only")
            asked = [self.db.execute(query) for query in _STANDING]
            self.db.execute("commit")
            study, members, heads, chains, lanes, sealed, gates = [one.fetchall() for one in asked]
        mine = [row for row in members if row[3]]
        if not study:
            raise Refused("it is no hub of a study.")
        if not mine:
            raise Refused("this login is no member of the study.")
        return Standing(
            study[0][0], study[0][1], study[0][2], mine[0][0], mine[0][1], mine[0][2],
            {row[0]: row[1] for row in members},
            dict(heads),
            {(row[0], row[1], row[2]): (row[3], row[4]) for row in chains},
            frozenset(lane for lane, _, published in lanes if published),
            {lane: subject for lane, subject, published in lanes if not published},
            frozenset(sealed),
            {(row[0], row[1]): (row[2], tuple(row[3])) for row in gates},
        )  # fmt: skip

    def listen(self) -> None:
        """From now on the hub rings when there is something new for everybody."""
        with _told():
            self.db.execute("listen hub")

    def rest(self, wake: int, seconds: float) -> bool:
        """Wait until the hub rings (true), until something can be read from `wake`, or so long."""
        with _told():
            if not self._rang():
                select.select([self.db.fileno(), wake], [], [], max(0.0, seconds))
            return self._rang()

    def _rang(self) -> bool:
        """Whether anybody else made the hub ring meanwhile."""
        own = self.db.info.backend_pid
        rings = list(self.db.notifies(timeout=0))
        return any(one.pid != own for one in rings)

    def _all(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        with _told():
            return self.db.execute(query, values).fetchall()

    def push(self, bodies: Sequence[str], prevs: Sequence[str], hashes: Sequence[str], words: Sequence[Word]) -> int:
        """Give entries with their words; what the hub has already changes nothing. Acknowledged when this returns."""
        with _told(), self.db.transaction():
            done = self._all("select hub.push(%b, %b, %b)", (list(bodies), list(prevs), list(hashes)))
            self._put(words)
        taken: int = done[0][0]
        return taken

    def put_words(self, words: Sequence[Word]) -> None:
        """Give words anew, sealed with a newer key."""
        with _told(), self.db.transaction():
            self._put(words)

    def _put(self, words: Sequence[Word]) -> None:
        if words:
            columns = [[getattr(one, name) for one in words] for name in ("lane", "hash", "doc", "key", "cipher")]
            self._all("select hub.put_words(%b, %b, %b, %b::text[]::uuid[], %b)", columns)

    def rows(self, audience: str, after: int) -> Iterator[list[Arrived]]:
        """What an audience got after a position, page by page; a hole in it is an alarm."""
        while True:
            found = [
                Arrived(*row)
                for row in self._all(
                    "select pos, author, phase, seq, body, prev, hash from hub.event where audience = %s and pos > %s"
                    " order by pos limit %s",
                    (audience, after, PAGE),
                )
            ]
            if [one.pos for one in found] != list(range(after + 1, after + 1 + len(found))):
                raise Refused("entries are missing on the hub; whoever runs it must look at its backups.")
            if not found:
                return
            after = found[-1].pos
            yield found

    def words(self, audience: str, after: int) -> list[Word]:
        """The words that came with what an audience got after a position."""
        return self._words("audience = %s and pos > %s", (audience, after))

    def words_of(self, doc: str) -> list[Word]:
        """All words that are sealed with the key of a transcript, as far as one may read them."""
        return self._words("doc = %s", (doc,))

    def _words(self, where: str, values: Sequence[object]) -> list[Word]:
        query = f"select lane, hash, doc, key::text, cipher from hub.word where {where}"  # noqa: S608 - `where` is ours
        return [Word(lane, key, doc, id_, bytes(body)) for lane, key, doc, id_, body in self._all(query, values)]

    def seal(self, transcript: str, round_: str) -> None:
        """Say that one's coding of a transcript is finished."""
        self._all("select hub.seal(%s, %s)", (transcript, round_))

    def open(self, transcript: str, round_: str, reason: str = "") -> None:
        """Let everybody read what was coded, when all have sealed or a reason is given."""
        import psycopg

        with _told():
            try:
                self.db.execute("select hub.open_consensus(%s, %s, %s)", (transcript, round_, reason))
            except psycopg.errors.ObjectNotInPrerequisiteState as error:
                why, awaited = error.diag.message_primary or "", json.loads(error.diag.message_detail or "[]")
                raise NotAsked(why, awaited) from error

    def publish(self, lanes: Sequence[str]) -> None:
        """Let everybody read one's own memos or judgements."""
        self._all("select hub.publish(%s)", (list(lanes),))

    def own_keys(self) -> list[tuple[str, str, bytes]]:
        """One's own wrapped keys: transcript, key, and what is to be unwrapped."""
        return [(row[0], row[1], bytes(row[2])) for row in self._all("select doc, key::text, wrapped from hub.doc_key")]

    def keys_held(self) -> dict[tuple[str, str], tuple[str, str]]:
        """For the lead: transcript and login to the key they have, and which public keys it is wrapped for."""
        found = self._all("select doc, login, key::text, sealed_to from hub.keys_held()")
        return {(row[0], row[1]): (row[2], row[3]) for row in found}

    def put_keys(self, given: Sequence[tuple[str, str, str, str, bytes]]) -> None:
        """For the lead: give keys, each with transcript, login, key, whom it is wrapped for, and the wrapped key."""
        if given:
            columns = [list(column) for column in zip(*given, strict=True)]
            self._all("select hub.put_keys(%b, %b, %b::text[]::uuid[], %b, %b)", columns)
