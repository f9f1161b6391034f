"""Codes as they grow while a table is read: by the path of names that leads to each, from the top down."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from qualbench.model import Code
from qualbench.steps.codebook.files.names import made_id
from qualbench.steps.codebook.reading import ID
from qualbench.steps.codebook.rows import Said
from qualbench.text import counted, excerpt, folded

Path = tuple[str, ...]
"""Names from the top down, folded."""


@dataclass(slots=True)
class Growing:
    """A code, or a heading above codes, while the table is read."""

    label: str
    above: Path
    row: int
    heading: str = ""
    """The kind that it has as a heading; empty for a code with a row of its own."""
    id: str = ""
    parent: str = ""
    """What the table names as its parent, by id or name."""
    texts: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        """Where it stands."""
        return (*self.above, folded(self.label))

    def add(self, name: str, text: str) -> bool:
        """One more text, below what is there already; whether it is the first or nothing new."""
        there = self.texts.get(name, "")
        if f"\n{text}\n" in f"\n{there}\n":
            return True
        self.texts[name] = f"{there}\n{text}" if there else text
        return not there

    def extend(self, name: str, texts: Iterable[str]) -> None:
        """More texts of a list; those that are there already are not doubled."""
        there = self.lists.setdefault(name, [])
        there += [text for text in texts if text and text not in there]


def _differ(there: Growing, code_id: str, parent: str) -> bool:
    """Whether a row is of another code that has the same name."""
    if code_id and there.id:
        return code_id.casefold() != there.id.casefold()
    return folded(parent) != folded(there.parent)


class Grown:
    """All codes of a table, in the order in which they came."""

    def __init__(self, said: Said) -> None:
        self.said = said
        self.codes: dict[Path, Growing] = {}

    def heading(self, name: str, above: Path, row: int) -> Path:
        """The place of a heading, which is made when nothing stands there."""
        kind = "category" if above else "theme"
        one = self.codes.setdefault((*above, folded(name)), Growing(name, above, row, kind))
        self._check_spelling(one, name, row)
        return one.path

    def code(self, label: str, above: Path, row: int, said: tuple[str, str] = ("", "")) -> tuple[Growing, bool]:
        """The code of that name in a place, and whether it had a row before.

        `said` is its id and its parent where the table has columns for them: codes that differ there are two.
        """
        key = (*above, folded(label))
        there = self.codes.get(key)
        if there is not None and not there.heading and _differ(there, *said):
            key = (*above, "\0".join((folded(label), *said)))
            there = self.codes.get(key)
        if there is None:
            one = self.codes[key] = Growing(label, above, row, id=said[0], parent=said[1])
            return one, False
        self._check_spelling(there, label, row)
        there.id = there.id or said[0]
        again = not there.heading
        if not again:
            there.heading, there.row = "", row
        return there, again

    def _check_spelling(self, one: Growing, name: str, row: int) -> None:
        if one.label != name:
            self.said.warn(row, f"'{excerpt(name, 40)}' is taken for '{excerpt(one.label, 40)}' of row {one.row}")

    def rows(self) -> list[tuple[int, Code]]:
        """The codes with their rows; ids are given here, and parents found by id or by name."""
        said = [one for one in self.codes.values() if one.id]
        self._give_ids()
        found = []
        for one in self.codes.values():
            parent = self.codes[one.above].id if one.above else ""
            found.append((one.row, self._code(one, self._parent(one, said) if one.parent else parent)))
        return found

    def _give_ids(self) -> None:
        """An id for every code: its own when it can be one, else one made from its name."""
        taken = {one.id.casefold() for one in self.codes.values() if one.id}
        for one in self.codes.values():
            if one.id and not ID.fullmatch(one.id):
                made = made_id(one.id, "", taken)
                self.said.warn(one.row, f"the field 'id' holds '{excerpt(one.id, 40)}', so the id is {made}")
                one.id = made
            elif not one.id:
                above = self.codes[one.above].id if one.above else ""
                one.id = made_id(one.label, above, taken)
            taken.add(one.id.casefold())

    def _parent(self, one: Growing, said: Iterable[Growing]) -> str:
        """The id of the parent that the table names: by an id of the table, else by a name, else by an id made here."""
        wanted = one.parent.casefold()
        everyone = self.codes.values()
        found = (
            [other for other in said if other.id.casefold() == wanted]
            or [other for other in everyone if folded(other.label) == folded(one.parent)]
            or [other for other in everyone if other.id.casefold() == wanted]
        )
        if len(found) == 1:
            return found[0].id
        why = "names no code" if not found else f"names {counted(len(found), 'code')}, so say which by its id"
        self.said.error(one.row, f"the field 'parent' of '{excerpt(one.label, 40)}' {why}: {excerpt(one.parent, 40)}.")
        return ""

    def _code(self, one: Growing, parent: str) -> Code:
        texts = {"kind": one.heading} if one.heading else {}
        texts |= {name: text for name, text in one.texts.items() if text}
        lists = {name: tuple(one.lists.get(name, ())) for name in ("examples", "questions", "into")}
        return Code(
            id=one.id,
            label=one.label,
            parent=parent,
            **texts,
            examples=lists["examples"],
            questions=lists["questions"],
            into=lists["into"],
        )
