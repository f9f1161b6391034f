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
    return (Shown(words, "codes gathered on the theme board"),)


def spread(log: Log) -> Facts:
    """Whether themes rest on more than a few transcripts."""
    here = log.board
    if not here.with_extracts:
        return ()
    words = f"Themes that rest on three transcripts or more: {here.spread} of {here.themes + here.under}."
    return (Shown(words, "settled segments under each theme", holds=here.spread > 0),)


def held(log: Log) -> Facts:
    """Whether themes were held against the whole data."""
    here = log.board
    if not here.held:
        return ()
    words = f"Themes that were held against the whole data: {here.held} of {here.themes + here.under}."
    return (Shown(words, f"states of themes, {between(here.first, here.last)}"),)


def distinct(log: Log) -> Facts:
    """Whether it is written what each theme is."""
    here = log.board
    if not here.defined:
        return ()
    words = f"Themes with a written definition: {here.defined} of {here.themes + here.under}."
    return (Shown(words, "theme board"),)


def balance(log: Log) -> Facts:
    """How much is told and how much is quoted."""
    here = log.board
    if not here.narrative or not here.quoted_words:
        return ()
    words = f"{here.narrative:,} words of narrative beside {here.quoted_words:,} words quoted."
    return (Shown(words, "narratives and quotes on the theme board"),)


def phases(log: Log) -> Facts:
    """When each phase was worked on."""
    material, coding, board = log.transcripts, log.coding, log.board
    if not (coding.first and board.first):
        return ()
    words = f"Transcripts {between(material.first, material.last)}, coding {between(coding.first, coding.last)}, "
    return (Shown(f"{words}themes {between(board.first, board.last)}.", "days of the log"),)


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
    kept = f"{counted(len(log.runs), 'agreement run')} kept" if log.runs else "no agreement claimed"
    return (Shown(f"{said}; {kept}.", "method profile and agreement runs"),)


def language(log: Log) -> Facts:
    """Whether themes are said to have been made, not to have come up by themselves."""
    here = log.board
    if not here.written:
        return ()
    if here.emerging:
        words = f"Said to emerge: {', '.join(here.emerging)}. Themes are made by whoever analyses."
        return (Shown(words, "what is written about themes", holds=False),)
    return (Shown(f"Nothing written about {counted(here.written, 'theme')} says that it emerged.", "theme board"),)
