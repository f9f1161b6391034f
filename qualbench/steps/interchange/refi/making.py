"""What every part of a file needs while it is made: elements, GUIDs, legal characters, and the notes on each thing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualbench.steps.interchange.refi.bundle import Bundle, Case, Kind, Note, On
from qualbench.steps.interchange.refi.guids import Guids, derived
from qualbench.steps.interchange.refi.losses import Losses, Lost, Target
from qualbench.steps.interchange.refi.xml import NAMESPACE
from qualbench.text import printable

if TYPE_CHECKING:
    from lxml.etree import _Element

PARAGRAPH = "\n\n"
"""What stands between several notes in one description."""


@dataclass(slots=True)
class Making:
    """A file in the making."""

    bundle: Bundle
    target: Target
    losses: Losses
    files: dict[str, bytes] = field(default_factory=dict)
    """The text files beside the project."""
    guids: Guids = field(init=False)
    code_names: dict[str, str] = field(init=False)
    _kinds: dict[str, Kind] = field(init=False)
    _notes: dict[tuple[On, str], list[Note]] = field(init=False)
    _users: set[str] = field(init=False)
    _element: "Callable[[_Element, str, dict[str, str]], _Element]" = field(init=False)
    _tags: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        from lxml.etree import SubElement

        self._element = SubElement
        self.guids = Guids(self.bundle.id)
        self._kinds = {variable.name: variable.kind for variable in self.bundle.variables}
        self._users = {user.id for user in self.bundle.users}
        self.code_names = {code.id: code.name for code in self.bundle.codes}
        self._notes = {}
        for note in self.bundle.notes:
            self._notes.setdefault((note.on, note.about), []).append(note)

    def add(self, parent: "_Element", name: str, /, **attributes: str) -> "_Element":
        """A new element inside of another one; characters that XML can not carry become visible."""
        for key, value in attributes.items():
            if not value.isprintable():
                attributes[key] = self.legal(value)
        tag = self._tags.get(name) or self._tags.setdefault(name, f"{{{NAMESPACE}}}{name}")
        return self._element(parent, tag, attributes)

    def legal(self, text: str) -> str:
        """The text with only characters that XML can carry."""
        shown = printable(text)
        self.losses.add(Lost.SIGNS, shown != text)
        return shown

    def describe(self, element: "_Element", description: str, on: On = On.STUDY, about: str = "") -> None:
        """The description of a thing; without one its notes stand there, as some programs read no others."""
        text = description or (PARAGRAPH.join(note.text for note in self.notes_on(on, about)) if about else "")
        if text:
            self.add(element, "Description").text = self.legal(text)

    def refer(self, element: "_Element", on: On, about: str) -> None:
        """References to the notes on a thing."""
        for note in self.notes_on(on, about):
            self.add(element, "NoteRef", targetGUID=self.guids.of("note", note.id))

    def notes_on(self, on: On, about: str) -> list[Note]:
        """The notes on a thing, in their order."""
        return self._notes.get((on, about), [])

    def add_values(self, element: "_Element", case: Case) -> None:
        """The values of a case, on the case itself or on a text of it."""
        for name, value in case.values:
            holder = self.add(element, "VariableValue")
            self.add(holder, "VariableRef", targetGUID=derived("variable", name))
            self.add(holder, f"{self._kinds[name].value}Value").text = self.legal(value)

    def by(self, author: str, at: str) -> dict[str, str]:
        """The attributes that say who made a thing and when, as far as it is known."""
        made = {"creatingUser": self.guids.of("user", author)} if author in self._users else {}
        return {**made, "creationDateTime": at} if at else made

    def file(self, guid: str, text: str) -> str:
        """Put a text beside the project, and say where it is."""
        ended = text.replace("\n", "\r\n") if self.target is Target.MAXQDA else text
        self.files[f"sources/{guid}.txt"] = ended.encode("utf-8", "replace")
        return f"internal://{guid}.txt"
