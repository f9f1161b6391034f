"""What every part of a project needs while it is read: ids, times, words of files, and what notes are on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualbench.steps.interchange.refi.archive import Archive
from qualbench.steps.interchange.refi.bundle import On
from qualbench.steps.interchange.refi.findings import Found, Tally
from qualbench.steps.interchange.refi.guids import derived, normal
from qualbench.steps.interchange.refi.times import stamp
from qualbench.steps.interchange.refi.xml import child, children

if TYPE_CHECKING:
    from lxml.etree import _Element

_OUTSIDE = ("relative", "absolute", "file", "http", "https")
_UTF16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


@dataclass(frozen=True, slots=True)
class Spot:
    """What a note is on."""

    on: On
    about: str = ""
    start: int = 0
    end: int = 0


@dataclass(slots=True)
class Reader:
    """A project being read."""

    archive: Archive
    root: "_Element"
    ours: bool
    """Qualbench wrote the file."""
    folder: str = ""
    """Where in the archive the project is, with a stroke behind."""
    users: frozenset[str] = frozenset()
    """The ids of the users."""
    tally: Tally = field(default_factory=Tally)
    noted: dict[str, list[Spot]] = field(default_factory=dict)
    """The spots that each note is on, by the note's GUID."""
    spots: dict[str, Spot] = field(default_factory=dict)
    """What each GUID of the file is, as far as a note can be on it."""
    lost: set[str] = field(default_factory=set)
    """The GUIDs of what is in the file and is not carried."""
    note_words: Mapping[str, str] = field(default_factory=dict)
    """The words of each note, by its GUID."""
    _used: set[tuple[str, str]] = field(default_factory=set)

    def section(self, name: str) -> "_Element | None":
        """The part of the project with this name."""
        return child(self.root, name)

    def id_of(self, kind: str, element: "_Element") -> str:
        """The id of a thing: its GUID, or one of its own when it has none or another of its kind has it."""
        given = normal(element.get("guid"))
        id_ = given
        if not given or (kind, given) in self._used:
            self.tally.add(Found.SAME_GUID, bool(given))
            id_ = derived(f"{kind} {len(self._used)}", given)
        self._used.add((kind, id_))
        return id_

    def time(self, element: "_Element") -> str:
        """When a thing was made, or else changed; empty when the file does not say."""
        given = element.get("creationDateTime") or element.get("modifiedDateTime") or ""
        time = stamp(given)
        self.tally.add(Found.NO_TIME, bool(given) and not time)
        return time

    def author(self, element: "_Element") -> str:
        """Who made a thing, or else changed it; empty when that is none of the users."""
        given = normal(element.get("creatingUser") or element.get("modifyingUser"))
        self.tally.add(Found.LOST_AUTHOR, bool(given) and given not in self.users)
        return given if given in self.users else ""

    def note_refs(self, element: "_Element", spot: Spot) -> list[str]:
        """Remember the notes on a thing, and give their GUIDs."""
        guids = [normal(ref.get("targetGUID")) for ref in children(element, "NoteRef")]
        for guid in guids:
            self.put(guid, spot)
        return guids

    def put(self, note: str, spot: Spot) -> None:
        """A note is on something."""
        spots = self.noted.setdefault(note, [])
        if spot not in spots:
            spots.append(spot)

    def raw_text(self, element: "_Element") -> str | Found:
        """The plain text of a source or note, with its byte-order mark; or why there is none."""
        inline = child(element, "PlainTextContent")
        path = element.get("plainTextPath") or ""
        member = self._member(path)
        if member:
            return _decoded(self.archive.read(member))
        if inline is not None:
            return inline.text or ""
        return Found.ONLY_RICH if element.get("richTextPath") and not path else Found.NO_FILE

    def _member(self, path: str) -> str:
        """The member of the archive that a path means, whatever its case and folder; empty when there is none."""
        scheme, colon, rest = path.replace("\\", "/").partition(":")
        if colon and (scheme.casefold() in _OUTSIDE or len(scheme) == 1):
            return ""
        bare = (rest if colon else scheme).lstrip("/")
        name = bare.rpartition("/")[2]
        places = (f"sources/{bare}", bare, f"sources/{name}", name)
        return next((self.folder + place for place in places if name and self.archive.has(self.folder + place)), "")


def _decoded(data: bytes) -> str | Found:
    """Bytes as text with its mark; UTF-8, or UTF-16 that says so. Nothing is guessed."""
    try:
        return data.decode(_UTF16.get(data[:2], "utf-8"))
    except UnicodeDecodeError:
        return Found.NOT_UTF8
