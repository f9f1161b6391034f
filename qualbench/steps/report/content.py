"""Everything a themes report prints, gathered once from a study's values, so that renderers look nothing up.

Participants are counted before segments: one talkative participant does not make a theme.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from qualbench.errors import QuoteDiffers
from qualbench.model import (
    OUTCOME_NAMES,
    REASON_NAMES,
    Agreement,
    Codebook,
    Decision,
    Item,
    Method,
    Participant,
    Piece,
    Quote,
    Speaker,
    Study,
    Theme,
    Transcript,
    TranscriptRow,
)
from qualbench.steps.report.counting import Counted, all_cases, counted_units
from qualbench.steps.report.notes import gaps_said
from qualbench.steps.report.settling import Settled
from qualbench.steps.report.wording import deidentified_sentence, method_sentence


@dataclass(frozen=True, slots=True)
class TranscriptLine:
    """A transcript the report rests on."""

    name: str
    words: int


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """Words of a participant, checked against the transcript, with where they stand."""

    text: str
    participant: str
    """The label and the chosen attributes, for instance 'P07, service provider'."""
    transcript: str
    start: int
    end: int
    line: int
    """1-based line of the transcript."""
    pieces: tuple[Piece, ...] = ()
    """The words that were said, and what its editor left out or put in."""


@dataclass(frozen=True, slots=True)
class ThemeSection:
    """A theme with its counts; the counts are not printed where the method does not count."""

    theme: Theme
    participants: int
    """Distinct participants with at least one settled segment under the theme or its sub-themes."""
    segments: int
    transcripts: tuple[str, ...]
    codes: tuple[str, ...]
    """Labels of the codes gathered under it."""
    quotes: tuple[QuoteLine, ...]
    over: tuple[str, ...] = ()
    """The names of the themes it is under, the highest first."""

    @property
    def name(self) -> str:
        """What it is called, after the themes it is under."""
        return " › ".join((*self.over, self.theme.name))


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """One decision of a consensus session, with both readings kept."""

    transcript: str
    place: str
    readings: tuple[tuple[str, tuple[str, ...]], ...]
    """Coder and code labels; no labels is 'nothing applies'."""
    outcome: str
    codes: tuple[str, ...]
    reason: str
    note: str
    yielded: str
    actor: str
    date: str
    superseded: bool = False
    """A later decision on the same disagreement replaced it; it is listed and not counted."""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that is printed."""

    study: Study
    method: str
    date: str
    """ISO date of the last entry in the study's log."""
    participants: int
    """N: distinct participants who speak in the transcripts of this report."""
    coders: tuple[str, ...]
    transcripts: tuple[TranscriptLine, ...]
    themes: tuple[ThemeSection, ...]
    codebook: Codebook | None
    agreement: Agreement | None
    decisions: tuple[DecisionLine, ...]
    open_items: int
    notes: tuple[str, ...]
    """What is left out or assumed, said openly."""

    @property
    def reflexive(self) -> bool:
        """Whether counts and agreement stay out (Braun & Clarke)."""
        return self.study.method is Method.REFLEXIVE


def build(
    study: Study,
    *,
    date: str,
    rows: Sequence[TranscriptRow],
    transcripts: Sequence[Transcript],
    themes: Sequence[Theme] = (),
    coding: Settled | None = None,
    participants: Sequence[Participant] = (),
    attributes: Sequence[str] = (),
    coders: Sequence[str] = (),
    codebook: Codebook | None = None,
    agreement: Agreement | None = None,
    items: Sequence[Item] = (),
    decisions: Sequence[Decision] = (),
) -> Report:
    """The report of a study; raises QuoteDiffers when a quote is not what its transcript says.

    `rows` are all transcripts in reading order; those not opened are left out, and a note says so.
    `attributes` names what is told of a participant beside the label. `decisions` is the whole log, in the
    order they were taken; without it the decisions in force are listed, as the items hold them.
    """
    coding = coding or Settled()
    texts = _opened(rows, transcripts)
    people = {one.label: one for one in participants}
    counted = counted_units(coding, texts)
    reported = [row for row in rows if row.id in texts]
    return Report(
        study=study,
        method=" ".join(filter(None, (method_sentence(study), deidentified_sentence(reported)))),
        date=date,
        participants=len(all_cases(texts)),
        coders=tuple(coders),
        transcripts=tuple(TranscriptLine(row.name, row.words) for row in reported),
        themes=tuple(
            replace(_theme(theme, texts, counted, codebook, people, attributes, _under(theme, themes)), over=over)
            for theme, over in zip(themes, _over(themes), strict=True)
        ),
        codebook=codebook,
        agreement=None if study.method is Method.REFLEXIVE else _spelled(agreement, codebook, texts),
        decisions=_decisions(items, decisions, codebook, texts),
        open_items=sum(item.state != "decided" for item in items),
        notes=tuple(gaps_said(study, rows, themes, coding, texts)),
    )


