"""Undo skips a step and redo counts it again: nothing is inverted, and what is handed in stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualbench import events as e
from qualbench.store import journal
from qualbench.store.database import Connection, connect
from tests.store.conftest import (
    COAT,
    LENDING,
    RAIN,
    TWO,
    WET,
    applied,
    attention,
    codings,
    everything,
    nothing,
    record,
    submitted,
    writer,
)

PROJECTED = ("pass", "coding", "nothing_applies", "memo", "skipped", "step", "attention")


def undo(db: Connection, actor: str = "ana", *, undo: bool = True) -> str | None:
    """The step that the actor's next undo (or redo) here reaches, after it was switched."""
    choose = journal.undoable if undo else journal.redoable
    step = choose(db, actor, RAIN, "coding")
    if step:
        journal.switch(db, writer(actor), step, undo=undo)
    return step


def redo(db: Connection, actor: str = "ana") -> str | None:
    return undo(db, actor, undo=False)


def test_undo_takes_a_whole_step_back_and_redo_brings_it(db: Connection) -> None:
    record(db, "ana", applied("ana", "c1", "WEATHER", WET), applied("ana", "c2", "HELP", COAT), step="s1")
    assert undo(db) == "s1"
    assert codings(db) == []
    assert redo(db) == "s1"
    assert codings(db) == [("ana", "WEATHER", *WET), ("ana", "HELP", *COAT)]


def test_undo_is_one_more_entry_and_nothing_is_deleted(db: Connection) -> None:
    record(db, "ana", applied("ana", "c1", "WEATHER", WET), step="s1")
    before = everything(db)["journal"]
    undo(db)
    after = everything(db)["journal"]
    assert after[: len(before)] == before
    assert [row[7] for row in after[len(before) :]] == ["step_undone"]


def test_an_undone_step_stays_undone_for_whoever_opens_the_study_next(db: Connection, path: Path) -> None:
    record(db, "ana", applied("ana", "c1", "WEATHER", WET), step="s1")
    record(db, "ana", applied("ana", "c2", "HELP", COAT), step="s2")
    undo(db)
    db.close()
    again = connect(path)
    assert codings(again) == [("ana", "WEATHER", *WET)]
    assert redo(again) == "s2"
    assert codings(again) == [("ana", "WEATHER", *WET), ("ana", "HELP", *COAT)]


def test_undoing_a_coding_that_swallowed_others_brings_them_back(db: Connection) -> None:
    """Ana's 'HELP' on both sentences took in her two earlier codings; inverting it would have erased them."""
    record(db, "ana", applied("ana", "c1", "HELP", WET))
    record(db, "ana", applied("ana", "c2", "HELP", COAT))
    gone = [e.CodeRemoved(transcript=RAIN, pass_id="pass-ana", coding=coding) for coding in ("c1", "c2")]
    record(db, "ana", *gone, applied("ana", "c3", "HELP", LENDING))
    assert codings(db) == [("ana", "HELP", *LENDING)]
    undo(db)
    assert codings(db) == [("ana", "HELP", *WET), ("ana", "HELP", *COAT)]


def test_undoing_a_code_that_was_applied_a_second_time_keeps_the_first(db: Connection) -> None:
    record(db, "ana", applied("ana", "c1", "HELP", COAT), step="s1")
    record(db, "ana", applied("ana", "c1", "HELP", COAT), step="s2")
    assert undo(db) == "s2"
    assert codings(db) == [("ana", "HELP", *COAT)]


def test_undoing_a_memo_that_was_written_anew_brings_the_first_words_back(db: Connection) -> None:
    bodies = [e.seal("First."), e.seal("Second.")]
    for body in bodies:
        record(db, "ana", e.MemoWritten(transcript=RAIN, pass_id="pass-ana", memo="m", start=0, end=5, body=body))
    undo(db)
    assert db.execute("select body from memo").fetchall() == [(str(bodies[0]),)]


def test_steps_are_undone_from_the_newest_and_redone_in_the_order_they_were_taken(db: Connection) -> None:
    for n, span in enumerate((WET, COAT, TWO), start=1):
        record(db, "ana", applied("ana", f"c{n}", "HELP", span), step=f"s{n}")
    assert [undo(db), undo(db), undo(db), undo(db)] == ["s3", "s2", "s1", None]
    assert [redo(db), redo(db), redo(db), redo(db)] == ["s1", "s2", "s3", None]


def test_something_new_ends_what_could_be_redone(db: Connection) -> None:
    record(db, "ana", applied("ana", "c1", "HELP", COAT), step="s1")
    undo(db)
    record(db, "ana", applied("ana", "c2", "WEATHER", WET), step="s2")
    assert redo(db) is None
    assert undo(db) == "s2"
    assert redo(db) == "s2"
    assert redo(db) is None


def test_everybody_undoes_their_own_steps_only(db: Connection) -> None:
    record(db, "ana", applied("ana", "c1", "HELP", COAT), step="of-ana")
    record(db, "ben", applied("ben", "c2", "HELP", COAT), step="of-ben")
    assert undo(db, "ana") == "of-ana"
    assert undo(db, "ana") is None
    assert redo(db, "ben") is None
    assert codings(db) == [("ben", "HELP", *COAT)]


