"""Types of participants with their reasons, negative cases, the lives of codes, and kept saturation runs."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from qualbench.errors import BadDecision, FileExists, QualbenchError, UsageError
from qualbench.model import Method, Outcome, Reason
from qualbench.project import Project
from qualbench.project.asked import Asked, Kind, NoCounts
from qualbench.steps import matrices
from qualbench.steps.participants import Attribute, AttributeKind
from tests.conftest import BOOK, add_interview, code


@pytest.fixture
def cases(study: Project) -> Project:
    """Three participants: P1 trusts and fears, P2 hopes, P3 hopes and trusts; coded by two who agree."""
    add_interview(study, "two.txt", "I: So?\nP2: It will get better.\n")
    add_interview(study, "three.txt", "I: So?\nP3: I trust that it will.\n")
    for name, label in (("talk", "P1"), ("two", "P2"), ("three", "P3")):
        study.assign_speaker(name, label, study.transcript(name).speakers[1].role, label)
    study.define_attribute(Attribute("site", AttributeKind.CHOICE, ("north", "south")))
    for who, site in (("P1", "north"), ("P2", "south"), ("P3", "south")):
        study.set_attribute(who, "site", site)
    for coder in ("ana", "ben"):
        code(study, coder, ["TRUST", "", "FEAR", ""])
        code(study, coder, ["HOPE"], "two")
        code(study, coder, ["HOPE+TRUST"], "three")
    study.viewer = "ana"
    return study


def held(project: Project, name: str = "Stance") -> dict[str, str]:
    return {one.participant: one.value for one in project.types(name)}


def test_a_type_by_hand_has_a_reason_and_is_an_attribute(cases: Project) -> None:
    cases.assign_type("P2", "Stance", "waiting", reason="Says so throughout.")
    assert cases.typologies() == ("Stance",)
    assert held(cases) == {"P1": "", "P2": "waiting", "P3": ""}
    (typed,) = [one for one in cases.types() if one.value]
    assert (typed.reason, typed.rule, typed.by, typed.holds) == ("Says so throughout.", "", "ana", None)
    assert cases.attribute("stance").choices == ("waiting",)
    made = cases.matrix(Asked(Kind.ATTRIBUTE, by="Stance"))
    assert [head.label for head in made.columns] == ["waiting", "not known"]
    assert not {one.label for one in made.rows} - {"Trust", "Hope", "Fear"}


def test_nobody_is_of_two_types(cases: Project) -> None:
    cases.assign_type("P2", "Stance", "waiting", reason="a")
    cases.assign_type("P2", "stance", "acting", reason="b")
    assert held(cases)["P2"] == "acting"
    assert cases.attribute("Stance").choices == ("waiting", "acting")
    cases.assign_type("P2", "Stance", "", reason="neither after all")
    assert held(cases)["P2"] == ""


def test_a_type_needs_a_reason_and_no_other_attribute_is_a_typology(cases: Project) -> None:
    with pytest.raises(BadDecision, match="needs a rule or a reason"):
        cases.assign_type("P2", "Stance", "waiting")
    with pytest.raises(BadDecision, match="'site' is known of participants already"):
        cases.assign_type("P2", "Site", "waiting", reason="a")
    with pytest.raises(BadDecision, match="no participant called 'P9'"):
        cases.assign_type("P9", "Stance", "waiting", reason="a")
    assert cases.typologies() == ()


def test_a_rule_gives_a_type_to_whom_it_fits(cases: Project) -> None:
    cases.assign_type("P3", "Stance", "acting", reason="She went there herself.")
    told = cases.ruled("Stance", "trusting", "code:Trust and not attribute:site=east")
    assert (told.given, told.others) == (("P1",), (("P3", "acting"),)), "who has a type keeps it"
    cases.type_by_rule("Stance", "trusting", "code:Trust and not attribute:site=east")
    assert held(cases) == {"P1": "trusting", "P2": "", "P3": "acting"}
    first = cases.types("Stance")[0]
    assert (first.rule, first.holds) == ("code:TRUST and not attribute:site = east", True)
    assert cases.ruled("Stance", "Trusting", "code:TRUST").already == ("P1",)
    cases.type_by_rule("Stance", "trusting", "code:TRUST", replace=True)
    assert held(cases) == {"P1": "trusting", "P2": "", "P3": "trusting"}
    cases.type_by_rule("Place", "there", "attribute:site = south")
    assert held(cases, "Place") == {"P1": "", "P2": "there", "P3": "there"}
    cases.set_attribute("P3", "site", "north")
    assert {one.participant: one.holds for one in cases.types("Place") if one.value} == {"P2": True, "P3": False}
    assert [one.why for one in cases.types("Place")][2] == "rule: attribute:site = south (fits no longer)"


def test_a_value_that_was_changed_since_has_no_reason_any_more(cases: Project) -> None:
    cases.assign_type("P2", "Stance", "waiting", reason="a")
    cases.assign_type("P3", "Stance", "acting", reason="b")
    cases.set_attribute("P2", "Stance", "acting")
    assert [(one.value, one.why) for one in cases.types("Stance")][1:] == [("acting", ""), ("acting", "b")]


def test_codes_under_a_code_count_for_it(cases: Project) -> None:
    book = BOOK.replace('"1.0"', '"2.0"').replace("{id: FEAR,", "{id: FEAR, parent: HOPE,")
    cases.release_codebook("book.yaml", book)
    assert cases.ruled("Stance", "x", "code:HOPE").given == ("P1", "P2", "P3")
    assert cases.ruled("Stance", "x", "code:FEAR").given == ("P1",)


def test_a_negative_case_is_marked_with_how_and_can_be_taken_back(cases: Project) -> None:
    cases.create_theme("Hope grows")
    cases.assign_type("P2", "Stance", "waiting", reason="a")
    for against in ("hope grows", "Trust", "stance=Waiting"):
        cases.mark_negative(against, "P1", f"Not so: {against}.")
    told = {one.told: one.reason for one in cases.negative_cases()}
    assert told == {
        "the theme Hope grows": "Not so: hope grows.",
        "the code Trust": "Not so: Trust.",
        "the type waiting (Stance)": "Not so: stance=Waiting.",
    }
    assert cases.negative_counts()["TRUST"] == 1
    cases.mark_negative("Trust", "P1", "Read again: she does.", marked=False)
    assert cases.negative_cases("Trust") == ()
    with pytest.raises(BadDecision, match="needs a reason"):
        cases.mark_negative("Trust", "P1", " ")
    with pytest.raises(BadDecision, match="no theme, code or type called 'Stance=x'"):
        cases.mark_negative("Stance=x", "P1", "a")


def test_the_report_says_which_interviews_speak_against_what(cases: Project, tmp_path: Path) -> None:
    cases.create_theme("Hope grows")
    cases.mark_negative("Hope grows", "P1", "Mara Lind never hopes.")
    cases.mark_negative("Hope grows", "P3", "Neither does she.")
    cases.write_report(tmp_path / "report.md")
    words = (tmp_path / "report.md").read_text()
    assert "2 interviews speak against 'Hope grows' and are kept as negative cases: P1, P3." in words
    assert "Mara Lind" not in words


def test_what_somebody_thinks_of_a_case_stays_theirs_while_they_are_blind(cases: Project) -> None:
    add_interview(cases, "four.txt", "I: So?\nP4: Well.\n")
    code(cases, "ana", ["TRUST"], "four")
    cases.assign_type("P2", "Stance", "waiting", reason="As in four.")
    cases.mark_negative("Trust", "P2", "As in four.")
    assert cases.types("Stance")[1].reason == "As in four."
    for viewer in ("ben", "lead", ""):
        cases.viewer = viewer
        assert [(one.value, one.reason) for one in cases.types("Stance")][1] == ("waiting", "")
        assert cases.negative_cases() == ()
        assert cases.negative_counts() == {}
        assert "negative" not in {str(one.kind) for one in cases.biography("TRUST")}
    code(cases, "ben", ["TRUST"], "four")
    assert [one.reason for one in cases.negative_cases()] == ["As in four."]


# --- the life of a code --------------------------------------------------------------------------------------------


def test_the_life_of_a_code_has_what_was_thought_and_decided(study: Project, tmp_path: Path) -> None:
    code(study, "ana", ["TRUST", "", "", ""])
    code(study, "ben", ["HOPE", "", "", ""])
    study.viewer = "ana"
    (item,) = study.items()
    study.decide(item, Outcome.FIRST, reason=Reason.DEFINITION)
    study.write_note("warmth: from distant to close", on="code", about="TRUST", kind="property")
    study.write_note("Does it come back\nonce it is lost?", on="code", about="TRUST", kind="question")
    study.write_note("Whom to ask next?", on="study", kind="question")
    (found,) = study.properties("TRUST")
    assert (found.name, found.low, found.high) == ("warmth", "distant", "close")
    assert [one.body for one in study.questions()] == ["Does it come back\nonce it is lost?", "Whom to ask next?"]
    assert len(study.questions("TRUST")) == 1
    told = [one.sentence for one in study.biography("TRUST")]
    assert told[-3:] == [
        "The team decided on 'talk', line 2, where ana had given it: it stands there"
        " (the first reading; definition unclear).",
        "ana found a property of it: warmth: from distant to close",
        "ana asked about it: Does it come back once it is lost?",
    ]
    hope = [one.sentence for one in study.biography("HOPE")]
    assert "where ben had given it: it does not stand there" in hope[-1]
    assert study.write_biography("Trust", tmp_path / "trust.md").startswith("The life of Trust is in")
    text = (tmp_path / "trust.md").read_text()
    assert text.startswith("# The life of Trust\n\nCode TRUST, active")
    assert "- warmth: from distant to close (ana, 2026-01-05)" in text
    assert text.index("ana used it for the first time") < text.index("The team decided") < text.index("asked about it")
    with pytest.raises(FileExists):
        study.write_biography("Trust", tmp_path / "trust.md")
    with pytest.raises(UsageError, match=r"ends in '\.odt'"):
        study.write_biography("Trust", tmp_path / "trust.odt")
    study.write_biography("Trust", tmp_path / "trust.docx")
    import docx

    words = [one.text for one in docx.Document(io.BytesIO((tmp_path / "trust.docx").read_bytes())).paragraphs]
    assert words[0] == "The life of Trust"
    assert any("Open questions" in one for one in words)


def test_properties_and_questions_of_somebody_who_still_codes_are_theirs(study: Project) -> None:
    study.open_pass("talk")
    study.write_note("depth: from none to all", on="code", about="TRUST", kind="property")
    study.viewer = "ben"
    assert study.properties("TRUST") == ()
    assert "property" not in {str(one.kind) for one in study.biography("TRUST")}


# --- saturation ----------------------------------------------------------------------------------------------------


def test_a_saturation_run_is_kept_with_what_it_was_made_from(cases: Project) -> None:
    rule = matrices.Rule(2, 1, 0.0)
    cases.keep_saturation(rule, "import", orders=20, seed=7)
    (kept,) = cases.kept_saturation()
    assert kept.told.startswith("Saturation is reached at 2+1 interviews")
    assert (kept.by, kept.codebook) == ("ana", "1.0")
    data = kept.data
    assert data["new"] == [2, 1, 0], "trust and fear, then hope, then nothing"
    assert data["ratios"] == [[2, 0, 0.0]]
    assert (data["base"], data["run"], data["threshold"], data["random"]["seed"]) == (2, 1, 0.0, 7)
    cases.keep_saturation(rule, "import", orders=20, seed=7)
    again = cases.kept_saturation()[1]
    assert again.data == data, "the same inputs and seed give the same run"
    add_interview(cases, "four.txt", "I: So?\nP4: Well.\n")
    for coder in ("ana", "ben"):
        code(cases, coder, ["FEAR"], "four")
    cases.keep_saturation(rule)
    assert cases.kept_saturation()[2].inputs != kept.inputs


def test_no_run_is_kept_where_the_method_has_no_saturation(tmp_path: Path) -> None:
    for method in (Method.CQR, Method.REFLEXIVE):
        with Project.create(tmp_path / method, method=method, viewer="ana") as project:
            with pytest.raises(NoCounts):
                project.keep_saturation()
            with pytest.raises(QualbenchError):
                project.saturation()
