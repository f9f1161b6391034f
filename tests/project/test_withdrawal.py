"""Withdrawal: a participant's words leave the study, its index, its log and its copies, and everything goes on."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from qualbench.errors import ReadOnlyStudy
from qualbench.model import Reply, Role, ThemeField
from qualbench.project import Project
from qualbench.store import database, projections
from tests.conftest import BOOK, INTERVIEW, add_interview, code, spans

PLANTED = (
    "zanzibarian", "quoxlebury", "memozephyr", "starglyphic", "labelquark", "ideaxylem", "commentwyrm", "replyfjord",
    "editvortex", "noteblimp", "decidequay",
)  # fmt: skip
"""Words that stand nowhere else: in what P1 said, and in what was written on it."""
SOLO = """I: How did it begin?
P1: I trusted the zanzibarian at once. She had been there.
I: And then?
P1: Then quoxlebury got better, slowly.
I: Were you afraid?
P1: Every day. But labelquark less and less.
I: Thank you.
P1: Thank you for asking.
"""
GROUP = """M: Who begins?
P1: We all met at the zanzibarian gate.
P2: I did not see it. I came late.
M: And then?
P2: We hoped.
P1: Yes, quoxlebury hoped too.
P3: So did I.
"""


@pytest.fixture
def shared(tmp_path: Path, clock: Callable[[], datetime]) -> Project:
    """One interview with P1, a group with P1, P2 and P3, and one with P2: coded by two, with all that can be said."""
    project = Project.create(tmp_path / "study", viewer="ana", clock=clock)
    project.release_codebook("book.yaml", BOOK)
    add_interview(project, "solo.txt", SOLO)
    add_interview(project, "group.txt", GROUP)
    add_interview(project, "other.txt", INTERVIEW.replace("P1:", "P2:"))
    for name, labels in (("solo", ("P1",)), ("group", ("P1", "P2", "P3")), ("other", ("P2",))):
        for label in labels:
            project.assign_speaker(name, label, Role.PARTICIPANT, label)
    project.assign_speaker("group", "M", Role.INTERVIEWER)
    for coder in ("ana", "ben"):
        code(project, coder, ["TRUST", "HOPE" if coder == "ana" else "", "FEAR", ""], "solo", submit=False)
        pass_ = project.open_pass("solo")
        project.write_memo(pass_.id, *spans(project, "solo")[0], f"memozephyr of {coder}")
        project.star(pass_.id, *spans(project, "solo")[1], "starglyphic")
        project.submit(["solo"])
        code(project, coder, ["TRUST", "HOPE", "HOPE", "HOPE", "HOPE"], "group")
        code(project, coder, ["TRUST", "HOPE", "FEAR", ""], "other")
    project.viewer = "ana"
    return project


def _say_everything(project: Project) -> None:
    """Memos, quotes with edits, a note, a theme, replies: whatever else can hold P1's words."""
    project.create_theme("Beginnings", "How it begins")
    theme = project.theme("Beginnings")
    project.gather_codes(theme, ["TRUST", "HOPE"])
    start, end = spans(project, "solo")[0]
    project.pick_quote(theme, "solo", start, end)
    project.pick_quote(theme, "other", *spans(project, "other")[0])
    quote = project.theme("Beginnings").quotes[0]
    project.cut_quote(quote, [(start, start + 1)], [(start, "editvortex")])
    project.write_note("noteblimp", on="case", about="P1")
    project.reply("P1", Reply.WITHDRAWAL, "replyfjord")


def _holding(folder: Path, words: tuple[str, ...] = PLANTED) -> list[tuple[str, str]]:
    return [
        (path.name, word)
        for path in folder.rglob("*")
        if path.is_file()
        for word in words
        if word.encode() in path.read_bytes()
    ]


def _well(project: Project) -> list[str]:
    return [sentence for well, sentence in project.examine() if not well]


def test_no_word_of_theirs_is_left_in_the_folder(shared: Project) -> None:
    _say_everything(shared)
    shared.back_up("on-open")
    assert {name.split(".")[-1] for name, _ in _holding(shared.folder)} >= {"db"}
    plan = shared.withdrawal("P1")
    assert (plan.whole, plan.partly, len(plan.copies)) == (("solo",), ("group",), 1)
    shared.withdraw("P1", "asked to")
    assert _holding(shared.folder) == []
    with Project.open(shared.folder, "ana") as again:
        assert _well(again) == []
        assert again.search("zanzibarian") == () == again.search("quoxlebury")
        assert "zanzibarian" not in again.vocabulary()
    shared.close()
    assert _holding(shared.folder) == []


