"""The demo study: made from shipped sources with the same methods a team would use, so that every screen is real."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from qualbench.errors import StudyExists
from qualbench.model import Outcome, Reason, Segment, Transcript
from qualbench.project import DATABASE, Project
from qualbench.steps.study import speaker_line

CODEBOOK = "peer-support-aftercare.yaml"
LEAD = "cleo"
CODERS = ("ana", "ben")
ROUNDS = {"Round 1": ("01", "02", "03"), "Round 2": ("04", "05", "07")}
"""The numbers of the sources in each round; the others are coded outside of any."""


def shipped(what: str) -> Path:
    """Where codebooks ("codebooks") or the demo's sources ("demo") are, in a wheel or in a checkout."""
    package = Path(__file__).parent.parent
    inside = package / "shipped" / what
    beside = package.parent / ("projects/demo" if what == "demo" else what)
    return inside if inside.is_dir() else beside


def build(folder: Path) -> None:
    """Make the demo study in a new folder, whole or not at all.

    It has two finished passes on six transcripts, one pass open, an agreement run, half a consensus, and themes.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StudyExists(folder)
    place = folder.resolve()
    part = place.with_name(f".{place.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        _fill(part)
        place.mkdir(parents=True, exist_ok=True)
        for path in sorted(part.iterdir(), key=lambda path: path.name == DATABASE):
            path.rename(place / path.name)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _fill(folder: Path) -> None:
    sources = shipped("demo")
    with Project.create(folder, name="Peer support in aftercare (demo)", viewer=LEAD, clock=_calendar()) as project:
        project.release_codebook(CODEBOOK, (shipped("codebooks") / CODEBOOK).read_text("utf-8"))
        _transcripts(project, sources)
        _plan(project)
        for coder in CODERS:
            _code(project, coder, _rows(sources / "planted.csv"), submit=True)
        _code(project, "ana", _rows(sources / "open-pass.csv"), submit=False)
        project.viewer = LEAD
        project.keep_agreement()
        _decide(project, _rows(sources / "decisions.csv"))
        _gather(project, sources)


def _calendar() -> Callable[[], datetime]:
    """A clock that moves on by some minutes at every look, so that the log reads like weeks of work."""
    moment = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def now() -> datetime:
        nonlocal moment
        moment += timedelta(minutes=3)
        return moment

    return now


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _transcripts(project: Project, sources: Path) -> None:
    from qualbench.steps import ingest

    for path in sorted(sources.glob("0*")):
        data = path.read_bytes()
        project.import_transcript(ingest.read(path.name, data), data)
    project.assign_speakers([speaker_line(row) for row in _rows(sources / "participants.csv")])


def _plan(project: Project) -> None:
    for number, (name, sources) in enumerate(ROUNDS.items(), start=1):
        only = [row.id for row in project.transcripts() if row.name.startswith(sources)]
        project.plan_round(name, project.draw(CODERS, share=1, each=2, seed=number, only=only), seed=number)


def _segments(project: Project, rows: list[dict[str, str]]) -> Iterator[tuple[dict[str, str], Transcript, Segment]]:
    texts: dict[str, Transcript] = {}
    for row in rows:
        text = texts.setdefault(row["transcript"], project.transcript(row["transcript"]))
        turn = int(row["turn"]) - 1
        yield row, text, next(segment for segment in text.segments if segment.turn == turn)


def _code(project: Project, coder: str, rows: list[dict[str, str]], *, submit: bool) -> None:
    project.viewer = coder
    passes: dict[str, str] = {}
    for row, text, segment in _segments(project, rows):
        if text.id not in passes:
            passes[text.id] = project.open_pass(text.id).id
        codes = [code for code in row[coder].split(";") if code]
        for code in codes:
            project.apply_code(passes[text.id], code, segment.start, segment.end)
        if not codes:
            project.mark_nothing(passes[text.id], segment.start, segment.end)
    if submit:
        project.submit()


def _decide(project: Project, rows: list[dict[str, str]]) -> None:
    items = {(item.transcript, item.start): item for item in project.items()}
    for row, text, segment in _segments(project, rows):
        project.decide(
            items[text.id, segment.start],
            Outcome(row["outcome"]),
            reason=Reason(row["reason"]),
            note=row["note"],
            codes=[code for code in row["codes"].split(";") if code] if row["outcome"] == "new" else (),
            yielded=row["yielded"],
        )


def _gather(project: Project, sources: Path) -> None:
    for row in _rows(sources / "themes.csv"):
        project.create_theme(row["theme"])
        theme = project.theme(row["theme"])
        project.describe_theme(theme, row["idea"])
        project.gather_codes(theme, row["codes"].split(";"))
    for row, text, segment in _segments(project, _rows(sources / "quotes.csv")):
        start = text.text.index(row["quote"], segment.start)
        project.pick_quote(project.theme(row["theme"]), text.id, start, start + len(row["quote"]), row["quote"])
