"""The whole job by verbs: two coders, agreement worked out by hand, every outcome of a session, themes, the report."""

from __future__ import annotations

import csv
import io
import zipfile
from fractions import Fraction
from pathlib import Path

import pytest

from tests.cli.conftest import Verb, entries, places, table

READINGS = {
    "talk": [("TRUST", "TRUST"), ("HOPE", "HOPE"), ("FEAR", "HOPE"), ("", "TRUST")],
    "call": [("TRUST HOPE", "TRUST"), ("", ""), ("HOPE", "HOPE"), ("HOPE", "FEAR")],
    "meeting": [("FEAR", "FEAR"), ("FEAR", ""), ("", "FEAR"), ("TRUST FEAR", "FEAR")],
}
"""What ana and ben say of the four counted segments of each interview."""

F = Fraction
EXPECTED = {
    # both, only ana, only ben, neither; N = 12
    # pe = 90/144, po = 120/144, kappa = 30/54; n1 = 6, n0 = 18, alpha = 1 - 23*2/(6*18)
    "TRUST": ([[2, 1], [1, 8]], F(10, 12), F(4, 6), F(16, 18), F(5, 9), F(31, 54)),
    # pe = 84/144, po = 108/144, kappa = 24/60; n1 = 7, n0 = 17, alpha = 1 - 23*3/(7*17)
    "HOPE": ([[2, 2], [1, 7]], F(9, 12), F(4, 7), F(14, 17), F(2, 5), F(50, 119)),
    # pe = 80/144, po = 96/144, kappa = 16/64; n1 = 8, n0 = 16, alpha = 1 - 23*4/(8*16)
    "FEAR": ([[2, 2], [2, 6]], F(8, 12), F(1, 2), F(3, 4), F(1, 4), F(9, 32)),
}
MASI = F(641, 1952)
"""Alpha over code sets with MASI distance.

Observed: five pairs share nothing (1 each), two are contained in the other (2/3 each): (5 + 4/3) / 12 = 19/36.
Expected: the pool of 24 readings is T 4, H 6, F 7, none 5, TH 1, TF 1, so of 276 pairs 6+15+21+10 = 52 are equal;
TH contains T (4) and H (6), TF contains T (4) and F (7): 21 at 2/3; TH and TF overlap: 1 - 1/3*1/3 = 8/9;
the other 202 are at 1. Sum 202 + 14 + 8/9 = 1952/9, over 276: 488/621. 1 - (19/36)/(488/621) = 641/1952.
"""

OUTCOMES = [
    ("talk", 2, "a", "slip", ["FEAR"]),
    ("talk", 3, "b", "context", ["TRUST"]),
    ("call", 0, "both", "overlap", ["TRUST", "HOPE"]),
    ("call", 3, "new", "missing-code", ["SHAME"]),
    ("meeting", 1, "nothing", "definition", []),
    ("meeting", 2, "deferred", "reading", []),
    ("meeting", 3, "apart", "reading", []),
]


def code_by_hand(verb: Verb, folder: Path, coder: str, column: int, transcripts: list[str]) -> None:
    """Let a coder decide every counted segment of these transcripts, one verb for each decision."""
    for transcript in transcripts:
        for (start, _), pair in zip(places(folder, transcript), READINGS[transcript], strict=True):
            for code in pair[column].split():
                verb("codings", folder, "apply", transcript, start, code, "--coder", coder)
            if not pair[column]:
                verb("codings", folder, "nothing", transcript, start, "--coder", coder)


def ben_table(folder: Path, path: Path, transcripts: list[str]) -> Path:
    """Ben's readings as a table with exact spans; what nothing applies to has no line."""
    rows: list[tuple[object, ...]] = []
    for transcript in transcripts:
        for (start, end), (_, ben) in zip(places(folder, transcript), READINGS[transcript], strict=True):
            rows += [(transcript, start, end, code, "ben", "") for code in ben.split()]
    return table(path, rows)


@pytest.fixture
def coded(team: Path, verb: Verb, tmp_path: Path) -> Path:
    """The study with both passes on all three transcripts submitted: ana by single verbs, ben by a table."""
    code_by_hand(verb, team, "ana", 0, ["talk", "call", "meeting"])
    verb("codings", team, "import", ben_table(team, tmp_path / "ben.csv", ["talk", "call", "meeting"]))
    for coder in ("ana", "ben"):
        verb("submit", team, "--coder", coder, "--all")
    return team


