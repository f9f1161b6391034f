"""The audit trail: every action as one line, in the six classes of Lincoln and Guba, and its files."""

from qualbench.model import TrailClass, TrailEntry
from qualbench.steps.trail.biography import family, moments
from qualbench.steps.trail.kinds import TELLINGS, Telling, kinds_of
from qualbench.steps.trail.telling import told
from qualbench.steps.trail.writing import SUFFIXES, Heading, UnknownEnding, chunks, hashes

__all__ = [
    "SUFFIXES",
    "TELLINGS",
    "Heading",
    "Telling",
    "TrailClass",
    "TrailEntry",
    "UnknownEnding",
    "chunks",
    "family",
    "hashes",
    "kinds_of",
    "moments",
    "told",
]
