"""One PostgreSQL for all tests of the hub."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.hub.servers import Server, from_wheel


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A real server; its databases go when the tests are over."""
    if there := os.environ.get("QUALBENCH_TEST_PG"):
        found = Server(there)
    else:
        try:
            found = from_wheel()
        except Exception as error:  # noqa: BLE001 - whatever keeps it from starting, the sentence says so
            pytest.skip(f"No PostgreSQL for the tests: {error}. Set QUALBENCH_TEST_PG to the address of one.")
    yield found
    found.end()
