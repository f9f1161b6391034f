"""A key file as bytes: a random data key, wrapped once by a passphrase and once by a recovery key that is printed.

Changing the passphrase wraps the same data key anew, so that nothing that it encrypts is written again.
"""

from __future__ import annotations

import json
import secrets
import unicodedata
from dataclasses import dataclass
from typing import Any

from qualbench.errors import QualbenchError

FORMAT = "qualbench-key/1"
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""What recovery keys are written with: 31 signs, a prime, none of which looks like another."""
RECOVERY_SIGNS = 28
"""27 random signs (133 bits) and one that checks them."""
_LARGEST = 1 << 16


class WrongPassphrase(QualbenchError):
    def __init__(self) -> None:
        super().__init__(
            "This is not the passphrase.",
            "Nothing was changed. If it is lost, the recovery key sets a new one: qualbench recover FOLDER",
        )


class MistypedRecoveryKey(QualbenchError):
    def __init__(self, why: str) -> None:
        super().__init__(f"The recovery key has a typing error: {why}.", "Compare it with what was printed.")


class WrongRecoveryKey(QualbenchError):
    def __init__(self) -> None:
        super().__init__("This is the recovery key of something else.", "Nothing was changed.")


class BadKeyFile(QualbenchError):
    def __init__(self, why: str = "it is damaged, or it is another kind of file") -> None:
        super().__init__(f"The key file can not be read: {why}.", "Put a copy of it that is whole in its place.")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess at a passphrase costs, in the terms of argon2id."""

    memory: int
    """KiB."""
    passes: int
    lanes: int


COST = Cost(memory=65_536, passes=3, lanes=4)
"""RFC 9106, section 4, second choice: 64 MiB, about 0.15 s."""
_MOST = Cost(memory=1 << 20, passes=64, lanes=64)


@dataclass(frozen=True, slots=True)
class NewKey:
    """A data key that was just made."""

    body: bytes
    """The key file."""
    key: bytes
    recovery: str
    """What is printed once, in groups."""

    def __repr__(self) -> str:
        """Nothing of it: a fault's report must not show a key."""
        return "NewKey(...)"


def new(passphrase: str) -> NewKey:
    """A new random data key of 32 bytes, its file, and its recovery key."""
    key, id_ = secrets.token_bytes(32), secrets.token_hex(16)
    recovery = new_recovery()
    ways = {"passphrase": _by_passphrase(id_, key, passphrase), "recovery": _by_recovery(id_, key, recovery)}
    return NewKey(_written({"format": FORMAT, "id": id_} | ways), key, grouped(recovery))


def id_of(body: bytes) -> str:
    """What a key file is called; the passphrase may change, this does not."""
    return str(_read(body)["id"])


def unlocked(body: bytes, passphrase: str) -> bytes:
    """The data key, by the passphrase."""
    file = _read(body)
    way = file["passphrase"]
    found = _unwrapped(file["id"], way, _stretched(passphrase, way))
    if found is None:
        raise WrongPassphrase
    return found


def recovered(body: bytes, recovery: str) -> bytes:
    """The data key, by the recovery key as somebody typed it."""
    file = _read(body)
    way = file["recovery"]
    found = _unwrapped(file["id"], way, _derived(checked(recovery), way))
    if found is None:
        raise WrongRecoveryKey
    return found


def with_passphrase(body: bytes, key: bytes, passphrase: str) -> bytes:
    """The key file with another passphrase; the recovery key stays."""
    file = _read(body)
    return _written(file | {"passphrase": _by_passphrase(file["id"], key, passphrase)})


def with_new_recovery(body: bytes, key: bytes) -> tuple[bytes, str]:
    """The key file with another recovery key, and that one in groups; the old one opens this file no more."""
    file, recovery = _read(body), new_recovery()
    return _written(file | {"recovery": _by_recovery(file["id"], key, recovery)}), grouped(recovery)


# --- the recovery key ------------------------------------------------------------------------------------------


def new_recovery() -> str:
    """A random recovery key with its sign of checking."""
    signs = "".join(secrets.choice(LETTERS) for _ in range(RECOVERY_SIGNS - 1))
    return signs + LETTERS[-_weighed(signs) % len(LETTERS)]


def grouped(recovery: str) -> str:
    """A recovery key as it is printed."""
    return "-".join(recovery[at : at + 4] for at in range(0, len(recovery), 4))


def checked(typed: str) -> str:
    """A recovery key as it was meant; any one wrong sign, and any two that changed places, are told."""
    signs = "".join(char for char in typed.upper() if not char.isspace() and char not in "-–—")
    if strange := next((char for char in signs if char not in LETTERS), ""):
        raise MistypedRecoveryKey(f"'{strange}' stands in no recovery key")
    if len(signs) != RECOVERY_SIGNS:
        raise MistypedRecoveryKey(f"it has {len(signs)} signs, not {RECOVERY_SIGNS}")
    if (_weighed(signs[:-1]) + LETTERS.index(signs[-1])) % len(LETTERS):
        raise MistypedRecoveryKey("one or more of its signs are not as printed")
    return signs


