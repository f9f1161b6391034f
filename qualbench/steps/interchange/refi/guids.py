"""GUIDs that stay the same from one export to the next, in one spelling: lower case, no braces.

An id that is a GUID already is kept, so that a project that came in goes out again under the same GUIDs; any other
id is hashed (UUID version 5) in a namespace of our own.
"""

import re
import uuid
from dataclasses import dataclass, field

NAMESPACE = uuid.UUID("5f1d4d0c-3b0e-5a53-9f0e-6b1c2f7d8e90")
_GUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def normal(guid: str | None) -> str:
    """A GUID in the one spelling; empty when there is none.

    >>> normal("{ABCDEF00-0000-0000-0000-000000000001}")
    'abcdef00-0000-0000-0000-000000000001'
    """
    return (guid or "").strip().strip("{}").lower()


def derived(what: str, guid: str) -> str:
    """The GUID of something that belongs to another thing, such as the selection of a coding."""
    name = f"{what}/{guid}".encode("utf-8", "backslashreplace").decode()
    return str(uuid.uuid5(NAMESPACE, name))


@dataclass(slots=True)
class Guids:
    """The GUIDs of one file; two things of different kinds never share one."""

    study: str
    _known: dict[tuple[str, str], str] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)

    def of(self, kind: str, id_: str) -> str:
        """The GUID of the thing with this id."""
        guid = self._known.get((kind, id_))
        if guid is None:
            guid = id_ if _GUID.fullmatch(id_) and id_ not in self._taken else derived(f"{self.study}/{kind}", id_)
            self._known[kind, id_] = guid
            self._taken.add(guid)
        return guid
