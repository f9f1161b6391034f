"""Names and details out of transcripts before they are coded: find, let a person decide, replace, look again.

Nothing here decides: it fills a queue, and puts a person's answers into effect. No program finds everything; the
names that the team knows come first, and somebody reads the result.
"""

from qualbench.steps.deidentify.finding import candidates
from qualbench.steps.deidentify.kinds import Candidate, Entity, Kind, KnownName, Why
from qualbench.steps.deidentify.language import entities
from qualbench.steps.deidentify.matching import words_of
from qualbench.steps.deidentify.pseudonyms import Pseudonyms, generalised
from qualbench.steps.deidentify.recognising import Recognised, recognised
from qualbench.steps.deidentify.replacing import Action, Change, Decision, Replaced, answer, apply, decided, moved
from qualbench.steps.deidentify.second_look import left_over
from qualbench.steps.deidentify.statement import statement
from qualbench.steps.deidentify.vault import Conflict, Entry, Merged, Vault, from_bytes, merge, to_bytes, with_decisions

__all__ = [
    "Action",
    "Candidate",
    "Change",
    "Conflict",
    "Decision",
    "Entity",
    "Entry",
    "Kind",
    "KnownName",
    "Merged",
    "Pseudonyms",
    "Recognised",
    "Replaced",
    "Vault",
    "Why",
    "answer",
    "apply",
    "candidates",
    "decided",
    "entities",
    "from_bytes",
    "generalised",
    "left_over",
    "merge",
    "moved",
    "recognised",
    "statement",
    "to_bytes",
    "with_decisions",
    "words_of",
]
