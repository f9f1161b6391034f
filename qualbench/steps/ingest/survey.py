"""Answers to the open questions of a survey: one document for each respondent, or one for each question.

Which of the two it is, and which columns are answers, nobody can tell from the file, so a plan says it. A guess is made
for the plan, never used without it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from qualbench.errors import Problem, UnreadableFile
from qualbench.model import Turn
from qualbench.steps.ingest.answers import Answers
from qualbench.steps.ingest.plan import Plan
from qualbench.steps.ingest.reading import File, Reading, capped
from qualbench.steps.ingest.tables import Row, Table, column_of, letter, table_of
from qualbench.text import counted, excerpt, folded

ASK = "it is a table: a survey has to be read as one document per respondent or per question."
ASK_HINT = "Say which: --per respondent|question --text-column NAME --id-column NAME (see its columns first)."
"""Said when nobody has chosen."""
MOST_TURNS = 500_000
"""Answers of one survey that are still read."""

_LONG = 4.0
"""Mean words from which a column is taken for answers."""
_ID = re.compile(r"(?:\w+ )?(?:id|nr|no|number|code|pseudonym|respondent|participant|pid|case)|\w*[a-z]id|respondent.*")
_PRIVATE = re.compile(
    r"e-?mail|name|phone|telephone|mobile|\bip\b|address|latitude|longitude|birth|postcode|zip|timestamp|date|duration"
)
_FEW = 12
_EXAMPLE = 80
_LONGEST_NAME = 40
_NOT_IN_NAMES = re.compile(r"[/\\\x00-\x1f]")


@dataclass(frozen=True, slots=True)
class Column:
    """One column, for a person who chooses."""

    name: str
    heading: str
    """The question as the file words it."""
    filled: int
    """Cells that hold anything."""
    mean_words: float
    """Of the filled cells."""
    distinct: int
    example: str
    """The first filled cell, shortened, safe to show."""


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a survey: its name, what it holds, and the attributes of each respondent in it by label."""

    name: str
    place: str
    """Sheet and row, or sheet and column: where in the file it comes from."""
    reading: Reading
    attributes: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class _Respondent:
    """One row, as the person who filled it in."""

    row: Row
    label: str
    attributes: Mapping[str, str]


def columns(source: str, data: bytes, *, encoding: str | None = None, sheet: str = "") -> tuple[Column, ...]:
    """The columns of a survey in the order of the file; raises UnreadableFile."""
    table = table_of(File(source, data, Answers(encoding=encoding)), sheet)
    return tuple(_column(table, index) for index in range(len(table.names)))


def _column(table: Table, index: int) -> Column:
    cells = [cell for row in table.rows if (cell := row.cell(index).strip())]
    return Column(
        name=table.names[index],
        heading=table.headings[index],
        filled=len(cells),
        mean_words=sum(len(cell.split()) for cell in cells) / len(cells) if cells else 0.0,
        distinct=len(set(cells)),
        example=excerpt(cells[0][: 10 * _EXAMPLE], _EXAMPLE) if cells else "",
    )


def suggested(found: Sequence[Column]) -> Plan | None:
    """A guess: long columns are answers, a short unique one says who, few-valued short ones are attributes."""
    long = [one for one in found if one.mean_words >= _LONG and one.distinct > one.filled / 2]
    if not long:
        return None
    most = max(one.filled for one in found)
    short = [one for one in found if one not in long and one.filled and not _PRIVATE.search(folded(one.name))]
    unique = [one for one in short if one.distinct == one.filled == most and one.mean_words <= 2]
    ids = [one for one in unique if _ID.fullmatch(folded(one.name).replace("_", " "))] or unique
    few = [one for one in short if one not in ids[:1] and 2 <= one.distinct <= min(_FEW, one.filled / 2)]
    return Plan(
        per="respondent",
        text_columns=tuple(one.name for one in long),
        id_column=ids[0].name if ids else "",
        attribute_columns=tuple(one.name for one in few),
    )


def drafts_of(file: File, plan: Plan) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """The documents that the plan makes of a survey, and what is doubtful in the file; raises UnreadableFile."""
    source = file.source
    table = table_of(file, plan.sheet)
    asked = [column_of(source, table, name) for name in dict.fromkeys(plan.text_columns)]
    if not asked:
        raise UnreadableFile(source, ASK, ASK_HINT)
    people, problems = _respondents(source, table, plan)
    if len(people) * len(asked) > MOST_TURNS:
        raise UnreadableFile(source, f"it has more than {MOST_TURNS:,} answers; refused.", "Split the file.")
    stem, kind = PurePath(source).stem, PurePath(source).suffix.lower().lstrip(".")
    empty = Reading(kind, "", (), (), table.encoding)
    made = list(
        _per_respondent(stem, empty, table, asked, people)
        if plan.per == "respondent"
        else _per_question(stem, empty, table, asked, people)
    )
    if not made:
        raise UnreadableFile(source, "nobody answers anything in these columns.", "Choose the columns of answers.")
    problems += _silent(source, table, asked)
    return tuple(made), capped([*table.warnings, *problems], source)


