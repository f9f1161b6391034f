"""What a reader may answer: a value, or an error with a sentence, and soon. Anything else is said in words."""

from __future__ import annotations

import re
import time
import traceback
from pathlib import Path

from qualbench.errors import QualbenchError
from tests.fuzz.readers import Read

LONGEST = 2.0
"""Seconds of the processor for one input."""
MEMORY = 2**30
"""Bytes that one input may take beside what the program takes anyway."""
CORPUS = Path(__file__).parent / "corpus"
_RAW = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_LONGEST_SENTENCE = 4_000


def fault(read: Read, data: bytes) -> str:
    """What is wrong with how a reader takes these bytes; empty when nothing is."""
    began = time.process_time()
    try:
        read(data)
        wrong = ""
    except QualbenchError as refused:
        wrong = _of_sentence(str(refused))
    except BaseException as error:  # a library of Rust panics past Exception
        if isinstance(error, KeyboardInterrupt):
            raise
        last = traceback.extract_tb(error.__traceback__)[-1]
        wrong = f"{type(error).__name__}: {str(error)[:200]} in {Path(last.filename).name}:{last.lineno} {last.name}"
    took = time.process_time() - began
    return wrong or (f"it took {took:.1f} seconds" if took > LONGEST else "")


def _of_sentence(words: str) -> str:
    if not words.strip():
        return "an error without a sentence"
    if _RAW.search(words):
        return f"a sentence with a raw control character: {words[:200]!r}"
    longest = max(map(len, words.split("\n")))
    return f"a sentence of {longest} characters" if longest > _LONGEST_SENTENCE else ""


def past_crashes() -> list[tuple[str, Path]]:
    """The inputs that once were taken badly: the reader's name with lines for blanks, and the file."""
    return [(path.parent.name, path) for path in sorted(CORPUS.glob("*/*.bin"))]


def folder_of(reader: str) -> str:
    """What a reader's folder in the corpus is called."""
    return re.sub(r"[^a-z0-9]+", "-", reader.casefold()).strip("-")
