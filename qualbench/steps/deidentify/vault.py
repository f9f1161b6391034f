"""The replacement map as a value and as bytes: who was called what, and who has reviewed it.

It is the key to everybody's identity. It holds the originals and nothing else of a transcript.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from qualbench.errors import QualbenchError
from qualbench.steps.deidentify.kinds import Kind
from qualbench.steps.deidentify.matching import key, words_of
from qualbench.steps.deidentify.replacing import Action, Decision

_FORMAT = re.compile(r"qualbench-vault/([1-9]\d{0,8})")
_VERSION = 1
_FIELDS = ("original", "kind", "action", "replacement", "forms", "cased", "reviewed_by")


class BadVault(QualbenchError):
    """Bytes that are no vault, or a damaged one."""

    def __init__(self, why: str) -> None:
        super().__init__(f"The vault can not be read: {why}.", "Nothing was changed. Use a copy of it that is whole.")


class NewerVault(QualbenchError):
    """A vault of a later version."""

    def __init__(self) -> None:
        super().__init__("The vault was written by a newer Qualbench than this one.", "Update Qualbench first.")


@dataclass(frozen=True, slots=True)
class Entry:
    """One original, what it became, and who has looked at that."""

    original: str
    kind: Kind
    replacement: str
    forms: tuple[str, ...] = ()
    """Every string that has the same replacement, for a known name."""
    reviewed_by: tuple[str, ...] = ()
    """Names, each once, in alphabetical order."""
    action: Action = Action.REPLACE
    cased: bool = False

    @property
    def decision(self) -> Decision:
        """The entry as a decision that can be applied."""
        return Decision(self.original, self.kind, self.action, self.replacement, self.forms, self.cased)


@dataclass(frozen=True, slots=True)
class Vault:
    """The replacement map of a project."""

    entries: tuple[Entry, ...] = ()

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """Every entry as a decision."""
        return tuple(entry.decision for entry in self.entries)

    @property
    def reviewers(self) -> tuple[str, ...]:
        """Everybody who has reviewed an entry, in alphabetical order."""
        return tuple(sorted({name for entry in self.entries for name in entry.reviewed_by}))


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two answers that can not both hold."""

    ours: Entry
    theirs: Entry

    def __str__(self) -> str:
        if key(self.ours.original) != key(self.theirs.original) and self.ours.replacement == self.theirs.replacement:
            return (
                f"'{self.ours.replacement}' stands for '{self.theirs.original}' in the other vault, "
                f"and for '{self.ours.original}' in yours."
            )
        return (
            f"'{self.theirs.original}' is {_told(self.theirs)} in the other vault, "
            f"and '{self.ours.original}' is {_told(self.ours)} in yours."
        )


@dataclass(frozen=True, slots=True)
class Merged:
    """Two vaults made one; where they conflict, ours was kept."""

    vault: Vault
    conflicts: tuple[Conflict, ...]


def with_decisions(vault: Vault, decisions: Iterable[Decision], reviewer: str) -> Vault:
    """The vault with decisions made or confirmed by a reviewer; a changed answer loses its earlier reviewers."""
    entries = {key(entry.original): entry for entry in vault.entries}
    for decision in decisions:
        before = entries.get(key(decision.original))
        reviewers = before.reviewed_by if before and before.decision == decision else ()
        entries[key(decision.original)] = Entry(
            original=decision.original,
            kind=decision.kind,
            replacement=decision.replacement,
            forms=decision.forms,
            reviewed_by=_names([*reviewers, reviewer]),
            action=decision.action,
            cased=decision.cased,
        )
    return Vault(_sorted(entries.values()))


def to_bytes(vault: Vault) -> bytes:
    """The vault as JSON, its format and version on a line first, entries in order: the same vault, the same bytes."""
    entries = [{field: getattr(entry, field) for field in _FIELDS} for entry in _sorted(vault.entries)]
    whole = {"format": f"qualbench-vault/{_VERSION}", "entries": entries}
    return (json.dumps(whole, indent=1) + "\n").encode("ascii")


