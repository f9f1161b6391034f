"""Care before words leave a study: what to look at, and whose answer lets it go on. Pure: values in, findings out."""

from qualbench.steps.care.answering import Allowed, allow, allowed, withdraw
from qualbench.steps.care.checks import FEWEST, look
from qualbench.steps.care.findings import CHECK_NAMES, Check, Finding
from qualbench.steps.care.leaving import Leaving, Named, Quoted, Someone

__all__ = [
    "CHECK_NAMES",
    "FEWEST",
    "Allowed",
    "Check",
    "Finding",
    "Leaving",
    "Named",
    "Quoted",
    "Someone",
    "allow",
    "allowed",
    "look",
    "withdraw",
]
