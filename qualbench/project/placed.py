"""From what was settled, and from what coders said, to places with whoever speaks there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualbench.model import Code, Codebook, Participant, Role, Speaker, Transcript, Unit
from qualbench.project.asked import CONSENSUS

if TYPE_CHECKING:
    from qualbench.steps.matrices import Case, Place

OUT_OF_USE = frozenset({"merged", "split", "retired", "proposed"})
"""States of codes that are only listed while they stand somewhere."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Who is heard in a segment, and in which turn."""

    turn: int
    role: Role | None
    participant: str


def heard(transcript: Transcript) -> dict[int, Heard]:
    """Who is heard in each segment of a transcript, by where it starts."""
    found = {}
    for segment in transcript.segments:
        speaker = transcript.speaker_of(segment.turn)
        role = speaker.role if speaker else None
        found[segment.start] = Heard(segment.turn, role, case_of(transcript.id, speaker) if speaker else "")
    return found


def case_of(transcript: str, speaker: Speaker) -> str:
    """The case a speaker is: the participant, or one that stands in for a participant whom nobody named."""
    if speaker.role is not Role.PARTICIPANT:
        return ""
    return speaker.participant or f"{transcript}:{speaker.label}"


def settled_places(
    codes: Mapping[tuple[str, int, int], frozenset[str]], who: Mapping[str, Mapping[int, Heard]],
    rounds: Mapping[tuple[str, str], str],
) -> Iterator[Place]:  # fmt: skip
    """A place for each settled code, and one without a code where it was settled that nothing applies."""
    of_transcript = {transcript: name for (transcript, _), name in reversed(list(rounds.items()))}
    inside = with_parts(who, codes)
    for (transcript, start, end), given in codes.items():
        yield from _at(CONSENSUS, transcript, (start, end), given, inside, of_transcript.get(transcript, ""))


def with_parts(
    who: Mapping[str, Mapping[int, Heard]], places: Iterable[tuple[str, int, int]]
) -> Mapping[str, Mapping[int, Heard]]:
    """The same with the parts of segments that were split: there, whoever is heard in the segment is heard."""
    parts: dict[str, list[int]] = {}
    for transcript, start, _ in places:
        if start not in who[transcript]:
            parts.setdefault(transcript, []).append(start)
    found = dict(who)
    for transcript, starts in parts.items():
        known = sorted(who[transcript])
        at = {start: bisect_right(known, start) - 1 for start in starts}
        found[transcript] = {**who[transcript], **{s: who[transcript][known[n]] for s, n in at.items() if n >= 0}}
    return found


def coders_places(
    units: Iterable[Unit], who: Mapping[str, Mapping[int, Heard]], rounds: Mapping[tuple[str, str], str],
    read_as: Mapping[str, Sequence[str]],
) -> Iterator[Place]:  # fmt: skip
    """A place for each code that each coder gave, merged codes read as those they went into."""
    units = tuple(units)
    layers = layers_of({coder for unit in units for coder in unit.readings})
    for unit in units:
        for coder, given in unit.readings.items():
            now = {one for code in given for one in read_as.get(code, (code,))}
            round_ = rounds.get((unit.transcript, coder), "")
            yield from _at(layers[coder], unit.transcript, (unit.start, unit.end), now, who, round_)


def layers_of(coders: Iterable[str]) -> dict[str, str]:
    """Each coder's layer, which is called like the coder; nobody's is called like the settled one."""
    coders = set(coders)
    name = CONSENSUS
    while name in coders:
        name += " (coder)"
    return {coder: name if coder == CONSENSUS else coder for coder in coders}


def _at(
    layer: str, transcript: str, span: tuple[int, int], codes: Iterable[str],
    who: Mapping[str, Mapping[int, Heard]], round_: str,
) -> Iterator[Place]:  # fmt: skip
    from qualbench.steps.matrices import Place

    one = who[transcript].get(span[0])
    if one is not None:
        for code in sorted(codes) or [""]:
            yield Place(layer, transcript, *span, code, one.turn, one.role, one.participant, round_)


def cases(
    people: Iterable[Participant], speakers: Mapping[str, Sequence[Speaker]], names: Mapping[str, str]
) -> list[Case]:
    """Everybody who may be counted: participants, those who stand in for unnamed ones, and focus groups."""
    from qualbench.steps.matrices import Case
    from qualbench.steps.participants import is_focus_group

    found = [Case(one.id, one.label, one.attributes) for one in people]
    unnamed = {
        case_of(id_, one): f"{one.label} in {names[id_]}"
        for id_, those in speakers.items()
        for one in those
        if one.role is Role.PARTICIPANT and not one.participant
    }
    found += [Case(id_, label) for id_, label in unnamed.items()]
    grouped = (id_ for id_, those in speakers.items() if is_focus_group(those))
    return [*found, *(Case(f"group:{id_}", names[id_], group=id_) for id_ in grouped)]


def codes_for(book: Codebook | None, releases: Iterable[Codebook], used: set[str]) -> tuple[Code, ...]:
    """The codes in codebook order that are in use or stand somewhere; what only older versions have comes last."""
    now = book.codes if book else ()
    known = {code.id for code in now}
    older = {code.id: code for one in releases for code in one.codes if code.id in used - known}
    return (*(code for code in now if code.status not in OUT_OF_USE or code.id in used), *older.values())
