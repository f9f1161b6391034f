"""The verb method: what it shows, and what it changes."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Verb


def test_the_whole_way_of_a_method(files: Path, tmp_path: Path, verb: Verb) -> None:
    study = tmp_path / "study"
    begun = verb("init", study, "--method", "negotiated-agreement", "--codebook", files / "book.yaml", "--as", "ana")
    assert "The study follows negotiated agreement" in begun.err
    told = verb("method", study, "--json").data
    assert (told["method"], told["profile"]["consensus"]) == ("negotiated-agreement", "by negotiation")
    assert [one["id"] for one in told["phases"] if one["here"]] == ["draw"]
    assert told["changes"] == told["entered"] == []
    page = verb("method", study).out
    assert "Consensus: by negotiation." in page
    assert "2 transcripts drawn" in page
    (week,) = verb("method", study, "cycle", "--json").data["weeks"]
    assert (week["before"]["percent"], week["after"]["percent"], week["codebook"]) == (None, None, "1.0")
    assert "not reached yet" in verb("method", study, "cycle").out

    assert "step 3 now: blind passes" in verb("method", study, "phase", "3", "--note", "At last", "--as", "ana").err
    assert verb("method", study, "change", "reflexive-ta", "--reason", "We read", "--json", "--as", "ana").data["done"]
    told = verb("method", study, "--json").data
    assert told["changes"][0]["reason"] == "We read"
    assert told["entered"][0] == told["entered"][0] | {"phase": "passes", "note": "At last", "by": "ana"}
    assert [one["name_2006"] for one in told["phases"]][1] == "generating initial codes"
    assert "reliab" not in verb("method", study).out.casefold()


def test_reasons_and_notes_may_be_hostile(tmp_path: Path, verb: Verb) -> None:
    """That no raw control character comes out is checked for every run of a verb."""
    study, nasty = tmp_path / "study", "[/x] \x1b]52;c;eA==\x07 \u202e" + "x" * 5_000
    verb("init", study)
    verb("method", study, "change", "cqr", "--reason", nasty)
    verb("method", study, "phase", "domains", "--note", nasty)
    assert "[/x]" in verb("method", study).out
    assert verb("method", study, "--json").data["entered"][0]["note"] == nasty


def test_what_can_not_be_is_said(files: Path, tmp_path: Path, verb: Verb) -> None:
    study = tmp_path / "study"
    verb("init", study)
    assert "no phase called 'nine'" in verb("method", study, "phase", "nine", code=2).err
    assert "needs its reason" in verb("method", study, "change", "cqr", "--reason", " ", code=2).err
    assert "grounded" in verb("method", study, "change", "grounded", "--reason", "why", code=2).err
    assert "Nothing is opened yet" in verb("consensus", study, "list").err
    verb("method", study, "change", "reflexive-ta", "--reason", "We read.")
    assert "Consensus is not sought in this method" in verb("consensus", study, "list").err
