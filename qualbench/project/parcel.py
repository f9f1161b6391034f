"""A package that was opened: whether everything in it is its sender's to say."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from qualbench import events
from qualbench.steps.packages import Header, Payload
from qualbench.steps.packages.identity import signed_by
from qualbench.store import merging, projections
from qualbench.store.database import Connection
from qualbench.store.merging import Chain, NotWhole
from qualbench.store.queries import people

THE_LEADS = frozenset({
    "study_created", "person_recognised", "keeper_named", "roles_given", "transcript_opened", "opening_taken_back",
    "method_changed", "codebook_released", "round_planned", "round_withdrawn", "work_list_set",
    "participant_withdrawn", "words_erased",
})  # fmt: skip
"""Facts that no coder may bring: who is who, what is opened, who codes what with which codebook, what is destroyed."""

_IN_A_PASS = frozenset(kind.KIND for kind in events.KINDS.values() if issubclass(kind, events.InPass)) - {
    events.DoubtSettled.KIND  # what a correction made doubtful in opened passes, anybody may settle
}
_OF_A_JUDGE = frozenset(kind.KIND for kind in events.KINDS.values() if issubclass(kind, events.ByJudge))
_SWITCHES = frozenset((events.StepUndone.KIND, events.StepRedone.KIND))
_OF_SOMEBODY = _IN_A_PASS | _OF_A_JUDGE | _SWITCHES

Names = Mapping[str, set[str]]
"""What the owner of each device is called there."""


def head_words(study: str, chain: Chain, digest: str) -> bytes:
    """What a device signs: that this is the end of one of its chains."""
    return json.dumps([study, *chain, digest]).encode()


def names_used(rows: tuple[merging.Row, ...]) -> set[str]:
    """Everybody in whose name these entries are."""
    opened = (_told(row).get("coder") for row in rows if row[7] == events.PassOpened.KIND)
    judged = (_told(row).get("judge") for row in rows if row[7] in _OF_A_JUDGE)
    return {row[5] for row in rows} | {one for one in (*opened, *judged) if isinstance(one, str)}


@dataclass(frozen=True, slots=True)
class Parcel:
    """A package that was opened."""

    name: str
    header: Header
    payload: Payload

    def checked(self, db: Connection, study: str) -> merging.Arriving:
        """What is new in it; forged, foreign or incomplete entries are refused with a sentence."""
        keys, names = self._owners(db)
        for *chain, digest, signature in self.payload.heads:
            device, subject, lane = chain
            key = keys.get(device, self.header.sender if self.header.kind == "study" else "")
            if not signed_by(key, signature, head_words(study, (device, subject, lane), digest)):
                raise NotWhole(f"{self.name} holds entries that were not signed on the machine they name.")
            if self.header.kind == "coder" and key != self.header.sender:
                raise NotWhole(f"{self.name} holds entries of somebody else than {self.header.name}.")
        for row in self.payload.rows:
            self._is_own(row, keys, names)
        heads = {(device, subject, lane): digest for device, subject, lane, digest, _ in self.payload.heads}
        arriving = merging.checked(db, self.payload.rows, heads)
        if self.header.kind == "coder":
            self._touches_own_work(db, keys, names)
            self._holds_what_it_hands_in(db)
        return arriving

    def _owners(self, db: Connection) -> tuple[dict[str, str], dict[str, set[str]]]:
        """The key of every device, and what its owner is called there."""
        keys: dict[str, str] = {}
        names: dict[str, set[str]] = {}
        for known in people.known(db):
            for device in known.devices:
                keys[device] = known.key
                names.setdefault(device, set()).update(known.names)
        for row in self.payload.rows:
            event = projections.decode(row[7], row[8]) if row[7] == events.DeviceIntroduced.KIND else None
            if isinstance(event, events.DeviceIntroduced):
                if event.device != row[2] or keys.setdefault(event.device, event.key) != event.key:
                    raise NotWhole(f"{self.name} says that somebody else's machine belongs to {event.name}.")
                names.setdefault(event.device, set()).add(event.name)
        return keys, names

    def _is_own(self, row: merging.Row, keys: Mapping[str, str], names: Names) -> None:
        device, actor, kind = row[2], row[5], row[7]
        lead = self.header.kind == "study" and keys.get(device, self.header.sender) == self.header.sender
        if lead:
            return
        if actor not in names.get(device, ()):
            raise NotWhole(f"{self.name} says that {actor or 'nobody'} wrote what was written on another's machine.")
        if kind in THE_LEADS:
            raise NotWhole(f"{self.name} holds what only the lead of a study may say.")

    # --- a coder's package ---------------------------------------------------------------------------------------

    def _touches_own_work(self, db: Connection, keys: Mapping[str, str], names: Names) -> None:
        """Nobody codes, judges, undoes or hands in for somebody else."""
        opened: dict[str, str] = {}
        passes, steps = set[str](), set[str]()
        for row in self.payload.rows:
            kind, told = row[7], _told(row) if row[7] in _OF_SOMEBODY else {}
            if kind in _IN_A_PASS:
                pass_ = str(told.get("pass_id"))
                if row[11] not in (pass_, None) or told.get("coder", row[5]) not in names.get(row[2], ()):
                    raise self._of_another()
                passes.add(pass_)
                if kind == events.PassOpened.KIND:
                    opened[pass_] = row[2]
            elif kind in _OF_A_JUDGE and told.get("judge") not in names.get(row[2], ()):
                raise self._of_another()
            elif kind in _SWITCHES:
                steps.add(str(told.get("target")))
        by = {(row[3], row[2]) for row in self.payload.rows if row[3] in steps} | {*opened.items()}
        by |= merging.begun_on(db, passes) | merging.taken_on(db, steps)
        own = {*self._own_devices(db, keys)}
        if any(device not in own for _, device in by) or {what for what, _ in by} != passes | steps:
            raise self._of_another()

    def _own_devices(self, db: Connection, keys: Mapping[str, str]) -> Iterator[str]:
        """The machines of the sender; one person may have several, each with a key of its own."""
        person = people.person(db, self.header.sender)
        for device, key in keys.items():
            if key == self.header.sender or (person and people.person(db, key) == person):
                yield device

    def _of_another(self) -> NotWhole:
        return NotWhole(f"{self.name} changes the work of somebody else than {self.header.name}.")

    def _holds_what_it_hands_in(self, db: Connection) -> None:
        """What a header says opens others' packages, so it must be true."""
        inside = {_told(row).get("pass_id") for row in self.payload.rows if row[7] == events.PassSubmitted.KIND}
        if {pass_ for _, _, pass_ in self.header.passes} - inside - merging.submitted(db):
            raise NotWhole(f"{self.name} does not hold all the passes that it says it hands in.")


def _told(row: merging.Row) -> dict[str, object]:
    """What an entry says, as far as it can be read; what can not be read is listed when it is taken in."""
    try:
        told = json.loads(row[8])
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}
