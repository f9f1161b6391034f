"""Before every pass on a transcript is handed in nobody reads another's coding on it, nor a number made from it."""

from __future__ import annotations

import inspect
from collections.abc import Callable

import pytest

from qualbench import events as e
from qualbench.store.database import Connection
from qualbench.store.queries import codebook, codings, notes, progress, results, study, themes, transcripts
from tests.store.conftest import COAT, RAIN, TWO, WET, applied, nothing, opened, record, submitted

OTHERS = ("ben", "cleo", "", "nobody", "ana ", "ANA", "%", "' or 1=1 --")
"""Another coder, the lead, somebody without a name, strangers, and people who are not quite ana."""

READS: dict[str, Callable[[Connection, str], object]] = {
    "codings": codings.codings,
    "nothings": codings.nothings,
    "memos": codings.memos,
    "stars": codings.stars,
    "recent_codes": codings.recent_codes,
    "doubts": codings.doubts,
    "at": lambda db, viewer: [one for kind in codings.at(db, viewer, "pass-ana", 0, 89) for one in kind],
    "codings_of": lambda db, viewer: codings.codings_of(db, viewer, "HELP"),
    "decided_spans": lambda db, viewer: codings.decided_spans(db, viewer, "pass-ana"),
    "decided_since": lambda db, viewer: codings.decided_since(db, viewer, "pass-ana", ""),
    "spans_by_id": lambda db, viewer: codings.spans_by_id(db, viewer, ["c1", "m"]),
    "proposals": codebook.proposals,
    "rechecks": codebook.rechecks,
    "answered": lambda db, viewer: codebook.answered(db, viewer, "pass-ana"),
    "suggested": codebook.suggested,
    "decided_under": lambda db, viewer: codebook.decided_under(db, viewer, "pass-ana")[1],
    "first_uses": lambda db, viewer: codebook.first_uses(db, viewer, "HELP"),
    "proposed_at": lambda db, viewer: codebook.proposed_at(db, viewer, "SHAME"),
    "uses_by_version": lambda db, viewer: codebook.uses_by_version(db, viewer, "HELP"),
    "notes": notes.notes,
    "said": lambda db, viewer: progress.said(db, viewer, RAIN),
    "doubtful": progress.doubtful,
}
"""Every read of what coders did, asked for all that it will give."""

NO_SECRET = {
    "opened", "readable", "passes", "get_pass", "rounds", "releases", "source", "draft", "drafted_ever", "favourites",
    "suggesting", "versions_in",
}  # fmt: skip
"""That somebody codes, how far a pass has come, and what the team's codebook says, everybody may know."""


def ana_codes(db: Connection) -> None:
    memo = e.MemoWritten(transcript=RAIN, pass_id="pass-ana", memo="m", start=0, end=9, body=e.seal("Mine alone."))
    record(db, "ana", applied("ana", "c1", "HELP", COAT), applied("ana", "c2", "WEATHER", WET))
    record(db, "ana", nothing("ana", TWO), memo)
    place = {"transcript": RAIN, "pass_id": "pass-ana", "start": WET[0], "end": WET[1]}
    record(db, "ana", e.CodeProposed(code="SHAME", label=e.seal("Shame"), **place))
    record(db, "ana", e.Rechecked(code="WEATHER", version="1.1", codes=[], **place))
    record(db, "ana", e.SuggestionAnswered(code="HELP", accepted=False, **place))
    record(db, "ana", e.ExtractStarred(star="st", note=e.seal("Mine, for the board."), **place))
    record(db, "ana", e.NoteWritten(note="n", kind="", on="study", about="", places=[], body=e.seal("Mine too.")))
    db.execute("update coding set doubtful = 1")
    db.execute("update transcript set version = 2")  # only a corrected text makes codings doubtful


def test_every_read_of_coding_stands_under_the_rule() -> None:
    """A new one must be put into the table above, or be no secret for a reason."""
    own = {
        name
        for module in (codings, codebook, notes, progress)
        for name, one in vars(module).items()
        if inspect.isfunction(one) and one.__module__ == module.__name__
    }
    assert {name for name in own if not name.startswith("_")} == READS.keys() | NO_SECRET
    for name in READS:
        read = next(vars(module)[name] for module in (codings, codebook, notes, progress) if name in vars(module))
        assert "viewer" in inspect.signature(read).parameters


@pytest.mark.parametrize("name", READS)
@pytest.mark.parametrize("viewer", OTHERS)
def test_nobody_sees_another_before_the_transcript_is_opened(db: Connection, name: str, viewer: str) -> None:
    ana_codes(db)
    assert READS[name](db, "ana")
    assert not READS[name](db, viewer)
    record(db, "ana", submitted("ana"))
    assert READS[name](db, "ana")
    assert not READS[name](db, viewer)


@pytest.mark.parametrize("viewer", OTHERS)
def test_naming_the_coder_or_the_transcript_opens_nothing(db: Connection, viewer: str) -> None:
    ana_codes(db)
    for read in (codings.codings, codings.nothings, codings.memos, codings.stars):
        for transcript in ("", RAIN):
            for coder in ("", "ana"):
                assert read(db, viewer, transcript, coder) == ()


