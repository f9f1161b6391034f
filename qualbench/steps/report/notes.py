"""What a report leaves out or assumes, and where authors' words do not fit their method, to be said openly."""

import re
from collections.abc import Iterator, Mapping, Sequence

from qualbench.model import PROFILES, Study, Theme, Transcript, TranscriptRow
from qualbench.steps.report.settling import Gap
from qualbench.steps.report.speaking import all_cases
from qualbench.steps.report.words import Saying, saying

_GAPS: Mapping[Gap, str] = {
    Gap.SKIPPED: "note.skipped",
    Gap.OPEN: "note.open",
    Gap.DEFERRED: "note.deferred",
    Gap.APART: "note.apart",
}
_EMERGING = re.compile(
    r"\b(emerg(e|es|ed|ing|en|ió|ieron|ía|ían|iendo|ido|idos|ida|idas)|emergier(t|te|ten|en|ung)"
    r"|émerg(e|ent|é|ée|és|ées|ea|eait|eaient|eant|er|ence))\b",
    re.IGNORECASE,
)
"""Of themes that come up by themselves, in the languages of a report; an emergency is none."""
_MEASURING = re.compile(
    r"\b(reliab\w*|fiabilidad|reliabilität|fiabilité|fidélité|kappa|interco(der|dificador)\w*)\b", re.I
)


def gaps_said(
    study: Study,
    rows: Sequence[TranscriptRow],
    themes: Sequence[Theme],
    gaps: Mapping[Gap, int],
    texts: Mapping[str, Transcript],
) -> Iterator[Saying]:
    """One saying for each gap: what is left out, what is not settled, which speakers nobody assigned."""
    closed = len(rows) - len(texts)
    if closed:
        yield saying("note.closed", n=closed, transcripts=saying("transcripts", n=len(rows)))
    lost = sum(quote.transcript not in texts for theme in themes for quote in theme.quotes)
    if lost:
        yield saying("note.lost", n=lost, quotes=saying("quotes", n=lost))
    if not PROFILES[study.method].measures:
        for theme in themes:
            yield from _wording(theme)
    else:
        yield from _counting(gaps, texts)


def negative_said(cases: Mapping[str, Sequence[str]]) -> Iterator[Saying]:
    """One saying for each theme, code or type that interviews speak against, with the labels of these participants."""
    for against, who in cases.items():
        yield saying("note.negative", n=len(who), against=against, who=", ".join(who))


def _counting(gaps: Mapping[Gap, int], texts: Mapping[str, Transcript]) -> Iterator[Saying]:
    for gap, count in gaps.items():
        if count:
            yield saying(_GAPS[gap], n=count, segments=saying("segments", n=count))
    unassigned = sum(bool(transcript) for transcript, _ in all_cases(texts))
    if unassigned:
        yield saying("note.unassigned", n=unassigned)


def _wording(theme: Theme) -> Iterator[Saying]:
    """In reflexive thematic analysis themes are made, not found, and coders are not measured against each other."""
    written = {
        "name": theme.name,
        "idea": theme.idea,
        "definition": theme.definition,
        "not": theme.is_not,
        "question": theme.question,
        "narrative": theme.narrative,
    }
    for field, text in written.items():
        for pattern, key in ((_EMERGING, "note.emerging"), (_MEASURING, "note.measuring")):
            if pattern.search(text):
                yield saying(key, field=saying(f"field.{field}"), theme=theme.name)
