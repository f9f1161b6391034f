"""A query as it is typed, to be kept by name, and as a sentence that says what it finds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from qualbench.steps.matrices.conditions import Attribute, Condition, Field, told_conditions
from qualbench.steps.matrices.evidence import CONSENSUS, Evidence
from qualbench.steps.matrices.queries.language import Both, Coded, Either, Expression, Followed, Near, Query
from qualbench.steps.matrices.queries.reading import LAYERS
from qualbench.steps.matrices.queries.resolving import code_index
from qualbench.steps.matrices.queries.tokens import quoted
from qualbench.text import counted

_RESERVED = (*Field, *LAYERS)


def text(query: Query) -> str:
    """The query as a person would type it; read again it is the same query."""
    conditions = [_condition(one) for one in query.where]
    if query.layer != CONSENSUS:
        conditions.append(f"layer = {quoted(query.layer)}")
    return _typed(query.of) + (f" where {', '.join(conditions)}" if conditions else "")


def told(query: Query, evidence: Evidence | None = None) -> str:
    """What the query finds, in a sentence; with the study's evidence the codes are called by their labels."""
    layer = "in the consensus" if query.layer == CONSENSUS else f"in {query.layer}'s coding"
    narrowed = f", only with {told_conditions(query.where)}" if query.where else ""
    turns = " The turns of all speakers are counted." if _has_turns(query.of) else ""
    named = with_labels(query, evidence) if evidence else query
    return f"Places of {_said(named.of)}, {layer}{narrowed}.{turns}"


def with_ids(query: Query, evidence: Evidence) -> Query:
    """The query with every code by its id, so that it can be kept when a code gets another label."""
    return replace(query, of=_renamed(query.of, lambda name: evidence.codes[code_index(evidence, name)].id))


def with_labels(query: Query, evidence: Evidence) -> Query:
    """The query with every code by its label, to be shown; read it again from `text` only where labels differ."""
    return replace(query, of=_renamed(query.of, lambda name: evidence.codes[code_index(evidence, name)].label))


def _renamed(of: Expression, name: Callable[[str], str]) -> Expression:
    match of:
        case Coded():
            return replace(of, name=name(of.name))
        case Both():
            return Both(tuple(_renamed(one, name) for one in of.of), tuple(_renamed(one, name) for one in of.without))
        case Either():
            return Either(tuple(_renamed(one, name) for one in of.of))
        case Near():
            return Near(_renamed(of.what, name), _renamed(of.to, name), of.turns)
        case Followed():
            return Followed(_renamed(of.what, name), _renamed(of.by, name), of.turns)


def _has_turns(of: Expression) -> bool:
    match of:
        case Both():
            return any(_has_turns(one) for one in (*of.of, *of.without))
        case Either():
            return any(_has_turns(one) for one in of.of)
        case _:
            return not isinstance(of, Coded)


def _condition(condition: Condition) -> str:
    name = quoted(condition.name, _RESERVED) if isinstance(condition.of, Attribute) else condition.name
    return f"{name} = {' or '.join(quoted(value) for value in condition.values)}"


# --- as it is typed ----------------------------------------------------------------------------------------------


def _typed(of: Expression) -> str:
    match of:
        case Coded():
            return f"any {quoted(of.name)}" if of.under else quoted(of.name)
        case Both():
            return " and ".join([*map(_bracketed, of.of), *(f"not {_bracketed(one)}" for one in of.without)])
        case Either():
            return " or ".join(map(_bracketed, of.of))
        case Near():
            return f"{_bracketed(of.what)} within {counted(of.turns, 'turn')} of {_bracketed(of.to)}"
        case Followed():
            return f"{_bracketed(of.what)} followed by {_bracketed(of.by)} within {counted(of.turns, 'turn')}"


def _bracketed(of: Expression) -> str:
    return _typed(of) if isinstance(of, Coded) else f"({_typed(of)})"


# --- as a sentence -----------------------------------------------------------------------------------------------


def _said(of: Expression) -> str:
    match of:
        case Coded():
            return f"'{of.name}' or a code under it" if of.under else f"'{of.name}'"
        case Both():
            return _said_both(of)
        case Either():
            return " or ".join(map(_grouped, of.of))
        case Near():
            distance = f"at most {counted(of.turns, 'turn')} away from" if of.turns else "in one turn with"
            return f"{_grouped(of.what)} {distance} another place of {_grouped(of.to)}"
        case Followed():
            later = f"at most {counted(of.turns, 'turn')} later" if of.turns else "in the same turn"
            return f"{_grouped(of.what)} after which a place of {_grouped(of.by)} begins {later}"


def _said_both(of: Both) -> str:
    apart = f" that share no words with {' or with '.join(map(_grouped, of.without))}" if of.without else ""
    if len(of.of) == 1:
        return _grouped(of.of[0]) + apart
    return f"{' and '.join(map(_grouped, of.of))} where they share words{' and' if apart else ''}{apart}"


def _grouped(of: Expression) -> str:
    return _said(of) if isinstance(of, Coded) and not of.under else f"({_said(of)})"
