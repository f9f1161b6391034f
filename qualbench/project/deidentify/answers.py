"""Answers for strings, by the word for each: from a table, or from the keys of a screen."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qualbench.errors import BadTable, Problem
from qualbench.project.deidentify.queue import Asked, redaction
from qualbench.project.deidentify.review import Review
from qualbench.steps.deidentify import Action, generalised
from qualbench.text import excerpt

COLUMNS = ("string", "action", "replacement")
ACTIONS = ("take", "keep", "replace", "redact", "generalise")
"""What an answer may be; `take` is the suggestion."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One line of a table of answers."""

    line: int
    string: str
    action: str
    replacement: str


def read_answers(name: str, text: str) -> tuple[Answer, ...]:
    """The answers in a CSV with string, action and replacement; raises BadTable with every fault."""
    reader = csv.DictReader(text.removeprefix("\ufeff").splitlines(), strict=True)
    answers = []
    try:
        if missing := [column for column in COLUMNS[:2] if column not in (reader.fieldnames or ())]:
            raise BadTable([Problem(name, 1, f"the table lacks the columns {', '.join(missing)}")])
        for row in reader:
            cells = [(row.get(column) or "").strip() for column in COLUMNS]
            answers.append(Answer(reader.line_num, cells[0], cells[1].casefold() or "take", cells[2]))
    except csv.Error as error:
        raise BadTable([Problem(name, reader.line_num, str(error))]) from error
    if problems := [problem for one in answers for problem in _faults(name, one)]:
        raise BadTable(problems)
    return tuple(answers)


def _faults(name: str, one: Answer) -> Iterator[Problem]:
    if not one.string:
        yield Problem(name, one.line, "the string is empty")
    if one.action not in ACTIONS:
        known = ", ".join(ACTIONS)
        yield Problem(name, one.line, f"'{excerpt(one.action, 30)}' is no action; actions are {known}")
    if one.action == "replace" and not one.replacement:
        yield Problem(name, one.line, "there is no replacement")


def give_answers(review: Review, answers: Sequence[Answer]) -> int:
    """Answer for every string of a table that stands in the texts; says how many do not stand there."""
    review.add(*(one.string for one in answers))
    absent = 0
    with review.at_once():
        for one in answers:
            asked = review.find(one.string)
            if asked is None:
                absent += 1
            else:
                give(review, asked, one.action, one.replacement)
    return absent


def give(review: Review, asked: Asked, action: str, replacement: str = "") -> str:
    """Answer for one string by the word for it; says what speaks against it, if anything does."""
    suggested = review.suggestion(asked)
    doubt = ""
    if action == "keep" or (action == "take" and suggested.action is Action.KEEP):
        review.decide(asked, Action.KEEP)
    else:
        words = replacement or _offered(asked, action, suggested.replacement)
        # a pair of brackets says that this is a description and no name
        bracketed = "[" in words or action in ("redact", "generalise")
        doubt = "" if action == "take" else review.doubt(asked, words)
        review.decide(asked, Action.REDACT if bracketed else Action.REPLACE, words)
    return doubt


def _offered(asked: Asked, action: str, suggestion: str) -> str:
    if action == "redact":
        return redaction(asked)
    if action == "generalise":
        return generalised(asked.text, asked.candidate.kind)[-1 if asked.candidate.kind != "age" else 0]
    return suggestion
