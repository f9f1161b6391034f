"""Packages between machines: who somebody is, what a package is, and when it may be opened."""

from qualbench.steps.packages.format import Header, Payload, header_of, opened, packed
from qualbench.steps.packages.gate import Awaited, missing
from qualbench.steps.packages.identity import Card, Identity, new_identity, read_card

__all__ = [
    "Awaited",
    "Card",
    "Header",
    "Identity",
    "Payload",
    "header_of",
    "missing",
    "new_identity",
    "opened",
    "packed",
    "read_card",
]
