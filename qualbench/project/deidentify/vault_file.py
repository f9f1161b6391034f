"""The vault file: the replacement map on disk, apart from every study and readable by one person only.

Who has it can undo the replacing. So it never lies inside a study, no backup or export of a study has it, and it is
written whole or not at all. A sealed one opens with a passphrase of its own, and stays sealed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from qualbench.errors import NeedsConfirmation, QualbenchError, UsageError
from qualbench.project.base import DATABASE
from qualbench.steps.deidentify import Vault, from_bytes, to_bytes
from qualbench.steps.deidentify.vault import BadVault
from qualbench.store import envelope, erasing, sealing, unlocking

if TYPE_CHECKING:
    from qualbench.project.base import Folder

PASSPHRASE = "QUALBENCH_VAULT_PASSPHRASE"  # noqa: S105 - the name of the variable, not what it holds


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


class VaultLocked(NeedsConfirmation):
    """A sealed vault, and nobody has given its passphrase."""

    def __init__(self, path: object, variable: str = PASSPHRASE) -> None:
        super().__init__(
            f"The vault {path} is sealed, and nobody is here to give its passphrase.",
            f"Set {variable}; it is another one than the study's.",
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


def vault_of(project: Folder, path: Path | None = None, outside: Iterable[Path] = ()) -> VaultFile:
    """The vault of a study, or the one that a person chose; that of an encrypted study is sealed when it is made."""
    is_encrypted = unlocking.key_file(project.folder / DATABASE) is not None
    return VaultFile(path or default_vault(project.study.id), [project.folder, *outside], sealed=is_encrypted)


class VaultFile:
    """One vault on disk; what it held before the first change of a session stays beside it as `.bak`."""

    def __init__(self, path: Path, outside: Iterable[Path] = (), *, sealed: bool = False) -> None:
        """With `sealed`, one that is not there yet is made sealed or not at all."""
        self.path = path.expanduser().resolve()
        _refuse_inside(self.path, outside)
        self._held = self._on_disk()
        self._is_copied = False
        self._is_to_be_sealed = sealed
        self._own_key = envelope.key_file(self._held) if envelope.is_sealed(self._held) else b""

    @property
    def is_there(self) -> bool:
        """Whether there is a file with anything in it."""
        return bool(self._held)

    @property
    def waits_for_a_key(self) -> bool:
        """Whether it must be given a key before it can be made."""
        return self._is_to_be_sealed and not self._held and not self._own_key

    @property
    def key_file(self) -> bytes:
        """The wrapped key of a sealed vault; nothing of a plain one."""
        return self._own_key

    @property
    def is_locked(self) -> bool:
        """Whether it is sealed and nobody has given its passphrase in this process."""
        return bool(self._own_key) and unlocking.known(self._own_key) is None

    def read(self) -> Kept:
        """What it holds; nothing when it is not there yet. A damaged one is refused with a sentence."""
        words = self._words(self._held)
        if not words:
            return Kept()
        vault = from_bytes(words)
        whole = json.loads(words)
        seed, readers = whole.get("seed", ""), whole.get("readers", {})
        is_sound = isinstance(seed, str) and isinstance(readers, dict)
        if not is_sound or not all(isinstance(names, list) and _are_texts(names) for names in readers.values()):
            raise BadVault("its list of readers is damaged")
        return Kept(vault, seed, {digest: tuple(names) for digest, names in readers.items()})

    def write(self, kept: Kept) -> None:
        """Keep this from now on, whole or not at all; the same again is not written."""
        words = _body(kept)
        if words == self._words(self._held):
            return
        if self.waits_for_a_key:
            raise VaultLocked(self.path)
        file = self._as_kept(words, self._own_key)
        with self._changing():
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            if self._held and not self._is_copied:
                _put(self.bak, self._held)
            self._is_copied = True
            _put(self.path, file)
        self._held = file

    def wrap(self, key_file: bytes) -> None:
        """From now on it and its copy open by this wrapped key, which must be known; nothing plain is left."""
        words = self._words(self._held)
        with self._changing():
            for left in (self.path, self.bak):
                _destroy(_part_of(left))
            if self._held:
                self._wrap_copy(key_file)
                file = self._as_kept(words, key_file)
                _put(self.path, file)
                self._held = file
        self._own_key = key_file

    def _wrap_copy(self, key_file: bytes) -> None:
        """The copy goes before the vault, so that no vault is sealed beside a plain copy, wherever it is cut short."""
        if not self.bak.is_file():
            return
        try:
            words = self._words(self.bak.read_bytes())
        except (VaultLocked, envelope.Tampered):  # its key was never that of the vault, and nobody can read it
            self.bak.unlink()
            return
        _put(self.bak, self._as_kept(words, key_file))

    @property
    def bak(self) -> Path:
        """Where the copy is."""
        return self.path.with_name(f"{self.path.name}.bak")

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Nothing is changed that somebody else has changed; what the disk refuses is a sentence."""
        if self._on_disk() != self._held:
            raise VaultChanged(self.path)
        try:
            yield
        except OSError as error:
            raise QualbenchError(f"The vault {self.path} can not be written: {error.strerror}.") from error

    def _words(self, file: bytes) -> bytes:
        """What a file holds, opened if it is sealed."""
        if not envelope.is_sealed(file):
            return file
        key = unlocking.known(envelope.key_file(file))
        if key is None:
            raise VaultLocked(self.path)
        return envelope.opened(file, key, f"The vault {self.path}")

    def _as_kept(self, words: bytes, key_file: bytes) -> bytes:
        if not key_file:
            return words
        key = unlocking.known(key_file)
        if key is None:
            raise VaultLocked(self.path)
        return envelope.sealed(key_file, key, words)

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


def _part_of(path: Path) -> Path:
    return path.with_name(f".{path.name}.part")


def _destroy(path: Path) -> None:
    with suppress(FileNotFoundError):
        erasing.destroy(path)


def _put(path: Path, body: bytes) -> None:
    """Write a file for its owner's eyes: beside it first, then in its place in one go.

    What is sealed takes the place of something plain only together with its bytes.
    """
    part = _part_of(path)
    _destroy(part)
    before = path.open("r+b") if envelope.is_sealed(body) and path.is_file() else None
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        unlocking.sync(path.parent)
        if before is not None and not envelope.is_sealed(before.read(32)):
            sealing.overwrite(before.fileno())
    except OSError:
        part.unlink(missing_ok=True)
        raise
    finally:
        if before is not None:
            before.close()
