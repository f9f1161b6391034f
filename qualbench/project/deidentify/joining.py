"""Two vaults of one study made one, when two people have de-identified different files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qualbench.errors import NeedsConfirmation, QualbenchError, UsageError
from qualbench.project.deidentify.vault_file import Kept, VaultFile
from qualbench.steps.deidentify import Conflict, Vault, merge
from qualbench.steps.deidentify.matching import key
from qualbench.text import counted

MINE, THEIRS = "mine", "theirs"
KEEP = (MINE, THEIRS)
"""Whose answer may be said to hold where two conflict."""


class VaultsConflict(NeedsConfirmation):
    """Answers of two people that can not both hold; nothing was changed."""

    def __init__(self, count: int) -> None:
        conflict = "conflict" if count != 1 else "conflicts"
        super().__init__(
            f"Nothing was changed: {counted(count, 'answer')} of the other vault {conflict} with yours.",
            "Talk it over, then say --keep mine or --keep theirs: it holds for all of them.",
        )


@dataclass(frozen=True, slots=True)
class Joined:
    """Two vaults as one."""

    kept: Kept
    taken: int
    """Answers that came from the other vault and that this one did not have so."""
    same: int
    """Answers that both had alike."""
    dropped: int
    """Answers of one side that do not hold any more; their strings are asked for again where they stand."""
    conflicts: tuple[Conflict, ...]


def other_vault(path: Path, ours: VaultFile) -> VaultFile:
    """The vault of somebody else, which is only read; raises a sentence for what is none."""
    if not path.expanduser().exists():
        raise QualbenchError(f"There is no vault at {path}.", "Name the file that holds the other person's answers.")
    other = VaultFile(path)
    if other.path == ours.path:
        raise UsageError(f"{path} is your own vault.", "Name the other person's one.")
    return other


def joined(ours: Kept, theirs: Kept, keep: str = MINE) -> Joined:
    """Both as one: what both have alike has the readers of both, and where two conflict one side holds."""
    found = merge(ours.vault, theirs.vault)
    is_theirs = bool(found.conflicts) and keep == THEIRS
    vault = merge(theirs.vault, ours.vault).vault if is_theirs else found.vault
    readers = {
        digest: tuple(sorted({*ours.readers.get(digest, ()), *theirs.readers.get(digest, ())}))
        for digest in {**ours.readers, **theirs.readers}
    }
    before, after = _answers(ours.vault), _answers(vault)
    every = before | _answers(theirs.vault)
    return Joined(
        Kept(vault, ours.seed or theirs.seed, readers),
        taken=len(after - before),
        same=len(before & _answers(theirs.vault)),
        dropped=len(every - after),
        conflicts=found.conflicts,
    )


def _answers(vault: Vault) -> set[tuple[object, ...]]:
    return {(key(one.original), one.action, one.replacement) for one in vault.entries}


def told(made: Joined, keep: str) -> Sequence[str]:
    """What was done, in sentences."""
    sentences = [
        f"{counted(made.taken, 'answer')} taken over from the other vault, {made.same} the same in both.",
    ]
    if made.conflicts:
        whose = "yours" if keep == MINE else "theirs"
        many = counted(len(made.conflicts), "conflict")
        sentences.append(
            f"{many} settled by keeping {whose}; {counted(made.dropped, 'answer')} of the other side dropped."
        )
        sentences.append("Texts that are sealed already keep the names they were given.")
    return sentences
