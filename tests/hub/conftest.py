"""One PostgreSQL for all tests of the hub."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from psycopg.conninfo import conninfo_to_dict

from qualbench.hub import Invited
from qualbench.hub import server as hub_server
from tests.hub.servers import Server, from_wheel


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A real server; its databases go when the tests are over."""
    if there := os.environ.get("QUALBENCH_TEST_PG"):
        found = Server(there)
        with pytest.MonkeyPatch.context() as patch:
            _passwords_kept(tmp_path_factory.mktemp("passwords") / "pgpass", there, patch)
            yield found
            found.end()
        return
    try:
        found = from_wheel()
    except Exception as error:  # noqa: BLE001 - whatever keeps it from starting, the sentence says so
        pytest.skip(f"No PostgreSQL for the tests: {error}. Set QUALBENCH_TEST_PG to the address of one.")
    yield found
    found.end()


def _passwords_kept(file: Path, admin: str, patch: pytest.MonkeyPatch) -> None:
    """Everybody has the password that they were given in one file, as if each had it in their own."""
    told = conninfo_to_dict(admin)
    let_in = hub_server._let_in

    def kept(login: object, password: object) -> None:
        with file.open("a") as lines:
            lines.write(f"*:*:*:{login}:{password}\n")
        file.chmod(0o600)

    def let_in_and_kept(db: Any, login: str, person: str, *, is_lead: bool) -> Invited:
        invited = let_in(db, login, person, is_lead=is_lead)
        if invited.password:
            kept(login, invited.password)
        return invited

    kept(told.get("user"), told.get("password"))
    patch.setenv("PGPASSFILE", str(file))
    patch.setattr(hub_server, "_let_in", let_in_and_kept)
