"""Writing in one's own editor: the words leave for a private file, come back, and the file is gone."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from qualbench.errors import QualbenchError
from qualbench.text import canonical


def editor() -> list[str]:
    """The person's editor, as a command; VISUAL goes before EDITOR, as everywhere."""
    said = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        command = shlex.split(said)
    except ValueError:
        command = []
    if not command:
        raise QualbenchError("No editor is set.", "Set EDITOR, for instance: export EDITOR=nano")
    return command


def edited(words: str, suspended: Callable[[], AbstractContextManager[None]]) -> str:
    """The words as they were left in the editor; the file was for this person's eyes only, and is removed."""
    command = editor()
    with tempfile.TemporaryDirectory(prefix="qualbench-") as folder:
        path = Path(folder) / "memo.txt"
        path.touch(0o600)
        path.write_text(words, encoding="utf-8")
        with suspended():
            try:
                code = subprocess.run([*command, str(path)], check=False).returncode  # noqa: S603 - the person's own editor
            except OSError as error:
                raise QualbenchError(f"The editor '{command[0]}' can not be started: {error.strerror}.") from error
        if code:
            raise QualbenchError(f"The editor '{command[0]}' ended with {code}, so the words stay as they were.")
        try:
            return canonical(path.read_text(encoding="utf-8")).rstrip("\n")
        except (OSError, UnicodeDecodeError) as error:
            raise QualbenchError("What the editor left can not be read as UTF-8 text.") from error
