"""The verb deidentify: it lists, takes answers in a table, stops while anything is open, and then imports."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qualbench.steps.deidentify import language
from tests.cli.conftest import Verb, entries

TEXT = """Interviewer: Where do you live?
Mirela: In Brumleby, since 3 March 2019. I am 34 years old.
Interviewer: With whom?
Mirela: With Okonjo. Mail mirela@kindred.example, or ask Okonjo.
"""
ALL = "string,action,replacement\nMirela,replace,Wanda\nOkonjo,take,\n3 March 2019,generalise,\n34 years old,take,\n"
ALL += "mirela@kindred.example,redact,\n"


@pytest.fixture(autouse=True)
def without_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Known names, lists and shapes only: the tests say themselves what is found, and none waits for a pipeline."""

    def missing(model: str) -> None:
        raise language.NoLanguageModel(model)

    monkeypatch.setattr(language, "_pipeline", missing)


@pytest.fixture
def empty(tmp_path: Path, verb: Verb) -> Path:
    folder = tmp_path / "study"
    verb("init", folder)
    return folder


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "Mirela_1.txt"
    path.write_text(TEXT)
    return path


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "answers.csv"
    path.write_text(ALL)
    return path


def names_in(folder: Path) -> list[str]:
    """Which of the real names can be read anywhere in a folder."""
    body = b"".join(path.read_bytes().lower() for path in folder.rglob("*") if path.is_file())
    return [name for name in ("mirela", "brumleby", "okonjo", "kindred") if name.encode() in body]


def vaults(tmp_path: Path) -> list[Path]:
    import os

    return list((Path(os.environ["XDG_DATA_HOME"]) / "qualbench" / "vaults").glob("*"))


OWN = ("--own", "Brumleby", "--own", "Okonjo")


def test_looking_lists_every_string_and_leaves_nothing(empty: Path, talk: Path, tmp_path: Path, verb: Verb) -> None:
    before = entries(empty)
    ran = verb("deidentify", empty, talk, *OWN, "--dry-run", "--json")
    found = {one["string"]: one for one in ran.data["strings"]}
    assert set(found) == {
        "Mirela", "Okonjo", "Brumleby", "3 March 2019", "34 years old", "mirela@kindred.example",
    }  # fmt: skip
    assert set(found["Mirela"]) == {"string", "kind", "places", "files", "why", "suggestion", "decided"}
    mirela = found["Mirela"]
    assert (mirela["kind"], mirela["places"], mirela["files"], mirela["why"]) == ("person", 3, 1, ["known name"])
    assert mirela["suggestion"]["action"] == "replace"
    assert found["34 years old"]["suggestion"] == {"action": "redact", "replacement": "[30s]"}
    assert not any(one["decided"] for one in found.values())
    assert ran.data["undecided"] == 6
    assert "is not installed" in ran.err
    assert entries(empty) == before
    assert vaults(tmp_path) == []


def test_what_nobody_decided_stops_it_and_is_counted(empty: Path, talk: Path, answers: Path, verb: Verb) -> None:
    before = entries(empty)
    assert "6 strings" in verb("deidentify", empty, talk, *OWN, code=3).err
    ran = verb("deidentify", empty, talk, *OWN, "--answers", answers, "--json", code=3)
    assert "Nothing was sealed: 1 string that may identify somebody is not decided." in ran.err
    assert [one["string"] for one in ran.data["strings"] if not one["decided"]] == ["Brumleby"]
    assert entries(empty) == before


