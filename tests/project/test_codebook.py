"""A codebook that goes on while a study is coded: drafts, releases, what they ask, and that nothing coded changes."""

from __future__ import annotations

import pytest

from qualbench.errors import FixedCodebook, NeedsConfirmation, PassSubmitted, QualbenchError, UnknownCode, UsageError
from qualbench.model import Change, PassState, SuggestionAnswer
from qualbench.project import Project
from qualbench.steps.codebook import applicable
from tests.conftest import BOOK, INTERVIEW, add_interview, code, spans

ANA = ["TRUST", "HOPE", "FEAR", ""]
BEN = ["TRUST", "", "FEAR", ""]
"""What the two say of the four answers of the interview; the empty string is 'nothing applies'."""


@pytest.fixture
def coded(study: Project) -> Project:
    """Both passes on the interview are handed in under version 1.0."""
    code(study, "ana", ANA)
    code(study, "ben", BEN)
    study.viewer = "ana"
    return study


@pytest.fixture
def begun(study: Project) -> Project:
    """Ana has decided the first two answers under version 1.0, with TRUST and HOPE; Ben has not begun."""
    held = study.open_pass("talk")
    for one, place in zip(("TRUST", "HOPE"), spans(study), strict=False):
        study.apply_code(held.id, one, *place)
    return study


def split_fear(project: Project) -> list[str]:
    """FEAR becomes two codes in version 2.0, and TRUST means less than it did."""
    project.split_code("FEAR", ["Fear for oneself", "Fear for others"])
    project.draft_code("TRUST", definition="They trust each other for a reason.")
    project.release_draft(changes={"TRUST": Change.NARROWED}, incomplete=True)
    return [one.id for one in project.codebook().codes if one.label.startswith("Fear for")]


def said(project: Project) -> list[tuple[str, str, int, int]]:
    return sorted((one.coder, one.code, one.start, one.end) for one in project.codings())


# --- drafts and releases -----------------------------------------------------------------------------------------


def test_a_draft_changes_nothing_until_it_is_released(coded: Project) -> None:
    coded.draft_code("HOPE", label="Hope and trust")
    added = coded.add_code("Anger", exclude="Not for fear.")
    assert coded.has_draft()
    assert [one.label for one in coded.codebook().codes] == ["Trust", "Hope", "Fear"]
    assert [one.label for one in coded.draft().codes] == ["Trust", "Hope and trust", "Fear", "Anger"]
    made = coded.release_draft()
    assert (made.book.version, coded.codebook_versions()) == ("1.1", ("1.0", "1.1"))
    assert not coded.has_draft()
    assert [(one.code, one.change) for one in coded.codebook().changes] == [
        ("HOPE", Change.WORDING), (added, Change.NEW),
    ]  # fmt: skip
    assert [one.label for one in coded.codebook("1.0").codes] == ["Trust", "Hope", "Fear"]


def test_a_step_in_the_draft_is_undone_and_redone(coded: Project) -> None:
    coded.draft_code("HOPE", label="Hoping")
    coded.merge_codes(["FEAR"], "HOPE")
    coded.undo("codebook", "codebook")
    assert [(one.label, one.status) for one in coded.draft().codes][1:] == [("Hoping", "active"), ("Fear", "active")]
    coded.redo("codebook", "codebook")
    assert coded.draft().codes[2].status == "merged"


def test_who_changes_what_a_code_means_says_how(coded: Project) -> None:
    coded.draft_code("HOPE", definition="They hope for something.")
    with pytest.raises(NeedsConfirmation):
        coded.release_draft()
    coded.release_draft(changes={"HOPE": Change.WIDENED})
    assert coded.codebook().version == "2.0"


def test_a_version_without_when_not_to_use_a_new_code_needs_a_yes(coded: Project) -> None:
    coded.add_code("Anger")
    with pytest.raises(NeedsConfirmation, match="Anger"):
        coded.release_draft()
    made = coded.release_draft(incomplete=True)
    assert any("Anger" in line for line in made.book.changelog)


def test_an_id_is_never_given_twice(coded: Project) -> None:
    first = coded.add_code("Anger")
    coded.drop_code(first)
    assert coded.add_code("Anger") != first


def test_the_codebook_of_a_file_becomes_the_draft(coded: Project) -> None:
    from qualbench.steps.codebook import read

    book, _ = read("book.yaml", BOOK.replace("Not for trust.", "Not for trust or fear."))
    coded.take_draft(book)
    assert coded.draft().codes[1].exclude == "Not for trust or fear."


# --- what a release asks ------------------------------------------------------------------------------------------


