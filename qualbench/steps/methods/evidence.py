"""What shows that a phase of a method is under way or done: functions of a study's facts, each with its sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from qualbench.steps.methods.facts import Facts
from qualbench.text import counted


class PhaseState(StrEnum):
    """How far a phase is, as far as the study shows it."""

    NOT_BEGUN = "not begun"
    UNDER_WAY = "under way"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Seen:
    """How far a phase is, and what shows it."""

    state: PhaseState
    shows: tuple[str, ...]


def _seen(done: bool, begun: bool, shows: Iterable[str]) -> Seen:
    state = PhaseState.DONE if done else PhaseState.UNDER_WAY if begun else PhaseState.NOT_BEGUN
    return Seen(state, tuple(one for one in shows if one))


def _share(number: int, of: int, *shows: str) -> Seen:
    """Done when all of something are done, and begun with the first."""
    return _seen(0 < of <= number, number > 0, shows)


def _of(number: int, of: int, noun: str) -> str:
    return f"{number} of {counted(of, noun)}"


# --- thematic analysis (Braun & Clarke 2006, 2022) ---------------------------------------------------------------


def familiarising(facts: Facts) -> Seen:
    """A familiarisation memo for each transcript."""
    told = f"Transcripts with a familiarisation memo: {_of(facts.familiarised, facts.transcripts, 'transcript')}."
    return _share(facts.familiarised, facts.transcripts, told)


def coding(facts: Facts) -> Seen:
    """Every transcript is coded by everybody who is to code it."""
    return _seen(
        0 < facts.transcripts <= facts.opened,
        facts.passes > 0,
        (
            f"Coded by everybody: {_of(facts.opened, facts.transcripts, 'transcript')}; "
            f"passes handed in: {facts.submitted} of {facts.passes} begun.",
            f"{counted(facts.codes, 'code')} in the codebook." if facts.codes else "There is no codebook yet.",
            f"Coded again: {counted(facts.again, 'round')}." if facts.again else "",
        ),
    )


def first_themes(facts: Facts) -> Seen:
    """Themes with codes under them."""
    home = f"Codes gathered under one: {_of(facts.gathered, facts.codes, 'code')}; the others have no home yet."
    done = 0 < facts.codes <= facts.gathered or min(facts.gathered, facts.held) > 0
    return _seen(done, facts.themes > 0, (f"{counted(facts.themes, 'theme')} on the board.", home))


def reviewing(facts: Facts) -> Seen:
    """Each theme held against its extracts, and against the whole data."""
    return _seen(
        0 < facts.themes <= facts.held_twice,
        facts.held > 0,
        (
            f"Held against their extracts (level 1): {_of(facts.held, facts.themes, 'theme')}.",
            f"Held against the whole data (level 2): {_of(facts.held_twice, facts.themes, 'theme')}.",
        ),
    )


def defining(facts: Facts) -> Seen:
    """Each theme says what it is."""
    return _share(facts.defined, facts.themes, f"Defined: {_of(facts.defined, facts.themes, 'theme')}.")


def writing(facts: Facts) -> Seen:
    """Themes with extracts chosen and told."""
    return _seen(
        0 < facts.themes <= facts.reported,
        facts.quotes + facts.narratives + facts.reported > 0,
        (
            f"{counted(facts.quotes, 'quote')} chosen; themes with a narrative: "
            f"{_of(facts.narratives, facts.themes, 'theme')}.",
            f"Reported: {_of(facts.reported, facts.themes, 'theme')}.",
        ),
    )


# --- the cycle of coding reliability and of negotiated agreement ----------------------------------------------------


def released(facts: Facts) -> Seen:
    """A version of the codebook that can be coded with."""
    return _seen(facts.versions > 0, facts.codes > 0, (f"{counted(facts.versions, 'version')} released.",))


def drawn(facts: Facts) -> Seen:
    """Transcripts drawn for a round."""
    told = f"The newest of {counted(facts.rounds, 'round')} is '{facts.round}'."
    every = "No round is planned: every coder codes every transcript."
    return _seen(facts.rounds + facts.passes > 0, False, (told if facts.rounds else every,))


def passes(facts: Facts) -> Seen:
    """The blind passes of the round, handed in and so frozen."""
    of = f" in the round '{facts.round}'" if facts.round else ""
    told = f"Passes handed in, and frozen: {facts.handed_in} of {facts.asked}{of}."
    return _seen(0 < facts.asked <= facts.handed_in, facts.passes > 0, (told,))


def agreement(facts: Facts) -> Seen:
    """Agreement before anybody talked, kept with its recipe."""
    since = " since the round was planned" if facts.rounds else ""
    return _seen(facts.runs > 0, facts.opened > 0, (f"{counted(facts.runs, 'agreement run')} kept{since}.",))


def settling(facts: Facts) -> Seen:
    """Every disagreement has its decision."""
    settled = facts.disagreements - facts.unsettled
    session = f"The newest session is {facts.session}." if facts.session else "There was no session yet."
    shows = (f"Settled: {_of(settled, facts.disagreements, 'disagreement')}.", session)
    return _seen(facts.opened > 0 and not facts.unsettled, settled > 0 or bool(facts.session), shows)


def revised(facts: Facts) -> Seen:
    """The codebook after the session."""
    after = "A version was released after the round was planned." if facts.released_since else ""
    return _seen(facts.released_since, False, (after or "No version was released since the round was planned.",))


# --- consensual qualitative research --------------------------------------------------------------------------------


def biases(facts: Facts) -> Seen:
    """What each member brings along, written before the data."""
    return _share(
        facts.biased, facts.people, f"Members with a memo on biases and expectations: {facts.biased} of {facts.people}."
    )


def domains(facts: Facts) -> Seen:
    """The domains of each case, each judge alone and then by consensus."""
    return _seen(
        0 < facts.cases <= facts.cases_divided,
        facts.passes > 0 or facts.cases_divided > 0,
        (f"Domains agreed: {_of(facts.cases_divided, facts.cases, 'case')}.",),
    )


def core_ideas(facts: Facts) -> Seen:
    """What each case says in each domain, in few words."""
    return _seen(
        0 < facts.cases <= facts.cases_told,
        facts.core_ideas + facts.cases_told > 0,
        (
            f"With a consensus version: {_of(facts.cases_told, facts.cases, 'case')}; "
            f"{counted(facts.core_ideas, 'core idea')} agreed.",
        ),
    )


def case_audit(facts: Facts) -> Seen:
    """An auditor has looked at each case and was answered."""
    told = f"Audited and answered: {_of(facts.cases_answered, facts.cases, 'case')}."
    return _share(facts.cases_answered, facts.cases, told)


def cross_analysis(facts: Facts) -> Seen:
    """Categories over all cases of a domain."""
    number = "1 category" if facts.categories == 1 else f"{facts.categories} categories"
    return _seen(facts.categories > 0, False, (f"{number} agreed.",))


def cross_audit(facts: Facts) -> Seen:
    """An auditor has looked at the cross-analysis, and everything is settled."""
    told = f"{counted(facts.comments, 'comment')} on the cross-analysis, {facts.unanswered} not settled."
    return _seen(facts.comments > 0 and not facts.unanswered, facts.comments > 0, (told,))


# --- flexible coding ------------------------------------------------------------------------------------------------


def preparing(facts: Facts) -> Seen:
    """Transcripts of one structure, and what is known of each respondent."""
    return _seen(
        facts.transcripts > 0 and 0 < facts.participants <= facts.described,
        facts.transcripts > 0,
        (
            f"{counted(facts.transcripts, 'transcript')}; participants with attributes: "
            f"{facts.described} of {facts.participants}.",
        ),
    )


def indexing(facts: Facts) -> Seen:
    """Index codes on large chunks, memos on respondents and across cases."""
    return _seen(
        0 < facts.transcripts <= facts.indexed and facts.respondents > 0 and facts.across > 0,
        facts.indexed + facts.respondents + facts.across > 0,
        (
            f"With index codes: {_of(facts.indexed, facts.transcripts, 'transcript')}.",
            f"{counted(facts.respondents, 'memo')} on respondents, {facts.across} across cases.",
        ),
    )


def analysing(facts: Facts) -> Seen:
    """Analytic codes within what an index query found."""
    told = f"Rounds bound to a query: {facts.work_lists}; coded by everybody: {facts.analysed}."
    return _seen(0 < facts.work_lists <= facts.analysed, facts.work_lists > 0, (told,))


def refining(facts: Facts) -> Seen:
    """Types, negative cases, an explanation that was held against all cases."""
    told = f"Participants with a type: {facts.typed} of {facts.participants}; negative cases: {facts.negative}."
    return _seen(
        0 < facts.participants <= facts.typed and facts.negative > 0, facts.typed + facts.negative > 0, (told,)
    )
