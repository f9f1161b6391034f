"""A codebook as clean YAML text: short texts in quotes, prose in blocks that compare line by line.

Whatever is written here the strict reader reads back as it was; what no file can carry becomes visible first.
"""

import json
import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace

from qualbench.model import Code, Codebook
from qualbench.steps.codebook.reading import FORMAT
from qualbench.text import canonical, printable

ORDER = (
    *("id", "label", "parent", "kind", "status", "into", "group", "colour", "owner", "definition_short", "definition"),
    *("include", "exclude", "examples", "near_miss", "origin", "questions", "notes"),
)
"""The fields of a code as they are written, before its children."""
_DEFAULTS = {"kind": "code", "status": "active"}
_WIDTH = 118
_SHORT = 90
_DEEPEST = 24
"""Levels of codes from which on they are written flat, each naming its parent, because no reader nests for ever."""
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")
_NOT_IN_BLOCKS = re.compile("[\t\u2028\u2029\ufeff]")

Value = str | tuple[str, ...]


def carried(book: Codebook) -> Codebook:
    """The codebook with texts that YAML can carry: line feeds only, and every control character visible."""
    return replace(
        book,
        version=_carried(book.version),
        title=_carried(book.title),
        date=_carried(book.date),
        changelog=tuple(map(_carried, book.changelog)),
        changes=tuple(replace(change, note=_carried(change.note)) for change in book.changes),
        codes=tuple(map(_carried_code, book.codes)),
    )


def _carried_code(code: Code) -> Code:
    texts = {name: _carried(value) for name, value in asdict(code).items() if isinstance(value, str)}
    return Code(
        **texts,
        examples=tuple(map(_carried, code.examples)),
        questions=tuple(map(_carried, code.questions)),
        into=tuple(map(_carried, code.into)),
    )


def _carried(text: str) -> str:
    return printable(text.replace("\r\n", "\n").replace("\r", "\n"))


def clean(book: Codebook) -> str:
    """The whole codebook as YAML, codes nested under their parents."""
    book = carried(book)
    head: list[tuple[str, Value]] = [("title", book.title), ("version", book.version)]
    head += [(name, text) for name, text in (("date", book.date), ("changelog", book.changelog)) if text]
    lines = [f'format: "{FORMAT}"', *(line for name, value in head for line in field_lines(name, value, 0))]
    lines += changes_lines(book)
    lines += ["", "codes:", *codes_lines(book, 2)] if book.codes else ["", "codes: []"]
    return canonical("\n".join(lines)) + "\n"


def changes_lines(book: Codebook) -> list[str]:
    """What a release did to each code, as a field of the head; nothing where nobody said."""
    lines = ["changes:"] if book.changes else []
    for change in book.changes:
        said = ", ".join(f"{name}: {quoted(text)}" for name, text in asdict(change).items() if text)
        lines.append(f"  - {{{said}}}")
    return lines


# --- codes ---------------------------------------------------------------------------------------------------


def codes_lines(book: Codebook, dash: int) -> list[str]:
    """All codes as items of a list whose dashes stand in a column."""
    below: dict[str, list[Code]] = {}
    known = {code.id for code in book.codes}
    for code in book.codes:
        below.setdefault(code.parent if code.parent in known else "", []).append(code)
    depths = _depths(book)
    if max(depths.values()) > _DEEPEST or len(depths) < len(book.codes):
        return [line for code in book.codes for line in item_lines(code, dash, name_parent=True)]
    return [line for code in below.get("", []) for line in _nested(code, below, known, dash)]


def _depths(book: Codebook) -> dict[str, int]:
    """How deep each code stands, 1 at the top; codes that can not be reached in reading order are left out."""
    known = {code.id for code in book.codes}
    depths: dict[str, int] = {}
    for code in book.codes:
        if code.parent not in known:
            depths[code.id] = 1
        elif code.parent in depths:
            depths[code.id] = depths[code.parent] + 1
    return depths or {"": 0}


def _nested(code: Code, below: dict[str, list[Code]], known: set[str], dash: int) -> Iterator[str]:
    yield from item_lines(code, dash, name_parent=code.parent not in known)
    if below.get(code.id):
        yield " " * (dash + 2) + "children:"
        for child in below[code.id]:
            yield from _nested(child, below, known, dash + 4)


def item_lines(code: Code, dash: int, *, name_parent: bool) -> list[str]:
    """One code without its children as an item of a list; each field begins two columns right of the dash."""
    fields = [(name, getattr(code, name)) for name in ORDER if name_parent or name != "parent"]
    wanted = [(name, value) for name, value in fields if value and value != _DEFAULTS.get(name)]
    lines = [line for name, value in wanted for line in field_lines(name, value, dash + 2)]
    return with_dash(lines, dash)


def with_dash(lines: Sequence[str], dash: int) -> list[str]:
    """The lines of an item with its dash, on a line of its own when a comment comes first."""
    if not lines[0].startswith(" " * dash + "  ") or lines[0].lstrip().startswith("#") or not lines[0].strip():
        return [" " * dash + "-", *lines]
    return [" " * dash + "-" + lines[0][dash + 1 :], *lines[1:]]


# --- fields --------------------------------------------------------------------------------------------------


def field_lines(name: str, value: Value, column: int, comment: str = "") -> list[str]:
    """A field whose name stands in a column; a comment is put at the end of its first line."""
    begin = " " * column + f"{name}:"
    if isinstance(value, str):
        first, *rest = text_lines(value, column + 2)
        return [_commented(f"{begin} {first}", comment), *rest]
    return [_commented(begin, comment), *(line for text in value for line in list_item(text, column + 2))]


def list_item(text: str, dash: int) -> list[str]:
    """A text as an item of a list whose dashes stand in a column."""
    first, *rest = text_lines(text, dash + 2)
    return [" " * dash + f"- {first}", *rest]


def _commented(line: str, comment: str) -> str:
    return f"{line} {comment}" if comment else line


def text_lines(text: str, indent: int) -> list[str]:
    """A text in quotes or as a block: what follows its key on the line, and the lines below that."""
    folded = _folded(text, _WIDTH - indent)
    if folded:
        return [">-", *(" " * indent + line for line in folded)]
    if _can_be_lines(text):
        return ["|-", *(" " * indent + line if line else "" for line in text.split("\n"))]
    return [quoted(text)]


def quoted(text: str) -> str:
    """The text in double quotes, on one line."""
    return _ESCAPED.sub(lambda match: f"\\u{ord(match.group()):04x}", json.dumps(text, ensure_ascii=False))


def _folded(text: str, width: int) -> list[str]:
    """Long prose cut into lines that a reader joins by single spaces; empty when it can not be cut so."""
    if len(text) < _SHORT or "\n" in text or _NOT_IN_BLOCKS.search(text):
        return []
    lines = textwrap.wrap(text, max(40, width), break_long_words=False, break_on_hyphens=False)
    return lines if " ".join(lines) == text else []


def _can_be_lines(text: str) -> bool:
    """Whether the lines of a text can stand as they are: no blanks at either end, nor on lines of nothing else."""
    lines = text.split("\n")
    bare = text != text.strip() or _NOT_IN_BLOCKS.search(text) or any(line.isspace() for line in lines)
    return len(lines) > 1 and not bare
