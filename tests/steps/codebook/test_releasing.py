"""Releasing a draft: what must be said first, and what is kept."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from qualbench.errors import NeedsConfirmation, QualbenchError, UsageError
from qualbench.model import Change, Code, CodeChange
from qualbench.steps.codebook import from_data
from qualbench.steps.codebook.drafting import drafted
from qualbench.steps.codebook.releasing import release
from tests.steps.codebook.books import book

FULL = {"exclude": "Not for talk.", "examples": ("So.",)}
OLD = replace(
    book(Code("A", "Trust", **FULL), Code("B", "Hope"), Code("C", "Fear", **FULL)),  # type: ignore[arg-type] # fields
    changelog=("1.0: first release.",),
)


def draft(*codes: Code, **fields: dict[str, Any]) -> Any:
    """The old codes with some fields changed, and new ones."""
    changed = (replace(code, **fields.get(code.id, {})) for code in OLD.codes)
    return replace(drafted(OLD, []), codes=(*changed, *codes))


def test_a_version_keeps_what_was_said_of_each_code() -> None:
    new = draft(Code("D", "Rain", **FULL), A={"definition": "They do."}, C={"status": "merged", "into": ("A",)})  # type: ignore[arg-type] # fields
    made = release(OLD, new, "2.0", {"A": Change.NARROWED}, {"A": "Peers only"}, "2026-02-01", ["1.0"])
    assert made.book == from_data(json.loads(made.fact.codes.body))  # type: ignore[attr-defined] # sealed
    assert (made.fact.version, made.fact.title, made.book.date) == ("2.0", "Little", "2026-02-01")
    assert made.book.changes == (
        CodeChange("A", Change.NARROWED, "Peers only"),
        CodeChange("C", Change.MERGED),
        CodeChange("D", Change.NEW),
    )
    assert made.book.changelog == (
        "1.0: first release.",
        "2.0 (2026-02-01): Trust: its definition changed.",
        "2.0 (2026-02-01): Fear was merged into Trust.",
        "2.0 (2026-02-01): Rain was added.",
    )
    assert made.warnings == ("There is no example of: Hope.",)


def test_the_first_version_has_no_changes() -> None:
    made = release(None, draft(B=FULL), "1.0")
    assert (made.book.changes, made.book.changelog[-1]) == ((), "1.0: First release; 3 codes.")


def test_nothing_is_released_while_the_kind_of_a_change_is_not_said() -> None:
    new = draft(A={"definition": "They do."}, C={"include": "When said."})
    with pytest.raises(NeedsConfirmation, match="made to: Trust and Fear"):
        release(OLD, new, "2.0")
    with pytest.raises(NeedsConfirmation, match="made to: Fear"):
        release(OLD, new, "2.0", {"A": Change.WIDENED})


def test_wording_needs_no_word_but_may_be_said_to_be_more() -> None:
    new = draft(A={"label": "Belief"})
    assert release(OLD, new, "1.0.1").book.changes == (CodeChange("A", Change.WORDING),)
    assert release(OLD, new, "2.0", {"A": Change.WIDENED}).book.changes == (CodeChange("A", Change.WIDENED),)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"A": Change.MERGED}, "'Trust' can not be called 'merged'"),
        ({"A": Change.WORDING, "C": Change.WORDING}, "It is 'retired'"),
        ({"A": Change.WORDING, "D": Change.WORDING}, "It is 'new'"),
        ({"A": Change.WORDING, "B": Change.NARROWED}, "No change was made to Hope"),
    ],
)
def test_what_can_not_be_is_refused(said: dict[str, Change], sentence: str) -> None:
    new = draft(Code("D", "Rain", **FULL), A={"definition": "They do."}, C={"status": "retired"})  # type: ignore[arg-type] # fields
    with pytest.raises(UsageError) as refused:
        release(OLD, new, "2.0", said)
    assert sentence in str(refused.value)


def test_no_release_without_when_not_to_use_unless_it_is_said_to_be_incomplete() -> None:
    new = draft(Code("D", "Rain"), Code("E", "Snow", status="proposed"), B={"label": "Hopes"})
    with pytest.raises(NeedsConfirmation, match="when not to use: Hopes and Rain"):
        release(OLD, new, "1.1")
    made = release(OLD, new, "1.1", incomplete=True)
    assert made.book.changelog[-1] == "1.1: Released without saying when not to use: Hopes and Rain."


def test_a_code_that_was_not_touched_stops_no_release() -> None:
    assert release(OLD, draft(A={"notes": "x"}), "1.0.1").book.get("B") == Code("B", "Hope")


def test_a_released_version_never_changes_and_nothing_new_is_no_version() -> None:
    changed = draft(A={"notes": "x"})
    for version, known in (("1.0", []), ("0.9", ["0.9", "1.0"])):
        with pytest.raises(QualbenchError, match="is released already"):
            release(OLD, changed, version, known_versions=known)
    with pytest.raises(QualbenchError, match=r"Nothing has changed since version 1\.0"):
        release(OLD, draft(), "2.0")
    with pytest.raises(QualbenchError, match="no codes"):
        release(None, drafted(None, []), "1.0")
    with pytest.raises(UsageError, match="needs a version"):
        release(OLD, changed, " ")


def test_another_order_alone_is_a_release() -> None:
    new = replace(draft(), codes=OLD.codes[::-1])
    made = release(OLD, new, "1.0.1")
    assert made.book.changes == ()
    assert made.book.changelog[-1] == "1.0.1: The codes at the top stand in another order."


@pytest.mark.parametrize(("count", "warned"), [(40, False), (41, True)])
def test_more_codes_than_a_team_can_hold_are_pointed_out(count: int, warned: bool) -> None:
    many = [Code(f"N{n}", f"Number {n}", **FULL) for n in range(count)]  # type: ignore[arg-type] # fields
    made = release(None, replace(drafted(None, []), codes=tuple(many)), "1.0")
    assert bool(made.warnings) == warned
    assert all(words.startswith(f"There are {count} codes") for words in made.warnings)
