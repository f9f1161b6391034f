"""Bytes that are sealed with a data key of their own: one file, with the wrapped key before what it encrypts."""

from __future__ import annotations

import secrets

from qualbench.errors import QualbenchError
from qualbench.store.keys import BadKeyFile

_BEGINS = b"qualbench-sealed/"
FORMAT = _BEGINS + b"1\n"
_LENGTH = 6
"""Digits that say how long the wrapped key is."""
_NONCE = 12


class Tampered(QualbenchError):
    def __init__(self, what: object) -> None:
        super().__init__(f"{what} is damaged, or it was changed by something else.", "Nothing was changed.")


def is_sealed(file: bytes) -> bool:
    """Whether these bytes are sealed, whatever is in them."""
    return file.startswith(_BEGINS)


def key_file(file: bytes) -> bytes:
    """The wrapped key of sealed bytes, as `keys` reads it."""
    return _cut(file)[0]


def sealed(body: bytes, key: bytes, words: bytes) -> bytes:
    """Seal words with a key; `body` is the key as it was wrapped, and is bound to them."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    header, nonce = FORMAT + b"%0*d\n" % (_LENGTH, len(body)) + body, secrets.token_bytes(_NONCE)
    return header + nonce + ChaCha20Poly1305(key).encrypt(nonce, words, header)


def opened(file: bytes, key: bytes, what: object) -> bytes:
    """The words in sealed bytes, every one as it was; `what` is what the file is called where they are not."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    _, header, rest = _cut(file)
    try:
        return ChaCha20Poly1305(key).decrypt(rest[:_NONCE], rest[_NONCE:], header)
    except (InvalidTag, ValueError) as error:
        raise Tampered(what) from error


def _cut(file: bytes) -> tuple[bytes, bytes, bytes]:
    """The wrapped key, all that is bound, and the rest."""
    if not file.startswith(FORMAT):
        raise BadKeyFile("it was written by a newer Qualbench than this one" if is_sealed(file) else "it is none")
    at = len(FORMAT) + _LENGTH + 1
    length = file[len(FORMAT) : at - 1]
    if len(length) != _LENGTH or not length.isdigit() or file[at - 1 : at] != b"\n" or at + int(length) > len(file):
        raise BadKeyFile
    end = at + int(length)
    return file[at:end], file[:end], file[end:]