# --- who answers -----------------------------------------------------------------------------------------------


def _respondents(source: str, table: Table, plan: Plan) -> tuple[list[_Respondent], list[Problem]]:
    """Each row as a respondent; one without an id is called by the row's number."""
    who = column_of(source, table, plan.id_column) if plan.id_column else -1
    wanted = {table.names[at]: at for at in (column_of(source, table, name) for name in plan.attribute_columns)}
    people, problems, first = list[_Respondent](), list[Problem](), dict[str, int]()
    for row in table.rows:
        id_ = _one_line(row.cell(who)) if who >= 0 else ""
        if who >= 0 and not id_:
            problems.append(Problem(source, row.number, f"has no id; called 'row {row.number}'"))
        label = id_ or f"row {row.number}"
        before = first.setdefault(label, row.number)
        if before != row.number:
            problems.append(Problem(source, row.number, f"has the id of row {before}, '{label}'; taken as one person"))
        values = {name: value for name, at in wanted.items() if (value := row.cell(at).strip())}
        people.append(_Respondent(row, label, values))
    return people, problems


def _silent(source: str, table: Table, asked: Sequence[int]) -> list[Problem]:
    """What to say of rows without any answer: they are no turns and no documents."""
    silent = [row.number for row in table.rows if not any(row.cell(at).strip() for at in asked)]
    if not silent:
        return []
    first = ", ".join(str(number) for number in silent[:10]) + ("..." if len(silent) > 10 else "")
    return [Problem(source, 0, f"{counted(len(silent), 'row')} without an answer: no turns ({first})")]


# --- documents -------------------------------------------------------------------------------------------------


def _per_respondent(
    stem: str, empty: Reading, table: Table, asked: Sequence[int], people: Sequence[_Respondent]
) -> Iterator[Document]:
    """One document for each row: each question as a heading that nobody says, its answer below."""
    for person in people:
        parts, turns, position = list[str](), list[Turn](), 0
        for at in asked:
            words = _answer(person.row.cell(at))
            if words:
                start = position + len(table.headings[at]) + 1
                turns.append(Turn(start, start, start + len(words), 0))
                parts.append(f"{table.headings[at]}\n{words}")
                position = start + len(words) + 2
        if turns:
            reading = replace(empty, text="\n\n".join(parts), turns=tuple(turns), labels=(person.label,), coverage=1.0)
            place = f"{table.sheet}\nrow {person.row.number}"
            yield Document(f"{stem} row {person.row.number}", place, reading, {person.label: person.attributes})


def _per_question(
    stem: str, empty: Reading, table: Table, asked: Sequence[int], people: Sequence[_Respondent]
) -> Iterator[Document]:
    """One document for each column of answers: the question as its heading, then who answers and what."""
    for at in asked:
        spoken = [(one, words) for one in people if (words := _answer(one.row.cell(at)))]
        if not spoken:
            continue
        labels = tuple(dict.fromkeys(one.label for one, _ in spoken))
        text, turns = _script(table.headings[at], spoken, {label: index for index, label in enumerate(labels)})
        reading = replace(empty, text=text, turns=turns, labels=labels, family="respondent's id", coverage=1.0)
        attributes = {one.label: one.attributes for one, _ in reversed(spoken)}
        place = f"{table.sheet}\ncolumn {letter(at)}"
        yield Document(f"{stem} {_short_name(table.names[at], at)}", place, reading, attributes)


def _script(
    heading: str, spoken: Sequence[tuple[_Respondent, str]], speakers: Mapping[str, int]
) -> tuple[str, tuple[Turn, ...]]:
    """`Id: answer` below a heading; ids are told apart by case too, as those of survey services are."""
    lines, turns, position = [heading], list[Turn](), len(heading) + 2
    for one, words in spoken:
        body = position + len(one.label) + 2
        turns.append(Turn(position, body, body + len(words), speakers[one.label]))
        lines.append(f"{one.label}: {words}")
        position = body + len(words) + 2
    return "\n\n".join(lines), tuple(turns)


def _short_name(name: str, column: int) -> str:
    """A column's name as part of a document's name; its letter when it is a whole sentence."""
    return _NOT_IN_NAMES.sub("-", name) if len(name) <= _LONGEST_NAME else f"column {letter(column)}"


def _answer(cell: str) -> str:
    """The words of a cell, without the blanks around them."""
    return cell.strip("\ufeff \t\n").strip()


def _one_line(cell: str) -> str:
    return " ".join(cell.split()).strip("\ufeff ")
