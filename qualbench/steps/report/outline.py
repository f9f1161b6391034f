"""The report in reading order: its sections, its sentences, and what the method forbids."""

from collections import Counter
from collections.abc import Iterable, Iterator

from qualbench.steps.report.agreed import agreement_section
from qualbench.steps.report.blocks import (
    Block,
    Bullets,
    Heading,
    Outline,
    Paragraph,
    Quotation,
    Section,
    anchored,
)
from qualbench.steps.report.content import QuoteLine, Report, ThemeSection
from qualbench.steps.report.look import Look
from qualbench.steps.report.method import method_section
from qualbench.steps.report.quoting import check, filled
from qualbench.steps.report.reach import Counting
from qualbench.steps.report.tables import (
    changes_table,
    codebook_table,
    decisions_table,
    fields_table,
    themes_table,
    transcripts_table,
    versions_table,
)
from qualbench.steps.report.words import Words
from qualbench.text import one_line


def outline(report: Report, look: Look | None = None) -> Outline:
    """Everything a document prints; a reflexive study gets no counts and no agreement section."""
    look = look or Look()
    words = look.words
    check(look.quote_label, report.attributes)
    method = tuple(method_section(report, words))
    appendices: list[tuple[str, Iterable[Block]]] = [("codebook", _codebook(report, words))]
    if not report.reflexive:
        appendices.append(("agreement", agreement_section(report, words)))
    if report.decisions or not report.reflexive:
        appendices.append(("decisions", _decisions(report, look)))
    sections = (
        Section(words.say("section.about"), tuple(_about(report, words, method))),
        Section(words.say("section.themes"), tuple(_themes(report, look))),
        Section(words.say("section.method"), method),
        *(
            Section(words.say("appendix", letter=letter, title=words.say(f"section.{key}")), tuple(blocks), wide=True)
            for letter, (key, blocks) in zip("ABC", appendices, strict=False)
        ),
    )
    return Outline(
        title=words.say("title", study=one_line(report.study.name)),
        subtitle=report.date[:10],
        sections=anchored(sections),
        language=str(look.language),
        contents=words.say("contents"),
        skip=words.say("skip"),
    )


# --- study -------------------------------------------------------------------------------------------------


def _about(report: Report, words: Words, method: Iterable[Block]) -> Iterator[Block]:
    yield Bullets(tuple(_facts(report, words)))
    if report.transcripts:
        yield transcripts_table(report, words)
    gaps = sum(len(block.marked) for block in method if isinstance(block, Paragraph))
    notes = [*map(words.tell, report.notes), words.say("note.gaps", n=gaps)]
    yield Heading(words.say("heading.notes"))
    yield Bullets(tuple(notes))


def _facts(report: Report, words: Words) -> Iterator[str]:
    length = words.say("words", n=sum(line.words for line in report.transcripts))
    yield words.say("fact.participants", n=report.participants)
    yield words.say("fact.transcripts", n=len(report.transcripts), words=length)
    if report.coders:
        yield words.say("fact.coders", names=", ".join(report.coders))
    if report.codebook:
        codes = words.say("codes", n=len(report.codebook.codes))
        yield words.say("fact.codebook", version=report.codebook.version, codes=codes)


# --- themes ------------------------------------------------------------------------------------------------


def _themes(report: Report, look: Look) -> Iterator[Block]:
    words = look.words
    if not report.themes:
        yield Paragraph(words.say("themes.none"))
        return
    yield Paragraph(" ".join(_counted(report, words)))
    yield themes_table(report, words)
    if report.counting is Counting.LABELS:
        yield Paragraph(_rule(report, words))
    for section in report.themes:
        yield from _theme(section, report, look)


def _counted(report: Report, words: Words) -> Iterator[str]:
    """What is counted, out of how many, or why nothing is."""
    if report.counting is Counting.NONE:
        yield words.say("themes.uncounted")
        return
    yield words.say("themes.labels" if report.counting is Counting.LABELS else "themes.counts")
    yield words.say("themes.denominator", n=report.reach.of)
    if any(one.over for one in report.themes):
        yield words.say("themes.subthemes")
    if report.reach.groups:
        yield words.say("themes.groups")


