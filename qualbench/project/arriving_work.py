"""What people did in a project that arrives: codings as submitted passes, their memos, and everything else as notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import compress

from qualbench import events
from qualbench.events import Event
from qualbench.model import Pass, PassState, Segment, Transcript, layers
from qualbench.project.arriving_codes import Codes
from qualbench.project.arriving_texts import Texts
from qualbench.steps import coding
from qualbench.steps.interchange import described, refi
from qualbench.steps.interchange.refi import Bundle, Note, On
from qualbench.text import counted, excerpt

_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_QUOTE = 80
"""Characters of a place that a memo shows that had to leave it."""
_ON = {On.CODE: "code", On.SOURCE: "transcript", On.CASE: "case", On.STUDY: "study"}

Memos = dict[tuple[int, int], dict[str, str]]
"""The words of memos, each with its kind, by place."""


@dataclass(slots=True)
class _Pass:
    """All that one person did on one text."""

    pass_: Pass
    transcript: Transcript
    whole: bool = True
    codings: list[refi.Coding] = field(default_factory=list)
    memos: Memos = field(default_factory=dict)

    def remark(self, start: int, end: int, words: str, kind: str = "") -> None:
        """A memo on a place; what was said there already stays."""
        if words.strip():
            self.memos.setdefault((start, end), {}).setdefault(words, kind)


@dataclass(slots=True)
class Work:
    """The passes, by text and user as the file calls them."""

    codes: Mapping[str, str]
    passes: dict[tuple[str, str], _Pass] = field(default_factory=dict)
    codings: int = 0

    @property
    def coders(self) -> set[str]:
        """Who coded anything."""
        return {one.pass_.coder for one in self.passes.values()}

    @property
    def least(self) -> int:
        """How many people coded a text that somebody coded, at least; 1 where nobody coded any."""
        each: dict[str, int] = {}
        for source, _ in self.passes:
            each[source] = each.get(source, 0) + 1
        return min(each.values(), default=1)

    @property
    def partly(self) -> int:
        """How many passes were not finished."""
        return sum(not one.whole for one in self.passes.values())

    @property
    def memos(self) -> int:
        """How many places have a memo."""
        return sum(len(one.memos) for one in self.passes.values())

    def facts(self) -> Iterable[Event]:
        """Text by text: all passes are begun before one is handed in, or the later ones would not be independent."""
        by_text: dict[str, list[_Pass]] = {}
        for (source, _), one in self.passes.items():
            by_text.setdefault(source, []).append(one)
        for those in by_text.values():
            yield from (_opened(one.pass_) for one in those)
            for one in those:
                yield from self._coded(one)
                yield from _memos(one)
            for one in those:
                yield from _submitted(one)

    def _coded(self, one: _Pass) -> Iterable[Event]:
        text = one.transcript.text
        for put in sorted(one.codings, key=lambda put: (put.start, put.end)):
            yield events.CodeApplied(
                transcript=one.transcript.id,
                pass_id=one.pass_.id,
                coding=put.id if _GUID.fullmatch(put.id) else events.new_id(),
                code=self.codes[put.code],
                start=put.start,
                end=put.end,
                quote=str(events.seal(text[put.start : put.end].encode("utf-8", "replace"))),
            )


def work_of(bundle: Bundle, texts: Texts, names: Mapping[str, str], codes: Mapping[str, str], version: str) -> Work:
    """Who coded what: a pass for each person on each text with codings of theirs, or that Qualbench says they read."""
    work = Work(codes)
    users = {name: user for user, name in names.items()}
    for source, transcript in texts.transcripts.items():
        for name, whole in texts.told[source].coders.items() if codes else ():
            if name in users:
                _pass_on(work, (source, users[name]), transcript, name, version).whole = whole
    for put in bundle.codings:
        held = texts.transcripts.get(put.source)
        if held is not None:
            one = _pass_on(work, (put.source, put.user), held, names[put.user], version)
            one.codings.append(put)
            one.remark(put.start, put.end, put.memo)
            work.codings += 1
    return work


def _pass_on(work: Work, key: tuple[str, str], transcript: Transcript, coder: str, version: str) -> _Pass:
    if key not in work.passes:
        pass_ = Pass(events.new_id(), transcript.id, coder, version, transcript.rule, PassState.OPEN)
        work.passes[key] = _Pass(pass_, transcript)
    return work.passes[key]


def _opened(pass_: Pass) -> Event:
    return events.PassOpened(
        transcript=pass_.transcript, pass_id=pass_.id, coder=pass_.coder, codebook=pass_.codebook, rule=str(pass_.rule)
    )


def _memos(one: _Pass) -> Iterable[Event]:
    """One memo for each place; different words for one place stand in it one below the other."""
    text = one.transcript.text
    for (start, end), words in sorted(one.memos.items()):
        place = coding.Place(one.pass_, one.transcript.name, start, end, text)
        kinds = set(words.values())
        yield from coding.write_memo(place, "\n\n".join(words), kinds.pop() if len(kinds) == 1 else "")


def _submitted(one: _Pass) -> list[Event]:
    """The pass is handed in; where there is no code nothing applies, unless it was not finished."""
    left = _undecided(one)
    rest = ("nothing" if one.whole else "skipped") if left else ""
    return coding.submit(one.pass_, one.transcript.name, left, rest)


def _undecided(one: _Pass) -> list[Segment]:
    """The segments that count and have no code."""
    segments = [*compress(one.transcript.segments, layers.counted(one.transcript))]
    spans = sorted((put.start, put.end) for put in one.codings)
    coded = coding.touches([(segment.start, segment.end) for segment in segments], spans)
    return [segment for segment, has in zip(segments, coded, strict=True) if not has]


# --- notes ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Late:
    """A memo that is written when all it can be on is there, under the name and time of whoever wrote it."""

    author: str
    """Empty where nobody is named."""
    at: str
    fact: Event


def notes_of(
    bundle: Bundle, texts: Texts, work: Work, names: Mapping[str, str], codes: Codes, *, ours: bool
) -> tuple[list[Late], list[str]]:
    """The notes, descriptions and sets as memos, and what to say of those that could not stay where they were.

    A note on a place or a coding goes into its author's pass, if there is one.
    """
    abouts = {
        On.CODE: codes.ids,
        On.SOURCE: {id_: one.id for id_, one in texts.transcripts.items()},
        On.CASE: texts.participants,
        On.STUDY: {"": ""},
    }
    spots = {put.id: put for put in bundle.codings}
    found: list[Late] = []
    moved = lost = 0
    for note in (*bundle.notes, *([] if ours else _described(bundle)), *_sets(bundle, codes)):
        kind = described.kind_of(note.title) if ours else ""
        words = note.text if ours else _titled(note)
        on, about, start, end = _spot(note, spots)
        held = work.passes.get((about, note.author or spots[note.about].user if note.on is On.CODING else note.author))
        if on is On.PLACE and held is not None:
            held.remark(start, end, words, kind)
            continue
        if on is On.PLACE and about in texts.transcripts:
            moved += 1
            on, words = On.SOURCE, f"{_where(texts.transcripts[about], start, end)}\n\n{words}"
        if on is On.PLACE or about not in abouts[on] or not words.strip():
            lost += 1
        else:
            found.append(_late(note, _ON[on], abouts[on][about], words, kind, names))
    return found, _moved(moved, lost)


def _moved(moved: int, lost: int) -> list[str]:
    said = f"{counted(moved, 'memo')} on places of texts that their authors did not code, now on the texts."
    gone = f"{counted(lost, 'memo')} not carried, empty or on what is not carried."
    return [said] * bool(moved) + [gone] * bool(lost)


def _spot(note: Note, spots: Mapping[str, refi.Coding]) -> tuple[On, str, int, int]:
    """What a note is on; one on a coding is on its place."""
    if note.on is On.CODING:
        put = spots[note.about]
        return On.PLACE, put.source, put.start, put.end
    return note.on, note.about, note.start, note.end


def _where(transcript: Transcript, start: int, end: int) -> str:
    return f'On "{excerpt(transcript.text[start:end], _QUOTE)}" (characters {start} to {end}):'


def _titled(note: Note) -> str:
    """The words of a note below its title, where that says something else."""
    title = note.title.strip()
    return note.text if not title or note.text.lstrip().startswith(title) else f"{title}\n\n{note.text}".rstrip()


def _late(note: Note, on: str, about: str, words: str, kind: str, names: Mapping[str, str]) -> Late:
    fact = events.NoteWritten(
        note=note.id if _GUID.fullmatch(note.id) else events.new_id(), kind=kind, on=on, about=about, places=[],
        body=events.seal(words.encode("utf-8", "replace")),
    )  # fmt: skip
    return Late(names.get(note.author, ""), note.at, fact)


def _described(bundle: Bundle) -> Iterable[Note]:
    """What other programs say of the study, of texts and of cases."""
    said = [(On.STUDY, "", bundle.description)]
    said += [(On.SOURCE, one.id, one.description) for one in bundle.sources]
    said += [(On.CASE, one.id, one.description) for one in bundle.cases]
    return [Note("", words, on, about) for on, about, words in said if words.strip()]


def _sets(bundle: Bundle, codes: Codes) -> Iterable[Note]:
    labels = {id_: codes.book.label(code) for id_, code in codes.ids.items()}
    names = {one.id: one.name for one in bundle.sources}
    titles = {one.id: one.title or excerpt(one.text, _QUOTE) for one in bundle.notes}
    for one in codes.sets:
        members = [
            (what, [known[id_] for id_ in ids if id_ in known])
            for what, ids, known in (
                ("Codes", one.codes, labels), ("Texts", one.sources, names), ("Notes", one.notes, titles),
            )
        ]  # fmt: skip
        lines = [f"Set '{one.name}'", one.description, *(f"{what}: {', '.join(m)}" for what, m in members if m)]
        yield Note("", "\n".join(line for line in lines if line), On.STUDY)
