"""The codebook as an instrument: read it, find a code in it, see what changed between two versions."""

from qualbench.steps.codebook.changes import changes
from qualbench.steps.codebook.codes import HEADINGS, applicable, find, from_data, to_data
from qualbench.steps.codebook.reading import FORMAT, KINDS, STATUSES, read

__all__ = [
    "FORMAT",
    "HEADINGS",
    "KINDS",
    "STATUSES",
    "applicable",
    "changes",
    "find",
    "from_data",
    "read",
    "to_data",
]
