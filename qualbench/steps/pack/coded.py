"""The tables of the words: transcripts, turns, what each coder coded, what was settled, and memos."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import attrgetter
from typing import TypeAlias

from qualbench.model import Coding, Nothing
from qualbench.model.layers import counted
from qualbench.steps.pack.blocks import Cell, Column, Kind, Link, Table
from qualbench.steps.pack.gathered import Gathered
from qualbench.steps.pack.places import Page

Pages: TypeAlias = Mapping[str, Page]
"""The opened transcripts by id, in reading order."""

_PLACE = (
    Column("source", "The transcript it is in"),
    Column("start", "First character, counted in code points from 0", Kind.WHOLE),
    Column("end", "The character behind its last one", Kind.WHOLE),
    Column("line", "The line it begins in, counted from 1", Kind.WHOLE),
)
_VOICE = (
    Column("t_start", "Seconds into the recording, where the file says them", Kind.NUMBER),
    Column("speaker", "The label of whoever is heard, as the file has it"),
    Column("role", "participant, interviewer or other; empty where nobody could be named"),
    Column("case", "The participant who is heard; empty for interviewers"),
)
_CODE = (
    Column("code_id", "The code; empty where it was decided that nothing applies"),
    Column("code_path", "The code's label after those of the codes above it"),
)
_SOURCE = Link("source", "sources", "source")
_CASE = Link("case", "cases", "case")
_OF_CODE = Link("code_id", "codes", "code_id")


def sources(pages: Pages) -> Table:
    """One row a transcript."""
    columns = (
        Column("source", "What the transcript is called"),
        Column("turns", "Turns of all speakers", Kind.WHOLE),
        Column("segments", "Segments that count: interviewers' speech is left out, unless it was chosen", Kind.WHOLE),
        Column("unit", "What the segments are: turn, sentence, paragraph, exchange or hand"),
        Column("characters", "How long the text is, in code points", Kind.WHOLE),
        Column("text_version", "Which correction of the text this is; 1 is what was sealed first", Kind.WHOLE),
    )
    rows = [_source(page) for page in pages.values()]
    return Table("sources", "The transcripts that are opened", columns, rows, ("source",))


def _source(page: Page) -> tuple[Cell, ...]:
    one = page.transcript
    return one.name, len(one.turns), sum(counted(one)), str(one.rule), len(one.text), one.version


def turns(pages: Pages) -> Table:
    """One row a turn, with its words."""
    columns = (
        Column("turn_id", "The transcript and the number of the turn, counted from 1"),
        *_PLACE,
        *_VOICE,
        Column("text", "What is said, without the speaker's label"),
    )
    rows = [row for page in pages.values() for row in _turns(page)]
    return Table("turns", "Every turn of every speaker", columns, rows, ("turn_id",), (_SOURCE, _CASE), "text")


def _turns(page: Page) -> Iterator[tuple[Cell, ...]]:
    for number, (turn, voice) in enumerate(zip(page.transcript.turns, page.voices, strict=True), start=1):
        yield (
            f"{page.name}:{number}", page.name, turn.body, turn.end, page.line(turn.body),
            voice.seconds, voice.speaker, voice.role, voice.case, page.words(turn.body, turn.end),
        )  # fmt: skip


def segments(of: Gathered, pages: Pages) -> Table:
    """One row for each code that a coder gave to a stretch of words, as the coder stated it."""
    columns = (
        Column("segment_id", "The transcript and the characters; the same for everybody who coded the same words"),
        *_PLACE,
        *_VOICE,
        Column("coder", "Who coded it"),
        Column("round", "The round of coding; empty outside of any"),
        *_CODE,
        Column("text", "The words that are coded"),
        Column("memo", "The coder's memos on exactly these words"),
    )
    told = "What each coder coded, in passes that are submitted, before any consensus"
    rows = list(_segments(of, pages))
    return Table("segments", told, columns, rows, (), (_SOURCE, _CASE, _OF_CODE), "text")


def _segments(of: Gathered, pages: Pages) -> Iterator[tuple[Cell, ...]]:
    rounds = {one.id: of.rounds.get(one.round, "") for one in of.passes}
    memos: dict[tuple[str, int, int], list[str]] = {}
    for memo in of.memos:
        memos.setdefault((memo.pass_id, memo.start, memo.end), []).append(memo.body)
    paths = {code.id: of.path(code.id) for code in of.codes} | {"": ""}
    for (transcript, start, end), those in groupby(_stated(of, pages), _place):
        page = pages[transcript]
        voice, words = page.voice(start), page.words(start, end)
        where = (page.id(start, end), page.name, start, end, page.line(start))
        heard = (voice.seconds, voice.speaker, voice.role, voice.case)
        for one, code in those:
            told = "\n\n".join(memos.get((one.pass_id, start, end), ()))
            yield (*where, *heard, one.coder, rounds[one.pass_id], code, paths[code], words, told)


def _place(stated: tuple[Coding | Nothing, str]) -> tuple[str, int, int]:
    one, _ = stated
    return one.transcript, one.start, one.end


def _stated(of: Gathered, pages: Pages) -> list[tuple[Coding | Nothing, str]]:
    """What coders said that still stands somewhere, by transcript, place, coder and codebook."""
    of_code = {code.id: at for at, code in enumerate(of.codes)}
    here: dict[str, list[Coding | Nothing]] = {id_: [] for id_ in pages}
    said: list[Coding | Nothing] = [*of.nothings, *sorted(of.codings, key=lambda one: of_code[one.code])]
    for one in said:
        if one.start < one.end:  # what lost its words in a correction stands nowhere
            here[one.transcript].append(one)
    in_order = attrgetter("start", "end", "coder")
    found = [one for those in here.values() for one in sorted(those, key=in_order)]
    return [(one, one.code if isinstance(one, Coding) else "") for one in found]


def settled(of: Gathered, pages: Pages) -> Table:
    """One row for each code of each settled segment."""
    columns = (
        Column("segment_id", "The transcript and the characters"),
        *_PLACE,
        *_VOICE,
        *_CODE,
        Column("how", "agreed: all coders said the same; decided: in a consensus session"),
        Column("text", "The words"),
    )
    told = "What the segments are settled on; every count and every theme rests on these"
    rows = list(_settled(of, pages))
    return Table("settled", told, columns, rows, (), (_SOURCE, _CASE, _OF_CODE), "text")


def _settled(of: Gathered, pages: Pages) -> Iterator[tuple[Cell, ...]]:
    paths = {code.id: of.path(code.id) for code in of.codes} | {"": ""}
    order = {id_: at for at, id_ in enumerate(pages)}
    of_code = {code.id: at for at, code in enumerate(of.codes)}
    decided, whole = _decided(of), _split(of)
    for place in sorted(of.settled, key=lambda place: (order[place[0]], place[1], place[2])):
        transcript, start, end = place
        page = pages[transcript]
        voice = page.voice(whole.get((transcript, start), start))
        how = "decided" if (transcript, start) in decided else "agreed"
        where = (page.id(start, end), page.name, start, end, page.line(start))
        heard = (voice.seconds, voice.speaker, voice.role, voice.case)
        for code in sorted(of.settled[place], key=lambda code: of_code[code]) or [""]:
            yield (*where, *heard, code, paths[code], how, page.words(start, end))


def _decided(of: Gathered) -> set[tuple[str, int]]:
    """Where what was decided begins: disagreements, parts of them, and agreements that were looked at all the same."""
    newest = {one.item: one for one in of.decisions}
    told = [one.decision for one in of.items if one.decision]
    told += [one for one in newest.values() if one.upon_agreement]
    return {(one.transcript, start) for one in told for start in (one.start, *(part[0] for part in one.parts))}


def _split(of: Gathered) -> dict[tuple[str, int], int]:
    """Where each part of a segment begins, with where the segment does: they are heard as one."""
    return {(one.transcript, part[0]): one.start for one in of.decisions for part in one.parts}


def memos(of: Gathered, pages: Pages) -> Table:
    """One row a memo on words."""
    columns = (
        Column("memo_id", "The memo"),
        Column("segment_id", "The transcript and the characters it is on"),
        *_PLACE,
        Column("coder", "Who wrote it"),
        Column("round", "The round of coding; empty outside of any"),
        Column("kind", "What kind of memo it is; empty for a plain one"),
        Column("memo", "What it says"),
        Column("text", "The words it is on"),
    )
    rows = list(_memos(of, pages))
    told = "The memos on words that whoever made the export may read"
    return Table("memos", told, columns, rows, ("memo_id",), (_SOURCE,), "memo")


def _memos(of: Gathered, pages: Pages) -> Iterable[tuple[Cell, ...]]:
    order = {id_: at for at, id_ in enumerate(pages)}
    rounds = {one.id: of.rounds.get(one.round, "") for one in of.passes}
    for one in sorted(of.memos, key=lambda m: (order[m.transcript], m.start, m.end, m.coder, m.id)):
        page, (start, end) = pages[one.transcript], (one.start, one.end)
        where = (page.id(start, end), page.name, start, end, page.line(start))
        yield one.id, *where, one.coder, rounds[one.pass_id], one.kind, one.body, page.words(start, end)
