"""What the phases of a method are seen by: plain numbers of a study, each of which anybody in it may know."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Facts:
    """How far a study is; every number is 0 in a study that has just begun."""

    transcripts: int = 0
    opened: int = 0
    """Transcripts on which every pass is submitted."""
    familiarised: int = 0
    """Transcripts with a familiarisation memo that whoever asks may read."""
    passes: int = 0
    submitted: int = 0
    again: int = 0
    """Rounds in which coders code again what they coded before."""
    versions: int = 0
    """Released versions of the codebook."""
    codes: int = 0
    """Codes that may be applied."""
    # --- the newest round, or the whole study where none is planned ---
    round: str = ""
    rounds: int = 0
    asked: int = 0
    """Passes that the round asks for."""
    handed_in: int = 0
    """Of them those that are submitted."""
    runs: int = 0
    """Agreement runs that were kept since the round was planned."""
    disagreements: int = 0
    """On opened transcripts."""
    unsettled: int = 0
    """Of them those not decided yet, or deferred."""
    session: str = ""
    """How the newest consensus session stands; empty where there was none."""
    released_since: bool = False
    """A version of the codebook was released after the newest round was planned."""
    # --- the theme board ---
    themes: int = 0
    gathered: int = 0
    """Codes gathered under a theme."""
    held: int = 0
    """Themes held against their extracts, or that came further."""
    held_twice: int = 0
    """Themes held against the whole data too, or that came further."""
    defined: int = 0
    reported: int = 0
    quotes: int = 0
    narratives: int = 0
    # --- consensual qualitative research ---
    people: int = 0
    biased: int = 0
    """People whose memos on biases and expectations whoever asks may read."""
    cases: int = 0
    cases_divided: int = 0
    """Cases whose domains are agreed, or that came further."""
    cases_told: int = 0
    """Cases with a consensus version, or that came further."""
    cases_answered: int = 0
    """Cases whose audit is answered, or that came further."""
    core_ideas: int = 0
    """Core ideas that the team agreed on."""
    categories: int = 0
    """Categories that the team agreed on."""
    comments: int = 0
    """Auditors' comments on the cross-analysis."""
    unanswered: int = 0
    """Of them those that are not settled."""
    # --- flexible coding ---
    participants: int = 0
    described: int = 0
    """Participants of whom an attribute is known."""
    indexed: int = 0
    """Opened transcripts, and those of whoever asks, with an index code."""
    respondents: int = 0
    """Memos on respondents."""
    across: int = 0
    """Memos across cases."""
    work_lists: int = 0
    """Rounds bound to what a query found."""
    analysed: int = 0
    """Of them those whose passes are all submitted."""
    typed: int = 0
    """Participants with a type, given by a rule or a reason."""
    negative: int = 0
    """Cases marked as speaking against something."""
