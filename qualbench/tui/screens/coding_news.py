"""Which news of others show on the screen of one transcript and one coder; of the rest it takes no notice."""

from __future__ import annotations

from collections.abc import Mapping

from qualbench.events.fact import CODEBOOK, PEOPLE, STUDY
from qualbench.model import Changes

ELSEWHERE = frozenset({"item_decided", "decisions_carried", "action_linked"})
"""Facts about a transcript that show on other screens only."""
ANYWHERE: Mapping[str, frozenset[str]] = {
    CODEBOOK: frozenset({"codebook_released"}),
    STUDY: frozenset({"round_planned", "round_withdrawn", "work_list_set", "method_changed"}),
    PEOPLE: frozenset({"person_recognised"}),
}
"""By their subject, facts that may show on every transcript: the codes, who is asked for what, whose work it is."""


def concerns(changes: Changes, transcript: str) -> bool:
    """Whether anything of this shows where a transcript (by id) is coded."""
    if transcript in changes.subjects and changes.kinds - ELSEWHERE:
        return True
    return any(subject in changes.subjects and changes.kinds & kinds for subject, kinds in ANYWHERE.items())
