"""What facts about the study, its people, rounds and codebook do to the ordinary tables."""

from __future__ import annotations

import json

from qualbench import events as e
from qualbench.store.database import Connection
from qualbench.store.rules.entry import Entry


def study_created(db: Connection, entry: Entry, event: e.StudyCreated) -> str:
    if db.execute("select 1 from study").fetchone():
        return "The study was created a second time."
    db.execute(
        "insert into study(id, name, method, coders, created) values (?, ?, ?, ?, ?)",
        (event.study, event.name, event.method, event.coders, entry.at),
    )
    return ""


def person_added(db: Connection, _: Entry, event: e.PersonAdded) -> str:
    db.execute("insert or ignore into person(name, roles) values (?, ?)", (event.name, json.dumps(event.roles)))
    return ""


def participant_added(db: Connection, _: Entry, event: e.ParticipantAdded) -> str:
    db.execute("insert or ignore into participant(id, label) values (?, ?)", (event.participant, event.label))
    return ""


def attribute_set(db: Connection, _: Entry, event: e.AttributeSet) -> str:
    db.execute(
        "insert or replace into attribute(participant, name, value) values (?, ?, ?)",
        (event.participant, event.name, event.value),
    )
    return ""


def agreement_run(db: Connection, entry: Entry, event: e.AgreementRun) -> str:
    db.execute(
        "insert or ignore into agreement_run(id, result, actor, at, seq) values (?, ?, ?, ?, ?)",
        (event.run, event.result, entry.actor, entry.at, entry.seq),
    )
    return ""


def attribute_defined(db: Connection, _: Entry, event: e.AttributeDefined) -> str:
    db.execute(
        "insert or replace into attribute_kind(name, kind, choices) values (?, ?, ?)",
        (event.name, event.kind, json.dumps(event.choices, ensure_ascii=False)),
    )
    return ""


def profile_saved(db: Connection, entry: Entry, event: e.ProfileSaved) -> str:
    db.execute(
        "insert or replace into profile(name, profile, seq) values (?, ?, ?)", (event.name, event.profile, entry.seq)
    )
    return ""


def speech_counted(db: Connection, _: Entry, event: e.SpeechCounted) -> str:
    db.execute("update study set interviewers = ?", (event.interviewers,))
    return ""


def benchmark_chosen(db: Connection, _: Entry, event: e.BenchmarkChosen) -> str:
    db.execute("update study set benchmark = ?", (event.benchmark,))
    return ""


def round_planned(db: Connection, entry: Entry, event: e.RoundPlanned) -> str:
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


def round_withdrawn(db: Connection, _: Entry, event: e.RoundWithdrawn) -> str:
    if db.execute("select 1 from pass where round = ?", (event.round,)).fetchone():
        return "A round was withdrawn in which somebody codes already; it stands."
    done = db.execute("delete from round where id = ?", (event.round,))
    db.execute("delete from assignment where round = ?", (event.round,))
    return "" if done.rowcount else "A round was withdrawn that is not there."


def codebook_released(db: Connection, entry: Entry, event: e.CodebookReleased) -> str:
    done = db.execute(
        "insert or ignore into codebook(version, title, codes, source, released, actor, seq)"
        " values (?, ?, ?, ?, ?, ?, ?)",
        (event.version, event.title, event.codes, event.source, entry.at, entry.actor, entry.seq),
    )
    if not done.rowcount:
        return f"Codebook version {event.version} was released twice; the first one stands."
    db.execute("delete from draft")
    return ""


def drafted(
    db: Connection, entry: Entry,
    event: e.CodeDrafted | e.CodePlaced | e.CodesMerged | e.CodeSplit | e.CodeDropped,
) -> str:  # fmt: skip
    """The draft is what was stated since the last release; what that makes of it is worked out when it is read."""
    db.execute(
        "insert into draft(seq, kind, data, actor, at) values (?, ?, ?, ?, ?)",
        (entry.seq, event.KIND, json.dumps(event.data()), entry.actor, entry.at),
    )
    return ""


def favourite_set(db: Connection, _: Entry, event: e.FavouriteSet) -> str:
    db.execute(
        "delete from favourite where person = ? and (key = ? or code = ?)", (event.person, event.key, event.code)
    )
    if event.code:
        db.execute("insert into favourite(person, key, code) values (?, ?, ?)", (event.person, event.key, event.code))
    return ""


def suggestions_switched(db: Connection, entry: Entry, event: e.SuggestionsSwitched) -> str:
    db.execute(
        'insert into suggesting(person, at, "on", seq) values (?, ?, ?, ?)',
        (event.person, entry.at, event.on, entry.seq),
    )
    return ""


def note_written(db: Connection, entry: Entry, event: e.NoteWritten) -> str:
    held = db.execute("select author from note where id = ?", (event.note,)).fetchone()
    if held and held[0] != entry.actor:
        return "Somebody wrote in another person's memo; it stands."
    db.execute(
        'insert into note(id, kind, "on", about, places, author, at, body, seq) values (?, ?, ?, ?, ?, ?, ?, ?, ?)'
        " on conflict(id) do update set kind = excluded.kind, body = excluded.body, at = excluded.at",
        (
            event.note, event.kind, event.on, event.about, json.dumps(event.places), entry.actor, entry.at, event.body,
            entry.seq,
        ),
    )  # fmt: skip
    return ""


def note_removed(db: Connection, entry: Entry, event: e.NoteRemoved) -> str:
    done = db.execute("delete from note where id = ? and author = ?", (event.note, entry.actor))
    return "" if done.rowcount else "A memo was removed that is not there or is another person's."
