"""Before every judge of a case or domain has handed in nobody reads another's core ideas or categories."""

from __future__ import annotations

import inspect
from collections.abc import Callable

import pytest

from qualbench import events as e
from qualbench.store import journal
from qualbench.store.database import Connection
from qualbench.store.queries import cqr, study
from tests.store.conftest import attention, record, writer

OTHERS = ("ben", "cleo", "", "nobody", "ana ", "ANA", "%", "' or 1=1 --")
"""Another judge, the lead, somebody without a name, strangers, and people who are not quite ana."""

READS: dict[str, Callable[[Connection, str], object]] = {
    "core_ideas": cqr.core_ideas,
    "core_ideas of a case": lambda db, viewer: cqr.core_ideas(db, viewer, "P1"),
    "core_ideas of a domain": lambda db, viewer: cqr.core_ideas(db, viewer, "", "HELP"),
    "proposed_categories": cqr.proposed_categories,
    "proposed_categories of a domain": lambda db, viewer: cqr.proposed_categories(db, viewer, "HELP"),
}
"""Every read of what judges do alone, asked for all that it will give."""

NO_SECRET = {"case_rule", "judging", "case_states", "agreed_ideas", "agreed_categories", "comments", "kept"}
"""Who judges what and has handed in, and what the team and its auditors said together, everybody may know."""

SECRET = "A friend stayed."


def named(about: str, *judges: str, mode: str = "alone") -> e.JudgesNamed:
    return e.JudgesNamed(case=about, judges=list(judges), mode=mode)


def written(judge: str, words: str = SECRET, idea: str = "") -> e.CoreIdeaWritten:
    return e.CoreIdeaWritten(
        judge=judge, about="P1", idea=idea or f"i-{judge}", domain="HELP", words=e.seal(words), places=["rain:1:2"]
    )


def proposed(judge: str) -> e.CategoryProposed:
    return e.CategoryProposed(judge=judge, about="HELP", category=f"k-{judge}", name=e.seal(SECRET), ideas=["a1"])


def hands_in(db: Connection, judge: str) -> None:
    record(db, judge, e.CoreIdeasSubmitted(judge=judge, about="P1"))
    record(db, judge, e.CategoriesSubmitted(judge=judge, about="HELP"))


@pytest.fixture
def judging(db: Connection) -> Connection:
    """Ana and ben judge a case and a domain; ana has written."""
    record(db, "cleo", named("P1", "ana", "ben"), named("HELP", "ana", "ben"))
    record(db, "ana", written("ana"), proposed("ana"))
    return db


def test_every_read_of_judging_stands_under_the_rule() -> None:
    """A new one must be put into the table above, or be no secret for a reason."""
    own = {
        name
        for name, one in vars(cqr).items()
        if inspect.isfunction(one) and one.__module__ == cqr.__name__ and not name.startswith("_")
    }
    read = {name.split()[0] for name in READS}
    assert own == read | NO_SECRET
    for name in read:
        assert "viewer" in inspect.signature(vars(cqr)[name]).parameters


@pytest.mark.parametrize("name", READS)
@pytest.mark.parametrize("viewer", OTHERS)
def test_nobody_sees_another_before_all_have_handed_in(judging: Connection, name: str, viewer: str) -> None:
    assert READS[name](judging, "ana")
    assert not READS[name](judging, viewer)
    hands_in(judging, "ana")
    assert READS[name](judging, "ana")
    assert not READS[name](judging, viewer)


@pytest.mark.parametrize("name", READS)
@pytest.mark.parametrize("viewer", OTHERS)
def test_everybody_sees_all_once_the_last_has_handed_in(judging: Connection, name: str, viewer: str) -> None:
    record(judging, "ben", written("ben"), proposed("ben"))
    hands_in(judging, "ana")
    hands_in(judging, "ben")
    assert {one.judge for one in READS[name](judging, viewer)} == {"ana", "ben"}


