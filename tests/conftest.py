"""What tests share: a home of their own, small studies, and the demo study."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from qualbench.project import Project
from qualbench.project.demo import build
from qualbench.steps import ingest

settings.register_profile("steady", derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
settings.register_profile("searching", deadline=None, max_examples=1000, suppress_health_check=list(HealthCheck))
settings.load_profile(os.environ.get("QUALBENCH_HYPOTHESIS", "steady"))
"""The same examples every time, so that a change is what makes a test fail; `make soak` searches for others."""

BOOK = """
format: qualbench-codebook/1
title: A little codebook
version: "1.0"
codes:
  - {id: TRUST, label: Trust, definition: They trust each other., exclude: Not for hope., examples: ["I trust her."]}
  - {id: HOPE, label: Hope, definition: They hope., exclude: Not for trust., examples: ["It will get better."]}
  - {id: FEAR, label: Fear, definition: They fear., exclude: Not for hope., examples: ["I was afraid."]}
"""

INTERVIEW = """I: How did it begin?
P1: I trusted her at once. She had been there.
I: And then?
P1: Then it got better, slowly.
I: Were you afraid?
P1: Every day. But less and less.
I: Thank you.
P1: Thank you for asking.
"""


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the home of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.delenv("QUALBENCH_AS", raising=False)


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """A clock that goes on by one second at every look."""
    moment = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)

    def now() -> datetime:
        nonlocal moment
        moment += timedelta(seconds=1)
        return moment

    return now


@pytest.fixture
def study(tmp_path: Path, clock: Callable[[], datetime]) -> Iterator[Project]:
    """A study with the little codebook and one interview of four counted segments, seen by ana."""
    with Project.create(tmp_path / "study", viewer="ana", clock=clock) as project:
        project.release_codebook("book.yaml", BOOK)
        add_interview(project, "talk.txt", INTERVIEW)
        yield project


def add_interview(project: Project, source: str, text: str) -> str:
    """Import a text as a transcript; answers with its id."""
    data = text.encode()
    name = project.import_transcript(ingest.read(source, data), data)
    return project.transcript(name).id


def spans(project: Project, name: str = "talk") -> list[tuple[int, int]]:
    """The counted segments of a transcript as spans."""
    transcript = project.transcript(name)
    return [(s.start, s.end) for s in transcript.segments if transcript.counts(s)]


def code(project: Project, coder: str, codes: list[str], name: str = "talk", *, submit: bool = True) -> None:
    """Let a coder decide the counted segments in order: a code, several with '+', or '' for nothing."""
    project.viewer = coder
    pass_ = project.open_pass(name)
    for (start, end), here in zip(spans(project, name), codes, strict=True):
        for one in here.split("+") if here else ():
            project.apply_code(pass_.id, one, start, end)
        if not here:
            project.mark_nothing(pass_.id, start, end)
    if submit:
        project.submit([name])


@pytest.fixture(scope="session")
def demo_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo study, made once; tests take copies."""
    folder = tmp_path_factory.mktemp("demo") / "study"
    build(folder)
    return folder


@pytest.fixture
def demo_folder(demo_once: Path, tmp_path: Path) -> Path:
    """A copy of the demo study's folder."""
    return Path(shutil.copytree(demo_once, tmp_path / "demo"))


@pytest.fixture
def demo(demo_folder: Path, clock: Callable[[], datetime]) -> Iterator[Project]:
    """A copy of the demo study, seen by ana."""
    with Project.open(demo_folder, "ana", write=True, clock=clock) as project:
        yield project
