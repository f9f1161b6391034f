"""Taking transcripts in: drafts are sealed, a whole batch as one step, and answers are kept as import profiles."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import count
from typing import TYPE_CHECKING

from qualbench import events
from qualbench.errors import AlreadyImported, BadDecision, QualbenchError
from qualbench.events import Event
from qualbench.model import Changes, Segment, SegmentRule
from qualbench.project.material import Material
from qualbench.steps import study
from qualbench.store.queries import study as studies
from qualbench.store.queries import transcripts

if TYPE_CHECKING:
    from qualbench.steps.ingest import Answers, Draft, Survey
    from qualbench.steps.ingest.profiles import Profile

Tell = Callable[[int, str], None]
"""Hears of each file that was cut into units: its number from 1, and its name; what it raises stops the import."""

Attributes = Mapping[str, Mapping[str, str]]
"""What is known of speakers, by label."""


class UnknownProfile(QualbenchError):
    def __init__(self, name: str, known: Sequence[str]) -> None:
        listed = f"Known are: {', '.join(known)}" if known else "None was saved yet: import FILE --save-profile NAME"
        super().__init__(f"There is no import profile called '{name}'.", listed)


@dataclass(frozen=True, slots=True)
class Incoming:
    """One transcript on its way into the study, already cut into units."""

    draft: Draft
    original: str
    """The SHA-256 of the file it comes from, sealed where its bytes are not kept yet."""
    segments: tuple[Segment, ...]
    rule: SegmentRule
    attributes: Attributes = field(default_factory=dict)
    deidentified: tuple[int, int] | None = None
    """Of one in which names were replaced: how many people reviewed it, and how many places were replaced."""


def incoming(made: Draft | Survey, data: bytes, rule: SegmentRule) -> tuple[Incoming, ...]:
    """The transcripts that a file makes, cut by a rule; long work that touches no study."""
    from qualbench.steps import segment
    from qualbench.steps.ingest import Survey

    sealed = events.seal(data)
    drafts: list[tuple[Draft, Attributes]]
    drafts = [(one.draft, one.attributes) for one in made.documents] if isinstance(made, Survey) else [(made, {})]
    return tuple(
        Incoming(
            draft,
            str(sealed) if number else sealed,  # the bytes go in once, with the first one
            segment.cut(draft.text, draft.turns, rule, *segment.aside(draft.speakers)),
            rule,
            attributes,
        )
        for number, (draft, attributes) in enumerate(drafts)
    )


@dataclass(slots=True)
class _Taken:
    """Names and labels that are used up, those of this step too."""

    ids: set[str]
    names: set[str]
    participants: set[str]
    respondents: dict[str, str]
    """Of one survey: who each respondent's label is."""
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def id_for(self, original: str) -> str:
        """The first characters of a hash that nothing else is called by."""
        found = next(original[:length] for length in range(8, 65) if original[:length] not in self.ids)
        self.ids.add(found)
        return found

    def name_for(self, wanted: str) -> str:
        """The name, numbered where it is taken."""
        name, number = wanted, 2
        while name in self.names:
            name, number = f"{wanted} ({number})", number + 1
        self.names.add(name)
        return name