def test_who_is_no_judge_opens_nothing_and_shows_only_what_they_handed_in(judging: Connection) -> None:
    """Facts from elsewhere: dora handed in without being named, eli was named and left out before handing in."""
    record(judging, "dora", written("dora"))
    hands_in(judging, "dora")
    hands_in(judging, "ana")
    assert not cqr.core_ideas(judging, "ben")
    record(judging, "cleo", named("P1", "ana", "eli"))
    record(judging, "eli", written("eli"))
    record(judging, "cleo", named("P1", "ana", "ben"))
    record(judging, "ben", e.CoreIdeasSubmitted(judge="ben", about="P1"))
    assert {one.judge for one in cqr.core_ideas(judging, "cleo")} == {"ana", "dora"}
    assert {one.judge for one in cqr.core_ideas(judging, "eli")} == {"ana", "dora", "eli"}


def test_a_case_opens_no_domain_and_no_other_case(judging: Connection) -> None:
    record(judging, "cleo", named("P2", "ana", "ben"))
    other = e.CoreIdeaWritten(judge="ana", about="P2", idea="i2", domain="HELP", words=e.seal("Mine."), places=[])
    record(judging, "ana", other)
    for judge in ("ana", "ben"):
        record(judging, judge, e.CoreIdeasSubmitted(judge=judge, about="P1"))
    assert [one.case for one in cqr.core_ideas(judging, "ben")] == ["P1"]
    assert not cqr.proposed_categories(judging, "ben")


def test_a_drafted_case_opens_with_its_first_judge(db: Connection) -> None:
    record(db, "cleo", named("P1", "zoe", "ana", mode="drafted"))
    record(db, "zoe", written("zoe"))
    record(db, "ana", e.CoreIdeasSubmitted(judge="ana", about="P1"))
    assert not cqr.core_ideas(db, "ana")
    assert not cqr.judging(db)["P1"].opened
    record(db, "zoe", e.CoreIdeasSubmitted(judge="zoe", about="P1"))
    assert [one.judge for one in cqr.core_ideas(db, "ana")] == ["zoe"]
    assert cqr.judging(db)["P1"].opened


def test_what_is_handed_in_is_frozen_and_said(judging: Connection) -> None:
    hands_in(judging, "ana")
    before = cqr.core_ideas(judging, "ana"), cqr.proposed_categories(judging, "ana")
    record(judging, "ana", written("ana", "Otherwise."), e.CoreIdeaRemoved(judge="ana", about="P1", idea="i-ana"))
    record(judging, "ana", e.CategoryWithdrawn(judge="ana", about="HELP", category="k-ana"))
    assert (cqr.core_ideas(judging, "ana"), cqr.proposed_categories(judging, "ana")) == before
    assert len(attention(judging)) == 3


def test_nobody_writes_under_another_judges_idea(judging: Connection) -> None:
    """A core idea keeps its judge: whoever writes under its id changes nothing."""
    record(judging, "ben", written("ben", "Mine now.", idea="i-ana"))
    record(judging, "ben", e.CoreIdeaRemoved(judge="ben", about="P1", idea="i-ana"))
    assert [(one.judge, one.words) for one in cqr.core_ideas(judging, "ana")] == [("ana", SECRET)]
    assert not cqr.core_ideas(judging, "ben")


def test_a_judge_is_not_added_to_what_can_be_read_already(judging: Connection) -> None:
    for judge in ("ana", "ben"):
        record(judging, judge, e.CoreIdeasSubmitted(judge=judge, about="P1"))
    record(judging, "cleo", named("P1", "ana", "ben", "cleo"))
    assert cqr.judging(judging)["P1"].judges == ("ana", "ben")
    assert len(attention(judging)) == 1


def test_undoing_another_step_keeps_the_rest(judging: Connection) -> None:
    record(judging, "ben", written("ben", "Ben's."), step="step-ben")
    journal.switch(judging, writer("ben"), "step-ben", undo=True)
    assert not cqr.core_ideas(judging, "ben")
    assert cqr.core_ideas(judging, "ana")
    journal.switch(judging, writer("ben"), "step-ben", undo=False)
    assert [one.words for one in cqr.core_ideas(judging, "ben")] == ["Ben's."]


def test_the_reads_of_the_study_tell_nothing_of_judging(judging: Connection) -> None:
    told = repr([
        study.study(judging), study.people(judging), study.attention(judging), cqr.judging(judging),
        cqr.case_states(judging), cqr.agreed_ideas(judging), cqr.agreed_categories(judging), cqr.comments(judging),
        cqr.kept(judging, ""), cqr.case_rule(judging),
    ])  # fmt: skip
    assert SECRET not in told
    assert "i-ana" not in told
