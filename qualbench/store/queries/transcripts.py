"""Reads of transcripts: their sealed text, the layers over it, and full-text search."""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar, cast

from qualbench.model import Hit, Role, Segment, SegmentRule, Speaker, Transcript, TranscriptRow, Turn, Version
from qualbench.model.layers import Layer
from qualbench.store.database import Connection, attach, connect
from qualbench.store.queries.study import words

T = TypeVar("T", Turn, Segment)


_UNITS = (
    "select count(*) from segment s join turn u on u.transcript = s.transcript and u.n = s.turn"
    " left join speaker p on p.transcript = s.transcript and p.n = u.speaker where s.transcript = {}"
    " and (coalesce(p.role, 'participant') = 'participant' or (select interviewers from study))"
)
"""How many segments of a transcript count."""


def rows(db: Connection, *, with_counts: bool = True) -> tuple[TranscriptRow, ...]:
    """All transcripts in the order of import; without counts, no turns and no segments, there where that is enough."""
    counts = (
        f"(select count(*) from turn where transcript = t.id), ({_UNITS.format('t.id')})" if with_counts else "0, 0"
    )
    found = db.execute(
        f"select t.id, t.name, t.words, {counts}, t.rule, t.id in (select transcript from opened where not recode),"
        " t.version, t.reviewers, coalesce(t.replaced, 0) from transcript t order by t.seq"
    ).fetchall()
    return tuple(
        TranscriptRow(id_, name, words_, turns, segments, SegmentRule(rule or "turn"), bool(opened), *more)
        for id_, name, words_, turns, segments, rule, opened, *more in found
    )


def units(db: Connection, transcript: str) -> int:
    """How many segments of a transcript count."""
    found: int = db.execute(_UNITS.format("?"), (transcript,)).fetchone()[0]
    return found


def names(db: Connection) -> dict[str, str]:
    """Transcript ids with their names, in the order of import."""
    return dict(db.execute("select id, name from transcript order by seq").fetchall())


def counted(db: Connection) -> tuple[object, ...]:
    """All that decides which segments count and where they are: roles, corrections, and whether interviewers count."""
    return (
        *db.execute("select transcript, n, role from speaker order by transcript, n").fetchall(),
        *db.execute("select id, version from transcript order by id").fetchall(),
        db.execute("select interviewers from study").fetchone(),
    )


def corrected(db: Connection) -> dict[str, tuple[str, int]]:
    """The transcripts whose text was corrected, by id: their name and version, in the order of import."""
    found = db.execute("select id, name, version from transcript where version > 1 order by seq").fetchall()
    return {id_: (name, version) for id_, name, version in found}


def known_as(db: Connection) -> dict[str, str]:
    """Every name a transcript goes by (its name, its id, the file it came from if no other did) with its id."""
    found = db.execute("select id, name, source from transcript order by seq").fetchall()
    files = Counter(source for _, _, source in found)
    return {
        **{source: id_ for id_, _, source in found if files[source] == 1},
        **{id_: id_ for id_, _, _ in found},
        **{name: id_ for id_, name, _ in found},
    }


def by_original(db: Connection, original: str) -> str | None:
    """The name of the transcript that was imported from these bytes."""
    row = db.execute("select name from transcript where original = ?", (original,)).fetchone()
    return row[0] if row else None


def load(db: Connection, transcript: str, *, with_words: bool = True) -> Transcript | None:
    """One transcript with its text and layers; without its words where only its layers are counted."""
    row = db.execute(
        "select name, text, rule, version, coalesce((select interviewers from study), 0) from transcript where id = ?",
        (transcript,),
    ).fetchone()
    if row is None:
        return None
    speakers = db.execute("select label, role, participant from speaker where transcript = ? order by n", (transcript,))
    return Transcript(
        transcript,
        row[0],
        words(db, row[1]) if with_words else "",
        _layer(db, transcript, "turn", Turn),
        tuple(Speaker(label, Role(role), participant) for label, role, participant in speakers),
        _layer(db, transcript, "segment", Segment),
        SegmentRule(row[2] or "turn"),
        row[3],
        bool(row[4]),
    )


def _layer(db: Connection, transcript: str, table: str, row: type[T]) -> tuple[T, ...]:
    """The turns or segments of a transcript, by columns: as rows of the database they take three times as long."""
    names = [name for name in row.__match_args__ if name != "seconds"]
    columns = ", ".join(f'"{name}"' for name in names)
    arrays = ", ".join(f'json_group_array("{name}")' for name in names)
    found = db.execute(
        f"select {arrays} from (select {columns} from {table} where transcript = ? order by n)", (transcript,)
    ).fetchone()
    layer: dict[str, Sequence[Any]] = {
        name: array("i", json.loads(kept)) for name, kept in zip(names, found, strict=True)
    }
    layer |= {"seconds": _seconds(db, transcript, len(layer["start"]))} if row is Turn else {}
    return cast("tuple[T, ...]", Layer(row, **layer))  # it is used as one


