"""What to look at before a theme stands: points 3, 5 and 6 of Braun & Clarke's checklist (2006, table 2).

3: themes do not rest on a few vivid examples. 5: they were held against each other and the data.
6: they are coherent and distinctive.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qualbench.model import Extract, Theme, ThemeState, ThemeStep
from qualbench.steps.themes.overlap import Overlap
from qualbench.text import counted, percent

FEW = 3
"""Transcripts that a theme should rest on at least."""
CLOSE = 0.5
"""Share of a theme's segments from which on another theme that holds them too is named."""


@dataclass(frozen=True, slots=True)
class Warned:
    """Something to look at, in a sentence."""

    theme: str
    point: int
    """Of the checklist: 3, 5 or 6."""
    sentence: str


def checks(
    theme: Theme,
    extracts: Sequence[Extract],
    overlaps: Iterable[Overlap],
    steps: Iterable[ThemeStep],
    names: dict[str, str],
    *,
    counts: bool = True,
) -> tuple[Warned, ...]:
    """What to look at in one theme; `extracts` are its settled segments, `names` the themes by id.

    `counts` is off where the method rejects counting: shares are then not said.
    """
    sentences = [(3, sentence) for sentence in _thin(extracts, counts=counts)]
    sentences += [(5, sentence) for sentence in _not_held(theme, steps)]
    sentences += [(6, sentence) for sentence in _not_distinct(theme, overlaps, names, counts=counts)]
    return tuple(Warned(theme.id, point, sentence) for point, sentence in sentences)


def _thin(extracts: Sequence[Extract], *, counts: bool) -> list[str]:
    if not extracts:
        return ["No settled segment stands under it yet."]
    by_transcript = Counter(one.name for one in extracts)
    most, number = by_transcript.most_common(1)[0]
    if len(by_transcript) < FEW:
        return [f"It rests on {counted(len(by_transcript), 'transcript')} only: {', '.join(sorted(by_transcript))}."]
    if 2 * number > len(extracts):
        share = f"{percent(number / len(extracts))} of its segments are" if counts else "More than half of it is"
        return [f"{share} from one transcript: {most}."]
    return []


def _not_held(theme: Theme, steps: Iterable[ThemeStep]) -> list[str]:
    """Both levels of phase 4, for themes that claim to be past it."""
    if theme.state not in (ThemeState.DEFINED, ThemeState.REPORTED):
        return []
    held = {step.state for step in steps if step.theme == theme.id}
    levels = {ThemeState.EXTRACTS: "its extracts", ThemeState.DATA: "the whole data"}
    missing = [words for state, words in levels.items() if state not in held]
    return [f"It is {theme.state}, but was never marked as held against {' or '.join(missing)}."] if missing else []


def _not_distinct(theme: Theme, overlaps: Iterable[Overlap], names: dict[str, str], *, counts: bool) -> list[str]:
    found = []
    if theme.state is not ThemeState.CANDIDATE and not theme.idea.strip():
        found.append("Its central idea is not written.")
    if theme.state in (ThemeState.DEFINED, ThemeState.REPORTED):
        if not theme.definition.strip():
            found.append("It is called defined, but its definition is not written.")
        if not theme.is_not.strip():
            found.append("What it is not is not written.")
    for one in overlaps:
        if theme.id in (one.first, one.second) and one.share(theme.id) >= CLOSE:
            other = names.get(one.second if one.first == theme.id else one.first, "")
            share = percent(one.share(theme.id)) if counts else "Half or more"
            found.append(f"{share} of its segments stand under '{other}' too.")
    return found
