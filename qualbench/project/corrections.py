"""Correcting a sealed text: a new version of it, with everything that points into the old one carried over."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from qualbench import events
from qualbench.errors import BadDecision, UnknownDoubt
from qualbench.events import Event
from qualbench.model import Changes, Doubt, Segment, Transcript, Version
from qualbench.project.notes import Notes
from qualbench.store import journal
from qualbench.store.queries import codings, progress, results, transcripts, typologies
from qualbench.text import canonical, excerpt

if TYPE_CHECKING:
    from qualbench.steps.correction import Comparison

NEAR = 2_000
"""How far from a doubtful place the words that it stands on are looked for, in code points."""
WITHDRAWN = "[withdrawn]"
"""What a text is read as when its words were withdrawn."""
_CARRIED = events.CodingsCarried | events.DecisionsCarried | events.QuotesCarried


class Corrections(Notes):
    """Typing errors, a member's corrections, and what they make doubtful."""

    def versions(self, name: str) -> tuple[Version, ...]:
        """Every text a transcript ever had, the first one first."""
        return transcripts.versions(self._db, self.transcript(name).id)

    def compare(self, name: str, text: str) -> Comparison:
        """What another text would change in a transcript; one that changes nothing, or everything, is refused."""
        from qualbench.steps import correction

        found = correction.compare(self.transcript(name).text, canonical(text))
        correction.refuse(found)
        return found

    def correct(self, name: str, text: str, reason: str) -> Changes:
        """Seal a new version of a transcript; codings, decisions and quotes go with their words."""
        from qualbench.steps import correction

        transcript = self.transcript(name)
        if not reason.strip():
            raise BadDecision("A correction needs a reason.", "Give one with --reason, for instance: typing errors.")
        found = self.compare(transcript.id, text)
        turns = correction.layout(found, transcript.turns)
        cut = correction.segments(found, transcript.segments, transcript.turns)
        layout = {
            "speakers": [[speaker.label, str(speaker.role)] for speaker in transcript.speakers],
            "turns": [[turn.start, turn.body, turn.end, turn.speaker, turn.seconds] for turn in turns],
        }
        self.back_up("before-correction")
        self._kept = None
        return self._record(
            [
                events.TranscriptCorrected(
                    transcript=transcript.id,
                    version=transcript.version + 1,
                    text=events.seal(found.new),
                    layout=events.seal(json.dumps(layout, ensure_ascii=False)),
                    segments=[[segment.start, segment.end, segment.turn] for segment in cut],
                    words=sum(len(found.new[turn.body : turn.end].split()) for turn in turns),
                    reason=events.seal(reason),
                ),
                *self._carried(transcript, found, cut),
            ]
        )

    def _carried(self, old: Transcript, found: Comparison, cut: Sequence[Segment]) -> list[Event]:
        """Where everything stands now that stood in the old text; what is a whole segment stays one."""
        whole = {(a.start, a.end): (b.start, b.end) for a, b in zip(old.segments, cut, strict=False)}
        facts: list[Event] = [
            self._carried_pass(old.id, pass_.id, found, whole, old.version + 1)
            for pass_ in codings.passes(self._db, old.id)
        ]
        if spans := self._moved(old.id, "consensus", found, whole):
            facts.append(events.DecisionsCarried(transcript=old.id, spans=spans))
        if spans := self._moved(old.id, "themes", found, {}):
            # a quote is verbatim: other blanks between its words are other words
            verbatim = [[a, b, c, d, int(found.old[a:b] != found.new[c:d])] for a, b, c, d, _ in spans]
            facts.append(events.QuotesCarried(transcript=old.id, spans=verbatim))
        return [*facts, *self._lists_carried(old.id, found, whole)]

    def _lists_carried(
        self, transcript: str, found: Comparison, whole: Mapping[tuple[int, int], tuple[int, int]]
    ) -> Iterator[Event]:
        """The lists of work again, with the places that they have in the new text."""
        from qualbench.steps import correction

        for round_, query in typologies.bound(self._db, transcript).items():
            spans: dict[str, list[list[int]]] = {}
            for id_, start, end in typologies.work_list(self._db, round_):
                if id_ == transcript:
                    (to,) = correction.carry_all(found, [(start, end)])
                    start, end = whole.get((start, end), (to.start, to.end))
                spans.setdefault(id_, []).append([start, end])
            yield events.WorkListSet(round=round_, query=query, spans=spans)

    def _carried_pass(
        self, transcript: str, pass_id: str, found: Comparison, whole: Mapping[tuple[int, int], tuple[int, int]],
        version: int,
    ) -> Event:  # fmt: skip
        spans = self._moved(transcript, "coding", found, whole, pass_id)
        return events.CodingsCarried(
            transcript=transcript, spans=spans, passes=[pass_id], version=version,
            quotes=[str(events.seal(found.new[start:end])) for _, _, start, end, _ in spans],
        )  # fmt: skip

    def _moved(
        self, transcript: str, area: str, found: Comparison, whole: Mapping[tuple[int, int], tuple[int, int]],
        pass_id: str = "",
    ) -> list[list[int]]:  # fmt: skip
        """Old start and end, new start and end, and 1 where it is doubtful, of every span of one area."""
        from qualbench.steps import correction

        spans = sorted(self._spans_of(transcript, area, pass_id))
        rows = []
        for span, to in zip(spans, correction.carry_all(found, spans), strict=True):
            # what has no words left was looked at when it lost them, or still waits for that
            doubtful = int(to.state is correction.Carry.DOUBTFUL and span[0] < span[1])
            rows.append([*span, *whole.get(span, (to.start, to.end)), doubtful])
        return rows

    def _spans_of(self, transcript: str, area: str, pass_id: str = "") -> set[tuple[int, int]]:
        """Every span that was ever stated in the text as it is now (in one pass), also by steps that are undone."""
        spans: set[tuple[int, int]] = set()
        for fact in journal.facts_about(self._db, transcript, area):
            if pass_id and not _concerns(fact, pass_id):
                continue
            if isinstance(fact, _CARRIED):
                to = {(row[0], row[1]): (row[2], row[3]) for row in fact.spans}
                spans = {to.get(span, span) for span in spans}
            elif isinstance(fact, events.PassSubmitted):
                spans |= {(start, end) for start, end in fact.skipped}
            elif isinstance(fact, events.RestMarked):
                spans |= {(start, end) for start, end in fact.spans}
            elif isinstance(fact, events.DoubtSettled):
                spans.add((fact.new_start, fact.new_end))
            elif hasattr(fact, "start") and hasattr(fact, "end"):
                spans.add((fact.start, fact.end))
                spans |= {(part[0], part[1]) for part in getattr(fact, "parts", ()) if len(part) == 2}
        return spans

    # --- what became doubtful ----------------------------------------------------------------------------------

    def doubts(self) -> tuple[Doubt, ...]:
        """The places that somebody must look at after a correction, as far as the viewer may see them."""
        names = transcripts.names(self._db)
        texts: dict[str, str] = {}
        found = []
        for place, rows in groupby(codings.doubts(self._db, self.viewer), key=lambda row: row[:5]):
            transcript, pass_id, coder, start, end = place
            if transcript not in texts:
                texts[transcript] = self.transcript(transcript).text
            codes = tuple(row[5] for row in rows if row[5])
            words = texts[transcript][start:end]
            found.append(Doubt(transcript, names[transcript], pass_id, coder, start, end, codes, words))
        return tuple(found)

    def doubtful(self) -> int:
        """How many of these places there are."""
        return progress.doubtful(self._db, self.viewer)

    def doubtful_results(self) -> tuple[tuple[str, str, int], ...]:
        """Quotes and decisions whose words were corrected; a quote is picked anew, a decision taken again or left."""
        return results.doubtful(self._db)

    def settle_doubt(self, doubt: Doubt, start: int | None = None, end: int | None = None) -> Changes:
        """What a correction made doubtful stands here: where it was carried to, or on other words.

        Where no words are left, the codes are settled with them: they stand on nothing and count nowhere.
        """
        low, high = doubt.start if start is None else start, doubt.end if end is None else end
        text = self.transcript(doubt.transcript).text
        is_gone = (low, high) == (doubt.start, doubt.end)
        if not 0 <= low < high + is_gone or high > len(text):
            raise BadDecision(f"{low} to {high} is no place in '{doubt.name}'.", "Say where its words begin and end.")
        if doubt not in self.doubts():
            raise UnknownDoubt(doubt.name, doubt.start)
        return self._record(
            [
                events.DoubtSettled(
                    transcript=doubt.transcript,
                    pass_id=doubt.pass_id,
                    start=doubt.start,
                    end=doubt.end,
                    new_start=low,
                    new_end=high,
                    quote=str(events.seal(text[low:high])),
                )
            ]
        )

    def find_doubt(self, name: str, start: int, coder: str = "") -> Doubt:
        """The doubtful place that begins there, of the coder named; else the viewer's own, else the first one."""
        transcript = self.transcript(name)
        there = [doubt for doubt in self.doubts() if (doubt.transcript, doubt.start) == (transcript.id, start)]
        for doubt in sorted(there, key=lambda doubt: doubt.coder != self.viewer):
            if coder in ("", doubt.coder):
                return doubt
        raise UnknownDoubt(transcript.name, start)

    def doubtful_under(self, found: Comparison, name: str) -> int:
        """How many places with codings a correction would make doubtful, of those that the viewer may see."""
        from qualbench.steps import correction

        transcript = self.transcript(name).id
        places = {(one.pass_id, one.start, one.end) for one in self.codings(transcript)}
        places |= {(one.pass_id, one.start, one.end) for one in self.nothings(transcript)}
        carried = correction.carry_all(found, [(start, end) for _, start, end in places if start < end])
        return sum(one.state is correction.Carry.DOUBTFUL for one in carried)

    def words_before(self, doubt: Doubt) -> tuple[str, ...]:
        """The words on which a doubtful place stood before the correction that made it doubtful."""
        texts = {version.number: version.text for version in self.versions(doubt.transcript)}
        corrected = iter(transcripts.carried(self._db, doubt.transcript))
        standing: dict[tuple[int, int], tuple[str, ...]] = {}
        for fact in journal.facts_about(self._db, doubt.transcript, "coding"):
            if isinstance(fact, events.CodingsCarried):
                if _concerns(fact, doubt.pass_id):
                    version = fact.version or next(corrected)
                    standing = _carried_words(standing, fact, texts[version - 1])
            elif getattr(fact, "pass_id", "") != doubt.pass_id:
                continue
            elif isinstance(fact, events.DoubtSettled):
                standing[fact.new_start, fact.new_end] = ()
            elif isinstance(fact, events.RestMarked):
                standing.update({(start, end): () for start, end in fact.spans if (start, end) not in standing})
            elif hasattr(fact, "start") and hasattr(fact, "end"):
                standing.setdefault((fact.start, fact.end), ())
        return standing.get((doubt.start, doubt.end), ())

    def place_of(self, doubt: Doubt, words: str) -> tuple[int, int]:
        """Where these very words stand, nearest to a doubtful place; they must be near."""
        text = self.transcript(doubt.transcript).text
        wanted = words.strip()
        low, high = max(0, doubt.start - NEAR), doubt.end + NEAR
        places = [match.start() for match in re.finditer(re.escape(wanted), text[low:high])] if wanted else []
        if not places:
            raise BadDecision(
                f"'{excerpt(wanted, 60)}' does not stand near this place of '{doubt.name}'.",
                "Write the words exactly as the corrected text has them.",
            )
        start = low + min(places, key=lambda place: abs(low + place - doubt.start))
        return start, start + len(wanted)


def _concerns(fact: Event, pass_id: str) -> bool:
    """Whether a fact says where something of this pass stands."""
    if isinstance(fact, events.CodingsCarried):
        return not fact.passes or pass_id in fact.passes
    return getattr(fact, "pass_id", pass_id) == pass_id


def _carried_words(
    standing: Mapping[tuple[int, int], tuple[str, ...]], fact: events.CodingsCarried, old: str
) -> dict[tuple[int, int], tuple[str, ...]]:
    """The places of one pass after a correction, each with the words it stood on before it became doubtful."""
    to = {(row[0], row[1]): row for row in fact.spans}
    after: dict[tuple[int, int], tuple[str, ...]] = {}
    for (start, end), words in standing.items():
        _, _, low, high, doubtful = to.get((start, end), (start, end, start, end, 0))
        said = (*after.get((low, high), ()), *((_words_at(old, start, end),) if doubtful else words))
        after[low, high] = tuple(dict.fromkeys(said))
    return after


def _words_at(text: str, start: int, end: int) -> str:
    """The words of a place; of a version whose words were withdrawn, what stands for them."""
    return text if text == WITHDRAWN else text[start:end]
