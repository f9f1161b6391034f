"""What every fact is: a frozen value that knows its kind, its area, whose history it belongs to, and its lane."""

import hashlib
import os
import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, ClassVar, Self, get_args, get_origin

Span = tuple[int, int]

STUDY, CODEBOOK, THEMES, NOTES, PAPERS = "study", "codebook", "themes", "notes", "papers"
PEOPLE, SESSIONS, CQR, MEMBERS = "people", "sessions", "cqr", "members"
"""Subjects that are not a transcript."""


def new_id() -> str:
    """A fresh id that sorts by time (UUID version 7, RFC 9562)."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10), "big")
    value = (milliseconds & (2**48 - 1)) << 80 | 0x7 << 76 | (random >> 68 & 0xFFF) << 64 | 0b10 << 62
    return str(uuid.UUID(int=value | random & (2**62 - 1)))


class Sealed(str):
    """The SHA-256 of some words, with the words beside it until they are stored."""

    body: bytes = b""


def seal(words: str | bytes) -> Sealed:
    """The words as a hash that can stand in a fact."""
    body = words.encode() if isinstance(words, str) else words
    sealed = Sealed(hashlib.sha256(body).hexdigest())
    sealed.body = body
    return sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A fact; `AREA` says which tables it is projected into, `subject` whose history it belongs to."""

    KIND: ClassVar[str] = ""
    AREA: ClassVar[str] = ""
    UNDOABLE: ClassVar[bool] = False

    @property
    def subject(self) -> str:
        """The transcript this is about, or the study, the codebook, the theme board."""
        transcript: str = getattr(self, "transcript", self.AREA)
        return transcript if self.AREA in ("transcript", "coding", "consensus") else self.AREA

    @property
    def lane(self) -> str:
        """Whose or which private work this is part of; empty for what everybody may know at once.

        Lanes are chained apart, so that a lane can stay behind when a history travels, and be checked when it follows.
        """
        return ""

    def data(self) -> dict[str, Any]:
        """The fields as they stand in the journal."""
        return {name: getattr(self, name) for name in _types(self.KIND)}

    def sealed(self) -> Iterator[Sealed]:
        """The words this fact refers to."""
        return (value for value in self.data().values() if isinstance(value, Sealed))

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        """The fact as it was recorded; fields of later releases are passed over, a wrong value is a TypeError."""
        known = _types(cls.KIND)
        given = {key: value for key, value in data.items() if key in known}
        wrong = [key for key, value in given.items() if type(value) is not known[key] and not _is_a(value, known[key])]
        if wrong:
            raise TypeError(f"{cls.KIND}: {', '.join(wrong)}")
        return cls(**given)


@cache
def _types(kind: str) -> Mapping[str, Any]:
    from qualbench.events import KINDS  # all kinds are known by the time that any is read

    return {one.name: one.type for one in fields(KINDS[kind])}


def _is_a(value: object, kind: Any) -> bool:
    """Whether a value from JSON is of an annotated type, through lists and dicts."""
    if get_origin(kind) is list and isinstance(value, list):
        return all(_is_a(item, get_args(kind)[0]) for item in value)
    if get_origin(kind) is dict and isinstance(value, dict):
        return all(_is_a(item, get_args(kind)[1]) for item in value.values())
    return type(value) is kind
