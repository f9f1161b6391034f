"""What a report leaves out or assumes, said openly in plain sentences."""

import re
from collections.abc import Mapping, Sequence

from qualbench.model import Method, Study, Theme, Transcript, TranscriptRow
from qualbench.steps.report.counting import all_cases
from qualbench.steps.report.settling import Settled
from qualbench.text import many


def gaps_said(
    study: Study,
    rows: Sequence[TranscriptRow],
    themes: Sequence[Theme],
    coding: Settled,
    texts: Mapping[str, Transcript],
) -> list[str]:
    """One sentence for each gap: what is left out, what is not settled, which speakers nobody assigned."""
    notes: list[str] = []
    closed = len(rows) - len(texts)
    if closed:
        verb = "is" if closed == 1 else "are"
        notes.append(f"{closed} of {many(len(rows), 'transcript')} {verb} not opened yet and {verb} left out.")
    lost = sum(quote.transcript not in texts for theme in themes for quote in theme.quotes)
    if lost:
        verb = "comes" if lost == 1 else "come"
        notes.append(f"{many(lost, 'picked quote')} {verb} from a transcript that is not in this report: left out.")
    return notes + (_wording_notes(themes) if study.method is Method.REFLEXIVE else _counting_notes(coding, texts))


def _counting_notes(coding: Settled, texts: Mapping[str, Transcript]) -> list[str]:
    notes = [
        f"{many(count, 'segment')} {gap} {'is' if count == 1 else 'are'} not counted."
        for gap, count in coding.gaps.items()
        if count
    ]
    unassigned = sum(bool(transcript) for transcript, _ in all_cases(texts))
    if unassigned:
        verb = "is" if unassigned == 1 else "are"
        notes.append(
            f"{many(unassigned, 'speaker')} {verb} not assigned to a participant; "
            "each counts as a case of its own in its transcript."
        )
    return notes


def _wording_notes(themes: Sequence[Theme]) -> list[str]:
    """In reflexive thematic analysis themes are made, not found; the wording should not say otherwise."""
    return [
        f"The idea of '{theme.name}' speaks of emerging; in reflexive thematic analysis themes are made."
        for theme in themes
        if re.search(r"\bemerg(e|es|ed|ing)\b", theme.idea, re.IGNORECASE)
    ]
