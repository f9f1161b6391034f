"""Projections are total: what does not fit changes nothing, is listed for attention, and never raises."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from qualbench import events as e
from qualbench.store import journal, projections
from qualbench.store.database import Connection
from qualbench.store.queries import codings as reads
from tests.store.conftest import (
    COAT,
    RAIN,
    TEXT,
    TWO,
    WET,
    applied,
    attention,
    codings,
    everything,
    imported,
    nothing,
    opened,
    record,
    submitted,
    writer,
)  # fmt: skip

TABLES = [table for area in projections.AREA_TABLES.values() for table in area]

A = {"transcript": RAIN, "pass_id": "pass-ana"}
LATE: Sequence[e.Event] = (
    applied("ana", "c9", "HELP", COAT),
    e.CodeRemoved(**A, coding="c1"),
    nothing("ana", WET),
    e.NothingCleared(**A, start=TWO[0], end=TWO[1]),
    e.MemoWritten(**A, memo="m9", start=0, end=5, body=e.seal("Late.")),
    e.MemoRemoved(**A, memo="m1"),
    submitted("ana"),
)


def projected(db: Connection) -> dict[str, list[Any]]:
    found = everything(db)
    return {table: sorted(found[table], key=repr) for table in TABLES}


def insert(db: Connection, kind: str, data: str, subject: str = RAIN) -> None:
    """An entry as it may stand in a journal that this program did not write."""
    n = db.execute("select count(*) from journal").fetchone()[0]
    db.execute(
        "insert into journal(id, device, step, subject, actor, at, kind, data, prev, hash)"
        " values (?, 'elsewhere', ?, ?, 'ana', '2027-01-01T00:00:00Z', ?, ?, '', '')",
        (f"strange-{n}", f"strange-step-{n}", subject, kind, data),
    )


@pytest.mark.parametrize("event", LATE, ids=lambda event: event.KIND)
def test_a_fact_about_a_submitted_pass_changes_nothing_and_is_listed(db: Connection, event: e.Event) -> None:
    record(db, "ana", applied("ana", "c1", "HELP", COAT), nothing("ana", TWO))
    record(db, "ana", e.MemoWritten(**A, memo="m1", start=0, end=5, body=e.seal("In time.")))
    record(db, "ana", submitted("ana"))
    before = projected(db)
    record(db, "ana", event)
    assert projected(db) == before
    assert len(attention(db)) == 1
    assert "not open" in attention(db)[0]


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        (e.StudyCreated(study="2", name="B", method="cqr", coders=2), "The study was created a second time."),
        (e.StudyCreated(study="2", name="B", method="astrology", coders=2), "'astrology' is no method"),
        (imported(), "'01-rain' was imported twice"),
        (imported("other"), "'01-rain' was imported twice"),
        (e.SpeakerSet(transcript=RAIN, speaker=9, role="participant", participant="P09"), "a speaker who is not there"),
        (e.SpeakerSet(transcript=RAIN, speaker=0, role="ghost", participant=""), "'ghost' is no role"),
        (e.Segmented(transcript=RAIN, rule="sentence", segments=[[0, 5, 0]]), "the first cut stands"),
        (e.Segmented(transcript=RAIN, rule="line", segments=[[0, 5, 0]]), "'line' is no rule"),
        (opened("ana"), "ana opened a second pass"),
        (opened("dora", "nowhere"), "a transcript that is not there"),
        (e.CodeApplied(**A | {"transcript": "other"}, coding="c", code="HELP", start=0, end=5, quote=""), "not open"),
        (e.ItemDecided(transcript=RAIN, decision="d", start=0, end=5, readings={}, outcome="coin", codes=[],
                       reason="slip", note=e.seal(""), yielded=""), "'coin' is no outcome"),
        (e.ItemDecided(transcript=RAIN, decision="d", start=0, end=5, readings={}, outcome="split", codes=[],
                       reason="slip", note=e.seal(""), yielded="", parts=[[0]], part_codes=[[]]),
         "parts that are none"),
        (e.SessionOpened(session="s", round="", people=["ana"], chair="", scribe="", standing="", hidden=False,
                         sort="luck", sample=[], codebook=""), "'luck' is no sort"),
        (e.ThemeRenamed(theme="t", name="T"), "renamed that is not there"),
        (e.ThemeDescribed(theme="t", idea=e.seal("")), "described that is not there"),
        (e.CodeGathered(theme="t", code="HELP"), "under a theme that is not there"),
        (e.QuotePicked(quote="q", theme="t", transcript=RAIN, start=0, end=5, words=e.seal("")), "a theme that is not"),
    ],
    ids=lambda value: value.KIND if isinstance(value, e.Event) else "",
)  # fmt: skip
def test_a_fact_that_does_not_fit_changes_nothing_and_is_listed(db: Connection, event: e.Event, sentence: str) -> None:
    before = projected(db)
    record(db, "cleo", event)
    assert projected(db) == before
    assert len(attention(db)) == 1
    assert sentence in attention(db)[0]


def test_a_codebook_version_is_released_once(db: Connection) -> None:
    for title in ("First", "Second"):
        record(db, "cleo", e.CodebookReleased(version="1.0", title=title, codes=e.seal("{}"), source=e.seal("")))
    assert db.execute("select title from codebook").fetchall() == [("First",)]
    assert attention(db) == ["Codebook version 1.0 was released twice; the first one stands."]


def test_a_pass_can_not_close_a_transcript_that_is_opened(db: Connection) -> None:
    """Were it let in, everybody's coding would be hidden again and the newcomer could have read it."""
    record(db, "ana", submitted("ana"))
    record(db, "ben", submitted("ben"))
    record(db, "dora", opened("dora"))
    assert db.execute("select transcript from opened").fetchall() == [(RAIN,)]
    assert {one.coder: one.late for one in reads.passes(db)} == {"ana": False, "ben": False, "dora": True}


