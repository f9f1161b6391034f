"""Matrices, prevalence, queries and saturation: what is counted over a study's coding, every number with its places.

Start with `evidence`, made once for a study; everything else is worked out of it.
"""

from qualbench.steps.matrices.conditions import Attribute, Condition, Field, UnknownName, told_conditions
from qualbench.steps.matrices.cooccurrence import Together, coefficients, cooccurrence
from qualbench.steps.matrices.counting import Counting, counts_allowed, why_no_counts
from qualbench.steps.matrices.crossing import by_attribute, by_coder, by_participant, by_round, by_transcript
from qualbench.steps.matrices.evidence import CONSENSUS, Case, Evidence, Gathered, Place, Source, evidence
from qualbench.steps.matrices.figures import bars, curve, described, first_uses, table, trimmed
from qualbench.steps.matrices.matrix import Count, Head, Matrix, Rows, View, places
from qualbench.steps.matrices.orders import Band, band
from qualbench.steps.matrices.prevalence import Prevalence, Prevalences, behind, prevalence, ranked, themes, told
from qualbench.steps.matrices.saturation import (
    BASES,
    RUNS,
    Grid,
    Idea,
    Rule,
    Saturation,
    Step,
    grid,
    saturation,
    why_off,
)

__all__ = [
    "BASES",
    "CONSENSUS",
    "RUNS",
    "Attribute",
    "Band",
    "Case",
    "Condition",
    "Count",
    "Counting",
    "Evidence",
    "Field",
    "Gathered",
    "Grid",
    "Head",
    "Idea",
    "Matrix",
    "Place",
    "Prevalence",
    "Prevalences",
    "Rows",
    "Rule",
    "Saturation",
    "Source",
    "Step",
    "Together",
    "UnknownName",
    "View",
    "band",
    "bars",
    "behind",
    "by_attribute",
    "by_coder",
    "by_participant",
    "by_round",
    "by_transcript",
    "coefficients",
    "cooccurrence",
    "counts_allowed",
    "curve",
    "described",
    "evidence",
    "first_uses",
    "grid",
    "places",
    "prevalence",
    "ranked",
    "saturation",
    "table",
    "themes",
    "told",
    "told_conditions",
    "trimmed",
    "why_no_counts",
    "why_off",
]
