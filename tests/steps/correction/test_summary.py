"""What a person confirms before a correction is sealed."""

from hypothesis import given

from qualbench.steps.correction import Change, compare, summary
from tests.steps.correction.written import INTERVIEW, corrections


def told(new: str, old: str = INTERVIEW) -> list[tuple[int, str, str]]:
    return [(change.line, change.old, change.new) for change in summary(compare(old, new))]


def test_a_typo_is_shown_as_its_word_with_context() -> None:
    """P1: I recieved a letter from Anna."""
    assert summary(compare(INTERVIEW, INTERVIEW.replace("recieved", "received"))) == (
        Change(2, "P1: I", "recieved", "received", "a letter from Anna. It"),
    )


def test_every_changed_place_is_told_with_its_line() -> None:
    new = INTERVIEW.replace("Anna", "Maria").replace("It was short. ", "").replace("then?", "then, please?")
    assert told(new) == [
        (2, "Anna", "Maria"),
        (2, "It was short.", ""),
        (3, "", ", please"),
        (4, "Anna", "Maria"),
    ]


def test_neighbours_on_one_line_are_one_change_and_on_two_lines_two() -> None:
    assert told("I saw Lena Braun there\n", "I saw Anna Smith there\n") == [(1, "Anna Smith", "Lena Braun")]
    assert told("one due\ndrei four\n", "one two\nthree four\n") == [(1, "two", "due"), (2, "three", "drei")]


def test_a_changed_line_break_can_be_seen() -> None:
    (change,) = summary(compare(INTERVIEW, INTERVIEW.replace("me.\nShe", "me. She")))
    assert change == Change(4, "P1: Then Anna called me.", "␊", "␣", "She was kind.")


def test_what_is_shown_is_short_and_harmless() -> None:
    long = "word " * 100
    (change,) = summary(compare("He said yes.", f"He said {long}\x1b[2J yes."))
    assert len(change.new) == 60
    assert change.new.endswith("…")
    (change,) = summary(compare("He said yes.", "He said \x1b[2J yes."))
    assert change.new == "␛[2J"


@given(corrections())
def test_every_excerpt_is_one_short_line(texts: tuple[str, str]) -> None:
    comparison = compare(*texts)
    changes = summary(comparison)
    assert bool(changes) == (texts[0] != texts[1])
    for change in changes:
        assert all(
            len(words) <= 60 and "\n" not in words for words in (change.before, change.old, change.new, change.after)
        )
        assert change.old or change.new
        assert 1 <= change.line <= texts[0].count("\n") + 1
    assert [change.line for change in changes] == sorted(change.line for change in changes)
