"""Which facts a hub takes from whom: what only a lead may say, and what is never everybody's at once."""

from __future__ import annotations

from collections.abc import Iterator

from qualbench import events
from qualbench.events.coding import InPass
from qualbench.events.cqr import ByJudge
from qualbench.events.fact import Event
from qualbench.events.notes import OfNote

LEADS = frozenset({
    "study_created", "person_recognised", "keeper_named", "transcript_opened", "opening_taken_back", "method_changed",
    "transcript_imported", "transcript_corrected", "segmented", "deidentified", "words_erased", "codebook_released",
    "round_planned", "round_withdrawn", "work_list_set", "roles_given", "judges_named", "speech_counted",
    "benchmark_chosen", "participant_withdrawn",
})  # fmt: skip
"""What only a lead says: who is who, what is opened, the texts, the codebook, who codes what, what is destroyed."""

AFTER_SEAL = frozenset({"codings_carried", "doubt_settled", "rechecked"})
"""What a text that was corrected asks of a pass that is handed in."""

OF_OTHERS = frozenset({"codings_carried", "doubt_settled"})
"""What anybody may say of a pass that is opened: where its codings stand in a text that was corrected."""


def _below(kind: type[Event]) -> Iterator[str]:
    for child in kind.__subclasses__():
        if child.KIND:
            yield child.KIND
        yield from _below(child)


PRIVATE = frozenset(kind for base in (InPass, OfNote, ByJudge) for kind in _below(base) if kind in events.KINDS)
"""What stays in a lane of its own."""
