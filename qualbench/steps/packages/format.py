"""What a package is: a line that says so, a signed header, and sealed entries of the journal with their words.

The header says who made it, for which study and which passes it hands in, so that a keeper knows without opening it
whether everybody's is in. The rest is sealed with age to its recipients and can be read by nobody else.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from qualbench.errors import QualbenchError
from qualbench.steps.packages.identity import Identity, signed_by

MAGIC = b"qualbench package 1\n"
MOST = 2**30
"""Bytes: what unpacks to more is not a package of ours."""
RATIO = 50
"""Unpacked to packed size that is still believed, beyond the first million bytes; hashes and words press to a tenth."""
_SMALL = 1_000_000
LONGEST_HEADER = 2**22
STEP = 2**16
"""Bytes: packages grow in steps, so that the size of one does not tell how much somebody coded."""

Row = tuple[Any, ...]
"""seq, id, device, step, subject, actor, at, kind, data, prev, hash, lane."""


class BadPackage(QualbenchError):
    """A package that is broken, was changed, or is for somebody else; nothing was taken from it."""

    def __init__(self, name: str, what: str, hint: str = "Nothing was changed. Ask for the package again.") -> None:
        super().__init__(f"{name} {what}.", hint)


@dataclass(frozen=True, slots=True)
class Header:
    """What may be known of a package before it is opened."""

    study: str
    kind: str
    """study or coder."""
    sender: str
    """The key of who made it."""
    name: str
    """What they call themselves."""
    recipient: str
    """Whom it is sealed to, in words that are not secret: the fingerprint of a key."""
    made: str
    passes: tuple[tuple[str, str, str], ...] = ()
    """Transcript, round and pass of everything that is handed in."""
    payload: str = ""
    """SHA-256 of the sealed part."""

    @property
    def id(self) -> str:
        """The package by what is in it."""
        return self.payload[:16]

    def _words(self) -> bytes:
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":")).encode()


@dataclass(frozen=True, slots=True)
class Payload:
    """Entries in order, the words they name, and for every chain its last hash as its own device signed it."""

    rows: tuple[Row, ...]
    contents: Mapping[str, bytes]
    heads: tuple[tuple[str, str, str, str, str], ...]
    """Device, subject, lane, hash, signature."""


def packed(header: Header, payload: Payload, recipients: Sequence[str], identity: Identity) -> bytes:
    """The package as the bytes of a file."""
    from dataclasses import replace

    import pyrage

    lines = [
        json.dumps(["heads", payload.heads]),
        *(json.dumps(["words", key, base64.b64encode(body).decode()]) for key, body in payload.contents.items()),
        *(json.dumps(["entry", *row], ensure_ascii=False) for row in payload.rows),
    ]
    squeezed = zlib.compress("\n".join(lines).encode("utf-8", "surrogatepass"), 6)
    plain = squeezed + bytes(-len(squeezed) % STEP)
    sealed: bytes = pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(one) for one in recipients])
    whole = replace(header, payload=hashlib.sha256(sealed).hexdigest())
    words = whole._words()
    return MAGIC + json.dumps([words.decode(), identity.sign(words)]).encode() + b"\n" + sealed


def header_of(body: bytes, name: str) -> Header:
    """The header of a package whose bytes are whole and signed; `name` is the file's, for the sentences."""
    if not body.startswith(MAGIC):
        raise BadPackage(name, "is no package of Qualbench", "Nothing was changed. Look for a file that ends in .qbp.")
    end = body.find(b"\n", len(MAGIC), len(MAGIC) + LONGEST_HEADER)
    try:
        words, signature = json.loads(body[len(MAGIC) : end])
        told = json.loads(words)
        told["passes"] = tuple(_words(one, 3) for one in told["passes"])
        header = Header(**{one.name: told[one.name] for one in fields(Header)})
        right = signed_by(header.sender, signature, words.encode()) and _is_plain(header)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise BadPackage(name, "is cut short or damaged at its beginning") from error
    if not right:
        raise BadPackage(name, "was changed after it was made: its signature does not fit")
    if hashlib.sha256(body[end + 1 :]).hexdigest() != header.payload:
        raise BadPackage(name, "is cut short or was changed: its contents do not fit its header")
    return header


def _is_plain(header: Header) -> bool:
    words = (header.study, header.kind, header.sender, header.name, header.recipient, header.made, header.payload)
    written = header.sender == bytes.fromhex(header.sender).hex()  # one key has one spelling
    return all(isinstance(one, str) for one in words) and header.kind in ("study", "coder") and written


_HEAD = 1 << 16
"""Bytes before which the list of those must end whom a package is sealed to: several hundred of them fit."""


def opened(body: bytes, identity: Identity, name: str) -> Payload:
    """The sealed part, for whom it is sealed to."""
    import pyrage

    sealed = body[body.find(b"\n", len(MAGIC)) + 1 :]
    try:
        if sealed.find(b"\n--- ", 0, _HEAD) < 0:  # a head without end takes longer and longer to read
            raise pyrage.DecryptError
        plain = pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(identity.secret)])
    except pyrage.DecryptError as error:
        raise BadPackage(
            name, "is sealed to somebody else", "Nothing was changed. Only whom it was made for can open it."
        ) from error
    return _payload(_unpacked(plain, name), name)


def _unpacked(plain: bytes, name: str) -> Iterator[bytes]:
    """The lines inside, one after the other, so that a package made to fill the memory is noticed before it does."""
    unpacking = zlib.decompressobj()
    most = min(MOST, _SMALL + RATIO * len(plain))
    total, begun = 0, list[bytes]()
    while not unpacking.eof:
        try:
            piece = unpacking.decompress(unpacking.unconsumed_tail if total else plain, _SMALL)
        except zlib.error as error:
            raise BadPackage(name, "is damaged inside") from error
        total += len(piece)
        if total > most or not (piece or unpacking.eof):
            raise BadPackage(name, "is damaged inside, or larger than any study")
        first, *more = piece.split(b"\n")
        begun.append(first)
        for line in more:
            yield b"".join(begun)
            begun = [line]
    yield b"".join(begun)


def _payload(lines: Iterable[bytes], name: str) -> Payload:
    heads: tuple[Any, ...] = ()
    contents: dict[str, bytes] = {}
    rows: list[Row] = []
    try:
        for line in lines:
            kind, *told = json.loads(line.decode("utf-8", "surrogatepass"))
            if kind == "entry":
                rows.append(_row(told))
            elif kind == "words":
                contents[told[0]] = base64.b64decode(told[1], validate=True)
            elif kind == "heads":
                heads = tuple(_words(one, 5) for one in told[0])
            else:
                raise ValueError(kind)
    except (TypeError, ValueError, LookupError, RecursionError) as error:
        raise BadPackage(name, "is damaged inside") from error
    if any(hashlib.sha256(body).hexdigest() != key for key, body in contents.items()):
        raise BadPackage(name, "holds words that are not the ones that were sealed")
    return Payload(tuple(rows), contents, heads)


def _row(told: Sequence[Any]) -> Row:
    seq, *words = told
    if len(words) != 11 or type(seq) is not int or not 0 < seq < 2**63:
        raise ValueError(told)
    return (seq, *map(_word, words[:-1]), None if words[-1] is None else _word(words[-1]))


def _words(value: object, number: int) -> tuple[Any, ...]:
    if not isinstance(value, list) or len(value) != number:
        raise ValueError(value)
    return tuple(map(_word, value))


def _word(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value