def _opened(rows: Sequence[TranscriptRow], transcripts: Sequence[Transcript]) -> dict[str, Transcript]:
    """The transcripts a report may rest on, in the order of the rows."""
    texts = {one.id: one for one in transcripts}
    return {row.id: texts[row.id] for row in rows if row.opened and row.id in texts}


# --- themes and their quotes -------------------------------------------------------------------------------


def _theme(
    theme: Theme,
    texts: Mapping[str, Transcript],
    counted: Counted,
    codebook: Codebook | None,
    people: Mapping[str, Participant],
    attributes: Sequence[str],
    wanted: frozenset[str],
) -> ThemeSection:
    under = [(case, transcript) for case, transcript, codes in counted if codes & wanted]
    places = {transcript for _, transcript in under}
    quotes = (
        _quote(quote, texts[quote.transcript], people, attributes)
        for quote in theme.quotes
        if quote.transcript in texts
    )
    return ThemeSection(
        theme=theme,
        participants=len({case for case, _ in under}),
        segments=len(under),
        transcripts=tuple(text.name for key, text in texts.items() if key in places),
        codes=_labels(codebook, theme.codes),
        quotes=tuple(quotes),
    )


def _under(theme: Theme, themes: Sequence[Theme]) -> frozenset[str]:
    """The codes of a theme and of all its sub-themes."""
    found = frozenset(theme.codes)
    return found.union(*(_under(one, themes) for one in themes if one.parent == theme.id))


def _over(themes: Sequence[Theme]) -> list[tuple[str, ...]]:
    """The names over each theme; a theme stands before its sub-themes."""
    paths: dict[str, tuple[str, ...]] = {}
    for theme in themes:
        paths[theme.id] = (*paths.get(theme.parent, ()), theme.name)
    return [paths[theme.id][:-1] for theme in themes]


def _quote(
    quote: Quote, transcript: Transcript, people: Mapping[str, Participant], attributes: Sequence[str]
) -> QuoteLine:
    if quote.start < 0 or transcript.text[quote.start : quote.end] != quote.text:
        raise QuoteDiffers(transcript.name)
    label = _label(transcript.speaker_at(quote.start)) or quote.participant
    known = dict(people[label].attributes) if label in people else {}
    told = [label, *(known[name] for name in attributes if known.get(name))]
    line = _line(transcript, quote.start)
    return QuoteLine(quote.words, ", ".join(told), transcript.name, quote.start, quote.end, line, quote.pieces)


def _label(speaker: Speaker | None) -> str:
    return (speaker.participant or speaker.label) if speaker else ""


def _line(transcript: Transcript, position: int) -> int:
    return transcript.text.count("\n", 0, position) + 1


def _labels(codebook: Codebook | None, codes: Sequence[str]) -> tuple[str, ...]:
    return tuple(codebook.label(code) if codebook else code for code in codes)


# --- agreement and decisions -------------------------------------------------------------------------------


def _spelled(
    agreement: Agreement | None, codebook: Codebook | None, texts: Mapping[str, Transcript]
) -> Agreement | None:
    """The agreement run with labels and names where it has ids."""
    if agreement is None:
        return None
    labels = _labels(codebook, [one.code for one in agreement.codes])
    codes = tuple(replace(one, code=label) for one, label in zip(agreement.codes, labels, strict=True))
    names = tuple(text.name for key, text in texts.items() if key in agreement.transcripts)
    return replace(agreement, codes=codes, transcripts=names)


def _decisions(
    items: Sequence[Item],
    decisions: Sequence[Decision],
    codebook: Codebook | None,
    texts: Mapping[str, Transcript],
) -> tuple[DecisionLine, ...]:
    by_id = {item.id: item for item in items}
    taken = list(decisions) or [item.decision for item in items if item.decision]
    in_force = {decision.item: decision.id for decision in taken}
    return tuple(
        _decision(
            decision,
            by_id.get(decision.item),
            codebook,
            texts.get(decision.transcript),
            superseded=in_force[decision.item] != decision.id,
        )
        for decision in taken
    )


def _decision(
    decision: Decision,
    item: Item | None,
    codebook: Codebook | None,
    transcript: Transcript | None,
    *,
    superseded: bool,
) -> DecisionLine:
    readings = item.readings.items() if item else ()
    name = item.name if item else decision.transcript
    return DecisionLine(
        transcript=transcript.name if transcript else name,
        place=f"line {_line(transcript, decision.start)}" if transcript else f"character {decision.start}",
        readings=tuple((coder, _labels(codebook, codes)) for coder, codes in readings),
        outcome=OUTCOME_NAMES[decision.outcome],
        codes=_labels(codebook, decision.codes),
        reason=REASON_NAMES[decision.reason],
        note=decision.note,
        yielded=decision.yielded,
        actor=decision.actor,
        date=decision.at[:10],
        superseded=superseded,
    )
