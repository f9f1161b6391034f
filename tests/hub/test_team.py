"""A study on a hub: what travels, when it is opened, and what it becomes together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from qualbench import hub
from qualbench.errors import QualbenchError
from qualbench.project.gates import NotSubmitted
from qualbench.project.hubbed import NotYours, OnlyTheLead
from qualbench.project.keyed import _fresh
from qualbench.store import syncing
from qualbench.store.database import transaction
from tests.conftest import BOOK, code
from tests.hub.machines import Team, seen
from tests.hub.servers import Server
from tests.project.conftest import entries

READING = ["TRUST", "HOPE", "", "FEAR"]
OTHER = ["TRUST", "TRUST+HOPE", "", ""]


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: Callable[[], datetime], server: Server) -> Team:
    """A lead who codes nothing, ana and ben, and two interviews."""
    return Team(tmp_path, monkeypatch, clock, server).begin("one", "two")


def test_a_coder_joins_with_texts_codebook_and_rounds_and_nothing_else(team: Team) -> None:
    with team["ana"].open() as study:
        assert study.viewer == "ana"
        assert [row.name for row in study.transcripts()] == ["one", "two"]
        assert "I trusted her" in study.transcript("one").text
        assert [one.id for one in study.codebook().codes] == ["TRUST", "HOPE", "FEAR"]
        assert [one.name for one in study.rounds()] == ["First"]
        assert study.passes() == ()
        assert [sentence for well, sentence in study.examine() if not well] == []


def test_blind_then_sealed_then_opened_for_all(team: Team) -> None:
    """The whole way: nobody holds another's work before the opening, and afterwards everybody holds the same."""
    team.codes("ana", READING, "one", "two")
    team.codes("ben", OTHER, "one", "two")
    team.sync()
    for name, others in (("ana", "ben"), ("ben", "ana"), ("lead", "ana")):
        with team[name].open() as study:
            assert others not in {row[0] for row in study._db.execute("select actor from journal where lane <> ''")}
    team.seal("ana")
    with team["lead"].open() as study:
        with pytest.raises(hub.NotAsked) as held:
            study.open_on_hub("one", round_=study.rounds()[0].id)
        assert held.value.awaited == ("ben",)
    team.seal("ben")
    with team["lead"].open() as study:
        for name in ("one", "two"):
            study.open_on_hub(name, round_=study.rounds()[0].id)
        assert len(study.items()) == 4
        assert [sentence for well, sentence in study.examine() if not well] == []
    team.sync("ana", "ben")
    told = seen(team["lead"])
    assert told["transcripts"] == [("one", True), ("two", True)]
    assert seen(team["ana"]) == told == seen(team["ben"])
    with team["ben"].open() as study:
        assert [sentence for well, sentence in study.examine() if not well] == []


def test_the_same_meeting_twice_changes_nothing(team: Team) -> None:
    team.codes("ana", READING, "one")
    with team["ana"].open() as study:
        first = study.sync()
        assert first.given > 0
        before = entries(study)
        second = study.sync()
        assert (second.given, second.taken, entries(study)) == (0, 0, before)


def test_with_a_reason_it_is_opened_early_and_what_comes_later_is_late(team: Team) -> None:
    team.codes("ana", READING, "one")
    team.seal("ana")
    with team["lead"].open() as study:
        study.open_on_hub("one", "Ben is ill.", study.rounds()[0].id)
        assert {c.coder for c in study.codings()} == {"ana"}
    team.codes("ben", OTHER, "one")
    team.sync("ben", "lead", "ana")
    for name in ("lead", "ana", "ben"):
        with team[name].open() as study:
            assert {p.coder: p.late for p in study.passes()} == {"ana": False, "ben": True}
            assert {c.coder for c in study.codings()} == {"ana", "ben"}, "late work is kept and shown"
            assert study.items() == ()
            assert "1 late" in study.hub_status().words()


