"""The identity of whoever works here: a file beside the person's other data, made at first use."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from qualbench.errors import QualbenchError
from qualbench.steps.packages.identity import Identity, new_identity, read_identity


class BadIdentity(QualbenchError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The identity in {path} can not be read.",
            "It opens what was sealed to you: bring it back from a backup before you move it away.",
        )


def identity_file() -> Path:
    """Where the identity is kept."""
    from platformdirs import user_data_path

    return user_data_path("qualbench") / "identity"


def identity() -> Identity:
    """The person's identity on this machine; made when there is none, and readable for them alone."""
    path = identity_file()
    with suppress(FileNotFoundError):
        return _read(path)
    made = new_identity()
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(made.written())
    try:
        os.link(part, path)  # whoever is second keeps the first one's
    except FileExistsError:
        return _read(path)
    finally:
        part.unlink(missing_ok=True)
    return made


def _read(path: Path) -> Identity:
    try:
        return read_identity(path.read_text())
    except FileNotFoundError:
        raise
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise BadIdentity(path) from error
