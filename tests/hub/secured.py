"""A server that asks everybody for a password, and a door before it that speaks TLS with a certificate of our own."""

from __future__ import annotations

import ipaddress
import select
import socket
import ssl
import struct
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

ASKS_FOR_TLS, ASKS_FOR_GSS = 80877103, 80877104
"""What a client says before anything else (PostgreSQL's documentation, 54.7)."""


class Authority:
    """Somebody who vouches for servers: a certificate of its own, and one for a server that it signed."""

    def __init__(self, place: Path, server: str) -> None:
        place.mkdir()
        self.root, self.certificate, self.key = place / "ca.pem", place / "server.pem", place / "server.key"
        own, theirs = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
        root = _certificate(
            "Test authority", own.public_key(), "Test authority", own, x509.BasicConstraints(True, None)
        )
        alternative = x509.SubjectAlternativeName([
            x509.DNSName(server), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
        ])  # fmt: skip
        signed = _certificate(server, theirs.public_key(), "Test authority", own, alternative)
        self.root.write_bytes(root.public_bytes(serialization.Encoding.PEM))
        self.certificate.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
        form = serialization.PrivateFormat.PKCS8
        self.key.write_bytes(
            theirs.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
        )  # fmt: skip
        self.key.chmod(0o600)


def _certificate(name: str, key: Any, issuer: str, signer: Any, extension: x509.ExtensionType) -> x509.Certificate:
    now = datetime.now(UTC)
    names = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, one)]) for one in (name, issuer)]
    made = (
        x509.CertificateBuilder()
        .subject_name(names[0])
        .issuer_name(names[1])
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(extension, critical=isinstance(extension, x509.BasicConstraints))
    )
    return made.sign(signer, hashes.SHA256())


def free_port() -> int:
    """A port of this machine that nobody uses."""
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@contextmanager
def door(port: int, authority: Authority) -> Iterator[int]:
    """Another port that leads to the server's, for whoever speaks TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority.certificate, authority.key)
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:

        def accept() -> None:
            with suppress(OSError):
                while True:
                    came, _ = listening.accept()
                    threading.Thread(target=_let_through, args=(came, context, port), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield listening.getsockname()[1]


def _let_through(came: socket.socket, context: ssl.SSLContext, port: int) -> None:
    with suppress(OSError), closing(came):
        asked = struct.unpack(">ii", came.recv(8))[1]
        if asked == ASKS_FOR_GSS:
            came.sendall(b"N")
            asked = struct.unpack(">ii", came.recv(8))[1]
        if asked != ASKS_FOR_TLS:
            return
        came.sendall(b"S")
        with (
            closing(context.wrap_socket(came, server_side=True)) as inside,
            closing(socket.create_connection(("127.0.0.1", port))) as server,
        ):
            while all(_passed(one, server if one is inside else inside) for one in _ready(inside, server)):
                pass


def _ready(inside: ssl.SSLSocket, server: socket.socket) -> list[socket.socket]:
    return [inside] if inside.pending() else select.select([inside, server], [], [])[0]


def _passed(from_: socket.socket, to: socket.socket) -> bool:
    """Give on what came; whether there can be more."""
    data = from_.recv(1 << 16)
    to.sendall(data)
    return bool(data)
