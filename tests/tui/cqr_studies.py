"""A small CQR study for tests of its screens: four persons, three judges, and an auditor."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from qualbench.model import JudgingMode
from qualbench.project import Project
from qualbench.steps.study import SpeakerLine
from tests.conftest import BOOK, add_interview, code

JUDGES = ("ana", "ben", "cleo")
CASES = 4
SAID = (
    ("She came at once.", "It got better, slowly.", "I was afraid every day."),
    ("He never lied to me.", "I hope for spring.", "Nights were bad."),
    ("They kept their word.", "There is a way out.", "I shook."),
    ("I told her all of it.", "Nothing to say there.", "I did not sleep."),
)
"""What each person says of trust, of hope and of fear."""


def build(folder: Path, clock: Callable[[], datetime]) -> Project:
    """Four interviews whose domains are settled; ana, ben and cleo judge every case, dora audits."""
    project = Project.create(folder, name="Trust", method="cqr", viewer="ana", clock=clock)
    project.release_codebook("book.yaml", BOOK)
    lines = []
    for n, (trust, hope, fear) in enumerate(SAID, start=1):
        asked = f"I: Whom do you trust?\nP{n}: {trust}\nI: And then?\nP{n}: {hope}\nI: Were you afraid?\nP{n}: {fear}\n"
        add_interview(project, f"talk{n}.txt", asked)
        site = (("site", "north" if n < 3 else "south"),)
        lines += [SpeakerLine(f"talk{n}", f"P{n}", "participant", f"P0{n}", site)]
        lines += [SpeakerLine(f"talk{n}", "I", "interviewer", "", ())]
    project.assign_speakers(lines)
    for coder in ("ana", "ben"):
        for n in range(1, CASES + 1):
            code(project, coder, ["TRUST", "HOPE" if n < CASES else "", "FEAR"], f"talk{n}")
    project.viewer = "ana"
    project.give_roles("cleo", ["coder"])
    project.give_roles("dora", ["auditor"])
    for case in project.cases():
        project.name_judges(case.id, JUDGES, JudgingMode.ALONE)
    return project


@pytest.fixture
def cqr(tmp_path: Path, clock: Callable[[], datetime]) -> Iterator[Project]:
    """The small CQR study, before any core idea is written; seen by ana."""
    with build(tmp_path / "cqr", clock) as project:
        yield project


def judge(project: Project, *, but: str = "") -> None:
    """Every judge writes a core idea for each domain of each case and hands in; `but` does not on the first case."""
    for person in JUDGES:
        project.viewer = person
        for number, case in enumerate(project.cases()):
            if person == but and not number:
                continue
            for domain in project.domains():
                places = [one.place for one in project.raw(case.id, domain.id)]
                if places:
                    project.write_idea(case.id, domain.id, f"{case.label} {domain.label} {person}.", places)
            project.submit_ideas(case.id)
    project.viewer = "ana"


def agree(project: Project) -> None:
    """The team agrees on one core idea for each domain of each case, out of those of ana."""
    for one in project.core_ideas():
        if one.judge == "ana":
            project.agree_idea(one.case, one.domain, one.words.replace(" ana", ""), one.places, (one.id,))


def analyse(project: Project) -> None:
    """The judges hand in a category of trust; the team's has all four cases, and a part with the first two."""
    for person in JUDGES:
        project.viewer = person
        project.name_judges("TRUST", JUDGES, JudgingMode.ALONE)
        ideas = [one.id for one in project.core_ideas(domain="TRUST", agreed=True)]
        project.propose_category("TRUST", f"Trust as {person} sees it", ideas[: JUDGES.index(person) + 2])
        project.submit_categories("TRUST")
    project.viewer = "ana"
    ideas = [one.id for one in project.core_ideas(domain="TRUST", agreed=True)]
    project.agree_category("TRUST", "Somebody is there", ideas)
    (top,) = project.categories("TRUST", agreed=True)
    project.agree_category("TRUST", "At once", ideas[:2], parent=top.id)
