"""The coding screen with none to six codes on the same words: pictures in two sizes, alike in both themes."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from qualbench.project import Project
from tests.conftest import add_interview, spans
from tests.tui.conftest import SIZES, Person, press, screen_text

GOLDEN = Path(__file__).parent / "golden"
LABELS = ["Trust", "Waiting", "Being asked", "Leaving", "Needs", "First contact"]
BOOK = "format: qualbench-codebook/1\ntitle: Six\nversion: '1.0'\ncodes:\n" + "".join(
    f"  - {{id: C{number}, label: {label}, definition: d, exclude: e, examples: [f]}}\n"
    for number, label in enumerate(LABELS, 1)
)
SAID = "When people first came to the clinic nobody asked them what they needed or why they came, so they left."
PARTS = ["people first came to the clinic", "to the clinic nobody asked", "asked them what they needed or why",
         "the clinic nobody asked them", "nobody asked them what they needed", SAID]  # fmt: skip


@pytest.fixture
def overlapping(tmp_path: Path, clock: Callable[[], datetime]) -> Iterator[Project]:
    """Seven answers of the same words: no code on the first one, six on the last."""
    with Project.create(tmp_path / "study", viewer="ana", clock=clock) as study:
        study.release_codebook("book.yaml", BOOK)
        add_interview(study, "talk.txt", "".join(f"I: And {count}?\nP1: {SAID}\n" for count in range(7)))
        held = study.open_pass("talk")
        for count, (start, _) in enumerate(spans(study)):
            for number, words in enumerate(PARTS[:count], 1):
                at = start + SAID.index(words)
                study.apply_code(held.id, f"C{number}", at, at + len(words))
        yield study


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_none_to_six_codes_as_they_were_looked_at(
    overlapping: Project, person: Person, size: tuple[int, int], theme: str
) -> None:
    """Two windows where one is too small for seven answers."""
    async with person(overlapping, screen="coding", size=size) as pilot:
        await press(pilot, *(["ctrl+t"] if theme == "light" else []), "G")
        text = screen_text(pilot)
        await press(pilot, "g")
        text = f"{screen_text(pilot)}\n{'=' * size[0]}\n{text}"
        text = "\n".join(re.sub(r"[▁▂▃▄▅▆▇█ ]+$", "", line) for line in text.split("\n")) + "\n"
    golden = GOLDEN / f"coding-overlaps-{size[0]}x{size[1]}.txt"
    if os.environ.get("QUALBENCH_ACCEPT"):
        golden.write_text(text)
    assert text == golden.read_text()


async def test_every_code_at_the_cursor_is_named_below_and_in_the_legend(overlapping: Project, person: Person) -> None:
    """However many there are: what the margin has no room for is said in words."""
    async with person(overlapping, screen="coding", size=(140, 45)) as pilot:
        await press(pilot, "G")
        line = screen_text(pilot).split("\n")[-3]
        assert [label for label in LABELS if label in line] == LABELS
        await press(pilot, "l")
        page = screen_text(pilot)
        assert [label for label in LABELS if re.search(rf"[A-F]1 +{label}", page)] == LABELS
