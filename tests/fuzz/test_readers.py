"""Whatever comes in, every reader answers with a value or with an error that has a sentence, and soon."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.fuzz.apart import BY_NAME, EVERY, HOSTILE, run_apart
from tests.fuzz.damage import KINDS, LARGEST_NUMBER, Change, damaged
from tests.fuzz.judged import fault, folder_of, past_crashes
from tests.fuzz.readers import READERS, Reader

INPUTS = 80
"""For each reader; those that take long for one get fewer."""
NAMES = [one.name for one in READERS]

numbers = st.integers(0, LARGEST_NUMBER)
changes: st.SearchStrategy[list[Change]] = st.lists(
    st.tuples(st.sampled_from(sorted(KINDS)), numbers, numbers), min_size=1, max_size=5
)


@pytest.mark.parametrize("name", NAMES)
def test_the_seeds_are_read(name: str) -> None:
    """A seed that is refused would be damaged for nothing."""
    reader = BY_NAME[name]
    for data in reader.seeds():
        reader.read(data)


@pytest.mark.parametrize("name", NAMES)
def test_a_damaged_file_is_read_or_refused_in_words(name: str) -> None:
    reader = BY_NAME[name]
    _try(reader, list(reader.seeds()))


def _try(reader: Reader, seeds: list[bytes]) -> None:
    @settings(max_examples=max(10, INPUTS * min(reader.pace, 20) // 20), phases=[Phase.generate])
    @given(st.integers(0, len(seeds) - 1), changes)
    def run(which: int, done: list[Change]) -> None:
        assert fault(reader.read, damaged(seeds[which], done)) == ""

    run()


def test_files_made_to_do_harm_do_none() -> None:
    """Bombs, entities, depth, links, lies: in a process that may take a thousand million bytes more than it has."""
    assert run_apart(EVERY.name, HOSTILE, 0, 10_000) == []


@pytest.mark.parametrize(("folder", "path"), past_crashes(), ids=lambda one: one.name if isinstance(one, Path) else one)
def test_what_was_taken_badly_once_is_taken_well_now(folder: str, path: Path) -> None:
    (reader,) = (one for one in READERS if folder_of(one.name) == folder)
    assert fault(reader.read, path.read_bytes()) == ""
