"""The tables of a report: themes, codebook, agreement and the decision log, as rows of text."""

from collections.abc import Sequence

from qualbench.model import Agreement, Code, CodeAgreement, Codebook
from qualbench.steps.report.blocks import Table
from qualbench.steps.report.content import DecisionLine, Report, ThemeSection
from qualbench.steps.report.wording import coefficient
from qualbench.text import percent

NO_CODES = "nothing applies"
UNDEFINED = "undefined (no variation)"


def transcripts_table(report: Report) -> Table:
    """The transcripts the report rests on, with their length."""
    rows = tuple((line.name, f"{line.words:,}") for line in report.transcripts)
    return Table("Transcripts", ("Transcript", "Words"), rows, (4, 1), frozenset({1}))


def themes_table(report: Report) -> Table:
    """Theme, idea and codes, with participants before segments unless the method does not count."""
    caption, codes = "Themes at a glance", [", ".join(section.codes) for section in report.themes]
    if report.reflexive:
        plain = ((one.name, one.theme.idea, two) for one, two in zip(report.themes, codes, strict=True))
        return Table(caption, ("Theme", "Central idea", "Codes"), tuple(plain), (2, 4, 3))
    rows = (
        (one.name, one.theme.idea, two, _participants(one, report.participants), f"{one.segments:,}")
        for one, two in zip(report.themes, codes, strict=True)
    )
    header = ("Theme", "Central idea", "Codes", f"Participants (N = {report.participants})", "Segments")
    return Table(caption, header, tuple(rows), (4, 7, 6, 4, 3), frozenset({3, 4}))


def _participants(section: ThemeSection, total: int) -> str:
    return f"{section.participants} ({percent(section.participants / total)})" if total else "0"


# --- codebook ----------------------------------------------------------------------------------------------


def codebook_table(codebook: Codebook) -> Table:
    """One row for each code: what it means, when to use it and when not (MacQueen et al. 1998)."""
    header = ("Code", "Definition", "When to use", "When not to use", "Examples")
    rows = tuple(
        (
            _code_name(codebook, code),
            _definition(code),
            code.include,
            _exclusion(code),
            "\n".join(code.examples),
        )
        for code in codebook.codes
    )
    caption = f"{codebook.title or 'Codebook'}, version {codebook.version}"
    return Table(caption, header, rows, (3, 5, 4, 4, 4))


def _code_name(codebook: Codebook, code: Code) -> str:
    name = " › ".join(codebook.path(code.id))
    return name if code.status == "active" else f"{name} ({code.status})"


def _definition(code: Code) -> str:
    return "\n".join(dict.fromkeys(filter(None, (code.definition_short, code.definition))))


def _exclusion(code: Code) -> str:
    return "\n".join(filter(None, (code.exclude, code.near_miss and f"Near miss: {code.near_miss}")))


# --- agreement ---------------------------------------------------------------------------------------------


def agreement_table(agreement: Agreement) -> Table:
    """Per code: the 2 x 2 counts, how often each coder used it, and every figure; three decimals."""
    header = (
        "Code",
        "Both / only A / only B / neither",
        "Used by A / by B",
        "Percent",
        "Positive",
        "Negative",
        "Kappa",
        "Alpha",
    )
    rows = tuple(_agreement_row(one) for one in agreement.codes)
    return Table("Agreement by code", header, rows, (6, 5, 4, 3, 4, 4, 4, 4), frozenset(range(1, 8)))


def _agreement_row(one: CodeAgreement) -> tuple[str, ...]:
    counts = " / ".join(str(count) for count in (one.both, one.only_a, one.only_b, one.neither))
    used = " / ".join("–" if share is None else percent(share) for share in one.prevalence)
    observed = UNDEFINED if one.percent is None else percent(one.percent)
    return (
        one.code,
        counts,
        used,
        observed,
        *map(_figure, (one.positive, one.negative, one.kappa, one.alpha)),
    )


def _figure(value: float | None) -> str:
    return UNDEFINED if value is None else coefficient(value, 3)


# --- decisions ---------------------------------------------------------------------------------------------


def decisions_table(decisions: Sequence[DecisionLine]) -> Table:
    """The decision log: both readings, what was decided, why, who gave way, who wrote it down."""
    header = ("Place", "Readings", "Outcome", "Settled codes", "Reason", "Note", "Gave way", "Decided by")
    rows = tuple(_decision_row(decision) for decision in decisions)
    return Table("Decision log", header, rows, (4, 6, 3, 4, 3, 6, 2, 3))


def _decision_row(one: DecisionLine) -> tuple[str, ...]:
    return (
        f"{one.transcript}, {one.place}",
        "\n".join(f"{coder}: {', '.join(codes) or NO_CODES}" for coder, codes in one.readings),
        f"{one.outcome} (replaced later)" if one.superseded else one.outcome,
        ", ".join(one.codes) or "–",
        one.reason,
        one.note,
        one.yielded or "nobody",
        f"{one.actor}, {one.date}",
    )
