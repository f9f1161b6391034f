"""Consensus: what there is to settle, what a decision must say, who sits over it, and what comes of it.

The passes never change. A decision stands beside all readings; a later one supersedes it, and none is deleted.
"""

from qualbench.steps.consensus.agenda import (
    agreements,
    arranged,
    called,
    causes,
    differing,
    find,
    items,
    same_kind,
    sample,
    speaking_order,
)
from qualbench.steps.consensus.deciding import Sitting, decide, decide_together, link
from qualbench.steps.consensus.outcomes import Asked, GaveWay, Outcomes, outcomes, wilson, yield_balance
from qualbench.steps.consensus.sitting import UnknownSession, open_session, state_session

__all__ = [
    "Asked",
    "GaveWay",
    "Outcomes",
    "Sitting",
    "UnknownSession",
    "agreements",
    "arranged",
    "called",
    "causes",
    "decide",
    "decide_together",
    "differing",
    "find",
    "items",
    "link",
    "open_session",
    "outcomes",
    "same_kind",
    "sample",
    "speaking_order",
    "state_session",
    "wilson",
    "yield_balance",
]
