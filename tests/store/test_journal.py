"""The journal: append-only, all or nothing, chained, and without anybody's words."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from qualbench import events as e
from qualbench.store import journal, projections, rules
from qualbench.store.database import Connection
from tests.store.conftest import COAT, RAIN, TWO, WET, applied, codings, everything, opened, record, writer


@pytest.mark.parametrize(
    "change",
    [
        "update journal set actor = 'ben'",
        "delete from journal",
        "delete from journal where id = (select min(id) from journal)",
    ],
)
def test_the_journal_refuses_to_be_changed(db: Connection, change: str) -> None:
    before = everything(db)["journal"]
    with pytest.raises(dbapi2.IntegrityError, match="append-only"):
        db.execute(change)
    assert everything(db)["journal"] == before


def test_the_journal_refuses_to_be_replaced(db: Connection) -> None:
    """`insert or replace` deletes too, and fires the trigger only where recursive triggers are on."""
    before = everything(db)["journal"]
    with pytest.raises(dbapi2.IntegrityError):
        db.execute(
            "insert or replace into journal(seq, id, device, step, subject, actor, at, kind, data, prev, hash)"
            " select seq, id, device, step, subject, 'mallory', at, kind, data, prev, hash from journal"
        )
    assert everything(db)["journal"] == before


def test_a_projection_that_fails_takes_its_entry_with_it(db: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> str:
        raise RuntimeError("the rule has a fault")

    before = everything(db)
    monkeypatch.setitem(rules.RULES, e.NothingMarked, broken)  # type: ignore[arg-type] # a plain dict at run time
    events = [
        applied("ana", "c1", "HELP", COAT),
        e.MemoWritten(transcript=RAIN, pass_id="pass-ana", memo="m1", start=0, end=5, body=e.seal("Words.")),
        e.NothingMarked(transcript=RAIN, pass_id="pass-ana", start=TWO[0], end=TWO[1]),
    ]
    with pytest.raises(RuntimeError):
        journal.record(db, writer(), events)
    assert everything(db) == before
    assert not db.in_transaction


def test_a_failure_while_undoing_leaves_the_step_standing(db: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    record(db, "ana", applied("ana", "c1", "HELP", COAT), step="s1")
    before = everything(db)

    def broken(*_: object) -> None:
        raise RuntimeError("the rule has a fault")

    monkeypatch.setattr(projections, "switched", broken)
    with pytest.raises(RuntimeError):
        journal.switch(db, writer(), "s1", undo=True)
    assert everything(db) == before


def test_one_action_is_one_step(db: Connection) -> None:
    record(db, "ana", applied("ana", "c1", "HELP", COAT), applied("ana", "c2", "WEATHER", WET))
    record(db, "ana", applied("ana", "c3", "LEARN", TWO))
    steps = dict(db.execute("select step, count(*) from journal where kind = 'code_applied' group by step").fetchall())
    assert sorted(steps.values()) == [1, 2]


def test_recording_answers_with_what_changed(db: Connection) -> None:
    changes = journal.record(db, writer(), [applied("ana", "c1", "HELP", COAT), e.ThemeCreated(theme="t", name="T")])
    assert (changes.subjects, changes.kinds) == ({RAIN, "themes"}, {"code_applied", "theme_created"})
    assert not journal.record(db, writer(), [])


def test_facts_stay_as_they_were_stated(db: Connection) -> None:
    """A coding that is removed and undone is still in the journal word for word, in the order it happened."""
    record(db, "ana", applied("ana", "c1", "HELP", COAT), step="s1")
    stated = db.execute("select id, data, hash from journal where step = 's1'").fetchall()
    record(db, "ana", e.CodeRemoved(transcript=RAIN, pass_id="pass-ana", coding="c1"), step="s2")
    journal.switch(db, writer(), "s1", undo=True)
    assert db.execute("select id, data, hash from journal where step = 's1'").fetchall() == stated
    assert json.loads(stated[0][1])["code"] == "HELP"
    kinds = [row[0] for row in db.execute("select kind from journal order by seq")]
    assert kinds[-3:] == ["code_applied", "code_removed", "step_undone"]


def test_a_fact_repeated_word_for_word_is_kept_once_in_the_tables(db: Connection) -> None:
    """An exchange may bring a coding that is here already; the first one stands."""
    record(db, "ana", applied("ana", "c1", "HELP", COAT))
    record(db, "ana", applied("ana", "c1", "HELP", COAT))
    assert codings(db) == [("ana", "HELP", *COAT)]


# --- the chain -------------------------------------------------------------------------------------------------


def test_each_entry_names_the_one_before_it_of_its_device_subject_and_lane(db: Connection) -> None:
    for device, coding in (("device-a", "c1"), ("device-b", "c2"), ("device-a", "c3")):
        journal.record(db, writer(device=device), [applied("ana", coding, coding, COAT)])
    rows = db.execute("select device, subject, lane, prev, hash from journal order by seq").fetchall()
    heads: dict[tuple[str, str, str], str] = {}
    for device, subject, lane, prev, digest in rows:
        assert prev == heads.get((device, subject, lane), "")
        heads[device, subject, lane] = digest
    assert set(heads) == {
        ("device-a", "study", ""), ("device-a", RAIN, ""), ("device-a", RAIN, "pass-ana"),
        ("device-a", RAIN, "pass-ben"), ("device-b", RAIN, "pass-ana"),
    }  # fmt: skip


def test_the_hash_is_sha256_over_the_one_before_and_the_entry(db: Connection) -> None:
    """Written out here once more, because studies of this release must be checked by every later one."""
    record(db, "ana", applied("ana", "c1", "HELP", COAT))
    record(db, "ana", applied("ana", "c2", "HELP", WET))
    *body, prev, digest = db.execute(
        "select id, device, step, subject, actor, at, kind, data, lane, cast(seq as text), prev, hash from journal"
        " order by seq desc limit 1"
    ).fetchone()
    said = prev + json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    assert digest == hashlib.sha256(said.encode()).hexdigest()
    assert prev != ""


def test_entries_of_one_step_about_one_subject_are_chained_too(db: Connection) -> None:
    record(db, "ana", applied("ana", "c1", "HELP", COAT), applied("ana", "c2", "WEATHER", WET))
    (_, first), (prev, _) = db.execute("select prev, hash from journal order by seq desc limit 2").fetchall()[::-1]
    assert prev == first


# --- words -----------------------------------------------------------------------------------------------------


def test_words_stand_in_the_content_table_and_their_hash_in_the_journal(db: Connection) -> None:
    words = "She said it in the car, quite low."
    record(db, "ana", e.MemoWritten(transcript=RAIN, pass_id="pass-ana", memo="m", start=0, end=5, body=e.seal(words)))
    key = hashlib.sha256(words.encode()).hexdigest()
    assert json.loads(db.execute("select data from journal order by seq desc").fetchone()[0])["body"] == key
    assert db.execute("select body from content where hash = ?", (key,)).fetchone() == (words.encode(),)


def test_the_same_words_are_stored_once(db: Connection) -> None:
    before = db.execute("select count(*) from content").fetchone()[0]
    for memo in ("m1", "m2"):
        body = e.seal("The same.")
        record(db, "ana", e.MemoWritten(transcript=RAIN, pass_id="pass-ana", memo=memo, start=0, end=5, body=body))
    assert db.execute("select count(*) from content").fetchone()[0] == before + 1


def test_what_was_acknowledged_is_there_for_a_new_connection(db: Connection, path: Path) -> None:
    from qualbench.store.database import connect

    record(db, "ana", applied("ana", "c1", "HELP", COAT))
    assert codings(connect(path, readonly=True)) == [("ana", "HELP", *COAT)]


def test_a_subject_is_a_transcript_the_codebook_the_themes_or_the_study(db: Connection) -> None:
    record(
        db, "cleo", opened("cleo"), e.ThemeCreated(theme="t", name="T"), e.PersonAdded(name="cleo", roles=["lead"]),
        e.CodebookReleased(version="1.0", title="B", codes=e.seal("{}"), source=e.seal("")),
    )  # fmt: skip
    found = dict(db.execute("select kind, subject from journal order by seq desc limit 4").fetchall())
    assert found == {
        "pass_opened": RAIN, "theme_created": "themes", "person_added": "study", "codebook_released": "codebook",
    }  # fmt: skip
