"""What the log shows of the material, of those who speak, and of the team.

Every function answers with no fact for an empty study: an item is never done because nobody looked.
"""

from __future__ import annotations

from qualbench.steps.checklists.items import Shown
from qualbench.steps.checklists.log import Log
from qualbench.steps.checklists.wording import between, listed
from qualbench.text import counted

Facts = tuple[Shown, ...]

PERSPECTIVE = {"bias": "biases and expectations", "reflexive": "the coder's own part"}
"""Kinds of memos in which coders write about themselves."""


# --- the material ----------------------------------------------------------------------------------------------


def transcripts(log: Log) -> Facts:
    """How much there is, and when it came in."""
    here = log.transcripts
    if not here.number:
        return ()
    groups = f", {counted(here.groups, 'focus group')} among them" if here.groups else ""
    words = f"{counted(here.number, 'transcript')}{groups}, {here.words:,} words."
    return (Shown(words, f"imports of {between(here.first, here.last)}"),)


def units(log: Log) -> Facts:
    """What is coded: turns, sentences, paragraphs."""
    if not log.coding.segments:
        return ()
    words = f"The unit of coding is the {listed(log.transcripts.units)}; {log.coding.segments:,} segments are compared."
    return (Shown(words, f"segmentation of {counted(log.coding.opened, 'opened transcript')}"),)


def processing(log: Log) -> Facts:
    """What was done to the texts before they were coded."""
    here, found = log.transcripts, []
    if here.deidentified:
        read = f"each read by at least {counted(here.reviewers, 'reviewer')} afterwards"
        words = f"Names and details were replaced in {counted(here.deidentified, 'transcript')}, "
        words += f"{counted(here.replaced, 'place')} in all, {read}."
        found.append(Shown(words, "what was sealed with each transcript"))
    if here.corrected:
        words = (
            f"{counted(here.corrected, 'transcript')} corrected after sealing; every version is kept with its reason."
        )
        found.append(Shown(words, "versions of the transcripts"))
    return tuple(found)


def duration(log: Log) -> Facts:
    """How long interviews took, as far as time stamps say it."""
    minutes = log.transcripts.minutes
    if not minutes:
        return ()
    of = f"{len(minutes)} of {counted(log.transcripts.number, 'transcript')}"
    words = f"The last time stamp stands at {min(minutes):.0f} to {max(minutes):.0f} minutes, in {of}."
    return (Shown(words, "time stamps of the transcripts"),)


# --- who speaks --------------------------------------------------------------------------------------------------


def participants(log: Log) -> Facts:
    """The sample size."""
    if not log.people.participants:
        return ()
    unnamed = f"; {counted(log.people.unnamed, 'more label')} assigned to nobody" if log.people.unnamed else ""
    words = f"{counted(log.people.participants, 'participant')} in {counted(log.transcripts.number, 'transcript')}"
    return (Shown(f"{words}{unnamed}.", "speakers of the transcripts"),)


def sample(log: Log) -> Facts:
    """What is known of the participants."""
    known = [f"{name} ({number} of {log.people.participants})" for name, number in log.people.attributes if number]
    if not known:
        return ()
    return (Shown(f"Known of the participants: {', '.join(known)}.", "attributes of participants"),)


def repeated(log: Log) -> Facts:
    """Whether anybody was interviewed again."""
    here = log.people
    if not here.participants or here.unnamed:
        return ()
    again = (
        f"{counted(here.again, 'participant')} of {here.participants} speak" if here.again else "No participant speaks"
    )
    return (Shown(f"{again} in more than one transcript.", "speakers of the transcripts"),)


def withdrawals(log: Log) -> Facts:
    """Who no longer takes part."""
    if not log.people.withdrawn:
        return ()
    return (Shown(f"{counted(log.people.withdrawn, 'participant')} withdrew.", "withdrawals in the log"),)


def returned(log: Log) -> Facts:
    """Whether transcripts went back to participants, and how many answered."""
    return _asked(log, on_findings=False)


def commented(log: Log) -> Facts:
    """Whether participants were asked about the findings, and how many answered."""
    return _asked(log, on_findings=True)


def _asked(log: Log, *, on_findings: bool) -> Facts:
    found = []
    for one in log.asked:
        if one.on_findings == on_findings:
            said = ", ".join(f"{words} {number}" for words, number in one.said)
            words = f"{one.kind.capitalize()}: sent to {counted(one.sent, 'participant')}, {one.replied} answered"
            found.append(Shown(f"{words}{f' ({said})' if said else ''}.", "checks with participants"))
    return tuple(found)


# --- the team ----------------------------------------------------------------------------------------------------


def perspective(log: Log) -> Facts:
    """Memos in which coders write about their own place."""
    kept = [f"on {about} {number}" for kind, about in PERSPECTIVE.items() if (number := log.memos.get(kind, 0))]
    return (Shown(f"Memos of the team: {', '.join(kept)}.", "memos that everybody may read"),) if kept else ()


def familiarisation(log: Log) -> Facts:
    """What was written while reading, before any code."""
    number = log.memos.get("familiarisation", 0)
    if not number:
        return ()
    return (Shown(f"{counted(number, 'familiarisation memo')} kept.", "memos that everybody may read"),)


def memos(log: Log) -> Facts:
    """All memos, whatever they are on."""
    number = sum(log.memos.values())
    return (Shown(f"{counted(number, 'memo')} kept while coding.", "memos that everybody may read"),) if number else ()


def coders(log: Log) -> Facts:
    """Who coded, apart from one another."""
    here = log.coding
    if not here.coders:
        return ()
    names = f"{counted(len(here.coders), 'coder')} ({', '.join(here.coders)})"
    passes = "1 pass" if here.passes == 1 else f"{here.passes} passes"
    words = f"{names} handed in {passes} on {counted(here.opened, 'transcript')}."
    return (Shown(words, f"passes of {between(here.first, here.last)}"),)


def independence(log: Log) -> Facts:
    """That nobody saw another's coding before handing in their own."""
    if len(log.coding.coders) < 2 or not log.coding.double:
        return ()
    words = "No coder could read another's codings of a transcript before every pass on it was handed in."
    told = (Shown(words, f"passes of {between(log.coding.first, log.coding.last)}"),)
    return (*told, Shown(log.coding.suggestions, "answers to suggestions")) if log.coding.suggestions else told


def software(log: Log) -> Facts:
    """The program, once it was coded with."""
    if not log.coding.passes:
        return ()
    return (Shown(f"Coded in {log.software}.", f"passes of {between(log.coding.first, log.coding.last)}"),)


def approach(log: Log) -> Facts:
    """The method that the study follows, once it was coded by it."""
    if not log.coding.passes:
        return ()
    return (Shown(f"The study follows the profile of {log.method}.", "method profile of the study"),)
