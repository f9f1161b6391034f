"""What one cell says about a code: prose, a list, a word that is one of a few, a group."""

import re
from collections.abc import Iterator

from qualbench.steps.codebook.files.fields import Field
from qualbench.steps.codebook.files.growing import Growing
from qualbench.steps.codebook.reading import KINDS, OLD_STATUSES, STATUSES
from qualbench.steps.codebook.rows import Said
from qualbench.text import canonical, excerpt, folded, printable

_PROSE = (Field.DEFINITION_SHORT, Field.DEFINITION, Field.INCLUDE, Field.EXCLUDE, Field.NEAR_MISS, Field.ORIGIN)
_WORDS = (Field.COLOUR, Field.OWNER)
_LISTS = (Field.EXAMPLES, Field.QUESTIONS)
_CHOICES = {Field.KIND: KINDS, Field.STATUS: STATUSES}
_BULLET = re.compile(r"^\s*[•●○▪‣*–-]\s+")
_GROUPS = re.compile(r"\s*[;|\n]\s*")
_IDS = re.compile(r"[\s,;•]+")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
_NOTES = frozenset({"notes", "note"})


def plain(cell: str) -> str:
    """A cell without blanks around it and the sign that keeps a spreadsheet from computing it; controls are visible.

    >>> plain(" '=1+1 "), plain("'tis")
    ('=1+1', "'tis")
    """
    cell = printable(canonical(cell)).strip()
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def add(one: Growing, what: Field, cell: str, place: tuple[int, str], said: Said) -> None:
    """Let a code say what a cell says; `place` is the row, and the heading of the column."""
    row, heading = place
    if what in _PROSE:
        if not one.add(what, cell):
            said.warn(row, f"the field '{what}' is said again, so it stands below what was said before")
    elif what in _WORDS:
        one.texts.setdefault(what, cell)
    elif what in _LISTS:
        one.extend(what, parts(cell))
    elif what is Field.INTO:
        one.extend(what, _IDS.split(cell))
    elif what is Field.NOTES:
        one.add(what, cell if folded(heading) in _NOTES or not heading else f"{heading}: {cell}")
    elif what is Field.GROUP:
        _add_group(one, cell, row, said)
    else:
        _set(one, what, cell, row, said)


def _set(one: Growing, what: Field, cell: str, row: int, said: Said) -> None:
    """Fields that only the first of several cells can say."""
    if what is Field.ID:
        one.id = one.id or cell
    elif what is Field.PARENT:
        one.parent = one.parent or cell
    elif what in _CHOICES:
        known = _CHOICES[what]
        word = OLD_STATUSES.get(folded(cell), folded(cell)) if what is Field.STATUS else folded(cell)
        if word in known:
            one.texts[what] = word
        else:
            allowed = ", ".join(known)
            said.warn(row, f"the field '{what}' holds '{excerpt(cell, 40)}', which is not one of: {allowed}; see notes")
            one.add("notes", f"{what}: {cell}")


def _add_group(one: Growing, cell: str, row: int, said: Said) -> None:
    """The first group is the group; a code can be in no second one, so that is kept in the notes."""
    for group in filter(None, _GROUPS.split(cell)):
        if one.texts.setdefault("group", group) != group:
            said.warn(row, f"the field 'group' names a second group, '{excerpt(group, 40)}'; see the notes")
            one.add("notes", f"Group: {group}")


def parts(cell: str) -> Iterator[str]:
    """The texts of a cell: one for each bullet where its lines begin with bullets, else the whole.

    >>> list(parts("• One\\n• Two,\\ngoing on")), list(parts("One\\nand the same"))
    (['One', 'Two,\\ngoing on'], ['One\\nand the same'])
    """
    lines = cell.split("\n")
    if not _BULLET.match(lines[0]) or sum(1 for line in lines if _BULLET.match(line)) < 2:
        yield cell
        return
    text: list[str] = []
    for line in lines:
        if _BULLET.match(line) and text:
            yield "\n".join(text).strip()
            text = []
        text.append(_BULLET.sub("", line))
    yield "\n".join(text).strip()