def test_a_table_of_answers_settles_everything_and_it_is_imported(
    empty: Path, talk: Path, answers: Path, tmp_path: Path, verb: Verb
) -> None:
    answers.write_text(ALL + "Brumleby,keep,\n")
    ran = verb(
        "deidentify", empty, talk, *OWN, "--answers", answers, "--reviewer", "ana", "--reviewer", "ben", "--json"
    )
    (file,) = ran.data["files"]
    assert (file["name"], file["done"], file["reviewers"]) == ("Wanda_1", True, 2)
    assert ran.data["statement"].startswith("Names and details were replaced; reviewed by two people.")
    assert "anonym" not in ran.out + ran.err
    assert names_in(empty) == ["brumleby"], "what is kept is kept"
    (row,) = verb("status", empty, "--json").data["transcripts"]
    assert row["deidentified"] == {"reviewers": 2, "replaced": file["replaced"]}
    assert [one["text"] for one in verb("search", empty, "Brumleby", "--json").data] == [
        "In Brumleby, since [2019]. I am [30s]."
    ]
    assert len(vaults(tmp_path)) == 1
    verb("doctor", empty)


def test_without_a_reviewer_nobody_has_read_it(empty: Path, talk: Path, answers: Path, verb: Verb) -> None:
    answers.write_text(ALL + "Brumleby,take,\n")
    ran = verb("deidentify", empty, talk, *OWN, "--answers", answers)
    assert "not reviewed by anybody yet" in ran.err
    assert verb("status", empty, "--json").data["transcripts"][0]["deidentified"]["reviewers"] == 0


def test_what_was_imported_as_ever_says_nothing_of_it(team: Path, verb: Verb) -> None:
    assert {row["deidentified"] for row in verb("status", team, "--json").data["transcripts"]} == {None}


def test_answers_are_kept_for_the_next_file(empty: Path, talk: Path, answers: Path, tmp_path: Path, verb: Verb) -> None:
    answers.write_text(ALL + "Brumleby,take,\n")
    verb("deidentify", empty, talk, *OWN, "--answers", answers)
    later = tmp_path / "later.txt"
    later.write_text("Interviewer: Who?\nP2: Okonjo and Mirela, in Brumleby.\n")
    verb("deidentify", empty, later)
    assert names_in(empty) == []
    assert "Wanda" in verb("search", empty, "Wanda", "--json").data[-1]["text"]


def test_an_original_that_can_still_be_read_stops_it(empty: Path, tmp_path: Path, answers: Path, verb: Verb) -> None:
    talk = tmp_path / "talk.txt"
    talk.write_text("Interviewer: Who?\nP2: Okonjo, so theokonjocase.\n")
    answers.write_text("string,action,replacement\nOkonjo,take,\n")
    ran = verb("deidentify", empty, talk, "--answers", answers, "--json", code=3)
    assert "'theokonjocase'" in ran.err
    assert ran.data["still_there"] == ["theokonjocase"]
    answers.write_text("string,action,replacement\ntheokonjocase,redact,[case]\n")
    verb("deidentify", empty, talk, "--answers", answers)
    assert names_in(empty) == []


def test_plain_files_instead_of_an_import(empty: Path, talk: Path, answers: Path, tmp_path: Path, verb: Verb) -> None:
    answers.write_text(ALL + "Brumleby,take,\n")
    out, before = tmp_path / "out", entries(empty)
    words = ("deidentify", empty, talk, *OWN, "--answers", answers, "--to", out)
    verb(*words)
    assert [path.name for path in out.iterdir()] == ["Wanda_1.txt"]
    text = (out / "Wanda_1.txt").read_text()
    assert text.splitlines()[0] == "Interviewer: Where do you live?"
    assert text.splitlines()[1].startswith("Wanda: In [detail], since [2019].")
    assert names_in(out) == []
    assert entries(empty) == before
    assert "exists already" in verb(*words, code=1).err
    verb(*words, "--force")


@pytest.mark.parametrize("place", ["vault.json", "exports/vault.json"])
def test_a_vault_in_the_study_is_refused(empty: Path, talk: Path, place: str, verb: Verb) -> None:
    ran = verb("deidentify", empty, talk, "--vault", empty / place, code=2)
    assert "whoever gets that folder could read every name" in ran.err
    assert not (empty / place).exists()


def test_a_vault_beside_what_is_given_away_is_refused(empty: Path, talk: Path, tmp_path: Path, verb: Verb) -> None:
    out = tmp_path / "out"
    verb("deidentify", empty, talk, "--to", out, "--vault", out / "vault.json", code=2)