def test_a_release_asks_coders_to_look_again_and_rewrites_nothing(coded: Project) -> None:
    before = said(coded)
    split_fear(coded)
    assert [(one.code, one.change, (one.start, one.end)) for one in coded.debts()] == [
        ("TRUST", Change.NARROWED, spans(coded)[0]), ("FEAR", Change.SPLIT, spans(coded)[2]),
    ]  # fmt: skip
    assert said(coded) == before
    coded.viewer = "ben"
    assert [one.code for one in coded.debts()] == ["TRUST", "FEAR"]
    coded.viewer = "cleo"
    assert coded.debts() == ()


def test_an_answer_stands_beside_a_pass_that_is_handed_in(coded: Project) -> None:
    """Ana and Ben agreed on FEAR; now each says which of the two it was, and they differ."""
    before = said(coded)
    oneself, others = split_fear(coded)
    for viewer, new in (("ana", oneself), ("ben", others)):
        coded.viewer = viewer
        trust, fear = coded.debts()
        coded.recheck(trust, ["TRUST"])
        coded.recheck(fear, [new])
        assert coded.debts() == ()
    assert said(coded) == before
    place = spans(coded)[2]
    (raw,) = [one for one in coded.units() if (one.start, one.end) == place]
    assert set(raw.readings.values()) == {frozenset({"FEAR"})}
    (item,) = [one for one in coded.items() if (one.start, one.end) == place]
    assert item.readings == {"ana": (oneself,), "ben": (others,)}


def test_what_both_answer_alike_is_settled(coded: Project) -> None:
    oneself, _ = split_fear(coded)
    for viewer in ("ana", "ben"):
        coded.viewer = viewer
        trust, fear = coded.debts()
        coded.recheck(trust, [])
        coded.recheck(fear, [oneself])
    transcript = coded.transcript("talk").id
    settled = coded.settled().codes
    assert settled[transcript, *spans(coded)[2]] == {oneself}
    assert settled[transcript, *spans(coded)[0]] == frozenset()


def test_a_merged_code_is_read_as_the_one_it_went_into(coded: Project) -> None:
    coded.merge_codes(["FEAR"], "HOPE")
    coded.release_draft()
    assert coded.debts() == ()
    assert coded.settled().codes[coded.transcript("talk").id, *spans(coded)[2]] == {"HOPE"}
    assert {one.code for one in coded.codings()} == {"TRUST", "HOPE", "FEAR"}


def test_an_open_pass_goes_on_with_the_new_version(begun: Project) -> None:
    begun.draft_code("TRUST", definition="They trust each other for a reason.")
    begun.add_code("Anger", exclude="Not for fear.")
    begun.release_draft(changes={"TRUST": Change.NARROWED})
    first, second, third = spans(begun)[:3]
    held = begun.own_pass(begun.transcript("talk").id)
    assert held is not None
    with pytest.raises(UnknownCode):
        begun.apply_code(held.id, "ANGER", *third)
    begun.update_pass("talk")
    begun.apply_code(held.id, "ANGER", *third)
    assert [(one.code, (one.start, one.end)) for one in begun.debts()] == [
        ("TRUST", first), ("ANGER", first), ("ANGER", second),
    ]  # fmt: skip
    begun.recheck(begun.debts()[0], [])
    assert [(one.code, (one.start, one.end)) for one in begun.codings()] == [("HOPE", second), ("ANGER", third)]
    begun.undo(held.transcript, "coding")
    assert [one.code for one in begun.debts()] == ["TRUST", "ANGER", "ANGER"]


def test_a_pass_that_is_handed_in_stays_under_its_version(coded: Project) -> None:
    split_fear(coded)
    with pytest.raises(PassSubmitted):
        coded.update_pass("talk")
    assert {one.codebook for one in coded.passes()} == {"1.0"}
    assert {one.state for one in coded.passes()} == {PassState.SUBMITTED}


# --- codes that coders make -----------------------------------------------------------------------------------------


def test_a_new_code_is_its_coders_alone_until_the_transcript_is_opened(begun: Project) -> None:
    held = begun.own_pass(begun.transcript("talk").id)
    assert held is not None
    made = begun.propose_code(held.id, "less and less", *spans(begun)[2])
    begun.apply_code(held.id, made, *spans(begun)[3])
    assert begun.own_book().label(made) == "less and less"
    begun.viewer = "ben"
    assert begun.proposals() == ()
    assert begun.own_book().get(made) is None
    code(begun, "ben", BEN)
    begun.viewer = "ana"
    begun.submit(["talk"], "nothing")
    begun.viewer = "ben"
    assert [(one.label, one.coder) for one in begun.proposals()] == [("less and less", "ana")]
    begun.adopt_code(made)
    begun.draft_code(made, exclude="Not for hope.")
    begun.release_draft()
    taken = begun.codebook().get(made)
    assert taken is not None
    assert (taken.label, taken.status, taken.origin.split(",")[0]) == ("less and less", "trial", "inductive: talk")
    assert made in [one.id for one in applicable(begun.codebook())]


