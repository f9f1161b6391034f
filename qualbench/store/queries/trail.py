"""Reads of the whole history for the audit trail, a page at a time, with one rule of what a viewer may know of it.

Coding is given as `Hidden` until the viewer may read it: whose it is and on what, no code, no words, and no number.
Neither the number of lines nor what was done together tells how much somebody did: hidden work on one thing is a single
line for each day, without step and hash. Memos, core ideas and categories that the viewer may not read yet are not told
of at all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from qualbench.model import Action, Hidden, Stated
from qualbench.store.database import Connection
from qualbench.store.queries.study import content, words
from qualbench.store.queries.trail_private import OPENLY, PRIVATE, hides
from qualbench.store.rules.people import person_of

PAGE = 200
"""So many actions are looked for at once."""
FEW = 12
"""So many facts of a kind are told one by one; of more, how many there are."""

SWITCHES = ("step_undone", "step_redone")

_REASONS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("note_written", "note_removed", "participant_withdrawn"), ()),
    "item_decided": ("note",),
    "comment_made": ("words",),
    "comment_seen": ("words",),
}
"""Where reasons stand when not in `reason` and `note`; participants' own words are no reason that is repeated."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which actions: none of these says anything where it is empty."""

    kinds: tuple[str, ...] = ()
    person: str = ""
    ids: tuple[str, ...] = ()
    """Those that mention one of these."""

    def condition(self, table: str) -> str:
        """The condition on an entry of the journal."""
        parts = []
        if self.kinds:
            parts.append(f"{table}.kind in (select value from json_each(:kinds))")
        if self.person:
            known = (
                "(select person from device d join known using (key)"
                f" where d.device = {table}.device and d.name = {table}.actor)"
            )
            parts.append(f"coalesce({known}, {table}.actor) = :person")
        if self.ids:
            parts.append(f"exists (select 1 from json_each(:ids) wanted where instr({table}.data, wanted.value))")
        return "".join(f" and {part}" for part in parts)

    @property
    def values(self) -> dict[str, object]:
        """What stands in the conditions; ids as they are written in JSON."""
        written = [json.dumps(id_, ensure_ascii=False) for id_ in self.ids]
        return {"kinds": json.dumps(self.kinds), "person": self.person, "ids": json.dumps(written)}


def actions(
    db: Connection, viewer: str, asked: Asked | None = None, edge: int = 0, *, oldest_first: bool = False,
    every_fact: bool = False,
) -> Iterator[Action]:  # fmt: skip
    """The actions beyond an edge as far as the viewer may know them, the newest first unless it is said otherwise.

    Nothing is read before it is asked for, and an action without any line left is passed over. Of many facts of a kind
    only the first are given, unless every fact is wanted.
    """
    asked, look = asked or Asked(), _Look(db, viewer, 2**31 if every_fact else FEW)
    while True:
        page = _heads(db, asked, edge, oldest_first=oldest_first)
        for seq, step in page:
            found = look.actions(step, seq)
            yield from found if oldest_first else reversed(found)
            edge = seq
        if len(page) < PAGE:
            return


def _heads(db: Connection, asked: Asked, edge: int, *, oldest_first: bool) -> list[tuple[int, str]]:
    """The newest entries of steps beyond an edge that are as asked for."""
    beyond, way = (">", "asc") if oldest_first else ("<", "desc")
    bound = edge if oldest_first or edge else 2**63 - 1
    return db.execute(
        f"select j.seq, j.step from journal j where j.seq {beyond} :edge{asked.condition('j')}"
        " and not exists (select 1 from journal k indexed by journal_step where k.step = j.step and k.seq > j.seq"
        f"{asked.condition('k')}) order by j.seq {way} limit {PAGE}",
        {"edge": bound, **asked.values},
    ).fetchall()


def missing_hashes(db: Connection, hashes: Iterable[str]) -> frozenset[str]:
    """Those of these hashes that no entry of the journal has."""
    left = set(hashes)
    for (one,) in db.execute("select hash from journal"):
        left.discard(one)
    return frozenset(left)


