"""Rounds as facts: what they do to the tables, and the facts about them that do not fit."""

from __future__ import annotations

import json

import pytest

from qualbench import events as e
from qualbench.model import Benchmark
from qualbench.store import journal, projections
from qualbench.store.database import Connection
from qualbench.store.queries import codings, study
from tests.store.conftest import RAIN, attention, everything, imported, opened, record, submitted, writer

SUN = "sun"


def planned(
    round_: str = "r1", name: str = "First", who: dict[str, list[str]] | None = None, *, recode: bool = False
) -> e.RoundPlanned:
    return e.RoundPlanned(
        round=round_, name=name, codebook="1.0", assignments={SUN: ["ana", "ben"]} if who is None else who,
        recode=recode, drawn="By hand.", seed=7,
    )  # fmt: skip


def withdrawn(round_: str = "r1") -> e.RoundWithdrawn:
    return e.RoundWithdrawn(round=round_, reason=e.seal("Too early."))


def begun(coder: str, round_: str = "r1", transcript: str = SUN) -> e.PassOpened:
    pass_id = f"{round_}-{coder}"
    return e.PassOpened(
        transcript=transcript, pass_id=pass_id, coder=coder, codebook="1.0", rule="turn", round=round_
    )  # fmt: skip


def coded(coder: str, coding: str, round_: str = "r1") -> e.CodeApplied:
    return e.CodeApplied(
        transcript=SUN, pass_id=f"{round_}-{coder}", coding=coding, code="HOPE", start=19, end=35, quote=""
    )


def projected(db: Connection) -> dict[str, list[object]]:
    tables = [table for area in projections.AREA_TABLES.values() for table in area]
    return {name: sorted(rows, key=repr) for name, rows in everything(db).items() if name in tables}


@pytest.fixture
def sunny(db: Connection) -> Connection:
    """The little study with a second transcript that nobody has begun."""
    record(db, "cleo", imported(SUN, "02-sun", "I: How was it?\nP1: I came back dry.\n"))
    return db


def test_a_round_and_who_codes_in_it(sunny: Connection) -> None:
    record(sunny, "cleo", planned(who={SUN: ["ben", "ana"], RAIN: ["cleo"]}), planned("r2", "Again", {}, recode=True))
    first, second = codings.rounds(sunny)
    assert (first.id, first.name, first.codebook, first.recode, first.drawn, first.seed, first.planned) == (
        "r1", "First", "1.0", False, "By hand.", 7, "2026-01-05T09:00:00.000000Z",
    )  # fmt: skip
    assert {transcript: set(coders) for transcript, coders in first.assignments.items()} == {
        SUN: {"ana", "ben"}, RAIN: {"cleo"},
    }  # fmt: skip
    assert (second.name, second.recode, second.assignments) == ("Again", True, {})


def test_a_round_that_was_withdrawn_is_gone_and_its_transcripts_are_free(sunny: Connection) -> None:
    record(sunny, "cleo", planned())
    record(sunny, "cleo", withdrawn())
    assert codings.rounds(sunny) == ()
    assert sunny.execute("select count(*) from assignment").fetchone() == (0,)
    record(sunny, "dora", e.PassOpened(transcript=SUN, pass_id="p", coder="dora", codebook="1.0", rule="turn"))
    assert attention(sunny) == []
    assert [one.coder for one in codings.passes(sunny, SUN)] == ["dora"]


def test_the_benchmark_chosen_last_is_the_studys(db: Connection) -> None:
    found = study.study(db)
    assert found is not None
    assert found.benchmark is Benchmark.KRIPPENDORFF
    for name in ("fleiss", "landis-koch"):
        record(db, "cleo", e.BenchmarkChosen(benchmark=name))
    found = study.study(db)
    assert found is not None
    assert found.benchmark is Benchmark.LANDIS_KOCH


# --- facts that do not fit -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        (begun("dora"), "dora opened a pass in a round that does not ask for it."),
        (begun("ana", transcript=RAIN), "ana opened a pass in a round that does not ask for it."),
        (begun("ana", "r9"), "ana opened a pass in a round that does not ask for it."),
        (begun("ana", transcript="nowhere"), "a transcript that is not there"),
        (planned(who={SUN: ["dora"]}), "The round 'First' was planned twice; the first plan stands."),
        (withdrawn("r9"), "A round was withdrawn that is not there."),
        (withdrawn("r2"), "A round was withdrawn in which somebody codes already; it stands."),
        (e.BenchmarkChosen(benchmark="astrology"), "'astrology' is no benchmark that this Qualbench knows."),
    ],
    ids=lambda value: value.KIND if isinstance(value, e.Event) else "",
)
def test_a_fact_that_does_not_fit_changes_nothing_and_is_listed(
    sunny: Connection, event: e.Event, sentence: str
) -> None:
    record(sunny, "cleo", planned(), planned("r2", "Second", {SUN: ["cleo"]}), begun("cleo", "r2"))
    before = projected(sunny)
    record(sunny, "cleo", event)
    assert projected(sunny) == before
    (told,) = attention(sunny)
    assert sentence in told
    projections.rebuild(sunny)
    assert projected(sunny) == before
    assert attention(sunny) == [told]


