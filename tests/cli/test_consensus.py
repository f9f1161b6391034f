"""The verbs of consensus: sessions, agendas, every outcome, what comes of it, and their data for programs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Verb, places, table

ITEM = {"item", "transcript", "start", "end", "readings", "cause", "agreed", "state", "decision"}
DECISION = {
    "decision", "item", "readings", "outcome", "stands", "codes", "parts", "reason", "note", "yielded", "action",
    "steps", "session", "order", "seconds", "codebook", "together", "by", "at",
}  # fmt: skip


@pytest.fixture
def compared(team: Path, tmp_path: Path, verb: Verb) -> Path:
    """Talk is opened: ana says TRUST, twice nothing, and HOPE; ben says HOPE everywhere."""
    spans = places(team, "talk")
    rows: list[tuple[object, ...]] = [("talk", *spans[0], "TRUST", "ana", ""), ("talk", *spans[3], "HOPE", "ana", "")]
    rows += [("talk", *span, "HOPE", "ben", "") for span in spans]
    verb("codings", team, "import", table(tmp_path / "both.csv", rows))
    for coder in ("ana", "ben"):
        verb("submit", team, "--coder", coder, "--all")
    return team


@pytest.fixture
def asked(compared: Path, verb: Verb) -> list[dict[str, Any]]:
    """The three disagreements of the little study."""
    found: list[dict[str, Any]] = verb("consensus", compared, "list", "--json").data
    return found


def test_disagreements_and_decisions_have_their_keys(compared: Path, verb: Verb, asked: list[dict[str, Any]]) -> None:
    assert len(asked) == 3
    start, end = places(compared, "talk")[1]
    item = asked[1]
    told = {key: item[key] for key in ("transcript", "start", "end", "readings", "state", "cause", "agreed")}
    assert told == {
        "transcript": "talk", "start": start, "end": end, "readings": {"ana": [], "ben": ["HOPE"]}, "state": "open",
        "cause": "granularity", "agreed": False,
    }  # fmt: skip
    assert set(item) == ITEM
    decided = verb("consensus", compared, "decide", item["item"], "b", "--reason", "slip", "--json").data
    assert decided["state"] == "decided"
    assert set(decided["decision"]) == DECISION
    log = verb("consensus", compared, "log", "--json").data
    assert [set(entry) for entry in log] == [DECISION]
    assert (log[0]["outcome"], log[0]["yielded"], log[0]["session"]) == ("b", "ana", None)


def test_a_session_from_opening_to_closing(compared: Path, verb: Verb, asked: list[dict[str, Any]]) -> None:
    people = ("--person", "ana", "--person", "ben")
    opened = verb(
        "consensus", compared, "session", "open", *people, "--chair", "ana", "--standing", "ana", "--sample", "1",
        "--hidden", "--json",
    ).data  # fmt: skip
    assert (opened["number"], opened["people"], opened["chair"], opened["hidden"]) == (1, ["ana", "ben"], "ana", True)
    found = verb("consensus", compared, "agenda", "--json").data
    assert found["session"] == opened["session"]
    assert len(found["items"]) == 4
    assert [one["item"] for one in found["items"] if one["agreed"]] == opened["sample"]
    assert {one["order"][0] for one in found["items"]} == {"ben"}
    verb("consensus", compared, "decide", opened["sample"][0], "both", "--reason", "slip", "--seconds", "30")
    (taken,) = verb("consensus", compared, "log", "--json").data
    assert (taken["session"], taken["order"], taken["seconds"]) == (opened["session"], ["ben", "ana"], 30)
    verb("consensus", compared, "session", "pause", "--note", "Until Tuesday.")
    verb("consensus", compared, "decide", asked[0]["item"], "a", "--reason", "slip")
    assert verb("consensus", compared, "log", "--json").data[1]["session"] is None, "nobody sits now"
    named = ("--session", "1")
    refused = verb("consensus", compared, "decide", asked[0]["item"], "a", "--reason", "slip", *named, code=2)
    assert "session resume" in refused.err
    verb("consensus", compared, "session", "resume", "--person", "ben", "--person", "Dr. Vell")
    shown = verb("consensus", compared, "session", "show").out
    assert "people: ben, Dr. Vell" in shown
    assert "Until Tuesday." in shown
    verb("consensus", compared, "session", "close", "--json")
    states = [one["state"] for one in verb("consensus", compared, "session", "list", "--json").data]
    assert states == ["closed"]
    assert "closed" in verb("consensus", compared, "session", "resume", "1", code=2).err
    assert "No session" in verb("consensus", compared, "session", "pause", code=2).err


def test_hidden_names_stay_hidden_until_the_decision(compared: Path, verb: Verb, asked: list[dict[str, Any]]) -> None:
    verb("consensus", compared, "session", "open", "--person", "cleo", "--hidden")
    before = verb("consensus", compared, "agenda").out
    assert "reading 1" in before
    assert "ana" not in before
    item = asked[0]["item"]
    assert "ana" not in verb("consensus", compared, "show", item).out
    verb("consensus", compared, "decide", item, "a", "--reason", "slip")
    assert "ana: " in verb("consensus", compared, "agenda").out
    assert "ana: " in verb("consensus", compared, "show", item).out


def test_a_split_and_one_reading(compared: Path, verb: Verb, asked: list[dict[str, Any]]) -> None:
    item = asked[1]
    start, end = item["start"], item["end"]
    parts = ("--part", f"{start}-{start + 4}:", "--part", f"{start + 4}-{end}:TRUST,Hope and light")
    split = verb("consensus", compared, "decide", item["item"], "split", "--reason", "boundary", *parts, "--json").data
    assert split["decision"]["parts"] == [
        {"start": start, "end": start + 4, "codes": []}, {"start": start + 4, "end": end, "codes": ["TRUST", "HOPE"]},
    ]  # fmt: skip
    assert f"{start}-{start + 4}: -; {start + 4}-{end}: TRUST, HOPE" in verb("consensus", compared, "log").out
    words = ("decide", asked[0]["item"], "one", "--stands", "ben", "--reason", "reading")
    one = verb("consensus", compared, *words, "--json").data["decision"]
    assert (one["stands"], one["codes"], one["yielded"]) == ("ben", asked[0]["readings"]["ben"], None)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("split", "--part", "1-2"), "is no part"),
        (("split", "--part", "0-3:", "--part", "2-9:"), "overlap"),
        (("split",), "at least two parts"),
        (("one",), "whose reading stands"),
        (("a", "--stands", "ana"), "takes no"),
        (("a", "--outcome", "b"), "Two outcomes"),
        ((), "No outcome is named"),
    ],
)
def test_what_a_decision_can_not_be_is_said(
    compared: Path, verb: Verb, asked: list[dict[str, Any]], words: tuple[str, ...], sentence: str
) -> None:
    ran = verb("consensus", compared, "decide", asked[0]["item"], *words, "--reason", "slip", code=2)
    assert sentence in ran.err
    assert verb("consensus", compared, "log", "--json").data == []


def test_several_are_decided_together_and_taken_back_by_one_undo(
    compared: Path, verb: Verb, asked: list[dict[str, Any]]
) -> None:
    ids = [one["item"] for one in asked[:3]]
    words = ("--outcome", "both", "--reason", "overlap", "--session", "none", "--as", "cleo")
    told = verb("consensus", compared, "together", *ids, *words, "--json").data
    assert [one["item"] for one in told] == ids
    assert len({one["decision"]["together"] for one in told}) == 1
    verb("undo", compared, "--of", "consensus", "--as", "cleo")
    assert verb("consensus", compared, "log", "--json").data == []
    alike = [one["item"] for one in asked if one["readings"] == asked[0]["readings"]]
    told = verb("consensus", compared, "together", ids[0], "--same", *words, "--json").data
    assert [one["item"] for one in told] == alike


def test_a_history_tells_every_decision_on_an_item(compared: Path, verb: Verb, asked: list[dict[str, Any]]) -> None:
    item = asked[0]["item"]
    assert verb("consensus", compared, "history", item, "--json").data == []
    for outcome in ("apart", "both"):
        verb("consensus", compared, "decide", item, "--outcome", outcome, "--reason", "reading", "--note", "So be it.")
    assert [one["outcome"] for one in verb("consensus", compared, "history", item, "--json").data] == ["apart", "both"]
    told = verb("consensus", compared, "history", item).out
    assert told.index("kept apart") < told.index("both readings")
    assert "So be it." in told


def test_outcomes_name_who_gave_way_only_when_the_team_asks(
    compared: Path, verb: Verb, asked: list[dict[str, Any]]
) -> None:
    item = asked[1]["item"]
    verb("consensus", compared, "decide", item, "b", "--reason", "definition", "--action", "edit", "--seconds", "90")
    found = verb("consensus", compared, "outcomes", "--json").data
    assert (found["decided"], found["outcomes"], found["reasons"]) == (1, {"b": 1}, {"HOPE": {"definition": 1}})
    assert (found["seconds"], found["unlinked"]) == (90, [found["actions"][0]["decision"]])
    assert "yield" not in found
    told = verb("consensus", compared, "outcomes")
    assert "ana" not in told.out
    assert "a definition to edit; no change of the draft linked yet" in told.out
    assert "not linked yet" in told.err
    gave = verb("consensus", compared, "outcomes", "--yield", "--json").data["yield"]
    assert [(one["person"], one["times"], one["of"]) for one in gave] == [("ana", 1, 1), ("ben", 0, 1)]
    assert "95 % limits" in verb("consensus", compared, "outcomes", "--yield").out
    assert "No change" in verb("consensus", compared, "link", item, code=2).err
    verb("codebook", compared, "edit", "HOPE", "--definition", "They hope for something.")
    verb("consensus", compared, "link", item, "--json")
    assert verb("consensus", compared, "outcomes", "--json").data["unlinked"] == []


def test_an_item_is_shown_with_its_words_and_memos(compared: Path, verb: Verb, asked: list[dict[str, Any]]) -> None:
    one = verb("consensus", compared, "show", asked[0]["item"], "--json").data
    assert set(one) == ITEM | {"text", "memos"}
    assert one["text"].startswith("I trusted her at once.")
    assert one["text"] in verb("consensus", compared, "show", asked[0]["item"]).out
    for verb_ in ("show", "history"):
        assert "no disagreement" in verb("consensus", compared, verb_, "x:1", code=1).err
