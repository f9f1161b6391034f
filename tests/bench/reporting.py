"""The report of a study with two thousand quotes, sixty codes and a long decision log, in each of its formats."""

from __future__ import annotations

from collections.abc import Iterator

from qualbench.model import (
    Code,
    Codebook,
    Decision,
    Method,
    Outcome,
    Participant,
    Quote,
    Reason,
    Role,
    Segment,
    SegmentRule,
    Speaker,
    Study,
    Theme,
    Transcript,
    TranscriptRow,
    Turn,
)
from qualbench.steps import report
from tests.bench.rows import Bench, Row, timed

WORDS = "They said they would be there on Tuesday and they were there, which is more than I can say of anybody else. "
LIMITS = {".docx": 6.0, ".html": 1.0, ".md": 1.0, ".csv": 1.0}


def measure(bench: Bench) -> Iterator[Row]:
    """Seconds to gather and to write each format; python-docx needs 3.9 s for quotes alone, styles set by name."""
    quotes = 200 if bench.sizes.quick else 2_000
    seconds, made = timed(lambda: _report(quotes))
    yield Row(f"report gathered, {quotes:,} quotes", seconds, "s", 1.0)
    for suffix, limit in LIMITS.items():
        report.render(made, suffix)  # libraries are loaded once for a whole pack
        seconds, body = timed(lambda ending=suffix: report.render(made, ending))
        note = f"{len(body) / 1e6:.1f} MB"
        peer = ("python-docx, styles by name", 3.9) if suffix == ".docx" else ("", None)
        yield Row(f"report written as {suffix[1:]}, {quotes:,} quotes", seconds, "s", limit, *peer, note=note)


def _report(quotes: int) -> report.Report:
    """Twenty transcripts of a hundred turns at full size; every turn is quoted once."""
    codes = tuple(Code(f"c{n}", f"Code {n}", definition=WORDS * 2, include=WORDS, exclude=WORDS) for n in range(60))
    texts = [_transcript(f"t{n:02}") for n in range(max(1, quotes // 100))]
    themes = [_theme(number, texts) for number in range(10)]
    decisions = [
        Decision(f"d{n}", f"i{n}", text.id, text.segments[n].start, text.segments[n].end, Outcome.FIRST, ("c1",),
                 Reason.SLIP, WORDS, "", "Lea", "2026-01-01")
        for text in texts for n in range(50)
    ]  # fmt: skip
    return report.build(
        Study("s", "Big", Method.CODEBOOK, 2, "2026-01-01"),
        date="2026-01-01",
        rows=[TranscriptRow(text.id, text.id, 2_000, 100, 100, SegmentRule.TURN, opened=True) for text in texts],
        transcripts=texts,
        themes=themes,
        reach=report.Reach(of=20, themes={theme.id: report.ThemeReach(10, 200) for theme in themes}),
        participants=[Participant(f"P{n}", f"P{n}", (("site", "North"), ("age", "34"))) for n in range(20)],
        attributes=("site", "age"),
        codebook=Codebook("1.0", "Codebook", codes),
        decisions=decisions,
    )


def _transcript(key: str) -> Transcript:
    turn = f"Ana: {WORDS}\n"
    length = len(turn)
    turns = tuple(Turn(n * length, n * length + 5, (n + 1) * length - 1, 0) for n in range(100))
    segments = tuple(Segment(one.body, one.end, number) for number, one in enumerate(turns))
    speakers = (Speaker("Ana", Role.PARTICIPANT, f"P{int(key[1:])}"),)
    return Transcript(key, key, turn * 100, turns, speakers, segments, SegmentRule.TURN)


def _theme(number: int, texts: list[Transcript]) -> Theme:
    """Every tenth turn of every transcript."""
    quotes = tuple(
        Quote(f"{text.id}-{n}", f"th{number}", text.id, text.segments[n].start, text.segments[n].end,
              text.text[text.segments[n].start : text.segments[n].end], "")
        for text in texts for n in range(number, 100, 10)
    )  # fmt: skip
    return Theme(f"th{number}", f"Theme {number}", WORDS, (f"c{number}",), quotes)
