"""deidentify without files: sealed transcripts looked over again, and two vaults made one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qualbench.project.deidentify.vault_file import Kept, VaultFile
from qualbench.steps.deidentify import Action, Decision, Kind, Vault, with_decisions
from tests.cli.conftest import Verb, entries

TEXT = """Interviewer: Where do you live?
P1: In Brumleby. Ask Mirela, or mirela@kindred.example.
Interviewer: Who?
P1: Mirela!
"""


def vault(path: Path, by: str = "ana", **called: str) -> Path:
    decisions = [Decision(name, Kind.PERSON, Action.REPLACE, new) for name, new in called.items()]
    VaultFile(path).write(Kept(with_decisions(Vault(), decisions, by), "seed"))
    return path


@pytest.fixture
def sealed(tmp_path: Path, verb: Verb) -> Path:
    """A study whose one transcript was imported with its names."""
    folder, talk = tmp_path / "study", tmp_path / "talk.txt"
    talk.write_text(TEXT)
    verb("init", folder)
    verb("import", folder, talk, "--yes")
    return folder


# --- looking over ----------------------------------------------------------------------------------------------


def test_places_are_counted_by_kind_and_line_and_no_word_is_said(sealed: Path, tmp_path: Path, verb: Verb) -> None:
    names, before = vault(tmp_path / "v.json", Mirela="Wanda"), entries(sealed)
    said = ("deidentify", sealed, "--check", "--vault", names, "--own", "Brumleby")
    ran = verb(*said, "--json", code=4)
    assert ran.data == {
        "transcripts": 1,
        "places": 4,
        "matches": [
            {
                "transcript": "talk",
                "place": "line 2",
                "line": 2,
                "kind": "other",
                "why": "the project's list",
                "count": 1,
            },
            {"transcript": "talk", "place": "line 2", "line": 2, "kind": "person", "why": "still there", "count": 1},
            {"transcript": "talk", "place": "line 2", "line": 2, "kind": "mail", "why": "pattern", "count": 1},
            {"transcript": "talk", "place": "line 4", "line": 4, "kind": "person", "why": "still there", "count": 1},
        ],
    }
    table = verb(*said, code=4)
    assert "4 places (2 person, 1 other, 1 mail) in 1 of 1 transcript may identify somebody." in table.err
    for word in ("mirela", "brumleby", "kindred"):
        assert word not in (ran.out + ran.err + table.out + table.err).lower().replace(str(sealed).lower(), "")
    assert entries(sealed) == before


def test_the_words_are_said_when_they_are_asked_for(sealed: Path, tmp_path: Path, verb: Verb) -> None:
    names = vault(tmp_path / "v.json", Mirela="Wanda")
    said = ("deidentify", sealed, "--check", "--vault", names, "--show")
    strings = [one["strings"] for one in verb(*said, "--json", code=4).data["matches"]]
    assert strings == [["Mirela"], ["mirela@kindred.example"], ["Mirela"]]
    assert "mirela@kindred.example" in verb(*said, code=4).out


def test_without_a_vault_it_says_what_it_looked_for(sealed: Path, verb: Verb) -> None:
    ran = verb("deidentify", sealed, "talk", "--check", "--json", code=4)
    assert "There is no vault at" in ran.err
    assert [one["kind"] for one in ran.data["matches"]] == ["mail"]
    assert "no transcript called 'nothing'" in verb("deidentify", sealed, "nothing", "--check", code=1).err


def test_a_study_with_nothing_known_in_it_ends_well(tmp_path: Path, verb: Verb) -> None:
    folder, talk = tmp_path / "study", tmp_path / "talk.txt"
    talk.write_text("I: Who?\nP1: Nobody.\n")
    verb("init", folder)
    verb("import", folder, talk, "--yes")
    ran = verb("deidentify", folder, "--check")
    assert "does not mean that nothing is there" in ran.err
    assert verb("deidentify", folder, "--check", "--json").data == {"transcripts": 1, "places": 0, "matches": []}


# --- two vaults ------------------------------------------------------------------------------------------------


def called(path: Path) -> dict[str, str]:
    return {one["original"]: one["replacement"] for one in json.loads(path.read_text())["entries"]}


def test_two_vaults_become_one_and_the_other_is_as_it_was(sealed: Path, tmp_path: Path, verb: Verb) -> None:
    mine = vault(tmp_path / "mine.json", Mirela="Wanda")
    other = vault(tmp_path / "other.json", "ben", Mirela="Wanda", Okonjo="Uma")
    before = other.read_bytes()
    ran = verb("deidentify", sealed, "--vault", mine, "--merge-vault", other)
    assert "1 answer taken over from the other vault, 1 the same in both." in ran.err
    assert called(mine) == {"Mirela": "Wanda", "Okonjo": "Uma"}
    assert other.read_bytes() == before


def test_conflicts_are_a_sentence_each_and_change_nothing(sealed: Path, tmp_path: Path, verb: Verb) -> None:
    mine = vault(tmp_path / "mine.json", Mirela="Wanda", Ben="Odo")
    other = vault(tmp_path / "other.json", "ben", Mirela="Uma", Ben="Tom", Cleo="Ada")
    both = mine.read_bytes(), other.read_bytes()
    said = ("deidentify", sealed, "--vault", mine, "--merge-vault", other)
    ran = verb(*said, code=3)
    assert ran.out.splitlines() == [
        "'Ben' is 'Tom' in the other vault, and 'Ben' is 'Odo' in yours.",
        "'Mirela' is 'Uma' in the other vault, and 'Mirela' is 'Wanda' in yours.",
    ]
    assert "Nothing was changed: 2 answers of the other vault conflict with yours." in ran.err
    data = verb(*said, "--json", code=3).data
    assert (data["done"], len(data["conflicts"])) == (False, 2)
    assert verb(*said, "--keep", "theirs", "--dry-run", "--json").data["done"] is False
    assert (mine.read_bytes(), other.read_bytes()) == both


@pytest.mark.parametrize(("keep", "name"), [("mine", "Wanda"), ("theirs", "Uma")])
def test_somebody_says_whose_answers_hold(sealed: Path, tmp_path: Path, keep: str, name: str, verb: Verb) -> None:
    mine = vault(tmp_path / "mine.json", Mirela="Wanda")
    other = vault(tmp_path / "other.json", "ben", Mirela="Uma", Cleo="Ada")
    before = other.read_bytes()
    ran = verb("deidentify", sealed, "--vault", mine, "--merge-vault", other, "--keep", keep, "--json")
    assert ran.data["done"] is True
    assert called(mine) == {"Mirela": name, "Cleo": "Ada"}
    assert "already keep the names they were given" in ran.err.replace("are sealed already", "already")
    assert other.read_bytes() == before


def test_what_is_no_other_vault_is_told(sealed: Path, tmp_path: Path, verb: Verb) -> None:
    mine = vault(tmp_path / "mine.json", Mirela="Wanda")
    said = ("deidentify", sealed, "--vault", mine, "--merge-vault")
    assert "There is no vault at" in verb(*said, tmp_path / "none.json", code=1).err
    assert "your own vault" in verb(*said, mine, code=2).err
    (tmp_path / "bad.json").write_text("{}")
    assert "another kind of file" in verb(*said, tmp_path / "bad.json", code=1).err