def test_undo_takes_a_new_code_back_with_its_use(begun: Project) -> None:
    held = begun.own_pass(begun.transcript("talk").id)
    assert held is not None
    begun.propose_code(held.id, "less and less", *spans(begun)[2])
    begun.undo(held.transcript, "coding")
    assert begun.proposals() == ()
    assert len(begun.codings()) == 2
    begun.redo(held.transcript, "coding")
    assert len(begun.proposals()) == 1


def test_a_new_code_that_is_used_elsewhere_is_not_undone(begun: Project) -> None:
    """Its other uses would be left without a name."""
    add_interview(begun, "two.txt", INTERVIEW + "I: Well.\n")
    held = begun.own_pass(begun.transcript("talk").id)
    assert held is not None
    made = begun.propose_code(held.id, "less and less", *spans(begun)[2])
    other = begun.open_pass("two")
    begun.apply_code(other.id, made, *spans(begun, "two")[0])
    with pytest.raises(QualbenchError, match="1 other place"):
        begun.undo(held.transcript, "coding")
    begun.remove_code(other.id, made, *spans(begun, "two")[0])
    begun.undo(held.transcript, "coding")
    assert begun.proposals() == ()


def test_where_the_codebook_is_fixed_no_code_is_made(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("fixed") / "study"
    with Project.create(folder, viewer="ana", method="coding-reliability-ta") as project:
        project.release_codebook("book.yaml", BOOK)
        add_interview(project, "talk.txt", INTERVIEW)
        held = project.open_pass("talk")
        with pytest.raises(FixedCodebook):
            project.propose_code(held.id, "less and less", *spans(project)[2])


# --- keys, suggestions, the life of a code -----------------------------------------------------------------------


def test_a_code_is_kept_on_one_key_and_a_key_keeps_one_code(begun: Project) -> None:
    begun.keep_favourite("1", "TRUST")
    begun.keep_favourite("2", "HOPE")
    begun.keep_favourite("1", "HOPE")
    assert begun.favourites() == {"1": "HOPE"}
    begun.viewer = "ben"
    assert begun.favourites() == {}


def test_suggestions_are_off_until_they_are_turned_on_and_the_study_remembers(coded: Project) -> None:
    assert not coded.suggesting()
    assert coded.told_suggestions() == "No coder had suggestions of codes on."
    coded.switch_suggestions(on=True)
    coded.switch_suggestions(on=False)
    assert not coded.suggesting()
    assert coded.told_suggestions() == "Suggestions of codes were on for ana (0 taken, 0 refused)."


def test_what_is_said_to_suggestions_is_counted(begun: Project) -> None:
    held = begun.own_pass(begun.transcript("talk").id)
    assert held is not None
    begun.answer_suggestion(held.id, "FEAR", *spans(begun)[2], accepted=True)
    begun.answer_suggestion(held.id, "HOPE", *spans(begun)[3], accepted=False)
    assert begun.answered_suggestions(held) == (
        SuggestionAnswer("FEAR", *spans(begun)[2], accepted=True),
        SuggestionAnswer("HOPE", *spans(begun)[3], accepted=False),
    )
    assert [one.code for one in begun.codings()] == ["TRUST", "HOPE", "FEAR"]
    with pytest.raises(UnknownCode):
        begun.answer_suggestion(held.id, "ELSE", *spans(begun)[3], accepted=True)


def test_the_life_of_a_code_tells_what_the_viewer_may_know(begun: Project) -> None:
    begun.draft_code("TRUST", label="Trusting")
    begun.release_draft()
    told = [one.sentence for one in begun.biography("TRUST")]
    assert any("Trusting" in sentence for sentence in told)
    assert any("ana" in sentence for sentence in told)
    begun.viewer = "ben"
    assert not any("ana" in one.sentence and one.kind == "used" for one in begun.biography("TRUST"))


def test_a_comparison_ties_two_extracts(begun: Project) -> None:
    one, other = begun.codings()
    begun.write_note("Both speak of her.", on="comparison", about="TRUST", kind="comparison", places=[one.id, other.id])
    assert [(note.about, note.places) for note in begun.notes()] == [("TRUST", (one.id, other.id))]
    with pytest.raises(UsageError):
        begun.write_note("One alone.", on="comparison", about="TRUST", places=[one.id, one.id])
