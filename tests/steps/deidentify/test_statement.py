"""What a report may say about the result."""

import pytest

from qualbench.steps.deidentify import statement


@pytest.mark.parametrize(
    ("reviewers", "told"),
    [
        ([], "Names and details were replaced; not reviewed by anybody yet."),
        (["Ana"], "Names and details were replaced; reviewed by one person."),
        (["Ana", "ana ", "Ben"], "Names and details were replaced; reviewed by two people."),
        ([f"Reader {number}" for number in range(13)], "Names and details were replaced; reviewed by 13 people."),
    ],
)
def test_it_says_how_many_people_reviewed_and_never_that_nobody_can_be_known(reviewers: list[str], told: str) -> None:
    assert statement(reviewers) == f"{told} A reader who knows the case may still recognise it."
    assert "anonym" not in statement(reviewers).lower()
