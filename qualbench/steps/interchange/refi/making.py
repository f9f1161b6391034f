"""What every part of a file needs while it is made: elements, GUIDs, legal characters, and the notes on each thing.

Elements are made as text, in one place that escapes all that goes in: 160,000 of them have to be quick and small.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from qualbench.steps.interchange.refi.bundle import Bundle, Case, Coding, Kind, Note, On
from qualbench.steps.interchange.refi.guids import Guids, derived
from qualbench.steps.interchange.refi.losses import Losses, Lost, Target
from qualbench.text import printable

PARAGRAPH = "\n\n"
"""What stands between several notes in one description."""
_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"}
_IN_WORDS = str.maketrans(_ESCAPED)
_IN_ATTRIBUTES = str.maketrans({**_ESCAPED, "\n": "&#10;", "\t": "&#9;"})
_PLAIN = re.compile(r"[\w \-:./#]*", re.ASCII)


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
    _marks: dict[str, list[Coding | Note]] = field(init=False)
    _users: set[str] = field(init=False)

    def __post_init__(self) -> None:
        self.guids = Guids(self.bundle.id)
        self._kinds = {variable.name: variable.kind for variable in self.bundle.variables}
        self._users = {user.id for user in self.bundle.users}
        self.code_names = {code.id: code.name for code in self.bundle.codes}
        self._notes = {}
        for note in self.bundle.notes:
            self._notes.setdefault((note.on, note.about), []).append(note)
        self._marks = {source.id: [] for source in self.bundle.sources}
        for coding in self.bundle.codings:
            self._marks[coding.source].append(coding)
        for source, marks in self._marks.items():
            marks += self.notes_on(On.PLACE, source)
            marks.sort(key=lambda mark: (mark.start, mark.end, self.guid(mark)))

    def element(self, name: str, attributes: Mapping[str, str], inside: Iterable[str] = ()) -> str:
        """An element with the elements inside of it; empty ones are left out."""
        start = name + "".join([f' {key}="{self._attribute(value)}"' for key, value in attributes.items()])
        body = "\n".join([one for one in inside if one])
        return f"<{start}>\n{body}\n</{name}>" if body else f"<{start}/>"

    def words(self, name: str, text: str) -> str:
        """An element that holds words; nothing for no words."""
        return f"<{name}>{self._legal(text).translate(_IN_WORDS)}</{name}>" if text else ""

    def _attribute(self, value: str) -> str:
        return value if _PLAIN.fullmatch(value) else self._legal(value).translate(_IN_ATTRIBUTES)

    def _legal(self, text: str) -> str:
        """The text with only characters that XML can carry."""
        shown = text if text.isprintable() else printable(text)
        self.losses.add(Lost.SIGNS, shown != text)
        return shown

    def description(self, description: str, on: On = On.STUDY, about: str = "") -> str:
        """The description of a thing; without one its notes stand there, as some programs read no others."""
        notes = self.notes_on(on, about) if about else []
        return self.words("Description", description or PARAGRAPH.join(note.text for note in notes))

    def note_refs(self, on: On, about: str) -> list[str]:
        """References to the notes on a thing."""
        return [self.ref("NoteRef", "note", note.id) for note in self.notes_on(on, about)]

    def notes_on(self, on: On, about: str) -> list[Note]:
        """The notes on a thing, in their order."""
        return self._notes.get((on, about), [])

    def guid(self, mark: Coding | Note) -> str:
        """The GUID of a coding or a note."""
        return self.guids.of("coding" if isinstance(mark, Coding) else "note", mark.id)

    def marks_on(self, source: str) -> list[Coding | Note]:
        """The codings and the notes on places of a text, in the order of the text and then of their GUIDs."""
        return self._marks.get(source, [])

    def ref(self, name: str, kind: str, id_: str) -> str:
        """A reference to a thing."""
        return f'<{name} targetGUID="{self.guids.of(kind, id_)}"/>'

    def values(self, case: Case) -> list[str]:
        """The values of a case, on the case itself or on a text of it."""
        made = []
        for name, value in case.values:
            variable = f'<VariableRef targetGUID="{derived("variable", name)}"/>'
            made.append(
                self.element("VariableValue", {}, (variable, self.words(f"{self._kinds[name].value}Value", value)))
            )
        return made

    def by(self, author: str, at: str) -> dict[str, str]:
        """The attributes that say who made a thing and when, as far as it is known."""
        made = {"creatingUser": self.guids.of("user", author)} if author in self._users else {}
        return {**made, "creationDateTime": at} if at else made

    def file(self, guid: str, text: str) -> str:
        """Put a text beside the project, and say where it is."""
        ended = text.replace("\n", "\r\n") if self.target is Target.MAXQDA else text
        self.files[f"sources/{guid}.txt"] = ended.encode("utf-8", "replace")
        return f"internal://{guid}.txt"
