"""Answers on the command line: every one is heard, a profile gives them again, and a file unlike it waits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Verb, entries

TALK = """Interview with Mara
Recorded in May

Interviewer: How did it begin?
Mara Lind: I trusted her [laughs]. She had been there.
Interviewer: And then?
Mara Lind: Then it got better.
Interviewr: Were you afraid?
Mara Lind: Every day.
"""
OTHER = TALK.replace("May", "June").replace("Every day", "Never")
STRANGE = TALK.replace("Mara Lind", "Bo")
FRENCH = "I: Bien?\nP1: Très bien.\nI: Oui?\nP1: À bientôt.\n".encode("cp1252")
SURVEY = "id,age,What helped?\nR1,30,My sister helped me a lot\nR2,41,The shelter was good to me\n"
ELAN = """<?xml version="1.0" encoding="UTF-8"?>
<ANNOTATION_DOCUMENT>
  <TIME_ORDER>
    <TIME_SLOT TIME_SLOT_ID="t1" TIME_VALUE="0"/><TIME_SLOT TIME_SLOT_ID="t2" TIME_VALUE="900"/>
    <TIME_SLOT TIME_SLOT_ID="t3" TIME_VALUE="1000"/><TIME_SLOT TIME_SLOT_ID="t4" TIME_VALUE="1900"/>
  </TIME_ORDER>
  <TIER TIER_ID="A" PARTICIPANT="Ana">
    <ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a1" TIME_SLOT_REF1="t1" TIME_SLOT_REF2="t2">
      <ANNOTATION_VALUE>How was it?</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>
  </TIER>
  <TIER TIER_ID="notes">
    <ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a2" TIME_SLOT_REF1="t3" TIME_SLOT_REF2="t4">
      <ANNOTATION_VALUE>It was good.</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>
  </TIER>