def test_a_study_begins_with_a_codebook_and_three_kinds_of_file(files: Path, tmp_path: Path, verb: Verb) -> None:
    folder = tmp_path / "projects" / "new"
    verb("init", folder, "--method", "negotiated-agreement", "--codebook", files / "book.yaml", "--as", "cleo")
    seen = verb("import", folder, *sorted(files.glob("*.[tvd]*")), "--yes", "--as", "cleo")
    assert "talk.txt: 8 turns, 35 words" in seen.out  # 11 asked, 24 answered
    status = verb("status", folder, "--json").data
    assert status["method"] == "negotiated-agreement"
    assert {row["transcript"]: row["segments"] for row in status["transcripts"]} == {
        "talk": 4,
        "call": 4,
        "meeting": 4,
    }


def test_speakers_become_participants_by_verb_and_by_table(team: Path, tmp_path: Path, verb: Verb) -> None:
    verb("participants", team, "set", "call", "Mara Lind", "--role", "participant", "--participant", "P2")
    people = tmp_path / "people.csv"
    people.write_text("transcript,speaker,role,participant,site\nmeeting,P3,participant,P3,north\n")
    verb("participants", team, "import", people)
    rows = verb("participants", team, "--json").data
    assert [(r["transcript"], r["speaker"], r["participant"]) for r in rows if r["role"] == "participant"] == [
        ("talk", "P1", "P1"),
        ("call", "Mara Lind", "P2"),
        ("meeting", "P3", "P3"),
    ]
    assert rows[-1]["attributes"] == {"site": "north"}


def test_undo_and_redo_move_the_same_coding(team: Path, verb: Verb) -> None:
    def held() -> str:
        return verb("codings", team, "export", "--coder", "ana").out

    start, end = places(team, "talk")[0]
    nothing_yet = held()
    verb("codings", team, "apply", "talk", start, "Trust", "--coder", "ana")
    verb("codings", team, "memo", "talk", start, "At once?", "--coder", "ana")
    with_both = held()
    assert with_both == f"{nothing_yet}talk,{start},{end},TRUST,ana,At once?\n"
    verb("undo", team, "--as", "ana", "--transcript", "talk")
    assert held() == f"{nothing_yet}talk,{start},{end},TRUST,ana,\n"
    verb("undo", team, "--as", "ana", "--transcript", "talk")
    assert held() == nothing_yet
    verb("redo", team, "--as", "ana", "--transcript", "talk")
    verb("redo", team, "--as", "ana", "--transcript", "talk")
    assert held() == with_both
    assert "nothing of yours to redo" in verb("redo", team, "--as", "ana", "--transcript", "talk", code=1).err
    assert "nothing of yours to undo" in verb("undo", team, "--as", "ben", "--transcript", "talk", code=1).err


def test_a_code_comes_off_and_nothing_can_be_taken_back(team: Path, verb: Verb) -> None:
    start, _ = places(team, "talk")[0]
    empty = verb("codings", team, "export", "--coder", "ana").out
    verb("codings", team, "apply", "talk", start, "FEAR", "--coder", "ana")
    refused = verb("codings", team, "nothing", "talk", start, "--coder", "ana", code=1)
    assert "This segment has codes" in refused.err
    verb("codings", team, "remove", "talk", start, "FEAR", "--coder", "ana")
    assert "Nothing applies." in verb("codings", team, "nothing", "talk", start, "--coder", "ana").err
    assert "Undecided again." in verb("codings", team, "nothing", "talk", start, "--coder", "ana").err
    assert verb("codings", team, "export", "--coder", "ana").out == empty


def test_agreement_is_what_it_is_by_hand(coded: Path, verb: Verb) -> None:
    run = verb("agree", coded, "--json").data
    assert (run["unit"], run["coders"], run["units"]) == ("turn", ["ana", "ben"], 12)
    by_code = {code["code"]: code for code in run["codes"]}
    for name, (counts, *figures) in EXPECTED.items():
        code = by_code[name]
        assert code["table"] == counts, name
        for key, value in zip(("percent", "positive", "negative", "kappa", "alpha"), figures, strict=True):
            assert code[key] == pytest.approx(float(value), abs=1e-12), (name, key)
    assert by_code["SHAME"]["table"] == [[0, 0], [0, 12]]
    assert run["set_alpha"] == {"masi": pytest.approx(float(MASI), abs=1e-12)}


