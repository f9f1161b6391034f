"""ELAN annotations (.eaf): the tiers on which somebody speaks, merged by time into turns.

A tier that hangs from another one (a translation, glosses, single words) and a tier named for what it notes are not
speech unless a person says so. The names and places of media files, which often name people, are never copied.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualbench.errors import Problem, UnreadableFile
from qualbench.steps.ingest.labels import fold
from qualbench.steps.ingest.reading import ONE_SPEAKER, File, Reading
from qualbench.steps.ingest.safe_xml import parse
from qualbench.steps.ingest.speeches import Speech, joined, script
from qualbench.text import counted

if TYPE_CHECKING:
    from lxml.etree import _Element

LARGEST = 50_000_000
"""Bytes of an .eaf that are still read; ten hours of speech take about ten million."""
TAGS = 3_000_000
"""Angle brackets that are still read: an element costs memory even when it holds nothing."""

_ASIDE = re.compile(
    r"gloss(?:es)?|translations?|transl|notes?|comments?|gestures?|gaze|morph(?:eme)?s?|pos|ipa|phonetics?|phon(?:eme)?s?|"
    r"memos?|codes?|übersetzung(?:en)?|kommentare?|notiz(?:en)?|traduction|traducción|traducciones"
)
_BLANKS = re.compile(r"[ \t\r\n]+")
_WORD = re.compile(r"[^\W\d_]+")
_MOST_STEPS = 50
"""How far an annotation without time is followed to the one that has it."""


@dataclass(frozen=True, slots=True)
class Tier:
    """One tier of the file, for a person who chooses which ones are speech."""

    id: str
    speaker: str
    """Its participant, else its own id."""
    annotations: int
    """Those that hold words."""
    words: int
    timed: bool
    """Its annotations have times of their own."""
    parent: str
    """The tier it hangs from; empty for one that stands by itself."""
    speech: bool
    """Whether it is read when nobody chooses."""
    example: str
    """The first words on it."""


@dataclass(frozen=True, slots=True)
class _Note:
    """One annotation; `start` is in milliseconds, None where it has no time."""

    start: int | None
    end: int
    words: str


def tiers(data: bytes, source: str = "the file") -> tuple[Tier, ...]:
    """Every tier with its counts, in the order of the file; raises UnreadableFile."""
    return tuple(tier for tier, _ in _tiers(_root(source, data)))


def read_elan(file: File) -> Reading:
    """An .eaf as a transcript: of the file's chosen tiers, else of those that are probably speech."""
    chosen = file.answers.tiers
    found = _tiers(_root(file.source, file.data))
    spoken = [pair for pair in found if (pair[0].id in chosen if chosen else pair[0].speech)]
    _check_choice(file.source, [tier for tier, _ in found], spoken, chosen)
    notes = [
        (note.start, note.end, order, tier.speaker, note.words)
        for order, (tier, own) in enumerate(spoken)
        for note in own
        if note.start is not None
    ]
    notes.sort(key=lambda note: note[:3])
    only = ONE_SPEAKER if file.answers.one_speaker else ""
    made = script(joined(Speech(only or speaker, words, start / 1000) for start, _, _, speaker, words in notes))
    return Reading(
        reader="eaf",
        text=made.text,
        turns=made.turns,
        labels=made.labels,
        family="one tier for each speaker",
        coverage=1.0 if notes else 0.0,
        warnings=tuple(_warnings(file.source, found, spoken)),
    )


def _check_choice(
    source: str, known: Sequence[Tier], spoken: Sequence[tuple[Tier, object]], chosen: tuple[str, ...]
) -> None:
    names = ", ".join(f"'{tier.id}'" for tier in known[:20]) or "none"
    missing = [id_ for id_ in chosen if id_ not in {tier.id for tier in known}]
    if missing:
        raise UnreadableFile(source, f"it has no tier '{missing[0]}'.", f"Its tiers are: {names}.")
    if not spoken:
        raise UnreadableFile(source, "none of its tiers is speech with times.", f"Its tiers are: {names}.")


def _warnings(
    source: str, found: Sequence[tuple[Tier, list[_Note]]], spoken: Sequence[tuple[Tier, list[_Note]]]
) -> Iterator[Problem]:
    read = {tier.id for tier, _ in spoken}
    for tier, _ in found:
        if tier.id not in read and tier.annotations:
            yield Problem(source, 0, f"tier '{tier.id}' ({counted(tier.annotations, 'annotation')}): {_why_not(tier)}")
    for tier, notes in spoken:
        lost = sum(1 for note in notes if note.start is None)
        if lost:
            yield Problem(source, 0, f"tier '{tier.id}': {counted(lost, 'annotation')} without a time left out")
    uses = Counter(fold(tier.speaker) for tier, notes in spoken if notes)
    for speaker in (speaker for speaker, count in uses.items() if count > 1):
        same = " and ".join(f"'{tier.id}'" for tier, notes in spoken if notes and fold(tier.speaker) == speaker)
        yield Problem(source, 0, f"tiers {same} name the same speaker; choose tiers if one of them is not speech")


