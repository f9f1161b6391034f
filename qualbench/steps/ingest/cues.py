"""The cues of a caption file: a tolerant parser for WebVTT and SubRip, which real programs write alike and badly.

Nothing that may be speech is lost in silence: a line that is no time, id, note or words of a cue is reported.
"""

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from qualbench.errors import Problem
from qualbench.steps.ingest.labels import seconds

_CLOCK = r"(?:\d{1,4}:)?\d{1,2}:\d{2}(?:[.,]\d{1,6})?"
_TIMES = re.compile(rf"\s*({_CLOCK})\s*-->\s*{_CLOCK}(?=\s|$)")
_ARROW = re.compile(r"[\s\d:.,;]*-->")
_ID = re.compile(r"\s*(?:\d{1,9}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4,12}){3,4}(?:[/-][\d/-]{1,20})?)\s*")
_BLOCK = re.compile(r"(NOTE|STYLE|REGION)(?:[ \t]|$)")
_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,80})?(?:[ \t]([^<>\n]{0,200}))?>")
_TAG = re.compile(
    r"</?(?:c|i|b|u|v|ruby|rt|lang|font)(?:[.\s][^<>]{0,200})?>|<\d{1,4}:\d{2}[\d:.]{0,12}>|\{\\an?\d\}", re.IGNORECASE
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{2,32});")
_BLANKS = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class Cue:
    """The words of one voice in one cue; `voice` is None where the cue names nobody, "" where it names an empty one."""

    line: int
    seconds: float | None
    voice: str | None
    words: str


@dataclass(slots=True)
class _Sheet:
    """What has been gathered while going down the lines."""

    blocks: list[tuple[int, float | None, list[str]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)


def parse(text: str, source: str) -> tuple[list[Cue], list[Problem]]:
    """The cues in order, and every line that was left out or is doubtful."""
    sheet = _gather(text.split("\n"), source)
    cues = [cue for line, start, words in sheet.blocks for cue in _voices(line, start, "\n".join(words))]
    notes = [
        Problem(source, 0, f"{name} blocks are not speech; left out ({count})") for name, count in sheet.notes.items()
    ]
    return cues, [*notes, *sheet.problems]


def _gather(lines: Sequence[str], source: str) -> _Sheet:
    sheet, ids, aside = _Sheet(), _id_lines(lines), False
    for index, line in enumerate(lines):
        blank = not line.strip()
        opens = index == 0 or not lines[index - 1].strip()
        block = _BLOCK.match(line) if opens else None
        if blank:
            aside = False
        elif _is_time(line):
            aside = False
            _open_cue(sheet, index, line, source)
        elif block:
            aside = True
            sheet.notes[block[1]] += 1
        elif not aside and index not in ids:
            _add_line(sheet, index, line, opens, source)
    return sheet


def _id_lines(lines: Sequence[str]) -> set[int]:
    """The lines that are a cue's id: the one above a time, when a blank line or its own look sets it apart."""
    ids = set()
    for index, line in enumerate(lines):
        above = index - 1
        if not _is_time(line) or above < 0 or not lines[above].strip() or _is_time(lines[above]):
            continue
        apart = above == 0 or not lines[above - 1].strip()
        if apart or (_ID.fullmatch(lines[above]) and not _is_time(lines[above - 1])):
            ids.add(above)
    return ids


def _is_time(line: str) -> bool:
    """Whether the line is a cue's times, broken ones too; an arrow in somebody's words is not."""
    return "-->" in line and _ARROW.match(line[:100]) is not None


def _open_cue(sheet: _Sheet, index: int, line: str, source: str) -> None:
    times = _TIMES.match(line[:100])
    if times is None:
        sheet.problems.append(Problem(source, index + 1, "the time can not be read; the words below it are kept"))
    sheet.blocks.append((index + 1, seconds(times[1]) if times else None, []))


def _add_line(sheet: _Sheet, index: int, line: str, opens: bool, source: str) -> None:
    if line.lstrip("\ufeff").startswith("WEBVTT") and not sheet.blocks:
        return
    if not sheet.blocks:
        sheet.problems.append(Problem(source, index + 1, "stands before the first cue; left out"))
        return
    if opens and _ID.fullmatch(line):
        sheet.problems.append(Problem(source, index + 1, "is a cue's number without a time; left out"))
        return
    if opens:
        sheet.problems.append(Problem(source, index + 1, "stands apart without a time; kept with the cue above"))
    sheet.blocks[-1][2].append(line)


def _voices(line: int, start: float | None, payload: str) -> Iterator[Cue]:
    """The payload cut at its voice tags."""
    if "<v" not in payload:
        yield Cue(line, start, None, _plain(payload))
        return
    voice: str | None = None
    position = 0
    for tag in _VOICE.finditer(payload):
        before = _plain(payload[position : tag.start()])
        if before:
            yield Cue(line, start, voice, before)
        voice, position = _plain(tag[1] or ""), tag.end()
    yield Cue(line, start, voice, _plain(payload[position:]))


def _plain(payload: str) -> str:
    """The words of a payload: known tags gone, entities read, blanks single; a bare `<` stays."""
    if "<" in payload or "{" in payload:
        payload = _TAG.sub("", payload)
    if "&" in payload:
        payload = _ENTITY.sub(lambda match: html.unescape(match[0]), payload)
    return _BLANKS.sub(" ", payload).strip(" \ufeff")
