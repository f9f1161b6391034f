"""What can be asked of a study's coding, as values: codes that meet, codes apart, codes near one another.

An expression stands for a set of places. Two places meet when they share at least one character.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from qualbench.steps.matrices.conditions import Condition
from qualbench.steps.matrices.evidence import CONSENSUS


@dataclass(frozen=True, slots=True)
class Coded:
    """Every place with a code."""

    name: str
    """Its id or its label."""
    under: bool = False
    """Or with any code under it."""


@dataclass(frozen=True, slots=True)
class Both:
    """Every place of these that meets a place of each of the others, and none of those to be without."""

    of: tuple[Expression, ...]
    without: tuple[Expression, ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    """Every place of any of these."""

    of: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """Every place of one that has another place of the other at most some turns before or after it."""

    what: Expression
    to: Expression
    turns: int
    """0 is the same turn; the turns of all speakers are counted."""


@dataclass(frozen=True, slots=True)
class Followed:
    """Every place of one after whose end a place of the other begins, at most some turns later."""

    what: Expression
    by: Expression
    turns: int


Expression: TypeAlias = Coded | Both | Either | Near | Followed


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for, in one layer, among the places that fulfil every condition."""

    of: Expression
    where: tuple[Condition, ...] = ()
    layer: str = CONSENSUS