def test_a_vault_of_ones_own_choice(empty: Path, talk: Path, answers: Path, tmp_path: Path, verb: Verb) -> None:
    answers.write_text(ALL + "Brumleby,take,\n")
    own = tmp_path / "safe" / "names.json"
    verb("deidentify", empty, talk, *OWN, "--answers", answers, "--vault", own)
    assert "Mirela" in {one["original"] for one in json.loads(own.read_text())["entries"]}
    assert vaults(tmp_path) == []


@pytest.mark.parametrize(
    "names", ["Okonjo\nMarta Brumleby", "first,last,nicknames\nOkonjo,,\nMarta,Brumleby,", "place: Brumleby\nOkonjo"]
)
def test_known_names_come_from_a_file(empty: Path, talk: Path, tmp_path: Path, names: str, verb: Verb) -> None:
    file = tmp_path / "names.csv"
    file.write_text(names)
    found = verb("deidentify", empty, talk, "--names", file, "--dry-run", "--json").data["strings"]
    assert {"Okonjo", "Brumleby"} <= {one["string"] for one in found if "known name" in one["why"]}


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("name,what\nx,y\n", "lacks the columns string, action"),
        ("string,action,replacement\nMirela,hide,\n", "answers.csv, line 2: 'hide' is no action"),
        ("string,action,replacement\nMirela,keep,\n,keep,\n", "answers.csv, line 3: the string is empty"),
        ("string,action,replacement\nMirela,replace,\n", "answers.csv, line 2: there is no replacement"),
    ],
)
def test_a_table_with_faults_is_refused_whole(
    empty: Path, talk: Path, answers: Path, body: str, sentence: str, tmp_path: Path, verb: Verb
) -> None:
    answers.write_text(body)
    assert sentence in verb("deidentify", empty, talk, "--answers", answers, code=1).err
    assert vaults(tmp_path) == []


def test_answers_for_strings_that_are_not_there_are_counted(empty: Path, talk: Path, answers: Path, verb: Verb) -> None:
    answers.write_text("string,action,replacement\nNobody,take,\nNowhere,take,\n")
    assert (
        "2 answers for strings that stand in none" in verb("deidentify", empty, talk, "--answers", answers, code=3).err
    )


def test_a_bad_file_is_named_and_the_others_go_on(empty: Path, tmp_path: Path, verb: Verb) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.doc"
    good.write_text("I: Hello?\nP1: Hello.\n")
    bad.write_bytes(b"\xd0\xcf\x11\xe0")
    ran = verb("deidentify", empty, bad, good, code=1)
    assert "bad.doc" in ran.err
    assert [row["transcript"] for row in verb("status", empty, "--json").data["transcripts"]] == ["good"]
    assert "None of the files can be taken in" in verb("deidentify", empty, bad, code=1).err


# --- files that need answers -----------------------------------------------------------------------------------

ODD = """Title of Mirela's talk
Mirela says > In Brumleby.
Host > With whom?
Mirela says > With Okonjo.
Host > And?
"""


def test_a_file_is_read_by_the_answers_of_a_plain_import(empty: Path, tmp_path: Path, verb: Verb) -> None:
    talk = tmp_path / "talk.txt"
    talk.write_text(ODD)
    answers = tmp_path / "answers.csv"
    answers.write_text("string,action,replacement\nMirela,replace,Wanda\nBrumleby,take,\nOkonjo,take,\nHost,keep,\n")
    said = ("--pattern", "(?P<name>Host|Mirela)(?: says)? >", "--role", "Host=interviewer", "--front-matter", "1")
    verb("deidentify", empty, talk, *OWN, *said, "--answers", answers)
    speakers = {one["speaker"]: one["role"] for one in verb("participants", empty, "--json").data}
    assert speakers == {"Wanda": "participant", "Host": "interviewer"}
    assert names_in(empty) == []


