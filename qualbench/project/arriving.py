"""A project of another program on its way into a study: everything is decided here, before anything is written.

arriving            the whole of it, and its report     arriving_codes   codes, attributes, names
arriving_texts      texts, speakers and participants    arriving_work    passes and memos
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from qualbench import events
from qualbench.events import Event
from qualbench.model import SegmentRule
from qualbench.project.arriving_codes import Codes, attributes_of, codes_of, people_of
from qualbench.project.arriving_texts import texts_of
from qualbench.project.arriving_work import Late, Work, notes_of, work_of
from qualbench.steps import codebook as codebooks
from qualbench.steps import study
from qualbench.steps.interchange.refi import Bundle
from qualbench.text import counted, one_line

VERSION = "1.0"
"""The version of the codebook that a project brings."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a project becomes."""

    name: str
    """What the study would be called."""
    coders: int
    """Independent passes that a new study would ask for, so that whatever was coded can be read."""
    facts: tuple[Event, ...]
    notes: tuple[Late, ...]
    lines: tuple[str, ...]
    """The report."""
    counts: dict[str, int] = field(default_factory=dict)


def arrival(
    bundle: Bundle, source: str, lines: Iterable[str] = (), *, ours: bool = False, rule: SegmentRule = SegmentRule.TURN
) -> Arrival:
    """What a project becomes as a study; `ours` when Qualbench wrote it, `lines` are what its reader had to say."""
    people = people_of(bundle.users)
    codes = codes_of(bundle, VERSION, ours=ours)
    texts = texts_of(bundle, source, rule, ours=ours)
    work = work_of(bundle, texts, people.names, codes.ids, VERSION)
    notes, put = notes_of(bundle, texts, work, people.names, codes, ours=ours)
    facts: list[Event] = [fact for name in people.names.values() for fact in study.join(name, [])]
    facts += _released(codes)
    facts += attributes_of(bundle.variables, bundle.cases, texts.participants, ours=ours)
    facts += [*texts.facts, *work.facts(), *texts.late]
    counts = {
        "texts": len(texts.transcripts), "codes": len(codes.book.codes), "coders": len(work.coders),
        "passes": len(work.passes), "codings": work.codings, "memos": len(notes) + work.memos,
        "participants": len(texts.participants), "attributes": len(bundle.variables),
    }  # fmt: skip
    told = (*_told(counts), *people.lines, *codes.lines, *texts.lines, *_of_work(work), *put, *lines)
    name = one_line(bundle.name) or one_line(source)
    return Arrival(name, work.least, tuple(facts), tuple(notes), told, counts)


def _released(codes: Codes) -> list[Event]:
    if not codes.book.codes:
        return []
    words = json.dumps(codebooks.to_data(codes.book), ensure_ascii=False, sort_keys=True)
    return [
        events.CodebookReleased(
            version=codes.book.version, title=codes.book.title, codes=events.seal(words), source=events.seal("")
        )
    ]


def _told(counts: dict[str, int]) -> list[str]:
    parts = [counted(counts[what], what[:-1]) for what in ("texts", "codes", "coders", "codings", "memos")]
    parts += ["1 pass" if counts["passes"] == 1 else f"{counts['passes']} passes"]
    parts += [counted(counts[what], what[:-1]) for what in ("participants", "attributes")]
    return [f"Carried: {', '.join(parts)}."]


def _of_work(work: Work) -> list[str]:
    if not work.passes:
        return []
    said = [
        "Whoever coded a text is taken to have read all of it and handed it in: segments without a code of theirs have "
        "'nothing applies'. A text on which somebody has no coding counts as not read by them.",
        f"Everything that was coded can be read by everybody when the study asks for {counted(work.least, 'coder')} "
        "on each text, as a new study does.",
    ]
    if work.partly:
        said.append(f"Passes that were not finished, whose segments without a code are left out: {work.partly}.")
    return said
