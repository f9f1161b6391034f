"""Boundary similarity: by hand, against the figures of another program, and place by place."""

from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.steps.agreement.drawn.boundaries import NO_EDGES, boundary_similarity
from qualbench.steps.agreement.drawn.continua import Spans

STARGAZER = {
    "1": (2, 3, 3, 1, 3, 6, 3),
    "2": (2, 8, 2, 4, 2, 3),
    "3": (2, 1, 2, 3, 1, 3, 1, 3, 2, 2, 1),
    "4": (2, 1, 4, 1, 1, 3, 1, 4, 3, 1),
    "5": (3, 2, 4, 3, 5, 4),
    "6": (2, 3, 4, 2, 2, 5, 3),
    "7": (2, 3, 2, 2, 3, 1, 3, 2, 3),
}
"""Hearst 1997 (Computational Linguistics 23:33): how seven readers cut the 21 paragraphs of an article."""


def cut(**readers):
    """A text that every reader cut into pieces of these lengths."""
    units = {}
    for reader, lengths in readers.items():
        ends = list(accumulate(lengths))
        units[reader] = [(end - length, end, "x") for length, end in zip(lengths, ends, strict=True)]
    return Spans(0, sum(next(iter(readers.values()))), units)


def of_edges(edges, length):
    whole = [0, *sorted(edges), length]
    return [(a, b, "x") for a, b in pairwise(whole)]


# --- by hand ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "similarity"),
    [
        ((2, 3, 6), (2, 3, 6), 1),
        ((10,), (3, 7), 0),
        ((6, 6), (3, 3, 3, 3), 1 / 3),
        ((5, 5, 5, 5), (4, 6, 5, 5), 1 - (1 / 2) / 3),
        ((2, 3, 6), (2, 2, 7), 1 - (1 / 2) / 2),
        ((5, 5, 5, 5), (3, 7, 5, 5), 1 - 2 / 4),
    ],
    ids=["the same", "one edge against none", "each piece halved", "one near miss", "match and near miss", "too far"],
)
def test_an_edge_missed_by_one_place_counts_half(one, other, similarity):
    assert boundary_similarity([cut(ana=one, ben=other)]) == pytest.approx(similarity)


def test_a_wider_window_forgives_more():
    """Two edges 2 apart and two matches: with n_t = 4 the miss weighs 2/4 of one edit."""
    assert boundary_similarity([cut(ana=(5, 5, 5, 5), ben=(3, 7, 5, 5))], window=4) == pytest.approx(1 - (2 / 4) / 3)


def test_an_edge_is_paired_once():
    """Edges 4, 6 against 5: one near miss, one addition."""
    assert boundary_similarity([cut(ana=(4, 2, 4), ben=(5, 5))]) == pytest.approx(1 - (1 + 1 / 2) / 2)


def test_edges_and_edits_add_up_over_texts_but_never_pair_across_them():
    """The last place of the first text and the first of the second are not beside each other."""
    first, second = cut(ana=(9, 1), ben=(10,)), cut(ana=(10,), ben=(1, 9))
    assert boundary_similarity([first, second]) == 0
    match = cut(ana=(4, 6), ben=(4, 6))
    assert boundary_similarity([first, match, match]) == pytest.approx(2 / 3)


def test_pairs_of_coders_count_alike():
    """ana and ben agree on the only edge they drew; neither agrees with cem on hers."""
    assert boundary_similarity([cut(ana=(5, 5), ben=(5, 5), cem=(2, 8))]) == pytest.approx(1 / 3)
    nobody = Spans(0, 10, {"ana": [], "ben": [], "cem": [(2, 5, "x")]})
    assert boundary_similarity([nobody]) == 0, "a pair who drew nothing is left out"


def test_without_an_edge_inside_the_text_there_is_no_figure():
    assert boundary_similarity([Spans(0, 10, {"ana": [], "ben": []})]) is NO_EDGES
    assert boundary_similarity([cut(ana=(10,), ben=(10,))]) is NO_EDGES


# --- another program ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("window", "mean"), [(2, 0.5336863533), (3, 0.5919312169), (6, 0.6483654573)])
def test_seven_readers_as_segeval_compares_them(window, mean):
    """The mean of segeval 2.0.11's boundary_similarity over the 21 pairs."""
    assert boundary_similarity([cut(**STARGAZER)], window) == pytest.approx(mean, abs=1e-9)


# --- place by place -----------------------------------------------------------------------------------------

EDGES = st.sets(st.integers(1, 24))


def place_by_place(one, other, window):
    """Fournier's edit distance for edges of one kind: the nearest first, from the left, each edge once."""
    missed = {edge: edge in one for edge in one ^ other}
    near = 0.0
    pairs = 0
    for distance in range(1, window):
        for edge in range(25):
            partner = edge + distance
            if edge in missed and partner in missed and missed[edge] != missed[partner]:
                del missed[edge], missed[partner]
                near, pairs = near + distance / window, pairs + 1
    edits = len(missed) + pairs + len(one & other)
    return 1 - (len(missed) + near) / edits if edits else None


@given(EDGES, EDGES, st.integers(1, 6))
def test_the_sweep_is_the_walk_over_all_places(one, other, window):
    found = boundary_similarity([Spans(0, 25, {"ana": of_edges(one, 25), "ben": of_edges(other, 25)})], window)
    walked = place_by_place(one, other, window)
    assert found is NO_EDGES if walked is None else found == pytest.approx(walked)


@given(EDGES, EDGES, st.integers(0, 9))
def test_it_is_symmetric_and_does_not_depend_on_where_the_text_lies(one, other, by):
    def moved(edges):
        return [(a + by, b + by, code) for a, b, code in of_edges(edges, 25)]

    found = boundary_similarity([Spans(0, 25, {"ana": of_edges(one, 25), "ben": of_edges(other, 25)})])
    assert boundary_similarity([Spans(by, 25 + by, {"ana": moved(other), "ben": moved(one)})]) == found
    assert found is NO_EDGES or (0 <= found <= 1 and (found == 1) == (one == other))
