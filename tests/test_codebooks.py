"""The shipped codebooks: complete, free of warnings, and each pointing only at codes it has."""

import re
from pathlib import Path

import pytest

from qualbench.model import Code, Codebook, Method
from qualbench.steps.codebook import applicable, from_data, read, to_data

FOLDER = Path(__file__).parent.parent / "codebooks"
FILES = sorted(FOLDER.glob("*.yaml"))
FIELDS = ("definition_short", "definition", "include", "exclude", "examples", "near_miss", "origin")

AFTERCARE = {
    "BUILDING_TRUST": ["LIVED_CREDIBILITY", "TRUST_OVER_TIME", "CONFIDENTIALITY"],
    "SHARED_EXPERIENCE": ["BEEN_THERE", "NOT_JUDGED", "HOPE_MODELLED"],
    "ROLE_IN_RECOVERY": ["PRACTICAL_HELP", "EMOTIONAL_SUPPORT", "LESS_ALONE"],
    "CHALLENGES_RISKS": ["READINESS", "RETRAUMATISATION", "BOUNDARIES", "RELAPSE_EXPOSURE", "UNDERVALUED_WORK"],
    "BEST_PRACTICES": ["TRAINING", "SUPERVISION", "SAFEGUARDS", "PAID_ROLE", "HARM_REDUCTION"],
}


def book(name: str) -> Codebook:
    return read(name, (FOLDER / name).read_text("utf-8"))[0]


def named(text: str) -> set[str]:
    """The codes that a text names: words in capitals, as ids are written in these books."""
    return set(re.findall(r"\b[A-Z][A-Z_]{3,}\b", text))


def test_one_codebook_is_shipped_for_each_study_design() -> None:
    assert [path.name for path in FILES] == [
        "peer-support-aftercare.yaml",
        "peer-support-groups.yaml",
        "recovery-signs-stages.yaml",
        "services-harm-reduction.yaml",
    ]


@pytest.fixture(params=[path.name for path in FILES])
def shipped(request: pytest.FixtureRequest) -> Codebook:
    return book(request.param)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_reads_without_a_warning(path: Path) -> None:
    assert read(path.name, path.read_text("utf-8"))[1] == []


def test_every_code_has_every_field(shipped: Codebook) -> None:
    missing = [(code.id, name) for code in shipped.codes for name in FIELDS if not getattr(code, name)]
    assert missing == []


def test_version_date_and_change_list_say_the_same(shipped: Codebook) -> None:
    assert (shipped.version, shipped.date) == ("1.0", "2026-01-12")
    assert shipped.changelog[0].startswith("1.0 (2026-01-12)")


def test_a_near_miss_names_the_code_to_use_instead(shipped: Codebook) -> None:
    ids = {code.id for code in shipped.codes}
    assert [code.id for code in shipped.codes if not (named(code.near_miss) & ids) - {code.id}] == []


def test_every_code_that_a_text_points_at_exists(shipped: Codebook) -> None:
    ids = {code.id for code in shipped.codes}
    texts = [(code.id, f"{code.definition} {code.include} {code.exclude} {code.near_miss}") for code in shipped.codes]
    assert [(code_id, named(text) - ids) for code_id, text in texts if named(text) - ids] == []


def test_when_not_to_use_a_code_says_what_to_use_instead(shipped: Codebook) -> None:
    ids = {code.id for code in shipped.codes}
    leaves = applicable(shipped)
    assert [code.id for code in leaves if not (named(code.exclude) & ids) - {code.id}] == []


def test_a_short_definition_is_shorter_than_the_full_one(shipped: Codebook) -> None:
    assert [code.id for code in shipped.codes if len(code.definition_short) >= len(code.definition)] == []


def test_labels_are_unlike_each_other(shipped: Codebook) -> None:
    labels = [code.label.casefold() for code in shipped.codes]
    assert len(labels) == len(set(labels))


def test_a_released_version_survives_storing(shipped: Codebook) -> None:
    assert from_data(to_data(shipped)) == shipped


def test_no_example_is_told_twice() -> None:
    told = [example for path in FILES for code in book(path.name).codes for example in code.examples]
    near = [code.near_miss.split('"')[1] for path in FILES for code in book(path.name).codes]
    assert len(told + near) == len(set(told + near))


def test_each_book_names_the_method_it_is_made_for() -> None:
    methods = {path.stem: re.search(r'^method: "(.+)"$', path.read_text("utf-8"), re.M) for path in FILES}
    assert {stem: Method(found[1]) for stem, found in methods.items() if found} == {
        "peer-support-aftercare": Method.CODEBOOK,
        "peer-support-groups": Method.CODEBOOK,
        "recovery-signs-stages": Method.CQR,
        "services-harm-reduction": Method.FLEXIBLE,
    }


def test_aftercare_has_the_five_themes_and_their_codes() -> None:
    codes = book("peer-support-aftercare.yaml").codes
    tree = {code.id: [child.id for child in codes if child.parent == code.id] for code in codes if not code.parent}
    assert tree == AFTERCARE
    assert {code.kind for code in codes if not code.parent} == {"theme"}
    assert {code.kind for code in codes if code.parent} == {"code"}


def test_aftercare_themes_are_headings_that_nobody_applies() -> None:
    codes = applicable(book("peer-support-aftercare.yaml"))
    assert [code.id for code in codes] == [code_id for ids in AFTERCARE.values() for code_id in ids]


def test_recovery_has_the_four_domains_of_the_focus_groups() -> None:
    codes = book("recovery-signs-stages.yaml").codes
    domains = [code.id for code in codes if code.kind == "domain"]
    assert domains == ["SIGNS", "COMMON_ELEMENTS", "SUPPORTING_SURVIVORS", "STAGES"]
    assert {code.kind for code in codes if code.parent} == {"category"}


def test_flexible_coding_has_index_codes_and_analytic_codes() -> None:
    def kinds(code: Code) -> str:
        return code.kind

    applied = applicable(book("services-harm-reduction.yaml"))
    assert [kinds(code) for code in applied] == ["index"] * 7 + ["analytic"] * 12
    assert all(code.id.startswith("IDX_") == (code.kind == "index") for code in applied)
