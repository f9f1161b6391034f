"""The tables of the cases, the codes, and what is counted: codes by cases, codes by codes, agreement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qualbench.model import CodeAgreement
from qualbench.steps.pack.blocks import Cell, Column, Kind, Link, Table
from qualbench.steps.pack.gathered import AttributeLine, Gathered, Run
from qualbench.text import one_line

_OWN = ("case", "kind")


def cases(of: Gathered) -> Table:
    """One row a case, a column for each attribute."""
    known = attribute_columns(of.attributes)
    columns = (
        Column("case", "What the case is called"),
        Column("kind", "participant, or group for a focus group as a whole beside its members"),
        *(Column(name, f"The attribute '{one.name}'", _kind(one)) for one, name in known),
    )
    rows = [
        (
            one.label,
            "group" if one.is_group else "participant",
            *(_value(line, one.attributes.get(line.name, "")) for line, _ in known),
        )
        for one in of.cases
    ]
    return Table("cases", "Whoever is counted, with what is known of them", columns, rows, ("case",))


def attribute_columns(attributes: Sequence[AttributeLine]) -> list[tuple[AttributeLine, str]]:
    """Each attribute with a column name that no other has, whatever programs make of upper case."""
    taken, found = set(_OWN), []
    for one in attributes:
        name = first = one_line(one.name) or "attribute"
        number = 1
        while name.casefold() in taken:
            number += 1
            name = f"{first} {number}"
        taken.add(name.casefold())
        found.append((one, name))
    return found


def _kind(one: AttributeLine) -> Kind:
    return Kind.NUMBER if one.is_number else Kind.TEXT


def _value(line: AttributeLine, said: str) -> Cell:
    if not line.is_number:
        return said
    if not said:
        return None
    number = float(said)
    return int(number) if number.is_integer() else number


def codes(of: Gathered) -> Table:
    """One row a code, with its MacQueen fields."""
    columns = (
        Column("code_id", "The code"),
        Column("label", "What people call it"),
        Column("code_path", "Its label after those of the codes above it"),
        Column("parent", "The code above it; empty at the top"),
        Column("kind", "theme, category, domain, structural, index, analytic or code"),
        Column("status", "active, or what became of it"),
        Column("into", "The codes it was merged or split into"),
        Column("definition_short", "What it means, in a few words"),
        Column("definition", "What it means"),
        Column("include", "When to use it"),
        Column("exclude", "When not to use it"),
        Column("examples", "Typical examples, one a line"),
        Column("near_miss", "An example that looks like it and is not"),
        Column("origin", "deductive or inductive, and where it is from"),
        Column("notes", "What else was noted about it"),
    )
    rows = [
        (
            one.id, one.label, of.path(one.id), one.parent, one.kind, one.status, ", ".join(one.into),
            one.definition_short, one.definition, one.include, one.exclude, "\n".join(one.examples), one.near_miss,
            one.origin, one.notes,
        )
        for one in of.codes
    ]  # fmt: skip
    version = f", version {of.book.version}" if of.book else ""
    told = f"The codebook{version}, and codes of older versions that are still named somewhere"
    return Table("codes", told, columns, rows, ("code_id",), (Link("parent", "codes", "code_id"),), "definition")


def case_code(of: Gathered) -> Table:
    """One row for every case with every code, so that a 0 is said and not left out."""
    columns = [
        Column("case", "The case"),
        Column("code_id", "The code"),
        Column("present", "1 where the case has the code in any settled segment, 0 elsewhere", Kind.WHOLE),
    ]
    counted = not of.no_counts
    if counted:
        columns.append(Column("segments", "In how many settled segments", Kind.WHOLE))
    labels = {one.id: one.label for one in of.cases}
    rows: list[tuple[Cell, ...]] = [
        (labels.get(case, case), code, int(line[at] > 0), *([line[at]] if counted else []))
        for at, case in enumerate(of.crossed.cases)
        for code, line in zip(of.crossed.codes, of.crossed.cells, strict=True)
    ]
    told = "Codes by cases over what is settled; interviewers' speech is left out"
    links = (Link("case", "cases", "case"), Link("code_id", "codes", "code_id"))
    return Table("case_code_matrix", told, tuple(columns), rows, ("case", "code_id"), links)


def cooccurrence(of: Gathered) -> Table:
    """One row for every two codes that stand together; where nothing is counted, only that they do."""
    columns = [Column("code_id", "A code"), Column("other_id", "Another, later in the codebook")]
    counted = not of.no_counts
    if counted:
        columns += [
            Column("both", "Settled segments with both", Kind.WHOLE),
            Column("with_code", "Settled segments with the code", Kind.WHOLE),
            Column("with_other", "Settled segments with the other", Kind.WHOLE),
            Column("c", "both / (with_code + with_other - both), as in ATLAS.ti", Kind.NUMBER),
        ]
    rows = list(_together(of, counted=counted))
    told = "Codes that stand together on a settled segment; two that are not listed never do"
    links = (Link("code_id", "codes", "code_id"), Link("other_id", "codes", "code_id"))
    return Table("cooccurrence", told, tuple(columns), rows, ("code_id", "other_id"), links)


def _together(of: Gathered, *, counted: bool) -> Iterator[tuple[Cell, ...]]:
    ids, cells = of.pairs.codes, of.pairs.cells
    for at, code in enumerate(ids):
        for later in range(at + 1, len(ids)):
            both = cells[at][later]
            if both and not counted:
                yield code, ids[later]
            elif both:
                one, other = cells[at][at], cells[later][later]
                yield code, ids[later], both, one, other, both / (one + other - both)


_FIGURES = {
    "percent": "Observed agreement of the first two coders, 0 to 1",
    "positive": "Positive agreement, 0 to 1",
    "negative": "Negative agreement, 0 to 1",
    "kappa": "Cohen's kappa of the first two coders",
    "alpha": "Krippendorff's alpha of all coders",
}


def agreement(of: Gathered) -> Table:
    """One row for each code of each round, and of everything that is opened; an empty figure is undefined."""
    columns = (
        Column("round", "The round; all for everything that is opened"),
        Column("code_id", "The code"),
        Column("coders", "Who is compared; the first two are the pair of the table"),
        Column("units", "Segments that are compared", Kind.WHOLE),
        Column("both", "Segments to which both of the pair gave the code", Kind.WHOLE),
        Column("only_a", "Only the first", Kind.WHOLE),
        Column("only_b", "Only the second", Kind.WHOLE),
        Column("neither", "Neither", Kind.WHOLE),
        *(Column(name, told, Kind.NUMBER) for name, told in _FIGURES.items()),
        Column("alpha_low", "Lower 95 % limit of alpha", Kind.NUMBER),
        Column("alpha_high", "Upper 95 % limit of alpha", Kind.NUMBER),
        Column("why", "Why a figure is undefined, or has no limits"),
    )
    rows = [_figures(run, one) for run in of.runs for one in run.agreement.codes]
    told = f"How far the coders agree, code by code, before any consensus. {of.no_runs}".strip()
    return Table("agreement", told, columns, rows, (), (Link("code_id", "codes", "code_id"),))


def _figures(run: Run, one: CodeAgreement) -> tuple[Cell, ...]:
    limits = (one.interval.low, one.interval.high) if one.interval else (None, None)
    why = "; ".join(dict.fromkeys(filter(None, (one.why, one.no_interval))))
    return (
        run.round or "all", one.code, ", ".join(run.agreement.coders), run.agreement.units,
        one.both, one.only_a, one.only_b, one.neither,
        one.percent, one.positive, one.negative, one.kappa, one.alpha, *limits, why,
    )  # fmt: skip
