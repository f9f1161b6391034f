"""One writer at a time: a lock that dies with its process, and a note of who holds it."""

from __future__ import annotations

import fcntl
import json
import os
import re
import socket
import time
from pathlib import Path
from types import TracebackType


class WriteLock:
    """The right to write to a study; released on exit, on a crash and on kill -9 alike."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "lock"
        self._file: int | None = None

    def acquire(self, patience: float = 0.0) -> bool:
        """Take the lock, waiting up to `patience` seconds; says whether it was free."""
        file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        until = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError:
                if time.monotonic() >= until:
                    os.close(file)
                    return False
                time.sleep(0.05)
        os.ftruncate(file, 0)
        os.write(file, json.dumps({"pid": os.getpid(), "host": socket.gethostname()}).encode())
        self._file = file
        return True

    def release(self) -> None:
        """Give the lock back."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def holder(self) -> str:
        """Who holds it, in words."""
        try:
            note = json.loads(self.path.read_text())
            return f"process {note['pid']} on {note['host']}"
        except (OSError, ValueError, KeyError, TypeError):
            return "another process"

    def __enter__(self) -> WriteLock:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.release()


SYNC_FOLDERS = (
    "Dropbox",
    "OneDrive",
    "Google Drive",
    "GoogleDrive",
    "iCloud",
    "Mobile Documents",
    "Nextcloud",
    "pCloud",
)
NETWORK_FILE_SYSTEMS = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "sshfs", "fuse.sshfs", "9p", "afs")


def unsafe_place(folder: Path) -> str:
    """Why a study should not live in this folder (it is synced, or on a network disk); empty when it may."""
    for part in folder.resolve().parts:
        for name in SYNC_FOLDERS:
            if part.casefold().startswith(name.casefold()):
                return f"{part} is kept in step with other machines, which can damage an open study"
    kind = _file_system(folder.resolve())
    return f"it is on a network disk ({kind}), where two writers can damage it" if kind in NETWORK_FILE_SYSTEMS else ""


def _unescaped(mount: str) -> str:
    """A path as it is: the kernel writes blanks in it as octal."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), mount)


def _file_system(folder: Path) -> str:
    best, kind = "", ""
    try:
        lines = Path("/proc/self/mountinfo").read_text().splitlines()
    except OSError:
        return ""
    for line in lines:
        before, _, after = line.partition(" - ")
        mount = _unescaped(before.split()[4])
        if (str(folder) + "/").startswith(mount.rstrip("/") + "/") and len(mount) >= len(best):
            best, kind = mount, after.split()[0]
    return kind
