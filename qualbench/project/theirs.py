"""Which words are whose, gathered from the whole history, so that a withdrawal leaves none of them behind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualbench import events
from qualbench.events import Event
from qualbench.model import Transcript
from qualbench.store import doctor, journal
from qualbench.store.database import Connection
from qualbench.store.queries import members
from qualbench.store.queries.study import words
from qualbench.text import folded

if TYPE_CHECKING:
    from qualbench.steps.members import Removal

_CARRIED = events.CodingsCarried | events.DecisionsCarried | events.QuotesCarried
_PLACED = ("coding", "consensus", "themes")
_IDEAS = ("core_idea_written", "core_idea_agreed")
_ANSWERS = ("comment_answered", "comment_seen")
_OF_PARTICIPANT = ("reply_received", "check_stated", "attribute_reasoned", "negative_case_marked")


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What a withdrawal destroys, and what it can not reach."""

    participant: str
    label: str
    whole: tuple[str, ...]
    """Names of the transcripts of which nothing is left."""
    partly: tuple[str, ...]
    """Names of the transcripts in which others speak too, so that only these turns go."""
    copies: tuple[Path, ...]
    """Copies in `backups/` that hold the words; they are destroyed."""
    unreadable: tuple[Path, ...]
    """Copies that can not be opened to see."""
    exports: tuple[str, ...]
    """Files in `exports/`: they stay, and may hold the words."""
    repeated: tuple[str, ...]
    """Where others repeat the words in the codebook, the themes or the checklists: they stay until somebody looks."""
    left: tuple[str, ...]
    """What left the study before, as far as the log says so."""

    def sentences(self) -> list[str]:
        """What goes, what stays, and what is out of reach, in sentences."""
        told = [f"All of it goes: {', '.join(self.whole)}."] * bool(self.whole)
        told += [f"Their turns go, what others said stays: {', '.join(self.partly)}."] * bool(self.partly)
        told += ["The copies in backups/ that hold the words are destroyed too."] * bool(self.copies)
        told += [f"A copy that can not be opened, look at it yourself: {path.name}." for path in self.unreadable]
        told += [f"Repeated in {place}: change it there by hand." for place in self.repeated]
        told += [f"Files in exports/ stay, look at them: {', '.join(self.exports)}."] * bool(self.exports)
        told += [f"Left the study before and out of reach: {'; '.join(self.left)}."] * bool(self.left)
        return [*told, "Copies that were passed on, packages and a vault of names are out of this study's reach."]


@dataclass(frozen=True, slots=True)
class Taken:
    """A transcript with what goes from it."""

    transcript: Transcript
    removal: Removal


def standing(db: Connection, transcript: str, area: str) -> list[tuple[Event, int, int]]:
    """Everything ever stated on a place of a transcript, with where that place is in the text as it is now."""
    found: list[tuple[Event, int, int]] = []
    for fact in journal.facts_about(db, transcript, area):
        if isinstance(fact, _CARRIED):
            to = {(row[0], row[1]): (row[2], row[3]) for row in fact.spans}
            found = [
                (one, *(to.get((start, end), (start, end)) if _moves(fact, one) else (start, end)))
                for one, start, end in found
            ]
        elif isinstance(fact, events.DoubtSettled):
            found += [
                (one, fact.new_start, fact.new_end)
                for one, start, end in found
                if (start, end) == (fact.start, fact.end) and getattr(one, "pass_id", "") == fact.pass_id
            ]
        elif hasattr(fact, "start") and hasattr(fact, "end"):
            found.append((fact, fact.start, fact.end))
    return found


def _moves(fact: Event, one: Event) -> bool:
    """Whether what a correction carried has this fact's pass in it."""
    passes = getattr(fact, "passes", [])
    return not passes or getattr(one, "pass_id", "") in passes


