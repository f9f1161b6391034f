"""What each kind of fact does to the ordinary tables: one rule for each kind.

A rule answers with a sentence when its fact does not fit (a coding that arrives after its pass was submitted, a
code under a theme that is gone) and then changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

from qualbench import events as e
from qualbench.model import Benchmark, Method, Outcome, Reason, Role, SegmentRule
from qualbench.store.database import Connection


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the journal without its data."""

    seq: int
    id: str
    step: str
    subject: str
    actor: str
    at: str
    kind: str


def outcome_of(db: Connection, entry: Entry, event: e.Event) -> str:
    """Bring the tables up to one more fact; a sentence when it does not fit, and then nothing changed."""
    for name, known in _WORDS.get(type(event), {}).items():
        if getattr(event, name) not in set(known):
            return f"'{getattr(event, name)}' is no {name} that this Qualbench knows."
    rule = RULES.get(type(event))
    return rule(db, entry, event) if rule else ""


_WORDS: Mapping[type[e.Event], Mapping[str, type[StrEnum]]] = {
    e.StudyCreated: {"method": Method},
    e.BenchmarkChosen: {"benchmark": Benchmark},
    e.SpeakerSet: {"role": Role},
    e.Segmented: {"rule": SegmentRule},
    e.PassOpened: {"rule": SegmentRule},
    e.ItemDecided: {"outcome": Outcome, "reason": Reason},
}
"""The fields that must hold a word of the model, or no read could show them."""


# --- the study and its codebook --------------------------------------------------------------------------------


def _study_created(db: Connection, entry: Entry, event: e.StudyCreated) -> str:
    if db.execute("select 1 from study").fetchone():
        return "The study was created a second time."
    db.execute(
        "insert into study(id, name, method, coders, created) values (?, ?, ?, ?, ?)",
        (event.study, event.name, event.method, event.coders, entry.at),
    )
    return ""


def _person_added(db: Connection, _: Entry, event: e.PersonAdded) -> str:
    db.execute("insert or ignore into person(name, roles) values (?, ?)", (event.name, json.dumps(event.roles)))
    return ""


def _participant_added(db: Connection, _: Entry, event: e.ParticipantAdded) -> str:
    db.execute("insert or ignore into participant(id, label) values (?, ?)", (event.participant, event.label))
    return ""


def _attribute_set(db: Connection, _: Entry, event: e.AttributeSet) -> str:
    db.execute(
        "insert or replace into attribute(participant, name, value) values (?, ?, ?)",
        (event.participant, event.name, event.value),
    )
    return ""


def _agreement_run(db: Connection, entry: Entry, event: e.AgreementRun) -> str:
    db.execute(
        "insert or ignore into agreement_run(id, result, actor, at, seq) values (?, ?, ?, ?, ?)",
        (event.run, event.result, entry.actor, entry.at, entry.seq),
    )
    return ""


def _benchmark_chosen(db: Connection, _: Entry, event: e.BenchmarkChosen) -> str:
    db.execute("update study set benchmark = ?", (event.benchmark,))
    return ""


def _round_planned(db: Connection, entry: Entry, event: e.RoundPlanned) -> str:
    done = db.execute(
        "insert or ignore into round(id, name, codebook, recode, drawn, seed, planned, seq)"
        " values (?, ?, ?, ?, ?, ?, ?, ?)",
        (event.round, event.name, event.codebook, event.recode, event.drawn, event.seed, entry.at, entry.seq),
    )
    if not done.rowcount:
        return f"The round '{event.name}' was planned twice; the first plan stands."
    db.executemany(
        "insert or ignore into assignment(round, transcript, coder) values (?, ?, ?)",
        [(event.round, transcript, coder) for transcript, coders in event.assignments.items() for coder in coders],
    )
    return ""


def _round_withdrawn(db: Connection, _: Entry, event: e.RoundWithdrawn) -> str:
    if db.execute("select 1 from pass where round = ?", (event.round,)).fetchone():
        return "A round was withdrawn in which somebody codes already; it stands."
    db.execute("delete from round where id = ?", (event.round,))
    db.execute("delete from assignment where round = ?", (event.round,))
    return ""


