"""Captions (WebVTT, SubRip) as a transcript: cues of one speaker joined into turns, one line for each turn."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from qualbench.errors import Problem
from qualbench.model import Turn
from qualbench.steps.ingest.answers import Answers
from qualbench.steps.ingest.cues import Cue, parse
from qualbench.steps.ingest.decoding import control_warnings, decode
from qualbench.steps.ingest.dialogue import Dialogue, choose
from qualbench.steps.ingest.labels import BRACKETED, NAME_COLON, PATTERN, Mark, fold, marks_of
from qualbench.steps.ingest.patterns import labels_by
from qualbench.steps.ingest.reading import ONE_SPEAKER, File, Reading, capped

VOICE_TAG = "<v Name> text"
_SENTENCE_END = (".", "?", "!", "…", '."', '?"', '!"', ".”", "?”", "!”")
_PAUSE = 4.0
"""Seconds from one unnamed cue's start to the next after which a new turn begins."""
_TIMING = re.compile(r"^[ \t]{0,8}(?:\d{1,4}:)?\d{1,2}:\d{2}[.,]\d{1,6}[ \t]{0,8}-->", re.MULTILINE)
_START = 20_000


@dataclass(slots=True)
class _Speech:
    """Cues of one speaker, joined; `label` is empty where nobody is named."""

    label: str
    seconds: float | None
    words: list[str]
    last: float | None
    """When the last cue joined to it began."""


def looks_like_captions(text: str) -> bool:
    """Whether a text is captions whatever its suffix: times with arrows, or the WEBVTT line, near its top."""
    top = text[:_START]
    return _TIMING.search(top) is not None or (top.lstrip().startswith("WEBVTT") and "-->" in text)


def read_captions(file: File) -> Reading:
    """A .vtt or .srt as a transcript."""
    text, encoding = decode(file)
    return read_decoded(file, text, encoding)


def read_decoded(file: File, text: str, encoding: str) -> Reading:
    """Decoded captions as a transcript."""
    cues, problems = parse(text, file.source)
    cues = [cue for cue in cues if cue.words.strip()]
    family, coverage, possible = "", 0.0, tuple[str, ...]()
    if file.answers.one_speaker:
        cues = [replace(cue, voice=None) for cue in cues]
    elif any(cue.voice for cue in cues) and not (file.answers.family or file.answers.pattern):
        family, coverage = VOICE_TAG, sum(1 for cue in cues if cue.voice) / len(cues)
    else:
        dialogue = _find(cues, file.answers)
        if dialogue is not None:
            family, coverage, possible = dialogue.family, dialogue.coverage, dialogue.possible
            cues = _named(cues, dialogue)
    unparsed = sum(1 for problem in problems if problem.line)
    problems = [*problems, *_opening(file.source, cues if family else ()), *control_warnings(file.source, text)]
    return _assemble(
        _joined(cues, continues=bool(family)),
        Reading(
            reader="vtt" if "WEBVTT" in text[:_START] else "srt",
            text="",
            turns=(),
            labels=(),
            encoding=encoding,
            family=family,
            coverage=coverage,
            warnings=capped(problems, file.source),
            possible=possible,
            unparsed=unparsed,
        ),
        ONE_SPEAKER if file.answers.one_speaker else "",
    )


def _opening(source: str, cues: Sequence[Cue]) -> list[Problem]:
    """What to say about words before the first name: they stay in the text and are nobody's turn."""
    if not cues or cues[0].voice:
        return []
    return [Problem(source, cues[0].line, "words before the first named speaker: kept in the text, nobody's turn")]


# --- names at the beginning of the words -----------------------------------------------------------------------


def _find(cues: Sequence[Cue], answers: Answers) -> Dialogue | None:
    """The dialogue in cues that begin with `Name: ` or `[Name] `; a full name may be used once."""
    if not cues:
        return None
    if answers.pattern:
        marks = labels_by(answers.pattern, ((index, cue.words) for index, cue in enumerate(cues)))
        return choose({PATTERN: marks}, len(cues), answers=answers)
    candidates: dict[str, list[Mark]] = {
        family: [] for family in (NAME_COLON, BRACKETED) if answers.family in ("", family)
    }
    names = frozenset(map(fold, answers.speakers))
    for index, cue in enumerate(cues):
        found = marks_of(index, cue.words, names=names)
        for family in found.keys() & candidates.keys():
            candidates[family].append(found[family])
    return choose(candidates, len(cues), once=_is_full_name, answers=answers)


def _is_full_name(name: str) -> bool:
    words = name.split()
    return len(words) > 1 and all(word[0].isupper() or not word[0].isalpha() for word in words)


def _named(cues: Sequence[Cue], dialogue: Dialogue) -> list[Cue]:
    """The cues with the name moved from their words to their voice."""
    named = list(cues)
    for mark in dialogue.marks:
        cue = cues[mark.line]
        label = dialogue.labels[dialogue.speaker_of(mark)]
        named[mark.line] = replace(cue, voice=label, words=cue.words[mark.body :].strip(" "))
    return named


# --- turns -----------------------------------------------------------------------------------------------------


def _joined(cues: Iterable[Cue], continues: bool) -> list[_Speech]:
    """The cues joined into stretches of speech: by speaker, or where nobody is named up to a sentence's end."""
    speeches: list[_Speech] = []
    for cue in cues:
        last = speeches[-1] if speeches else None
        voice = cue.voice
        if voice is None:
            voice = last.label if last and continues else ""
        if last is not None and _goes_on(last, voice, cue, continues):
            last.words.append(cue.words)
            last.last = cue.seconds
        else:
            speeches.append(_Speech(voice, cue.seconds, [cue.words], cue.seconds))
    return speeches


def _goes_on(last: _Speech, voice: str, cue: Cue, continues: bool) -> bool:
    if fold(last.label) != fold(voice):
        return False
    if voice:
        return True
    if continues:
        return cue.voice is None
    pause = (cue.seconds or 0.0) - (last.last or 0.0)
    ended = last.words[-1].endswith(_SENTENCE_END)
    return not ended and pause < _PAUSE and not cue.words.startswith((">>", "- "))


def _assemble(speeches: Sequence[_Speech], reading: Reading, only: str) -> Reading:
    """The text, one line for each turn and a blank line between, with the turns over it."""
    speakers: dict[str, int] = {fold(only): 0} if only else {}
    labels = [only] if only else []
    lines: list[str] = []
    turns: list[Turn] = []
    position = 0
    for speech in speeches:
        index = 0 if only else -1
        if speech.label:
            index = speakers.setdefault(fold(speech.label), len(labels))
            labels += [speech.label] if index == len(labels) else []
        shown = f"{labels[index]}: " if speech.label else ""
        words = " ".join(word for word in speech.words if word).strip()
        line = f"{shown}{words}".rstrip()
        body = position + min(len(shown), len(line))
        if index >= 0 or turns or not reading.family:
            turns.append(Turn(position, body, position + len(line), index, speech.seconds))
        lines.append(line)
        position += len(line) + 2
    return replace(reading, text="\n\n".join(lines), turns=tuple(turns), labels=tuple(labels))