class Theirs:
    """All facts that hold words of one participant, or words on theirs."""

    def __init__(self, db: Connection, participant: str, taken: Sequence[Taken]) -> None:
        self._db = db
        self._participant = participant
        self._taken = {one.transcript.id: one for one in taken}
        self.by_transcript: dict[str, list[Event]] = {id_: [] for id_ in self._taken}
        self.quotes: set[str] = set()
        self.ideas: set[str] = set()
        self._codings: set[str] = set()
        for one in taken:
            self._of_transcript(one)
        self.elsewhere = [*self._edits(), *self._of_people(), *self._notes(), *self._judged()]

    def _of_transcript(self, one: Taken) -> None:
        id_, facts = one.transcript.id, self.by_transcript[one.transcript.id]
        facts += journal.facts_about(self._db, id_, "transcript")
        for area in _PLACED:
            for fact, start, end in standing(self._db, id_, area):
                if (one.removal.whole or one.removal.touches(start, end)) and self._goes(fact, one):
                    facts.append(fact)
                    self.quotes |= {fact.quote} if isinstance(fact, events.QuotePicked) else set()
                    self._codings |= {fact.coding} if isinstance(fact, events.CodeApplied) else set()

    def _goes(self, fact: Event, one: Taken) -> bool:
        """What a coder called a code goes only where it is made of the very words: the code may stand elsewhere."""
        if not isinstance(fact, events.CodeProposed):
            return True
        said = " ".join(one.transcript.text[start:end] for start, end in one.removal.gone)
        return folded(words(self._db, fact.label)).strip() in folded(said)

    def _edits(self) -> Iterator[Event]:
        found = members.stated(self._db, "quote_edited")
        return (fact for fact in found if getattr(fact, "quote", "") in self.quotes)

    def _of_people(self) -> Iterator[Event]:
        found = members.stated(self._db, *_OF_PARTICIPANT)
        return (fact for fact in found if getattr(fact, "participant", "") == self._participant)

    def _notes(self) -> Iterator[Event]:
        for fact in members.stated(self._db, "note_written"):
            if isinstance(fact, events.NoteWritten) and (
                self._is_case(fact.about) or not self._codings.isdisjoint(fact.places)
            ):
                yield fact

    def _judged(self) -> Iterator[Event]:
        """Core ideas that rest on the words, and what auditors and teams said to them."""
        for fact in members.stated(self._db, *_IDEAS):
            if isinstance(fact, events.CoreIdeaWritten | events.CoreIdeaAgreed) and self._rests_here(fact):
                self.ideas.add(fact.idea if isinstance(fact, events.CoreIdeaWritten) else fact.agreed)
                yield fact
        comments = set()
        for fact in members.stated(self._db, "comment_made"):
            if isinstance(fact, events.CommentMade) and (fact.about in self.ideas or self._is_case(fact.about)):
                comments.add(fact.comment)
                yield fact
        answers = members.stated(self._db, *_ANSWERS)
        yield from (fact for fact in answers if getattr(fact, "comment", "") in comments)

    def _is_case(self, about: str) -> bool:
        """Whether something is on this participant, or on a transcript of which nothing is left."""
        taken = self._taken.get(about)
        return about == self._participant or (taken is not None and taken.removal.whole)

    def _rests_here(self, fact: events.CoreIdeaWritten | events.CoreIdeaAgreed) -> bool:
        case = fact.about if isinstance(fact, events.CoreIdeaWritten) else fact.case
        return self._is_case(case) or any(self._is_theirs(place) for place in fact.places)

    def _is_theirs(self, place: str) -> bool:
        id_, _, span = place.partition(":")
        start, _, end = span.partition(":")
        taken = self._taken.get(id_)
        return taken is not None and (
            not (start.isdigit() and end.isdigit()) or taken.removal.touches(int(start), int(end))
        )

    # --- what can be destroyed ---------------------------------------------------------------------------------

    def hashes(self, kept: Collection[str] = ()) -> dict[str, list[str]]:
        """What is destroyed, by transcript: words that no other fact names; what belongs to none goes with the first.

        Why a transcript was corrected, and why somebody withdrew, stays.
        """
        grouped = dict(self.by_transcript)
        first = next(iter(grouped), "")
        grouped[first] = [*grouped.get(first, []), *self.elsewhere]
        names = {id_: [key for fact in facts for key in _words_of(fact)] for id_, facts in grouped.items()}
        theirs = Counter(key for keys in names.values() for key in keys)
        all_names = members.naming(self._db, doctor.SEALED)
        goes = {key for key, number in theirs.items() if all_names[key] <= number} - set(kept)
        return {id_: sorted(goes & set(keys)) for id_, keys in names.items()}


def _words_of(fact: Event) -> list[str]:
    if isinstance(fact, events.WordsErased):
        return []
    if isinstance(fact, events.TranscriptCorrected):
        return [fact.text, fact.layout]
    return members.named_by(fact, doctor.SEALED)


RUN = 7
"""So many words in a row that are the same are no chance."""


def repeated(said: str, others: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Which of these texts repeat RUN words in a row, each by what it is called."""

    def runs(text: str) -> set[tuple[str, ...]]:
        each = ["".join(char for char in word if char.isalnum()) for word in folded(text).split()]
        each = [word for word in each if word]
        return {tuple(each[n : n + RUN]) for n in range(len(each) - RUN + 1)}

    theirs = runs(said)
    return tuple(dict.fromkeys(name for name, text in others if not theirs.isdisjoint(runs(text))))
