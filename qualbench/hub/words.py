"""Words on their way: sealed with a key for each transcript that the hub never has, the key wrapped for each member.

Sealing is ChaCha20-Poly1305 (RFC 8439) bound to the words' own SHA-256; wrapping is age to the member's public keys.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass

_NONCE = 12
_MOST = 1 << 15
"""Bytes of a wrapped key: more than a hundred computers of one person."""


@dataclass(frozen=True, slots=True)
class Word:
    """Some words as the hub holds them."""

    lane: str
    hash: str
    doc: str
    """Whose key it is sealed with: a transcript, or the whole study."""
    key: str
    """Which of its keys."""
    cipher: bytes


def new_key() -> bytes:
    """A fresh key of 32 bytes."""
    return os.urandom(32)


def sealed(key: bytes, digest: str, body: bytes) -> bytes:
    """The words as nobody can read them without the key."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    nonce = os.urandom(_NONCE)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, body, digest.encode())


def opened(key: bytes, digest: str, cipher: bytes) -> bytes | None:
    """The words whose SHA-256 this is; None where the key or the words are others."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    try:
        body: bytes = ChaCha20Poly1305(key).decrypt(cipher[:_NONCE], cipher[_NONCE:], digest.encode())
    except (InvalidTag, ValueError):
        return None
    return body if hashlib.sha256(body).hexdigest() == digest else None


def wrapped(secret: bytes, recipients: Sequence[str]) -> bytes:
    """A key that only the owners of these public keys can unwrap."""
    import pyrage

    found: bytes = pyrage.encrypt(secret, [pyrage.x25519.Recipient.from_str(one) for one in recipients])
    return found


def unwrapped(body: bytes, identity: str) -> bytes | None:
    """What was wrapped; None where it was wrapped for somebody else."""
    import pyrage

    if len(body) > _MOST:  # a list without end takes longer and longer to read
        return None
    try:
        found: bytes = pyrage.decrypt(body, [pyrage.x25519.Identity.from_str(identity)])
    except pyrage.DecryptError:
        return None
    return found
