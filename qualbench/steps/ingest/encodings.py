"""A text file that does not say how it is encoded: nobody guesses, a person sees what it would read like and chooses.

The lines shown are those in which a letter beyond ASCII comes for the first time, because by those the choice is made.
"""

import re
from dataclasses import dataclass

from qualbench.errors import UnreadableFile
from qualbench.text import canonical, shown

NAMES = ("cp1252", "mac_roman", "utf-16-le", "utf-16-be", "cp1250", "cp1251", "latin-1")
"""What is offered, in the order of how often transcripts come in it; any other encoding can be named by hand."""
ASK = "Save it as UTF-8, or say what it is: --encoding cp1252 (or mac_roman, utf-16)."
LINES = 5
_LOOKED_AT = 1_000_000
"""Bytes that are looked at, from the line with the first one beyond ASCII; even, so that it cuts no pair of bytes."""
_WIDTH = 100
_TRIED = 20
"""New letters of a line among which the first one is looked for."""
_ORDINARY = bytes([*b"\t\n\x0b\x0c\r", *range(0x20, 0x7F), *range(0x80, 0x100)])
_BINARY_SHARE = 0.05
_BEYOND = re.compile(rb"[\x80-\xff]")


@dataclass(frozen=True, slots=True)
class EncodingChoice:
    """One encoding in which the bytes can be read."""

    name: str
    lines: tuple[str, ...]
    """Up to five of the lines with letters beyond ASCII, as they read then, shortened and safe to show."""


class UnknownEncoding(UnreadableFile):
    """A text that is not UTF-8 and does not say what it is; `choices` are shown to a person."""

    def __init__(self, name: str, why: str, advice: str, choices: tuple[EncodingChoice, ...]) -> None:
        self.choices = choices
        super().__init__(name, why, advice)


def encodings(data: bytes) -> tuple[EncodingChoice, ...]:
    """The encodings in which the bytes are text, each with the lines that tell them apart; of a huge file, a part."""
    beyond = _BEYOND.search(data)
    start = data.rfind(b"\n", 0, beyond.start()) + 1 if beyond else 0
    part = data[start - start % 2 :][:_LOOKED_AT]
    found = ((name, _text(part, name)) for name in NAMES)
    return tuple(EncodingChoice(name, telling_lines(text)) for name, text in found if text)


def _text(data: bytes, name: str) -> str:
    """The bytes as text; empty when they are not text in this encoding."""
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        return ""
    return "" if is_binary(text.encode(errors="replace")) else canonical(text)


def telling_lines(text: str) -> tuple[str, ...]:
    """Up to five lines that each hold a character beyond ASCII which the lines above them did not."""
    known, lines = set[str](), list[str]()
    for line in text.split("\n"):
        new = set() if line.isascii() else {letter for letter in set(line) if letter > "\x7f"} - known
        if new:
            known |= new
            lines.append(_around(line, min(line.index(letter) for letter in sorted(new)[:_TRIED])))
        if len(lines) == LINES:
            break
    return tuple(lines)


def _around(line: str, index: int) -> str:
    """A line, or of a long one the part around a place."""
    start = max(0, index - _WIDTH // 2) if len(line) > _WIDTH else 0
    end = start + _WIDTH
    return f"{'…' * (start > 0)}{shown(line[start:end]).strip()}{'…' * (end < len(line))}"


def controls(data: bytes) -> int:
    """How many bytes are control characters that no text holds."""
    return len(data.translate(None, _ORDINARY))


def is_binary(data: bytes) -> bool:
    """Whether the bytes hold more control characters than any text does."""
    return controls(data) > _BINARY_SHARE * len(data)