</ANNOTATION_DOCUMENT>
"""


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """Files of each kind."""
    place = tmp_path / "incoming"
    place.mkdir()
    for name, text in {"talk1": TALK, "talk2": OTHER, "strange": STRANGE}.items():
        (place / f"{name}.txt").write_text(text)
    (place / "french.txt").write_bytes(FRENCH)
    (place / "answers.csv").write_text(SURVEY)
    (place / "call.eaf").write_text(ELAN)
    return place


def looked(verb: Verb, team: Path, *words: object) -> Any:
    """What a file would become, as data."""
    return verb("import", team, *words, "--dry-run", "--json").data[0]


def spoken(found: Any) -> list[tuple[str, str, int]]:
    return [(one["label"], one["role"], one["turns"]) for one in found["speakers"]]


def test_looking_says_everything_the_screen_shows(team: Path, here: Path, verb: Verb) -> None:
    found = looked(verb, team, here / "talk1.txt")
    assert [one["participant"] for one in found["speakers"]] == ["", "P04", "P05"], "P1, P02 and P03 are there already"
    assert found["speakers"][1]["first"] == "I trusted her [laughs]. She had been there."
    assert (found["encoding"], found["encoding_why"], found["labels"]) == ("utf-8", "strict UTF-8", "Name: text")
    assert (found["coverage"], found["front_matter"], found["unparsed"]) == (0.75, [[1, 2]], 0)
    assert found["similar_labels"] == [["Interviewer", "Interviewr"]]
    assert found["first_turns"][0] == {
        "line": 4, "speaker": "Interviewer", "role": "interviewer", "words": "How did it begin?", "seconds": None
    }  # fmt: skip
    assert len(found["first_turns"]) == 6


def test_no_more_than_thirty_turns_are_shown(team: Path, tmp_path: Path, verb: Verb) -> None:
    long = tmp_path / "long.txt"
    long.write_text("".join(f"I: What {n}?\nP5: That {n}.\n" for n in range(20)))
    assert len(looked(verb, team, long)["first_turns"]) == 30


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--merge", "Interviewr=Interviewer"], [("Interviewer", "interviewer", 3), ("Mara Lind", "participant", 3)]),
        (
            ["--merge", "Interviewr=Interviewer", "--role", "Mara Lind=other", "--role", "Interviewer=participant"],
            [("Interviewer", "participant", 3), ("Mara Lind", "other", 3)],
        ),
        (["--not-speaker", "Interviewr"], [("Interviewer", "interviewer", 2), ("Mara Lind", "participant", 3)]),
        (["--one-speaker"], [("Speaker", "participant", 8)]),
        (["--pattern", r"(?P<name>Mara) Lind:"], [("Mara", "participant", 3)]),
        (["--front-matter", "1-7"], [("Interviewr", "participant", 1), ("Mara Lind", "participant", 1)]),
        (
            ["--front-matter", "1", "--front-matter", "8"],
            [("Interviewer", "interviewer", 2), ("Mara Lind", "participant", 3)],
        ),
    ],
    ids=str,
)
def test_every_answer_is_heard(
    words: list[str], expected: list[tuple[str, str, int]], team: Path, here: Path, verb: Verb
) -> None:
    assert spoken(looked(verb, team, here / "talk1.txt", *words)) == expected


def test_labels_used_once_are_speakers_when_that_is_said(team: Path, tmp_path: Path, verb: Verb) -> None:
    file = tmp_path / "qa.txt"
    file.write_text("Q: Why?\nA: Because.\nQ: Sure?\nA: Sure.\n")
    ran = looked(verb, team, file, "--speaker", "Q", "--speaker", "A", "--role", "Q=interviewer")
    assert spoken(ran) == [("Q", "interviewer", 2), ("A", "participant", 2)]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--merge", "Interviewr"], "--merge 'Interviewr' does not say two things."),
        (["--role", "Mara=guest"], "'guest' is not a role."),
        (["--front-matter", "top"], "'top' is no range of lines."),
        (["--front-matter", "9-2"], "Lines 9 to 2 are no range of lines."),
        (["--family", "shouting"], "There is no family of labels called 'shouting'."),
        (["--family", "Name: text", "--pattern", "(?P<name>x)"], "can not both say who speaks."),
        (["--text-column", "x"], "Columns are those of a survey."),
        (["--merge", "A=B", "--merge", "B=A"], "would be merged into itself in the end."),
    ],
    ids=str,
)
def test_an_answer_that_means_nothing_is_a_sentence(
    words: list[str], sentence: str, team: Path, here: Path, verb: Verb
) -> None:
    assert sentence in verb("import", team, here / "talk1.txt", *words, "--yes", code=2).err


# --- encodings, tiers, surveys ---------------------------------------------------------------------------------


def test_an_unknown_encoding_shows_its_choices_with_lines(team: Path, here: Path, verb: Verb) -> None:
    found = verb("import", team, here / "french.txt", "--dry-run", "--json", code=1).data[0]
    choices = {one["name"]: one["lines"] for one in found["encodings"]}
    assert choices["cp1252"] == ["P1: Très bien.", "P1: À bientôt."]
    assert choices["mac_roman"][0] == "P1: TrËs bien."
    shown = verb("import", team, here / "french.txt", "--dry-run", code=1)
    assert "french.txt, read as cp1252:\n      P1: Très bien.\n" in shown.out
    chosen = looked(verb, team, here / "french.txt", "--encoding", "cp1252")
    assert (chosen["encoding"], chosen["encoding_why"]) == ("cp1252", "chosen")


def test_tiers_are_shown_and_chosen(team: Path, here: Path, verb: Verb) -> None:
    found = looked(verb, team, here / "call.eaf")
    assert [(tier["id"], tier["speech"], tier["words"]) for tier in found["tiers"]] == [
        ("A", True, 3),
        ("notes", False, 3),
    ]
    assert [one["label"] for one in found["speakers"]] == ["Ana"]
    both = looked(verb, team, here / "call.eaf", "--tier", "A", "--tier", "notes")
    assert [one["label"] for one in both["speakers"]] == ["Ana", "notes"]


def test_a_table_shows_its_columns_with_a_suggested_plan(team: Path, here: Path, verb: Verb) -> None:
    found = verb("import", team, here / "answers.csv", "--dry-run", "--json", code=1).data[0]
    assert [column["name"] for column in found["columns"]] == ["id", "age", "What helped?"]
    assert found["suggested_plan"]["text_columns"] == ["What helped?"]
    assert found["suggested_plan"]["id_column"] == "id"
    assert "--per respondent|question" in found["error"]


def test_a_survey_comes_in_with_attributes_and_never_twice(team: Path, here: Path, verb: Verb) -> None:
    plan = ["--per", "respondent", "--text-column", "What helped?", "--id-column", "id", "--attribute-column", "age"]
    found = looked(verb, team, here / "answers.csv", *plan)
    assert (found["documents"], found["respondents"], found["turns"]) == (2, 2, 2)
    ran = verb("import", team, here / "answers.csv", *plan, "--yes", "--json")
    assert len(ran.data[0]["transcripts"]) == 2
    people = {row["participant"]: row["attributes"] for row in verb("participants", team, "--json").data}
    assert (people["R1"], people["R2"]) == ({"age": "30"}, {"age": "41"})
    before = entries(team)
    again = verb("import", team, here / "answers.csv", *plan, "--yes", code=1)
    assert again.err == f"answers.csv: the same file is already in the study as '{ran.data[0]['transcript']}'.\n"
    assert entries(team) == before
    verb("doctor", team)


# --- profiles --------------------------------------------------------------------------------------------------


@pytest.fixture
def profiled(team: Path, here: Path, verb: Verb) -> Path:
    """A study with the profile `zoom`, saved from the first interview."""
    words = ["--merge", "Interviewr=Interviewer", "--save-profile", "zoom", "--yes"]
    verb("import", team, here / "talk1.txt", *words)
    return team


def test_files_like_the_profile_come_in_and_the_others_wait(profiled: Path, here: Path, verb: Verb) -> None:
    ran = verb("import", profiled, here / "strange.txt", here / "talk2.txt", "--profile", "zoom", "--json", code=3)
    strange, second = ran.data
    assert strange["departures"][0] == "The profile does not know 'Bo'."
    assert "transcript" not in strange
    assert (second["departures"], second["transcript"]) == ([], "talk2")
    assert "not as in 'zoom': strange.txt." in ran.err
    names = [row["transcript"] for row in verb("status", profiled, "--json").data["transcripts"]]
    assert names == ["talk", "call", "meeting", "talk1", "talk2"]
    assert spoken(second)[0] == ("Interviewer", "interviewer", 3), "merged as the profile says"


def test_what_is_said_on_the_command_line_is_said_of_the_profile(profiled: Path, here: Path, verb: Verb) -> None:
    found = looked(verb, profiled, here / "talk2.txt", "--profile", "zoom", "--role", "Mara Lind=other")
    assert spoken(found) == [("Interviewer", "interviewer", 3), ("Mara Lind", "other", 3)]


def test_a_profile_is_one_that_is_known_and_is_saved_from_one_file(profiled: Path, here: Path, verb: Verb) -> None:
    unknown = verb("import", profiled, here / "talk2.txt", "--profile", "otter", code=1)
    assert unknown.err.split("\n")[:2] == ["There is no import profile called 'otter'.", "Known are: zoom"]
    two = [here / "talk2.txt", here / "strange.txt"]
    assert "saved from one file" in verb("import", profiled, *two, "--save-profile", "two", "--yes", code=2).err


def test_a_batch_without_a_profile_and_without_a_yes_waits(team: Path, here: Path, verb: Verb) -> None:
    before = entries(team)
    ran = verb("import", team, here / "talk1.txt", here / "talk2.txt", code=3)
    assert "Nothing was sealed yet: 2 transcripts wait for a yes." in ran.err
    assert entries(team) == before


# --- segments --------------------------------------------------------------------------------------------------


def test_segments_are_cut_by_exchange_and_by_hand(team: Path, verb: Verb) -> None:
    verb("segment", team, "talk", "--by", "exchange")
    row = verb("status", team, "--json").data["transcripts"][0]
    assert (row["by"], row["segments"]) == ("exchange", 4)
    verb("segment", team, "talk", "--by", "turn")
    place = len("I: How did it begin?\nP1: I trusted her at once. ")
    assert "cut by hand: 9 segments" in verb("segment", team, "talk", "--split", place).err
    assert verb("status", team, "--json").data["transcripts"][0]["by"] == "hand"
    assert "cut by hand: 8 segments" in verb("segment", team, "talk", "--merge", 2, 3).err
    assert "they stay apart" in verb("segment", team, "talk", "--merge", 2, 5, code=1).err
    assert "hand" not in verb("segment", "--help").out.split("--by")[1].split("--split")[0]


def test_interviewers_count_when_that_is_said(team: Path, verb: Verb) -> None:
    verb("segment", team, "--count-interviewers", "yes")
    assert [row["segments"] for row in verb("status", team, "--json").data["transcripts"]] == [8, 8, 8]
    verb("segment", team, "--count-interviewers", "no")
    assert [row["segments"] for row in verb("status", team, "--json").data["transcripts"]] == [4, 4, 4]


@pytest.mark.parametrize("words", [[], ["talk"], ["talk", "--by", "turn", "--split", "3"], ["--by", "turn"]], ids=str)
def test_segment_does_one_thing(words: list[str], team: Path, verb: Verb) -> None:
    assert "Say one thing to do." in verb("segment", team, *words, code=2).err
