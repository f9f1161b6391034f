"""What the log shows of themes and quotes, and of the work as a whole.

Every function answers with no fact for an empty study: an item is never done because nobody looked.
"""

from __future__ import annotations

from qualbench.steps.checklists.items import Shown
from qualbench.steps.checklists.log import Log
from qualbench.steps.checklists.wording import between
from qualbench.text import counted

Facts = tuple[Shown, ...]

# --- themes and quotes -------------------------------------------------------------------------------------------


def major_themes(log: Log) -> Facts:
    """The themes at the top of the board."""
    here = log.board
    if not here.themes:
        return ()
    return (
        Shown(
            f"{counted(here.themes, 'theme')}; themes and sub-themes with a written definition: {here.defined}.",
            "theme board",
        ),
    )


def minor_themes(log: Log) -> Facts:
    """Sub-themes."""
    return (Shown(f"{counted(log.board.under, 'sub-theme')}.", "theme board"),) if log.board.under else ()


def quotes(log: Log) -> Facts:
    """Quotes with whose they are."""
    here = log.board
    if not here.quotes:
        return ()
    words = (
        f"{counted(here.quotes, 'quote')} of {counted(here.quoted, 'participant')}, each checked against its transcript"
    )
    if here.unlabelled:
        return (
            Shown(f"{words}; {here.unlabelled} without a participant's label.", "quotes on the theme board", False),
        )
    return (Shown(f"{words} and labelled.", "quotes on the theme board"),)


def collated(log: Log) -> Facts:
    """That the extracts of each theme are gathered."""
    here = log.board
    if not here.extracts:
        return ()
    every = here.themes + here.under
    words = f"{here.extracts:,} settled segments are gathered under {here.with_extracts} of {counted(every, 'theme')}."
    return (Shown(words, "codes gathered on the theme board"), *_extracts_of_each(log))


def _extracts_of_each(log: Log) -> Facts:
    told = [
        f"{name}: {counted(extracts, 'extract')} in {counted(texts, 'transcript')}"
        for name, extracts, texts, *_ in log.board.each
    ]
    return (Shown(f"{'; '.join(told)}.", "settled segments under each theme"),) if told and log.counts else ()


def spread(log: Log) -> Facts:
    """Whether themes rest on more than a few transcripts."""
    here = log.board
    if not here.with_extracts:
        return ()
    words = f"Themes that rest on three transcripts or more: {here.spread} of {here.themes + here.under}."
    return (Shown(words, "settled segments under each theme", holds=here.spread > 0),)


def held(log: Log) -> Facts:
    """Whether themes were held against the whole data, after their own extracts."""
    here = log.board
    if not here.held:
        return ()
    words = f"Themes that were held against the whole data: {here.held} of {here.themes + here.under}."
    where = f"states of themes, {between(here.first, here.last)}"
    found = [Shown(words, where)]
    if here.held_extracts:
        first = f"Themes that were held against their extracts: {here.held_extracts} of {here.themes + here.under}."
        found.append(Shown(first, where))
    return tuple(found)


def distinct(log: Log) -> Facts:
    """Whether it is written what each theme is."""
    here = log.board
    if not here.defined:
        return ()
    words = f"Themes with a written definition: {here.defined} of {here.themes + here.under}."
    return (Shown(words, "theme board"), *_overlaps(log))


def _overlaps(log: Log) -> Facts:
    """Which themes lie closest, by the segments that they share."""
    found = log.board.overlaps
    if not found:
        return (Shown("No two themes share a segment.", "settled segments under each theme"),)
    first, second, shared, c = found[0]
    words = f"{counted(len(found), 'pair')} of themes share segments; closest are {first} and {second}"
    number = f" ({counted(shared, 'segment')}, c = {c:.2f})" if log.counts else ""
    return (Shown(f"{words}{number}.", "settled segments under each theme"),)


def balance(log: Log) -> Facts:
    """How much is told and how much is quoted."""
    here = log.board
    if not here.narrative or not here.quoted_words:
        return ()
    words = f"{here.narrative:,} words of narrative beside {here.quoted_words:,} words quoted."
    told = [f"{name} {_ratio(narrative, quoted)}" for name, _, _, narrative, quoted in here.each if narrative + quoted]
    each = [Shown(f"Words of narrative to words quoted: {'; '.join(told)}.", "themes one by one")] if told else []
    return (Shown(words, "narratives and quotes on the theme board"), *each)


def _ratio(narrative: int, quoted: int) -> str:
    """Words of narrative to words quoted, as n : 1."""
    return f"{narrative / quoted:.1f} : 1" if narrative and quoted else f"{narrative} : {quoted}"


def phases(log: Log) -> Facts:
    """When each phase was worked on."""
    material, coding, board = log.transcripts, log.coding, log.board
    if not (coding.first and board.first):
        return ()
    words = f"Transcripts {between(material.first, material.last)}, coding {between(coding.first, coding.last)}, "
    return (Shown(f"{words}themes {between(board.first, board.last)}.", "days of the log"),)


def phases_said(log: Log) -> Facts:
    """Which phases the team said it worked in, going back included."""
    if not log.phases:
        return ()
    return (Shown(f"{'; '.join(f'{name} from {day}' for name, day in log.phases)}.", "phases the team entered"),)


def as_said(log: Log) -> Facts:
    """Whether what was done is what the profile says."""
    if not log.coding.passes:
        return ()
    said = f"The profile is {log.method}"
    if not log.counts and log.runs:
        words = f"{said}, yet {counted(len(log.runs), 'agreement run')} was kept."
        return (Shown(words, f"agreement run {log.runs[-1].id}, {log.runs[-1].day}", holds=False),)
    if log.needs_agreement and not log.runs:
        return (Shown(f"{said}, yet no agreement run was kept.", "agreement runs", holds=False),)
    versions = [day for _, day in log.book.versions if log.coding.first and day > log.coding.first]
    if log.fixed_codebook and versions:
        words = f"{said}, which fixes the codebook, yet {counted(len(versions), 'version')} came after coding began."
        return (Shown(words, f"releases of the codebook, {between(versions[0], versions[-1])}", holds=False),)
    kept = f"{counted(len(log.runs), 'agreement run')} kept" if log.runs else "no agreement claimed"
    changed = tuple(
        Shown(f"The method was changed {what}, on {day}.", "changes of method") for what, day in log.changes
    )
    return (Shown(f"{said}; {kept}.", "method profile and agreement runs"), *changed)


def language(log: Log) -> Facts:
    """Whether themes are said to have been made, not to have come up by themselves."""
    here = log.board
    if not here.written:
        return ()
    if here.emerging:
        words = f"Said to emerge: {', '.join(here.emerging)}. Themes are made by whoever analyses."
        return (Shown(words, "what is written about themes", holds=False),)
    return (Shown(f"Nothing written about {counted(here.written, 'theme')} says that it emerged.", "theme board"),)
