"""Consensual qualitative research on focus groups by key presses: three judges, one auditor, the table of labels."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualbench import cli
from qualbench.model import CaseState, Frequency, JudgingMode, Outcome
from qualbench.project import Project
from tests.conftest import code
from tests.tui.walks.conftest import Desk, SitDown

BOOK = """
format: qualbench-codebook/1
title: Domains
version: "1.0"
codes:
  - {id: HELP, label: Help, kind: domain, definition: What helped., exclude: Not harm., examples: ["She stayed."]}
  - {id: HARM, label: Harm, kind: domain, definition: What harmed., exclude: Not help., examples: ["It was loud."]}
  - {id: OTHER, label: Other, kind: domain, definition: The rest., exclude: Not the others., examples: ["So."]}
"""
GROUPS = {
    "group1": ("She stayed with me all night.", "The ward was too loud for me."),
    "group2": ("He brought me home.", "Nobody told us anything."),
    "group3": ("They called every day.", "I was left alone."),
}
JUDGES = ("ana", "ben", "cleo")
IDEAS = {"ana": "Somebody stayed.", "ben": "A friend was there.", "cleo": "She had company."}
NAMES = {"ana": "Being there", "ben": "Company", "cleo": "Nearness"}
BIASES = {"ana": "Family helps most.", "ben": "Wards do harm.", "cleo": "Peers matter."}


async def test_three_judges_and_an_auditor_from_groups_to_the_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sit_down: SitDown
) -> None:
    """Three groups of two segments. The first goes every step by keys; the others are filled in behind it.

    What is filled in was pressed in tests/tui/test_cqr.py. The labels for N = 6 to 20 stand in
    tests/model/test_frequency.py; here, with N = 3, by hand: help in all three groups is general.
    The auditor is named by a verb, since no screen does it.
    """
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "study"
    (tmp_path / "in").mkdir()
    for name, (first, second) in GROUPS.items():
        (tmp_path / "in" / f"{name}.txt").write_text(f"M: How was it in {name}?\nP1: {first}\nM: So?\nP2: {second}\n")
    (tmp_path / "book.yaml").write_text(BOOK)
    Project.create(folder, name="Groups", method="cqr", coders=3, viewer="ana").close()
    for judge in JUDGES:
        async with sit_down(folder, judge) as desk:
            await _before_data(desk, judge)
    assert cli.run(["cqr", str(folder), "roles", "dora", "auditor", "--as", "ana"]) == 0
    for judge, second in zip(JUDGES, ("har", "har", "oth"), strict=True):
        async with sit_down(folder, judge) as desk:
            await _domains_alone(desk, second)
    async with sit_down(folder, "ana") as desk:
        await _domains_together(desk)
    for judge in JUDGES:
        async with sit_down(folder, judge) as desk:
            await _ideas_alone(desk, judge)


async def _before_data(desk: Desk, judge: str) -> None:
    """Each writes biases and expectations; the first imports, releases the domains, and says what a case is."""
    if judge == "ana":
        await desk.keys("i")
        await desk.says("in", "enter", "r", "A", "b", "i")
        await desk.says("book.yaml", "enter", "R", "R", "y", "escape", "r", "o2")
        await desk.says("The groups answered together.", "enter")
        desk.sees("3 cases, a case is a transcript")
    else:
        await desk.keys("r")
    await desk.keys("B")
    await desk.says(BIASES[judge], "ctrl+s")
    print(desk.page)


async def _domains_alone(desk: Desk, second: str) -> None:
    project = desk.project
    assert not {one.coder for one in project.codings()} - {project.viewer}
    await desk.keys("enter", "c", "hel", "enter", "tab", "c", second, "enter", "s1")
    desk.sees("submitted")
    for name in ("group2", "group3"):
        code(project, project.viewer, ["HELP", "HARM"], name)


async def _domains_together(desk: Desk) -> None:
    """The one difference is settled by a reading's number; all agree."""
    await desk.keys("c", "S", "enter", "1", "c")
    await desk.says("The ward is meant.", "enter", "Q", "enter", "escape")
    await desk.keys("r", "n")
    await desk.says("ana, ben, cleo", "enter", "1")
    desk.sees("ana, ben, cleo")
    for state in "123":
        await desk.keys("t", state, "enter")
    await desk.keys("b")
    desk.sees(*BIASES.values())


async def _ideas_alone(desk: Desk, judge: str) -> None:
    """Nobody reads another's core ideas on any page before all have handed in."""
    project = desk.project
    await desk.keys("r", "enter", "n")
    await desk.says(IDEAS[judge], "enter", "tab", "n")
    await desk.says(f"Loud, says {judge}.", "enter")
    others = [IDEAS[one] for one in JUDGES if one != judge]
    for keys in (("right", "enter"), ("escape", "shift+tab"), ("escape",), ("x",), ("escape", "f")):
        assert not [words for words in others if words in desk.page]
        await desk.keys(*keys)
    assert {one.judge for one in project.core_ideas()} == {judge}
    await desk.keys("escape", "enter", "s1")
    print(desk.page)
    _fill_ideas(project)


def _fill_ideas(project: Project) -> None:
    """The other groups' core ideas of one judge, as the screen writes them."""
    project_judge = project.viewer
    for case in project.cases()[1:]:
        if project.judging(case.id) is None:
            project.name_judges(case.id, JUDGES, JudgingMode.ALONE)
        for domain, _ in case.domains:
            places = [one.place for one in project.raw(case.id, domain)]
            if places:
                project.write_idea(case.id, domain, f"{domain.capitalize()} in {case.label}.", places)
        project.submit_ideas(case.id)