def test_a_pass_of_a_withdrawn_round_is_listed(sunny: Connection) -> None:
    record(sunny, "cleo", planned(), withdrawn(), begun("ana"))
    assert codings.passes(sunny, SUN) == ()
    assert attention(sunny) == ["ana opened a pass in a round that does not ask for it."]


def test_a_second_pass_in_one_round_is_listed_and_one_in_another_is_not(sunny: Connection) -> None:
    record(sunny, "cleo", planned(who={SUN: ["ana"]}), begun("ana"))
    record(sunny, "ana", e.PassOpened(
        transcript=SUN, pass_id="other", coder="ana", codebook="1.0", rule="turn", round="r1"))  # fmt: skip
    assert attention(sunny) == ["ana opened a second pass on one transcript; the first one stands."]
    record(sunny, "ana", e.PassSubmitted(transcript=SUN, pass_id="r1-ana", skipped=[]))
    record(sunny, "cleo", planned("r2", "Again", {SUN: ["ana"]}, recode=True), begun("ana", "r2"))
    assert [one.id for one in codings.passes(sunny, SUN)] == ["r1-ana", "r2-ana"]
    assert len(attention(sunny)) == 1


def test_only_coding_again_may_begin_on_what_is_opened(sunny: Connection) -> None:
    """A round of first passes on it would not be independent, whoever planned it."""
    for coder in ("ana", "ben"):
        record(sunny, coder, submitted(coder))
    record(sunny, "cleo", planned(who={RAIN: ["dora"]}), begun("dora", transcript=RAIN))
    assert [one.coder for one in codings.passes(sunny) if one.late] == ["dora"]
    record(sunny, "cleo", planned("r2", "Again", {RAIN: ["ana"]}, recode=True), begun("ana", "r2", RAIN))
    assert {one.id for one in codings.passes(sunny, RAIN)} == {"pass-ana", "pass-ben", "r1-dora", "r2-ana"}
    assert codings.opened(sunny) == {RAIN}, "the first passes stay readable while somebody codes again"


@pytest.mark.parametrize(
    "wrong", [{"assignments": ["ana"]}, {"assignments": {SUN: "ana"}}, {"assignments": {SUN: [1]}}, {"seed": "7"},
              {"seed": 2**70}, {"recode": 1}, {"name": None}],
    ids=str,
)  # fmt: skip
def test_broken_data_stops_no_replay(sunny: Connection, wrong: dict[str, object]) -> None:
    before = projected(sunny)
    sunny.execute(
        "insert into journal(id, device, step, subject, actor, at, kind, data, prev, hash)"
        " values ('x', 'elsewhere', 's', 'study', 'cleo', '2027-01-01T00:00:00Z', 'round_planned', ?, '', '')",
        (json.dumps(planned().data() | wrong),),
    )
    projections.rebuild(sunny)
    assert projected(sunny) == before
    assert attention(sunny) == ["The data of an entry can not be read: round_planned."]


def test_an_undo_in_one_round_leaves_the_other_as_it_was(sunny: Connection) -> None:
    record(sunny, "cleo", planned(who={SUN: ["ana"]}), begun("ana"))
    record(sunny, "ana", coded("ana", "c1"))
    record(sunny, "ana", e.PassSubmitted(transcript=SUN, pass_id="r1-ana", skipped=[]))
    record(sunny, "cleo", planned("r2", "Again", {SUN: ["ana"]}, recode=True), begun("ana", "r2"))
    before = projected(sunny)
    record(sunny, "ana", coded("ana", "c2", "r2"), step="s1")
    journal.switch(sunny, writer(), "s1", undo=True)
    assert projected(sunny) == before
    assert [one.id for one in codings.codings(sunny, "ana", SUN)] == ["c1"]
    assert attention(sunny) == []


def test_a_study_of_today_with_rounds_is_replayed_the_same(sunny: Connection) -> None:
    record(sunny, "cleo", planned(), planned("r2", "Second", {RAIN: ["dora"]}), withdrawn("r2"))
    record(sunny, "cleo", e.BenchmarkChosen(benchmark="fleiss"))
    for coder in ("ana", "ben"):
        record(sunny, coder, begun(coder), coded(coder, f"c-{coder}"))
    before = projected(sunny)
    projections.rebuild(sunny)
    assert projected(sunny) == before
    assert attention(sunny) == []
    record(sunny, "dora", opened("dora"))
    assert len(codings.passes(sunny, RAIN)) == 3, "the withdrawn round asks nobody any more"