def picked(db: Connection) -> dict[str, tuple[str, str, int]]:
    """Every quote that was ever picked: its theme then, its transcript, where it starts."""
    rows = db.execute(
        "select data from journal where subject = 'themes' and kind = 'quote_picked' and json_valid(data) order by seq"
    ).fetchall()
    facts = [json.loads(data) for (data,) in rows]
    return {one["quote"]: (one["theme"], one["transcript"], one["start"]) for one in facts if "quote" in one}


def themes_ever(db: Connection) -> dict[str, str]:
    """Every theme that was ever made, with its newest name, or its first where it is not there any more."""
    rows = db.execute(
        "select json_extract(data, '$.theme'), json_extract(data, '$.name') from journal"
        " where subject = 'themes' and kind = 'theme_created' and json_valid(data) order by seq"
    ).fetchall()
    return {**dict(rows), **dict(db.execute("select id, name from theme").fetchall())}


def sessions_ever(db: Connection) -> dict[str, str]:
    """Every session with the time at which it was opened."""
    return dict(db.execute("select id, at from session order by seq").fetchall())


# --- one action ------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Group:
    """What is known of facts of one kind in one lane while a step is read."""

    subject: str
    number: int = 0
    facts: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class _Told:
    """What is known of a step."""

    stated: list[Stated] = field(default_factory=list)
    hidden: list[Hidden] = field(default_factory=list)


_Key = tuple[str, str, str]
"""Kind, subject, lane."""
_Where = tuple[str, ...]
"""Subject and lane of what is hidden; empty for what is open."""
_OPEN: _Where = ()
_SILENT = ("memos", "stars", "core ideas", "categories")
"""Of what is hidden, this is not told at all: that there is some is no more known than what it says."""