def _weighed(signs: str) -> int:
    """Each sign times a weight of its own below a prime: what finds every swap, as in an ISBN-10."""
    return sum(weight * LETTERS.index(sign) for weight, sign in enumerate(signs, start=2))


# --- wrapping --------------------------------------------------------------------------------------------------


def _by_passphrase(id_: str, key: bytes, passphrase: str) -> dict[str, Any]:
    way: dict[str, Any] = {"kdf": "argon2id", "memory": COST.memory, "passes": COST.passes, "lanes": COST.lanes}
    way["salt"] = secrets.token_hex(16)
    return _wrapped(id_, way, _stretched(passphrase, way), key)


def _by_recovery(id_: str, key: bytes, recovery: str) -> dict[str, Any]:
    way: dict[str, Any] = {"kdf": "hkdf-sha256", "salt": secrets.token_hex(16)}
    return _wrapped(id_, way, _derived(recovery, way), key)


def _stretched(passphrase: str, way: dict[str, Any]) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    words = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogateescape")
    cost = Cost(way["memory"], way["passes"], way["lanes"])
    stretching = Argon2id(
        salt=bytes.fromhex(way["salt"]), length=32, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory
    )
    return stretching.derive(words)


def _derived(recovery: str, way: dict[str, Any]) -> bytes:
    """A recovery key has more than 128 random bits, so it needs no stretching."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, bytes.fromhex(way["salt"]), FORMAT.encode()).derive(recovery.encode())


def _wrapped(id_: str, way: dict[str, Any], wrapping: bytes, key: bytes) -> dict[str, Any]:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    nonce = secrets.token_bytes(12)
    body = ChaCha20Poly1305(wrapping).encrypt(nonce, key, _bound(id_, way))
    return way | {"nonce": nonce.hex(), "wrapped": body.hex()}


def _unwrapped(id_: str, way: dict[str, Any], wrapping: bytes) -> bytes | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    stated = {name: value for name, value in way.items() if name not in ("nonce", "wrapped")}
    try:
        key = ChaCha20Poly1305(wrapping).decrypt(
            bytes.fromhex(way["nonce"]), bytes.fromhex(way["wrapped"]), _bound(id_, stated)
        )
    except InvalidTag:
        return None
    return key


def _bound(id_: str, way: dict[str, Any]) -> bytes:
    """What is checked with the key although it is no secret: which key it is, and how it was wrapped."""
    return json.dumps([FORMAT, id_, way], sort_keys=True).encode()


# --- the file --------------------------------------------------------------------------------------------------


def _written(file: dict[str, Any]) -> bytes:
    return (json.dumps(file, indent=1) + "\n").encode("ascii")


def _read(body: bytes) -> dict[str, Any]:
    """A key file with every field checked: it may come from anywhere."""
    try:
        file = json.loads(body.decode("ascii")) if len(body) <= _LARGEST else None
    except (ValueError, RecursionError) as error:
        raise BadKeyFile from error
    if not isinstance(file, dict) or not str(file.get("format")).startswith("qualbench-key/"):
        raise BadKeyFile
    if file["format"] != FORMAT:
        raise BadKeyFile("it was written by a newer Qualbench than this one")
    if not _is_hex(file.get("id"), 16):
        raise BadKeyFile
    by_passphrase, by_recovery = file.get("passphrase"), file.get("recovery")
    if not (_is_way(by_passphrase, "argon2id") and _is_way(by_recovery, "hkdf-sha256") and _is_cost(by_passphrase)):
        raise BadKeyFile
    return file


def _is_way(way: object, kdf: str) -> bool:
    if not isinstance(way, dict) or way.get("kdf") != kdf:
        return False
    return _is_hex(way.get("salt"), 16) and _is_hex(way.get("nonce"), 12) and _is_hex(way.get("wrapped"), 48)


def _is_cost(way: Any) -> bool:
    """Whether the work it asks for is within bounds, so that a planted file can not stop the machine."""
    memory, passes, lanes = (way.get(name) for name in ("memory", "passes", "lanes"))
    if not all(type(one) is int and one > 0 for one in (memory, passes, lanes)):
        return False
    return bool(8 * lanes <= memory <= _MOST.memory and passes <= _MOST.passes and lanes <= _MOST.lanes)


def _is_hex(value: object, length: int) -> bool:
    try:
        return isinstance(value, str) and len(value) == 2 * length and len(bytes.fromhex(value)) == length
    except ValueError:
        return False