def test_a_submitted_pass_never_changes(coded: Path, verb: Verb) -> None:
    start, _ = places(coded, "talk")[0]
    before = entries(coded)
    for words in (
        ("codings", coded, "apply", "talk", start, "FEAR", "--coder", "ana"),
        ("codings", coded, "remove", "talk", start, "TRUST", "--coder", "ana"),
        ("codings", coded, "memo", "talk", start, "Later.", "--coder", "ana"),
        ("undo", coded, "--as", "ana", "--transcript", "talk"),
        ("submit", coded, "talk", "--coder", "ana"),
    ):
        assert "a submitted pass never changes." in verb(*words, code=1).err
    assert entries(coded) == before


def decide_all(verb: Verb, folder: Path) -> None:
    """Take each of the seven decisions."""
    items = {(item["transcript"], item["start"]): item for item in verb("consensus", folder, "list", "--json").data}
    for transcript, number, outcome, reason, _ in OUTCOMES:
        item = items[transcript, places(folder, transcript)[number][0]]["item"]
        codes = ("--codes", "Shame") if outcome == "new" else ()
        note = ("--note", f"because {outcome}")
        words = ("consensus", folder, "decide", item, "--outcome", outcome, "--reason", reason, *note, *codes)
        verb(*words, "--as", "cleo")


def test_a_session_takes_every_outcome_and_keeps_both_readings(coded: Path, verb: Verb) -> None:
    before = verb("codings", coded, "export").out
    found = verb("consensus", coded, "list", "--json").data
    assert [(i["transcript"], i["start"]) for i in found] == [
        (transcript, places(coded, transcript)[number][0]) for transcript, number, *_ in OUTCOMES
    ]
    assert {i["state"] for i in found} == {"open"}
    assert found[2]["readings"] == {"ana": ["TRUST", "HOPE"], "ben": ["TRUST"]}
    decide_all(verb, coded)
    after = verb("consensus", coded, "list", "--json").data
    for item, then, (_, _, outcome, reason, codes) in zip(after, found, OUTCOMES, strict=True):
        assert item["readings"] == then["readings"]
        assert item["state"] == ("deferred" if outcome == "deferred" else "decided")
        decision = item["decision"]
        assert (decision["outcome"], decision["reason"], decision["codes"]) == (outcome, reason, codes)
        assert (decision["note"], decision["by"]) == (f"because {outcome}", "cleo")
    assert [item["decision"]["yielded"] for item in after[:3]] == ["ben", "ana", None]
    assert verb("codings", coded, "export").out == before


def test_a_later_decision_supersedes_and_the_log_has_both(coded: Path, verb: Verb) -> None:
    item = verb("consensus", coded, "list", "--json").data[0]["item"]
    for outcome in ("a", "b"):
        verb("consensus", coded, "decide", item, "--outcome", outcome, "--reason", "slip", "--as", "cleo")
    assert verb("consensus", coded, "list", "--json").data[0]["decision"]["outcome"] == "b"
    log = verb("consensus", coded, "log", "--json").data
    assert [(entry["item"], entry["outcome"], entry["yielded"]) for entry in log] == [
        (item, "a", "ben"),
        (item, "b", "ana"),
    ]
    verb("undo", coded, "--as", "cleo", "--of", "consensus", "--transcript", "talk")
    assert verb("consensus", coded, "list", "--json").data[0]["decision"]["outcome"] == "a"


@pytest.fixture
def reported(coded: Path, verb: Verb) -> Path:
    """The study with its session held and one theme made."""
    decide_all(verb, coded)
    verb("themes", coded, "new", "Growing trust", "--as", "cleo")
    verb("themes", coded, "describe", "Growing trust", "Trust grew with the days.", "--as", "cleo")
    verb("themes", coded, "gather", "growing trust", "TRUST", "Hope and light", "--as", "cleo")
    start, end = places(coded, "call")[0]
    verb("themes", coded, "quote", "Growing trust", "call", start, end, "--as", "cleo")
    return coded