class _Look:
    """One viewer's look at the history; what may be seen is found out once for each lane."""

    def __init__(self, db: Connection, viewer: str, few: int) -> None:
        self._db, self._viewer, self._few = db, viewer, few
        self._known: dict[_Key, Hidden | None] = {}

    def actions(self, step: str, seq: int) -> list[Action]:
        """What a step stated; its newest entry is known. What is hidden of it stands apart, by what it is on."""
        device, actor, at = self._db.execute("select device, actor, at from journal where seq = ?", (seq,)).fetchone()
        person = person_of(self._db, device, actor)
        told = self._told(step, person)
        apart = [
            Action("", seq, at, person, "", False, tuple(stated), tuple(hidden))
            for where, one in told.items()
            for stated, hidden in ((one.stated, ()), ((), one.hidden))
            if where and (stated or hidden)
        ]
        if not told[_OPEN].stated:
            return apart
        last = self._db.execute("select hash from journal where step = ? order by seq desc limit 1", (step,)).fetchone()
        undone = self._db.execute("select 1 from step where step = ? and undone is not null limit 1", (step,))
        whole = Action(step, seq, at, person, last[0], undone.fetchone() is not None, tuple(told[_OPEN].stated))
        return [whole, *apart]

    def _told(self, step: str, person: str) -> dict[_Where, _Told]:
        """What may be known of a step: what is open to the viewer, and what is not by subject and lane."""
        told = {_OPEN: _Told()}
        for (kind, subject, lane), group in self._read(step).items():
            stated, hidden = self._seen(kind, subject, lane, group, person)
            if not hidden:
                told[_OPEN].stated += stated
                continue
            here = told.setdefault((subject, lane), _Told())
            here.stated += stated
            if hidden.kind not in _SILENT and kind not in OPENLY and not self._goes_on(step, subject, lane):
                here.hidden = [hidden]
        return told

    def _seen(
        self, kind: str, subject: str, lane: str, group: _Group, person: str
    ) -> tuple[list[Stated], Hidden | None]:  # fmt: skip
        """Facts of one kind in one lane as far as they may be known, and what the lane hides."""
        if kind in SWITCHES:
            return self._switched(kind, group, person)
        hidden = self._hidden(kind, subject, lane, group, person)
        if hidden and kind not in OPENLY:
            return [], hidden
        why = self._why(kind, group.facts)
        return [Stated(kind, subject, group.number, tuple(group.facts), why)], hidden

    def _read(self, step: str) -> dict[_Key, _Group]:
        """The facts of a step by kind, subject and lane: their number, and the first of them."""
        groups: dict[_Key, _Group] = {}
        rows = self._db.execute("select kind, subject, lane, data from journal where step = ? order by seq", (step,))
        for kind, subject, lane, data in rows:
            fact = None
            if lane is None:
                fact = _fact(data)
                lane = _lane(kind, fact)
            group = groups.setdefault((kind, subject, lane), _Group(subject))
            group.number += 1
            if len(group.facts) < self._few:
                group.facts.append(_fact(data) if fact is None else fact)
        return groups

    def _switched(self, kind: str, group: _Group, person: str) -> tuple[list[Stated], Hidden | None]:
        """What was undone or done again, under the rule for what it was."""
        found: list[Stated] = []
        hidden = None
        for target in dict.fromkeys(str(one.get("target", "")) for one in group.facts):
            undone: list[Stated] = []
            for (of_kind, subject, lane), of_group in self._read(target).items():
                if of_kind not in SWITCHES:
                    stated, secret = self._seen(of_kind, subject, lane, of_group, person)
                    undone += stated
                    hidden = hidden or secret
            facts = tuple(one for one in group.facts if one.get("target") == target)
            found.append(Stated(kind, group.subject, 1, facts, self._why(kind, facts), tuple(undone)))
        return ([], hidden) if hidden else (found, None)

    def _why(self, kind: str, facts: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
        found = []
        for fact in facts:
            for name in _REASONS.get(kind, ("reason", "note")):
                key = fact.get(name)
                if isinstance(key, str) and len(key) == 64 and content(self._db, key) is not None:
                    found.append(words(self._db, key).strip())
                elif isinstance(key, str) and kind == "theme_dropped":
                    found.append(key)  # the first reasons were written down as they are
        return tuple(dict.fromkeys(one for one in found if one))

    # --- the rule ----------------------------------------------------------------------------------------------

    def _hidden(self, kind: str, subject: str, lane: str, group: _Group, person: str) -> Hidden | None:
        """What the rule says, once for each lane."""
        fact = group.facts[0] if group.facts else {}
        key = (kind, subject, lane or str(fact.get("star", "")))
        if key not in self._known:
            self._known[key] = hides(self._db, self._viewer, kind, fact, person)
        return self._known[key]

    def _goes_on(self, step: str, subject: str, lane: str) -> bool:
        """Whether private work in this lane was done before on the same day, so that a line tells of it already."""
        first, at, device, actor = self._db.execute(
            "select seq, at, device, actor from journal where step = ? and subject = ? order by seq limit 1",
            (step, subject),
        ).fetchone()
        before = self._db.execute(
            "select kind, lane, data from journal where device = :device and subject = :subject and actor = :actor"
            " and coalesce(lane, '') in (:lane, '') and seq < :first and at >= :day order by seq desc",
            {"device": device, "subject": subject, "actor": actor, "lane": lane, "first": first, "day": at[:10]},
        )
        for kind, its, data in before:
            if kind in PRIVATE or kind in SWITCHES:
                held = _lane(kind, _fact(data)) if its is None else its
                if not lane or held in (lane, ""):
                    return True
        return False


def _fact(data: str) -> dict[str, Any]:
    """A fact as it stands in the journal; nothing where it can not be read."""
    try:
        found = json.loads(data)
    except (RecursionError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _lane(kind: str, fact: Mapping[str, Any]) -> str:
    """The lane of an entry from before there were any."""
    if kind in ("note_written", "note_removed"):
        return str(fact.get("note", ""))
    return str(fact.get("pass_id", ""))
