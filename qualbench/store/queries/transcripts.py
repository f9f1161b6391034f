"""Reads of transcripts: their sealed text, the layers over it, and full-text search."""

from __future__ import annotations

from collections import Counter

from qualbench.model import Hit, Role, Segment, SegmentRule, Speaker, Transcript, TranscriptRow, Turn
from qualbench.store.database import Connection
from qualbench.store.queries.study import words


def rows(db: Connection) -> tuple[TranscriptRow, ...]:
    """All transcripts in the order of import."""
    found = db.execute(
        "select t.id, t.name, t.words, (select count(*) from turn where transcript = t.id),"
        " (select count(*) from segment s join turn u on u.transcript = s.transcript and u.n = s.turn"
        "  left join speaker p on p.transcript = s.transcript and p.n = u.speaker"
        "  where s.transcript = t.id and coalesce(p.role, 'participant') = 'participant'),"
        " t.rule, t.id in (select transcript from opened where not recode) from transcript t order by t.seq"
    ).fetchall()
    return tuple(
        TranscriptRow(id_, name, words_, turns, segments, SegmentRule(rule or "turn"), bool(opened))
        for id_, name, words_, turns, segments, rule, opened in found
    )


def names(db: Connection) -> dict[str, str]:
    """Transcript ids with their names, in the order of import."""
    return dict(db.execute("select id, name from transcript order by seq").fetchall())


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


def load(db: Connection, transcript: str) -> Transcript | None:
    """One transcript with its text and layers."""
    row = db.execute("select name, text, rule from transcript where id = ?", (transcript,)).fetchone()
    if row is None:
        return None
    turns = db.execute(
        'select start, body, "end", speaker, seconds from turn where transcript = ? order by n', (transcript,)
    )
    speakers = db.execute("select label, role, participant from speaker where transcript = ? order by n", (transcript,))
    segments = db.execute('select start, "end", turn from segment where transcript = ? order by n', (transcript,))
    return Transcript(
        transcript,
        row[0],
        words(db, row[1]),
        tuple(Turn(*turn) for turn in turns),
        tuple(Speaker(label, Role(role), participant) for label, role, participant in speakers),
        tuple(Segment(*segment) for segment in segments),
        SegmentRule(row[2] or "turn"),
    )


def search(db: Connection, text: str, limit: int = 200) -> tuple[Hit, ...]:
    """Turns that hold all the words (or the phrase in quotes), in the order of the study."""
    query = _fts(text)
    if not query:
        return ()
    found = db.execute(
        'select u.transcript, t.name, u.body, u."end", p.label, p.role, t.text, p.participant from turn_words'
        " join turn u on u.id = turn_words.rowid join transcript t on t.id = u.transcript"
        " left join speaker p on p.transcript = u.transcript and p.n = u.speaker"
        " where turn_words match ? order by turn_words.rowid limit ?",
        (query, limit),
    ).fetchall()
    texts: dict[str, str] = {}
    hits = []
    for transcript, name, start, end, label, role, key, participant in found:
        if key not in texts:
            texts[key] = words(db, key)
        body = texts[key][start:end]
        hits.append(
            Hit(transcript, name, start, end, label or "", Role(role) if role else None, body, participant or "")
        )
    return tuple(hits)


def _fts(text: str) -> str:
    """User text as an FTS5 query: every word quoted, so that no character of it is an operator.

    >>> _fts('been there "peer support"')
    '"been" "there" "peer support"'
    """
    parts = text.replace("\x00", " ").split('"')
    words_ = [word for plain in parts[::2] for word in plain.split()]
    phrases = [phrase for phrase in parts[1::2] if phrase.strip()]
    return " ".join(f'"{part}"' for part in (*words_, *phrases) if any(c.isalnum() for c in part))
