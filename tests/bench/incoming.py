"""Files on their way in: a thick Word document, a day of captions, and the memory that a big batch takes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from statistics import median

from qualbench.steps import ingest
from tests.bench import studies
from tests.bench.rows import QUALBENCH, Bench, Row, command, timed

PAGE = 500
"""Words on a page of a transcript, one line and a half apart."""
CUE = 3.4
"""Seconds of one caption, as meeting programs cut them."""


def measure(bench: Bench) -> Iterator[Row]:
    """Reading one big file of two kinds, then a batch through the program."""
    pages, hours = (30, 1) if bench.sizes.quick else (300, 10)
    yield _read(
        "talk.docx", _docx(pages), f"read a docx of {pages} pages", f"{PAGE * pages:,} words, a paragraph for each turn"
    )
    captions = _vtt(hours)
    yield _read("talk.vtt", captions, f"read a vtt of {hours} hours", f"{captions.count(b'-->'):,} cues")
    yield _memory(bench)


def _read(name: str, data: bytes, what: str, note: str) -> Row:
    seconds = median(timed(lambda: ingest.read(name, data))[0] for _ in range(3))
    return Row(what, seconds, "s", 1, note=f"{note}, {len(data):,} bytes; median of 3; bytes to draft")


def _docx(pages: int) -> bytes:
    from docx import Document

    document = Document()
    for line in studies.interview(0, 1, words=PAGE * pages).splitlines():
        document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _vtt(hours: int) -> bytes:
    lines = studies.interview(int(hours * 3600 / CUE), 2).splitlines()
    cues = (
        f"{number}\n{_stamp(number * CUE)} --> {_stamp((number + 1) * CUE - 0.1)}\n{line}\n"
        for number, line in enumerate(lines)
    )
    return ("WEBVTT\n\n" + "\n".join(cues)).encode()


def _stamp(seconds: float) -> str:
    return f"{int(seconds // 3600):02}:{int(seconds // 60 % 60):02}:{seconds % 60:06.3f}"


def _memory(bench: Bench) -> Row:
    place = bench.folder / "incoming"
    place.mkdir()
    count = bench.sizes.imports
    for seed in range(count):
        (place / f"talk-{seed:03}.txt").write_text(studies.interview(0, seed, words=8_000))
    command(QUALBENCH, "init", bench.folder / "batch")
    ran = command(QUALBENCH, "import", bench.folder / "batch", *sorted(place.iterdir()), "--yes")
    note = f"qualbench import --yes, all in one step, {ran.seconds:.1f} s with start; peak"
    return Row(f"memory of importing {count} transcripts of 8,000 words", ran.megabytes, "MB", 500, note=note)
