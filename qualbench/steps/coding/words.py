"""Steps of coding in words, for whoever undoes them or looks back."""

from collections.abc import Sequence

from qualbench import events
from qualbench.events import Event
from qualbench.model import Codebook
from qualbench.steps.coding.acts import NEW


def told(facts: Sequence[Event], book: Codebook) -> str:
    """A step in words, for whoever undoes it.

    >>> told([], Codebook("1.0", "", ()))
    'a step'
    """
    applied = [fact.code for fact in facts if isinstance(fact, events.CodeApplied)]
    if applied:  # a code made while coding has no name any more once that was undone
        lost = {code for code in applied if code.startswith(NEW) and not book.get(code)}
        return f"{', '.join('a new code' if code in lost else book.label(code) for code in applied)} applied"
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
    events.RestMarked: "'nothing applies' marked on the rest",
    events.NothingCleared: "'nothing applies' taken back",
    events.MemoWritten: "a memo written",
    events.MemoRemoved: "a memo removed",
}