class Imports(Material):
    """Sealing drafts."""

    def check_new(self, draft: Draft) -> None:
        """Refuse a file that is in the study already."""
        self._check_bytes(draft.source, draft.original)

    def check_file(self, source: str, data: bytes) -> None:
        """Refuse a file whose bytes are in the study already, whatever was made of them."""
        self._check_bytes(source, sha256(data).hexdigest())

    def _check_bytes(self, source: str, original: str) -> None:
        first = transcripts.by_original(self._db, original)
        if first is not None:
            raise AlreadyImported(source, first)

    def import_transcript(
        self, draft: Draft, data: bytes, rule: SegmentRule = SegmentRule.TURN, *,
        deidentified: tuple[int, int] | None = None,
    ) -> str:  # fmt: skip
        """Seal a transcript with its turns, speakers and segments; answers with its name in the study.

        Of one in which names were replaced: how many people reviewed it, and how many places were replaced.
        """
        self.check_new(draft)
        (one,) = incoming(draft, data, rule)
        return self.take_in([[replace(one, deidentified=deidentified)]])[0]

    def import_transcripts(
        self, read: Sequence[tuple[Draft | Survey, bytes]], rule: SegmentRule = SegmentRule.TURN, *,
        tell: Tell | None = None,
    ) -> list[str]:  # fmt: skip
        """Seal a batch as one step, all of it or nothing; answers with the names in the study.

        Of a survey every document is a transcript, and its respondents come with their attributes.
        """
        files = []
        for number, (made, data) in enumerate(read, start=1):
            files.append(incoming(made, data, rule))
            if tell is not None:
                tell(number, files[-1][0].draft.source)
        return self.take_in(files)

    def take_in(self, files: Sequence[Sequence[Incoming]]) -> list[str]:
        """Seal the transcripts of several files as one step; answers with the names in the study."""
        self.check_batch(files)
        taken = self._taken()
        facts: list[Event] = []
        names: list[str] = []
        for file in files:
            taken.respondents = {}
            for one in file:
                id_, name = taken.id_for(one.draft.original), taken.name_for(one.draft.name)
                names.append(name)
                facts += [*imported(id_, name, one), *_people(id_, one.draft, one.attributes, taken)]
                if one.deidentified is not None:
                    reviewers, replaced = one.deidentified
                    facts.append(events.Deidentified(transcript=id_, reviewers=reviewers, replaced=replaced))
        self._record(facts)
        return names

    def new_among(self, files: Sequence[Sequence[Incoming]]) -> int:
        """How many files of a batch, from the first one on, are neither in the study nor in the batch before."""
        for number in range(len(files)):
            try:
                self.check_batch(files[: number + 1])
            except AlreadyImported:
                return number
        return len(files)

    def check_batch(self, files: Sequence[Sequence[Incoming]]) -> None:
        """Refuse a file that is in the study, or twice in the batch."""
        batch: dict[str, str] = {}
        for file in files:
            source, original = file[0].draft.source, str(file[0].original)
            if original in batch:
                raise AlreadyImported(source, batch[original])
            batch[original] = source
            self._check_bytes(source, original)

    def participants_to_be(self, files: Sequence[Sequence[Draft]]) -> list[tuple[tuple[str, ...], ...]]:
        """Who each speaker of each draft of each file would be as a participant; empty for those who are none."""
        taken = self._taken()
        found = []
        for file in files:
            taken.respondents = {}
            found.append(tuple(_labels(draft, taken) for draft in file))
        return found

    def _taken(self) -> _Taken:
        known = transcripts.names(self._db)
        return _Taken(set(known), set(known.values()), {one.label for one in self.participants()}, {})

    # --- import profiles ---------------------------------------------------------------------------------------

    def save_profile(self, name: str, draft: Draft, answers: Answers) -> Changes:
        """Keep the answers that a draft was read by, for files like it; a profile of that name is replaced."""
        from qualbench.steps.ingest import profiles

        wanted = name.strip()
        if not study.NAME.fullmatch(wanted):
            raise BadDecision(f"'{name}' can not be the name of a profile.", "Use 1 to 60 visible characters.")
        data = profiles.to_data(profiles.profile_of(wanted, draft, answers))
        sealed = events.seal(json.dumps(data, ensure_ascii=False, sort_keys=True))
        return self._record([events.ProfileSaved(name=wanted, profile=sealed)])

    def profiles(self) -> tuple[Profile, ...]:
        """The import profiles in the order they were saved, without those whose words were withdrawn or are damaged."""
        from qualbench.steps.ingest import profiles

        return tuple(one for data in studies.profiles(self._db).values() if (one := profiles.kept(data)) is not None)

    def import_profile(self, name: str) -> Profile:
        """One import profile by its name."""
        known = {one.name: one for one in self.profiles()}
        if name.strip() not in known:
            raise UnknownProfile(name, list(known))
        return known[name.strip()]


# --- facts -----------------------------------------------------------------------------------------------------


def imported(id_: str, name: str, one: Incoming) -> tuple[Event, Event]:
    """The facts that seal one transcript and cut it."""
    draft = one.draft
    layout = {
        "speakers": [[speaker.label, str(speaker.role)] for speaker in draft.speakers],
        "turns": [[turn.start, turn.body, turn.end, turn.speaker, turn.seconds] for turn in draft.turns],
    }
    imported = events.TranscriptImported(
        transcript=id_,
        name=name,
        source=draft.source,
        original=one.original,
        text=events.seal(draft.text),
        layout=events.seal(json.dumps(layout, ensure_ascii=False)),
        reader=draft.reader,
        encoding=draft.encoding,
        words=draft.words,
    )
    places = [[segment.start, segment.end, segment.turn] for segment in one.segments]
    return imported, events.Segmented(transcript=id_, rule=str(one.rule), segments=places)


def _people(id_: str, draft: Draft, attributes: Attributes, taken: _Taken) -> list[Event]:
    """Who the speakers are as participants; a respondent who was met before keeps their label."""
    facts = study.name_participants(id_, draft.speakers, taken.participants, taken.respondents, taken.numbers)
    for fact in list(facts):
        if isinstance(fact, events.SpeakerSet):
            label = draft.speakers[fact.speaker].label
            if label not in taken.respondents:
                facts += [
                    events.AttributeSet(participant=fact.participant, name=name, value=value)
                    for name, value in attributes.get(label, {}).items()
                    if value
                ]
            taken.respondents[label] = fact.participant
    return facts


def _labels(draft: Draft, taken: _Taken) -> tuple[str, ...]:
    """The participant of each speaker."""
    facts = _people("", draft, {}, taken)
    found = {fact.speaker: fact.participant for fact in facts if isinstance(fact, events.SpeakerSet)}
    return tuple(found.get(number, "") for number in range(len(draft.speakers)))