def test_where_nobody_sealed_there_is_nothing_to_open_whatever_the_reason(team: Team) -> None:
    team.codes("ana", READING, "one", submit=False)
    team.sync("ana")
    with team["lead"].open() as study:
        with pytest.raises(hub.NotAsked, match="Nobody has sealed it"):
            study.open_on_hub("one", "I can not wait.", study.rounds()[0].id)
        assert study.sync().opened == ()
    team.sync("ben")
    with team["ben"].open() as study:
        kept = study._db.execute("select count(*) from journal where kind = 'code_applied'").fetchone()
        assert kept == (0,), "unfinished work stays with whoever does it"
    with team["ana"].open() as study:
        study.submit(["one"])
    team.codes("ben", OTHER, "one")
    team.seal("ana", "ben")
    with team["lead"].open() as study:
        assert study.open_on_hub("one", "", study.rounds()[0].id).opened == ("one",)
        assert {p.late for p in study.passes()} == {False}


def test_what_the_lead_does_later_reaches_everybody(team: Team) -> None:
    with team["lead"].open() as study:
        study.release_codebook("book.yaml", BOOK.replace('"1.0"', '"2.0"').replace("They hope.", "They hope for more."))
    team.sync("lead", "ana")
    with team["ana"].open() as study:
        assert study.codebook().version == "2.0"


def test_memos_are_their_authors_until_no_pass_of_theirs_is_blind(team: Team) -> None:
    with team["ana"].open() as study:
        code(study, "ana", READING, "one", submit=False)
        study.write_note("A PLANTED MEMO", on="study")
    team.sync("ana", "ben")
    with team["ben"].open() as study:
        assert study.notes() == ()
        assert study._db.execute("select count(*) from journal where subject = 'notes'").fetchone() == (0,)
    for name in ("ana", "ben"):
        with team[name].open() as study:
            if name == "ben":
                code(study, "ben", OTHER, "one", submit=False)
            study.submit(["one"])
    team.seal("ana", "ben")
    with team["lead"].open() as study:
        study.open_on_hub("one", round_=study.rounds()[0].id)
    team.sync("ana", "ben")
    with team["ben"].open() as study:
        assert [note.body for note in study.notes()] == ["A PLANTED MEMO"]


def test_without_the_hub_work_goes_on(team: Team) -> None:
    with team["ana"].open() as study:
        settings = study.folder / "qualbench.toml"
        settings.write_text(settings.read_text().replace(team.database, "nowhere"))
        code(study, "ana", READING, "one")
        with pytest.raises(hub.HubAway, match="can not be reached"):
            study.sync()
        waiting = study.hub_status().waiting
        assert waiting > 0
        assert f"{waiting} facts waiting" in study.hub_status().words()
        settings.write_text(settings.read_text().replace("nowhere", team.database))
        assert study.sync().given == waiting
        assert study.hub_status().words().startswith("nothing waiting, synced ")


def test_a_computer_writes_as_its_person_only_and_the_lead_alone_leads(team: Team) -> None:
    with team["ana"].open("ben") as study, pytest.raises(NotYours):
        code(study, "ben", READING, "one")
    with team["ana"].open() as study:
        with pytest.raises(OnlyTheLead):
            study.release_codebook("book.yaml", BOOK.replace('"1.0"', '"3.0"'))
        with pytest.raises(OnlyTheLead):
            study.open_on_hub("one")
        with pytest.raises(NotSubmitted):
            study.seal()


def test_an_address_never_keeps_a_password() -> None:
    assert hub.without_password("postgresql://ana:secret@host:5432/study") == "postgresql://ana@host:5432/study"
    assert hub.without_password("postgresql://ana@host/study") == "postgresql://ana@host/study"


def test_one_study_has_one_hub_and_one_database_one_study(team: Team) -> None:
    with team["lead"].open() as study, pytest.raises(QualbenchError, match="on a hub already"):
        study.init_hub(team.admin, team.login("lead"))


def test_words_that_came_before_their_key_are_read_when_it_comes(team: Team) -> None:
    """The lead's line is cut between giving words under a new key and giving the key."""
    with team["lead"].open() as study:
        with transaction(study._db):
            syncing.keep_keys(study._db, {syncing.STUDY_KEY: _fresh(0)})
        study.create_theme("Safety", "What makes a place safe.")
        with hub.reach(study.hub_address()) as link:
            study.give(link)
    team.sync("ana")
    with team["ana"].open() as study:
        assert [(one.name, one.idea) for one in study.themes()] == [("Safety", "[withdrawn]")]
    team.sync("lead", "ana")
    with team["ana"].open() as study:
        assert [one.idea for one in study.themes()] == ["What makes a place safe."]
        assert syncing.lacking(study._db) == frozenset()
