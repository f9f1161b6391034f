"""The verb round: rounds are listed, planned after a yes, withdrawn, and asked how large they must be."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from qualbench import cli
from tests.cli.conftest import Verb, entries, places, program, table

TWO = ("--coder", "ana", "--coder", "ben")
ROUND = {"round", "codebook", "planned", "drawn", "seed", "recode", "query", "assignments"}


def test_a_study_without_rounds_says_so(team: Path, verb: Verb) -> None:
    assert verb("round", team, "--json").data == []
    ran = verb("round", team)
    assert ran.out == ""
    assert ran.err == "There is no round yet: every coder codes every transcript.\n"


def test_a_round_is_planned_and_listed_with_its_passes(team: Path, verb: Verb) -> None:
    drawn = verb("round", team, "plan", "R1", *TWO, "--seed", "4", "--transcript", "talk", "--yes", "--json").data
    assert set(drawn) == {"round", "drawn", "share", "seed", "planned", "assignments"}
    assert (drawn["round"], drawn["seed"], drawn["planned"], drawn["share"]) == ("R1", 4, True, 1.0)
    assert drawn["assignments"] == {"talk": ["ana", "ben"]}
    rows = [("talk", *span, "TRUST", "ana", "") for span in places(team, "talk")]
    verb("codings", team, "import", table(team / "ana.csv", rows))
    (listed,) = verb("round", team, "--json").data
    assert set(listed) == ROUND
    assert (listed["round"], listed["codebook"], listed["seed"], listed["recode"]) == ("R1", "1.0", 4, False)
    assert listed["drawn"] == drawn["drawn"]
    assert listed["assignments"] == [
        {"transcript": "talk", "coders": ["ana", "ben"], "passes": {"ana": "open", "ben": "not begun"}}
    ]
    page = verb("round", team).out
    for words in ("R1: codebook 1.0", "talk", "ana open", "ben not begun", "(seed 4)"):
        assert words in page


def test_a_share_is_coded_by_two_and_the_rest_by_one(team: Path, verb: Verb) -> None:
    """Three transcripts of four segments: a third of them is one transcript."""
    drawn = verb("round", team, "plan", "R1", *TWO, "--share", "0.33", "--yes", "--json").data
    assert sorted(len(who) for who in drawn["assignments"].values()) == [1, 1, 2]
    assert drawn["share"] == pytest.approx(1 / 3)
    again = verb("round", team, "plan", "R2", *TWO, "--dry-run", code=1)
    assert "There is nothing to draw" in again.err


def test_the_same_seed_draws_the_same(team: Path, verb: Verb) -> None:
    def drawn(seed: int) -> object:
        words = ("--coder", "cleo", "--share", "0.33", "--seed", seed, "--dry-run", "--json")
        return verb("round", team, "plan", "R1", *TWO, *words).data["assignments"]

    assert all(drawn(seed) == drawn(seed) for seed in range(3))
    assert len({repr(drawn(seed)) for seed in range(6)}) > 1


def test_a_look_at_a_draw_changes_nothing(team: Path, verb: Verb) -> None:
    before = entries(team), (team / "study.db").read_bytes()
    ran = verb("round", team, "plan", "R1", *TWO, "--dry-run", "--json")
    assert ran.data["planned"] is False
    assert set(ran.data["assignments"]) == {"talk", "call", "meeting"}
    assert "is planned" not in ran.err
    assert "talk" in verb("round", team, "plan", "R1", *TWO, "--dry-run").out
    assert (entries(team), (team / "study.db").read_bytes()) == before
    assert verb("round", team, "--json").data == []


def test_without_a_yes_it_waits_for_one(team: Path) -> None:
    before = entries(team)
    ran = program("round", team, "plan", "R1", *TWO, code=3)
    assert "talk" in ran.out, "what would be planned is shown"
    assert ran.err == "The round is not planned yet: it waits for a yes.\nSay --yes, or --dry-run to look.\n"
    assert program("round", team, "plan", "R1", *TWO, "--json", code=3).out == ""
    assert entries(team) == before


@pytest.mark.parametrize(("answer", "code", "rounds"), [(True, 0, 1), (False, 3, 0)])
def test_whoever_is_at_a_terminal_is_asked(
    team: Path, verb: Verb, monkeypatch: pytest.MonkeyPatch, answer: bool, code: int, rounds: int
) -> None:
    monkeypatch.setattr(cli.output, "asks", lambda: True)
    monkeypatch.setattr(click, "confirm", lambda *_, **__: answer)
    ran = verb("round", team, "plan", "R1", *TWO, code=code)
    assert ("Nothing was planned." in ran.err) != answer
    assert len(verb("round", team, "--json").data) == rounds


def test_a_coder_who_is_not_asked_is_told(team: Path, verb: Verb) -> None:
    verb("round", team, "plan", "R1", *TWO, "--transcript", "talk", "--yes")
    before, (start, _), *_ = entries(team), *places(team, "talk")
    for words in (("apply", "talk", start, "TRUST"), ("nothing", "talk", start), ("memo", "talk", start, "Hm.")):
        ran = verb("codings", team, *words, "--coder", "cleo", code=1)
        assert "The round 'R1' does not ask cleo to code 'talk'." in ran.err
    rows = [("call", *places(team, "call")[0], "HOPE", "cleo", ""), ("talk", start, start + 3, "TRUST", "cleo", "")]
    assert "does not ask cleo" in verb("codings", team, "import", table(team / "c.csv", rows), code=1).err
    assert entries(team) == before


def test_a_round_is_withdrawn_until_somebody_codes(team: Path, verb: Verb) -> None:
    for name in ("talk", "call"):
        verb("round", team, "plan", name.upper(), *TWO, "--transcript", name, "--yes")
    ran = verb("round", team, "withdraw", "TALK", "--reason", "Too early.", "--json")
    assert ran.data == {"done": True, "said": ["The round 'TALK' is withdrawn."]}
    assert [one["round"] for one in verb("round", team, "--json").data] == ["CALL"]
    assert "needs a reason" in verb("round", team, "withdraw", "CALL", "--reason", " ", code=2).err
    verb("codings", team, "nothing", "call", places(team, "call")[0][0], "--coder", "ben")
    ran = verb("round", team, "withdraw", "CALL", "--reason", "Too late.", code=2)
    assert "Somebody codes in the round 'CALL' already" in ran.err
    verb("doctor", team)


def test_coding_again_is_planned_for_who_has_coded(team: Path, verb: Verb) -> None:
    rows = [("talk", *span, "TRUST", coder, "") for coder in ("ana", "ben") for span in places(team, "talk")]
    verb("codings", team, "import", table(team / "both.csv", rows))
    again = ("plan", "Later", "--coder", "ana", "--recode", "--yes", "--json")
    assert "that is opened" in verb("round", team, *again, code=1).err
    for coder in ("ana", "ben"):
        verb("submit", team, "--coder", coder, "--all")
    assert verb("round", team, *again).data["assignments"] == {"talk": ["ana"]}
    (listed,) = verb("round", team, "--json").data
    assert listed["recode"] is True
    assert listed["assignments"][0]["passes"] == {"ana": "not begun"}, "the first pass is of no round"
    status = verb("status", team, "--json", "--as", "ben").data["transcripts"][0]
    assert status["opened"] is True


def test_how_many_segments_it_takes(team: Path, verb: Verb) -> None:
    """By hand: alpha .8, code on a fifth, half-width .1, z 1.96 (Donner & Eliasziw 1992).

    V = .2 x (.2 x (1 - 1.6) + .8 x 1.2 / (2 x .2 x .8)) = .2 x (-.12 + 3) = .576, so 19.6^2 x .576 = 221.3 segments;
    four to a transcript that correlate by .05 make 1.15 times as many, 254.5.
    """
    found = verb("round", team, "size", "--prevalence", "0.2", "--json").data
    assert found == {
        "independent_segments": 222, "segments": 255, "segments_in_study": 12, "segments_a_transcript": 4.0,
        "transcripts": 64,
    }  # fmt: skip
    page = verb("round", team, "size", "--prevalence", "0.2").out
    assert "222 segments if each stood for itself; 255 because" in page
    assert "The study has 12 segments in 3 transcripts." in page
    narrower = verb("round", team, "size", "--prevalence", "0.2", "--half-width", "0.05", "--icc", "0", "--json").data
    assert narrower["segments"] == narrower["independent_segments"] == 886, "four times 221.3, and no more for icc 0"


def test_a_study_without_transcripts_can_ask_too(tmp_path: Path, verb: Verb) -> None:
    verb("init", tmp_path / "new")
    found = verb("round", tmp_path / "new", "size", "--prevalence", "0.2", "--json").data
    assert (found["independent_segments"], found["segments_in_study"]) == (222, 0)