def test_a_transcript_whose_words_are_gone_is_listed(db: Connection) -> None:
    gone = imported("gone", "02-gone", "Other words.")
    record(db, "cleo", gone)
    db.execute("delete from content where hash = ?", (str(gone.text),))
    projections.rebuild(db)
    assert attention(db) == ["The words of '02-gone' are missing."]


STRANGE = {
    "a kind of a later release": ("code_weighed", '{"coding": "c1", "weight": 3}'),
    "no JSON": ("code_applied", '{"transcript": "rain", '),
    "no object": ("code_applied", '["rain"]'),
    "nothing": ("code_applied", ""),
    "deeply nested": ("code_applied", "[" * 5000),
    "a field missing": ("code_applied", '{"transcript": "rain", "pass_id": "pass-ana"}'),
    "a word for a number": ("nothing_marked", json.dumps({**A, "start": "first", "end": 88})),
    "a list for a word": ("code_removed", json.dumps({**A, "coding": ["c1"]})),
    "a number beyond the database's": ("nothing_marked", json.dumps({**A, "start": 2**70, "end": 2**71})),
    "a span of one": ("pass_submitted", json.dumps({**A, "skipped": [[1, 2], [3]]})),
    "half a character": ("memo_removed", '{"transcript": "rain", "pass_id": "pass-ana", "memo": "\\ud800"}'),
    "an undo of a list": ("step_undone", '{"target": [], "place": "rain", "area": "coding"}'),
    "an undo of nowhere": ("step_undone", '{"target": "x", "place": "y", "area": "z"}'),
    "a layout that is none": (
        "transcript_imported",
        json.dumps({**imported("new", "new").data(), "layout": str(e.seal(TEXT)), "text": str(e.seal(TEXT))}),
    ),
}


@pytest.mark.parametrize("what", STRANGE)
def test_replaying_goes_on_past_a_broken_entry(db: Connection, what: str) -> None:
    record(db, "ana", applied("ana", "c1", "HELP", COAT))
    before = projected(db)
    insert(db, *STRANGE[what])
    record(db, "ben", applied("ben", "c2", "WEATHER", WET))
    projections.rebuild(db)
    after = projected(db)
    assert len(attention(db)) == 1
    assert codings(db) == [("ana", "HELP", *COAT), ("ben", "WEATHER", *WET)]
    assert {table: rows for table, rows in after.items() if table != "coding"} == {
        table: rows for table, rows in before.items() if table != "coding"
    }


def test_an_unknown_kind_is_named_and_broken_data_is_called_broken(db: Connection) -> None:
    insert(db, *STRANGE["a kind of a later release"])
    insert(db, *STRANGE["a field missing"])
    projections.rebuild(db)
    assert attention(db) == [
        "An entry of a kind this Qualbench does not know: code_weighed.",
        "The data of an entry can not be read: code_applied.",
    ]


def test_a_broken_entry_does_not_stop_an_undo(db: Connection) -> None:
    for what in STRANGE.keys() - {"a span of one"}:  # which hands the pass in, or tries to
        insert(db, *STRANGE[what])
    record(db, "ana", applied("ana", "c1", "HELP", COAT), step="s1")
    journal.switch(db, writer(), "s1", undo=True)
    assert codings(db) == []


def test_fields_of_a_later_release_are_passed_over(db: Connection) -> None:
    insert(db, "nothing_marked", json.dumps({**A, "start": 72, "end": 88, "sureness": "high"}))
    projections.rebuild(db)
    assert attention(db) == []
    assert db.execute('select start, "end" from nothing_applies').fetchall() == [TWO]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=4,
)


@st.composite
def entries(draw: st.DrawFn) -> tuple[str, str]:
    """A kind with its fields, some right and some not."""
    kind = draw(st.sampled_from(sorted(e.KINDS)))
    names = list(e.KINDS[kind].__dataclass_fields__)
    likely: SearchStrategy[object] = st.sampled_from([RAIN, "pass-ana", "c1", "coding", 19, 35, [], [[1, 2]], {}])
    return kind, json.dumps({name: draw(likely | JSON) for name in names})


@settings(max_examples=150)
@given(strange=st.lists(entries(), max_size=6))
def test_no_journal_whatever_it_holds_makes_a_replay_raise(db: Connection, strange: list[tuple[str, str]]) -> None:
    db.execute("begin")
    for kind, data in strange:
        insert(db, kind, data)
    projections.rebuild(db)
    once = projected(db), attention(db)
    projections.rebuild(db)
    assert (projected(db), attention(db)) == once
    assert once[0]["study"][0][1] == "Rain"
    db.execute("rollback")
