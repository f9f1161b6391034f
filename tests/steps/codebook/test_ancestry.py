"""Merging and splitting keep ancestry both ways."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualbench.model import Code
from qualbench.steps.codebook.ancestry import Ancestry, ancestry, merged_by, read_as
from tests.steps.codebook.books import book


def merged(code: str, *into: str) -> Code:
    return Code(code, code, status="merged", into=into)


def split(code: str, *into: str) -> Code:
    return Code(code, code, status="split", into=into)


FIRST = book(*(Code(code, code) for code in "ABCDE"))
SECOND = book(merged("A", "B"), *(Code(code, code) for code in "BCDE"), version="2.0")
THIRD = book(merged("A", "B"), merged("B", "C"), Code("C", "C"), split("D", "C", "E"), Code("E", "E"), version="3.0")
RELEASES = (FIRST, SECOND, THIRD)


def test_a_coding_is_read_as_what_its_code_went_into() -> None:
    assert [read_as(RELEASES[:2], code) for code in "AB"] == [("B",), ("B",)]
    assert [read_as(RELEASES, code) for code in "ABC"] == [("C",), ("C",), ("C",)]


def test_a_coding_of_a_split_code_is_read_as_it_stands_because_nobody_but_its_coder_can_say() -> None:
    assert read_as(RELEASES, "D") == ("D",)
    assert read_as(RELEASES, "X") == ("X",)


def test_a_code_that_a_later_version_left_out_is_still_read_as_what_it_went_into() -> None:
    assert read_as((FIRST, SECOND, book(*THIRD.codes[2:], version="4.0")), "A") == ("B",)


def test_ancestry_goes_both_ways_through_merging_and_splitting() -> None:
    assert ancestry(RELEASES, "A") == Ancestry((), ("B", "C"))
    assert ancestry(RELEASES, "C") == Ancestry(("B", "D", "A"), ())
    assert ancestry(RELEASES, "D") == Ancestry((), ("C", "E"))
    assert merged_by(RELEASES, "C") == ("B", "A")
    assert merged_by(RELEASES[:2], "C") == ()


def test_a_circle_in_a_file_is_walked_once() -> None:
    circle = (book(merged("A", "B"), merged("B", "A")),)
    assert ancestry(circle, "A") == Ancestry(("B",), ("B",))
    assert read_as(circle, "A") == ("A",)


NAMES = "ABCDEF"
CODES = st.builds(
    lambda status, into: (status, tuple(into) if status != "active" else ()),
    st.sampled_from(["active", "merged", "split"]),
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True),
)


@given(st.lists(CODES, min_size=6, max_size=6))
def test_what_a_code_came_from_went_into_it(said: list[tuple[str, tuple[str, ...]]]) -> None:
    one = book(*(Code(name, name, status=status, into=into) for name, (status, into) in zip(NAMES, said, strict=True)))
    for code in NAMES:
        found = ancestry((one,), code)
        assert all(code in ancestry((one,), other).after for other in found.before)
        assert all(code in ancestry((one,), other).before for other in found.after)
        assert all(one.get(other) and one.codes[NAMES.index(other)].status != "merged"
                   for other in read_as((one,), code) if other != code)  # fmt: skip
