"""START HERE: a study on disk, with one short method for each thing a person can do.

Every method reads what it needs, lets a step decide, and records the facts the step returns; it answers with
`Changes`, so that whatever shows those subjects reads again. Nothing else in the program writes.

    base           the folder: open, close, record        material     transcripts, segments, codebook
    intake         drafts into transcripts, profiles      participants people, attributes, finding
    coding         passes, what they hold and ask         deciding     codes, memos, stars, handing in
    undoing        taking back, doing again               corrections  new versions of a sealed text
    rounds         who codes what                         compared     submitted passes side by side
    agreement      how far coders agree, and where not    evidence     matrices, prevalence, saturation
    asking         queries over the coding, saved          results      consensus, reports
    care           what may leave, and whose answer       checklists   what journals ask, from the log
    themes         the theme board, quotes, the map       gathering  the study as tables
    picturing      figures with their data and words      pack       everything that leaves as files
    exchange       projects of other programs, out and in  progress   disagreements in numbers
    sessions       a team settles its disagreements       method       the profile, its phases
    cqr            core ideas, categories, comments       lives        what became of codes
    bounded        lists of work of rounds                typologies   types, negative cases
    members        what goes back to participants         trail        what was done, and why
    packages       a study on several machines            merged       what arrives from them
    recognised     who is who between machines            parcel       an opened package, checked
    hubbed         a study on a hub                       synced       giving to it and taking from it
    gates          what is sealed and opened there        courier      keeping in touch with it
"""

from qualbench.project.base import DATABASE
from qualbench.project.gates import Gated

__all__ = ["DATABASE", "Project"]


class Project(Gated):
    """One study, seen by one viewer; use it as a context manager."""
