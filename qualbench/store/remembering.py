"""A passphrase in the keyring of the computer, if somebody wishes so, and only in one that is known to lock it away.

Which studies are remembered is marked in this person's own state folder; without a mark no keyring is even imported.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from qualbench.errors import QualbenchError
from qualbench.store import keys

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "qualbench"
ALLOWED = frozenset({
    ("keyring.backends.macOS", "Keyring"),  # the Keychain
    ("keyring.backends.Windows", "WinVaultKeyring"),  # the Credential Locker
    ("keyring.backends.SecretService", "Keyring"),
    ("keyring.backends.libsecret", "Keyring"),  # KWallet too, by way of it
})  # fmt: skip
"""The keyrings that encrypt what they keep, by module and class: others write it into a file that can be read."""


class NoKeyring(QualbenchError):
    def __init__(self, why: str, hint: str = "The passphrase is asked for, as before.") -> None:
        super().__init__(f"Nothing was remembered: {why}.", hint)


def check() -> None:
    """Refuse to remember where there is no keyring, or one that is not known to be safe."""
    _backend()


def remember(body: bytes, passphrase: str) -> None:
    """Keep the passphrase of a key file in the keyring, after it has opened it."""
    keys.unlocked(body, passphrase)
    backend, id_ = _backend(), keys.id_of(body)
    try:
        backend.set_password(SERVICE, id_, passphrase)
    except Exception as error:  # each keyring has faults of its own
        raise NoKeyring("the keyring of this computer refused to keep it") from error
    _mark(id_).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _mark(id_).touch(mode=0o600)


def forget(body: bytes) -> bool:
    """Take the passphrase of a key file out of the keyring; whether it was marked as remembered."""
    id_ = keys.id_of(body)
    if not is_remembered(body):
        return False
    with suppress(Exception):  # it may be gone already, or the keyring itself may be
        _backend().delete_password(SERVICE, id_)
    _mark(id_).unlink(missing_ok=True)
    return True


def is_remembered(body: bytes) -> bool:
    """Whether this person wished the passphrase of a key file to be remembered on this computer."""
    return _mark(keys.id_of(body)).is_file()


def key(body: bytes) -> bytes | None:
    """The data key by the remembered passphrase; None where there is none, or where it is another one by now."""
    if not is_remembered(body):
        return None
    with suppress(Exception):  # whatever is the matter with a keyring, the passphrase can be asked for
        passphrase = _backend().get_password(SERVICE, keys.id_of(body))
        return keys.unlocked(body, passphrase) if passphrase else None
    return None


def _mark(id_: str) -> Path:
    from platformdirs import user_state_path

    return user_state_path("qualbench") / "remembered" / id_


def _backend() -> KeyringBackend:
    """The keyring of this computer; of several that are asked in turn, the first that is safe, and that one alone."""
    try:
        import keyring
        from keyring.backends.chainer import ChainerBackend
    except ImportError as error:
        raise NoKeyring(
            "the package keyring is not installed", "Install it: pip install 'qualbench-workbench[keyring]'"
        ) from error
    chosen = keyring.get_keyring()
    found = list(chosen.backends) if isinstance(chosen, ChainerBackend) else [chosen]
    safe = [one for one in found if (type(one).__module__, type(one).__qualname__) in ALLOWED]
    if not safe:
        names = ", ".join(f"{type(one).__module__}.{type(one).__qualname__}" for one in found) or "an empty one"
        raise NoKeyring(f"the keyring here is {names}, which is not known to lock away what it keeps")
    return safe[0]
