"""The verb memo: writing, finding, changing; and the extracts of a code that are compared."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Verb, entries, places, program


@pytest.fixture
def coded(team: Path, verb: Verb) -> Path:
    """Ana has TRUST on three of four segments of talk, in an open pass, with a memo on the first."""
    for start, _ in places(team, "talk")[:3]:
        verb("codings", team, "apply", "talk", start, "TRUST", "--coder", "ana")
    verb("codings", team, "memo", "talk", places(team, "talk")[0][0], "Quick to trust.", "--coder", "ana")
    return team


def bodies(verb: Verb, study: Path, *words: str) -> list[str]:
    return [one["body"] for one in verb("memo", study, *words, "--as", "ana", "--json").data]


def write_all(verb: Verb, study: Path) -> None:
    verb("memo", study, "write", "I expect trust everywhere.", "--kind", "bias", "--as", "ana")
    verb("memo", study, "write", "Calm, then not.", "--on", "transcript", "--about", "talk", "--as", "ana")
    verb(
        "memo", study, "write", "Whose trust?", "--on", "code", "--about", "trust", "--kind", "reflexive", "--as", "ana"
    )
    verb("memo", study, "write", "An old hand.", "--on", "case", "--about", "P1", "--kind", "respondent", "--as", "ana")
    (one, _), (two, _), *_ = places(study, "talk")
    verb("memo", study, "write", "Both are tests.", "--on", "comparison", "--about", "TRUST",
         "--extracts", f"talk:{one}", f"talk:{two + 3}", "--as", "ana")  # fmt: skip


def test_memos_are_listed_by_what_they_are_on_their_kind_and_their_words(coded: Path, verb: Verb) -> None:
    write_all(verb, coded)
    every = ["Both are tests.", "An old hand.", "Whose trust?", "Calm, then not.", "I expect trust everywhere."]
    assert bodies(verb, coded) == [*every, "Quick to trust."]
    assert bodies(verb, coded, "--search", "TRUST") == ["Whose trust?", "I expect trust everywhere.", "Quick to trust."]
    assert bodies(verb, coded, "--kind", "bias") == ["I expect trust everywhere."]
    assert bodies(verb, coded, "--on", "place") == ["Quick to trust."]
    assert bodies(verb, coded, "--about", "Trust") == ["Both are tests.", "Whose trust?"]
    assert bodies(verb, coded, "--about", "talk") == ["Calm, then not.", "Quick to trust."]
    assert bodies(verb, coded, "--about", "P1", "--on", "case") == ["An old hand."]
    assert bodies(verb, coded, "--search", '"trust whose"') == []
    assert "There is no such memo" in verb("memo", coded, "--search", "zzz").err
    page = verb("memo", coded, "--as", "ana").out
    for words in ("comparison memo", "Trust: talk, line 2 and talk, line 4", "the study", "memo on a respondent"):
        assert words in page
    tied = verb("memo", coded, "--on", "comparison", "--as", "ana", "--json").data[0]
    assert (tied["kind"], tied["author"]) == ("comparison", "ana")
    assert [one["text"] for one in tied["extracts"]] == [
        "I trusted her at once. She had been there.", "Then it got better, slowly.",
    ]  # fmt: skip


def test_nobody_else_reads_them_before_the_passes_are_in(coded: Path, verb: Verb) -> None:
    write_all(verb, coded)
    assert verb("memo", coded, "--as", "ben", "--json").data == []
    assert "No memo yet." in verb("memo", coded, "--as", "ben").err
    held = verb("memo", coded, "--as", "ana", "--json").data[0]["memo"]
    for words in (("edit", held, "mine"), ("remove", held, "--yes")):
        assert f"There is no memo '{held}' that you may read." in verb("memo", coded, *words, "--as", "ben", code=1).err


def test_a_memo_is_changed_and_removed_by_the_end_of_its_id(coded: Path, verb: Verb) -> None:
    verb("memo", coded, "write", "First words.", "--as", "ana")
    listed = verb("memo", coded, "--on", "study", "--as", "ana").out.splitlines()[2].split()[0]
    assert len(listed) == 8
    verb("memo", coded, "edit", listed, "Other words.", "--as", "ana")
    assert bodies(verb, coded, "--on", "study") == ["Other words."]
    assert "says that already" in verb("memo", coded, "edit", listed, "Other words.", "--as", "ana").err
    before = entries(coded)
    assert "Nothing was removed." in verb("memo", coded, "remove", listed, "--as", "ana", code=3).err
    assert entries(coded) == before
    verb("memo", coded, "remove", listed, "--yes", "--as", "ana")
    placed = verb("memo", coded, "--on", "place", "--as", "ana", "--json").data[0]["memo"]
    verb("memo", coded, "edit", placed, "Slow to trust.", "--as", "ana")
    assert bodies(verb, coded) == ["Slow to trust."]
    verb("submit", coded, "talk", "--coder", "ana", "--rest", "nothing")
    for words in (("edit", placed, "x"), ("remove", placed, "--yes")):
        assert "a submitted pass never changes" in verb("memo", coded, *words, "--as", "ana", code=1).err


def test_an_id_that_fits_several_memos_names_none(coded: Path, verb: Verb) -> None:
    ids = []
    while not any(one[-1] == other[-1] for n, one in enumerate(ids) for other in ids[:n]):
        verb("memo", coded, "write", f"Memo {len(ids)}.", "--as", "ana")
        ids = [one["memo"] for one in verb("memo", coded, "--as", "ana", "--json").data]
    twice = next(one[-1] for one in ids if sum(other[-1] == one[-1] for other in ids) > 1)
    assert "Several memos have an id that ends" in verb("memo", coded, "edit", twice, "x", "--as", "ana", code=2).err


def test_words_come_from_stdin(coded: Path, verb: Verb, monkeypatch: pytest.MonkeyPatch) -> None:
    def given(data: bytes) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))

    given("Zoë said\r\nso.\n".encode())
    verb("memo", coded, "write", "-", "--as", "ana")
    assert bodies(verb, coded, "--on", "study") == ["Zoë said\nso."]
    held = verb("memo", coded, "--on", "study", "--as", "ana", "--json").data[0]["memo"]
    given(b"Anew.")
    verb("memo", coded, "edit", held, "-", "--as", "ana")
    given(b"Zo\xeb")
    assert "is not UTF-8 text." in verb("memo", coded, "edit", held, "-", "--as", "ana", code=1).err
    given(b"\n")
    assert "A memo needs words." in verb("memo", coded, "write", "-", "--as", "ana", code=2).err
    assert bodies(verb, coded, "--on", "study") == ["Anew."]


def test_a_real_program_reads_words_from_a_pipe(coded: Path, verb: Verb) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "qualbench", "memo", str(coded), "write", "-", "--as", "ana"],
        input=b"From a pipe.\n", capture_output=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0
    assert bodies(verb, coded, "--on", "study") == ["From a pipe."]
    assert program("memo", coded, "--as", "ana", "--json").err == ""


WRONG = [
    (("write", " "), 2, "A memo needs words."),
    (("write", "x", "--on", "code"), 2, "A memo on a code needs its name."),
    (("write", "x", "--about", "TRUST"), 2, "A memo on the study is on all of it."),
    (("write", "x", "--on", "code", "--about", "JOY"), 1, "The codebook has no code called 'JOY'."),
    (("write", "x", "--on", "transcript", "--about", "gone"), 1, "There is no transcript called 'gone'."),
    (("write", "x", "--on", "case", "--about", "P9"), 1, "There is no participant called 'P9'."),
    (("write", "x", "--kind", "idle"), 2, "'idle' is not one of"),
    (("write", "x", "--on", "comparison", "--about", "TRUST"), 2, "A comparison ties two extracts together."),
    (("write", "x", "--extracts", "talk:25", "talk:99"), 2, "A comparison ties two extracts together."),
    (("write", "x", "--on", "comparison", "--about", "HOPE", "--extracts", "talk", "talk:1"), 2, "'talk' is no place"),
    (
        ("write", "x", "--on", "comparison", "--about", "TRUST", "--extracts", "talk:0", "talk:1"), 1,
        "You have no extract of this code at 0 of 'talk'.",
    ),
    (
        ("write", "x", "--on", "comparison", "--about", "TRUST", "--extracts", "talk:{s}", "talk:{s}"), 2,
        "ties two different extracts together.",
    ),
    (("edit", "nothing", "x"), 1, "There is no memo 'nothing' that you may read."),
    (("edit", "", "x"), 1, "There is no memo '' that you may read."),
    (("edit", "nothing", " "), 2, "A memo needs words."),
    (("--about", "nobody"), 1, "There is no code, transcript or participant called 'nobody'."),
    (("extracts", "JOY"), 1, "The codebook has no code called 'JOY'."),
    (("extracts", "TRUST", "--show", "best"), 2, "'best' is not one of"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "code", "sentence"), WRONG, ids=lambda value: str(value)[:50])
def test_what_can_not_be_is_told_and_changes_nothing(
    words: tuple[str, ...], code: int, sentence: str, coded: Path, verb: Verb
) -> None:
    before = entries(coded)
    start = places(coded, "talk")[0][0]
    ran = verb("memo", coded, *(word.format(s=start) for word in words), "--as", "ana", code=code)
    assert sentence in ran.err
    assert (ran.out, entries(coded)) == ("", before)


def test_extracts_are_listed_newest_most_and_least_typical(team: Path, verb: Verb) -> None:
    """Of "fear fear", "fear night" and "coats": the first two share a word, the last one shares none."""
    source = team.parent / "fears.txt"
    source.write_text("I: Well?\nP1: Fear, the fear.\nI: And?\nP1: Fear at night.\nI: So?\nP1: Coats.\n")
    verb("import", team, source, "--yes")
    for start, _ in places(team, "fears"):
        verb("codings", team, "apply", "fears", start, "FEAR", "--coder", "ana")

    def texts(*more: object) -> list[str]:
        return [one["text"] for one in verb("memo", team, "extracts", "fear", *more, "--as", "ana", "--json").data]

    assert texts() == ["Coats.", "Fear at night.", "Fear, the fear."]
    assert texts("--most", 1) == ["Coats."]
    assert texts("--show", "typical")[-1] == texts("--show", "edge")[0] == "Coats."
    ran = verb("memo", team, "extracts", "fear", "--as", "ana")
    assert f"fears:{places(team, 'fears')[0][0]}" in ran.out
    assert ran.err == "3 of 3 extracts of Fear.\n"
    assert verb("memo", team, "extracts", "fear", "--as", "ben").err == "No extract of Fear.\n"
