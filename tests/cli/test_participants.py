"""The verbs of participants and of finding: by hand, from any table, who is covered, and words by who said them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook

from tests.cli.conftest import Verb, entries, program

HEADER = ("Interview", "Sprecher", "Pseudonym", "Name", "Alter", "Site")
ROWS = [("talk", "P1", "T1", "Zoë B", "34", "north"), ("meeting.docx", "P3", "T2", "Joe H", "51", "south")]


def csv(path: Path, rows: list[tuple[str, ...]]) -> Path:
    path.write_text("".join(";".join(row) + "\n" for row in [HEADER, *rows]), "utf-8")
    return path


@pytest.fixture
def people(tmp_path: Path) -> Path:
    return csv(tmp_path / "people.csv", ROWS)


def known(verb: Verb, study: Path) -> dict[str, dict[str, Any]]:
    """The attributes of each participant."""
    return {row["participant"]: row["attributes"] for row in verb("participants", study, "--json").data}


def test_a_mapping_is_suggested_and_nothing_is_taken_in(team: Path, people: Path, verb: Verb) -> None:
    before = entries(team)
    data = verb("participants", team, "import", people, "--dry-run", "--json").data
    assert data["map"] == [
        "Interview=transcript", "Sprecher=speaker", "Pseudonym=participant", "Name=-", "Alter=attribute:number",
        "Site=attribute:text",
    ]  # fmt: skip
    assert data["columns"][4] == {"column": "Alter", "is": "attribute:number", "values": "34, 51"}
    assert (data["new_participants"], data["problems"], data["done"]) == (["T1", "T2"], [], False)
    ran = program("participants", team, "import", people, code=3)
    assert "waits for a yes" in ran.err
    assert entries(team) == before


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_it_is_taken_in_after_a_yes(team: Path, people: Path, tmp_path: Path, suffix: str, verb: Verb) -> None:
    file = people
    if suffix == ".xlsx":
        file = tmp_path / "people.xlsx"
        with Workbook(str(file)) as book:
            sheet = book.add_worksheet()
            for n, row in enumerate([HEADER, *ROWS]):
                sheet.write_row(n, 0, row)
    ran = verb("participants", team, "import", file, "--yes")
    assert "Taken in: 2 new participants, 2 new attributes, 4 values, 2 speakers." in ran.err
    assert known(verb, team)["T1"] == {"Alter": "34", "Site": "north"}
    kinds = {row["attribute"]: row["kind"] for row in verb("participants", team, "attributes", "--json").data}
    assert kinds == {"Alter": "number", "Site": "text"}
    assert "Zoë B" not in verb("participants", team, "--json").out


def test_a_mapping_that_is_given_needs_no_yes(team: Path, people: Path, verb: Verb) -> None:
    maps = ("Interview=transcript", "sprecher=speaker", "Pseudonym=participant", "Site=attribute:choice:place")
    verb("participants", team, "import", people, *(word for one in maps for word in ("--map", one)))
    assert known(verb, team)["T2"] == {"place": "south"}
    (place,) = verb("participants", team, "attributes", "--json").data
    assert place == {"attribute": "place", "kind": "choice", "choices": ["north", "south"], "participants": 2}


@pytest.mark.parametrize(
    ("maps", "sentence"),
    [
        (["Gone=participant"], "The table has no column 'Gone'."),
        (["Site"], "does not say what the column is."),
        (["Site=colour"], "does not say what the column is."),
        (["Site=attribute:colour"], "'colour' is no kind of values."),
        (["Site=-", "Site=role"], "The column 'Site' is named twice."),
        (["Site=speaker", "Sprecher=speaker"], "Two columns are the speaker: Site and Sprecher."),
    ],
)
def test_a_mapping_that_can_not_be_is_told(
    team: Path, people: Path, maps: list[str], sentence: str, verb: Verb
) -> None:
    words = [word for one in maps for word in ("--map", one)]
    assert sentence in verb("participants", team, "import", people, *words, code=2).err


def test_every_faulty_row_is_told_and_nothing_is_taken_in(team: Path, tmp_path: Path, verb: Verb) -> None:
    file = csv(tmp_path / "people.csv", [*ROWS, ("gone", "P1", "T3", "", "1", ""), ("call", "X", "T4", "", "2", "")])
    before = entries(team)
    ran = verb("participants", team, "import", file, "--yes", code=1)
    assert "people.csv, line 4: there is no transcript 'gone'." in ran.err
    assert "people.csv, line 5: 'call' has no speaker 'X'." in ran.err
    assert entries(team) == before


def test_people_who_speak_nowhere_yet_come_in_when_it_is_said(team: Path, tmp_path: Path, verb: Verb) -> None:
    file = tmp_path / "people.csv"
    file.write_text("participant,site\nP1,north\nP77,south\n")
    maps = ("--map", "participant=participant", "--map", "site=attribute:choice")
    assert "no participant 'P77'" in verb("participants", team, "import", file, *maps, code=1).err
    verb("participants", team, "import", file, *maps, "--add")
    data = verb("participants", team, "coverage", "--by", "site", "--json").data
    assert [(cell["values"], cell["participants"], cell["transcripts"]) for cell in data["cells"]][:2] == [
        (["north"], ["P1"], ["talk"]), (["south"], ["P77"], []),
    ]  # fmt: skip


def test_values_by_hand_are_checked(team: Path, verb: Verb) -> None:
    verb("participants", team, "attributes", "--name", "age", "--kind", "number")
    assert "age of P1 is 34." in verb("participants", team, "value", "P1", "Age", "34").err
    assert "is not a number" in verb("participants", team, "value", "P1", "age", "old", code=2).err
    assert "There is no participant called 'P9'." in verb("participants", team, "value", "P9", "age", "3", code=2).err
    assert "There is no attribute called" in verb("participants", team, "value", "P1", "size", "3", code=2).err
    assert "age of P1 is not known." in verb("participants", team, "value", "P1", "age", "").err
    verb("participants", team, "attributes", "--name", "age", code=2)


def test_coverage_counts_in_bands_and_shows_who_is_missing(team: Path, verb: Verb) -> None:
    verb("participants", team, "attributes", "--name", "age", "--kind", "number")
    verb("participants", team, "value", "P1", "age", "34")
    ran = verb("participants", team, "coverage", "--by", "age", "--band", "age=30, 40")
    assert [line.split() for line in ran.out.splitlines()[2:5]] == [
        ["under", "30", "0", "0"], ["30", "to", "under", "40", "1", "1"], ["40", "or", "more", "0", "0"],
    ]  # fmt: skip
    assert "2 combinations that nobody has." in ran.err
    assert "is no band" in verb("participants", team, "coverage", "--by", "age", "--band", "30", code=2).err
    assert "There is no attribute called 'x'." in verb("participants", team, "coverage", "--by", "x", code=2).err


def test_who_may_be_one_person_is_suggested(team: Path, files: Path, verb: Verb) -> None:
    assert verb("participants", team, "same", "--json").data == []
    (files / "again.txt").write_text("I: Well?\nMara Lind: Yes.\nI: So?\nMara Lind: No.\n")
    verb("import", team, files / "again.txt", "--yes")
    (one,) = verb("participants", team, "same", "--json").data
    assert one["why"] == "the same name"
    assert [place["transcript"] for place in one["speakers"]] == ["call", "again"]


def test_a_focus_group_is_named_with_its_people(team: Path, files: Path, verb: Verb) -> None:
    (files / "group.txt").write_text(
        "I: Hello?\nP11: I.\nP12: Me.\nP13: And I.\nI: So?\nP11: Yes.\nP12: No.\nP13: Yes.\n"
    )
    verb("import", team, files / "group.txt", "--yes")
    assert "Focus group group: P11, P12, P13" in verb("participants", team).out


def test_only_a_participant_has_a_label(team: Path, verb: Verb) -> None:
    words = ("set", "talk", "I", "--role", "interviewer", "--participant", "P9")
    assert "Only a participant" in verb("participants", team, *words, code=2).err


# --- finding ---------------------------------------------------------------------------------------------------


def found(verb: Verb, study: Path, *words: str) -> list[tuple[str, str]]:
    return [(hit["transcript"], hit["text"]) for hit in verb("search", study, *words, "--json").data]


def test_words_are_found_by_who_said_them(team: Path, verb: Verb) -> None:
    verb("participants", team, "attributes", "--name", "age", "--kind", "number")
    verb("participants", team, "value", "P1", "age", "34")
    trusted = [("talk", "I trusted her at once. She had been there."), ("call", "I trusted them, and I hoped.")]
    assert found(verb, team, "trusted") == trusted
    assert found(verb, team, "trusted age:30..40") == trusted[:1]
    assert found(verb, team, "trusted transcript:call") == trusted[1:]
    assert found(verb, team, "trusted role:interviewer") == []
    assert len(found(verb, team, "speaker:P1")) == 4
    assert "There is no filter called 'size'." in verb("search", team, "size:3", code=2).err


@pytest.mark.parametrize("words", ["", " ", '"', ":", ". ?"])
def test_nothing_that_is_asked_finds_nothing(team: Path, words: str, verb: Verb) -> None:
    assert found(verb, team, words) == []


def test_every_form_of_a_word(team: Path, verb: Verb) -> None:
    assert found(verb, team, "trust") == []
    assert [name for name, _ in found(verb, team, "trust", "--lemma")] == ["talk", "call"]
