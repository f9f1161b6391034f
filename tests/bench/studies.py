"""Made-up studies of any size, the same at every run, all of them built by the verbs a team would use."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from qualbench.model import SegmentRule
from qualbench.project import Project
from qualbench.steps import ingest
from qualbench.steps.interchange.codings_csv import Line

CODES = tuple(f"C{number:02}" for number in range(60))

_WORDS = re.findall(
    r"\S+",
    "the a of and to in I you it was that we they he she is for on with as had at be this but not so what when people "
    "school family money work time feel felt really just think know because about there would could hospital waiting "
    "appointment teacher children neighbours volunteer interview moved housing landlord night shift supervisor "
    "training confident afraid support network community language uncertainty responsibility transportation yes no "
    "understanding relationship well um like maybe always never can’t didn’t naïve",
)
_RARE = tuple(f"{first}{second}{third}" for first in "bdfgklm" for second in ("ara", "eno", "ilu") for third in _WORDS)


def interview(turns: int, seed: int, words: int = 0) -> str:
    """Turns of about 20 words, in sentences of about 11; so many words exactly when `words` is given."""
    choose = random.Random(seed)
    lines: list[str] = []
    said = 0
    while said < words or (not words and len(lines) < turns):
        count = max(1, int(choose.lognormvariate(2.75, 0.7)))
        spoken = choose.choices(_WORDS, k=min(count, words - said) if words else count)
        if choose.random() < 0.02:
            spoken[choose.randrange(len(spoken))] = choose.choice(_RARE)
        said += len(spoken)
        for end in range(choose.randrange(6, 16), len(spoken) - 1, 11):
            spoken[end] += "."
        speech = " ".join(spoken)
        speaker = "I" if len(lines) % 4 == 0 else "P1"
        lines.append(f"{speaker}: {speech[0].upper()}{speech[1:]}{choose.choice('..?…')}")
    return "\n".join(lines) + "\n"


def create(folder: Path) -> Project:
    """A study with a codebook of 60 codes, seen by ana."""
    project = Project.create(folder, viewer="ana")
    entries = "".join(
        f"  - {{id: {code}, label: Matter {code[1:]}, definition: About it., exclude: Not else., examples: [x]}}\n"
        for code in CODES
    )
    book = f'format: qualbench-codebook/1\ntitle: Sixty codes\nversion: "1.0"\ncodes:\n{entries}'
    project.release_codebook("sixty.yaml", book)
    return project


def add(project: Project, name: str, text: str, rule: SegmentRule = SegmentRule.TURN) -> None:
    """Import a text file."""
    data = text.encode()
    project.import_transcript(ingest.read(f"{name}.txt", data), data, rule)


def coded(project: Project, name: str, coder: str, count: int, seed: int, part: float = 1.0) -> Iterator[Line]:
    """So many codings by one coder, spread evenly over the first part of a transcript's counted segments."""
    transcript = project.transcript(name)
    counted = [segment for segment in transcript.segments if transcript.counts(segment)]
    counted = counted[: max(1, int(len(counted) * part))]
    choose = random.Random(seed)
    for number, segment in enumerate(counted):
        share = count * (number + 1) // len(counted) - count * number // len(counted)
        for code in choose.sample(CODES, min(share, len(CODES))):
            yield Line(name, segment.start, segment.end, code, coder)


def two_coders(folder: Path, codings: int, names: Sequence[str], turns: int) -> Project:
    """A study on which two coders' passes are submitted, with so many codings of both together."""
    project = create(folder)
    for seed, name in enumerate(names):
        add(project, name, interview(turns, seed))
    lines: list[Line] = []
    for seed, name in enumerate(names):
        first = list(coded(project, name, "ana", codings // 2 // len(names), seed))
        lines += first + _second_reading(first, seed)
    project.import_codings("codings.csv", lines)
    for coder in ("ana", "ben"):
        project.viewer = coder
        project.submit()
    project.viewer = "ana"
    return project


def _second_reading(first: Sequence[Line], seed: int) -> list[Line]:
    """Another coder's reading of the same segments: three codes in four are the same."""
    choose = random.Random(seed + 1_000)
    taken = {(line.start, line.code) for line in first}
    second = []
    for line in first:
        code = line.code
        while choose.random() < 0.25 or (code != line.code and (line.start, code) in taken):
            code = choose.choice(CODES)
        taken.add((line.start, code))
        second.append(Line(line.transcript, line.start, line.end, code, "ben"))
    return second


def grown(folder: Path, middle: int, big: int, talks: int, codings: int) -> Project:
    """A study late in its life: two transcripts half coded by ana, the others submitted by two coders."""
    project = create(folder)
    add(project, "big", interview(big, 1))
    add(project, "middle", interview(middle, 2))
    names = [f"talk-{number:02}" for number in range(talks)]
    for seed, name in enumerate(names, start=3):
        add(project, name, interview(1_000, seed))
    half = [(name, "ana", size, 0.5) for name, size in (("middle", middle), ("big", big))]
    rest = codings - middle - big
    whole = [(name, coder, rest // (2 * talks), 1.0) for name in names for coder in ("ana", "ben")]
    lines = [
        line
        for seed, (name, coder, count, part) in enumerate(half + whole)
        for line in coded(project, name, coder, count, seed, part)
    ]
    project.import_codings("codings.csv", lines, partial=True)
    for coder in ("ana", "ben"):
        project.viewer = coder
        project.submit(names, "nothing")
    project.viewer = "ana"
    return project
