"""Who somebody is between machines: a pair of keys that signs (Ed25519) and a pair that packages are sealed to (age).

A name is only what a key calls itself; the team says once which person a key belongs to.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from qualbench.errors import QualbenchError

_MARK = "qualbench1"


class BadCard(QualbenchError):
    def __init__(self) -> None:
        super().__init__(
            "That is no whole card of a person.",
            f"A card is one line that begins with {_MARK} and is printed by: qualbench whoami",
        )


@dataclass(frozen=True, slots=True)
class Card:
    """What others need of a person: their public keys and what they call themselves."""

    key: str
    """Public key that signs, 64 hex digits."""
    recipient: str
    """Public key that packages are sealed to."""
    name: str

    def line(self) -> str:
        """The card as one line that can be sent by mail; its end shows when a part of it was lost."""
        body = f"{self.key}.{self.recipient}.{self.name.encode().hex()}"
        return f"{_MARK}.{body}.{hashlib.sha256(body.encode()).hexdigest()[:8]}"

    @property
    def fingerprint(self) -> str:
        """The key in a form that two people can read to each other."""
        digits = hashlib.sha256(bytes.fromhex(self.key)).hexdigest()[:16]
        return "-".join(digits[at : at + 4] for at in range(0, 16, 4))


def read_card(line: str) -> Card:
    """The card in a line; spaces and line breaks that mail put in do not matter."""
    parts = "".join(line.split()).split(".")
    if len(parts) != 5 or parts[0] != _MARK:
        raise BadCard
    key, recipient, name, check = parts[1:]
    body = f"{key}.{recipient}.{name}".encode(errors="replace")
    if hashlib.sha256(body).hexdigest()[:8] != check or not _are_keys(key, recipient):
        raise BadCard
    try:
        return Card(key, recipient, bytes.fromhex(name).decode())
    except ValueError as error:
        raise BadCard from error


def _are_keys(key: str, recipient: str) -> bool:
    """Whether something can be checked against the one and sealed to the other."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from pyrage import RecipientError, x25519

    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
        x25519.Recipient.from_str(recipient)
    except (ValueError, RecipientError):
        return False
    return True


@dataclass(frozen=True, slots=True)
class Identity:
    """A person's secret keys on one machine."""

    seed: str
    """Secret key that signs, 64 hex digits."""
    secret: str
    """Secret key that opens packages (age)."""

    def card(self, name: str) -> Card:
        """What others may know of it."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from pyrage import x25519

        public = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(self.seed)).public_key().public_bytes_raw()
        return Card(public.hex(), str(x25519.Identity.from_str(self.secret).to_public()), name)

    def sign(self, words: bytes) -> str:
        """A signature that only this identity can make, in hex."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(self.seed)).sign(words).hex()

    def written(self) -> str:
        """The identity as it stands in its file."""
        return json.dumps({"signs": self.seed, "opens": self.secret}, indent=1) + "\n"


def read_identity(words: str) -> Identity:
    """The identity in a file; a file that holds none is a KeyError, TypeError or ValueError."""
    from pyrage import IdentityError

    try:
        told = json.loads(words)
        identity = Identity(str(told["signs"]), str(told["opens"]))
        identity.card("")  # both keys are tried, so that a damaged file shows now and not when a package is lost
    except (IdentityError, RecursionError) as error:
        raise ValueError("no keys") from error
    return identity


def new_identity() -> Identity:
    """A fresh identity."""
    import os

    from pyrage import x25519

    return Identity(os.urandom(32).hex(), str(x25519.Identity.generate()))


def signed_by(key: str, signature: str, words: bytes) -> bool:
    """Whether whoever holds this key signed these words."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), words)
    except (InvalidSignature, ValueError):
        return False
    return True
