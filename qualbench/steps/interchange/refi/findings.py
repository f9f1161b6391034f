"""What happened while a file was read, counted: what came over differently, what did not, and why."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum


class Found(StrEnum):
    """What a person should know of; each value is a heading that a count follows."""

    NO_FILE = "Texts not carried, because the file with the words is not in the archive or lies outside of it"
    NOT_UTF8 = "Texts not carried, because the file with the words is not UTF-8"
    ONLY_RICH = "Texts not carried, because only a formatted file is given and not its plain text"
    LOST_WITH_TEXT = "Codings not carried, because their text is not"
    PDF_TEXT = "PDFs carried as the plain text that the file gives for them, without their pages"
    PDF = "PDFs not carried, because the file gives no plain text for them"
    PICTURE = "Pictures not carried"
    SOUND = "Recordings carried as the transcript that the file gives for them, without the sound"
    RECORDING = "Recordings not carried, because the file gives no transcript for them"
    PDF_CODINGS = "Codings not carried, because they are on places of PDF pages"
    PICTURE_CODINGS = "Codings not carried, because they are on parts of pictures"
    RECORDING_CODINGS = "Codings not carried, because they are on stretches of recordings"
    SYNC = "Codings not carried, because their ends are not tied to the words of the transcript"
    NO_CODE = "Codings not carried, because they name a code that is not in the file"
    NO_SPAN = "Codings and notes not carried, because their positions are no numbers, or end before they start"
    EMPTY_SPAN = "Codings not carried, because they are on no characters at all"
    OUTSIDE = "Codings and notes not carried, because they lie outside of their text"
    CUT = "Selections that ended after the end of their text and were cut there"
    TWICE = "Codings that were there twice (same user, code and span) and are carried once"
    WHOLE = "Codings of whole texts, carried as spans over all of the text"
    NO_USER = "Codings that name nobody, given to 'unknown coder'"
    LOST_USER = "Codings that name somebody who is not among the users, given to 'unknown coder'"
    LOST_AUTHOR = "Texts and notes by somebody who is not among the users, by nobody now"
    TWO_USERS = "Codings with another user than their selection; the coding's user is taken"
    NAMELESS_USER = "Users without a name, called by the start of their GUID"
    SAME_USER = "Users with a name seen before, who got a number"
    NAMELESS_CODE = "Codes without a name, called by the start of their GUID"
    SAME_CODE = "Codes that share their name with another one"
    CODABLE = "Codes said to be not for coding that have codings all the same"
    CODE_IS_CASE = "Codes that are cases as well: they stay codes, and the texts they are on are given to their cases"
    CASE_CODING = "Codings that only say which case a text belongs to, carried as that"
    CASE_PLACE = "Places of cases, carried as whole texts"
    NAMELESS_CASE = "Cases without a name, which got a number"
    SOURCE_CASE = "Texts that carry variables themselves: each became a case of its own"
    SOURCE_VALUES = "Texts that carry variables themselves: these are given to the case of the text"
    NO_VARIABLE = "Values not carried, because they name a variable that is not in the file"
    BAD_VALUE = "Variables carried as text, because they hold something else than they should"
    SAME_VARIABLE = "Variables with a name seen before, taken for the same"
    SAME_SOURCE = "Texts with a name seen before, which got a number"
    NAMELESS_SOURCE = "Texts without a name, which got a number"
    SAME_GUID = "Things that used the GUID of another of their kind and got their own"
    NO_NOTE = "Notes not carried, because their words are not in the archive"
    MEMBER_WITH_TEXT = "Texts of cases and sets not carried, because the texts are not"
    NOTE_WITH_TEXT = "Notes not carried, because what they are on is not"
    LOST_REFERENCE = "References in the file that lead to nothing in it"
    NOTE_COPIED = "Notes that stand on several things, carried once for each"
    NOTE_CODINGS = "Codings not carried, because they are on the words of notes"
    LINKS = "Links between things not carried"
    GRAPHS = "Drawings not carried"
    NO_TIME = "Times that could not be read and were left out"
    STRANGE_NAME = "Parts of the archive that are links or have names leading out of it, left alone"
    QUOTES_DIFFER = "Codings whose words, as the file quotes them, are not at their place in the text"


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of thing that happened, and how often."""

    found: Found
    count: int

    def __str__(self) -> str:
        return f"{self.found.value}: {self.count:,}."


@dataclass(slots=True)
class Tally:
    """Counts while reading."""

    counts: Counter[Found] = field(default_factory=Counter)

    def add(self, found: Found, count: int = 1) -> None:
        """Count something; nothing is not mentioned."""
        if count:
            self.counts[found] += count

    def findings(self) -> tuple[Finding, ...]:
        """What happened, in the order of the list above."""
        return tuple(Finding(found, self.counts[found]) for found in Found if self.counts[found])
