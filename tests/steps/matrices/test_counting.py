"""Which methods count at all, and how they speak of it."""

from qualbench.model import Method
from qualbench.steps.matrices import Counting, counts_allowed, why_no_counts


def test_methods_count_in_their_own_way() -> None:
    assert counts_allowed(Method.REFLEXIVE) is Counting.NONE
    assert counts_allowed(Method.CQR) is Counting.LABELS
    assert {counts_allowed(one) for one in Method} - {Counting.NONE, Counting.LABELS} == {Counting.NUMBERS}
    assert why_no_counts(Method.REFLEXIVE).startswith("Reflexive thematic analysis does not count")
    assert not why_no_counts(Method.CQR)
