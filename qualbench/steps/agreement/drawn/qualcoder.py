"""The figure that QualCoder's report "coder comparison by file" prints as kappa, for people who move over.

It is not Cohen's kappa; it is shown under QualCoder's name only, beside Cohen's.
"""

from collections import Counter
from collections.abc import Sequence

from qualbench.steps.agreement.rated.ratings import Undefined

WHY_IT_DIFFERS = (
    "QualCoder's kappa leaves out the text nobody coded, takes as chance the product of both coding and both not "
    "coding where Cohen's takes their sum, and counts text under two overlapping spans of one coder as coded by both."
)

PLACES = 4
"""QualCoder rounds to four decimals."""

NOBODY_CODED = Undefined("QualCoder prints 'zerodiv': neither coder used the code in this text")


def qualcoder_kappa(first: Sequence[tuple[int, int]], second: Sequence[tuple[int, int]]) -> float | Undefined:
    """What QualCoder prints as kappa for one code in one text, from the spans of two coders, rounded as it does.

    With a and b the lengths of the two coders' spans, d the characters under exactly two spans, and u = a + b - d:
    Po = d / u, Pe = (a / u) (b / u) x ((u - a) / u) ((u - b) / u), and (Po - Pe) / (1 - Pe).
    Source: report_compare_coder_file.py of ccbogel/QualCoder, read at commit 0b45f0f.
    """
    a, b = (sum(max(end - start, 0) for start, end in spans) for spans in (first, second))
    dual = _under_two((*first, *second))
    either = a + b - dual
    if not either:
        return NOBODY_CODED
    observed = dual / either
    by_chance = (a / either) * (b / either) * ((either - a) / either) * ((either - b) / either)
    return round((observed - by_chance) / (1 - by_chance), PLACES)  # chance is never above 1/16


def _under_two(spans: Sequence[tuple[int, int]]) -> int:
    """How many characters lie under exactly two spans, whosever they are."""
    steps: Counter[int] = Counter()
    for start, end in spans:
        if start < end:
            steps[start] += 1
            steps[end] -= 1
    dual = over = last = 0
    for place in sorted(steps):
        dual += (place - last) * (over == 2)
        over, last = over + steps[place], place
    return dual
