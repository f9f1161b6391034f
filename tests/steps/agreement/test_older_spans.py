"""Superseded figures for freely drawn units, as the old publications print them."""

from collections import Counter
from itertools import combinations, product

import krippendorff
import pytest
from hypothesis import assume, given

from qualbench.steps.agreement.drawn import older_spans
from qualbench.steps.agreement.drawn.continua import Spans
from qualbench.steps.agreement.rated.ratings import Undefined
from tests.steps.agreement.continua import CASES, CONTINUA, labels, published, stretched, texts

FUNCTIONS = {
    "alpha_U_1995": lambda spans: older_spans.alpha_u_1995(spans),
    "char_cohen_kappa": lambda spans: older_spans.char_kappa([spans]),
    "char_krippendorff_alpha": lambda spans: older_spans.char_alpha([spans]),
}
OLDER = [case for case in CASES if case["coefficient"] in FUNCTIONS]


@pytest.mark.parametrize("case", OLDER, ids=lambda case: case["name"])
def test_the_published_figure_is_reproduced(case):
    found = FUNCTIONS[case["coefficient"]](published(case["data"], case["params"].get("stretch", 1)))
    assert found == pytest.approx(case["expected"], abs=case["tolerance"]), case["source"]


# --- alpha_U ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("length", "printed"), [(12, 0.494), (120, 0.663), (1200, 0.677), (12000, 0.678)])
def test_the_old_alpha_nears_a_limit_as_places_get_finer(length, printed):
    """Krippendorff 1995, pair C, by the length of the continuum; tolerance as for its sign slip."""
    halves = published("kripp1995_C")
    halved = Spans(0, 12, {c: [(a // 2, b // 2, code) for a, b, code in units] for c, units in halves.units.items()})
    assert older_spans.alpha_u_1995(stretched(halved, length // 12)) == pytest.approx(printed, abs=0.02)


def sections(units, code, end):
    """Units of a code and the gaps between them as (start, end, is a unit)."""
    held = sorted((a, b) for a, b, k in units if k == code)
    edges = [0, *(edge for unit in held for edge in unit), end]
    gaps = [(a, b, False) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]
    return [(a, b, True) for a, b in held] + gaps


def definition(spans):
    """Krippendorff 2004, section 11.6, over every two sections."""
    length, observed, chance = spans.end, 0.0, 0.0
    coders = len(spans.units)
    for code in {k for units in spans.units.values() for _, _, k in units}:
        coded = [sections(units, code, length) for units in spans.units.values()]
        for one, other in combinations(coded, 2):
            for (a, b, unit), (c, d, theirs) in product(one, other):
                if unit and theirs and a < d and c < b:
                    observed += (a - c) ** 2 + (b - d) ** 2
                elif unit and not theirs and c <= a and b <= d:
                    observed += (b - a) ** 2
                elif theirs and not unit and a <= c and d <= b:
                    observed += (d - c) ** 2
        units = [b - a for held in coded for a, b, unit in held if unit]
        gaps = [b - a for held in coded for a, b, unit in held if not unit]
        both = sum((len(units) - 1) * (2 * size**3 - 3 * size**2 + size) / 3 for size in units)
        both += sum(size**2 * (gap - size + 1) for size in units for gap in gaps if gap >= size)
        whole = coders * length
        chance += 2 / length * both / (whole * (whole - 1) - sum(size * (size - 1) for size in units))
    return 1 - 2 * observed / (coders * (coders - 1) * length**2) / chance if chance else None


@given(texts())
def test_the_old_alpha_is_its_definition(one):
    assume(len(one.units) > 1)
    spans = Spans(
        0, one.end - one.begin, {c: [(a - one.begin, b - one.begin, k) for a, b, k in u] for c, u in one.units.items()}
    )
    printed = definition(spans)
    for found in (older_spans.alpha_u_1995(spans), older_spans.alpha_u_1995(one)):
        assert isinstance(found, Undefined) if printed is None else found == pytest.approx(printed, abs=1e-9)


# --- characters ---------------------------------------------------------------------------------------------


def passages(number, size, every, shift=0, trim=0):
    return [(at * every + shift, at * every + size - trim, "x") for at in range(number)]


ALL_40 = passages(40, 150, 1500)


@pytest.mark.parametrize(
    ("first", "second", "kappa"),
    [
        (ALL_40, ALL_40[:28], 0.808),
        (ALL_40, passages(28, 150, 1500, shift=40), 0.655),
        (ALL_40, passages(40, 150, 1500, trim=40), 0.832),
        (passages(40, 600, 1500), passages(28, 600, 1500), 0.737),
        (
            passages(4, 1500, 1500) + [(a + 6000, b + 6000, "x") for a, b, _ in passages(36, 100, 1500)],
            passages(4, 1500, 1500),
            0.737,
        ),
    ],
    ids=["identical edges", "leaves out the first 40", "40 trimmed off", "longer passages", "4 long and 36 short"],
)
def test_kappa_over_characters_follows_length_and_edges_not_decisions(first, second, kappa):
    """agreement.md 4: 60,000 characters, 40 passages; the first, second and fourth row are the same decisions."""
    spans = Spans(0, 60000, {"ana": first, "ben": second})
    assert older_spans.char_kappa([spans]) == pytest.approx(kappa, abs=0.0006)


@given(CONTINUA)
def test_alpha_over_characters_is_the_packages_over_a_table_of_characters(continua):
    coders = ("ana", "ben", "cem", "dea")
    rows = [
        [said[coder][at] if coder in said else None for coder in coders]
        for one in continua
        for said in [{coder: labels(units, one.begin, one.end) for coder, units in one.units.items()}]
        for at in range(one.end - one.begin)
        if len(one.units) > 1
    ]
    values = sorted({cell for row in rows for cell in row if cell is not None})
    found = older_spans.char_alpha(continua)
    if len(values) < 2:
        assert isinstance(found, Undefined)
    else:
        counts = [[row.count(value) for value in values] for row in rows]
        assert found == pytest.approx(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"), abs=1e-9)


@given(texts())
def test_kappa_over_characters_is_cohens(one):
    assume(len(one.units) == 2)
    ana, ben = (labels(units, one.begin, one.end) for units in one.units.values())
    size = len(ana)
    by_chance = sum(times * Counter(ben)[code] for code, times in Counter(ana).items()) / size**2
    found = older_spans.char_kappa([one])
    if by_chance == 1:
        assert isinstance(found, Undefined)
    else:
        observed = sum(a == b for a, b in zip(ana, ben, strict=True)) / size
        assert found == pytest.approx((observed - by_chance) / (1 - by_chance), abs=1e-9)


def test_every_undefined_figure_says_why():
    def read(*units):
        return Spans(0, 10, dict(zip(("ana", "ben", "cem"), units, strict=False)))

    def why(figure):
        assert isinstance(figure, Undefined), figure
        return figure.why

    assert "no text" in why(older_spans.alpha_u_1995(read([(0, 5, "a")])))
    assert "no coder marked" in why(older_spans.alpha_u_1995(read([], [])))
    assert "no text" in why(older_spans.char_alpha([]))
    assert "no coder marked" in why(older_spans.char_kappa([read([], [])]))
    assert "same code" in why(older_spans.char_kappa([read([(0, 10, "a")], [(0, 10, "a")])]))
    assert "several codes" in why(older_spans.char_alpha([read([(0, 5, "a"), (2, 4, "b")], [])]))
    assert "two coders" in why(older_spans.char_kappa([read([(0, 5, "a")], [], [])]))
