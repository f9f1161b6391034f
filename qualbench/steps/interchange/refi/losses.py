"""The loss report: what a study knows and a REFI-QDA file, or the program that reads it, does not keep."""

from collections import Counter
from dataclasses import dataclass, field, fields
from enum import StrEnum


class Target(StrEnum):
    """Whom a file is for."""

    GENERIC = "generic"
    """The standard as it is written: line feeds, code points."""
    MAXQDA = "maxqda"
    """Windows line ends, which count two; variables on the texts as well."""
    QUALCODER = "qualcoder"
    """Names of codes, texts and coders are unique."""


@dataclass(frozen=True, slots=True)
class Beyond:
    """How much the study has that no REFI-QDA file can say; None where it was not counted."""

    nothings: int | None = None
    """Decisions that nothing applies."""
    passes: int | None = None
    rounds: int | None = None
    decisions: int | None = None
    """Decisions of consensus sessions."""
    versions: int | None = None
    """Released versions of the codebook."""
    runs: int | None = None
    """Agreement runs."""
    profiles: int | None = None
    """Import profiles, with the turns, speakers and segments that were found by them."""
    memo_kinds: int | None = None
    """Memos that are of a kind."""
    groups: int | None = None
    """Groups of codes that exclude each other and are not among the sets."""


_BEYOND = {
    "nothings": "Decisions that nothing applies: such a segment looks like one that nobody read",
    "passes": "Passes, and whether and when each was submitted: only who coded what is kept",
    "rounds": "Rounds, with their samples and who was asked to code what",
    "decisions": "Decisions of consensus sessions: both readings, the reason, and who yielded",
    "versions": "Versions of the codebook, with their changes and dates: only one is kept",
    "runs": "Agreement runs, with their coefficients and intervals",
    "profiles": "How transcripts were imported: turns, speakers and segments are not kept, their words are",
    "memo_kinds": "Kinds of memos: each is a plain note",
    "groups": "Groups of codes that exclude each other on a segment",
}


class Lost(StrEnum):
    """What could not be written as it is; each value is a heading that a count follows."""

    SIGNS = "Names, memos and definitions with characters that XML can not carry; each became one visible character"
    COLOURS = "Colours of codes that are not written as #RRGGBB, left out"
    TYPES = "Variables with values that do not fit their kind, written as text"
    CODES = "Codes that got other names, because QualCoder takes two codes of one name for one"
    SOURCES = "Texts that got other names, because QualCoder wants each name once"
    USERS = "Coders that got other names, because QualCoder tells them apart by their names"
    TITLES = "Notes that got other titles, because some programs want each title once"
    LOOSE_CODES = "Codes whose parent is not in the study, written at the top"
    LOOSE_CODINGS = "Codings left out, because their text, code or coder is not in what is exported"
    LOOSE_NOTES = "Memos left out, because what they are on is not in what is exported"
    LOOSE_MEMBERS = "Members of cases and sets left out, because they are not in what is exported"
    OUTSIDE = "Codings and memos left out, because they do not lie inside of their text"
    UNDATED = "Memos without a time, which are dated like the study"


_READS = {
    Target.GENERIC: (
        "Programs read REFI-QDA each in its own way: look at some coded places, memos and attributes after the import.",
    ),
    Target.MAXQDA: (
        "How MAXQDA counts Windows line ends was not tried with the program itself: here a line end counts 2, as in "
        "the file. Look at some coded places at the end of a long text after the import.",
        "Variables stand on cases and on the texts of one case; those of a text that belongs to several cases stand on "
        "the cases only.",
    ),
    Target.QUALCODER: (
        "QualCoder turns every attribute into text, and colours into the nearest of its own.",
        "QualCoder keeps notes on codes and on the study as journals, notes on places as annotations, and memos of "
        "codings with the codings; notes on cases become journals, and lose what they are on.",
        "QualCoder does not keep sets of codes and notes; a set of texts becomes an attribute.",
    ),
}


@dataclass(slots=True)
class Losses:
    """What was lost while writing, counted."""

    counts: Counter[Lost] = field(default_factory=Counter)

    def add(self, lost: Lost, count: int = 1) -> None:
        """Count something; nothing is not mentioned."""
        if count:
            self.counts[lost] += count

    def sentences(self, target: Target, beyond: Beyond) -> tuple[str, ...]:
        """The loss report: what no file can say, what this one could not, and what its reader will drop."""
        general = [_sentence(_BEYOND[one.name], getattr(beyond, one.name)) for one in fields(Beyond)]
        special = [f"{lost.value}: {self.counts[lost]:,}." for lost in Lost if self.counts[lost]]
        return (*filter(None, general), *special, *_READS[target])


def _sentence(heading: str, count: int | None) -> str:
    if count is None:
        return f"{heading} (if the study has any)."
    return f"{heading}: {count:,} not in the file." if count else ""