def _seconds(db: Connection, transcript: str, turns: int) -> Sequence[float | None]:
    """The times of all turns; most files tell none."""
    if db.execute("select max(seconds) from turn where transcript = ?", (transcript,)).fetchone()[0] is None:
        return (None,) * turns
    rows = db.execute("select seconds from turn where transcript = ? order by n", (transcript,))
    return tuple(seconds for (seconds,) in rows)


def versions(db: Connection, transcript: str) -> tuple[Version, ...]:
    """Every text a transcript ever had, the first one first."""
    found = db.execute(
        "select n, text, reason, actor, at from version where transcript = ? order by n", (transcript,)
    ).fetchall()
    return tuple(Version(n, words(db, text), words(db, reason), actor, at) for n, text, reason, actor, at in found)


def carried(db: Connection, transcript: str) -> tuple[int, ...]:
    """The versions with which codings were carried over, in order."""
    found = db.execute(
        "select data from journal where subject = ?1 and kind = 'transcript_corrected' and step in"
        " (select step from journal where subject = ?1 and kind = 'codings_carried') order by seq",
        (transcript,),
    )
    return tuple(json.loads(data)["version"] for (data,) in found)


def speakers(db: Connection) -> dict[str, tuple[Speaker, ...]]:
    """The speakers of every transcript, by its id."""
    found: dict[str, list[Speaker]] = {id_: [] for id_ in names(db)}
    rows = db.execute("select transcript, label, role, participant from speaker order by transcript, n")
    for transcript, label, role, participant in rows:
        found[transcript].append(Speaker(label, Role(role), participant))
    return {id_: tuple(those) for id_, those in found.items()}


def vocabulary(db: Connection) -> tuple[str, ...]:
    """Every different word of all transcripts, folded as the index has them."""
    beside = connect(":memory:")  # the words of an index are read through a table, and a study to look at takes none
    try:
        attach(beside, db.execute("pragma database_list").fetchone()[2], "live")
        beside.execute("create virtual table temp.vocabulary using fts5vocab(live, turn_words, row)")
        return tuple(row[0] for row in beside.execute("select term from temp.vocabulary"))
    finally:
        beside.close()


def search(db: Connection, text: str, limit: int = 200) -> tuple[Hit, ...]:
    """Turns that hold all the words (or the phrase in quotes), in the order of the study."""
    parts = text.replace("\x00", " ").split('"')
    every = [frozenset({word}) for plain in parts[::2] for word in plain.split()]
    return tuple(hit for hit, _ in zip(find(db, every, parts[1::2]), range(limit), strict=False))


def find(db: Connection, every: Sequence[frozenset[str]], phrases: Sequence[str] = ()) -> Iterator[Hit]:
    """Turns that hold one of each set of words and all the phrases, in the order of the study; all without words."""
    wanted = _fts(every, phrases)
    if not wanted and (every or phrases):
        return
    matching = " where turn_words match ?" if wanted else ""
    found = db.execute(
        'select u.transcript, t.name, u.body, u."end", p.label, p.role, t.text, p.participant from turn_words'
        " join turn u on u.id = turn_words.rowid join transcript t on t.id = u.transcript"
        f" left join speaker p on p.transcript = u.transcript and p.n = u.speaker{matching} order by turn_words.rowid",
        (wanted,) * bool(wanted),
    )
    texts: dict[str, str] = {}
    for transcript, name, start, end, label, role, key, participant in found:
        if key not in texts:
            texts = {key: words(db, key)}
        body = texts[key][start:end]
        yield Hit(transcript, name, start, end, label or "", Role(role) if role else None, body, participant or "")


def _fts(every: Sequence[frozenset[str]], phrases: Sequence[str]) -> str:
    """Words and phrases as an FTS5 query: every one quoted, so that no character of it is an operator.

    >>> _fts([frozenset({"been"}), frozenset({"go", "went"})], ["peer support"])
    '"been" AND ("go" OR "went") AND "peer support"'
    """
    parts = [[_plain(word) for word in sorted(forms)] for forms in every] + [[_plain(phrase)] for phrase in phrases]
    kept = [[word for word in forms if any(c.isalnum() for c in word)] for forms in parts]
    quoted = [[f'"{word}"' for word in forms] for forms in kept if forms]
    return " AND ".join(forms[0] if len(forms) == 1 else f"({' OR '.join(forms)})" for forms in quoted)


def _plain(word: str) -> str:
    return word.replace("\x00", " ").replace('"', " ").strip()