def test_the_copies_hold_no_word_either_and_one_is_made_without_them(shared: Project) -> None:
    shared.back_up("on-open")
    (held,) = (shared.folder / "backups").glob("*.db")
    shared.withdraw("P1")
    (made,) = (shared.folder / "backups").glob("*.db")
    assert made.name != held.name
    assert "after-withdrawal" in made.name
    assert _holding(shared.folder / "backups") == []


def test_a_dated_tombstone_stays_with_the_reason(shared: Project) -> None:
    shared.withdraw("P1", "asked by letter")
    (gone,) = shared.withdrawn()
    assert (gone.participant, gone.reason) == ("P1", "asked by letter")
    assert re.fullmatch(r"2026-01-05T09:\d\d:\d\d\.000000Z", gone.at)
    assert shared.transcript("solo").text == "[withdrawn]"
    assert [version.text for version in shared.versions("solo")] == ["[withdrawn]", "[withdrawn]"]
    assert shared.versions("solo")[1].reason == "A participant withdrew."


def test_what_others_said_in_the_group_stays_as_it_was_said(shared: Project) -> None:
    shared.withdraw("P1")
    group = shared.transcript("group")
    assert group.text == (
        "M: Who begins?\n[withdrawn]\nP2: I did not see it. I came late.\nM: And then?\nP2: We hoped.\n[withdrawn]\n"
        "P3: So did I.\n"
    )
    said = [group.text[turn.body : turn.end] for turn in group.turns]
    assert said == [
        "Who begins?", "[withdrawn]", "I did not see it. I came late.", "And then?", "We hoped.", "[withdrawn]",
        "So did I.",
    ]  # fmt: skip
    assert [group.text[one.start : one.end] for one in group.segments if group.counts(one)] == [
        "I did not see it. I came late.", "We hoped.", "So did I.",
    ]  # fmt: skip
    assert [one.label for one in group.speakers] == ["M", "[withdrawn]", "P2", "P3"]
    standing = {(group.text[one.start : one.end], one.code) for one in shared.codings(group.id) if one.start < one.end}
    assert standing == {
        ("I did not see it. I came late.", "HOPE"), ("We hoped.", "HOPE"), ("So did I.", "HOPE"),
    }  # fmt: skip
    assert shared.doubts() == ()


def test_codings_on_the_words_count_nowhere(shared: Project) -> None:
    before = {one.transcript for one in shared.units_now()}
    solo = shared.transcript("solo").id
    assert solo in before
    shared.withdraw("P1")
    assert {one.transcript for one in shared.units_now()} == before - {solo}
    places = [(one.transcript, one.start) for one in shared.extracts(["TRUST"])]
    assert [transcript for transcript, _ in places] == [shared.transcript("other").id]
    run = shared.published()
    assert solo not in run.transcripts
    # of the group two of five counted segments were theirs, of the interview with P2 all four stay
    assert run.units == 3 + 4
    assert {one.id for one in shared.present()} == {"P2", "P3"}


def test_replaying_the_log_from_nothing_gives_the_same_and_needs_no_attention(shared: Project) -> None:
    _say_everything(shared)
    shared.withdraw("P1")
    shown = {id_: shared.transcript(id_) for id_ in shared.speakers()}
    board = shared.themes()
    projections.rebuild(shared._db)
    assert shared.attention() == ()
    assert {id_: shared.transcript(id_) for id_ in shown} == shown
    assert shared.themes() == board
    assert [quote.participant for quote in board[0].quotes] == ["P2"]


def test_the_second_of_a_group_withdraws_later(shared: Project) -> None:
    shared.withdraw("P1")
    shared.withdraw("P2")
    group = shared.transcript("group")
    assert group.text.count("[withdrawn]") == 4
    assert [one.label for one in group.speakers] == ["M", "[withdrawn]", "[withdrawn] 2", "P3"]
    shared.withdraw("P3")
    assert shared.transcript("group").text == "[withdrawn]"
    assert _well(shared) == []
    assert _holding(shared.folder, ("So did I", "We hoped", "trusted her at once")) == []


