"""Two versions of a codebook side by side."""

from qualbench.model import Code, Codebook
from qualbench.steps.codebook import changes

OLD = Codebook(
    "1.0",
    "Little",
    (
        Code("A", "Trust", definition="They trust."),
        Code("B", "Hope", parent="A"),
        Code("C", "Fear", examples=("I was afraid.",)),
        Code("D", "Rain"),
    ),
)


def test_nothing_changed_between_a_version_and_itself():
    assert changes(OLD, OLD) == ()


def test_every_kind_of_change_is_a_sentence_and_codes_are_known_by_their_ids():
    new = Codebook(
        "1.1",
        "Little",
        (
            Code("A", "Confidence", definition="They trust each other.", include="When said."),
            Code("B", "Hope", status="retired"),
            Code("C", "Fear", examples=("I was afraid.",), parent="A"),
            Code("E", "Snow"),
        ),
    )
    assert changes(OLD, new) == (
        "Trust is called Confidence now.",
        "Confidence: its definition, when to use it changed.",
        "Hope stands at the top now; it stood under Trust.",
        "Hope is retired now; it was active.",
        "Fear stands under Confidence now; it stood at the top.",
        "Snow was added.",
        "Rain was removed.",
    )
