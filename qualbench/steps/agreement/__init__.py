"""How far independent coders agree: code by code on fixed segments, over whole code sets, and on drawn spans.

Agreement reads submitted passes only; definitions and sources are beside each figure.
"""

from qualbench.steps.agreement.alpha import AlphaMismatch
from qualbench.steps.agreement.benchmarks import BANDS, SOURCES, Verdict, judged, verdict
from qualbench.steps.agreement.causes import by_cause, differences
from qualbench.steps.agreement.confusion import confusions, matrix
from qualbench.steps.agreement.data import from_data, spans_to_data, to_data
from qualbench.steps.agreement.drawn.qualcoder import WHY_IT_DIFFERS as WHY_QUALCODER_DIFFERS
from qualbench.steps.agreement.drawn.qualcoder import qualcoder_kappa
from qualbench.steps.agreement.drawn.spans import SpanAgreement, span_agreement
from qualbench.steps.agreement.explanations import EXPLANATIONS, Explanation
from qualbench.steps.agreement.labelled.kupper_hafner import kupper_hafner, mezzich
from qualbench.steps.agreement.labelled.sets import Distance, other_sets, set_alpha, set_distance
from qualbench.steps.agreement.publish import publish
from qualbench.steps.agreement.rollup import rolled_up
from qualbench.steps.agreement.rounds.drawing import Candidate, Draw, draw, draw_again
from qualbench.steps.agreement.rounds.planning import borders, plan, withdraw
from qualbench.steps.agreement.rounds.sample_size import half_width, units_for_half_width
from qualbench.steps.agreement.run import run
from qualbench.steps.agreement.units import Decided, PassReadings, Said, Task, disagreements, gathered, together, units

__all__ = [
    "BANDS",
    "EXPLANATIONS",
    "SOURCES",
    "WHY_QUALCODER_DIFFERS",
    "AlphaMismatch",
    "Candidate",
    "Decided",
    "Distance",
    "Draw",
    "Explanation",
    "PassReadings",
    "Said",
    "SpanAgreement",
    "Task",
    "Verdict",
    "borders",
    "by_cause",
    "confusions",
    "differences",
    "disagreements",
    "draw",
    "draw_again",
    "from_data",
    "gathered",
    "half_width",
    "judged",
    "kupper_hafner",
    "matrix",
    "mezzich",
    "other_sets",
    "plan",
    "publish",
    "qualcoder_kappa",
    "rolled_up",
    "run",
    "set_alpha",
    "set_distance",
    "span_agreement",
    "spans_to_data",
    "to_data",
    "together",
    "units",
    "units_for_half_width",
    "verdict",
    "withdraw",
]
