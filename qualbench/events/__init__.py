"""Every fact that can happen in a study, one frozen dataclass each, by area.

A kind never changes its meaning: studies of every release replay for ever. Facts carry ids, offsets and hashes;
words (texts, memos, notes) travel as `Sealed` values, whose bodies are kept apart so that they can be erased.
"""

from collections.abc import Iterator, Mapping

from qualbench.events.codebook import *
from qualbench.events.coding import *
from qualbench.events.consensus import *
from qualbench.events.cqr import *
from qualbench.events.fact import *
from qualbench.events.history import *
from qualbench.events.members import *
from qualbench.events.notes import *
from qualbench.events.papers import *
from qualbench.events.people import *
from qualbench.events.study import *
from qualbench.events.themes import *
from qualbench.events.transcripts import *


def _all(kind: type[Event]) -> Iterator[type[Event]]:
    for child in kind.__subclasses__():
        if child.KIND:
            yield child
        yield from _all(child)


KINDS: Mapping[str, type[Event]] = {kind.KIND: kind for kind in _all(Event)}
"""Every kind by its name in the journal."""
