"""Agreement on freely drawn units: published figures, figures by hand, and what is read from a study."""

import pytest

from qualbench.model import Coding
from qualbench.steps.agreement import PassReadings
from qualbench.steps.agreement.drawn import spans
from qualbench.steps.agreement.drawn.continua import Spans, of_codings
from qualbench.steps.agreement.rated.ratings import Undefined
from tests.steps.agreement.continua import CASES, published

FUNCTIONS = {"u_alpha": spans.u_alpha, "bu_alpha": spans.binary_alpha, "cu_alpha": spans.coding_alpha}
OF_FAMILY = {case["name"]: case for case in CASES if case["coefficient"] in (*FUNCTIONS, "ku_alpha", "ku_coverage")}
FIGURE_12_11 = published("alex_paul_suzan")


def why(figure):
    assert isinstance(figure, Undefined), figure
    return figure.why


# --- published ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", OF_FAMILY.values(), ids=OF_FAMILY)
def test_the_published_figure_is_reproduced(case):
    continua, name = [published(case["data"])], case["coefficient"]
    if name in FUNCTIONS:
        figure = FUNCTIONS[name](continua)
    else:
        alpha, coverage = spans.code_alpha(continua, case["params"]["value"])
        figure = alpha if name == "ku_alpha" else coverage
    assert figure == pytest.approx(case["expected"], abs=case["tolerance"]), case["source"]


def test_a_unit_pairs_with_the_mean_of_the_others_not_with_their_union():
    """R quallmer takes the union and prints .7283 where .724 is published."""
    figure = spans.coding_alpha([FIGURE_12_11])
    assert round(figure, 3) == 0.724
    assert abs(figure - OF_FAMILY["aps_cu"]["disagrees"]["R quallmer (CRAN)"]) > 0.003


def test_seven_pieces_agree_better_with_one_unit_than_an_honest_try_does():
    """Krippendorff 1995, pairs A and B: .36 and .42 (reference section 4); only boundary similarity sees it."""
    a, b = (spans.family([published(f"kripp1995_{pair}")]) for pair in "AB")
    assert (round(a.u, 2), round(b.u, 2)) == (0.36, 0.42)
    assert (a.boundary, b.boundary) == (pytest.approx(1 / 14), 0)


# --- by hand ------------------------------------------------------------------------------------------------

ONE_CHARACTER_GAPS = Spans(0, 10, {"ana": [(0, 4, "x"), (5, 9, "x")], "ben": [(0, 5, "x")]})
"""l.. 20, l_xx 8, l_gap 7, common gap 2, S 16 + 16 + 25 + 7 = 64: 1 - 10 (400 - 64) / (20 (400 - 13^2 - 7^2))."""


def test_gaps_are_as_long_as_they_are():
    """krippendorff-unitized-alpha fills gaps one character off and then raises."""
    assert spans.u_alpha([ONE_CHARACTER_GAPS]) == pytest.approx(1 / 13)
    same = ONE_CHARACTER_GAPS.units["ana"]
    assert spans.u_alpha([Spans(0, 10, {"ana": same, "ben": same})]) == 1


def test_transcripts_add_up():
    """The second adds 12 to l.., 6 to l_x. and to l_gap, 36 + 6 to S, and nothing to what is shared."""
    second = Spans(0, 6, {"ana": [(0, 6, "x")], "ben": []})
    figure = spans.u_alpha([ONE_CHARACTER_GAPS, second])
    assert figure == pytest.approx(1 - 22 * (1024 - 106) / (32 * (1024 - 19**2 - 13**2)))


def test_one_code_alone_is_u_alpha_of_its_units():
    alone = Spans(0, 60, {c: [u for u in units if u[2] == "5"] for c, units in FIGURE_12_11.units.items()})
    assert spans.single_alpha([FIGURE_12_11], "5") == pytest.approx(spans.u_alpha([alone]))


# --- undefined ----------------------------------------------------------------------------------------------


