"""A codebook put into the YAML text that an earlier state of it came from: only what changed is written anew.

Comments stand above what they are about. One that stands directly above a code goes where the code goes, and with it
when it is removed; one that a blank line keeps apart stays where it is, and so does one inside a code that stays.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qualbench.errors import BadCodebook
from qualbench.model import Code, Codebook
from qualbench.steps.codebook.files.yaml_parts import Part, Parts, Unfit, cut, ended
from qualbench.steps.codebook.files.yaml_places import Places, places_of
from qualbench.steps.codebook.files.yaml_text import (
    ORDER,
    Value,
    carried,
    changes_lines,
    clean,
    field_lines,
    item_lines,
    list_item,
    with_dash,
)
from qualbench.steps.codebook.reading import INTO_NOTES, LISTS, read, read_tree
from qualbench.steps.codebook.yaml_tree import parsed

_NAME = "the codebook as it was"
_ALWAYS = frozenset({"id", "label", "kind", "status", "title", "version"})
"""Fields that stay in the file with whatever they hold."""
_HEAD = ("title", "version", "date", "changelog")


def write_yaml(book: Codebook, before: str = "") -> str:
    """The codebook as YAML; with the text it came from, that text with only what changed changed.

    Raises BadCodebook when the text before can not be read.
    """
    if not before.strip():
        return clean(book)
    before = ended(before)
    root = parsed(_NAME, before)
    old, _ = read_tree(_NAME, root)
    book = carried(book)
    try:
        mended = _Mending(cut(root, before), old, book).text()
        if read(_NAME, mended)[0] == book:
            return mended
    except (Unfit, BadCodebook):
        pass
    return _comments(before) + clean(book)


def _comments(text: str) -> str:
    """The comments of a text that can not be mended, to stand above the new one."""
    lines = [line.strip() for line in text.split("\n") if line.lstrip().startswith("#")]
    return "".join(f"{line}\n" for line in lines)


@dataclass(slots=True)
class _Mending:
    parts: Parts
    old: Codebook
    book: Codebook
    places: Places | None = None

    def text(self) -> str:
        """The whole text."""
        codes = next((part for part in self.parts.fields if part.name == "codes"), None)
        if codes is None:
            raise Unfit
        self.places = places_of(codes, self.old, self.book)
        entries = [(part.name, self._head_part(part)) for part in self.parts.fields]
        missing: list[tuple[str, list[str]]] = []
        for name in _HEAD:
            value = getattr(self.book, name)
            if value and not any(part.name == name for part in self.parts.fields):
                missing.append((name, field_lines(name, value, 0)))
        if self.book.changes and not any(part.name == "changes" for part in self.parts.fields):
            missing.append(("changes", changes_lines(self.book)))
        order = ("format", *_HEAD, "changes")
        lines = _joined(_inserted(entries, missing, order))
        return "\n".join([*self.parts.begin, *lines, *self.parts.end]) + "\n"

    def _head_part(self, part: Part) -> list[str]:
        if part.name == "codes":
            return [*part.above, *self._list_of_codes(part, "", 0)]
        if part.name == "changes":
            same = self.old.changes == self.book.changes
            return [*part.above, *(part.own if same else [*part.loose, *changes_lines(self.book), *part.tail])]
        if part.name not in _HEAD or getattr(self.old, part.name) == getattr(self.book, part.name):
            return [*part.above, *part.own]
        return _changed(part, getattr(self.book, part.name), 0)

    # --- codes -----------------------------------------------------------------------------------------------

    def _list_of_codes(self, part: Part, container: str, shift: int) -> list[str]:
        """The field `codes` or `children` with the codes that belong there now."""
        places = self._places
        if places.is_same(container):
            return _shifted(part.own, shift)
        ids = places.inside.get(container, [])
        if not part.items:  # in braces, or empty until now
            begin = " " * (part.column + shift) + f"{part.key}:"
            return [*part.loose, *self._fresh_list(begin, ids, part.column + shift + 2), *part.tail]
        dash = part.items[0].column + shift
        above, left = self._above(part, dash)
        lines = [*_shifted(part.lines[:1], shift)]
        for one in ids:
            lines += above.get(one) or self._close_comments(one, dash)
            lines += self._item(one, dash)
        return [*lines, *left]

    def _above(self, part: Part, dash: int) -> tuple[dict[str, list[str]], list[str]]:
        """What stands above the codes that stay, with what is left of those that went; and what is left at the end."""
        above: dict[str, list[str]] = {}
        held: list[str] = []
        for item in part.items:
            lines = _shifted(item.above, dash - item.column)
            if item.name in self._places.staying:
                above[item.name] = [*held, *lines]
                held = []
            elif any(line.strip() for line in _apart(lines)[0]):
                held += _apart(lines)[0]
        return above, held

    def _close_comments(self, code_id: str, dash: int) -> list[str]:
        """The comments directly above a code that comes here from elsewhere."""
        part = self._places.parts.get(code_id)
        return _shifted(_apart(part.above)[1], dash - part.column) if part else []

    def _fresh_list(self, begin: str, ids: Sequence[str], dash: int) -> list[str]:
        if not ids:
            return [f"{begin} []"]
        found = ([*self._close_comments(one, dash), *self._item(one, dash)] for one in ids)
        return [begin, *(line for lines in found for line in lines)]

    def _item(self, code_id: str, dash: int) -> list[str]:
        """The lines of a code, from its dash on."""
        places = self._places
        part, code = places.parts.get(code_id), places.new(code_id)
        if part is None:
            return [*item_lines(code, dash, name_parent=places.is_flat(code)), *self._children(code_id, dash + 2)]
        if places.is_same_item(code_id):
            return _shifted(part.own, dash - part.column)
        if not part.fields:
            comments = [part.comment, *part.loose] if part.comment else part.loose
            lines = item_lines(code, dash, name_parent=places.is_flat(code))
            above = [" " * dash + comment for comment in comments]
            return [*above, *lines, *self._children(code_id, dash + 2), *part.tail]
        lines = self._fields(part, code, dash - part.column)
        return with_dash(lines, dash)

    def _children(self, code_id: str, column: int) -> list[str]:
        ids = self._places.inside.get(code_id, [])
        return self._fresh_list(" " * column + "children:", ids, column + 2) if ids else []

    def _fields(self, part: Part, code: Code, shift: int) -> list[str]:
        """The fields of a code, those that did not change as they were."""
        old = self._places.old(code.id)
        entries: list[tuple[str, list[str]]] = []
        held: list[str] = []
        for one in part.fields:
            lines = self._field(one, old, code, shift)
            above = [*held, *_shifted(one.above, shift)]
            held = []
            if lines:
                entries.append((one.name, [*above, *lines]))
            else:
                apart = [line for item in one.items for line in _apart(item.above)[0]]
                loose = apart if one.name == "children" else [" " * one.column + line for line in one.loose]
                held = [line for line in [*above, *_shifted([*loose, *one.tail], shift)] if line.strip()]
        column = part.fields[0].column + shift
        there = {one.name for one in part.fields}
        missing = [
            (name, field_lines(name, value, column))
            for name, value in self._values(code)
            if name not in there and value and value != getattr(old, name)
        ]
        if "children" not in there and self._places.inside.get(code.id):
            missing.append(("children", self._children(code.id, column)))
        return [*_joined(_inserted(entries, missing, (*ORDER, "children"))), *held]

    def _values(self, code: Code) -> Iterator[tuple[str, Value]]:
        for name in ORDER:
            if name != "parent" or self._places.is_flat(code):
                yield name, getattr(code, name)

    def _field(self, part: Part, old: Code, code: Code, shift: int) -> list[str]:
        """The lines of a field, without the comments above; none when it is to go."""
        if part.name == "children":
            ids = self._places.inside.get(code.id)
            return self._list_of_codes(part, code.id, shift) if ids or self._places.is_same(code.id) else []
        if part.name in INTO_NOTES:
            return _shifted(part.own, shift) if old.notes == code.notes else []
        if not part.name or (getattr(old, part.name) == getattr(code, part.name) and part.name != "parent"):
            return _shifted(part.own, shift)
        value = getattr(code, part.name)
        if part.name == "parent":
            value = code.parent if self._places.is_flat(code) or code.parent else ""
            if old.parent == value:
                return _shifted(part.own, shift)
        if not value and part.name not in _ALWAYS:
            return []
        return _changed(part, value, shift)[len(part.above) :]

    @property
    def _places(self) -> Places:
        if self.places is None:
            raise Unfit
        return self.places


# --- lines ---------------------------------------------------------------------------------------------------


def _changed(part: Part, value: Value, shift: int) -> list[str]:
    """A field with another value: its name, its comments and the items of a list that it still has."""
    above, tail, column = _shifted(part.above, shift), _shifted(part.tail, shift), part.column + shift
    if isinstance(value, str) and part.name in LISTS:
        value = (value,)
    if isinstance(value, str) or not part.items:
        loose = [" " * column + line for line in part.loose]
        return [*above, *loose, *field_lines(part.key, value, column, part.comment), *tail]
    return [*above, *_shifted(part.lines[:1], shift), *_changed_list(part, value, shift)]


def _changed_list(part: Part, texts: tuple[str, ...], shift: int) -> list[str]:
    """The items of a list of texts; comments of those that went stand above the next one."""
    dash = part.items[0].column + shift
    left = list(part.items)
    lines: list[str] = []
    for number, text in enumerate(texts):
        wanted = {one.strip() for one in texts[number:]}
        while left and left[0].value.value.strip() not in wanted:
            lines += _shifted(left.pop(0).above, shift)
        found = next((item for item in left if item.value.value.strip() == text.strip()), None)
        if found is None:
            lines += list_item(text, dash)
        else:
            lines += _shifted([*found.above, *found.own], shift)
            left.remove(found)
    return [*lines, *(line for item in left for line in _shifted([*item.above, *item.tail], shift) if line.strip())]


def _inserted(
    entries: list[tuple[str, list[str]]], missing: Sequence[tuple[str, list[str]]], order: Sequence[str]
) -> list[tuple[str, list[str]]]:
    """The entries with those that are missing, each behind the last one that comes before it in the order."""
    ranks = {name: rank for rank, name in enumerate(order)}
    for name, lines in missing:
        place, rank = 0, -1
        for number, (other, _) in enumerate(entries, 1):
            rank = ranks.get(other, rank)  # one that is not known belongs to the one above
            place = number if rank < ranks[name] else place
        entries = [*entries[:place], (name, lines), *entries[place:]]
    return entries


def _joined(entries: Sequence[tuple[str, list[str]]]) -> list[str]:
    return [line for _, lines in entries for line in lines]


def _apart(above: Sequence[str]) -> tuple[list[str], list[str]]:
    """The lines above a code: those that a blank line keeps apart from it, and those directly above it."""
    blank = max((place for place, line in enumerate(above) if not line.strip()), default=-1)
    return list(above[: blank + 1]), list(above[blank + 1 :])


def _shifted(lines: Sequence[str], shift: int) -> list[str]:
    """The lines moved to the right, or to the left as far as there are blanks."""
    if shift >= 0:
        return [" " * shift + line if line.strip() else line for line in lines]
    return [line[min(-shift, len(line) - len(line.lstrip(" "))) :] for line in lines]
