"""What exists in a study: frozen values in the field's own words, without behaviour that needs a store.

Offsets are Python code points into a transcript's sealed text, 0-based and half-open.
"""

from qualbench.model.agreement import (
    CAUSE_NAMES,
    Agreement,
    Benchmark,
    Cause,
    CodeAgreement,
    Confusion,
    Difference,
    Interval,
    Overall,
    Recipe,
    Round,
    Scope,
    SetAlpha,
    Unit,
)
from qualbench.model.codebook import Code, Codebook
from qualbench.model.coding import Coding, Memo, Nothing, Pass, PassState, Progress
from qualbench.model.consensus import OUTCOME_NAMES, REASON_NAMES, Decision, Item, Outcome, Reason, item_id
from qualbench.model.study import METHOD_NAMES, Changes, Method, Participant, Person, Study
from qualbench.model.themes import Extract, Quote, Theme
from qualbench.model.transcripts import (
    Doubt,
    Hit,
    Role,
    Segment,
    SegmentRule,
    Speaker,
    Transcript,
    TranscriptRow,
    Turn,
    Version,
)

__all__ = [
    "CAUSE_NAMES",
    "METHOD_NAMES",
    "OUTCOME_NAMES",
    "REASON_NAMES",
    "Agreement",
    "Benchmark",
    "Cause",
    "Changes",
    "Code",
    "CodeAgreement",
    "Codebook",
    "Coding",
    "Confusion",
    "Decision",
    "Difference",
    "Doubt",
    "Extract",
    "Hit",
    "Interval",
    "Item",
    "Memo",
    "Method",
    "Nothing",
    "Outcome",
    "Overall",
    "Participant",
    "Pass",
    "PassState",
    "Person",
    "Progress",
    "Quote",
    "Reason",
    "Recipe",
    "Role",
    "Round",
    "Scope",
    "Segment",
    "SegmentRule",
    "SetAlpha",
    "Speaker",
    "Study",
    "Theme",
    "Transcript",
    "TranscriptRow",
    "Turn",
    "Unit",
    "Version",
    "item_id",
]
