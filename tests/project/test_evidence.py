"""Matrices, prevalence, saturation and queries over a study's own coding, counted by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from qualbench.errors import BadDecision, NameTooClose, NothingToUndo, StillBlind, UsageError
from qualbench.model import Outcome, Reason, Role
from qualbench.project import Project
from qualbench.project.asked import Asked, Cells, Kind, NoCounts, NotHere, UnknownQuery
from qualbench.steps.matrices import Matrix, Rule
from qualbench.steps.participants import Attribute, AttributeKind
from tests.conftest import BOOK, INTERVIEW, add_interview, code

SECOND = """I: And you?
P1: I hoped, and I was afraid.
I: Of what?
P1: Of the dark.
"""


@pytest.fixture
def team(study: Project) -> Project:
    """Two opened interviews with P01 (north) and P02 (south), and a third that is still blind.

    talk, P01: Trust | Trust Hope | nothing | Fear (Ana) or Trust (Ben), not decided
    other, P02: Hope Fear | nothing
    """
    add_interview(study, "other.txt", SECOND)
    add_interview(study, "blind.txt", SECOND.replace("dark", "cold"))
    for name, who, site in (("talk", "P01", "north"), ("other", "P02", "south"), ("blind", "P03", "north")):
        study.assign_speaker(name, "P1", Role.PARTICIPANT, who)
        if name == "talk":
            study.define_attribute(Attribute("site", AttributeKind.CHOICE, ("south", "north")))
        study.set_attribute(who, "site", site)
    for coder, last in (("ana", "FEAR"), ("ben", "TRUST")):
        code(study, coder, ["TRUST", "TRUST+HOPE", "", last])
        code(study, coder, ["HOPE+FEAR", ""], "other")
    code(study, "ana", ["TRUST", "TRUST"], "blind")
    study.viewer = "ana"
    return study


def cells(made: Matrix) -> dict[str, list[float]]:
    return {head.id: row for head, row in zip(made.rows, made.cells.tolist(), strict=True)}


# --- matrices --------------------------------------------------------------------------------------------------


def test_codes_by_participant_hold_what_is_settled_and_nothing_else(team: Project) -> None:
    """The last segment of `talk` is open, so it is in no number; `blind` is in none at all."""
    made = team.matrix(Asked())
    assert [head.label for head in made.columns] == ["P01", "P02"]
    assert cells(made) == {"TRUST": [2, 0], "HOPE": [1, 1], "FEAR": [0, 1]}
    assert made.denominator.startswith("Out of 2 participants with speech decided in the consensus")
    assert team.left_out() == (
        "1 segment of opened transcripts not settled and left out. 1 transcript still blind and left out."
    )


def test_a_decision_is_counted_at_once(team: Project) -> None:
    assert cells(team.matrix(Asked()))["FEAR"] == [0, 1]
    (item,) = team.items()
    team.decide(item, Outcome.FIRST, reason=Reason.SLIP)
    assert cells(team.matrix(Asked()))["FEAR"] == [1, 1]
    assert "not settled" not in team.left_out()
    team.undo("", "consensus")
    assert cells(team.matrix(Asked()))["FEAR"] == [0, 1]


def test_an_attribute_has_its_values_in_the_order_of_tables(team: Project) -> None:
    """P03 speaks in the blind interview only: north has one participant."""
    made = team.matrix(Asked(Kind.ATTRIBUTE, by="site"))
    assert [(head.label, head.of) for head in made.columns] == [("south", 1), ("north", 1)]
    assert cells(made) == {"TRUST": [0, 1], "HOPE": [1, 1], "FEAR": [1, 0]}


def test_coders_are_counted_apart_and_a_layer_is_one_coders_own(team: Project) -> None:
    """Trust: Ana twice, Ben three times; Fear: Ana in both interviews, Ben in one."""
    made = team.matrix(Asked(Kind.CODERS))
    assert [head.label for head in made.columns] == ["ana", "ben"]
    assert cells(made) == {"TRUST": [2, 3], "HOPE": [2, 2], "FEAR": [2, 1]}
    assert cells(team.matrix(Asked(layer="ben"))) == {"TRUST": [3, 0], "HOPE": [1, 1], "FEAR": [0, 1]}


def test_a_coder_called_consensus_is_not_the_consensus(study: Project) -> None:
    code(study, "consensus", ["TRUST", "", "", ""])
    code(study, "ben", ["FEAR", "", "", ""])
    assert cells(study.matrix(Asked(Kind.TRANSCRIPTS))) == {"TRUST": [0], "HOPE": [0], "FEAR": [0]}
    made = study.matrix(Asked(Kind.CODERS))
    assert [head.label for head in made.columns] == ["ben", "consensus (coder)"]
    assert cells(made)["TRUST"] == [0, 1]


def test_codes_that_stand_together_and_how_far(team: Project) -> None:
    """Trust 2, Hope 2, Fear 1; Trust and Hope share one segment: c = 1 / (2 + 2 - 1)."""
    counts, c = (team.matrix(Asked(Kind.COOCCURRENCE, count=count)) for count in (Cells.USUAL, Cells.COEFFICIENT))
    assert cells(counts) == {"TRUST": [2, 1, 0], "HOPE": [1, 2, 1], "FEAR": [0, 1, 1]}
    assert cells(c)["TRUST"] == pytest.approx([1, 1 / 3, 0])


def test_themes_hold_their_codes_and_a_condition_narrows_both(team: Project) -> None:
    team.create_theme("What holds")
    team.gather_codes(team.themes()[0], ["TRUST", "HOPE"])
    made = team.matrix(Asked(Kind.ATTRIBUTE, by="site", rows="themes"))
    assert made.cells.tolist() == [[1, 1]]
    assert team.matrix(Asked(where="site = south")).cells.tolist() == [[0], [1], [1]]


def test_a_speaker_without_a_participant_stands_for_one(study: Project) -> None:
    for coder in ("ana", "ben"):
        code(study, coder, ["TRUST", "", "", ""])
    study.assign_speaker("talk", "P1", Role.PARTICIPANT, "")
    made = study.matrix(Asked())
    assert [head.label for head in made.columns] == ["P1 in talk"]
    assert made.cells.tolist() == [[1], [0], [0]]


def test_every_cell_opens_its_words(team: Project) -> None:
    made = team.matrix(Asked())
    one, other = team.behind_cell(made, "TRUST", "P01")
    assert (one.text, one.place, one.participant) == (
        "I trusted her at once. She had been there.",
        "talk, line 2",
        "P01",
    )
    assert other.codes == ("TRUST",)
    (both,) = team.behind_cell(team.matrix(Asked(Kind.COOCCURRENCE)), "TRUST", "HOPE")
    assert both.codes == ("TRUST", "HOPE")
    assert both.text == "Then it got better, slowly."


def test_nothing_is_counted_while_everything_is_blind(study: Project) -> None:
    code(study, "ana", ["TRUST", "", "", ""])
    for ask in (lambda: study.matrix(Asked()), study.prevalence, study.saturation, lambda: study.ask("TRUST")):
        with pytest.raises(StillBlind):
            ask()


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (Asked(count=Cells.COEFFICIENT), "Only codes that stand together"),
        (Asked(Kind.COOCCURRENCE, count=Cells.PARTICIPANTS), "participants are not counted there"),
        (Asked(layer="ana", where="layer = ben"), "Two layers are asked for"),
        (Asked(layer="cleo"), "no layer called 'cleo'"),
        (Asked(where="site = west"), "no value of site called 'west'"),
        (Asked(where="site ="), "can not be read (character 7)"),
    ],
)
def test_what_does_not_fit_is_told(team: Project, asked: Asked, words: str) -> None:
    with pytest.raises(UsageError, match=words.replace("(", r"\(").replace(")", r"\)")):
        team.matrix(asked)
    assert issubclass(NotHere, UsageError)


def test_codes_out_of_use_have_no_row_and_merged_ones_are_read_as_what_they_went_into(team: Project) -> None:
    """After Hope went into Trust, P01's second segment has Trust once."""
    team.merge_codes(["HOPE"], "TRUST")
    team.release_draft("2.0", incomplete=True)
    assert cells(team.matrix(Asked())) == {"TRUST": [2, 1], "FEAR": [0, 1]}
    assert cells(team.matrix(Asked(Kind.CODERS))) == {"TRUST": [3, 4], "FEAR": [2, 1]}


