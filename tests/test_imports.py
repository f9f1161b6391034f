"""What is loaded when: help loads nothing heavy, and no verb that only reads loads the screens."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cputime import cpu_seconds

HEAVY = (
    "textual", "rich", "spacy", "numpy", "krippendorff", "sqlite_utils", "lxml", "docx", "jinja2", "ruamel",
    "asyncio", "sqlcipher3",
)  # fmt: skip
"""What help must do without; a page of the program needs neither asyncio nor the database driver either."""


def loaded(code: str, *arguments: str) -> set[str]:
    """The top-level modules that a fresh Python has loaded after running `code`."""
    probe = f"import sys\n{code}\nprint('LOADED', *sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", probe, *arguments], capture_output=True, text=True, timeout=60, check=True
    )
    last = done.stdout.splitlines()[-1]
    assert last.startswith("LOADED")
    return {name.partition(".")[0] for name in last.split()[1:]}


RUN = "from qualbench.cli import run; assert run(sys.argv[1:]) == 0"


def test_importing_the_verbs_loads_nothing_heavy() -> None:
    assert loaded("import qualbench.cli") & set(HEAVY) == set()


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["agree", "--help"]], ids=" ".join)
def test_a_page_of_help_loads_nothing_heavy(words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert loaded(RUN, *words) & set(HEAVY) - ({"sqlcipher3"} if len(words) > 1 else set()) == set()


def test_the_probe_sees_what_is_loaded() -> None:
    assert "numpy" in loaded("import numpy")


READS: dict[str, set[str]] = {
    "status {}": set(),
    "status {} --json": set(),
    "codebook {}": set(),
    "codebook {} --json": set(),
    "participants {}": set(),
    "search {} housing": set(),
    "codings {} export": set(),
    "codings {} export --json": set(),
    "agree {} --json": {"numpy", "krippendorff"},
    "consensus {} list --json": {"numpy", "krippendorff"},
    "consensus {} log": set(),
    "themes {} list": set(),
    "themes {} extracts Nothing": {"numpy", "krippendorff"},
    "matrix {} participants": {"numpy", "krippendorff"},
    "query {}": set(),
    "prevalence {}": {"numpy", "krippendorff"},
    "doctor {}": {"sqlite_utils", "numpy"},  # sqlite-utils itself looks for numpy
    "export {} themes -o report.md": {"numpy", "krippendorff", "jinja2"},
    "export {} themes -o report.docx": {"numpy", "krippendorff", "docx", "lxml"},
}
"""Each read verb with the heavy libraries that it may load because it works with them."""


@pytest.mark.parametrize("words", READS)
def test_a_verb_that_reads_loads_what_it_needs_and_no_screen(
    words: str, demo_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(demo_folder)
    arguments = words.replace("Nothing", "Nothing left to explain", 1).split(" ", 3)
    if "extracts" not in words:
        arguments = words.split(" ")
    got = loaded(RUN, *(word.format(demo_folder) for word in arguments))
    assert got & {"textual", "rich", "spacy"} == set()
    assert got & set(HEAVY) - {"sqlcipher3", "asyncio"} <= READS[words]


def test_help_is_there_at_once() -> None:
    """A bound that only a mistake can break (the bench keeps the budget itself): the best of three, in CPU seconds."""
    best = min(_timed() for _ in range(3))
    assert best < 0.6


def _timed() -> float:
    begun = cpu_seconds()
    words = [sys.executable, "-m", "qualbench", "--help"]
    subprocess.run(words, capture_output=True, timeout=60, check=True, env={**os.environ, "PYTHONUTF8": "1"})
    return cpu_seconds() - begun
