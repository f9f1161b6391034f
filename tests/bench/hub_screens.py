"""Both screens of a study on a hub: a key to the other's screen, and keys of coding with the hub and without."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Protocol

from qualbench.project import Project
from tests.bench import studies
from tests.bench.rows import QUALBENCH, Bench, Row, percentile
from tests.bench.terminal import Pressed, Terminal, turn_about

ACROSS, KEY = 100, 16
"""Limits: milliseconds from a key to the other's screen, and to one's own."""
KEYS = (("1, a recent code", "1", "\t"), ("j", "j", ""))
FIRST, SECOND = "Ashore", "Bygone"
"""Two themes that change places."""


class HasHubs(Protocol):
    """A server."""

    made: list[str]

    def database(self) -> str:
        """A new empty database, as the address of its administrator."""
        ...

    def address(self, database: str, user: str = "") -> str:
        """Where somebody finds a database."""
        ...


class Together(Protocol):
    """Two people with a computer each."""

    place: Path

    def at(self, name: str) -> AbstractContextManager[None]:
        """Whatever is done inside is done on somebody's own computer."""
        ...

    def folder(self, name: str) -> Path:
        """Somebody's copy of the study."""
        ...

    def begin(self, project: Project) -> None:
        """Put ana's study on the hub and let ben in."""
        ...

    def join(self) -> Project:
        """Ben's copy, open."""
        ...


def measure(bench: Bench, team: Together) -> Iterator[Row]:
    """The same study twice, one of them on a hub; then two people look at its themes."""
    segments = bench.sizes.middle
    with team.at("ana"):
        for folder in (team.folder("ana"), team.place / "alone"):
            with studies.create(folder) as project:
                studies.add(project, "talk", studies.interview(segments, 1))
                lines = list(studies.coded(project, "talk", "ana", segments // 2, 1, 0.2))
                project.import_codings("codings.csv", lines, partial=True)
                project.create_theme(FIRST)
                project.create_theme(SECOND)
                if folder == team.folder("ana"):
                    team.begin(project)
    with team.at("ben"):
        team.join().close()
    yield _across(team, 5 if bench.sizes.quick else 30)
    yield from _coding(team, bench.sizes.repeats)


def _across(team: Together, times: int) -> Row:
    """One moves a theme up and down; the other looks at the board."""
    name = "a key to the other's screen, p99"
    with ExitStack() as both:
        screens = []
        for person in ("ana", "ben"):
            with team.at(person):
                screens.append(both.enter_context(Terminal(QUALBENCH, "themes", team.folder(person))))
        mine, other = screens
        if any(screen.until(SECOND, 60) is None for screen in screens):
            return Row(name, None, "ms", ACROSS, note="the boards were not there after a minute")
        for screen in screens:
            screen.quiet(3.0)
        took = [one for n in range(times) if (one := _seen(mine, other, "JK"[n % 2])) is not None]
    note = f"a theme moved on the board, {len(took)} of {times} times seen within 10 s"
    if len(took) < times:
        return Row(name, None, "ms", ACROSS, note=note)
    note += f"; p50 {percentile(took, 0.5):.0f} ms, slowest {max(took):.0f} ms"
    return Row(name, percentile(took, 0.99), "ms", ACROSS, note=note)


def _seen(mine: Terminal, other: Terminal, key: str) -> float | None:
    """Milliseconds until the other screen shows it."""
    other.send("")
    start = mine.send(key)
    seen = other.until(f"({FIRST}|{SECOND})", 10)
    for screen in (mine, other):
        screen.quiet(0.3)
    return None if seen is None else (seen - start) * 1e3


def _coding(team: Together, times: int) -> Iterator[Row]:
    """The same keys turn about in a study with its hub and in one without."""
    with team.at("ana"), ExitStack() as both:
        screens = [
            both.enter_context(Terminal(QUALBENCH, "code", folder, "--coder", "ana"))
            for folder in (team.folder("ana"), team.place / "alone")
        ]
        for screen in screens:
            screen.until(r"\d/\d+  ", 60)
            screen.quiet(1.5)
        for label, key, before in KEYS:
            pressed = turn_about(screens, key, before, times)
            for where, series in zip(("on a hub", "without a hub"), pressed, strict=True):
                yield _row(f"key {label}, {where}, p99", series)


def _row(name: str, series: Sequence[Pressed]) -> Row:
    clean, wall = [one.clean for one in series], [one.first for one in series]
    note = (
        f"{len(series)} times; clean p50 {percentile(clean, 0.5):.1f}, wall p50 {percentile(wall, 0.5):.1f} "
        f"p99 {percentile(wall, 0.99):.1f}"
    )
    return Row(name, percentile(clean, 0.99), "ms", KEY, note=note)
