"""A table taken in by a mapping: each row a code, with its headings above it; what is doubtful is said by its row."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from qualbench.errors import BadCodebook, Problem
from qualbench.model import Codebook
from qualbench.steps.codebook.files.cells import add, plain
from qualbench.steps.codebook.files.fields import SEVERAL, Field
from qualbench.steps.codebook.files.growing import Growing, Grown, Path
from qualbench.steps.codebook.files.looking import Sheet, TableMapping
from qualbench.steps.codebook.files.names import CUT, bare, numbered, path_of
from qualbench.steps.codebook.rows import Said, check_ends, check_tree, in_reading_order, tell_fullness
from qualbench.text import counted, excerpt, folded

_EXCLUSIVE = frozenset({"group", "exclusive group", "exclusive_group"})
"""Headings that mean by a group what is meant here."""


def take(sheet: Sheet, mapping: TableMapping) -> tuple[Codebook, list[Problem]]:
    """The codebook that a sheet makes by a mapping, and what is doubtful; raises BadCodebook with all errors at once.

    Lines are rows as a spreadsheet numbers them. The version is 1.0 and the title the file's name: tables say neither.
    """
    said = Said(sheet.source)
    if sheet.refused:
        raise BadCodebook([Problem(sheet.source, 0, sheet.refused)])
    if Field.LABEL not in mapping.fields:
        raise BadCodebook(
            [Problem(sheet.source, mapping.header, "no column is the code's name: say which is 'label'.")]
        )
    _check_once(mapping, said)
    taking = _Taking(sheet, mapping, said, Grown(said))
    for number, row in enumerate(sheet.rows[mapping.header :], mapping.header + 1):
        taking.row(number, [plain(cell) for cell in row])
    taking.tell()
    rows = taking.grown.rows()
    if not rows:
        said.error(0, "no row has a code in it.")
    check_tree(rows, said)
    check_ends(rows, said)
    if said.errors:
        raise BadCodebook(sorted(said.errors, key=lambda problem: problem.line))
    codes = in_reading_order([code for _, code in rows])
    book = Codebook("1.0", PurePath(sheet.file).stem or "Codebook", codes)
    tell_fullness(book, said)
    return book, sorted(said.warnings, key=lambda problem: problem.line)


def _check_once(mapping: TableMapping, said: Said) -> None:
    for one in dict.fromkeys(mapping.fields):
        if one not in SEVERAL and mapping.fields.count(one) > 1:
            said.error(mapping.header, f"two columns are the field '{one}': say which one is.")


@dataclass(slots=True)
class _Taking:
    """Where the reading of a sheet stands."""

    sheet: Sheet
    mapping: TableMapping
    said: Said
    grown: Grown
    levels: dict[int, str] = field(default_factory=dict)
    """What each column with a level says down to here."""
    last: Growing | None = None
    repeats: list[tuple[int, Growing]] = field(default_factory=list)
    """Rows of codes that had a row before."""
    gaps: list[int] = field(default_factory=list)
    """Rows whose level is empty while it is not known whether the one above is meant."""

    def row(self, number: int, cells: list[str]) -> None:
        """Take one row in."""
        cells += [""] * (len(self.mapping.fields) - len(cells))
        given = [(index, one) for index, one in enumerate(self.mapping.fields) if cells[index]]
        if not any(one not in (Field.COUNT, Field.LEFT_OUT) for _, one in given):
            return
        place = self._levels(number, cells)
        label = self._cell(cells, Field.LABEL)
        if label:
            self._code(number, cells, label, place)
        elif any(one is Field.LEVEL for _, one in given):
            self._add_all(number, cells, self.grown.codes[place])
            self.last = None
        elif self.mapping.fill_down and self.last is not None:
            self._add_all(number, cells, self.last)
        else:
            names = ", ".join(f"'{one}'" for _, one in given)
            self.said.warn(number, f"the field 'label' is empty, so the row is left out; it holds {names}")

    def tell(self) -> None:
        """Say once what was met in many rows."""
        if self.gaps:
            self.said.warn(
                self.gaps[0],
                f"the field 'level' is empty in {counted(len(self.gaps), 'row')}, first here, so the code stands "
                "higher up; fill down if the last filled cell above is meant",
            )
        if self.repeats:
            row, one = self.repeats[0]
            more = f", and {counted(len(self.repeats) - 1, 'row')} below likewise" if len(self.repeats) > 1 else ""
            self.said.warn(
                row, f"'{excerpt(one.label, 40)}' is in row {one.row} already: this row is added to it{more}"
            )

        foreign = any(
            what is Field.GROUP and folded(one.heading) not in _EXCLUSIVE
            for what, one in zip(self.mapping.fields, self.sheet.columns, strict=True)
        )
        groups = [one for one in self.grown.codes.values() if "group" in one.texts]
        if foreign and groups:
            for one in groups:
                others = one.texts.pop("notes", "")
                one.add("notes", f"Group: {one.texts.pop('group')}")
                if others:
                    one.add("notes", others)
            self.said.warn(
                self.mapping.header,
                f"the field 'group' of {counted(len(groups), 'code')} is in the notes, because here codes of a group "
                "exclude each other on a segment; head the column 'exclusive group' if they do",
            )

    # --- where a row stands --------------------------------------------------------------------------------------

    def _levels(self, number: int, cells: Sequence[str]) -> Path:
        """The headings of a row, made when they are new, with their definitions; the place of the lowest."""
        columns = [index for index, one in enumerate(self.mapping.fields) if one is Field.LEVEL]
        found = self._filled(columns, cells)
        is_code = bool(self._cell(cells, Field.LABEL))
        if is_code and not self.mapping.fill_down and found.keys() < set(columns) and self.levels:
            self.gaps.append(number)
        self.levels = found or self.levels
        place: Path = ()
        places: dict[int, Path] = {}
        for index, name in found.items():
            places[index] = place = self._heading(name, place, number)
        self._define_levels(number, cells, places)
        return place

    def _filled(self, columns: Sequence[int], cells: Sequence[str]) -> dict[int, str]:
        """What the levels of a row say; when filled down, a level that changes empties those to its right."""
        found: dict[int, str] = {}
        changed = not self.mapping.fill_down
        for index in columns:
            here, before = bare(cells[index]), self.levels.get(index, "")
            if here or (before and not changed):
                found[index] = here or before
            changed = changed or (bool(here) and here != before)
        return found

    def _heading(self, name: str, above: Path, number: int) -> Path:
        code_id, name = self._id_and_name(name)
        place = self.grown.heading(name, above, number)
        self.grown.codes[place].id = self.grown.codes[place].id or code_id
        return place

    def _id_and_name(self, name: str) -> tuple[str, str]:
        """The id that a name begins with, where that was asked for, and the name itself."""
        return (self.mapping.ids_in_labels and numbered(name)) or ("", name)

    def _define_levels(self, number: int, cells: Sequence[str], places: dict[int, Path]) -> None:
        for index, one in enumerate(self.mapping.fields):
            if one is Field.LEVEL_DEFINITION and cells[index]:
                left = [column for column in places if column < index]
                if left:
                    self.grown.codes[places[left[-1]]].add("definition", cells[index])
                else:
                    self.said.warn(number, f"the field '{one}' has no level in this row, so it is left out")

    # --- one code --------------------------------------------------------------------------------------------------

    def _code(self, number: int, cells: Sequence[str], label: str, place: Path) -> None:
        *above, name = path_of(label, self.mapping.separator) or (bare(label) or label,)
        self._check_length(number, (*above, name))
        for heading in above:
            place = self._heading(heading, place, number)
        code_id, name = self._id_and_name(name)
        code_id, parent = self._cell(cells, Field.ID) or code_id, self._cell(cells, Field.PARENT)
        one, again = self.grown.code(name, place, number, (code_id, parent))
        if again:
            self.repeats.append((number, one))
        self.last = one
        self._add_all(number, cells, one)

    def _cell(self, cells: Sequence[str], what: Field) -> str:
        return cells[self.mapping.fields.index(what)] if what in self.mapping.fields else ""

    def _check_length(self, number: int, names: Sequence[str]) -> None:
        for name in names:
            if len(name) == CUT and Field.PARENT not in self.mapping.fields:
                self.said.warn(
                    number,
                    f"the field 'label' has {CUT} characters, where MAXQDA cuts names: see whether it is whole "
                    f"('… {name[-20:]}')",
                )

    def _add_all(self, number: int, cells: Sequence[str], one: Growing) -> None:
        for index, what in enumerate(self.mapping.fields):
            if cells[index]:
                add(one, what, cells[index], (number, self.sheet.columns[index].heading), self.said)
