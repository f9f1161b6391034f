"""Two versions of a codebook side by side: differences as values, word by word, and what kind they probably are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.model import Change, Code
from qualbench.steps.codebook.differences import (
    Kind,
    changes,
    compare,
    next_version,
    propose,
    tree_changed,
    word_differences,
)
from qualbench.steps.codebook.drafting import drafted
from qualbench.steps.codebook.editing import place_code
from tests.steps.codebook.books import FAMILY, book

OLD = book(
    Code("A", "Trust", definition="They trust peers.", examples=("One.", "Two.")),
    Code("B", "Hope", parent="A"),
    Code("C", "Fear"),
    Code("D", "Rain"),
    Code("E", "Snow", status="retired"),
    Code("F", "Wind", status="proposed"),
)


def test_each_difference_says_what_stood_before_and_what_stands_after() -> None:
    new = book(
        Code("C", "Fear", status="split", into=("A", "B")),
        Code("A", "Trust", definition="They trust each peer.", examples=("One.",)),
        Code("B", "Hopes"),
        Code("E", "Snow", status="retired"),
        Code("F", "Wind", status="trial"),
        Code("G", "Sun", status="merged", into=("A",)),
    )
    assert [(one.code, one.kind, one.field, one.before, one.after) for one in compare(OLD, new)] == [
        ("C", Kind.SPLIT, "status", "active", "split"),
        ("A", Kind.FIELD, "definition", "They trust peers.", "They trust each peer."),
        ("A", Kind.FIELD, "examples", "One.\nTwo.", "One."),
        ("B", Kind.RELABELLED, "label", "Hope", "Hopes"),
        ("B", Kind.MOVED, "parent", "under Trust", "at the top"),
        ("F", Kind.STATE, "status", "proposed", "trial"),
        ("G", Kind.ADDED, "", "", "Sun"),
        ("G", Kind.MERGED, "status", "", "merged"),
        ("D", Kind.REMOVED, "", "Rain", ""),
        ("", Kind.ORDER, "", "Trust\nFear\nSnow\nWind", "Fear\nTrust\nSnow\nWind"),
    ]
    assert changes(OLD, new) == (
        "Fear was split into Trust and Hopes.",
        "Trust: its definition, its examples changed.",
        "Hope is called Hopes now.",
        "Hopes stands at the top now; it stood under Trust.",
        "Wind is on trial now; it was proposed.",
        "Sun was added.",
        "Sun was merged into Trust.",
        "Rain was removed.",
        "The codes at the top stand in another order.",
    )
    assert tree_changed(OLD, new)


def test_versions_can_be_compared_the_other_way_round() -> None:
    new = book(*OLD.codes, Code("G", "Sun"))
    assert [one.kind for one in compare(new, OLD)] == [Kind.REMOVED]
    assert compare(OLD, OLD) == ()
    assert not tree_changed(OLD, new)


def test_a_code_that_moved_does_not_make_the_others_seem_to_stand_in_another_order() -> None:
    moved = drafted(FAMILY, place_code(FAMILY, "T", "U", "C"))
    assert [(one.code, one.kind) for one in compare(FAMILY, moved)] == [("T", Kind.MOVED)]


def test_word_by_word() -> None:
    assert word_differences("a b  c", "a x  c d") == (
        ("equal", "a "),
        ("removed", "b  c"),
        ("added", "x  c d"),
    )
    assert word_differences("", "new") == (("added", "new"),)
    assert word_differences("same", "same") == (("equal", "same"),)


WORDS = st.lists(st.sampled_from(["when ", "said ", "not ", "\n", "x"]), max_size=20).map("".join)


@given(WORDS, WORDS)
def test_both_texts_can_be_read_off_the_differences(before: str, after: str) -> None:
    found = word_differences(before, after)
    assert "".join(words for kind, words in found if kind != "added") == before
    assert "".join(words for kind, words in found if kind != "removed") == after
    assert all(words for _, words in found)


def test_very_long_texts_are_compared_as_wholes() -> None:
    before, after = "a " * 6000, "b " * 6000
    assert word_differences(before, after) == (("removed", before), ("added", after))


@pytest.mark.parametrize(
    ("code", "fields", "kind"),
    [
        ("A", {"label": "Belief"}, Change.WORDING),
        ("A", {"examples": ("Three.",)}, Change.WORDING),
        ("A", {"notes": "See B."}, Change.WORDING),
        ("B", {"parent": "C"}, Change.WORDING),
        ("A", {"definition": "They do."}, None),
        ("A", {"include": "When said."}, None),
        ("A", {"exclude": "Not for talk.", "label": "Belief"}, None),
        ("A", {"status": "retired", "definition": "They do."}, Change.RETIRED),
        ("A", {"status": "merged", "into": ("B",)}, Change.MERGED),
        ("A", {"status": "split", "into": ("B", "C")}, Change.SPLIT),
        ("E", {"status": "active"}, Change.NEW),
        ("F", {"status": "trial", "definition": "Air."}, Change.NEW),
        ("F", {"definition": "Air."}, None),
        ("E", {"definition": "Ice."}, Change.WORDING),
    ],
)
def test_what_kind_of_change_it_probably_was(code: str, fields: dict[str, object], kind: Change | None) -> None:
    new = book(*(replace(one, **fields) if one.id == code else one for one in OLD.codes))  # type: ignore[arg-type] # any
    assert propose(OLD, new) == {code: kind}


def test_added_and_removed_codes_are_known_for_what_they_are() -> None:
    new = book(*OLD.codes[1:], Code("G", "Sun"))
    assert propose(OLD, new) == {"G": Change.NEW, "A": Change.RETIRED}
    assert propose(OLD, OLD) == {}
    assert propose(None, book(Code("A", "Trust"))) == {"A": Change.NEW}


@pytest.mark.parametrize(
    ("version", "kinds", "moved", "expected"),
    [
        ("", [], False, "1.0"),
        ("1.0", [Change.WORDING], False, "1.0.1"),
        ("1.0.1", [Change.WORDING], False, "1.0.2"),
        ("1.0.1", [Change.NEW, Change.WORDING], False, "1.1.0"),
        ("1.4", [Change.NEW, Change.NARROWED], False, "2.0"),
        ("1.4", [Change.MERGED], False, "2.0"),
        ("1.4", [None], False, "2.0"),
        ("1.4", [Change.WORDING], True, "2.0"),
        ("3", [Change.NEW], False, "3.1"),
        ("v9", [Change.RETIRED], False, "v10.0"),
        ("spring", [Change.NEW], False, "spring (2)"),
    ],
)
def test_the_version_follows_from_the_changes(
    version: str, kinds: list[Change | None], moved: bool, expected: str
) -> None:
    assert next_version(version, kinds, moved=moved) == expected


def test_a_version_that_is_taken_is_not_proposed() -> None:
    assert next_version("1.0", [Change.NEW], known=["1.0", "1.1", "1.2"]) == "1.3"
    assert next_version("spring", [], known=["spring", "spring (2)"]) == "spring (3)"
