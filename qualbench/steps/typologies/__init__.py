"""What flexible coding makes of participants: types with a rule or a reason, and negative cases."""

from qualbench.steps.typologies.rules import BadRule, Case, Rule, fits, has_codes, parse, resolved, text
from qualbench.steps.typologies.types import TYPE, NegativeCase, Ruled, Typed, Typology, give, mark, ruled

__all__ = [
    "TYPE",
    "BadRule",
    "Case",
    "NegativeCase",
    "Rule",
    "Ruled",
    "Typed",
    "Typology",
    "fits",
    "give",
    "has_codes",
    "mark",
    "parse",
    "resolved",
    "ruled",
    "text",
]
