"""Small studies that things happen to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from _pytest.terminal import TerminalReporter

from qualbench.project import Project
from tests.conftest import BOOK, add_interview
from tests.project.test_packages import begun, machines

__all__ = ["begun", "machines"]

WIDTH = 3
LONG = "I: Tell me.\nP1: " + "We went on and on. " * 2_000 + "\n"
PLACES = len(LONG) // WIDTH - 10
"""How many codings find a place of their own in the long answer."""


def place(n: int) -> tuple[int, int]:
    """Where the n-th coding goes: side by side, so that none merges with another."""
    return 16 + n * WIDTH, 16 + n * WIDTH + WIDTH


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A study with one long answer, and ana's pass open on it."""
    with Project.create(tmp_path / "study", viewer="ana") as project:
        project.release_codebook("book.yaml", BOOK)
        add_interview(project, "talk.txt", LONG)
        project.open_pass("talk")
    return tmp_path / "study"


def done(folder: Path) -> int:
    """How many codings are there, which must be the first ones without a gap."""
    with Project.open(folder, "ana") as project:
        found = [(one.start, one.end) for one in project.codings()]
    assert found == [place(n) for n in range(len(found))]
    return len(found)


def complaints(folder: Path) -> list[str]:
    """What the doctor has against a study, which must open for writing without any help."""
    with Project.open(folder, "ana", write=True, patience=0) as project:
        return [sentence for well, sentence in project.examine() if not well]


@pytest.fixture
def figures(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Keeps a sentence with figures, which stands at the end of a long run."""
    return lambda words: record_property("figures", words)


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """The figures, and how long each took."""
    if terminalreporter.config.option.markexpr == "soak":
        for report in terminalreporter.getreports("passed"):
            for name, words in report.user_properties:
                if name == "figures" and report.when == "call":
                    terminalreporter.write_line(f"{words} ({report.duration:.0f} s)")
