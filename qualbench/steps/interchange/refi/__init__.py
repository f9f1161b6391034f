"""REFI-QDA projects (.qdpx), out and in: between a bundle of plain values and the bytes of a file.

`write` makes a file for a program, with a report of what the format loses; `read` takes the file of any program, with
a report of how its positions were understood and what is not carried.
"""

from qualbench.steps.interchange.refi.bundle import (
    UNKNOWN_CODER,
    Bundle,
    Case,
    Code,
    Coding,
    Kind,
    Note,
    On,
    Set,
    Source,
    User,
    Variable,
)
from qualbench.steps.interchange.refi.choosing import Choice, Fit, UnclearPositions
from qualbench.steps.interchange.refi.findings import Finding, Found
from qualbench.steps.interchange.refi.losses import Beyond, Target
from qualbench.steps.interchange.refi.positions import EVERY, Convention, spelt
from qualbench.steps.interchange.refi.reading import Read, Report, read
from qualbench.steps.interchange.refi.writing import ORIGIN, Written, write

__all__ = [
    "EVERY",
    "ORIGIN",
    "UNKNOWN_CODER",
    "Beyond",
    "Bundle",
    "Case",
    "Choice",
    "Code",
    "Coding",
    "Convention",
    "Finding",
    "Fit",
    "Found",
    "Kind",
    "Note",
    "On",
    "Read",
    "Report",
    "Set",
    "Source",
    "Target",
    "UnclearPositions",
    "User",
    "Variable",
    "Written",
    "read",
    "spelt",
    "write",
]
