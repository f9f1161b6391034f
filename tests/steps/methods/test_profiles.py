"""The table of methods, typed in again row by row, and what follows from a profile."""

from __future__ import annotations

import pytest

from qualbench.model import PROFILES, Method

COLUMNS = (
    Method.REFLEXIVE, Method.CODEBOOK, Method.RELIABILITY, Method.CQR, Method.FLEXIBLE, Method.NEGOTIATED,
)  # fmt: skip
TABLE = {
    "coders": ("one or more", "one or more", "two or more", "three to five judges", "one, or a team",
               "two, and a lead"),
    "codebook": ("grows freely", "set beforehand, and grows", "fixed before the test", "domains, then categories",
                 "analytic codes later", "revised every week"),
    "blind first pass": ("optional", "optional", "required", "required for the first cases", "for analytic codes",
                         "required"),
    "agreement number": ("hidden", "optional", "headline", "optional", "spot check", "before and after"),
    "consensus": ("not sought", "talk in the team", "adjudication", "unanimous", "talk in the team", "negotiation"),
    "counts reported": ("discouraged", "cases", "frequencies", "general, typical, variant", "matrices", "frequencies"),
    "saturation": ("off", "on", "on", "number of cases is fixed", "on", "on"),
    "auditor": ("none", "optional", "optional", "required", "optional", "optional"),
}  # fmt: skip


@pytest.mark.parametrize("row", TABLE)
def test_the_profiles_are_the_table_of_methods(row: str) -> None:
    told = [dict(PROFILES[method].rows)[row] for method in COLUMNS]
    assert all(word in said for word, said in zip(TABLE[row], told, strict=True)), told


def test_every_method_has_its_profile_and_every_row_a_value() -> None:
    assert set(PROFILES) == set(Method)
    assert all(list(dict(one.rows)) == list(TABLE) for one in PROFILES.values())


def test_one_method_hides_coefficients_and_two_rest_on_them() -> None:
    assert [method for method in Method if not PROFILES[method].measures] == [Method.REFLEXIVE]
    assert [method for method in Method if PROFILES[method].needs_agreement] == [Method.RELIABILITY, Method.NEGOTIATED]
    assert [method for method in Method if PROFILES[method].has_fixed_codebook] == [Method.RELIABILITY]
    assert [method for method in Method if PROFILES[method].counts_nothing] == [Method.REFLEXIVE]
    assert [method for method in Method if PROFILES[method].has_labels] == [Method.CQR]
    assert [method for method in Method if not PROFILES[method].seeks_consensus] == [Method.REFLEXIVE]


def test_what_stands_beside_figures_depends_on_the_method() -> None:
    assert "no part of this method" in PROFILES[Method.CQR].agreement_said
    assert "spot check" in PROFILES[Method.FLEXIBLE].agreement_said
    assert "before negotiation" in PROFILES[Method.NEGOTIATED].agreement_said
    assert PROFILES[Method.RELIABILITY].agreement_said == ""
    assert PROFILES[Method.REFLEXIVE].consensus_said.startswith("Consensus is not sought")
    assert PROFILES[Method.CQR].consensus_said == ""
