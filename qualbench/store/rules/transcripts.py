"""What facts about transcripts, their turns and segments do to the ordinary tables."""

from __future__ import annotations

import json
from typing import Any

from qualbench import events as e
from qualbench.store import erasing
from qualbench.store.database import Connection
from qualbench.store.rules.entry import Entry


def transcript_imported(db: Connection, entry: Entry, event: e.TranscriptImported) -> str:
    done = db.execute(
        "insert or ignore into transcript(id, name, source, original, text, layout, reader, encoding, words, version,"
        " seq) values (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)",
        (
            event.transcript, event.name, event.source, event.original, event.text, event.layout, event.reader,
            event.encoding, event.words, entry.seq,
        ),
    )  # fmt: skip
    if not done.rowcount:
        return f"The transcript '{event.name}' was imported twice; the first one stands."
    layout, text = _content(db, event.layout), _content(db, event.text)
    if layout is None or text is None:
        return _imported_without_words(db, entry, event)
    told = json.loads(layout)
    _speakers(db, event.transcript, told["speakers"])
    _turns(db, event.transcript, told["turns"], text.decode())
    _keep_version(db, entry, event, 1, "")
    return ""


def _imported_without_words(db: Connection, entry: Entry, event: e.TranscriptImported) -> str:
    """Words that were withdrawn leave a transcript with the speakers that later versions name, and no turns yet."""
    if not _was_erased(db, event):
        return f"The words of '{event.name}' are missing."
    _speakers(db, event.transcript, _left_of_speakers(db, event.transcript))
    _keep_version(db, entry, event, 1, "")
    return ""


_DATA = "case when json_valid(data) then data else '{}' end"
"""What an entry says; what is no JSON is listed elsewhere and says nothing here."""


def _was_erased(db: Connection, event: e.TranscriptImported | e.TranscriptCorrected) -> bool:
    """Whether the log says, now or later, that these words were withdrawn."""
    found = db.execute(
        f"select 1 from journal, json_each({_DATA}, '$.hashes') one"
        " where subject = ? and kind = ? and one.value in (?, ?)",
        (event.transcript, e.WordsErased.KIND, event.text, event.layout),
    )
    return found.fetchone() is not None


def _left_of_speakers(db: Connection, transcript: str) -> list[list[str]]:
    """The speakers as the first layout has them that is still there."""
    found = db.execute(
        f"select c.body from journal join content c on c.hash = json_extract({_DATA}, '$.layout')"
        " where subject = ? and kind = ? order by seq limit 1",
        (transcript, e.TranscriptCorrected.KIND),
    ).fetchone()
    speakers: list[list[str]] = json.loads(found[0])["speakers"] if found else []
    return speakers


def _speakers(db: Connection, transcript: str, speakers: list[list[str]]) -> None:
    db.executemany(
        "insert into speaker(transcript, n, label, role, participant) values (?, ?, ?, ?, '')",
        [(transcript, n, label, role) for n, (label, role) in enumerate(speakers)],
    )


def _keep_version(
    db: Connection, entry: Entry, event: e.TranscriptImported | e.TranscriptCorrected, number: int, reason: str
) -> None:
    db.execute(
        "insert into version(transcript, n, text, layout, reason, actor, at, seq) values (?, ?, ?, ?, ?, ?, ?, ?)",
        (event.transcript, number, event.text, event.layout, reason, entry.actor, entry.at, entry.seq),
    )


def transcript_corrected(db: Connection, entry: Entry, event: e.TranscriptCorrected) -> str:
    newest = db.execute("select version from transcript where id = ?", (event.transcript,)).fetchone()
    if newest is None:
        return "A transcript was corrected that is not there."
    if event.version != newest[0] + 1:
        return f"A transcript was corrected twice from version {event.version - 1}; the first correction stands."
    layout, text = _content(db, event.layout), _content(db, event.text)
    if (layout is None or text is None) and not _was_erased(db, event):
        return "The words of a corrected transcript are missing."
    db.execute(
        "update transcript set text = ?, layout = ?, words = ?, version = ? where id = ?",
        (event.text, event.layout, event.words, event.version, event.transcript),
    )
    _lay_out(db, event, layout, text)
    _keep_version(db, entry, event, event.version, event.reason)
    return ""


