"""The verb codebook: versions, the draft and its release, what a release asks of coders, and the life of a code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qualbench.project import Project
from tests.cli.conftest import BOOK, Verb, entries, places


def draft(verb: Verb, study: Path) -> dict[str, dict[str, object]]:
    """The codes of the draft by id."""
    return {code["id"]: code for code in verb("codebook", study, "--draft", "--json").data["codes"]}


def coded(verb: Verb, study: Path, coder: str, *codes: str, submit: bool = True) -> None:
    """A coder decides the four segments of talk; an empty code is nothing."""
    for (start, _), code in zip(places(study, "talk"), codes, strict=True):
        what = ("apply", "talk", start, code) if code else ("nothing", "talk", start)
        verb("codings", study, *what, "--coder", coder)
    if submit:
        verb("submit", study, "talk", "--coder", coder)


# --- versions ----------------------------------------------------------------------------------------------------


def test_a_version_is_shown_and_one_is_released_from_a_file(team: Path, tmp_path: Path, verb: Verb) -> None:
    second = tmp_path / "versions"  # the name of a verb, in another folder: a file
    second.write_text(BOOK.replace('"1.0"', '"1.1"').replace("label: Fear", "label: Dread"))
    assert verb("codebook", team).out.startswith("A little codebook, version 1.0\n")
    ran = verb("codebook", team, second)
    assert ran.out.startswith("A little codebook, version 1.1\n")
    assert "Dread" in ran.out
    assert verb("codebook", team, "--json").data["version"] == "1.1"
    assert "Fear" in verb("codebook", team, "--version", "1.0").out
    assert verb("codebook", team, "--version", "1.0", "--json").data["version"] == "1.0"
    refused = verb("codebook", team, second, "--json", code=1)
    assert "Version 1.1 of the codebook is released already" in refused.err
    assert (refused.out, "Known are: 1.0, 1.1, draft" in verb("codebook", team, "--version", "7", code=1).err) == (
        "",
        True,
    )


def test_options_stand_before_or_behind_a_file(team: Path, files: Path, verb: Verb) -> None:
    for number, words in enumerate((("--json", "FILE"), ("FILE", "--json"), ("FILE", "--as", "cleo", "--json"))):
        book = files / f"book{number}.yaml"
        book.write_text(BOOK.replace('"1.0"', f'"2.{number}"'))
        asked = [book if word == "FILE" else word for word in words]
        assert verb("codebook", team, *asked).data["version"] == f"2.{number}"
    by = {one["version"]: one["by"] for one in verb("codebook", team, "versions", "--json").data}
    assert by["2.2"] == "cleo"
    verb("codebook", team, files / "book.yaml", "more", code=2)


def test_versions_and_what_differs_between_two(team: Path, verb: Verb) -> None:
    verb("codebook", team, "edit", "FEAR", "--definition", "They fear for somebody.", "--notes", "From talk.")
    verb("codebook", team, "move", "HOPE", "--under", "TRUST")
    verb("codebook", team, "add", "Grief", "--exclude", "Not for fear.")
    told = verb("codebook", team, "diff", "1.0", "draft")
    assert told.out.splitlines() == [
        "Hope and light stands under Trust now; it stood at the top.",
        "Fear: its definition changed.", "    - They fear.", "    + They fear for somebody.",
        "Fear: its notes changed.", "    + From talk.",
        "Grief was added.",
    ]  # fmt: skip
    assert told.err == "4 differences between 1.0 and draft.\n"
    (field,) = [one for one in verb("codebook", team, "diff", "1.0", "draft", "--json").data if one["field"] == "notes"]
    assert (field["code"], field["before"], field["after"]) == ("FEAR", "", "From talk.")
    verb("codebook", team, "release", "--version", "2.0", "--change", "FEAR=narrowed", "--note", "FEAR=for others",
         "--yes", "--as", "cleo")  # fmt: skip
    first, second = verb("codebook", team, "versions", "--json").data
    assert (first["version"], first["changes"], first["codes"]) == ("1.0", [], 4)
    assert (second["version"], second["by"], second["codes"]) == ("2.0", "cleo", 5)
    assert {one["code"]: one["change"] for one in second["changes"]} == {
        "HOPE": "wording", "FEAR": "narrowed", "GRIEF": "new",
    }  # fmt: skip
    assert "1 wording, 1 narrowed, 1 new" in verb("codebook", team, "versions").out
    assert verb("codebook", team, "diff", "2.0", "draft").out == ""
    assert verb("codebook", team, "diff", "2.0", "1.0", "--json").data[-1]["kind"] == "removed"


# --- the draft ---------------------------------------------------------------------------------------------------


def test_codes_are_added_written_and_moved_in_the_draft(team: Path, verb: Verb) -> None:
    made = verb("codebook", team, "add", "Paid work", "--under", "trust", "--state", "trial",
                "--example", "They pay me.", "--example", "A wage.", "--colour", "teal", "--json").data  # fmt: skip
    assert made == {"code": "PAID_WORK"}
    assert "Added to the draft as PAID_WORK_2." in verb("codebook", team, "add", "Paid work", "--after", "TRUST").err
    assert list(draft(verb, team)) == ["TRUST", "PAID_WORK", "PAID_WORK_2", "HOPE", "FEAR", "SHAME"]
    codes = draft(verb, team)
    assert codes["PAID_WORK"]["examples"] == ["They pay me.", "A wage."]
    assert (codes["PAID_WORK"]["parent"], codes["PAID_WORK"]["status"]) == ("TRUST", "trial")
    verb("codebook", team, "edit", "PAID_WORK", "--label", "Wages", "--example", "", "--near-miss", "A gift: HOPE.")
    assert "It says that already." in verb("codebook", team, "edit", "PAID_WORK", "--label", "Wages").err
    codes = draft(verb, team)
    assert (codes["PAID_WORK"]["label"], codes["PAID_WORK"]["examples"]) == ("Wages", [])
    assert codes["PAID_WORK"]["near_miss"] == "A gift: HOPE."
    verb("codebook", team, "move", "Wages", "--top", "--after", "SHAME")
    assert list(draft(verb, team)) == ["TRUST", "PAID_WORK_2", "HOPE", "FEAR", "SHAME", "PAID_WORK"]
    verb("codebook", team, "move", "Wages")
    assert next(iter(draft(verb, team))) == "PAID_WORK"
    assert "It stands there already." in verb("codebook", team, "move", "Wages").err
    verb("codebook", team, "drop", "PAID_WORK_2")
    assert "PAID_WORK_2" not in draft(verb, team)
    assert verb("codebook", team, "--json").data["version"] == "1.0", "nothing is released by that"


def test_codes_are_merged_split_and_retired_in_the_draft(team: Path, verb: Verb) -> None:
    verb("codebook", team, "merge", "FEAR", "SHAME", "--into", "TRUST")
    said = verb("codebook", team, "split", "HOPE", "Early hope", "Late hope", "--json").data["said"]
    assert said == ["Split in the draft into EARLY_HOPE, LATE_HOPE."]
    codes = draft(verb, team)
    assert (codes["FEAR"]["status"], codes["SHAME"]["into"], codes["HOPE"]["into"]) == (
        "merged", ["TRUST"], ["EARLY_HOPE", "LATE_HOPE"],
    )  # fmt: skip
    assert "merged into Trust" in verb("codebook", team, "--draft").out
    verb("codebook", team, "state", "EARLY_HOPE", "retired")
    assert "It is so already." in verb("codebook", team, "state", "EARLY_HOPE", "retired").err
    assert draft(verb, team)["EARLY_HOPE"]["status"] == "retired"


WRONG = [
    (("add", " "), 2, "A code needs a label."),
    (("add", "trust"), 2, "There is a code called 'Trust' at the top already."),
    (("add", "New", "--under", "JOY"), 1, "The codebook has no code called 'JOY'."),
    (("edit", "TRUST"), 2, "Say which fields to write."),
    (("edit", "TRUST", "--kind", "mood"), 2, "The kind 'mood' is not known."),
    (("edit", "JOY", "--notes", "x"), 1, "The codebook has no code called 'JOY'."),
    (("move", "TRUST", "--top", "--under", "HOPE"), 2, "Say --under or --top."),
    (("move", "TRUST", "--under", "TRUST"), 2, "'Trust' can not stand under itself."),
    (("merge", "TRUST", "--into", "TRUST"), 2, "can not be merged with itself."),
    (("merge", "--into", "TRUST"), 2, "Missing argument"),
    (("split", "TRUST", "Only"), 2, "is split into two codes or more."),
    (("state", "TRUST", "gone"), 2, "'gone' is not a state of a code."),
    (("state", "TRUST", "merged"), 2, "needs codes that it goes into."),
    (("drop", "TRUST"), 2, "was released, so it can not be dropped."),
    (("adopt", "TRUST"), 1, "The codebook has no code called 'TRUST'."),
    (("release",), 1, "Nothing has changed since version 1.0"),
    (("release", "--change", "TRUST"), 2, "does not say two things."),
    (("release", "--change", "TRUST=better"), 2, "'better' is no kind of change."),
    (("diff", "1.0", "3.0"), 1, "There is no version '3.0' of the codebook."),
    (("recheck", "talk", "1", "2", "TRUST", "--coder", "ana"), 2, "Say which codes stand there now, or --none."),
    (("recheck", "talk", "1", "2", "TRUST", "HOPE", "--none", "--coder", "ana"), 2, "Say which codes stand there"),
    (("recheck", "talk", "1", "2", "TRUST", "--none", "--coder", "ana"), 1, "Nothing is asked about 'TRUST' at 1 to 2"),
    (("recheck", "talk", "1", "2", "JOY", "--none", "--coder", "ana"), 1, "Nothing is asked about 'JOY'"),
    (("update", "talk", "--coder", "ana"), 1, "There is no pass of ana's on 'talk' yet."),
    (("update", "gone", "--coder", "ana"), 1, "There is no transcript called 'gone'."),
    (("life", "JOY"), 1, "The codebook has no code called 'JOY'."),
    (("verson",), 1, "verson can not be read: No such file or directory."),
]


@pytest.mark.parametrize(("words", "code", "sentence"), WRONG, ids=lambda value: str(value)[:40])
def test_what_can_not_be_is_told_and_changes_nothing(
    words: tuple[str, ...], code: int, sentence: str, team: Path, verb: Verb
) -> None:
    before = entries(team)
    ran = verb("codebook", team, *words, code=code)
    assert sentence in ran.err
    assert (ran.out, entries(team)) == ("", before)


# --- releasing ---------------------------------------------------------------------------------------------------


def test_a_release_asks_what_it_can_not_know(team: Path, verb: Verb) -> None:
    """3 each time: the kind of a change, when not to use a new code, and the yes."""
    verb("codebook", team, "edit", "FEAR", "--include", "Also for others.")
    verb("codebook", team, "add", "Grief")
    before = entries(team)
    asked = verb("codebook", team, "release", "--yes", code=3)
    assert "It is not said what kind of change was made to: Fear." in asked.err
    kind = ("--change", "fear=widened")
    asked = verb("codebook", team, "release", "--yes", *kind, code=3)
    assert "It is not said when not to use: Grief." in asked.err
    asked = verb("codebook", team, "release", "--incomplete", *kind, code=3)
    assert "Version 2.0 is not released yet: it waits for a yes." in asked.err
    assert "widened" in asked.out
    shown = verb("codebook", team, "release", "--incomplete", *kind, "--dry-run", "--json").data
    assert shown["released"] is False
    assert shown["changes"] == {"FEAR": "widened", "GRIEF": "new"}
    assert entries(team) == before
    done = verb("codebook", team, "release", "--incomplete", *kind, "--yes", "--version", "1.5", "--json")
    assert (done.data["version"], done.data["released"]) == ("1.5", True)
    assert done.data["doubts"] == ["There is no example of: Grief."]
    assert "Version 1.5 is released." in done.err
    assert "1.5" in verb("codebook", team).out
    assert "when not to use: Grief" in json.dumps(verb("codebook", team, "versions", "--json").data)


def test_the_first_release_can_be_made_here_too(tmp_path: Path, verb: Verb) -> None:
    study = tmp_path / "new"
    verb("init", study)
    assert verb("codebook", study, "versions", "--json").data == []
    verb("codebook", study, "add", "Trust", "--exclude", "Not for hope.", "--example", "I trust her.")
    assert "The codebook, draft" in verb("codebook", study, "--draft").out
    assert verb("codebook", study, "life", "Trust").out == ""
    verb("codebook", study, "release", "--yes")
    assert verb("codebook", study, "--json").data["version"] == "1.0"
    assert [one["kind"] for one in verb("codebook", study, "life", "Trust", "--json").data["life"]] == ["added", "uses"]


# --- what a release asks of coders -------------------------------------------------------------------------------


@pytest.fixture
def narrowed(team: Path, verb: Verb) -> Path:
    """Ana has TRUST on the first two segments of talk; the next version narrows it and retires nothing."""
    coded(verb, team, "ana", "TRUST", "TRUST", "", "FEAR", submit=False)
    verb("codebook", team, "edit", "TRUST", "--exclude", "Not at first sight.")
    verb("codebook", team, "release", "--change", "TRUST=narrowed", "--yes")
    return team


def test_a_submitted_pass_is_looked_at_again_and_stays_as_it_was(narrowed: Path, verb: Verb) -> None:
    verb("submit", narrowed, "talk", "--coder", "ana")
    owed = verb("codebook", narrowed, "debt", "--coder", "ana", "--json").data
    (one, two, *_) = places(narrowed, "talk")
    assert [(debt["start"], debt["end"], debt["code"], debt["change"], debt["has"]) for debt in owed] == [
        (*one, "TRUST", "narrowed", True), (*two, "TRUST", "narrowed", True),
    ]  # fmt: skip
    assert owed[0]["text"] == "I trusted her at once. She had been there."
    told = verb("codebook", narrowed, "debt", "talk", "--coder", "ana")
    assert "narrowed: does it still belong?" in told.out
    assert told.err == "2 segments to look at again.\n"
    assert verb("codebook", narrowed, "debt", "call", "--coder", "ana", "--json").data == []
    assert verb("codebook", narrowed, "debt", "--coder", "ben", "--json").data == []
    ran = verb("codebook", narrowed, "recheck", "talk", *one, "TRUST", "HOPE", "FEAR", "--coder", "ana")
    assert ran.err == "Answered; 1 segment of this transcript left to look at.\n"
    verb("codebook", narrowed, "recheck", "talk", *two, "Trust", "Trust", "--coder", "ana")
    assert verb("codebook", narrowed, "debt", "--coder", "ana", "--json").data == []
    with Project.open(narrowed, "ana") as project:
        assert [coding.code for coding in project.codings()] == ["TRUST", "TRUST", "FEAR"]
    assert "Nothing is asked" in verb(
        "codebook", narrowed, "recheck", "talk", *two, "TRUST", "--none", "--coder", "ana", code=1
    ).err  # fmt: skip


def test_an_open_pass_goes_on_with_the_new_version(narrowed: Path, verb: Verb) -> None:
    assert "The pass goes on with version 2.0." in verb("codebook", narrowed, "update", "talk", "--coder", "ana").err
    assert "It has version 2.0 already." in verb("codebook", narrowed, "update", "talk", "--coder", "ana").err
    assert len(verb("codebook", narrowed, "debt", "--coder", "ana", "--json").data) == 2
    one, *_ = places(narrowed, "talk")
    verb("codebook", narrowed, "recheck", "talk", *one, "TRUST", "--none", "--coder", "ana")
    with Project.open(narrowed, "ana") as project:
        assert [coding.code for coding in project.codings()] == ["TRUST", "FEAR"]
    verb("submit", narrowed, "talk", "--coder", "ana", "--rest", "nothing")
    assert "a submitted pass never changes" in verb(
        "codebook", narrowed, "update", "talk", "--coder", "ana", code=1
    ).err  # fmt: skip


# --- proposals and lives -----------------------------------------------------------------------------------------


def test_a_proposed_code_is_adopted_and_has_a_life(team: Path, verb: Verb) -> None:
    with Project.open(team, "ana", write=True) as project:
        span = places(team, "talk")[0]
        code = project.propose_code(project.open_pass("talk").id, "Coats", *span)
    assert verb("codebook", team, "proposals", "--as", "cleo", "--json").data == []
    assert "no proposed code that you may see" in verb("codebook", team, "proposals", "--as", "cleo").err
    (one,) = verb("codebook", team, "proposals", "--as", "ana", "--json").data
    assert one == {
        "code": code, "label": "Coats", "coder": "ana", "transcript": "talk", "start": span[0], "end": span[1],
        "adopted": False,
    }  # fmt: skip
    assert "has no code called 'Coats'" in verb("codebook", team, "adopt", "Coats", "--as", "cleo", code=1).err
    verb("codebook", team, "adopt", "Coats", "--under", "TRUST", "--as", "ana")
    verb("codebook", team, "edit", code, "--exclude", "Not for warmth.", "--as", "ana")
    assert verb("codebook", team, "proposals", "--as", "ana", "--json").data[0]["adopted"] is True
    assert draft(verb, team)[code]["status"] == "trial"
    verb("codebook", team, "release", "--yes", "--as", "cleo")
    verb("memo", team, "write", "Why coats?", "--on", "code", "--about", "Coats", "--as", "ana")
    life = verb("codebook", team, "life", "Coats", "--as", "ana", "--json").data
    assert (life["code"], life["label"]) == (code, "Coats")
    kinds = [entry["kind"] for entry in life["life"]]
    assert kinds[0] == "proposed"
    assert {"proposed", "used", "added", "memo"} <= set(kinds)
    page = verb("codebook", team, "life", "Coats", "--as", "ana", "--markdown").out.splitlines()
    assert page[:2] == [f"## Coats ({code})", ""]
    assert page[2].endswith("ana: ana proposed it as 'Coats', coding 'talk'.")
    of_cleo = [
        entry["kind"] for entry in verb("codebook", team, "life", "Coats", "--as", "cleo", "--json").data["life"]
    ]
    assert set(of_cleo) == {"added", "uses"}, "what ana does on a blind transcript is not told"


# --- files of other programs -------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", [".yaml", ".csv", ".xlsx", ".qdc"])
def test_a_written_file_taken_in_again_changes_nothing(ending: str, team: Path, tmp_path: Path, verb: Verb) -> None:
    file = tmp_path / f"book{ending}"
    assert "4 codes." in verb("codebook", team, "write", "-o", file).err
    before = draft(verb, team)
    assert verb("codebook", team, "take", file, "--dry-run", "--json").data["changes"] == []
    verb("codebook", team, "take", file, "--yes")
    assert draft(verb, team) == before
    assert "exists already." in verb("codebook", team, "write", "-o", file, code=1).err
    verb("codebook", team, "write", "-o", file, "--force", "--version", "draft")


def test_an_appendix_is_written_and_none_is_taken_in(team: Path, tmp_path: Path, verb: Verb) -> None:
    for ending in (".md", ".docx"):
        verb("codebook", team, "write", "-o", tmp_path / f"book{ending}", "--version", "1.0")
    assert "They trust." in (tmp_path / "book.md").read_text("utf-8")
    assert "are no codebooks." in verb("codebook", team, "take", tmp_path / "book.md", code=1).err
    for program in ("maxqda", "atlasti"):
        verb("codebook", team, "write", "-o", tmp_path / f"{program}.xlsx", "--for", program)
    assert "is an .xlsx file." in verb(
        "codebook", team, "write", "-o", tmp_path / "x.csv", "--for", "maxqda", code=2
    ).err  # fmt: skip
    assert "can not be written as 'x.pdf'." in verb("codebook", team, "write", "-o", tmp_path / "x.pdf", code=2).err


def test_a_table_is_looked_at_and_taken_under_what_one_says(team: Path, tmp_path: Path, verb: Verb) -> None:
    file = tmp_path / "ours.csv"
    file.write_text("Code,What it is,Remarks\nTrust,They rely on somebody.,ours\nGrief,They mourn.,new\n")
    seen = verb("codebook", team, "columns", file, "--map", "What it is=definition", "--map", "C=notes", "--json").data
    assert [one["field"] for one in seen["columns"]] == ["label", "definition", "notes"]
    assert "Remarks" in verb("codebook", team, "columns", file).out
    before = entries(team)
    asked = verb("codebook", team, "take", file, "--map", "B=definition", "--map", "C=notes", code=3)
    assert "waits for a yes" in asked.err
    told = asked.out.splitlines()
    assert "Grief was added." in told
    assert "Fear is retired now; it was active." in told
    assert entries(team) == before
    verb("codebook", team, "take", file, "--map", "B=definition", "--map", "C=notes", "--yes")
    codes = draft(verb, team)
    assert codes["GRIEF"]["definition"] == "They mourn."
    assert codes["FEAR"]["status"] == "retired"
    assert "has no sheet 'Two'." in verb("codebook", team, "columns", file, "--sheet", "Two", code=2).err
