"""Names out of drafts before anything is sealed: the text, its turns, its labels and its file's name.

What a study gets is made here. `Draft` goes in with its names and comes out without them, and the bytes that are
sealed with the transcript are those of the new text, never those of the file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from qualbench.model import Speaker
from qualbench.steps.deidentify import Change, Decision, Why, apply, left_over, moved
from qualbench.steps.ingest import Draft
from qualbench.steps.ingest.preview import nobodys_lines

NEUTRAL = "transcript"
"""What a file is called whose own name can not be made neutral."""
_OF_FILES = frozenset(
    [
        "audio",
        "copy",
        "draft",
        "final",
        "focus",
        "group",
        "interview",
        "interviews",
        "meeting",
        "notes",
        "part",
        "participant",
        "pilot",
        "respondent",
        "round",
        "row",
        "column",
        "session",
        "survey",
        "talk",
        "transcript",
        "wave",
    ]
)
"""Words that files are called by."""
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|_")
_UNFIT = re.compile(r"[/\\:\x00-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class Deidentified:
    """A draft that may be sealed, with its bytes and the places that were replaced."""

    draft: Draft
    data: bytes
    changes: tuple[Change, ...]


def deidentified(draft: Draft, decisions: Sequence[Decision]) -> Deidentified:
    """The draft with every decision put into effect, in whatever of it could name somebody."""
    done = apply(draft.text, decisions)
    turns = tuple(
        replace(turn, start=moved(done.changes, turn.start), body=moved(done.changes, turn.body),
                end=moved(done.changes, turn.end))
        for turn in draft.turns
    )  # fmt: skip
    data = done.text.encode("utf-8")
    name = neutral_name(draft.name, decisions)
    source = f"{name}.txt"
    similar = ((without(one, decisions), without(other, decisions)) for one, other in draft.similar_labels)
    new = replace(
        draft,
        name=name,
        source=source,
        text=done.text,
        turns=turns,
        speakers=_speakers(draft.speakers, decisions),
        original=sha256(data).hexdigest(),
        encoding="utf-8",
        encoding_why="",
        warnings=tuple(
            replace(one, path=source, message=without(one.message, decisions)) for one in draft.warnings
        ),
        possible_speakers=tuple(without(label, decisions) for label in draft.possible_speakers),
        similar_labels=tuple((one, other) for one, other in similar if one != other),
        words=sum(len(done.text[turn.body : turn.end].split()) for turn in turns),
        front_matter=nobodys_lines(done.text, turns),
    )  # fmt: skip
    return Deidentified(new, data, done.changes)


def without(words: str, decisions: Sequence[Decision]) -> str:
    """Some words beside the text (a label, a warning) with every decision put into effect."""
    return apply(words, decisions).text


def spaced(name: str) -> str:
    """A file's name with blanks where its words meet, so that names in it are found.

    >>> spaced("MariaLopez_2")
    'Maria Lopez 2'
    """
    return _HUMP.sub(" ", name)


def neutral_name(name: str, decisions: Sequence[Decision]) -> str:
    """The name of a file without names: replaced where they stand apart, another name where they do not."""
    for tried in (name, spaced(name)):
        new = _UNFIT.sub("-", without(tried, decisions)).strip(" .")
        if new and not any(Why.LEFT in one.why for one in left_over(new, decisions)):
            return new
    return NEUTRAL


def strange_words(name: str, text: str, decisions: Sequence[Decision]) -> tuple[str, ...]:
    """The words of a new name that may be somebody's name and that nobody has decided on; small ones of the text not.

    >>> strange_words("Interview Zyx 2", "It was so.", ())
    ('Zyx',)
    """
    found = left_over(f"of {spaced(name)}", decisions)  # so that a capital at its beginning counts too
    small = {word for word in text.split() if word.islower()} | _OF_FILES
    return tuple(word for one in found for word in one.text.split() if word.lower() not in small)


def _speakers(speakers: Sequence[Speaker], decisions: Sequence[Decision]) -> tuple[Speaker, ...]:
    """Every label without its name; two speakers whom one word stands for now are told apart by a number."""
    used: set[str] = set()
    new = []
    for speaker in speakers:
        wanted = label = without(speaker.label, decisions)
        number = 2
        while label in used:
            label, number = f"{wanted} ({number})", number + 1
        used.add(label)
        new.append(replace(speaker, label=label))
    return tuple(new)
