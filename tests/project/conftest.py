"""Studies with rounds: several interviews, and rounds planned as a test wants them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from qualbench.project import Project
from qualbench.steps.agreement import Draw
from tests.conftest import INTERVIEW, add_interview

NAMES = ("one", "two", "three", "four")


@pytest.fixture
def interviews(study: Project) -> Project:
    """The little study with four interviews more (one, two, three, four), each of four counted segments."""
    for name in NAMES:
        add_interview(study, f"{name}.txt", f"{INTERVIEW}I: That was interview {name}.\n")
    return study


def plan(project: Project, name: str, who: Mapping[str, str], *, recode: bool = False) -> None:
    """Plan a round by hand: transcripts with the names of their coders."""
    assignments = {project.transcript(one).id: tuple(coders.split()) for one, coders in who.items()}
    project.plan_round(name, Draw(assignments, 1.0, "By hand."), seed=1, recode=recode)


def entries(project: Project) -> int:
    """How many facts the journal holds."""
    count: int = project._db.execute("select count(*) from journal").fetchone()[0]
    return count