def test_a_table_is_asked_about_and_then_read_as_a_survey(empty: Path, tmp_path: Path, verb: Verb) -> None:
    table = tmp_path / "answers of Mirela.csv"
    table.write_text("who,age,Where do you live?\nMirela,34,In Brumleby with Okonjo.\nR_2kXy81aZqPq,35,Nowhere now.\n")
    ran = verb("deidentify", empty, table, "--dry-run", "--json", code=1)
    assert "--per respondent|question" in ran.err
    said = ("--per", "respondent", "--text-column", "Where do you live?", "--id-column", "who")
    said = (*said, "--attribute-column", "age")
    ran = verb("deidentify", empty, table, *OWN, *said, "--dry-run", "--json")
    assert {one["string"] for one in ran.data["strings"]} == {"Mirela", "Brumleby", "Okonjo"}
    answers = tmp_path / "given.csv"
    answers.write_text("string,action,replacement\nMirela,replace,Wanda\nBrumleby,take,\nOkonjo,take,\n")
    ran = verb("deidentify", empty, table, *OWN, *said, "--answers", answers, "--json")
    assert [(one["file"], one["name"], one["done"]) for one in ran.data["files"]] == [
        ("answers of Mirela.csv", "answers of Wanda row 2", True),
        ("answers of Mirela.csv", "answers of Wanda row 3", True),
    ]
    people = verb("participants", empty, "--json").data
    assert [(one["speaker"], one["attributes"]) for one in people] == [
        ("Wanda", {"age": "34"}),
        ("R_2kXy81aZqPq", {"age": "35"}),
    ]
    assert names_in(empty) == []


def test_what_departs_from_its_import_profile_is_left_for_a_person(empty: Path, tmp_path: Path, verb: Verb) -> None:
    for name, text in (
        ("like", "Interviewer: So?\nP1: Yes.\nInterviewer: And?\nP1: No.\n"),
        ("new", "Interviewer: Who?\nP2: Me.\nInterviewer: And?\nP2: Her.\n"),
        ("odd", "Guest: Hello you.\nHost: Hello.\nGuest: Well?\nHost: Well.\n"),
    ):
        (tmp_path / f"{name}.txt").write_text(text)
    verb("import", empty, tmp_path / "like.txt", "--save-profile", "ours", "--yes")
    files = (tmp_path / "new.txt", tmp_path / "odd.txt")
    ran = verb("deidentify", empty, *files, "--profile", "ours", "--answers", _empty(tmp_path), code=3)
    assert "odd.txt, left out for a person to look at: " in ran.err
    names = [row["transcript"] for row in verb("status", empty, "--json").data["transcripts"]]
    assert names == ["like", "new"]
    assert "no import profile called" in verb("deidentify", empty, *files, "--profile", "none", code=1).err


def _empty(place: Path) -> Path:
    path = place / "none.csv"
    path.write_text("string,action,replacement\n")
    return path


def test_a_folder_is_all_its_files_and_an_empty_one_is_told(empty: Path, tmp_path: Path, verb: Verb) -> None:
    place = tmp_path / "in"
    place.mkdir()
    assert "no file that can be read" in verb("deidentify", empty, place, code=1).err
    for name in ("a.txt", "b.txt", "c.xyz"):
        (place / name).write_text(f"I: {name}?\nP1: Hello.\n")
    assert "1 file left aside, as nothing here reads the kind: c.xyz." in verb("deidentify", empty, place).err
    assert [row["transcript"] for row in verb("status", empty, "--json").data["transcripts"]] == ["a", "b"]


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--check", "--merge-vault", "v.json"),
        ("talk.txt", "--merge-vault", "v.json"),
        ("talk.txt", "--show"),
        ("talk.txt", "--keep", "mine"),
    ],
)
def test_what_does_not_go_together_is_told(empty: Path, words: tuple[str, ...], verb: Verb) -> None:
    assert verb("deidentify", empty, *words, code=2).err.rstrip().endswith(".")
