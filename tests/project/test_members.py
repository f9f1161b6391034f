"""Checks with participants on a study: packets, replies, corrections with codings carried over, additions."""

from __future__ import annotations

import pytest

from qualbench.errors import BadDecision
from qualbench.model import CheckKind, CheckState, Reply, Role
from qualbench.project import Project
from qualbench.steps.deidentify import KnownName
from tests.conftest import INTERVIEW, code, spans


@pytest.fixture
def asked(study: Project) -> Project:
    """The little study, coded by two; its participant was sent the transcript."""
    study.assign_speaker("talk", "P1", Role.PARTICIPANT, "P1")
    for coder in ("ana", "ben"):
        code(study, coder, ["TRUST", "HOPE", "FEAR", ""])
    study.viewer = "ana"
    study.state_check("P1", CheckState.PREPARED, kind=CheckKind.TRANSCRIPT)
    study.state_check("P1", CheckState.SENT, channel="post", due="2026-01-31")
    return study


def test_a_check_is_kept_with_its_dates_and_words(asked: Project) -> None:
    asked.reply("P1", Reply.NO_CHANGE, "It is fine.")
    asked.state_check("P1", CheckState.CLOSED, note="thanked her")
    (check,) = asked.checks()
    assert (check.state, check.kind, check.channel, check.due) == (
        CheckState.CLOSED, CheckKind.TRANSCRIPT, "post", "2026-01-31",
    )  # fmt: skip
    assert [(turn.at[:10], turn.actor, turn.what, turn.words) for turn in check.turns] == [
        ("2026-01-05", "ana", "prepared (transcript returned)", ""),
        ("2026-01-05", "ana", "sent (transcript returned)", ""),
        ("2026-01-05", "ana", "replied: no change", "It is fine."),
        ("2026-01-05", "ana", "closed (transcript returned)", "thanked her"),
    ]
    (rate,) = asked.response_rate()
    assert (rate.sent, rate.replied, rate.rate) == (1, 1, 1.0)


def test_a_step_is_taken_back_and_done_again(asked: Project) -> None:
    asked.reply("P1", Reply.NO_CHANGE)
    asked.undo("members", "members")
    assert asked.checks()[0].state is CheckState.SENT
    asked.redo("members", "members")
    assert asked.checks()[0].state is CheckState.REPLIED


def test_corrections_make_a_version_with_the_codings_carried_over(asked: Project) -> None:
    asked.reply("P1", Reply.CORRECTIONS, "Not slowly: quickly.")
    asked.apply_reply("P1", "talk", INTERVIEW.replace("slowly", "quickly"))
    transcript = asked.transcript("talk")
    assert transcript.version == 2
    assert "quickly" in transcript.text
    assert asked.versions("talk")[1].reason == "Corrections by P1 (check with participants)"
    words = {transcript.text[one.start : one.end]: one.code for one in asked.codings(transcript.id)}
    assert words["Then it got better, quickly."] == "HOPE"
    assert [doubt.words for doubt in asked.doubts()] == ["Then it got better, quickly."] * 2
    check = asked.check("P1")
    assert (check.state, check.turns[-1].what) == (CheckState.APPLIED, "applied: talk, version 2")


def test_corrections_made_by_hand_are_named_by_their_version(asked: Project) -> None:
    asked.reply("P1", Reply.CORRECTIONS, "Not slowly: quickly.")
    with pytest.raises(BadDecision, match="has not been corrected since it was sealed"):
        asked.apply_reply("P1", "talk")
    asked.correct("talk", INTERVIEW.replace("slowly", "quickly"), "as she asked")
    asked.apply_reply("P1", "talk")
    assert asked.check("P1").turns[-1].what == "applied: talk, version 2"


def test_an_addition_is_a_document_of_theirs_and_marked(asked: Project) -> None:
    asked.reply("P1", Reply.ADDITIONS, "She sent a page.")
    data = b"P1: What I forgot to say is that I came back.\n"
    name = asked.add_reply("P1", "more.txt", data)
    added = asked.transcript(name)
    assert [one.participant for one in added.speakers] == ["P1"]
    assert asked.additions() == {added.id}
    assert asked.transcript("talk").version == 1


def test_nothing_is_sealed_for_an_addition_that_nobody_sent(asked: Project) -> None:
    data = b"P1: What I forgot to say is that I came back.\n"
    with pytest.raises(BadDecision, match="has not answered"):
        asked.add_reply("P1", "more.txt", data)
    assert len(asked.transcripts()) == 1


def test_a_packet_has_no_code_and_no_memo_and_a_correction_keeps_numbers_of_lines(asked: Project) -> None:
    text = asked.packet("P1", CheckKind.TRANSCRIPT, ".md").decode()
    assert "2&nbsp;&nbsp;You: I trusted her at once. She had been there.\n" in text
    assert "TRUST" not in text
    assert "As of 2026-01-05" in text
    assert asked.packet("P1", CheckKind.TRANSCRIPT, ".docx") == asked.packet("P1", CheckKind.TRANSCRIPT, ".docx")
    assert "How did it begin" not in asked.packet("P1", CheckKind.TRANSCRIPT, ".md", questions=False).decode()


def test_every_quote_in_the_findings_equals_the_text_at_its_place(asked: Project) -> None:
    with pytest.raises(BadDecision, match="nothing yet that P1 could be given"):
        asked.packet("P1", CheckKind.FINDINGS, ".md")
    asked.create_theme("Beginnings", "How it begins")
    asked.pick_quote(asked.theme("Beginnings"), "talk", *spans(asked)[1])
    text = asked.packet("P1", CheckKind.FINDINGS, ".md").decode()
    assert "## Beginnings" in text
    assert "How it begins" in text
    assert "Then it got better, slowly" in text
    asked.correct("talk", INTERVIEW.replace("slowly", "quickly"), "as she asked")
    assert "slowly" not in asked.packet("P1", CheckKind.FINDINGS, ".md").decode()


def test_a_packet_in_which_a_name_stands_is_found_before_it_leaves(asked: Project) -> None:
    assert asked.packet_findings("P1", CheckKind.TRANSCRIPT) == ()
    words = [("The packet for P1", asked.packet_text("P1", CheckKind.TRANSCRIPT))]
    known = [KnownName("afraid", "person")]
    assert asked.care("check", words=words, known=known) != ()
    assert asked.care("check", known=known) == ()


def test_nobody_who_withdrew_is_given_or_asked_anything(asked: Project) -> None:
    asked.withdraw("P1")
    for act in (
        lambda: asked.packet("P1", CheckKind.TRANSCRIPT, ".md"),
        lambda: asked.state_check("P1", CheckState.SENT),
        lambda: asked.reply("P1", Reply.NO_CHANGE),
    ):
        with pytest.raises(BadDecision, match="P1 withdrew"):
            act()
    assert [one.participant for one in asked.checks()] == ["P1"]


def test_an_unknown_participant_is_refused(asked: Project) -> None:
    with pytest.raises(BadDecision, match="There is no participant called 'P9'"):
        asked.state_check("P9", CheckState.PREPARED)