def _why_not(tier: Tier) -> str:
    if tier.speech:
        return "not chosen, left out"
    if tier.parent:
        return f"hangs from tier '{tier.parent}' and is not speech; left out"
    return "named for notes, not for a speaker; left out" if tier.timed else "has no times; left out"


# --- the file --------------------------------------------------------------------------------------------------


def _root(source: str, data: bytes) -> "_Element":
    """The parsed file, when it is one of ELAN's and not too large."""
    if len(data) > LARGEST or data.count(b"<") > TAGS:
        raise UnreadableFile(source, f"it has {len(data):,} bytes, more than annotations of any interview; refused.")
    root = parse(source, data, "ELAN file")
    if root.tag != "ANNOTATION_DOCUMENT":
        raise UnreadableFile(source, "it is not an ELAN file, whatever its name says.")
    return root


def _tiers(root: "_Element") -> list[tuple[Tier, list[_Note]]]:
    """The tiers with those of their annotations that hold words."""
    spans = _spans(root)
    refs = {one.get("ANNOTATION_ID", ""): one.get("ANNOTATION_REF", "") for one in root.iter("REF_ANNOTATION")}
    found = []
    for element in root.iter("TIER"):
        own = [(one, words) for one in element.iter("ALIGNABLE_ANNOTATION", "REF_ANNOTATION") if (words := _words(one))]
        timed = any(one.tag == "ALIGNABLE_ANNOTATION" for one, _ in own)
        notes = [_Note(*_span(one, spans, refs), words) for one, words in own]
        found.append((_tier(element, notes, timed), notes))
    return found


def _tier(element: "_Element", notes: Sequence[_Note], timed: bool) -> Tier:
    id_, parent = _plain(element.get("TIER_ID", "")), _plain(element.get("PARENT_REF", ""))
    kind = f"{id_} {element.get('LINGUISTIC_TYPE_REF', '')}".replace("_", " ")
    aside = any(_ASIDE.fullmatch(word) for word in _WORD.findall(kind.casefold()))
    return Tier(
        id=id_,
        speaker=_plain(element.get("PARTICIPANT", "")).rstrip(" :") or id_ or ONE_SPEAKER,
        annotations=len(notes),
        words=sum(len(note.words.split()) for note in notes),
        timed=timed,
        parent=parent,
        speech=timed and not parent and not aside,
        example=notes[0].words if notes else "",
    )


def _spans(root: "_Element") -> dict[str, tuple[int | None, int]]:
    """When each annotation with slots of its own begins and ends, by its id, in milliseconds."""
    slots = {slot.get("TIME_SLOT_ID", ""): _number(slot.get("TIME_VALUE")) for slot in root.iter("TIME_SLOT")}
    return {one.get("ANNOTATION_ID", ""): _own_span(one, slots) for one in root.iter("ALIGNABLE_ANNOTATION")}


def _own_span(element: "_Element", slots: Mapping[str, int | None]) -> tuple[int | None, int]:
    start = slots.get(element.get("TIME_SLOT_REF1", ""))
    end = slots.get(element.get("TIME_SLOT_REF2", ""))
    return start, end if end is not None else start or 0


def _span(
    element: "_Element", spans: Mapping[str, tuple[int | None, int]], refs: Mapping[str, str]
) -> tuple[int | None, int]:
    """When an annotation begins and ends; one without slots does when the one it refers to does."""
    id_ = element.get("ANNOTATION_ID", "")
    for _ in range(_MOST_STEPS):
        if id_ in spans or id_ not in refs:
            break
        id_ = refs[id_]
    return spans.get(id_, (None, 0))


def _number(value: str | None) -> int | None:
    return int(value) if value is not None and re.fullmatch(r"[0-9]{1,12}", value) else None


def _words(element: "_Element") -> str:
    return _plain("".join(str(text) for value in element.iter("ANNOTATION_VALUE") for text in value.itertext()))


def _plain(text: str) -> str:
    """The text on one line, without blanks at its ends."""
    return _BLANKS.sub(" ", text).strip("\ufeff \t").strip()