def _codebook_released(db: Connection, entry: Entry, event: e.CodebookReleased) -> str:
    done = db.execute(
        "insert or ignore into codebook(version, title, codes, source, released, seq) values (?, ?, ?, ?, ?, ?)",
        (event.version, event.title, event.codes, event.source, entry.at, entry.seq),
    )
    return "" if done.rowcount else f"Codebook version {event.version} was released twice; the first one stands."


# --- transcripts -----------------------------------------------------------------------------------------------


def _transcript_imported(db: Connection, entry: Entry, event: e.TranscriptImported) -> str:
    done = db.execute(
        "insert or ignore into transcript(id, name, source, original, text, layout, reader, encoding, words, seq)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            event.transcript, event.name, event.source, event.original, event.text, event.layout, event.reader,
            event.encoding, event.words, entry.seq,
        ),
    )  # fmt: skip
    if not done.rowcount:
        return f"The transcript '{event.name}' was imported twice; the first one stands."
    layout, text = _content(db, event.layout), _content(db, event.text)
    if layout is None or text is None:
        return f"The words of '{event.name}' are missing."
    _turns(db, event.transcript, json.loads(layout), text.decode())
    return ""


def _turns(db: Connection, transcript: str, layout: dict[str, Any], text: str) -> None:
    db.executemany(
        "insert into speaker(transcript, n, label, role, participant) values (?, ?, ?, ?, '')",
        [(transcript, n, label, role) for n, (label, role) in enumerate(layout["speakers"])],
    )
    first = db.execute("select coalesce(max(id), 0) + 1 from turn").fetchone()[0]
    db.executemany(
        'insert into turn(id, transcript, n, start, body, "end", speaker, seconds) values (?, ?, ?, ?, ?, ?, ?, ?)',
        [(first + n, transcript, n, *turn) for n, turn in enumerate(layout["turns"])],
    )
    db.executemany(
        "insert into turn_words(rowid, body) values (?, ?)",
        [(first + n, text[turn[1] : turn[2]]) for n, turn in enumerate(layout["turns"])],
    )


def _content(db: Connection, key: str) -> bytes | None:
    row = db.execute("select body from content where hash = ?", (key,)).fetchone()
    return row[0] if row else None


def _speaker_set(db: Connection, _: Entry, event: e.SpeakerSet) -> str:
    done = db.execute(
        "update speaker set role = ?, participant = ? where transcript = ? and n = ?",
        (event.role, event.participant, event.transcript, event.speaker),
    )
    return "" if done.rowcount else "A role was given to a speaker who is not there."


def _segmented(db: Connection, _: Entry, event: e.Segmented) -> str:
    if db.execute("select 1 from pass where transcript = ?", (event.transcript,)).fetchone():
        return "A transcript was cut anew after a pass on it was opened; the first cut stands."
    db.execute("delete from segment where transcript = ?", (event.transcript,))
    db.execute("update transcript set rule = ? where id = ?", (event.rule, event.transcript))
    db.executemany(
        'insert into segment(transcript, n, start, "end", turn) values (?, ?, ?, ?, ?)',
        [(event.transcript, n, *segment) for n, segment in enumerate(event.segments)],
    )
    return ""


# --- coding ----------------------------------------------------------------------------------------------------


_InPass: TypeAlias = (
    e.CodeApplied | e.CodeRemoved | e.NothingMarked | e.NothingCleared | e.MemoWritten | e.MemoRemoved | e.PassSubmitted
)