def _rule(report: Report, words: Words) -> str:
    spans = [
        words.say(
            "themes.span_one" if low == high else "themes.span",
            label=words.named("frequency", label),
            low=low,
            high=high,
        )
        for label, low, high in report.reach.rule
    ]
    return words.say("themes.rule", n=report.reach.of, labels=", ".join(spans))


def _theme(section: ThemeSection, report: Report, look: Look) -> Iterator[Block]:
    words = look.words
    yield Heading(one_line(section.theme.name), level=4 if section.over else 3)
    yield from (Paragraph(text) for text in _said(section, words))
    if report.counting is not Counting.NONE:
        yield Paragraph(_spread(section, report, words))
    if section.codes:
        yield Paragraph(words.say("theme.codes", codes=", ".join(section.codes)))
    if not section.quotes:
        yield Paragraph(words.say("theme.no_quote"))
    for quote in section.quotes:
        yield Quotation(quote.text, source(quote, look))


def _said(section: ThemeSection, words: Words) -> Iterator[str]:
    """What is written about a theme, in the order in which it is read."""
    theme = section.theme
    yield from filter(None, (theme.idea, theme.definition))
    if theme.is_not:
        yield words.say("theme.not", text=theme.is_not)
    if theme.question:
        yield words.say("theme.question", text=theme.question)
    if theme.narrative:
        yield theme.narrative
    if section.under:
        yield words.say("theme.subthemes", names="; ".join(section.under))


def _spread(section: ThemeSection, report: Report, words: Words) -> str:
    labels = report.counting is Counting.LABELS
    who = words.share(section.participants, report.reach.of, "cases" if labels else "participants")
    if labels:
        who = f"{words.named('frequency', section.label or 'none')}: {who}"
    told = words.say("theme.spread", who=who, segments=words.say("segments", n=section.segments))
    where = words.say("theme.in", names=", ".join(section.transcripts)) if section.transcripts else ""
    return f"{told} {where}".strip()


def source(quote: QuoteLine, look: Look) -> str:
    """Whose words they are and where they stand, as the team wants it said."""
    words = look.words
    use = words.say(f"use.{quote.use}") if quote.use else ""
    if look.quote_label:
        known = dict(quote.attributes)
        chosen = ", ".join(known[name] for name in look.attributes if known.get(name))
        own = {"label": quote.label, "attributes": chosen, "transcript": quote.transcript, "use": use}
        return filled(look.quote_label, known | own | {"line": words.number(quote.line)})
    place = words.say("quote.source", who=quote.participant, transcript=quote.transcript, line=quote.line)
    return words.say("quote.used", source=place, use=use) if use else place


# --- appendices --------------------------------------------------------------------------------------------


def _codebook(report: Report, words: Words) -> Iterator[Block]:
    if report.codebook is None or not report.codebook.codes:
        yield Paragraph(words.say("codebook.none"))
        return
    yield codebook_table(report.codebook, words)
    yield fields_table(report.codebook, words)
    releases = report.history.releases
    if releases:
        yield Heading(words.say("heading.changes"))
        yield versions_table(releases, words)
        changed = changes_table(releases, words)
        if changed.rows:
            yield changed


def _decisions(report: Report, look: Look) -> Iterator[Block]:
    words = look.words
    in_force = [one for one in report.decisions if not one.superseded]
    noun = "differences" if report.reflexive else "disagreements"
    if in_force:
        outcomes = Counter(words.say(f"outcome.{one.outcome}") for one in in_force)
        reasons = Counter(words.say(f"reason.{one.reason}") for one in in_force)
        number = len(in_force)
        yield Paragraph(words.say("decisions.recorded", n=number, what=words.say(noun, n=number)))
        yield Bullets((
            words.say("decisions.outcomes", tally=words.tally(outcomes.items())),
            words.say("decisions.reasons", tally=words.tally(reasons.items())),
        ))  # fmt: skip
    else:
        yield Paragraph(words.say("decisions.none"))
    if report.open_items:
        what = words.say(noun, n=report.open_items)
        yield Paragraph(words.say("decisions.open", n=report.open_items, what=what))
    if report.decisions:
        yield decisions_table(report.decisions, words, yielded=look.yielded)
