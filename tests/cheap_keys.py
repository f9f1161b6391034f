"""Keys of studies that cost next to nothing to guess, for tests that make many."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qualbench.store import keys, unlocking
from qualbench.store.keys import Cost

WORDS = "four words and more"
"""The passphrase, which the environment gives."""


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A guess costs next to nothing, and this process knows no key yet."""
    monkeypatch.setattr(keys, "COST", Cost(memory=32, passes=1, lanes=1))
    monkeypatch.setenv(unlocking.PASSPHRASE, WORDS)
    unlocking.forget()
    yield
    unlocking.forget()