def test_themes_gather_settled_segments(reported: Path, verb: Verb) -> None:
    (theme,) = verb("themes", reported, "list", "--json").data
    assert (theme["theme"], theme["idea"]) == ("Growing trust", "Trust grew with the days.")
    assert theme["codes"] == ["TRUST", "HOPE"]
    assert [(q["text"], q["participant"]) for q in theme["quotes"]] == [("I trusted them, and I hoped.", "P02")]
    found = verb("themes", reported, "extracts", "Growing trust", "--json").data
    # talk 1 and 2 agreed, talk 4 by decision b, call 1 by both, call 3 agreed; talk 3 became FEAR, meeting 4 is apart
    settled = [("talk", 0), ("talk", 1), ("talk", 3), ("call", 0), ("call", 2)]
    assert [(e["transcript"], e["start"]) for e in found] == [
        (name, places(reported, name)[n][0]) for name, n in settled
    ]


def test_themes_change_and_come_back(reported: Path, verb: Verb) -> None:
    verb("themes", reported, "rename", "Growing trust", "Trust, slowly", "--as", "cleo")
    verb("themes", reported, "release", "Trust, slowly", "HOPE", "--as", "cleo")
    (theme,) = verb("themes", reported, "list", "--json").data
    assert (theme["theme"], theme["codes"]) == ("Trust, slowly", ["TRUST"])
    verb("themes", reported, "unquote", "Trust, slowly", theme["quotes"][0]["quote"], "--as", "cleo")
    verb("themes", reported, "drop", "Trust, slowly", "--reason", "thin", "--yes", "--as", "cleo")
    assert verb("themes", reported, "list", "--json").data == []
    verb("undo", reported, "--of", "themes", "--as", "cleo")
    (back,) = verb("themes", reported, "list", "--json").data
    assert (back["theme"], back["quotes"]) == ("Trust, slowly", [])


@pytest.mark.parametrize("suffix", ["docx", "md", "html"])
def test_the_report_holds_theme_quote_codebook_agreement_and_decisions(
    reported: Path, tmp_path: Path, suffix: str, verb: Verb
) -> None:
    target = tmp_path / f"themes.{suffix}"
    verb("export", reported, "themes", "-o", target)
    words = (
        target.read_text("utf-8") if suffix != "docx" else zipfile.ZipFile(target).read("word/document.xml").decode()
    )
    for expected in (
        "Growing trust",
        "Trust grew with the days.",
        "I trusted them, and I hoped.",
        "P02",
        "They are ashamed.",
        "0.556",  # kappa of Trust, 5/9
        "because apart",
    ):
        assert expected in words, expected


def test_the_table_of_themes_counts_participants_and_segments(reported: Path, tmp_path: Path, verb: Verb) -> None:
    verb("export", reported, "themes", "-o", tmp_path / "themes.csv")
    (row,) = csv.DictReader(io.StringIO((tmp_path / "themes.csv").read_text("utf-8-sig")))
    start, end = places(reported, "call")[0]
    assert (row["theme"], row["participants"], row["segments"]) == ("Growing trust", "2", "5")
    assert (row["quote"], row["participant"]) == ("I trusted them, and I hoped.", "P02")
    assert (row["transcript"], row["start"], row["end"]) == ("call", str(start), str(end))


def test_search_names_the_speaker_and_the_place(reported: Path, verb: Verb) -> None:
    start, end = places(reported, "call")[0]
    assert verb("search", reported, "trusted them", "--json").data == [
        {
            "transcript": "call",
            "start": start,
            "end": end,
            "speaker": "Mara Lind",
            "participant": "P02",
            "role": "participant",
            "text": "I trusted them, and I hoped.",
        }
    ]
    assert [hit["transcript"] for hit in verb("search", reported, "TRUSTED", "--json").data] == ["talk", "call"]
    assert verb("search", reported, '"them trusted"', "--json").data == []


def test_the_doctor_finds_the_finished_study_whole(reported: Path, verb: Verb) -> None:
    assert "The study is whole." in verb("doctor", reported).err
    assert all(finding["well"] for finding in verb("doctor", reported, "--json").data)


def test_a_kept_agreement_run_is_one_fact_and_keeps_the_figures(coded: Path, verb: Verb) -> None:
    before = entries(coded)
    kept = verb("agree", coded, "--keep", "--json").data
    assert entries(coded) == before + 1
    assert verb("agree", coded, "--json").data == kept
