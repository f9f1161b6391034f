"""The tables of a report: transcripts, themes, codebook and the decision log, as rows of text."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from qualbench.model import Code, Codebook, Theme
from qualbench.steps.report.blocks import Table
from qualbench.steps.report.content import Report, ThemeSection
from qualbench.steps.report.decided import DecisionLine
from qualbench.steps.report.history import Release
from qualbench.steps.report.reach import Counting
from qualbench.steps.report.words import Words

_DASH = "–"


def transcripts_table(report: Report, words: Words) -> Table:
    """The transcripts the report rests on, with their length."""
    rows = tuple((line.name, words.number(line.words)) for line in report.transcripts)
    header = (words.say("column.transcript"), words.say("column.words"))
    return Table(words.say("table.transcripts"), header, rows, (4, 1), frozenset({1}))


# --- themes ------------------------------------------------------------------------------------------------


def themes_table(report: Report, words: Words) -> Table:
    """Theme, idea and codes, with participants before segments, a label, or no count, as the method has it."""
    caption = words.say("table.themes")
    header = tuple(words.say(f"column.{name}") for name in ("theme", "idea", "codes"))
    plain = [(one.name, _gist(one.theme), ", ".join(one.codes)) for one in report.themes]
    if report.counting is Counting.NONE:
        return Table(caption, header, tuple(plain), (2, 4, 3))
    of, labels = report.reach.of, report.counting is Counting.LABELS
    counts = (words.say("column.frequency" if labels else "column.participants", n=of), words.say("column.segments"))
    rows = (
        (*cells, _reached(one, report, words), words.number(one.segments))
        for cells, one in zip(plain, report.themes, strict=True)
    )
    numeric = frozenset({4} if labels else {3, 4})
    return Table(caption, (*header, *counts), tuple(rows), (8, 13, 11, 8, 7), numeric)


def _gist(theme: Theme) -> str:
    return theme.idea or theme.definition


def _reached(one: ThemeSection, report: Report, words: Words) -> str:
    of = report.reach.of
    if report.counting is Counting.LABELS:
        return f"{words.named('frequency', one.label or 'none')} ({words.number(one.participants)})"
    return f"{words.number(one.participants)} ({words.percent(one.participants / of)})" if of else "0"


# --- codebook ----------------------------------------------------------------------------------------------


def codebook_table(codebook: Codebook, words: Words) -> Table:
    """One row for each code: what it means, when to use it and when not (MacQueen et al. 1998)."""
    header = tuple(words.say(f"column.{name}") for name in ("code", "definition", "include", "exclude", "examples"))
    rows = tuple(
        (
            _code_name(codebook, code, words),
            "\n".join(dict.fromkeys(filter(None, (code.definition_short, code.definition)))),
            code.include,
            _exclusion(code, words),
            "\n".join(code.examples),
        )
        for code in codebook.codes
    )
    caption = words.say("table.codebook", title=codebook.title or words.say("codebook"), version=codebook.version)
    return Table(caption, header, rows, (3, 5, 4, 4, 4))


def _code_name(codebook: Codebook, code: Code, words: Words) -> str:
    name = " › ".join(codebook.path(code.id))
    return name if code.status == "active" else f"{name} ({words.named('status', code.status)})"


def _exclusion(code: Code, words: Words) -> str:
    near = words.say("codebook.near_miss", text=code.near_miss) if code.near_miss else ""
    return "\n".join(filter(None, (code.exclude, near)))


_FIELDS = ("id", "kind", "status", "origin", "group", "owner", "colour", "notes")
_WIDTHS = (4, 2, 2, 4, 2, 2, 2, 6)


def fields_table(codebook: Codebook, words: Words) -> Table:
    """The other fields of the codes; what no code has is left out."""
    cells = [_fields(codebook, code, words) for code in codebook.codes]
    kept = [at for at in range(len(_FIELDS)) if any(row[at] for row in cells)]
    header = (words.say("column.code"), *(words.say(f"column.{_FIELDS[at]}") for at in kept))
    rows = tuple((code.label, *(row[at] for at in kept)) for code, row in zip(codebook.codes, cells, strict=True))
    return Table(words.say("table.fields"), header, rows, (4, *(_WIDTHS[at] for at in kept)))


def _fields(codebook: Codebook, code: Code, words: Words) -> tuple[str, ...]:
    status = words.named("status", code.status)
    if code.into:
        into = words.listed([codebook.label(one) for one in code.into])
        status = words.say("codebook.into", status=status, codes=into)
    return (
        code.id,
        words.named("kind", code.kind),
        status,
        code.origin,
        code.group,
        code.owner,
        code.colour,
        "\n".join(filter(None, (*code.questions, code.notes))),
    )


def versions_table(releases: Sequence[Release], words: Words) -> Table:
    """Every released version with its date and what its author says changed."""
    header = tuple(words.say(f"column.{name}") for name in ("version", "date", "by", "n_codes", "changelog"))
    rows = tuple(
        (
            one.codebook.version,
            one.date[:10],
            one.by,
            words.number(len(one.codebook.codes)),
            "\n".join(_own_changelog(one.codebook, before)),
        )
        for before, one in zip([None, *(other.codebook for other in releases)], releases, strict=False)
    )
    return Table(words.say("table.versions"), header, rows, (2, 2, 2, 2, 10), frozenset({3}))


def _own_changelog(book: Codebook, before: Codebook | None) -> Iterator[str]:
    """What this release says of itself: a change log usually keeps the lines of the versions before."""
    known = set(before.changelog) if before else set()
    yield from (line for line in book.changelog if line not in known)


def changes_table(releases: Sequence[Release], words: Words) -> Table:
    """What each release after the first did to codes, as whoever released it said, or else what came and went."""
    header = tuple(words.say(f"column.{name}") for name in ("version", "code", "change", "reason"))
    books = [one.codebook for one in releases]
    rows = tuple((new.version, *change) for old, new in pairwise(books) for change in _changes(old, new, words))
    return Table(words.say("table.changes"), header, rows, (2, 5, 3, 8))


def _changes(old: Codebook, new: Codebook, words: Words) -> Iterator[tuple[str, str, str]]:
    for one in new.changes:
        label = new.label(one.code) if new.get(one.code) else old.label(one.code)
        yield label, words.say(f"change.{one.change}"), one.note
    said = {one.code for one in new.changes}
    ids = {code.id for code in new.codes}
    for code in new.codes:
        if code.id not in said and not old.get(code.id):
            yield code.label, words.say("change.new"), ""
    for code in old.codes:
        if code.id not in said | ids:
            yield code.label, words.say("change.gone"), ""


# --- decisions ---------------------------------------------------------------------------------------------


def decisions_table(decisions: Sequence[DecisionLine], words: Words, *, yielded: bool) -> Table:
    """The decision log: both readings, what was decided, why, who wrote it down; who gave way only when chosen."""
    names = ("place", "readings", "outcome", "settled", "reason", "note", "yielded", "decided_by")
    widths = (4, 6, 4, 4, 4, 6, 3, 4)
    kept = [at for at, name in enumerate(names) if yielded or name != "yielded"]
    rows = [_decision_row(decision, words) for decision in decisions]
    return Table(
        words.say("table.decisions"),
        tuple(words.say(f"column.{names[at]}") for at in kept),
        tuple(tuple(row[at] for at in kept) for row in rows),
        tuple(widths[at] for at in kept),
    )


def _decision_row(one: DecisionLine, words: Words) -> tuple[str, ...]:
    outcome = words.say(f"outcome.{one.outcome}") + (f" ({one.stands})" if one.stands else "")
    nothing = words.say("nothing_applies")
    parts = (words.say("decisions.part", n=n, codes=", ".join(of) or nothing) for n, of in enumerate(one.parts, 1))
    return (
        words.say("quote.place", transcript=one.transcript, line=one.line)
        if one.line
        else words.say("quote.character", transcript=one.transcript, at=one.start),
        "\n".join(f"{coder}: {', '.join(codes) or nothing}" for coder, codes in one.readings),
        words.say("decisions.replaced", outcome=outcome) if one.superseded else outcome,
        "\n".join(parts) or ", ".join(one.codes) or _DASH,
        words.say(f"reason.{one.reason}"),
        one.note,
        one.yielded or words.say("nobody"),
        f"{one.actor}, {one.date}",
    )