def _pass_opened(db: Connection, entry: Entry, event: e.PassOpened) -> str:
    if not db.execute("select 1 from transcript where id = ?", (event.transcript,)).fetchone():
        return f"{event.coder} opened a pass on a transcript that is not there."
    assigned = db.execute(
        "select r.recode from assignment a join round r on r.id = a.round"
        " where a.round = ? and a.transcript = ? and a.coder = ?",
        (event.round, event.transcript, event.coder),
    ).fetchone()
    if event.round and assigned is None:
        return f"{event.coder} opened a pass in a round that does not ask for it."
    again = assigned is not None and assigned[0]
    if not again and db.execute("select 1 from opened where transcript = ?", (event.transcript,)).fetchone():
        return f"{event.coder} opened a pass on a transcript whose passes can be read; it would not be independent."
    done = db.execute(
        "insert or ignore into pass(id, transcript, coder, codebook, rule, round, state, opened)"
        " values (?, ?, ?, ?, ?, ?, 'open', ?)",
        (event.pass_id, event.transcript, event.coder, event.codebook, event.rule, event.round, entry.at),
    )
    return "" if done.rowcount else f"{event.coder} opened a second pass on one transcript; the first one stands."


def _open_coder(db: Connection, event: _InPass) -> str | None:
    row = db.execute(
        "select coder from pass where id = ? and transcript = ? and state = 'open'", (event.pass_id, event.transcript)
    ).fetchone()
    return row[0] if row else None


def _code_applied(db: Connection, _: Entry, event: e.CodeApplied) -> str:
    coder = _open_coder(db, event)
    if coder is None:
        return "A code was applied in a pass that is not open."
    db.execute(
        'insert or ignore into coding(id, pass, transcript, coder, start, "end", code, quote)'
        " values (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            event.coding, event.pass_id, event.transcript, coder, event.start, event.end, event.code, event.quote,
        ),
    )  # fmt: skip
    return ""


def _code_removed(db: Connection, _: Entry, event: e.CodeRemoved) -> str:
    if _open_coder(db, event) is None:
        return "A code was removed in a pass that is not open."
    db.execute("delete from coding where id = ? and pass = ?", (event.coding, event.pass_id))
    return ""


def _nothing_marked(db: Connection, _: Entry, event: e.NothingMarked) -> str:
    coder = _open_coder(db, event)
    if coder is None:
        return "'Nothing applies' was marked in a pass that is not open."
    db.execute(
        'insert or ignore into nothing_applies(pass, transcript, coder, start, "end") values (?, ?, ?, ?, ?)',
        (event.pass_id, event.transcript, coder, event.start, event.end),
    )
    return ""


def _nothing_cleared(db: Connection, _: Entry, event: e.NothingCleared) -> str:
    if _open_coder(db, event) is None:
        return "'Nothing applies' was cleared in a pass that is not open."
    db.execute(
        'delete from nothing_applies where pass = ? and start = ? and "end" = ?',
        (event.pass_id, event.start, event.end),
    )
    return ""


def _memo_written(db: Connection, _: Entry, event: e.MemoWritten) -> str:
    coder = _open_coder(db, event)
    if coder is None:
        return "A memo was written in a pass that is not open."
    db.execute(
        'insert or replace into memo(id, pass, transcript, coder, start, "end", body) values (?, ?, ?, ?, ?, ?, ?)',
        (event.memo, event.pass_id, event.transcript, coder, event.start, event.end, event.body),
    )
    return ""


def _memo_removed(db: Connection, _: Entry, event: e.MemoRemoved) -> str:
    if _open_coder(db, event) is None:
        return "A memo was removed in a pass that is not open."
    db.execute("delete from memo where id = ? and pass = ?", (event.memo, event.pass_id))
    return ""


def _pass_submitted(db: Connection, entry: Entry, event: e.PassSubmitted) -> str:
    if _open_coder(db, event) is None:
        return "A pass was submitted that is not open."
    db.execute("update pass set state = 'submitted', submitted = ? where id = ?", (entry.at, event.pass_id))
    db.executemany(
        'insert or ignore into skipped(pass, transcript, start, "end") values (?, ?, ?, ?)',
        [(event.pass_id, event.transcript, start, end) for start, end in event.skipped],
    )
    return ""


# --- consensus and themes --------------------------------------------------------------------------------------


def _item_decided(db: Connection, entry: Entry, event: e.ItemDecided) -> str:
    db.execute(
        'insert or ignore into decision(id, transcript, start, "end", readings, outcome, codes, reason, note,'
        " yielded, actor, at, seq) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            event.decision, event.transcript, event.start, event.end, json.dumps(event.readings), event.outcome,
            json.dumps(event.codes), event.reason, event.note, event.yielded, entry.actor, entry.at, entry.seq,
        ),
    )  # fmt: skip
    return ""


