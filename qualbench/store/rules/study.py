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
    db.execute("delete from work_list where round = ?", (event.round,))
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


def method_changed(db: Connection, entry: Entry, event: e.MethodChanged) -> str:
    before = db.execute("select method from study").fetchone()
    db.execute("update study set method = ?", (event.method,))
    db.execute(
        "insert into method_change(seq, before, method, reason, actor, at) values (?, ?, ?, ?, ?, ?)",
        (entry.seq, before[0] if before else "", event.method, event.reason, entry.actor, entry.at),
    )
    return ""


def roles_given(db: Connection, _: Entry, event: e.RolesGiven) -> str:
    db.execute(
        "insert into person(name, roles) values (?, ?) on conflict(name) do update set roles = excluded.roles",
        (event.person, json.dumps(event.roles)),
    )
    return ""


def phase_entered(db: Connection, entry: Entry, event: e.PhaseEntered) -> str:
    db.execute(
        "insert into phase(seq, phase, note, actor, at) values (?, ?, ?, ?, ?)",
        (entry.seq, event.phase, event.note, entry.actor, entry.at),
    )
    return ""


def cases_counted(db: Connection, _: Entry, event: e.CasesCounted) -> str:
    db.execute("update study set cases = ?, cases_reason = ?", (event.by, event.reason))
    return ""


def run_kept(db: Connection, entry: Entry, event: e.RunKept) -> str:
    db.execute(
        "insert or ignore into run(id, what, result, actor, at, seq) values (?, ?, ?, ?, ?, ?)",
        (event.run, event.what, event.result, entry.actor, entry.at, entry.seq),
    )
    return ""


def work_list_set(db: Connection, _: Entry, event: e.WorkListSet) -> str:
    if not db.execute("select 1 from round where id = ?", (event.round,)).fetchone():
        return "A list of work was set for a round that is not there."
    db.execute("delete from work_list where round = ?", (event.round,))
    db.executemany(
        'insert into work_list(round, query, transcript, start, "end") values (?, ?, ?, ?, ?)',
        [(event.round, event.query, t, start, end) for t, spans in event.spans.items() for start, end in spans],
    )
    return ""


def attribute_reasoned(db: Connection, entry: Entry, event: e.AttributeReasoned) -> str:
    db.execute(
        "insert or replace into attribute_reason(participant, name, value, rule, reason, actor, at, seq)"
        " values (?, ?, ?, ?, ?, ?, ?, ?)",
        (event.participant, event.name, event.value, event.rule, event.reason, entry.actor, entry.at, entry.seq),
    )
    return ""
