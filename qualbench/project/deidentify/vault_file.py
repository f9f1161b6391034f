"""The vault file: the replacement map on disk, apart from every study and readable by one person only.

Who has it can undo the replacing. So it never lies inside a study, no backup or export of a study has it, and it is
written whole or not at all.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from qualbench.errors import QualbenchError, UsageError
from qualbench.project.base import DATABASE
from qualbench.steps.deidentify import Vault, from_bytes, to_bytes
from qualbench.steps.deidentify.vault import BadVault


class VaultInside(UsageError):
    """A vault where a study, or what is given away, would take it along."""

    def __init__(self, path: object, folder: object) -> None:
        super().__init__(
            f"The vault {path} would lie inside {folder}, and whoever gets that folder could read every name.",
            "Choose another place with --vault, or leave it out.",
        )


class VaultChanged(QualbenchError):
    """Somebody else wrote to the vault meanwhile."""

    def __init__(self, path: object) -> None:
        super().__init__(
            f"The vault {path} was changed by somebody else meanwhile, so it was left alone.",
            "Begin again: the answers of both are needed.",
        )


@dataclass(frozen=True, slots=True)
class Kept:
    """What a vault file holds."""

    vault: Vault = field(default_factory=Vault)
    seed: str = ""
    """Of the suggestions; secret, because with it a pseudonym could be tried against real names."""
    readers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Who has read a text with its names replaced, by the SHA-256 of exactly that text."""


def default_vault(study: str) -> Path:
    """Where the vault of a study is, by the study's id, unless a person chose another place."""
    from platformdirs import user_data_path

    return user_data_path("qualbench") / "vaults" / f"{study}.json"


class VaultFile:
    """One vault on disk; what it held before the first change of a session stays beside it as `.bak`."""

    def __init__(self, path: Path, outside: Iterable[Path] = ()) -> None:
        self.path = path.expanduser().resolve()
        _refuse_inside(self.path, outside)
        self._held = self._on_disk()
        self._is_copied = False

    @property
    def is_there(self) -> bool:
        """Whether there is a file with anything in it."""
        return bool(self._held)

    def read(self) -> Kept:
        """What it holds; nothing when it is not there yet. A damaged one is refused with a sentence."""
        if not self._held:
            return Kept()
        vault = from_bytes(self._held)
        whole = json.loads(self._held)
        seed, readers = whole.get("seed", ""), whole.get("readers", {})
        is_sound = isinstance(seed, str) and isinstance(readers, dict)
        if not is_sound or not all(isinstance(names, list) and _are_texts(names) for names in readers.values()):
            raise BadVault("its list of readers is damaged")
        return Kept(vault, seed, {digest: tuple(names) for digest, names in readers.items()})

    def write(self, kept: Kept) -> None:
        """Keep this from now on, whole or not at all; the same again is not written."""
        body = _body(kept)
        if body == self._held:
            return
        if self._on_disk() != self._held:
            raise VaultChanged(self.path)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            if self._held and not self._is_copied:
                _put(self.path.with_name(f"{self.path.name}.bak"), self._held)
            self._is_copied = True
            _put(self.path, body)
        except OSError as error:
            raise QualbenchError(f"The vault {self.path} can not be written: {error.strerror}.") from error
        self._held = body

    def _on_disk(self) -> bytes:
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            return b""
        except OSError as error:
            raise QualbenchError(f"The vault {self.path} can not be read: {error.strerror}.") from error


def _refuse_inside(path: Path, outside: Iterable[Path]) -> None:
    """Refuse a place inside one of these folders, or inside any study; folders are compared as the disk has them."""
    inside = [parent for parent in path.parents if (parent / DATABASE).exists()]
    for folder in outside:
        inside += [parent for parent in path.parents if _is_same(parent, folder.resolve())]
    if inside:
        raise VaultInside(path, inside[0])


def _is_same(one: Path, other: Path) -> bool:
    if one == other:
        return True
    with suppress(OSError):
        return one.samefile(other)
    return False


def _are_texts(names: list[object]) -> bool:
    return all(isinstance(name, str) for name in names)


def _body(kept: Kept) -> bytes:
    """The map as its step writes it, with the seed and the readers beside it."""
    readers = {digest: list(names) for digest, names in sorted(kept.readers.items())}
    whole = json.loads(to_bytes(kept.vault)) | {"seed": kept.seed, "readers": readers}
    return (json.dumps(whole, indent=1) + "\n").encode("ascii")


def _put(path: Path, body: bytes) -> None:
    """Write a file for its owner's eyes: beside it first, then in its place in one go."""
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