def test_every_undefined_figure_says_why():
    def read(ana, ben):
        return [Spans(0, 10, {"ana": ana, "ben": ben})]

    assert "no text" in why(spans.u_alpha([]))
    assert "no text" in why(spans.binary_alpha([Spans(0, 10, {"ana": [(0, 5, "a")]})]))
    assert "no coder marked" in why(spans.u_alpha(read([], [])))
    assert "same code" in why(spans.u_alpha(read([(0, 10, "a")], [(0, 10, "a")])))
    assert "all of the text" in why(spans.binary_alpha(read([(0, 10, "a")], [(0, 10, "b")])))
    assert "nothing shared" in why(spans.coding_alpha(read([(0, 5, "a")], [(5, 10, "b")])))
    assert "same code" in why(spans.coding_alpha(read([(0, 5, "a")], [(3, 10, "a")])))
    assert why(spans.single_alpha(read([(0, 5, "a")], []), "b")).endswith("no coder used this code")
    assert "no coder used" in why(spans.code_alpha(read([(0, 5, "a")], []), "b").alpha)
    assert spans.code_alpha(read([(0, 5, "a")], [(6, 8, "b")]), "a") == (spans.NOT_COVERED, 0)


def test_several_codes_on_one_text_leave_the_figures_that_need_no_single_code():
    """Of 10 characters ana has a on 0-6 and b on 2-4, ben a on 0-5: relevant are 6 and 5, 5 of them shared."""
    found = spans.family([Spans(0, 10, {"ana": [(0, 6, "a"), (2, 4, "b")], "ben": [(0, 5, "a")]})], ["a", "b", "c"])
    assert (found.u, found.coding) == (None, None)
    assert "several codes" in found.why["u"]
    assert found.binary == pytest.approx(1 - 2 * (400 - 36 - 25 - 9) / (20 * (400 - 11**2 - 9**2)))
    assert found.codes[0].u == found.binary
    assert [row.coverage for row in found.codes] == [pytest.approx(10 / 11), 1, None]
    assert found.codes[2].why["u"].endswith("no coder used this code")
    assert (found.defined, found.undefined) == (2, 1)
    assert found.mean == pytest.approx((found.codes[0].u + found.codes[1].u) / 2)


# --- from the data of a study -------------------------------------------------------------------------------


def coding(coder, code, start, end, transcript="t1"):
    return Coding(f"{coder}{start}", f"p-{coder}", transcript, coder, code, start, end)


def test_overlapping_codings_of_a_code_are_one_unit_and_touching_ones_two():
    """ana's 0-4 and 3-6 are 0-6 like ben's; cem's 0-3 and 3-6 cover the same, but are two units."""
    ana = PassReadings("ana", (coding("ana", "a", 0, 4), coding("ana", "a", 3, 6)))
    ben = PassReadings("ben", (coding("ben", "a", 0, 6),))
    cem = PassReadings("cem", (coding("cem", "a", 0, 3), coding("cem", "a", 3, 6)))
    one, two = (spans.family([of_codings([(0, 10)], pair)]) for pair in ((ana, ben), (ben, cem)))
    assert (one.u, one.boundary) == (1, 1)
    assert (two.u, two.boundary) == (1, 1 / 2)


def test_text_outside_the_stretches_is_cut_out():
    """Of 20 characters 2-6 and 10-14 count: a coding from 4 to 12 is the middle half of 8."""
    own = (coding("ana", "a", 4, 12), coding("ana", "b", 7, 9))
    placed = of_codings([(10, 14), (2, 6)], [PassReadings("ana", own), PassReadings("ben")])
    assert placed == Spans(0, 8, {"ana": [(2, 6, "a")], "ben": []})


def test_the_interviewers_words_are_not_counted(interview):
    """
    P: I never sleep.  | ana: stress | ben: stress
    I: Why not?        | ana: stress | ben: -
    P: The ward.       | ana: sleep  | ben: -
    """
    one = (interview.transcript, interview.passes)
    found = spans.span_agreement([one], ["stress"])
    assert found.codes[0].u == 1
    assert [row.code for row in found.codes] == ["stress", "sleep"]
    assert (found.transcripts, found.characters) == (1, len("I never sleep.") + len("The ward."))
    everything = spans.span_agreement([one], ["stress"], include_interviewer=True)
    assert everything.codes[0].u < 1


def test_a_pass_without_codings_is_a_reading(interview):
    """
    P: I never sleep.  | ana: stress | ben: -
    P: The ward.       | ana: -      | ben: -
    """
    found = spans.span_agreement([(interview.transcript, interview.passes)], [])
    assert found.transcripts == 1
    assert found.binary < 0
    assert spans.span_agreement([(interview.transcript, interview.passes[:1])], []).transcripts == 0
