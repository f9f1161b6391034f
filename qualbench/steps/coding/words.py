"""Steps of coding in words, for whoever undoes them or looks back."""

from collections.abc import Sequence

from qualbench import events
from qualbench.events import Event
from qualbench.model import Codebook


def told(facts: Sequence[Event], book: Codebook) -> str:
    """A step in words, for whoever undoes it.

    >>> told([], Codebook("1.0", "", ()))
    'a step'
    """
    applied = [book.label(fact.code) for fact in facts if isinstance(fact, events.CodeApplied)]
    if applied:
        return f"{', '.join(applied)} applied"
    for kind, words in _WORDS.items():
        if any(isinstance(fact, kind) for fact in facts):
            return words
    return "a step"


_WORDS: dict[type[Event], str] = {
    events.CodeProposed: "a new code proposed",
    events.Rechecked: "a segment looked at again",
    events.SuggestionAnswered: "a suggestion refused",
    events.CodeRemoved: "a code removed",
    events.NothingMarked: "'nothing applies' marked",
    events.NothingCleared: "'nothing applies' taken back",
    events.MemoWritten: "a memo written",
    events.MemoRemoved: "a memo removed",
}
