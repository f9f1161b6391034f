"""Everything a themes report prints, gathered once from a study's values, so that renderers look nothing up.

Nothing here has a language yet: what the program says is kept as sayings, what people wrote stays as they wrote it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from qualbench.errors import QuoteDiffers
from qualbench.model import (
    PROFILES,
    Agreement,
    Codebook,
    Decision,
    Item,
    Participant,
    Piece,
    Quote,
    QuoteUse,
    Speaker,
    Study,
    Theme,
    Transcript,
    TranscriptRow,
)
from qualbench.steps.report.decided import DecisionLine, decided, labels, line_of
from qualbench.steps.report.history import History
from qualbench.steps.report.notes import gaps_said
from qualbench.steps.report.reach import Counting, Reach, ThemeReach
from qualbench.steps.report.settling import Settled
from qualbench.steps.report.speaking import all_cases
from qualbench.steps.report.words import Saying


@dataclass(frozen=True, slots=True)
class TranscriptLine:
    """A transcript the report rests on."""

    name: str
    words: int
    reviewers: int | None = None
    """How many people reviewed it after names were replaced; None where none were replaced."""


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
    use: QuoteUse = QuoteUse.UNSAID
    label: str = ""
    """The participant's label alone."""
    attributes: tuple[tuple[str, str], ...] = ()
    """All that is known of the participant."""


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
    label: str = ""
    """general, typical, variant, rare, single or none, where the method has such labels."""
    under: tuple[str, ...] = ()
    """The names of its sub-themes."""

    @property
    def name(self) -> str:
        """What it is called, after the themes it is under."""
        return " › ".join((*self.over, self.theme.name))


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that is printed."""

    study: Study
    date: str
    """ISO date of the last entry in the study's log."""
    participants: int
    """Distinct participants who speak in the transcripts of this report."""
    coders: tuple[str, ...]
    transcripts: tuple[TranscriptLine, ...]
    themes: tuple[ThemeSection, ...]
    codebook: Codebook | None
    agreement: Agreement | None
    decisions: tuple[DecisionLine, ...]
    open_items: int
    notes: tuple[Saying, ...]
    """What is left out or assumed, said openly."""
    reach: Reach = field(default_factory=Reach)
    history: History = field(default_factory=History)
    attributes: tuple[str, ...] = ()
    """Every attribute the study knows of its participants."""

    @property
    def reflexive(self) -> bool:
        """Whether counts and agreement stay out (Braun & Clarke)."""
        return not PROFILES[self.study.method].measures

    @property
    def counting(self) -> Counting:
        """How this report speaks of frequency."""
        return Counting.NONE if self.reflexive else self.reach.counting


def build(
    study: Study,
    *,
    date: str,
    rows: Sequence[TranscriptRow],
    transcripts: Sequence[Transcript],
    themes: Sequence[Theme] = (),
    reach: Reach | None = None,
    coding: Settled | None = None,
    participants: Sequence[Participant] = (),
    attributes: Sequence[str] = (),
    coders: Sequence[str] = (),
    codebook: Codebook | None = None,
    agreement: Agreement | None = None,
    items: Sequence[Item] = (),
    decisions: Sequence[Decision] = (),
    history: History | None = None,
) -> Report:
    """The report of a study; raises QuoteDiffers when a quote is not what its transcript says.

    `rows` are all transcripts in reading order; those not opened are left out, and a note says so.
    `attributes` names what is told of a participant beside the label. `decisions` is the whole log, in the
    order they were taken; without it the decisions in force are listed, as the items hold them.
    """
    reach = reach or Reach()
    texts = _opened(rows, transcripts)
    people = {one.label: one for one in participants}
    reported = [row for row in rows if row.id in texts]
    sections = (_theme(one, texts, codebook, people, attributes, reach.themes.get(one.id)) for one in themes)
    return Report(
        study=study,
        date=date,
        participants=len(all_cases(texts)),
        coders=tuple(coders),
        transcripts=tuple(TranscriptLine(row.name, row.words, row.reviewers) for row in reported),
        themes=tuple(
            replace(section, over=over, under=_names_under(section.theme, themes))
            for section, over in zip(sections, _over(themes), strict=True)
        ),
        codebook=codebook,
        agreement=_spelled(agreement, codebook, texts) if PROFILES[study.method].measures else None,
        decisions=decided(items, decisions, codebook, texts),
        open_items=sum(item.state != "decided" for item in items),
        notes=tuple(gaps_said(study, rows, themes, (coding or Settled()).gaps, texts)),
        reach=reach,
        history=history or History(),
        attributes=tuple(dict.fromkeys(name for one in participants for name, _ in one.attributes)),
    )