def test_withdrawing_again_finishes_what_was_cut_short(shared: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    shared.back_up("on-open")
    monkeypatch.setattr(Project, "finish_erasing", lambda _: True)
    shared.withdraw("P1")
    assert _holding(shared.folder) != []
    monkeypatch.undo()
    shared.withdraw("P1")
    assert _holding(shared.folder) == []
    assert len(shared.withdrawn()) == 1


def test_words_that_another_fact_names_stay_for_that_fact(shared: Project) -> None:
    """The same memo on another transcript is that transcript's."""
    _later(shared)
    pass_ = shared.open_pass("later")
    theirs, others = spans(shared, "later")[:2]
    for place in (theirs, others):
        shared.write_memo(pass_.id, *place, "the same words")
    shared.write_memo(pass_.id, *theirs, "memozephyr")
    shared.withdraw("P1")
    assert ("later", "the same words") in {(shared.transcript(one.transcript).name, one.body) for one in shared.memos()}
    assert _holding(shared.folder) == []
    assert _well(shared) == []


def _later(project: Project) -> None:
    """A group that nobody has coded yet."""
    add_interview(project, "later.txt", f"{GROUP}M: That was all.\n")
    for label in ("P1", "P2", "P3"):
        project.assign_speaker("later", label, Role.PARTICIPANT, label)
    project.assign_speaker("later", "M", Role.INTERVIEWER)


def test_where_others_repeat_the_words_is_named(shared: Project) -> None:
    shared.create_theme("Gates")
    shared.write_theme(
        shared.theme("Gates"), ThemeField.NARRATIVE, "As one said, we all met at the zanzibarian gate, and so on."
    )
    assert shared.withdrawal("P1").repeated == ("the narrative of a theme",)
    assert shared.withdrawal("P3").repeated == ()


def test_an_open_pass_goes_on_beside_a_withdrawal(shared: Project) -> None:
    _later(shared)
    pass_ = shared.open_pass("later")
    for place in spans(shared, "later")[:2]:
        shared.apply_code(pass_.id, "TRUST", *place)
    shared.withdraw("P1")
    for place in spans(shared, "later"):
        shared.apply_code(pass_.id, "HOPE", *place)
    shared.undo(shared.transcript("later").id, "coding")
    shared.redo(shared.transcript("later").id, "coding")
    shared.submit(["later"])
    assert _well(shared) == []


def test_who_only_looks_destroys_nothing(shared: Project) -> None:
    folder = shared.folder
    shared.close()
    with Project.open(folder, "ana") as project, pytest.raises(ReadOnlyStudy):
        project.withdraw("P1")
    assert "zanzibarian" in {word for _, word in _holding(folder)}


def test_the_doctor_notices_words_that_came_back(shared: Project) -> None:
    text = shared._db.execute("select text from transcript where name = 'solo'").fetchone()[0]
    body = shared._db.execute("select body from content where hash = ?", (text,)).fetchone()[0]
    shared.withdraw("P1")
    with database.transaction(shared._db):
        shared._db.execute("insert into content(hash, body) values (?, ?)", (text, body))
    assert _well(shared) == ["1 texts that were withdrawn are here again: withdraw the participant once more."]
    shared.withdraw("P1")
    assert _well(shared) == []


def test_words_that_somebody_writes_again_later_are_theirs(shared: Project) -> None:
    """A short note can be the same by chance; what is replayed must not take it away."""
    shared.write_note("noteblimp", on="case", about="P1")
    shared.withdraw("P1")
    assert [note.body for note in shared.notes()] == []
    shared.write_note("noteblimp", on="study")
    projections.rebuild(shared._db)
    assert {note.body for note in shared.notes()} == {"noteblimp"}
    assert _well(shared) == []
    shared.withdraw("P1")
    assert {note.body for note in shared.notes()} == {"noteblimp"}


def test_a_list_of_work_loses_the_places_that_are_gone(shared: Project) -> None:
    """A round that is bound to what a query found asks for nothing that nobody says any more."""
    from qualbench import events

    solo, group = (shared.transcript(name).id for name in ("solo", "group"))
    places = {id_: [list(place) for place in spans(shared, name)] for id_, name in ((solo, "solo"), (group, "group"))}
    shared._record(
        [
            events.RoundPlanned(
                round="r1", name="Later", codebook="1.0", assignments={}, recode=False, drawn="By hand.", seed=0
            ),
            events.WorkListSet(round="r1", query="Near", spans=places),
        ]
    )
    shared.withdraw("P1")
    rows = shared._db.execute('select transcript, start, "end" from work_list order by start').fetchall()
    text = shared.transcript("group").text
    assert {transcript for transcript, _, _ in rows} == {group}
    assert [text[start:end] for _, start, end in rows] == [
        "I did not see it. I came late.", "We hoped.", "So did I.",
    ]  # fmt: skip
    assert _well(shared) == []
