"""Two coders' work on two machines put together on a third, without a server."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qualbench import events
from qualbench.project import Project
from qualbench.project.identities import identity
from qualbench.steps.agreement import Draw
from qualbench.steps.packages import Card
from tests.bench import studies
from tests.bench.rows import Bench, Row, timed

CODERS = ("ana", "ben")
TURNS = 334
"""Of a transcript; in 250 of them it is the participant who speaks, and each has two codes."""


def measure(bench: Bench) -> Iterator[Row]:
    """What a coder waits for at the end, and what the lead does when both packages are there."""
    place, each = bench.folder / "machines", bench.sizes.stored // 2
    place.mkdir()
    packages = _study(place, max(2, each // 500))
    took = []
    for coder in CODERS:
        with _machine(place, coder), Project.open(place / coder / "study", coder, write=True) as project:
            seconds, _ = timed(lambda project=project, coder=coder: project.hand_in(packages[coder]))
            took.append(seconds)
    size = packages[CODERS[0]].stat().st_size
    yield Row(f"hand-in, {each:,} codings", max(took), "s", 3, note=f"the slower of two; {size:,} bytes")
    with _machine(place, "lead"), Project.open(place / "lead" / "study", "lead", write=True) as project:
        project.merge([packages["ana"]])
        seconds, made = timed(lambda: project.merge([packages["ben"]]))
        brought = sum(one.new for one in made.taken)
    note = f"two packages opened, checked and put in, with a backup before; {brought:,} facts"
    yield Row(f"merge of two coder packages of {each:,} codings", seconds, "s", 3, note=note)


def _study(place: Path, count: int) -> dict[str, Path]:
    """A study on three machines, all coded and submitted; answers with where the packages go."""
    cards: dict[str, Card] = {}
    for coder in CODERS:
        with _machine(place, coder):
            cards[coder] = identity().card(coder)
    names = [f"talk-{number:03}" for number in range(count)]
    with _machine(place, "lead"), studies.create(place / "lead" / "study") as project:
        project.viewer = "lead"
        for seed, name in enumerate(names):
            studies.add(project, name, studies.interview(TURNS, seed))
        ids = [row.id for row in project.transcripts()]
        project.plan_round("First", Draw(dict.fromkeys(ids, CODERS), 1.0, "all by both"), seed=1)
        for coder in CODERS:
            project.send(cards[coder], coder, place / f"for-{coder}.qbp")
    for number, coder in enumerate(CODERS):
        with _machine(place, coder), Project.join(place / f"for-{coder}.qbp", place / coder / "study") as project:
            for id_ in ids:
                _code(project, id_, number)
    return {coder: place / f"from-{coder}.qbp" for coder in CODERS}


def _code(project: Project, id_: str, first: int) -> None:
    """Two codes on every segment that counts, in one step, and the pass is submitted."""
    pass_, transcript = project.open_pass(id_), project.transcript(id_)
    counted = [segment for segment in transcript.segments if transcript.counts(segment)]
    project._record([
        events.CodeApplied(
            transcript=id_, pass_id=pass_.id, coding=events.new_id(), start=one.start, end=one.end,
            code=studies.CODES[(first + number + more) % len(studies.CODES)],
            quote=str(events.seal(transcript.text[one.start : one.end])),
        )
        for number, one in enumerate(counted) for more in range(2)
    ])  # fmt: skip
    project.submit([id_], "nothing")


@contextmanager
def _machine(place: Path, name: str) -> Iterator[None]:
    """Whatever is done inside is done on somebody's own computer."""
    (place / name).mkdir(exist_ok=True)
    before = {key: os.environ.get(key, "") for key in ("XDG_DATA_HOME", "XDG_STATE_HOME")}
    os.environ.update({key: str(place / name / key) for key in before})
    try:
        yield
    finally:
        os.environ.update(before)