def _lay_out(db: Connection, event: e.TranscriptCorrected, layout: bytes | None, text: bytes | None) -> None:
    """The turns and segments of a new version; a version whose words were withdrawn has no turns."""
    gone = db.execute("select id from turn where transcript = ? order by n", (event.transcript,)).fetchall()
    db.executemany("delete from turn_words where rowid = ?", gone)
    db.execute("delete from turn where transcript = ?", (event.transcript,))
    turns = json.loads(layout)["turns"] if layout and text else []
    # every turn keeps its number: with the old ids a search shows places in the order of the study
    first = gone[0][0] if gone and len(gone) == len(turns) else None
    _turns(db, event.transcript, turns, (text or b"").decode(), first)
    _segments(db, event.transcript, event.segments)


def _segments(db: Connection, transcript: str, segments: list[list[int]]) -> None:
    db.execute("delete from segment where transcript = ?", (transcript,))
    db.executemany(
        'insert into segment(transcript, n, start, "end", turn) values (?, ?, ?, ?, ?)',
        [(transcript, n, *segment) for n, segment in enumerate(segments)],
    )


def _turns(db: Connection, transcript: str, turns: list[list[Any]], text: str, first: int | None = None) -> None:
    first = first or db.execute("select coalesce(max(id), 0) + 1 from turn").fetchone()[0]
    db.executemany(
        'insert into turn(id, transcript, n, start, body, "end", speaker, seconds) values (?, ?, ?, ?, ?, ?, ?, ?)',
        [(first + n, transcript, n, *turn) for n, turn in enumerate(turns)],
    )
    db.executemany(
        "insert into turn_words(rowid, body) values (?, ?)",
        [(first + n, text[turn[1] : turn[2]]) for n, turn in enumerate(turns)],
    )


def words_erased(db: Connection, entry: Entry, event: e.WordsErased) -> str:
    """The words are gone from every copy that learns of it; replaying finds them gone."""
    gone = set(event.hashes) - erasing.named_later(db, entry.seq, event.hashes)
    db.executemany("delete from content where hash = ?", [(one,) for one in gone])
    db.executemany(
        "update speaker set label = ? where transcript = ? and n = ?",
        [(one[0], event.transcript, n) for n, one in enumerate(_left_of_speakers(db, event.transcript))],
    )
    db.execute(
        "insert into erased(seq, transcript, hashes, reason, actor, at) values (?, ?, ?, ?, ?, ?)",
        (entry.seq, event.transcript, json.dumps(event.hashes), event.reason, entry.actor, entry.at),
    )
    return ""


def _content(db: Connection, key: str) -> bytes | None:
    row = db.execute("select body from content where hash = ?", (key,)).fetchone()
    return row[0] if row else None


def deidentified(db: Connection, _: Entry, event: e.Deidentified) -> str:
    done = db.execute(
        "update transcript set reviewers = ?, replaced = ? where id = ?",
        (event.reviewers, event.replaced, event.transcript),
    )
    return "" if done.rowcount else "Names were replaced in a transcript that is not there."


def speaker_set(db: Connection, _: Entry, event: e.SpeakerSet) -> str:
    done = db.execute(
        "update speaker set role = ?, participant = ? where transcript = ? and n = ?",
        (event.role, event.participant, event.transcript, event.speaker),
    )
    return "" if done.rowcount else "A role was given to a speaker who is not there."


def segmented(db: Connection, _: Entry, event: e.Segmented) -> str:
    if db.execute("select 1 from pass where transcript = ?", (event.transcript,)).fetchone():
        return "A transcript was cut anew after a pass on it was opened; the first cut stands."
    db.execute("update transcript set rule = ? where id = ?", (event.rule, event.transcript))
    _segments(db, event.transcript, event.segments)
    return ""
