"""The report in reading order: its sections, its sentences, and what the method forbids."""

from collections import Counter
from collections.abc import Iterator

from qualbench.model import Agreement, Theme
from qualbench.steps.report.blocks import Block, Bullets, Heading, Outline, Paragraph, Quotation, Section
from qualbench.steps.report.content import QuoteLine, Report, ThemeSection
from qualbench.steps.report.tables import (
    UNDEFINED,
    agreement_table,
    codebook_table,
    decisions_table,
    themes_table,
    transcripts_table,
)
from qualbench.steps.report.wording import coefficient, share_of, tally
from qualbench.text import many, one_line


def outline(report: Report) -> Outline:
    """Everything a document prints; a reflexive study gets no counts and no agreement section."""
    appendices = [("Codebook", _codebook(report))]
    if not report.reflexive:
        appendices.append(("Agreement before consensus", _agreement(report)))
    if report.decisions or not report.reflexive:
        appendices.append(("Decision log", _decisions(report)))
    return Outline(
        title=f"{one_line(report.study.name)}: themes",
        subtitle=report.date[:10],
        sections=(
            Section("About the study", tuple(_study(report))),
            Section("Themes", tuple(_themes(report))),
            *(
                Section(f"Appendix {letter}. {title}", tuple(blocks), wide=True)
                for letter, (title, blocks) in zip("ABC", appendices, strict=False)
            ),
        ),
    )


# --- study and themes --------------------------------------------------------------------------------------


def _study(report: Report) -> Iterator[Block]:
    yield Paragraph(report.method)
    words = sum(line.words for line in report.transcripts)
    facts = [
        f"Participants (N): {report.participants}",
        f"Transcripts: {len(report.transcripts)}, with {many(words, 'word')}",
    ]
    if report.coders:
        facts.append(f"Coders: {', '.join(report.coders)}")
    if report.codebook:
        facts.append(f"Codebook: version {report.codebook.version}, {many(len(report.codebook.codes), 'code')}")
    yield Bullets(tuple(facts))
    if report.transcripts:
        yield transcripts_table(report)
    if report.notes:
        yield Heading("What to know when reading")
        yield Bullets(report.notes)


def _themes(report: Report) -> Iterator[Block]:
    if not report.themes:
        yield Paragraph("No theme has been made yet.")
        return
    if not report.reflexive:
        yield Paragraph(
            "Counts are of participants first and of segments second. They rest on the settled coding: "
            "the codes on which the coders agreed, or else what was decided in consensus."
            f"{' The counts of a theme include its sub-themes.' if any(one.over for one in report.themes) else ''}"
        )
    yield themes_table(report)
    for section in report.themes:
        yield from _theme(section, report)


def _theme(section: ThemeSection, report: Report) -> Iterator[Block]:
    yield Heading(one_line(section.name))
    for words in _said(section.theme):
        yield Paragraph(words)
    if not report.reflexive:
        yield Paragraph(_spread(section, report))
    if section.codes:
        yield Paragraph(f"Codes: {', '.join(section.codes)}.")
    if not section.quotes:
        yield Paragraph("No quote has been picked yet.")
    for quote in section.quotes:
        yield Quotation(quote.text, source(quote))


def _said(theme: Theme) -> Iterator[str]:
    """What is written about a theme, in the order in which it is read."""
    yield from filter(None, (theme.idea, theme.definition))
    if theme.is_not:
        yield f"What it is not: {theme.is_not}"
    yield from filter(None, (theme.question, theme.narrative))


def _spread(section: ThemeSection, report: Report) -> str:
    who = share_of(section.participants, report.participants, "participant")
    where = f" In: {', '.join(section.transcripts)}." if section.transcripts else ""
    return f"{who}; {many(section.segments, 'segment')}.{where}"


def source(quote: QuoteLine) -> str:
    """Whose words they are and where they stand, in brackets."""
    return f"({quote.participant}; {quote.transcript}, line {quote.line})"


# --- appendices --------------------------------------------------------------------------------------------


def _codebook(report: Report) -> Iterator[Block]:
    if report.codebook is None or not report.codebook.codes:
        yield Paragraph("The study has no codebook yet.")
        return
    yield codebook_table(report.codebook)


def _agreement(report: Report) -> Iterator[Block]:
    if report.agreement is None:
        one = report.study.coders == 1
        yield Paragraph(
            "One coder codes each transcript, so there is no agreement to compute."
            if one
            else "Agreement has not been computed yet."
        )
        return
    yield Paragraph(_overall(report.agreement))
    if report.agreement.codes:
        yield agreement_table(report.agreement)
        yield Bullets(tuple(_legend(report.agreement)))


def _overall(agreement: Agreement) -> str:
    whole = agreement.set_alpha
    name = f"Krippendorff's alpha over whole sets of codes ({whole.distance.upper()})"
    if whole.value is None:
        figure = f"{name} is {UNDEFINED}{': ' if whole.why else ''}{whole.why.rstrip('.')}."
    else:
        figure = f"{name} is {coefficient(whole.value, 2)}."
    known = [(one.alpha, one.code) for one in agreement.codes if one.alpha is not None]
    if len(known) < 2:
        return figure
    (low, worst), (high, best) = min(known), max(known)
    return (
        f"{figure} Code by code alpha lies between {coefficient(low, 2)} ({worst}) and {coefficient(high, 2)} ({best})."
    )


def _legend(agreement: Agreement) -> Iterator[str]:
    names = ", ".join(f"{letter} is {coder}" for letter, coder in zip("AB", agreement.coders, strict=False))
    yield (
        f"Unit: {agreement.unit}; {many(agreement.units, 'unit')} "
        f"in {many(len(agreement.transcripts), 'transcript')} ({', '.join(agreement.transcripts)})."
    )
    yield f"Coders: {names}." if names else "Coders: none."
    yield f"Codebook: version {agreement.codebook}, {many(len(agreement.codes), 'code')} compared."
    yield "All figures are from submitted passes, before consensus: nothing decided later is in them."
    yield "Percent is the share of units on which both coders said the same of the code, given or not given."
    yield "Positive: of all the times a coder gave the code, the share in which the other coder gave it too."
    yield "Negative: of all the times a coder did not give it, the share in which the other did not either."
    yield "Kappa (Cohen) is agreement beyond chance, with chance from how often each coder gave the code."
    yield "Alpha (Krippendorff, nominal) is agreement beyond chance, with chance from both coders together."
    for one in agreement.codes:
        if one.why:
            yield f"{one.code}: {one.why.rstrip('.')}."


def _decisions(report: Report) -> Iterator[Block]:
    in_force = [one for one in report.decisions if not one.superseded]
    noun = "difference" if report.reflexive else "disagreement"
    if in_force:
        outcomes = Counter(one.outcome for one in in_force)
        reasons = Counter(one.reason for one in in_force)
        verb = "has" if len(in_force) == 1 else "have"
        yield Paragraph(f"{many(len(in_force), noun)} {verb} a decision on record.")
        yield Bullets((f"By outcome: {tally(outcomes)}.", f"By reason: {tally(reasons)}."))
    else:
        yield Paragraph("No disagreement has been decided yet.")
    if report.open_items:
        verb = "is" if report.open_items == 1 else "are"
        yield Paragraph(f"{many(report.open_items, noun)} {verb} open or deferred.")
    if report.decisions:
        yield decisions_table(report.decisions)