def _opened(rows: Sequence[TranscriptRow], transcripts: Sequence[Transcript]) -> dict[str, Transcript]:
    """The transcripts a report may rest on, in the order of the rows."""
    texts = {one.id: one for one in transcripts}
    return {row.id: texts[row.id] for row in rows if row.opened and row.id in texts}


# --- themes and their quotes -------------------------------------------------------------------------------


def _theme(
    theme: Theme,
    texts: Mapping[str, Transcript],
    codebook: Codebook | None,
    people: Mapping[str, Participant],
    attributes: Sequence[str],
    reach: ThemeReach | None,
) -> ThemeSection:
    reach = reach or ThemeReach()
    quotes = (
        _quote(quote, texts[quote.transcript], people, attributes)
        for quote in theme.quotes
        if quote.transcript in texts
    )
    return ThemeSection(
        theme=theme,
        participants=reach.participants,
        segments=reach.segments,
        transcripts=tuple(text.name for key, text in texts.items() if key in reach.transcripts),
        codes=labels(codebook, theme.codes),
        quotes=tuple(quotes),
        label=reach.label,
    )


def _over(themes: Sequence[Theme]) -> list[tuple[str, ...]]:
    """The names over each theme; a theme stands before its sub-themes."""
    paths: dict[str, tuple[str, ...]] = {}
    for theme in themes:
        paths[theme.id] = (*paths.get(theme.parent, ()), theme.name)
    return [paths[theme.id][:-1] for theme in themes]


def _names_under(theme: Theme, themes: Sequence[Theme]) -> tuple[str, ...]:
    return tuple(one.name for one in themes if one.parent == theme.id)


def _quote(
    quote: Quote, transcript: Transcript, people: Mapping[str, Participant], attributes: Sequence[str]
) -> QuoteLine:
    if quote.start < 0 or transcript.text[quote.start : quote.end] != quote.text:
        raise QuoteDiffers(transcript.name)
    label = _label(transcript.speaker_at(quote.start)) or quote.participant
    known = dict(people[label].attributes) if label in people else {}
    told = [label, *(known[name] for name in attributes if known.get(name))]
    return QuoteLine(
        text=quote.words,
        participant=", ".join(told),
        transcript=transcript.name,
        start=quote.start,
        end=quote.end,
        line=line_of(transcript, quote.start),
        pieces=quote.pieces,
        use=quote.use,
        label=label,
        attributes=tuple(known.items()),
    )


def _label(speaker: Speaker | None) -> str:
    return (speaker.participant or speaker.label) if speaker else ""


# --- agreement ---------------------------------------------------------------------------------------------


def _spelled(
    agreement: Agreement | None, codebook: Codebook | None, texts: Mapping[str, Transcript]
) -> Agreement | None:
    """The agreement run with labels and names where it has ids."""
    if agreement is None:
        return None
    called = labels(codebook, [one.code for one in agreement.codes])
    codes = tuple(replace(one, code=label) for one, label in zip(agreement.codes, called, strict=True))
    names = tuple(text.name for key, text in texts.items() if key in agreement.transcripts)
    return replace(agreement, codes=codes, transcripts=names)