def test_a_submitted_coder_does_not_see_the_one_who_still_codes(db: Connection) -> None:
    """Nor the other way round: whoever is last could otherwise follow the first."""
    ana_codes(db)
    record(db, "ana", submitted("ana"))
    record(db, "ben", applied("ben", "c3", "HELP", WET))
    assert {one.coder for one in codings.codings(db, "ana")} == {"ana"}
    assert {one.coder for one in codings.codings(db, "ben")} == {"ben"}


@pytest.mark.parametrize("viewer", ["ana", "ben", "cleo", ""])
def test_everybody_sees_all_once_every_pass_is_handed_in(db: Connection, viewer: str) -> None:
    ana_codes(db)
    record(db, "ben", applied("ben", "c3", "HELP", WET))
    record(db, "ana", submitted("ana"))
    assert codings.opened(db) == frozenset()
    record(db, "ben", submitted("ben"))
    assert codings.opened(db) == {RAIN}
    assert [(one.coder, one.code) for one in codings.codings(db, viewer)] == [
        ("ana", "WEATHER"), ("ben", "HELP"), ("ana", "HELP"),
    ]  # fmt: skip
    assert [one.body for one in codings.memos(db, viewer)] == ["Mine alone."]
    assert [one.coder for one in codings.nothings(db, viewer)] == ["ana"]
    assert transcripts.rows(db)[0].opened


def test_recent_codes_are_the_viewers_own_even_then(db: Connection) -> None:
    ana_codes(db)
    for coder in ("ana", "ben"):
        record(db, coder, submitted(coder))
    assert codings.recent_codes(db, "ana") == ("WEATHER", "HELP")
    assert codings.recent_codes(db, "ben") == ()


def test_a_study_of_three_opens_at_the_third(empty: Connection) -> None:
    from tests.store.conftest import imported

    record(empty, "cleo", e.StudyCreated(study="s", name="Rain", method="codebook-ta", coders=3), imported())
    for coder in ("ana", "ben"):
        record(empty, coder, opened(coder))
    ana_codes(empty)
    for coder in ("ana", "ben"):
        record(empty, coder, submitted(coder))
    assert codings.opened(empty) == frozenset()
    assert codings.codings(empty, "ben") == ()
    record(empty, "dora", opened("dora"))
    assert codings.codings(empty, "dora") == ()
    record(empty, "dora", submitted("dora"))
    assert codings.opened(empty) == {RAIN}


def test_a_third_who_began_in_a_study_of_two_keeps_it_closed(db: Connection) -> None:
    ana_codes(db)
    record(db, "dora", opened("dora"))
    for coder in ("ana", "ben"):
        record(db, coder, submitted(coder))
    assert codings.opened(db) == frozenset()
    assert codings.codings(db, "dora") == ()
    record(db, "dora", submitted("dora"))
    assert codings.opened(db) == {RAIN}


def test_one_opened_transcript_opens_no_other(db: Connection) -> None:
    from tests.store.conftest import imported

    record(db, "cleo", imported("sun", "02-sun", "I: How was it?\nP1: I came back dry.\n"))
    ana_codes(db)
    for coder in ("ana", "ben"):
        record(db, coder, submitted(coder))
    other = e.PassOpened(transcript="sun", pass_id="sun-ana", coder="ana", codebook="1.0", rule="turn")
    coded = e.CodeApplied(transcript="sun", pass_id="sun-ana", coding="c9", code="HOPE", start=19, end=35, quote="")
    record(db, "ana", other, coded)
    assert {one.transcript for one in codings.codings(db, "ben")} == {RAIN}
    assert {one.transcript for one in codings.codings(db, "ana")} == {RAIN, "sun"}


def test_the_reads_of_the_study_and_its_texts_tell_nothing_of_coding(db: Connection) -> None:
    ana_codes(db)
    told = repr(
        [
            study.study(db), study.people(db), study.participants(db), study.attention(db), transcripts.rows(db),
            transcripts.names(db), transcripts.known_as(db), transcripts.search(db, "coat"), themes.themes(db),
            results.decisions(db, superseded=True), results.runs(db), codings.passes(db), codings.opened(db),
        ]
    )  # fmt: skip
    for secret in ("HELP", "WEATHER", "Mine alone", "c1"):
        assert secret not in told


# --- rounds ----------------------------------------------------------------------------------------------------


def round_of(*coders: str, recode: bool = False, transcript: str = "sun", round_: str = "r1") -> e.RoundPlanned:
    return e.RoundPlanned(
        round=round_, name=round_, codebook="1.0", assignments={transcript: list(coders)}, recode=recode, drawn="",
        seed=1,
    )  # fmt: skip


