"""How far independent coders agree: code by code on fixed segments, and over whole code sets.

Agreement reads submitted passes only; definitions and sources are beside each figure.
"""

from qualbench.steps.agreement.alpha import AlphaMismatch
from qualbench.steps.agreement.data import from_data, to_data
from qualbench.steps.agreement.run import run
from qualbench.steps.agreement.sets import Distance, set_alpha, set_distance
from qualbench.steps.agreement.units import PassReadings, disagreements, units

__all__ = [
    "AlphaMismatch",
    "Distance",
    "PassReadings",
    "disagreements",
    "from_data",
    "run",
    "set_alpha",
    "set_distance",
    "to_data",
    "units",
]
