"""Coded segments as ATLAS.ti, MAXQDA and Taguette list them: a document, a code, the words; the place is found by them.

These tables say where a segment is in paragraphs or not at all. Its words stand in the text once, or it has no place:
blanks are passed over, and nothing is guessed.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from qualbench.errors import Problem, QualbenchError
from qualbench.steps.interchange.codings_csv import Line, plain
from qualbench.text import excerpt, folded

_DOCUMENT = ("document name", "document", "dokumentname", "dokument", "nombre del documento", "documento")
_CODE = ("code", "codes", "tag", "tags", "kode", "codesystem", "código", "códigos")
_WORDS = ("segment", "quotation content", "content", "quotation", "zitatinhalt", "segmento", "contenido de la cita")
_CODER = ("created by", "author", "autor", "erstellt von", "coder", "creado por")
_MEMO = ("comment", "kommentar", "memo", "comentario")
_HEADERS = 10
"""Rows in which the headings may stand."""
_SEVERAL = re.compile(r"\s*[\n;]\s*")
_PATH = re.compile(r"\s*(?:>{1,2}|\\+)\s*")
_SHOWN = 60
_STEM = re.compile(r"\.[A-Za-z0-9]{2,5}\Z")


@dataclass(frozen=True, slots=True)
class Segment:
    """A line of the table with one of its codes."""

    number: int
    """1-based line of the table."""
    document: str
    code: str
    words: str
    coder: str
    memo: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where in a row each thing stands; -1 where nowhere."""

    header: int
    document: int
    code: int
    words: int
    coder: int
    memo: int


def columns(rows: Sequence[Sequence[str]]) -> Columns | None:
    """The columns of a table of coded segments; None when it is none."""
    for number, row in enumerate(rows[:_HEADERS]):
        names = [" ".join(cell.split()).casefold() for cell in row]
        found = [
            next((names.index(name) for name in wanted if name in names), -1)
            for wanted in (_DOCUMENT, _CODE, _WORDS, _CODER, _MEMO)
        ]
        if min(found[:3]) >= 0:
            return Columns(number, *found)
    return None


def segments(rows: Sequence[Sequence[str]], where: Columns) -> list[Segment]:
    """The lines of a table, one for each of their codes; lines without a code or words say nothing."""
    found = []
    for number, row in enumerate(rows[where.header + 1 :], start=where.header + 2):
        document, code, words, coder, memo = (
            plain(row[at]).strip() if 0 <= at < len(row) else ""
            for at in (where.document, where.code, where.words, where.coder, where.memo)
        )
        if words and code:
            codes = dict.fromkeys(one for one in _SEVERAL.split(code) if one)
            found += [Segment(number, document, one, words, coder, memo) for one in codes]
    return found


@dataclass(slots=True)
class Text:
    """A transcript as it is searched: its words without blanks, and where each letter stands."""

    name: str
    text: str
    letters: str = field(init=False)
    at: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.at = [n for n, letter in enumerate(self.text) if not letter.isspace()]
        self.letters = "".join([self.text[n] for n in self.at])

    def places(self, words: str) -> list[tuple[int, int]]:
        """The first places, at most two, where these words stand; where they overlap, too.

        >>> Text("talk", "I  trust\\nher.").places("trust her"), Text("talk", "I trust, I trust").places("trust")
        ([(3, 12)], [(2, 7), (11, 16)])
        """
        wanted = "".join(words.split())
        found: list[tuple[int, int]] = []
        start = self.letters.find(wanted) if wanted else -1
        while start >= 0 and len(found) < 2:
            found.append((self.at[start], self.at[start + len(wanted) - 1] + 1))
            start = self.letters.find(wanted, start + 1)
        return found


def place(
    source: str, lines: Iterable[Segment], texts: Mapping[str, Text], code_id: Callable[[str], str], coder: str = ""
) -> tuple[list[Line], list[Problem]]:
    """The lines with their places, and what has none; `texts` are the transcripts by every name they go by.

    A document goes by its name with or without the ending of its file; a code by its name or the end of its path.
    `code_id` raises a QualbenchError for a code that is not there.
    """
    known = {folded(name): text for name, text in [*texts.items()][::-1]}
    found: list[Line] = []
    problems: list[Problem] = []
    for line in lines:
        try:
            found.append(_placed(line, known, code_id, coder))
        except _NoPlaceError as error:
            problems.append(Problem(source, line.number, str(error)))
        except QualbenchError as error:
            problems.append(Problem(source, line.number, error.message))
    return found, problems


class _NoPlaceError(Exception):
    """Why a line has no place."""


def _placed(line: Segment, known: Mapping[str, Text], code_id: Callable[[str], str], coder: str) -> Line:
    text = known.get(folded(line.document)) or known.get(folded(_STEM.sub("", line.document)))
    if text is None:
        raise _NoPlaceError(f"there is no transcript called '{line.document}'")
    who = line.coder or coder
    if not who:
        raise _NoPlaceError("the table does not say whose coding it is: name the coder")
    code = _code(line.code, code_id)
    places = text.places(line.words)
    if len(places) != 1:
        often = "in several places" if places else "nowhere"
        raise _NoPlaceError(f"'{excerpt(line.words, _SHOWN)}' stands {often} in '{text.name}'")
    return Line(text.name, *places[0], code, who, line.memo, line.number)


def _code(name: str, code_id: Callable[[str], str]) -> str:
    """The code by its whole name, or by the last part of its path."""
    try:
        return code_id(name)
    except QualbenchError:
        last = _PATH.split(name)[-1]
        if last == name:
            raise
        return code_id(last)
