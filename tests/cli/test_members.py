"""The verb check: from a packet to a reply, corrections, the rate, and a withdrawal that leaves no word."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Verb


@pytest.fixture
def study(demo_folder: Path) -> Path:
    """The demo study, which ana and ben coded."""
    return demo_folder


def test_a_check_from_the_packet_to_its_end(study: Path, verb: Verb, tmp_path: Path) -> None:
    packet = tmp_path / "p01.md"
    ran = verb("check", study, "prepare", "P01", "-o", packet)
    assert ran.err == f"The packet for P01 is in {packet}.\nP01: prepared (transcript returned).\n"
    text = packet.read_text()
    assert "You: " in text
    assert "Question: " in text
    ran = verb("check", study, "send", "P01", "--channel", "post", "--due", "2020-01-31", "--json")
    assert ran.data["done"]
    (row,) = (one for one in verb("check", study, "--json").data if one["participant"] == "P01")
    assert (row["state"], row["channel"], row["due"], row["overdue"]) == ("sent", "post", "2020-01-31", True)
    assert "sent, overdue by" in verb("check", study).out
    verb("check", study, "reply", "P01", "corrections", "It was Tuesday.")
    refused = verb("check", study, "close", "P01", code=2)
    assert "What P01 said is not applied yet." in refused.err
    corrected = tmp_path / "corrected.txt"
    verb("correct", study, "text", "01-outreach-worker", "-o", corrected)
    corrected.write_text(corrected.read_text().replace(" the ", " that ", 1))
    ran = verb("check", study, "apply", "P01", "01-outreach-worker", "--text", corrected)
    assert "P01's corrections are in version 2 of '01-outreach-worker'." in ran.err
    verb("check", study, "close", "P01")
    assert verb("check", study, "rate", "--json").data == [
        {"kind": "transcript", "sent": 1, "replied": 1, "rate": 1.0, "no_reply": 0, "replies": {"corrections": 1}}
    ]
    assert "sent to 1 participant, 1 answered (corrections 1)." in verb("checklist", study, "coreq").out


def test_what_can_not_be_is_said(study: Path, verb: Verb) -> None:
    assert "P02 has not answered" in verb("check", study, "apply", "P02", "02-case-manager", code=2).err
    assert "There is no participant called 'P99'" in verb("check", study, "send", "P99", code=2).err
    assert "Say which transcript was corrected." in verb("check", study, "apply", "P02", code=2).err


def test_an_addition_becomes_a_document(study: Path, verb: Verb, tmp_path: Path) -> None:
    added = tmp_path / "more.txt"
    added.write_text("I forgot to say that I came back.\n")
    verb("check", study, "send", "P02")
    verb("check", study, "reply", "P02", "additions", "A page.")
    ran = verb("check", study, "apply", "P02", "--addition", added)
    assert ran.err == "What P02 added is the document 'more'.\n"
    speakers = [one for one in verb("participants", study, "--json").data if one["transcript"] == "more"]
    assert [one["participant"] for one in speakers] == ["P02"]


def test_withdrawal_waits_for_a_yes_and_leaves_no_word(study: Path, verb: Verb) -> None:
    text = verb("correct", study, "text", "01-outreach-worker").out
    words = max(text.split("\n"), key=len)[20:80].encode()
    look = verb("check", study, "withdraw", "P01", "--dry-run")
    assert "All of it goes: 01-outreach-worker." in look.err
    waits = verb("check", study, "withdraw", "P01", code=3)
    assert "Nothing was destroyed: it waits for a yes." in waits.err
    assert any(words in path.read_bytes() for path in study.rglob("*") if path.is_file())
    done = verb("check", study, "withdraw", "P01", "--reason", "asked to", "--yes")
    assert "P01 withdrew. Their words are destroyed." in done.err
    assert not [path for path in study.rglob("*") if path.is_file() and words in path.read_bytes()]
    verb("doctor", study)
    assert "withdrew on 20" in verb("check", study).out
    assert verb("correct", study, "text", "01-outreach-worker").out == "[withdrawn]"


AFTERWARDS = (
    ("status",), ("participants",), ("participants", "coverage", "--by", "site"), ("search", "withdrawn"), ("agree",),
    ("agree", "-o", "{out}.docx"), ("consensus", "list"), ("themes", "list"), ("themes", "history"),
    ("themes", "overlap"), ("themes", "check"), ("themes", "stars"), ("matrix", "participants"), ("matrix", "groups"),
    ("matrix", "transcripts"), ("matrix", "coders"), ("matrix", "cooccurrence"), ("prevalence",), ("saturation",),
    ("query", "TRUST_TIME"), ("checklist", "coreq"), ("checklist", "srqr"), ("checklist", "jars"),
    ("checklist", "braun-clarke"), ("export", "themes", "-o", "{out}.md", "--allow", "yes"),
    ("export", "themes", "-o", "{out}2.docx", "--allow", "yes"),
    ("export", "qdpx", "-o", "{out}.qdpx", "--allow", "yes"),
    ("export", "xlsx", "-o", "{out}.xlsx", "--allow", "yes"), ("export", "tidy", "-o", "{out}", "--allow", "yes"),
    ("codings", "export"), ("memo",), ("correct", "list"), ("correct", "versions", "01-outreach-worker"), ("round",),
    ("trail",), ("check",), ("check", "rate"), ("doctor",),
)  # fmt: skip


def test_every_verb_goes_on_after_a_withdrawal(study: Path, verb: Verb, tmp_path: Path) -> None:
    """One whole interview and one member of a focus group are gone: nothing stumbles over it or shows a word."""
    text = verb("correct", study, "text", "01-outreach-worker").out
    words = max(text.split("\n"), key=len)[20:80]
    for who in ("P01", "A01"):
        verb("check", study, "withdraw", who, "--yes")
    for name, *rest in AFTERWARDS:
        ran = verb(name, study, *(word.format(out=tmp_path / "out") for word in rest), code=None)
        assert ran.code == 0 or (name, ran.code) == ("query", 2), (name, rest, ran.err)
        assert words not in ran.out + ran.err, name
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or words.encode() not in path.read_bytes(), path