def begins(db: Connection, coder: str, *, round_: str = "r1", transcript: str = "sun") -> None:
    """A pass in a round, with a code and a memo that nobody else may see yet."""
    pass_id = f"{round_}-{coder}"
    place = {"transcript": transcript, "pass_id": pass_id, "start": 19, "end": 35}
    record(
        db, coder,
        e.PassOpened(transcript=transcript, pass_id=pass_id, coder=coder, codebook="1.0", rule="turn", round=round_),
        e.CodeApplied(**place, coding=f"c-{pass_id}", code="HOPE", quote=""),
        e.NothingMarked(**place | {"start": 4, "end": 9}),
        e.MemoWritten(**place, memo=f"m-{pass_id}", body=e.seal("Mine alone.")),
    )  # fmt: skip


def hands_in(db: Connection, coder: str, *, round_: str = "r1", transcript: str = "sun") -> None:
    record(db, coder, e.PassSubmitted(transcript=transcript, pass_id=f"{round_}-{coder}", skipped=[]))


def opened_in(db: Connection, round_: str) -> set[str]:
    """The transcripts whose passes in a round anybody may read."""
    return {one.transcript for one in codings.passes(db) if one.round == round_ and one.id in codings.readable(db)}


def shown(db: Connection, viewer: str) -> set[str]:
    """The passes of which this viewer is shown anything; every read must tell the same."""
    told = {name: {one.pass_id for one in READS[name](db, viewer)} for name in ("codings", "nothings", "memos")}
    assert told["codings"] == told["nothings"] == told["memos"]
    for pass_ in codings.passes(db):
        here = any(codings.at(db, viewer, pass_.id, 0, 89))
        assert here == (pass_.id in told["codings"])
    return told["codings"]


@pytest.fixture
def sun(db: Connection) -> Connection:
    """A second transcript, for rounds; in the study two coders are asked for."""
    from tests.store.conftest import imported

    record(db, "cleo", imported("sun", "02-sun", "I: How was it?\nP1: I came back dry.\n"))
    return db


@pytest.mark.parametrize("team", [["ana"], ["ana", "ben"], ["ana", "ben", "dora"]], ids=len)
def test_a_round_opens_when_all_it_asks_for_have_handed_in(sun: Connection, team: list[str]) -> None:
    """One alone, two, or three in a study of two: the round's number counts, not the study's."""
    record(sun, "cleo", round_of(*team))
    for coder in team:
        begins(sun, coder)
    for coder in team:
        assert codings.opened(sun) == opened_in(sun, "r1") == set()
        for viewer in (*OTHERS, "ana", "dora"):
            assert shown(sun, viewer) == ({f"r1-{viewer}"} if viewer in team else set())
        hands_in(sun, coder)
    assert codings.opened(sun) == opened_in(sun, "r1") == {"sun"}
    for viewer in OTHERS:
        assert shown(sun, viewer) == {f"r1-{coder}" for coder in team}


def test_who_has_not_begun_keeps_it_closed(sun: Connection) -> None:
    record(sun, "cleo", round_of("ana", "ben"))
    begins(sun, "ana")
    hands_in(sun, "ana")
    assert codings.opened(sun) == frozenset()
    assert shown(sun, "ben") == set()


def test_a_second_pass_is_hidden_by_itself(sun: Connection) -> None:
    """What was opened stays readable; what ana and ben say the second time waits for both of them."""
    record(sun, "cleo", round_of("ana", "ben"))
    for coder in ("ana", "ben"):
        begins(sun, coder)
        hands_in(sun, coder)
    first = {"r1-ana", "r1-ben"}
    record(sun, "cleo", round_of("ana", "ben", recode=True, round_="r2"))
    begins(sun, "ana", round_="r2")
    hands_in(sun, "ana", round_="r2")
    for viewer in OTHERS:
        assert shown(sun, viewer) == first
    assert shown(sun, "ana") == {*first, "r2-ana"}
    begins(sun, "ben", round_="r2")
    assert (codings.opened(sun), opened_in(sun, "r2")) == ({"sun"}, set())
    hands_in(sun, "ben", round_="r2")
    assert opened_in(sun, "r2") == {"sun"}
    assert shown(sun, "cleo") == {*first, "r2-ana", "r2-ben"}


def test_coding_again_opens_no_first_pass(sun: Connection) -> None:
    """Facts from elsewhere: a second pass is handed in while the first ones are still blind."""
    record(sun, "cleo", round_of("ana", "ben"), round_of("ana", recode=True, round_="r2"))
    begins(sun, "ana")
    begins(sun, "ana", round_="r2")
    hands_in(sun, "ana", round_="r2")
    assert codings.opened(sun) == frozenset()
    assert not transcripts.rows(sun)[1].opened
    assert "r1-ana" not in shown(sun, "ben")


def test_a_pass_outside_of_the_round_opens_nothing_of_it(sun: Connection) -> None:
    """Facts from elsewhere again: two passes outside of any round are enough for the study, not for the round."""
    record(sun, "cleo", round_of("ana", "ben"))
    begins(sun, "ana")
    for coder in ("dora", "eli"):
        begins(sun, coder, round_="")
        hands_in(sun, coder, round_="")
    assert opened_in(sun, "r1") == set()
    assert codings.readable(sun) == {"-dora", "-eli"}
    assert "r1-ana" not in shown(sun, "ben")
