"""A round as a fact: what was drawn becomes what each coder is asked to code, until it is withdrawn."""

import hashlib
from collections.abc import Iterable, Sequence

from qualbench import events
from qualbench.errors import BadDecision
from qualbench.events import Event
from qualbench.model import Pass, Round, Unit
from qualbench.steps.agreement.rounds.drawing import Draw


def plan(name: str, draw: Draw, rounds: Sequence[Round], codebook: str, *, seed: int, recode: bool) -> list[Event]:
    """The round, under the codebook version in force."""
    name = name.strip()
    if not name or len(name) > 60:
        raise BadDecision("A round needs a name of 1 to 60 characters.")
    if name in {one.name for one in rounds}:
        raise BadDecision(f"There is a round called '{name}' already.", "Give this one another name.")
    return [
        events.RoundPlanned(
            round=events.new_id(),
            name=name,
            codebook=codebook,
            assignments={transcript: list(coders) for transcript, coders in draw.assignments.items()},
            recode=recode,
            drawn=draw.drawn,
            seed=seed,
        )
    ]


def withdraw(round_: Round, passes: Iterable[Pass], reason: str) -> list[Event]:
    """The round is given up; refused once somebody codes in it."""
    if any(pass_.round == round_.id for pass_ in passes):
        raise BadDecision(f"Somebody codes in the round '{round_.name}' already, so it can not be withdrawn.")
    if not reason.strip():
        raise BadDecision("Withdrawing a round needs a reason.", "Give one with --reason.")
    return [events.RoundWithdrawn(round=round_.id, reason=events.seal(reason))]


def borders(units: Iterable[Unit]) -> str:
    """A digest of the borders of units: two runs with the same digest compared the same segments."""
    told = hashlib.sha256()
    for unit in units:
        told.update(f"{unit.transcript}:{unit.start}-{unit.end};".encode())
    return told.hexdigest()[:16]
