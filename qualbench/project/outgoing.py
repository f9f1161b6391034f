"""A study on its way out: what a project file of another program can say of it, as far as the viewer may see it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from qualbench import model
from qualbench.model import Codebook, Note, Participant, Pass, Speaker
from qualbench.project.code_words import hexadecimal, worded
from qualbench.steps.codebook import HEADINGS
from qualbench.steps.codebook.files import guid_of
from qualbench.steps.interchange import described, refi
from qualbench.steps.interchange.refi import Kind, On
from qualbench.steps.participants import Attribute, AttributeKind
from qualbench.steps.report.settling import Place

EXCLUSIVE = "Codes of this group exclude each other."
"""What the set of a group of codes says of itself."""
_WHOLE = re.compile(r"[+-]?[0-9]+")
_ON = {"code": On.CODE, "comparison": On.CODE, "transcript": On.SOURCE, "case": On.CASE, "study": On.STUDY}


class Layer(StrEnum):
    """Whose coding goes out."""

    CODERS = "coders"
    CONSENSUS = "consensus"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Going:
    """What a viewer may see of a study, as it is read from there."""

    study: model.Study
    book: Codebook | None
    texts: Mapping[str, tuple[str, str]]
    """Name and words of each transcript, by id."""
    speakers: Mapping[str, Sequence[Speaker]]
    people: Sequence[str]
    participants: Sequence[Participant]
    attributes: Sequence[Attribute]
    notes: Sequence[Note]
    passes: Sequence[Pass] = ()
    """The first passes, where coders' work goes out."""
    codings: Sequence[model.Coding] = ()
    memos: Sequence[model.Memo] = ()
    settled: Mapping[Place, frozenset[str]] | None = None
    """The settled codes, where they go out."""
    unsettled: frozenset[str] = field(default_factory=frozenset)
    """The transcripts on which something is not settled yet."""


def bundle(going: Going) -> refi.Bundle:
    """The study as a project file says it, in the order of the study."""
    consensus = _free("Consensus", going.people)
    people = dict.fromkeys(
        [*going.people, *(one.coder for one in going.passes), *(note.author for note in going.notes)]
    )
    users = [refi.User(name, name) for name in people if name]
    users += [refi.User(consensus, consensus)] * (going.settled is not None)
    memos, placed = _memos(going)
    return refi.Bundle(
        name=going.study.name,
        id=going.study.id,
        created=going.study.created,
        users=tuple(users),
        codes=tuple(_codes(going.book)),
        sources=tuple(_sources(going, consensus)),
        codings=(*_codings(going, memos), *_settled(going, consensus)),
        notes=(*placed, *_notes(going)),
        variables=tuple(_variable(one, going.participants) for one in going.attributes),
        cases=tuple(_cases(going)),
        sets=tuple(_groups(going.book)),
    )


def _free(name: str, taken: Iterable[str]) -> str:
    known = {one.casefold() for one in taken}
    while name.casefold() in known:
        name = f"{name} layer"
    return name


def _codes(book: Codebook | None) -> Iterable[refi.Code]:
    parents = {code.parent for code in book.codes} if book else set()
    for code in book.codes if book else ():
        yield refi.Code(
            guid_of(code.id),
            code.label,
            guid_of(code.parent) if code.parent else "",
            worded(code),
            hexadecimal(code.colour),
            codable=not (code.kind in HEADINGS and code.id in parents),
        )


def _groups(book: Codebook | None) -> Iterable[refi.Set]:
    codes = book.codes if book else ()
    for group in dict.fromkeys(code.group for code in codes if code.group):
        members = tuple(guid_of(code.id) for code in codes if code.group == group)
        yield refi.Set(f"group {group}", group, EXCLUSIVE, members)


def _sources(going: Going, consensus: str) -> Iterable[refi.Source]:
    done: dict[str, dict[str, bool]] = {}
    for one in going.passes:
        done.setdefault(one.transcript, {})[one.coder] = one.state is model.PassState.SUBMITTED
    for transcript, _, _ in going.settled or ():
        done.setdefault(transcript, {})[consensus] = transcript not in going.unsettled
    labels = {one.id: one.label for one in going.participants}
    for id_, (name, text) in going.texts.items():
        speakers = [
            Speaker(one.label, one.role, labels.get(one.participant, one.participant))
            for one in going.speakers.get(id_, ())
        ]
        yield refi.Source(id_, name, text, description=described.of_text(speakers, done.get(id_, {})))


# --- who coded what ------------------------------------------------------------------------------------------------

_Spot = tuple[str, str, int, int]
"""Transcript, coder, start and end."""


def _memos(going: Going) -> tuple[dict[_Spot, str], list[refi.Note]]:
    """The plain memos that stand with a coding, by place, and those that need a note of their own."""
    coded = {(one.transcript, one.coder, one.start, one.end) for one in going.codings}
    with_coding: dict[_Spot, str] = {}
    apart = []
    for memo in going.memos:
        spot = (memo.transcript, memo.coder, memo.start, memo.end)
        if spot in coded and spot not in with_coding and not memo.kind:
            with_coding[spot] = memo.body
        else:
            title = described.title_of(memo.kind)
            apart.append(
                refi.Note(memo.id, memo.body, On.PLACE, memo.transcript, memo.start, memo.end, memo.coder, title=title)
            )
    return with_coding, apart


def _codings(going: Going, memos: dict[_Spot, str]) -> Iterable[refi.Coding]:
    for one in going.codings:
        memo = memos.pop((one.transcript, one.coder, one.start, one.end), "")
        yield refi.Coding(one.id, one.transcript, one.coder, guid_of(one.code), one.start, one.end, memo=memo)


def _settled(going: Going, consensus: str) -> Iterable[refi.Coding]:
    for (transcript, start, end), codes in (going.settled or {}).items():
        for code in sorted(codes):
            id_ = f"settled {transcript} {start} {code}"
            yield refi.Coding(id_, transcript, consensus, guid_of(code), start, end)


def _notes(going: Going) -> Iterable[refi.Note]:
    for note in going.notes:
        kind = note.kind or ("comparison" if note.on == "comparison" else "")
        about = guid_of(note.about) if _ON[note.on] is On.CODE else note.about
        yield refi.Note(
            note.id, note.body, _ON[note.on], "" if note.on == "study" else about, author=note.author, at=note.at,
            title=described.title_of(kind),
        )  # fmt: skip


# --- participants --------------------------------------------------------------------------------------------------


def _cases(going: Going) -> Iterable[refi.Case]:
    speaks: dict[str, list[str]] = {}
    for id_ in going.texts:
        for speaker in going.speakers.get(id_, ()):
            if speaker.participant:
                speaks.setdefault(speaker.participant, []).append(id_)
    for one in going.participants:
        values = tuple((name, value) for name, value in one.attributes if value)
        yield refi.Case(one.id, one.label, values, tuple(dict.fromkeys(speaks.get(one.id, ()))))


def _variable(attribute: Attribute, participants: Sequence[Participant]) -> refi.Variable:
    values = [value for one in participants for name, value in one.attributes if name == attribute.name and value]
    kind = Kind.DATE if attribute.kind is AttributeKind.DATE else Kind.TEXT
    if attribute.kind is AttributeKind.NUMBER:
        kind = Kind.INTEGER if all(_WHOLE.fullmatch(value) for value in values) else Kind.FLOAT
    return refi.Variable(attribute.name, kind, described.of_attribute(attribute.kind, attribute.choices))
