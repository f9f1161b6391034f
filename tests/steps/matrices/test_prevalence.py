"""How many say it, out of how many, counted by hand."""

from qualbench.model import Method
from qualbench.steps.matrices import Attribute, Condition, Rows, View, bars, behind, prevalence, ranked, themes, told
from tests.steps.matrices.studies import little, settled

NORTH = View(where=(Condition(Attribute("site"), ("north",)),))


def test_participants_come_first_and_their_denominator_is_said() -> None:
    found = prevalence(little())
    trust = next(row for row in found.rows if row.id == "TRUST")
    assert (trust.participants, trust.of, trust.segments, trust.transcripts, trust.groups) == (2, 4, 4, 2, 1)
    assert trust.share == 0.5
    assert found.denominator.startswith("Out of 4 participants with speech decided in the consensus")


def test_interviewers_never_count_as_participants() -> None:
    fear = next(row for row in prevalence(little()).rows if row.id == "FEAR")
    assert (fear.participants, fear.segments, fear.transcripts) == (2, 2, 2)


def test_within_a_site_the_denominator_is_the_sites() -> None:
    found = prevalence(little(), NORTH)
    assert found.of == 2
    assert "with site north" in found.denominator
    assert {row.id: row.participants for row in found.rows}["SHELTER"] == 1


def test_themes_with_their_sub_themes() -> None:
    assert [(r.label, r.participants, r.segments) for r in themes(little()).rows] == [
        ("Being held", 3, 6), ("A roof", 2, 4), ("In the dark", 2, 2),
    ]  # fmt: skip


def test_a_method_says_it_in_its_own_way() -> None:
    row = themes(little()).rows[0]
    assert told(row, Method.CODEBOOK) == "3 of 4 participants (75%), 1 focus group; 6 segments in 3 transcripts"
    assert told(row, Method.CQR) == "general (3 of 4 cases)"
    assert told(row, Method.REFLEXIVE) == ""
    assert told(prevalence(little()).rows[-1], Method.CQR) == "no case"


def test_the_widest_come_first_in_a_figure() -> None:
    found = prevalence(little(*settled("t1", 9, "HOPE", "p1")))
    assert [row.id for row in ranked(found.rows)] == ["TRUST", "SHELTER", "FEAR", "HOPE", "SUPPORT"]
    assert bars(found, 1) == (
        ("", "participants", "of", "segments", "transcripts"), ("Trust", "2", "4", "4", "2"),
    )  # fmt: skip


def test_a_row_opens_the_places_it_is_counted_from() -> None:
    opened = behind(little(), "held", View(rows=Rows.THEMES, where=NORTH.where))
    assert [(one.transcript, one.turn, one.code) for one in opened] == [
        ("t1", 0, "TRUST"), ("t1", 2, "TRUST"), ("t3", 0, "TRUST"), ("t3", 0, "SHELTER"), ("t3", 2, "TRUST"),
        ("t3", 2, "SHELTER"),
    ]  # fmt: skip
    assert behind(little(), "HOPE") == ()
