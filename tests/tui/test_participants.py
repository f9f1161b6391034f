"""The participants screen: roles, labels, attributes, coverage, and a table under a mapping."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualbench.model import Role, SegmentRule
from qualbench.project import Project
from qualbench.steps.participants import Attribute, AttributeKind
from qualbench.tui.dialogs.dialog import Words
from tests.conftest import add_interview
from tests.tui.conftest import SIZES, Person, press, screen_text, type_words

GROUP = "M: Hello?\nAda: I came.\nBob: Me too.\nCy: And I.\nM: Why?\nAda: So.\nBob: Well.\nCy: Yes.\n"


@pytest.fixture
def mixed(study: Project) -> Project:
    """The interview with P1, and a focus group of three whom nobody has named."""
    add_interview(study, "group.txt", GROUP)
    for label in ("Ada", "Bob", "Cy"):
        study.assign_speaker("group", label, Role.PARTICIPANT)
    study.assign_speaker("group", "M", Role.INTERVIEWER)
    return study


def who(project: Project, name: str) -> list[tuple[str, str, str]]:
    return [(s.label, str(s.role), s.participant) for s in project.transcript(name).speakers]


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_speakers_with_their_roles_and_a_group_with_its_people(
    mixed: Project, person: Person, size: tuple[int, int]
) -> None:
    mixed.assign_speaker("group", "Ada", Role.PARTICIPANT, "G1")
    async with person(mixed, screen="participants", size=size) as pilot:
        page = screen_text(pilot)
    assert "1 focus group" in page
    line = next(line for line in page.splitlines() if " Ada " in line)
    assert line.split() == ["group", "Ada", "participant", "G1", "group", "of", "3"]


async def test_a_role_and_a_participant_are_one_key_and_an_answer(mixed: Project, person: Person) -> None:
    async with person(mixed, screen="participants") as pilot:
        await press(pilot, "j", "j", "j", "p", "1")
        await press(pilot, "G", "1", "enter")
        assert who(mixed, "group")[1] == ("Ada", "participant", "G1")
        await press(pilot, "j", "p", "4")
        assert who(mixed, "group")[2] == ("Bob", "participant", mixed.present()[1].id)
        await press(pilot, "r", "2")
        assert who(mixed, "group")[2] == ("Bob", "interviewer", "")
        await press(pilot, "k", "p", "2")
        assert who(mixed, "group")[1] == ("Ada", "participant", "")


async def test_a_new_role_cuts_exchanges_anew_or_says_that_they_stay(mixed: Project, person: Person) -> None:
    mixed.segment("group", SegmentRule.EXCHANGE)
    async with person(mixed, screen="participants") as pilot:
        before = len(mixed.transcript("group").segments)
        await press(pilot, "j", "j", "r", "1")
        assert len(mixed.transcript("group").segments) > before, "nobody asks any more"
        assert "Coding has begun" not in screen_text(pilot)
        mixed.open_pass("group")
        await press(pilot, "r", "2")
        assert "Coding has begun on 'group': the segments there stay" in screen_text(pilot)
    assert mixed.transcript("group").speakers[0].role is Role.INTERVIEWER


async def test_an_attribute_is_defined_and_its_values_are_checked(study: Project, person: Person) -> None:
    async with person(study, screen="participants") as pilot:
        await press(pilot, "d")
        await type_words(pilot, "age")
        await press(pilot, "enter", "2", "2", "a", "1")
        await type_words(pilot, "old")
        await press(pilot, "enter")
        assert "is not a number" in screen_text(pilot)
        await press(pilot, "a", "1")
        await type_words(pilot, "34")
        await press(pilot, "enter")
        assert "age (number)" in screen_text(pilot)
        await press(pilot, "d")
        await type_words(pilot, "site")
        await press(pilot, "enter", "1")
        await type_words(pilot, "north, south")
        await press(pilot, "enter", "a", "2", "2")
    assert study.participants()[0].attributes == (("age", "34"), ("site", "south"))
    assert study.attributes()[1] == Attribute("site", AttributeKind.CHOICE, ("north", "south"))


async def test_coverage_by_what_is_chosen(mixed: Project, person: Person) -> None:
    mixed.define_attribute(Attribute("site", AttributeKind.CHOICE, ("north", "south")))
    mixed.define_attribute(Attribute("age", AttributeKind.NUMBER))
    mixed.set_attribute("P1", "site", "north")
    mixed.set_attribute("P1", "age", "34")
    async with person(mixed, screen="participants") as pilot:
        await press(pilot, "3")
        page = screen_text(pilot)
        assert "Who is covered, by site." in page
        assert next(line for line in page.splitlines() if line[1:].startswith("south")).endswith("nobody yet")
        await press(pilot, "b", "2", "n", "1")
        await type_words(pilot, "30, 40")
        await press(pilot, "enter")
        page = screen_text(pilot)
        assert "30 to under 40" in page
        assert "Bands: age at 30, 40." in page
        await press(pilot, "n", "1", "ctrl+u")
        await type_words(pilot, "40, 30")
        await press(pilot, "enter")
        assert "the limits must ascend" in screen_text(pilot)


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text("ID;Name;Age;Site\nP1;Zoë B;34;north\nP2;Joe H;old;south\n")
    return path


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_a_table_is_mapped_column_by_column(
    study: Project, person: Person, people: Path, size: tuple[int, int]
) -> None:
    """Names are left out from the start; a fault keeps the table out until its column is something else."""
    async with person(study, screen="participants", size=size) as pilot:
        await press(pilot, "w")
        pilot.app.screen.query_one(Words).insert(str(people))
        await press(pilot, "enter")
        page = screen_text(pilot)
        lines = {line[1:].split()[0]: line for line in page.splitlines() if line[1:].split()}
        assert "participant" in lines["ID"]
        assert "left out" in lines["Name"]
        assert "there is no participant 'P2' in the study" in page
        await press(pilot, "a")
        await press(pilot, "j", "j", "n")
        assert "'old' is not a number" in screen_text(pilot)
        await press(pilot, "w")
        assert study.participants()[0].attributes == ()
        await press(pilot, "x")
        assert "fault" not in screen_text(pilot)
        await press(pilot, "w")
        assert "people.csv is taken in" in screen_text(pilot)
    assert [(p.id, dict(p.attributes)) for p in study.participants()] == [
        ("P1", {"Age": "34", "Site": "north"}), ("P2", {"Age": "old", "Site": "south"}),
    ]  # fmt: skip


async def test_every_key_of_the_mapping_says_what_a_column_is(study: Project, person: Person, people: Path) -> None:
    told = {
        "p": "participant", "t": "transcript", "s": "speaker", "r": "role", "c": "attribute (choice)",
        "n": "attribute (number)", "d": "attribute (date)", "x": "attribute (text)", "minus": "left out",
    }  # fmt: skip
    async with person(study, screen="participants") as pilot:
        await press(pilot, "w")
        pilot.app.screen.query_one(Words).insert(str(people))
        await press(pilot, "enter", "j", "j")
        for key, words in told.items():
            await press(pilot, key)
            line = next(line for line in screen_text(pilot).splitlines() if line[1:].startswith("Age"))
            assert words in line, key
        await press(pilot, "f")
        assert "Faults of people.csv" in screen_text(pilot)
        await press(pilot, "escape", "escape")
        assert "Participants" in screen_text(pilot).splitlines()[0]
    assert study.attributes() == ()


@pytest.mark.parametrize("name", ["gone.csv", "\x00", "."])
async def test_a_table_that_can_not_be_read_is_told(study: Project, person: Person, tmp_path: Path, name: str) -> None:
    async with person(study, screen="participants") as pilot:
        await press(pilot, "w")
        pilot.app.screen.dismiss(str(tmp_path) + "/" + name)
        await pilot.pause()
        assert "can not be read" in screen_text(pilot).replace("\n", "")


async def test_people_who_may_be_one_are_suggested(study: Project, person: Person) -> None:
    add_interview(study, "again.txt", "I: Well?\nMara: Yes.\nI: So?\nMara: No.\n")
    add_interview(study, "more.txt", "I: Well?\nMara: Yes, yes.\nI: So?\nMara: No, no.\n")
    async with person(study, screen="participants") as pilot:
        await press(pilot, "s")
        page = screen_text(pilot)
    assert "the same name" in page
    assert "again: Mara" in page
