"""Answers to checklists, withdrawals and answers for exports: what facts do to the tables, and undo."""

from __future__ import annotations

from qualbench import events as e
from qualbench.events import seal
from qualbench.store import journal
from qualbench.store.database import Connection
from qualbench.store.queries import papers, study
from tests.store.conftest import everything


def record(db: Connection, *facts: e.Event, actor: str = "ana", at: str = "2026-01-05T09:00:00.000000Z") -> None:
    journal.record(db, journal.Writer("device", actor, at), facts)


def answered(item: str, words: str) -> e.ChecklistAnswered:
    return e.ChecklistAnswered(checklist="coreq", item=item, words=seal(words))


def test_the_last_answer_to_an_item_stands_and_empty_words_take_it_away(empty: Connection) -> None:
    record(empty, answered("14", "A room."))
    record(empty, answered("15", "Nobody."), actor="ben")
    record(empty, answered("14", "Two rooms."), actor="ben", at="2026-01-06T09:00:00.000000Z")
    assert papers.answers(empty) == (
        ("coreq", "15", "Nobody.", "ben", "2026-01-05T09:00:00.000000Z"),
        ("coreq", "14", "Two rooms.", "ben", "2026-01-06T09:00:00.000000Z"),
    )
    record(empty, answered("15", ""))
    assert [row[1] for row in papers.answers(empty)] == ["14"]
    assert study.attention(empty) == ()


def test_an_undone_answer_gives_way_to_the_one_before(empty: Connection) -> None:
    record(empty, answered("14", "A room."))
    record(empty, answered("14", "Two rooms."))
    writer = journal.Writer("device", "ana", "2026-01-07T09:00:00.000000Z")
    step = journal.undoable(empty, "ana", "papers", "papers")
    assert step is not None
    journal.switch(empty, writer, step, undo=True)
    assert [row[2] for row in papers.answers(empty)] == ["A room."]


def test_who_withdraws_twice_withdrew_the_first_time(empty: Connection) -> None:
    """Two devices may both have recorded it: that is nothing to look after."""
    record(empty, e.ParticipantWithdrawn(participant="P01", reason=seal("moved")))
    record(empty, e.ParticipantWithdrawn(participant="P01", reason=seal("")), at="2026-02-01T09:00:00.000000Z")
    assert papers.withdrawn(empty) == (("P01", "moved", "ana", "2026-01-05T09:00:00.000000Z"),)
    assert study.attention(empty) == ()


def test_every_answer_for_an_export_is_kept(empty: Connection) -> None:
    for what in ("themes", "themes", "report"):
        record(empty, e.ExportAllowed(what=what, findings=seal("[]"), reason=seal("agreed")))
    assert [row[:3] for row in papers.allowed(empty)] == [
        ("themes", "[]", "agreed"), ("themes", "[]", "agreed"), ("report", "[]", "agreed"),
    ]  # fmt: skip


def test_replaying_gives_the_same(empty: Connection) -> None:
    from qualbench.store import projections

    record(empty, answered("14", "A room."), e.ParticipantWithdrawn(participant="P01", reason=seal("moved")))
    record(empty, e.ExportAllowed(what="themes", findings=seal("[]"), reason=seal("agreed")))
    before = everything(empty)
    projections.rebuild(empty)
    assert everything(empty) == before


def test_days_of_facts(empty: Connection) -> None:
    assert papers.days(empty, "checklist_answered") == ("", "")
    record(empty, answered("1", "x"))
    record(empty, answered("2", "x"), at="2026-03-01T09:00:00.000000Z")
    assert papers.days(empty, "checklist_answered", "theme_created") == ("2026-01-05", "2026-03-01")
