"""What each method asks for, and how far a study has come in it."""

from qualbench.steps.methods.cycle import Settlement, Week, settlement, stands, target
from qualbench.steps.methods.evidence import PhaseState
from qualbench.steps.methods.facts import Facts
from qualbench.steps.methods.phases import Phase, PhaseTurn, UnknownPhase, enter, find, here, next_step, phases
from qualbench.steps.methods.stages import COURSES, Course, Stage
from qualbench.steps.methods.statement import MethodTurn, asked_for, change, sentence, statement

__all__ = [
    "COURSES",
    "Course",
    "Facts",
    "MethodTurn",
    "Phase",
    "PhaseState",
    "PhaseTurn",
    "Settlement",
    "Stage",
    "UnknownPhase",
    "Week",
    "asked_for",
    "change",
    "enter",
    "find",
    "here",
    "next_step",
    "phases",
    "sentence",
    "settlement",
    "stands",
    "statement",
    "target",
]