# --- prevalence, saturation ------------------------------------------------------------------------------------


def test_prevalence_counts_participants_first(team: Project) -> None:
    found = team.prevalence()
    assert {row.id: (row.participants, row.of, row.segments) for row in found.rows} == {
        "TRUST": (1, 2, 2), "HOPE": (2, 2, 2), "FEAR": (1, 2, 1),
    }  # fmt: skip
    assert [one.name for one in team.behind_prevalence("HOPE")] == ["talk", "other"]


def test_saturation_by_import_by_coding_and_by_an_attribute(team: Project) -> None:
    """talk brings Trust and Hope, other Fear; the other way round Hope and Fear come first, then Trust."""
    grid, found = team.saturation(Rule(1, 1, 0.5))
    assert ([one.name for one in grid.interviews], found.new, found.reached) == (["talk", "other"], (2, 1), 1)
    assert "the order of import" in found.told
    assert [one.text for one in team.first_used(grid, grid.interviews[1].id)] == ["I hoped, and I was afraid."]
    grid, found = team.saturation(order="site")
    assert [one.name for one in grid.interviews] == ["other", "talk"], "south is the first choice"
    team.define_attribute(Attribute("age", AttributeKind.NUMBER))
    team.set_attribute("P01", "age", "40")
    team.set_attribute("P02", "age", "9")
    grid, found = team.saturation(order="age")
    assert ([one.name for one in grid.interviews], found.new) == (["other", "talk"], (2, 1))
    assert team.saturation(order="coding")[0].order == "the order of coding"