def _theme_created(db: Connection, entry: Entry, event: e.ThemeCreated) -> str:
    db.execute(
        "insert or ignore into theme(id, name, idea, seq) values (?, ?, '', ?)",
        (event.theme, event.name, entry.seq),
    )
    return ""


def _theme_renamed(db: Connection, _: Entry, event: e.ThemeRenamed) -> str:
    done = db.execute("update theme set name = ? where id = ?", (event.name, event.theme))
    return "" if done.rowcount else "A theme was renamed that is not there."


def _theme_described(db: Connection, _: Entry, event: e.ThemeDescribed) -> str:
    done = db.execute("update theme set idea = ? where id = ?", (event.idea, event.theme))
    return "" if done.rowcount else "A theme was described that is not there."


def _theme_dropped(db: Connection, _: Entry, event: e.ThemeDropped) -> str:
    db.execute("delete from theme where id = ?", (event.theme,))
    db.execute("delete from gathered where theme = ?", (event.theme,))
    db.execute("delete from quote where theme = ?", (event.theme,))
    return ""


def _has_theme(db: Connection, theme: str) -> bool:
    return db.execute("select 1 from theme where id = ?", (theme,)).fetchone() is not None


def _code_gathered(db: Connection, entry: Entry, event: e.CodeGathered) -> str:
    if not _has_theme(db, event.theme):
        return "A code was gathered under a theme that is not there."
    db.execute(
        "insert or replace into gathered(code, theme, seq) values (?, ?, ?)",
        (event.code, event.theme, entry.seq),
    )
    return ""


def _code_released(db: Connection, _: Entry, event: e.CodeReleased) -> str:
    db.execute("delete from gathered where code = ? and theme = ?", (event.code, event.theme))
    return ""


def _quote_picked(db: Connection, entry: Entry, event: e.QuotePicked) -> str:
    if not _has_theme(db, event.theme):
        return "A quote was picked for a theme that is not there."
    db.execute(
        'insert or ignore into quote(id, theme, transcript, start, "end", words, seq) values (?, ?, ?, ?, ?, ?, ?)',
        (event.quote, event.theme, event.transcript, event.start, event.end, event.words, entry.seq),
    )
    return ""


def _quote_dropped(db: Connection, _: Entry, event: e.QuoteDropped) -> str:
    db.execute("delete from quote where id = ?", (event.quote,))
    return ""


RULES: Mapping[type[e.Event], Callable[[Connection, Entry, Any], str]] = {
    e.StudyCreated: _study_created,
    e.PersonAdded: _person_added,
    e.ParticipantAdded: _participant_added,
    e.AttributeSet: _attribute_set,
    e.AgreementRun: _agreement_run,
    e.BenchmarkChosen: _benchmark_chosen,
    e.RoundPlanned: _round_planned,
    e.RoundWithdrawn: _round_withdrawn,
    e.CodebookReleased: _codebook_released,
    e.TranscriptImported: _transcript_imported,
    e.SpeakerSet: _speaker_set,
    e.Segmented: _segmented,
    e.PassOpened: _pass_opened,
    e.CodeApplied: _code_applied,
    e.CodeRemoved: _code_removed,
    e.NothingMarked: _nothing_marked,
    e.NothingCleared: _nothing_cleared,
    e.MemoWritten: _memo_written,
    e.MemoRemoved: _memo_removed,
    e.PassSubmitted: _pass_submitted,
    e.ItemDecided: _item_decided,
    e.ThemeCreated: _theme_created,
    e.ThemeRenamed: _theme_renamed,
    e.ThemeDescribed: _theme_described,
    e.ThemeDropped: _theme_dropped,
    e.CodeGathered: _code_gathered,
    e.CodeReleased: _code_released,
    e.QuotePicked: _quote_picked,
    e.QuoteDropped: _quote_dropped,
}
"""One rule for each kind; it returns a sentence when the fact does not fit."""
