"""What whoever administers the server does: make a hub, take in what everybody knew before, and let people in."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualbench.errors import QualbenchError
from qualbench.hub.link import _connected, _told
from qualbench.hub.rights import AFTER_SEAL, LEADS, OF_OTHERS, PRIVATE
from qualbench.hub.words import Word

if TYPE_CHECKING:
    from psycopg import Connection

VERSION = 1


class HubExists(QualbenchError):
    def __init__(self) -> None:
        super().__init__(
            "This database holds a hub already.", "Each study has a database of its own: make another one."
        )


@dataclass(frozen=True, slots=True)
class Founding:
    """What a hub begins with."""

    study: str
    name: str
    coders: int
    devices: Mapping[str, str]
    """Device to person."""
    rows: Sequence[tuple[str, str, str, int]]
    """Body, previous hash, hash and place of everything that everybody knows already."""
    words: Sequence[Word]


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody who was let in."""

    login: str
    person: str
    password: str
    """To be given to them, once; empty where the login was there before."""


def schema() -> str:
    """The tables, the rules of who reads what, and the only ways to write."""
    return Path(__file__).with_name("schema.sql").read_text("utf-8")


def make(url: str, founding: Founding, lead: tuple[str, str], *, sql: str = "") -> Invited:
    """A new hub in an empty database, with its lead (login, person); it is there whole or not at all."""
    with closing(_connected(url)) as db, _told(), db.transaction():
        if db.execute("select to_regnamespace('hub')").fetchone() != (None,):
            raise HubExists
        db.execute((sql or schema()).encode())
        db.execute("set local role hub_owner")
        db.execute(
            "insert into hub.study(study, name, coders, schema_version) values (%s, %s, %s, %s)",
            (founding.study, founding.name, founding.coders, VERSION),
        )
        for table, kinds in (
            ("lead_kind", LEADS), ("private_kind", PRIVATE), ("after_seal", AFTER_SEAL), ("of_others", OF_OTHERS),
        ):  # fmt: skip
            db.cursor().executemany(f"insert into hub.{table} values (%s)", [(kind,) for kind in sorted(kinds)])  # noqa: S608 - the names above
        db.cursor().executemany("insert into hub.device values (%s, %s)", list(founding.devices.items()))
        db.execute("reset role")
        invited = _let_in(db, *lead, is_lead=True)
        found(db, founding, lead[0])
    return invited


def found(db: Connection[Any], founding: Founding, lead: str) -> None:
    """Put in what everybody knew before there was a hub."""
    db.execute("set local role hub_owner")
    for at in range(0, len(founding.rows), 1000):
        bodies, prevs, hashes, seqs = (list(column) for column in zip(*founding.rows[at : at + 1000], strict=True))
        db.execute("select hub.found(%b, %b, %b, %b, %b)", (lead, bodies, prevs, hashes, seqs))
    db.cursor().executemany(
        "insert into hub.word(audience, lane, hash, author, doc, key, pos, cipher)"
        " select '*', %s, %s, %s, %s, %s, head, %s from hub.head where audience = '*' on conflict do nothing",
        [(one.lane, one.hash, lead, one.doc, one.key, one.cipher) for one in founding.words],
    )
    db.execute("reset role")


def invite(url: str, login: str, person: str, *, is_lead: bool = False) -> Invited:
    """Let somebody in under a login of their own; one that is not there yet is made, with a password."""
    with closing(_connected(url)) as db, _told(), db.transaction():
        return _let_in(db, login, person, is_lead=is_lead)


def _let_in(db: Connection[Any], login: str, person: str, *, is_lead: bool) -> Invited:
    from psycopg import sql

    name, password = sql.Identifier(login), ""
    there = db.execute("select rolsuper, rolbypassrls from pg_roles where rolname = %s", (login,)).fetchone()
    if there is not None and any(there):
        raise QualbenchError(
            f"The login {login} may read everything on this server, so nothing would be blind for it.",
            "Give each person a plain login of their own.",
        )
    if there is None:
        password = secrets.token_urlsafe(15)
        db.execute(sql.SQL("create role {} login password {}").format(name, sql.Literal(password)))
    db.execute(sql.SQL("grant hub_member to {}").format(name))
    database = sql.Identifier(db.info.dbname)
    db.execute(sql.SQL("grant connect on database {} to {}").format(database, name))
    db.execute("set local role hub_owner")
    member = db.execute("select person from hub.member where login = %s", (login,)).fetchone()
    if member is not None and member[0] != person:
        raise QualbenchError(f"The login {login} belongs to {member[0]}.", "Give each person a login of their own.")
    if member is None:
        db.execute("select hub.add_member(%s, %s, %s)", (login, person, is_lead))
    db.execute("reset role")
    return Invited(login, person, password)
