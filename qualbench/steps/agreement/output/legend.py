"""What each figure means, in sentences with their sources, as a report prints them above its tables."""

from qualbench.steps.agreement.drawn.qualcoder import WHY_IT_DIFFERS

COUNTS = (
    "Both, only A, only B and neither count the units that A and B both read. Used by: the share of these units to "
    "which the coder gave the code. Prevalence index: (both - neither) / units; near -1 the "
    "code is rare, near 1 it is everywhere. Bias index: (only A - only B) / units; far from 0 the coders follow "
    "different rules (both of Byrt, Bishop & Carlin 1993).",
)
PAIR = (
    "Percent: the share of units, 0 to 1, on which both said the same of the code, given or not given. Positive: when "
    "one gave the code, how often the other did too. Negative: when one left it out, how often the other did too "
    "(Cicchetti & Feinstein 1990).",
    "Kappa (Cohen 1960) takes chance from each coder's own use of the code, pi (Scott 1955) from both coders' use "
    "together. PABAK is 2 percent - 1 (Brennan & Prediger 1981; Byrt, Bishop & Carlin 1993). AC1 (Gwet 2008). PABAK "
    "and AC1 are high for every rare code, also when it is given at random, so they are context and no headline.",
)
ALPHA = (
    "Alpha (Krippendorff 2004, nominal): 1 is agreement, 0 is what chance would give, below 0 is worse than chance. "
    "A code without variation has no alpha: it is printed as undefined with the reason and is in no mean.",
)
QUALCODER = (
    "QualCoder prints a figure that it calls kappa and that is not Cohen's, so it can not be compared with published "
    f"kappas. {WHY_IT_DIFFERS}",
    "Where it says none, QualCoder's figure was not to be had for the code: it has none where neither coder used it.",
)
