"""Bytes to text: a byte-order mark, then strict UTF-8, then ask. An encoding is never guessed.

A wrong guess changes letters silently, and a sealed transcript keeps the wrong letters for ever.
"""

import codecs
import re

from qualbench.errors import Problem, UnreadableFile
from qualbench.steps.ingest.encodings import ASK, UnknownEncoding, controls, encodings, is_binary
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
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
BOM, STRICT, CHOSEN, DECLARED = "BOM", "strict UTF-8", "chosen", "declared in the file"
"""Why an encoding was taken."""


def decode(file: File) -> tuple[str, str]:
    """The canonical text of a text file and the name of its encoding; raises UnreadableFile."""
    encoding, name = _encoding_of(file)
    try:
        text = file.data.decode(encoding)
    except LookupError:
        raise UnreadableFile(file.source, f"there is no encoding called '{encoding}'.", ASK) from None
    except UnicodeDecodeError as error:
        choices = encodings(file.data)
        raise UnknownEncoding(file.source, _where(file.data, error, name), ASK, choices) from None
    except ValueError:
        raise UnreadableFile(file.source, f"it can not be read as {name}.", ASK) from None
    try:
        plain = text.encode()
    except UnicodeEncodeError:
        raise UnreadableFile(file.source, f"read as {name} it holds half characters.", ASK) from None
    _refuse_binary(file.source, plain, file.data)
    return canonical(text), name


def _encoding_of(file: File) -> tuple[str, str]:
    chosen = file.answers.encoding
    if chosen is not None:
        return chosen, chosen
    for mark, encoding, name in _MARKS:
        if file.data.startswith(mark):
            return encoding, name
    return "utf-8", "utf-8"


def why(file: File, encoding: str) -> str:
    """Why a file was read in an encoding; empty for formats that say it themselves, which have none here."""
    if not encoding:
        return ""
    if file.answers.encoding is not None:
        return CHOSEN
    if any(file.data.startswith(mark) for mark, _, _ in _MARKS):
        return BOM
    return STRICT if encoding == "utf-8" else DECLARED


def _where(data: bytes, error: UnicodeDecodeError, name: str) -> str:
    """The sentence that says where the first byte is that can not be read."""
    at = min(error.start, len(data) - 1)
    line = data.count(b"\n", 0, at) + 1
    byte = at - (data.rfind(b"\n", 0, at) + 1) + 1
    return f"line {line}, byte {byte} (0x{data[at]:02x}) is not {name.split(' with ')[0].upper()}."


def _refuse_binary(source: str, data: bytes, choices: bytes) -> None:
    if not is_binary(data):
        return
    nuls = data.count(0)
    if nuls > len(data) // 4 and nuls >= controls(data) - 2:
        raise UnknownEncoding(
            source,
            "every other byte is zero: it looks like UTF-16 without its mark.",
            "Give --encoding utf-16-le.",
            encodings(choices),
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
