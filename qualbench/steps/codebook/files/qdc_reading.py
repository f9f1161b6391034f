"""The REFI-QDA codebook (.qdc), in: also files that the schema would refuse, as programs really write them.

Any namespace (codebook:1.0, codebook:0:4 and others), ids in any case and with braces, empty sets, missing attributes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from qualbench.errors import BadCodebook, Problem, UnreadableFile
from qualbench.model import Code, Codebook
from qualbench.steps.codebook.files.names import made_id
from qualbench.steps.codebook.files.opening import Opens
from qualbench.steps.codebook.files.prose import decomposed
from qualbench.steps.codebook.files.qdc import HEX, ORIGIN
from qualbench.steps.codebook.reading import ID
from qualbench.steps.codebook.rows import Said, check_ends, check_tree, tell_fullness
from qualbench.text import canonical, counted, excerpt, printable

if TYPE_CHECKING:
    from lxml.etree import _Element

_KNOWN = frozenset({"Code", "Description"})
_FALSE = frozenset({"false", "0"})


def read_qdc(name: str, data: bytes, opens: Opens) -> tuple[Codebook, list[Problem]]:
    """The codebook of a .qdc file, and what was changed or left out; raises UnreadableFile and BadCodebook.

    A set that this program wrote is a group again; other programs' sets exclude nothing, so they go into the notes.
    """
    root = opens.xml(name, data.lstrip(b"\xef\xbb\xbf \t\r\n"), "REFI-QDA codebook")
    if _local(root) == "Project":
        root = next((child for child in root if _local(child) == "CodeBook"), root)
    if _local(root) != "CodeBook":
        raise UnreadableFile(name, "it is not a REFI-QDA codebook.", "Export the codebook as .qdc and try again.")
    reading = _Reading(Said(name), is_ours=root.get("origin") == ORIGIN)
    for codes in _children(root, "Codes"):
        reading.codes(codes)
    for sets in _children(root, "Sets"):
        reading.sets(sets)
    return reading.book(PurePath(name).stem or "Codebook")


def _local(element: "_Element") -> str:
    return str(element.tag).rpartition("}")[2]


def _children(element: "_Element", name: str) -> Iterator["_Element"]:
    return (child for child in element if _local(child) == name)


def _line(element: "_Element") -> int:
    line: int | None = getattr(element, "sourceline", None)
    return line or 0


def _guid(element: "_Element") -> str:
    """An id as it is compared: programs differ in case and braces."""
    return (element.get("guid") or "").strip().strip("{}").lower()


@dataclass(slots=True)
class _Reading:
    """Where the reading of a file stands."""

    said: Said
    is_ours: bool
    rows: list[tuple[int, Code]] = field(default_factory=list)
    by_guid: dict[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def codes(self, top: "_Element") -> None:
        """All codes below an element, parents first."""
        waiting = [(child, "", 0) for child in reversed(list(_children(top, "Code")))]
        while waiting:
            element, parent, depth = waiting.pop()
            code = self._code(element, parent, depth)
            self.rows.append((_line(element), code))
            waiting += [(child, code.id, depth + 1) for child in reversed(list(_children(element, "Code")))]

    def _code(self, element: "_Element", parent: str, depth: int) -> Code:
        line = _line(element)
        label = " ".join(printable(element.get("name") or "").split())
        if not label:
            label = "Without a name"
            self.said.warn(line, f"the field 'name' is empty, so the code is called '{label}'.")
        description = canonical("\n".join(child.text or "" for child in _children(element, "Description"))).strip()
        fields = decomposed(description) if self.is_ours else {"definition": description}
        code_id = str(fields.pop("id", ""))
        if not ID.fullmatch(code_id) or code_id.casefold() in self.taken:
            code_id = made_id(label, parent, self.taken)
        self.taken.add(code_id.casefold())
        if "kind" not in fields and (element.get("isCodable") or "").strip().lower() in _FALSE:
            fields["kind"] = "category" if depth else "theme"
        colour = (element.get("color") or "").strip()
        if colour and "colour" not in fields:
            fields |= {"colour": colour} if HEX.fullmatch(colour) else {}
        self._tell(element, line, label, colour)
        self._remember(_guid(element), code_id, line, label)
        return replace(Code(code_id, label, parent), **fields)

    def _tell(self, element: "_Element", line: int, label: str, colour: str) -> None:
        if colour and not HEX.fullmatch(colour):
            self.said.warn(line, f"the field 'color' of '{excerpt(label, 40)}' is no colour: {excerpt(colour, 20)}.")
        strange = {_local(child) for child in element} - _KNOWN
        if strange:
            self.said.warn(line, f"left out of '{excerpt(label, 40)}': {', '.join(sorted(strange))}.")

    def _remember(self, guid: str, code_id: str, line: int, label: str) -> None:
        if not guid:
            self.said.warn(line, f"the field 'guid' of '{excerpt(label, 40)}' is missing; no set can name it.")
        elif guid in self.by_guid:
            self.said.warn(line, f"the field 'guid' of '{excerpt(label, 40)}' is another code's, {self.by_guid[guid]}.")
        else:
            self.by_guid[guid] = code_id

    def sets(self, top: "_Element") -> None:
        """Sets of our own as groups; those of other programs exclude nothing, and go into the notes of their codes."""
        for one in _children(top, "Set"):
            name = " ".join(printable(one.get("name") or "").split()) or "Without a name"
            line = _line(one)
            members = {self.by_guid.get(_guid(member), "") for member in _children(one, "MemberCode")}
            if "" in members:
                self.said.warn(line, f"the set '{excerpt(name, 40)}' names a code that is not there.")
            grouped = 0
            for place, (row, code) in enumerate(self.rows):
                if code.id in members:
                    grouped += not code.group
                    self.rows[place] = (row, self._in_set(code, name, line))
            if grouped and not self.is_ours:
                self.said.warn(
                    line,
                    f"the set '{excerpt(name, 40)}' of {counted(grouped, 'code')} is in their notes, because here "
                    "codes of a group exclude each other on a segment; write it into 'group' if they do.",
                )

    def _in_set(self, code: Code, name: str, line: int) -> Code:
        if self.is_ours and not code.group:
            return replace(code, group=name)
        if self.is_ours:
            self.said.warn(line, f"{code.id} is in the set '{excerpt(code.group, 40)}' already; see its notes.")
        return replace(code, notes="\n".join(filter(None, [code.notes, f"Group: {name}"])))

    def book(self, title: str) -> tuple[Codebook, list[Problem]]:
        """The codebook and what there is to say."""
        if not self.rows:
            self.said.error(0, "there are no codes in it.")
        check_tree(self.rows, self.said)
        check_ends(self.rows, self.said)
        if self.said.errors:
            raise BadCodebook(self.said.errors)
        book = Codebook("1.0", title, tuple(code for _, code in self.rows))
        tell_fullness(book, self.said)
        return book, sorted(self.said.warnings, key=lambda problem: problem.line)
