"""Care on real studies: names of a vault, people who withdrew, interviewers in quotes, rare people, and the answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualbench.errors import BadDecision, ReadOnlyStudy, UsageError
from qualbench.model import Role
from qualbench.project import Project
from qualbench.project.deidentify.vault_file import Kept, VaultFile
from qualbench.steps.care import Check, Finding
from qualbench.steps.deidentify import Action, Decision, Kind, Vault, with_decisions
from qualbench.steps.participants import Attribute, AttributeKind
from tests.conftest import add_interview, code, spans

SECOND = "I: And you?\nP2: Maria showed me the way.\nI: Where to?\nP2: To [NAME REDACTED], near the station.\n"
THIRD = "I: Who helped?\nP3: My neighbour.\n"


@pytest.fixture
def settled(study: Project) -> Project:
    """talk (P1, four segments), other (P2, two) and third (P3, one), coded alike by two, with a theme of quotes."""
    add_interview(study, "other.txt", SECOND)
    add_interview(study, "third.txt", THIRD)
    for coder in ("ana", "ben"):
        code(study, coder, ["TRUST", "HOPE", "", ""])
        code(study, coder, ["TRUST", "TRUST"], "other")
        code(study, coder, ["HOPE"], "third")
    study.viewer = "ana"
    study.create_theme("What holds")
    study.gather_codes(study.themes()[0], ["TRUST"])
    return study


def pick(project: Project, name: str, number: int) -> None:
    project.pick_quote(project.themes()[0], name, *spans(project, name)[number])


def checks(found: tuple[Finding, ...]) -> list[Check]:
    return [one.check for one in found]


def vault(path: Path, *originals: str) -> Path:
    answers = [Decision(one, Kind.PERSON, Action.REPLACE, f"Olive{n}") for n, one in enumerate(originals)]
    VaultFile(path).write(Kept(with_decisions(Vault(), answers, "ana")))
    return path


def test_a_study_without_any_risk_leaves_without_a_question(settled: Project) -> None:
    pick(settled, "talk", 0)
    assert settled.care("themes") == ()
    assert settled.care("codings") == ()


def test_an_original_of_the_vault_is_found_in_a_quote_and_in_what_is_written_of_a_theme(
    settled: Project, tmp_path: Path
) -> None:
    pick(settled, "other", 0)
    settled.describe_theme(settled.themes()[0], "maria and the others")
    (idea, quote) = settled.care("themes", vault=vault(tmp_path / "vault.json", "Maria"))
    assert idea.sentence == "Theme 1, central idea: 1 place where a known original (person) can be read."
    assert quote.sentence.startswith("Theme 1, quote 1 ('other', line 2): 1 place where a known original (person)")
    assert (idea.risk, quote.risk) == ("maria", "Maria")


def test_the_vault_of_the_study_is_looked_at_when_it_is_at_hand(settled: Project) -> None:
    from qualbench.project.deidentify.vault_file import default_vault

    pick(settled, "other", 0)
    assert not settled.has_vault()
    assert settled.care("themes") == ()
    path = default_vault(settled.study.id)
    path.parent.mkdir(parents=True, exist_ok=True)
    vault(path, "Maria")
    assert settled.has_vault()
    assert checks(settled.care("themes")) == [Check.NAME]


def test_a_transcript_called_by_a_name_is_told_by_its_number(settled: Project, tmp_path: Path) -> None:
    add_interview(settled, "Interview-Maria.txt", "I: Well?\nP4: I asked Maria.\n")
    for coder in ("ana", "ben"):
        code(settled, coder, ["TRUST"], "Interview-Maria")
    settled.viewer = "ana"
    pick(settled, "Interview-Maria", 0)
    found = settled.care("themes", vault=vault(tmp_path / "vault.json", "Maria"))
    assert [one.sentence.split(":")[0] for one in found] == [
        "Name of transcript 4", "Theme 1, quote 1 (transcript 4, line 2)",
    ]  # fmt: skip
    assert not any("Maria" in one.sentence for one in found)


def test_a_vault_that_is_not_there_is_said(settled: Project, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There is no vault at"):
        settled.care("themes", vault=tmp_path / "gone.json")


def test_words_that_the_caller_adds_are_looked_at_too(settled: Project, tmp_path: Path) -> None:
    kept = vault(tmp_path / "vault.json", "Maria")
    (found,) = settled.care("codings", vault=kept, words=[("Memo 7", "ask Maria"), ("Memo 8", "ask her")])
    assert found.sentence.startswith("Memo 7: 1 place")


def test_quotes_and_segments_of_who_withdrew_are_found(settled: Project) -> None:
    """P1 has two settled segments with a code, and one of the two quotes."""
    pick(settled, "talk", 0)
    pick(settled, "other", 0)
    settled.withdraw_participant("P1", "did not say")
    (one,) = settled.withdrawn()
    assert (one.participant, one.reason, one.by) == ("P1", "did not say", "ana")
    assert [found.sentence for found in settled.care("themes")] == [
        "Theme 1, quote 1 ('talk', line 2): words of P1, who withdrew.",
        "P1, who withdrew, is still in it with 2 coded segments.",
    ]
    words, places = settled.leaving_codings(settled.export_codings())
    (table,) = settled.care("codings", words=words, places=places)
    assert table.sentence == "P1, who withdrew, is still in it with 2 coded segments."
    with pytest.raises(BadDecision, match="P1 withdrew before"):
        settled.withdraw_participant("P1")


def test_an_interviewer_in_a_quote_is_found_unless_the_words_are_cut(settled: Project) -> None:
    text = settled.transcript("talk").text
    (start, _), (_, end) = spans(settled)[0], spans(settled)[1]
    settled.pick_quote(settled.themes()[0], "talk", start, end)
    (found,) = settled.care("themes")
    assert found.sentence == "Theme 1, quote 1 ('talk', line 2): 2 words in it said by an interviewer."
    quote = settled.themes()[0].quotes[0]
    settled.cut_quote(quote, [(text.index("I: And then?"), text.index("P1: Then"))])
    assert settled.care("themes") == ()


def test_interviewers_who_are_counted_are_found(settled: Project) -> None:
    settled.count_interviewers(True)
    assert settled.care("themes") == ()  # nobody coded what they say
    settled.count_interviewers(False)
    settled.assign_speaker("third", "P3", Role.INTERVIEWER)
    settled.count_interviewers(True)
    (found,) = settled.care("themes")
    assert found.sentence == "Interviewers' speech is counted: 1 segment of theirs among participants'."


def test_a_mark_of_redaction_in_a_quote_is_found(settled: Project) -> None:
    pick(settled, "other", 1)
    (found,) = settled.care("themes")
    assert found.check is Check.REDACTED
    assert "1 mark of redaction" in found.sentence


@pytest.fixture
def known(settled: Project) -> Project:
    """P1 and P2 are of the north, P3 of the south: none of these places has three people."""
    settled.define_attribute(Attribute("site", AttributeKind.TEXT))
    for who, site in (("P1", "north"), ("P2", "north"), ("P3", "south")):
        settled.set_attribute(who, "site", site)
    return settled


def test_rare_attributes_are_found_only_where_they_would_be_printed(known: Project) -> None:
    pick(known, "talk", 0)
    assert known.care("themes") == ()
    (found,) = known.care("themes", attributes=["site"])
    assert found.sentence == "Combination 1 of site: 2 participants share it, fewer than 3."
    assert found.risk == "site: north"
    known.set_attribute("P3", "site", "north")
    assert known.care("themes", attributes=["site"]) == ()


def test_a_table_tells_the_attributes_of_everybody(known: Project) -> None:
    assert [one.risk for one in known.care("xlsx")] == ["site: north", "site: south"]


def test_an_answer_is_in_the_log_and_covers_the_same_findings_later(known: Project) -> None:
    pick(known, "talk", 0)
    findings = known.care("themes", attributes=["site"])
    assert known.answered_for("themes", findings) is None
    with pytest.raises(BadDecision, match="only with a reason"):
        known.allow_export("themes", findings, " ")
    known.allow_export("themes", findings, "P1 agreed in writing")
    (answer,) = known.allowed_exports()
    assert (answer.what, answer.reason, answer.by) == ("themes", "P1 agreed in writing", "ana")
    assert [sentence for _, sentence in answer.findings] == [findings[0].sentence]
    assert known.answered_for("themes", known.care("themes", attributes=["site"])) == answer
    pick(known, "third", 0)
    assert known.answered_for("themes", known.care("themes", attributes=["site"])) is None


def test_no_name_and_no_value_goes_into_the_log_with_an_answer(known: Project, tmp_path: Path) -> None:
    pick(known, "other", 0)
    findings = known.care("themes", attributes=["site"], vault=vault(tmp_path / "v.json", "Maria"))
    assert {one.risk for one in findings} == {"Maria", "site: north"}
    known.allow_export("themes", findings, "for the board only")
    (answer,) = known.allowed_exports()
    told = " ".join(sentence for _, sentence in answer.findings)
    assert "Maria" not in told
    assert "north" not in told


def test_who_only_looks_can_not_answer(known: Project) -> None:
    with Project.open(known.folder, "ben") as project, pytest.raises(ReadOnlyStudy):
        project.allow_export("themes", project.care("xlsx"), "because")


def test_the_log_of_answers_is_whole(known: Project) -> None:
    known.withdraw_participant("P1")
    known.allow_export("themes", known.care("themes"), "because")
    known.answer_item("coreq", "14", "A library.")
    assert all(well for well, _ in known.examine())
