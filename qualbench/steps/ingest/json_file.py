"""JSON from strangers: bounded, and every way in which it can not be read is one sentence."""

import json

from qualbench.errors import UnreadableFile
from qualbench.steps.ingest.decoding import decode
from qualbench.steps.ingest.reading import File

LARGEST = 50_000_000
"""Bytes of a file; ten hours of speech with a time for each word are about fifteen million."""
_AGAIN = "Export it again."


def load(file: File) -> tuple[object, str]:
    """What the file holds, and the name of its encoding; raises UnreadableFile."""
    if len(file.data) > LARGEST:
        raise UnreadableFile(file.source, f"it has {len(file.data):,} bytes, more than a transcript has.")
    text, encoding = decode(file)
    try:
        return json.loads(text), encoding
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, character {error.colno}"
        raise UnreadableFile(file.source, f"{place}: this is not JSON.", _AGAIN) from None
    except RecursionError:
        raise UnreadableFile(file.source, "it is nested more deeply than a transcript is.", _AGAIN) from None
    except ValueError:
        raise UnreadableFile(file.source, "it holds a number that is too long to read.", _AGAIN) from None


def refuse_half_characters(source: str, text: str) -> None:
    """Raise UnreadableFile when the text holds one half of a surrogate pair, which no file can store."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise UnreadableFile(source, "it holds half characters (one of two surrogates).", _AGAIN) from None
