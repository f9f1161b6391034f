"""Kinds are for ever: the journals of released versions replay, and show what they showed then.

A golden file is never edited and never made anew: a release adds one of its own beside it.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qualbench.events import KINDS
from qualbench.model import (
    Benchmark,
    Decision,
    Outcome,
    PassState,
    Quote,
    Reason,
    Role,
    Segment,
    SegmentRule,
    Speaker,
    Theme,
    Turn,
)
from qualbench.store import doctor, journal, projections
from qualbench.store.database import Connection
from qualbench.store.queries import codings, results, study, themes, transcripts

GOLDEN = Path(__file__).parent / "golden"
RELEASES = sorted(path.stem for path in GOLDEN.glob("*.json"))


def load(db: Connection, release: str) -> None:
    """Put the rows of a released study into a fresh database, and project them."""
    golden = json.loads((GOLDEN / f"{release}.json").read_text("utf-8"))
    for row in golden["journal"]:
        names = ", ".join(row)
        db.execute(f"insert into journal({names}) values ({', '.join('?' * len(row))})", tuple(row.values()))
    for row in golden["content"]:
        db.execute("insert into content(hash, body) values (?, ?)", (row["hash"], row["body"].encode()))
    projections.rebuild(db)


@pytest.fixture
def golden(empty: Connection) -> Connection:
    load(empty, "0.1.0")
    return empty


def test_every_kind_stands_in_a_golden_journal() -> None:
    """A kind without an example here could change its meaning unnoticed."""
    told = {
        row["kind"] for release in RELEASES for row in json.loads((GOLDEN / f"{release}.json").read_text())["journal"]
    }
    assert told == set(KINDS)


@pytest.mark.parametrize("release", RELEASES)
def test_the_journal_of_a_release_replays_without_complaint(empty: Connection, path: Path, release: str) -> None:
    load(empty, release)
    assert study.attention(empty) == ()
    assert [sentence for well, sentence in doctor.examine(path) if not well] == []


def test_its_study_and_people(golden: Connection) -> None:
    found = study.study(golden)
    assert found is not None
    assert (found.name, found.method, found.coders, found.created) == (
        "Rain", "codebook-ta", 2, "2026-01-05T09:00:00.000000Z",
    )  # fmt: skip
    assert [(person.name, person.roles) for person in study.people(golden)] == [
        ("cleo", ("lead",)), ("ana", ("coder",)), ("ben", ("coder",)),
    ]  # fmt: skip
    assert [(one.label, one.attributes) for one in study.participants(golden)] == [("P01", (("age", "61"),))]


def test_its_codebook(golden: Connection) -> None:
    book = study.codebook(golden, "1.0")
    assert book is not None
    assert [code["label"] for code in book["codes"]] == ["Help", "Learning", "Weather"]


def test_its_transcript(golden: Connection) -> None:
    transcript = transcripts.load(golden, "rain")
    assert transcript is not None
    assert transcript.text.splitlines()[1] == "P1: I came back wet. She lent me a coat."
    assert transcript.turns == (
        Turn(0, 3, 14, 0), Turn(15, 19, 55, 1, 4.5), Turn(56, 59, 67, 0), Turn(68, 72, 88, 1, 9.0),
    )  # fmt: skip
    assert transcript.speakers == (Speaker("I", Role.INTERVIEWER), Speaker("P1", Role.PARTICIPANT, "P01"))
    assert [transcript.text[s.start : s.end] for s in transcript.segments if transcript.counts(s)] == [
        "I came back wet. She lent me a coat.", "Now I bring two.",
    ]  # fmt: skip
    assert transcript.segments[0] == Segment(3, 14, 0)
    assert transcript.rule is SegmentRule.TURN
    assert [(hit.start, hit.speaker) for hit in transcripts.search(golden, "COAT")] == [(19, "P1")]


def test_its_passes_and_what_was_skipped(golden: Connection) -> None:
    assert [(one.id, one.coder, one.codebook, one.state) for one in codings.passes(golden)] == [
        ("pass-ana", "ana", "1.0", PassState.SUBMITTED), ("pass-ben", "ben", "1.0", PassState.SUBMITTED),
    ]  # fmt: skip
    assert codings.opened(golden) == {"rain"}
    assert golden.execute('select pass, start, "end" from skipped').fetchall() == [("pass-ben", 59, 67)]


def test_its_codings(golden: Connection) -> None:
    """c1 was removed (undone, and redone), c5 was undone; c3 came in the step that cleared 'nothing applies'."""
    found = codings.codings(golden, "anybody")
    assert [(one.id, one.coder, one.code, one.start, one.end) for one in found] == [
        ("c4", "ben", "HELP", 19, 55), ("c2", "ana", "HELP", 36, 55), ("c3", "ana", "LEARN", 72, 88),
    ]  # fmt: skip
    assert [(one.coder, one.start, one.end) for one in codings.nothings(golden, "anybody")] == [("ben", 72, 88)]
    assert [(one.id, one.body) for one in codings.memos(golden, "anybody")] == [("m1", "Two coats, it seems.")]


def test_what_is_undone_in_it(golden: Connection) -> None:
    assert golden.execute("select step from step where undone is not null").fetchall() == [("s20",)]
    assert journal.undoable(golden, "cleo", "themes", "themes") == "s39"


def test_its_decisions(golden: Connection) -> None:
    taken = Decision(
        id="d2", item="rain:72", transcript="rain", start=72, end=88, outcome=Outcome.FIRST, codes=("LEARN",),
        reason=Reason.READING, note="She learned to bring a second one.", yielded="ben", actor="cleo",
        at="2026-01-05T09:25:00.000000Z", readings={"ana": ("LEARN",), "ben": ()},
    )  # fmt: skip
    assert results.decisions(golden) == (taken,)
    assert [one.outcome for one in results.decisions(golden, superseded=True)] == [Outcome.DEFERRED, Outcome.FIRST]
    readings = golden.execute("select readings from decision where id = 'd2'").fetchone()[0]
    assert json.loads(readings) == {"ana": ["LEARN"], "ben": []}


def test_its_agreement_run(golden: Connection) -> None:
    assert [(at, body) for at, _, body in results.runs(golden)] == [("2026-01-05T09:23:00.000000Z", '{"units": 2}')]


def test_the_second_release_has_rounds_and_a_corrected_text(empty: Connection) -> None:
    """'wett' became 'wet, all of me': what ana put on it was looked at again, what ben put on the segment was not."""
    load(empty, "0.2.0")
    text = transcripts.load(empty, "rain")
    assert text is not None
    assert (text.version, text.text.splitlines()[1]) == (2, "P1: I came back wet, all of me. She lent me a coat.")
    assert [(one.number, one.reason) for one in transcripts.versions(empty, "rain")] == [
        (1, ""),
        (2, "A typing error."),
    ]
    found = codings.codings(empty, "anybody")
    assert [(one.coder, text.text[one.start : one.end]) for one in found] == [
        ("ana", "I came back wet, all of me."), ("ben", "I came back wet, all of me. She lent me a coat."),
        ("ana", "She lent me a coat."),
    ]  # fmt: skip
    assert [(row[2], row[5]) for row in codings.doubts(empty, "anybody")] == [("ben", "HELP")]
    assert [(one.name, one.assignments, one.seed) for one in codings.rounds(empty)] == [
        ("Round 1", {"rain": ("ana", "ben")}, 7), ("Again", {"rain": ("ana",)}, 2),
        ("Bound", {"rain": ("cleo",)}, 3),
    ]  # fmt: skip
    decision, split = sorted(results.decisions(empty, superseded=True), key=lambda one: one.id)
    assert split.outcome is Outcome.SPLIT
    assert text.text[decision.start : decision.end] == "I came back wet, all of me. She lent me a coat."
    (quote,) = themes.themes(empty)[0].quotes
    assert text.text[quote.start : quote.end] == quote.text == "She lent me a coat."
    told = study.study(empty)
    assert told is not None
    assert told.benchmark is Benchmark.FLEISS
    assert study.attribute_kinds(empty) == (("site", "choice", ("north", "south")),)
    assert study.profiles(empty) == {"notes": '{"name": "notes"}'}
    assert not text.all_count


def test_its_themes(golden: Connection) -> None:
    """'Rain' was dropped; HELP had moved out of it before, WEATHER was released, and the second quote dropped."""
    quote = Quote("q1", "th1", "rain", 36, 55, "She lent me a coat.", "P01")
    assert themes.themes(golden) == (
        Theme("th1", "Lent and kept", "What is lent is passed on.", ("HELP", "LEARN"), (quote,)),
    )
