"""Consensual qualitative research on focus groups by key presses: three judges, one auditor, the table of labels."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualbench import cli
from qualbench.model import CaseState, Frequency, JudgingMode, Outcome, Reason
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
    async with sit_down(folder, "ana") as desk:
        await _ideas_agreed(desk)
    for who, step in (("dora", _audit), ("ana", _answer), ("dora", _settle)):
        async with sit_down(folder, who) as desk:
            await step(desk)
    for judge in JUDGES:
        async with sit_down(folder, judge) as desk:
            await _categories_alone(desk, judge)
    async with sit_down(folder, "ana") as desk:
        await _categories_agreed_and_the_table(desk)
    _what_is_left(folder)


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
    await desk.says(BIASES[judge], "ctrl+s", "b")
    desk.sees(BIASES[judge])


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
    _fill_ideas(project)


def _fill_ideas(project: Project) -> None:
    """The other groups' core ideas of one judge, as the screen writes them."""
    for case in project.cases()[1:]:
        if project.judging(case.id) is None:
            project.name_judges(case.id, JUDGES, JudgingMode.ALONE)
        for domain, _ in case.domains:
            places = [one.place for one in project.raw(case.id, domain)]
            if places:
                project.write_idea(case.id, domain, f"{domain.capitalize()} in {case.label}.", places)
        project.submit_ideas(case.id)


async def _ideas_agreed(desk: Desk) -> None:
    """The team's version out of two judges' core ideas, in both domains; the other groups' likewise."""
    project = desk.project
    await desk.keys("r", "enter", "right", " ", "j", " ", "a", "ctrl+s", "tab", "a", "ctrl+s", "escape")
    for one in project.core_ideas():
        if one.judge == "ana" and one.case != project.cases()[0].id:
            project.agree_idea(one.case, one.domain, one.words, one.places, (one.id,))
    for state in "456":
        await desk.keys("t", state, "enter")
    desk.sees("with the auditor")


async def _audit(desk: Desk) -> None:
    """Dora reads everything, changes nothing, and comments on a core idea and on the case."""
    project = desk.project
    before = (project.core_ideas(agreed=True), project.cases())
    desk.sees("You are an auditor", "(of 0 to 5)")
    await desk.keys("r", "t", "n", "o", "enter", "right", "j", "j", "j", "a", "e", "x", "c")
    await desk.says("Who stayed?", "ctrl+s", "left", "c")
    await desk.says("The ward is thin.", "ctrl+s")
    assert (project.core_ideas(agreed=True), project.cases()) == before
    await desk.keys("escape", "c")
    desk.sees("2 comments · 2 without an answer")


async def _answer(desk: Desk) -> None:
    """A case can not be closed before every comment has its answer."""
    await desk.keys("r", "t8", "enter")
    desk.sees("group1 can not be closed: 2 comments of an auditor have no answer.")
    await desk.keys("c", "a")
    await desk.says("She, by name.", "enter", "j", "r")
    await desk.says("It is all there is.", "enter", "escape", "t7", "enter")
    desk.sees("answered")


async def _settle(desk: Desk) -> None:
    await desk.keys("r", "c", "s", "enter", "j", "s", "enter")
    assert [one.state for one in desk.project.comments()] == ["settled", "settled"]


async def _categories_alone(desk: Desk, judge: str) -> None:
    """Each names a category of help and puts core ideas into it, and sees nobody else's."""
    project = desk.project
    await desk.keys("r", "x")
    if judge == "ana":
        await desk.keys("w")
        await desk.says("ana, ben, cleo", "enter", "1")
    await desk.keys("n")
    await desk.says(NAMES[judge], "enter", " ", "j", " ")
    assert not [name for one, name in NAMES.items() if one != judge and name in desk.page]
    assert {one.judge for one in project.categories("HELP")} == {judge}
    await desk.keys("s1")


async def _categories_agreed_and_the_table(desk: Desk) -> None:
    """Out of ana's and ben's, with the third group put in: general, 3 of 3."""
    await desk.keys("r", "x", "right", " ", "j", " ", "a", "enter")
    desk.sees("Being there: general, 2 of 3")
    await desk.keys("k", "k", "left", "end", " ")
    desk.sees("Being there: general, 3 of 3")
    await desk.keys("f")
    desk.sees("Of 3 cases: general 2 to 3")
    await desk.keys("w", "ctrl+u")
    await desk.says("table.md", "enter", "escape", "escape", "t8", "enter", "escape")
    desk.sees("Go on with the cases (press r).", "Stage 5 (of 0 to 5)")
    await desk.keys("o")
    desk.sees("done Stage 4: cross-analysis", "An auditor comments on the categories")


def _what_is_left(folder: Path) -> None:
    """Every state of the case, the decision with its reason, what each judge wrote, and the table's words."""
    with Project.open(folder, "ana") as project:
        first = project.cases()[0]
        assert [turn.state for turn in project.case_history(first.id)] == list(CaseState)
        assert (first.state, project.case_rule()) == (CaseState.CLOSED, "transcript")
        assert project.case_reason() == "The groups answered together."
        (decision,) = project.decisions()
        assert (decision.outcome, decision.codes, set(decision.readings)) == (Outcome.FIRST, ("HARM",), {*JUDGES})
        assert (decision.reason, decision.note) == (Reason.CONTEXT, "The ward is meant.")
        assert {note.author: note.body for note in project.biases()} == BIASES
        alone = project.core_ideas(first.id, "HELP")
        assert {one.judge: one.words for one in alone} == IDEAS
        (agreed,) = project.core_ideas(first.id, "HELP", agreed=True)
        assert {one.judge for one in alone if one.id in agreed.sources} == {"ana", "ben"}
        (category,) = project.categories("HELP", agreed=True)
        assert len(category.sources) == 2
        (row,) = project.frequencies().rows
        assert (row.name, len(row.cases), row.of, row.label) == ("Being there", 3, 3, Frequency.GENERAL)
        assert all(well for well, _ in project.examine())
    table = (folder.parent / "table.md").read_text()
    assert "One case is one transcript: The groups answered together." in table
    assert "| Help | Being there | general | 3 | 3 | Somebody stayed. A friend was there. | group1 |" in table
    assert "| case | group1 | rejected | ana | It is all there is. |" in table