# --- methods ---------------------------------------------------------------------------------------------------


@pytest.fixture
def reflexive(tmp_path: Path, clock: Callable[[], datetime]) -> Project:
    """A reflexive study of one coder: Trust, then nothing."""
    project = Project.create(tmp_path / "own", method="reflexive-ta", coders=1, viewer="ana", clock=clock)
    project.release_codebook("book.yaml", BOOK)
    add_interview(project, "talk.txt", INTERVIEW)
    code(project, "ana", ["TRUST", "TRUST", "", ""])
    return project


def test_a_reflexive_study_shows_where_and_never_how_many(reflexive: Project) -> None:
    made = reflexive.matrix(Asked())
    assert made.cells.tolist() == [[1], [0], [0]]
    assert made.denominator.startswith("Reflexive thematic analysis does not count")
    assert [head.of for head in reflexive.matrix(Asked(Kind.TRANSCRIPTS)).columns] == [None]
    assert reflexive.matrix(Asked(Kind.COOCCURRENCE)).cells.max() == 1
    for ask in (
        lambda: reflexive.matrix(Asked(count=Cells.SEGMENTS)),
        lambda: reflexive.matrix(Asked(Kind.COOCCURRENCE, count=Cells.COEFFICIENT)),
        reflexive.prevalence,
        reflexive.saturation,
    ):
        with pytest.raises(NoCounts, match="Braun & Clarke"):
            ask()
    assert len(reflexive.ask("TRUST").passages) == 2


# --- queries ---------------------------------------------------------------------------------------------------


def test_a_query_is_told_and_finds_its_places(team: Project) -> None:
    answer = team.ask("Trust and not Hope")
    assert answer.told == "Places of 'Trust' that share no words with 'Hope', in the consensus."
    assert [one.text for one in answer.passages] == ["I trusted her at once. She had been there."]
    assert [one.codes for one in team.ask("Trust or Fear where layer = ben").passages] == [
        ("TRUST",), ("TRUST",), ("TRUST",), ("FEAR",),
    ]  # fmt: skip


def test_a_query_is_kept_by_ids_dropped_and_brought_back(team: Project) -> None:
    team.save_query(" held ", "trust AND hope")
    (kept,) = team.saved_queries()
    assert (kept.name, kept.words, kept.by) == ("held", "TRUST and HOPE", "ana")
    team.draft_code("TRUST", label="Confidence", definition="New.")
    team.release_draft("2.0", {"TRUST": "wording"}, incomplete=True)  # type: ignore[dict-item]
    assert "'Confidence'" in team.saved_query("HELD").told
    assert len(team.ask(team.saved_query("held").words).passages) == 1
    team.drop_query("held")
    with pytest.raises(UnknownQuery):
        team.saved_query("held")
    team.undo("themes", "themes")
    assert team.saved_query("held").words == "TRUST and HOPE"
    assert all(well for well, _ in team.examine())


def test_saving_again_replaces_the_query_and_saying_the_same_writes_nothing(team: Project) -> None:
    team.save_query("held", "Trust")
    assert not team.save_query("held", "TRUST")
    team.save_query("held", "Hope")
    assert [(one.name, one.words) for one in team.saved_queries()] == [("held", "HOPE")]
    team.undo("themes", "themes")
    assert team.saved_query("held").words == "TRUST"
    team.undo("themes", "themes")
    with pytest.raises(NothingToUndo):
        team.undo("themes", "themes")


def test_a_query_that_could_not_be_asked_is_not_kept(team: Project) -> None:
    for words in ("Joy", "Trust where site = west", "Trust and", ""):
        with pytest.raises(UsageError):
            team.save_query("odd", words)
    with pytest.raises(BadDecision):
        team.save_query("  ", "Trust")
    team.save_query("Held", "Trust")
    with pytest.raises(NameTooClose):
        team.save_query("held", "Hope")


def test_a_saved_query_whose_code_is_gone_says_so(team: Project) -> None:
    team.save_query("hope", "Hope")
    team.merge_codes(["HOPE"], "TRUST")
    team.release_draft("2.0", incomplete=True)
    assert team.saved_query("hope").told.startswith("There is no code called 'HOPE' here.")
