"""Texts of a project that arrives as transcripts: who speaks is found as in any file, and the words never change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from hashlib import sha256

from qualbench import events
from qualbench.errors import UnreadableFile
from qualbench.events import Event
from qualbench.model import Role, SegmentRule, Speaker, Transcript, Turn
from qualbench.project.intake import imported, incoming
from qualbench.steps import ingest, study
from qualbench.steps.ingest import Draft
from qualbench.steps.ingest.dialogue import paragraphs_of
from qualbench.steps.ingest.reading import ONE_SPEAKER
from qualbench.steps.interchange import described
from qualbench.steps.interchange.refi import Bundle, Case, Source
from qualbench.steps.interchange.refi.names import unique
from qualbench.text import folded, one_line, shown


@dataclass(slots=True)
class Texts:
    """The transcripts, by the ids that their texts have in the file."""

    transcripts: dict[str, Transcript] = field(default_factory=dict)
    told: dict[str, described.OfText] = field(default_factory=dict)
    """What Qualbench wrote about each text."""
    participants: dict[str, str] = field(default_factory=dict)
    """The name of each case here, by its id in the file."""
    facts: list[Event] = field(default_factory=list)
    late: list[Event] = field(default_factory=list)
    """Who speaks as whom."""
    empty: int = 0
    without_speakers: int = 0
    unplaced: int = 0
    """Cases that are no speaker of their text."""

    @property
    def lines(self) -> list[str]:
        """What a person should know."""
        found = len(self.transcripts) - self.without_speakers
        said = {
            f"Speakers were found in {found} of {len(self.transcripts)} texts; the others are one person's words each. "
            "Set who speaks with: qualbench participants.": self.without_speakers,
            f"Texts without any words, not carried with what stands on them: {self.empty}.": self.empty,
            f"Cases whose text has no speaker that is surely theirs: {self.unplaced}. What is known of them is "
            "carried; say who speaks with: qualbench participants.": self.unplaced,
        }
        return [line for line, count in said.items() if count]


def texts_of(bundle: Bundle, source: str, rule: SegmentRule, *, ours: bool) -> Texts:
    """Every text with words as a transcript, cut by a rule, with its speakers tied to the cases."""
    texts = Texts(participants=_names(bundle.cases))
    ids: set[str] = set()
    kept = [one for one in bundle.sources if one.text.strip()]
    texts.empty = len(bundle.sources) - len(kept)
    names = unique([one_line(one.name) or "text" for one in kept])
    for one, name in zip(kept, names, strict=True):
        _seal(texts, replace(one, name=name), source, rule, ids, ours=ours)
    _people(texts, bundle.cases)
    return texts


def _names(cases: Sequence[Case]) -> dict[str, str]:
    """A name of its own for each case."""
    names = unique([one_line(shown(case.name)) or "case" for case in cases])
    return {case.id: name for case, name in zip(cases, names, strict=True)}


def _seal(texts: Texts, one: Source, source: str, rule: SegmentRule, ids: set[str], *, ours: bool) -> None:
    told = described.text_of(one.description) if ours else described.OfText()
    draft = _with_roles(_draft(one, source), told)
    texts.without_speakers += not draft.family
    data = one.text.encode("utf-8", "replace")
    (made,) = incoming(draft, data, rule)
    id_ = next(draft.original[:length] for length in range(8, 65) if draft.original[:length] not in ids)
    ids.add(id_)
    texts.facts += imported(id_, one.name, made)
    texts.told[one.id] = told
    texts.transcripts[one.id] = Transcript(
        id_, one.name, one.text, draft.turns, draft.speakers, made.segments, rule
    )  # fmt: skip


# --- who speaks ----------------------------------------------------------------------------------------------------


def _draft(one: Source, source: str) -> Draft:
    """The draft by the ordinary reader where it finds speakers and leaves the words alone; else of one speaker."""
    data = one.text.encode("utf-8", "replace")
    with suppress(UnreadableFile):
        draft = ingest.read("text.txt", data)
        if draft.text == one.text:
            return replace(_of_one_speaker(draft), name=one.name, source=source)
    turns = paragraphs_of(one.text.split("\n"), 0)
    words = sum(len(one.text[turn.body : turn.end].split()) for turn in turns)
    return Draft(
        name=one.name, source=source, text=one.text, turns=turns, speakers=(Speaker(ONE_SPEAKER, Role.PARTICIPANT),),
        original=sha256(data).hexdigest(), encoding="utf-8", encoding_why="", reader="txt", family="", coverage=0.0,
        warnings=(), possible_speakers=(), similar_labels=(), words=words, front_matter=(), unparsed=0,
    )  # fmt: skip


def _of_one_speaker(draft: Draft) -> Draft:
    """The draft as it is where it has speakers; else all of it is one person's words."""
    if draft.speakers:
        return draft
    turns = tuple(Turn(one.start, one.body, one.end, 0, one.seconds) for one in draft.turns)
    return replace(draft, turns=turns, speakers=(Speaker(ONE_SPEAKER, Role.PARTICIPANT),))


def _with_roles(draft: Draft, told: described.OfText) -> Draft:
    speakers = tuple(
        replace(one, role=told.speakers[one.label][0]) if one.label in told.speakers else one for one in draft.speakers
    )
    return replace(draft, speakers=speakers)


def _people(texts: Texts, cases: Sequence[Case]) -> None:
    """Every participant among the speakers is a case that is surely theirs, or somebody new."""
    taken = set(texts.participants.values())
    theirs: dict[str, list[str]] = {}
    for case in cases:
        for id_ in case.sources:
            theirs.setdefault(id_, []).append(texts.participants[case.id])
    placed: set[str] = set()
    for id_, transcript in texts.transcripts.items():
        known = _known(transcript, texts.told[id_], theirs.get(id_, []), taken)
        placed |= set(known.values())
        texts.late += _facts(transcript, texts.told[id_], known, taken)
    texts.unplaced = len({name for names in theirs.values() for name in names} - placed)


def _known(transcript: Transcript, told: described.OfText, cases: Sequence[str], names: set[str]) -> dict[str, str]:
    """Whose label each case is: as was written, by the same name, or because there is one of each."""
    labels = [one.label for one in transcript.speakers if one.role is Role.PARTICIPANT]
    known = {label: told.speakers[label][1] for label in labels if told.speakers.get(label, ("", ""))[1] in names}
    if told.speakers:
        return known
    for label in labels:
        same = [case for case in cases if folded(case) == folded(label)]
        if len(same) == 1:
            known[label] = same[0]
    left = [case for case in cases if case not in known.values()]
    free = [label for label in labels if label not in known]
    return {**known, free[0]: left[0]} if len(left) == len(free) == 1 else known


def _facts(transcript: Transcript, told: described.OfText, known: Mapping[str, str], taken: set[str]) -> list[Event]:
    """Who each participant among the speakers is; one whom nobody named stays nobody where Qualbench wrote the file."""
    speakers = transcript.speakers
    if told.speakers:
        named = {n: known[one.label] for n, one in enumerate(speakers) if one.label in known}
        return [
            events.SpeakerSet(transcript=transcript.id, speaker=n, role=str(Role.PARTICIPANT), participant=name)
            for n, name in named.items()
        ]
    return study.name_participants(transcript.id, speakers, taken, dict(known))