def test_undo_here_leaves_other_subjects_and_areas_alone(db: Connection) -> None:
    record(db, "ana", applied("ana", "c1", "HELP", COAT), step="s1")
    record(db, "ana", e.ThemeCreated(theme="t", name="Coats"), step="s2")
    undo(db)
    assert db.execute("select name from theme").fetchall() == [("Coats",)]
    assert journal.undoable(db, "ana", "themes", "themes") == "s2"


def test_a_step_over_several_subjects_is_undone_wherever_it_reached(db: Connection) -> None:
    record(db, "ana", applied("ana", "c1", "HELP", COAT), e.ThemeCreated(theme="t", name="Coats"), step="s1")
    changes = journal.switch(db, writer(), "s1", undo=True)
    assert codings(db) == []
    assert db.execute("select count(*) from theme").fetchone() == (0,)
    assert changes.subjects == {RAIN, "themes"}


def test_what_was_opened_or_handed_in_is_no_step_to_undo(db: Connection) -> None:
    assert undo(db) is None
    record(db, "ana", nothing("ana", TWO), submitted("ana"), step="s1")
    assert undo(db) is None


def test_undoing_equals_never_having_done_it(db: Connection, tmp_path: Path) -> None:
    from qualbench.store.migrations import migrate

    other = connect(tmp_path / "other.db")
    migrate(other)
    for row in db.execute("select * from content").fetchall():
        other.execute("insert into content values (?, ?)", row)
    for row in db.execute("select * from journal").fetchall():
        other.execute(f"insert into journal values ({', '.join('?' * len(row))})", row)
    from qualbench.store.projections import rebuild

    rebuild(other)
    kept = [applied("ana", "c1", "WEATHER", WET)], [nothing("ana", TWO)]
    record(db, "ana", *kept[0])
    record(db, "ana", applied("ana", "c2", "HELP", LENDING), step="skipped")
    record(db, "ana", *kept[1])
    journal.switch(db, writer(), "skipped", undo=True)
    for step in kept:
        record(other, "ana", *step)
    for table in ("pass", "coding", "nothing_applies", "memo"):
        assert shown(db, table) == shown(other, table)


def shown(db: Connection, table: str) -> list[tuple[object, ...]]:
    """The rows of a table without their numbers, which are those of the journal's entries."""
    columns = ", ".join(f'"{row[1]}"' for row in db.execute(f"pragma table_info({table})") if row[1] != "n")
    return db.execute(f"select {columns} from {table} order by {columns}").fetchall()


# --- a submitted pass ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["ana", "cleo"])
def test_no_entry_can_undo_into_a_submitted_pass(db: Connection, by: str) -> None:
    """Not even one that arrives from elsewhere: it is listed, and the pass stands."""
    record(db, by, applied("ana", "c1", "HELP", COAT), step="s1")
    record(db, "ana", submitted("ana"))
    assert journal.submitted_pass(db, "s1") == "pass-ana"
    journal.switch(db, writer(by), "s1", undo=True)
    assert codings(db) == [("ana", "HELP", *COAT)]
    assert attention(db) == ["A step of a submitted pass was undone or redone; the pass stands."]


def test_no_entry_can_redo_into_a_submitted_pass(db: Connection) -> None:
    record(db, "ana", applied("ana", "c1", "HELP", COAT), step="s1")
    undo(db)
    record(db, "ana", submitted("ana"))
    journal.switch(db, writer(), "s1", undo=False)
    assert codings(db) == []
    assert len(attention(db)) == 1


def test_an_undo_before_the_pass_was_handed_in_stays_an_undo(db: Connection) -> None:
    from qualbench.store.projections import rebuild

    record(db, "ana", applied("ana", "c1", "HELP", COAT), step="s1")
    undo(db)
    record(db, "ana", submitted("ana"))
    before = {table: everything(db)[table] for table in PROJECTED}
    rebuild(db)
    assert {table: everything(db)[table] for table in PROJECTED} == before
    assert codings(db) == []


def test_undoing_what_can_not_be_undone_changes_nothing(db: Connection) -> None:
    """An import is no step to undo: skipping it would take every transcript away."""
    before = {table: everything(db)[table] for table in ("transcript", "turn", "segment", "study")}
    record(db, "cleo", imported_twice := e.PersonAdded(name="dora", roles=["coder"]), step="s1")
    for target, area in (("s1", "study"), ("no-such-step", "coding")):
        record(db, "cleo", e.StepUndone(target=target, place="study" if area == "study" else RAIN, area=area))
    assert db.execute("select name from person").fetchall() == [(imported_twice.name,)]
    assert {table: everything(db)[table] for table in before} == before
    assert len(attention(db)) == 2


def test_undo_takes_a_note_for_attention_back_with_its_step(db: Connection) -> None:
    record(db, "ana", e.CodeRemoved(transcript=RAIN, pass_id="no-such-pass", coding="c1"), step="s1")
    assert attention(db) == ["A code was removed in a pass that is not open."]
    undo(db)
    assert attention(db) == []