def from_bytes(data: bytes) -> Vault:
    """The vault in some bytes; raises BadVault or NewerVault, with a sentence."""
    try:
        whole = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise BadVault("it is damaged, or it is another kind of file") from error
    stated = whole.get("format") if isinstance(whole, dict) else None
    version = _FORMAT.fullmatch(stated) if isinstance(stated, str) else None
    if version is None:
        raise BadVault("it is another kind of file")
    if int(version[1]) > _VERSION:
        raise NewerVault
    entries = whole.get("entries")
    if not isinstance(entries, list):
        raise BadVault("it has no entries")
    read = [_entry(number, one) for number, one in enumerate(entries, start=1)]
    if len({key(entry.original) for entry in read}) < len(read):
        raise BadVault("it has two entries for one original")
    return Vault(_sorted(read))


def merge(ours: Vault, theirs: Vault) -> Merged:
    """Two vaults of one project as one, with every conflict told; equal answers unite their reviewers."""
    entries = {key(entry.original): entry for entry in ours.entries}
    conflicts = _conflicts(ours, theirs)
    refused = {key(one.theirs.original) for one in conflicts}
    for entry in theirs.entries:
        same = entries.get(key(entry.original))
        if same is not None and _answer(same) == _answer(entry):
            forms = tuple(dict.fromkeys([*same.forms, *entry.forms]))
            names = _names([*same.reviewed_by, *entry.reviewed_by])
            entries[key(entry.original)] = replace(same, forms=forms, reviewed_by=names)
        elif same is None and key(entry.original) not in refused:
            entries[key(entry.original)] = entry
    return Merged(Vault(_sorted(entries.values())), conflicts)


def _conflicts(ours: Vault, theirs: Vault) -> tuple[Conflict, ...]:
    """Pairs that call one string by two names, or two people whom one vault alone knows by one name."""
    by_string = {key(string): entry for entry in ours.entries for string in entry.decision.strings}
    by_string |= {key(entry.original): entry for entry in ours.entries}
    by_name: dict[str, list[Entry]] = {}
    for entry in ours.entries:
        by_name.setdefault(entry.replacement, []).append(entry)
    known_to_them = {key(string) for entry in theirs.entries for string in entry.decision.strings}
    found: dict[tuple[Entry, Entry], None] = {}
    for entry in theirs.entries:
        own = by_string.get(key(entry.original))
        held = [own] if own else [by_string[one] for one in map(key, entry.forms) if one in by_string]
        found |= {(one, entry): None for one in held if _answer(one) != _answer(entry)}
        if not held and _is_name(entry):
            others = (one for one in by_name.get(entry.replacement, []) if key(one.original) not in known_to_them)
            found |= {(one, entry): None for one in others if not _is_part(one.original, entry.original)}
    return tuple(Conflict(one, other) for one, other in found)


def _is_part(one: str, other: str) -> bool:
    """Whether one name is part of the other: Rosa and Rosa Delgado."""
    shorter, longer = sorted((words_of(one), words_of(other)), key=len)
    return shorter <= longer


def _answer(entry: Entry) -> tuple[Action, str]:
    return entry.action, entry.replacement


def _is_name(entry: Entry) -> bool:
    """Whether the replacement stands for one alone: a pseudonym or "[town 1]", not "[date]"."""
    return entry.action is Action.REPLACE or bool(re.fullmatch(r"\[\D+ \d+\]", entry.replacement))


def _told(entry: Entry) -> str:
    return "kept" if entry.action is Action.KEEP else f"'{entry.replacement}'"


def _sorted(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda entry: (entry.original.casefold(), entry.original)))


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({" ".join(name.split()) for name in names} - {""}))


def _entry(number: int, one: object) -> Entry:
    """One entry of a file, every field checked."""
    broken = BadVault(f"its entry {number} is damaged")
    if not isinstance(one, dict) or set(one) != set(_FIELDS):
        raise broken
    texts = [one["original"], one["replacement"], one["kind"], one["action"]]
    lists = [one["forms"], one["reviewed_by"]]
    is_sound = all(isinstance(text, str) for text in texts) and isinstance(one["cased"], bool)
    if not is_sound or not all(isinstance(a, list) and all(isinstance(b, str) for b in a) for a in lists):
        raise broken
    try:
        kind, action = Kind(one["kind"]), Action(one["action"])
    except ValueError as error:
        raise broken from error
    if not one["original"].strip() or (action is not Action.KEEP and not one["replacement"].strip()):
        raise broken
    return Entry(
        one["original"], kind, one["replacement"], tuple(one["forms"]), _names(one["reviewed_by"]), action, one["cased"]
    )
