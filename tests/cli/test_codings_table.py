"""Codings as a table: in with exact spans, all of it or nothing, and out again the same."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Verb, entries, places, table

AWKWARD = "I: How are you?\nP1: 👩‍👩‍👧 Zoe\u0308 said 🇳🇱 yes, fear came. And hope.\nI: Then?\nP1: 🙂 I hid.\n"
"""A family joined by ZWJ (5 code points), a combining diaeresis, a flag (2 code points), before what is coded."""


@pytest.fixture
def awkward(team: Path, tmp_path: Path, verb: Verb) -> Path:
    """The study with a fourth transcript, `odd`, whose places are not what bytes or signs would make them."""
    file = tmp_path / "odd.txt"
    file.write_text(AWKWARD)
    verb("import", team, file, "--yes")
    return team


def test_spans_are_code_points(awkward: Path, tmp_path: Path, verb: Verb) -> None:
    # "I: How are you?\n" is 16, "P1: " 4, the family 5, " Zoë said " 11 with the mark, the flag 2, " yes, " 6
    start = 16 + 4 + 5 + 11 + 2 + 6
    assert AWKWARD[start : start + 4] == "fear"
    verb("codings", awkward, "import", table(tmp_path / "a.csv", [("odd", start, start + 4, "FEAR", "ana", "")]))
    verb("submit", awkward, "--coder", "ana", "--all")
    verb("codings", awkward, "import", table(tmp_path / "b.csv", [("odd", start, start + 9, "FEAR", "ben", "")]))
    verb("submit", awkward, "--coder", "ben", "--all")
    rows = [tuple(row.values())[1:5] for row in verb("codings", awkward, "export", "--json").data if row["code"]]
    assert rows == [(start, start + 4, "FEAR", "ana"), (start, start + 9, "FEAR", "ben")]
    run = verb("agree", awkward, "--json").data
    fear = next(code for code in run["codes"] if code["code"] == "FEAR")
    assert fear["table"] == [[1, 0], [0, 1]], "two spans in one turn are one unit"
    verb("doctor", awkward)


def test_two_coders_from_one_table_submit_and_are_compared(team: Path, tmp_path: Path, verb: Verb) -> None:
    one, two, three, four = places(team, "talk")
    rows = [
        ("talk", *one, "TRUST", "ana", ""),
        ("talk", *one, "TRUST", "ben", ""),
        ("talk", two[0] + 5, two[0] + 7, "HOPE", "ana", "a part of the turn"),
        ("talk", *three, "FEAR", "ben", ""),
    ]
    ran = verb("codings", team, "import", table(tmp_path / "both.csv", rows), "--json")
    assert ran.data == {"lines": {"ana": 2, "ben": 2}}
    for coder in ("ana", "ben"):
        verb("submit", team, "--coder", coder, "--all")
    run = verb("agree", team, "--json").data
    assert [code["table"] for code in run["codes"]] == [
        [[1, 0], [0, 3]],  # TRUST
        [[0, 1], [0, 3]],  # HOPE: ana alone, on turn 2
        [[0, 0], [1, 3]],  # FEAR: ben alone, on turn 3
        [[0, 0], [0, 4]],  # SHAME
    ]
    assert verb("codings", team, "export", "--coder", "ana").out.splitlines()[1:] == [
        f"talk,{one[0]},{one[1]},TRUST,ana,",
        f"talk,{two[0] + 5},{two[0] + 7},HOPE,ana,a part of the turn",
        f"talk,{three[0]},{three[1]},,ana,",
        f"talk,{four[0]},{four[1]},,ana,",
    ]


def test_codes_go_by_id_and_label_and_transcripts_by_name_file_and_id(team: Path, tmp_path: Path, verb: Verb) -> None:
    id_ = verb("status", team, "--json").data["transcripts"][0]["id"]
    spans = places(team, "talk")
    names = ("talk", "talk.txt", id_)
    codes = ("HOPE", "Hope and light", "hope AND light")
    rows = [(name, *span, code, "ana", "") for name, span, code in zip(names, spans, codes, strict=False)]
    verb("codings", team, "import", table(tmp_path / "names.csv", rows), "--partial")
    found = verb("codings", team, "export", "--coder", "ana", "--json").data
    assert [(row["transcript"], row["code"], row["start"]) for row in found] == [
        ("talk", "HOPE", start) for start, _ in spans[:3]
    ]


BAD_LINES = {
    "unknown transcript": (("nowhere", 1, 5, "TRUST", "ana", ""), "there is no transcript called 'nowhere'"),
    "unknown code": (("talk", 25, 30, "JOY", "ana", ""), "The codebook has no code called 'JOY'"),
    "beyond the end": (("talk", 25, 99999, "TRUST", "ana", ""), "25 to 99999 is not in 'talk', which has"),
    "backwards": (("talk", 30, 25, "TRUST", "ana", ""), "30 to 25 is not a span"),
    "negative": (("talk", -3, 25, "TRUST", "ana", ""), "-3 to 25 is not a span"),
    "empty": (("talk", 25, 25, "TRUST", "ana", ""), "25 to 25 is not a span"),
    "not a number": (("talk", "25.5", 30, "TRUST", "ana", ""), "start and end must be whole numbers"),
    "no coder": (("talk", 25, 30, "TRUST", "  ", ""), "the coder is missing"),
}


@pytest.mark.parametrize(("line", "sentence"), BAD_LINES.values(), ids=BAD_LINES)
def test_a_wrong_line_names_file_and_line_and_nothing_is_taken_in(
    line: tuple[object, ...], sentence: str, team: Path, tmp_path: Path, verb: Verb
) -> None:
    good = [("talk", *span, "TRUST", "ana", "") for span in places(team, "talk")]
    before = entries(team)
    ran = verb("codings", team, "import", table(tmp_path / "mixed.csv", [*good[:2], line, *good[2:]]), code=1)
    assert f"mixed.csv, line 4: {sentence}" in ran.err
    assert ran.err.startswith("Nothing was taken in")
    assert ran.out == ""
    assert entries(team) == before
    assert verb("status", team, "--json").data["transcripts"][0]["passes"] == {}


def test_a_file_that_is_no_table_of_codings_is_refused(team: Path, tmp_path: Path, verb: Verb) -> None:
    wrong = tmp_path / "wrong.csv"
    before = entries(team)
    for body, sentence in (
        (b"who,what\nana,TRUST\n", "wrong.csv, line 1: the columns transcript, start, end, code, coder are missing"),
        (b"", "are missing"),
        (
            "transcript,start,end,code,coder\ntalk,25,30,Caf\u00e9,ana\n".encode("cp1252"),
            "wrong.csv is not UTF-8 text.",
        ),
        (b'transcript,start,end,code,coder\ntalk,25,30,"' + b"x" * 200_000 + b'",ana\n', "wrong.csv, line 2"),
    ):
        wrong.write_bytes(body)
        assert sentence in verb("codings", team, "import", wrong, code=1).err
    assert entries(team) == before


def test_importing_the_same_table_again_changes_nothing(team: Path, tmp_path: Path, verb: Verb) -> None:
    one, two, *_ = places(team, "talk")
    rows = [
        ("talk", *one, "TRUST", "ana", "sure?"),
        ("talk", *two, "HOPE", "ana", ""),
        ("talk", *two, "FEAR", "ana", ""),
    ]
    file = table(tmp_path / "ana.csv", rows)
    verb("codings", team, "import", file)
    before, held = entries(team), verb("codings", team, "export", "--coder", "ana").out
    verb("codings", team, "import", file)
    assert verb("codings", team, "export", "--coder", "ana").out == held
    assert entries(team) == before


def test_a_partial_table_leaves_the_rest_undecided(team: Path, tmp_path: Path, verb: Verb) -> None:
    one, *_ = places(team, "talk")
    file = table(tmp_path / "ana.csv", [("talk", *one, "TRUST", "ana", "")])
    verb("codings", team, "import", file, "--partial")
    assert verb("status", team, "--json", "--as", "ana").data["transcripts"][0]["decided"] == 1
    assert "ana has not decided 3 segments" in verb("submit", team, "--coder", "ana", "--all", code=3).err
    verb("codings", team, "import", file)
    assert verb("status", team, "--json", "--as", "ana").data["transcripts"][0]["decided"] == 4


def test_a_table_can_not_change_a_submitted_pass(team: Path, tmp_path: Path, verb: Verb) -> None:
    one, two, *_ = places(team, "talk")
    verb("codings", team, "import", table(tmp_path / "a.csv", [("talk", *one, "TRUST", "ana", "")]))
    verb("submit", team, "--coder", "ana", "--all")
    before = entries(team)
    rows = [("talk", *two, "TRUST", "ben", ""), ("talk", *two, "TRUST", "ana", "")]
    assert (
        "a submitted pass never changes."
        in verb("codings", team, "import", table(tmp_path / "b.csv", rows), code=1).err
    )
    assert entries(team) == before


def test_out_of_one_study_and_into_another_gives_the_same_table(awkward: Path, tmp_path: Path, verb: Verb) -> None:
    fresh = Path(shutil.copytree(awkward, tmp_path / "fresh"))
    rows: list[tuple[object, ...]] = []
    for name in ("odd", "talk", "meeting"):
        for number, (start, end) in enumerate(places(awkward, name)):
            rows.append((name, start, end, "TRUST", "ana", f'=1+1, "{number}"\nsecond line'))
            rows.append((name, start + 1, end - 1, "FEAR", "ana", ""))
            rows.append((name, start, end, "" if number % 2 else "HOPE", "ben", "'quoted' \t and a tab"))
    verb("codings", awkward, "import", table(tmp_path / "in.csv", rows))
    out, again = tmp_path / "out.csv", tmp_path / "again.csv"
    for coder in ("ana", "ben"):
        verb("submit", awkward, "--coder", coder, "--all")
    verb("codings", awkward, "export", "-o", out)
    verb("codings", fresh, "import", out)
    for coder in ("ana", "ben"):
        verb("submit", fresh, "--coder", coder, "--all")
    verb("codings", fresh, "export", "-o", again)
    assert out.read_bytes() == again.read_bytes()
    assert len(verb("codings", fresh, "export", "--json").data) == len(rows)


def test_a_memo_that_no_line_can_hold_is_said(team: Path, verb: Verb) -> None:
    start, _ = places(team, "talk")[0]
    verb("codings", team, "memo", "talk", start, "Unsure.", "--coder", "ana")
    ran = verb("codings", team, "export", "--coder", "ana")
    assert ran.out == "transcript,start,end,code,coder,memo\n"
    assert "1 memo stands where nothing was decided" in ran.err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("apply", "talk", "25", "TRUST", "--end", "99999"), "25 to 99999 is not a place in 'talk'"),
        (("apply", "talk", "25", "JOY"), "The codebook has no code called 'JOY'."),
        (("apply", "talk", "0", "TRUST", "--end", "0"), "0 to 0 is not a place in 'talk'"),
        (("remove", "talk", "25", "TRUST"), "ana has no pass on 'talk'."),
        (("memo", "talk", "25", " "), "ana has no pass on 'talk'."),
        (("apply", "talk", "99999", "TRUST"), "No segment of 'talk' holds character 99999."),
    ],
)
def test_a_slip_begins_no_pass(words: tuple[str, ...], sentence: str, team: Path, verb: Verb) -> None:
    before = entries(team)
    assert sentence in verb("codings", team, *words, "--coder", "ana", code=None).err
    assert entries(team) == before, "a pass begun by mistake would keep the transcript blind"


def test_a_code_that_is_not_for_applying_begins_no_pass(team: Path, tmp_path: Path, verb: Verb) -> None:
    book = tmp_path / "second.yaml"
    book.write_text(
        "format: qualbench-codebook/1\ntitle: Second\nversion: '2.0'\ncodes:\n"
        "  - {id: ALL, label: All of it, kind: theme, children: [{id: ONE, label: One, definition: One.}]}\n"
    )
    verb("codebook", team, book)
    before = entries(team)
    assert "no code called 'ALL'" in verb("codings", team, "apply", "talk", "25", "ALL", "--coder", "ana", code=1).err
    assert entries(team) == before
