"""The data that other programs read: every key, on stdout alone, with words on stderr alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Verb, entries, places, program, table


@pytest.fixture
def compared(team: Path, tmp_path: Path, verb: Verb) -> Path:
    """Talk is opened: ana says TRUST, then nothing; ben says HOPE everywhere. The other two are blind."""
    spans = places(team, "talk")
    rows: list[tuple[object, ...]] = [("talk", *spans[0], "TRUST", "ana", "")]
    rows += [("talk", *span, "HOPE", "ben", "") for span in spans]
    verb("codings", team, "import", table(tmp_path / "both.csv", rows))
    for coder in ("ana", "ben"):
        verb("submit", team, "--coder", coder, "--all")
    return team


def test_agreement_has_its_keys_and_says_why_a_figure_is_undefined(compared: Path, verb: Verb) -> None:
    ran = verb("agree", compared, "--json")
    assert set(ran.data) == {
        "unit", "coders", "transcripts", "units", "codebook", "codes", "set_alpha", "set_alphas", "overall", "recipe",
        "checked", "benchmark",
    }  # fmt: skip
    codes: dict[str, dict[str, Any]] = {code["code"]: code for code in ran.data["codes"]}
    assert list(codes) == ["TRUST", "HOPE", "FEAR", "SHAME"]
    keys = {"code", "table", "prevalence", "percent", "positive", "negative", "kappa", "alpha", "pi", "pabak", "ac1",
            "prevalence_index", "bias_index", "interval", "bootstrap", "no_interval"}  # fmt: skip
    assert all(keys <= set(code) <= keys | {"why"} for code in codes.values())
    nobody = codes["SHAME"]
    assert nobody["table"] == [[0, 0], [0, 4]]
    assert (nobody["percent"], nobody["negative"]) == (1.0, 1.0)
    assert (nobody["positive"], nobody["kappa"], nobody["alpha"]) == (None, None, None)
    assert nobody["why"].startswith("undefined (no variation)")
    alone = codes["HOPE"]
    assert alone["table"] == [[0, 0], [4, 0]]
    assert (alone["percent"], alone["kappa"]) == (0.0, 0.0)
    assert "ben" in alone["why"]
    assert set(ran.data["set_alpha"]) == {"masi"}
    assert "2 transcripts still blind" in ran.err


def test_an_undefined_alpha_over_sets_is_null_with_its_why(team: Path, tmp_path: Path, verb: Verb) -> None:
    rows = [("talk", *span, "TRUST", coder, "") for span in places(team, "talk") for coder in ("ana", "ben")]
    verb("codings", team, "import", table(tmp_path / "same.csv", rows))
    for coder in ("ana", "ben"):
        verb("submit", team, "--coder", coder, "--all")
    run = verb("agree", team, "--json").data
    assert run["set_alpha"]["masi"] is None
    assert run["set_alpha"]["why"].startswith("undefined (no variation)")
    trust = run["codes"][0]
    assert (trust["table"], trust["kappa"], trust["alpha"], trust["negative"]) == ([[4, 0], [0, 0]], None, None, None)
    assert "undefined" in verb("agree", team).out


def test_codings_have_six_columns_as_table_and_as_json(compared: Path, verb: Verb) -> None:
    as_table = verb("codings", compared, "export").out.splitlines()
    assert as_table[0] == "transcript,start,end,code,coder,memo"
    as_json = verb("codings", compared, "export", "--json").data
    assert len(as_json) == len(as_table) - 1 == 8
    start, end = places(compared, "talk")[0]
    assert as_json[0] == {
        "transcript": "talk", "start": start, "end": end, "code": "TRUST", "coder": "ana", "memo": "",
    }  # fmt: skip


def test_a_look_at_files_has_its_keys_and_changes_nothing(team: Path, tmp_path: Path, verb: Verb) -> None:
    before = entries(team)
    new = tmp_path / "new.txt"
    new.write_text("I: Hello?\nP9: Hello to you.\n")
    ran = verb("import", team, new, tmp_path / "missing.txt", "--dry-run", "--json", code=1)
    good, bad = ran.data
    assert good == {
        "file": "new.txt", "ok": True, "name": "new", "reader": "txt", "encoding": "utf-8", "labels": "Name: text",
        "coverage": 1.0, "words": 4, "turns": 2, "unattributed": 0, "possible_speakers": [], "similar_labels": [],
        "warnings": [], "encoding_why": "strict UTF-8", "front_matter": [], "unparsed": 0, "departures": [],
        "speakers": [
            {"label": "I", "role": "interviewer", "participant": "", "turns": 1, "words": 1, "first": "Hello?"},
            {
                "label": "P9", "role": "participant", "participant": "P9", "turns": 1, "words": 3,
                "first": "Hello to you.",
            },
        ],
        "first_turns": [
            {"line": 1, "speaker": "I", "role": "interviewer", "words": "Hello?", "seconds": None},
            {"line": 2, "speaker": "P9", "role": "participant", "words": "Hello to you.", "seconds": None},
        ],
    }  # fmt: skip
    assert (bad["file"], bad["ok"]) == ("missing.txt", False)
    assert bad["error"] in ran.err
    assert entries(team) == before


def test_status_has_its_keys(compared: Path, verb: Verb) -> None:
    start, _ = places(compared, "call")[0]
    verb("codings", compared, "apply", "call", start, "FEAR", "--coder", "ana")
    status = verb("status", compared, "--json", "--as", "ana").data
    assert set(status) == {"study", "method", "coders_per_transcript", "codebook", "transcripts", "attention"}
    assert (status["coders_per_transcript"], status["codebook"], status["attention"]) == (2, "1.0", [])
    talk, call, meeting = status["transcripts"]
    assert set(talk) == {
        "transcript", "id", "words", "turns", "segments", "by", "opened", "passes", "late", "decided", "deidentified",
    }  # fmt: skip
    assert (talk["opened"], talk["passes"], talk["decided"]) == (True, {"ana": "submitted", "ben": "submitted"}, 4)
    assert (call["opened"], call["passes"], call["decided"]) == (False, {"ana": "open"}, 1)
    assert (meeting["opened"], meeting["passes"], meeting["decided"]) == (False, {}, None)


def test_the_rest_of_the_data_has_its_keys(compared: Path, tmp_path: Path, verb: Verb) -> None:
    assert all(set(finding) == {"well", "finding"} for finding in verb("doctor", compared, "--json").data)
    hit = verb("search", compared, "afraid", "--json").data[0]
    assert set(hit) == {"transcript", "start", "end", "speaker", "participant", "role", "text"}
    person = verb("participants", compared, "--json").data[0]
    assert set(person) == {"transcript", "speaker", "role", "participant", "attributes"}
    book = verb("codebook", compared, "--json").data
    assert (book["version"], len(book["codes"])) == ("1.0", 4)
    start, end = places(compared, "call")[0]
    verb("themes", compared, "new", "One", "--idea", "All of it.")
    verb("themes", compared, "quote", "One", "call", start, end)
    (theme,) = verb("themes", compared, "list", "--json").data
    said = {"idea", "definition", "not", "narrative", "question"}
    assert set(theme) == {"theme", "id", "under", "state", "codes", "quotes", *said}
    of_quote = {"quote", "transcript", "start", "end", "participant", "text", "use", "cuts", "insertions", "words"}
    assert set(theme["quotes"][0]) == of_quote
    one = table(tmp_path / "one.csv", [("call", start, end, "FEAR", "cleo", "")])
    assert verb("codings", compared, "import", one, "--json").data == {"lines": {"cleo": 1}}
    assert verb("submit", compared, "call", "--coder", "cleo", "--json").data == {"submitted": ["call"], "opened": []}


DATA = [
    ("status",), ("doctor",), ("agree",), ("codebook",), ("participants",), ("search", "trusted"),
    ("codings", "export"), ("consensus", "list"), ("consensus", "log"), ("themes", "list"),
]  # fmt: skip


@pytest.mark.parametrize("verb_words", DATA, ids=" ".join)
def test_a_program_reads_data_on_stdout_and_nothing_else(compared: Path, verb_words: tuple[str, ...]) -> None:
    name, *rest = verb_words
    ran = program(name, compared, *rest, "--json")
    json.loads(ran.out)
    assert not ran.err.lstrip().startswith(("{", "["))
    assert not any(line in ran.out for line in ran.err.splitlines() if line)
