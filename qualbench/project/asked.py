"""What can be asked of a study's coding, and what comes back: values that say in words what they are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from qualbench.errors import QualbenchError, UsageError
from qualbench.text import excerpt

if TYPE_CHECKING:
    from qualbench.steps.matrices import Condition

CONSENSUS = "consensus"
"""The layer of settled codes."""


class Kind(StrEnum):
    """What a matrix has a column for."""

    PARTICIPANTS = "participants"
    GROUPS = "groups"
    ATTRIBUTE = "attribute"
    TRANSCRIPTS = "transcripts"
    ROUNDS = "rounds"
    CODERS = "coders"
    COOCCURRENCE = "cooccurrence"


class Cells(StrEnum):
    """What the cells of a matrix hold."""

    USUAL = ""
    """Participants where values of an attribute are compared, segments elsewhere."""
    PRESENCE = "presence"
    SEGMENTS = "segments"
    """Or whatever codes share where they stand together."""
    PARTICIPANTS = "participants"
    COEFFICIENT = "coefficient"
    """How far two codes stand together, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which matrix, or which table of prevalence, is wanted."""

    kind: Kind = Kind.PARTICIPANTS
    by: str = ""
    """The attribute, where its values are the columns."""
    together: str = "segment"
    """What codes must share to stand together: segment, overlap or turn."""
    count: Cells = Cells.USUAL
    rows: str = "codes"
    """codes or themes."""
    rolled_up: bool = False
    layer: str = CONSENSUS
    where: str = ""
    """Conditions as they are typed after "where" in a query."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that are coded, with where they stand and whose they are."""

    transcript: str
    name: str
    """The transcript's name."""
    line: int
    start: int
    end: int
    text: str
    participant: str
    """The participant's label; an interviewer's role."""
    codes: tuple[str, ...]
    layer: str

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        return f"{self.name}, line {self.line}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found."""

    words: str
    told: str
    """What it looks for, in a sentence."""
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query that was saved by name."""

    name: str
    words: str
    """As it is typed, with codes by their ids."""
    told: str
    """What it looks for, in a sentence; or why it can not be asked any more."""
    by: str
    at: str


def conditions(words: str) -> tuple[tuple[Condition, ...], str]:
    """The conditions as they are typed after "where" in a query, and the layer they ask for."""
    from qualbench.steps.matrices.queries import BadQuery, parse

    before = "code where "
    if not words.strip():
        return (), CONSENSUS
    try:
        query = parse(before + words)
    except BadQuery as error:
        at = max(1, error.at + 1 - len(before))
        told = f"The conditions can not be read (character {at}): expected {error.expected}."
        raise UsageError(told, "Write them as in: site = north or south, role = participant.") from error
    return query.where, query.layer


class NoCounts(QualbenchError):
    """A method that does not count was asked for numbers."""

    def __init__(self, why: str) -> None:
        super().__init__(why, "Presence shows where codes stand, without a number; queries show the words themselves.")


class NotHere(UsageError):
    """A way of counting, or an order, that does not fit what is asked."""


class UnknownQuery(QualbenchError):
    def __init__(self, name: str, known: list[str]) -> None:
        listed = ", ".join(excerpt(one, 40) for one in known) or "none yet"
        super().__init__(f"There is no saved query called '{excerpt(name, 60)}'.", f"Known are: {listed}")
