"""Stretches of speech of known speakers as a transcript: one line for each turn, a blank line between."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from qualbench.model import Turn
from qualbench.steps.ingest.labels import fold


@dataclass(frozen=True, slots=True)
class Speech:
    """What one speaker says in one go; `label` is empty where nobody is named."""

    label: str
    words: str
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Script:
    """The text and what stands over it."""

    text: str
    turns: tuple[Turn, ...]
    labels: tuple[str, ...]


def joined(speeches: Iterable[Speech]) -> list[Speech]:
    """The stretches in order, those of one speaker that follow each other made one."""
    found: list[tuple[Speech, list[str]]] = []
    for speech in speeches:
        if found and fold(found[-1][0].label) == fold(speech.label):
            found[-1][1].append(speech.words)
        else:
            found.append((speech, [speech.words]))
    return [replace(first, words=" ".join(words)) for first, words in found]


def script(speeches: Iterable[Speech]) -> Script:
    """The text as a reader sees it, labels included, with one turn for each stretch."""
    speakers: dict[str, int] = {}
    labels, lines, turns, position = list[str](), list[str](), list[Turn](), 0
    for speech in speeches:
        index = -1
        if speech.label:
            index = speakers.setdefault(fold(speech.label), len(labels))
            labels += [speech.label] if index == len(labels) else []
        shown = f"{labels[index]}: " if speech.label else ""
        end = position + len(shown) + len(speech.words)
        turns.append(Turn(position, position + len(shown), end, index, speech.seconds))
        lines.append(shown + speech.words)
        position = end + 2
    return Script("\n\n".join(lines), tuple(turns), tuple(labels))
