"""Bytes to text: a byte-order mark, then strict UTF-8, then ask. An encoding is never guessed.

A wrong guess changes letters silently, and a sealed transcript keeps the wrong letters for ever.
"""

import codecs
import re

from qualbench.errors import Problem, UnreadableFile
from qualbench.steps.ingest.reading import File
from qualbench.text import canonical

# UTF-32 first: its mark begins with the one of UTF-16
_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "utf-8 with BOM"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16"),
)
_ORDINARY = bytes([*b"\t\n\x0b\x0c\r", *range(0x20, 0x7F), *range(0x80, 0x100)])
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_CHOICE = "Save it as UTF-8, or say what it is: --encoding cp1252 (or mac_roman, utf-16)."
_BINARY_SHARE = 0.05


def decode(file: File) -> tuple[str, str]:
    """The canonical text of a text file and the name of its encoding; raises UnreadableFile."""
    encoding, name = _encoding_of(file)
    try:
        text = file.data.decode(encoding)
    except LookupError:
        raise UnreadableFile(file.source, f"there is no encoding called '{encoding}'.", _CHOICE) from None
    except UnicodeDecodeError as error:
        raise UnreadableFile(file.source, _where(file.data, error, name), _CHOICE) from None
    except ValueError:
        raise UnreadableFile(file.source, f"it can not be read as {name}.", _CHOICE) from None
    try:
        plain = text.encode()
    except UnicodeEncodeError:
        raise UnreadableFile(file.source, f"read as {name} it holds half characters.", _CHOICE) from None
    _refuse_binary(file.source, plain)
    return canonical(text), name


def _encoding_of(file: File) -> tuple[str, str]:
    if file.encoding is not None:
        return file.encoding, file.encoding
    for mark, encoding, name in _MARKS:
        if file.data.startswith(mark):
            return encoding, name
    return "utf-8", "utf-8"


def _where(data: bytes, error: UnicodeDecodeError, name: str) -> str:
    """The sentence that says where the first byte is that can not be read."""
    at = min(error.start, len(data) - 1)
    line = data.count(b"\n", 0, at) + 1
    byte = at - (data.rfind(b"\n", 0, at) + 1) + 1
    return f"line {line}, byte {byte} (0x{data[at]:02x}) is not {name.split(' with ')[0].upper()}."


def _refuse_binary(source: str, data: bytes) -> None:
    controls = len(data.translate(None, _ORDINARY))
    if controls <= _BINARY_SHARE * len(data):
        return
    nuls = data.count(0)
    if nuls > len(data) // 4 and nuls >= controls - 2:
        raise UnreadableFile(
            source, "every other byte is zero: it looks like UTF-16 without its mark.", "Give --encoding utf-16-le."
        )
    raise UnreadableFile(source, "it is not text: it is full of control characters.", "Export it as text again.")


def control_warnings(source: str, text: str) -> list[Problem]:
    """What to say about control characters: they are kept, because removing them would move every offset."""
    first = _CONTROLS.search(text)
    if first is None:
        return []
    count = sum(1 for _ in _CONTROLS.finditer(text))
    line = text.count("\n", 0, first.start()) + 1
    word = "characters are" if count > 1 else "character is"
    return [Problem(source, line, f"{count} control {word} kept; on screen each is one visible sign")]
