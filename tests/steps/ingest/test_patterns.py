"""A person's own pattern for speakers: what names nobody is refused, and nothing goes on for ever."""

import time

import pytest

from qualbench.errors import QualbenchError
from qualbench.steps.ingest import Answers, Draft, read
from qualbench.steps.ingest.patterns import BadPattern, checked


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("(?P<name>", "no regular expression"),
        (r"(\w+):", "no group called 'name'"),
        (r"(?P<name>(\w+)*):", "repeats something"),
        (r"(?P<name>(?:a|ab)+):", "repeats something"),
        (r"(?P<name>(?:\w+ ?){2,}):", "repeats something"),
        (r"(?P<name>(?:\w{1,9}){40}):", "repeats something"),
        (r"(?P<name>(\w)\2):", "refers back"),
        (r"(?P<name>\w)(?P=name):", "kind of group"),
        (r"(?x)(?P<name>\w) :", "kind of group"),
        ("(?P<name>x)" + "a?" * 30, "more than 20 parts"),
        ("(?P<name>x)" + "(?:|a)" * 25, "more than 20 parts"),
        ("(?P<name>" + "x" * 200 + ")", "200 are the most"),
    ],
)
def test_a_pattern_that_names_nobody_or_never_ends_is_refused(pattern: str, why: str) -> None:
    with pytest.raises(BadPattern, match=why):
        checked(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?P<name>[A-Z][\w .'-]+?)\s*[:>]\s*(?P<time>\d+:\d+)?",
        r"\[?(?P<time>\d{1,2}:\d{2}(?::\d{2})?)\]?\s*-?\s*(?P<name>\w+(?: \w+){0,3})\s*:\s*",
        r"(?i)(?P<name>[[(]?speaker\s\d+[])]?)(?=:)",
        r"(?P<name>I|P\d|MOD)\t",
    ],
)
def test_patterns_that_people_write_are_taken(pattern: str) -> None:
    assert checked(pattern).pattern == pattern


@pytest.mark.parametrize("parts", [r"\w*" * 9, r"\w*" * 19, r"(?:|\w)" * 9 + r"\w*" * 9])
def test_a_slow_pattern_is_stopped_soon(parts: str) -> None:
    began = time.process_time()
    outcome = sentence_or_draft("a.txt", ("a" * 500 + "\n").encode() * 50 + b"b: c\n", f"(?P<name>{parts}):")
    assert "takes too long" in str(outcome)
    assert time.process_time() - began < 8


def sentence_or_draft(name: str, data: bytes, pattern: str) -> Draft | str:
    try:
        return read(name, data, Answers(pattern=pattern))
    except QualbenchError as refused:
        return str(refused)
