"""The history as the trail reads it: page by page, an action at a time, and blind where coding is blind."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, get_args, get_origin

import pytest

from qualbench import events as e
from qualbench.events.coding import InPass
from qualbench.events.cqr import ByJudge
from qualbench.model import Action, Names
from qualbench.steps import trail as steps
from qualbench.store import journal
from qualbench.store.database import Connection
from qualbench.store.queries import trail
from tests.store.conftest import COAT, RAIN, TWO, WET, applied, nothing, opened, record, submitted, writer

PUBLIC = {
    "study_created", "person_added", "participant_added", "attribute_set", "agreement_run", "attribute_defined",
    "profile_saved", "speech_counted", "benchmark_chosen", "favourite_set", "suggestions_switched", "round_planned",
    "round_withdrawn", "participant_withdrawn", "export_allowed", "method_changed", "roles_given", "phase_entered",
    "cases_counted", "run_kept", "work_list_set", "attribute_reasoned", "device_introduced", "person_recognised",
    "keeper_named", "codebook_released", "code_drafted", "code_placed", "codes_merged", "code_split", "code_dropped",
    "transcript_imported", "deidentified", "speaker_set", "segmented", "transcript_corrected", "words_erased",
    "pass_opened", "pass_submitted", "pass_updated", "codings_carried", "transcript_opened", "opening_taken_back",
    "session_opened", "session_stated", "judges_named", "case_stated", "core_ideas_submitted", "core_idea_agreed",
    "core_idea_dropped", "categories_submitted", "category_agreed", "category_dropped", "comment_made",
    "comment_answered", "comment_seen", "check_stated", "reply_received", "reply_applied", "checklist_answered",
    "theme_created", "theme_renamed", "theme_described", "theme_dropped", "theme_placed", "theme_written",
    "theme_stated", "themes_merged", "theme_split", "code_gathered", "code_released", "quote_picked", "quote_dropped",
    "quote_used", "quote_edited", "quote_moved", "quotes_carried", "query_saved", "query_dropped",
    "negative_case_marked",
}  # fmt: skip
"""What everybody may read of the work of others at any time: of a pass, that it was begun and handed in."""
SWITCHES = {"step_undone", "step_redone"}
"""As private as the step they are about."""
SECRETS = ("HELP", "WEATHER", "Mine alone", "secret-reason", "31415")


def example(name: str, kind: Any) -> Any:
    """A value of a field, with a secret wherever one could stand."""
    known = {"transcript": RAIN, "pass_id": "pass-ben", "judge": "ben", "about": "P07", "coder": "ben", "author": "ben"}
    if name in known:
        return known[name]
    if name == "spans":
        return [[*COAT, *COAT, 0]]  # as a correction carries them
    if get_origin(kind) is list:
        return [example("", get_args(kind)[0])]
    if get_origin(kind) is dict:
        return {"ben": example("", get_args(kind)[1])}
    sealed = name in ("note", "reason", "words", "body", "label")
    return {str: e.seal("secret-reason") if sealed else "HELP", int: 31415, bool: True}[kind]


def fact(kind: type[e.Event]) -> e.Event:
    values = {one.name: example(one.name, one.type) for one in fields(kind)}
    return kind(**values | ({"spans": [list(COAT)]} if kind is e.RestMarked else {}))


def actions(db: Connection, viewer: str, **asked: Any) -> list[Action]:
    return list(trail.actions(db, viewer, trail.Asked(**asked), oldest_first=True))


def lines(db: Connection, viewer: str, **asked: Any) -> list[str]:
    names = Names(transcripts={RAIN: "rain"}, codes={"HELP": "Help", "WEATHER": "Weather"}, participants={"P07": "P07"})
    return [steps.told(one, names).sentence for one in actions(db, viewer, **asked)]


# --- blindness -------------------------------------------------------------------------------------------------


def test_every_kind_is_private_or_open_to_all() -> None:
    """A new kind must be put into one of the two tables; whatever a coder or judge does alone is private."""
    assert set(e.KINDS) == PUBLIC | set(trail.PRIVATE) | SWITCHES
    assert not PUBLIC & set(trail.PRIVATE)
    alone = {kind for kind, one in e.KINDS.items() if issubclass(one, InPass | ByJudge) or one.lane is not e.Event.lane}
    assert alone - set(trail.PRIVATE) - SWITCHES == {
        "pass_opened", "pass_submitted", "pass_updated", "core_ideas_submitted", "categories_submitted",
        "codings_carried",  # a correction does that to every pass, and no number of it is told
    }  # fmt: skip


@pytest.mark.parametrize("kind", sorted(trail.PRIVATE))
@pytest.mark.parametrize("viewer", ["ana", "cleo", ""])
def test_of_private_work_others_learn_only_that_there_is_some(db: Connection, kind: str, viewer: str) -> None:
    before = lines(db, viewer)
    record(db, "ben", fact(e.KINDS[kind]), fact(e.KINDS[kind]))
    if trail.PRIVATE[kind] not in ("coding", "consensus"):
        assert lines(db, viewer) == before
        return
    *_, action = actions(db, viewer)
    assert lines(db, viewer)[:-1] == before
    assert (action.step, action.hash) == ("", "")
    assert not action.stated
    assert {one.person for one in action.hidden} == {"ben"}
    told = repr(action) + lines(db, viewer)[-1]
    assert not any(secret in told for secret in SECRETS)
    assert lines(db, viewer)[-1] in {"ben coded in rain.", "ben settled disagreements in rain."}


@pytest.mark.parametrize("kind", sorted(set(trail.PRIVATE) - {"item_decided", "decisions_carried", "action_linked"}))
def test_ones_own_work_is_told_in_full(db: Connection, kind: str) -> None:
    record(db, "ben", fact(e.KINDS[kind]))
    *_, action = actions(db, "ben")
    assert [one.kind for one in action.stated] == [kind]
    assert not action.hidden


def test_a_line_a_day_hides_how_much_was_done(db: Connection) -> None:
    for n in range(5):
        record(db, "ben", applied("ben", f"c{n}", "HELP", COAT))
        record(db, "ben", fact(e.NoteWritten))
    journal.switch(db, writer("ben"), journal.undoable(db, "ben", RAIN, "coding") or "", undo=True)
    told = lines(db, "ana")
    assert told.count("ben coded in rain.") == 1
    assert not any("memo" in line for line in told)
    assert not any("undid" in line for line in told)
    later = journal.Writer("device-a", "ben", "2026-01-06T09:00:00.000000Z")
    journal.record(db, later, [applied("ben", "c9", "HELP", WET)])
    assert lines(db, "ana").count("ben coded in rain.") == 2


def test_nor_does_what_was_done_together(db: Connection) -> None:
    """A pass that is begun by a table of codings looks like one that was begun by hand, and so does its end."""
    record(db, "dora", opened("dora"), applied("dora", "c1", "HELP", COAT), applied("dora", "c2", "HELP", WET))
    record(db, "eli", opened("eli"))
    record(db, "eli", applied("eli", "c3", "HELP", COAT))
    record(db, "eli", submitted("eli"))
    record(db, "dora", submitted("dora"))
    of = {who: [one for one in actions(db, "ana") if one.actor == who] for who in ("dora", "eli")}
    told = {who: [steps.told(one, Names()).what for one in those] for who, those in of.items()}
    begun, ended = "began to code a transcript", "handed in the coding of a transcript"
    assert told["dora"] == told["eli"] == [begun, "coded", ended]
    assert not any(one.hash or one.step or one.undone for those in of.values() for one in those)


def test_what_is_asked_for_tells_nothing_either(db: Connection) -> None:
    """Looking for a code must not show that somebody used it, nor a class of records that somebody wrote a memo."""
    record(db, "ben", applied("ben", "c1", "HELP", COAT), fact(e.MemoWritten))
    names = Names(transcripts={RAIN: "rain"}, codes={"HELP": "Help"})
    for asked in (trail.Asked(ids=("HELP",)), trail.Asked(kinds=("memo_written",))):
        for action in trail.actions(db, "ana", asked):
            entry = steps.told(action, names)
            assert [thing.id for thing in entry.about] == [RAIN]
            assert entry.what == "coded in rain"


def test_everything_is_told_once_it_is_opened(db: Connection) -> None:
    record(db, "ben", applied("ben", "c1", "HELP", COAT))
    record(db, "ben", nothing("ben", TWO))
    record(db, "ben", submitted("ben"))
    assert "ben applied Help at rain:36." not in lines(db, "ana")
    assert "ben handed in the coding of rain." in lines(db, "ana")
    record(db, "ana", submitted("ana"))
    for viewer in ("ana", "ben", "cleo", ""):
        told = lines(db, viewer)
        assert "ben applied Help at rain:36." in told
        assert "ben marked that nothing applies at rain:72." in told


def test_work_that_somebody_took_in_for_another_stays_the_others(db: Connection) -> None:
    record(db, "cleo", applied("ben", "c1", "HELP", COAT))
    assert lines(db, "cleo")[-1] == "cleo took in work of ben in rain."
    assert lines(db, "ben")[-1] == "cleo applied Help at rain:36."


def test_entries_from_before_there_were_lanes_follow_the_same_rule(db: Connection) -> None:
    record(db, "ben", applied("ben", "c1", "HELP", COAT))
    record(db, "ana", applied("ana", "c2", "WEATHER", WET))
    db.execute("drop trigger journal_no_update")
    db.execute("update journal set lane = null")
    assert "ben coded in rain." in lines(db, "ana")
    assert "ana applied Weather at rain:19." in lines(db, "ana")
    assert not any("Help" in line for line in lines(db, "ana"))


# --- actions ---------------------------------------------------------------------------------------------------


def test_one_action_is_one_line(db: Connection) -> None:
    many = [applied("ana", f"c{n}", "HELP", (n, n + 1)) for n in range(300)]
    record(db, "ana", *many, nothing("ana", TWO))
    *_, action = actions(db, "ana")
    assert [(one.kind, one.number) for one in action.stated] == [("code_applied", 300), ("nothing_marked", 1)]
    assert len(action.stated[0].facts) == trail.FEW
    assert lines(db, "ana")[-1] == (
        "ana applied codes in 300 places of rain: Help, marked that nothing applies at rain:72."
    )


def test_the_hash_is_that_of_the_last_entry(db: Connection) -> None:
    record(db, "ana", applied("ana", "c1", "HELP", COAT), nothing("ana", TWO))
    *_, action = actions(db, "ana")
    row = db.execute("select hash, kind from journal order by seq desc limit 1").fetchone()
    assert (action.hash, row[1]) == (row[0], "nothing_marked")
    assert trail.missing_hashes(db, [action.hash, "0" * 64]) == {"0" * 64}


def test_an_undone_step_stays_and_says_so(db: Connection) -> None:
    record(db, "ana", applied("ana", "c1", "HELP", COAT))
    step = journal.undoable(db, "ana", RAIN, "coding") or ""
    journal.switch(db, writer("ana"), step, undo=True, reason="A slip of the key.")
    *_, first, switch = actions(db, "ana")
    assert (first.step, first.undone, switch.undone) == (step, True, False)
    assert lines(db, "ana")[-1] == "ana undid: applied Help at rain:36."
    assert steps.told(switch, Names()).why == "A slip of the key."
    journal.switch(db, writer("ana"), step, undo=False)
    assert not actions(db, "ana")[-3].undone
    assert lines(db, "ana")[-1].startswith("ana did again: applied")


@pytest.mark.parametrize("oldest_first", [False, True])
def test_pages_join_without_a_gap_or_a_double(
    db: Connection, monkeypatch: pytest.MonkeyPatch, oldest_first: bool
) -> None:
    for n in range(23):
        record(db, "ana", applied("ana", f"c{n}", "HELP", COAT), nothing("ana", TWO))
    whole = [one.step for one in trail.actions(db, "ana", oldest_first=oldest_first)]
    monkeypatch.setattr(trail, "PAGE", 4)
    assert [one.step for one in trail.actions(db, "ana", oldest_first=oldest_first)] == whole
    assert len(set(whole)) == len(whole) == db.execute("select count(distinct step) from journal").fetchone()[0]
    middle = [one.seq for one in trail.actions(db, "ana", oldest_first=oldest_first)][9]
    assert [one.step for one in trail.actions(db, "ana", edge=middle, oldest_first=oldest_first)] == whole[10:]


def test_nothing_is_read_before_it_is_asked_for(db: Connection) -> None:
    for n in range(trail.PAGE * 2):
        record(db, "ana", applied("ana", f"c{n}", "HELP", COAT))
    asked: list[str] = []
    db.set_trace_callback(asked.append)
    next(trail.actions(db, "ana"))
    db.set_trace_callback(None)
    assert len(asked) < 12


def test_broken_and_foreign_entries_stop_nothing(db: Connection) -> None:
    record(db, "ana", applied("ana", "c1", "HELP", COAT))
    for kind, data in (("code_applied", "{"), ("code_applied", "[]"), ("from_the_future", '{"code": "HELP"}')):
        db.execute(
            "insert into journal(seq, id, device, step, subject, actor, at, kind, data, prev, hash, lane)"
            " select max(seq) + 1, hex(randomblob(8)), 'd', hex(randomblob(8)), 'rain', 'ben', '2027', ?, ?, '', '', ''"
            " from journal",
            (kind, data),
        )
    assert lines(db, "ana")[-2:] == ["ben coded.", "ben did something that this Qualbench does not know."]


def test_people_are_found_by_the_name_the_team_gave(db: Connection) -> None:
    record(db, "ana", opened("ana"))
    known = {"device": "device-b", "key": "k", "recipient": "r", "name": "benjamin"}
    journal.record(db, writer("benjamin", "device-b"), [e.DeviceIntroduced(**known), fact(e.ThemeCreated)])
    record(db, "cleo", e.PersonRecognised(key="k", person="ben", reason=e.seal("He said so.")))
    told = lines(db, "ana", person="ben")
    assert told[-1].startswith("ben introduced a device, made the theme")
    assert all(line.startswith("ben ") for line in told)
